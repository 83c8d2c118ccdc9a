"""What a number is beside its null: expected value, interval, z and p, for every test of one number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.shuffles import two_sided, upper
from ..measures._results import Shown

__all__ = ["Compared", "check_draws", "compare", "unit_ranks"]

NAN = float("nan")

# With fewer draws than this no p could be 0.05.
FEWEST = 19


@dataclass(frozen=True, repr=False)
class Compared(Shown):
    """A number and what chance gives.

    Attributes
    ----------
    observed, expected : float
        The number, and its mean under the null.
    interval : tuple of float
        Between which 95% of the draws lie.
    z : float
        Distance from the mean in standard deviations; NaN where the null does not vary.
    p : float
        (1 + b)/(1 + R); which tail counts is said where the test is. NaN where nothing was tested.
    draws : int
        R, of which the number was defined in so many.
    """

    observed: float
    expected: float
    interval: tuple[float, float]
    z: float
    p: float
    draws: int


def compare(observed: float, null: NDArray[np.float64], tail: str = "two") -> Compared:
    """Return a number beside the draws of its null; draws in which it is not defined are left out.

    `tail` is ``"two"`` (as far from the mean as the observed) or ``"upper"`` (as large).
    """
    known = null[~np.isnan(null)]
    if np.isnan(observed) or known.size == 0:
        return Compared(float(observed), NAN, (NAN, NAN), NAN, NAN, int(known.size))
    mean = float(known.mean())
    spread = float(known.std(ddof=1)) if known.size > 1 else 0.0
    low, high = np.quantile(known, [0.025, 0.975])
    p = upper(observed, known) if tail == "upper" else two_sided(observed, known)
    z = (observed - mean) / spread if spread > 1e-12 * max(1.0, abs(mean)) else NAN
    return Compared(float(observed), mean, (float(low), float(high)), float(z), float(p), int(known.size))


def check_draws(draws: int) -> None:
    """Raise `MeasureError` where there are too few draws for any p to be 0.05."""
    if draws < FEWEST:
        raise MeasureError(f"draws must be at least {FEWEST}, not {draws!r}: with fewer no p can be 0.05.")


def unit_ranks(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return mid-ranks, centred and of length 1, so that a product of two is Spearman's correlation."""
    from scipy.stats import rankdata

    ranks = rankdata(values)
    ranks = ranks - ranks.mean()
    return np.asarray(ranks / np.sqrt(ranks @ ranks))
