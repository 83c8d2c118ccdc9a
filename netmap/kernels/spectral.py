"""Eigenvectors and the walks they count: eigenvector centrality, Katz and PageRank on arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .components import component_labels
from .csr import CSR
from .subgraphs import induced

__all__ = ["katz", "leading", "pagerank", "power", "spectral_radius", "walk"]

FloatArray = NDArray[np.float64]

# Up to this size a dense table is quicker than an iterative search, and exact.
DENSE_N = 300


def _matrix(csr: CSR) -> Any:
    from scipy.sparse import csr_array

    return csr_array((csr.weights, csr.indices, csr.indptr), shape=(csr.n, csr.n))


@compiled
def leading(csr: CSR, *, symmetric: bool) -> tuple[float, FloatArray]:
    """Return the greatest eigenvalue and its positive vector, largest entry 1, of a strongly connected graph.

    The vector of a directed graph is that of the ties received: x_v is in proportion to the sum of x over who points
    at v. Cost of a few dozen products of the graph with a vector, or n^3 up to 300 nodes.
    """
    if csr.arcs == 0:
        return 0.0, np.ones(csr.n)
    matrix = _matrix(csr)
    if not symmetric:
        matrix = matrix.T.tocsr()
    if csr.n <= DENSE_N:
        table = matrix.toarray()
        values, vectors = np.linalg.eigh(table) if symmetric else np.linalg.eig(table)
    else:
        from scipy.sparse.linalg import eigs, eigsh

        start = np.ones(csr.n)
        values, vectors = (
            eigsh(matrix, k=1, which="LA", v0=start, maxiter=100 * csr.n)
            if symmetric
            else eigs(matrix, k=1, which="LR", v0=start, maxiter=100 * csr.n)
        )
    top = int(np.argmax(values.real))
    vector = np.abs(vectors[:, top].real)
    return float(values[top].real), np.asarray(vector / vector.max())


def spectral_radius(csr: CSR, *, symmetric: bool) -> float:
    """Return the greatest eigenvalue of the whole graph: that of its strong component where it is greatest."""
    best = 0.0
    labels = component_labels(csr, strong=not symmetric)
    size = np.bincount(labels) if labels.size else np.zeros(0, dtype=np.int64)
    order = np.argsort(labels, kind="stable")
    ends = np.cumsum(size)
    # No eigenvalue exceeds the greatest row sum, so most weak components need not be solved.
    most = np.zeros(size.size)
    np.maximum.at(most, labels, csr.row_sums(csr.weights))
    for label in np.argsort(-most, kind="stable"):
        if most[label] <= best:
            break
        if size[label] > 1:
            part = induced(csr, order[ends[label] - size[label] : ends[label]])
            best = max(best, leading(part, symmetric=symmetric)[0])
    return best


@compiled
def katz(csr: CSR, alpha: float) -> FloatArray:
    """Return 1 plus alpha times the walks that arrive of length 1, plus alpha squared times those of length 2, ...

    Converges for alpha below 1 / spectral radius.
    """
    matrix = _matrix(csr).T.tocsr()
    term = np.ones(csr.n)
    total = term.copy()
    for _ in range(100_000):
        term = alpha * (matrix @ term)
        total += term
        if not (term > 1e-16 * total).any():
            break
    return total


@compiled
def pagerank(csr: CSR, damping: float = 0.85) -> FloatArray:
    """Return the share of time a random walker along the arcs spends at every node; who has no way on starts anew."""
    if csr.n == 0:
        return np.zeros(0)
    return walk(csr, damping)[0]


def walk(
    csr: CSR,
    damping: float,
    *,
    start: FloatArray | None = None,
    restart: FloatArray | None = None,
    stranded: FloatArray | None = None,
    tolerance: float = 1e-15,
    steps: int = 10_000,
) -> tuple[FloatArray, bool]:
    """Follow a random walker step by step; return where it is, and whether a step moved less than `tolerance` in sum.

    `start` is where it begins, `restart` where it starts anew and `stranded` where it goes from a node without a way on:
    shares of all nodes, even by default (`stranded` as `restart`).
    """
    strength = csr.row_sums(csr.weights)
    stuck = strength == 0
    matrix = _matrix(csr).T.tocsr()
    scale = np.where(stuck, 0.0, 1.0 / np.where(stuck, 1.0, strength))
    even = np.full(csr.n, 1.0 / csr.n)
    rank = even if start is None else start
    anew = even if restart is None else restart
    onto = anew if stranded is None else stranded
    for _ in range(steps):
        new = damping * (matrix @ (rank * scale) + rank[stuck].sum() * onto) + (1.0 - damping) * anew
        new /= new.sum()
        moved = np.abs(new - rank).sum()
        rank = new
        if moved < tolerance:
            return rank, True
    return rank, False


def power(csr: CSR, *, tolerance: float, steps: int) -> tuple[FloatArray, bool]:
    """Add to every node what comes in from its neighbours, again and again; return it, sum of squares 1, and whether it held.

    Starts even; holds once a step moves less than `tolerance` in sum. It nears the leading eigenvector of the arcs that
    come in, as `leading` finds it, and stops on the way.
    """
    matrix = _matrix(csr).T.tocsr()
    x = np.full(csr.n, 1.0 / max(csr.n, 1))
    for _ in range(steps):
        new = x + matrix @ x
        new /= np.linalg.norm(new) or 1.0
        moved = np.abs(new - x).sum()
        x = new
        if moved < tolerance:
            return x, True
    return x, False
