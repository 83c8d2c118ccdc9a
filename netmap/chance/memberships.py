"""Memberships against chance with both margins kept: members keep how many groups, groups keep how many members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.shuffles import curveball
from ..measures._memberships import oriented
from ..measures._results import Shown
from .compared import Compared, check_draws, compare
from .fdr import benjamini_hochberg

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ProjectionTest", "co_membership_test", "projection_test"]

FloatArray = NDArray[np.float64]

# A table of all pairs is kept.
MOST_IDS = 5000


def co_membership_test(
    memberships: pd.DataFrame, *, of: str = "members", draws: int = 999, seed: int = 0
) -> pd.DataFrame:
    """Return which pairs share more, or fewer, groups than chance with all numbers and sizes kept (FDSM).

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` and ``group`` (or the first two columns); repeats count once.
    of : {"members", "groups"}, default "members"
        Pairs of members by the groups they share, or of groups by the members they share.
    draws : int, default 999
    seed : int, default 0

    Returns
    -------
    DataFrame on pairs (source, target), those that share nothing too
        ``shared``, ``expected``, ``p`` two-sided (1 + b)/(1 + R), ``q``: p after Benjamini and Hochberg over all pairs.

    Raises
    ------
    MeasureError
        If there are fewer than 19 draws, more than 5,000 ids, or `of` is neither.

    Examples
    --------
    >>> import pandas as pd
    >>> both = pd.DataFrame({"member": list("aabbccdd"), "group": list("wxwxyzyz")})
    >>> found = co_membership_test(both, draws=199)
    >>> found["shared"].to_dict()[("a", "b")], found["shared"].to_dict()[("a", "c")]
    (2.0, 0.0)

    Notes
    -----
    shared = sum over groups of B_ig B_jg; p = (1 + b)/(1 + R), two-sided about the mean of the draws. `co_membership`
    keeps the numbers of one side only; where groups differ much in size that calls sharing a large one a surprise.
    Draws are made by curveball trades, 20 rounds from the memberships as they are. Cost O(draws x memberships), and a
    table of all pairs a draw.

    References
    ----------
    Strona et al. 2014 (curveball); Neal 2014; Zweig & Kaufmann 2011.
    """
    import pandas as pd

    check_draws(draws)
    table, ids = oriented(memberships, of)
    k = len(ids)
    if k > MOST_IDS:
        raise MeasureError(f"A number is kept for every pair: at most {MOST_IDS:,} {of}, not {k:,}.")
    upper = np.triu_indices(k, 1)
    observed = _shared(table)[upper]
    total, beyond = np.zeros(observed.size), np.zeros(observed.size)
    # The mean comes first, then how often a draw is as far from it: two runs of the same seed need no table of draws.
    for null in _drawn(table, draws, seed):
        total += _shared(null)[upper]
    mean = total / draws
    away = np.abs(observed - mean) - 1e-9
    varies = np.zeros(observed.size, dtype=bool)
    for null in _drawn(table, draws, seed):
        here = _shared(null)[upper]
        beyond += np.abs(here - mean) >= away
        varies |= here != observed
    p = np.where(varies, (1 + beyond) / (1 + draws), 1.0)
    index = pd.MultiIndex.from_tuples(
        [(ids[i], ids[j]) for i, j in zip(*upper, strict=True)], names=["source", "target"]
    )
    return pd.DataFrame({"shared": observed, "expected": mean, "p": p, "q": benjamini_hochberg(p)}, index=index)


@dataclass(frozen=True, repr=False)
class ProjectionTest(Shown):
    """The density and transitivity of a projection beside those of memberships with the same margins; p two-sided."""

    density: Compared
    transitivity: Compared


def projection_test(
    memberships: pd.DataFrame, *, of: str = "members", draws: int = 199, seed: int = 0
) -> ProjectionTest:
    """Return whether a projection is as dense and clustered as any memberships with these numbers and sizes.

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` and ``group`` (or the first two columns); repeats count once.
    of : {"members", "groups"}, default "members"
    draws : int, default 199
    seed : int, default 0

    Returns
    -------
    ProjectionTest
        NaN where the projection has no pair, or no connected triple.

    Raises
    ------
    MeasureError
        If there are fewer than 19 draws, more than 5,000 ids, or `of` is neither.

    Examples
    --------
    >>> import networkx as nx
    >>> import pandas as pd
    >>> women = nx.davis_southern_women_graph()
    >>> rows = [(w, e) for w in women.graph["top"] for e in women[w]]
    >>> found = projection_test(pd.DataFrame(rows, columns=["member", "group"]), draws=39)
    >>> found.transitivity.observed > 0.9, found.transitivity.p > 0.01
    (True, True)

    Notes
    -----
    p = (1 + b)/(1 + R), two-sided, of density and transitivity over memberships drawn anew. Every group is a clique of
    its members, so a projection is clustered whoever joins what. Only beside this null do its density and transitivity
    say anything. Cost O(draws x memberships) and a projection a draw.

    References
    ----------
    Newman, Strogatz & Watts 2001; Strona et al. 2014.
    """
    check_draws(draws)
    table, ids = oriented(memberships, of)
    if len(ids) > MOST_IDS:
        raise MeasureError(f"A number is kept for every pair: at most {MOST_IDS:,} {of}, not {len(ids):,}.")
    observed = _closure(table)
    null = np.array([_closure(one) for one in _drawn(table, draws, seed)]).reshape(-1, 2)
    return ProjectionTest(*(compare(observed[i], null[:, i]) for i in range(2)))


def _drawn(table: Any, draws: int, seed: int) -> Any:
    from scipy.sparse import csr_array

    rows, columns = table.nonzero()
    rng = np.random.default_rng([seed, 73])
    for block_r, block_c in curveball(rows, columns, *table.shape, draws=draws, rng=rng):
        for r, c in zip(block_r, block_c, strict=True):
            yield csr_array((np.ones(r.size), (r, c)), shape=table.shape)


def _shared(table: Any) -> FloatArray:
    return np.asarray((table @ table.T).todense(), dtype=np.float64)


def _closure(table: Any) -> tuple[float, float]:
    tied = (_shared(table) > 0).astype(np.float64)
    np.fill_diagonal(tied, 0.0)
    n = tied.shape[0]
    degree = tied.sum(axis=1)
    triples = float((degree * (degree - 1)).sum())
    closed = float(((tied @ tied) * tied).sum())
    nan = float("nan")
    return (float(degree.sum()) / (n * (n - 1)) if n > 1 else nan, closed / triples if triples else nan)


