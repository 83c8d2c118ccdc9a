"""Small graphs as arrays, for the tests of kernels."""

from __future__ import annotations

import numpy as np

from netmap.kernels.csr import CSR, build_csr


def graph(n: int, ties, weights=None, *, directed: bool = False) -> CSR:
    """Return a graph from a list of pairs, undirected ones lower end first and in order."""
    pairs = sorted(ties)
    source = np.array([a for a, _ in pairs], dtype=np.int32)
    target = np.array([b for _, b in pairs], dtype=np.int32)
    strength = np.ones(len(pairs)) if weights is None else np.asarray(weights, dtype=np.float64)
    return build_csr(n, source, target, strength, symmetric=not directed)


def path(n: int) -> CSR:
    """Return a path of n nodes."""
    return graph(n, [(i, i + 1) for i in range(n - 1)])


def star(n: int) -> CSR:
    """Return a star with node 0 in the middle of n nodes."""
    return graph(n, [(0, i) for i in range(1, n)])


def complete(n: int) -> CSR:
    """Return the graph in which all n nodes are tied."""
    return graph(n, [(i, j) for i in range(n) for j in range(i + 1, n)])


def barbell() -> CSR:
    """Return two cliques of four, joined by the tie 3-4."""
    left = [(i, j) for i in range(4) for j in range(i + 1, 4)]
    return graph(8, [*left, *((i + 4, j + 4) for i, j in left), (3, 4)])


def clustered(n: int, seed: int = 1) -> CSR:
    """Return a graph of about 5 ties a node, four in five within groups of about 75."""
    rng = np.random.default_rng(seed)
    a, far = rng.integers(0, n, 5 * n), rng.integers(0, n, 5 * n)
    near = a // 75 * 75 + rng.integers(0, 75, 5 * n)
    b = np.where(rng.random(5 * n) < 0.8, np.minimum(near, n - 1), far)
    return graph(n, {(min(x, y), max(x, y)) for x, y in zip(a.tolist(), b.tolist(), strict=True) if x != y})


def pendants(n: int, seed: int = 1) -> CSR:
    """Return a graph of which six in ten nodes hang on one of the others, the first of them most of all."""
    rng = np.random.default_rng(seed)
    core = 2 * n // 5
    a, b = rng.integers(0, core, 3 * core), rng.integers(0, core, 3 * core)
    hub = (core * rng.random(n - core) ** 2).astype(np.int64)
    pairs = zip([*a.tolist(), *hub.tolist()], [*b.tolist(), *range(core, n)], strict=True)
    return graph(n, {(min(x, y), max(x, y)) for x, y in pairs if x != y})
