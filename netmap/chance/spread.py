"""Whether something is spread less evenly than if it had been dealt out at random."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..measures.distribution import gini
from .compared import Compared, check_draws, compare

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["spread_test"]


def spread_test(
    values: pd.Series[Any] | NDArray[Any] | list[float], *, draws: int = 4999, seed: int = 0
) -> Compared:
    """Return the Gini coefficient of counts beside that of as many dealt out at random.

    Parameters
    ----------
    values : Series or array_like of whole numbers from 0
        Counts, one a node, such as nominations received. Unknown ones (NaN) are left out.
    draws : int, default 4999
    seed : int, default 0

    Returns
    -------
    Compared
        ``p`` is one-sided: as unevenly spread or more. NaN where all are 0 or there are fewer than two.

    Raises
    ------
    MeasureError
        If a value is negative or no whole number, or there are fewer than 19 draws.

    Examples
    --------
    >>> found = spread_test([9, 1, 0, 0, 0, 0], draws=199)
    >>> found.p, found.observed > found.interval[1]
    (0.005, True)

    Notes
    -----
    G as of `netmap.measures.gini`; p = (1 + b)/(1 + R), b the draws as uneven or more. Random nominations are not even:
    ten over six people have a Gini of about 0.4. The null deals each out on its own, every node being as likely (a
    multinomial draw). Cost: `draws` sorts.

    References
    ----------
    Gini 1912; Mehra et al. 2006 for leadership spread over many.
    """
    check_draws(draws)
    given = np.asarray(values, dtype=np.float64).reshape(-1)
    given = given[~np.isnan(given)]
    if given.size and ((given < 0).any() or (given != np.floor(given)).any()):
        raise MeasureError("spread_test takes counts: whole numbers from 0.")
    total, n = int(given.sum()), given.size
    if n < 2 or total == 0:
        return compare(float("nan"), np.zeros(0))
    rng = np.random.default_rng([seed, 47])
    dealt = np.sort(rng.multinomial(total, np.full(n, 1.0 / n), size=draws), axis=1)
    null = 2.0 * (dealt @ np.arange(1, n + 1)) / (n * total) - (n + 1) / n
    return compare(gini(given), np.maximum(null, 0.0), "upper")
