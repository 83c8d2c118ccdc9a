"""Numbers behind F2: optional ties, the hard-wired backbone and what it alone connects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..facts import HARD_WIRED

if TYPE_CHECKING:
    from ..study import Study

__all__ = ["Backing", "backing"]

DRAWS = 999
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Backing:
    """Masks are over the rows of the pair-and-kind table; shares are of the pairs connected in the whole network.

    `if_yes` is the number of optional ties without support, and of optional ties, were every unknown answer a yes.
    """

    optional: BoolArray
    optional_unknown: BoolArray
    hard: BoolArray
    unsupported: BoolArray
    without: int
    hard_pairs: int
    kept: float
    expected: float | None
    interval: tuple[float, float] | None
    p: float | None
    draws: int
    stands: float
    if_yes: tuple[int, int]


def backing(study: Study) -> Backing:
    """Gather the numbers behind F2."""
    kinds = study.kinds
    index = kinds["hardwired"].to_numpy(dtype=float)
    chosen = (kinds["mandate"] == "voluntary").to_numpy()
    a, b = study.place(kinds["a"]), study.place(kinds["b"])
    optional = chosen & (index < HARD_WIRED)
    unknown = chosen & np.isnan(index)
    hard = index >= HARD_WIRED
    held = _ends(study.view.n, a[hard], b[hard])
    unsupported = (optional | unknown) & ~(held[a] | held[b])
    hard_ties = (study.ties["hardwired"] >= HARD_WIRED).to_numpy()
    kept, expected, interval, p = _backbone(study, hard_ties)
    return Backing(
        optional=optional,
        optional_unknown=unknown,
        hard=hard,
        unsupported=unsupported,
        without=int((~held & study.units).sum()),
        hard_pairs=int(hard_ties.sum()),
        kept=kept,
        expected=expected,
        interval=interval,
        p=p,
        draws=DRAWS,
        stands=_stands(study, chosen, a, b),
        if_yes=_if_yes(study, chosen, a, b),
    )


def _if_yes(study: Study, chosen: BoolArray, a: NDArray[np.int64], b: NDArray[np.int64]) -> tuple[int, int]:
    """Return optional ties without support, and optional ties, were every unknown answer a yes."""
    index = study.kinds["hardwired"].to_numpy(dtype=float)
    high = np.where(np.isnan(index), 1.0, np.fmax(study.kinds["hardwired_high"].to_numpy(dtype=float), index))
    optional, hard = chosen & (high < HARD_WIRED), high >= HARD_WIRED
    held = _ends(study.view.n, a[hard], b[hard])
    return int((optional & ~(held[a] | held[b])).sum()), int(optional.sum())


def _ends(n: int, a: NDArray[np.int64], b: NDArray[np.int64]) -> BoolArray:
    held = np.zeros(n, dtype=bool)
    held[a] = True
    held[b] = True
    return held


def _backbone(study: Study, hard: BoolArray) -> tuple[float, float | None, tuple[float, float] | None, float | None]:
    """Share of connected pairs that hold with the hard-wired ties alone, against as many ties picked at random."""
    from ..chance.layers import backbone_test
    from ..measures.cohesion import connectedness

    whole = float(connectedness(study.view)) if study.view.n > 1 else 0.0
    if not whole or not hard.any():
        return 0.0, None, None, None
    found = backbone_test(
        study.view, hard.astype(float), efficiency=False, draws=DRAWS, seed=study.settings.seed
    ).connectedness
    low, high = found.interval
    return found.observed / whole, found.expected / whole, (low / whole, high / whole), found.p


def _stands(study: Study, chosen: BoolArray, a: NDArray[np.int64], b: NDArray[np.int64]) -> float:
    """Share of perturbed networks in which the unsupported share is on the same side of one half, whatever is unknown."""
    low = study.kinds["hardwired_low"].to_numpy(dtype=float)
    high = study.kinds["hardwired_high"].to_numpy(dtype=float)
    index = study.kinds["hardwired"].to_numpy(dtype=float)
    low, high = (
        np.where(np.isnan(index), 0.0, np.fmin(low, index)),
        np.where(np.isnan(index), 1.0, np.fmax(high, index)),
    )
    tie = study.tie_of(a, b)
    n = study.view.n

    def share(value: NDArray[np.float64], there: BoolArray) -> float:
        rows = there & chosen & (value < HARD_WIRED)
        if not rows.any():
            return 0.0
        hard = there & (value >= HARD_WIRED)
        held = _ends(n, a[hard], b[hard])
        return float((~(held[a[rows]] | held[b[rows]])).mean())

    everything = np.ones(tie.size, dtype=bool)
    side = share(np.where(np.isnan(index), 0.0, index), everything) > 0.5
    if not (chosen & (low < HARD_WIRED)).any():
        return 0.0
    stands = [
        (share(low, kept[tie]) > 0.5) == side and (share(high, kept[tie]) > 0.5) == side for kept in study.kept_ties
    ]
    return float(np.mean(stands)) if stands else 0.0
