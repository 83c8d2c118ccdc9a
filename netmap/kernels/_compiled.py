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
from ._compiled_rows import build_csr, perturbed_csr
from ._compiled_search import descend, leiden, tie_gains
from ._compiled_ties import merge_ties, scan, table_rows
from ._compiled_walks import katz, leading, pagerank
from ._native import in_chunks, stop_flag
from ._near import Near
from .csr import CSR
from .foretold import Guess

__all__ = [
    "arc_products",
    "build_csr",
    "closed_paths",
    "common_neighbours",
    "component_labels",
    "constraint",
    "constraint_parts",
    "core_numbers",
    "dealings",
    "depth_first",
    "descend",
    "distance_sums",
    "effective_size",
    "end_sums",
    "every_source",
    "foretold_sums",
    "group_profile",
    "group_ties",
    "inverse_sums",
    "katz",
    "label_likeness",
    "label_tables",
    "leading",
    "leiden",
    "matrix_means",
    "merge_ties",
    "near_swaps",
    "number_sums",
    "pagerank",
    "perturbed_csr",
    "profile_means",
    "scan",
    "source_sums",
    "swap_round",
    "table_rows",
    "tie_gains",
    "trade",
    "triangle_sums",
]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Sums = tuple[IntArray, IntArray, FloatArray, IntArray]

# About how many arcs times sources are followed in one go: some tens of milliseconds.
_PORTION = 40_000_000


def _rows(csr: CSR) -> tuple[IntArray, NDArray[np.int32]]:
    return np.ascontiguousarray(csr.indptr, dtype=np.int64), np.ascontiguousarray(csr.indices, dtype=np.int32)


def _portions(csr: CSR, sources: int) -> list[slice]:
    # Fixed by the graph alone, in whole groups of sixteen sources, so that sums come out the same for any number of threads.
    # Fewer than sixty-four would cost more to make ready for than to follow.
    step = 16 * int(np.clip(_PORTION // (16 * max(csr.arcs + csr.n, 1)), 4, 64))
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
    near = Near(csr, len(sources))
    indptr, indices = near.rows
    each = None if each is None else near.by_arc(each)
    wanted = near.alike(sources) if each is None else np.sort(near.place[sources])
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


def every_source(csr: CSR) -> Any:
    """See `paths.every_source`."""
    from .subgraphs import induced

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
    near = Near(core, core.n)
    indptr, indices = near.rows
    mass = near.by_node(1.0 + leaves[nodes].astype(np.float64))
    sources = near.alike(np.flatnonzero(np.diff(core.indptr) > 0))

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
    from .paths import DistanceSums
    from .subgraphs import reverse

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
        step = _stride(csr)

        def spread(first: int) -> Sums:
            out = _sums(n)
            _fast.step_sums(indptr, indices, *back, first, min(first + step, n), *out, None, stop_flag())
            return out

        reached, distance, inverse, farthest = _sums(n)
        for part in in_chunks(spread, list(range(0, n, step))):
            reached += part[0]
            distance += part[1]
            inverse += part[2]
            np.maximum(farthest, part[3], out=farthest)
    return DistanceSums(reached, distance.astype(np.float64), inverse, farthest.astype(np.float64))


def _stride(csr: CSR) -> int:
    """Return how many targets to search from in one go, in whole groups of the 512 that are followed together."""
    return 512 * int(np.clip(_PORTION // (512 * max(csr.arcs + csr.n, 1)), 1, 16))


def inverse_sums(csr: CSR, targets: IntArray) -> Any:
    """See `pivots.inverse_sums`."""
    from .subgraphs import reverse

    n, k = csr.n, targets.size
    # Renumbered so that the targets come first: what is searched from is a stretch of nodes.
    order = np.concatenate([targets, np.setdiff1d(np.arange(n), targets, assume_unique=True)])
    place = np.argsort(order).astype(np.int32)
    moved = build_csr(n, place[csr.rows], place[csr.indices], csr.weights, symmetric=False)
    rows, back, step = _rows(moved), _rows(reverse(moved)), _stride(csr)

    def spread(first: int) -> tuple[FloatArray, FloatArray]:
        out, squares = _sums(n), np.zeros(n)
        _fast.step_sums(*rows, *back, first, min(first + step, k), *out, squares, stop_flag())
        return out[2], squares

    total = np.zeros((2, n))
    for found in in_chunks(spread, list(range(0, k, step))):
        total += found
    return total[0][place], total[1][place]


def _sums(size: int) -> Sums:
    """Return empty sums: others reached, distances, their inverses, the greatest."""
    return np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size), np.zeros(size, np.int64)


# -- triangles -------------------------------------------------------------------------------------------------


def _symmetric(csr: CSR) -> bool:
    return csr.arcs > 0 and csr.arcs == 2 * (int(csr.tie.max()) + 1)


def _dense(csr: CSR) -> bool:
    # A table is quicker where nearly every pair is tied.
    return csr.n <= 2_500 and csr.arcs > csr.n**2 // 2


def arc_products(csr: CSR, left: FloatArray, right: FloatArray) -> Any:
    """See `triangles.arc_products`."""
    if not _symmetric(csr) or _dense(csr):
        return NotImplemented
    total = np.zeros(csr.arcs)
    one, two = (np.ascontiguousarray(side, dtype=np.float64) for side in (left, right))
    _fast.arc_products(*_rows(csr), one, two, total, stop_flag())
    return total


def _triangles(csr: CSR, labels: NDArray[np.integer] | None = None, **wanted: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Fill the arrays that are wanted in one pass over the triangles."""
    strengths = not wanted.keys() <= {"shared", "closed", "roles"}
    weights = np.ascontiguousarray(csr.weights, dtype=np.float64) if strengths else None
    groups = None if labels is None else np.ascontiguousarray(labels, dtype=np.int32)
    names = ("shared", "parts", "closed", "barrat", "onnela", "constraint", "effective_size", "roles")
    ties = np.ascontiguousarray(csr.tie, dtype=np.int32)
    _fast.triangles(*_rows(csr), ties, weights, groups, *[*(wanted.get(name) for name in names), stop_flag()])
    return wanted


def common_neighbours(csr: CSR) -> Any:
    """See `triangles.common_neighbours`."""
    if not _symmetric(csr) or _dense(csr):
        return NotImplemented
    return _triangles(csr, shared=np.empty(csr.arcs, dtype=np.int32))["shared"]


def constraint_parts(csr: CSR, *, variant: str = "network") -> Any:
    """See `triangles.constraint_parts`."""
    if variant != "network" or not _symmetric(csr) or _dense(csr):
        return NotImplemented
    return _triangles(csr, parts=np.empty(csr.arcs))["parts"]


def constraint(csr: CSR, *, variant: str = "network") -> Any:
    """See `triangles.constraint`."""
    if variant != "network" or not _symmetric(csr) or _dense(csr):
        return NotImplemented
    return _triangles(csr, constraint=np.empty(csr.n))["constraint"]


def effective_size(csr: CSR) -> Any:
    """See `triangles.effective_size`."""
    if not _symmetric(csr) or _dense(csr):
        return NotImplemented
    return _triangles(csr, effective_size=np.empty(csr.n))["effective_size"]


def triangle_sums(csr: CSR, labels: NDArray[np.integer] | None = None) -> Any:
    """See `triangles.triangle_sums`."""
    from .triangles import TriangleSums

    if not _symmetric(csr) or _dense(csr) or not _narrow(labels):
        return NotImplemented
    sums = ("barrat", "onnela", "constraint", "effective_size")
    wanted: dict[str, NDArray[Any]] = {name: np.empty(csr.n) for name in sums}
    wanted |= {"shared": np.empty(csr.arcs, dtype=np.int32), "closed": np.empty(csr.n, dtype=np.int64)}
    if labels is not None:
        wanted["roles"] = np.empty((csr.n, 5))
    found = _triangles(csr, labels, **wanted)
    return TriangleSums(**{"roles": np.zeros((0, 5)), **found})


def _narrow(labels: NDArray[np.integer] | None) -> bool:
    return labels is None or int(labels.max(initial=0)) <= np.iinfo(np.int32).max


def closed_paths(
    flat: CSR, from_row: NDArray[np.bool_], to_row: NDArray[np.bool_], labels: NDArray[np.integer]
) -> Any:
    """See `brokerage.closed_paths`."""
    if not _symmetric(flat) or not _narrow(labels):
        return NotImplemented
    if from_row.all() and to_row.all():
        # All ties go both ways: every path is one of an undirected graph, and so are the counts.
        counts = np.empty(flat.arcs, dtype=np.int32), np.empty(flat.n, dtype=np.int64)
        found = _triangles(flat, labels, shared=counts[0], closed=counts[1], roles=np.empty((flat.n, 5)))
        shared = found["shared"].astype(np.float64)
        return found["roles"], shared, shared.copy(), 2.0 * found["closed"]
    roles, returned = np.zeros((flat.n, 5)), np.zeros(flat.n)
    first, second = np.zeros(flat.arcs), np.zeros(flat.arcs)
    there, against = np.ascontiguousarray(from_row), np.ascontiguousarray(to_row)
    _fast.closed_paths(*_rows(flat), there, against, labels.astype(np.int32), roles, first, second, returned, stop_flag())
    return roles, first, second, returned


# -- groups ----------------------------------------------------------------------------------------------------


def _groups(labels: NDArray[np.integer]) -> tuple[NDArray[np.int32], int]:
    """Return the groups as the kernels want them, and how many there are: all that is negative is in none."""
    return np.maximum(labels, -1).astype(np.int32), int(labels.max(initial=-1)) + 1


def _ends(
    source: NDArray[np.integer], target: NDArray[np.integer], weights: FloatArray | None
) -> tuple[NDArray[np.int32], NDArray[np.int32], FloatArray | None]:
    a, b = np.ascontiguousarray(source, dtype=np.int32), np.ascontiguousarray(target, dtype=np.int32)
    return a, b, None if weights is None else np.ascontiguousarray(weights, dtype=np.float64)


def group_profile(
    csr: CSR, labels: NDArray[np.integer], weights: FloatArray | None = None, other: CSR | None = None
) -> Any:
    """See `groups.group_profile`."""
    if not _narrow(labels):
        return NotImplemented
    own, total, products = np.empty(csr.n), np.empty(csr.n), np.empty(csr.n)
    each = None if weights is None else np.ascontiguousarray(weights, dtype=np.float64)
    there, its = (None, None) if other is None else _rows(other)
    _fast.profile(*_rows(csr), each, there, its, *_groups(labels), own, total, products)
    return own, total, products


def end_sums(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    weights: FloatArray,
    labels: NDArray[np.integer],
) -> Any:
    """See `groups.end_sums`."""
    if not _narrow(labels):
        return NotImplemented
    groups, k = _groups(labels)
    out, into = np.zeros(k), np.zeros(k)
    within, total = _fast.ends(*_ends(source, target, weights), groups, k, out, into)
    return within, total, out, into


def group_ties(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    weights: FloatArray | None,
    labels: NDArray[np.integer],
    k: int,
) -> Any:
    """See `groups.group_ties`."""
    groups, found = _groups(labels)
    if not _narrow(labels) or found > k:
        return NotImplemented
    table = np.zeros((k, k))
    _fast.quotient(*_ends(source, target, weights), groups, k, table)
    return table


# -- parts -----------------------------------------------------------------------------------------------------


def component_labels(csr: CSR, *, strong: bool = False) -> Any:
    """See `components.component_labels`."""
    labels = np.zeros(csr.n, dtype=np.int64)
    parts = (_fast.strong if strong else _fast.components)(*_rows(csr), labels)
    # Parts come by their first node, so a stable sort by size is all that is left to do.
    place = np.empty(parts, dtype=np.int64)
    place[np.argsort(-np.bincount(labels, minlength=parts), kind="stable")] = np.arange(parts)
    return place[labels]


def core_numbers(csr: CSR, counted: CSR | None = None) -> Any:
    """See `cores.core_numbers`."""
    left = np.diff((counted or csr).indptr).astype(np.int64)
    _fast.cores(*_rows(csr), left)
    return left


def depth_first(csr: CSR, mass: FloatArray | None = None) -> Any:
    """See `cuts.depth_first`."""
    from .cuts import Hanging

    n = csr.n
    root, pieces, tie, child, parent, points = (np.zeros(n, dtype=np.int32) for _ in range(6))
    total, gone, squares, down = (np.zeros(n) for _ in range(4))
    each = np.ascontiguousarray(csr.tie, dtype=np.int32)
    one = None if mass is None else np.ascontiguousarray(mass, dtype=np.float64)
    bridges, cut = _fast.cuts(
        *_rows(csr), each, one, root, pieces, total, gone, squares, tie, child, parent, down, points
    )
    ends = tie[:bridges], child[:bridges], parent[:bridges], down[:bridges]
    return Hanging(root, pieces, total, gone, squares, *ends, points[:cut])


