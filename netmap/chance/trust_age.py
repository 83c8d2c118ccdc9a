"""Trust and the age of ties: whether older ties are rated higher, the same raters and the same rated compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.shuffles import permutations, two_sided
from ..measures._results import Shown
from ..measures.trusting import SCALE, TRUST_ITEMS, rated_pairs
from ._levels import Levels
from .compared import check_draws

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TrustByAge", "tie_ages", "trust_by_age", "year_of"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

NAN = float("nan")
FEWEST = 10
_WORK = 8e10
_YEAR = re.compile(r"^\s*(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?\s*$")


@dataclass(frozen=True, repr=False)
class TrustByAge(Shown):
    """How trust goes with the age of ties.

    `rho` is Spearman's correlation; `slope` the points of trust for one unit of ln(1 + years), `within` the same among
    the ties of the same rater and of the same rated, and `p` its permutation p. `older`, `younger` are mean scores of
    ties of at least and of less than `years` years, with their numbers. `why` says why it is not defined, if so.
    """

    rho: float
    slope: float
    within: float
    p: float
    older: float
    younger: float
    n_older: int
    n_younger: int
    years: float
    ratings: int
    pairs: int
    draws: int
    why: str


def trust_by_age(
    partnerships: pd.DataFrame,
    items: Sequence[str] = TRUST_ITEMS,
    *,
    at: float | None = None,
    years: float | None = None,
    scale: tuple[float, float] = SCALE,
    least: int = 2,
    draws: int = 4999,
    seed: int = 0,
) -> TrustByAge:
    """Return whether older ties are trusted more, among the ties of the same rater and of the same rated.

    Parameters
    ----------
    partnerships : DataFrame
        ``source, target``, the items and ``start`` (a year, month or day). Rows of one wave.
    items : sequence of str
        Rated columns.
    at : float, optional
        The year ratings were given; the wave where that is a year.
    years : float, optional
        Where older ties begin; the median age by default.
    scale : tuple of float, default (1, 4)
    least : int, default 2
        Items that must be answered for a score.
    draws : int, default 4999
    seed : int, default 0

    Returns
    -------
    TrustByAge
        NaN, with the reason in ``why``, with fewer than ten pairs of known age, or where all are of one age.

    Raises
    ------
    MeasureError
        If a column is missing, the year of the ratings is not known, or there are fewer than 19 draws.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [(a, b, 2000 + 3 * i * j) for i, a in enumerate("abcdef") for j, b in enumerate("abcdef") if a != b]
    >>> ties = pd.DataFrame(rows, columns=["source", "target", "start"])
    >>> score = 1.5 + 0.05 * (2080 - ties["start"]) ** 0.75
    >>> found = trust_by_age(ties.assign(reliable=score, open=score), ["reliable", "open"], at=2080, draws=199)
    >>> round(found.rho, 2), found.within > 0, found.p
    (1.0, True, 0.005)

    Notes
    -----
    Slope of trust on ln(1 + years) with a level for each rater and each rated; p = (1 + b)/(1 + R). Only ties that
    lasted are old, and those that worked lasted: older and better may be the same ties, none of which grew. Nothing
    here says that time makes trust. Ratings of one rater go together, so a level is taken out for each rater and each
    rated before ages are dealt out anew over the pairs (both ratings of a pair keep one age). MRQAP would need
    everybody's rating of everybody. Cost O(k^3 + R (N + k^2)) for N ratings of k organisations.

    References
    ----------
    Spearman 1904; Freedman & Lane 1983 (permutation with terms taken out).
    """
    check_draws(draws)
    if "start" not in partnerships:
        raise MeasureError("trust_by_age needs the column start, when each tie began.")
    when = _year_of_ratings(partnerships) if at is None else float(at)
    ratings = rated_pairs(partnerships, items, scale, least)
    ratings = ratings[ratings["score"].notna()].reset_index(drop=True)
    pair = [tuple(sorted(ends)) for ends in zip(ratings["rater"], ratings["target"], strict=True)]
    age = tie_ages(partnerships, ratings, when)
    known = ~np.isnan(age)
    ratings, age = ratings[known], age[known]
    pair = [p for p, ok in zip(pair, known, strict=True) if ok]
    number = {p: i for i, p in enumerate(sorted(set(pair)))}
    which = np.array([number[p] for p in pair], dtype=np.int64)
    score = ratings["score"].to_numpy()
    why = ""
    if len(number) < FEWEST:
        why = f"fewer than {FEWEST} rated ties whose age is known"
    elif np.ptp(age) == 0:
        why = "all rated ties are of the same age"
    elif np.ptp(score) == 0:
        why = "all ratings are the same"
    if why:
        return TrustByAge(NAN, NAN, NAN, NAN, NAN, NAN, 0, 0, NAN, len(score), len(number), 0, why)
    return _test(score, age, which, ratings, len(number), years, draws, seed)


def tie_ages(partnerships: pd.DataFrame, ratings: pd.DataFrame, at: float) -> FloatArray:
    """Return how many years before `at` the first tie of each rating's pair began; NaN where nobody says."""
    began = _began(partnerships)
    pairs = [tuple(sorted(ends)) for ends in zip(ratings["rater"], ratings["target"], strict=True)]
    return np.array([max(at - began[p], 0.0) if p in began else NAN for p in pairs], dtype=np.float64)


def _test(
    score: FloatArray,
    age: FloatArray,
    which: IntArray,
    ratings: pd.DataFrame,
    pairs: int,
    years: float | None,
    draws: int,
    seed: int,
) -> TrustByAge:
    from scipy.stats import rankdata

    log = np.log1p(age)
    ranks = rankdata(score), rankdata(age)
    rho = float(np.corrcoef(*ranks)[0, 1])
    slope = float(np.polyfit(log, score, 1)[0])
    levels = Levels([ratings["rater"]], [ratings["target"]], pair=which)
    rest, left = levels.without(score), levels.without(log)
    by_pair = np.full(pairs, NAN)
    by_pair[which] = log
    within = p = NAN
    made = 0
    own = float(left @ left)
    if levels.free > 0 and own > 1e-9 and rest @ rest > 1e-12:
        within = float(log @ rest) / own
        made = min(draws, max(999, int(_WORK / (score.size + levels.rank**2))))
        observed = levels.t_of(by_pair[None], rest)[0]
        rng = np.random.default_rng([seed, 61])
        null = np.concatenate([levels.t_of(by_pair[block], rest) for block in permutations(pairs, made, rng)])
        p = float(two_sided(float(observed), null[~np.isnan(null)], 0.0))
    edge = float(np.median(age)) if years is None else float(years)
    old = age >= edge
    older = float(score[old].mean()) if old.any() else NAN
    younger = float(score[~old].mean()) if (~old).any() else NAN
    return TrustByAge(
        rho, slope, within, p, older, younger, int(old.sum()), int((~old).sum()), edge, score.size, pairs, made,
        "" if made else "no rater and no rated has ties of several ages",
    )  # fmt: skip


def _year_of_ratings(partnerships: pd.DataFrame) -> float:
    waves = sorted({str(w) for w in partnerships["wave"] if str(w) not in ("", "nan")}) if "wave" in partnerships else []
    if len(waves) == 1 and _YEAR.match(waves[0]):
        return year_of(waves[0])
    raise MeasureError("trust_by_age needs the year of the ratings: a wave that is a year, or at, such as at=2025.")


def _began(partnerships: pd.DataFrame) -> dict[tuple[str, ...], float]:
    """When the first tie of each pair began."""
    out: dict[tuple[str, ...], float] = {}
    for a, b, start in zip(partnerships["source"], partnerships["target"], partnerships["start"], strict=True):
        year = year_of(start)
        key = tuple(sorted((str(a), str(b))))
        if year == year and key[0] != key[1]:
            out[key] = min(year, out.get(key, year))
    return out


def year_of(cell: Any) -> float:
    """Return a date as a year with its part; NaN where it is none."""
    text = str(int(cell)) if isinstance(cell, float) and cell == cell else str(cell)
    found = _YEAR.match(text)
    if not found:
        return NAN
    month, day = int(found[2] or 1), int(found[3] or 1)
    return int(found[1]) + (month - 1) / 12 + (day - 1) / 365
