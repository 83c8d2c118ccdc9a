"""Null data for the tests of introductions and events: what is drawn does nothing, and those drawn differ all the same."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd

from netmap.chance.introducing import IntroductionEffect, event_effect, introduction_effect
from netmap.measures.rounds import Design, Leg

__all__ = ["TESTS", "trial"]

PEOPLE = tuple(range(20))
GROUP = {i: "ab"[i % 2] for i in PEOPLE}
ROUNDS = 3


def trial(
    seed: int, log_odds: float = 0.0, *, across: int = 1, comply: bool = True, weights: str = "overlap", draws: int = 499
) -> IntroductionEffect:
    """Make up a trial of 20 people in 3 rounds and test it.

    Pairs across two groups are likelier to be drawn and less likely to tie up anyway (log-odds -2.5 against -1); people
    differ in how sociable they are. With `comply` everybody drawn meets; without, only pairs that get on are likely to, which
    tie up more readily whether they meet or not. `log_odds` is added where a pair meets.
    """
    design = Design((Leg(1, ROUNDS, PEOPLE, seed, across, GROUP),))
    table = design.table()
    drawn = set(zip(table["a"], table["b"], strict=True))
    rng = np.random.default_rng([seed, 76])
    sociable = rng.normal(0, 0.7, len(PEOPLE))
    rows = []
    for a, b in design.pairs:
        warm = 0.0 if comply else rng.normal()
        met = (a, b) in drawn and (comply or rng.random() < 1 / (1 + np.exp(-0.4 - 1.5 * warm)))
        level = (-1.0 if GROUP[a] == GROUP[b] else -2.5) + sociable[a] + sociable[b] + warm + log_odds * met
        rows.append((1, a, b, (a, b) in drawn, met, rng.random() < 1 / (1 + np.exp(-level))))
    frame = pd.DataFrame(rows, columns=["round", "a", "b", "assigned", "met", "tie_after"])
    return introduction_effect(frame, design, weights=weights, draws=draws, seed=seed)


def _trial(weights: str, comply: bool) -> Callable[[int], float]:
    return lambda seed: trial(seed, comply=comply, weights=weights).p


def _event(seed: int) -> float:
    """Those with more ties attend more often and begin more ties anyway."""
    rng = np.random.default_rng([seed, 78])
    n = 60
    level = np.repeat([0.0, 1.0, 2.0], n // 3)
    rows = []
    for a, b in combinations(range(n), 2):
        chance = 0.04 * (1 + level[a]) * (1 + level[b])
        if rng.random() < chance:
            rows.append((a, b, "2022" if rng.random() < 0.5 else "2025"))
    ties = pd.DataFrame(rows, columns=["source", "target", "start"])
    before = np.bincount(ties.loc[ties["start"] == "2022", ["source", "target"]].to_numpy().ravel(), minlength=n)
    third = np.searchsorted(np.quantile(before, [1 / 3, 2 / 3]), before)
    attended = np.flatnonzero(rng.random(n) < np.array([0.2, 0.4, 0.7])[third])
    return float(event_effect(ties, attended.tolist(), "2024", range(n), draws=499, seed=seed).p)


TESTS: dict[str, Callable[[int], float]] = {
    "introductions": _trial("overlap", comply=True),
    "introductions, some not meeting": _trial("overlap", comply=False),
    "introductions with inverse weights": _trial("inverse", comply=True),
    "introductions with inverse weights, some not meeting": _trial("inverse", comply=False),
    "ties after an event": _event,
}
