"""Rounds of introductions: who meets whom, drawn at the start so that no pair comes twice, and drawn again exactly."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.rounds import FORBIDDEN, Drawn, draw_rounds

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FEWEST", "Design", "Leg", "most_rounds", "rounds_of_pairs"]

FEWEST = 4
ODD = ("sit_out", "trio")

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Pair = tuple[Any, Any]


def rounds_of_pairs(
    people: Iterable[Hashable],
    rounds: int | None = None,
    *,
    groups: Mapping[Any, Any] | None = None,
    across: int = 0,
    odd: str = "sit_out",
    vetoed: Iterable[Pair] = (),
    seed: int = 0,
) -> pd.DataFrame:
    """Return who meets whom in each round: a random schedule in which no two meet twice (randomised coffee trial).

    Parameters
    ----------
    people : iterable of hashable
        Who takes part, four or more; people, organisations or anything else with an id.
    rounds : int, optional
        By default all there are: n - 1, or n where n is odd.
    groups : mapping, optional
        The group of each; who has none counts as a group of one.
    across : int, default 0
        From 0 to 9: a pair within a group makes a schedule e^across times less likely. 2 gives mostly pairs across.
    odd : {"sit_out", "trio"}
        Of an odd number one is left over each round, nobody twice: it sits out, or makes a trio of a pair neither of
        whom it meets in any other round (it sits out where there is none).
    vetoed : iterable of pairs, optional
        Who is not to meet.
    seed : int, default 0
        The same seed gives the same schedule.

    Returns
    -------
    DataFrame
        ``round`` (from 1), ``a`` and ``b`` in the order of `people`; a trio is three rows.

    Raises
    ------
    MeasureError
        Fewer than four people, one twice, more rounds than there are, a veto of somebody unknown, or vetoes that leave
        no such schedule: the error says how many rounds are possible.

    Examples
    --------
    >>> rounds_of_pairs("abcd", 2, seed=1)
       round  a  b
    0      1  a  c
    1      1  b  d
    2      2  a  b
    3      2  c  d

    Notes
    -----
    Seats of a circle-method schedule, in which every two of n seats meet once in n - 1 rounds, are dealt out at random, so that
    no draw comes to a dead end. With preferences or vetoes people change seats, and pairs of a round partners, accepted
    with probability exp(-added cost): 24 proposals of either kind a seat. Without them every pair is equally likely.
    Cost O(n (n + rounds)).

    References
    ----------
    Kirkman 1847 (circle method); Metropolis et al. 1953.
    """
    several = tuple(people)
    last = most_rounds(len(several)) if rounds is None else rounds
    leg = Leg(1, last, several, seed, across, dict(groups or {}), odd)
    return Design((leg,), frozenset(_pairs_of(vetoed, several))).table()


def most_rounds(people: int) -> int:
    """Return how many rounds there are until everybody has met everybody."""
    return people - 1 + people % 2


def _pairs_of(pairs: Iterable[Pair], people: Sequence[Any]) -> Iterable[frozenset[Any]]:
    known = set(people)
    for pair in pairs:
        for one in pair:
            if one not in known:
                raise MeasureError(f"{one!r} does not take part: only two who do can be kept apart.")
        if pair[0] != pair[1]:
            yield frozenset(pair)


@dataclass(frozen=True)
class Leg:
    """Rounds drawn in one go: the first and last of them, for whom, from which seed and by which rule.

    Attributes
    ----------
    first, last : int
        `last` is what was drawn; fewer are held where a later leg begins before.
    members : tuple
    seed, across, groups, odd
        As in `rounds_of_pairs`.
    """

    first: int
    last: int
    members: tuple[Any, ...]
    seed: int = 0
    across: int = 0
    groups: Mapping[Any, Any] = field(default_factory=dict)
    odd: str = "sit_out"

    def __post_init__(self) -> None:
        n = len(self.members)
        if len(set(self.members)) < n:
            twice = next(m for i, m in enumerate(self.members) if m in self.members[:i])
            raise MeasureError(f"{twice!r} stands among those who take part twice.")
        if n < FEWEST:
            raise MeasureError(f"Rounds need at least {FEWEST} who take part, not {n}.")
        if not 1 <= self.first <= self.last:
            raise MeasureError("At least one round is needed.")
        if self.last - self.first + 1 > most_rounds(n):
            raise MeasureError(f"{n} who take part have all met after {most_rounds(n)} rounds; {self.last - self.first + 1} are too many.")
        if self.odd not in ODD:
            raise MeasureError(f"odd is {' or '.join(ODD)}, not {self.odd!r}.")
        if not 0 <= self.across <= 9 or int(self.across) != self.across:
            raise MeasureError(f"across is a whole number from 0 to 9, not {self.across!r}.")


@dataclass(frozen=True, eq=False)
class Design:
    """How rounds were drawn: enough to draw them again exactly, or anew by the same rule.

    Attributes
    ----------
    legs : tuple of Leg
        One, and one more for each time that somebody came late or left.
    apart : frozenset of frozenset
        Pairs that cannot be drawn; never shown.
    """

    legs: tuple[Leg, ...]
    apart: frozenset[frozenset[Any]] = field(default=frozenset(), repr=False)

    @cached_property
    def people(self) -> tuple[Any, ...]:
        """Everybody who ever took part, in the order in which they came."""
        return tuple(dict.fromkeys(m for leg in self.legs for m in leg.members))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every two of them, in the order of columns of `assigned`."""
        one, other = np.triu_indices(len(self.people), 1)
        return tuple((self.people[i], self.people[j]) for i, j in zip(one, other, strict=True))

    def table(self) -> pd.DataFrame:
        """Return the rounds as they were drawn: ``round, a, b``.

        Raises
        ------
        MeasureError
            Where there is no schedule without a pair that is kept apart or has met before.
        """
        import pandas as pd

        rows: list[tuple[int, int, int]] = []
        for leg, drawn in zip(self.legs, self._draw(1, None)[0], strict=True):
            at = self._places(leg)
            for r in range(self._held(leg)):
                whom, host = drawn.partner[0, r], int(drawn.host[0, r])
                found = {(i, int(j)) for i, j in enumerate(whom) if j > i}
                if host >= 0:
                    odd = int(whom.argmin())
                    found |= {(odd, host), (odd, int(whom[host]))}
                both = [(int(at[i]), int(at[j])) for i, j in found]
                rows += sorted((leg.first + r, min(pair), max(pair)) for pair in both)
        shown = [(r, self.people[i], self.people[j]) for r, i, j in rows]
        return pd.DataFrame(shown, columns=["round", "a", "b"])

    def assigned(self, draws: int, seed: int) -> BoolArray:
        """Draw anew by the same rule and return which pairs were brought together, shape (draws, pairs).

        There may be fewer rows than asked for where rounds after a change cannot always be filled. Cost as `draws` times
        that of `rounds_of_pairs`.
        """
        met = self._draw(draws, seed)[1]
        one, other = np.triu_indices(len(self.people), 1)
        out: BoolArray = met[:, one, other]
        return out

    def _draw(self, draws: int, seed: int | None) -> tuple[list[Drawn], BoolArray]:
        """Draw leg by leg, each without the pairs met before; with a seed of its own each where none is given."""
        n = len(self.people)
        met = np.zeros((draws, n, n), dtype=bool)
        rested = np.zeros((draws, n), dtype=bool)
        legs = []
        for number, leg in enumerate(self.legs):
            at = self._places(leg)
            rng = np.random.default_rng([leg.seed, 76, leg.first] if seed is None else [seed, 77, leg.first])
            cost = self._cost(leg)[None]
            if number:
                cost = np.maximum(cost, FORBIDDEN * met[:, at[:, None], at])
            count = leg.last - leg.first + 1
            left = rested[:, at] if number else None
            drawn = draw_rounds(at.size, count, cost, met.shape[0], rng, rested=left, trios=leg.odd == "trio")
            if not drawn.kept.size:
                raise MeasureError(_fewer(at.size, count, cost[:1], rested[:1, at]))
            met, rested = met[drawn.kept], rested[drawn.kept]
            held = self._held(leg)
            met[:, at[:, None], at] |= drawn.met(held)
            rested[:, at] |= (drawn.partner[:, :held] < 0).any(axis=1)
            legs.append(drawn)
        return legs, met

    def _cost(self, leg: Leg) -> IntArray:
        """What each pair of a leg costs before anybody has met."""
        label = [leg.groups.get(m, "") for m in leg.members]
        cost = np.array([[leg.across * (a == b != "") for b in label] for a in label], dtype=np.int64)
        for pair in self.apart:
            here = [i for i, m in enumerate(leg.members) if m in pair]
            if len(here) == 2:
                cost[here[0], here[1]] = cost[here[1], here[0]] = FORBIDDEN
        return cost

    def _held(self, leg: Leg) -> int:
        """How many of its rounds are held before the next leg begins."""
        later = [other.first for other in self.legs if other.first > leg.first]
        return min([leg.last + 1, *later]) - leg.first

    def _places(self, leg: Leg) -> IntArray:
        where = {m: i for i, m in enumerate(self.people)}
        return np.array([where[m] for m in leg.members], dtype=np.int64)


def _fewer(n: int, rounds: int, cost: IntArray, rested: BoolArray) -> str:
    """Say how many rounds can be drawn where so many cannot."""
    for fewer in range(rounds - 1, 0, -1):
        if draw_rounds(n, fewer, cost, 20, np.random.default_rng(76), rested=rested).kept.size:
            break
    else:
        fewer = 0
    what = f"{rounds} rounds cannot be filled without a pair that has met or is not to meet"
    return f"{what}: {fewer} can." if fewer else f"{what}, and neither can one."
