"""How much a network holds together as a whole: density, components, reciprocity, centralisation, cores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..kernels import cores
from ..kernels.components import component_labels, pairs_within
from ._input import as_undirected, as_view, choose
from ._results import Shown, node_series

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = [
    "Components",
    "centralisation",
    "components",
    "connectedness",
    "core_number",
    "density",
    "fragmentation",
    "mean_strength",
    "reciprocity",
    "strength_core",
]

NAN = float("nan")


def density(view: View | nx.Graph) -> float:
    """Return the share of all possible ties that exist.

    Parameters
    ----------
    view : View or networkx graph
        Loops are dropped and parallel ties count once, so it never exceeds 1.

    Returns
    -------
    float in 0..1
        NaN for n < 2.

    Examples
    --------
    >>> import networkx as nx
    >>> density(nx.cycle_graph(4))
    0.6666666666666666

    Notes
    -----
    2m/(n(n-1)), or m/(n(n-1)) if directed. It falls as networks grow: compare networks of different size by their mean
    degree 2m/n too. Two-mode networks have a density of their own, see `two_mode_density`. Cost O(1).

    References
    ----------
    Wasserman & Faust 1994.
    """
    graph = as_view(view)
    pairs = _pairs(graph)
    return graph.m / pairs if pairs else NAN


def mean_strength(view: View | nx.Graph, weight: str | None = "weight") -> float:
    """Return the strength of ties averaged over all pairs of nodes, tied or not (weighted density).

    Parameters
    ----------
    view : View or networkx graph
    weight : str or None, default "weight"

    Returns
    -------
    float from 0, in units of strength
        NaN for n < 2.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("a", "b", 2), ("b", "c", 4)])
    >>> mean_strength(graph)
    2.0

    Notes
    -----
    Sum of w over ties / number of pairs: n(n-1)/2, or n(n-1) if directed. Cost O(m).

    References
    ----------
    Wasserman & Faust 1994.
    """
    graph = as_view(view, weight)
    pairs = _pairs(graph)
    return float(graph.strength.sum()) / pairs if pairs else NAN


def _pairs(graph: View) -> float:
    return graph.n * (graph.n - 1) / (1 if graph.directed else 2)


@dataclass(frozen=True, eq=False, repr=False)
class Components(Shown):
    """The parts of a network that are connected within and not with each other.

    Attributes
    ----------
    labels : Series of int
        Component of every node; 0 is the largest, equal sizes are numbered by their first id.
    count : int
        Number of components, isolates included.
    sizes : tuple of int
        Largest first.
    isolates : int
        How many nodes have no tie.
    share_in_largest : float
        NaN without nodes.
    """

    labels: pd.Series[int]
    count: int
    sizes: tuple[int, ...]
    isolates: int
    share_in_largest: float


def components(view: View | nx.Graph, strong: bool = False) -> Components:
    """Return the connected components: the groups of nodes that can reach each other.

    Parameters
    ----------
    view : View or networkx graph
    strong : bool, default False
        For a directed view: ask for a path in both directions, instead of ignoring direction.

    Returns
    -------
    Components
        ``labels`` (Series), ``count``, ``sizes``, ``isolates``, ``share_in_largest``.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(3)
    >>> graph.add_node(3)
    >>> components(graph)
    Components(labels=<4 values>, count=2, sizes=(3, 1), isolates=1, share_in_largest=0.75)

    Notes
    -----
    Share in the largest = its size / n. Cost O(n + m).

    References
    ----------
    Wasserman & Faust 1994.
    """
    graph = as_view(view)
    labels = component_labels(graph.csr, strong=strong)
    sizes = np.bincount(labels) if labels.size else np.zeros(0, dtype=np.int64)
    ends = np.bincount(graph.source, minlength=graph.n) + np.bincount(graph.target, minlength=graph.n)
    return Components(
        labels=node_series(graph, labels, "component"),
        count=int(sizes.size),
        sizes=tuple(int(s) for s in sizes),
        isolates=int((ends == 0).sum()),
        share_in_largest=float(sizes.max() / graph.n) if graph.n else NAN,
    )


def connectedness(view: View | nx.Graph, strong: bool = False) -> float:
    """Return the share of pairs of nodes that can reach each other.

    Parameters
    ----------
    view : View or networkx graph
    strong : bool, default False
        For a directed view: ask for a path in both directions, instead of ignoring direction as sna does.

    Returns
    -------
    float in 0..1
        1 - `fragmentation`. NaN for n < 2.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(3)
    >>> graph.add_node(3)
    >>> connectedness(graph)
    0.5

    Notes
    -----
    Sum over components of s(s - 1) / (n(n - 1)) with s their sizes, 1 - `fragmentation`. Cost O(n + m).

    References
    ----------
    Krackhardt 1994.
    """
    graph = as_view(view)
    if graph.n < 2:
        return NAN
    return pairs_within(component_labels(graph.csr, strong=strong)) / (graph.n * (graph.n - 1) / 2)


def fragmentation(view: View | nx.Graph, distance_weighted: bool = False, weight: str | None = None) -> float:
    """Return the share of pairs of nodes that cannot reach each other (Borgatti's F, or his distance-weighted DF).

    Parameters
    ----------
    view : View or networkx graph
        A directed one is in pieces where a pair cannot reach each other both ways.
    distance_weighted : bool, default False
        Count pairs that are far apart as partly separated: 1 - `global_efficiency`.
    weight : str or None, default None
        With `distance_weighted`: ``"weight"`` gives a tie of strength w the length (greatest strength)/w.

    Returns
    -------
    float in 0..1
        0: everyone can reach everyone (distance-weighted: everyone is tied). NaN for n < 2.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(3)
    >>> graph.add_edge(3, 4)
    >>> graph.add_node(5)
    >>> round(fragmentation(graph), 4)
    0.7333

    Notes
    -----
    F = 1 - sum over components of s(s - 1) / (n(n - 1)) with s their sizes; distance-weighted DF = 1 - sum over pairs
    of 1/d_ij / (n(n - 1)), both directions counted. Cost O(n + m), distance-weighted O(n m / 64) a step outwards.

    References
    ----------
    Borgatti 2006.
    """
    from .distances import global_efficiency

    if distance_weighted:
        return 1.0 - global_efficiency(view, weight, scaled=weight is not None)
    graph = as_view(view)
    return 1.0 - connectedness(graph, strong=graph.directed)


_RECIPROCITIES = ("edge", "dyad", "dyadic", "correlation")


def reciprocity(view: View | nx.Graph, kind: str = "edge", weight: str | None = None) -> float:
    """Return how far ties of a directed network are returned.

    Parameters
    ----------
    view : View or networkx graph
        Directed.
    kind : {"edge", "dyad", "dyadic", "correlation"}, default "edge"
        With M mutual, A one-sided and N empty pairs: ``"edge"``: share of ties that are returned, 2M/(2M + A), as in
        networkx and igraph. ``"dyad"``: share of tied pairs that are mutual, M/(M + A). ``"dyadic"``: share of all
        pairs that are symmetric, (M + N)/(M + A + N), the default of R's sna. ``"correlation"``: how much more than a
        network of that density would have by chance, (r - density)/(1 - density).
    weight : str or None, default None
        With ``kind="edge"``: ``"weight"`` gives the share of strength that is returned, sum min(w_ij, w_ji)/sum w_ij.

    Returns
    -------
    float
        0..1; a correlation from -density/(1 - density) to 1. NaN for an undirected view (there is nothing to return),
        without ties, and for the correlation of a complete network.

    Raises
    ------
    MeasureError
        If `kind` is not one of the four, or strengths are asked for with another kind than ``"edge"``.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c")])
    >>> round(reciprocity(graph), 4), reciprocity(graph, "dyad")
    (0.6667, 0.5)

    Notes
    -----
    edge 2M/(2M + A); dyad M/(M + A); dyadic (M + N)/(M + A + N); correlation (r - a)/(1 - a) with r the edge
    reciprocity and a the density; weighted sum min(w_ij, w_ji) / sum w_ij. Cost O(m log m).

    References
    ----------
    Wasserman & Faust 1994; Garlaschelli & Loffredo 2004; Squartini et al. 2013 (weighted).
    """
    from ..errors import MeasureError

    choose(kind, _RECIPROCITIES, "kind")
    if weight is not None and kind != "edge":
        raise MeasureError('Strengths have a reciprocity of kind "edge" only.')
    graph = as_view(view, weight)
    if not graph.directed or graph.m == 0:
        return NAN
    returned = _returned(graph)
    if weight is not None:
        return float(returned.sum() / graph.strength.sum())
    two_m = float((returned > 0).sum())
    mutual, one_sided = two_m / 2, graph.m - two_m
    if kind == "edge":
        return two_m / graph.m
    if kind == "dyad":
        return mutual / (mutual + one_sided)
    dyads = graph.n * (graph.n - 1) / 2
    if kind == "dyadic":
        return (dyads - one_sided) / dyads
    a = graph.m / (2 * dyads)
    return (two_m / graph.m - a) / (1 - a) if a < 1 else NAN


def _returned(graph: View) -> NDArray[np.float64]:
    """Return for every tie the strength that comes back: the lesser of the two directions, 0 if one-sided."""
    key = graph.source.astype(np.int64) * graph.n + graph.target
    back = graph.target.astype(np.int64) * graph.n + graph.source
    place = np.minimum(np.searchsorted(key, back), key.size - 1)
    return np.where(key[place] == back, np.minimum(graph.strength, graph.strength[place]), 0.0)


_KINDS = ("degree", "in-degree", "out-degree", "betweenness", "closeness")


def centralisation(view: View | nx.Graph, kind: str = "degree") -> float:
    """Return how far the network turns on one node, between none (all alike) and a star (Freeman centralisation).

    Parameters
    ----------
    view : View or networkx graph
        Each tie counts as 1. Degree and closeness drop direction.
    kind : {"degree", "in-degree", "out-degree", "betweenness", "closeness"}, default "degree"

    Returns
    -------
    float in 0..1
        1 for a star. NaN for n < 3; of closeness also where the network is in pieces.

    Raises
    ------
    MeasureError
        If `kind` is not one of the five.

    Examples
    --------
    >>> import networkx as nx
    >>> centralisation(nx.star_graph(4)), centralisation(nx.cycle_graph(5), "betweenness")
    (1.0, 0.0)

    Notes
    -----
    Sum over nodes of (greatest value - value), divided by the largest such sum there can be: (n-1)(n-2) for degree,
    (n-1)^2 for in- and out-degree, n-1 for normalised betweenness, (n-1)(n-2)/(2n-3) for closeness. igraph's
    ``centr_degree`` allows for loops by default and gives less (0.376 against 0.400 on the karate club); sna gives 0
    for the closeness of a network in pieces. Strengths have no natural greatest value and are not offered. Cost that of
    the centrality, O(n + m) for degree and O(n m) otherwise.

    References
    ----------
    Freeman 1979.
    """
    from .centralities import betweenness
    from .distances import closeness

    choose(kind, _KINDS, "kind")
    graph = as_view(view) if kind in ("in-degree", "out-degree", "betweenness") else as_undirected(view)
    n = graph.n
    if n < 3:
        return NAN
    values: NDArray[Any]
    if kind == "betweenness":
        values, most = betweenness(graph).to_numpy(), n - 1.0
    elif kind == "closeness":
        if int(component_labels(graph.csr).max()) > 0:
            return NAN
        values, most = closeness(graph).to_numpy(), (n - 1) * (n - 2) / (2 * n - 3)
    elif kind == "degree":
        values, most = np.diff(graph.csr.indptr), (n - 1.0) * (n - 2)
    else:
        ends = graph.target if kind == "in-degree" else graph.source
        values = np.bincount(ends, minlength=n)
        if not graph.directed:
            values, most = np.diff(graph.csr.indptr), (n - 1.0) * (n - 2)
        else:
            most = (n - 1.0) ** 2
    return float((values.max() - values).sum() / most)


def core_number(view: View | nx.Graph, mode: str = "all") -> pd.Series[int]:
    """Return how deep every node sits: the largest k such that it is in a group where all have k ties (k-core).

    Parameters
    ----------
    view : View or networkx graph
    mode : {"all", "in", "out"}, default "all"
        For a directed view: count neighbours with direction dropped, ties received, or ties sent.

    Returns
    -------
    Series of int in 0..n-1, one a node
        0 for an isolate.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.complete_graph(3)
    >>> graph.add_edge(2, 3)
    >>> core_number(graph).tolist()
    [2, 2, 2, 1]

    Notes
    -----
    The k-core is what is left when nodes with fewer than k ties among those left are taken away again and again; the
    core number is the largest k whose core holds the node. Loops are dropped (networkx refuses them, igraph counts them
    twice); R's sna doubles the values unless told that the graph is undirected. Cost O(n + m).

    References
    ----------
    Seidman 1983.
    """
    choose(mode, ("all", "in", "out"), "mode")
    graph = as_undirected(view) if mode == "all" else as_view(view)
    out, into = graph.csr, graph.csr_in
    values = cores.core_numbers(into, counted=out) if mode == "out" else cores.core_numbers(out, counted=into)
    return node_series(graph, values, "core_number")


def strength_core(view: View | nx.Graph, weight: str | None = "weight") -> pd.Series[float]:
    """Return the greatest s such that a node is in a group where everyone's ties within it add up to s (s-core).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped, strengths summed over both directions.
    weight : str or None, default "weight"

    Returns
    -------
    Series of float64 from 0, one a node
        In units of strength; with strengths of 1 the core number.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("a", "b", 3), ("b", "c", 1)])
    >>> strength_core(graph).tolist()
    [3.0, 3.0, 1.0]

    Notes
    -----
    As `core_number`, with the strength among those left, s_i = sum of w_ij, in place of their number. The node of least
    strength is taken away again and again. Cost O((n + m) log n).

    References
    ----------
    Eidsaa & Almaas 2013.
    """
    graph = as_undirected(view, weight)
    return node_series(graph, cores.strength_cores(graph.csr), "strength_core")
