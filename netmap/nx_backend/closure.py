"""Triangles for networkx: clustering, transitivity, and Burt's constraint and effective size."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from ..kernels import triangles as kernel
from ..kernels.brokerage import two_paths
from ._declining import FROM_35, no_loops, no_parallels
from .graph import Graph

__all__ = ["average_clustering", "clustering", "constraint", "effective_size", "transitivity", "triangles"]

FloatArray = NDArray[np.float64]


def triangles(G: Graph, nodes: Any = None) -> Any:
    """See `networkx.triangles`."""
    if nodes is not None:
        no_parallels(G)
    return _chosen(G, _closed(G) // 2, nodes)


def _closed(G: Graph) -> NDArray[np.int64]:
    """Return for every node the neighbours of its neighbours that are its own, each tie among them counted twice."""
    flat = G.flat
    found = np.bincount(flat.rows, weights=kernel.common_neighbours(flat), minlength=len(G))
    return np.asarray(found, dtype=np.int64)


def _chosen(G: Graph, values: NDArray[Any], nodes: Any) -> Any:
    """Return the value of one node, or by node of those asked for."""
    if nodes is None:
        return G.by_node(values)
    if nodes in G:
        return values[G.position[nodes]].item()
    wanted = list(G.nbunch_iter(nodes))
    return dict(zip(wanted, values[[G.position[node] for node in wanted]].tolist(), strict=True)) if wanted else {}


def clustering(G: Graph, nodes: Any = None, weight: str | None = None) -> Any:
    """See `networkx.clustering`."""
    no_parallels(G)
    values = _clustering(G, weight)
    # networkx gives the whole number 0 where there is no triangle.
    found = _chosen(G, values, nodes)
    return {node: value or 0 for node, value in found.items()} if isinstance(found, dict) else found or 0


def _clustering(G: Graph, weight: str | None) -> FloatArray:
    flat = G.flat
    degree = np.diff(flat.indptr)
    if weight is None and not G.is_directed():
        closed: NDArray[Any] = _closed(G)
    else:
        # Each tie by the cube root of its strength, relative to the greatest; both directions of a pair added up.
        root = flat if weight is None else G.flat_roots(weight)
        closed = np.bincount(
            root.rows, weights=root.weights * kernel.arc_products(root, root.weights, root.weights), minlength=len(G)
        )
    most = degree * (degree - 1)
    if G.is_directed():
        both = np.diff(G.csr.indptr) + np.diff(G.csr_in.indptr)
        most = 2 * (both * (both - 1) - 2 * (both - degree))
    return np.where(closed > 0, closed / np.where(most > 0, most, 1), 0.0)


def average_clustering(G: Graph, nodes: Any = None, weight: str | None = None, count_zeros: bool = True) -> float:
    """See `networkx.average_clustering`."""
    values = list(clustering(G, nodes, weight=weight).values())
    if not count_zeros:
        values = [value for value in values if abs(value) > 0]
    mean: float = sum(values) / len(values)
    return mean


def transitivity(G: Graph) -> float:
    """See `networkx.transitivity`."""
    no_parallels(G)
    degree = np.diff(G.csr.indptr)
    triples = int((degree * (degree - 1)).sum())
    if G.is_directed():
        # A node's edges out that an edge from one end to the other joins: paths of two steps with the direct one.
        every, open_ = two_paths(G.csr, G.csr_in)
        closed = int(every.sum() - open_.sum())
    else:
        closed = int(_closed(G).sum())
    return closed / triples if closed else 0


# -- structural holes ------------------------------------------------------------------------------------------


def constraint(G: Graph, nodes: Any = None, weight: str | None = None) -> dict[Hashable, float]:
    """See `networkx.constraint`."""
    no_loops(G)
    no_parallels(G)
    return _held(G, kernel.constraint(G.mutual(weight)), nodes)


def effective_size(G: Graph, nodes: Any = None, weight: str | None = None) -> dict[Hashable, float]:
    """See `networkx.effective_size`."""
    no_loops(G)
    no_parallels(G)
    csr = G.mutual(weight)
    if nodes is None and FROM_35 and csr.arcs:
        strongest = np.maximum.reduceat(csr.weights, csr.indptr[:-1][np.diff(csr.indptr) > 0])
        if strongest.min() != strongest.max():
            raise NotImplementedError("networkx scales ties by another node's strongest tie")
    return _held(G, kernel.effective_size(csr), nodes)


def _held(G: Graph, values: FloatArray, nodes: Any) -> dict[Hashable, float]:
    if nodes is None and FROM_35:
        if not len(G):
            raise nx.NetworkXError("Graph has no nodes or edges")
        return G.by_node(values)
    # Node by node, networkx takes a node without edges out for an isolate.
    values = np.where(np.diff(G.csr.indptr) > 0, values, np.nan)
    return {node: float(values[G.position[node]]) for node in (G.nodes if nodes is None else nodes)}
