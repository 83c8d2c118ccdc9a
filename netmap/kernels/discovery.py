"""The arithmetic of the false discovery rate, for every floor that tests many pairs at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["step_up"]


def step_up(p: NDArray[np.float64], tests: int | None = None, scale: float = 1.0) -> NDArray[np.float64]:
    """Return p values adjusted by Benjamini and Hochberg over `tests` tests, those not listed having p = 1.

    `scale` multiplies every one of them (the harmonic sum gives Benjamini and Yekutieli's). Cost: one sort.

    Examples
    --------
    >>> step_up(np.array([0.01, 0.04]), tests=4)
    array([0.04, 0.08])
    """
    order = np.argsort(p, kind="stable")
    ranked = p[order] * ((p.size if tests is None else tests) / np.arange(1, p.size + 1) * scale)
    out = np.empty(p.size)
    out[order] = np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])
    return out
