"""The compiled form of the kernels that deal out, rewire and trade at random."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _fast
from ._native import in_chunks

__all__ = [
    "dealings",
    "label_likeness",
    "label_tables",
    "matrix_means",
    "near_swaps",
    "number_sums",
    "profile_means",
    "swap_round",
    "trade",
]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Ends = NDArray[np.integer]
Keys = NDArray[np.uint64]

# About how many ties and nodes are gone through in one go: some tens of milliseconds.
_PORTION = 20_000_000


def _each(keys: Keys, cost: int, work: Callable[[NDArray[np.int64], slice], None]) -> None:
    """Do ``work(keys, slice)`` for slices of the keys; each writes to places of its own, so their size does not matter."""
    signed = np.ascontiguousarray(keys).view(np.int64)
    _rows(keys.size, cost, lambda part: work(signed[part], part))


def _rows(draws: int, cost: int, work: Callable[[slice], None]) -> None:
    """Do ``work(slice)`` for slices of so many draws."""
    step = max(1, _PORTION // max(cost, 1))
    for _ in in_chunks(work, [slice(first, min(first + step, draws)) for first in range(0, draws, step)]):
        pass


def _int32(*arrays: Ends) -> list[NDArray[np.int32]]:
    return [np.ascontiguousarray(each, dtype=np.int32) for each in arrays]


def dealings(keys: Keys, n: int) -> Any:
    """See `dealing.dealings`."""
    out = np.empty((keys.size, n), dtype=np.int32)
    _each(keys, n, lambda some, part: _fast.dealings(some, n, out[part]))
    return out


def label_tables(labels: Ends, groups: int, source: Ends, target: Ends, keys: Keys) -> Any:
    """See `dealing.label_tables`."""
    out = np.empty((keys.size, groups, groups), dtype=np.int64)
    own, a, b = _int32(labels, source, target)
    cost = own.size + a.size + groups**2
    _each(keys, cost, lambda some, part: _fast.label_tables(own, groups, a, b, some, out[part]))
    return out


def label_likeness(labels: Ends, groups: int, source: Ends, target: Ends, keys: Keys, *, directed: bool) -> Any:
    """See `dealing.label_likeness`."""
    alike, chance = np.empty(keys.size, dtype=np.int64), np.empty(keys.size)
    own, a, b = _int32(labels, source, target)

    def work(some: NDArray[np.int64], part: slice) -> None:
        _fast.label_likeness(own, groups, a, b, directed, some, alike[part], chance[part])

    _each(keys, own.size + a.size + groups, work)
    return alike, chance


def number_sums(values: FloatArray, source: Ends, target: Ends, weights: FloatArray, keys: Keys) -> Any:
    """See `dealing.number_sums`."""
    rows = len(weights)
    cross, sums, squares = np.empty(keys.size), np.empty((keys.size, rows)), np.empty((keys.size, rows))
    a, b = _int32(source, target)
    x, w = (np.ascontiguousarray(each, dtype=np.float64) for each in (values, weights))

    def work(some: NDArray[np.int64], part: slice) -> None:
        _fast.number_sums(x, a, b, rows, w, some, cross[part], sums[part], squares[part])

    _each(keys, a.size + x.size * (1 + rows), work)
    return cross, sums, squares


def profile_means(
    profiles: FloatArray, weights: FloatArray, least: float, source: Ends, target: Ends, strength: FloatArray, keys: Keys
) -> Any:
    """See `dealing.profile_means`."""
    n, items = profiles.shape
    wide = max(1, -(-items // 8)) * 8
    rows, each = np.full((n, wide), np.nan), np.zeros(wide)
    rows[:, :items], each[:items] = profiles, weights
    a, b = _int32(source, target)
    w, out = np.ascontiguousarray(strength, dtype=np.float64), np.empty(keys.size)
    cost = n + a.size * wide
    _each(keys, cost, lambda some, part: _fast.profile_means(rows, each, least, a, b, w, some, out[part]))
    return out


def matrix_means(similarity: FloatArray, source: Ends, target: Ends, strength: FloatArray, keys: Keys) -> Any:
    """See `dealing.matrix_means`."""
    table, w = (np.ascontiguousarray(each, dtype=np.float64) for each in (similarity, strength))
    a, b = _int32(source, target)
    out = np.empty(keys.size)
    cost = len(table) + 4 * a.size
    _each(keys, cost, lambda some, part: _fast.matrix_means(table, len(table), a, b, w, some, out[part]))
    return out


def swap_round(
    n: int, a: IntArray, b: IntArray, order: IntArray, flip: BoolArray, proposed: BoolArray, *, directed: bool
) -> Any:
    """See `shuffles.swap_round`."""
    pairs = np.ascontiguousarray(order)

    def work(part: slice) -> None:
        draws = part.stop - part.start
        _fast.swap_round(n, draws, a[part], b[part], pairs[part], flip[part], proposed[part], directed)

    _rows(len(a), 10 * a.shape[1], work)


def near_swaps(at: IntArray, a: Ends, b: Ends, first: IntArray, second: IntArray, flip: BoolArray) -> Any:
    """See `shuffles.near_swaps`."""
    ends = a.astype(np.int64), b.astype(np.int64)
    ring = np.ascontiguousarray(at, dtype=np.int64)
    step = max(1, _PORTION // 20)
    # Some at a time, between which an interrupt is seen to.
    for i in range(0, first.size, step):
        _fast.near_swaps(ring, *ends, first[i : i + step], second[i : i + step], flip[i : i + step])
    return ends


def trade(r: IntArray, columns: IntArray, order: IntArray, chances: FloatArray, n_columns: int) -> Any:
    """See `shuffles.trade`."""
    each = np.ascontiguousarray(columns)

    def work(part: slice) -> None:
        _fast.trade(order.shape[1], n_columns, r[part], each, order[part], chances[part])

    _rows(len(r), 10 * r.shape[1], work)
