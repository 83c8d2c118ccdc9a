"""Whether nodes broker between groups more than the same ties would with groups dealt out at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels import brokerage as kernel
from ..kernels.shuffles import permutations
from ..measures._groups import GroupsLike, group_codes
from ..measures._input import as_view
from ..measures._results import node_frame
from .compared import check_draws
from .fdr import benjamini_hochberg

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["brokerage_test"]

# Draws times cells of the matrices that are multiplied; more would take minutes.
_MOST = 200_000_000_000


def brokerage_test(
    view: View | nx.Graph, groups: GroupsLike, *, draws: int = 4999, seed: int = 0
) -> pd.DataFrame:
    """Return whether each node brokers in each role more or less than with groups dealt out at random (proposed).

    Parameters
    ----------
    view : View or networkx graph
        Strength is ignored; direction as in `netmap.measures.brokerage`.
    groups : Series, mapping or sequence
        Group of every node. Nodes in no group form a group of their own.
    draws : int, default 4999
    seed : int, default 0

    Returns
    -------
    DataFrame on nodes
        For each role of `brokerage` (undirected: without ``representative``, which is a gatekeeper the other way
        round) its count, ``expected_``, ``p_`` (two-sided, (1 + b)/(1 + R)) and ``q_`` (p after Benjamini and Hochberg
        over all nodes and roles). p and q are NaN where the count cannot vary.

    Raises
    ------
    MeasureError
        If there are fewer than 19 draws, or so many that they could not be counted in minutes.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.barbell_graph(4, 1)
    >>> found = brokerage_test(graph, list("aaaabbbbb"), draws=199)
    >>> found.loc[3, ["gatekeeper", "expected_gatekeeper"]].tolist()
    [3.0, 1.6071428571428572]

    Notes
    -----
    The null keeps the ties and every node's own group and deals the groups of all others out again, so it asks whether
    a node brokers unusually much *between* groups given how much it brokers at all. The expected counts are exact, t P
    with t all pairs the node brokers and P the chance of two others having the groups of the role. One permutation
    serves all nodes: for each, the place its own label went to gets the label it was given instead, which is again a
    uniform permutation of the others. The null is netmap's own (proposed). Cost: `draws` x (sum of squared degrees) x
    groups.

    References
    ----------
    Gould & Fernandez 1989 for the roles; Phipson & Smyth 2010 for p.
    """
    check_draws(draws)
    graph = as_view(view)
    found = group_codes(graph, groups)
    labels = np.where(found.codes < 0, found.k, found.codes)
    k = int(labels.max(initial=-1)) + 1
    degree = np.maximum(np.diff(graph.csr.indptr), np.diff(graph.csr_in.indptr)).astype(float)
    if draws * k * float(degree @ degree) > _MOST:
        raise MeasureError(
            f"{draws:,} draws would take too long on a network of {graph.n:,} nodes and {graph.m:,} ties. "
            "Take fewer draws, or the closed form: netmap.measures.brokerage gives z."
        )
    held = kernel.brokerage(graph.csr, graph.csr_in, labels)
    mean, variance = (table[:, :5] for table in kernel.label_moments(held, labels, directed=graph.directed))
    observed = held.roles if graph.directed else _halved(held.roles)
    away = np.abs(observed - mean)
    edge = away - 1e-9 * np.maximum(1.0, away)
    beyond = np.zeros_like(observed)
    opened = [_open(graph, v) if held.total[v] else None for v in range(graph.n)]
    rng = np.random.default_rng([seed, 43])
    for block in permutations(graph.n, draws, rng):
        went = np.argsort(block, axis=1)
        for v, one in enumerate(opened):
            if one is None:
                continue
            into, out, pairs = one
            swapped = block[:, v][:, None]
            holder = went[:, v][:, None]
            first = labels[np.where(into[None, :] == holder, swapped, block[:, into])]
            second = labels[np.where(out[None, :] == holder, swapped, block[:, out])]
            counts = _roles(first, second, pairs, int(labels[v]), k)
            if not graph.directed:
                counts = _halved(counts)
            beyond[v] += (np.abs(counts - mean[v]) >= edge[v]).sum(axis=0)
    p = np.where(variance > 1e-12, (1 + beyond) / (1 + draws), np.nan)
    shown = [i for i, name in enumerate(kernel.ROLES) if graph.directed or name != "representative"]
    q = np.full_like(p, np.nan)
    q[:, shown] = benjamini_hochberg(p[:, shown])
    columns: dict[str, NDArray[np.float64]] = {}
    for prefix, table in (("", observed), ("expected_", mean), ("p_", p), ("q_", q)):
        columns |= {f"{prefix}{kernel.ROLES[i]}": table[:, i] for i in shown}
    frame = node_frame(graph, columns, undefined="the count cannot vary")
    if found.missing:
        frame.attrs["unknown_group"] = found.missing
    return frame


def _halved(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count unordered pairs, a representative being a gatekeeper the other way round."""
    out = table.copy()
    out[..., 3] += out[..., 2]
    return out / 2


def _open(graph: View, v: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return who has a tie to v, to whom v has one, and the 0/1 table of the ordered pairs that v brokers."""
    out, back = graph.csr, graph.csr_in
    a = back.indices[back.indptr[v] : back.indptr[v + 1]].astype(np.int64)
    b = out.indices[out.indptr[v] : out.indptr[v + 1]].astype(np.int64)
    pairs = np.ones((a.size, b.size))
    place = np.full(graph.n, -1, dtype=np.int64)
    place[b] = np.arange(b.size)
    for i, node in enumerate(a.tolist()):
        there = place[out.indices[out.indptr[node] : out.indptr[node + 1]]]
        pairs[i, there[there >= 0]] = 0.0
        if place[node] >= 0:
            pairs[i, place[node]] = 0.0
    return a, b, pairs


def _roles(
    first: NDArray[np.int64], second: NDArray[np.int64], pairs: NDArray[np.float64], own: int, k: int
) -> NDArray[np.float64]:
    """Return the five counts in every draw, given the groups of both ends of all pairs."""
    total = float(pairs.sum())
    mine_a, mine_b = (first == own).astype(float), (second == own).astype(float)
    reach = mine_a @ pairs
    coordinator = (reach * mine_b).sum(axis=1)
    representative = reach.sum(axis=1) - coordinator
    gatekeeper = mine_b @ pairs.sum(axis=0) - coordinator
    consultant = np.zeros(first.shape[0])
    for g in range(k):
        if g != own:
            consultant += (((first == g).astype(float) @ pairs) * (second == g)).sum(axis=1)
    liaison = total - coordinator - consultant - representative - gatekeeper
    return np.stack([coordinator, consultant, representative, gatekeeper, liaison], axis=1)
