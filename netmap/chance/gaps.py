"""Gaps between networks: on which value the members of two networks differ, against members dealt out at random."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.dealing import dealt_sums, streams
from ..measures._groups import membership_pairs, no_label
from ..measures.similarity import profile_matrix
from .compared import check_draws
from .fdr import benjamini_hochberg

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["value_gaps"]

FloatArray = NDArray[np.float64]

FEWEST = 5
_STEPS = 4.0


def value_gaps(values: pd.DataFrame, memberships: pd.DataFrame, *, draws: int = 4999, seed: int = 0) -> pd.DataFrame:
    """Return on which values the members of every two networks differ, item by item.

    Who belongs to both is left out: they cannot differ from themselves.

    Parameters
    ----------
    values : DataFrame
        ``entity, item, rating`` and optionally ``scale_min, scale_max``.
    memberships : DataFrame
        ``member, group``, one row a membership.
    draws : int, default 4999
        At least 1,999 where a hundred gaps are looked at together.
    seed : int, default 0

    Returns
    -------
    DataFrame, one row for two networks and an item
        ``first, second, item``; ``members, others``: how many of each alone rated it; ``gap``: mean rating of the first
        less that of the second, in steps of a scale of five; ``p``, and ``q``, adjusted for being many. Smallest q
        first, then widest gap. Two networks with fewer than five such members on either side are left out and counted
        in ``.attrs["undefined"]``.

    Raises
    ------
    MeasureError
        If values are tags, a column is missing, or there are fewer than 19 draws.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [(f"o{i}", item, r) for i in range(12) for item, r in (("care", 3 + i % 2), ("thrift", 5 if i < 6 else 2))]
    >>> values = pd.DataFrame(rows, columns=["entity", "item", "rating"])
    >>> members = pd.DataFrame({"member": [f"o{i}" for i in range(12)], "group": ["A"] * 6 + ["B"] * 6})
    >>> found = value_gaps(values, members, draws=999)
    >>> found.loc[0, "item"], float(found.loc[0, "gap"]), bool(found.loc[0, "q"] < 0.05)
    ('thrift', 3.0, True)

    Notes
    -----
    p = (1 + b)/(1 + R), b counting dealings of the same members over the two networks with a gap as wide. Members who
    work with each other may be alike for that reason: a gap says that two networks differ, not why. It is where a
    conversation may begin, no fault of either. Cost O(R n) for each two networks and item.

    References
    ----------
    Fisher 1935; Benjamini & Hochberg 1995.
    """
    import pandas as pd

    check_draws(draws)
    found = profile_matrix(values)
    if found.tags:
        raise MeasureError("Gaps are between ratings; these values are tags.")
    place = {entity: i for i, entity in enumerate(found.entities)}
    members: dict[str, set[int]] = {}
    for member, group in zip(*membership_pairs(memberships), strict=True):
        if not no_label(group) and str(member) in place:
            members.setdefault(str(group), set()).add(place[str(member)])
    rows, few = [], 0
    for number, (first, second) in enumerate(combinations(sorted(members), 2)):
        own, other = sorted(members[first] - members[second]), sorted(members[second] - members[first])
        rng = np.random.default_rng([seed, 44, number])
        here = [
            (first, second, item, *_gap(found.scaled[:, k], own, other, draws, rng))
            for k, item in enumerate(found.items)
            if _enough(found.scaled[:, k], own, other)
        ]
        few += not here
        rows += here
    columns = ["first", "second", "item", "members", "others", "gap", "p"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["q"] = benjamini_hochberg(frame["p"].to_numpy(dtype=float))
    frame["_wide"] = -frame["gap"].abs().round(9) if len(frame) else 0.0
    frame = frame.sort_values(["q", "_wide", "first", "second", "item"], kind="stable").drop(columns="_wide").reset_index(drop=True)
    if few:
        frame.attrs["undefined"] = {f"fewer than {FEWEST} members of one alone who rated it": few}
    return frame


def _enough(column: FloatArray, own: list[int], other: list[int]) -> bool:
    return all(int((~np.isnan(column[side])).sum()) >= FEWEST for side in (own, other))


def _gap(
    column: FloatArray, own: list[int], other: list[int], draws: int, rng: np.random.Generator
) -> tuple[int, int, float, float]:
    one, two = column[own], column[other]
    one, two = one[~np.isnan(one)], two[~np.isnan(two)]
    every = np.concatenate([one, two])
    gap = float(one.mean() - two.mean())
    side = np.repeat([1 / one.size, -1 / two.size], [one.size, two.size])
    null = dealt_sums(every, side, streams(rng, draws)[1:])
    far = int((np.abs(null) >= abs(gap) - 1e-12).sum())
    return int(one.size), int(two.size), _STEPS * gap, (1 + far) / (1 + draws)
