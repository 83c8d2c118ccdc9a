"""Betweenness of large graphs from some sources drawn at random, with how far it may be off."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .components import component_labels
from .csr import CSR
from .paths import source_sums
from .subgraphs import is_symmetric

__all__ = ["pivot_betweenness"]

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
    k = max(1, min(pivots, n))
    chosen = np.sort(rng.choice(n, size=k, replace=False))
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
    variance = (squares - differing**2 / k) / (k - 1)
    # Where all sources agree, what is left of the difference is rounding alone.
    variance[variance < 1e-12 * squares] = 0.0
    return value * half, half * n * np.sqrt((1 - k / n) * variance / k)
