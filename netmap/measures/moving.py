"""What would have to move: the smallest change of what one values that makes it as alike to others as asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..errors import MeasureError
from ._results import Shown
from .similarity import Profiles, profile_matrix

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Move", "likeness_to", "smallest_move"]

_FEWEST = 3


@dataclass(frozen=True, repr=False)
class Move(Shown):
    """A change of values.

    Attributes
    ----------
    alignment : float
        Likeness to the others now, 0..1; NaN where fewer than three items, or half of them, can be compared.
    reached : float
        Likeness once moved.
    total : float
        How much moves over all items, as a share of the scale: the least possible.
    items : DataFrame on the items that move, the most important first
        ``now`` and ``then`` as shares of the scale (0..1), ``by`` their difference, and ``others``, where the others stand.
    """

    alignment: float
    reached: float
    total: float
    items: pd.DataFrame


def likeness_to(profiles: Profiles, towards: Collection[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return how alike every entity is to the middle of some of them (Gower), and where that middle is, item by item.

    Parameters
    ----------
    profiles : Profiles
        Of ratings, not of tags.
    towards : collection of entity

    Returns
    -------
    ndarray of float (entities), ndarray of float (items)
        NaN where fewer than three items, or half of them, can be compared; NaN where none of them rated an item. An entity
        is compared with the others only.
    """
    middle = _middle(profiles, towards)
    out = np.full(len(profiles.entities), np.nan)
    for i, entity in enumerate(profiles.entities):
        target = _middle(profiles, set(towards) - {entity}) if entity in towards else middle
        apart, weight = _apart(profiles, i, target)
        if weight.size:
            out[i] = 1.0 - float((weight * apart).sum() / weight.sum())
    return out, middle


def smallest_move(
    values: pd.DataFrame | Profiles, entity: str, tau: float, *, towards: Collection[str] | None = None
) -> Move:
    """Return the smallest change of values that makes one organisation as alike to others as asked.

    Parameters
    ----------
    values : DataFrame or Profiles
        ``entity, item, rating`` as in `profile_similarity`; ratings, not tags.
    entity : str
        Who would move.
    tau : float
        How alike it is to be, 0..1 (Gower).
    towards : collection of entity, optional
        Those it would serve: it moves towards the median of what they rate. By default all others.

    Returns
    -------
    Move

    Raises
    ------
    MeasureError
        If the entity rated nothing, values are tags, or `tau` is not between 0 and 1.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [(e, i, r) for e, rs in {"a": (5, 1, 3), "b": (5, 5, 3), "c": (5, 5, 3)}.items() for i, r in zip("xyz", rs)]
    >>> found = smallest_move(pd.DataFrame(rows, columns=["entity", "item", "rating"]), "a", 0.9)
    >>> round(found.alignment, 3), found.items["by"].round(3).to_dict()
    (0.667, {'y': 0.7})

    Notes
    -----
    Likeness is 1 - sum w |x - t| / sum w, linear in every move towards t; so the least sum of moves that reaches `tau` is
    found exactly by moving the items of most weight first, of equal weight those furthest apart, which also moves
    fewest. A change of values is a negotiation, not a calculation: it says where to begin. Cost O(items log items).

    References
    ----------
    Gower 1971; Dantzig 1957 (the linear knapsack).
    """
    import pandas as pd

    if not 0 <= tau <= 1:
        raise MeasureError(f"tau is between 0 and 1, not {tau!r}.")
    profiles = values if isinstance(values, Profiles) else profile_matrix(values)
    if profiles.tags:
        raise MeasureError("Tags say only what is named; a move needs ratings.")
    if entity not in profiles.entities:
        raise MeasureError(f"There is no rating by {entity!r}.")
    others = set(profiles.entities if towards is None else towards) - {entity}
    at = profiles.entities.index(entity)
    target = _middle(profiles, others)
    gap, weight = _apart(profiles, at, target)
    columns = ["now", "then", "by", "others"]
    if not weight.size:
        return Move(float("nan"), float("nan"), float("nan"), pd.DataFrame(columns=columns, dtype=float))
    known = np.flatnonzero(~np.isnan(profiles.scaled[at]) & ~np.isnan(target))
    now = profiles.scaled[at, known]
    alignment = 1.0 - float((weight * gap).sum() / weight.sum())
    lacking = max(0.0, tau - alignment) * float(weight.sum())
    rows, total, gained = {}, 0.0, 0.0
    for k in sorted(range(known.size), key=lambda k: (-weight[k], -gap[k], profiles.items[known[k]])):
        step = min(float(gap[k]), (lacking - gained) / float(weight[k])) if weight[k] > 0 else 0.0
        if step <= 1e-12:
            continue
        side = float(np.sign(target[known[k]] - now[k]))
        rows[profiles.items[known[k]]] = (now[k], now[k] + side * step, side * step, target[known[k]])
        total, gained = total + step, gained + step * float(weight[k])
    items = pd.DataFrame(list(rows.values()), index=pd.Index(list(rows), name="item", dtype=object), columns=columns, dtype=float)
    return Move(alignment, alignment + gained / float(weight.sum()), total, items)


def _middle(profiles: Profiles, towards: Collection[str]) -> np.ndarray:
    """Median of what some rate, item by item; NaN where none did."""
    rows = profiles.scaled[[i for i, e in enumerate(profiles.entities) if e in towards]]
    out = np.full(len(profiles.items), np.nan)
    there = ~np.isnan(rows).all(axis=0) if len(rows) else np.zeros(len(profiles.items), dtype=bool)
    if there.any():
        out[there] = np.nanmedian(rows[:, there], axis=0)
    return out


def _apart(profiles: Profiles, at: int, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far one is from the target on the items both know, and their weights; nothing where they are too few."""
    own = profiles.scaled[at]
    known = ~np.isnan(own) & ~np.isnan(target)
    if known.sum() < max(_FEWEST, len(profiles.items) / 2) or not profiles.weights[known].sum() > 0:
        return np.zeros(0), np.zeros(0)
    return np.abs(own[known] - target[known]), profiles.weights[known]
