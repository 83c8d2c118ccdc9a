"""The compiled form of what searches step by step: communities, ties that are not there yet, positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _fast
from ._native import in_chunks, stop_flag
from .csr import CSR

__all__ = ["descend", "leiden", "tie_gains"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

# About how many distances are looked at, and how many arcs searched for communities, in one go: some tens of milliseconds.
_PORTION, _SEARCHED = 40_000_000, 200_000


def descend(
    z: NDArray[np.complex128],
    first: NDArray[np.int32],
    second: NDArray[np.int32],
    wish: FloatArray,
    weight: FloatArray,
    cuts: IntArray,
    order: NDArray[np.int32],
    rate: float,
) -> Any:
    """See `descent.descend`."""
    out = z.copy()
    _fast.descend(first, second, wish, weight, cuts, order, rate, out.view(np.float64))
    return out


def leiden(csr: CSR, seeds: Sequence[int], *, resolution: float = 1.0, iterations: int = 2) -> Any:
    """See `communities.leiden`."""
    rows = np.ascontiguousarray(csr.indptr, dtype=np.int64), np.ascontiguousarray(csr.indices, dtype=np.int32)
    weights = np.ascontiguousarray(csr.weights, dtype=np.float64)
    # On a large graph an iteration is long enough for one call, on small ones many seeds are one job.
    many = iterations if csr.arcs <= _SEARCHED else 1

    def search(part: Sequence[int]) -> IntArray:
        found = np.empty((len(part), csr.n), dtype=np.int64)
        for row, seed in zip(found, part, strict=True):
            labels = np.arange(csr.n, dtype=np.int32)
            for i in range(0, iterations, many):
                if _fast.leiden(*rows, weights, resolution, seed, i, min(i + many, iterations), labels, stop_flag()) == 0:
                    break
            row[:] = labels
        return found

    step = int(np.clip(_SEARCHED // max(csr.arcs + csr.n, 1), 1, 256))
    parts = [seeds[i : i + step] for i in range(0, len(seeds), step)]
    return np.concatenate([np.empty((0, csr.n), dtype=np.int64), *in_chunks(search, parts)])


def tie_gains(distance: FloatArray, pairs: IntArray) -> Any:
    """See `new_ties.tie_gains`."""
    n, count = distance.shape[0], pairs.shape[0]
    table = np.ascontiguousarray(distance, dtype=np.float64)
    first, second = (np.ascontiguousarray(pairs[:, i], dtype=np.int32) for i in (0, 1))
    step = int(np.clip(_PORTION // max(n * n // 8, 1), 1, 4096))
    parts = [slice(i, min(i + step, count)) for i in range(0, count, step)]

    def work(part: slice) -> tuple[FloatArray, IntArray, IntArray]:
        size = part.stop - part.start
        gain, nearer, joined = np.zeros(size), np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        _fast.tie_gains(table, n, first[part], second[part], gain, nearer, joined)
        return gain, nearer, joined

    found = list(in_chunks(work, parts))
    if not found:
        return np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return tuple(np.concatenate(column) for column in zip(*found, strict=True))
