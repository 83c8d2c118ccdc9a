"""Who stands between others who are not in contact, and between which groups (Gould and Fernandez)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..kernels import brokerage as kernel
from ._groups import GroupsLike, group_codes
from ._input import as_view, choose
from ._results import node_frame

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["NULLS", "ROLES", "brokerage"]

ROLES = kernel.ROLES
NULLS = ("labels", "bernoulli")


def brokerage(view: View | nx.Graph, groups: GroupsLike, null: str = "labels") -> pd.DataFrame:
    """Return how often every node stands between two others without a tie, by the three groups (brokerage roles).

    Parameters
    ----------
    view : View or networkx graph
        Strength is ignored. Directed: v brokers a to b if a has a tie to v, v to b, and a none to b. Undirected: each
        unordered pair counts once (R's sna counts both orders).
    groups : Series, mapping or sequence
        Group of every node. Nodes in no group form a group of their own, "unknown"; how many stands in
        ``.attrs["unknown_group"]``.
    null : {"labels", "bernoulli"}, default "labels"
        What ``expected_`` and ``z_`` compare with. ``"labels"``: the groups of all others dealt out again at random,
        ties as they are, which asks whether a node brokers unusually much *between* groups given how much it brokers.
        ``"bernoulli"``: every tie there with the same probability, as sna does.

    Returns
    -------
    DataFrame on nodes
        ``coordinator`` (all three of one group, A A A), ``consultant`` (itinerant, A B A), ``representative`` (A A B),
        ``gatekeeper`` (A B B), ``liaison`` (A B C), ``total``; for each ``expected_`` and ``z_``. Undirected, a
        representative is a gatekeeper the other way round: the two are one column, ``gatekeeper``. z is NaN where
        the count cannot vary.

    Raises
    ------
    MeasureError
        If `null` is neither.

    Examples
    --------
    >>> import networkx as nx
    >>> table = brokerage(nx.path_graph(3), ["a", "a", "b"])
    >>> table["gatekeeper"].tolist(), table["expected_gatekeeper"].tolist()
    ([0.0, 1.0, 0.0], [0.0, 1.0, 0.0])

    Notes
    -----
    Node v brokers a and b if a -> v -> b and not a -> b; undirected, each pair is counted once. Means and variances of
    both nulls are exact in closed form; that of the labels is netmap's own, checked by going through all permutations.
    Under ``"bernoulli"`` the z of an undirected network is right, where sna's, made for directed ones, is sqrt(2) too
    large for coordinator, consultant, liaison and total. z is no p: counts are skewed, so take p from draws. Cost
    O(m^1.5).

    References
    ----------
    Gould & Fernandez 1989.
    """
    choose(null, NULLS, "null")
    graph = as_view(view)
    codes = group_codes(graph, groups)
    labels = np.where(codes.codes < 0, codes.k, codes.codes)
    found = kernel.brokerage(graph.csr, graph.csr_in, labels)
    counts = kernel.role_counts(found.roles, directed=graph.directed)
    if null == "labels":
        mean, variance = kernel.label_moments(found, labels, directed=graph.directed)
    else:
        pairs = graph.n * (graph.n - 1) / (1 if graph.directed else 2)
        density = graph.m / pairs if pairs else 0.0
        mean, variance = kernel.bernoulli_moments(graph.n, density, labels, directed=graph.directed)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(variance > 0, (counts - mean) / np.sqrt(np.where(variance > 0, variance, 1.0)), np.nan)
    names = [*ROLES, "total"]
    shown = [i for i, name in enumerate(names) if graph.directed or name != "representative"]
    columns = {names[i]: counts[:, i] for i in shown}
    columns |= {f"expected_{names[i]}": mean[:, i] for i in shown}
    columns |= {f"z_{names[i]}": z[:, i] for i in shown}
    frame = node_frame(graph, columns, undefined="the count cannot vary")
    if codes.missing:
        frame.attrs["unknown_group"] = codes.missing
    return frame
