"""What holds two networks together: how many nodes must leave before no path joins them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError, nearest
from ..kernels.cuts import cuts
from ..kernels.groups import cross_ties
from ..kernels.paths import tie_betweenness
from ..view import View
from ._groups import GroupsLike, Memberships, memberships_of
from ._input import as_undirected
from ._results import Shown

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["Separation", "network_bridges", "separating_people"]

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, repr=False)
class Separation(Shown):
    """What would separate two networks.

    Attributes
    ----------
    count : int
        The fewest nodes that must leave before no path joins the two; 0 if none does.
    nodes : tuple
        One such set. Others of the same size may exist.
    shared : tuple
        Members of both networks, who are in every such set.
    ties : int
        Ties between a member of the one only and a member of the other only.
    """

    count: int
    nodes: tuple[Hashable, ...]
    shared: tuple[Hashable, ...]
    ties: int


def separating_people(view: View | nx.Graph, groups: GroupsLike | pd.DataFrame, a: Any, b: Any) -> Separation:
    """Return how many must leave before two networks are no longer joined, and who (minimum node cut).

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    groups : Series, mapping, sequence, or DataFrame of memberships
        Network (or several) of every node.
    a, b : hashable
        The two networks.

    Returns
    -------
    Separation
        ``count`` (the fewest), ``nodes`` (one such set), ``shared`` members, who are in every such set, and ``ties``
        between the others.

    Raises
    ------
    MeasureError
        If one of the two is not there, or they are the same.

    Examples
    --------
    >>> import networkx as nx
    >>> separating_people(nx.barbell_graph(3, 1), list("aaabbb-"), "a", "b").count
    1

    Notes
    -----
    By Menger's theorem the number is also that of paths from the one to the other that share no node; members of the
    networks may be among those who leave, and members of both must be. Found by maximum flow, each node split into two
    with room for one path. A low number is a fact about who connects, not a fault of theirs: offer them company. Cost
    O(count (n + m)).

    References
    ----------
    Menger 1927; Ford & Fulkerson 1956.
    """
    graph = as_undirected(view)
    member = memberships_of(graph, groups)
    i, j = _column(member, a), _column(member, b)
    if i == j:
        raise MeasureError(f"{a!r} is one network: name two.")
    table = member.table.tocsc()
    one, two = _mask(table, i, graph.n), _mask(table, j, graph.n)
    cut = _cut(graph, one, two)
    ties = _between(graph, one, two)
    return Separation(
        int(cut.sum()), tuple(graph.ids[k] for k in np.flatnonzero(cut)),
        tuple(graph.ids[k] for k in np.flatnonzero(one & two)), ties,
    )  # fmt: skip


def network_bridges(view: View | nx.Graph, groups: GroupsLike | pd.DataFrame) -> pd.DataFrame:
    """Return for every two networks that are joined what joins them, and what hangs on that link in turn.

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    groups : Series, mapping, sequence, or DataFrame of memberships
        Network (or several) of every node.

    Returns
    -------
    DataFrame, one row a pair of networks that share a member or have a tie between their other members
        ``first, second``; ``ties``; ``first_people, second_people``: different nodes at either end of those ties;
        ``shared``; ``must_leave``: as of `separating_people`; ``bridge``: whether networks would fall apart without the
        link; ``betweenness``: pairs of networks whose shortest ways use it.

    Examples
    --------
    >>> import networkx as nx
    >>> found = network_bridges(nx.path_graph(6), list("aabbcc"))
    >>> found[["first", "second", "must_leave", "bridge", "betweenness"]].values.tolist()
    [['a', 'b', 1, True, 2.0], ['b', 'c', 1, True, 2.0]]

    Notes
    -----
    bridge: a tie of the network of networks that is the only path; betweenness: sum over pairs of
    sigma_st(AB)/sigma_st. Bridges and betweenness are those of the network of networks, in which two networks are tied
    if they share a member or a tie. Cost: that of a flow for every pair joined.

    References
    ----------
    Freeman 1977; Tarjan 1974; Menger 1927.
    """
    import pandas as pd

    graph = as_undirected(view)
    member = memberships_of(graph, groups)
    table = member.table.tocsc()
    k = member.k
    shared = np.asarray((member.table.T @ member.table).todense()).astype(np.int64)
    ties, _ = cross_ties(member.table, graph.source, graph.target)
    first, second = np.nonzero(np.triu((shared > 0) | (ties > 0), 1))
    above = View(range(k), first, second)
    cut = cuts(above.csr, above.m)
    between = np.zeros(above.m)
    if above.m:
        between = tie_betweenness(above.csr)
    masks = [_mask(table, g, graph.n) for g in range(k)]
    rows = []
    for at, (i, j) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        only_i, only_j = masks[i] & ~masks[j], masks[j] & ~masks[i]
        ends_i, ends_j = _ends(graph, only_i, only_j)
        rows.append((
            member.names[i], member.names[j], int(ties[i, j]), ends_i, ends_j, int(shared[i, j]),
            int(_cut(graph, masks[i], masks[j]).sum()), bool(cut.bridge[at]), float(between[at]),
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=[
        "first", "second", "ties", "first_people", "second_people", "shared", "must_leave", "bridge", "betweenness",
    ])  # fmt: skip


def _column(member: Memberships, name: Any) -> int:
    if name in member.names:
        return member.names.index(name)
    close = nearest(str(name), [str(x) for x in member.names])
    hint = f" Did you mean {' or '.join(close)}?" if close else ""
    raise MeasureError(f"There is no network {name!r}.{hint}")


def _mask(table: Any, column: int, n: int) -> BoolArray:
    out = np.zeros(n, dtype=bool)
    out[table.indices[table.indptr[column] : table.indptr[column + 1]]] = True
    return out


def _between(graph: View, one: BoolArray, two: BoolArray) -> int:
    only, other = one & ~two, two & ~one
    a, b = graph.source, graph.target
    return int(((only[a] & other[b]) | (other[a] & only[b])).sum())


def _ends(graph: View, only: BoolArray, other: BoolArray) -> tuple[int, int]:
    a, b = graph.source, graph.target
    there, back = only[a] & other[b], other[a] & only[b]
    return (
        np.unique(np.concatenate([a[there], b[back]])).size, np.unique(np.concatenate([b[there], a[back]])).size,
    )  # fmt: skip


def _cut(graph: View, one: BoolArray, two: BoolArray) -> BoolArray:
    """Return a smallest set of nodes that meets every path from `one` to `two`, members included."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    n = graph.n
    start, end = 2 * n, 2 * n + 1
    a, b = graph.source.astype(np.int64), graph.target.astype(np.int64)
    nodes = np.arange(n)
    sources, sinks = np.flatnonzero(one), np.flatnonzero(two)
    # Node v is an entrance 2v and an exit 2v + 1; only the way between the two is narrow.
    tail = np.concatenate([2 * nodes, 2 * a + 1, 2 * b + 1, np.full(sources.size, start), 2 * sinks + 1])
    head = np.concatenate([2 * nodes + 1, 2 * b, 2 * a, 2 * sources, np.full(sinks.size, end)])
    room = np.full(tail.size, n + 1, dtype=np.int32)
    room[:n] = 1
    capacity = csr_array((room, (tail, head)), shape=(2 * n + 2, 2 * n + 2))
    flow = maximum_flow(capacity, start, end).flow
    left: Any = csr_array(capacity - flow)
    left.data = np.maximum(left.data, 0)
    left.eliminate_zeros()
    reached = np.zeros(2 * n + 2, dtype=bool)
    reached[breadth_first_order(left, start, return_predecessors=False)] = True
    return np.asarray(reached[2 * nodes] & ~reached[2 * nodes + 1])


