"""How far to trust a grouping: whether it comes out again, and whether random ties have one as good."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.groups import modularity
from ..measures._input import as_undirected
from ..measures._results import Shown
from ..measures.grouping import best_labels, searches
from ..measures.partitions import compare_groupings
from .compared import NAN, Compared, check_draws, compare
from .rewired import random_networks

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["RESOLUTIONS", "Stability", "significance", "stability", "thinned"]

# A grouping is called stable where single searches agree this far, and searches with a tenth of the ties away this far.
SAME_OVER_SEEDS, SAME_OVER_TIES = 0.9, 0.75
TAKEN = 0.1

RESOLUTIONS = (0.4, 0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)

# Groupings at neighbouring resolutions that agree this far belong to one plateau.
PLATEAU = 0.95


@dataclass(frozen=True, repr=False)
class Stability(Shown):
    """How far groupings found anew agree with the one found first, by adjusted mutual information (1: the same).

    Attributes
    ----------
    over_seeds : float
        Mean agreement of every two groupings found by single searches that differ in their seed alone.
    over_ties : float
        Mean agreement with the grouping found first when a tenth of the ties is taken away.
    profile : DataFrame
        One row a resolution: ``resolution``, ``groups``, ``agreement`` with the grouping found first, and ``plateau``,
        a number that stays the same while neighbouring resolutions give nearly the same grouping.
    groups : int
        Groups of the grouping found first.
    stable : bool
        Whether over_seeds is at least 0.9 and over_ties at least 0.75.
    said : str
        The same in words.
    """

    over_seeds: float
    over_ties: float
    profile: pd.DataFrame
    groups: int
    stable: bool
    said: str


def stability(view: View | nx.Graph, *, seed: int = 0, draws: int = 50, starts: int = 5) -> Stability:
    """Return how stable the communities of a network are: over seeds, fewer ties and other resolutions.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped; strengths count.
    seed : int, default 0
    draws : int, default 50
        Single searches compared with one another, and networks with a tenth of the ties taken away.
    starts : int, default 5
        Starts of each search with fewer ties or another resolution.

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
    >>> stability(nx.cycle_graph(12), draws=20).said
    'no stable grouping: other seeds give other groups'

    Notes
    -----
    Mean AMI between pairs of single searches (over seeds), and between the grouping and those found with a tenth of the
    ties away (over ties). A grouping that is not stable is best not shown as one. Agreement is the adjusted mutual
    information (AMI); the thresholds 0.9 over seeds and 0.75 over ties are netmap's own. Modularity cannot tell groups
    of fewer than about sqrt(2m) ties apart, so look at the profile too: groups that are there stay over a range of
    resolutions. Cost: that of 2 `draws` + 10 searches.

    References
    ----------
    Karrer, Levina & Newman 2008; Lancichinetti & Fortunato 2012; Fortunato & Barthelemy 2007 (resolution limit).
    """
    if draws < 1:
        raise MeasureError(f"draws must be at least 1, not {draws!r}.")
    graph = as_undirected(view, "weight")
    base, _, _ = best_labels(graph, seed=seed, starts=max(starts, 10))
    if graph.m == 0:
        return Stability(NAN, NAN, _profile(graph, base, seed, starts), 0, False, "no stable grouping: no ties")
    seeds = _over_seeds(graph, seed, draws)
    rng = np.random.default_rng([seed, 31])
    fewer = [
        _agree(base, best_labels(thinned(graph, rng), seed=seed, starts=starts)[0]) for _ in range(draws)
    ]
    ties = float(np.mean(fewer))
    stable = seeds >= SAME_OVER_SEEDS and ties >= SAME_OVER_TIES
    groups = int(base.max()) + 1
    return Stability(seeds, ties, _profile(graph, base, seed, starts), groups, stable, _said(seeds, ties, groups))


def thinned(graph: View, rng: np.random.Generator) -> View:
    """Return the network without a tenth of its ties, drawn at random."""
    kept = rng.random(graph.m) >= TAKEN
    return graph.with_ties(graph.source[kept], graph.target[kept], graph.strength[kept])


def _said(seeds: float, ties: float, groups: int) -> str:
    if seeds < SAME_OVER_SEEDS:
        return "no stable grouping: other seeds give other groups"
    if ties < SAME_OVER_TIES:
        return "no stable grouping: with a tenth of the ties away the groups come out otherwise"
    return f"a stable grouping into {groups}"


def _over_seeds(graph: View, seed: int, draws: int) -> float:
    """Return the mean agreement of every two single searches; those that came out alike are compared once."""
    first = seed + 1000
    times = Counter(tuple(row) for row in searches(graph, range(first, first + max(draws, 2))).tolist())
    found = [(np.array(key, dtype=np.int64), count) for key, count in sorted(times.items())]
    total = sum(count * (count - 1) / 2 for _, count in found)
    weight = total
    for i, (one, a) in enumerate(found):
        for other, b in found[i + 1 :]:
            total += a * b * _agree(one, other)
            weight += a * b
    return float(total / weight)


def _profile(graph: View, base: NDArray[np.int64], seed: int, starts: int) -> pd.DataFrame:
    import pandas as pd

    rows, plateau, before = [], -1, None
    for resolution in RESOLUTIONS if graph.m else ():
        labels, _, _ = best_labels(graph, seed=seed, starts=starts, resolution=resolution)
        if before is None or _agree(before, labels) < PLATEAU:
            plateau += 1
        before = labels
        rows.append((resolution, int(labels.max()) + 1, _agree(base, labels), plateau))
    return pd.DataFrame(rows, columns=["resolution", "groups", "agreement", "plateau"])


def _agree(base: NDArray[np.int64], labels: NDArray[np.int64]) -> float:
    found = compare_groupings(base, labels)
    # One group against several has an agreement of 0, not an undefined one; one against one is the same.
    return 1.0 if found.same else float(np.nan_to_num(found.ami))


def significance(view: View | nx.Graph, *, seed: int = 0, draws: int = 200, starts: int = 5) -> Compared:
    """Return whether a network falls into groups more than random ties with the same degrees would.

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    seed : int, default 0
    draws : int, default 200
    starts : int, default 5
        Starts of each search, the same for the network and for the null.

    Returns
    -------
    Compared
        The modularity of the best grouping beside that of the null; ``p`` is one-sided, (1 + b)/(1 + R). NaN without
        ties.

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
    p = (1 + b)/(1 + R), b the rewired networks of R whose best modularity is at least that observed. Random networks
    have groups of high modularity too; that is what is compared with. Groups are searched anew in every rewired
    network. G(n, m) networks would not do: their degrees are even, and the test would find groups wherever degrees are
    not. Cost: that of `draws` x `starts` searches.

    References
    ----------
    Guimera, Sales-Pardo & Amaral 2004; Lancichinetti, Radicchi & Ramasco 2010.
    """
    check_draws(draws)
    graph = as_undirected(view)
    if graph.m == 0:
        return compare(NAN, np.zeros(0))
    rng = np.random.default_rng([seed, 32])
    null = np.array([_best(one, seed, starts) for one in random_networks(graph, draws, rng)])
    return compare(_best(graph, seed, starts), null, "upper")


def _best(graph: View, seed: int, starts: int) -> float:
    labels, _, _ = best_labels(graph, seed=seed, starts=starts)
    return float(modularity(graph.source, graph.target, graph.strength, labels))
