"""Sets of nodes: whom the network can least do without, whom news reaches fastest from, how it falls apart."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels import removal
from ..kernels.paths import betweenness, distance_blocks
from ._input import as_undirected, as_view, choose
from ._results import Shown

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["KeyPlayers", "Robustness", "key_players", "reach", "robustness"]

NAN = float("nan")
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

# Up to how many sets all are tried; how much work (sets x size of the graph) is done at most, and how many sets are
# looked at in any case; how many values are held at once.
EXACT = 200_000
WORK = 300_000_000
LEAST = 200
CELLS = 20_000_000
RESTARTS = 50
# The best set and five more.
KEPT = 6
_KINDS = ("fragment", "reach")
_Set = tuple[tuple[int, ...], float]


@dataclass(frozen=True, eq=False, repr=False)
class KeyPlayers(Shown):
    """A set of key players.

    Attributes
    ----------
    nodes : tuple
        Ids, in canonical order.
    value : float
        Distance-weighted fragmentation without them, or reach from them.
    kind : str
    optimal : bool
        Whether all sets of that size were tried; otherwise it is the best found.
    tried : int
        How many sets were evaluated.
    runners_up : tuple of (tuple, float)
        Up to five further sets, best first, with their values: those that do as well, or nearly.
    """

    nodes: tuple[Hashable, ...]
    value: float
    kind: str
    optimal: bool
    tried: int
    runners_up: tuple[tuple[tuple[Hashable, ...], float], ...] = ()


def key_players(
    view: View | nx.Graph, size: int = 2, kind: str = "fragment", steps: int | None = None, seed: int = 0
) -> KeyPlayers:
    """Return the set of nodes whose loss breaks the network up most, or from which most is reached (key players).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped for ``"fragment"``, followed for ``"reach"``.
    size : int, default 2
    kind : {"fragment", "reach"}, default "fragment"
        ``"fragment"``: greatest distance-weighted `fragmentation` of what is left. ``"reach"``: greatest `reach`.
    steps : int, optional
        For ``"reach"``: how far; by distance if not given.
    seed : int, default 0
        For the starts of the search where not all sets can be tried.

    Returns
    -------
    KeyPlayers
        ``nodes``, ``value``, ``optimal`` (whether all sets were tried), ``tried``, ``runners_up``. No nodes and NaN
        where too few would be left.

    Raises
    ------
    MeasureError
        If size is below 1 or `kind` is neither.

    Examples
    --------
    >>> import networkx as nx
    >>> key_players(nx.star_graph(4), size=1).nodes
    (0,)

    Notes
    -----
    fragment: DF of the network without the set; reach: the share of the others within the steps asked for, or the mean
    of 1/distance to them. All sets are tried where there are at most 200,000 of them and the graph is small enough;
    else a greedy set and up to 50 random ones are improved by exchanging one node at a time (in a large graph among the
    nodes that most shortest paths run through), and ``optimal`` is False. The best set is not the set of the most
    central nodes, who often hold the same part together. Equal sets: the first in canonical order. Cost O(n + m) a set
    tried.

    References
    ----------
    Borgatti 2006.
    """
    choose(kind, _KINDS, "kind")
    if size < 1:
        raise MeasureError(f"size must be at least 1, not {size!r}.")
    graph = as_undirected(view) if kind == "fragment" else as_view(view)
    n = graph.n
    if size > n - (2 if kind == "fragment" else 1):
        return KeyPlayers((), NAN, kind, True, 0)
    cost = (n + graph.csr.arcs) * -(-n // 64) if kind == "fragment" else n * size
    every = comb(n, size) <= EXACT and comb(n, size) * cost <= WORK
    most = max(LEAST, WORK // cost)
    pool = np.arange(n) if every else _candidates(graph, kind, size, most)
    near = _nearness(graph, pool, steps) if kind == "reach" else np.zeros((0, 0))

    def measure(sets: IntArray) -> FloatArray:
        if kind == "fragment":
            return removal.distance_fragmentation(graph.csr, pool[sets])
        return _reached(near, pool, sets)

    top, tried = _every(n, size, measure) if every else _search(pool.size, size, measure, most, seed)
    named = [(tuple(graph.ids[i] for i in pool[list(chosen)]), value) for chosen, value in top]
    return KeyPlayers(*named[0], kind, every, tried, tuple(named[1:]))


def _candidates(graph: View, kind: str, size: int, most: int) -> IntArray:
    """Return the nodes a search considers: all, or where that is too many those most others go by."""
    room = max(20, size + 10, most // (4 * size))
    if kind == "reach":
        room = min(room, max(20, size + 10, CELLS // graph.n))
    if graph.n <= room:
        return np.arange(graph.n)
    if kind == "fragment" and graph.n * graph.m <= WORK:
        rank = betweenness(graph.csr)
    else:
        rank = np.diff(graph.csr.indptr).astype(np.float64)
    return np.sort(np.lexsort((np.arange(graph.n), -rank))[:room])


def _every(n: int, size: int, measure: Callable[[IntArray], FloatArray]) -> tuple[list[_Set], int]:
    top: list[_Set] = []
    tried = 0
    sets = combinations(range(n), size)
    for block in _blocks(sets, 256):
        found = measure(block)
        tried += len(block)
        # A later set has to be better by more than rounding.
        least = top[-1][1] + 1e-12 if len(top) == KEPT else -np.inf
        good = np.flatnonzero(found > least)
        if good.size:
            top = _best([*top, *((tuple(block[i].tolist()), float(found[i])) for i in good.tolist())])
    return top, tried


def _best(sets: list[_Set]) -> list[_Set]:
    return sorted(sets, key=lambda s: (-round(s[1], 12), s[0]))[:KEPT]


def _blocks(sets: Iterable[tuple[int, ...]], length: int) -> Iterator[IntArray]:
    source = iter(sets)
    while block := list(islice(source, length)):
        yield np.array(block, dtype=np.int64)


def _search(
    n: int, size: int, measure: Callable[[IntArray], FloatArray], most: int, seed: int
) -> tuple[list[_Set], int]:
    known: dict[tuple[int, ...], float] = {}

    def values(sets: list[tuple[int, ...]]) -> list[float]:
        new = sorted({s for s in sets if s not in known})
        for block in _blocks(new, 256):
            for s, v in zip(block.tolist(), measure(block).tolist(), strict=True):
                known[tuple(s)] = v
        return [known[s] for s in sets]

    def improve(current: tuple[int, ...]) -> tuple[int, ...]:
        while len(known) < most:
            others = [i for i in range(n) if i not in current]
            swaps = [tuple(sorted({*current, i} - {out})) for out in current for i in others]
            found = values(swaps)
            top = max(range(len(swaps)), key=lambda i: found[i])
            if found[top] <= values([current])[0] + 1e-12:
                break
            current = swaps[top]
        return current

    greedy: tuple[int, ...] = ()
    for _ in range(size):
        grown = [tuple(sorted((*greedy, i))) for i in range(n) if i not in greedy]
        found = values(grown)
        greedy = grown[max(range(len(grown)), key=lambda i: found[i])]
    rng = np.random.default_rng(seed)
    ends = [improve(greedy)]
    for _ in range(RESTARTS):
        if len(known) >= most:
            break
        ends.append(improve(tuple(sorted(rng.choice(n, size, replace=False).tolist()))))
    best = min(ends, key=lambda s: (-round(known[s], 12), s))
    others = _best([(s, v) for s, v in known.items() if len(s) == size and s != best])
    return [(best, known[best]), *others[: KEPT - 1]], len(known)


def reach(
    view: View | nx.Graph, seeds: Sequence[Hashable], steps: int | None = 1, *, count_seeds: bool = False
) -> float:
    """Return the share of the other nodes within some steps of a set of nodes (key player positive).

    Parameters
    ----------
    view : View or networkx graph
        A directed one is followed along its arrows.
    seeds : sequence of node ids
    steps : int or None, default 1
        How far. None weighs each node by 1/distance instead.
    count_seeds : bool, default False
        Count the seeds as reached and divide by all nodes, as some authors do.

    Returns
    -------
    float in 0..1
        NaN where there is nobody else.

    Raises
    ------
    UsageError
        If a seed is not in the view.
    MeasureError
        If there is no seed or `steps` is below 1.

    Examples
    --------
    >>> import networkx as nx
    >>> reach(nx.path_graph(5), [0], steps=2), reach(nx.path_graph(5), [0], steps=2, count_seeds=True)
    (0.5, 0.6)

    Notes
    -----
    R = number of nodes outside the set within `steps` of it / (n - |S|); without steps, sum of 1/d(S, j) / (n - |S|).
    Cost O(n + m).

    References
    ----------
    Borgatti 2006.
    """
    graph = as_view(view)
    if not len(seeds):
        raise MeasureError("reach needs at least one seed.")
    chosen = np.unique(graph.positions(list(seeds)))
    near = np.zeros(graph.n)
    for _, distance in distance_blocks(graph.csr, None, chosen):
        near = np.maximum(near, _near(distance, steps).max(axis=0))
    near[chosen] = 0.0
    rest = graph.n - chosen.size
    if count_seeds:
        return float((near.sum() + chosen.size) / graph.n)
    return float(near.sum() / rest) if rest else NAN


def _near(distance: FloatArray, steps: int | None) -> FloatArray:
    if steps is None:
        with np.errstate(divide="ignore"):
            return np.asarray(1.0 / distance)
    if steps < 1:
        raise MeasureError(f"steps must be at least 1, not {steps!r}.")
    return (distance <= steps).astype(np.float64)


def _nearness(graph: View, pool: IntArray, steps: int | None) -> FloatArray:
    near = [_near(distance, steps) for _, distance in distance_blocks(graph.csr, None, pool)]
    return np.concatenate(near) if near else np.zeros((0, graph.n))


def _reached(near: FloatArray, pool: IntArray, sets: IntArray) -> FloatArray:
    best = near[sets].max(axis=1)
    np.put_along_axis(best, pool[sets], 0.0, axis=1)
    return np.asarray(best.sum(axis=1) / (near.shape[1] - sets.shape[1]))


@dataclass(frozen=True, eq=False, repr=False)
class Robustness(Shown):
    """How a network falls apart as nodes are removed one after another.

    Attributes
    ----------
    curve : Series of float
        Share of all nodes in the largest component, by how many were removed (0..n).
    low, high : Series of float
        5th and 95th percentile over the orders tried; equal to the curve for a given order.
    value : float
        R, the mean of the curve over 1..n; NaN where not all nodes are removed.
    order : str
    draws : int
        How many orders were tried.
    """

    curve: pd.Series[float]
    low: pd.Series[float]
    high: pd.Series[float]
    value: float
    order: str
    draws: int


_ORDERS = ("degree", "betweenness", "random")
_BETWEENNESS_LIMIT = 500


def robustness(
    view: View | nx.Graph, order: str | Sequence[Hashable] = "degree", draws: int | None = None, seed: int = 0
) -> Robustness:
    """Return how the largest component shrinks as nodes are removed, and Schneider's R.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    order : {"degree", "betweenness", "random"} or sequence of node ids, default "degree"
        Always the node that has most at that point; at random; or a given order, such as all councils (the rest stay).
    draws : int, optional
        How many orders: 500 for ``"random"``, 20 for ``"degree"``, 1 for ``"betweenness"``. Equal nodes are taken in
        random order, and the curves averaged.
    seed : int, default 0

    Returns
    -------
    Robustness
        ``curve``, ``low``, ``high``, ``value`` (R, 0..(1 - 1/n)/2; NaN without nodes or where some stay).

    Raises
    ------
    MeasureError
        If the order is not known, names a node twice, or is ``"betweenness"`` with more than 500 nodes.

    Examples
    --------
    >>> import networkx as nx
    >>> round(robustness(nx.complete_graph(20)).value, 6)
    0.475

    Notes
    -----
    R = (1/n) sum over q = 1..n of the share in the largest component after q removals. Read a targeted curve beside the
    random one. Nodes are put back in reverse order, so a curve costs O(n + m) once the order is known.

    References
    ----------
    Schneider et al. 2011; Albert, Jeong & Barabasi 2000.
    """
    import pandas as pd

    graph = as_undirected(view)
    n = graph.n
    rng = np.random.default_rng(seed)
    if isinstance(order, str):
        choose(order, _ORDERS, "order")
        if order == "betweenness" and n > _BETWEENNESS_LIMIT:
            raise MeasureError(
                f"Removal by betweenness takes it anew after each node: {n:,} nodes are more than {_BETWEENNESS_LIMIT}."
            )
        count = draws or {"random": 500, "degree": 20, "betweenness": 1}[order]
        orders = [removal.removal_order(graph.csr, order, rng) for _ in range(count)]
        name = order
    else:
        given = graph.positions(list(order))
        if np.unique(given).size != given.size:
            raise MeasureError("The order of removal names a node twice.")
        orders, name = [given], "given"
    curves = np.array([removal.largest_left(graph.csr, one) for one in orders], dtype=np.float64)
    mean = curves.mean(axis=0) / max(n, 1)
    whole = orders[0].size == n and n > 0
    index = pd.RangeIndex(mean.size, name="removed")
    low, high = np.quantile(curves, [0.05, 0.95], axis=0) / max(n, 1)
    return Robustness(
        curve=pd.Series(mean, index=index, name="share_in_largest"),
        low=pd.Series(low, index=index, name="low"),
        high=pd.Series(high, index=index, name="high"),
        value=float(mean[1:].sum() / n) if whole else NAN,
        order=name,
        draws=len(orders),
    )

