"""How far each group keeps to itself, for its size: Coleman's index and Yule's Q."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._groups import GroupsLike, group_codes
from ._input import as_view, choose

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["coleman"]


def coleman(view: View | nx.Graph, groups: GroupsLike, expected: str = "others") -> pd.DataFrame:
    """Return for each group how far its ties stay inside, beyond what its size gives (Coleman's homophily index).

    Parameters
    ----------
    view : View or networkx graph
        Of a directed view the ties that members send; of an undirected one all ties of members, one inside counting
        for both its ends.
    groups : Series, mapping or sequence
        Group of every node; ties to nodes in no group are left out, and so are those nodes.
    expected : {"others", "all"}, default "others"
        Whether a group's share is of the others a member can choose, (N_g - 1)/(N - 1), or N_g/N, as some have it.

    Returns
    -------
    DataFrame indexed by group
        ``members, ties`` (ends of ties that members have), ``inside``: share of them that stays inside;
        ``expected``; ``index``: -1 (never inside) through 0 (as the size gives) to 1 (always inside); ``yule_q``: the
        same of the odds of a tie inside against a tie across, -1..1. NaN for a group without ties, with one member
        (``index`` with "others": nobody to choose) or where there is one group only.

    Examples
    --------
    >>> import networkx as nx
    >>> coleman(nx.path_graph(4), list("aabb")).round(3).loc["a", ["inside", "expected", "index"]].tolist()
    [0.667, 0.333, 0.5]

    Notes
    -----
    (H - w)/(1 - w) if H >= w, else (H - w)/w, with H the share inside and w the expected share. Two measures for groups
    of different size are not told apart from chance by looking: see likeness_test. Cost O(m + k).

    References
    ----------
    Coleman 1958; Yule 1912.
    """
    import pandas as pd

    choose(expected, ("others", "all"), "expected")
    graph = as_view(view)
    found = group_codes(graph, groups)
    k = found.k
    size = np.bincount(found.codes[found.codes >= 0], minlength=k).astype(float)
    total = size.sum()
    a, b = found.codes[graph.source], found.codes[graph.target]
    known = (a >= 0) & (b >= 0)
    a, b = a[known], b[known]
    if not graph.directed:
        a, b = np.concatenate([a, b]), np.concatenate([b, a])
    ends = np.bincount(a, minlength=k).astype(float)
    inside = np.bincount(a[a == b], minlength=k).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = inside / ends
        w = (size - 1) / (total - 1) if expected == "others" else size / total
        index = np.where(share >= w, (share - w) / (1 - w), (share - w) / w)
        # Odds of a tie among the places there are for one, inside and across.
        within, across = size * (size - 1), size * (total - size)
        out = ends - inside
        one, two = inside * (across - out), out * (within - inside)
        yule = (one - two) / (one + two)
    alone = np.full(k, k < 2)
    undefined = {
        "one group only": alone,
        "no ties": (ends == 0) & ~alone,
        "one member only": (size < 2) & (ends > 0) & ~alone,
    }
    lost = np.logical_or.reduce(list(undefined.values())) if k else np.zeros(0, dtype=bool)
    frame = pd.DataFrame(
        {
            "members": size.astype(int),
            "ties": ends.astype(int),
            "inside": share,
            "expected": w,
            "index": np.where(lost, np.nan, index),
            "yule_q": np.where(lost, np.nan, yule),
        },
        index=pd.Index(list(found.names), name="group"),
    )
    counts = {why: int(mask.sum()) for why, mask in undefined.items() if mask.any()}
    if counts:
        frame.attrs["undefined"] = counts
    return frame
