"""The compiled form of the kernels that walk along arcs: PageRank, Katz and the leading eigenvector."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _fast
from .csr import CSR

__all__ = ["katz", "leading", "pagerank"]

FloatArray = NDArray[np.float64]
Arcs = tuple[NDArray[np.int64], NDArray[np.int32], FloatArray]

# Rounds of ten steps after which another way to the leading eigenvector is the shorter one.
_ROUNDS = 300
# About how many arcs are followed in one call, between which an interrupt is seen to: some tenths of a second.
_PORTION = 60_000_000


def _steps(arcs: Arcs) -> int:
    return int(np.clip(_PORTION // max(arcs[1].size, 1), 1, 10))


def _arcs(csr: CSR) -> Arcs:
    return (
        np.ascontiguousarray(csr.indptr, dtype=np.int64),
        np.ascontiguousarray(csr.indices, dtype=np.int32),
        np.ascontiguousarray(csr.weights, dtype=np.float64),
    )


def pagerank(csr: CSR, damping: float = 0.85) -> Any:
    """See `spectral.pagerank`."""
    from .subgraphs import reverse

    if csr.n == 0:
        return np.zeros(0)
    strength = csr.row_sums(csr.weights)
    scale = np.where(strength == 0, 0.0, 1.0 / np.where(strength == 0, 1.0, strength))
    into = reverse(csr)
    arcs = _arcs(into)
    rank = np.full(csr.n, 1.0 / csr.n)
    for _ in range(1000):
        if _fast.walk(*arcs, scale, damping, _steps(arcs), rank) < 1e-15:
            break
    return rank


def katz(csr: CSR, alpha: float) -> Any:
    """See `spectral.katz`."""
    from .subgraphs import reverse

    into = reverse(csr)
    arcs = _arcs(into)
    term, total = np.ones(csr.n), np.ones(csr.n)
    for _ in range(10_000):
        if not _fast.katz(*arcs, alpha, _steps(arcs), term, total):
            break
    return total


def leading(csr: CSR, *, symmetric: bool) -> Any:
    """See `spectral.leading`."""
    from .spectral import DENSE_N
    from .subgraphs import reverse

    if csr.n <= DENSE_N or csr.arcs == 0:
        return NotImplemented
    into = csr if symmetric else reverse(csr)
    arcs = _arcs(into)
    found = _climb(arcs) if symmetric else _arrive(arcs)
    if found is None:
        return NotImplemented
    value, vector = found
    vector = np.abs(vector)
    return value, vector / vector.max()


def _climb(arcs: Arcs) -> tuple[float, FloatArray] | None:
    vector = np.ones(arcs[0].size - 1)
    direction = np.zeros(vector.size)
    least, best, stale = np.inf, (0.0, vector), 0
    for _ in range(_ROUNDS):
        value, off = _fast.climb(*arcs, _steps(arcs), vector, direction)
        stale = 0 if off < least / 2 else stale + 1
        if off < least and off <= 1e-12 * value:
            least, best = off, (value, vector.copy())
        least = min(least, off)
        # Once rounding keeps it from coming nearer, the nearest it came.
        if off <= 1e-15 * value or (off <= 1e-12 * value and stale >= (2 if least <= 1e-14 * value else 20)):
            return best
    return None


def _arrive(arcs: Arcs) -> tuple[float, FloatArray] | None:
    vector = np.full(arcs[0].size - 1, 1.0 / (arcs[0].size - 1))
    for _ in range(_ROUNDS):
        value, moved = _fast.arrive(*arcs, _steps(arcs), vector)
        if moved < 1e-15:
            return value, vector
    return None
