"""Whether weak ties are the ones that join different circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..kernels.dealing import dealt_sums, streams
from ..measures._input import as_undirected
from ..measures.bridging import embeddedness
from .compared import Compared, check_draws, compare, unit_ranks

if TYPE_CHECKING:
    import networkx as nx

    from ..view import View

__all__ = ["weak_ties_test"]


def weak_ties_test(view: View | nx.Graph, weight: str = "weight", *, draws: int = 4999, seed: int = 0) -> Compared:
    """Return how far strong ties are also embedded ones, beside chance (the strength of weak ties).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped (strengths summed over both directions).
    weight : str, default "weight"
        Where the strength of a tie is.
    draws : int, default 4999
    seed : int, default 0

    Returns
    -------
    Compared
        Spearman's correlation of strength and overlap over ties, -1..1: positive where weak ties join people who
        share few contacts, as Granovetter expects. ``p`` is two-sided. NaN where fewer than three ties have an overlap
        or one of the two does not vary.

    Raises
    ------
    MeasureError
        If there are fewer than 19 draws.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.barbell_graph(4, 0)
    >>> nx.set_edge_attributes(graph, 2.0, "weight")
    >>> graph[3][4]["weight"] = 1.0
    >>> weak_ties_test(graph, draws=199).observed > 0.5
    True

    Notes
    -----
    Spearman's rho of w_uv and O_uv over ties; p = (1 + b)/(1 + R). Overlap is that of `netmap.measures.embeddedness`.
    The null permutes the strengths over the ties, so it keeps the network. Cost O(m^1.5) once and O(m) a draw.

    References
    ----------
    Granovetter 1973; Onnela et al. 2007.
    """
    check_draws(draws)
    graph = as_undirected(view, weight)
    overlap = embeddedness(graph).to_numpy(dtype=np.float64)
    known = ~np.isnan(overlap)
    if known.sum() < 3 or np.ptp(graph.strength[known]) == 0 or np.ptp(overlap[known]) == 0:
        return compare(float("nan"), np.zeros(0))
    a, b = unit_ranks(graph.strength[known]), unit_ranks(overlap[known])
    rng = np.random.default_rng([seed, 53])
    null = dealt_sums(a, b, streams(rng, draws)[1:])
    return compare(float(a @ b), null)
