"""The compiled form of the kernels that follow walks along the ties: see their twins in `spectral`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _fast
from .csr import CSR

__all__ = ["katz", "leading", "pagerank"]

FloatArray = NDArray[np.float64]
Rows = tuple[NDArray[np.int64], NDArray[np.int32]]

# Rounds of ten steps after which another way to the leading eigenvector is the shorter one.
_ROUNDS = 300


def _rows(csr: CSR) -> tuple[Rows, FloatArray]:
    rows = np.ascontiguousarray(csr.indptr, dtype=np.int64), np.ascontiguousarray(csr.indices, dtype=np.int32)
    return rows, np.ascontiguousarray(csr.weights, dtype=np.float64)


def pagerank(csr: CSR, damping: float = 0.85) -> Any:
    """See `spectral.pagerank`."""
    from .subgraphs import reverse

    if csr.n == 0:
        return np.zeros(0)
    strength = np.bincount(csr.rows, weights=csr.weights, minlength=csr.n)
    scale = np.where(strength == 0, 0.0, 1.0 / np.where(strength == 0, 1.0, strength))
    rows, weights = _rows(reverse(csr))
    rank = np.full(csr.n, 1.0 / csr.n)
    # A few steps at a time, between which an interrupt is seen to.
    for _ in range(1000):
        if _fast.walk(*rows, weights, scale, damping, 10, rank) < 1e-15:
            break
    return rank


def katz(csr: CSR, alpha: float) -> Any:
    """See `spectral.katz`."""
    from .subgraphs import reverse

    rows, weights = _rows(reverse(csr))
    term, total = np.ones(csr.n), np.ones(csr.n)
    for _ in range(10_000):
        if not _fast.katz(*rows, weights, alpha, 10, term, total):
            break
    return total


def leading(csr: CSR, *, symmetric: bool) -> Any:
    """See `spectral.leading`."""
    from .spectral import DENSE_N
    from .subgraphs import reverse

    if csr.n <= DENSE_N or csr.arcs == 0:
        return NotImplemented
    rows, weights = _rows(csr if symmetric else reverse(csr))
    found = _climb(rows, weights) if symmetric else _arrive(rows, weights)
    if found is None:
        return NotImplemented
    value, vector = found
    vector = np.abs(vector)
    return value, vector / vector.max()


def _climb(rows: Rows, weights: FloatArray) -> tuple[float, FloatArray] | None:
    vector = np.ones(rows[0].size - 1)
    direction = np.zeros(vector.size)
    least, best, stale = np.inf, (0.0, vector), 0
    for _ in range(_ROUNDS):
        value, off = _fast.climb(*rows, weights, 10, vector, direction)
        stale = 0 if off < least / 2 else stale + 1
        if off < least and off <= 1e-12 * value:
            least, best = off, (value, vector.copy())
        least = min(least, off)
        # Once rounding keeps it from coming nearer, the nearest it came.
        if off <= 1e-15 * value or (off <= 1e-12 * value and stale >= (2 if least <= 1e-14 * value else 20)):
            return best
    return None


def _arrive(rows: Rows, weights: FloatArray) -> tuple[float, FloatArray] | None:
    vector = np.full(rows[0].size - 1, 1.0 / (rows[0].size - 1))
    for _ in range(_ROUNDS):
        value, moved = _fast.arrive(*rows, weights, 10, vector)
        if moved < 1e-15:
            return value, vector
    return None
