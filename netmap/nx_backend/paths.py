"""Shortest paths for networkx: betweenness, closeness, harmonic centrality, eccentricities and mean distances."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from ..kernels import paths
from ..kernels.components import component_labels
from ..view import View
from ._declining import FROM_36, declines, no_loops
from .graph import Graph

__all__ = [
    "average_shortest_path_length",
    "betweenness_centrality",
    "closeness_centrality",
    "diameter",
    "eccentricity",
    "edge_betweenness_centrality",
    "global_efficiency",
    "harmonic_centrality",
    "local_efficiency",
    "periphery",
    "radius",
]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Places = IntArray | None

_METHODS = ("unweighted", "dijkstra", "bellman-ford", "floyd-warshall", "floyd-warshall-numpy")


# Before 3.6 networkx scaled what it found from a sample by other rules.
_SAMPLE = {} if FROM_36 else {"k": "networkx before 3.6 scales a sample by another rule"}
_GIVEN = {"e": "eccentricities are given", "usebounds": "bounds are asked for"}


@declines(**_SAMPLE)
def betweenness_centrality(
    G: Graph, k: int | None = None, normalized: bool = True, weight: str | None = None, endpoints: bool = False,
    seed: Any = None,
) -> dict[Hashable, float]:
    """See `networkx.betweenness_centrality`."""
    lengths, _ = G.lengths(weight)
    sources = None if k is None or k == len(G) else _drawn(G, k, seed)
    carried = _both_ways(G, paths.betweenness(G.csr, lengths, sources=sources), sources)
    if endpoints:
        carried = carried + _as_ends(G, sources)
    return G.by_node(carried * _scale(G, sources, normalized, len(G) - (not endpoints), ends=endpoints))


@declines(**_SAMPLE)
def edge_betweenness_centrality(
    G: Graph, k: int | None = None, normalized: bool = True, weight: str | None = None, seed: Any = None
) -> dict[tuple[Hashable, ...], float]:
    """See `networkx.edge_betweenness_centrality`."""
    lengths, _ = G.lengths(weight)
    sources = None if k is None else _drawn(G, k, seed)
    values = np.zeros(G.pairs[0].size)
    values[G.tied] = _both_ways(G, paths.tie_betweenness(G.csr, lengths, sources=sources), sources)
    values *= _scale(G, sources, normalized, len(G), ends=True)
    if G.is_multigraph():
        # Of parallel edges the shortest share what runs between their ends.
        shortest = G.shortest(weight)
        pair = np.repeat(np.arange(values.size), G.copies)
        values = np.where(shortest, (values / np.bincount(pair, weights=shortest, minlength=values.size))[pair], 0.0)
    return dict(zip(G.edges(), values.tolist(), strict=True))


def _drawn(G: Graph, k: int, seed: Any) -> IntArray:
    return np.array([G.position[node] for node in seed.sample(G.nodes, k)], dtype=np.int64)


def _both_ways(G: Graph, values: FloatArray, sources: Places) -> FloatArray:
    # Kernels count a pair of ends once where there are no arrows; networkx scales what was counted from both ends.
    return values if G.is_directed() or sources is not None else values * 2.0


def _as_ends(G: Graph, sources: Places) -> FloatArray:
    """Return how many paths from the sources start or end at every node."""
    if sources is None and not G.is_directed():
        labels = component_labels(G.csr)
        return np.asarray(2.0 * (np.bincount(labels)[labels] - 1)) if len(G) else np.zeros(0)
    if sources is None:
        return np.asarray(paths.distance_sums(G.csr).reached + paths.distance_sums(G.csr_in).reached, dtype=np.float64)
    ends = np.zeros(len(G))
    for block, distance in paths.distance_blocks(G.csr, sources=sources):
        there = np.isfinite(distance)
        ends += there.sum(axis=0)
        ends[block] += there.sum(axis=1) - 2
    return ends


def _scale(G: Graph, sources: Places, normalized: bool, others: int, *, ends: bool) -> float | FloatArray:
    """Return what networkx multiplies by: one number, or for a sample without ends another for the nodes drawn."""
    if others < 2:
        return 1.0
    drawn = others if sources is None else sources.size
    halves = 1 if G.is_directed() else 2

    def of(count: int) -> float:
        return 1 / (count * (others - 1)) if normalized else others / (count * halves)

    if sources is None or ends:
        return of(drawn)
    scale = np.full(len(G), of(drawn))
    # A sample of one says nothing of the node drawn.
    scale[sources] = of(drawn - 1) if drawn > 1 else np.nan
    return scale


# -- distances -------------------------------------------------------------------------------------------------


def _sums(G: Graph, attribute: str | None, *, against: bool = False) -> tuple[paths.DistanceSums, int]:
    lengths, unit = G.lengths(attribute)
    return paths.distance_sums(G.csr_in if against else G.csr, lengths), unit


def _from(G: Graph, places: IntArray, attribute: str | None, *, against: bool = False) -> Any:
    """Yield blocks of `places` with their distances to all nodes (against the arrows: from all)."""
    lengths, unit = G.lengths(attribute)
    csr = G.csr_in if against else G.csr
    for block, distance in paths.distance_blocks(csr, None if lengths is None else lengths[csr.tie], places):
        yield block, distance * unit


def closeness_centrality(
    G: Graph, u: Hashable | None = None, distance: str | None = None, wf_improved: bool = True
) -> dict[Hashable, float] | float:
    """See `networkx.closeness_centrality`."""
    if u is None:
        sums, unit = _sums(G, distance, against=True)
        reached, total = sums.reached.astype(np.float64), sums.distance * unit
    elif u in G:
        ((_, found),) = _from(G, np.array([G.position[u]]), distance, against=True)
        near = found[np.isfinite(found)]
        reached, total = np.array([near.size - 1.0]), np.array([near.sum()])
    elif distance is None:
        raise nx.NodeNotFound(f"Source {u} is not in G")
    else:
        raise nx.NodeNotFound(f"Node {u} not found in graph")
    values = np.where(total > 0, reached / np.where(total > 0, total, 1.0), 0.0)
    if wf_improved:
        values = values * (reached / max(len(G) - 1, 1))
    return G.by_node(values) if u is None else float(values[0])


def harmonic_centrality(
    G: Graph, nbunch: Any = None, distance: str | None = None, sources: Any = None
) -> dict[Hashable, float]:
    """See `networkx.harmonic_centrality`."""
    # Sets filled as networkx fills them, so that the result is in its order.
    wanted = set(G.nodes if nbunch is None else G.nbunch_iter(nbunch))
    starts = set(G.nodes if sources is None else G.nbunch_iter(sources))
    of = np.array([G.position[node] for node in wanted], dtype=np.int64)
    if len(wanted) == len(starts) == len(G):
        sums, unit = _sums(G, distance, against=True)
        values = sums.inverse[of] / unit
    else:
        from_ = np.array([G.position[node] for node in starts], dtype=np.int64)
        turned = of.size < from_.size
        values = np.zeros(of.size)
        done = 0
        for block, found in _from(G, of if turned else from_, distance, against=turned):
            part = found[:, from_ if turned else of]
            near = np.where((part > 0) & np.isfinite(part), part, np.inf)
            if turned:
                values[done : done + block.size] = (1.0 / near).sum(axis=1)
            else:
                values += (1.0 / near).sum(axis=0)
            done += block.size
    # The sum of nothing is a whole number.
    return {node: value or 0 for node, value in zip(wanted, values.tolist(), strict=True)}


@declines(sp="distances are given")
def eccentricity(G: Graph, v: Any = None, sp: Any = None, weight: str | None = None) -> Any:
    """See `networkx.eccentricity`."""
    wanted = list(G.nbunch_iter(v))
    of = np.array([G.position[node] for node in wanted], dtype=np.int64)
    if v is None:
        sums, unit = _sums(G, weight)
        reached, farthest = sums.reached, sums.farthest * unit
    else:
        reached, farthest = np.zeros(of.size, dtype=np.int64), np.zeros(of.size)
        done = 0
        for block, found in _from(G, of, weight):
            there = np.isfinite(found)
            part = slice(done, done + block.size)
            reached[part], farthest[part] = there.sum(axis=1) - 1, np.where(there, found, 0.0).max(axis=1)
            done += block.size
    if (reached != len(G) - 1).any():
        if G.is_directed():
            raise nx.NetworkXError("Found infinite path length because the digraph is not strongly connected")
        raise nx.NetworkXError("Found infinite path length because the graph is not connected")
    # A node is at the whole number 0 from itself; any other distance is of the type of the lengths added up.
    real = weight is not None and len(G) > 1 and G.real(weight)
    found = dict(zip(wanted, farthest.tolist() if real else farthest.astype(np.int64).tolist(), strict=True))
    return found[v] if v in G else found


@declines(**_GIVEN)
def diameter(G: Graph, e: Any = None, usebounds: bool = False, weight: str | None = None) -> float:
    """See `networkx.diameter`."""
    found: float = max(eccentricity(G, weight=weight).values())
    return found


@declines(**_GIVEN)
def radius(G: Graph, e: Any = None, usebounds: bool = False, weight: str | None = None) -> float:
    """See `networkx.radius`."""
    found: float = min(eccentricity(G, weight=weight).values())
    return found


@declines(**_GIVEN)
def periphery(G: Graph, e: Any = None, usebounds: bool = False, weight: str | None = None) -> list[Hashable]:
    """See `networkx.periphery`."""
    far = eccentricity(G, weight=weight)
    most = max(far.values())
    return [node for node, value in far.items() if value == most]


def average_shortest_path_length(G: Graph, weight: str | None = None, method: str | None = None) -> float:
    """See `networkx.average_shortest_path_length`."""
    n = len(G)
    if method is not None and method not in _METHODS:
        raise ValueError(f"method not supported: {method}")
    if n == 0:
        raise nx.NetworkXPointlessConcept(
            "the null graph has no paths, thus there is no average shortest path length"
        )
    if n == 1:
        return 0
    sums, unit = _sums(G, None if method == "unweighted" else weight)
    if (sums.reached != n - 1).any():
        raise nx.NetworkXError(f"Graph is not {'strongly ' if G.is_directed() else ''}connected.")
    return float(sums.distance.sum() * unit) / (n * (n - 1))


def global_efficiency(G: Graph) -> float:
    """See `networkx.global_efficiency`."""
    n = len(G)
    return float(_sums(G, None)[0].inverse.sum()) / (n * (n - 1)) if n > 1 else 0


def local_efficiency(G: Graph) -> float:
    """See `networkx.local_efficiency`."""
    from ..measures.distances import local_efficiency as mean_efficiency

    no_loops(G)
    if not len(G):
        raise ZeroDivisionError("division by zero")
    return mean_efficiency(View(range(len(G)), *G.pairs))
