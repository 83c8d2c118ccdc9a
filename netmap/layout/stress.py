"""The shape of one connected part: distances on paper as near as can be to distances in the network."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from ..kernels.descent import descend

__all__ = ["Floats", "Ints", "Matrix", "Points", "cut", "lay", "split", "steps_between"]

Matrix = csr_matrix
Points = NDArray[np.complex128]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# Up to this many nodes in one part every pair is weighed; above, groups or pivots stand in for the rest.
EXACT = 1_500
_PAIRS_AT_ONCE = 3_000_000
# How much further apart, in mean distances, two nodes of different groups are wished than their path says, and by how
# much of its length two of one group nearer: more shows groups better and costs stress.
_APART = 0.18
_CLOSER = 0.09
# Up to this many nodes a part laid out by groups is drawn together once more over all its pairs, with wishes that hold
# the groups apart more strongly and a rate that lets no pair go far: more costs groups what it gains in stress.
_JOINED = 2_500
_JOINED_APART = 0.4
_JOINED_CLOSER = 0.2
_JOINED_RATE = 0.13


def split(label: NDArray[Any]) -> list[Ints]:
    """Return the positions that hold each label, ascending."""
    order = np.argsort(label, kind="stable").astype(np.int64)
    return np.split(order, np.flatnonzero(np.diff(label[order])) + 1) if order.size else []


def cut(matrix: Matrix, parts: list[Ints]) -> list[Matrix]:
    """Return the ties inside each of some disjoint parts, one matrix a part; O(n + m) for all of them together."""
    label = np.full(matrix.shape[0], -1, dtype=np.int64)
    place = np.zeros(matrix.shape[0], dtype=np.int64)
    for number, part in enumerate(parts):
        label[part] = number
        place[part] = np.arange(part.size)
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    column = matrix.indices
    keep = (label[row] == label[column]) & (label[row] >= 0)
    row, column = row[keep], column[keep]
    order = np.argsort(label[row], kind="stable")
    row, column = row[order], column[order]
    ends = np.searchsorted(label[row], np.arange(len(parts) + 1))
    out = []
    for part, (start, stop) in zip(parts, pairwise(ends.tolist()), strict=True):
        here = (place[row[start:stop]], place[column[start:stop]])
        out.append(csr_matrix((np.ones(stop - start, dtype=np.float32), here), shape=(part.size, part.size)))
    return out


def lay(parts: list[Matrix], codes: list[Ints]) -> list[Points]:
    """Return positions in each part, each about its own centre, in steps of the network.

    `codes` holds the group of each node of each part, -1 for none.
    """
    out: dict[int, Points] = {}
    small = [i for i, part in enumerate(parts) if part.shape[0] <= EXACT]
    for i, shape in zip(small, _exact([parts[i] for i in small], [codes[i] for i in small]), strict=True):
        out[i] = shape
    for i, part in enumerate(parts):
        if i not in out:
            out[i] = _by_group(part, codes[i]) if 1 < np.unique(codes[i]).size <= EXACT else _by_pivots(part)
    return [out[i] for i in range(len(parts))]


# -- every pair: parts of up to EXACT nodes --------------------------------------------------------------------


def _exact(parts: list[Matrix], codes: list[Ints]) -> list[Points]:
    out: list[Points] = []
    batch: list[Floats] = []
    pairs = 0
    for part, code in zip(parts, codes, strict=True):
        if batch and pairs + part.shape[0] ** 2 // 2 > _PAIRS_AT_ONCE:
            out.extend(_descend(batch))
            batch, pairs = [], 0
        batch.append(_wished(part, code))
        pairs += part.shape[0] ** 2 // 2
    return [*out, *_descend(batch)] if batch else out


def _wished(part: Matrix, code: Ints, further: float = _APART, closer: float = _CLOSER) -> Floats:
    """Return the distance wished for every pair of a part: steps, and more between groups."""
    steps = steps_between(part)
    known = (code[:, None] >= 0) & (code[None, :] >= 0)
    apart = known & (code[:, None] != code[None, :])
    if not apart.any():
        return steps
    more = further * float(steps.mean())
    known ^= apart
    np.multiply(steps, 1.0 - closer, out=steps, where=known)
    np.add(steps, more, out=steps, where=apart)
    return steps


def steps_between(part: Matrix) -> Floats:
    """Return the number of steps between all pairs; where there is no way, one more than the longest."""
    size = part.shape[0]
    steps = np.zeros((size, size), dtype=np.int16 if size < 2**15 else np.int32)
    ahead = ~np.eye(size, dtype=bool)
    front = np.eye(size, dtype=np.float32)
    while front.any():
        steps += ahead
        found = np.asarray(part @ front) > 0
        found &= ahead
        ahead ^= found
        front = found.astype(np.float32)
    return steps.astype(np.float64)


def _rounds(size: int) -> tuple[Ints, Ints]:
    """Return all pairs of `size` things as rounds of disjoint pairs: two arrays of shape (rounds, pairs)."""
    even = size + size % 2
    turn = (np.arange(even - 1)[:, None] + np.arange(even - 1)[None, :]) % (even - 1) + 1
    seats = np.hstack([np.zeros((even - 1, 1), dtype=np.int64), turn])
    first, second = seats[:, : even // 2], seats[:, : even // 2 - 1 : -1]
    if size % 2:
        # The empty seat is the last number; the pair that holds it is put first in each row and cut off.
        empty = (first == size) | (second == size)
        order = np.argsort(~empty, axis=1, kind="stable")
        first = np.take_along_axis(first, order, 1)[:, 1:]
        second = np.take_along_axis(second, order, 1)[:, 1:]
    return first, second


def _descend(wished: list[Floats]) -> list[Points]:
    """Lower the stress of several unconnected parts at once, each given by the distances wished."""
    starts = np.cumsum([0] + [w.shape[0] for w in wished])
    turn, left, right, wish = [], [], [], []
    for start, distance in zip(starts, wished, strict=False):
        first, second = _rounds(distance.shape[0])
        turn.append(np.repeat(np.arange(first.shape[0]), first.shape[1]))
        left.append(first.ravel() + start)
        right.append(second.ravel() + start)
        wish.append(distance[first.ravel(), second.ravel()])
    order = np.argsort(np.concatenate(turn), kind="stable")
    a, b = (np.concatenate(part)[order].astype(np.int32) for part in (left, right))
    d = np.concatenate(wish)[order]
    cuts = np.append(0, np.cumsum(np.bincount(np.concatenate(turn)))).astype(np.int64)

    rng = np.random.default_rng(0)
    z = _scatter(rng, int(starts[-1]))
    weight = d**-2.0
    # Small parts are cheap, so they are settled further.
    sweeps = int(np.clip(6_000 // (cuts.size - 1), 20, 80))
    rates = _rates(float(d.max()), float(d.min()), sweeps)
    for rate in rates.tolist():
        z = descend(z, a, b, d, weight, cuts, rng.permutation(cuts.size - 1).astype(np.int32), rate)
    return [z[start:stop] - z[start:stop].mean() for start, stop in pairwise(starts.tolist())]


def _scatter(rng: np.random.Generator, count: int) -> Points:
    return rng.random(count) + 1j * rng.random(count)


def _rates(longest: float, shortest: float, sweeps: int) -> Floats:
    top, bottom = longest**2, 0.02 * shortest**2
    rates: Floats = top * (bottom / top) ** (np.arange(sweeps) / (sweeps - 1))
    return rates


# -- groups first: large parts that have groups ----------------------------------------------------------------


def _by_group(part: Matrix, code: Ints) -> Points:
    """Place the groups of a part as discs, then each group inside its disc, turned towards its partners."""
    code = np.unique(code, return_inverse=True)[1].reshape(-1)
    members = split(code)
    shapes = lay(cut(part, members), [np.full(m.size, -1, dtype=np.int64) for m in members])
    radius = np.array([0.62 * np.sqrt(m.size) for m in members])

    row, column = np.repeat(np.arange(code.size), np.diff(part.indptr)), part.indices.astype(np.int64)
    between = code[row] != code[column]
    row, column = row[between], column[between]
    centre = _discs(code[row], code[column], radius)
    way = centre[code[column]] - centre[code[row]]
    way /= np.maximum(np.abs(way), 1e-9)
    outward = np.bincount(row, way.real, code.size) + 1j * np.bincount(row, way.imag, code.size)

    z = np.zeros(code.size, dtype=np.complex128)
    for group, m in enumerate(members):
        shape = shapes[group]
        reach = float(np.sqrt(np.mean(np.abs(shape) ** 2)))
        if reach > 0:
            shape = _tuck(shape * (radius[group] / np.sqrt(2) / reach), float(radius[group]))
        z[m] = centre[group] + _turn(shape, outward[m])
    return _joined(z, _wished(part, code, _JOINED_APART, _JOINED_CLOSER)) if code.size <= _JOINED else z


def _joined(z: Points, wished: Floats) -> Points:
    """Move every pair a little towards the distance wished, from a drawing that has its groups in place."""
    first, second = _rounds(z.size)
    cuts = np.arange(first.shape[0] + 1, dtype=np.int64) * first.shape[1]
    a, b = first.ravel().astype(np.int32), second.ravel().astype(np.int32)
    wish = wished[a, b]
    drawn = np.abs(z[a] - z[b]) / wish
    order = np.random.default_rng(0).permutation(first.shape[0]).astype(np.int32)
    scaled: Points = z * (drawn.sum() / (drawn**2).sum())
    z = descend(scaled, a, b, wish, wish**-2.0, cuts, order, _JOINED_RATE)
    return z - complex(z.mean())


def _tuck(shape: Points, radius: float) -> Points:
    """Draw stragglers in, so that a group stays within its disc and keeps its order from the centre."""
    reach = np.abs(shape)
    rank = np.empty(shape.size)
    rank[np.lexsort((np.arange(shape.size), reach))] = np.arange(1, shape.size + 1)
    even = radius * np.sqrt(rank / shape.size)
    return shape * np.where(reach > 0, (0.5 * np.minimum(reach, radius) + 0.5 * even) / np.maximum(reach, 1e-9), 0.0)


def _turn(shape: Points, outward: Points) -> Points:
    """Turn or flip a group so that its nodes lie towards their partners outside."""
    best, most = shape, -1.0
    for face in (shape, np.conj(shape)):
        pull = complex(np.sum(np.conj(face) * outward))
        if abs(pull) > most + 1e-9:
            best, most = (face * (pull / abs(pull)) if abs(pull) > 0 else face), abs(pull)
    return best


def _discs(row: Ints, column: Ints, radius: Floats) -> Points:
    """Place discs of the given radii so that those with many ties between them are neighbours and none overlap."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import shortest_path

    k = radius.size
    ties = np.bincount(row * k + column, minlength=k * k).reshape(k, k).astype(np.float64)
    total = np.maximum(ties.sum(axis=1), 1.0)
    closeness = ties / np.sqrt(total[:, None] * total[None, :])
    closeness /= max(float(closeness.max()), 1e-9)
    near = (radius[:, None] + radius[None, :]) * (1.15 + 1.1 * (1.0 - closeness))
    direct = np.where(ties > 0, near, 0.0)
    np.fill_diagonal(direct, 0.0)
    way = np.asarray(shortest_path(csr_matrix(direct), directed=False))
    longest = float(way[np.isfinite(way)].max())
    wished = np.where(np.isfinite(way), way, 1.3 * longest)
    np.fill_diagonal(wished, 0.0)
    z = _descend([wished])[0]
    for _ in range(200):
        apart = z[:, None] - z[None, :]
        reach = np.abs(apart)
        short = np.maximum((radius[:, None] + radius[None, :]) * 1.12 - reach, 0.0)
        np.fill_diagonal(short, 0.0)
        if not short.any():
            break
        z = z + 0.4 * (short * apart / np.maximum(reach, 1e-9)).sum(axis=1)
    return z


# -- pivots: large parts without groups ------------------------------------------------------------------------


def _by_pivots(part: Matrix) -> Points:
    """Place a large part by its ties and by the distances to some nodes far from one another."""
    size = part.shape[0]
    chosen, steps = _pivots(part, int(np.clip(400_000 // size, 20, 100)))
    z = _classical(steps)
    # A pivot stands for the nodes nearest to it that are at most half as far from it as the node that is moved.
    nearest = np.argmin(steps, axis=0)
    weight = np.empty_like(steps)
    for p in range(chosen.size):
        region = np.sort(steps[p, nearest == p])
        weight[p] = np.searchsorted(region, steps[p] / 2.0, side="right")
    weight = np.maximum(weight, 1.0) / np.maximum(steps, 1.0) ** 2
    weight[steps == 0] = 0.0
    row = np.repeat(np.arange(size), np.diff(part.indptr))
    column = part.indices.astype(np.int64)
    total = weight.sum(axis=0) + np.diff(part.indptr)
    for _ in range(40):
        goal = np.zeros(size, dtype=np.complex128)
        for p in range(chosen.size):
            anchor = z[chosen[p]]
            away = z - anchor
            away *= steps[p] / np.maximum(np.abs(away), 1e-9)
            away += anchor
            goal += weight[p] * away
        away = z[row] - z[column]
        away = z[column] + away / np.maximum(np.abs(away), 1e-9)
        goal += np.bincount(row, away.real, size) + 1j * np.bincount(row, away.imag, size)
        z = 0.25 * z + 0.75 * goal / total
    z -= z.mean()
    return z


def _pivots(part: Matrix, count: int) -> tuple[Ints, Floats]:
    """Return nodes chosen far from one another and their steps to every node, shape (pivots, n)."""
    indptr, indices = part.indptr.astype(np.int64), part.indices
    chosen = [int(np.argmax(np.diff(indptr)))]
    rows: list[Floats] = []
    least = np.full(indptr.size - 1, np.inf)
    while True:
        rows.append(_from_one(indptr, indices, chosen[-1]))
        np.minimum(least, rows[-1], out=least)
        if len(chosen) == min(count, least.size) or least.max() == 0:
            return np.array(chosen, dtype=np.int64), np.vstack(rows)
        chosen.append(int(np.argmax(least)))


def _from_one(indptr: Ints, indices: NDArray[Any], start: int) -> Floats:
    steps = np.full(indptr.size - 1, -1.0)
    steps[start] = 0.0
    front = np.array([start])
    step = 0
    while front.size:
        step += 1
        lengths = indptr[front + 1] - indptr[front]
        offset = np.repeat(indptr[front] - np.append(0, np.cumsum(lengths)[:-1]), lengths)
        found = np.unique(indices[np.arange(int(lengths.sum())) + offset])
        front = found[steps[found] < 0]
        steps[front] = step
    steps[steps < 0] = float(step)
    return steps


def _classical(steps: Floats) -> Points:
    """Return the two main axes of the centred squared distances to the pivots, scaled to steps."""
    square = steps**2
    centred = square - square.mean(axis=0, keepdims=True) - square.mean(axis=1, keepdims=True) + square.mean()
    # Sums by einsum stay in one thread, where a product of matrices would depend on how many there are.
    inner = np.einsum("in,jn->ij", centred, centred)
    axes: list[Floats] = []
    for start in range(2):
        v = np.cos(np.arange(steps.shape[0]) * (start + 1.0) + 0.5)
        for _ in range(60):
            v = np.einsum("ij,j->i", inner, v)
            for axis in axes:
                v = v - (v * axis).sum() * axis
            v /= max(float(np.sqrt((v * v).sum())), 1e-300)
        axes.append(v)
    z: Points = np.einsum("i,in->n", axes[0], centred) + 1j * np.einsum("i,in->n", axes[1], centred)
    noise = np.random.default_rng(0).standard_normal((2, z.size)) * 1e-3 * np.abs(z).max()
    z = z + noise[0] + 1j * noise[1]
    drawn = np.abs(z[None, :] - z[np.argmin(steps, axis=1)][:, None])
    z *= float(steps.mean()) / max(float(drawn.mean()), 1e-300)
    return z
