"""How deep a node sits in the dense part of a network: k-core and s-core numbers by peeling."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .csr import CSR

__all__ = ["arcs_of", "core_numbers", "strength_cores"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


def arcs_of(csr: CSR, nodes: NDArray[np.integer]) -> IntArray:
    """Return the positions of all arcs that leave `nodes`, node after node."""
    starts = csr.indptr[nodes]
    sizes = csr.indptr[np.asarray(nodes) + 1] - starts
    total = int(sizes.sum())
    if total == 0:
        return np.zeros(0, dtype=np.int64)
    first = np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    out: IntArray = first + np.arange(total)
    return out


@compiled
def core_numbers(csr: CSR, counted: CSR | None = None) -> IntArray:
    """Return the core number of every node of an undirected graph: the largest k such that it is in the k-core.

    For in-cores of a directed graph `csr` holds the out-arcs and `counted` the in-arcs, for out-cores the other way
    round. Nodes are peeled in rounds, all of the least degree at once. Cost O(n + m), plus a little a round.
    """
    left = np.diff((counted or csr).indptr)
    core = np.zeros(csr.n, dtype=np.int64)
    alive = np.ones(csr.n, dtype=bool)
    remaining = csr.n
    k = 0
    while remaining:
        k = max(k, int(left[alive].min()))
        peel = np.flatnonzero(alive & (left <= k))
        while peel.size:
            core[peel] = k
            alive[peel] = False
            remaining -= peel.size
            touched = csr.indices[arcs_of(csr, peel)]
            touched = touched[alive[touched]]
            if touched.size * 8 > csr.n:
                left = left - np.bincount(touched, minlength=csr.n)
                peel = np.flatnonzero(alive & (left <= k))
            else:
                np.subtract.at(left, touched, 1)
                peel = np.unique(touched[left[touched] <= k])
    return core


def strength_cores(csr: CSR) -> FloatArray:
    """Return the s-core of every node: the greatest s such that it is in a part where all strengths are at least s.

    The node of least strength is peeled again and again. Cost O((n + m) log n).
    """
    from heapq import heapify, heappop, heappush

    strength = csr.row_sums(csr.weights).tolist()
    indptr, indices, weights = csr.indptr.tolist(), csr.indices.tolist(), csr.weights.tolist()
    heap = [(s, i) for i, s in enumerate(strength)]
    heapify(heap)
    done = [False] * csr.n
    core = [0.0] * csr.n
    level = 0.0
    while heap:
        s, i = heappop(heap)
        if done[i] or s > strength[i]:
            continue
        level = max(level, s)
        core[i], done[i] = level, True
        for a in range(indptr[i], indptr[i + 1]):
            j = indices[a]
            if not done[j]:
                strength[j] -= weights[a]
                heappush(heap, (strength[j], j))
    return np.array(core, dtype=np.float64)
