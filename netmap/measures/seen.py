"""How much of a network has been seen: who answered, and how far the two ends of a tie bear each other out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import MeasureError
from ..view import View
from ._input import as_view
from ._results import Shown

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    import networkx as nx
    import pandas as pd

__all__ = ["Coverage", "coverage"]

NAN = float("nan")

# Shares of nodes that answered, below which no ranking, or only ranks with their interval, may be put into words.
FEW, ENOUGH = 0.5, 0.75


@dataclass(frozen=True, repr=False)
class Coverage(Shown):
    """How much of a network has been seen.

    Attributes
    ----------
    nodes, answered : int
        All nodes, and those that answered.
    response_rate : float
        answered / nodes.
    pairs, pairs_of_two, pairs_of_one, pairs_of_none : int
        All pairs of nodes, and those of which both, one or neither end answered; the last are unknown, not empty.
    ties : int
        Pairs tied if either end says so.
    both_ends, one_end : int
        Ties reported by both ends, and by one.
    one_sided : float
        one_end / ties.
    confirmation_rate : float
        Share reported by both ends among ties between two that answered.
    rankings : str
        What may be said of ranks: ``"ok"``, ``"intervals only"``, ``"none"``, or ``"unknown"``.
    """

    nodes: int
    answered: int
    response_rate: float
    pairs: int
    pairs_of_two: int
    pairs_of_one: int
    pairs_of_none: int
    ties: int
    both_ends: int
    one_end: int
    one_sided: float
    confirmation_rate: float
    rankings: str


def coverage(
    view: View | nx.Graph, responded: pd.Series[bool] | Collection[Hashable] | None = None
) -> Coverage:
    """Return how much of a network has been seen: who answered, which ties both ends report, what is unknown.

    Parameters
    ----------
    view : View or networkx graph
        Directed, a tie from who reports it to whom they name. An undirected one has lost who reported what: the shares
        of reports are NaN.
    responded : Series of bool, or collection of node ids, optional
        Who answered. Whoever reports a tie has answered, listed or not. Without it, who answered is not known and only
        what reports say is counted.

    Returns
    -------
    Coverage
        Rates are NaN where there is nothing to divide by.

    Raises
    ------
    MeasureError
        If `responded` names nodes that are not there.

    Examples
    --------
    >>> import networkx as nx
    >>> found = coverage(nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c")]), responded=["a", "b"])
    >>> found.one_end, found.confirmation_rate, found.rankings
    (1, 1.0, 'intervals only')

    Notes
    -----
    response rate = answered / n; confirmation rate = ties reported by both ends / ties between two that answered. A
    pair of which neither end answered is unknown, not empty. Under one half answered no ranking of nodes is put into
    words, under three quarters only ranks with their interval; these two thresholds are netmap's own (proposed). Cost
    O(n + m).

    References
    ----------
    Kossinets 2006; Borgatti, Carley & Krackhardt 2006 (what missing answers do to measures).
    """
    graph = as_view(view)
    n = graph.n
    flat = graph.undirected
    both = graph.m - flat.m if graph.directed else 0
    answered = _answered(graph, responded)
    pairs = n * (n - 1) // 2
    known = 0 if answered is None else int(answered.sum())
    two = known * (known - 1) // 2
    none = (n - known) * (n - known - 1) // 2
    confirmed, rate = NAN, NAN
    word = "unknown"
    if answered is not None and n:
        rate = known / n
        word = "none" if rate < FEW else "intervals only" if rate < ENOUGH else "ok"
        between = int((answered[flat.source] & answered[flat.target]).sum())
        # Only two that answered can both report a tie.
        confirmed = both / between if between and graph.directed else NAN
    nothing = answered is None
    return Coverage(
        n, known, rate, pairs, 0 if nothing else two, 0 if nothing else pairs - two - none, 0 if nothing else none,
        flat.m, both, flat.m - both if graph.directed else 0,
        (flat.m - both) / flat.m if graph.directed and flat.m else NAN, confirmed, word,
    )  # fmt: skip


def _answered(graph: View, responded: Any) -> np.ndarray | None:
    if responded is None:
        return None
    if hasattr(responded, "index") and hasattr(responded, "items"):
        import pandas as pd

        yes = {node for node, value in responded.items() if not pd.isna(value) and bool(value)}
        named = set(responded.index)
    else:
        yes = named = set(responded)
    strange = sorted(map(str, named - set(graph.ids)))
    if strange:
        raise MeasureError(f"responded names nodes that are not in the network: {', '.join(strange[:5])}.")
    out = np.array([node in yes for node in graph.ids], dtype=bool)
    if graph.directed:
        out[graph.source] = True
    return out
