"""Layers: the kinds of tie between the same nodes, the backbone that some of them make, and ties that stand out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.cuts import cuts
from ..view import View
from ._input import as_undirected, as_view
from ._results import Shown, tie_series
from .cohesion import components
from .distances import global_efficiency

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import networkx as nx
    import pandas as pd

__all__ = ["HARD_WIRED", "Backbone", "Layers", "backbone", "disparity", "layers", "stacked"]

FloatArray = NDArray[np.float64]
NAN = float("nan")

# From this hard-wired index on a tie belongs to the backbone.
HARD_WIRED = 2 / 3


@dataclass(frozen=True, repr=False)
class Layers(Shown):
    """How the layers of a network lie on one another.

    Attributes
    ----------
    similarity : DataFrame
        One row a pair of layers: ``first, second``; ``both, only_first, only_second, neither`` pairs of nodes;
        ``jaccard`` of their ties.
    overlap : Series of int on ties
        In how many layers a pair is tied.
    nodes : DataFrame
        ``overlapping_degree``: ties over all layers; ``participation``: 0 all in one layer, 1 evenly over all.
    multiplexity : float
        Share of tied pairs that are tied in two layers or more.
    any_layer, all_layers : int
        Pairs tied in one layer at least, and in every one.
    """

    similarity: pd.DataFrame
    overlap: pd.Series[int]
    nodes: pd.DataFrame
    multiplexity: float
    any_layer: int
    all_layers: int


def stacked(views: Mapping[Any, View | nx.Graph]) -> dict[Any, View]:
    """Return the layers as views on the same nodes, those of all of them, directed if one of them is."""
    given = {name: as_view(view) for name, view in views.items()}
    directed = any(view.directed for view in given.values())
    ids: list[Hashable] = []
    for name in sorted(given, key=str):
        known = set(ids)
        ids += [node for node in given[name].ids if node not in known]
    place = {node: i for i, node in enumerate(ids)}
    out = {}
    for name in sorted(given, key=str):
        view = given[name]
        where = np.array([place[node] for node in view.ids], dtype=np.int64)
        a, b = where[view.source], where[view.target]
        if directed and not view.directed:
            a, b = np.concatenate([a, b]), np.concatenate([b, a])
        out[name] = View(ids, a, b, directed=directed)
    return out


def layers(views: Mapping[Any, View | nx.Graph]) -> Layers:
    """Return how far the layers (kinds of tie) of a network lie on one another.

    Parameters
    ----------
    views : mapping of name to View or networkx graph
        One a layer. Nodes are those of all of them; ties are directed if those of one layer are.

    Returns
    -------
    Layers
        ``participation`` is NaN with one layer, and for a node without ties.

    Raises
    ------
    MeasureError
        If there is no layer.

    Examples
    --------
    >>> import networkx as nx
    >>> found = layers({"learning": nx.path_graph(3), "funding": nx.Graph([(0, 1)])})
    >>> found.similarity[["both", "jaccard"]].values.tolist(), found.multiplexity
    ([[1.0, 0.5]], 0.5)
    >>> found.nodes["participation"].tolist()
    [1.0, 0.8888888888888888, 0.0]

    Notes
    -----
    With k_i^a the ties of node i in layer a, o_i their sum and L layers: P_i = L/(L - 1) (1 - sum_a (k_i^a / o_i)^2).
    Jaccard is both / (both + only one). Whether two layers are more alike than chance: `netmap.measures.layers_test`.
    Cost O(L n + L^2 m).

    References
    ----------
    Battiston, Nicosia & Latora 2014; Kivela et al. 2014.
    """
    import pandas as pd

    if not views:
        raise MeasureError("layers needs at least one layer.")
    every = stacked(views)
    names = list(every)
    first = every[names[0]]
    n, directed = first.n, first.directed
    keys = {name: view.source.astype(np.int64) * n + view.target for name, view in every.items()}
    pairs = n * (n - 1) // (1 if directed else 2)
    rows = []
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            both = np.intersect1d(keys[a], keys[b]).size
            either = keys[a].size + keys[b].size - both
            rows.append((
                a, b, both, keys[a].size - both, keys[b].size - both, pairs - either, both / either if either else NAN,
            ))  # fmt: skip
    union, count = np.unique(np.concatenate(list(keys.values())), return_counts=True)
    whole = View(list(first.ids), union // max(n, 1), union % max(n, 1), directed=directed)
    degree = np.stack([_degree(view) for view in every.values()]).astype(float)
    total = degree.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = 1.0 - ((degree / total) ** 2).sum(axis=0)
        spread = share * len(names) / (len(names) - 1) if len(names) > 1 else np.full(n, NAN)
    # The views of the layers hold the nodes in the order of their ids, not in anybody's rows.
    nodes = pd.DataFrame({"overlapping_degree": total.astype(np.int64), "participation": spread}, index=pd.Index(first.ids, name="node"))
    if np.isnan(spread).any():
        nodes.attrs["undefined"] = {"one layer" if len(names) == 1 else "a node without ties": int(np.isnan(spread).sum())}
    similarity = pd.DataFrame(rows, columns=["first", "second", "both", "only_first", "only_second", "neither", "jaccard"])
    return Layers(
        similarity, tie_series(whole, count.astype(np.int64), "overlap"), nodes,
        float((count >= 2).mean()) if count.size else NAN, int(union.size), int((count == len(names)).sum()),
    )  # fmt: skip


def _degree(view: View) -> NDArray[np.int64]:
    out = np.bincount(view.source, minlength=view.n) + np.bincount(view.target, minlength=view.n)
    return np.asarray(out, dtype=np.int64)


@dataclass(frozen=True, repr=False)
class Backbone(Shown):
    """What a part of the ties holds together on its own.

    Attributes
    ----------
    ties, share : int, float
        Ties of the backbone, and as a share of all.
    unknown : int
        Ties of which it is not known whether they belong to it; they are left out of it.
    largest : float
        Share of the nodes in its largest part.
    connectedness : float
        Share of pairs that it alone keeps in contact.
    efficiency_ratio : float
        Its global efficiency over that of all ties; NaN without ties.
    cutpoints : int
        Nodes whose loss would break it up.
    without : tuple
        Nodes with none of its ties.
    only_other : int
        Pairs in contact over all ties, but not over the backbone.
    """

    ties: int
    share: float
    unknown: int
    largest: float
    connectedness: float
    efficiency_ratio: float
    cutpoints: int
    without: tuple[Hashable, ...]
    only_other: int


def backbone(view: View | nx.Graph, hardwired: Any, *, threshold: float = HARD_WIRED) -> Backbone:
    """Return what the hard-wired ties alone hold together (proposed composite of standard parts).

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    hardwired : Series, mapping, or sequence
        Of each tie whether it belongs (bool), or its hard-wired index 0..1 as of `hardwired_index`: by (source, target)
        in either order, or in the order of the ties of an undirected View. Missing is unknown.
    threshold : float, default 2/3
        From which index on a tie belongs.

    Returns
    -------
    Backbone

    Raises
    ------
    MeasureError
        If a sequence has another length than there are ties.

    Examples
    --------
    >>> import networkx as nx
    >>> found = backbone(nx.path_graph(4), {(0, 1): 1.0, (1, 2): 0.2, (2, 3): 1.0})
    >>> found.largest, found.only_other, found.without
    (0.5, 4, ())

    Notes
    -----
    Measures of the view with only the ties of H at or above the threshold: share in the largest component,
    connectedness, efficiency. A low figure may mean few hard-wired ties or badly placed ones:
    `netmap.measures.backbone_test` compares with as many ties drawn at random. Hard-wired is not better. Cost O(n m)
    for the efficiencies.

    References
    ----------
    Latora & Marchiori 2001; Krackhardt 1994; the composite is netmap's own (proposed).
    """
    graph = as_undirected(view)
    index = by_tie(graph, hardwired)
    part = np.where(np.isnan(index), False, index >= threshold - 1e-12)
    thin = graph.with_ties(graph.source[part], graph.target[part])
    whole, alone = components(graph), components(thin)
    n = graph.n
    pairs = n * (n - 1) / 2
    joined = [sum(s * (s - 1) // 2 for s in found.sizes) for found in (whole, alone)]
    before = global_efficiency(graph)
    cut = cuts(thin.csr, thin.m)
    degree = np.diff(thin.csr.indptr)
    return Backbone(
        thin.m, thin.m / graph.m if graph.m else NAN, int(np.isnan(index).sum()),
        max(alone.sizes, default=0) / n if n else NAN, joined[1] / pairs if pairs else NAN,
        global_efficiency(thin) / before if before > 0 else NAN, int(cut.cutpoint.sum()),
        tuple(graph.ids[i] for i in np.flatnonzero(degree == 0)), joined[0] - joined[1],
    )  # fmt: skip


def by_tie(graph: View, values: Any) -> FloatArray:
    """Return one number a tie of an undirected view, NaN where unknown; several values of a pair: the highest."""
    if hasattr(values, "items"):
        found = np.full(graph.m, np.nan)
        keys = graph.source.astype(np.int64) * graph.n + graph.target
        for (a, b), value in values.items():
            if a not in graph.position or b not in graph.position or value is None or value != value:
                continue
            i, j = sorted((graph.position[a], graph.position[b]))
            at = int(np.searchsorted(keys, i * graph.n + j))
            if at < keys.size and keys[at] == i * graph.n + j:
                found[at] = np.nanmax([found[at], float(value)]) if found[at] == found[at] else float(value)
        return found
    given: Sequence[Any] = list(values)
    if len(given) != graph.m:
        raise MeasureError(f"hardwired has {len(given)} values for {graph.m} ties.")
    return np.array([NAN if v is None or v != v else float(v) for v in given], dtype=float)


def disparity(view: View | nx.Graph, weight: str | None = "weight") -> pd.Series[float]:
    """Return how unlikely the strength of each tie is if its ends spread theirs at random (disparity filter).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    weight : str or None, default "weight"
        Where the strengths are; with None every tie is alike.

    Returns
    -------
    Series of float64 in 0..1 on ties
        The smaller p of the two ends: low for a tie that is strong for one of them. NaN where both have one tie only.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.star_graph(3)
    >>> nx.set_edge_attributes(graph, {(0, 1): 8.0, (0, 2): 1.0, (0, 3): 1.0}, "weight")
    >>> disparity(graph).round(2).tolist()
    [0.04, 0.81, 0.81]

    Notes
    -----
    p = (1 - w/s)^(k - 1) at an end with k ties of strength s together. Use it to order ties by how much they stand out,
    not with a level: at 5% it keeps 9 of the 254 ties of Les Miserables. Cost O(m).

    References
    ----------
    Serrano, Boguna & Vespignani 2009.
    """
    graph = as_undirected(view, weight)
    degree = np.diff(graph.csr.indptr)
    total = np.bincount(graph.source, weights=graph.strength, minlength=graph.n)
    total = total + np.bincount(graph.target, weights=graph.strength, minlength=graph.n)
    found = []
    for end in (graph.source, graph.target):
        with np.errstate(invalid="ignore", divide="ignore"):
            p = np.maximum(1.0 - graph.strength / total[end], 0.0) ** (degree[end] - 1)
        found.append(np.where(degree[end] > 1, p, np.nan))
    with np.errstate(invalid="ignore"):
        values = np.fmin(found[0], found[1]) if graph.m else np.zeros(0)
    return tie_series(graph, values, "disparity", undefined="both ends have one tie only")
