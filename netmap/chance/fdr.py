"""False discovery rate: p values of many tests adjusted together, so that one question is one family."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MeasureError
from ..kernels.discovery import step_up

__all__ = ["benjamini_hochberg"]


def benjamini_hochberg(p: ArrayLike, *, dependent: bool = False) -> NDArray[np.float64]:
    """Return p values adjusted by Benjamini and Hochberg: reject those below 5% and at most 5% of them are false.

    Parameters
    ----------
    p : array_like of float
        The p values of one family (all the tests that answer one question). NaN is a test not made.
    dependent : bool, default False
        True for Benjamini and Yekutieli's adjustment, which holds under any dependence and is stricter.

    Returns
    -------
    ndarray of float64, the shape of `p`
        Adjusted p values (q), at most 1; NaN where `p` is.

    Raises
    ------
    MeasureError
        If a p value lies outside 0..1.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.02, 0.03, 0.5]).round(3)
    array([0.04, 0.04, 0.04, 0.5 ])

    Notes
    -----
    Cost: one sort.

    References
    ----------
    Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001.
    """
    given = np.asarray(p, dtype=np.float64)
    flat = given.reshape(-1)
    known = np.flatnonzero(~np.isnan(flat))
    values = flat[known]
    if values.size and (values.min() < 0 or values.max() > 1):
        raise MeasureError("A p value must lie between 0 and 1.")
    out = np.full(flat.size, np.nan)
    if values.size:
        tests = values.size
        out[known] = step_up(values, scale=float((1.0 / np.arange(1, tests + 1)).sum()) if dependent else 1.0)
    return out.reshape(given.shape)
