"""Trust between waves: how ratings of the same by the same changed in a year, under a mixed model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.shuffles import two_sided
from ..measures._results import Shown
from ..measures.trusting import SCALE, TRUST_ITEMS, rated_pairs
from .compared import check_draws
from .trust_age import year_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TrustBetweenWaves", "trust_between_waves"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

NAN = float("nan")
FEWEST, RATERS = 10, 5
_BLOCK = 200


@dataclass(frozen=True, repr=False)
class TrustBetweenWaves(Shown):
    """How trust changed from wave to wave among those who rated the same organisation twice or more.

    `slope` is in points a year with its 95% `interval` over raters; `shared` is the share of the variance that lies
    between pairs (0..1); `why` says why it is not defined, if so.
    """

    slope: float
    interval: tuple[float, float]
    p: float
    shared: float
    pairs: int
    raters: int
    waves: tuple[str, ...]
    draws: int
    why: str


def trust_between_waves(
    partnerships: pd.DataFrame,
    items: Sequence[str] = TRUST_ITEMS,
    *,
    scale: tuple[float, float] = SCALE,
    least: int = 2,
    draws: int = 1999,
    seed: int = 0,
) -> TrustBetweenWaves:
    """Return how much trust changed in a year, between waves, among the same raters rating the same partners.

    Parameters
    ----------
    partnerships : DataFrame
        ``source, target, wave`` and the items; waves are years, months or days. Rows of all waves.
    items : sequence of str
        Rated columns.
    scale : tuple of float, default (1, 4)
    least : int, default 2
        Items that must be answered for a score.
    draws : int, default 1999
        Of the test, and of the interval.
    seed : int, default 0

    Returns
    -------
    TrustBetweenWaves
        NaN, with the reason in ``why``, with fewer than ten ratings given in two waves or fewer than five raters.

    Raises
    ------
    MeasureError
        If a column is missing, a wave with ratings is no date, a rating lies outside the scale, or there are fewer than
        19 draws.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [(f"r{i}", f"p{j}", wave, 2.0 + (i + j) / 9 + 0.1 * (int(wave) - 2020))
    ...         for i in range(6) for j in range(3) for wave in ("2020", "2023")]
    >>> ties = pd.DataFrame(rows, columns=["source", "target", "wave", "reliable"])
    >>> found = trust_between_waves(ties, ["reliable"], least=1, draws=199)
    >>> round(found.slope, 6), found.p < 0.05, found.pairs
    (0.1, True, 18)

    Notes
    -----
    Linear mixed model by REML: score = level of the pair (random) + slope x year; with two waves the slope is the mean
    change over the years between. p = (1 + b)/(1 + R), the change of whole raters turned round at random (a score test
    with signs drawn by rater), so that a rater who grew milder counts once; the interval draws raters anew. Only partners rated twice count: ties that ended are not
    there to be rated, and who left may have trusted less. Nothing here says what changed trust. Cost O(R N).

    References
    ----------
    Laird & Ware 1982; Patterson & Thompson 1971 (REML); Cameron, Gelbach & Miller 2008 (signs by cluster).
    """
    check_draws(draws)
    if "wave" not in partnerships:
        raise MeasureError("trust_between_waves needs the column wave.")
    frame = _ratings(partnerships, items, scale, least)
    waves = tuple(sorted(set(frame["wave"])))
    raters = frame["rater"].nunique()
    number = frame.groupby(["rater", "target"], sort=True).ngroups
    why = ""
    if number < FEWEST:
        why = f"fewer than {FEWEST} ratings of the same by the same in two waves"
    elif raters < RATERS:
        why = f"fewer than {RATERS} raters who rated in two waves"
    elif np.ptp(frame["score"].to_numpy()) == 0:
        why = "all ratings are the same"
    if why:
        return TrustBetweenWaves(NAN, (NAN, NAN), NAN, NAN, number, raters, waves, 0, why)
    return _fit(frame, number, waves, draws, seed)


def _ratings(
    partnerships: pd.DataFrame, items: Sequence[str], scale: tuple[float, float], least: int
) -> pd.DataFrame:
    """Ratings of the same by the same in two waves or more: ``rater, target, wave, year, score``, sorted."""
    import pandas as pd

    parts = []
    told = partnerships["wave"].fillna("").astype(str)
    for wave in sorted(set(told)):
        rows = partnerships[told == wave].drop(columns="wave")
        found = rated_pairs(rows, items, scale, least)
        found = found[found["score"].notna()]
        if not len(found) or wave == "":
            continue
        year = year_of(wave)
        if np.isnan(year):
            raise MeasureError(f"The wave {wave!r} is no date: waves are compared by years, months or days, such as 2025.")
        parts.append(found[["rater", "target", "score"]].assign(wave=wave, year=year))
    if not parts:
        return pd.DataFrame({"rater": [], "target": [], "score": [], "wave": [], "year": []})
    frame = pd.concat(parts, ignore_index=True)
    twice = frame.groupby(["rater", "target"])["wave"].transform("nunique") > 1
    return frame[twice].sort_values(["rater", "target", "wave"], kind="stable").reset_index(drop=True)


def _fit(frame: pd.DataFrame, pairs: int, waves: tuple[str, ...], draws: int, seed: int) -> TrustBetweenWaves:
    from scipy.optimize import minimize_scalar

    score = frame["score"].to_numpy(dtype=float)
    year = frame["year"].to_numpy(dtype=float)
    year = year - year.mean()
    group = frame.groupby(["rater", "target"], sort=True).ngroup().to_numpy()
    start = np.flatnonzero(np.diff(group, prepend=-1))
    size = np.diff(np.append(start, score.size))

    def loss(shared: float) -> float:
        theta = _theta(shared, size)
        columns = [_centred(v[None], theta, start, size)[0] for v in (np.ones_like(score), year, score)]
        design = np.column_stack(columns[:2])
        cross = design.T @ design
        rest = columns[2] - design @ np.linalg.solve(cross, design.T @ columns[2])
        free = score.size - 2
        spread = max(float(rest @ rest) / free, 1e-300)
        ratio = shared / (1 - shared)
        return float(free * np.log(spread) + np.log1p(size * ratio).sum() + np.linalg.slogdet(cross)[1])

    found = minimize_scalar(loss, bounds=(0.0, 0.999), method="bounded", options={"xatol": 1e-6})
    shared = float(found.x) if found.fun < loss(0.0) else 0.0
    theta = _theta(shared, size)
    rater = np.unique(frame["rater"].to_numpy(dtype=str), return_inverse=True)[1]
    one, x, y = (_centred(v[None], theta, start, size)[0] for v in (np.ones_like(score), year, score))
    x, y = (v - one * float(one @ v) / float(one @ one) for v in (x, y))
    # Without a change of all, each rater's part is as likely to point up as down.
    part = np.bincount(rater, weights=x * y)
    signs = np.random.default_rng([seed, 611]).choice((-1.0, 1.0), (draws, part.size))
    return TrustBetweenWaves(
        float(x @ y / (x @ x)),
        _drawn_anew(year, score, rater, theta, start, size, draws, seed),
        float(two_sided(float(part.sum()), signs @ part, 0.0)),
        shared, pairs, part.size, waves, draws, "",
    )  # fmt: skip


def _theta(shared: float, size: IntArray) -> FloatArray:
    """How much of the mean of its pair is taken from each rating, so that what is left is independent."""
    ratio = shared / (1 - shared)
    return np.asarray(1 - 1 / np.sqrt(1 + size * ratio))


def _centred(rows: FloatArray, theta: FloatArray, start: IntArray, size: IntArray) -> FloatArray:
    mean = np.add.reduceat(rows, start, axis=1) / size
    return np.asarray(rows - np.repeat(theta * mean, size, axis=1))


def _slopes(
    year: FloatArray, score: FloatArray, weight: FloatArray, theta: FloatArray, start: IntArray, size: IntArray
) -> FloatArray:
    """Slope of each row; `weight`, one for all ratings of a pair, says how often it counts."""
    one, x, y = (_centred(v, theta, start, size) for v in (np.ones_like(score), year, score))
    a, b, c = (weight * one * one).sum(axis=1), (weight * one * x).sum(axis=1), (weight * x * x).sum(axis=1)
    d, e = (weight * one * y).sum(axis=1), (weight * x * y).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((e - b * d / a) / (c - b * b / a))


def _drawn_anew(
    year: FloatArray, score: FloatArray, rater: IntArray, theta: FloatArray, start: IntArray, size: IntArray,
    draws: int, seed: int,
) -> tuple[float, float]:  # fmt: skip
    rng = np.random.default_rng([seed, 612])
    k = int(rater.max()) + 1
    out = []
    for first in range(0, draws, _BLOCK):
        block = min(_BLOCK, draws - first)
        times = rng.multinomial(k, np.full(k, 1 / k), size=block).astype(float)
        weight = times[:, rater]
        shape = weight.shape
        out.append(_slopes(np.broadcast_to(year, shape), np.broadcast_to(score, shape), weight, theta, start, size))
    slopes = np.concatenate(out)
    low, high = np.quantile(slopes[np.isfinite(slopes)], [0.025, 0.975])
    return float(low), float(high)
