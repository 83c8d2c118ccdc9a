"""From shapes to a page: turning, spacing, packing parts side by side, and keeping positions that are given."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .stress import Ints, Matrix, Points

__all__ = ["orient", "pack", "settle", "spread"]

# Width by height of the whole: screens and pages are wider than tall.
_ASPECT = 1.45


def orient(z: Points) -> Points:
    """Turn a part so that it lies flat, the way screens are wide."""
    z = z - z.mean()
    spread = complex(np.sum(z * z))
    if abs(spread) > 1e-12:
        z = z * np.exp(-0.5j * np.angle(spread))
    x = z.real if np.sum(z.real**3) >= 0 else -z.real
    y = z.imag if np.sum(z.imag**3) >= 0 else -z.imag
    return x + 1j * y


def spread(z: Points, inside: Matrix, gap: float) -> Points:
    """Scale a part so that neighbours are about one unit apart, and move apart what is still too close."""
    z = z * (1.0 / max(_nearest(z), 1e-6))
    # Ties shorter than this would vanish between the discs of their ends.
    row = np.repeat(np.arange(z.size), np.diff(inside.indptr))
    length = float(np.mean(np.abs(z[row] - z[inside.indices])))
    if length < 1.4:
        z = z * (1.4 / max(length, 1e-6))
    return _separate(z, gap, np.ones(z.size, dtype=bool))


def _nearest(z: Points) -> float:
    """Return the usual distance from a node to the one nearest to it."""
    from scipy.spatial import cKDTree

    points = np.column_stack([z.real, z.imag])
    near = np.asarray(cKDTree(points).query(points, k=2)[0])[:, 1]
    apart = near[near > 1e-9]
    return float(np.median(apart)) if apart.size else 1.0


def _separate(z: Points, gap: float, movable: NDArray[np.bool_]) -> Points:
    """Move nodes that are nearer than `gap` away from each other until none is."""
    from scipy.spatial import cKDTree

    # Coincident points get a direction of their own, the same one every time.
    z = z + np.where(movable, 1e-7 * gap * np.exp(2.399963j * np.arange(z.size)), 0.0)
    for attempt in range(400):
        pairs = cKDTree(np.column_stack([z.real, z.imag])).query_pairs(gap * (1 - 1e-6), output_type="ndarray")
        pairs = pairs[movable[pairs[:, 0]] | movable[pairs[:, 1]]]
        if pairs.size == 0:
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        i, j = pairs[:, 0], pairs[:, 1]
        apart = z[i] - z[j]
        reach = np.maximum(np.abs(apart), 1e-12)
        both = np.where(movable[i] & movable[j], 0.5, 1.0)
        push = apart / reach * (gap * 1.01 - reach) * both
        for ends, sign in ((i, 1.0), (j, -1.0)):
            move = np.bincount(ends, push.real, z.size) + 1j * np.bincount(ends, push.imag, z.size)
            z = z + sign * np.where(movable, move, 0.0)
        if attempt % 20 == 19 and movable.all():
            z = z * 1.05
    return z


def pack(z: Points, parts: list[Ints], alone: Ints) -> None:
    """Put the parts side by side in rows, tallest first, and the nodes without ties in rows below; `z` is changed."""
    margin = 1.5
    box = []
    for part in parts:
        inside = z[part] - complex(z[part].real.min(), z[part].imag.min())
        z[part] = inside
        box.append((float(inside.imag.max()) + margin, float(inside.real.max()) + margin))
    area = sum(h * w for h, w in box) + 1.3 * alone.size
    width = max([np.sqrt(area * _ASPECT), *(w for _, w in box)])
    order = sorted(range(len(parts)), key=lambda i: (-box[i][0], -box[i][1], i))
    top = 0.0
    while order:
        top = _row(z, parts, box, order, top, width)
    if alone.size:
        columns = int(min(max(width // 1.2, 1), alone.size))
        rows = -(-alone.size // columns)
        columns = -(-alone.size // rows)
        place = np.arange(alone.size)
        start = (width - margin - 1.2 * (columns - 1)) / 2
        z[alone] = (start + 1.2 * (place % columns)) + 1j * (top + 1.1 * (place // columns))
    if z.size:
        z -= complex((z.real.min() + z.real.max()) / 2, (z.imag.min() + z.imag.max()) / 2)


def _row(
    z: Points, parts: list[Ints], box: list[tuple[float, float]], order: list[int], top: float, width: float
) -> float:
    """Fill one row with stacks of parts no taller than its first, centred; return where the next row begins."""
    height = box[order[0]][0]
    left = 0.0
    put: list[int] = []
    while order and left + box[order[0]][1] <= width + 1e-9:
        stack: list[int] = []
        used = wide = 0.0
        while order and used + box[order[0]][0] <= height + 1e-9 and left + box[order[0]][1] <= width + 1e-9:
            stack.append(order.pop(0))
            used += box[stack[-1]][0]
            wide = max(wide, box[stack[-1]][1])
        at = top + (height - used) / 2
        for i in stack:
            z[parts[i]] += complex(left + (wide - box[i][1]) / 2, at)
            at += box[i][0]
        put.extend(stack)
        left += wide
    shift = (width - left) / 2
    for i in put:
        z[parts[i]] += shift
    return top + height


def settle(
    z: Points, held: Points, known: NDArray[np.bool_], rows: NDArray[Any], columns: NDArray[Any], gap: float
) -> Points:
    """Fit a free layout to the positions that are given and settle the free nodes among them."""
    goal, shape = held[known], z[known]
    to, of = goal - goal.mean(), shape - shape.mean()
    size, wide = float(np.sqrt(np.mean(np.abs(of) ** 2))), float(np.sqrt(np.mean(np.abs(to) ** 2)))
    if size > 1e-9 and wide > 1e-9:
        turned, flipped = complex(np.sum(np.conj(of) * to)), complex(np.sum(of * to))
        flip = abs(flipped) > abs(turned) + 1e-9
        turn = flipped if flip else turned
        centred = z - shape.mean()
        z = (np.conj(centred) if flip else centred) * (turn / abs(turn) if abs(turn) > 0 else 1.0) * (wide / size)
        z = z + goal.mean()
    else:
        z = z - shape.mean() + goal.mean()
    z = np.where(known, held, z)
    degree = np.bincount(rows, minlength=z.size)
    for _ in range(10):
        mean = np.bincount(rows, z[columns].real, z.size) + 1j * np.bincount(rows, z[columns].imag, z.size)
        z = np.where(known | (degree == 0), z, 0.5 * z + 0.5 * mean / np.maximum(degree, 1))
    # Given positions may be crowded; half the usual distance then leaves room between them.
    return _separate(z, 0.5 * gap * _nearest(goal if goal.size > 1 else z), ~known)
