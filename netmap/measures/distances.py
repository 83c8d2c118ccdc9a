"""How far nodes are from each other: harmonic and classic closeness, eccentricity, mean distance, efficiency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..kernels import paths, subgraphs
from ._input import as_undirected, as_view, choose, length_unit, tie_lengths
from ._results import node_series

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["closeness", "eccentricity", "global_efficiency", "harmonic", "local_efficiency", "mean_distance"]

_MODES = ("out", "in", "all")
_VARIANTS = ("component", "wasserman-faust")
_ALONE = "there is no other node to reach"


def harmonic(view: View | nx.Graph, weight: str | None = None, mode: str = "out") -> pd.Series[float]:
    """Return how near every node is to all others: the mean of 1/distance, no path counting 0 (harmonic closeness).

    Parameters
    ----------
    view : View or networkx graph
    weight : str or None, default None
        None: distance is the number of ties. ``"weight"``: a tie of strength w has length 1/w.
    mode : {"out", "in", "all"}, default "out"
        For a directed view: distances along the arrows, against them, or with direction dropped.

    Returns
    -------
    Series of float64, one a node
        0..1 unweighted: 1 is tied to everyone, 0 is an isolate. With strengths in units of strength. NaN for n = 1.

    Examples
    --------
    >>> import networkx as nx
    >>> harmonic(nx.path_graph(3)).tolist()
    [0.75, 1.0, 0.75]

    Notes
    -----
    H_i = (1/(n - 1)) sum over j of 1/d_ij, 1/d being 0 without a path. Unlike closeness it is comparable across
    components, so it is the one to report. networkx gives the sum, for a directed graph over the paths that come in.
    Cost O(n m / 64) a step outwards.

    References
    ----------
    Marchiori & Latora 2000; Rochat 2009.
    """
    graph, sums = _sums(view, weight, mode)
    values = sums.inverse / length_unit(graph, weight) / max(graph.n - 1, 1)
    return node_series(graph, values, "harmonic", undefined={_ALONE: graph.n < 2})


def closeness(
    view: View | nx.Graph, variant: str = "component", weight: str | None = None, mode: str = "out"
) -> pd.Series[float]:
    """Return the inverse of every node's mean distance to the nodes it can reach (closeness centrality).

    Parameters
    ----------
    view : View or networkx graph
    variant : {"component", "wasserman-faust"}, default "component"
        ``"component"``: (r - 1) / sum of distances within the r nodes that can be reached, itself included, as igraph
        does. ``"wasserman-faust"`` multiplies by (r - 1)/(n - 1), the share that can be reached, as networkx does.
    weight : str or None, default None
    mode : {"out", "in", "all"}, default "out"
        As for `harmonic`. networkx takes ``"in"``, igraph ``"all"``.

    Returns
    -------
    Series of float64 in 0..1 (unweighted), one a node
        NaN for a node that can reach nobody.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(2)
    >>> graph.add_node(2)
    >>> closeness(graph).tolist()
    [1.0, 1.0, nan]
    >>> closeness(graph, "wasserman-faust").tolist()
    [0.5, 0.5, nan]

    Notes
    -----
    (r - 1) / sum of d_ij over the r nodes that can be reached, itself included; Wasserman-Faust: times (r - 1)/(n - 1).
    With ``"component"`` a member of a tiny component looks closer than anyone else: prefer `harmonic`. Cost O(n m / 64)
    a step outwards.

    References
    ----------
    Freeman 1979; Wasserman & Faust 1994.
    """
    choose(variant, _VARIANTS, "variant")
    graph, sums = _sums(view, weight, mode)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = sums.reached / (sums.distance * length_unit(graph, weight))
    if variant == "wasserman-faust":
        values = values * sums.reached / max(graph.n - 1, 1)
    return node_series(graph, values, "closeness", undefined={_ALONE: sums.reached == 0})


def eccentricity(view: View | nx.Graph, weight: str | None = None, mode: str = "out") -> pd.Series[float]:
    """Return the distance from every node to the farthest one it can reach.

    Parameters
    ----------
    view : View or networkx graph
    weight : str or None, default None
    mode : {"out", "in", "all"}, default "out"

    Returns
    -------
    Series of float64, one a node
        In ties, or in 1/strength. NaN for a node that can reach nobody. The greatest is the diameter.

    Examples
    --------
    >>> import networkx as nx
    >>> eccentricity(nx.path_graph(4)).tolist()
    [3.0, 2.0, 2.0, 3.0]

    Notes
    -----
    Greatest d_ij over the nodes j that can be reached. Cost O(n m / 64) a step outwards.

    References
    ----------
    Hage & Harary 1995.
    """
    graph, sums = _sums(view, weight, mode)
    values = sums.farthest * length_unit(graph, weight)
    return node_series(graph, values, "eccentricity", undefined={_ALONE: sums.reached == 0})


def mean_distance(view: View | nx.Graph, weight: str | None = None) -> float:
    """Return the mean length of the shortest paths between nodes that can reach each other (average path length).

    Parameters
    ----------
    view : View or networkx graph
        A directed one is followed along its arrows.
    weight : str or None, default None

    Returns
    -------
    float from 1 unweighted
        NaN where nobody can reach anybody.

    Examples
    --------
    >>> import networkx as nx
    >>> round(mean_distance(nx.path_graph(3)), 4)
    1.3333

    Notes
    -----
    Sum of d_ij / number of ordered pairs i, j with a path. Pairs without a path are left out, so breaking a network up
    can shorten it: see `global_efficiency`. Cost O(n m / 64) a step outwards.

    References
    ----------
    Watts & Strogatz 1998.
    """
    graph, sums = _sums(view, weight, "out")
    pairs = int(sums.reached.sum())
    return float(sums.distance.sum()) * length_unit(graph, weight) / pairs if pairs else float("nan")


def global_efficiency(view: View | nx.Graph, weight: str | None = None, *, scaled: bool = False) -> float:
    """Return how near all nodes are to each other: the mean of 1/distance over all pairs, no path counting 0.

    Parameters
    ----------
    view : View or networkx graph
        A directed one is followed along its arrows.
    weight : str or None, default None
    scaled : bool, default False
        With strengths, divide by the efficiency of the network in which every pair had a tie of the greatest strength,
        which brings it into 0..1.

    Returns
    -------
    float
        0..1 unweighted (1: everyone is tied to everyone); with strengths in units of strength. NaN for n < 2.

    Examples
    --------
    >>> import networkx as nx
    >>> round(global_efficiency(nx.path_graph(3)), 4)
    0.8333

    Notes
    -----
    E = sum over ordered pairs of 1/d_ij / (n(n - 1)), 1/d being 0 without a path; 1 - `fragmentation` weighted by
    distance. Cost O(n m / 64) a step outwards.

    References
    ----------
    Latora & Marchiori 2001.
    """
    graph, sums = _sums(view, weight, "out")
    if graph.n < 2:
        return float("nan")
    value = float(sums.inverse.sum()) / length_unit(graph, weight) / (graph.n * (graph.n - 1))
    if scaled and graph.m:
        return value / float(graph.strength.max())
    return value


def local_efficiency(view: View | nx.Graph) -> float:
    """Return how well each node's neighbours would still reach each other without it, on average.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped, each tie is one step.

    Returns
    -------
    float in 0..1
        NaN without nodes. Nodes with fewer than two neighbours count 0 by convention.

    Examples
    --------
    >>> import networkx as nx
    >>> local_efficiency(nx.complete_graph(4)), local_efficiency(nx.star_graph(3))
    (1.0, 0.0)

    Notes
    -----
    (1/n) sum over i of E(N(i)), E being `global_efficiency` and N(i) the network among the neighbours of i alone, as in
    networkx. R's igraph lets those paths leave the neighbourhood, which gives more (0.753 for 0.645 in one comparison).
    Cost of one `global_efficiency` for each neighbourhood.

    References
    ----------
    Latora & Marchiori 2001.
    """
    graph = as_undirected(view)
    if graph.n == 0:
        return float("nan")
    total = 0.0
    csr = graph.csr
    for i in range(graph.n):
        around = csr.indices[csr.indptr[i] : csr.indptr[i + 1]]
        k = around.size
        if k > 1:
            total += float(paths.distance_sums(subgraphs.induced(csr, around)).inverse.sum()) / (k * (k - 1))
    return total / graph.n


def _sums(view: View | nx.Graph, weight: str | None, mode: str) -> tuple[View, paths.DistanceSums]:
    choose(mode, _MODES, "mode")
    graph = as_undirected(view, weight) if mode == "all" else as_view(view, weight)
    csr = graph.csr_in if mode == "in" else graph.csr
    return graph, paths.distance_sums(csr, tie_lengths(graph, weight))
