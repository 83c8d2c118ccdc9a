"""Which nodes can reach each other: weak and strong components, and the pairs they hold together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .csr import CSR
from .groups import canonical_labels

__all__ = ["component_labels", "pairs_within"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@compiled
def component_labels(csr: CSR, *, strong: bool = False) -> IntArray:
    """Return the component of every node, numbered from 0, largest first, equal sizes by their first node.

    `strong` asks for a path in both directions; otherwise direction is ignored. Cost O(n + m).
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    matrix = csr_array((np.ones(csr.arcs, dtype=np.int8), csr.indices, csr.indptr), shape=(csr.n, csr.n))
    if csr.n == 0:
        return np.zeros(0, dtype=np.int64)
    _, labels = connected_components(matrix, directed=True, connection="strong" if strong else "weak")
    return canonical_labels(labels)


def pairs_within(labels: NDArray[np.integer], mass: FloatArray | None = None) -> float:
    """Return how many pairs of nodes share a label; `mass` makes a node count for more, less or not at all."""
    if labels.size == 0:
        return 0.0
    one = np.ones(labels.size) if mass is None else mass
    total = np.bincount(labels, weights=one)
    return float((total @ total - one @ one) / 2)
