"""Random rearrangements in bulk: permutations, degree-preserving tie swaps and curveball trades of memberships."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ._native import compiled

__all__ = ["curveball", "near_swaps", "permutations", "rewire", "swap_round", "trade", "two_sided", "upper"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

# Arrays of about this many numbers stay in the processor's cache.
_CHUNK = 200_000


def permutations(n: int, draws: int, rng: np.random.Generator, within: IntArray | None = None) -> Iterator[IntArray]:
    """Yield blocks of permutations of ``0..n-1``, one a row; with `within`, only among nodes of the same stratum.

    The permutations do not depend on the size of the blocks.
    """
    step = max(1, _CHUNK // max(n, 1))
    done = 0
    strata = [] if within is None else [np.flatnonzero(within == s) for s in np.unique(within)]
    while done < draws:
        count = min(step, draws - done)
        block = np.tile(np.arange(n, dtype=np.int64), (count, 1))
        if within is None:
            rng.permuted(block, axis=1, out=block)
        else:
            for row in block:
                for members in strata:
                    row[members] = rng.permutation(members)
        yield block
        done += count


def rewire(
    n: int,
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    *,
    directed: bool,
    draws: int,
    rng: np.random.Generator,
    swaps: float = 10.0,
) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield blocks of rewired tie lists (draws, m): every node keeps its degree (in- and out-degree when directed).

    Ties are paired at random and all pairs swap ends at once; a swap that would make a loop or a double tie, or that
    touches what another swap of the same round makes or takes, is left undone. That rule reads the same backwards, so
    every simple graph with these degrees is equally likely in the long run. `swaps` attempted swaps a tie are made
    from the observed graph for each draw. Graphs denser than one half are rewired by their complement.
    Cost O(swaps m log m) a draw.
    """
    m = int(source.size)
    pairs = n * (n - 1) if directed else n * (n - 1) // 2
    if m > pairs / 2 and n <= 3000:
        yield from _rewire_complement(n, source, target, directed=directed, draws=draws, rng=rng, swaps=swaps)
        return
    step = max(1, _CHUNK // max(m, 1))
    done = 0
    rounds = max(1, round(2 * swaps))
    while done < draws:
        count = min(step, draws - done)
        a = np.tile(source.astype(np.int64), (count, 1))
        b = np.tile(target.astype(np.int64), (count, 1))
        if m > 1:
            for _ in range(rounds):
                order = rng.permuted(np.tile(np.arange(m), (count, 1)), axis=1)[:, : m // 2 * 2]
                flip = np.zeros((count, m // 2), dtype=bool) if directed else rng.random((count, m // 2)) < 0.5
                # Leaving one pair in ten alone keeps every single swap possible, so that no graph is cut off from the others.
                swap_round(n, a, b, order, flip, rng.random((count, m // 2)) < 0.9, directed=directed)
        if not directed:
            a, b = np.minimum(a, b), np.maximum(a, b)
        yield a, b
        done += count


@compiled
def swap_round(
    n: int,
    a: IntArray,
    b: IntArray,
    order: IntArray,
    flip: NDArray[np.bool_],
    proposed: NDArray[np.bool_],
    *,
    directed: bool,
) -> None:
    """Let the first half of the ties in `order` swap ends with the second half, where proposed and possible, in every row.

    `a` and `b` (draws, m) are changed in place; where `flip`, the second tie of a pair is turned round first.
    """
    draws = len(a)
    half = order.shape[1] // 2
    one, two = order[:, :half], order[:, half:]
    row = np.arange(draws)[:, None]
    p, q, r, s = a[row, one], b[row, one], a[row, two], b[row, two]
    if not directed:
        r, s = np.where(flip, s, r), np.where(flip, r, s)
    proposed = proposed & (p != s) & (r != q) & (p != r) & (q != s)

    def key(x: IntArray, y: IntArray) -> IntArray:
        inner: IntArray = x * n + y if directed else np.minimum(x, y) * n + np.maximum(x, y)
        return inner + row * (n * n)

    made_one, made_two = key(p, s), key(r, q)
    where = np.flatnonzero(proposed.reshape(-1))
    made = np.concatenate([made_one.reshape(-1)[where], made_two.reshape(-1)[where]])
    present = key(a, b).reshape(-1)
    owner = np.full(a.shape, -1, dtype=np.int64)
    number = np.arange(draws * half).reshape(draws, half)
    owner[row, one] = np.where(proposed, number, -1)
    owner[row, two] = np.where(proposed, number, -1)

    keys = np.concatenate([present, made])
    whose = np.concatenate([owner.reshape(-1), where, where])
    place = np.argsort(keys, kind="stable")
    keys, whose = keys[place], whose[place]
    same = keys[1:] == keys[:-1]
    clash = np.zeros(keys.size, dtype=bool)
    clash[1:] |= same
    clash[:-1] |= same
    struck = whose[clash]
    good = proposed.reshape(-1)
    good[struck[struck >= 0]] = False
    accept = good.reshape(draws, half)
    rows, columns = np.nonzero(accept)
    first, second = one[rows, columns], two[rows, columns]
    a[rows, first], b[rows, first] = p[accept], s[accept]
    a[rows, second], b[rows, second] = r[accept], q[accept]


@compiled
def near_swaps(
    at: IntArray,
    a: NDArray[np.integer],
    b: NDArray[np.integer],
    first: IntArray,
    second: IntArray,
    flip: NDArray[np.bool_],
) -> tuple[IntArray, IntArray]:
    """Return the ends of the ties (a, b) of a simple undirected graph after swaps, one after another, that bring them nearer.

    Tie ``first[i]`` swaps ends with tie ``second[i]``, turned round first where ``flip[i]``, if the graph stays simple and
    both together get no longer on a ring on which node v stands at place ``at[v]``. Cost O(m + swaps).
    """
    n, ring = at.size, at.tolist()
    left, right = a.tolist(), b.tolist()

    def apart(x: int, y: int) -> int:
        d = int(abs(ring[x] - ring[y]))
        return min(d, n - d)

    present = {(min(x, y), max(x, y)) for x, y in zip(left, right, strict=True)}
    for i, j, turn in zip(first.tolist(), second.tolist(), flip.tolist(), strict=True):
        p, q = left[i], right[i]
        r, s = (right[j], left[j]) if turn else (left[j], right[j])
        if len({p, q, r, s}) < 4:
            continue
        one, two = (min(p, s), max(p, s)), (min(r, q), max(r, q))
        if one in present or two in present or apart(p, s) + apart(r, q) > apart(p, q) + apart(r, s):
            continue
        present -= {(min(p, q), max(p, q)), (min(r, s), max(r, s))}
        present |= {one, two}
        left[i], right[i], left[j], right[j] = p, s, r, q
    return np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)


def _rewire_complement(
    n: int,
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    *,
    directed: bool,
    draws: int,
    rng: np.random.Generator,
    swaps: float,
) -> Iterator[tuple[IntArray, IntArray]]:
    absent = np.ones((n, n), dtype=bool)
    absent[source, target] = False
    np.fill_diagonal(absent, False)
    if not directed:
        absent = np.triu(absent, 1)
    a, b = np.nonzero(absent)
    for x, y in rewire(n, a, b, directed=directed, draws=draws, rng=rng, swaps=swaps):
        count = x.shape[0]
        left = np.empty((count, source.size), dtype=np.int64)
        right = np.empty_like(left)
        for i in range(count):
            present = np.ones((n, n), dtype=bool)
            present[x[i], y[i]] = False
            np.fill_diagonal(present, False)
            if not directed:
                present = np.triu(present, 1)
            left[i], right[i] = np.nonzero(present)
        yield left, right


def curveball(
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
    n_rows: int,
    n_columns: int,
    *,
    draws: int,
    rng: np.random.Generator,
    rounds: int = 20,
) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield blocks of membership lists (draws, memberships) with every row and every column keeping its number.

    In each round all rows are paired at random and every pair deals what only one of the two has out again at random,
    each getting as many as before. Cost O(rounds x memberships x log memberships) a draw.
    """
    m = int(rows.size)
    step = max(1, _CHUNK // max(m, 1))
    done = 0
    while done < draws:
        count = min(step, draws - done)
        r = np.tile(rows.astype(np.int64), (count, 1))
        c = np.tile(columns.astype(np.int64), (count, 1))
        if m and n_rows > 1:
            for _ in range(rounds):
                order = rng.permuted(np.tile(np.arange(n_rows), (count, 1)), axis=1)
                trade(r, c[0], order, rng.random((count, m)), n_columns)
        yield r, c
        done += count


@compiled
def trade(r: IntArray, columns: IntArray, order: IntArray, chances: FloatArray, n_columns: int) -> None:
    """Let rows deal out again between two what only one of them has: the first in `order` with the second, and so on.

    `r` (draws, memberships) is changed in place; whose `chances` are least is dealt the first column.
    """
    draws, n_rows = order.shape
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.tile(np.arange(n_rows), (draws, 1)), axis=1)
    # With an odd number of rows the last one stands alone this round: its pair holds only itself.
    pair = np.take_along_axis(place, r, axis=1) // 2
    pairs = (n_rows + 1) // 2
    key = ((np.arange(draws)[:, None] * pairs + pair) * n_columns + columns).reshape(-1)
    sort = np.argsort(key, kind="stable")
    key = key[sort]
    same = key[1:] == key[:-1]
    shared = np.zeros(key.size, dtype=bool)
    shared[1:] |= same
    shared[:-1] |= same
    free = sort[~shared]
    deal = key[~shared] // n_columns
    # Owners are dealt out afresh within each pair of rows; the memberships stay where they are.
    flat = r.reshape(-1)
    flat[free] = flat[free][np.lexsort((chances.reshape(-1)[free], deal))]


def upper(observed: float | FloatArray, draws: FloatArray, tolerance: float = 1e-12) -> FloatArray:
    """Return (1 + draws as large as the observed) / (1 + draws), along the first axis."""
    edge = np.asarray(observed, dtype=np.float64)
    edge = edge - tolerance * np.maximum(1.0, np.abs(edge))
    return np.asarray((1 + (draws >= edge).sum(axis=0)) / (1 + draws.shape[0]), dtype=np.float64)


def two_sided(observed: float | FloatArray, draws: FloatArray, centre: float | FloatArray | None = None) -> FloatArray:
    """Return (1 + draws as far from the null mean as the observed) / (1 + draws), along the first axis."""
    middle = draws.mean(axis=0) if centre is None else np.asarray(centre, dtype=np.float64)
    away = np.abs(np.asarray(observed, dtype=np.float64) - middle)
    edge = away - 1e-12 * np.maximum(1.0, away)
    return np.asarray((1 + (np.abs(draws - middle) >= edge).sum(axis=0)) / (1 + draws.shape[0]), dtype=np.float64)
