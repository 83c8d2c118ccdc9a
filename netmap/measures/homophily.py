"""Like with like: whether ties join nodes that are alike in sector, role or a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.groups import between_matrix, end_sums
from ._groups import GroupsLike, group_codes
from ._input import as_undirected, as_view
from ._results import node_series

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["assortativity", "ei_index", "geary", "mixing_matrix", "moran", "numbers_of"]

FloatArray = NDArray[np.float64]


def ei_index(view: View | nx.Graph, groups: GroupsLike) -> pd.Series[float]:
    """Return the E-I index of each node: ties outside its group less ties inside, as a share of both.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    groups : Series, mapping or sequence
        Group of every node. Ties to nodes in no group are left out.

    Returns
    -------
    Series of float, one a node
        -1 (all ties inside) to 1 (all outside). NaN for a node without ties or without a group.
        ``.attrs["network"]`` is the index of the whole network.

    Examples
    --------
    >>> import networkx as nx
    >>> found = ei_index(nx.path_graph(4), list("aabb"))
    >>> found.tolist(), round(found.attrs["network"], 3)
    ([-1.0, 0.0, 0.0, -1.0], -0.333)

    Notes
    -----
    (E - I) / (E + I), E ties outside the group, I inside. The index depends on the sizes of the groups: compare it with
    labels dealt out at random, not with 0. Cost O(m).

    References
    ----------
    Krackhardt & Stern 1988.
    """
    graph = as_undirected(view)
    codes = group_codes(graph, groups).codes
    a, b = codes[graph.source], codes[graph.target]
    known = (a >= 0) & (b >= 0)
    inside = known & (a == b)
    ends = np.concatenate([graph.source[known], graph.target[known]])
    degree = np.bincount(ends, minlength=graph.n)
    own = np.bincount(np.concatenate([graph.source[inside], graph.target[inside]]), minlength=graph.n)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where((degree > 0) & (codes >= 0), (degree - 2 * own) / degree, np.nan)
    series = node_series(graph, value, "ei_index", {"no ties to nodes in a group, or in no group": np.isnan(value)})
    total = int(known.sum())
    series.attrs["network"] = (total - 2 * int(inside.sum())) / total if total else float("nan")
    return series


def mixing_matrix(view: View | nx.Graph, groups: GroupsLike) -> pd.DataFrame:
    """Return how many ties join each pair of groups.

    Parameters
    ----------
    view : View or networkx graph
    groups : Series, mapping or sequence
        Group of every node; ties with an end in no group are left out.

    Returns
    -------
    DataFrame, shape (groups, groups)
        Of an undirected view symmetric, each tie inside a group counted once.

    Examples
    --------
    >>> import networkx as nx
    >>> mixing_matrix(nx.path_graph(4), list("aabb")).values.tolist()
    [[1.0, 1.0], [1.0, 1.0]]

    Notes
    -----
    e_ab = number of ties between a and b. Cost O(m + k^2) for k groups.

    References
    ----------
    Newman 2003.
    """
    import pandas as pd

    graph = as_view(view)
    found = group_codes(graph, groups)
    table = between_matrix(graph.source, graph.target, None, found.codes, found.k, directed=graph.directed)
    return pd.DataFrame(table, index=list(found.names), columns=list(found.names))


def assortativity(view: View | nx.Graph, values: Any, weight: str | None = None) -> float:
    """Return the assortativity coefficient: how far ties join like with like, beyond what chance gives.

    Parameters
    ----------
    view : View or networkx graph
        Of a directed view a tie counts from its source to its target.
    values : Series, mapping or sequence
        A category or a number for every node; ties with an unknown end are left out.
    weight : str or None, default None
        ``"weight"`` counts a tie by its strength.

    Returns
    -------
    float
        1: ties join equals only; 0: as by chance; below 0: unlike ones. NaN without ties, or where all are alike.

    Examples
    --------
    >>> import networkx as nx
    >>> round(assortativity(nx.barbell_graph(3, 0), list("aaabbb")), 4)
    0.7143

    Notes
    -----
    Categories: (sum e_ii - sum a_i b_i) / (1 - sum a_i b_i); numbers: Pearson's r over the ends of ties, each tie
    weighing as its strength. For its standard error and p see likeness_test. Cost O(m).

    References
    ----------
    Newman 2002, 2003.
    """
    graph = as_view(view, weight)
    number = numbers_of(graph, values)
    if number is not None:
        return _numeric(graph, number)
    found = group_codes(graph, values)
    within, total, out, into = end_sums(graph.source, graph.target, graph.strength, found.codes)
    if total == 0:
        return float("nan")
    if not graph.directed:
        out = into = (out + into) / 2
    chance = float(out @ into) / total**2
    return (within / total - chance) / (1 - chance) if chance < 1 - 1e-12 else float("nan")


def numbers_of(graph: View, values: Any) -> FloatArray | None:
    """Return the values in canonical order where all known ones are numbers, else None; unknown ones are NaN."""
    import pandas as pd

    if isinstance(values, pd.Series):
        known: dict[Any, Any] = dict(zip(values.index, values, strict=True))
        listed = [known.get(i) for i in graph.ids]
    elif hasattr(values, "get"):
        listed = [values.get(i) for i in graph.ids]
    else:
        given = list(values)
        if len(given) != graph.n:
            raise MeasureError(f"There are {len(given)} values for {graph.n} nodes.")
        listed = [None] * graph.n
        for place, at in enumerate(graph.order):
            listed[at] = given[place]
    if any(isinstance(v, (str, bool)) for v in listed):
        return None
    return np.array([np.nan if v is None else float(v) for v in listed])


def _numeric(graph: View, value: FloatArray) -> float:
    x, y = value[graph.source], value[graph.target]
    known = ~(np.isnan(x) | np.isnan(y))
    x, y, w = x[known], y[known], graph.strength[known]
    if not graph.directed:
        x, y, w = np.concatenate([x, y]), np.concatenate([y, x]), np.concatenate([w, w])
    if x.size < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return float("nan")
    x, y = x - x @ w / w.sum(), y - y @ w / w.sum()
    return float((w * x * y).sum() / np.sqrt((w * x * x).sum() * (w * y * y).sum()))


def _spread(view: View | nx.Graph, values: Any) -> tuple[View, FloatArray, NDArray[np.int64], NDArray[np.int64]]:
    """Return the undirected graph, the values, and the ends of the ties whose both ends are known."""
    graph = as_undirected(view)
    number = numbers_of(graph, values)
    if number is None:
        raise MeasureError("This needs a number for every node; for categories use assortativity.")
    both = ~(np.isnan(number[graph.source]) | np.isnan(number[graph.target]))
    return graph, number, graph.source[both].astype(np.int64), graph.target[both].astype(np.int64)


def moran(view: View | nx.Graph, values: Any) -> float:
    """Return Moran's I of a number on the nodes: above its expectation where tied nodes are alike.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    values : Series, mapping or sequence
        A number for every node; nodes without one are left out.

    Returns
    -------
    float
        About -1..1; -1/(n-1) by chance. NaN without ties or where all are alike.

    Raises
    ------
    MeasureError
        If the values are no numbers.

    Examples
    --------
    >>> import networkx as nx
    >>> moran(nx.path_graph(4), [1, 1, 2, 2])
    0.3333333333333333

    Notes
    -----
    I = (n/S0) z'Wz / z'z with ties counted once each way, not row-standardised. Cost O(m).

    References
    ----------
    Moran 1950.
    """
    _, value, a, b = _spread(view, values)
    known = value[~np.isnan(value)]
    if not a.size or np.ptp(known) == 0:
        return float("nan")
    z = value - known.mean()
    return float(known.size / a.size * (z[a] * z[b]).sum() / np.nansum(z * z))


def geary(view: View | nx.Graph, values: Any) -> float:
    """Return Geary's C of a number on the nodes: below 1 where tied nodes are alike.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    values : Series, mapping or sequence
        A number for every node; nodes without one are left out.

    Returns
    -------
    float
        From 0; 1 by chance. NaN without ties or where all are alike.

    Raises
    ------
    MeasureError
        If the values are no numbers.

    Examples
    --------
    >>> import networkx as nx
    >>> geary(nx.path_graph(4), [1, 1, 2, 2])
    0.5

    Notes
    -----
    C = ((n-1)/(2 S0)) sum w (x_i - x_j)^2 / z'z. Cost O(m).

    References
    ----------
    Geary 1954.
    """
    _, value, a, b = _spread(view, values)
    known = value[~np.isnan(value)]
    if not a.size or np.ptp(known) == 0:
        return float("nan")
    z = value - known.mean()
    return float((known.size - 1) / (2 * a.size) * ((value[a] - value[b]) ** 2).sum() / np.nansum(z * z))
