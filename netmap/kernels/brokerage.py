"""Paths of two steps that no direct tie closes, counted by centre and by the groups of the three nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .csr import CSR, build_csr
from .groups import group_profile
from .triangles import mates, triangles

__all__ = ["ROLES", "Brokerage", "bernoulli_moments", "brokerage", "label_moments", "two_paths"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")


@dataclass(frozen=True, eq=False)
class Brokerage:
    """What every node brokers: ordered pairs (a, b) with a to v, v to b, and no tie from a to b.

    Attributes
    ----------
    roles : ndarray of float64, shape (n, 5)
        Pairs in each role of `ROLES`.
    total : ndarray of float64, shape (n,)
        All pairs.
    same_tail, same_head, chained, reversed : ndarray of float64, shape (n,)
        How many ordered pairs of different brokered pairs share their first end only, share their second end only, have
        the second end of one as first end of the other (and no more), and are each other's reverse.
    """

    roles: FloatArray
    total: FloatArray
    same_tail: FloatArray
    same_head: FloatArray
    chained: FloatArray
    reversed: FloatArray


def two_paths(out: CSR, into: CSR) -> tuple[FloatArray, FloatArray]:
    """Return for every node the paths a to v to b of three different nodes, and those of them without a tie a to b."""
    found = brokerage(out, into, np.zeros(out.n, dtype=np.int64))
    back = np.bincount(out.rows, weights=_mutual(out), minlength=out.n)
    return np.asarray(np.diff(into.indptr) * np.diff(out.indptr) - back, dtype=np.float64), found.total


def _mutual(out: CSR) -> FloatArray:
    """Return for every arc 1 where there is an arc back, else 0."""
    key = out.rows.astype(np.int64) * out.n + out.indices
    back = out.indices.astype(np.int64) * out.n + out.rows
    if key.size == 0:
        return np.zeros(0)
    place = np.minimum(np.searchsorted(key, back), key.size - 1)
    return np.where(key[place] == back, 1.0, 0.0)


def brokerage(out: CSR, into: CSR, labels: NDArray[np.integer]) -> Brokerage:
    """Count what every node brokers between which groups; every node has a label from 0.

    All paths of two steps are counted from degrees by group, and those that a tie closes, found among the triangles,
    are taken off. Cost O(m^1.5 + groups met).
    """
    n = out.n
    symmetric = out is into
    forward, both = (out, _Both(out.rows, *2 * (np.ones(out.arcs, dtype=bool),))) if symmetric else _undirected(out)
    own_out, _, alike = group_profile(out, labels, other=None if symmetric else into)
    own_in = own_out if symmetric else group_profile(into, labels)[0]
    indegree, outdegree = np.diff(into.indptr).astype(np.float64), np.diff(out.indptr).astype(np.float64)
    mutual = np.ones(out.arcs) if symmetric else _mutual(out)
    rows, columns = out.rows, out.indices
    same = labels[rows] == labels[columns]
    mutual_own = np.bincount(rows, weights=mutual * same, minlength=n)
    mutual_all = np.bincount(rows, weights=mutual, minlength=n)

    roles = np.zeros((n, 5))
    roles[:, 0] = own_in * own_out - mutual_own
    roles[:, 1] = alike - own_in * own_out - (mutual_all - mutual_own)
    roles[:, 2] = own_in * (outdegree - own_out)
    roles[:, 3] = (indegree - own_in) * own_out
    every = indegree * outdegree - mutual_all
    roles[:, 4] = every - roles[:, :4].sum(axis=1)

    # Brokered pairs at v by first end a (one value an arc a to v) and by second end b (one an arc v to b).
    first: FloatArray = np.where(both.to_row, outdegree[both.row] - both.from_row, 0.0)
    second: FloatArray = np.where(both.from_row, indegree[both.row] - both.to_row, 0.0)
    two_way = np.bincount(both.row, weights=both.from_row & both.to_row, minlength=n)
    reverse: FloatArray = np.asarray(two_way * (two_way - 1), dtype=np.float64)
    closed = closed_paths(forward, both.from_row, both.to_row, labels)
    roles, first, second, reverse = roles - closed[0], first - closed[1], second - closed[2], reverse - closed[3]

    def at_row(values: FloatArray) -> FloatArray:
        return np.asarray(np.bincount(both.row, weights=values, minlength=n), dtype=np.float64)

    return Brokerage(
        roles=roles,
        total=roles.sum(axis=1),
        same_tail=at_row(first * (first - 1)),
        same_head=at_row(second * (second - 1)),
        chained=2 * (at_row(first * second) - reverse),
        reversed=reverse,
    )


@compiled
def closed_paths(
    flat: CSR, from_row: BoolArray, to_row: BoolArray, labels: NDArray[np.integer]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Count the paths a to v to b that a tie from a to b closes, among the triangles of the undirected graph.

    Return them by centre and role, by arc from the centre to the first end and to the second, and for every centre the
    ordered pairs of ends tied to each other with which it is tied both ways.
    """
    n = flat.n
    roles, returned = np.zeros((n, 5)), np.zeros(n)
    first, second = np.zeros(flat.arcs), np.zeros(flat.arcs)
    for centre, a, b, arc_a, arc_b, arc_ab in _corners(flat):
        # arc_a and arc_b leave the centre for a and b, arc_ab leaves a for b.
        closed = to_row[arc_a] & from_row[arc_b] & from_row[arc_ab]
        role = _role(labels[centre], labels[a], labels[b])
        np.add.at(roles, (centre[closed], role[closed]), 1.0)
        first += np.bincount(arc_a[closed], minlength=first.size)
        second += np.bincount(arc_b[closed], minlength=second.size)
        both = to_row[arc_a] & from_row[arc_a] & to_row[arc_b] & from_row[arc_b]
        returned += np.bincount(centre[both], minlength=n)
    return roles, first, second, returned


@dataclass(frozen=True, eq=False)
class _Both:
    """For every arc of the undirected graph, row to column: whether there is a tie from the row, and one to it."""

    row: NDArray[np.int32]
    from_row: BoolArray
    to_row: BoolArray


def _undirected(out: CSR) -> tuple[CSR, _Both]:
    n = out.n
    rows = out.rows.astype(np.int64)
    key = rows * n + out.indices
    low, high = np.minimum(rows, out.indices), np.maximum(rows, out.indices)
    pair = np.unique(low * n + high)
    a, b = (pair // max(n, 1)).astype(np.int32), (pair % max(n, 1)).astype(np.int32)
    flat = build_csr(n, a, b, np.ones(a.size), symmetric=True)
    there = flat.rows.astype(np.int64) * n + flat.indices
    from_row = np.isin(there, key, assume_unique=True)
    to_row = from_row[mates(flat)] if flat.arcs else from_row
    return flat, _Both(flat.rows, from_row, to_row)


def _corners(flat: CSR) -> Iterator[tuple[NDArray[Any], ...]]:
    """Yield every triangle six times: each node as centre, the other two in both orders, then the three arcs."""
    back = mates(flat) if flat.arcs else np.zeros(0, dtype=np.int64)
    rows, columns = flat.rows, flat.indices
    for uv, uw, vw in triangles(flat):
        vu, wu, wv = back[uv], back[uw], back[vw]
        u, v, w = rows[uv], columns[uv], columns[uw]
        yield u, v, w, uv, uw, vw
        yield u, w, v, uw, uv, wv
        yield v, u, w, vu, vw, uw
        yield v, w, u, vw, vu, wu
        yield w, u, v, wu, wv, uv
        yield w, v, u, wv, wu, vu


def _role(v: NDArray[np.integer], a: NDArray[np.integer], b: NDArray[np.integer]) -> IntArray:
    out = np.full(v.size, 4, dtype=np.int64)
    out[(a != v) & (b == v)] = 3
    out[(a == v) & (b != v)] = 2
    out[(a == b) & (a != v)] = 1
    out[(a == v) & (b == v)] = 0
    return out


# -- what chance would give ------------------------------------------------------------------------------------


def bernoulli_moments(
    n: int, density: float, labels: NDArray[np.integer], *, directed: bool
) -> tuple[FloatArray, FloatArray]:
    """Return mean and variance of the roles (and the total) if every tie were there with probability `density`.

    Shape (n, 6). Directed: ordered pairs. Undirected: unordered pairs, with representative and gatekeeper together in
    the fourth column and the third empty.
    """
    size = np.bincount(labels).astype(np.float64)
    x = size[labels] - 1
    y = n - 1 - x
    two, three = _falling(size, 2), _falling(size, 3)
    others2, others3 = two.sum() - two[labels], three.sum() - three[labels]
    # Ordered pairs of ends in each role, and ordered pairs of such pairs that share one end on the same side.
    pairs = np.stack([_falling(x, 2), others2, x * y, x * y, _falling(y, 2) - others2, np.full(x.size, _two(n - 1))])
    mixed = x * _falling(y, 2) + y * _falling(x, 2)
    apart = _across(size, labels)
    sharing = np.stack(
        [2 * _falling(x, 3), 2 * others3, mixed, mixed, 2 * apart, np.full(x.size, 2.0 * (n - 1) * (n - 2) * (n - 3))]
    )
    q = density**2 * (1 - density)
    mean = pairs * q
    variance = mean * (1 - q) + sharing * density**3 * (1 - density) ** 3
    if directed:
        return mean.T, variance.T
    half = np.array([0.5, 0.5, 0.0, 1.0, 0.5, 0.5])[:, None]
    return (mean * half).T, (variance * half).T


def _across(size: FloatArray, labels: NDArray[np.integer]) -> FloatArray:
    """Return for every node the ordered (a; b, d), all outside its group, with b and d outside the group of a."""
    total = size.sum()
    y = (total - size)[labels]
    # Sum over groups g other than the node's of n_g (y - n_g)(y - n_g - 1), opened up so that it needs no table.
    one, two, three = size.sum() - size, (size**2).sum() - size**2, (size**3).sum() - size**3
    return np.asarray(y * (y - 1) * one[labels] - (2 * y - 1) * two[labels] + three[labels])


def _falling(x: FloatArray, times: int) -> FloatArray:
    out = np.ones_like(x)
    for i in range(times):
        out = out * (x - i)
    return out


def _two(x: float) -> float:
    return float(x) * (x - 1)


def label_moments(found: Brokerage, labels: NDArray[np.integer], *, directed: bool) -> tuple[FloatArray, FloatArray]:
    """Return mean and variance of the roles if the group labels of all other nodes were dealt out again at random.

    Shape (n, 6), laid out as in `bernoulli_moments`; the last column, the total, does not vary. The ties and the node's
    own group stay. Exact: pairs of brokered pairs are counted by how many ends they share.
    """
    n = labels.size
    size = np.bincount(labels).astype(np.float64)
    x = size[labels] - 1
    k = np.full(n, float(n - 1))
    y = k - x
    two, three, four = _falling(size, 2), _falling(size, 3), _falling(size, 4)
    own = labels
    out2, out3, out4 = two.sum() - two[own], three.sum() - three[own], four.sum() - four[own]
    square2 = (two**2).sum() - two[own] ** 2
    apart3 = _across(size, labels)
    alike4 = out4 + out2**2 - square2
    # Of four ends outside the group, pairs (a, b) and (c, d) each in different groups.
    apart4 = _falling(y, 4) - 2 * out2 * _falling(y - 2, 2) + alike4
    x2, y2 = _falling(x, 2), _falling(y, 2)
    zero = np.zeros(n)
    if directed:
        # One row a role: the pair itself, its reverse, and two pairs that share the first end, the second end, meet, or
        # share nothing.
        rows = [
            (x2, x2, _falling(x, 3), _falling(x, 3), _falling(x, 3), _falling(x, 4)),
            (out2, out2, out3, out3, out3, alike4),
            (x * y, zero, x * y2, x2 * y, zero, x2 * y2),
            (x * y, zero, y * x2, y2 * x, zero, x2 * y2),
            (y2 - out2, y2 - out2, apart3, apart3, apart3, apart4),
        ]
    else:
        both = x * y2 + y * x2
        rows = [
            (x2, x2, _falling(x, 3), _falling(x, 3), _falling(x, 3), _falling(x, 4)),
            (out2, out2, out3, out3, out3, alike4),
            (zero, zero, zero, zero, zero, zero),
            (2 * x * y, 2 * x * y, both, both, both, 4 * x2 * y2),
            (y2 - out2, y2 - out2, apart3, apart3, apart3, apart4),
        ]
    t = found.total
    shares = found.same_tail, found.same_head, found.chained
    rest = t * t - t - found.reversed - sum(shares, np.zeros(n))
    k2, k3, k4 = (np.maximum(_falling(k, i), 1.0) for i in (2, 3, 4))
    mean, variance = np.zeros((n, 6)), np.zeros((n, 6))
    for i, (pair, back, tail, head, meet, apart) in enumerate(rows):
        mean[:, i] = t * pair / k2
        square = (t * pair + found.reversed * back) / k2
        square += (shares[0] * tail + shares[1] * head + shares[2] * meet) / k3 + rest * apart / k4
        variance[:, i] = square - mean[:, i] ** 2
    mean[:, 5] = t
    # What does not vary must not do so by rounding.
    variance[variance < 1e-9 * np.maximum(mean**2, 1.0)] = 0.0
    return (mean, variance) if directed else (mean / 2, variance / 4)
