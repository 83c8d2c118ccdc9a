"""Numbers behind F3: ratings of trust, older ties against younger, and the two ends of a tie against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from ..chance.trust_age import TrustByAge
    from ..study import Study

__all__ = ["FEWEST", "ItemGap", "Trusting", "rating_rows", "trusting"]

DRAWS = 4999
BOOTSTRAPS = 999
CLOSE = 0.5
LEVEL = 0.05
FEWEST = {"public": 5, "coordinator": 3, "research": 3}
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class ItemGap:
    """One item: pairs rated from both ends, mean difference without sign, share that differ by a point or more."""

    item: str
    pairs: int
    difference: float
    apart: float


@dataclass(frozen=True, eq=False)
class Trusting:
    """Aggregates alone; single ratings do not leave this module. `age` is None where no tie has a start."""

    ratings: int
    raters: int
    rated: int
    median: float
    mean: float
    interval: tuple[float, float]
    pairs: int
    apart: float
    items: tuple[ItemGap, ...]
    age: TrustByAge | None
    difference: float
    difference_interval: tuple[float, float]
    lenient: int
    judged: int
    rated_ties: int
    stands: float


def trusting(study: Study) -> Trusting | None:
    """Gather the numbers behind F3, or None where too few rated two items of three for anything to be shown."""
    from ..errors import MeasureError
    from ..measures.perceiving import perception
    from ..measures.trusting import TRUST_ITEMS, rated_pairs, trust

    rows = rating_rows(study)
    fewest = FEWEST[study.settings.audience]
    if not len(rows):
        return None
    found = trust(rows, raters=fewest, seed=study.settings.seed)
    ratings = rated_pairs(rows, TRUST_ITEMS)
    ratings = ratings[ratings["score"].notna()].reset_index(drop=True)
    if found.raters < fewest:
        return None
    score = ratings["score"].to_numpy()
    sides = perception(rows)
    try:
        age = _age(study, rows)
    except MeasureError:
        age = None
    old, known = _older(study, rows, ratings, age)
    difference, interval = _difference(ratings["rater"], score, old, known, study.settings.seed)
    beyond = found.given["beyond"].dropna()
    gaps = [_gap(sides.items, item) for item in (*TRUST_ITEMS, "score")]
    whole = gaps.pop()
    shown = [g for g in gaps if g.pairs >= fewest and g.apart == g.apart]
    tie = _ties(study, ratings)
    return Trusting(
        ratings=len(ratings),
        raters=found.raters,
        rated=int(ratings["target"].nunique()),
        median=float(np.median(score)),
        mean=found.mean,
        interval=found.interval,
        pairs=whole.pairs,
        apart=whole.apart if whole.pairs >= fewest else float("nan"),
        items=tuple(sorted(shown, key=lambda g: (-g.apart, g.item))),
        age=age,
        difference=difference,
        difference_interval=interval,
        lenient=int((beyond.abs() >= CLOSE).sum()),
        judged=len(beyond),
        rated_ties=int(np.unique(tie[tie >= 0]).size),
        stands=_stands(study, score, old, known, tie, difference, age is not None and age.p < LEVEL),
    )


def _gap(items: pd.DataFrame, item: str) -> ItemGap:
    row = items.loc[item].to_dict()
    return ItemGap(item.removeprefix("trust_"), int(row["pairs"]), float(row["difference"]), float(row["apart"]))


def rating_rows(study: Study, items: Sequence[str] | None = None, *, every_wave: bool = False) -> pd.DataFrame:
    """Return the rows of the wave (or of all) that hold ratings, of trust by default; confidential ones for research."""
    from ..measures.trusting import TRUST_ITEMS

    frame = study.network.partnerships
    moment = study.network.check_wave(study.settings.wave)
    keep = ~frame["status"].isin(["planned", "ended"])
    if moment is not None and not every_wave:
        keep &= frame["wave"].isin([moment, ""])
    if not study.confidential:
        keep &= ~frame["confidential"].fillna(False).astype(bool)
    rows: pd.DataFrame = frame[keep & frame[list(items or TRUST_ITEMS)].notna().any(axis=1)]
    return rows if every_wave else rows.assign(wave="")


def _age(study: Study, rows: pd.DataFrame) -> TrustByAge | None:
    from ..chance.trust_age import trust_by_age

    if not (rows["start"].astype(str) != "").any():
        return None
    moment = study.network.check_wave(study.settings.wave)
    found = trust_by_age(rows.assign(wave=moment or ""), draws=DRAWS, seed=study.settings.seed)
    return None if found.why else found


def _older(study: Study, rows: pd.DataFrame, ratings: pd.DataFrame, age: TrustByAge | None) -> tuple[BoolArray, BoolArray]:
    """Which ratings are of ties at least as old as the middle one, and of which the age is known."""
    from ..chance.trust_age import tie_ages

    if age is None:
        none = np.zeros(len(ratings), dtype=bool)
        return none, none
    years = tie_ages(rows, ratings, float(str(study.network.check_wave(study.settings.wave))[:4]))
    known = ~np.isnan(years)
    return known & (np.nan_to_num(years) >= age.years), known


def _difference(
    rater: pd.Series[str], score: FloatArray, old: BoolArray, known: BoolArray, seed: int
) -> tuple[float, tuple[float, float]]:
    """Older ties less younger ones, with its interval when raters are drawn anew."""
    nan = float("nan")
    young = known & ~old
    if not old.any() or not young.any():
        return nan, (nan, nan)
    _, who = np.unique(rater.to_numpy(dtype=str), return_inverse=True)
    n = int(who.max()) + 1
    parts = [np.bincount(who[m], weights=w[m], minlength=n) for m in (old, young) for w in (score, np.ones(score.size))]
    rng = np.random.default_rng([seed, 3])
    drawn = rng.integers(0, n, (BOOTSTRAPS, n))
    a, b, c, d = (part[drawn].sum(axis=1) for part in parts)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = a / b - c / d
    spread = spread[np.isfinite(spread)]
    low, high = np.quantile(spread, [0.025, 0.975]) if spread.size else (nan, nan)
    return float(score[old].mean() - score[young].mean()), (float(low), float(high))


def _ties(study: Study, ratings: pd.DataFrame) -> NDArray[np.int64]:
    """Which tie of the view each rating is of, -1 for none."""
    place = {node: i for i, node in enumerate(study.ids)}
    keys = {(int(a), int(b)): i for i, (a, b) in enumerate(zip(study.view.source, study.view.target, strict=True))}
    out = np.full(len(ratings), -1, dtype=np.int64)
    for i, (a, b) in enumerate(zip(ratings["rater"], ratings["target"], strict=True)):
        if a in place and b in place:
            first, second = sorted((place[a], place[b]))
            out[i] = keys.get((first, second), -1)
    return out


def _stands(
    study: Study,
    score: FloatArray,
    old: BoolArray,
    known: BoolArray,
    tie: NDArray[np.int64],
    difference: float,
    beyond: bool,
) -> float:
    """Share of perturbed networks in which the median stays within half a point, and older ties to their side.

    Where their difference is no clear one, it must stay below half a point instead.
    """
    holds, median = 0, float(np.median(score))
    drawn = study.kept_ties
    for kept in drawn:
        here = (tie < 0) | kept[np.maximum(tie, 0)]
        if not here.any():
            continue
        same = abs(float(np.median(score[here])) - median) <= CLOSE
        if known.any():
            one, other = score[here & old], score[here & known & ~old]
            if not one.size or not other.size:
                continue
            now = float(one.mean() - other.mean())
            same &= np.sign(now) == np.sign(difference) if beyond else abs(now) <= CLOSE
        holds += bool(same)
    return holds / len(drawn) if drawn else 0.0
