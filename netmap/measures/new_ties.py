"""Ties that are not there yet: which are likely there unrecorded, and which would help most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels import new_ties as kernel
from ._input import as_undirected, choose
from ._results import Shown

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping

    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["WEIGHTS", "Introductions", "introductions", "link_prediction", "tie_gain"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

KINDS = ("adamic-adar", "common neighbours", "jaccard", "resource allocation")

# A table of all distances is kept; above this many nodes it would not fit.
MOST_NODES = 6000
# Pairs looked at exactly in one step of the search.
MOST_PAIRS = 20_000
# The search begins with each of so many pairs; in large networks with fewer.
STARTS, FEW_STARTS, MANY_PAIRS = 20, 3, 2000

WEIGHTS = {"nearer": 0.5, "affinity": 0.2, "networks": 0.2, "load": 0.1}


def link_prediction(view: View | nx.Graph, kind: str = "adamic-adar") -> pd.Series[float]:
    """Return how likely two nodes without a tie know each other already, by the contacts they share.

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    kind : {"adamic-adar", "common neighbours", "jaccard", "resource allocation"}, default "adamic-adar"

    Returns
    -------
    Series of float64 on untied pairs (source, target) that share a contact, in canonical order
        All other untied pairs have 0.

    Raises
    ------
    MeasureError
        If `kind` is not known.

    Examples
    --------
    >>> import networkx as nx
    >>> link_prediction(nx.path_graph(3), "common neighbours").to_dict()
    {(0, 2): 1.0}

    Notes
    -----
    Over the shared contacts z with k_z ties: Adamic-Adar adds 1/ln k_z, resource allocation 1/k_z; Jaccard divides their
    number by the contacts of either. A high value asks whether a tie is missing from the data; it does not say whom to
    introduce, as the two will meet anyway: see `introductions`. Cost: the sum of squared degrees.

    References
    ----------
    Adamic & Adar 2003; Liben-Nowell & Kleinberg 2007; Zhou, Lu & Zhang 2009 (resource allocation).
    """
    import pandas as pd
    from scipy import sparse

    choose(kind, KINDS, "kind")
    graph = as_undirected(view)
    csr, n = graph.csr, graph.n
    degree = np.diff(csr.indptr).astype(float)
    table = sparse.csr_array((np.ones(csr.arcs), csr.indices, csr.indptr), shape=(n, n))
    with np.errstate(divide="ignore"):
        each = {"adamic-adar": 1.0 / np.log(degree), "resource allocation": 1.0 / degree}.get(kind, np.ones(n))
    # A node with one tie is shared by no pair; its infinite weight must not meet a 0.
    each = np.where(degree > 1, each, 0.0)
    shared = sparse.triu(table @ sparse.diags_array(each) @ table, k=1).tocoo()
    tied = sparse.coo_array((np.ones(graph.m), (graph.source, graph.target)), shape=(n, n)).tocsr()
    a, b = shared.coords[0].astype(np.int64), shared.coords[1].astype(np.int64)
    free = np.asarray(tied[a, b]).reshape(-1) == 0 if a.size else np.zeros(0, dtype=bool)
    a, b, value = a[free], b[free], np.asarray(shared.data)[free]
    if kind == "jaccard":
        value = value / (degree[a] + degree[b] - value)
    order = np.lexsort((b, a))
    return pd.Series(value[order], index=_index(graph, a[order], b[order]), name="link_prediction", dtype=float)


def tie_gain(view: View | nx.Graph, pairs: Iterable[tuple[Hashable, Hashable]] | None = None) -> pd.DataFrame:
    """Return how much nearer everybody would be with one more tie, for every pair without one.

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    pairs : iterable of (node, node), optional
        The pairs to look at; all untied ones by default. Tied pairs gain nothing.

    Returns
    -------
    DataFrame on pairs (source, target)
        ``gain``: rise of global efficiency, 0..1; ``nearer``: pairs of nodes brought nearer; ``joined``: of those, pairs
        that had no path; ``distance``: steps between the two now, inf without a path.

    Raises
    ------
    MeasureError
        If a pair names a node that is not there, or the network has more than 6,000 nodes.

    Examples
    --------
    >>> import networkx as nx
    >>> tie_gain(nx.path_graph(4)).loc[(0, 3), ["gain", "nearer"]].round(4).tolist()
    [0.1111, 1.0]

    Notes
    -----
    Exact: with s and t nearer to u and to v, d'(s, t) = min(d(s, t), d(s, u) + 1 + d(v, t)). Cost O(n m) once, and at
    most O(n^2) a pair, mostly far less.

    References
    ----------
    Papagelis, Bonchi & Gionis 2011; Latora & Marchiori 2001.
    """
    import pandas as pd

    graph = _graph(view)
    distance = kernel.all_distances(graph.csr)
    wanted = _untied(distance) if pairs is None else _positions(graph, pairs)
    scale = 2.0 / (graph.n * (graph.n - 1)) if graph.n > 1 else float("nan")
    gain, nearer, joined = kernel.tie_gains(distance, wanted)
    return pd.DataFrame(
        {
            "gain": gain * scale,
            "nearer": nearer,
            "joined": joined,
            "distance": distance[wanted[:, 0], wanted[:, 1]],
        },
        index=_index(graph, wanted[:, 0], wanted[:, 1]),
    )


@dataclass(frozen=True, repr=False)
class Introductions(Shown):
    """A few new ties that would help most together.

    Attributes
    ----------
    chosen : DataFrame on pairs (source, target), the most helpful first
        ``score`` alone, ``gain`` and ``nearer`` alone as of `tie_gain`, ``affinity``, ``networks``, ``load``, and
        ``introducers``, who knows both.
    gain : float
        Rise of global efficiency with all of them together.
    score : float
        What was maximised, with all of them together.
    best_known : float
        The best score known for as many: of all sets where all could be tried, else of the search.
    exhaustive : bool
        Whether all sets were tried.
    """

    chosen: pd.DataFrame
    gain: float
    score: float
    best_known: float
    exhaustive: bool


def introductions(
    view: View | nx.Graph,
    count: int = 3,
    *,
    eligible: Collection[Hashable] | None = None,
    vetoed: Iterable[tuple[Hashable, Hashable]] = (),
    most_each: int = 2,
    affinity: Mapping[tuple[Hashable, Hashable], float] | pd.Series[float] | pd.DataFrame | None = None,
    apart: Iterable[tuple[Hashable, Hashable]] = (),
    load: Mapping[Hashable, float] | pd.Series[float] | None = None,
    weights: Mapping[str, float] | None = None,
    most_pairs: int = MOST_PAIRS,
) -> Introductions:
    """Return the few new ties that would help most: who should meet (proposed).

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    count : int, default 3
        How many ties.
    eligible : collection of node ids, optional
        Who may be introduced, such as those who opted in; everybody by default.
    vetoed : iterable of (node, node)
        Pairs that are never proposed.
    most_each : int, default 2
        Most introductions of one node.
    affinity : Series or mapping from pair to 0..1, or square DataFrame, optional
        How much a pair shares, such as alignment of values; a pair that is not there or NaN counts 0.
    apart : iterable of (node, node)
        Pairs that would join networks which are linked less than expected.
    load : Series or mapping from node to 0..1, optional
        How busy a node is already.
    weights : mapping, optional
        Of ``nearer`` (0.5), ``affinity`` (0.2), ``networks`` (0.2) and ``load`` (0.1, taken away).
    most_pairs : int, default 20,000
        How many pairs are looked at exactly; where there are more, those between which most nodes could come nearer.

    Returns
    -------
    Introductions
        Fewer than asked for where nothing more may be proposed or would help.

    Raises
    ------
    MeasureError
        If a number makes no sense, a weight is not known, or the network has more than 6,000 nodes.

    Examples
    --------
    >>> import networkx as nx
    >>> introductions(nx.path_graph(5), 1).chosen.index.tolist()
    [(0, 4)]

    Notes
    -----
    Maximises l1 dE(X)/dE* + l2 mean affinity + l3 share of ties between networks apart - l4 mean load over sets X of
    new ties, with dE* the gain of the best single one; without affinity, apart or load that term is 0. The gain of a
    set is not submodular, so greedy steps from each of the 20 best first pairs (3 where there are more than 2,000)
    are followed by exchanges until none helps. With two ties or fewer and at
    most 400 pairs all sets are tried. The objective is netmap's own (proposed); ordinary link prediction favours pairs
    that would meet anyway, often the opposite ones. Cost O(n m) once and O(count x pairs) gains.

    References
    ----------
    Papagelis, Bonchi & Gionis 2011; Obstfeld 2005 (who joins others).
    """
    if count < 1 or most_each < 1 or most_pairs < 1:
        raise MeasureError("count, most_each and most_pairs must be at least 1.")
    each = WEIGHTS | dict(weights or {})
    search = _Search(_graph(view), most_each, each, eligible, vetoed, affinity, apart, load, most_pairs)
    chosen = search.best(count)
    best, exhaustive = search.score(chosen), False
    if count <= 2 and search.pairs.shape[0] <= 400:
        chosen, best = search.all_sets(count)
        exhaustive = True
    return search.result(chosen, best, exhaustive)


class _Search:
    """The pairs that may be proposed and what sets of them are worth."""

    def __init__(
        self, graph: View, most_each: int, weights: dict[str, float], eligible: Any, vetoed: Any, affinity: Any,
        apart: Any, load: Any, most_pairs: int = MOST_PAIRS,
    ):  # fmt: skip
        strange = sorted(set(weights) - set(WEIGHTS))
        if strange:
            raise MeasureError(f"There is no weight {strange[0]!r}; there are {', '.join(WEIGHTS)}.")
        self.graph, self.most_each, self.weights = graph, most_each, weights
        self.distance = kernel.all_distances(graph.csr)
        self.scale = 2.0 / (graph.n * (graph.n - 1)) if graph.n > 1 else 0.0
        pairs = _untied(self.distance)
        keep = np.ones(pairs.shape[0], dtype=bool)
        if eligible is not None:
            may = np.zeros(graph.n, dtype=bool)
            may[[graph.position[node] for node in eligible if node in graph.position]] = True
            keep &= may[pairs[:, 0]] & may[pairs[:, 1]]
        barred = [u * graph.n + v for u, v in sorted(_pair_set(graph, vetoed))]
        keep &= ~np.isin(pairs[:, 0] * graph.n + pairs[:, 1], barred)
        pairs = pairs[keep]
        self.pairs = pairs[kernel.promising(self.distance, pairs, most_pairs)]
        joins = _pair_set(graph, apart)
        keys = [(int(u), int(v)) for u, v in self.pairs]
        self.affinity = _of_pairs(graph, affinity, self.pairs)
        self.networks = np.array([k in joins for k in keys], dtype=float)
        busy = np.zeros(graph.n)
        for node, value in dict(load if load is not None else {}).items():
            if node in graph.position and value == value:
                busy[graph.position[node]] = float(value)
        self.load = (busy[self.pairs[:, 0]] + busy[self.pairs[:, 1]]) / 2
        self.alone = self._gains(self.distance)
        self.top = float(self.alone.max(initial=0.0))
        w = self.weights
        self.own = w["affinity"] * self.affinity + w["networks"] * self.networks - w["load"] * self.load

    def _gains(self, distance: FloatArray) -> FloatArray:
        return kernel.tie_gains(distance, self.pairs)[0]

    def _after(self, chosen: list[int]) -> FloatArray:
        table = self.distance
        for i in chosen:
            table = kernel.with_tie(table, int(self.pairs[i, 0]), int(self.pairs[i, 1]))
        return table

    def gain(self, chosen: list[int]) -> float:
        """Return the rise of the sum of 1/distance over pairs with all chosen ties."""
        total, table = 0.0, self.distance
        for i in chosen:
            total += float(kernel.tie_gains(table, self.pairs[[i]])[0][0])
            table = kernel.with_tie(table, int(self.pairs[i, 0]), int(self.pairs[i, 1]))
        return total

    def score(self, chosen: list[int]) -> float:
        """Return what is maximised."""
        if not chosen:
            return 0.0
        return self._worth() * self.gain(chosen) + float(self.own[chosen].mean())

    def _worth(self) -> float:
        """What one more of the sum of 1/distance counts for."""
        return self.weights["nearer"] / self.top if self.top > 0 else 0.0

    def _allowed(self, chosen: list[int]) -> NDArray[np.bool_]:
        times = np.bincount(self.pairs[chosen].reshape(-1), minlength=self.graph.n)
        full = times >= self.most_each
        ok = ~(full[self.pairs[:, 0]] | full[self.pairs[:, 1]])
        ok[chosen] = False
        return ok

    def best(self, count: int) -> list[int]:
        """Return the best of the sets found from several first pairs."""
        if not self.pairs.shape[0]:
            return []
        alone = self._worth() * self.alone + self.own
        starts = STARTS if self.pairs.shape[0] <= MANY_PAIRS else FEW_STARTS
        first = np.argsort(-alone, kind="stable")[: starts if count > 1 else 1]
        found = [self.exchanged(self.greedy(count, int(i))) for i in first if alone[i] > 0]
        return max(found, key=self.score, default=[])

    def greedy(self, count: int, first: int) -> list[int]:
        """Begin with one pair and add the one that helps most, again and again."""
        chosen = [first]
        total = float(self.alone[first])
        table = self._after(chosen)
        for _ in range(count - 1):
            ok = self._allowed(chosen)
            if not ok.any():
                break
            gains = self._gains(table)
            mean = (self.own[chosen].sum() + self.own) / (len(chosen) + 1)
            values = self._worth() * (total + gains) + mean
            best = int(np.argmax(np.where(ok, values, -np.inf)))
            if gains[best] <= 0 and self.own[best] <= 0:
                break
            total += float(gains[best])
            chosen.append(best)
            table = kernel.with_tie(table, int(self.pairs[best, 0]), int(self.pairs[best, 1]))
        return chosen

    def exchanged(self, chosen: list[int]) -> list[int]:
        """Exchange a chosen pair for another while that helps."""
        best = self.score(chosen)
        better = bool(chosen)
        while better:
            better = False
            for place in range(len(chosen)):
                rest = chosen[:place] + chosen[place + 1 :]
                ok = self._allowed(rest)
                ok[chosen[place]] = False
                table, before = self._after(rest), self.gain(rest)
                gains = self._gains(table) if rest else self.alone
                own = (self.own[rest].sum() + self.own) / len(chosen)
                values = self._worth() * (before + gains) + own
                candidate = int(np.argmax(np.where(ok, values, -np.inf))) if ok.any() else -1
                if candidate >= 0 and values[candidate] > best + 1e-12:
                    chosen = [*rest, candidate]
                    best, better = float(values[candidate]), True
        return chosen

    def all_sets(self, count: int) -> tuple[list[int], float]:
        """Return the best of all sets of at most two ties and its score."""
        best: list[int] = []
        top = 0.0
        for i, value in enumerate((self._worth() * self.alone + self.own).tolist()):
            if value > top + 1e-12:
                best, top = [i], value
        for i in range(self.pairs.shape[0] if count == 2 else 0):
            ok = self._allowed([i])[i + 1 :]
            if not ok.any():
                continue
            more = kernel.tie_gains(self._after([i]), self.pairs[i + 1 :])[0]
            values = self._worth() * (self.alone[i] + more) + (self.own[i] + self.own[i + 1 :]) / 2
            j = int(np.argmax(np.where(ok, values, -np.inf)))
            if values[j] > top + 1e-12:
                best, top = [i, i + 1 + j], float(values[j])
        return best, top

    def result(self, chosen: list[int], best: float, exhaustive: bool) -> Introductions:
        import pandas as pd

        alone = self._worth() * self.alone + self.own
        order = sorted(chosen, key=lambda i: (-alone[i], i))
        rows = self.pairs[order]
        ids = self.graph.ids
        csr = self.graph.csr
        near = [set(csr.indices[csr.indptr[u] : csr.indptr[u + 1]].tolist()) for u in range(self.graph.n)]
        frame = pd.DataFrame(
            {
                "score": alone[order],
                "gain": self.alone[order] * self.scale,
                "nearer": kernel.tie_gains(self.distance, rows)[1],
                "affinity": self.affinity[order],
                "networks": self.networks[order].astype(bool),
                "load": self.load[order],
                "introducers": [tuple(ids[k] for k in sorted(near[u] & near[v])) for u, v in rows],
            },
            index=_index(self.graph, rows[:, 0], rows[:, 1]),
        )
        return Introductions(frame, self.gain(chosen) * self.scale, self.score(chosen), best, exhaustive)


def _graph(view: View | nx.Graph) -> View:
    graph = as_undirected(view)
    if graph.n > MOST_NODES:
        raise MeasureError(f"A table of all distances is kept: at most {MOST_NODES:,} nodes, not {graph.n:,}.")
    return graph


def _untied(distance: FloatArray) -> IntArray:
    a, b = np.nonzero(np.triu(distance > 1, 1))
    return np.column_stack([a, b]).astype(np.int64)


def _positions(graph: View, pairs: Iterable[tuple[Hashable, Hashable]]) -> IntArray:
    out = []
    for a, b in pairs:
        for node in (a, b):
            if node not in graph.position:
                raise MeasureError(f"There is no node {node!r} in this network.")
        u, v = sorted((graph.position[a], graph.position[b]))
        if u != v:
            out.append((u, v))
    return np.array(sorted(set(out)), dtype=np.int64).reshape(-1, 2)


def _pair_set(graph: View, pairs: Iterable[tuple[Hashable, Hashable]]) -> set[tuple[int, int]]:
    known = [(graph.position[a], graph.position[b]) for a, b in pairs if a in graph.position and b in graph.position]
    return {(min(p), max(p)) for p in known}


def _of_pairs(graph: View, values: Any, pairs: IntArray) -> FloatArray:
    """The value of each pair (row) out of a mapping or a square table, 0 where there is none."""
    import pandas as pd

    if isinstance(values, pd.DataFrame):
        table = values.reindex(index=list(graph.ids), columns=list(graph.ids)).to_numpy(dtype=float)
        return np.asarray(np.nan_to_num(table[pairs[:, 0], pairs[:, 1]], nan=0.0))
    found: dict[tuple[int, int], float] = {}
    for (a, b), value in dict(values if values is not None else {}).items():
        if a in graph.position and b in graph.position and value == value:
            p = graph.position[a], graph.position[b]
            found[min(p), max(p)] = float(value)
    return np.array([found.get((int(u), int(v)), 0.0) for u, v in pairs], dtype=float)


def _index(graph: View, a: NDArray[np.integer], b: NDArray[np.integer]) -> pd.MultiIndex:
    import pandas as pd

    pairs = [(graph.ids[i], graph.ids[j]) for i, j in zip(a, b, strict=True)]
    return pd.MultiIndex.from_tuples(pairs, names=["source", "target"])
