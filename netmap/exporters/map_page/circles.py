"""Where networks are drawn and how large, and what is between them where no finding says it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..apart import moved_apart

__all__ = ["circles", "counted"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

# The most networks between which ties are counted: beyond, the lines would say nothing.
_FEW = 400


def circles(
    at: FloatArray, node: IntArray, network: IntArray, sizes: Sequence[float | None]
) -> tuple[list[float], list[float], list[float]]:
    """Return the middle and the radius of a circle for every network, area by its members; none lies over another.

    `at` holds the places of the nodes, shape (n, 2); the i-th membership is of `node[i]` in `network[i]`. A network stands
    where its members do on average, one without members below the map. `sizes` counts members that are not shown, too.
    """
    k = len(sizes)
    shown = np.bincount(network, minlength=k)
    many = np.array([float(c) if s is None else s for s, c in zip(sizes, shown, strict=True)])
    span = max(1.0, float(at.max(initial=0.0)))
    most = min(span / 5, max(30.0, 0.55 * span / k**0.5))
    sums = [np.bincount(network, at[node, i], k) / np.maximum(shown, 1) for i in (0, 1)]
    z = np.asarray(sums[0] + 1j * sums[1], dtype=np.complex128)
    empty = np.flatnonzero(shown == 0)
    z[empty] = (np.arange(empty.size) + 0.5) * most + 1.1j * span
    radius = np.maximum(0.18 * most, most * np.sqrt(many / max(1.0, many.max())))
    z = moved_apart(z, radius, 0.95 * most)
    x, y, r = (np.round(v, 1).tolist() for v in (z.real, z.imag, radius))
    return x, y, r


def counted(ties: tuple[IntArray, IntArray], node: IntArray, network: IntArray, k: int) -> list[list[object]]:
    """Return what is shared by and tied between every two networks, as the page wants it: nothing is known of chance.

    A tie is between two networks where neither end belongs to the other's. Memberships as for `circles`, in order of node.
    """
    if k > _FEW:
        return []
    member = node * k + network
    count = np.bincount(node, minlength=int(max(ends.max(initial=-1) for ends in ties)) + 1)
    start = np.cumsum(count) - count

    def both(a: IntArray, b: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Every membership of the first node with every one of the second: which pair, and the two networks."""
        size = count[a] * count[b]
        pair = np.repeat(np.arange(a.size), size)
        number = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
        return pair, network[start[a][pair] + number // count[b][pair]], network[start[b][pair] + number % count[b][pair]]

    every = np.arange(count.size)
    _, one, two = both(every, every)
    shared = _tally(one[one < two], two[one < two], k)
    pair, one, two = both(*ties)
    first, second = ties[0][pair], ties[1][pair]
    apart = ~(np.isin(second * k + one, member) | np.isin(first * k + two, member))
    between = _tally(np.minimum(one, two)[apart], np.maximum(one, two)[apart], k)
    return [[key // k, key % k, shared.get(key, 0), None, between.get(key, 0), None, "", None] for key in sorted(shared | between)]


def _tally(a: IntArray, b: IntArray, k: int) -> dict[int, int]:
    keys, counts = np.unique(a * k + b, return_counts=True)
    return dict(zip(keys.tolist(), counts.tolist(), strict=True))
