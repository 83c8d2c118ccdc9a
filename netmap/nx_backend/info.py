"""What networkx is told of the backend when it is imported: which functions there are and when they are left to networkx."""

from __future__ import annotations

from typing import Any

__all__ = ["FUNCTIONS", "get_info"]

_LENGTHS = "lengths that are no whole numbers from 1"
_SAMPLE = f"{_LENGTHS}; `k` before networkx 3.6"
_STRENGTHS = "strengths below 0 or that are no numbers"
_FARTHEST = f"{_LENGTHS}, or some ints and some floats"
_BOUNDS = f"{_FARTHEST}; `e`, `usebounds`"
_HOLES = "strengths not above 0; loops; multigraphs"

# Every function that is claimed, and what networkx runs itself.
FUNCTIONS: dict[str, str] = {
    "articulation_points": "",
    "average_clustering": f"{_STRENGTHS}; multigraphs",
    "average_shortest_path_length": _LENGTHS,
    "betweenness_centrality": _SAMPLE,
    "bridges": "`root`",
    "closeness_centrality": _LENGTHS,
    "clustering": f"{_STRENGTHS}; multigraphs",
    "connected_components": "",
    "constraint": _HOLES,
    "core_number": "loops",
    "diameter": _BOUNDS,
    "eccentricity": f"{_FARTHEST}; `sp`",
    "edge_betweenness_centrality": _SAMPLE,
    "effective_size": (
        f"{_HOLES}; from networkx 3.5 all nodes at once where strongest ties differ, which networkx takes of other nodes"
    ),
    "eigenvector_centrality": f"{_STRENGTHS}; `nstart`",
    "global_efficiency": "",
    "harmonic_centrality": _LENGTHS,
    "has_bridges": "`root`",
    "is_connected": "",
    "is_strongly_connected": "",
    "is_weakly_connected": "",
    "local_bridges": "`weight`; loops",
    "local_efficiency": "loops",
    "node_connected_component": "",
    "number_connected_components": "",
    "number_strongly_connected_components": "",
    "number_weakly_connected_components": "",
    "pagerank": _STRENGTHS,
    "periphery": _BOUNDS,
    "radius": _BOUNDS,
    "transitivity": "multigraphs",
    "triangles": "`nodes` of multigraphs",
    "weakly_connected_components": "",
}


def get_info() -> dict[str, Any]:
    """Return what `networkx.utils.backends.backend_info` keeps of netmap; nothing heavy is imported."""
    return {
        "backend_name": "netmap",
        "project": "netmap-toolkit",
        "package": "netmap",
        "short_summary": "Compiled kernels of netmap: shortest paths, closure, structural holes, parts and walks.",
        "functions": {
            name: {"additional_docs": f"networkx itself runs: {left}."} if left else {} for name, left in FUNCTIONS.items()
        },
    }
