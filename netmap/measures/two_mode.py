"""Two-mode networks: members and the groups they belong to, and what members or groups share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import MeasureError, nearest
from ..kernels.discovery import step_up
from ._memberships import incidence, oriented, pairs, upper

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

__all__ = ["WEIGHTS", "co_membership", "overlap", "project", "two_mode_density"]

WEIGHTS = ("newman", "count", "jaccard")


def two_mode_density(memberships: pd.DataFrame) -> float:
    """Return the share of possible memberships that exist.

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` and ``group`` (or the first two columns); repeats count once.

    Returns
    -------
    float
        0..1; NaN without members or groups.

    Examples
    --------
    >>> import pandas as pd
    >>> two_mode_density(pd.DataFrame({"member": ["a", "a", "b"], "group": ["x", "y", "x"]}))
    0.75

    Notes
    -----
    m / (members x groups). Only members and groups that occur are counted. Cost O(m log m).

    References
    ----------
    Borgatti & Everett 1997.
    """
    table, members, groups = incidence(memberships)
    return table.nnz / (len(members) * len(groups)) if members and groups else float("nan")


def project(memberships: pd.DataFrame, weight: str = "newman", *, of: str = "members") -> pd.Series[float]:
    """Return the ties between members (or groups) made by what they share: the one-mode projection.

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` and ``group`` (or the first two columns); repeats count once.
    weight : {"newman", "count", "jaccard"}, default "newman"
        ``newman`` counts each shared group 1/(size - 1), so that large groups do not swamp; ``count`` counts 1;
        ``jaccard`` divides the count by all groups of either.
    of : {"members", "groups"}, default "members"

    Returns
    -------
    Series of float, one a pair that shares something
        Indexed by (source, target) in canonical order.

    Raises
    ------
    MeasureError
        If `weight` or `of` is not known.

    Examples
    --------
    >>> import pandas as pd
    >>> shared = pd.DataFrame({"member": list("abcab"), "group": list("xxxyy")})
    >>> project(shared).to_dict()
    {('a', 'b'): 1.5, ('a', 'c'): 0.5, ('b', 'c'): 0.5}

    Notes
    -----
    Newman w_ij = sum over shared groups of 1/(size - 1), groups of one left out; count: number of shared groups. Every
    group makes a clique of its members, so clustering and density of a projection are high by construction: test them
    against memberships rearranged at random, never against random ties. Cost: the sum of squared sizes.

    References
    ----------
    Breiger 1974; Newman 2001.
    """
    if weight not in WEIGHTS:
        close = nearest(str(weight), WEIGHTS) or WEIGHTS
        raise MeasureError(f"There is no projection weight {weight!r}. Did you mean {' or '.join(close)}?")
    table, ids = oriented(memberships, of)
    shared = upper(table)
    first, second = shared.row, shared.col
    value = shared.data
    if weight == "jaccard":
        size = np.asarray(table.sum(axis=1)).reshape(-1)
        value = value / (size[first] + size[second] - value)
    elif weight == "newman":
        size = np.asarray(table.sum(axis=0)).reshape(-1)
        scaled = table.multiply(np.where(size > 1, 1.0 / np.maximum(size - 1, 1), 0.0)[None, :]).tocsr()
        value = np.asarray(upper(scaled, table).data)
    return pairs(ids, first, second, value, "project")


def co_membership(memberships: pd.DataFrame, groups: int | None = None) -> pd.DataFrame:
    """Return how many groups each pair of members shares, what chance gives, and how unlikely as many are.

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` and ``group`` (or the first two columns); repeats count once.
    groups : int, optional
        Number of groups a member could join; all that occur by default. Declare it: expectations rest on it.

    Returns
    -------
    DataFrame, one row a pair that shares a group
        ``shared``; ``expected`` k_a k_b / N; ``p``, the hypergeometric chance of as many or more; ``q``, p after
        Benjamini and Hochberg over every possible pair, those that share nothing included.

    Raises
    ------
    MeasureError
        If fewer groups are declared than occur.

    Examples
    --------
    >>> import pandas as pd
    >>> shared = pd.DataFrame({"member": list("aabbc"), "group": list("xyxyz")})
    >>> co_membership(shared)[["shared", "expected"]].round(3).values.tolist()
    [[2.0, 1.333]]

    Notes
    -----
    p = P(X >= shared), X hypergeometric: of N groups, a and b of them at random; expected a b / N. The number of
    memberships of each member is kept, the sizes of groups are not: of groups of very different size trust
    `netmap.chance` with both kept. Cost: the sum of squared sizes of groups.

    References
    ----------
    Tumminello et al. 2011; Neal 2014.
    """
    table, members, found = incidence(memberships)
    total = len(found) if groups is None else int(groups)
    if total < len(found):
        raise MeasureError(f"groups is {total}, but {len(found)} occur.")
    return _tested(table, members, total)


def _tested(table: Any, ids: list[Hashable], total: int) -> pd.DataFrame:
    import pandas as pd
    from scipy.stats import hypergeom

    shared = upper(table)
    size = np.asarray(table.sum(axis=1)).reshape(-1)
    a, b = size[shared.row], size[shared.col]
    p = np.clip(hypergeom.sf(shared.data - 1, total, a, b), 0.0, 1.0)
    every = len(ids) * (len(ids) - 1) // 2
    index = pairs(ids, shared.row, shared.col, shared.data, "shared").index
    return pd.DataFrame(
        {"shared": shared.data, "expected": a * b / total if total else np.nan, "p": p, "q": step_up(p, tests=every)}, index=index
    )


def overlap(memberships: pd.DataFrame, members: int | None = None) -> pd.DataFrame:
    """Return how far each pair of groups overlaps, with what chance gives.

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` and ``group`` (or the first two columns); repeats count once.
    members : int, optional
        Number of those who could join; all that occur by default. Declare it: expectations rest on it.

    Returns
    -------
    DataFrame, one row a pair of groups that shares a member
        ``shared``; ``overlap``, shared / the smaller group (1: contained in the other); ``jaccard``, shared / members of
        either; ``expected`` |A||B|/N; ``p`` the hypergeometric chance of as many or more.

    Raises
    ------
    MeasureError
        If fewer members are declared than occur.

    Examples
    --------
    >>> import pandas as pd
    >>> shared = pd.DataFrame({"member": list("abcab"), "group": list("xxxyy")})
    >>> overlap(shared)[["shared", "overlap", "jaccard"]].round(3).values.tolist()
    [[2.0, 1.0, 0.667]]

    Notes
    -----
    |A and B| / min(|A|, |B|); Jaccard |A and B| / |A or B|; expected |A||B| / N. Cost: the sum of squared memberships
    of members.

    References
    ----------
    Szymkiewicz 1934; Simpson 1943; Tumminello et al. 2011.
    """
    table, who, groups = incidence(memberships)
    total = len(who) if members is None else int(members)
    if total < len(who):
        raise MeasureError(f"members is {total}, but {len(who)} occur.")
    turned = table.T.tocsr()
    frame = _tested(turned, groups, total)
    size = dict(zip(groups, np.asarray(turned.sum(axis=1)).reshape(-1), strict=True))
    a = np.array([size[i] for i, _ in frame.index])
    b = np.array([size[j] for _, j in frame.index])
    shared = frame["shared"].to_numpy()
    frame.insert(1, "overlap", shared / np.minimum(a, b) if len(frame) else shared)
    frame.insert(2, "jaccard", shared / (a + b - shared) if len(frame) else shared)
    return frame.drop(columns="q")
