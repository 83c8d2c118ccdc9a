"""The module networkx loads for ``backend="netmap"``: conversion, what can run, and a function for each it claims."""

from __future__ import annotations

from typing import Any

from ._declining import reason
from .closure import average_clustering, clustering, constraint, effective_size, transitivity, triangles
from .graph import convert_from_nx, convert_to_nx
from .parts import (
    articulation_points,
    bridges,
    connected_components,
    core_number,
    has_bridges,
    is_connected,
    is_strongly_connected,
    is_weakly_connected,
    local_bridges,
    node_connected_component,
    number_connected_components,
    number_strongly_connected_components,
    number_weakly_connected_components,
    weakly_connected_components,
)
from .paths import (
    average_shortest_path_length,
    betweenness_centrality,
    closeness_centrality,
    diameter,
    eccentricity,
    edge_betweenness_centrality,
    global_efficiency,
    harmonic_centrality,
    local_efficiency,
    periphery,
    radius,
)
from .walks import eigenvector_centrality, pagerank

__all__ = [
    "articulation_points",
    "average_clustering",
    "average_shortest_path_length",
    "betweenness_centrality",
    "bridges",
    "can_run",
    "closeness_centrality",
    "clustering",
    "connected_components",
    "constraint",
    "convert_from_nx",
    "convert_to_nx",
    "core_number",
    "diameter",
    "eccentricity",
    "edge_betweenness_centrality",
    "effective_size",
    "eigenvector_centrality",
    "global_efficiency",
    "harmonic_centrality",
    "has_bridges",
    "is_connected",
    "is_strongly_connected",
    "is_weakly_connected",
    "local_bridges",
    "local_efficiency",
    "node_connected_component",
    "number_connected_components",
    "number_strongly_connected_components",
    "number_weakly_connected_components",
    "pagerank",
    "periphery",
    "radius",
    "should_run",
    "transitivity",
    "triangles",
    "weakly_connected_components",
]

# networkx finds these in one quick pass, in less time than a conversion takes.
_QUICK = {
    "connected_components", "is_connected", "is_weakly_connected", "node_connected_component",
    "number_connected_components", "number_weakly_connected_components", "weakly_connected_components",
}


def can_run(name: str, args: Any, kwargs: Any) -> bool | str:
    """Return whether a function can run with these arguments, or why it cannot; networkx then runs its own."""
    try:
        return reason(globals()[name], args, kwargs) or True
    except TypeError:
        # Arguments that do not fit the function are networkx's to refuse.
        return True


def should_run(name: str, args: Any, kwargs: Any) -> bool | str:
    """Return whether a function is worth a conversion, or why it is not; asked only where networkx chooses."""
    if name in _QUICK:
        kept = getattr(args[0] if args else kwargs.get("G"), "__networkx_cache__", None) or {}
        if not kept.get("backends", {}).get("netmap"):
            return "networkx is done sooner than the graph is converted"
    return True
