"""How a network changed between two waves: ties kept and lost, ranks, and groups followed from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ._input import as_view
from ._results import Shown

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["RankStability", "TieStability", "group_tracking", "rank_stability", "tie_stability"]

NAN = float("nan")


@dataclass(frozen=True, eq=False, repr=False)
class TieStability(Shown):
    """What became of the ties between two waves, among the nodes present in both.

    Attributes
    ----------
    jaccard : float
        Ties in both waves / ties in either.
    persistence : float
        Share of the earlier ties that are still there.
    formation : float
        Share of the empty pairs that became ties.
    expected_jaccard : float
        About what it would be if the waves had nothing to do with each other.
    kept, ended, formed, empty : int
        Pairs tied in both, in the first only, in the second only, in neither.
    nodes : int
        Nodes present in both.
    """

    jaccard: float
    persistence: float
    formation: float
    expected_jaccard: float
    kept: int
    ended: int
    formed: int
    empty: int
    nodes: int


def tie_stability(view_a: View | nx.Graph, view_b: View | nx.Graph) -> TieStability:
    """Return how many ties lasted from one wave to the next (Jaccard index of two networks).

    Parameters
    ----------
    view_a, view_b : View or networkx graph
        The earlier and the later wave, both directed or both not. Only nodes in both are looked at, by id.

    Returns
    -------
    TieStability
        Shares in 0..1, NaN where there is nothing to divide by.

    Raises
    ------
    MeasureError
        If one is directed and the other is not.

    Examples
    --------
    >>> import networkx as nx
    >>> tie_stability(nx.path_graph(3), nx.cycle_graph(3)).jaccard
    0.6666666666666666

    Notes
    -----
    With n11 ties kept, n10 ended, n01 formed and n00 pairs tied in neither: Jaccard n11/(n11 + n10 + n01); persistence
    n11/(n11 + n10); formation n01/(n01 + n00). If the m2 later ties fell on any pairs, e = m1 m2 / pairs of them would
    fall on earlier ones, and the Jaccard index would be about e/(m1 + m2 - e). From 0.3 a network counts as changing
    slowly enough for actor-based models. Cost O(m log m).

    References
    ----------
    Snijders, van de Bunt & Steglich 2010.
    """
    a, b = as_view(view_a), as_view(view_b)
    if a.directed != b.directed:
        raise MeasureError("One wave is directed and the other is not.")
    both = [node for node in a.ids if node in b.position]
    number = {node: i for i, node in enumerate(both)}
    first, second = _pairs(a, number), _pairs(b, number)
    n = len(both)
    every = n * (n - 1) // (1 if a.directed else 2)
    kept = len(first & second)
    ended, formed = len(first) - kept, len(second) - kept
    empty = every - kept - ended - formed
    overlap = len(first) * len(second) / every if every else 0.0
    return TieStability(
        jaccard=_share(kept, kept + ended + formed),
        persistence=_share(kept, kept + ended),
        formation=_share(formed, formed + empty),
        expected_jaccard=_share(overlap, len(first) + len(second) - overlap),
        kept=kept,
        ended=ended,
        formed=formed,
        empty=empty,
        nodes=n,
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else NAN


def _pairs(view: View, number: dict[Any, int]) -> set[tuple[int, int]]:
    out = set()
    for i, j in zip(view.source.tolist(), view.target.tolist(), strict=True):
        x, y = number.get(view.ids[i], -1), number.get(view.ids[j], -1)
        if x >= 0 and y >= 0:
            out.add((x, y) if view.directed else (min(x, y), max(x, y)))
    return out


@dataclass(frozen=True, eq=False, repr=False)
class RankStability(Shown):
    """How far two rankings of the same nodes agree.

    Attributes
    ----------
    tau : float
        Kendall's tau-b, -1..1; NaN where one of them does not vary.
    shared_top : float
        Share of the first `top` that are first in both.
    top : int
    nodes : int
        Nodes with a value in both.
    """

    tau: float
    shared_top: float
    top: int
    nodes: int


def rank_stability(a: pd.Series[Any], b: pd.Series[Any], top: int = 10) -> RankStability:
    """Return how far the ranking of nodes by one wave, or one measure, agrees with that by another.

    Parameters
    ----------
    a, b : Series on nodes
        Only nodes with a value in both count.
    top : int, default 10
        How many of the highest to compare. Nodes equal to the last of them share its place in part.

    Returns
    -------
    RankStability
        ``tau``, ``shared_top``, ``top``, ``nodes``.

    Raises
    ------
    MeasureError
        If top is below 1.

    Examples
    --------
    >>> import pandas as pd
    >>> rank_stability(pd.Series({"a": 3, "b": 2, "c": 1}), pd.Series({"a": 5, "b": 1, "c": 2}), top=1)
    RankStability(tau=0.333333, shared_top=1, top=1, nodes=3)

    Notes
    -----
    tau-b = (C - D) / sqrt((C + D + T_a)(C + D + T_b)): concordant, discordant and, in one ranking only, tied pairs.
    tau-b allows for equal values. Where several nodes are equal on the edge of the top, each is in it with the
    probability that the places left over give it, so that no order of rows decides. Cost O(n log n).

    References
    ----------
    Kendall 1945.
    """
    from scipy.stats import kendalltau

    if top < 1:
        raise MeasureError(f"top must be at least 1, not {top!r}.")
    left, right = a.dropna(), b.dropna()
    common = left.index.intersection(right.index)
    x, y = left.loc[common].to_numpy(dtype=np.float64), right.loc[common].to_numpy(dtype=np.float64)
    n = int(x.size)
    if n == 0:
        return RankStability(NAN, NAN, top, 0)
    varies = n > 1 and np.unique(x).size > 1 and np.unique(y).size > 1
    tau = float(kendalltau(x, y).statistic) if varies else NAN
    k = min(top, n)
    return RankStability(tau, float(_in_top(x, k) @ _in_top(y, k)) / k, top, n)


def _in_top(values: NDArray[np.float64], k: int) -> NDArray[np.float64]:
    edge = np.sort(values)[-k]
    above, level = values > edge, values == edge
    return np.where(above, 1.0, np.where(level, (k - above.sum()) / level.sum(), 0.0))


def group_tracking(groups_a: pd.Series[Any], groups_b: pd.Series[Any], threshold: float = 0.3) -> pd.DataFrame:
    """Return what became of each group from one wave to the next: continued, grown, shrunk, merged, split, gone, born.

    Parameters
    ----------
    groups_a, groups_b : Series on nodes
        Group of every node in the earlier and the later wave; a missing or negative label is no group.
    threshold : float, default 0.3
        Least overlap (Jaccard index of members) for two groups to be the same.

    Returns
    -------
    DataFrame
        One row for each pair of groups that correspond, and for each that has no counterpart: ``before``, ``after``
        (None where there is none), ``jaccard``, ``shared``, ``size_before``, ``size_after``, ``event``: ``continued``,
        ``grew``, ``shrank`` (by more than a tenth), ``merged``, ``split``, ``gone``, ``born``.

    Raises
    ------
    MeasureError
        If the threshold is not above 0 and at most 1.

    Examples
    --------
    >>> import pandas as pd
    >>> before = pd.Series({"a": 0, "b": 0, "c": 1, "d": 1})
    >>> after = pd.Series({"a": 0, "b": 0, "c": 0, "d": 0})
    >>> group_tracking(before, after)["event"].tolist()
    ['merged', 'merged']

    Notes
    -----
    Jaccard |A and B| / |A or B|. Groups are matched one to one so that the Jaccard indices add up to most (Hungarian
    method), pairs below the threshold left out. A group of which at least half went into one later group that also took
    in half of another has merged; one of which two later groups each consist by half or more has split. Show this
    beside how much the groups change from seed to seed alone. Cost O(n + k^3) for k groups.

    References
    ----------
    Greene, Doyle & Cunningham 2010; Palla, Barabasi & Vicsek 2007.
    """
    import pandas as pd
    from scipy.optimize import linear_sum_assignment

    if not 0 < threshold <= 1:
        raise MeasureError(f"threshold must be above 0 and at most 1, not {threshold!r}.")
    before, after = _members(groups_a), _members(groups_b)
    old, new = list(before), list(after)
    shared = np.array([[len(before[g] & after[h]) for h in new] for g in old], dtype=np.int64).reshape(
        len(old), len(new)
    )
    size_old = np.array([len(before[g]) for g in old], dtype=np.int64)
    size_new = np.array([len(after[h]) for h in new], dtype=np.int64)
    union = size_old[:, None] + size_new[None, :] - shared
    jaccard = shared / np.maximum(union, 1)
    rows, columns = linear_sum_assignment(-jaccard)
    match = {int(i): int(j) for i, j in zip(rows, columns, strict=True) if jaccard[i, j] >= threshold}

    # Who went mostly into whom, and who came mostly from whom.
    went = 2 * shared >= np.maximum(size_old[:, None], 1)
    came = 2 * shared >= np.maximum(size_new[None, :], 1)
    links: dict[tuple[int, int], str] = {}
    for j in range(len(new)):
        parents = np.flatnonzero(went[:, j])
        if parents.size > 1:
            links |= {(int(i), j): "merged" for i in parents}
    for i in range(len(old)):
        children = np.flatnonzero(came[i])
        if children.size > 1:
            links |= {(i, int(j)): "split" for j in children if (i, int(j)) not in links}
    for i, j in match.items():
        if (i, j) not in links:
            change = size_new[j] / size_old[i]
            links[i, j] = "grew" if change > 1.1 else "shrank" if change < 0.9 else "continued"
    table = [
        (old[i], new[j], float(jaccard[i, j]), int(shared[i, j]), int(size_old[i]), int(size_new[j]), event)
        for (i, j), event in sorted(links.items())
    ]
    seen_old, seen_new = {i for i, _ in links}, {j for _, j in links}
    table += [(old[i], None, 0.0, 0, int(size_old[i]), 0, "gone") for i in range(len(old)) if i not in seen_old]
    table += [(None, new[j], 0.0, 0, 0, int(size_new[j]), "born") for j in range(len(new)) if j not in seen_new]
    names = ["before", "after", "jaccard", "shared", "size_before", "size_after", "event"]
    # Labels stay what they are: a None beside whole numbers must not turn them into floats.
    frame = pd.DataFrame(table, columns=names, dtype=object)
    return frame.astype({"jaccard": "float64", "shared": "int64", "size_before": "int64", "size_after": "int64"})


def _members(groups: pd.Series[Any]) -> dict[Any, set[Any]]:
    from ._groups import no_label

    out: dict[Any, set[Any]] = {}
    for node, label in zip(groups.index.tolist(), groups.tolist(), strict=True):
        if not no_label(label):
            out.setdefault(label, set()).add(node)
    return {label: out[label] for label in sorted(out, key=lambda x: (type(x).__name__, x))}
