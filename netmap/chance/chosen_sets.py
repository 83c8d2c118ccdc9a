"""Whether a set of nodes does more than as many drawn at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..errors import MeasureError
from ..kernels.removal import distance_fragmentation
from ..measures._input import as_undirected, as_view, choose
from ..measures.key_sets import reach
from .compared import NAN, Compared, check_draws, compare

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    import networkx as nx

    from ..view import View

__all__ = ["key_players_test"]

KINDS = ("fragment", "reach")


def key_players_test(
    view: View | nx.Graph,
    seeds: Collection[Hashable],
    kind: str = "fragment",
    steps: int | None = None,
    *,
    draws: int = 999,
    seed: int = 0,
) -> Compared:
    """Return how much the loss of a set of nodes breaks up, or how much is reached from it, beside random sets.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped for ``"fragment"``, followed for ``"reach"``.
    seeds : collection of node ids
        The set, such as `key_players` finds.
    kind : {"fragment", "reach"}, default "fragment"
        Distance-weighted fragmentation of what is left, or reach.
    steps : int, optional
        For ``"reach"``: how far; by distance if not given.
    draws : int, default 999
    seed : int, default 0

    Returns
    -------
    Compared
        ``p`` is one-sided: as much or more. NaN where too few nodes would be left.

    Raises
    ------
    MeasureError
        If the set is empty or names nodes that are not there, the kind is unknown, or there are fewer than 19 draws.

    Examples
    --------
    >>> import networkx as nx
    >>> found = key_players_test(nx.star_graph(9), [0], draws=99)
    >>> found.observed, round(found.expected, 1) < 0.6
    (1.0, True)

    Notes
    -----
    The null takes as many nodes at random, every set being as likely. A set that was searched for is the best of many,
    so its p says how far the best lies from any, not that the search was lucky. Cost O(m n / 64) a draw and step.

    References
    ----------
    Borgatti 2006.
    """
    check_draws(draws)
    choose(kind, KINDS, "kind")
    graph = as_undirected(view) if kind == "fragment" else as_view(view)
    chosen = np.unique(graph.positions(list(seeds)))
    if not chosen.size:
        raise MeasureError("The set is empty: name at least one node.")
    size, n = chosen.size, graph.n
    if size > n - (2 if kind == "fragment" else 1):
        return compare(NAN, np.zeros(0))
    rng = np.random.default_rng([seed, 83])
    sets = np.stack([np.sort(rng.choice(n, size, replace=False)) for _ in range(draws)])
    if kind == "fragment":
        found = distance_fragmentation(graph.csr, np.concatenate([chosen[None, :], sets]))
    else:
        found = np.array([reach(graph, [graph.ids[i] for i in one], steps) for one in [chosen, *sets]])
    return compare(float(found[0]), found[1:], "upper")
