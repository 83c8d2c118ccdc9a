"""Burt's measures of structural holes: how far a node's contacts are tied to each other and to few."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..kernels import triangles
from ._input import as_view, choose
from ._results import node_series

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["constraint", "effective_size", "efficiency", "hierarchy"]

_VARIANTS = ("network", "ego")
_NO_TIES = "no ties"


def constraint(view: View | nx.Graph, weight: str | None = None, variant: str = "network") -> pd.Series[float]:
    """Return how far a node's time and energy go into contacts who are tied to each other (Burt's constraint).

    Parameters
    ----------
    view : View or networkx graph
        In a directed one both directions are counted.
    weight : str or None, default None
        ``"weight"`` uses strengths.
    variant : {"network", "ego"}, default "network"
        Whether a contact's investments are its share of all its ties (igraph, networkx), or of those within the node's
        own neighbourhood (an option of UCINET).

    Returns
    -------
    Series of float64 above 0, one a node
        Low: contacts in different places, room to broker. High: everyone it knows knows each other. It can exceed 1
        (1.125 in a triad); 1 for a node with one tie. NaN for an isolate.

    Examples
    --------
    >>> import networkx as nx
    >>> constraint(nx.complete_graph(3)).tolist()
    [1.125, 1.125, 1.125]
    >>> constraint(nx.star_graph(4)).tolist()
    [0.25, 1.0, 1.0, 1.0, 1.0]

    Notes
    -----
    C_i = sum over contacts j of (p_ij + sum over q of p_iq p_qj)^2 with p_ij = (w_ij + w_ji) / sum_q (w_iq + w_qi).
    Loops are dropped, as in igraph; networkx counts them. Cost O(m^1.5).

    References
    ----------
    Burt 1992; Burt 2004.
    """
    choose(variant, _VARIANTS, "variant")
    graph = as_view(view, weight).undirected
    values = graph.triangles.constraint if variant == "network" else triangles.constraint(graph.csr, variant=variant)
    return node_series(graph, values, "constraint", undefined=_NO_TIES)


def effective_size(view: View | nx.Graph, weight: str | None = None) -> pd.Series[float]:
    """Return how many separate contacts a node has once those who are tied to each other count in part only.

    Parameters
    ----------
    view : View or networkx graph
        In a directed one both directions are counted.
    weight : str or None, default None
        ``"weight"`` uses strengths.

    Returns
    -------
    Series of float64, one a node
        About 1 (all contacts tied to each other) to the degree (none are). NaN for an isolate.

    Examples
    --------
    >>> import networkx as nx
    >>> effective_size(nx.star_graph(3)).tolist()
    [3.0, 1.0, 1.0, 1.0]
    >>> effective_size(nx.complete_graph(3)).tolist()
    [1.0, 1.0, 1.0]

    Notes
    -----
    sum over j of (1 - sum over q of p_iq m_jq), m_jq the tie of j and q relative to the strongest tie of j. Undirected
    and unweighted that is k - 2t/k, t the ties among the k contacts. networkx 3.6 divides by the wrong node's strongest
    tie when it is asked for all nodes of a weighted or directed graph at once. Cost O(m^1.5).

    References
    ----------
    Burt 1992; Borgatti 1997.
    """
    graph = as_view(view, weight).undirected
    return node_series(graph, graph.triangles.effective_size, "effective_size", undefined=_NO_TIES)


def efficiency(view: View | nx.Graph, weight: str | None = None) -> pd.Series[float]:
    """Return effective size divided by the number of contacts: the share of contacts that are not redundant.

    Parameters
    ----------
    view : View or networkx graph
    weight : str or None, default None

    Returns
    -------
    Series of float64 in 0..1, one a node
        1: no two contacts are tied. NaN for an isolate.

    Examples
    --------
    >>> import networkx as nx
    >>> efficiency(nx.star_graph(3)).tolist()
    [1.0, 1.0, 1.0, 1.0]

    Notes
    -----
    `effective_size` / k. Cost O(m^1.5).

    References
    ----------
    Burt 1992.
    """
    graph = as_view(view, weight).undirected
    degree = np.diff(graph.csr.indptr)
    values = graph.triangles.effective_size / np.maximum(degree, 1)
    return node_series(graph, values, "efficiency", undefined=_NO_TIES)


def hierarchy(view: View | nx.Graph, weight: str | None = None, variant: str = "network") -> pd.Series[float]:
    """Return how far a node's constraint comes from one contact rather than evenly from all (Burt's hierarchy).

    Parameters
    ----------
    view : View or networkx graph
    weight : str or None, default None
    variant : {"network", "ego"}, default "network"
        As for `constraint`.

    Returns
    -------
    Series of float64 in 0..1, one a node
        0: all contacts constrain it alike. 1 by convention for a node with one contact. NaN for an isolate.

    Examples
    --------
    >>> import networkx as nx
    >>> hierarchy(nx.complete_graph(4)).round(12).tolist()
    [0.0, 0.0, 0.0, 0.0]

    Notes
    -----
    sum over j of r_j ln r_j / (N ln N) with r_j the constraint by j relative to the mean over the N contacts. Cost
    O(m^1.5).

    References
    ----------
    Burt 1992.
    """
    choose(variant, _VARIANTS, "variant")
    graph = as_view(view, weight).undirected
    csr = graph.csr
    degree = np.diff(csr.indptr)
    rows = csr.rows
    parts = triangles.constraint_parts(csr, variant=variant)
    total = np.bincount(rows, weights=parts, minlength=graph.n)
    ratio = parts * degree[rows] / total[rows]
    entropy = np.bincount(rows, weights=ratio * np.log(ratio), minlength=graph.n)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.maximum(entropy / (degree * np.log(degree)), 0.0)
    values = np.where(degree == 1, 1.0, values)
    return node_series(graph, values, "hierarchy", undefined={_NO_TIES: degree == 0})
