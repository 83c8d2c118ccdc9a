"""The compiled form of what makes compressed rows: takes what its NumPy twin takes and gives what it gives."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _fast
from .csr import CSR, Ties

__all__ = ["build_csr", "perturbed_csr"]

FloatArray = NDArray[np.float64]


def build_csr(
    n: int, source: NDArray[np.int32], target: NDArray[np.int32], weights: FloatArray, *, symmetric: bool
) -> Any:
    """See `csr.build_csr`."""
    arcs = (2 if symmetric else 1) * source.size
    indptr, indices = np.zeros(n + 1, dtype=np.int64), np.empty(arcs, dtype=np.int32)
    values, tie = np.empty(arcs), np.empty(arcs, dtype=np.int32)
    a, b = np.ascontiguousarray(source, dtype=np.int32), np.ascontiguousarray(target, dtype=np.int32)
    _fast.build(a, b, np.ascontiguousarray(weights, dtype=np.float64), symmetric, indptr, indices, values, tie)
    return CSR(n, indptr, indices, values, tie)


def perturbed_csr(
    n: int,
    ties: Ties,
    kept: NDArray[np.bool_],
    others: Ties,
    *,
    symmetric: bool,
) -> Any:
    """See `csr.perturbed_csr`."""
    arcs = (2 if symmetric else 1) * (int(np.count_nonzero(kept)) + others[0].size)
    indptr, indices = np.empty(n + 1, dtype=np.int64), np.empty(arcs, dtype=np.int32)
    values, tie = np.empty(arcs), np.empty(arcs, dtype=np.int32)
    order = np.lexsort((others[1], others[0]))
    more = others[0][order], others[1][order], others[2][order]
    _fast.perturbed(*ties, kept, *more, symmetric, indptr, indices, values, tie)
    return CSR(n, indptr, indices, values, tie)
