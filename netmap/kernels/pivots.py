"""Betweenness and harmonic centrality of large graphs from some nodes drawn at random, with how far they may be off."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .components import component_labels
from .csr import CSR
from .paths import distance_blocks, source_sums
from .subgraphs import is_symmetric, reverse

__all__ = ["inverse_sums", "pivot_betweenness", "pivot_harmonic"]

FloatArray = NDArray[np.float64]


def pivot_betweenness(
    csr: CSR, pivots: int, rng: np.random.Generator, lengths: NDArray[Any] | None = None
) -> tuple[FloatArray, FloatArray]:
    """Estimate the raw betweenness of every node from some sources drawn at random; return it and its standard error.

    All nodes are equally likely to be drawn, each at most once, so the estimate has no bias and the error is 0 once
    every node is drawn. With one pivot it is not known (NaN).

    Notes
    -----
    Of the r - 1 nodes a source of degree d can reach, its neighbours pass on all but themselves: (r - 1) / d - 1 each, on
    average. That much is known without following a path, and exact for a source with one tie; only what differs from it
    is sampled. Without this, the few sources next to a node make up most of its value and most of its error, and are
    mostly not drawn. The sum of differences over k of n sources is scaled by n / k; its error is
    n sqrt((1 - k / n) s^2 / k), s^2 the variance over sources. With `lengths` nothing is known beforehand. Cost O(k m).
    """
    n = csr.n
    if n == 0:
        return np.zeros(0), np.zeros(0)
    chosen = _drawn(n, pivots, rng)
    k = chosen.size
    known = np.zeros(n)
    if lengths is None:
        labels = component_labels(csr)
        degree = np.diff(csr.indptr)
        known = np.where(degree > 0, (np.bincount(labels)[labels] - 1) / np.maximum(degree, 1) - 1.0, 0.0)
    nodes, squares, _ = source_sums(csr, chosen, lengths, expected=known[chosen])
    half = 0.5 if is_symmetric(csr) else 1.0
    if k == n:
        return nodes * half, np.zeros(n)
    drawn = np.zeros(n, dtype=bool)
    drawn[chosen] = True
    rows = csr.rows
    every = np.bincount(csr.indices, weights=known[rows], minlength=n)
    mine = drawn[rows]
    differing = nodes - np.bincount(csr.indices[mine], weights=known[rows[mine]], minlength=n)
    value = np.maximum(every + differing * n / k, 0.0)
    if k == 1:
        return value * half, np.full(n, np.nan)
    return value * half, half * _error(n, k, differing, squares)


def _drawn(n: int, pivots: int, rng: np.random.Generator) -> NDArray[np.int64]:
    return np.sort(rng.choice(n, size=max(1, min(pivots, n)), replace=False))


def _error(n: int, k: int, sums: FloatArray, squares: FloatArray) -> FloatArray:
    """Return the standard error of n times the mean of k of n values, from their sum and that of their squares."""
    variance = (squares - sums**2 / k) / (k - 1)
    # Where all values agree, what is left of the difference is rounding alone.
    variance[variance < 1e-12 * squares] = 0.0
    return np.asarray(n * np.sqrt((1 - k / n) * variance / k))


def pivot_harmonic(csr: CSR, pivots: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Estimate the harmonic centrality of every node from its distances to some nodes drawn at random, and its error.

    The mean of 1/distance to all others as in `paths.harmonic`, each tie one step. The same generator draws the same
    nodes as for `pivot_betweenness`.

    Notes
    -----
    Neighbours count 1 each, which is known; what all others add is sampled: the sum of 1/distance to those of them among k
    of n nodes, times n / k. Its error is n sqrt((1 - k / n) s^2 / k), s^2 the variance over the k. NaN with one pivot, 0
    once every node is drawn. Cost O(k m / 64) a step outwards.
    """
    n = csr.n
    if n < 2:
        return np.full(n, np.nan), np.full(n, np.nan)
    chosen = _drawn(n, pivots, rng)
    k = chosen.size
    sums, squares = inverse_sums(csr, chosen)
    drawn = np.zeros(n, dtype=bool)
    drawn[chosen] = True
    beside = np.bincount(csr.rows[drawn[csr.indices]], minlength=n)
    sums, squares = np.maximum(sums - beside, 0.0), np.maximum(squares - beside, 0.0)
    error = np.full(n, np.nan) if k == 1 else _error(n, k, sums, squares)
    return (np.diff(csr.indptr) + sums * (n / k)) / (n - 1), error / (n - 1)


@compiled
def inverse_sums(csr: CSR, targets: NDArray[np.int64]) -> tuple[FloatArray, FloatArray]:
    """Add up 1/distance from every node along the arcs to `targets`, and its squares; itself and no path count 0."""
    sums, squares = np.zeros(csr.n), np.zeros(csr.n)
    for block, found in distance_blocks(reverse(csr), sources=targets):
        found[np.arange(block.size), block] = np.inf
        near = 1.0 / found
        sums += near.sum(axis=0)
        squares += (near**2).sum(axis=0)
    return sums, squares
