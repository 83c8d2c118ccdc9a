"""Networks of networks: the graph whose nodes are groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ._groups import GroupsLike, memberships_of
from ._input import as_view

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["quotient"]


def quotient(
    view: View | nx.Graph, groups: GroupsLike | pd.DataFrame, weight: str | None = None
) -> pd.DataFrame:
    """Return the quotient graph: ties within and between groups, each group taken as one node.

    Parameters
    ----------
    view : View or networkx graph
    groups : Series, mapping, sequence, or DataFrame of memberships
        Group of every node, or several of them (a list each, or rows of member and group); nodes without a group, and
        their ties, are left out.
    weight : str or None, default None
        None counts ties; ``"weight"`` adds their strengths.

    Returns
    -------
    DataFrame, one row a pair of groups that have ties (and one a group with ties inside)
        ``first, second, ties`` (or ``strength``), ``density`` (share of the pairs that could be tied, by count). An
        undirected pair stands once, in the order of the groups.

    Examples
    --------
    >>> import networkx as nx
    >>> quotient(nx.barbell_graph(3, 0), list("aaabbb"))[["first", "second", "ties"]].values.tolist()
    [['a', 'a', 3.0], ['a', 'b', 1.0], ['b', 'b', 3.0]]
    >>> quotient(nx.path_graph(2), [["a", "b"], ["b"]])[["first", "second", "ties"]].values.tolist()
    [['a', 'b', 0.5], ['b', 'b', 0.5]]

    Notes
    -----
    With N_u the groups of u, a tie u-v counts 1 / (|N_u| |N_v|) for each of its pairs of groups, so that it counts once
    in all; pairs of nodes that could be tied are shared out alike. Cost O(m + k^2) for k groups.

    References
    ----------
    White, Boorman & Breiger 1976 (block models).
    """
    import pandas as pd
    from scipy import sparse

    graph = as_view(view, weight)
    member = memberships_of(graph, groups)
    several = np.diff(member.table.indptr)
    share = sparse.diags_array(1.0 / np.maximum(several, 1)) @ member.table
    strength = None if weight is None else graph.strength
    table = _shared_out(share, graph, strength)
    count = _shared_out(share, graph, None)
    size = np.asarray(share.sum(axis=0)).reshape(-1)
    # A node is not paired with itself, not even with the part of it that lies in another group.
    possible = np.outer(size, size) - np.asarray((share.T @ share).todense())
    if not graph.directed:
        np.fill_diagonal(possible, np.diag(possible) / 2)
    first, second = np.nonzero(count if graph.directed else np.triu(count))
    with np.errstate(invalid="ignore", divide="ignore"):
        density = count[first, second] / possible[first, second]
    return pd.DataFrame({
        "first": [member.names[i] for i in first], "second": [member.names[j] for j in second],
        "ties" if weight is None else "strength": table[first, second], "density": density,
    })  # fmt: skip


def _shared_out(share: Any, graph: View, strength: NDArray[np.float64] | None) -> NDArray[np.float64]:
    from scipy import sparse

    a, b = sparse.csr_array(share[graph.source]), sparse.csr_array(share[graph.target])
    if strength is not None:
        b = sparse.csr_array(sparse.diags_array(strength) @ b)
    table = np.asarray((a.T @ b).todense(), dtype=np.float64)
    if graph.directed:
        return table
    both = table + table.T
    np.fill_diagonal(both, np.diag(table))
    return both
