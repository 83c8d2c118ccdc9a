"""How the ties changed: earlier waves made from the latest one with a chosen turnover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from .structure import IntArray, Plan, Ties, more_pairs

__all__ = ["History", "earlier_waves", "start_years"]


@dataclass(frozen=True, eq=False)
class History:
    """Pairs of every wave.

    Attributes
    ----------
    keys : ndarray of int
        Every pair that was tied in any wave; the first are those of the latest.
    present : ndarray of bool, shape (pairs, waves)
    latest : int
        How many of them are tied in the latest wave.
    """

    keys: IntArray
    present: NDArray[np.bool_]
    latest: int


def earlier_waves(
    rng: np.random.Generator,
    plan: Plan,
    ties: Ties,
    waves: int,
    turnover: float,
    activity: NDArray[np.float64],
    groups: tuple[IntArray, IntArray],
    within: float,
    wanted: NDArray[np.float64],
    kind: IntArray,
) -> History:
    """Go back from the latest wave: in each step a share `turnover` of the ties had not begun, and as many ended."""
    m = ties.keys.size
    change = round(turnover * m)
    if waves > 1 and change > m - ties.kept:
        raise UsageError(
            f"A turnover of {turnover:g} would change {change} of {m} ties, but {ties.kept} of them hold the planted"
            f" structure together. At most {(m - ties.kept) / m:.2f} is possible; more partnerships allow more."
        )
    keys = ties.keys
    present = np.ones((m, 1), dtype=bool)
    core = np.arange(m) < ties.kept
    for _ in range(waves - 1):
        now = present[:, 0]
        new = rng.permutation(np.flatnonzero(now & ~core))[:change]
        ended = more_pairs(rng, plan, keys, change, activity, groups, within, wanted, kind)
        before = now.copy()
        before[new] = False
        present = np.column_stack([before, present])
        gone = np.zeros((change, present.shape[1]), dtype=bool)
        gone[:, 0] = True
        present = np.vstack([present, gone])
        keys = np.concatenate([keys, ended])
        core = np.concatenate([core, np.zeros(change, dtype=bool)])
    return History(keys, present, m)


def start_years(rng: np.random.Generator, history: History, years: tuple[int, ...]) -> NDArray[np.int64]:
    """Return the year each tie began: after the last wave without it, at most thirty years before the first with it."""
    first = history.present.argmax(axis=1)
    year = np.array(years)[first]
    age = np.minimum(rng.exponential(7.0, size=first.size).astype(np.int64), 30)
    begun = year - age
    earliest = np.where(first > 0, np.array((0, *years))[first] + 1, 0)
    started: NDArray[np.int64] = np.maximum(begun, np.minimum(earliest, year))
    return started
