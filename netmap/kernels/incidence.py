"""Cumulative incidence where one of several ends comes first: the Aalen-Johansen estimate with its variance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Incidence", "aalen_johansen"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Incidence:
    """At each time something happened: how many were at risk, the incidence up to it and its variance (delta method)."""

    time: FloatArray
    at_risk: IntArray
    incidence: FloatArray
    variance: FloatArray


def aalen_johansen(time: FloatArray, event: IntArray, entry: FloatArray, of: int = 1) -> Incidence:
    """Return the cumulative incidence of event `of`; 0 is still going on, any other number another end.

    Who enters late (`entry` above 0) is at risk from then on, not before.

    Notes
    -----
    I(t) = sum over times of S(t-) d_of / n, S the Kaplan-Meier of any end; variance by the delta method (Marubini &
    Valsecchi). Cost O(n log n).
    """
    when = np.unique(time[event != 0])
    begun = np.searchsorted(np.sort(entry), when, side="left")
    gone = np.searchsorted(np.sort(time), when, side="left")
    risk = begun - gone
    any_end = np.searchsorted(np.sort(time[event != 0]), when, side="right") - np.searchsorted(np.sort(time[event != 0]), when)
    mine_sorted = np.sort(time[event == of])
    mine = np.searchsorted(mine_sorted, when, side="right") - np.searchsorted(mine_sorted, when)
    there = risk > 0
    when, risk, any_end, mine = when[there], risk[there], any_end[there], mine[there]
    survival = np.cumprod(1 - any_end / risk)
    before = np.append(1.0, survival[:-1])
    step = before * mine / risk
    found = np.cumsum(step)
    with np.errstate(invalid="ignore", divide="ignore"):
        green = np.where(risk > any_end, any_end / (risk * (risk - any_end)), 0.0)
    own = before**2 * mine * (risk - mine) / risk**3
    cross = before * mine / risk**2
    a0, a1, a2 = np.cumsum(green), np.cumsum(found * green), np.cumsum(found**2 * green)
    c0, c1 = np.cumsum(cross), np.cumsum(found * cross)
    variance = found**2 * a0 - 2 * found * a1 + a2 + np.cumsum(own) - 2 * (found * c0 - c1)
    return Incidence(when, risk.astype(np.int64), found, np.maximum(variance, 0.0))
