"""Whether people who are central sit in organisations that are central, more than chance would have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from ..kernels.dealing import dealt_sums, streams
from ..measures._groups import GroupsLike, group_codes
from ..measures._input import as_undirected
from ..measures.centralities import degree
from .compared import Compared, check_draws, compare, unit_ranks

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["levels_test"]


def levels_test(
    people: View | nx.Graph,
    organisations: View | nx.Graph,
    groups: GroupsLike,
    *,
    measure: Callable[[View], pd.Series[Any]] = degree,
    draws: int = 999,
    seed: int = 0,
) -> Compared:
    """Return whether central people sit in central organisations (cross-level assortativity).

    Parameters
    ----------
    people, organisations : View or networkx graph
        Ties between people, and between organisations.
    groups : Series, mapping or sequence
        Organisation of every person, by the id it has in `organisations`. People without one are left out.
    measure : callable, default `netmap.measures.degree`
        Takes a View and returns a number a node; used on both levels.
    draws : int, default 999
    seed : int, default 0

    Returns
    -------
    Compared
        Spearman's correlation over people of their own value and their organisation's, -1..1; ``p`` two-sided. NaN
        with fewer than three people or no spread on one of the levels.

    Raises
    ------
    MeasureError
        If there are fewer than 19 draws.

    Examples
    --------
    >>> import networkx as nx
    >>> people = nx.star_graph(5)
    >>> between = nx.Graph([("x", "y"), ("x", "z")])
    >>> levels_test(people, between, ["x", "y", "y", "y", "z", "z"], draws=99).observed
    1.0

    Notes
    -----
    Spearman's rho of c_i and C_org(i) over people i. The null deals people out to organisations at random, as many to
    each as now. Ties between organisations that were made from those of the people are not independent of them: take
    both from different sources. Cost O(n) a draw.

    References
    ----------
    Lazega et al. 2008; Wang et al. 2013.
    """
    check_draws(draws)
    lower, upper = as_undirected(people), as_undirected(organisations)
    found = group_codes(lower, groups)
    theirs = measure(upper)
    level = np.array([float(theirs.get(name, np.nan)) for name in found.names], dtype=float)
    mine = measure(lower).reindex(list(lower.ids)).to_numpy(dtype=float)
    above = np.where(found.codes >= 0, level[found.codes] if level.size else np.nan, np.nan)
    known = ~np.isnan(above) & ~np.isnan(mine)
    if known.sum() < 3 or np.ptp(mine[known]) == 0 or np.ptp(above[known]) == 0:
        return compare(float("nan"), np.zeros(0))
    a, b = unit_ranks(mine[known]), unit_ranks(above[known])
    rng = np.random.default_rng([seed, 79])
    null = dealt_sums(a, b, streams(rng, draws)[1:])
    return compare(round(float(a @ b), 15), null)
