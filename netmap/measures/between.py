"""Networks of networks: the graph whose nodes are groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..kernels.groups import between_matrix
from ._groups import GroupsLike, group_codes
from ._input import as_view

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["quotient"]


def quotient(view: View | nx.Graph, groups: GroupsLike, weight: str | None = None) -> pd.DataFrame:
    """Return the quotient graph: ties within and between groups, each group taken as one node.

    Parameters
    ----------
    view : View or networkx graph
    groups : Series, mapping or sequence
        Group of every node; nodes without a group, and their ties, are left out.
    weight : str or None, default None
        None counts ties; ``"weight"`` adds their strengths.

    Returns
    -------
    DataFrame, one row a pair of groups that have ties (and one a group with ties inside)
        ``first, second, ties`` (or strengths), ``density`` (share of the pairs that could be tied, by count). An
        undirected pair stands once, in the order of the groups.

    Examples
    --------
    >>> import networkx as nx
    >>> quotient(nx.barbell_graph(3, 0), list("aaabbb"))[["first", "second", "ties"]].values.tolist()
    [['a', 'a', 3.0], ['a', 'b', 1.0], ['b', 'b', 3.0]]

    Notes
    -----
    Cost O(m + k^2) for k groups.

    References
    ----------
    White, Boorman & Breiger 1976 (block models).
    """
    import pandas as pd

    graph = as_view(view, weight)
    found = group_codes(graph, groups)
    k = found.k
    strength = None if weight is None else graph.strength
    table = between_matrix(graph.source, graph.target, strength, found.codes, k, directed=graph.directed)
    count = between_matrix(graph.source, graph.target, None, found.codes, k, directed=graph.directed)
    size = np.bincount(found.codes[found.codes >= 0], minlength=k).astype(float)
    possible = np.outer(size, size)
    np.fill_diagonal(possible, size * (size - 1) / (1 if graph.directed else 2))
    first, second = np.nonzero(count if graph.directed else np.triu(count))
    with np.errstate(invalid="ignore", divide="ignore"):
        density = count[first, second] / possible[first, second]
    return pd.DataFrame({
        "first": [found.names[i] for i in first], "second": [found.names[j] for j in second],
        "ties" if weight is None else "strength": table[first, second], "density": density,
    })  # fmt: skip
