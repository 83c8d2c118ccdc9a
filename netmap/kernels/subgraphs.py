"""Graphs made from a graph: with every arc turned round, or among some nodes alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .cores import arcs_of
from .csr import CSR, build_csr

__all__ = ["induced", "is_symmetric", "reverse"]


def is_symmetric(csr: CSR) -> bool:
    """Return whether every tie lies in the graph as two arcs, that is, whether it is undirected."""
    return csr.arcs > 0 and csr.arcs == 2 * (int(csr.tie.max()) + 1)


def reverse(csr: CSR) -> CSR:
    """Return the graph with every arc turned round; an undirected graph is its own reverse."""
    if is_symmetric(csr):
        return csr
    turned = build_csr(csr.n, csr.indices, csr.rows, csr.weights, symmetric=False)
    return CSR(csr.n, turned.indptr, turned.indices, turned.weights, csr.tie[turned.tie])


def induced(csr: CSR, nodes: NDArray[np.integer]) -> CSR:
    """Return the graph among `nodes` (ascending) alone, numbered in their order."""
    place = np.full(csr.n, -1, dtype=np.int32)
    place[nodes] = np.arange(nodes.size, dtype=np.int32)
    arcs = arcs_of(csr, nodes)
    rows = np.repeat(np.arange(nodes.size), np.diff(csr.indptr)[nodes])
    keep = place[csr.indices[arcs]] >= 0
    arcs, rows = arcs[keep], rows[keep]
    indptr = np.zeros(nodes.size + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=nodes.size), out=indptr[1:])
    tie = csr.tie[arcs]
    left = np.zeros(int(csr.tie.max(initial=-1)) + 1, dtype=bool)
    left[tie] = True
    number = np.cumsum(left, dtype=np.int32) - np.int32(1)
    return CSR(nodes.size, indptr, place[csr.indices[arcs]], csr.weights[arcs], number[tie])
