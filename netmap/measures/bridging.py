"""Ties and nodes that join what would otherwise be apart: bridges, cutpoints, local bridges, overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MeasureError
from ..kernels import paths
from ..kernels.cuts import cuts
from ._input import as_undirected, choose, is_networkx
from ._results import node_frame, node_series, tie_frame, tie_series

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["bridge_ties", "bridging_centrality", "cutpoints", "embeddedness", "local_bridges"]

NO_PAIRS = "no pair of nodes is in contact"


def bridge_ties(
    view: View | nx.Graph, parallel: str = "merged", *, number: ArrayLike | None = None, mass: ArrayLike | None = None
) -> pd.DataFrame:
    """Return which ties are the only path between two parts (bridges), and how many pairs each holds together.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    parallel : {"merged", "separate"}, default "merged"
        ``"merged"``: two nodes are one pair however many ties they have, as in "these two organisations are the only
        link". ``"separate"``: a pair with two ties has a second way, so neither of them is a bridge.
    number : array_like of int, optional
        How many ties each tie of the undirected view stands for, with ``parallel="separate"``; taken from a networkx
        multigraph by itself.
    mass : array_like of float, optional
        How much each node counts in pairs, in the order the view was given; 1 each by default.

    Returns
    -------
    DataFrame on ties (source, target)
        ``bridge``; ``pairs``: pairs that would lose contact; ``share``: of all pairs now in contact (NaN if there are
        none); ``share_own``: of the pairs of its own component (NaN if it is no bridge).

    Raises
    ------
    MeasureError
        If `parallel` is neither, or ``"separate"`` is asked of a View without `number`.

    Examples
    --------
    >>> import networkx as nx
    >>> found = bridge_ties(nx.barbell_graph(4, 0))
    >>> found.loc[found["bridge"], "pairs"].to_dict()
    {(3, 4): 16.0}

    Notes
    -----
    pairs = a(c - a); share = pairs / all pairs now in contact; share of its component = a(c - a) / (c(c - 1)/2). A
    bridge that cuts a component of c into a and c - a separates a(c - a) pairs, which is its betweenness. The share of
    all pairs is the one to report: the only tie of a pair separates 100% of its own component and matters little. Cost
    O(n + m).

    References
    ----------
    Tarjan 1974; Hopcroft & Tarjan 1973.
    """
    choose(parallel, ("merged", "separate"), "parallel")
    graph = as_undirected(view)
    found = cuts(graph.csr, graph.m, _mass(graph, mass))
    bridge, pairs, share, own = found.bridge, found.tie_pairs, found.tie_share, found.tie_share_own
    if parallel == "separate":
        single = _number(view, graph, number) == 1
        bridge = bridge & single
        pairs, share, own = pairs * single, share * single, own * single
    return tie_frame(
        graph,
        {
            "bridge": bridge,
            "pairs": pairs,
            "share": share if found.pairs > 0 else np.full(graph.m, np.nan),
            "share_own": np.where(bridge, own, np.nan),
        },
        undefined="not a bridge",
    )


def _number(view: Any, graph: View, number: ArrayLike | None) -> NDArray[np.int64]:
    if number is not None:
        given = np.asarray(number, dtype=np.int64).reshape(-1)
        if given.size != graph.m:
            raise MeasureError(f"number has {given.size} values for {graph.m} ties.")
        return given
    if not is_networkx(view):
        raise MeasureError("A view has its parallel ties merged: say with number= how many each tie stands for.")
    count = np.zeros(graph.m, dtype=np.int64)
    where = {pair: i for i, pair in enumerate(zip(graph.source.tolist(), graph.target.tolist(), strict=True))}
    for u, v in view.edges():
        a, b = graph.position[u], graph.position[v]
        if a != b:
            count[where[min(a, b), max(a, b)]] += 1
    return count


def _mass(graph: View, mass: ArrayLike | None) -> NDArray[np.float64] | None:
    if mass is None:
        return None
    given = np.asarray(mass, dtype=np.float64).reshape(-1)
    if given.size != graph.n:
        raise MeasureError(f"mass has {given.size} values for {graph.n} nodes.")
    out = np.empty(graph.n)
    out[graph.order] = given
    return out


def cutpoints(view: View | nx.Graph, *, mass: ArrayLike | None = None) -> pd.DataFrame:
    """Return which nodes alone hold parts of the network together, and how many pairs of others rest on each.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    mass : array_like of float, optional
        How much each node counts in pairs, in the order the view was given; 1 each by default.

    Returns
    -------
    DataFrame on nodes
        ``cutpoint`` (articulation point); ``pieces``: into how many parts the rest of its component falls; ``pairs``:
        pairs of other nodes that would lose contact; ``share``: of all pairs of other nodes now in contact (NaN if
        there are none).

    Examples
    --------
    >>> import networkx as nx
    >>> cutpoints(nx.star_graph(3))["pairs"].tolist()
    [3.0, 0.0, 0.0, 0.0]

    Notes
    -----
    share = pairs of others that lose contact / all pairs of others now in contact. Cost O(n + m).

    References
    ----------
    Hopcroft & Tarjan 1973.
    """
    graph = as_undirected(view)
    found = cuts(graph.csr, graph.m, _mass(graph, mass))
    share = np.where(found.node_base > 0, found.node_share, np.nan)
    return node_frame(
        graph,
        {"cutpoint": found.cutpoint, "pieces": found.node_pieces, "pairs": found.node_pairs, "share": share},
        undefined=NO_PAIRS,
    )


def local_bridges(view: View | nx.Graph) -> pd.DataFrame:
    """Return which ties join two nodes without a common neighbour, and how long the way round would be (span).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.

    Returns
    -------
    DataFrame on ties (source, target)
        ``local_bridge``; ``span``: distance between the two ends once the tie is gone, 2 where they share a
        neighbour, from 3 for a local bridge, inf for a bridge; ``common_neighbours``.

    Examples
    --------
    >>> import networkx as nx
    >>> local_bridges(nx.cycle_graph(4))["span"].tolist()
    [3.0, 3.0, 3.0, 3.0]

    Notes
    -----
    span = d(u, v) once the tie u-v is gone. 64 ties are followed at a time, each in the network without itself. Cost
    O(m^2 / 64) a step outwards at worst.

    References
    ----------
    Granovetter 1973.
    """
    graph = as_undirected(view)
    shared = _shared(graph)
    span = np.full(graph.m, 2.0)
    open_ties = np.flatnonzero(shared == 0)
    span[open_ties] = paths.spans(graph.csr, open_ties)
    return tie_frame(graph, {"local_bridge": shared == 0, "span": span, "common_neighbours": shared})


def _shared(graph: View) -> NDArray[np.int64]:
    out = np.zeros(graph.m, dtype=np.int64)
    out[graph.csr.tie] = graph.triangles.shared
    return out


def embeddedness(view: View | nx.Graph) -> pd.Series[float]:
    """Return how far the circles of a tie's two ends overlap: the share of their other neighbours that they share.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.

    Returns
    -------
    Series of float64 in 0..1 on ties (source, target)
        0 for a local bridge. NaN where neither end has another tie.

    Examples
    --------
    >>> import networkx as nx
    >>> embeddedness(nx.complete_graph(3)).tolist()
    [1.0, 1.0, 1.0]

    Notes
    -----
    O = n_uv / ((k_u - 1) + (k_v - 1) - n_uv), n_uv the number of common neighbours. Granovetter expects strong ties to
    be embedded; correlate it with strength. Cost O(m^1.5).

    References
    ----------
    Onnela et al. 2007; Granovetter 1973.
    """
    graph = as_undirected(view)
    shared = _shared(graph)
    degree = np.diff(graph.csr.indptr)
    around = degree[graph.source] + degree[graph.target] - 2 - shared
    with np.errstate(invalid="ignore", divide="ignore"):
        values = shared / around
    return tie_series(graph, values, "embeddedness", undefined={"neither end has another tie": around == 0})


def bridging_centrality(view: View | nx.Graph) -> pd.Series[float]:
    """Return how far a node lies between busy regions: betweenness times the bridging coefficient (Hwang).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped, each tie counts as 1.

    Returns
    -------
    Series of float64 from 0, one a node
        0 for an isolate by convention. NaN for n < 3.

    Examples
    --------
    >>> import networkx as nx
    >>> bridging_centrality(nx.path_graph(3)).tolist()
    [0.0, 0.25, 0.0]

    Notes
    -----
    Normalised betweenness times (1/k_v) / sum over neighbours of 1/k_u: the product of 2008, not the product of ranks
    of 2006. It is not the bridging of Valente & Fujimoto (2010), whose top list shares one of five names on the karate
    club. Cost O(n m).

    References
    ----------
    Hwang, Kim, Ramanathan & Zhang 2008.
    """
    graph = as_undirected(view)
    n = graph.n
    if n < 3:
        return node_series(graph, np.full(n, np.nan), "bridging_centrality", undefined="fewer than 3 nodes")
    between = paths.betweenness(graph.csr) / ((n - 1) * (n - 2) / 2)
    degree = np.diff(graph.csr.indptr).astype(np.float64)
    around = np.bincount(graph.csr.rows, weights=1.0 / degree[graph.csr.indices], minlength=n)
    with np.errstate(invalid="ignore", divide="ignore"):
        coefficient = np.where(degree > 0, 1.0 / degree / around, 0.0)
    return node_series(graph, between * coefficient, "bridging_centrality")
