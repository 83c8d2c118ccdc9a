"""What is left of a network without some of its nodes: distances, and the largest component as nodes go."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from .csr import CSR
from .paths import betweenness, bit_counts
from .subgraphs import induced

__all__ = ["distance_fragmentation", "largest_left", "removal_order"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

# Words of 64 bits held for all sets that are followed together.
_WORDS = 250_000


def distance_fragmentation(csr: CSR, sets: IntArray) -> FloatArray:
    """Return 1 - mean of 1/distance over the pairs left, for each row of `sets` taken out of an undirected graph.

    All nodes are followed from at once, as bits, and many sets side by side. Cost O(m n / 64) a set and step outwards.
    """
    n, words = csr.n, -(-csr.n // 64)
    busy = np.flatnonzero(np.diff(csr.indptr) > 0)
    start = csr.indptr[busy]
    left = n - sets.shape[1]
    inverse = np.zeros(len(sets))
    step = max(1, _WORDS // (max(csr.arcs, n, 1) * max(words, 1)))
    node = np.arange(n)
    for first in range(0, len(sets), step):
        part = sets[first : first + step]
        number = np.repeat(np.arange(len(part)), sets.shape[1])
        front = np.zeros((n, len(part), words), dtype=np.uint64)
        front[node, :, node // 64] = np.left_shift(np.uint64(1), (node % 64).astype(np.uint64))[:, None]
        front[part.reshape(-1), number] = 0
        seen = front.copy()
        # Who is gone counts as seen by everyone, so nobody gets there or beyond.
        seen[part.reshape(-1), number] = ~np.uint64(0)
        level = 0
        while busy.size:
            level += 1
            found = np.zeros_like(seen)
            found[busy] = np.bitwise_or.reduceat(front[csr.indices], start, axis=0)
            found &= ~seen
            count = bit_counts(found).sum(axis=(0, 2))
            if not count.any():
                break
            inverse[first : first + len(part)] += count / level
            seen |= found
            front = found
    return np.asarray(1.0 - inverse / (left * (left - 1)), dtype=np.float64)


def largest_left(csr: CSR, order: IntArray) -> IntArray:
    """Return the size of the largest component after 0, 1, 2, ... nodes of `order` were removed.

    Nodes are put back from the last to the first, joining what they touch. Cost O(n + m).
    """
    n = csr.n
    indptr, indices = csr.indptr.tolist(), csr.indices.tolist()
    parent = list(range(n))
    size = [1] * n
    there = [True] * n
    for v in order.tolist():
        there[v] = False
    largest = 0
    out = [0] * (order.size + 1)

    def root(v: int) -> int:
        while parent[v] != v:
            parent[v] = parent[parent[v]]
            v = parent[v]
        return v

    def join(v: int) -> int:
        mine = root(v)
        for u in indices[indptr[v] : indptr[v + 1]]:
            if there[u]:
                other = root(u)
                if other != mine:
                    if size[other] > size[mine]:
                        mine, other = other, mine
                    parent[other] = mine
                    size[mine] += size[other]
        return size[mine]

    for v in range(n):
        if there[v]:
            largest = max(largest, join(v))
    out[order.size] = largest
    for place, v in enumerate(reversed(order.tolist())):
        there[v] = True
        largest = max(largest, join(v))
        out[order.size - 1 - place] = largest
    return np.array(out, dtype=np.int64)


def removal_order(csr: CSR, rule: str, rng: np.random.Generator) -> IntArray:
    """Return all nodes in the order they are removed: at random, or always one with the greatest degree or betweenness.

    Among equals the random generator decides.
    """
    n = csr.n
    luck = rng.permutation(n)
    if rule == "random":
        return np.argsort(luck).astype(np.int64)
    if rule == "betweenness":
        return _by_betweenness(csr, luck)
    indptr, indices = csr.indptr.tolist(), csr.indices.tolist()
    degree = np.diff(csr.indptr).tolist()
    chance = luck.tolist()
    heap = [(-degree[v], chance[v], v) for v in range(n)]
    heapify(heap)
    gone = [False] * n
    out = []
    while heap:
        k, _, v = heappop(heap)
        if gone[v] or -k != degree[v]:
            continue
        gone[v] = True
        out.append(v)
        for u in indices[indptr[v] : indptr[v + 1]]:
            if not gone[u]:
                degree[u] -= 1
                heappush(heap, (-degree[u], chance[u], u))
    return np.array(out, dtype=np.int64)


def _by_betweenness(csr: CSR, luck: NDArray[np.integer]) -> IntArray:
    left = np.arange(csr.n)
    out = []
    while left.size:
        part = induced(csr, left)
        value = np.round(betweenness(part), 9)
        if not value.any():
            # Nobody is between others any more: what is left goes by degree, then by chance.
            value = np.diff(part.indptr).astype(np.float64)
        best = np.flatnonzero(value == value.max())
        chosen = best[np.argmin(luck[left[best]])]
        out.append(int(left[chosen]))
        left = np.delete(left, chosen)
    return np.array(out, dtype=np.int64)
