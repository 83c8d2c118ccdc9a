"""Rounds of pairs in bulk: schedules in which nobody meets the same person twice, drawn at random with preferences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FORBIDDEN", "Drawn", "circle", "draw_rounds"]

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

# What a pair that must not be drawn costs: enough that it is never chosen where it can be avoided.
FORBIDDEN = 20
# Proposals a seat. With a cost of 2 more do not change what is drawn; with higher ones they still would by a point or two.
_STEPS = 24
# How often schedules that still hold a forbidden pair are drawn anew.
_ATTEMPTS = 12
# Tables of who met whom hold about this many cells at a time.
_CELLS = 4_000_000


@dataclass(frozen=True, eq=False)
class Drawn:
    """Schedules for n people.

    Attributes
    ----------
    partner : ndarray of int, shape (draws, rounds, n)
        Whom each meets; -1 for the odd one out.
    host : ndarray of int, shape (draws, rounds)
        One of the pair that the odd one out joins; -1 where nobody is odd or no pair is left that can be joined.
    kept : ndarray of int, shape (draws,)
        Which of the draws asked for these are.
    """

    partner: IntArray
    host: IntArray
    kept: IntArray

    def met(self, rounds: int | None = None) -> BoolArray:
        """Return which two were brought together in the first `rounds`, shape (draws, n, n); a trio is three pairs."""
        partner, host = self.partner[:, :rounds], self.host[:, :rounds]
        draws, _, n = partner.shape
        out = np.zeros((draws, n, n), dtype=bool)
        b, r, i = np.nonzero(partner >= 0)
        out[b, i, partner[b, r, i]] = True
        b, r = np.nonzero(host >= 0)
        odd = np.argmin(partner[b, r], axis=1)
        one = host[b, r]
        for other in (one, partner[b, r, one]):
            out[b, odd, other] = out[b, other, odd] = True
        return out


def circle(seats: int) -> IntArray:
    """Return whom each of an even number of seats meets in each of `seats` - 1 rounds: every two meet exactly once.

    Seats stand in a circle around the last one and move on by one place a round (Kirkman's method).

    Examples
    --------
    >>> circle(4).tolist()
    [[3, 2, 1, 0], [2, 3, 0, 1], [1, 0, 3, 2]]
    """
    k = seats - 1
    turn, seat = np.arange(k)[:, None], np.arange(k)[None, :]
    other = (2 * turn - seat) % k
    return np.concatenate([np.where(other == seat, k, other), turn], axis=1).astype(np.int64)


def draw_rounds(
    n: int, rounds: int, cost: IntArray, draws: int, rng: np.random.Generator, *, rested: BoolArray | None = None, trios: bool = False
) -> Drawn:
    """Draw schedules: everybody in one pair a round, no pair twice, cheap pairs preferred.

    Parameters
    ----------
    n : int
        People, 2 or more; of an odd number one is left over in each round, nobody twice.
    rounds : int
        At most n - 1, or n where n is odd.
    cost : ndarray of int, shape (n, n) or (draws, n, n)
        Symmetric. A pair is e times less likely for each unit; `FORBIDDEN` and more: not at all.
    draws : int
    rng : Generator
    rested : ndarray of bool, shape (n,) or (draws, n), optional
        Who was left over before and is not to be again.
    trios : bool, default False
        The one left over joins a pair neither of whom it meets in any other round, where there is one.

    Returns
    -------
    Drawn
        Only schedules without a forbidden pair: fewer than `draws`, or none, where they cannot be found.

    Notes
    -----
    A circle-method schedule with its seats and rounds dealt out at random: any number of rounds up to all is there from
    the start, so that no schedule can come to a dead end. Where pairs differ in cost, people change seats and two pairs
    of a round change partners, accepted with probability exp(-added cost), 24 proposals of each kind a seat. Without
    costs every pair is equally likely. Cost O(draws (seats^2 + seats rounds)).
    """
    seats = n + n % 2
    size = max(1, _CELLS // (seats * seats))
    full = _with_bye(np.asarray(cost, dtype=np.int64), n, seats, rested)
    parts: list[Drawn] = []
    for start in range(0, draws, size):
        some = full[start : start + size] if full.shape[0] > 1 else full
        part = _chunk(n, rounds, some, min(size, draws - start), rng, trios)
        parts.append(Drawn(part.partner, part.host, part.kept + start))
    return Drawn(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("partner", "host", "kept")))


def _with_bye(cost: IntArray, n: int, seats: int, rested: BoolArray | None) -> IntArray:
    """Add the empty seat that the odd one out meets."""
    cost = cost[None] if cost.ndim == 2 else cost
    rest = np.zeros((1, n), dtype=bool) if rested is None or seats == n else np.atleast_2d(rested)
    out = np.zeros((max(cost.shape[0], rest.shape[0]), seats, seats), dtype=np.int64)
    out[:, :n, :n] = cost
    if seats > n:
        out[:, :n, n] = out[:, n, :n] = np.where(rest, FORBIDDEN, 0)
    return out


def _chunk(n: int, rounds: int, cost: IntArray, draws: int, rng: np.random.Generator, trios: bool) -> Drawn:
    seats = cost.shape[1]
    done = np.full((draws, rounds, seats), -1, dtype=np.int64)
    waiting = np.arange(draws)
    for _ in range(_ATTEMPTS if (cost >= FORBIDDEN).any() else 1):
        mine = cost[waiting] if cost.shape[0] > 1 else cost
        done[waiting] = _schedules(seats, rounds, mine, waiting.size, rng)
        held = mine[np.arange(mine.shape[0])[:, None, None], np.arange(seats), done[waiting]]
        waiting = waiting[(held >= FORBIDDEN).any(axis=(1, 2))]
        if not waiting.size:
            break
    whole = np.setdiff1d(np.arange(draws), waiting)
    partner = done[whole][:, :, :n]
    partner[partner == n] = -1
    host = np.full(partner.shape[:2], -1, dtype=np.int64)
    drawn = Drawn(partner, host, whole)
    if trios and seats > n:
        _join(drawn, cost[whole] if cost.shape[0] > 1 else cost, rng)
    return drawn


def _schedules(seats: int, rounds: int, cost: IntArray, draws: int, rng: np.random.Generator) -> IntArray:
    """Return for each draw and round whom each person meets, the empty seat included."""
    each = np.arange(draws)[:, None]
    turn = rng.permuted(np.tile(np.arange(seats - 1), (draws, 1)), axis=1)[:, :rounds]
    person = rng.permuted(np.tile(np.arange(seats), (draws, 1)), axis=1)
    table = circle(seats)[turn]
    if np.ptp(cost[:, ~np.eye(seats, dtype=bool)]) > 0:
        _improve(table, person, cost, rng)
    met = np.empty_like(table)
    b, r = each[:, :, None], np.arange(rounds)[None, :, None]
    met[b, r, person[:, None, :]] = person[b, table]
    done: IntArray = met
    return done


def _improve(table: IntArray, person: IntArray, cost: IntArray, rng: np.random.Generator) -> None:
    """Change seats, and partners within a round, towards cheaper schedules; in place."""
    draws, rounds, seats = table.shape
    b = np.arange(draws)
    own = b if cost.shape[0] > 1 else np.zeros(draws, dtype=np.int64)
    used = np.zeros((draws, seats, seats), dtype=bool)
    used[b[:, None, None], np.arange(seats), table] = True

    def price(one: IntArray, other: IntArray) -> IntArray:
        if one.ndim == other.ndim == 1:
            alone: IntArray = cost[own, one, other]
            return alone
        several: IntArray = cost[own[:, None], one.reshape(draws, -1), other.reshape(draws, -1)]
        return several

    for _ in range(_STEPS * seats):
        u: IntArray = rng.integers(seats, size=(draws,))
        v: IntArray = rng.integers(seats, size=(draws,))
        first, second = person[b, u], person[b, v]
        beside_u, beside_v = table[b, :, u], table[b, :, v]
        to_u, to_v = person[b[:, None], beside_u], person[b[:, None], beside_v]
        change = price(second, to_u) + price(first, to_v) - price(first, to_u) - price(second, to_v)
        added = np.where(beside_u == v[:, None], 0, change).sum(axis=1)
        take = np.flatnonzero(rng.random(draws) < np.exp(-np.maximum(added, 0)))
        person[take, u[take]], person[take, v[take]] = second[take], first[take]

        r = rng.integers(rounds, size=(draws,))
        a: IntArray = rng.integers(seats, size=(draws,))
        c: IntArray = rng.integers(seats, size=(draws,))
        x, y = table[b, r, a], table[b, r, c]
        free = (a != c) & (a != y) & ~used[b, a, c] & ~used[b, x, y]
        pa, pc, px, py = person[b, a], person[b, c], person[b, x], person[b, y]
        added = price(pa, pc) + price(px, py) - price(pa, px) - price(pc, py)
        take = np.flatnonzero(free & (rng.random(draws) < np.exp(-np.maximum(added, 0))))
        a, c, x, y, r = a[take], c[take], x[take], y[take], r[take]
        for one, other, tied in ((a, x, False), (c, y, False), (a, c, True), (x, y, True)):
            used[take, one, other] = used[take, other, one] = tied
        table[take, r, a], table[take, r, c], table[take, r, x], table[take, r, y] = c, a, y, x


def _join(drawn: Drawn, cost: IntArray, rng: np.random.Generator) -> None:
    """Let the odd one out of each round join a pair that holds nobody it meets elsewhere; in place."""
    partner, host = drawn.partner, drawn.host
    draws, rounds, n = partner.shape
    met = drawn.met()
    b = np.arange(draws)
    banned = np.broadcast_to(cost[:, :n, :n] >= FORBIDDEN, met.shape)
    for r in range(rounds):
        odd = np.argmin(partner[:, r], axis=1)
        closed = met[b, odd] | banned[b, odd]
        other = partner[:, r]
        open_pair = ~closed & ~closed[b[:, None], np.maximum(other, 0)] & (other >= 0)
        luck = np.where(open_pair, rng.random((draws, n)), -1.0)
        chosen = luck.argmax(axis=1)
        here = np.flatnonzero(luck[b, chosen] >= 0)
        host[here, r] = chosen[here]
        for one in (chosen[here], other[here, chosen[here]]):
            met[here, odd[here], one] = met[here, one, odd[here]] = True
