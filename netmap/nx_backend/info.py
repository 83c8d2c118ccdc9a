"""What networkx is told of the backend when it is imported: which functions there are and when they are left to networkx."""

from __future__ import annotations

from typing import Any

__all__ = ["FUNCTIONS", "get_info"]

_LENGTHS = "Lengths are whole numbers from 1 (of int or float type); with others networkx runs."
_NO_LOOPS = "With loops networkx runs."
_ROOT = "With `root` networkx runs."
_BOUNDS = "With `e` or `usebounds` networkx runs."

# Every function that is claimed, with what is left to networkx.
FUNCTIONS: dict[str, str] = {
    "articulation_points": "",
    "average_clustering": "Strengths are numbers from 0; with others networkx runs.",
    "average_shortest_path_length": _LENGTHS,
    "betweenness_centrality": f"{_LENGTHS} `k` needs networkx 3.6.",
    "bridges": _ROOT,
    "closeness_centrality": _LENGTHS,
    "clustering": "Strengths are numbers from 0; with others networkx runs.",
    "connected_components": "",
    "constraint": f"Strengths are numbers above 0. {_NO_LOOPS} So it does for multigraphs.",
    "core_number": "",
    "diameter": f"{_LENGTHS} {_BOUNDS}",
    "eccentricity": f"{_LENGTHS} With `sp` networkx runs.",
    "edge_betweenness_centrality": f"{_LENGTHS} `k` needs networkx 3.6.",
    "effective_size": (
        f"Strengths are numbers above 0. {_NO_LOOPS} So it does for multigraphs, and where networkx from 3.5, asked for all "
        "nodes, scales a tie by another node's strongest tie than the contact's and that changes the result."
    ),
    "eigenvector_centrality": "Strengths are numbers from 0. With `nstart` networkx runs.",
    "global_efficiency": "",
    "harmonic_centrality": _LENGTHS,
    "has_bridges": _ROOT,
    "is_connected": "",
    "is_strongly_connected": "",
    "is_weakly_connected": "",
    "local_bridges": f"Without `weight`. {_NO_LOOPS}",
    "local_efficiency": _NO_LOOPS,
    "node_connected_component": "",
    "number_connected_components": "",
    "number_strongly_connected_components": "",
    "number_weakly_connected_components": "",
    "pagerank": "Strengths are numbers from 0; with others networkx runs.",
    "periphery": f"{_LENGTHS} {_BOUNDS}",
    "radius": f"{_LENGTHS} {_BOUNDS}",
    "transitivity": "",
    "triangles": "",
    "weakly_connected_components": "",
}


def get_info() -> dict[str, Any]:
    """Return what `networkx.utils.backends.backend_info` keeps of netmap; nothing heavy is imported."""
    return {
        "backend_name": "netmap",
        "project": "netmap-toolkit",
        "package": "netmap",
        "short_summary": "Compiled kernels of netmap: shortest paths, closure, structural holes, parts and walks.",
        "functions": {name: {"additional_docs": said} if said else {} for name, said in FUNCTIONS.items()},
    }
