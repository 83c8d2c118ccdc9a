"""Numbers behind F12: how much of the recorded activity a few carry, and who has none recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from ..study import Study

__all__ = ["Carrying", "carrying"]

FEWEST = 10
CONFIDENCE = 0.9
CLOSE = 0.1
COLUMNS = ("hours", "active")


@dataclass(frozen=True, eq=False)
class Carrying:
    """`half` is the share of members that account for half of it; `unknown` memberships say nothing of activity.

    `without_support` counts members without a tie of kind support, None where no such ties are recorded.
    """

    column: str
    members: int
    half: float
    carriers: int
    effective: float
    none: int
    memberships: int
    unknown: int
    without_support: int | None
    supported_of: int
    interval: tuple[float, float]
    stands: float


def carrying(study: Study) -> Carrying | None:
    """Gather the numbers behind F12, or None where the activity of fewer than ten members is recorded."""
    from ..measures.distribution import effective_number

    frame = study.network.current_memberships(study.settings.wave)
    for column in COLUMNS:
        value = _numbers(frame, column)
        known = ~np.isnan(value)
        names, who = np.unique(frame["member"].astype(str).to_numpy(dtype=str)[known], return_inverse=True)
        if names.size >= FEWEST and np.nansum(value) > 0:
            break
    else:
        return None
    work = value[known]
    each = np.bincount(who, weights=work, minlength=names.size).astype(np.float64)
    half, carriers = _half(each)
    draws = _drawn(study, work, who, names.size)
    low, high = np.quantile(draws, [0.05, 0.95]) if draws.size else (half, half)
    without, of = _support(study)
    return Carrying(
        column=column,
        members=int(names.size),
        half=half,
        carriers=carriers,
        effective=effective_number(each),
        none=int((each == 0).sum()),
        memberships=len(frame),
        unknown=int((~known).sum()),
        without_support=without,
        supported_of=of,
        interval=(float(low), float(high)),
        stands=float((np.abs(draws - half) <= CLOSE).mean()) if draws.size else 0.0,
    )


def _numbers(frame: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column as numbers; yes is not a number of anything, no is none."""
    import pandas as pd

    if column not in frame:
        return np.full(len(frame), np.nan)
    text = frame[column].astype(object).map(lambda cell: 0 if str(cell).casefold() in ("no", "false") else cell)
    return pd.to_numeric(text, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)


def _half(each: NDArray[np.float64]) -> tuple[float, int]:
    """Share and number of members that account for half of the whole, the largest first."""
    total = np.cumsum(np.sort(each)[::-1])
    if not each.size or total[-1] <= 0:
        return float("nan"), 0
    carriers = int(np.searchsorted(total, total[-1] / 2 - 1e-9 * total[-1]) + 1)
    return carriers / each.size, carriers


def _drawn(study: Study, work: NDArray[np.float64], who: NDArray[np.intp], members: int) -> NDArray[np.float64]:
    """The share with a tenth of the records mistaken (another's activity in their place) and as many more unrecorded."""
    rng = np.random.default_rng([study.settings.seed, 12])
    out = np.empty(study.how_many)
    for r in range(out.size):
        wrong = rng.random(work.size) >= CONFIDENCE
        now = np.where(wrong, rng.choice(work, work.size), work)
        more = rng.poisson((1 - CONFIDENCE) * work.size)
        now, whose = np.append(now, rng.choice(work, more)), np.append(who, rng.integers(0, members, more))
        out[r] = _half(np.bincount(whose, weights=now, minlength=members).astype(np.float64))[0]
    return out[~np.isnan(out)]


def _support(study: Study) -> tuple[int | None, int]:
    """How many nodes have no tie of kind support, and of how many."""
    network = study.network
    kinds = [k for k in network.kinds if k.casefold() == "support"] if network.shape == "ties" else []
    if not kinds:
        return None, 0
    view = network.view(kinds, study.settings.wave, confidential=study.confidential)
    return int((np.diff(view.csr.indptr) == 0).sum()), view.n
