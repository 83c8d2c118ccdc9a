"""What a tie that is not there yet would do to distances."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .csr import CSR
from .paths import distance_blocks

__all__ = ["all_distances", "nearer", "promising", "tie_gains", "with_tie"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

_FAR = 30_000


def all_distances(csr: CSR) -> FloatArray:
    """Return the table of steps between every two nodes, inf where there is no path. Cost O(n m) and n^2 numbers."""
    table = np.full((csr.n, csr.n), np.inf)
    for block, found in distance_blocks(csr):
        table[block] = found
    return table


def nearer(distance: FloatArray, u: int, v: int) -> tuple[float, int, int]:
    """Return what a tie u-v adds to the sum of 1/distance over pairs, how many pairs it brings nearer, and joins.

    Only nodes nearer to u than to v by two steps or more can come nearer to anything through the tie, and only to nodes
    of which the opposite holds; so the tables compared are small.
    """
    a, b = distance[u], distance[v]
    near_u = np.flatnonzero(a + 1 < b)
    near_v = np.flatnonzero(b + 1 < a)
    before = distance[np.ix_(near_u, near_v)]
    after = a[near_u][:, None] + 1 + b[near_v][None, :]
    better = after < before
    with np.errstate(divide="ignore"):
        gain = np.where(better, 1.0 / after - 1.0 / before, 0.0)
    return float(gain.sum()), int(better.sum()), int(np.isinf(before[better]).sum())


@compiled
def tie_gains(distance: FloatArray, pairs: IntArray) -> tuple[FloatArray, IntArray, IntArray]:
    """Return for each pair (row) what `nearer` says of a tie between the two, as three arrays."""
    found = [nearer(distance, int(u), int(v)) for u, v in pairs]
    gain = np.array([g for g, _, _ in found], dtype=np.float64)
    count, joined = (np.array([row[i] for row in found], dtype=np.int64) for i in (1, 2))
    return gain, count, joined


def with_tie(distance: FloatArray, u: int, v: int) -> FloatArray:
    """Return the table of distances once u and v are tied. Cost O(n^2)."""
    through = np.minimum(distance[:, [u]] + 1 + distance[[v], :], distance[:, [v]] + 1 + distance[[u], :])
    return np.minimum(distance, through)


def promising(distance: FloatArray, pairs: IntArray, most: int) -> IntArray:
    """Return which `most` pairs (rows) might gain most, in order, by how many nodes stand nearer to either end.

    The product of the two counts bounds the pairs that can come nearer. Nodes are sampled evenly in large networks.
    """
    if pairs.shape[0] <= most:
        return np.arange(pairs.shape[0])
    n = distance.shape[0]
    sample = np.unique(np.linspace(0, n - 1, min(n, 256)).astype(np.int64))
    # Steps fit in 16 bits, which is several times as fast; no way at all is farther than any.
    steps = np.ascontiguousarray(np.minimum(distance[sample], _FAR).astype(np.int16).T)
    bound = np.empty(pairs.shape[0])
    for start in range(0, pairs.shape[0], 4096):
        block = pairs[start : start + 4096]
        apart = steps[block[:, 1]] - steps[block[:, 0]]
        bound[start : start + 4096] = np.count_nonzero(apart > 1, axis=1) * np.count_nonzero(apart < -1, axis=1)
    return np.sort(np.argsort(-bound, kind="stable")[:most])
