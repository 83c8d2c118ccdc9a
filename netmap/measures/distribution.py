"""How evenly something is spread over nodes: Gini coefficient, evenness, effective number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ._input import choose

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["effective_number", "evenness", "gini"]

Values: TypeAlias = "pd.Series[Any] | NDArray[Any] | list[float]"

NAN = float("nan")


def gini(values: Values, *, corrected: bool = False) -> float:
    """Return how unevenly a quantity is spread: 0 all have the same, near 1 one has everything (Gini coefficient).

    Parameters
    ----------
    values : Series or array_like of float from 0
        One a node, such as nominations received. Unknown ones (NaN) are left out.
    corrected : bool, default False
        Multiply by n/(n - 1), so that one having everything is 1 at any n.

    Returns
    -------
    float in 0..(n-1)/n, or 0..1 corrected
        NaN where all are 0 or there is none (corrected: fewer than two).

    Raises
    ------
    MeasureError
        If a value is negative or infinite.

    Examples
    --------
    >>> gini([0, 0, 0, 4]), gini([0, 0, 0, 4], corrected=True)
    (0.75, 1.0)

    Notes
    -----
    2 sum i x_(i) / (n sum x) - (n + 1)/n. Random nominations are not even: compare with the Gini of the same number of
    nominations dealt out at random. Cost of a sort.

    References
    ----------
    Gini 1912; Dixon et al. 1987.
    """
    x = np.sort(_known(values))
    n = x.size
    if n == 0 or x.sum() == 0 or (corrected and n < 2):
        return NAN
    g = 2.0 * float(np.arange(1, n + 1) @ x) / (n * float(x.sum())) - (n + 1) / n
    g = max(g, 0.0)
    return g * n / (n - 1) if corrected else g


def effective_number(values: Values, kind: str = "shannon") -> float:
    """Return how many equal holders would give the same spread (Hill number).

    Parameters
    ----------
    values : Series or array_like of float from 0
        One a node or a category. Unknown ones (NaN) are left out.
    kind : {"shannon", "simpson"}, default "shannon"
        exp(entropy), or 1 / sum of squared shares (1/HHI), which gives the large ones more weight.

    Returns
    -------
    float in 1..n
        NaN where all are 0 or there is none.

    Raises
    ------
    MeasureError
        If a value is negative or infinite, or `kind` is neither.

    Examples
    --------
    >>> round(effective_number([5, 5, 5, 5]), 6), effective_number([1, 0, 0])
    (4.0, 1.0)

    Notes
    -----
    With p the shares: Shannon exp(-sum p ln p), Simpson 1 / sum p^2. Cost O(n).

    References
    ----------
    Hill 1973.
    """
    choose(kind, ("shannon", "simpson"), "kind")
    x = _known(values)
    if x.sum() == 0:
        return NAN
    share = x[x > 0] / x.sum()
    return float(np.exp(-(share @ np.log(share)))) if kind == "shannon" else float(1.0 / (share @ share))


def evenness(values: Values) -> float:
    """Return how evenly a quantity is spread, as entropy over the greatest entropy possible.

    Parameters
    ----------
    values : Series or array_like of float from 0
        Unknown ones (NaN) are left out.

    Returns
    -------
    float in 0..1
        1: all have the same. NaN where all are 0, or there are fewer than two.

    Raises
    ------
    MeasureError
        If a value is negative or infinite.

    Examples
    --------
    >>> round(evenness([3, 3, 3]), 9), evenness([1, 0])
    (1.0, 0.0)

    Notes
    -----
    -sum p ln p / ln n with p the shares. Cost O(n).

    References
    ----------
    Pielou 1966.
    """
    x = _known(values)
    if x.size < 2 or x.sum() == 0:
        return NAN
    return float(np.clip(np.log(effective_number(x)) / np.log(x.size), 0.0, 1.0))


def _known(values: Values) -> NDArray[np.float64]:
    x = np.asarray(values, dtype=np.float64).reshape(-1)
    x = x[~np.isnan(x)]
    if (x < 0).any() or np.isinf(x).any():
        raise MeasureError("A share needs values from 0: one is negative or infinite.")
    return x
