"""Whether an introduction would still be among the best if some ties were mistaken and others unrecorded."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

import numpy as np

from ..kernels import new_ties as kernel
from ..measures._input import as_undirected
from ..measures.new_ties import tie_gain
from .perturbation import perturb

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["steady_introductions"]

# Pairs among which the best are looked for in each network; they bound what the others could gain.
RIVALS = 500


def steady_introductions(
    view: View | nx.Graph,
    pairs: Iterable[tuple[Hashable, Hashable]],
    *,
    among: int = 10,
    confidence: float = 0.9,
    draws: int = 50,
    seed: int = 0,
) -> pd.Series[float]:
    """Return how often each introduction is among the best in networks as they might be (proposed).

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    pairs : iterable of (node, node)
        The introductions, such as `netmap.measures.introductions` finds.
    among : int, default 10
        How many count as the best.
    confidence : float, default 0.9
        Chance that a recorded tie is real; as many are added where none is recorded.
    draws : int, default 50
    seed : int, default 0

    Returns
    -------
    Series of float64 in 0..1 on pairs (source, target)
        A pair that is tied in a draw is not among its best.

    Raises
    ------
    MeasureError
        If a pair names a node that is not there, or the network has more than 6,000 nodes.

    Examples
    --------
    >>> import networkx as nx
    >>> found = steady_introductions(nx.barbell_graph(6, 4), [(5, 10), (6, 8)], draws=20)
    >>> bool(found[(5, 10)] > found[(6, 8)])
    True

    Notes
    -----
    By the gain of `netmap.measures.tie_gain`, against the 500 pairs that might gain most in each network. Cost: `draws`
    times O(n m) and 500 gains.

    References
    ----------
    Papagelis, Bonchi & Gionis 2011; Borgatti, Carley & Krackhardt 2006.
    """
    graph = as_undirected(view)
    wanted = tie_gain(graph, pairs)
    chosen = [tuple(sorted((graph.position[a], graph.position[b]))) for a, b in wanted.index]
    held = np.zeros(len(chosen))
    for draw in perturb(graph, confidence=confidence, draws=draws, seed=seed):
        distance = kernel.all_distances(draw.csr)
        a, b = np.nonzero(np.triu(distance > 1, 1))
        free = np.column_stack([a, b]).astype(np.int64)
        rivals = {(int(u), int(v)) for u, v in free[kernel.promising(distance, free, RIVALS)]}
        gains = {pair: kernel.nearer(distance, *pair)[0] for pair in rivals | set(chosen) if distance[pair] > 1}
        least = sorted(gains.values(), reverse=True)[: among][-1] if gains else np.inf
        held += [pair in gains and gains[pair] >= least - 1e-12 for pair in chosen]
    out = wanted["gain"].rename("steady")
    out[:] = held / draws if draws else np.nan
    return out
