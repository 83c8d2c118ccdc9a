"""Where a node stands among the groups: how its ties are spread over them, and how busy it is in its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..kernels import groups as kernel
from ._groups import GroupsLike, group_codes
from ._input import as_undirected, node_series

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["expected_participation", "participation", "participation_ratio", "roles", "within_module_z"]

FloatArray = NDArray[np.float64]

_NO_TIES = "no tie to a node of a known group"


def participation(view: View | nx.Graph, groups: GroupsLike, weight: str | None = None) -> pd.Series[float]:
    """Return how evenly a node's ties are spread over the groups (participation coefficient).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    groups : Series, mapping or sequence
        Group of every node. Ties to nodes in no group are left out.
    weight : str or None, default None
        None counts ties; ``"weight"`` uses their strength.

    Returns
    -------
    Series of float64 in 0..1 - 1/groups, one a node
        0: all ties go to one group. NaN for a node without ties to a node of a known group.

    Examples
    --------
    >>> import networkx as nx
    >>> participation(nx.path_graph(4), [0, 0, 1, 1]).tolist()
    [0.0, 0.5, 0.5, 0.0]

    Notes
    -----
    P_i = 1 - sum over groups of (k_is / k_i)^2. A node with few ties looks local whatever it does: see
    `participation_ratio`. Cost O(m).

    References
    ----------
    Guimera & Amaral 2005.
    """
    graph = as_undirected(view, weight)
    codes = group_codes(graph, groups).codes
    values = kernel.participation(graph.csr, codes, graph.csr.weights)
    return node_series(graph, values, "participation", undefined=_NO_TIES)


def expected_participation(view: View | nx.Graph, groups: GroupsLike) -> pd.Series[float]:
    """Return the participation a node with as many ties would have if it tied to groups by their share of all ties.

    Parameters
    ----------
    view : View or networkx graph
    groups : Series, mapping or sequence

    Returns
    -------
    Series of float64, one a node
        (1 - 1/k)(1 - sum p_s^2), with p_s the share of all tie ends that lie in group s. NaN without ties.

    Examples
    --------
    >>> import networkx as nx
    >>> expected_participation(nx.path_graph(4), [0, 0, 1, 1]).tolist()
    [0.0, 0.25, 0.25, 0.0]

    References
    ----------
    Guimera & Amaral 2005 for the coefficient; the expectation is exact for ties drawn independently.
    """
    graph = as_undirected(view)
    codes = group_codes(graph, groups).codes
    return node_series(graph, _expected(graph, codes), "expected_participation", undefined=_NO_TIES)


def participation_ratio(view: View | nx.Graph, groups: GroupsLike) -> pd.Series[float]:
    """Return participation divided by what it would be by chance for that many ties: 1 is no more spread than chance.

    Parameters
    ----------
    view : View or networkx graph
    groups : Series, mapping or sequence

    Returns
    -------
    Series of float64 from 0, one a node
        NaN for a node with fewer than two ties to nodes of known groups, or where there is but one group.

    Examples
    --------
    >>> import networkx as nx
    >>> participation_ratio(nx.path_graph(4), [0, 0, 1, 1]).tolist()
    [nan, 2.0, 2.0, nan]

    Notes
    -----
    P_i / E[P_i] with E[P_i] = (1 - 1/k_i)(1 - sum over groups of p_s^2), p_s the share of all ties' ends in group s.
    Cost O(m).

    References
    ----------
    Guimera & Amaral 2005; the expectation is that of ties dealt out by the groups' ends.
    """
    graph = as_undirected(view)
    codes = group_codes(graph, groups).codes
    expected = _expected(graph, codes)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(expected > 0, kernel.participation(graph.csr, codes) / expected, np.nan)
    return node_series(graph, ratio, "participation_ratio", undefined="fewer than two ties, or one group only")


def within_module_z(
    view: View | nx.Graph, groups: GroupsLike, weight: str | None = None, *, ddof: int = 0
) -> pd.Series[float]:
    """Return how many ties a node has inside its group, as a z score among the group's nodes.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    groups : Series, mapping or sequence
    weight : str or None, default None
        None counts ties; ``"weight"`` uses their strength.
    ddof : {0, 1}, default 0
        0 divides by the population standard deviation (as the brain connectivity toolbox does), 1 by the sample one.

    Returns
    -------
    Series of float64, one a node
        At most sqrt(size - 1). 0 by convention where all nodes of the group have as many; NaN for a node in no group.

    Examples
    --------
    >>> import networkx as nx
    >>> within_module_z(nx.star_graph(4), [0] * 5).round(9).tolist()
    [2.0, -0.5, -0.5, -0.5, -0.5]

    Notes
    -----
    z_i = (k_i,in - mean over the group) / SD over the group, with the population SD (ddof 0). In a group of fewer than
    8 nodes z cannot reach the 2.5 that is called a hub. Cost O(m).

    References
    ----------
    Guimera & Amaral 2005.
    """
    graph = as_undirected(view, weight)
    codes = group_codes(graph, groups).codes
    z, _ = kernel.within_z(graph.csr, codes, graph.csr.weights, ddof=ddof)
    return node_series(graph, z, "within_module_z", undefined="in no group")


def roles(view: View | nx.Graph, groups: GroupsLike) -> pd.DataFrame:
    """Return each node's role among the groups by the thresholds of functional cartography.

    Parameters
    ----------
    view : View or networkx graph
    groups : Series, mapping or sequence

    Returns
    -------
    DataFrame, one row a node
        ``participation``, ``participation_ratio``, ``within_module_z``, ``role`` (``ultra-peripheral, peripheral,
        connector, kinless, provincial hub, connector hub, kinless hub``; empty where undefined) and ``plain``: local,
        mostly local, connector or everywhere, by participation against chance (below 0.1, below 0.5, below 1, from 1).

    Examples
    --------
    >>> import networkx as nx
    >>> roles(nx.path_graph(4), [0, 0, 1, 1])["role"].tolist()
    ['ultra-peripheral', 'peripheral', 'peripheral', 'ultra-peripheral']

    Notes
    -----
    From P (participation) and z: z < 2.5 and P to 0.05 ultra-peripheral, to 0.62 peripheral, to 0.80 connector, else
    kinless; z >= 2.5 and P to 0.30 provincial hub, to 0.75 connector hub, else kinless hub. The thresholds come from a
    paper on metabolic networks and are a rule of thumb. In a small network read the plain word; its cut-offs are
    netmap's own (proposed). Cost O(m).

    References
    ----------
    Guimera & Amaral 2005.
    """
    import pandas as pd

    p, z = participation(view, groups), within_module_z(view, groups)
    ratio = participation_ratio(view, groups)
    frame = pd.DataFrame({"participation": p, "participation_ratio": ratio, "within_module_z": z})
    frame["role"] = [_role(a, b) for a, b in zip(p, z, strict=True)]
    frame["plain"] = [_plain(a, b) for a, b in zip(p, ratio, strict=True)]
    return frame


def _role(p: float, z: float) -> str:
    if np.isnan(p) or np.isnan(z):
        return ""
    if z >= 2.5:
        return "provincial hub" if p <= 0.30 else "connector hub" if p <= 0.75 else "kinless hub"
    if p <= 0.05:
        return "ultra-peripheral"
    return "peripheral" if p <= 0.62 else "connector" if p <= 0.80 else "kinless"


def _plain(p: float, ratio: float) -> str:
    if np.isnan(p):
        return ""
    # One tie can only be local; without a chance value there is nothing to compare with.
    value = 0.0 if np.isnan(ratio) else ratio
    return "local" if value < 0.1 else "mostly local" if value < 0.5 else "connector" if value < 1 else "everywhere"


def _expected(graph: View, codes: NDArray[np.int64]) -> FloatArray:
    csr = graph.csr
    known = codes[csr.indices] >= 0
    degree = np.bincount(csr.rows[known], minlength=graph.n)
    grouped = codes >= 0
    if not grouped.any():
        return np.full(graph.n, np.nan)
    volume = np.bincount(codes[grouped], weights=np.diff(csr.indptr)[grouped])
    with np.errstate(invalid="ignore", divide="ignore"):
        share = volume / volume.sum()
        return np.where(degree > 0, (1.0 - 1.0 / degree) * (1.0 - float(share @ share)), np.nan)
