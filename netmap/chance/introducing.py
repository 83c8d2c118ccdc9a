"""Whether introductions, or an event, were followed by more ties than would have come anyway."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..measures._results import Shown
from .redrawn import Listed

if TYPE_CHECKING:
    import pandas as pd

    from .redrawn import Redrawn

__all__ = ["EventEffect", "IntroductionEffect", "event_effect", "introduction_effect", "itt", "p_of", "pair_outcomes"]

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

NAN = float("nan")
# Below this difference in meeting nothing can be said of those who would meet.
LEAST_COMPLIANCE = 0.2
WEIGHTS = ("overlap", "inverse")


@dataclass(frozen=True, eq=False, repr=False)
class IntroductionEffect(Shown):
    """What being drawn for an introduction did to the chance of a tie afterwards.

    Attributes
    ----------
    assigned, unassigned : int
        Pairs compared: drawn, and not drawn though they could have been.
    assigned_rate, unassigned_rate : float
        Share with a tie afterwards, weighted.
    effect : float
        Their difference (intention to treat), -1 to 1.
    p : float
        Share of draws by the same design with a difference at least as far from what they give on average.
    interval : tuple of float
        Differences that 95% of draws give if introductions do nothing.
    met, met_unassigned : float
        Share of either that met; NaN where it is recorded of less than half of those drawn.
    complier : float
        `effect` over the difference in meeting: the effect on pairs that meet because they are drawn. NaN where
        meeting differs by less than 0.2. Only if being drawn does nothing but through meeting.
    certain, unknown : int
        Pairs left out: always or never drawn; nobody recorded whether they had a tie.
    draws : int
    """

    assigned: int
    unassigned: int
    assigned_rate: float
    unassigned_rate: float
    effect: float
    p: float
    interval: tuple[float, float]
    met: float
    met_unassigned: float
    complier: float
    certain: int
    unknown: int
    draws: int


def introduction_effect(
    introductions: pd.DataFrame, design: Redrawn | None = None, *, weights: str = "overlap", draws: int = 999, seed: int = 0
) -> IntroductionEffect:
    """Return whether pairs that were drawn to meet have more ties afterwards than similar pairs that were not.

    Parameters
    ----------
    introductions : DataFrame
        ``round, a, b, assigned, tie_after``; where known ``eligible`` and ``met``. One row a pair and round; pairs that
        were not drawn need a row with their ``tie_after`` too. A pair has a tie if any row says so.
    design : optional
        How they were drawn: a `netmap.measures.rounds.Design`, or anything with ``pairs`` and ``assigned(draws, seed)``.
        By default as many pairs a round as were, with equal chance out of its eligible rows, nobody in two.
    weights : {"overlap", "inverse"}
        What a pair weighs: one over its chance of being where it is (``inverse``), so that the rates are those of all
        pairs; or that times both chances (``overlap``), so that they are those of pairs that could most easily have been
        either, and vary less where some pairs are hardly ever drawn.
    draws : int, default 999
        How often the design is drawn anew.
    seed : int, default 0

    Returns
    -------
    IntroductionEffect
        NaN where fewer than one pair is left on either side.

    Raises
    ------
    MeasureError
        A column is missing, nobody was drawn, the design does not know a pair that was, or there are no such weights.

    Examples
    --------
    >>> import pandas as pd
    >>> from netmap.measures.rounds import Design, Leg
    >>> design = Design((Leg(1, 3, tuple("abcdefgh"), seed=1),))
    >>> drawn = design.table().assign(assigned=True, tie_after=[True, True, False] * 4)
    >>> others = [p for p in design.pairs if p not in set(zip(drawn["a"], drawn["b"]))]
    >>> rest = pd.DataFrame(others, columns=["a", "b"]).assign(round=0, assigned=False, tie_after=False)
    >>> found = introduction_effect(pd.concat([drawn, rest]), design)
    >>> round(found.effect, 2), found.p < 0.05
    (0.66, True)

    Notes
    -----
    Not every pair is equally likely to be drawn: pairs across a boundary are where the design prefers them, and they may be
    less likely to have a tie anyway. So a pair weighs by one over its chance of being drawn (or not), and pairs whose
    chance is 0 or 1 are left out. Chances are counted over the draws and what was drawn together, so that under the null
    hypothesis (no pair's tie depends on who was drawn) all are alike and the test is exact. Whether a pair met is
    compliance, not part of the comparison. Effects on third persons are not looked at. With 20 people, 3 rounds, pairs
    across preferred by 1 and a log-odds of 1.5 it finds the effect in about four of five trials, with inverse weights in
    seven of ten. Cost O(draws pairs) and that of drawing.

    References
    ----------
    Fisher 1935 (randomisation test); Hajek 1971; Athey, Eckles & Imbens 2018; Li, Morgan & Zaslavsky 2018 (overlap).
    """
    if weights not in WEIGHTS:
        raise MeasureError(f"weights is {' or '.join(WEIGHTS)}, not {weights!r}.")
    for column in ("round", "a", "b", "assigned", "tie_after"):
        if column not in introductions:
            raise MeasureError(f"introduction_effect needs the column {column}.")
    drawn, tie, met, barred, rule = pair_outcomes(introductions, design)
    return _compared(drawn, tie, met, barred, rule.assigned(draws, seed), weights)


def pair_outcomes(
    introductions: pd.DataFrame, design: Redrawn | None
) -> tuple[BoolArray, FloatArray, FloatArray, BoolArray, Redrawn]:
    """Return for each pair of a design whether it was drawn, had a tie and met (NaN: not said), and was not eligible."""
    frame = introductions.assign(**{c: _known(introductions, c) for c in ("assigned", "tie_after", "met", "eligible")})
    rule = Listed.of(frame.assign(eligible=frame["eligible"].ne(0))) if design is None else design
    where = {frozenset(pair): i for i, pair in enumerate(rule.pairs)}
    m = len(where)
    drawn, tie, met, able = np.zeros(m), np.full(m, NAN), np.full(m, NAN), np.ones(m)
    said = zip(*(frame[c] for c in ("a", "b", "assigned", "tie_after", "met", "eligible")), strict=True)
    for a, b, was, after, together, eligible in said:
        i = where.get(frozenset((a, b)))
        if i is None:
            if was == 1:
                raise MeasureError(f"{a!r} and {b!r} were drawn, and the design does not know them both.")
            continue
        drawn[i] = np.fmax(drawn[i], was)
        tie[i], met[i], able[i] = np.fmax(tie[i], after), np.fmax(met[i], together), np.fmin(able[i], eligible)
    if not drawn.any():
        raise MeasureError("No pair was drawn: write yes in assigned for those that were.")
    return drawn > 0, tie, met, able == 0, rule


def itt(
    drawn: BoolArray, again: BoolArray, tie: FloatArray, weights: str
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the difference in ties between drawn and other pairs, for what was drawn and for draws anew.

    Parameters
    ----------
    drawn : ndarray of bool, shape (pairs,)
    again : ndarray of bool, shape (draws, pairs)
    tie : ndarray, shape (pairs,) or (pairs, several)
        1 where there is a tie, 0 where not; several sets of outcomes side by side.

    Returns
    -------
    tuple of ndarray
        Differences, shape (draws + 1,) or (draws + 1, several), the first of what was drawn; rates of the drawn and of
        the others, alike. NaN where a side has no pair.
    """
    every = np.concatenate([drawn[None], again]).astype(np.float64)
    chance = every.mean(axis=0)
    inside = (chance > 0) & (chance < 1)
    every, chance, outcome = every[:, inside], chance[inside], tie[inside]
    tilt = chance * (1 - chance) if weights == "overlap" else 1.0
    mine, others = every * tilt / chance, (1 - every) * tilt / (1 - chance)
    shape = (slice(None), None) if outcome.ndim == 2 else slice(None)
    with np.errstate(invalid="ignore", divide="ignore"):
        first = (mine @ outcome) / mine.sum(axis=1)[shape]
        second = (others @ outcome) / others.sum(axis=1)[shape]
    return first - second, first, second


def p_of(differences: FloatArray) -> FloatArray:
    """Return the two-sided p of the first row among all, each as far as it is from their mean."""
    away = np.abs(differences - np.nanmean(differences, axis=0))
    found: FloatArray = np.asarray((away >= away[0] - 1e-12).mean(axis=0))
    return found


def _known(frame: pd.DataFrame, column: str) -> FloatArray:
    if column not in frame:
        return np.full(len(frame), NAN)
    out: FloatArray = np.asarray(frame[column].map({True: 1.0, False: 0.0}), dtype=np.float64)
    return out


def _compared(
    drawn: BoolArray, tie: FloatArray, met: FloatArray, barred: BoolArray, again: BoolArray, weights: str
) -> IntroductionEffect:
    told = ~np.isnan(tie) & ~barred
    chance = np.concatenate([drawn[None], again]).mean(axis=0)
    inside = told & (chance > 0) & (chance < 1)
    unknown, certain = int((np.isnan(tie) & ~barred).sum()), int((told & ~inside).sum())
    one, other = int((drawn & inside).sum()), int((~drawn & inside).sum())
    if not one or not other or not again.shape[0]:
        nothing = (NAN, NAN)
        return IntroductionEffect(one, other, NAN, NAN, NAN, NAN, nothing, NAN, NAN, NAN, certain, unknown, int(again.shape[0]))
    differences, first, second = itt(drawn[inside], again[:, inside], tie[inside], weights)
    p = float(p_of(differences[~np.isnan(differences)]))
    low, high = (float(x) for x in np.nanpercentile(differences[1:], [2.5, 97.5]))
    mine, theirs = _compliance(drawn[inside], met[inside], chance[inside], weights)
    gap = mine - theirs
    complier = float(differences[0]) / gap if gap >= LEAST_COMPLIANCE else NAN
    return IntroductionEffect(
        one, other, float(first[0]), float(second[0]), float(differences[0]), p, (low, high), mine, theirs, complier,
        certain, unknown, int(again.shape[0]),
    )  # fmt: skip


def _compliance(drawn: BoolArray, met: FloatArray, chance: FloatArray, weights: str) -> tuple[float, float]:
    """Weighted shares that met; where nothing is said of pairs not drawn, they did not."""
    if np.isnan(met[drawn]).mean() > 0.5:
        return NAN, NAN
    known = ~np.isnan(met) | ~drawn
    yes = np.nan_to_num(met)
    mine, others = known & drawn, ~drawn
    tilt = chance * (1 - chance) if weights == "overlap" else np.ones(chance.shape)
    return (
        float(np.average(yes[mine], weights=(tilt / chance)[mine])),
        float(np.average(yes[others], weights=(tilt / (1 - chance))[others])),
    )


@dataclass(frozen=True, eq=False, repr=False)
class EventEffect(Shown):
    """Ties that began among those who attended, beside those among as many others alike.

    Attributes
    ----------
    attended : int
    begun : int
        Pairs of them that were not tied before and are since.
    possible : int
        Pairs of them that were not tied before.
    expected : float
        Pairs begun among as many picked at random, with as many earlier ties.
    p : float
    interval : tuple of float
        Where 95% of sets picked at random lie.
    draws : int
    """

    attended: int
    begun: int
    possible: int
    expected: float
    p: float
    interval: tuple[float, float]
    draws: int


def event_effect(
    ties: pd.DataFrame, attended: Iterable[Any], when: str, everybody: Sequence[Any] | None = None, *, draws: int = 999, seed: int = 0
) -> EventEffect:
    """Return whether more ties began among those who attended an event than among others like them (proposed).

    Parameters
    ----------
    ties : DataFrame
        ``source, target, start``; a pair begins with its earliest start, written YYYY, YYYY-MM or YYYY-MM-DD.
    attended : iterable
        Ids of who was there.
    when : str
        Date of the event. A start that may be before or after (the same year, say) is left out.
    everybody : sequence, optional
        Who could have attended; everybody with a tie by default.
    draws : int, default 999
        Sets of as many picked at random, as many from each third by number of earlier ties.
    seed : int, default 0

    Returns
    -------
    EventEffect
        `p` is NaN where fewer than two attended or nobody else could have.

    Raises
    ------
    MeasureError
        A column is missing, or nobody who attended is among `everybody`.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", "b", "2025-03"), ("b", "c", "2025-04"), ("a", "c", "2025-04"), ("d", "e", "2020"), ("f", "g", "2020")]
    >>> ties = pd.DataFrame(rows, columns=["source", "target", "start"])
    >>> found = event_effect(ties, ["a", "b", "c"], "2025-01", list("abcdefghij"))
    >>> found.begun, found.possible, found.expected < 1
    (3, 3, True)

    Notes
    -----
    Whoever attends is not picked by lot: a difference may be why they came, not what came of it. Cost
    O(draws attended^2). netmap's own construct, without published validation.

    References
    ----------
    Fisher 1935 (permutation within strata).
    """
    for column in ("source", "target", "start"):
        if column not in ties:
            raise MeasureError(f"event_effect needs the column {column}.")
    first: dict[tuple[Any, Any], str] = {}
    for a, b, start in zip(ties["source"], ties["target"], ties["start"].fillna("").astype(str), strict=True):
        if a != b:
            pair = (a, b) if str(a) <= str(b) else (b, a)
            first[pair] = min(first.get(pair, start), start)
    people = list(dict.fromkeys(everybody if everybody is not None else sorted({m for p in first for m in p}, key=str)))
    place = {m: i for i, m in enumerate(people)}
    there = sorted({place[m] for m in attended if m in place})
    if not there:
        raise MeasureError("Nobody who attended has a tie or is among those who could have.")
    n = len(people)
    begun, open_pair = np.zeros((n, n), dtype=bool), np.ones((n, n), dtype=bool)
    before = np.zeros(n, dtype=np.int64)
    for (a, b), start in first.items():
        if a not in place or b not in place:
            continue
        i, j = place[a], place[b]
        length = min(len(start), len(when))
        since = bool(start) and start[:length] > when[:length]
        begun[i, j] = begun[j, i] = since
        open_pair[i, j] = open_pair[j, i] = since
        if start and start[:length] < when[:length]:
            before[[i, j]] += 1
    count = _within(begun, np.array(there))
    possible = _within(open_pair, np.array(there))
    if len(there) < 2 or len(there) == n:
        return EventEffect(len(there), count, possible, NAN, NAN, (NAN, NAN), 0)
    rng = np.random.default_rng([seed, 78])
    third = np.searchsorted(np.quantile(before, [1 / 3, 2 / 3]), before)
    strata = [np.flatnonzero(third == s) for s in np.unique(third)]
    share = [int(np.isin(s, there).sum()) for s in strata]
    null = np.array([
        _within(begun, np.concatenate([rng.permutation(s)[:k] for s, k in zip(strata, share, strict=True)])) for _ in range(draws)
    ])  # fmt: skip
    p = float(p_of(np.concatenate([[count], null]).astype(float)))
    low, high = (float(x) for x in np.percentile(null, [2.5, 97.5]))
    return EventEffect(len(there), count, possible, float(null.mean()), p, (low, high), draws)


def _within(table: BoolArray, members: NDArray[np.integer]) -> int:
    inner = table[np.ix_(members, members)]
    return int(np.triu(inner, 1).sum())
