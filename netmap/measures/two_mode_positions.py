"""Two-mode networks as such: clustering of four nodes, and centralities of members and groups together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..kernels.csr import build_csr
from ..kernels.paths import betweenness, distance_sums
from ._memberships import incidence
from ._results import Shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TwoModeClustering", "two_mode_centrality", "two_mode_clustering"]

FloatArray = NDArray[np.float64]
NAN = float("nan")


@dataclass(frozen=True, repr=False)
class TwoModeClustering(Shown):
    """How often two members who share a group share another.

    Attributes
    ----------
    value : float
        4 x four-cycles / three-paths; NaN without three-paths.
    four_cycles : int
        Two members and two groups, every one of the four memberships there.
    three_paths : int
        Paths of three memberships between four different nodes.
    """

    value: float
    four_cycles: int
    three_paths: int


def two_mode_clustering(memberships: pd.DataFrame) -> TwoModeClustering:
    """Return how often two members who share a group share another one as well (Robins and Alexander).

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` and ``group`` (or the first two columns); repeats count once.

    Returns
    -------
    TwoModeClustering
        ``value`` in 0..1; NaN where no path of three memberships exists.

    Examples
    --------
    >>> import pandas as pd
    >>> both = pd.DataFrame({"member": list("aabbc"), "group": list("xyxyx")})
    >>> found = two_mode_clustering(both)
    >>> found.four_cycles, found.three_paths, found.value
    (1, 6, 0.6666666666666666)

    Notes
    -----
    C = 4 C4 / P3. There are no triangles in a two-mode network, and those of its projection come from groups being
    cliques; the smallest closed shape is a cycle of four. Cost: the sum of squared sizes of groups.

    References
    ----------
    Robins & Alexander 2004.
    """
    table, _, _ = incidence(memberships)
    shared = (table @ table.T).tocoo()
    upper = shared.coords[0] < shared.coords[1]
    pairs = shared.data[upper]
    cycles = round(float((pairs * (pairs - 1) / 2).sum()))
    rows = np.asarray(table.sum(axis=1)).reshape(-1)
    columns = np.asarray(table.sum(axis=0)).reshape(-1)
    # The middle membership of a path joins a member and a group that each have another one.
    paths = round(float((rows - 1) @ (table @ (columns - 1)))) if table.nnz else 0
    return TwoModeClustering(4 * cycles / paths if paths else NAN, cycles, paths)


def two_mode_centrality(memberships: pd.DataFrame) -> pd.DataFrame:
    """Return the centralities of members and groups in the two-mode network, each against what its own side allows.

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` and ``group`` (or the first two columns); repeats count once.

    Returns
    -------
    DataFrame, one row a member, then one a group
        Indexed by (``side``, ``id``), side ``member`` or ``group``: ``degree``; ``degree_share`` of the other side;
        ``betweenness`` (pairs of nodes of either side); ``betweenness_share`` of the greatest a node of its side could
        have; ``closeness_share``, NaN where the network is in parts.

    Examples
    --------
    >>> import pandas as pd
    >>> star = pd.DataFrame({"member": list("abc"), "group": list("xxx")})
    >>> two_mode_centrality(star).loc[("group", "x")].tolist()
    [3.0, 1.0, 3.0, 1.0, 1.0]

    Notes
    -----
    With n_i nodes on a node's own side and n_o on the other: degree / n_o; closeness (n_o + 2 n_i - 2) / sum of
    distances, as the others of its own side are at least two steps away; betweenness / b_max with, for s = (n_i - 1)
    div n_o and t = (n_i - 1) mod n_o, b_max = (n_o^2 (s+1)^2 + n_o (s+1)(2t - s - 1) - t (2s - t + 3)) / 2. One-mode
    maxima cannot be reached in a two-mode network. Cost O(n m).

    References
    ----------
    Borgatti & Everett 1997.
    """
    import pandas as pd

    table, members, groups = incidence(memberships)
    a, b = len(members), len(groups)
    pairs = table.tocoo()
    source = pairs.coords[0].astype(np.int32)
    target = (pairs.coords[1] + a).astype(np.int32)
    csr = build_csr(a + b, source, target, np.ones(source.size), symmetric=True)
    degree = np.diff(csr.indptr).astype(float)
    own = np.array([a] * a + [b] * b, dtype=float)
    other = np.array([b] * a + [a] * b, dtype=float)
    between = betweenness(csr)
    most = np.array([_most(a, b)] * a + [_most(b, a)] * b)
    sums = distance_sums(csr)
    whole = sums.reached == a + b - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(most > 0, between / most, np.nan)
        close = np.where(whole & (sums.distance > 0), (other + 2 * own - 2) / sums.distance, np.nan)
        degree_share = degree / other
    index = pd.MultiIndex.from_tuples(
        [("member", m) for m in members] + [("group", g) for g in groups], names=["side", "id"]
    )
    frame = pd.DataFrame(
        {
            "degree": degree, "degree_share": degree_share, "betweenness": between, "betweenness_share": share,
            "closeness_share": close,
        },
        index=index,
    )  # fmt: skip
    undefined = {}
    if int((~whole).sum()):
        undefined["the network is in parts"] = int((~whole).sum())
    if int((most <= 0).sum()):
        undefined["no node of its side could lie between others"] = int((most <= 0).sum())
    if undefined:
        frame.attrs["undefined"] = undefined
    return frame


def _most(own: int, other: int) -> float:
    """Return the greatest betweenness of a node with `own` nodes on its side and `other` on the other one."""
    if own == 0 or other == 0:
        return 0.0
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2
