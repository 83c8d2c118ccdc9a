"""Agreement inside an organisation: whether several raters say the same, before anything is averaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..errors import MeasureError
from ._results import Shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["AGREED", "Agreement", "agreement"]

FEWEST, PUBLISHED, AGREED = 3, 5, 0.7
NAN = float("nan")


@dataclass(frozen=True, repr=False)
class Agreement(Shown):
    """How far raters agree: `items` by entity and item, `entities` over all their items, `icc` by item."""

    items: pd.DataFrame
    entities: pd.DataFrame
    icc: pd.Series[float]


def agreement(values: pd.DataFrame) -> Agreement:
    """Return how far the raters of each organisation agree on what it values: r_wg, r_wg(J) and ICC(1).

    An organisation's value is the mean of its raters only where they agree; where they do not, the spread is what there
    is to show.

    Parameters
    ----------
    values : DataFrame
        ``entity, item, rating``, one row a rater, with ``rater`` where known and optionally ``scale_min, scale_max``
        (1 and 5 where missing). Or one row an item with ``n_raters`` and ``sd`` (standard deviation of the raters).

    Returns
    -------
    Agreement
        ``items``: indexed by entity and item, ``raters, mean, sd, r_wg`` (0..1, 1: all the same; 0: as answers given
        at random, or less) and ``truncated``, whether it was below 0 before. ``entities``: ``raters`` (most of any
        item), ``items, r_wg_j, truncated, may_average`` (r_wg(J) of 0.7 or more) and ``may_publish`` (five raters or
        more). ``icc``: ICC(1) of each item, the share of differences that lies between organisations (can be below
        0). NaN with fewer than three raters, and ICC(1) with fewer than two organisations of several raters.

    Raises
    ------
    MeasureError
        If a needed column is missing or a scale has fewer than two steps.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", "care", f"r{k}", r) for k, r in enumerate((4, 4, 5, 4, 5))]
    >>> found = agreement(pd.DataFrame(rows, columns=["entity", "item", "rater", "rating"]))
    >>> round(float(found.items.loc[("a", "care"), "r_wg"]), 3), bool(found.entities.loc["a", "may_average"])
    (0.85, True)

    Notes
    -----
    r_wg = 1 - s^2/((A^2 - 1)/12) for A steps of the scale and s^2 with n - 1; r_wg(J) = J (1 - u)/(J (1 - u) + u),
    u the mean of s^2/((A^2 - 1)/12) over J items, 0 where u passes 1. ICC(1) = (MSB - MSW)/(MSB + (k - 1) MSW), k the
    mean number of raters adjusted for unequal groups. 0.7 is a convention. Cost O(rows).

    References
    ----------
    James, Demaree & Wolf 1984; Bliese 2000.
    """
    import pandas as pd

    for column in ("entity", "item", "rating"):
        if column not in values:
            raise MeasureError(f"agreement needs the column {column}; there are {', '.join(map(str, values.columns))}.")
    work = pd.DataFrame({
        "entity": values["entity"].astype(str),
        "item": values["item"].astype(str),
        "rating": values["rating"].astype("float64"),
        "steps": _column(values, "scale_max", 5.0) - _column(values, "scale_min", 1.0) + 1,
        "n": _column(values, "n_raters", NAN),
        "s": _column(values, "sd", NAN),
    })  # fmt: skip
    work = work[work["rating"].notna()]
    if (work["steps"] < 2).any():
        raise MeasureError("A scale needs two steps at least: scale_max must be above scale_min.")
    grouped = work.groupby(["entity", "item"], sort=True)
    items = grouped.agg(
        raters=("rating", "size"), mean=("rating", "mean"), variance=("rating", "var"), steps=("steps", "first"),
        n=("n", "first"), s=("s", "first"),
    )  # fmt: skip
    told = (items["raters"] == 1) & items["n"].notna() & items["s"].notna()
    items["raters"] = np.where(told, items["n"], items["raters"]).astype(int)
    items["variance"] = items["variance"].where(~told, items["s"] ** 2)
    enough = items["raters"] >= FEWEST
    ratio = (items["variance"] / ((items["steps"] ** 2 - 1) / 12)).where(enough)
    items["sd"] = np.sqrt(items["variance"])
    items["r_wg"] = (1 - ratio).clip(0, 1)
    items["truncated"] = (ratio > 1 + 1e-12).fillna(False)
    out = items[["raters", "mean", "sd", "r_wg", "truncated"]]
    over = pd.DataFrame({"raters": items["raters"], "ratio": ratio}).groupby(level="entity", sort=True)
    j, u = over["ratio"].count(), over["ratio"].mean()
    with np.errstate(invalid="ignore", divide="ignore"):
        joint = np.where(u >= 1, 0.0, j * (1 - u) / (j * (1 - u) + u))
    entities = pd.DataFrame({"raters": over["raters"].max(), "items": j})
    entities["r_wg_j"] = pd.Series(joint, index=u.index).where(u.notna())
    entities["truncated"] = (u > 1 + 1e-12).fillna(False)
    entities["may_average"] = entities["r_wg_j"] >= AGREED - 1e-12
    entities["may_publish"] = over["raters"].min() >= PUBLISHED
    few = int((~enough).sum())
    if few:
        out.attrs["undefined"] = {f"fewer than {FEWEST} raters": few}
        entities.attrs["undefined"] = {f"fewer than {FEWEST} raters": int(entities["r_wg_j"].isna().sum())}
    return Agreement(out, entities, _icc(work))


def _column(values: pd.DataFrame, name: str, default: float) -> pd.Series[float]:
    import pandas as pd

    if name not in values:
        return pd.Series(default, index=values.index)
    return values[name].astype("float64").fillna(default)


def _icc(work: pd.DataFrame) -> pd.Series[float]:
    import pandas as pd

    out: dict[str, float] = {}
    for item, rows in work.groupby("item", sort=True):
        sizes = rows.groupby("entity")["rating"].transform("size")
        out[str(item)] = _icc_one(rows[sizes >= 2])
    return pd.Series(out, name="icc", dtype=float)


def _icc_one(rows: pd.DataFrame) -> float:
    by = rows.groupby("entity")["rating"]
    size, mean = by.size().to_numpy(dtype=float), by.mean().to_numpy()
    groups, total = size.size, size.sum()
    if groups < 2:
        return NAN
    grand = float(rows["rating"].mean())
    between = float((size * (mean - grand) ** 2).sum()) / (groups - 1)
    within = float(((rows["rating"] - by.transform("mean")) ** 2).sum()) / (total - groups)
    k = (total - (size**2).sum() / total) / (groups - 1)
    below = between + (k - 1) * within
    return float((between - within) / below) if below > 1e-12 else NAN
