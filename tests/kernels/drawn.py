"""Graphs of every shape, drawn by number: the same number, the same graph."""

from __future__ import annotations

import numpy as np

from netmap.kernels.csr import CSR, build_csr

SHAPES = ("random", "dense", "path", "ring", "star", "tree", "pendants", "parts", "grid", "hubs", "clique", "empty")


def drawn(number: int, *, directed: bool | None = None) -> tuple[CSR, CSR, np.ndarray]:
    """Return graph `number`, its in-arcs and whole-number lengths of its ties."""
    rng = np.random.default_rng([20, number])
    shape = SHAPES[number % len(SHAPES)]
    n = int(rng.choice([0, 1, 2, 3, 5, 8, 17, 40, 70, 140]))
    a, b = _ends(shape, n, rng)
    kind = bool(rng.integers(2)) if directed is None else directed
    keep = a != b
    a, b = a[keep], b[keep]
    if kind:
        flip = rng.random(a.size) < 0.5
        a, b = np.where(flip, b, a), np.where(flip, a, b)
    else:
        a, b = np.minimum(a, b), np.maximum(a, b)
    key = np.unique(a * max(n, 1) + b)
    a, b = (key // max(n, 1)).astype(np.int32), (key % max(n, 1)).astype(np.int32)
    strength = rng.choice([0.1, 0.5, 1.0, 2.0, 3.0, 5.0], size=a.size)
    lengths = rng.integers(1, int(rng.choice([2, 6, 100_000])) + 1, size=a.size)
    csr = build_csr(n, a, b, strength, symmetric=not kind)
    into = build_csr(n, b, a, strength, symmetric=False) if kind else csr
    return csr, into, lengths


def _ends(shape: str, n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    nobody = np.zeros(0, dtype=np.int64)
    if n < 2 or shape == "empty":
        return nobody, nobody
    node = np.arange(n, dtype=np.int64)
    mixed = rng.permutation(n)
    if shape == "path":
        return mixed[:-1], mixed[1:]
    if shape == "ring":
        return mixed, np.roll(mixed, 1)
    if shape == "star":
        return np.full(n, mixed[0]), mixed
    if shape == "tree":
        return mixed[1:], mixed[(rng.random(n - 1) * node[1:]).astype(np.int64)]
    if shape == "clique":
        a, b = np.triu_indices(min(n, 40), 1)
        return mixed[a], mixed[b]
    if shape == "grid":
        side = max(1, int(n**0.5))
        right, down = node[(node % side) < side - 1], node[node + side < n]
        return mixed[np.concatenate([right, down])], mixed[np.concatenate([np.minimum(right + 1, n - 1), down + side])]
    m = {"random": 2 * n, "dense": n * n // 4, "pendants": n // 2, "parts": n, "hubs": 3 * n}[shape]
    a, b = rng.integers(0, n, m), rng.integers(0, n, m)
    if shape == "parts":
        b = (a // 6) * 6 + b % 6
        b = np.minimum(b, n - 1)
    if shape == "hubs":
        b = (n * rng.random(m) ** 4).astype(np.int64)
    if shape == "pendants":
        core = max(2, n // 4)
        a, b = np.concatenate([a % core, node[core:]]), np.concatenate([b % core, node[core:] % core])
    return a, b
