"""Loops over groups of nodes: ties between groups, ties of each node by group, modularity, and tidy labels."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .csr import CSR

__all__ = [
    "between_matrix",
    "canonical_labels",
    "connected_parts",
    "contingency",
    "cross_ties",
    "end_sums",
    "group_profile",
    "group_sums",
    "group_ties",
    "modularity",
    "participation",
    "within_z",
]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

# Up to this many cells a dense table is faster than sorting the arcs.
_DENSE = 4_000_000


def canonical_labels(labels: NDArray[np.integer]) -> IntArray:
    """Number groups from 0, largest first, equal sizes by their first node; negative labels become -1.

    Examples
    --------
    >>> canonical_labels(np.array([7, 3, 3, -1]))
    array([ 1,  0,  0, -1])
    """
    out = np.full(labels.size, -1, dtype=np.int64)
    known = labels >= 0
    if known.any():
        _, first, inverse, size = np.unique(labels[known], return_index=True, return_inverse=True, return_counts=True)
        order = np.lexsort((first, -size))
        number = np.empty(order.size, dtype=np.int64)
        number[order] = np.arange(order.size)
        out[known] = number[inverse.reshape(-1)]
    return out


def connected_parts(
    n: int, source: NDArray[np.integer], target: NDArray[np.integer], labels: NDArray[np.integer]
) -> IntArray:
    """Split every group into its connected parts; negative labels stay -1. Cost O(n + m)."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    inside = labels[source] == labels[target]
    a, b = source[inside], target[inside]
    matrix = coo_array((np.ones(a.size, dtype=np.int8), (a, b)), shape=(n, n)).tocsr()
    _, parts = connected_components(matrix, directed=False)
    return canonical_labels(np.where(labels >= 0, parts, -1))


def between_matrix(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    weights: FloatArray | None,
    labels: NDArray[np.integer],
    k: int,
    *,
    directed: bool,
) -> FloatArray:
    """Return the k x k table of ties (or strength) between groups; undirected ones stand on both sides, once within.

    Ties with an end in no group (label -1) are left out. Cost O(m + k^2).
    """
    table = group_ties(source, target, weights, labels, k)
    if directed:
        return table
    both = table + table.T
    np.fill_diagonal(both, np.diag(table))
    return both


@compiled
def group_ties(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    weights: FloatArray | None,
    labels: NDArray[np.integer],
    k: int,
) -> FloatArray:
    """Return the k x k table of ties (or strength) from group to group; those with an end in none are left out."""
    a, b = labels[source].astype(np.int64, copy=False), labels[target]
    known = (a >= 0) & (b >= 0)
    w = None if weights is None else weights[known]
    cells = np.bincount(a[known] * k + b[known], weights=w, minlength=k * k)
    return cells.reshape(k, k).astype(np.float64)


@compiled
def end_sums(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    weights: FloatArray,
    labels: NDArray[np.integer],
) -> tuple[float, float, FloatArray, FloatArray]:
    """Return the strength of ties within groups, of all, and for every group of the ties from it and to it.

    Ties with an end in no group (label -1) are left out. Cost O(n + m).
    """
    a, b = labels[source], labels[target]
    known = (a >= 0) & (b >= 0)
    a, b, w = a[known], b[known], weights[known]
    k = int(labels.max(initial=-1)) + 1
    out, into = (np.bincount(end, weights=w, minlength=k).astype(np.float64) for end in (a, b))
    return float(w[a == b].sum()), float(w.sum()), out, into


def modularity(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    weights: FloatArray,
    labels: NDArray[np.integer],
    *,
    resolution: float = 1.0,
    directed: bool = False,
) -> float:
    """Return Newman and Girvan's Q of the groups (Leicht and Newman's when directed); NaN without ties.

    A node with label -1 is a group of its own. Cost O(n + m).
    """
    total = float(weights.sum())
    if total <= 0:
        return float("nan")
    own = labels.astype(np.int64, copy=True)
    alone = np.flatnonzero(own < 0)
    own[alone] = int(own.max(initial=-1)) + 1 + np.arange(alone.size)
    inside, _, out, into = end_sums(source, target, weights, own)
    if directed:
        return inside / total - resolution * float(out @ into) / total**2
    volume = out + into
    return inside / total - resolution * float(volume @ volume) / (2 * total) ** 2


def group_sums(
    csr: CSR, labels: NDArray[np.integer], weights: FloatArray | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], FloatArray]:
    """Return what each node has with each group as sparse triples (node, group, sum), sorted by node and group.

    Neighbours in no group (label -1) are left out. `weights` of None counts ties. Cost O(m) or one sort of the arcs.
    """
    there = labels[csr.indices].astype(np.int64, copy=False)
    rows = csr.rows.astype(np.int64, copy=False)
    known = there >= 0
    w = None if weights is None else weights
    if not known.all():
        rows, there = rows[known], there[known]
        w = None if w is None else w[known]
    k = int(labels.max(initial=-1)) + 1
    key = rows * k + there
    if csr.n * k <= _DENSE:
        flat = np.bincount(key, weights=w, minlength=csr.n * k)
        cells = np.flatnonzero(flat)
        return cells // max(k, 1), cells % max(k, 1), flat[cells].astype(np.float64)
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    values = np.ones(key.size) if w is None else w[order]
    return key[starts] // k, key[starts] % k, np.add.reduceat(values, starts)


@compiled
def group_profile(
    csr: CSR, labels: NDArray[np.integer], weights: FloatArray | None = None, other: CSR | None = None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what each node has with its own group, what with all groups, and the sum of squares of what with each.

    Neighbours in no group (label -1) are left out. `weights` of None counts ties. With `other`, a graph of the same
    nodes, each square is the product with the node's ties to that group there. Cost O(m).
    """
    node, group, value = group_sums(csr, labels, weights)

    def by_node(at: IntArray, values: NDArray[Any]) -> FloatArray:
        return np.asarray(np.bincount(at, weights=values, minlength=csr.n), dtype=np.float64)

    mine = group == labels[node]
    own, total = by_node(node[mine], value[mine]), by_node(node, value)
    if other is None:
        return own, total, by_node(node, value**2)
    there, its, count = group_sums(other, labels, None)
    k = int(labels.max(initial=-1)) + 1
    both, one, two = np.intersect1d(node * k + group, there * k + its, assume_unique=True, return_indices=True)
    return own, total, by_node(both // max(k, 1), value[one] * count[two])


def participation(csr: CSR, labels: NDArray[np.integer], weights: FloatArray | None = None) -> FloatArray:
    """Return 1 - sum over groups of the squared share of a node's ties; NaN without a tie to a grouped node."""
    _, total, squares = group_profile(csr, labels, weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, 1.0 - squares / total**2, np.nan)


def within_z(
    csr: CSR, labels: NDArray[np.integer], weights: FloatArray | None = None, *, ddof: int = 0
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return each node's within-group degree as a z score in its group, and which nodes' group has no spread.

    Without spread z is 0; a node in no group is NaN.
    """
    n = csr.n
    inside, _, _ = group_profile(csr, labels, weights)
    z = np.full(n, np.nan)
    flat = np.zeros(n, dtype=bool)
    known = np.flatnonzero(labels >= 0)
    if known.size == 0:
        return z, flat
    g = labels[known].astype(np.int64)
    k = int(g.max()) + 1
    size = np.bincount(g, minlength=k)
    mean = np.bincount(g, weights=inside[known], minlength=k) / np.maximum(size, 1)
    away = inside[known] - mean[g]
    square = np.bincount(g, weights=away**2, minlength=k)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(square / np.maximum(size - ddof, 0))
    # Rounding in the mean must not turn a group of equal nodes into one with a spread.
    even = ~(spread > 1e-12 * np.maximum(np.abs(mean), 1.0))
    z[known] = np.where(even[g], 0.0, away / np.where(even, 1.0, spread)[g])
    flat[known] = even[g]
    return z, flat


def contingency(a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the table of how many nodes carry each pair of labels; both labelled from 0."""
    rows, columns = int(a.max(initial=-1)) + 1, int(b.max(initial=-1)) + 1
    return np.bincount(a.astype(np.int64) * columns + b, minlength=rows * columns).reshape(rows, columns)


def cross_ties(
    member: Any,
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    weights: FloatArray | None = None,
    *,
    directed: bool = False,
) -> tuple[FloatArray, FloatArray]:
    """Return ties from members of one group only to members of the other only, for every two, and ties within each.

    `member` is a sparse 0/1 table of nodes by groups; a node may be in several. A tie with an end in both groups is a
    shared member seen again, so it does not count between them. The first table is symmetric unless directed, with 0
    on its diagonal. Cost: the memberships of the ends of all ties, and k^2.
    """
    from scipy import sparse

    a, b = sparse.csr_array(member[source]), sparse.csr_array(member[target])
    both = a.multiply(b).tocsr()
    start, end = a - both, b - both
    if weights is not None:
        scale = sparse.diags_array(np.asarray(weights, dtype=np.float64))
        end, both = scale @ end, scale @ both
    cross = np.asarray((start.T @ end).todense(), dtype=np.float64)
    if not directed:
        cross = cross + cross.T
    return cross, np.asarray(both.sum(axis=0), dtype=np.float64).reshape(-1)
