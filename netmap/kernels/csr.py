"""The compressed graph every kernel works on, and how it is built from a list of ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._native import compiled

__all__ = ["CSR", "MERGES", "build_csr", "integer_lengths", "merge_ties", "perturbed_csr"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
# Sources, targets and strengths.
Ties = tuple[NDArray[np.int32], NDArray[np.int32], FloatArray]

# How strengths of parallel ties become one.
MERGES = ("sum", "mean", "max")


@dataclass(frozen=True, eq=False)
class CSR:
    """A simple graph as compressed rows: neighbours of node ``i`` are ``indices[indptr[i]:indptr[i + 1]]``, ascending.

    Attributes
    ----------
    n : int
        Number of nodes.
    indptr : ndarray of int64, shape (n + 1,)
    indices : ndarray of int32, shape (arcs,)
    weights : ndarray of float64, shape (arcs,)
        Strength of each arc.
    tie : ndarray of int32, shape (arcs,)
        Which tie of the tie list an arc comes from (both arcs of an undirected tie name the same one).
    """

    n: int
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weights: FloatArray
    tie: NDArray[np.int32]

    @property
    def arcs(self) -> int:
        """Number of arcs: twice the ties of an undirected graph."""
        return int(self.indices.size)

    @property
    def rows(self) -> NDArray[np.int32]:
        """The row (first end) of every arc, in order."""
        return np.repeat(np.arange(self.n, dtype=np.int32), np.diff(self.indptr))

    def row_sums(self, values: FloatArray) -> FloatArray:
        """Add up over each row what `values` gives its arcs: of `weights`, the strength of every node. Cost O(arcs)."""
        full = np.flatnonzero(np.diff(self.indptr))
        out = np.zeros(self.n)
        if full.size:
            out[full] = np.add.reduceat(values, self.indptr[full])
        return out


@compiled
def build_csr(
    n: int,
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    weights: FloatArray,
    *,
    symmetric: bool,
) -> CSR:
    """Build the compressed graph of a tie list without loops or parallel ties; `symmetric` adds every arc both ways.

    Cost: one sort of the arcs, O(m log m).
    """
    m = source.size
    number = np.arange(m, dtype=np.int32)
    if symmetric:
        rows = np.concatenate([source, target])
        columns = np.concatenate([target, source])
        values = np.concatenate([weights, weights])
        tie = np.concatenate([number, number])
    else:
        rows, columns, values, tie = source, target, weights, number
    order = np.lexsort((columns, rows))
    indptr = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=n), out=indptr[1:])
    return CSR(
        n=n,
        indptr=indptr,
        indices=columns[order].astype(np.int32, copy=False),
        weights=values[order].astype(np.float64, copy=False),
        tie=tie[order].astype(np.int32, copy=False),
    )


@compiled
def merge_ties(
    n: int, source: NDArray[np.integer], target: NDArray[np.integer], weights: FloatArray, rule: str = "sum"
) -> tuple[NDArray[np.int32], NDArray[np.int32], FloatArray]:
    """Sort ties of `n` nodes by source and target and make parallel ones one, by the sum, mean or max of their strengths.

    Strengths are added from the smallest up, so shuffled rows give the same bits. Cost O(n + m), and a sort of the
    strengths of parallel ties.
    """
    pair = source.astype(np.int64) * n + target
    order = np.lexsort((weights, pair))
    a, b, w, pair = source[order], target[order], weights[order], pair[order]
    starts = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]])) if a.size else pair
    if starts.size == 0:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float64)
    if rule == "max":
        joined = np.maximum.reduceat(w, starts)
    else:
        joined = np.add.reduceat(w, starts)
        if rule == "mean":
            joined = joined / np.diff(np.append(starts, a.size))
    return a[starts].astype(np.int32), b[starts].astype(np.int32), joined


@compiled
def perturbed_csr(
    n: int,
    ties: Ties,
    kept: NDArray[np.bool_],
    others: Ties,
    *,
    symmetric: bool,
) -> CSR:
    """Build the compressed graph of the `ties` that are `kept` and of `others`, numbered in the order of their ends.

    `ties` are ordered by their ends, `others` are in any order and none of them among `ties`; each stands once and, where
    `symmetric`, from its lower end. Cost O(n + m), and a sort of the others.
    """
    a, b = (np.concatenate([ties[end][kept], others[end]]) for end in (0, 1))
    w = np.concatenate([ties[2][kept], others[2]])
    order = np.lexsort((b, a))
    return build_csr(n, a[order], b[order], w[order], symmetric=symmetric)


def integer_lengths(strengths: FloatArray, limit: int = 1_000_000) -> NDArray[np.int64] | None:
    """Return whole-number lengths proportional to 1/strength, or None where no small common multiple exists.

    Strong ties are short. Whole numbers make equal paths tie exactly, which 1/w in floating point does not.
    """
    from fractions import Fraction
    from math import gcd, lcm

    if strengths.size == 0:
        return np.zeros(0, dtype=np.int64)
    distinct, inverse = np.unique(strengths, return_inverse=True)
    if distinct.size > 1000:
        return None
    fractions = [Fraction(float(w)).limit_denominator(10_000) for w in distinct]
    if any(f <= 0 or abs(float(f) - w) > 1e-12 * w for f, w in zip(fractions, distinct, strict=True)):
        return None
    scale = lcm(*(f.denominator for f in fractions))
    if scale > limit:
        return None
    whole = [int(f * scale) for f in fractions]
    divisor = gcd(*whole)
    whole = [w // divisor for w in whole]
    common = 1
    for w in whole:
        common = lcm(common, w)
        if common > limit:
            return None
    lengths: NDArray[np.int64] = np.array([common // w for w in whole], dtype=np.int64)[inverse.reshape(-1)]
    return lengths
