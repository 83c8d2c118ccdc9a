"""Trust and value as partners rate each other: scores of ratings, received and given, under rules for small numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError, nearest
from ._results import Shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TRUST_ITEMS", "VALUE_ITEMS", "Scores", "rated_pairs", "trust", "value_score"]

FloatArray = NDArray[np.float64]

TRUST_ITEMS = ("trust_reliability", "trust_mission", "trust_openness")
VALUE_ITEMS = ("value_influence", "value_involvement", "value_resources")
SCALE = (1.0, 4.0)
NAN = float("nan")


@dataclass(frozen=True, repr=False)
class Scores(Shown):
    """Scores of ratings, `received` and `given` by organisation, and the whole; single ratings are not in it.

    `mean` is over all rated ties, `share` the same as a share of the scale (0..1), `interval` 95% over raters.
    """

    received: pd.DataFrame
    given: pd.DataFrame
    mean: float
    share: float
    interval: tuple[float, float]
    raters: int


def trust(
    partnerships: pd.DataFrame,
    items: Sequence[str] = TRUST_ITEMS,
    *,
    scale: tuple[float, float] = SCALE,
    least: int = 2,
    raters: int = 3,
    draws: int = 999,
    seed: int = 0,
) -> Scores:
    """Return how far partners trust each other: the mean of reliability, shared mission and openness, 1 to 4.

    Parameters
    ----------
    partnerships : DataFrame
        ``source, target`` and the items; the source rates the target. Rows of one wave. Several ratings of one by
        another are averaged item by item.
    items : sequence of str
        Columns that make up the score: the three of PARTNER, or your own.
    scale : tuple of float, default (1, 4)
        Lowest and highest rating possible.
    least : int, default 2
        Items that must be answered for a score.
    raters : int, default 3
        Fewest raters for a mean to be given: 3 for a coordinator, 5 where it is published. Never fewer than 3.
    draws : int, default 999
        Bootstrap samples of raters.
    seed : int, default 0

    Returns
    -------
    Scores
        ``received``: by organisation, ``score, share`` (of the scale, 0..1), ``low, high`` (95% over raters),
        ``raters``, ``beyond``, how much more its raters give it than they give others, and ``z``, that over its
        standard error. ``given``: ``score``, ``rated``, ``beyond``, how much more it gives than others give the same
        partners, and ``z``: a lenient rater stands high there. NaN with fewer than `raters`; ``beyond`` and ``z`` with
        fewer than `raters` of those whom others rate too.

    Raises
    ------
    MeasureError
        If a column is missing, a rating lies outside the scale, there are two waves or `raters` is under 3.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": list("abcd"), "target": list("xxxx"), "trust_reliability": [4, 3, 2, None],
    ...                      "trust_mission": [4, 3, 3, 4], "trust_openness": [4, 3, None, None]})
    >>> found = trust(ties)
    >>> round(float(found.received.loc["x", "score"]), 3), int(found.received.loc["x", "raters"]), found.given["score"].count()
    (3.167, 3, np.int64(0))

    Notes
    -----
    T = mean of the items answered; as a share (T - 1)/3. A score is never added to the value score: what a partner
    brings and how far it is trusted are two things. Cost O(ratings x draws).

    References
    ----------
    Varda et al. 2008 (PARTNER).
    """
    return _scores(partnerships, items, scale, least, raters, draws, seed)


def value_score(
    partnerships: pd.DataFrame,
    items: Sequence[str] = VALUE_ITEMS,
    *,
    scale: tuple[float, float] = SCALE,
    least: int = 2,
    raters: int = 3,
    draws: int = 999,
    seed: int = 0,
) -> Scores:
    """Return what partners say each other brings: the mean of influence, involvement and resources, 1 to 4.

    Parameters
    ----------
    partnerships : DataFrame
        ``source, target`` and the items; the source rates the target. Rows of one wave.
    items : sequence of str
        Columns that make up the score: the three of PARTNER, whose sources name them slightly differently, or your own.
    scale, least, raters, draws, seed
        As for `trust`.

    Returns
    -------
    Scores
        As for `trust`.

    Raises
    ------
    MeasureError
        As for `trust`.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": list("abc"), "target": list("xxx"), "value_influence": [4, 3, 2],
    ...                      "value_involvement": [4, 3, 2]})
    >>> value_score(ties, ["value_influence", "value_involvement"]).mean
    3.0

    Notes
    -----
    V = mean of the items answered, 1 to 4. Never added to trust. Small bodies can bring little of the one and be
    trusted most. Cost O(ratings x draws).

    References
    ----------
    Varda et al. 2008 (PARTNER).
    """
    return _scores(partnerships, items, scale, least, raters, draws, seed)


def rated_pairs(
    partnerships: pd.DataFrame, items: Sequence[str], scale: tuple[float, float] = SCALE, least: int = 2
) -> pd.DataFrame:
    """Return one row for each rater and whom it rates, sorted: the items, averaged over its reports, and the score.

    ``score`` is NaN where fewer than `least` items are answered.

    Raises
    ------
    MeasureError
        If a column is missing, a rating lies outside the scale or two waves are mixed.
    """
    import pandas as pd

    items = list(dict.fromkeys(items))
    for column in ("source", "target", *items):
        if column not in partnerships:
            close = nearest(column, [str(c) for c in partnerships.columns])
            hint = f" Did you mean {' or '.join(close)}?" if close else ""
            raise MeasureError(f"There is no column {column}.{hint}")
    if "wave" in partnerships and partnerships["wave"].replace("", np.nan).nunique() > 1:
        raise MeasureError("Ratings of several waves are mixed: take the rows of one wave.")
    frame = pd.DataFrame({
        "rater": partnerships["source"].astype(str).to_numpy(dtype=object),
        "target": partnerships["target"].astype(str).to_numpy(dtype=object),
    })  # fmt: skip
    for item in items:
        frame[item] = pd.to_numeric(partnerships[item]).to_numpy(dtype=np.float64, na_value=np.nan)
        wrong = frame[item][(frame[item] < scale[0]) | (frame[item] > scale[1])]
        if len(wrong):
            raise MeasureError(f"{item} lies between {scale[0]:g} and {scale[1]:g}, not {wrong.iloc[0]:g}.")
    frame = frame[(frame["rater"] != frame["target"]) & frame[items].notna().any(axis=1)]
    joined = frame.groupby(["rater", "target"], sort=True)[items].mean().reset_index()
    answered = joined[items].notna().sum(axis=1)
    joined["score"] = joined[items].mean(axis=1).where(answered >= min(least, len(items)))
    if least > len(items):
        joined["score"] = NAN
    return joined


def _scores(
    partnerships: pd.DataFrame,
    items: Sequence[str],
    scale: tuple[float, float],
    least: int,
    raters: int,
    draws: int,
    seed: int,
) -> Scores:
    import pandas as pd

    if raters < 3:
        raise MeasureError(f"raters must be at least 3, not {raters!r}: fewer would show single ratings.")
    ratings = rated_pairs(partnerships, items, scale, least)
    known = ratings[ratings["score"].notna()]
    score = known["score"].to_numpy()
    who = sorted({*known["rater"], *known["target"]})
    place = {one: i for i, one in enumerate(who)}
    a = known["rater"].map(place).to_numpy(dtype=np.int64)
    b = known["target"].map(place).to_numpy(dtype=np.int64)
    n = len(who)
    rng = np.random.default_rng([seed, 55])
    low, high = _intervals(score, b, n, raters, draws, rng)
    got, gave = np.bincount(b, minlength=n), np.bincount(a, minlength=n)
    index = pd.Index(who, name="organisation", dtype=object)
    mean_got, mean_gave = _means(score, b, n, raters), _means(score, a, n, raters)
    width = scale[1] - scale[0]
    received = pd.DataFrame(
        {
            "score": mean_got,
            "share": (mean_got - scale[0]) / width,
            "low": low,
            "high": high,
            "raters": got,
            **_beyond(score, b, a, n, raters),
        },
        index=index,
    )
    given = pd.DataFrame({"score": mean_gave, "rated": gave, **_beyond(score, a, b, n, raters)}, index=index)
    for frame in (received, given):
        lost = int(frame["score"].isna().sum())
        if lost:
            frame.attrs["undefined"] = {f"fewer than {raters} ratings": lost}
    enough = np.unique(a).size >= raters
    mean = float(score.mean()) if enough else NAN
    interval = _whole(score, a, n, draws, rng) if enough else (NAN, NAN)
    if least > 1 and len(ratings) and not len(known):
        received.attrs["undefined"] = {f"fewer than {least} of {len(list(items))} items answered": len(ratings)}
    return Scores(received, given, mean, (mean - scale[0]) / width, interval, int(np.unique(a).size))


def _means(score: FloatArray, by: NDArray[np.int64], n: int, fewest: int) -> FloatArray:
    count = np.bincount(by, minlength=n)
    total = np.bincount(by, weights=score, minlength=n)
    return np.where(count >= fewest, total / np.maximum(count, 1), NAN)


def _beyond(
    score: FloatArray, own: NDArray[np.int64], other: NDArray[np.int64], n: int, fewest: int
) -> dict[str, FloatArray]:
    """How much more an end gives (or gets) than its partners get from (or give to) their other partners, on average."""
    count, total = np.bincount(other, minlength=n), np.bincount(other, weights=score, minlength=n)
    rest = count[other] - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        difference = score - (total[other] - score) / rest
    seen = rest > 0
    beyond = _means(difference[seen], own[seen], n, fewest)
    # One spread for all: that of three ratings alone says too little.
    spread = float(difference[seen].std(ddof=1)) if seen.sum() > 1 else NAN
    with np.errstate(invalid="ignore", divide="ignore"):
        z = beyond * np.sqrt(np.bincount(own[seen], minlength=n)) / spread
    return {"beyond": beyond, "z": np.where(np.isfinite(z), z, NAN)}


def _intervals(
    score: FloatArray, by: NDArray[np.int64], n: int, fewest: int, draws: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    low, high = np.full(n, NAN), np.full(n, NAN)
    order = np.argsort(by, kind="stable")
    edge = np.searchsorted(by[order], np.arange(n + 1))
    for i in range(n):
        mine = score[order[edge[i] : edge[i + 1]]]
        if mine.size >= fewest:
            means = mine[rng.integers(0, mine.size, (draws, mine.size))].mean(axis=1)
            low[i], high[i] = np.quantile(means, [0.025, 0.975])
    return low, high


def _whole(score: FloatArray, a: NDArray[np.int64], n: int, draws: int, rng: np.random.Generator) -> tuple[float, float]:
    """Interval of the mean of all: raters are drawn anew, each with all ratings it gave."""
    count, total = np.bincount(a, minlength=n), np.bincount(a, weights=score, minlength=n)
    told = np.flatnonzero(count)
    drawn = told[rng.integers(0, told.size, (draws, told.size))]
    means = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
