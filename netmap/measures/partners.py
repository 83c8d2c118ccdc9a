"""How many different kinds of partner a node has, and how far it hangs on a single one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._groups import GroupsLike, group_codes
from ._input import as_undirected
from ._results import node_frame

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["dependence", "diversity"]

FEW = 3


def diversity(view: View | nx.Graph, groups: GroupsLike, weight: str | None = None) -> pd.DataFrame:
    """Return how diverse the partners of each node are: over sectors, networks or any other groups.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    groups : Series, mapping or sequence
        Group of every node. Partners in no group are left out.
    weight : str or None, default None
        ``"weight"`` counts partners by the strength of the tie.

    Returns
    -------
    DataFrame indexed by node
        ``partners`` in a group; ``blau``: chance that two partners drawn are of different groups, 0..1 - 1/groups;
        ``blau_corrected``: the same drawn without putting back, 0..1; ``hill``: how many equally common groups would
        be as diverse, from 1; ``few``: fewer than three partners, too few to say. NaN without partners
        (``blau_corrected``: with one).

    Examples
    --------
    >>> import networkx as nx
    >>> found = diversity(nx.star_graph(4), ["hub", "a", "a", "b", "c"])
    >>> found.loc[0, ["blau", "blau_corrected"]].tolist(), round(float(found.loc[0, "hill"]), 3)
    ([0.625, 0.8333333333333334], 2.828)

    Notes
    -----
    Blau 1 - sum p^2, corrected by k/(k - 1) for k partners; Hill's number exp(-sum p ln p), p the shares of partners
    (or of strength). Diverse partners are no aim in themselves. Cost O(m g).

    References
    ----------
    Blau 1977; Hill 1973.
    """
    graph = as_undirected(view, weight)
    found = group_codes(graph, groups)
    a = np.concatenate([graph.source, graph.target]).astype(np.int64)
    b = np.concatenate([graph.target, graph.source]).astype(np.int64)
    w = np.concatenate([graph.strength, graph.strength])
    code = found.codes[b]
    known = code >= 0
    cell = a[known] * max(found.k, 1) + code[known]
    table = np.bincount(cell, weights=w[known], minlength=graph.n * max(found.k, 1)).reshape(graph.n, max(found.k, 1))
    partners = np.bincount(a[known], minlength=graph.n)
    total = table.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = table / total
        blau = np.clip(1 - (share**2).sum(axis=1), 0.0, 1.0)
        corrected = np.where(partners > 1, blau * partners / (partners - 1), np.nan)
        entropy = -np.where(share > 0, share * np.log(np.where(share > 0, share, 1.0)), 0.0).sum(axis=1)
    blau = np.where(partners > 0, blau, np.nan)
    hill = np.where(partners > 0, np.exp(entropy), np.nan)
    frame = node_frame(
        graph, {"blau": blau, "blau_corrected": np.clip(corrected, 0.0, 1.0), "hill": hill}, "no partner (or one only)"
    )
    frame.insert(0, "partners", partners[graph.order])
    frame["few"] = partners[graph.order] < FEW
    return frame


def dependence(view: View | nx.Graph, weight: str | None = "weight") -> pd.DataFrame:
    """Return how far each node hangs on a single partner: concentration of its strength, or of its funding.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped. For dependence on funders use a view of funding whose strength is money.
    weight : str or None, default "weight"
        None counts every partner alike: then it is 1/partners.

    Returns
    -------
    DataFrame indexed by node
        ``partners``; ``concentration``: sum of squared shares (HHI), 1: all with one partner; ``largest``: share of
        the largest partner; ``on``: which that is, the first by id of equals; ``few``: fewer than three partners. NaN
        without partners.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("a", "b", 3), ("a", "c", 1)])
    >>> found = dependence(graph)
    >>> float(found.loc["a", "concentration"]), float(found.loc["a", "largest"]), found.loc["a", "on"]
    (0.625, 0.75, 'b')

    Notes
    -----
    HHI = sum over partners of (w_ij / s_i)^2. A small body with one strong partner may be safe, and one with many weak
    ones not. Cost O(m).

    References
    ----------
    Herfindahl 1950; Pfeffer & Salancik 1978 (dependence on resources).
    """
    graph = as_undirected(view, weight)
    csr = graph.csr
    n = graph.n
    total = csr.row_sums(csr.weights)
    square = csr.row_sums(csr.weights**2)
    most = np.zeros(n)
    np.maximum.at(most, csr.rows, csr.weights)
    partners = np.diff(csr.indptr)
    with np.errstate(invalid="ignore", divide="ignore"):
        columns = {"concentration": square / total**2, "largest": most / total}
    on: list[object] = [None] * n
    for place in np.flatnonzero(csr.weights == most[csr.rows])[::-1]:
        on[int(csr.rows[place])] = graph.ids[int(csr.indices[place])]
    frame = node_frame(graph, columns, "no partner")
    frame.insert(0, "partners", partners[graph.order])
    frame["on"] = [on[i] for i in graph.order]
    frame["few"] = partners[graph.order] < FEW
    return frame
