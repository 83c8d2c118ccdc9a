"""Centrality from being tied to central nodes: eigenvector centrality, Katz and PageRank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..errors import MeasureError
from ..kernels import spectral as kernel
from ..kernels.components import component_labels
from ..kernels.subgraphs import induced
from ._input import as_view, choose
from ._results import node_series

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["eigenvector", "katz", "pagerank"]

_SCALES = ("max", "unit")


def eigenvector(view: View | nx.Graph, weight: str | None = None, scale: str = "max") -> pd.Series[float]:
    """Return how far every node is tied to nodes that are themselves well tied (eigenvector centrality).

    Parameters
    ----------
    view : View or networkx graph
        Directed: ties point towards prestige, so a node gains from who points at it.
    weight : str or None, default None
        ``"weight"`` uses strengths.
    scale : {"max", "unit"}, default "max"
        Largest value 1, as in igraph, or sum of squares 1, as in networkx.

    Returns
    -------
    Series of float64 in 0..1, one a node
        Computed on the largest component only (directed: largest strong component); NaN elsewhere, for everyone where
        two components are equally large or none has two nodes.

    Raises
    ------
    MeasureError
        If `scale` is neither.

    Examples
    --------
    >>> import networkx as nx
    >>> eigenvector(nx.star_graph(4)).round(6).tolist()
    [1.0, 0.5, 0.5, 0.5, 0.5]

    Notes
    -----
    Positive x with x = A^T x / lambda. On a network in pieces it has no meaning: other libraries raise, or give zeros
    outside one piece. Cost of a few dozen passes over the ties.

    References
    ----------
    Bonacich 1972.
    """
    choose(scale, _SCALES, "scale")
    graph = as_view(view, weight)
    labels = component_labels(graph.csr, strong=graph.directed)
    size = np.bincount(labels, minlength=2) if labels.size else np.zeros(2, dtype=np.int64)
    values = np.full(graph.n, np.nan)
    reason = "outside the largest component"
    if size[0] < 2:
        reason = "no component has two nodes"
    elif size[0] == size[1]:
        reason = "two components are equally large"
    else:
        inside = np.flatnonzero(labels == 0)
        _, vector = kernel.leading(induced(graph.csr, inside), symmetric=not graph.directed)
        values[inside] = vector if scale == "max" else vector / np.linalg.norm(vector)
    return node_series(graph, values, "eigenvector", undefined=reason)


def katz(view: View | nx.Graph, alpha: float | None = None, weight: str | None = None) -> pd.Series[float]:
    """Return how many walks arrive at every node, longer ones counting less (Katz centrality).

    Parameters
    ----------
    view : View or networkx graph
        Directed: ties point towards prestige.
    alpha : float, optional
        What each further step counts for, below 1/lambda, lambda the greatest eigenvalue. By default 0.5/lambda.
    weight : str or None, default None
        ``"weight"`` uses strengths.

    Returns
    -------
    Series of float64 from 1, one a node
        1: nobody points at it. NaN for everyone where lambda is 0 (no ties, or directed without a cycle) and no
        alpha is given.

    Raises
    ------
    MeasureError
        If alpha is negative, or not below 1/lambda.

    Examples
    --------
    >>> import networkx as nx
    >>> katz(nx.path_graph(3), alpha=0.5).round(6).tolist()
    [3.0, 4.0, 3.0]

    Notes
    -----
    x = (I - alpha A^T)^-1 1, not scaled, alpha half of 1/lambda where none is given; networkx divides by the root of
    the sum of squares. Cost O(m) a step, about 50.

    References
    ----------
    Katz 1953.
    """
    graph = as_view(view, weight)
    radius = kernel.spectral_radius(graph.csr, symmetric=not graph.directed)
    if alpha is None:
        if radius == 0:
            reason = "no cycle to scale alpha by: give one"
            return node_series(graph, np.full(graph.n, np.nan), "katz", undefined=reason)
        alpha = 0.5 / radius
    if not (np.isfinite(alpha) and alpha >= 0 and alpha * radius < 1 - 1e-12):
        limit = f"below {1 / radius:.6g}" if radius else "a number"
        raise MeasureError(f"alpha must be from 0 and {limit} here, not {alpha!r}.")
    return node_series(graph, kernel.katz(graph.csr, alpha), "katz")


def pagerank(view: View | nx.Graph, damping: float = 0.85, weight: str | None = None) -> pd.Series[float]:
    """Return the share of time a random walker along the ties spends at every node (PageRank).

    Parameters
    ----------
    view : View or networkx graph
        Directed: the walker follows the arrows.
    damping : float, default 0.85
        Probability of following a tie rather than starting anew anywhere. Who has no tie onwards starts anew.
    weight : str or None, default None
        ``"weight"``: ties are chosen by strength.

    Returns
    -------
    Series of float64, one a node
        Sums to 1.

    Raises
    ------
    MeasureError
        If damping is not from 0 to below 1.

    Examples
    --------
    >>> import networkx as nx
    >>> pagerank(nx.cycle_graph(4)).tolist()
    [0.25, 0.25, 0.25, 0.25]

    Notes
    -----
    x_i = (1 - d)/n + d (sum over j -> i of w_ji x_j / s_j + what nodes without ties out hold / n), d the damping. On an
    undirected network close to the degree. Steps are repeated until they change less than 1e-15 in sum. Cost O(m) a
    step, some 50 to 200.

    References
    ----------
    Brin & Page 1998.
    """
    if not 0 <= damping < 1:
        raise MeasureError(f"damping must be from 0 to below 1, not {damping!r}.")
    graph = as_view(view, weight)
    return node_series(graph, kernel.pagerank(graph.csr, damping), "pagerank")
