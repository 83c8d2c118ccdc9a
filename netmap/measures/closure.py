"""How far the contacts of a node are in contact with each other: transitivity and clustering coefficients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..kernels.brokerage import two_paths
from ._input import as_undirected, as_view, choose
from ._results import node_series

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = [
    "average_clustering",
    "clustering",
    "clustering_barrat",
    "clustering_onnela",
    "directed_transitivity",
    "transitivity",
]

NAN = float("nan")
_FEW = "fewer than two neighbours"


def transitivity(view: View | nx.Graph) -> float:
    """Return the share of connected triples that are closed: how often two contacts of a node are in contact.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped; for a directed version see `directed_transitivity`.

    Returns
    -------
    float in 0..1
        NaN where no node has two neighbours.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.complete_graph(3)
    >>> graph.add_edge(2, 3)
    >>> transitivity(graph)
    0.6

    Notes
    -----
    3 x triangles / connected triples. The headline figure for closure: unlike the mean of local clustering it does not
    hang on how nodes with one neighbour are counted. It says nothing about a projection of a two-mode network, where
    every group is a clique by construction. Cost O(m^1.5).

    References
    ----------
    Newman 2003.
    """
    graph = as_undirected(view)
    degree = np.diff(graph.csr.indptr)
    triples = int((degree * (degree - 1)).sum())
    return 2 * int(graph.triangles.closed.sum()) / triples if triples else NAN


def directed_transitivity(view: View | nx.Graph) -> float:
    """Return how often a tie from a to b and from b to c comes with one from a to c.

    Parameters
    ----------
    view : View or networkx graph
        Directed. An undirected view gives its `transitivity`.

    Returns
    -------
    float in 0..1
        NaN where there is no path a to b to c of three different nodes.

    Examples
    --------
    >>> import networkx as nx
    >>> directed_transitivity(nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c")]))
    1.0

    Notes
    -----
    Number of a -> b -> c with a -> c / number of a -> b -> c, a, b and c three nodes. The weak transitivity of R's sna.
    Cost O(m^1.5).

    References
    ----------
    Wasserman & Faust 1994.
    """
    graph = as_view(view)
    every, open_ = two_paths(graph.csr, graph.csr_in)
    return float(1.0 - open_.sum() / every.sum()) if every.sum() else NAN


def clustering(view: View | nx.Graph) -> pd.Series[float]:
    """Return the share of pairs of every node's neighbours that are tied (local clustering coefficient).

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.

    Returns
    -------
    Series of float64 in 0..1, one a node
        NaN for a node with fewer than two neighbours (networkx gives 0).

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.complete_graph(3)
    >>> graph.add_edge(2, 3)
    >>> clustering(graph).round(4).tolist()
    [1.0, 1.0, 0.3333, nan]

    Notes
    -----
    c_i = 2 t_i / (k_i (k_i - 1)) with t_i the ties among the k_i neighbours. Cost O(m^1.5).

    References
    ----------
    Watts & Strogatz 1998.
    """
    graph = as_undirected(view)
    return node_series(graph, _local(graph, graph.triangles.closed), "clustering", undefined=_FEW)


def _local(graph: View, closed: NDArray[np.integer] | NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the sum over a node's triangles as a share of its pairs of neighbours; NaN where there are none."""
    degree = np.diff(graph.csr.indptr)
    return np.where(degree > 1, 2 * closed / np.maximum(degree * (degree - 1), 1), np.nan)


def average_clustering(view: View | nx.Graph, undefined: str = "leave out") -> float:
    """Return the mean of the local clustering coefficients.

    Parameters
    ----------
    view : View or networkx graph
    undefined : {"leave out", "zero"}, default "leave out"
        What to do with nodes that have fewer than two neighbours: leave them out, or count them 0 as networkx does.

    Returns
    -------
    float in 0..1
        NaN where there is nothing to average.

    Raises
    ------
    MeasureError
        If `undefined` is neither.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.complete_graph(3)
    >>> graph.add_edge(2, 3)
    >>> round(average_clustering(graph), 4), round(average_clustering(graph, "zero"), 4)
    (0.7778, 0.5833)

    Notes
    -----
    (1/n') sum of c_i over the n' nodes with two neighbours or more; with zeros for the others (1/n) sum of c_i. Cost
    O(m^1.5).

    References
    ----------
    Watts & Strogatz 1998.
    """
    choose(undefined, ("leave out", "zero"), "undefined")
    values = clustering(view).to_numpy()
    if undefined == "zero":
        values = np.nan_to_num(values)
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else NAN


def clustering_barrat(view: View | nx.Graph, weight: str | None = "weight") -> pd.Series[float]:
    """Return local clustering in which each closed pair counts by the strength of the node's own two ties (Barrat).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped, strengths summed over both directions.
    weight : str or None, default "weight"

    Returns
    -------
    Series of float64 in 0..1, one a node
        Above plain clustering: the strong ties are the embedded ones. NaN with fewer than two neighbours.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("a", "b", 3), ("a", "c", 3), ("b", "c", 1), ("a", "d", 1)])
    >>> clustering_barrat(graph).round(4).tolist()
    [0.4286, 1.0, 1.0, nan]

    Notes
    -----
    c_i = sum over closed pairs j, h of neighbours of (w_ij + w_ih)/2 / (s_i (k_i - 1)), each pair taken in both orders,
    s_i the strength of i. What igraph calls weighted clustering; networkx gives Onnela's under that name, see
    `clustering_onnela`. Unchanged if all strengths are multiplied by one number. Cost O(m^1.5).

    References
    ----------
    Barrat et al. 2004.
    """
    graph = as_undirected(view, weight)
    csr = graph.csr
    degree = np.diff(csr.indptr)
    strength = np.bincount(csr.rows, weights=csr.weights, minlength=graph.n)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(degree > 1, graph.triangles.barrat / (strength * (degree - 1)), np.nan)
    return node_series(graph, values, "clustering_barrat", undefined=_FEW)


def clustering_onnela(view: View | nx.Graph, weight: str | None = "weight") -> pd.Series[float]:
    """Return local clustering in which each triangle counts by the strength of all its three ties (Onnela).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped, strengths summed over both directions.
    weight : str or None, default "weight"

    Returns
    -------
    Series of float64 in 0..1, one a node
        At most plain clustering, reached where all three ties are as strong as the strongest of the network. NaN with
        fewer than two neighbours.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("a", "b", 8), ("a", "c", 8), ("b", "c", 1)])
    >>> clustering_onnela(graph).round(6).tolist()
    [0.5, 0.5, 0.5]

    Notes
    -----
    c_i = 2 / (k_i (k_i - 1)) x sum over triangles of (w_ij w_ih w_jh)^(1/3), strengths divided by the greatest of the
    network, so one very strong tie anywhere lowers every value. Cost O(m^1.5).

    References
    ----------
    Onnela et al. 2005.
    """
    graph = as_undirected(view, weight)
    return node_series(graph, _local(graph, graph.triangles.onnela), "clustering_onnela", undefined=_FEW)
