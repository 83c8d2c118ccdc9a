"""Whether layers lie on one another, and whether a backbone is placed, more than chance would have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..kernels.shuffles import permutations, two_sided
from ..measures._input import as_undirected
from ..measures._results import Shown
from ..measures.cohesion import components
from ..measures.distances import global_efficiency
from ..measures.layering import HARD_WIRED, by_tie, layers, stacked
from .compared import Compared, check_draws, compare
from .fdr import benjamini_hochberg

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["BackboneTest", "backbone_test", "layers_test"]

# Efficiency needs all distances of every draw.
MOST_NODES = 2000


def layers_test(views: Mapping[Any, View | nx.Graph], *, draws: int = 999, seed: int = 0) -> pd.DataFrame:
    """Return for every two layers how many ties they share, and how many with the nodes of one dealt out at random.

    Parameters
    ----------
    views : mapping of name to View or networkx graph
        One a layer, as for `layers`.
    draws : int, default 999
    seed : int, default 0

    Returns
    -------
    DataFrame, one row a pair of layers
        ``first, second, both, jaccard``; ``expected`` shared ties, exact; ``p`` two-sided (1 + b)/(1 + R) and ``q``, p
        after Benjamini and Hochberg. NaN where one of the two has no tie or every pair.

    Raises
    ------
    MeasureError
        If there is no layer, or fewer than 19 draws.

    Examples
    --------
    >>> import networkx as nx
    >>> ring = nx.cycle_graph(12)
    >>> layers_test({"a": ring, "b": ring}, draws=99)[["both", "p"]].values.tolist()
    [[12.0, 0.01]]

    Notes
    -----
    Relabelling the nodes of one layer keeps both networks as they are and breaks who is who (the QAP null); expected
    m_a m_b / pairs. Cost O(m) a draw and pair.

    References
    ----------
    Krackhardt 1987, 1988; Battiston, Nicosia & Latora 2014.
    """
    import pandas as pd

    check_draws(draws)
    every = stacked(views)
    frame = layers(views).similarity
    rows = []
    for at, (a, b, both, jaccard) in enumerate(frame[["first", "second", "both", "jaccard"]].itertuples(index=False)):
        one, two = every[a], every[b]
        n, directed = one.n, one.directed
        pairs = n * (n - 1) / (1 if directed else 2)
        expected = one.m * two.m / pairs if pairs else float("nan")
        p = float("nan")
        if 0 < one.m < pairs and 0 < two.m < pairs:
            keys = two.source.astype(np.int64) * n + two.target
            rng = np.random.default_rng([seed, 67, at])
            null = []
            for block in permutations(n, draws, rng):
                x, y = block[:, one.source], block[:, one.target]
                if not directed:
                    x, y = np.minimum(x, y), np.maximum(x, y)
                place = np.minimum(np.searchsorted(keys, x * n + y), keys.size - 1)
                null.append((keys[place] == x * n + y).sum(axis=1))
            p = float(two_sided(float(both), np.concatenate(null).astype(float), centre=expected))
        rows.append((a, b, both, jaccard, expected, p))
    out = pd.DataFrame(rows, columns=["first", "second", "both", "jaccard", "expected", "p"])
    out["q"] = benjamini_hochberg(out["p"].to_numpy(dtype=float))
    return out


@dataclass(frozen=True, repr=False)
class BackboneTest(Shown):
    """What the backbone holds together beside as many ties drawn at random from the network; p is two-sided.

    `efficiency` is NaN throughout for more than 2,000 nodes.
    """

    largest: Compared
    connectedness: Compared
    efficiency: Compared


def backbone_test(
    view: View | nx.Graph,
    hardwired: Any,
    *,
    threshold: float = HARD_WIRED,
    efficiency: bool = True,
    draws: int = 199,
    seed: int = 0,
) -> BackboneTest:
    """Return whether the hard-wired ties are better or worse placed than as many drawn at random (proposed).

    Parameters
    ----------
    view : View or networkx graph
        Direction and strength are dropped.
    hardwired : Series, mapping, or sequence
        As for `backbone`.
    threshold : float, default 2/3
    efficiency : bool, default True
        False leaves the efficiency out (NaN): it alone needs all distances of every draw.
    draws : int, default 199
    seed : int, default 0

    Returns
    -------
    BackboneTest
        For the share in the largest part, the share of pairs in contact and the global efficiency.

    Raises
    ------
    MeasureError
        If there are fewer than 19 draws.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(10)
    >>> together = {pair: float(pair[0] < 3) for pair in graph.edges}
    >>> found = backbone_test(graph, together, draws=199)
    >>> found.largest.observed, found.largest.observed > found.largest.expected
    (0.4, True)

    Notes
    -----
    Few and badly placed are two things: with few ties nothing holds together however they are placed, and the null has
    as few. The composite is netmap's own (proposed). Cost: `draws` times that of the measures.

    References
    ----------
    Latora & Marchiori 2001; Krackhardt 1994.
    """
    check_draws(draws)
    graph = as_undirected(view)
    index = by_tie(graph, hardwired)
    part = np.where(np.isnan(index), False, index >= threshold - 1e-12)
    rng = np.random.default_rng([seed, 71])
    size = int(part.sum())
    chosen = [np.sort(rng.choice(graph.m, size, replace=False)) for _ in range(draws)] if graph.m else []
    far = efficiency and graph.n <= MOST_NODES
    found = np.array([_holds(graph, ties, far) for ties in chosen]).reshape(-1, 3)
    observed = _holds(graph, np.flatnonzero(part), far)
    return BackboneTest(*(compare(observed[i], found[:, i]) for i in range(3)))


def _holds(graph: View, ties: Any, far: bool) -> tuple[float, float, float]:
    thin = graph.with_ties(graph.source[ties], graph.target[ties])
    sizes, n = components(thin).sizes, graph.n
    if n < 2:
        return float("nan"), float("nan"), float("nan")
    near = global_efficiency(thin) if far else float("nan")
    return max(sizes) / n, sum(s * (s - 1) for s in sizes) / (n * (n - 1)), near
