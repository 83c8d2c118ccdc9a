"""Coalitions: the fewest, or cheapest, who together can do everything that is asked, at each level of shared values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..errors import MeasureError
from ._covering import NONE_SO_ALIKE, Cover, Search

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["Cover", "coalition_frontier", "smallest_cover"]

NODES = 100_000
# On a frontier, which asks many times.
NODES_A_LEVEL = 1000
# Of more than this many entities any smallest set is taken; on a frontier of more than these.
_FIRST, _FIRST_ON_FRONTIER = 300, 40
STEP = 0.05


def smallest_cover(
    capabilities: pd.DataFrame,
    required: Sequence[str] | Mapping[str, int] | None = None,
    *,
    cost: Mapping[str, float] | None = None,
    alignment: pd.DataFrame | None = None,
    tau: float | None = None,
    level: float = 0.0,
    view: View | nx.Graph | None = None,
    reach: int = 2,
    lead: str | None = None,
    nodes: int = NODES,
) -> Cover:
    """Return the smallest set of organisations that together have every capability asked for.

    Parameters
    ----------
    capabilities : DataFrame
        ``entity, capability`` and, where known, ``status`` (only ``has`` counts) and ``level``.
    required : sequence of str, or mapping of str to int, optional
        What must be covered, and by how many; everything in the table, once, by default.
    cost : mapping of entity to float, optional
        What each costs, 0 or more; by default all cost 1 and the smallest set is sought. Who is not named costs 1.
    alignment : DataFrame, optional
        Square table of likeness in values; with `tau`, two below it are never in one coalition (unknown pairs may be).
    tau : float, optional
    level : float, default 0
        From which level a capability counts; blank levels count.
    view : View or networkx graph, optional
        With it every member must be within `reach` steps of one member that leads.
    reach : int, default 2
    lead : str, optional
        Who leads, and so is a member; without it whoever serves best.
    nodes : int, default 100,000
        Most nodes of the search; never a time, so that the same data give the same answer everywhere.

    Returns
    -------
    Cover

    Raises
    ------
    MeasureError
        If a column is missing, a cost is negative, `alignment` comes without `tau` or the other way round, or `lead`
        without `view` or not in it.

    Examples
    --------
    >>> import pandas as pd
    >>> can = pd.DataFrame([("a", "plan"), ("a", "drive"), ("b", "drive"), ("b", "cook"), ("c", "cook")],
    ...                    columns=["entity", "capability"])
    >>> smallest_cover(can).members
    ('a', 'b')
    >>> smallest_cover(can, ["cook", "fly"]).why
    'nobody has fly'

    Notes
    -----
    min sum c_i x_i with sum_i a_ir x_i >= q_r and x_i + x_j <= 1 below `tau` (for all pairs of a clique at once), solved
    exactly by branch and bound: first along the capability that fewest of those left can provide, up to 60,000 branches
    (soon over where few are alike), then by scipy's HiGHS. Set cover is hard in general and easy at the size of
    partnerships. Several sets may be as small, of which the first by name is given among 300 entities or fewer: it is no
    verdict on who is left out. Cost: bounded by `nodes` solver nodes, each a linear programme.

    References
    ----------
    Karp 1972; Chvatal 1979.
    """
    if (alignment is None) != (tau is None):
        raise MeasureError("alignment and tau go together: the table of likeness, and how alike two must be.")
    search = Search(capabilities, required, cost, level, nodes)
    search.join(view, reach, lead)
    return search.cover(alignment, tau, first=_FIRST)


def coalition_frontier(
    capabilities: pd.DataFrame,
    alignment: pd.DataFrame,
    required: Sequence[str] | Mapping[str, int] | None = None,
    *,
    levels: Sequence[float] | None = None,
    cost: Mapping[str, float] | None = None,
    level: float = 0.0,
    view: View | nx.Graph | None = None,
    reach: int = 2,
    lead: str | None = None,
    nodes: int = NODES_A_LEVEL,
) -> pd.DataFrame:
    """Return the smallest coalition at each level of how alike its members must be in values: size against alignment.

    Parameters
    ----------
    capabilities, required, cost, level, view, reach, lead, nodes
        As in `smallest_cover`; 1,000 nodes a level by default.
    alignment : DataFrame
        Square table of likeness in values, 0..1; pairs that are not known may be together.
    levels : sequence of float, optional
        How alike every two members must be; 0 (anyhow) and from the least likeness known every 0.05 up to the greatest by
        default.

    Returns
    -------
    DataFrame on levels, ascending
        ``size`` and ``cost`` (NaN without a coalition), ``bound`` (below which the cost cannot fall), ``proven``,
        ``alignment`` (of the two members least alike, NaN where none are known), ``members`` (a tuple) and ``why`` there
        is none, or none proven.

    Raises
    ------
    MeasureError
        As `smallest_cover`, or if a level is not between 0 and 1.

    Examples
    --------
    >>> import pandas as pd
    >>> can = pd.DataFrame([("a", "plan"), ("a", "drive"), ("b", "cook"), ("c", "drive"), ("c", "cook"), ("d", "plan")],
    ...                    columns=["entity", "capability"])
    >>> alike = pd.DataFrame([[1, .2, .2, .2], [.2, 1, .9, .9], [.2, .9, 1, .9], [.2, .9, .9, 1]], list("abcd"), list("abcd"))
    >>> coalition_frontier(can, alike, levels=[0, 0.8])["members"].tolist()
    [('a', 'b'), ('c', 'd')]

    Notes
    -----
    The cost never falls as the level rises. A coalition stays smallest up to the alignment it has, so those levels are
    not searched again; where the search met its limit, a coalition found at a higher level serves below it too, and a
    bound below serves above. Cost: at most one search of `smallest_cover` a level.

    References
    ----------
    Karp 1972; Chvatal 1979.
    """
    import pandas as pd

    grid = sorted({float(t) for t in (_levels(alignment) if levels is None else levels)})
    if any(not 0 <= t <= 1 for t in grid):
        raise MeasureError("A level of alignment is between 0 and 1.")
    search = Search(capabilities, required, cost, level, nodes)
    search.join(view, reach, lead)
    found: list[Cover] = []
    for tau in grid:
        last = found[-1] if found else None
        serves = last is not None and (
            last.why.startswith(NONE_SO_ALIKE) or (last.proven and not search.least_alike(last, alignment) < tau - 1e-12)
        )
        found.append(last if last and serves else search.cover(alignment, tau, first=_FIRST_ON_FRONTIER))
    _agree(found)
    return pd.DataFrame(
        {
            "size": [float(len(c.members)) if c.members else float("nan") for c in found],
            "cost": [c.cost for c in found],
            "bound": [c.bound for c in found],
            "proven": [c.proven for c in found],
            "alignment": [search.least_alike(c, alignment) for c in found],
            "members": pd.Series([c.members for c in found], dtype=object),
            "why": [c.why for c in found],
        }
    ).set_axis(pd.Index(grid, name="level"), axis=0)


def _levels(alignment: pd.DataFrame) -> list[float]:
    known = alignment.to_numpy(dtype=float)[~np.eye(len(alignment), dtype=bool)]
    known = known[~np.isnan(known)]
    if not known.size:
        return [0.0]
    first, last = int(np.ceil(known.min() / STEP - 1e-9)), int(np.floor(known.max() / STEP + 1e-9))
    return [0.0, *(round(STEP * k, 10) for k in range(max(first, 1), last + 1))]


def _agree(found: list[Cover]) -> None:
    """Let what was found above serve below, and bounds below serve above, where the search met its limit."""
    best: Cover | None = None
    for k in range(len(found) - 1, -1, -1):
        one = found[k]
        if best is not None and not one.proven and one.why != NONE_SO_ALIKE and not one.cost <= best.cost:
            found[k] = replace(best, bound=one.bound, proven=False, why=one.why)
        if found[k].members:
            best = found[k]
    bound = -np.inf
    for k, one in enumerate(found):
        if one.members and not one.proven and bound > (one.bound if one.bound == one.bound else -np.inf):
            found[k] = replace(one, bound=bound, proven=bool(bound >= one.cost - 1e-9))
        bound = max(bound, one.bound if one.bound == one.bound else -np.inf)


