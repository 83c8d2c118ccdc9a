"""Two profiles side by side: how far they differ in level, in spread and in shape, and from a reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ..errors import MeasureError
from ._input import choose
from .similarity import profile_matrix

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["level_and_shape", "reference_gap"]

_FEWEST = 3


def level_and_shape(values: pd.DataFrame) -> pd.DataFrame:
    """Return for every two entities how alike their values are in level and in shape, and what their distance is made of.

    Two organisations may want the same things in the same order and differ only in how high they rate everything: then
    the shape is the same and the level is not. Always look at both.

    Parameters
    ----------
    values : DataFrame
        ``entity, item, rating`` and optionally ``scale_min, scale_max``; ratings are taken as shares of their scale.

    Returns
    -------
    DataFrame, one row a pair, sorted
        ``a, b``; ``items``: shared items; ``level``: Gower's similarity, 0..1; ``shape``: Pearson's r, -1..1, NaN for
        a flat profile; ``distance``: sum of squared differences, which is ``elevation`` (of their means) + ``scatter``
        (of their spreads) + ``pattern`` (of their shapes). NaN where fewer than max(3, half) of the items are shared.

    Raises
    ------
    MeasureError
        If values are tags, which have no level.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [(e, i, r) for e, rs in {"a": (5, 4, 5), "b": (2, 1, 2)}.items() for i, r in zip("xyz", rs)]
    >>> found = level_and_shape(pd.DataFrame(rows, columns=["entity", "item", "rating"])).iloc[0]
    >>> float(found["level"]), round(float(found["shape"]), 6), float(found["distance"]), float(found["elevation"])
    (0.25, 1.0, 1.6875, 1.6875)

    Notes
    -----
    D^2 = q (mean x - mean y)^2 + (S_x - S_y)^2 + 2 S_x S_y (1 - r) over the q shared items, S^2 being the sum of squares
    about the mean. Weights of items count in the level alone. Cost O(q n^2).

    References
    ----------
    Cronbach & Gleser 1953; Gower 1971.
    """
    import pandas as pd

    found = profile_matrix(values)
    if found.tags:
        raise MeasureError("Tags have no level or shape: compare them by profile_similarity with jaccard or overlap.")
    n, q = found.scaled.shape
    a, b = np.triu_indices(n, 1)
    level = found.similarity("gower")[a, b] if n else np.zeros(0)
    x, y = found.scaled[a], found.scaled[b]
    both = ~(np.isnan(x) | np.isnan(y))
    items = both.sum(axis=1)
    enough = items >= max(_FEWEST, q / 2)
    x, y = np.where(both, x, 0.0), np.where(both, y, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_x, mean_y = x.sum(axis=1) / items, y.sum(axis=1) / items
        from_x, from_y = np.where(both, x - mean_x[:, None], 0.0), np.where(both, y - mean_y[:, None], 0.0)
        spread_x, spread_y = np.sqrt((from_x**2).sum(axis=1)), np.sqrt((from_y**2).sum(axis=1))
        cross = (from_x * from_y).sum(axis=1)
        flat = (spread_x < 1e-9) | (spread_y < 1e-9)
        shape = np.where(flat, np.nan, np.clip(cross / (spread_x * spread_y), -1, 1))
    parts = {
        "level": level,
        "shape": shape,
        "distance": ((x - y) ** 2).sum(axis=1),
        "elevation": items * (mean_x - mean_y) ** 2,
        "scatter": (spread_x - spread_y) ** 2,
        "pattern": 2 * (spread_x * spread_y - cross),
    }
    entities = np.array(found.entities, dtype=object)
    frame = pd.DataFrame({"a": entities[a], "b": entities[b], "items": items})
    for name, part in parts.items():
        frame[name] = np.where(enough, part, np.nan)
    undefined = {"fewer than max(3, half) of the items shared": int((~enough).sum()), "flat profile": int((enough & flat).sum())}
    if any(undefined.values()):
        frame.attrs["undefined"] = {why: count for why, count in undefined.items() if count}
    return frame


def reference_gap(values: pd.DataFrame, reference: Mapping[str, float] | str) -> pd.DataFrame:
    """Return how near each entity's values are to a reference profile, such as a framework everybody signed up to.

    Parameters
    ----------
    values : DataFrame
        ``entity, item, rating`` and optionally ``scale_min, scale_max, weight``.
    reference : mapping of str to float, or {"cooperative_ica", "wfg_ways", "councillor"}
        The rating of each item to compare with, on the scale of that item; or a named framework, which holds all its
        values as high as the scale goes.

    Returns
    -------
    DataFrame indexed by entity
        ``alignment``: Gower's similarity with the reference, 0..1; ``gap``: 1 less that; ``shape``: Pearson's r with
        it; ``items``: how many items of the reference were rated; ``furthest``: the item furthest away, with
        ``above`` (its rating less the reference, on its own scale). NaN where fewer than max(3, half) of the items of
        the reference were rated. ``.attrs["coverage"]`` is the share of entities compared.

    Raises
    ------
    MeasureError
        If values are tags, no item of the reference was rated, a reference lies outside its scale, or there is no
        framework of that name.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", i, r) for i, r in zip(("openness", "care", "learning"), (5, 3, 4))]
    >>> values = pd.DataFrame(rows, columns=["entity", "item", "rating"])
    >>> found = reference_gap(values, {"openness": 5, "care": 5, "learning": 5})
    >>> float(found.loc["a", "alignment"]), found.loc["a", "furthest"], float(found.loc["a", "above"])
    (0.75, 'care', -2.0)
    >>> rows = [("a", i, r) for i, r in zip(("long-term", "Prevention", "integration"), (5, 4, 3))]
    >>> float(reference_gap(pd.DataFrame(rows, columns=["entity", "item", "rating"]), "wfg_ways").loc["a", "alignment"])
    0.75

    Notes
    -----
    alignment = 1 - sum v |x - reference|/R / sum v over the rated items, R the range of the scale; gap = 1 - alignment.
    A gap is where to begin a conversation, no fault: the reference is somebody's choice too. Cost O(n q).

    References
    ----------
    Gower 1971; O'Reilly, Chatman & Caldwell 1991.
    """
    import pandas as pd

    found = profile_matrix(values)
    if found.tags:
        raise MeasureError("A reference is compared with ratings; these values are tags.")
    asked = len(reference)
    if isinstance(reference, str):
        asked, reference = _framework(reference, values, list(found.items))
    chosen = [k for k, item in enumerate(found.items) if item in reference]
    if not chosen:
        raise MeasureError(f"None of the reference's items was rated. Items here: {', '.join(found.items)}.")
    low, high = _scales(values, [found.items[k] for k in chosen])
    goal = np.array([float(reference[found.items[k]]) for k in chosen])
    for item, mark, least, most in zip(chosen, goal, low, high, strict=True):
        if not least <= mark <= most:
            raise MeasureError(f"The reference for {found.items[item]} is {mark:g}, outside its scale {least:g} to {most:g}.")
    share = (goal - low) / (high - low)
    own, weight = found.scaled[:, chosen], found.weights[chosen]
    known = ~np.isnan(own)
    count = known.sum(axis=1)
    enough = count >= max(_FEWEST, asked / 2)
    away = np.where(known, own - share, 0.0)
    total = known.astype(float) @ weight
    with np.errstate(invalid="ignore", divide="ignore"):
        gap = np.where(enough & (total > 0), (np.abs(away) @ weight) / total, np.nan)
    furthest = np.argmax(np.abs(away), axis=1)
    shape = [
        _shape(own[i, known[i]], share[known[i]]) if enough[i] else np.nan for i in range(len(found.entities))
    ]
    names = np.array([found.items[k] for k in chosen], dtype=object)
    frame = pd.DataFrame(
        {
            "alignment": 1 - gap,
            "gap": gap,
            "shape": shape,
            "items": count,
            "furthest": [names[j] if ok else None for j, ok in zip(furthest, enough, strict=True)],
            "above": np.where(enough, away[np.arange(len(away)), furthest] * (high - low)[furthest], np.nan),
        },
        index=pd.Index(found.entities, name="entity"),
    )
    frame.attrs["coverage"] = float(enough.mean())
    if not enough.all():
        frame.attrs["undefined"] = {"fewer than max(3, half) of the items of the reference rated": int((~enough).sum())}
    return frame


def _framework(name: str, values: pd.DataFrame, items: list[str]) -> tuple[int, dict[str, float]]:
    """How many values a framework has, and the top of the scale of each that was rated, under the name it has here."""
    from ..schema import FRAMEWORKS

    choose(name, tuple(FRAMEWORKS), "reference")
    here = [item for item in items if FRAMEWORKS[name].item(item)]
    return len(FRAMEWORKS[name].items), dict(zip(here, _scales(values, here)[1].tolist(), strict=True)) if here else {}


def _shape(x: np.ndarray, y: np.ndarray) -> float:
    if x.size < _FEWEST or np.ptp(x) < 1e-9 or np.ptp(y) < 1e-9:
        return float("nan")
    return float(np.corrcoef(x, y)[0, 1])


def _scales(values: pd.DataFrame, items: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the scale of each item; one item has one scale here."""
    grouped = values.assign(item=values["item"].astype(str))
    out = []
    for end, default in (("scale_min", 1.0), ("scale_max", 5.0)):
        if end not in grouped:
            out.append(np.full(len(items), default))
            continue
        kinds = grouped.groupby("item")[end].nunique()
        several = [item for item in items if kinds[item] > 1]
        if several:
            raise MeasureError(f"{several[0]} was rated on several scales: give the reference for one of them.")
        out.append(grouped.groupby("item")[end].first().reindex(items).fillna(default).to_numpy(dtype=float))
    return out[0], out[1]
