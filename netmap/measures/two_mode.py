"""Two-mode networks: members and the groups they belong to, and what members or groups share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError, nearest
from ._groups import membership_pairs

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd
    from scipy.sparse import csr_array

__all__ = ["WEIGHTS", "boundary_spanners", "co_membership", "incidence", "interlocks", "oriented", "overlap", "project", "two_mode_density"]

WEIGHTS = ("newman", "count", "jaccard")


def incidence(memberships: pd.DataFrame) -> tuple[csr_array, list[Hashable], list[Hashable]]:
    """Return the 0/1 table of members by groups, and both in canonical order; repeats count once."""
    from scipy import sparse

    who, where = membership_pairs(memberships)
    known = [(m, g) for m, g in zip(who, where, strict=True) if m is not None and g is not None and m == m and g == g]
    members = sorted({m for m, _ in known}, key=_order)
    groups = sorted({g for _, g in known}, key=_order)
    row, column = {m: i for i, m in enumerate(members)}, {g: i for i, g in enumerate(groups)}
    at = np.array(sorted({(row[m], column[g]) for m, g in known}), dtype=np.int64).reshape(-1, 2)
    table = sparse.csr_array((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(len(members), len(groups)))
    return table, members, groups


def _order(node: Any) -> tuple[str, Any]:
    return ("", node) if isinstance(node, (int, float)) else (type(node).__name__, str(node))


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
    Only members and groups that occur are counted. Cost O(m log m).

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
    Every group makes a clique of its members, so clustering and density of a projection are high by construction: test
    them against memberships rearranged at random, never against random ties. Cost: the sum of squared sizes.

    References
    ----------
    Breiger 1974; Newman 2001.
    """
    if weight not in WEIGHTS:
        close = nearest(str(weight), WEIGHTS) or WEIGHTS
        raise MeasureError(f"There is no projection weight {weight!r}. Did you mean {' or '.join(close)}?")
    table, ids = oriented(memberships, of)
    shared = _upper(table)
    first, second = shared.row, shared.col
    value = shared.data
    if weight == "jaccard":
        size = np.asarray(table.sum(axis=1)).reshape(-1)
        value = value / (size[first] + size[second] - value)
    elif weight == "newman":
        size = np.asarray(table.sum(axis=0)).reshape(-1)
        scaled = table.multiply(np.where(size > 1, 1.0 / np.maximum(size - 1, 1), 0.0)[None, :]).tocsr()
        value = np.asarray(_upper(scaled, table).data)
    return _pairs(ids, first, second, value, "project")


def oriented(memberships: pd.DataFrame, of: str) -> tuple[csr_array, list[Hashable]]:
    """Return the 0/1 table with a row for each member (or group), and who the rows are."""
    if of not in ("members", "groups"):
        raise MeasureError(f'of is "members" or "groups", not {of!r}.')
    table, members, groups = incidence(memberships)
    return (table, members) if of == "members" else (table.T.tocsr(), groups)


def _upper(left: Any, right: Any = None) -> Any:
    from scipy import sparse

    product = sparse.triu(left @ (left if right is None else right).T, k=1).tocsr()
    product.sort_indices()
    return product.tocoo()


def _pairs(
    ids: list[Hashable], first: NDArray[np.integer], second: NDArray[np.integer], value: NDArray[np.float64], name: str
) -> pd.Series[float]:
    import pandas as pd

    index = pd.MultiIndex.from_tuples(
        [(ids[i], ids[j]) for i, j in zip(first, second, strict=True)], names=["source", "target"]
    )
    series: pd.Series[float] = pd.Series(np.asarray(value, dtype=float), index=index, name=name)
    return series


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
    The number of memberships of each member is kept, the sizes of groups are not: of groups of very different size
    trust `netmap.chance` with both kept. Cost: the sum of squared sizes of groups.

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

    shared = _upper(table)
    size = np.asarray(table.sum(axis=1)).reshape(-1)
    a, b = size[shared.row], size[shared.col]
    p = np.clip(hypergeom.sf(shared.data - 1, total, a, b), 0.0, 1.0)
    every = len(ids) * (len(ids) - 1) // 2
    index = _pairs(ids, shared.row, shared.col, shared.data, "shared").index
    return pd.DataFrame(
        {"shared": shared.data, "expected": a * b / total if total else np.nan, "p": p, "q": _adjusted(p, every)}, index=index
    )


def _adjusted(p: NDArray[np.float64], tests: int) -> NDArray[np.float64]:
    """Benjamini and Hochberg over `tests` tests, those not listed having p = 1."""
    order = np.argsort(p, kind="stable")
    ranked = p[order] * tests / np.arange(1, p.size + 1)
    out = np.empty(p.size)
    out[order] = np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])
    return out


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
    Cost: the sum of squared memberships of members.

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


def interlocks(memberships: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of organisations (or groups) that share people, and whether one person alone joins them.

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` (the person) and ``group`` (or the first two columns); repeats count once.

    Returns
    -------
    DataFrame, one row a pair of groups that shares somebody
        ``shared``: distinct people; ``newman``: each counted 1/(groups - 1), so that people with many seats do not
        swamp; ``single``: whether it is one person only; ``through``: who, where it is one.

    Examples
    --------
    >>> import pandas as pd
    >>> seats = pd.DataFrame({"member": list("aabbc"), "group": list("xyxyy")})
    >>> interlocks(seats)[["shared", "newman", "single"]].values.tolist()
    [[2.0, 2.0, False]]

    Notes
    -----
    Who a single person is may be shown with their consent only. Cost: the sum of squared memberships of people.

    References
    ----------
    Mizruchi 1996.
    """
    import pandas as pd

    table, members, _ = incidence(memberships)
    shared = project(memberships, "count", of="groups")
    newman = project(memberships, "newman", of="groups")
    turned = table.T.tocsr()
    pair = _upper(turned)
    through: list[Any] = []
    for i, j, k in zip(pair.row, pair.col, pair.data, strict=True):
        one = np.intersect1d(turned.indices[turned.indptr[i]:turned.indptr[i + 1]], turned.indices[turned.indptr[j]:turned.indptr[j + 1]])
        through.append(members[int(one[0])] if k == 1 else "")
    single = shared.to_numpy() == 1
    return pd.DataFrame({"shared": shared, "newman": newman.to_numpy(), "single": single, "through": through}, index=shared.index)


def boundary_spanners(memberships: pd.DataFrame) -> pd.DataFrame:
    """Return the members of two groups or more, and the pairs of groups that meet in them alone.

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` and ``group`` (or the first two columns); repeats count once.

    Returns
    -------
    DataFrame, one row a member of two groups or more, most pairs first
        ``groups``: how many; ``pairs``: pairs of groups it joins; ``alone``: those no other member joins.

    Examples
    --------
    >>> import pandas as pd
    >>> shared = pd.DataFrame({"member": list("aaabbc"), "group": list("xyzxyz")})
    >>> boundary_spanners(shared).values.tolist()
    [[3, 3, 2], [2, 1, 0]]

    Notes
    -----
    A spanner alone is a strength and a risk: offer company, not replacement. People are named with consent only. Cost:
    the sum of squared memberships of members.

    References
    ----------
    Tushman 1977; Williams 2002.
    """
    import pandas as pd

    table, members, _ = incidence(memberships)
    shared = (table.T @ table).tocsr()
    rows = []
    for i, member in enumerate(members):
        own = table.indices[table.indptr[i]:table.indptr[i + 1]]
        if own.size < 2:
            continue
        between = np.triu(shared[own][:, own].toarray(), k=1)
        rows.append((member, int(own.size), own.size * (own.size - 1) // 2, int((between == 1).sum())))
    rows.sort(key=lambda r: (-r[3], -r[2], _order(r[0])))
    frame = pd.DataFrame([r[1:] for r in rows], columns=["groups", "pairs", "alone"], index=pd.Index([r[0] for r in rows], name="member"))
    return frame.astype("int64")
