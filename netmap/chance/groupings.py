"""How far to trust a grouping: whether it comes out again, and whether random ties have one as good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.groups import modularity
from ..kernels.shuffles import rewire
from ..measures._input import as_undirected
from ..measures.grouping import best_labels
from ..measures.partitions import compare_groupings

if TYPE_CHECKING:
    import networkx as nx

    from ..view import View

__all__ = ["Significance", "Stability", "significance", "stability"]

SAME = 0.75


@dataclass(frozen=True)
class Stability:
    """How far groupings found anew agree with the one found first, by adjusted mutual information (1: the same).

    Attributes
    ----------
    over_seeds, over_ties, over_resolution : float
        Mean agreement when only the start of the search changes, when a tenth of the ties is taken away, and at
        resolutions from 0.8 to 1.25.
    groups : int
        Groups of the grouping found first.
    stable : bool
        Whether at least nine in ten of those with a tenth of the ties away agree to 0.75 or more.
    """

    over_seeds: float
    over_ties: float
    over_resolution: float
    groups: int
    stable: bool


@dataclass(frozen=True)
class Significance:
    """The modularity of the best grouping against that of networks with the same degrees and random ties.

    `p` is one-sided, (1 + b)/(1 + R); `z` is NaN where the null does not vary.
    """

    modularity: float
    expected: float
    interval: tuple[float, float]
    z: float
    p: float
    draws: int


def stability(view: View | nx.Graph, *, seed: int = 0, draws: int = 50, starts: int = 5) -> Stability:
    """Return how stable the communities of a network are: over seeds, fewer ties and other resolutions.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped; strengths count.
    seed : int, default 0
    draws : int, default 50
        Networks with a tenth of the ties taken away.
    starts : int, default 5
        Starts of each search.

    Returns
    -------
    Stability
        NaN, and not stable, without ties.

    Raises
    ------
    MeasureError
        If there is no draw or no start.

    Examples
    --------
    >>> import networkx as nx
    >>> found = stability(nx.barbell_graph(8, 0), draws=20)
    >>> found.groups, found.stable
    (2, True)

    Notes
    -----
    A grouping that is not stable is best not shown as one. Cost: that of `draws` x `starts` searches.

    References
    ----------
    Karrer, Levina & Newman 2008; Lancichinetti & Fortunato 2012.
    """
    if draws < 1:
        raise MeasureError(f"draws must be at least 1, not {draws!r}.")
    graph = as_undirected(view, "weight")
    base, _, _ = best_labels(graph, seed=seed, starts=max(starts, 10))
    if graph.m == 0:
        nan = float("nan")
        return Stability(nan, nan, nan, 0, False)
    seeds = [_agree(base, best_labels(graph, seed=seed + 1000 + i, starts=1)[0]) for i in range(min(draws, 20))]
    rng = np.random.default_rng([seed, 31])
    fewer = []
    for _ in range(draws):
        kept = rng.random(graph.m) >= 0.1
        thin = graph.with_ties(graph.source[kept], graph.target[kept], graph.strength[kept])
        fewer.append(_agree(base, best_labels(thin, seed=seed, starts=starts)[0]))
    other = [
        _agree(base, best_labels(graph, seed=seed, starts=starts, resolution=r)[0]) for r in (0.8, 0.9, 1.1, 1.25)
    ]
    return Stability(
        float(np.nanmean(seeds)), float(np.nanmean(fewer)), float(np.nanmean(other)), int(base.max()) + 1,
        bool(np.mean(np.array(fewer) >= SAME) >= 0.9),
    )  # fmt: skip


def _agree(base: NDArray[np.int64], labels: NDArray[np.int64]) -> float:
    return compare_groupings(base, labels).ami


def significance(view: View | nx.Graph, *, seed: int = 0, draws: int = 199, starts: int = 5) -> Significance:
    """Return whether a network falls into groups more than random ties with the same degrees would.

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    seed : int, default 0
    draws : int, default 199
    starts : int, default 5
        Starts of each search, the same for the network and for the null.

    Returns
    -------
    Significance
        NaN without ties.

    Raises
    ------
    MeasureError
        If there are fewer than 19 draws, with which no p could be 0.05.

    Examples
    --------
    >>> import networkx as nx
    >>> significance(nx.barbell_graph(8, 0), draws=39).p
    0.025

    Notes
    -----
    Random networks have groups of high modularity too; that is what is compared with. Groups are searched anew in every
    rewired network. Cost: `draws` rewirings and searches.

    References
    ----------
    Guimera, Sales-Pardo & Amaral 2004; Reichardt & Bornholdt 2006.
    """
    if draws < 19:
        raise MeasureError(f"draws must be at least 19, not {draws!r}: with fewer no p can be 0.05.")
    graph = as_undirected(view)
    nan = float("nan")
    if graph.m == 0:
        return Significance(nan, nan, (nan, nan), nan, nan, 0)
    observed = best_labels(graph, seed=seed, starts=starts)[1]
    rng = np.random.default_rng([seed, 32])
    null = np.array([
        _best(graph, a, b, seed, starts)
        for block_a, block_b in rewire(graph.n, graph.source, graph.target, directed=False, draws=draws, rng=rng)
        for a, b in zip(block_a, block_b, strict=True)
    ])  # fmt: skip
    spread = float(null.std(ddof=1))
    low, high = np.quantile(null, [0.025, 0.975])
    return Significance(
        float(observed), float(null.mean()), (float(low), float(high)),
        float((observed - null.mean()) / spread) if spread > 1e-12 else nan,
        float((1 + (null >= observed - 1e-12).sum()) / (1 + draws)), draws,
    )  # fmt: skip


def _best(graph: View, a: NDArray[np.int64], b: NDArray[np.int64], seed: int, starts: int) -> float:
    drawn = graph.with_ties(a, b)
    labels, _, _ = best_labels(drawn, seed=seed, starts=starts)
    return float(modularity(drawn.source, drawn.target, drawn.strength, labels))
