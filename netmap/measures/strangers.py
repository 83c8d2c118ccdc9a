"""Organisations alike in values that are not tied, and partners far apart: lists with what chance would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..errors import MeasureError
from ._input import as_undirected
from .similarity import profile_similarity

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["aligned_strangers", "partners_apart"]

MOST = 20


def aligned_strangers(
    view: View | nx.Graph, values: pd.DataFrame, method: str = "gower", *, most: int = MOST
) -> pd.DataFrame:
    """Return the pairs most alike in what they value that are not tied: who might have something to talk about.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    values : DataFrame
        As for `alignment`.
    method : str, default "gower"
        As of `profile_similarity`.
    most : int, default 20
        How many pairs; equals are taken in the order of their ids.

    Returns
    -------
    DataFrame
        ``a, b, alignment``; ``rank`` among the pairs without a tie (equals share the worse one); ``by_chance``: how
        many pairs as alike, or more, there would be without a tie if profiles were dealt out at random.

    Raises
    ------
    MeasureError
        If `most` is under 1, the method is not known or a column is missing.

    Examples
    --------
    >>> import networkx as nx, pandas as pd
    >>> rows = [(e, i, r) for e, rs in {"a": (5, 4, 5), "b": (1, 1, 1), "c": (5, 4, 4)}.items() for i, r in zip("xyz", rs)]
    >>> values = pd.DataFrame(rows, columns=["entity", "item", "rating"])
    >>> aligned_strangers(nx.Graph([("a", "b"), ("b", "c")]), values)[["a", "b", "rank", "by_chance"]].round(2).values.tolist()
    [['a', 'c', 1, 0.33]]

    Notes
    -----
    Among many pairs some are alike by chance: where about as many would be (`by_chance` near `rank`), being on the list
    says little. Being alike is no reason to tie. Cost O(q n^2).

    References
    ----------
    Gower 1971.
    """
    return _pairs(view, values, method, most, tied=False)


def partners_apart(
    view: View | nx.Graph, values: pd.DataFrame, method: str = "gower", *, most: int = MOST
) -> pd.DataFrame:
    """Return the tied pairs that are least alike in what they value: where there may be most to talk about.

    Parameters
    ----------
    view, values, method, most
        As for `aligned_strangers`.

    Returns
    -------
    DataFrame
        ``a, b, alignment``; ``rank`` among the ties with values at both ends, furthest apart first; ``by_chance``: how
        many ties as far apart, or further, there would be if profiles were dealt out at random.

    Raises
    ------
    MeasureError
        As for `aligned_strangers`.

    Examples
    --------
    >>> import networkx as nx, pandas as pd
    >>> rows = [(e, i, r) for e, rs in {"a": (5, 4, 5), "b": (1, 1, 1), "c": (5, 4, 4)}.items() for i, r in zip("xyz", rs)]
    >>> values = pd.DataFrame(rows, columns=["entity", "item", "rating"])
    >>> partners_apart(nx.Graph([("a", "b"), ("b", "c")]), values, most=1)[["a", "b", "rank"]].values.tolist()
    [['a', 'b', 1]]

    Notes
    -----
    Far apart is no fault: a difference may be what the tie is for. Cost O(q n^2).

    References
    ----------
    Gower 1971; O'Reilly, Chatman & Caldwell 1991.
    """
    return _pairs(view, values, method, most, tied=True)


def _pairs(view: View | nx.Graph, values: pd.DataFrame, method: str, most: int, *, tied: bool) -> pd.DataFrame:
    import pandas as pd

    if most < 1:
        raise MeasureError(f"most must be at least 1, not {most!r}.")
    graph = as_undirected(view)
    table = profile_similarity(values, method)
    place = {str(e): i for i, e in enumerate(table.index)}
    at = np.array([place.get(str(i), -1) for i in graph.ids], dtype=np.int64)
    held = np.flatnonzero(at >= 0)
    alike = table.to_numpy()[np.ix_(at[held], at[held])]
    joined = np.zeros((graph.n, graph.n), dtype=bool)
    joined[graph.source, graph.target] = joined[graph.target, graph.source] = True
    first, second = np.triu_indices(held.size, 1)
    value = alike[first, second]
    known = ~np.isnan(value)
    first, second, value = first[known], second[known], np.round(value[known], 12)
    mine = joined[held[first], held[second]] == tied
    every = np.sort(value if tied else -value)
    here = value[mine] if tied else -value[mine]
    order = np.lexsort((held[second[mine]], held[first[mine]], here))[:most]
    ranks = np.searchsorted(np.sort(here), here[order], side="right")
    share = np.searchsorted(every, here[order], side="right") / max(every.size, 1)
    ids = graph.ids
    return pd.DataFrame(
        {
            "a": [ids[held[i]] for i in first[mine][order]],
            "b": [ids[held[i]] for i in second[mine][order]],
            "alignment": value[mine][order],
            "rank": ranks,
            "by_chance": share * int(mine.sum()),
        }
    )
