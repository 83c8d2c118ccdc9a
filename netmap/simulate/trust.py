"""Trust of one organisation in another: it grows with the age of the tie, and raters differ in leniency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Raters", "raters", "scores"]


@dataclass(frozen=True, eq=False)
class Raters:
    """How organisations rate and are rated.

    Attributes
    ----------
    leniency : ndarray of float
        What a rater adds to every score it gives.
    standing : ndarray of float
        What an organisation is given by everybody.
    lenient, harsh : int
        The rater planted to be most generous, and most severe.
    trusted : int
        The organisation planted to be trusted most.
    """

    leniency: NDArray[np.float64]
    standing: NDArray[np.float64]
    lenient: int
    harsh: int
    trusted: int


def raters(rng: np.random.Generator, degree: NDArray[np.int64], spread: float, planted: float) -> Raters:
    """Draw leniency and standing; the planted raters and the most trusted are among those with many ties."""
    n = degree.size
    leniency = spread * rng.standard_normal(n)
    standing = 0.25 * rng.standard_normal(n)
    busy = np.argsort(-degree, kind="stable")[: max(6, n // 10)]
    lenient, harsh, trusted = rng.permutation(busy)[:3].tolist()
    leniency[lenient], leniency[harsh] = planted, -planted
    leniency[trusted] = 0.0
    standing[trusted] = standing.max() + 0.3
    return Raters(leniency, standing, lenient, harsh, trusted)


def scores(
    rng: np.random.Generator,
    rater: NDArray[np.int64],
    target: NDArray[np.int64],
    age: NDArray[np.float64],
    who: Raters,
    growth: float,
) -> NDArray[np.int64]:
    """Return three ratings 1..4 (reliability, mission, openness) of every rated tie, shape (ratings, 3).

    Trust starts at 2.2 and gains `growth` for every unit of ln(1 + age in years).
    """
    level = 2.2 + growth * np.log1p(age) + who.leniency[rater] + who.standing[target]
    level = level + 0.3 * rng.standard_normal(rater.size)
    items = level[:, None] + 0.35 * rng.standard_normal((rater.size, 3))
    return np.clip(np.rint(items), 1, 4).astype(np.int64)
