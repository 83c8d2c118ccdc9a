"""Every triangle once, and what follows from triangles: shared neighbours, closure, Burt's constraint, brokerage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .csr import CSR

__all__ = [
    "TriangleSums",
    "arc_products",
    "common_neighbours",
    "constraint",
    "constraint_parts",
    "effective_size",
    "mates",
    "proportions",
    "triangle_sums",
    "triangles",
]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

# Wedges looked at in one go, and the size up to which a dense table is faster than listing very many wedges.
_BLOCK = 2_000_000
_DENSE_N = 2_500


def mates(csr: CSR) -> IntArray:
    """Return for every arc of an undirected graph the position of the arc back."""
    pairs = np.argsort(csr.tie, kind="stable").reshape(-1, 2)
    back = np.empty(csr.arcs, dtype=np.int64)
    back[pairs[:, 0]], back[pairs[:, 1]] = pairs[:, 1], pairs[:, 0]
    return back


def triangles(csr: CSR) -> Iterator[IntArray]:
    """Yield every triangle of an undirected graph once, as blocks of three arcs (u to v, u to w, v to w).

    u comes before v and v before w by degree, so that no hub has more than about sqrt(2m) arcs to follow.
    Cost O(m^1.5).
    """
    rank = _by_degree(csr)
    rows = csr.rows
    forward = np.flatnonzero(rank[rows] < rank[csr.indices])
    # Forward arcs grouped by tail; within one tail by the rank of the head, so pairs of them come in rank order.
    forward = forward[np.lexsort((rank[csr.indices[forward]], rows[forward]))]
    tail, head = rows[forward].astype(np.int64), csr.indices[forward].astype(np.int64)
    size = np.bincount(tail, minlength=csr.n)
    end = np.cumsum(size)
    # The arc at place i of its tail's list opens a wedge with each arc after it.
    later = end[tail] - np.arange(tail.size) - 1
    key = tail * csr.n + head
    order = np.argsort(key)
    sorted_key = key[order]
    upto = np.cumsum(later)
    start = 0
    while start < tail.size:
        before = int(upto[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(upto, before + _BLOCK, side="right")))
        count = later[start:stop]
        number = int(count.sum())
        if number:
            one = np.repeat(np.arange(start, stop), count)
            first = np.repeat(np.cumsum(count) - count, count)
            two = one + 1 + np.arange(number) - first
            wanted = head[one] * csr.n + head[two]
            place = np.searchsorted(sorted_key, wanted)
            place[place == sorted_key.size] = 0
            closed = sorted_key[place] == wanted
            if closed.any():
                yield np.stack([forward[one[closed]], forward[two[closed]], forward[order[place[closed]]]])
        start = stop


def wedges(csr: CSR) -> int:
    """Return how many pairs of forward arcs `triangles` has to look at."""
    rank = _by_degree(csr)
    rows = csr.rows
    size = np.bincount(rows[rank[rows] < rank[csr.indices]], minlength=csr.n)
    return int((size * (size - 1)).sum()) // 2


def _by_degree(csr: CSR) -> IntArray:
    degree = np.diff(csr.indptr)
    rank = np.empty(csr.n, dtype=np.int64)
    rank[np.lexsort((np.arange(csr.n), degree))] = np.arange(csr.n)
    return rank


@compiled
def arc_products(csr: CSR, left: FloatArray, right: FloatArray) -> FloatArray:
    """Return for every arc i to j of an undirected graph the sum over q of left(i, q) times right(q, j).

    `left` and `right` hold one value an arc. It is the product of two sparse matrices, taken on the ties only.
    Cost O(m^1.5), or n^3 in a dense table for small dense graphs.
    """
    if csr.n <= _DENSE_N and wedges(csr) > max(_BLOCK, csr.n**3 // 500):
        one, two = np.zeros((csr.n, csr.n)), np.zeros((csr.n, csr.n))
        rows = csr.rows
        one[rows, csr.indices], two[rows, csr.indices] = left, right
        product: FloatArray = (one @ two)[rows, csr.indices]
        return product
    total = np.zeros(csr.arcs)
    back = mates(csr)
    for uv, uw, vw in triangles(csr):
        vu, wu, wv = back[uv], back[uw], back[vw]
        for arc, way, on in (
            (uv, uw, wv), (vu, vw, wu), (uw, uv, vw), (wu, wv, vu), (vw, vu, uw), (wv, wu, uv),
        ):
            total += np.bincount(arc, weights=left[way] * right[on], minlength=csr.arcs)
    return total


@compiled
def common_neighbours(csr: CSR) -> NDArray[np.int32]:
    """Return for every arc of an undirected graph how many neighbours its two ends share."""
    one = np.ones(csr.arcs)
    return np.asarray(np.rint(arc_products(csr, one, one)), dtype=np.int32)


@dataclass(frozen=True, eq=False)
class TriangleSums:
    """Everything about an undirected graph that follows from its triangles.

    Attributes
    ----------
    shared : ndarray of int32, shape (arcs,)
        Neighbours that the two ends of an arc share.
    closed : ndarray of int64, shape (n,)
        Triangles the node is in.
    barrat : ndarray of float64, shape (n,)
        Sum over the node's triangles of the strengths of its two ties in them.
    onnela : ndarray of float64, shape (n,)
        Sum over the node's triangles of the cube root of the product of the three strengths, each divided by the
        greatest of the graph.
    constraint, effective_size : ndarray of float64, shape (n,)
        Burt's, with strengths; NaN without ties.
    roles : ndarray of float64, shape (n, 5) or (0, 5)
        Ordered pairs of tied neighbours by the groups of the three, see `brokerage.ROLES`; empty without labels.
    """

    shared: NDArray[np.int32]
    closed: IntArray
    barrat: FloatArray
    onnela: FloatArray
    constraint: FloatArray
    effective_size: FloatArray
    roles: FloatArray


@compiled
def triangle_sums(csr: CSR, labels: NDArray[np.integer] | None = None) -> TriangleSums:
    """Return everything that follows from the triangles of an undirected graph. Cost O(m^1.5) once."""
    from .brokerage import closed_paths

    rows = csr.rows
    shared = common_neighbours(csr)
    root = np.cbrt(csr.weights / csr.weights.max()) if csr.arcs else csr.weights

    def by_node(values: NDArray[np.floating] | NDArray[np.integer]) -> FloatArray:
        return np.asarray(np.bincount(rows, weights=values, minlength=csr.n), dtype=np.float64)

    every = np.ones(csr.arcs, dtype=bool)
    return TriangleSums(
        shared=shared,
        closed=np.asarray(by_node(shared) / 2, dtype=np.int64),
        barrat=by_node(csr.weights * shared),
        onnela=by_node(root * arc_products(csr, root, root)) / 2,
        constraint=constraint(csr),
        effective_size=effective_size(csr),
        roles=np.zeros((0, 5)) if labels is None else closed_paths(csr, every, every, labels)[0],
    )


def proportions(csr: CSR) -> FloatArray:
    """Return for every arc i to j the share of i's strength that lies in its tie to j (Burt's p)."""
    rows = csr.rows
    strength = np.bincount(rows, weights=csr.weights, minlength=csr.n)
    out: FloatArray = csr.weights / strength[rows]
    return out


@compiled
def constraint_parts(csr: CSR, *, variant: str = "network") -> FloatArray:
    """Return for every arc i to j how much j constrains i: (p_ij + sum over q of p_iq p_qj)^2.

    With ``"network"`` p of a contact q is taken over all its ties, with ``"ego"`` over its ties within i's own
    neighbourhood (i included).
    """
    p = proportions(csr)
    if variant == "ego":
        return _ego_parts(csr, p)
    return np.asarray((p + arc_products(csr, p, p)) ** 2)


def _ego_parts(csr: CSR, p: FloatArray) -> FloatArray:
    # In i's neighbourhood a contact q spends w_qi plus the strength of its ties to i's other contacts; with all
    # strengths of an arc q to r counted where i-q-r is a triangle, that is one product on the arc i to q.
    within = csr.weights + arc_products(csr, np.ones(csr.arcs), csr.weights)
    # sum over q of p_iq w_qj / within_iq: the division belongs to the arc i to q.
    return np.asarray((p + arc_products(csr, p / within, csr.weights)) ** 2)


@compiled
def constraint(csr: CSR, *, variant: str = "network") -> FloatArray:
    """Return Burt's constraint of every node of an undirected graph; NaN without ties."""
    parts = constraint_parts(csr, variant=variant)
    total = np.bincount(csr.rows, weights=parts, minlength=csr.n)
    return np.where(np.diff(csr.indptr) > 0, total, np.nan)


@compiled
def effective_size(csr: CSR) -> FloatArray:
    """Return Burt's effective size of every node of an undirected graph; NaN without ties."""
    degree = np.diff(csr.indptr)
    if csr.arcs == 0:
        return np.full(csr.n, np.nan)
    rows = csr.rows
    largest = np.zeros(csr.n)
    np.maximum.at(largest, rows, csr.weights)
    # m_jq is scaled by the strongest tie of j, the contact, which is the row of the arc j to q.
    marginal = csr.weights / largest[rows]
    p = proportions(csr)
    # redundancy of j for i = sum over q of p_iq m_jq: a product over q of p(i, q) with m read backwards.
    redundancy = arc_products(csr, p, marginal[mates(csr)])
    lost = np.bincount(rows, weights=redundancy, minlength=csr.n)
    return np.where(degree > 0, degree - lost, np.nan)
