"""One grouping from many: what groupings over seeds and with fewer ties agree on (consensus clustering)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.groups import canonical_labels, connected_parts
from ..measures._groups import GroupsLike, group_codes
from ..measures._input import as_undirected
from ..measures._results import Shown, node_series
from ..measures.grouping import searches
from .groupings import thinned

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["Consensus", "consensus", "group_certainty"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

# The table of who is grouped with whom has a cell for every two nodes.
MOST_NODES = 6000
ROUNDS = 20


@dataclass(frozen=True, repr=False)
class Consensus(Shown):
    """What many groupings agree on.

    Attributes
    ----------
    labels : Series of int, one a node
        0 is the largest group; -1 is a node without ties.
    certainty : Series of float, one a node
        How much more often a node is grouped with its own group than with the nearest other, up to 1. NaN for a node
        without ties.
    groups : int
    rounds : int
        How often groupings were grouped again until all were the same.
    agreed : bool
        Whether they came to be.
    """

    labels: pd.Series[int]
    certainty: pd.Series[float]
    groups: int
    rounds: int
    agreed: bool


def consensus(
    view: View | nx.Graph,
    *,
    resolution: float = 1.0,
    threshold: float = 0.5,
    seed: int = 0,
    weight: str | None = None,
    draws: int = 50,
) -> Consensus:
    """Return the grouping that many searches agree on, with how sure it is for every node (consensus clustering).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    resolution : float, default 1.0
    threshold : float in 0..1, default 0.5
        Two nodes grouped together in fewer than this share of the groupings are no longer joined.
    seed : int, default 0
    weight : str or None, default None
        None counts ties; ``"weight"`` uses their strength.
    draws : int, default 50
        Groupings in each round; in the first each with another seed and a tenth of the ties taken away.

    Returns
    -------
    Consensus
        ``labels`` (0 the largest, -1 without ties), ``certainty`` of every node, ``groups``, ``rounds`` and ``agreed``.
        Every group is connected.

    Raises
    ------
    MeasureError
        If a threshold or a number of draws makes no sense, or there are more than 6,000 nodes.

    Examples
    --------
    >>> import networkx as nx
    >>> found = consensus(nx.barbell_graph(5, 1), draws=20)
    >>> found.groups, int(found.certainty.idxmin())
    (2, 5)

    Notes
    -----
    D_ij is the share of groupings that have i and j together, of those in which both have ties. Cells under the
    threshold are set to 0, the network with strengths D is grouped `draws` times, and so on until all groupings are the
    same. Certainty is that of `group_certainty`, from the first round. Cost: `draws` searches and O(draws n^2) a round.

    References
    ----------
    Lancichinetti & Fortunato 2012.
    """
    if draws < 2:
        raise MeasureError(f"draws must be at least 2, not {draws!r}.")
    if not 0 <= threshold < 1:
        raise MeasureError(f"threshold must lie between 0 and 1, not {threshold!r}.")
    graph = as_undirected(view, weight)
    if graph.n > MOST_NODES:
        raise MeasureError(
            f"consensus keeps a number for every two nodes: at most {MOST_NODES:,} nodes, and this network has "
            f"{graph.n:,}. Use communities and stability instead."
        )
    busy = np.flatnonzero(np.diff(graph.csr.indptr) > 0)
    rng = np.random.default_rng([seed, 59])
    found = _thinned_groupings(graph, busy, rng, seed, resolution, draws)
    together = _together(found)
    rounds, agreed = 0, False
    while not agreed and rounds < ROUNDS:
        rounds += 1
        joined = _joined(graph, busy, together, threshold)
        again = [
            _alone_too(labels[busy])
            for labels in searches(joined, range(seed, seed + draws), resolution=resolution)
        ]
        agreed = all(np.array_equal(again[0], other) for other in again)
        together = _together(again)
    labels = np.full(graph.n, -1, dtype=np.int64)
    if busy.size:
        labels[busy] = again[0]
        labels = connected_parts(graph.n, graph.source, graph.target, labels)
    sure = np.full(graph.n, np.nan)
    sure[busy] = _certainty(found, labels[busy])
    return Consensus(
        node_series(graph, labels, "consensus"), node_series(graph, sure, "certainty", "a node without ties"),
        int(labels.max(initial=-1)) + 1, rounds, agreed,
    )  # fmt: skip


def _thinned_groupings(
    graph: View, busy: IntArray, rng: np.random.Generator, seed: int, resolution: float, draws: int
) -> list[IntArray]:
    """Return the groups of some nodes in searches that differ in their seed and in which tenth of the ties is away."""
    return [searches(thinned(graph, rng), [seed + i], resolution=resolution)[0][busy] for i in range(draws)]


def _together(found: list[IntArray]) -> FloatArray:
    """Return for every two nodes in what share of the groupings that have both they are in one group."""
    n = found[0].size
    both, same = np.zeros((n, n)), np.zeros((n, n))
    for labels in found:
        known = labels >= 0
        both += known[:, None] & known[None, :]
        same += (labels[:, None] == labels[None, :]) & known[:, None] & known[None, :]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(both > 0, same / both, 0.0)


def _joined(graph: View, busy: IntArray, together: FloatArray, threshold: float) -> View:
    a, b = np.nonzero(np.triu(together, 1) * (np.triu(together, 1) >= max(threshold, 1e-12)))
    return graph.with_ties(busy[a], busy[b], together[a, b])


def _alone_too(labels: IntArray) -> IntArray:
    """Make a group of its own of every node that is joined to none."""
    alone = np.flatnonzero(labels < 0)
    out = labels.copy()
    out[alone] = int(labels.max(initial=-1)) + 1 + np.arange(alone.size)
    return canonical_labels(out)


def group_certainty(
    view: View | nx.Graph,
    groups: GroupsLike,
    *,
    resolution: float = 1.0,
    seed: int = 0,
    weight: str | None = None,
    draws: int = 50,
) -> pd.Series[float]:
    """Return how surely each node belongs to its group: how much more often it is found with it than with another.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    groups : mapping, Series or sequence
        The group of each node, such as `communities` returns. Nodes in none (missing, or a negative number) are left out.
    resolution : float, default 1.0
    seed : int, default 0
    weight : str or None, default None
        None counts ties; ``"weight"`` uses their strength.
    draws : int, default 50
        Groupings, each with another seed and a tenth of the ties taken away.

    Returns
    -------
    Series of float, one a node
        At most 1: always with its own group and never with another; 0 or less: with another at least as often. NaN for a
        node without ties or group.

    Raises
    ------
    MeasureError
        If there is not one group a node, or no draw.

    Examples
    --------
    >>> import networkx as nx
    >>> net = nx.barbell_graph(5, 1)
    >>> found = group_certainty(net, {node: int(node > 5) for node in net}, draws=20)
    >>> int(found.idxmin()), bool((found <= 1).all())
    (5, True)

    Notes
    -----
    In one grouping a node is with the share of the other members of a group who stand with it, of those who have ties
    there. Certainty is the mean share for its own group less that for the nearest other group; a node alone in its group
    is with it. Cost: `draws` searches and O(draws n k) for k groups.

    References
    ----------
    Lancichinetti & Fortunato 2012 for the table of who is grouped with whom; the difference of the two means is
    proposed, after Rousseeuw's silhouette (1987).
    """
    if draws < 1:
        raise MeasureError(f"draws must be at least 1, not {draws!r}.")
    graph = as_undirected(view, weight)
    labels = group_codes(graph, groups).codes
    busy = np.flatnonzero((np.diff(graph.csr.indptr) > 0) & (labels >= 0))
    rng = np.random.default_rng([seed, 61])
    found = _thinned_groupings(graph, busy, rng, seed, resolution, draws)
    sure = np.full(graph.n, np.nan)
    sure[busy] = _certainty(found, np.unique(labels[busy], return_inverse=True)[1])
    return node_series(graph, sure, "group_certainty", "a node without ties or group")


def _certainty(found: list[IntArray], labels: IntArray) -> FloatArray:
    """Return the mean share of a node's group that groupings have with it, less that of the nearest other group."""
    n, k = labels.size, int(labels.max(initial=-1)) + 1
    if n == 0:
        return np.zeros(0)
    total, known = np.zeros((n, k)), np.zeros((n, k))
    every = np.arange(n)
    for grouping in found:
        here = np.flatnonzero(grouping >= 0)
        own, code = labels[here], np.unique(grouping[here], return_inverse=True)[1]
        held = np.bincount(code * k + own, minlength=(int(code.max(initial=-1)) + 1) * k).reshape(-1, k)
        size = np.tile(np.bincount(own, minlength=k).astype(float), (here.size, 1))
        share = held[code].astype(float)
        # A node is with itself in every grouping, which says nothing about it.
        share[np.arange(here.size), own] -= 1
        size[np.arange(here.size), own] -= 1
        told = size > 0
        total[here] += np.divide(share, size, out=np.zeros_like(share), where=told)
        known[here] += told
    mean = np.divide(total, known, out=np.full((n, k), np.nan), where=known > 0)
    mine = mean[every, labels]
    mine = np.where(np.isnan(mine), 1.0, mine)
    mean[every, labels] = -np.inf
    rest = np.where(np.isnan(mean), -np.inf, mean).max(axis=1)
    return np.asarray(mine - np.where(np.isinf(rest), 0.0, rest))
