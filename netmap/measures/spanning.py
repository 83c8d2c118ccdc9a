"""People who join groups: organisations that share them, and who alone stands between two groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ._groups import membership_pairs, memberships_of
from ._input import as_undirected
from ._memberships import incidence, order, upper
from .two_mode import project

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["boundary_spanners", "interlocks"]

_YES = {"yes", "y", "true", "1", "1.0"}
_NO = {"no", "n", "false", "0", "0.0", "", "nan", "none", "<na>"}


def interlocks(memberships: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of organisations (or groups) that share people, and whether one person alone joins them.

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` (the person) and ``group`` (or the first two columns); repeats count once. A column
        ``primary`` (yes or no) says which one is a person's main affiliation.

    Returns
    -------
    DataFrame, one row a pair of groups that shares somebody
        ``shared``: distinct people; ``newman``: each counted 1/(groups - 1), so that people with many seats do not
        swamp; ``single``: whether it is one person only; ``through``: who, where it is one. With a column ``primary``
        also ``from_source`` and ``from_target``: how many of them have their main affiliation in the first group of
        the pair and sit in the second, and the other way round. The rest is at home in neither, or nowhere known.

    Raises
    ------
    MeasureError
        If ``primary`` holds something else than yes and no, or a person has two main affiliations.

    Examples
    --------
    >>> import pandas as pd
    >>> seats = pd.DataFrame({"member": list("aabbc"), "group": list("xyxyy")})
    >>> interlocks(seats)[["shared", "newman", "single"]].values.tolist()
    [[2.0, 2.0, False]]

    Notes
    -----
    count = people with memberships of both; Newman weight = sum over shared people of 1/(memberships - 1). Who a single
    person is may be shown with their consent only. Cost: the sum of squared memberships of people.

    References
    ----------
    Mizruchi 1996.
    """
    import pandas as pd

    table, members, groups = incidence(memberships)
    shared = project(memberships, "count", of="groups")
    newman = project(memberships, "newman", of="groups")
    turned = table.T.tocsr()
    pair = upper(turned)
    through: list[Any] = []
    for i, j, k in zip(pair.row, pair.col, pair.data, strict=True):
        one = np.intersect1d(turned.indices[turned.indptr[i]:turned.indptr[i + 1]], turned.indices[turned.indptr[j]:turned.indptr[j + 1]])
        through.append(members[int(one[0])] if k == 1 else "")
    single = shared.to_numpy() == 1
    columns = {"shared": shared, "newman": newman.to_numpy(), "single": single, "through": through}
    if "primary" in memberships:
        sent = _sent(memberships, table, members, groups)
        columns |= {"from_source": sent[pair.row, pair.col], "from_target": sent[pair.col, pair.row]}
    return pd.DataFrame(columns, index=shared.index)


def _sent(memberships: pd.DataFrame, table: Any, members: list[Any], groups: list[Any]) -> NDArray[np.int64]:
    """How many people have their main affiliation in one group (row) and a seat in another (column)."""
    home: dict[Any, Any] = {}
    marks = [str(v).strip().casefold() for v in memberships["primary"]]
    for member, group, mark in zip(*membership_pairs(memberships), marks, strict=True):
        if mark not in _YES | _NO:
            raise MeasureError(f"primary is yes or no, not {mark!r}.")
        if mark in _YES and home.setdefault(member, group) != group:
            raise MeasureError(f"{member} has two primary affiliations, {home[member]} and {group}.")
    place = {g: j for j, g in enumerate(groups)}
    rows = [i for i, m in enumerate(members) if m in home]
    base = np.zeros((len(members), len(groups)))
    base[rows, [place[home[members[i]]] for i in rows]] = 1
    return np.asarray(base.T @ table, dtype=np.int64)


def boundary_spanners(memberships: pd.DataFrame, view: View | nx.Graph | None = None) -> pd.DataFrame:
    """Return the members of two groups or more, and the pairs of groups that meet in them alone.

    Parameters
    ----------
    memberships : DataFrame
        Columns ``member`` and ``group`` (or the first two columns); repeats count once.
    view : View or networkx graph, optional
        Ties among the members, to say which of those between groups they carry. Direction and strength are dropped.

    Returns
    -------
    DataFrame, one row a member of two groups or more, most pairs first
        ``groups``: how many; ``pairs``: pairs of groups it joins; ``alone``: those no other member joins; ``blau``: how
        evenly it is spread, 1 - sum p^2 over its groups, each alike, or with a `view` over the groups its ties reach.
        With a `view` also ``carried``: the share of all ties between groups that it is an end of. Both are NaN where
        it has no tie to a member, ``carried`` also where no tie runs between groups.

    Examples
    --------
    >>> import pandas as pd
    >>> shared = pd.DataFrame({"member": list("aaabbc"), "group": list("xyzxyz")})
    >>> boundary_spanners(shared).values.tolist()
    [[3.0, 3.0, 2.0, 0.6666666666666667], [2.0, 1.0, 0.0, 0.5]]

    Notes
    -----
    Blau 1 - sum p^2 with p the shares of its memberships, or with a view of its ties, in each group. A tie counts as
    one between groups by as much as its ends differ: of all pairs of a group of one end and a group of the other, the
    share that are two groups (as `quotient` counts). A spanner alone is a strength and a risk: offer company, not
    replacement. People are named with consent only. Cost: the sum of squared memberships of members, and with a view
    O(m).

    References
    ----------
    Tushman 1977; Blau 1977; Williams 2002; Long, Cunningham & Braithwaite 2013.
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
    rows.sort(key=lambda r: (-r[3], -r[2], order(r[0])))
    frame = pd.DataFrame([r[1:] for r in rows], columns=["groups", "pairs", "alone"], index=pd.Index([r[0] for r in rows], name="member"))
    frame = frame.astype("int64")
    frame["blau"] = 1 - 1 / frame["groups"].to_numpy(dtype=float)
    if view is not None:
        blau, carried = _carried(memberships, as_undirected(view))
        frame["blau"] = [blau.get(str(m), np.nan) for m in frame.index]
        frame["carried"] = [carried.get(str(m), np.nan) for m in frame.index]
        missing = int(frame["carried"].isna().sum())
        if missing:
            frame.attrs["undefined"] = {"no tie to a member of a group, or none between groups": missing}
    return frame


def _carried(memberships: pd.DataFrame, graph: View) -> tuple[dict[str, float], dict[str, float]]:
    """Evenness of the groups reached by the ties of each node, and its share of the ties between groups, by id."""
    from scipy.sparse import csr_array

    member = memberships_of(graph, memberships).table
    each = np.asarray(member.sum(axis=1)).reshape(-1)
    part = member.multiply(np.divide(1.0, each, out=np.zeros(each.size), where=each > 0)[:, None]).tocsr()
    a, b = graph.source, graph.target
    grouped = (each[a] > 0) & (each[b] > 0)
    across = np.where(grouped, 1.0 - np.asarray(part[a].multiply(part[b]).sum(axis=1)).reshape(-1), 0.0)
    total = float(across.sum())
    ends = np.bincount(a, across, graph.n) + np.bincount(b, across, graph.n)
    known = np.bincount(a, grouped, graph.n) + np.bincount(b, grouped, graph.n) > 0
    adjacency = csr_array((np.ones(graph.csr.arcs), graph.csr.indices, graph.csr.indptr), shape=(graph.n, graph.n))
    reached = (adjacency @ part).tocsr()
    sums = np.asarray(reached.sum(axis=1)).reshape(-1)
    squares = np.asarray(reached.multiply(reached).sum(axis=1)).reshape(-1)
    blau = np.divide(squares, sums**2, out=np.full(graph.n, np.nan), where=sums > 0)
    share = ends / total if total > 1e-12 else np.full(graph.n, np.nan)
    names = [str(i) for i in graph.ids]
    return (
        dict(zip(names, (1 - blau).tolist(), strict=True)),
        dict(zip(names, np.where(known, share, np.nan).tolist(), strict=True)),
    )
