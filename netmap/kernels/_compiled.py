"""The compiled form of each kernel that has one: takes what its NumPy twin takes and gives what it gives."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _fast
from ._compiled_nulls import (
    dealings,
    label_likeness,
    label_tables,
    matrix_means,
    near_swaps,
    number_sums,
    profile_means,
    swap_round,
    trade,
)
from ._native import in_chunks, stop_flag
from .cores import arcs_of
from .csr import CSR, Ties
from .foretold import Guess

__all__ = [
    "arc_products",
    "build_csr",
    "closed_paths",
    "common_neighbours",
    "component_labels",
    "core_numbers",
    "dealings",
    "depth_first",
    "distance_sums",
    "every_source",
    "foretold_sums",
    "label_likeness",
    "label_tables",
    "matrix_means",
    "near_swaps",
    "number_sums",
    "pagerank",
    "perturbed_csr",
    "profile_means",
    "source_sums",
    "swap_round",
    "trade",
]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Sums = tuple[IntArray, IntArray, FloatArray, IntArray]

# About how many arcs times sources are followed in one go: some tens of milliseconds.
_PORTION = 40_000_000
# From how many nodes and sources it is worth numbering a graph anew.
_FEW_NODES, _FEW_SOURCES = 500, 64


def _rows(csr: CSR) -> tuple[IntArray, NDArray[np.int32]]:
    return np.ascontiguousarray(csr.indptr, dtype=np.int64), np.ascontiguousarray(csr.indices, dtype=np.int32)


def _portions(csr: CSR, sources: int) -> list[slice]:
    # Fixed by the graph alone, in whole groups of sixteen sources, so that sums come out the same for any number of threads.
    step = 16 * int(np.clip(_PORTION // (16 * max(csr.arcs + csr.n, 1)), 1, 64))
    return [slice(i, min(i + step, sources)) for i in range(0, sources, step)]


def _lengths(csr: CSR, lengths: NDArray[Any]) -> NDArray[np.int32] | None:
    """Return the length of every arc, or None where lengths are no whole numbers from 1 that fit."""
    each = np.asarray(lengths)
    if each.dtype.kind not in "iu" or (each.size and (each.min() < 1 or each.max() > np.iinfo(np.int32).max)):
        return None
    return each[csr.tie].astype(np.int32)


def source_sums(
    csr: CSR,
    sources: IntArray,
    lengths: NDArray[Any] | None = None,
    *,
    ties: bool = False,
    squares: bool = False,
    guess: Guess | None = None,
) -> Any:
    """See `paths.source_sums`."""
    each = None if lengths is None else _lengths(csr, lengths)
    if each is None and lengths is not None:
        return NotImplemented
    near = _Near(csr, len(sources))
    indptr, indices = near.rows
    each = None if each is None else near.by_arc(each)
    wanted = np.sort(near.place[sources])
    others, most, both = (None, 0, False) if guess is None else (near.by_node(guess.others), guess.most, guess.symmetric)

    def work(part: slice) -> tuple[FloatArray, FloatArray | None, FloatArray | None]:
        nodes = np.zeros(csr.n)
        square = np.zeros(csr.n) if squares else None
        arcs = np.zeros(csr.arcs) if ties else None
        if each is None:
            _fast.betweenness(indptr, indices, wanted[part], others, most, both, None, nodes, square, arcs, stop_flag())
        else:
            _fast.length_betweenness(indptr, indices, each, wanted[part], nodes, square, arcs, stop_flag())
        return nodes, square, arcs

    total = np.zeros(csr.n), np.zeros(csr.n if squares else 0), np.zeros(csr.arcs if ties else 0)
    for found in in_chunks(work, _portions(csr, wanted.size)):
        for sums, part in zip(total, found, strict=True):
            if part is not None:
                np.add(sums, part, out=sums)
    # More shortest paths than a float can count: the twin counts them in whole numbers without bound.
    if not np.isfinite(total[0]).all():
        return NotImplemented
    return near.nodes_back(total[0]), near.nodes_back(total[1]), near.arcs_back(total[2])


class _Near:
    """A graph numbered so that nodes near one another stand together: what is followed side by side then runs alike.

    Where that is not worth its cost everything stays where it is.
    """

    def __init__(self, csr: CSR, sources: int):
        self.order: NDArray[np.int32] | None = None
        self.rows = _rows(csr)
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


def every_source(csr: CSR) -> Any:
    """See `paths.every_source`."""
    from .paths import induced

    degree = np.diff(csr.indptr)
    if not _symmetric(csr):
        return NotImplemented
    # A node with one tie adds to what its neighbour stands for; of two that have only each other the first stays.
    only = np.flatnonzero(degree == 1)
    hub = csr.indices[csr.indptr[only]]
    folded = (degree[hub] > 1) | (hub < only)
    only, hub = only[folded], hub[folded]
    if only.size * 20 < csr.n:
        return NotImplemented
    leaves = np.bincount(hub, minlength=csr.n)
    keep = np.ones(csr.n, dtype=bool)
    keep[only] = False
    nodes = np.flatnonzero(keep)
    core = induced(csr, nodes)
    near = _Near(core, core.n)
    indptr, indices = near.rows
    mass = near.by_node(1.0 + leaves[nodes].astype(np.float64))
    sources = np.flatnonzero(np.diff(indptr) > 0).astype(np.int32)

    def work(part: slice) -> FloatArray:
        carried = np.zeros(core.n)
        _fast.betweenness(indptr, indices, sources[part], None, 0, False, mass, carried, None, None, stop_flag())
        return carried

    total = np.zeros(core.n)
    for found in in_chunks(work, _portions(core, sources.size)):
        total += found
    if not np.isfinite(total).all():
        return NotImplemented
    # What hangs on a node reaches everything else, and each other, through it alone.
    labels = component_labels(csr)
    others = np.bincount(labels)[labels] - 1
    out: FloatArray = leaves * (2.0 * (others - leaves) + leaves - 1.0)
    out[nodes] += near.nodes_back(total)
    return out


def foretold_sums(csr: CSR, guess: Guess) -> Any:
    """See `foretold.foretold_sums`."""
    total = np.zeros(csr.n)
    _fast.foretold_sums(*_rows(csr), guess.others, guess.most, guess.symmetric, total, stop_flag())
    return total


def distance_sums(csr: CSR, lengths: NDArray[Any] | None = None) -> Any:
    """See `paths.distance_sums`."""
    from .paths import DistanceSums, reverse

    n = csr.n
    indptr, indices = _rows(csr)
    if lengths is not None:
        each = _lengths(csr, lengths)
        if each is None:
            return NotImplemented

        def search(part: slice) -> Sums:
            out = _sums(part.stop - part.start)
            _fast.length_sums(indptr, indices, each, np.arange(part.start, part.stop, dtype=np.int32), *out, stop_flag())
            return out

        parts = [_sums(0), *in_chunks(search, _portions(csr, n))]
        reached, distance, inverse, farthest = (np.concatenate(column) for column in zip(*parts, strict=True))
    else:
        back = _rows(reverse(csr))
        step = 512 * int(np.clip(_PORTION // (512 * max(csr.arcs + n, 1)), 1, 16))

        def spread(first: int) -> Sums:
            out = _sums(n)
            _fast.step_sums(indptr, indices, *back, first, min(first + step, n), *out, stop_flag())
            return out

        reached, distance, inverse, farthest = _sums(n)
        for part in in_chunks(spread, list(range(0, n, step))):
            reached += part[0]
            distance += part[1]
            inverse += part[2]
            np.maximum(farthest, part[3], out=farthest)
    return DistanceSums(reached, distance.astype(np.float64), inverse, farthest.astype(np.float64))


def _sums(size: int) -> Sums:
    """Return empty sums: others reached, distances, their inverses, the greatest."""
    return np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size), np.zeros(size, np.int64)


# -- triangles -------------------------------------------------------------------------------------------------


def _back(csr: CSR) -> NDArray[np.int32] | None:
    """Return where the arc back of every arc stands, or None where ties are not two arcs each."""
    if not _symmetric(csr):
        return None
    # The places of a tie's two arcs add up to one sum; less the one, it is the other.
    place = np.arange(csr.arcs)
    both = np.bincount(csr.tie, weights=place)
    return np.asarray(both[csr.tie] - place, dtype=np.int32)


def _symmetric(csr: CSR) -> bool:
    return csr.arcs > 0 and csr.arcs == 2 * (int(csr.tie.max()) + 1)


def _dense(csr: CSR) -> bool:
    # A table is quicker where nearly every pair is tied.
    return csr.n <= 2_500 and csr.arcs > csr.n**2 // 2


def arc_products(csr: CSR, left: FloatArray, right: FloatArray) -> Any:
    """See `triangles.arc_products`."""
    back = _back(csr)
    if back is None or _dense(csr):
        return NotImplemented
    total = np.zeros(csr.arcs)
    one, two = (np.ascontiguousarray(side, dtype=np.float64) for side in (left, right))
    _fast.arc_products(*_rows(csr), back, one, two, total)
    return total


def common_neighbours(csr: CSR) -> Any:
    """See `triangles.common_neighbours`."""
    back = _back(csr)
    if back is None or _dense(csr):
        return NotImplemented
    count = np.zeros(csr.arcs, dtype=np.int64)
    _fast.common_neighbours(*_rows(csr), back, count)
    return count


def closed_paths(
    flat: CSR, from_row: NDArray[np.bool_], to_row: NDArray[np.bool_], labels: NDArray[np.integer]
) -> Any:
    """See `brokerage.closed_paths`."""
    back = _back(flat)
    if back is None or labels.max() > np.iinfo(np.int32).max:
        return NotImplemented
    roles, returned = np.zeros((flat.n, 5)), np.zeros(flat.n)
    first, second = np.zeros(flat.arcs), np.zeros(flat.arcs)
    there, against = np.ascontiguousarray(from_row), np.ascontiguousarray(to_row)
    _fast.closed_paths(*_rows(flat), back, there, against, labels.astype(np.int32), roles, first, second, returned)
    return roles, first, second, returned


# -- parts -----------------------------------------------------------------------------------------------------


def component_labels(csr: CSR, *, strong: bool = False) -> Any:
    """See `components.component_labels`."""
    if strong:
        return NotImplemented
    labels = np.zeros(csr.n, dtype=np.int64)
    parts = _fast.components(*_rows(csr), labels)
    # Parts come by their first node, so a stable sort by size is all that is left to do.
    place = np.empty(parts, dtype=np.int64)
    place[np.argsort(-np.bincount(labels, minlength=parts), kind="stable")] = np.arange(parts)
    return place[labels]


def core_numbers(csr: CSR, counted: CSR | None = None) -> Any:
    """See `cores.core_numbers`."""
    left = np.diff((counted or csr).indptr).astype(np.int64)
    _fast.cores(*_rows(csr), left)
    return left


def depth_first(csr: CSR, mass: FloatArray) -> Any:
    """See `cuts.depth_first`."""
    parent, tie, low, number, order, root = (np.zeros(csr.n, dtype=np.int64) for _ in range(6))
    below = np.zeros(csr.n)
    each = np.ascontiguousarray(csr.tie, dtype=np.int32)
    _fast.depth_first(
        *_rows(csr), each, parent, tie, low, number, order, root, np.ascontiguousarray(mass, dtype=np.float64), below
    )
    return parent, tie, low, number, root, below


# -- rows ------------------------------------------------------------------------------------------------------


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


def pagerank(csr: CSR, damping: float = 0.85) -> Any:
    """See `spectral.pagerank`."""
    from .paths import reverse

    if csr.n == 0:
        return np.zeros(0)
    strength = np.bincount(csr.rows, weights=csr.weights, minlength=csr.n)
    scale = np.where(strength == 0, 0.0, 1.0 / np.where(strength == 0, 1.0, strength))
    into = reverse(csr)
    rows, weights = _rows(into), np.ascontiguousarray(into.weights, dtype=np.float64)
    rank = np.full(csr.n, 1.0 / csr.n)
    # A few steps at a time, between which an interrupt is seen to.
    for _ in range(1000):
        if _fast.walk(*rows, weights, scale, damping, 10, rank) < 1e-15:
            break
    return rank
