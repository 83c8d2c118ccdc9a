"""Betweenness and harmonic centrality of large graphs from some nodes drawn at random, with how far they may be off."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._native import compiled, kept_memory
from .csr import CSR
from .foretold import foretold_sums, guess
from .paths import distance_blocks, source_sums
from .subgraphs import is_symmetric, reverse

__all__ = ["NORMAL", "inverse_sums", "pivot_betweenness", "pivot_harmonic"]

FloatArray = NDArray[np.float64]

# Standard errors on either side of the value that hold the exact one in 95 cases of 100.
NORMAL = 1.959963984540054

# Fewer pivots or nodes than this say too little of how nodes alike differ; each node then stands for itself.
_FEWEST_PIVOTS = 16
_FEWEST_NODES = 50
# Nodes on either side, in order of value, that a node's variance is set beside.
_BESIDE = 100
_ROUNDS = 30


def pivot_betweenness(
    csr: CSR, pivots: int, rng: np.random.Generator, lengths: NDArray[Any] | None = None
) -> tuple[FloatArray, FloatArray]:
    """Estimate the raw betweenness of every node from some sources drawn at random; return it and its standard error.

    All nodes are equally likely to be drawn, each at most once, so the estimate has no bias and the error is 0 once
    every node is drawn. With one pivot it is not known (NaN).

    Notes
    -----
    What the nodes one and two steps from a source carry of its paths is foretold from there (see `foretold`) and added
    up over all sources; only what differs from it is sampled. Without this, the few sources near a node make up most of
    its value and most of its error, and are mostly not drawn. The sum of differences over k of n sources is scaled by
    n / k; its error is n sqrt((1 - k / n) s^2 / k), s^2 the variance over sources. With `lengths` nothing is foretold.

    Of s^2 itself a sample says too little: where the sources that matter are not drawn, both the value and its error
    come out too small. So it is shrunk towards what a regression on degree, foretold and estimated value, set right among
    the nodes nearest in value, gives for nodes like it, by as much as the two halves of the sample disagree. Cost O(k m).
    """
    n = csr.n
    if n == 0:
        return np.zeros(0), np.zeros(0)
    k = max(1, min(pivots, n))
    chosen = rng.choice(n, size=k, replace=False)
    steps = guess(csr, k)
    foretold = foretold_sums(csr, steps)
    told, known = (steps, foretold) if lengths is None else (None, np.zeros(n))
    # The order of the draw is random too, so its halves are two samples.
    halves = [np.sort(part) for part in (chosen[: k // 2], chosen[k // 2 :])]
    with kept_memory():
        found = [source_sums(csr, part, lengths, squares=True, guess=told)[:2] for part in halves]
    sums, squares = (np.sum(both, axis=0) for both in zip(*found, strict=True))
    half = 0.5 if is_symmetric(csr) else 1.0
    value = np.maximum(known + sums * n / k, 0.0)
    if k == n:
        return value * half, np.zeros(n)
    if k == 1:
        return value * half, np.full(n, np.nan)
    variance = _variance(sums, squares, k)
    nodes = np.flatnonzero(_between(csr, foretold, lengths))
    if k >= _FEWEST_PIVOTS and nodes.size >= _FEWEST_NODES and variance[nodes].any():
        apart = [_variance(s, q, part.size)[nodes] for (s, q), part in zip(found, halves, strict=True)]
        features, like = _alike(csr, foretold, value, lengths)
        variance[nodes] = _shrunk(variance[nodes], apart, features[nodes], like[nodes])
    return value * half, half * n * np.sqrt((1 - k / n) * variance / k)


def _between(csr: CSR, foretold: FloatArray, lengths: NDArray[Any] | None) -> NDArray[np.bool_]:
    """Return which nodes a shortest path can run through: those between two nodes that are not tied to each other."""
    if lengths is None:
        return foretold > 0
    into = np.bincount(csr.indices, minlength=csr.n)
    return (np.diff(csr.indptr) > (1 if is_symmetric(csr) else 0)) & (into > 0)


def _alike(
    csr: CSR, foretold: FloatArray, value: FloatArray, lengths: NDArray[Any] | None
) -> tuple[FloatArray, FloatArray]:
    """Return what tells the variance of a node, shape (n, features), and the value by which nodes count as alike."""
    degree, into = np.diff(csr.indptr), np.bincount(csr.indices, minlength=csr.n)
    told = [np.log1p(degree), np.log1p(into), np.log1p(foretold)]
    if lengths is None and is_symmetric(csr):
        return np.stack([*told, np.log1p(value)], axis=1), value
    # Where little of the value is foretold, a value that came out small goes with a variance that did, so it tells nothing.
    if lengths is not None:
        near = np.bincount(csr.rows, weights=1.0 / np.asarray(lengths)[csr.tie], minlength=csr.n)
        told.append(np.log(np.divide(near, degree, out=np.ones(csr.n), where=near > 0)))
    return np.stack(told, axis=1), foretold


def _variance(sums: FloatArray, squares: FloatArray, k: int) -> FloatArray:
    variance = (squares - sums**2 / k) / (k - 1)
    # Where all sources agree, what is left of the difference is rounding alone.
    variance[variance < 1e-12 * squares] = 0.0
    return variance


def _shrunk(variance: FloatArray, apart: list[FloatArray], features: FloatArray, like: FloatArray) -> FloatArray:
    """Shrink each variance towards that of nodes like it, by the share of its deviation that is noise.

    `apart` holds the variances of two halves of the sample: they share what is true of a node and not the noise, so their
    covariance among nodes alike is the true spread.
    """
    expected = _regressed(variance, features)
    order = np.argsort(like, kind="stable")
    expected *= np.maximum(_beside(variance / expected, order), 1e-9)
    own = variance / expected - 1.0
    first, second = (part / expected - 1.0 for part in apart)
    spread, whole = _beside(first * second, order), _beside(own**2, order)
    share = np.divide(spread, whole, out=np.zeros(own.size), where=whole > 0)
    return expected * (1.0 + np.clip(share, 0.0, 1.0) * own)


def _regressed(variance: FloatArray, features: FloatArray) -> FloatArray:
    """Fit the mean of the variances as exp of a line in the features, errors in proportion to the mean."""
    x = np.column_stack([np.ones(variance.size), features - features.mean(axis=0)])
    inverse = np.linalg.pinv(np.einsum("ij,ik", x, x) + 1e-6 * np.eye(x.shape[1]))
    line = np.zeros(x.shape[1])
    line[0] = np.log(variance.mean())
    # Products this thin are left to einsum: the threads a matrix library wakes for them cost more than they save.
    for _ in range(_ROUNDS):
        ratio = variance / np.exp(np.clip(np.einsum("ij,j", x, line), -80.0, 80.0)) - 1.0
        line += 0.7 * (inverse @ np.einsum("ij,i", x, np.minimum(ratio, 20.0)))
    expected: FloatArray = np.exp(np.clip(np.einsum("ij,j", x, line), -80.0, 80.0))
    return expected


def _beside(values: FloatArray, order: NDArray[np.intp]) -> FloatArray:
    """Return for every node the mean over the nodes beside it in the order, as many at the ends as in the middle."""
    n = values.size
    width = min(2 * _BESIDE + 1, n)
    low = np.clip(np.arange(n) - width // 2, 0, n - width)
    total = np.concatenate([[0.0], np.cumsum(values[order])])
    out = np.empty(n)
    out[order] = (total[low + width] - total[low]) / width
    return out


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
    chosen = np.sort(rng.choice(n, size=max(1, min(pivots, n)), replace=False))
    k = chosen.size
    sums, squares = inverse_sums(csr, chosen)
    drawn = np.zeros(n, dtype=bool)
    drawn[chosen] = True
    beside = np.bincount(csr.rows[drawn[csr.indices]], minlength=n)
    sums, squares = np.maximum(sums - beside, 0.0), np.maximum(squares - beside, 0.0)
    error = np.full(n, np.nan) if k == 1 else n * np.sqrt((1 - k / n) * _variance(sums, squares, k) / k)
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
