"""The negotiation table: item by item, where partners stand, what nobody would give up and what can be talked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..errors import MeasureError, nearest
from .similarity import profile_matrix

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CLASSES", "negotiation_table"]

CLASSES = ("shared anchor", "anchored conflict", "tradeable", "common ground", "not known")
_STEPS = 4.0
_NEAR, _FAR = 1.0, 2.0


def negotiation_table(values: pd.DataFrame, parties: Sequence[str]) -> pd.DataFrame:
    """Return an agenda for a conversation about values between two or more organisations (proposed).

    It is no score: far apart on something nobody holds on to is room for a bargain.

    Parameters
    ----------
    values : DataFrame
        ``entity, item, rating`` and optionally ``scale_min, scale_max`` (1 and 5 where missing) and ``anchor``, whether
        the item is not negotiable for that organisation.
    parties : sequence of str
        Two or more entities.

    Returns
    -------
    DataFrame, one row an item
        A column for each party with its rating (on a scale of 1 to 5; NaN: not rated); ``gap``: greatest difference
        between any two, in steps of a scale of five; ``anchored_by``: who would not give it up; ``not_rated``: who did
        not say; ``class``: ``shared anchor`` (all hold on to it, gap up to 1), ``anchored conflict`` (somebody does,
        gap of 2 or more), ``tradeable`` (nobody does, gap of 2 or more), ``common ground`` (all else), ``not known``
        (fewer than two rated it). In that order, widest gap first.

    Raises
    ------
    MeasureError
        If fewer than two parties are named, one has no values, or values are tags.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", "care", 5, True), ("b", "care", 2, False), ("a", "thrift", 3, False), ("b", "thrift", 4, False)]
    >>> values = pd.DataFrame(rows, columns=["entity", "item", "rating", "anchor"])
    >>> negotiation_table(values, ["a", "b"])[["item", "gap", "class"]].values.tolist()
    [['care', 3.0, 'anchored conflict'], ['thrift', 1.0, 'common ground']]

    Notes
    -----
    gap = greatest difference between two parties, in steps of five; classes by anchors and gap, as above. netmap's own
    construct, without published validation. Other scales are stretched to five steps. Cost O(q k).

    References
    ----------
    None published; related: Fisher & Ury 1981 (positions and interests).
    """
    import pandas as pd

    chosen = [str(p) for p in dict.fromkeys(parties)]
    if len(chosen) < 2:
        raise MeasureError("A negotiation needs two parties at least.")
    found = profile_matrix(values)
    if found.tags:
        raise MeasureError("A negotiation table needs ratings; these values are tags.")
    place = {entity: i for i, entity in enumerate(found.entities)}
    for party in chosen:
        if party not in place:
            close = nearest(party, found.entities)
            hint = f" Did you mean {' or '.join(close)}?" if close else ""
            raise MeasureError(f"{party} has no values.{hint}")
    at = [place[p] for p in chosen]
    rating, anchor = 1 + _STEPS * found.scaled[at], found.anchors[at]
    known = ~np.isnan(rating)
    rows = []
    for k, item in enumerate(found.items):
        here = rating[known[:, k], k]
        if not here.size and not anchor[:, k].any():
            continue
        gap = float(np.ptp(here)) if here.size >= 2 else float("nan")
        rows.append({
            "item": item,
            **dict(zip(chosen, rating[:, k].tolist(), strict=True)),
            "gap": gap,
            "anchored_by": "; ".join(p for p, held in zip(chosen, anchor[:, k], strict=True) if held),
            "not_rated": "; ".join(p for p, said in zip(chosen, known[:, k], strict=True) if not said),
            "class": _class(gap, anchor[:, k]),
        })  # fmt: skip
    rows.sort(key=lambda r: (CLASSES.index(r["class"]), -r["gap"] if r["gap"] == r["gap"] else 0.0, r["item"]))
    columns = ["item", *chosen, "gap", "anchored_by", "not_rated", "class"]
    return pd.DataFrame(rows, columns=columns)


def _class(gap: float, anchored: np.ndarray) -> str:
    if np.isnan(gap):
        return "not known"
    if anchored.all() and gap <= _NEAR + 1e-9:
        return "shared anchor"
    if gap >= _FAR - 1e-9:
        return "anchored conflict" if anchored.any() else "tradeable"
    return "common ground"
