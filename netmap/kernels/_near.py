"""A graph numbered by nearness, for the compiled kernels that follow several sources side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from . import _fast
from .cores import arcs_of
from .csr import CSR

__all__ = ["Near"]

FloatArray = NDArray[np.float64]
Rows = tuple[NDArray[np.int64], NDArray[np.int32]]

# From how many nodes and sources it is worth numbering a graph anew.
_FEW_NODES, _FEW_SOURCES = 500, 64
# Sources followed side by side, and parts by reach into which sources are dealt where all nodes are.
_BESIDE, _PARTS = 16, 4


class Near:
    """A graph numbered so that nodes near one another stand together: what is followed side by side then runs alike.

    Where that is not worth its cost everything stays where it is.
    """

    def __init__(self, csr: CSR, sources: int):
        self.csr = csr
        self.order: NDArray[np.int32] | None = None
        self.rows: Rows = (
            np.ascontiguousarray(csr.indptr, dtype=np.int64), np.ascontiguousarray(csr.indices, dtype=np.int32)
        )
        self.place = np.arange(csr.n, dtype=np.int32)
        if csr.n < _FEW_NODES or sources < _FEW_SOURCES:
            return
        self.order = np.empty(csr.n, dtype=np.int32)
        _fast.near_order(*self.rows, self.order)
        self.place[self.order] = np.arange(csr.n, dtype=np.int32)
        self.arcs = arcs_of(csr, self.order)
        indptr = np.zeros(csr.n + 1, dtype=np.int64)
        np.cumsum(np.diff(csr.indptr)[self.order], out=indptr[1:])
        self.rows = indptr, self.place[csr.indices[self.arcs]]

    def alike(self, sources: NDArray[np.integer]) -> NDArray[np.int32]:
        """Return the new places of `sources`, those whose paths run alike side by side.

        Most nodes lie as many steps from one source as from another that reaches as much in a few steps. The fewer of the
        nodes are sources, the less it counts that they are near one another, and the finer they are told apart by reach.
        """
        placed: NDArray[np.int32] = np.sort(self.place[sources])
        if self.order is None or not placed.size:
            return placed
        reach: FloatArray = np.diff(self.csr.indptr).astype(np.float64)
        for _ in range(2):
            reach = self.csr.row_sums(reach[self.csr.indices])
        parts = max(1, min(_PARTS * reach.size // placed.size, placed.size // _BESIDE))
        part = np.empty(placed.size, dtype=np.int64)
        part[np.argsort(reach[self.order[placed]], kind="stable")] = np.arange(placed.size) * parts // placed.size
        return placed[np.argsort(part, kind="stable")]

    def by_node(self, values: FloatArray) -> FloatArray:
        """Return values of nodes in the new order."""
        return np.ascontiguousarray(values, dtype=np.float64) if self.order is None else values[self.order]

    def by_arc(self, values: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return values of arcs in the new order."""
        return values if self.order is None else values[self.arcs]

    def nodes_back(self, values: FloatArray) -> FloatArray:
        """Return values of nodes in their own order again; none stay none."""
        return values if self.order is None or not values.size else values[self.place]

    def arcs_back(self, values: FloatArray) -> FloatArray:
        """Return values of arcs in their own order again; none stay none."""
        if self.order is None or not values.size:
            return values
        out = np.empty(values.size)
        out[self.arcs] = values
        return out
