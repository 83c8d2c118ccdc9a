"""Permutation tests of likeness: labels, numbers or value profiles dealt out at random over the same ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.dealing import label_likeness, number_sums, streams
from ..kernels.shuffles import permutations, two_sided
from ..measures._groups import group_codes
from ..measures._input import as_undirected, as_view, choose
from ..measures._results import Shown
from ..measures.homophily import numbers_of
from ..measures.similarity import check_method, profile_matrix
from .compared import check_draws
from .fdr import benjamini_hochberg

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["AlignmentTest", "LikenessTest", "alignment_test", "likeness_test"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

NAN = float("nan")
MEASURES = ("assortativity", "moran", "geary", "ei_index")
COVERED = 0.6
# A hundred organisations tested together at 5% need as many draws each.
NODE_DRAWS = 1999


@dataclass(frozen=True, repr=False)
class LikenessTest(Shown):
    """A measure of likeness over ties, and what labels dealt out at random give.

    `z` is NaN where the null does not vary; `error` is the jackknife standard error over ties (assortativity only);
    `nodes` and `ties` say on how many it rests.
    """

    value: float
    expected: float
    interval: tuple[float, float]
    z: float
    p: float
    error: float
    nodes: int
    ties: int
    draws: int


@dataclass(frozen=True, repr=False)
class AlignmentTest(Shown):
    """Alignment of the whole network, and of each organisation with its partners, against profiles dealt out at random.

    `coverage` is the share of ties with values at both ends; below 0.6 `enough` is False and nothing should be said.
    `nodes` has ``alignment, partners, expected, z, p, q`` for each node (q: adjusted for being many).
    """

    value: float
    expected: float
    interval: tuple[float, float]
    z: float
    p: float
    coverage: float
    enough: bool
    ties: int
    draws: int
    nodes: pd.DataFrame


def likeness_test(
    view: View | nx.Graph, values: Any, measure: str = "assortativity", *, draws: int = 4999, seed: int = 0
) -> LikenessTest:
    """Return whether ties join like with like more, or less, than labels dealt out at random would.

    Parameters
    ----------
    view : View or networkx graph
        Direction counts for assortativity alone; strengths do not.
    values : Series, mapping or sequence
        A category or a number for every node. Unknown ones stay where they are; ties with an unknown end are left out.
    measure : {"assortativity", "moran", "geary", "ei_index"}, default "assortativity"
        Moran's I and Geary's C need numbers, the E-I index categories.
    draws : int, default 4999
    seed : int, default 0

    Returns
    -------
    LikenessTest
        NaN without ties or where all are alike.

    Raises
    ------
    MeasureError
        If the measure is unknown, the values do not fit it, or there are fewer than 19 draws.

    Examples
    --------
    >>> import networkx as nx
    >>> found = likeness_test(nx.barbell_graph(5, 0), list("aaaaabbbbb"), "ei_index", draws=199)
    >>> round(found.value, 3), round(found.expected, 3), found.p
    (-0.905, 0.111, 0.015)

    Notes
    -----
    p = (1 + b)/(1 + R), two-sided about the mean of the null. The null mean of E-I is exact: (E - I)/(E + I) over all
    pairs; that of Moran's I is -1/(n - 1) and of Geary's C 1. Ties stay as they are: who is popular stays popular.
    Cost O(R m).

    References
    ----------
    Newman 2003; Krackhardt & Stern 1988; Moran 1950; Geary 1954.
    """
    check_draws(draws)
    choose(measure, MEASURES, "measure")
    graph = as_view(view) if measure == "assortativity" else as_undirected(view)
    number = numbers_of(graph, values) if measure != "ei_index" else None
    if number is None and measure in ("moran", "geary"):
        raise MeasureError(f"{measure} needs a number for every node; for categories use assortativity.")
    each: NDArray[Any] = group_codes(graph, values).codes if number is None else number
    known = each >= 0 if number is None else ~np.isnan(each)
    a, b = graph.source.astype(np.int64), graph.target.astype(np.int64)
    both = known[a] & known[b]
    a, b = a[both], b[both]
    place = np.cumsum(known) - 1
    a, b, dealt = place[a], place[b], each[known]
    rng = np.random.default_rng([seed, 47])
    keys = streams(rng, draws)
    found = _dealt(measure, a, b, dealt, keys, graph.directed, number is not None) if a.size else np.full(1, NAN)
    value = float(found[0])
    if np.isnan(value):
        return LikenessTest(NAN, NAN, (NAN, NAN), NAN, NAN, NAN, int(known.sum()), int(a.size), 0)
    null = found[1:][~np.isnan(found[1:])]
    expected = _exact(measure, dealt) if measure != "assortativity" else float(null.mean())
    error = _jackknife(a, b, dealt, graph.directed, number is not None) if measure == "assortativity" else NAN
    return LikenessTest(
        value, expected, *_of(value, null, expected), error, int(known.sum()), int(a.size), int(null.size)
    )


def alignment_test(
    view: View | nx.Graph,
    values: pd.DataFrame,
    method: str = "gower",
    weight: str | None = "weight",
    *,
    draws: int = 4999,
    seed: int = 0,
) -> AlignmentTest:
    """Return whether partners are more, or less, alike in what they value than organisations dealt out at random.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    values : DataFrame
        As for `alignment`; profiles of entities that are not in the view are not dealt out.
    method : str, default "gower"
        As of `profile_similarity`.
    weight : str or None, default "weight"
        Ties count by their strength; None counts each once.
    draws : int, default 4999
    seed : int, default 0

    Returns
    -------
    AlignmentTest
        NaN where no tie has values at both ends.

    Raises
    ------
    MeasureError
        If the method is not known, a column is missing, or there are fewer than 19 draws.

    Examples
    --------
    >>> import networkx as nx, pandas as pd
    >>> score = {"a": 5, "b": 5, "c": 5, "d": 1, "e": 1, "f": 1}
    >>> values = pd.DataFrame([(e, i, r) for e, r in score.items() for i in "xyz"], columns=["entity", "item", "rating"])
    >>> found = alignment_test(nx.Graph(["ab", "bc", "ac", "de", "ef", "df"]), values, draws=999)
    >>> found.value, round(found.expected, 3), found.p > 0.05
    (1.0, 0.4, True)

    Notes
    -----
    A = sum w a / sum w over the ties whose both ends have values; the null deals the profiles out anew over the nodes
    that have one. For a node it keeps its own and draws its partners from all others. Low alignment is no fault: a
    difference may be what a tie is for. Cost O(R (m + n k)) for k partners a node.

    References
    ----------
    Gower 1971; O'Reilly, Chatman & Caldwell 1991; Benjamini & Hochberg 1995.
    """
    check_draws(draws)
    graph = as_undirected(view, weight)
    check_method(method)
    every = profile_matrix(values)
    place = {entity: i for i, entity in enumerate(every.entities)}
    at = np.array([place.get(str(i), -1) for i in graph.ids], dtype=np.int64)
    held = np.flatnonzero(at >= 0)
    profiles = every.subset(at[held])
    similarity = profiles.similarity(method)
    seat = np.full(graph.n, -1, dtype=np.int64)
    seat[held] = np.arange(held.size)
    a, b = seat[graph.source], seat[graph.target]
    both = (a >= 0) & (b >= 0)
    a, b, w = a[both], b[both], graph.strength[both]
    compared = ~np.isnan(similarity[a, b])
    coverage = float(compared.sum() / graph.m) if graph.m else NAN
    nodes = _nodes(graph, similarity, held, a, b, w, draws, seed)
    if not compared.any():
        return AlignmentTest(NAN, NAN, (NAN, NAN), NAN, NAN, coverage, False, 0, 0, nodes)

    rng = np.random.default_rng([seed, 46])
    found = profiles.dealt_means(a, b, w, streams(rng, draws), method)
    value = float(found[0])
    null = found[1:][~np.isnan(found[1:])]
    pairs = similarity[np.triu_indices(held.size, 1)]
    expected = float(np.nanmean(pairs))
    return AlignmentTest(
        value, expected, *_of(value, null, expected), coverage, coverage >= COVERED, int(compared.sum()),
        int(null.size), nodes,
    )  # fmt: skip


def _picks(pool: int, size: int, draws: int, rng: np.random.Generator) -> IntArray:
    """Return `size` different places out of `pool`, at random, one row a draw."""
    blocks = [block[:, :size] for block in permutations(pool, draws, rng)]
    return np.concatenate(blocks) if blocks and pool > 0 else np.zeros((draws, 0), dtype=np.int64)


def _of(value: float, null: FloatArray, centre: float) -> tuple[tuple[float, float], float, float]:
    low, high = np.quantile(null, [0.025, 0.975])
    spread = float(null.std(ddof=1))
    z = (value - centre) / spread if spread > 1e-12 else NAN
    return (float(low), float(high)), float(z), float(two_sided(value, null))


def _exact(measure: str, dealt: NDArray[Any]) -> float:
    """The mean of the null where it is known: over all ways to deal the values out."""
    n = dealt.size
    if measure == "geary":
        return 1.0
    if measure == "moran":
        return -1 / (n - 1)
    size = np.bincount(dealt.astype(np.int64)).astype(float)
    inside, every = float((size * (size - 1)).sum()), n * (n - 1)
    return (every - 2 * inside) / every


def _dealt(
    measure: str, a: IntArray, b: IntArray, values: NDArray[Any], keys: NDArray[np.uint64], directed: bool, numeric: bool
) -> FloatArray:
    """Return the measure for every dealing of the values."""
    n, m = values.size, a.size
    if not numeric:
        alike, chance = label_likeness(values, int(values.max()) + 1, a, b, keys, directed=directed)
        if measure == "ei_index":
            return np.asarray(1 - 2 * (alike / m))
        inside, expected = alike / m, chance / (m * m if directed else 4.0 * m * m)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(expected < 1 - 1e-12, (inside - expected) / (1 - expected), NAN)
    if np.ptp(values) == 0:
        return np.full(keys.size, NAN)
    x = values - values.mean()
    out, into = np.bincount(a, minlength=n).astype(float), np.bincount(b, minlength=n).astype(float)
    if not directed:
        out = into = out + into
    cross, sums, squares = number_sums(x, a, b, np.stack([out, into]), keys)
    total = float((x**2).sum())
    if measure == "moran":
        return np.asarray(n / m * cross / total)
    if measure == "geary":
        return np.asarray((n - 1) / (2 * m) * (squares[:, 0] - 2 * cross) / total)
    ends = out.sum()
    cross = cross * (ends / m)
    spread = np.sqrt(_about(squares[:, 0], sums[:, 0], ends) * _about(squares[:, 1], sums[:, 1], ends))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 0, (cross - sums[:, 0] * sums[:, 1] / ends) / spread, NAN)


def _about(squares: FloatArray, sums: FloatArray, ends: float) -> FloatArray:
    """Return squares about the mean, 0 where what is left of them is rounding."""
    found = squares - sums**2 / ends
    return np.where(found > 1e-10 * squares, found, 0.0)


def _jackknife(a: IntArray, b: IntArray, dealt: NDArray[Any], directed: bool, numeric: bool) -> float:
    """Standard error of assortativity: each tie left out in turn (Newman 2003)."""
    if a.size < 3:
        return NAN
    x, y = dealt[a], dealt[b]
    if not directed:
        x, y = np.concatenate([x, y]), np.concatenate([y, x])
    ways = 1 if directed else 2

    def without(each: FloatArray) -> FloatArray:
        own = each if ways == 1 else each[: a.size] + each[a.size :]
        return np.asarray(each.sum() - own)

    left = float(x.size - ways)
    if numeric:
        x, y = x - dealt.mean(), y - dealt.mean()
        sums = [without(v) for v in (x, y, x * x, y * y, x * y)]
        cross = sums[4] - sums[0] * sums[1] / left
        spread = np.sqrt(np.maximum(sums[2] - sums[0] ** 2 / left, 0) * np.maximum(sums[3] - sums[1] ** 2 / left, 0))
    else:
        inside = without((x == y).astype(float)) / left
        chance = np.zeros(a.size)
        for g in range(int(dealt.max()) + 1):
            chance += without((x == g).astype(float)) * without((y == g).astype(float)) / left**2
        cross, spread = inside - chance, 1 - chance
    with np.errstate(invalid="ignore", divide="ignore"):
        each = np.where(spread > 1e-12, cross / spread, NAN)
    middle = float(np.nanmean(each))
    return float(np.sqrt(np.nansum((each - middle) ** 2)))


def _nodes(
    graph: View,
    similarity: FloatArray,
    held: IntArray,
    a: IntArray,
    b: IntArray,
    w: FloatArray,
    draws: int,
    seed: int,
) -> pd.DataFrame:
    """Alignment of each node with its partners, against partners drawn from all others who have values."""
    from ..measures._results import node_frame

    n = graph.n
    columns = {name: np.full(n, NAN) for name in ("alignment", "expected", "z", "p", "q")}
    partners = np.zeros(n)
    first, second = np.concatenate([a, b]), np.concatenate([b, a])
    weight = np.concatenate([w, w])
    order = np.lexsort((second, first))
    first, second, weight = first[order], second[order], weight[order]
    edge = np.searchsorted(first, np.arange(held.size + 1))
    most = int(np.diff(edge).max(initial=0))
    picks = _picks(held.size - 1, most, min(draws, NODE_DRAWS), np.random.default_rng([seed, 461]))
    for i, node in enumerate(held.tolist()):
        mine = similarity[i]
        with_whom, strength = second[edge[i] : edge[i + 1]], weight[edge[i] : edge[i + 1]]
        seen = ~np.isnan(mine[with_whom])
        pool = mine[~np.isnan(mine)]
        partners[node] = seen.sum()
        if not seen.any():
            continue
        strength = strength[seen]
        value = float(mine[with_whom[seen]] @ strength / strength.sum())
        columns["alignment"][node], columns["expected"][node] = value, pool.mean()
        if pool.size <= seen.sum():
            continue
        drawn = picks
        if pool.size < held.size - 1:
            drawn = _picks(pool.size, strength.size, len(picks), np.random.default_rng([seed, 462, i]))
        null = pool[drawn[:, : strength.size]] @ strength / strength.sum()
        spread = float(null.std(ddof=1))
        columns["z"][node] = (value - pool.mean()) / spread if spread > 1e-12 else NAN
        columns["p"][node] = float(two_sided(value, null, float(pool.mean())))
    columns["q"] = benjamini_hochberg(columns["p"])
    frame = node_frame(graph, columns, "no partner with values, or none of its own")
    frame.insert(1, "partners", partners[graph.order].astype(int))
    return frame
