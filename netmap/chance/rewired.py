"""A number of the whole network against random networks: same degrees, or only as many ties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..kernels.shuffles import near_swaps, rewire
from ..measures._input import as_undirected, as_view, choose
from ..measures._results import Shown
from ..measures.closure import transitivity
from ..measures.cohesion import components
from ..measures.distances import global_efficiency, mean_distance
from .compared import NAN, Compared, check_draws, compare

if TYPE_CHECKING:
    import networkx as nx

    from ..view import View

__all__ = ["NULLS", "SmallWorld", "random_networks", "rewiring_test", "small_world"]

NULLS = ("degrees", "ties")

# Connected networks are sought in at most this many times as many draws as are wanted.
_TRIES = 10
# Rings on which a network is laid out to see how clustered its degrees allow it to be.
_RINGS = 5


def random_networks(graph: View, draws: int, rng: np.random.Generator, null: str = "degrees") -> Iterator[View]:
    """Yield networks on the same nodes with the same degrees, or with as many ties between any nodes."""
    if null == "degrees":
        blocks = rewire(graph.n, graph.source, graph.target, directed=graph.directed, draws=draws, rng=rng)
        for block_a, block_b in blocks:
            for a, b in zip(block_a, block_b, strict=True):
                yield graph.with_ties(a, b)
        return
    n = graph.n
    pairs = n * (n - 1) // (1 if graph.directed else 2)
    for _ in range(draws):
        a, b = _pair(rng.choice(pairs, size=graph.m, replace=False), n, directed=graph.directed)
        yield graph.with_ties(a, b)


def _pair(number: NDArray[np.int64], n: int, *, directed: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the ends of pairs numbered row by row, loops left out."""
    if directed:
        a, b = number // (n - 1), number % (n - 1)
        return a, b + (b >= a)
    starts = np.arange(n) * (2 * n - np.arange(n) - 1) // 2
    a = np.searchsorted(starts, number, side="right") - 1
    return a, a + 1 + number - starts[a]


def rewiring_test(
    view: View | nx.Graph,
    measure: Callable[[View], float],
    *,
    null: str = "degrees",
    draws: int = 199,
    seed: int = 0,
) -> Compared:
    """Return a measure of the whole network beside what random networks of the same degrees have.

    Parameters
    ----------
    view : View or networkx graph
        Strengths are left out; direction is kept.
    measure : callable
        Takes a View and returns a number, such as `netmap.measures.transitivity`.
    null : {"degrees", "ties"}, default "degrees"
        ``"degrees"``: ties swap ends, every node keeping its number of ties (of each direction). ``"ties"``: as many
        ties between any nodes, the G(n, m) network, for measures that hang on the degrees alone.
    draws : int, default 199
    seed : int, default 0

    Returns
    -------
    Compared
        ``observed, expected, interval`` (95% of the draws), ``z`` and ``p``, two-sided (1 + b)/(1 + R). NaN where the
        measure is not defined for the network.

    Raises
    ------
    MeasureError
        If there are fewer than 19 draws, with which no p could be 0.05, or the null is neither.

    Examples
    --------
    >>> import networkx as nx
    >>> from netmap.measures import transitivity
    >>> found = rewiring_test(nx.karate_club_graph(), transitivity, draws=39)
    >>> round(found.observed, 3), 0.1 < found.expected < 0.3
    (0.256, True)

    Notes
    -----
    p = (1 + b)/(1 + R), two-sided about the mean of the R rewired networks. Random networks come from 10 swaps a tie
    from the observed one. Cost: that of `draws` times the measure, plus O(swaps m log m) a draw.

    References
    ----------
    Maslov & Sneppen 2002; Milo et al. 2003; Newman 2010, Networks.
    """
    check_draws(draws)
    choose(null, NULLS, "null")
    graph = as_view(view)
    rng = np.random.default_rng([seed, 37])
    null_values = np.array([float(measure(one)) for one in random_networks(graph, draws, rng, null)])
    return compare(float(measure(graph)), null_values)


@dataclass(frozen=True, repr=False)
class SmallWorld(Shown):
    """How clustered and how near together a network is, against networks of the same degrees.

    Attributes
    ----------
    clustering, efficiency : Compared
        Transitivity and global efficiency, each against the null.
    clustering_ratio, efficiency_ratio : float
        Observed over expected.
    clustering_interval, efficiency_interval : tuple of float
        The ratio over 95% of the draws.
    sigma : float
        (C / C_null) / (L / L_null); with E_null / E in place of L / L_null where the network is in parts.
    omega : float
        L_null / L - C / C_lattice, -1..1; NaN where the network is in parts.
    discarded : float
        Share of the draws left out because they were in parts, where the network is not.
    """

    clustering: Compared
    efficiency: Compared
    clustering_ratio: float
    clustering_interval: tuple[float, float]
    efficiency_ratio: float
    efficiency_interval: tuple[float, float]
    sigma: float
    omega: float
    discarded: float


def small_world(view: View | nx.Graph, *, draws: int = 199, seed: int = 0) -> SmallWorld:
    """Return how clustered and how near together a network is, as ratios to networks with the same degrees.

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    draws : int, default 199
        Random networks; where the network is connected, connected ones.
    seed : int, default 0

    Returns
    -------
    SmallWorld
        ``sigma`` above 1 with a clustering ratio whose interval lies above 1 is what the name means. No word is given
        for it: in small networks the null is too wide for one. Ratios are NaN where the null has no triangle, and omega
        where the network is in parts (one isolate is enough).

    Raises
    ------
    MeasureError
        If there are fewer than 19 draws.

    Examples
    --------
    >>> import networkx as nx
    >>> found = small_world(nx.connected_watts_strogatz_graph(60, 6, 0.1, seed=1), draws=39)
    >>> found.sigma > 3
    True

    Notes
    -----
    C is the transitivity, L the mean distance, E the global efficiency; the null keeps the degrees (10 swaps a tie),
    as G(n, m) would call every network with unequal degrees a small world: Zachary's karate club has sigma 1.1
    against the first and 3.9 against the second. C_lattice is the greatest of the network itself and of five
    in which swaps were accepted only where they bring ties nearer on a ring. Cost: `draws` x O(n m).

    References
    ----------
    Humphries & Gurney 2008; Telesford et al. 2011; Watts & Strogatz 1998.
    """
    check_draws(draws)
    graph = as_undirected(view)
    whole = components(graph).count == 1 and graph.n > 1
    rng = np.random.default_rng([seed, 41])
    c, e, length, made = [], [], [], 0
    for one in random_networks(graph, draws * _TRIES if whole else draws, rng):
        made += 1
        if not whole or components(one).count == 1:
            c.append(transitivity(one))
            e.append(global_efficiency(one))
            length.append(mean_distance(one))
        if len(c) == draws:
            break
    null_c, null_e = np.array(c, dtype=float), np.array(e, dtype=float)
    clustering, efficiency = compare(transitivity(graph), null_c), compare(global_efficiency(graph), null_e)
    ratio_c, ratio_e = _over(clustering.observed, clustering.expected), _over(efficiency.observed, efficiency.expected)
    sigma = ratio_c * ratio_e
    omega = NAN
    if whole:
        near = _over(float(np.mean(length)) if length else NAN, mean_distance(graph))
        sigma = ratio_c * near
        omega = near - _over(clustering.observed, _lattice_clustering(graph, rng))
    return SmallWorld(
        clustering, efficiency, ratio_c, _range(clustering), ratio_e, _range(efficiency), sigma, omega,
        1.0 - len(c) / made if made else NAN,
    )  # fmt: skip


def _over(a: float, b: float) -> float:
    return a / b if b > 0 else NAN


def _range(found: Compared) -> tuple[float, float]:
    low, high = found.interval
    return _over(found.observed, high), _over(found.observed, low)


def _lattice_clustering(graph: View, rng: np.random.Generator) -> float:
    """Return the greatest transitivity found with the same degrees: of the network, or with near ties on a ring."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    found = [transitivity(graph)]
    if graph.m > 1:
        # An order in which neighbours stand close together is the ring that fits best; random ones guard against it.
        csr = graph.csr
        matrix = csr_array((np.ones(csr.arcs), csr.indices, csr.indptr.astype(np.int32)), shape=(graph.n, graph.n))
        near = np.argsort(reverse_cuthill_mckee(matrix, symmetric_mode=True))
        rings = [near, *(rng.permutation(graph.n) for _ in range(_RINGS - 1))]
        found += [transitivity(_on_a_ring(graph, ring, rng)) for ring in rings]
    known = [c for c in found if c == c]
    return max(known, default=NAN)


def _on_a_ring(graph: View, at: NDArray[np.int64], rng: np.random.Generator) -> View:
    m = graph.m
    first, second = rng.integers(m, size=20 * m), rng.integers(m, size=20 * m)
    a, b = near_swaps(at, graph.source, graph.target, first, second, rng.random(20 * m) >= 0.5)
    return graph.with_ties(a, b)
