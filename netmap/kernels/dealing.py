"""Labels, numbers and profiles dealt out at random over the nodes of a graph, and what its ties then join.

Every draw has a key, from `streams`, that alone decides it: SplitMix64 makes whole numbers of it, Fisher and Yates deal by
them. The first key is 0, which leaves everything in place, so the first of the results is what was observed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ._native import compiled

__all__ = [
    "dealings",
    "dealt_sums",
    "label_likeness",
    "label_tables",
    "matrix_means",
    "number_sums",
    "profile_means",
    "random_below",
    "streams",
]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Ends = NDArray[np.integer]
Keys = NDArray[np.uint64]

# About how many numbers the twins hold in one block.
_CELLS = 2_000_000
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


def streams(rng: np.random.Generator, draws: int) -> Keys:
    """Return 1 + `draws` keys: 0, which leaves everything in place, and one for each draw."""
    keys = np.zeros(1 + draws, dtype=np.uint64)
    keys[1:] = rng.integers(1, 2**64, size=draws, dtype=np.uint64)
    return keys


def random_below(keys: Keys, number: int, below: int | NDArray[np.integer]) -> IntArray:
    """Return of every key's stream the random number at place `number`, as one of 0 to ``below - 1``."""
    # The constant times a place wraps round, as whole numbers of 64 bits do.
    x = keys + np.uint64((number + 1) * int(_STEP) & 0xFFFFFFFFFFFFFFFF)
    x = (x ^ (x >> np.uint64(30))) * _MIX[0]
    x = (x ^ (x >> np.uint64(27))) * _MIX[1]
    x = x ^ (x >> np.uint64(31))
    limit = np.asarray(below, dtype=np.uint64)
    return (((x >> _HALF) * limit + (((x & _LOW) * limit) >> _HALF)) >> _HALF).astype(np.int64)


@compiled
def dealings(keys: Keys, n: int) -> NDArray[np.int32]:
    """Return for every key which of ``0..n-1`` each place is dealt, shape (keys, n). Cost O(n) a key."""
    seat = np.repeat(np.arange(n, dtype=np.int32)[:, None], keys.size, axis=1)
    lane, moves = np.arange(keys.size), keys != 0
    for turn, last in enumerate(range(n - 1, 0, -1)):
        other = np.where(moves, random_below(keys, turn, last + 1), last)
        held = seat[last].copy()
        seat[last] = seat[other, lane]
        seat[other, lane] = held
    return np.ascontiguousarray(seat.T)


def _blocks(keys: Keys, n: int, width: int) -> Iterator[NDArray[np.int32]]:
    """Yield dealings of so many keys at a time that a table of `width` columns fits."""
    step = max(1, _CELLS // max(n, width, 1))
    for first in range(0, keys.size, step):
        yield dealings(keys[first : first + step], n)


@compiled
def label_tables(labels: Ends, groups: int, source: Ends, target: Ends, keys: Keys) -> IntArray:
    """Count for every key the ties from each label to each, shape (keys, groups, groups). Cost O(n + m + groups^2) a key."""
    cells, m = groups * groups, source.size
    out = [np.zeros((0, cells), dtype=np.int64)]
    for seat in _blocks(keys, labels.size, max(m, cells)):
        dealt = labels.astype(np.int64)[seat]
        cell = np.arange(len(seat))[:, None] * cells + dealt[:, source] * groups + dealt[:, target]
        out.append(np.bincount(cell.reshape(-1), minlength=len(seat) * cells).reshape(len(seat), cells))
    return np.concatenate(out).reshape(keys.size, groups, groups)


@compiled
def label_likeness(
    labels: Ends, groups: int, source: Ends, target: Ends, keys: Keys, *, directed: bool
) -> tuple[IntArray, FloatArray]:
    """Return for every key how many ties join equal labels, and the sum over labels of tie ends there times tie ends.

    Directed ties start from a label and arrive at it; of undirected ones both ends count on both sides. Cost O(n + m) a
    key.
    """
    n = labels.size
    out, into = (np.bincount(side, minlength=n).astype(np.float64) for side in (source, target))
    if not directed:
        out = into = out + into
    alike, chance = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
    for seat in _blocks(keys, n, max(source.size, groups)):
        dealt = labels.astype(np.int64)[seat]
        alike.append((dealt[:, source] == dealt[:, target]).sum(axis=1))
        cell = (np.arange(len(seat))[:, None] * groups + dealt).reshape(-1)
        starts, ends = (
            np.bincount(cell, weights=np.tile(side, len(seat)), minlength=len(seat) * groups).reshape(len(seat), groups)
            for side in (out, into)
        )
        chance.append((starts * ends).sum(axis=1))
    return np.concatenate(alike), np.concatenate(chance)


@compiled
def number_sums(
    values: FloatArray, source: Ends, target: Ends, weights: FloatArray, keys: Keys
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return for every key what numbers dealt out add up to over ties and nodes.

    Over ties, the product of the numbers at both ends, shape (keys,); over nodes, weighted by each row of `weights`
    (rows, n), the numbers and their squares, shape (keys, rows) each. Cost O(m + n rows) a key.
    """
    cross, sums, squares = [np.zeros(0)], [np.zeros((0, len(weights)))], [np.zeros((0, len(weights)))]
    for seat in _blocks(keys, values.size, source.size):
        dealt = values[seat]
        cross.append((dealt[:, source] * dealt[:, target]).sum(axis=1))
        sums.append(dealt @ weights.T)
        squares.append((dealt * dealt) @ weights.T)
    return np.concatenate(cross), np.concatenate(sums), np.concatenate(squares)


def dealt_sums(values: FloatArray, weights: FloatArray, keys: Keys) -> FloatArray:
    """Return for every key the weighted sum, shape (keys,), of the numbers dealt out over nodes of these weights."""
    nobody = np.zeros(0, dtype=np.int32)
    return number_sums(values, nobody, nobody, weights[None], keys)[1][:, 0]


@compiled
def profile_means(
    profiles: FloatArray, weights: FloatArray, least: float, source: Ends, target: Ends, strength: FloatArray, keys: Keys
) -> FloatArray:
    """Return for every key how alike the profiles are at both ends of a tie (Gower), on average by strength.

    Parameters
    ----------
    profiles : ndarray of float64, shape (n, items)
        Each number as a share of its scale; NaN where not known.
    weights : ndarray of float64, shape (items,)
    least : float
        A tie counts whose ends share so many known items.
    source, target : ndarray of int, shape (m,)
    strength : ndarray of float64, shape (m,)
    keys : ndarray of uint64

    Returns
    -------
    ndarray of float64, shape (keys,)
        NaN where no tie counts.

    Notes
    -----
    1 - sum v |x - y| / sum v over the shared items. Cost O(n + m items) a key.
    """
    items = len(weights)
    found = [np.zeros(0)]
    for seat in _blocks(keys, len(profiles), max(source.size, 1) * max(items, 1)):
        apart = np.abs(profiles[seat[:, source]] - profiles[seat[:, target]])
        known = ~np.isnan(apart)
        weight = (known * weights).sum(axis=2)
        with np.errstate(invalid="ignore", divide="ignore"):
            alike = 1.0 - np.where(known, apart * weights, 0.0).sum(axis=2) / weight
        found.append(_mean(np.where((known.sum(axis=2) >= least) & (weight > 0), alike, np.nan), strength))
    return np.concatenate(found)


@compiled
def matrix_means(
    similarity: FloatArray, source: Ends, target: Ends, strength: FloatArray, keys: Keys
) -> FloatArray:
    """Return for every key the mean, by strength, of the similarity (n, n) of both ends of a tie where it is not NaN."""
    found = [np.zeros(0)]
    for seat in _blocks(keys, len(similarity), source.size):
        found.append(_mean(similarity[seat[:, source], seat[:, target]], strength))
    return np.concatenate(found)


def _mean(alike: FloatArray, strength: FloatArray) -> FloatArray:
    seen = np.where(np.isnan(alike), 0.0, strength)
    with np.errstate(invalid="ignore"):
        return np.asarray((np.nan_to_num(alike) * seen).sum(axis=1) / seen.sum(axis=1))
