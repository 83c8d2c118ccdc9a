"""Parts of a graph for networkx: components, cores, bridges and the nodes that hold it together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from ..kernels.components import component_labels
from ..kernels.cores import core_numbers as cores_of
from ..kernels.csr import CSR, build_csr
from ..kernels.cuts import cuts, depth_first
from ..kernels.paths import spans
from ..kernels.triangles import common_neighbours
from ._declining import declines, no_loops
from .graph import Graph

__all__ = [
    "articulation_points",
    "bridges",
    "connected_components",
    "core_number",
    "has_bridges",
    "is_connected",
    "is_strongly_connected",
    "is_weakly_connected",
    "local_bridges",
    "node_connected_component",
    "number_connected_components",
    "number_strongly_connected_components",
    "number_weakly_connected_components",
    "weakly_connected_components",
]

IntArray = NDArray[np.int64]


def _parts(G: Graph) -> IntArray:
    return component_labels(G.csr)


def connected_components(G: Graph) -> Iterator[set[Hashable]]:
    """See `networkx.connected_components`."""
    labels = _parts(G)
    order = np.argsort(labels, kind="stable")
    pieces = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if labels.size else []
    # In the order of their first nodes, as networkx meets them.
    return (G.members(piece) for piece in sorted(pieces, key=lambda piece: int(piece[0])))


def weakly_connected_components(G: Graph) -> Iterator[set[Hashable]]:
    """See `networkx.weakly_connected_components`."""
    return connected_components(G)


def number_connected_components(G: Graph) -> int:
    """See `networkx.number_connected_components`."""
    return int(_parts(G).max(initial=-1)) + 1


def number_weakly_connected_components(G: Graph) -> int:
    """See `networkx.number_weakly_connected_components`."""
    return number_connected_components(G)


def number_strongly_connected_components(G: Graph) -> int:
    """See `networkx.number_strongly_connected_components`."""
    return int(component_labels(G.csr, strong=True).max(initial=-1)) + 1


def is_connected(G: Graph) -> bool:
    """See `networkx.is_connected`."""
    return _in_one(G, number_connected_components(G))


def is_weakly_connected(G: Graph) -> bool:
    """See `networkx.is_weakly_connected`."""
    return _in_one(G, number_connected_components(G))


def is_strongly_connected(G: Graph) -> bool:
    """See `networkx.is_strongly_connected`."""
    return _in_one(G, number_strongly_connected_components(G))


def _in_one(G: Graph, parts: int) -> bool:
    if not len(G):
        raise nx.NetworkXPointlessConcept("Connectivity is undefined for the null graph.")
    return parts == 1


def node_connected_component(G: Graph, n: Hashable) -> set[Hashable]:
    """See `networkx.node_connected_component`."""
    labels = _parts(G)
    return G.members(np.flatnonzero(labels == labels[G.position[n]]))


# -- cores -----------------------------------------------------------------------------------------------------


def core_number(G: Graph) -> dict[Hashable, int]:
    """See `networkx.core_number`."""
    no_loops(G)
    csr = G.csr
    if G.is_directed():
        # Both directions count: a mutual pair is two neighbours to each other.
        a, b = G.pairs
        ends = np.append(a, b), np.append(b, a)
        csr = build_csr(len(G), *ends, np.ones(ends[0].size), symmetric=False)
    return G.by_node(cores_of(csr))


# -- what holds parts together ---------------------------------------------------------------------------------


_ROOT = "the result is limited to the component of a root"


@declines(root=_ROOT)
def bridges(G: Graph, root: Hashable | None = None) -> Iterator[tuple[Hashable, Hashable]]:
    """See `networkx.bridges`."""
    alone = cuts(G.csr, G.tied.size).bridge & (G.copies[G.tied] == 1)
    return _pairs(G, G.tied[alone])


def _pairs(G: Graph, which: IntArray, *more: list[Any]) -> Iterator[tuple[Any, ...]]:
    ends = (map(G.nodes.__getitem__, end[which].tolist()) for end in G.pairs)
    return (found for found in zip(*ends, *more, strict=True))


@declines(root=_ROOT)
def has_bridges(G: Graph, root: Hashable | None = None) -> bool:
    """See `networkx.has_bridges`."""
    return next(bridges(G), None) is not None


@declines(weight="a span is measured in lengths")
def local_bridges(G: Graph, with_span: bool = True, weight: Any = None) -> Iterator[tuple[Any, ...]]:
    """See `networkx.local_bridges`."""
    no_loops(G)
    shared = np.zeros(G.tied.size, dtype=np.int64)
    shared[G.csr.tie] = common_neighbours(G.csr)
    open_ties = np.flatnonzero(shared == 0)
    if with_span is not True:
        return _pairs(G, G.tied[open_ties])
    found = [int(span) if np.isfinite(span) else span for span in spans(G.csr, open_ties).tolist()]
    return _pairs(G, G.tied[open_ties], found)


def articulation_points(G: Graph) -> Iterator[Hashable]:
    """See `networkx.articulation_points`."""
    # networkx names a node when the search comes back to it from the first part it cuts off, a root when it is done.
    return (G.nodes[i] for i in depth_first(_as_met(G)).points.tolist())


def _as_met(G: Graph) -> CSR:
    """Return the simple graph with neighbours in networkx's order, in which its search goes."""
    keep = G.rows != G.columns
    rows, columns = G.rows[keep].astype(np.int64), G.columns[keep]
    indptr = np.zeros(len(G) + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=len(G)), out=indptr[1:])
    _, tie = np.unique(np.minimum(rows, columns) * len(G) + np.maximum(rows, columns), return_inverse=True)
    return CSR(len(G), indptr, columns, np.ones(columns.size), tie.reshape(-1).astype(np.int32))
