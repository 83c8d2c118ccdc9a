"""What nodes are likely to carry of the shortest paths from a source, told from two steps around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .components import component_labels
from .cores import arcs_of
from .csr import CSR

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Guess", "foretold", "foretold_sums", "guess"]

FloatArray = NDArray[np.float64]

_BLOCK = 1 << 18


@dataclass(frozen=True, eq=False)
class Guess:
    """What is foretold rests on: how many others each node is taken to reach, and how many two-step walks are followed.

    Where more than `most` walks of two steps leave a source, one step is followed.
    """

    others: FloatArray
    most: int
    symmetric: bool


def guess(csr: CSR, pivots: int) -> Guess:
    """Return what to foretell from, such that foretelling costs at most about a quarter of following the pivots' paths."""
    labels = component_labels(csr)
    most = max(1_000, pivots * csr.arcs // (4 * max(csr.n, 1)))
    symmetric = csr.arcs > 0 and csr.arcs == 2 * (int(csr.tie.max()) + 1)
    return Guess(np.bincount(labels)[labels] - 1.0, most, symmetric)


@compiled
def foretold_sums(csr: CSR, guess: Guess) -> FloatArray:
    """Add up over all sources what every node is likely to carry of the paths from each."""
    total = np.zeros(csr.n)
    walks = np.cumsum(np.bincount(csr.rows, weights=np.diff(csr.indptr)[csr.indices], minlength=csr.n))
    block = walks // _BLOCK
    for sources in np.split(np.arange(csr.n), np.flatnonzero(np.diff(block)) + 1):
        told = foretold(csr, sources, guess)
        total += np.bincount(told.indices, weights=told.data, minlength=csr.n)
    return total


def foretold(csr: CSR, sources: NDArray[np.integer], guess: Guess) -> csr_array:
    """Return what every node is likely to carry of the paths from each of `sources`, shape (sources, n).

    Notes
    -----
    Nodes one and two steps from a source are known with the number of paths to each. Paths to the others go on from the
    nodes two steps away, each of which is taken to carry them in proportion to its ties that do not lead back; what a
    neighbour carries is then its part of the paths to and through these. Exact for nodes nothing lies beyond. Cost: the
    number of walks of two steps.
    """
    from scipy.sparse import csr_array

    n, degree = csr.n, np.diff(csr.indptr).astype(np.float64)
    lane, near = _step(csr, np.arange(sources.size), sources)
    one = np.unique(lane * n + near)
    lane, near = np.divmod(one, n) if n else (one, one)
    walks = np.bincount(lane, weights=degree[near], minlength=sources.size)
    far = walks <= guess.most
    # Walks of two steps that end neither where they began nor at a neighbour of it, as (which neighbour, end).
    by, end = _step(csr, np.flatnonzero(far[lane]), near[far[lane]])
    keys = lane[by] * n + end
    inside = np.searchsorted(one, keys)
    new = (one[np.minimum(inside, max(one.size - 1, 0))] != keys) & (end != sources[lane[by]])
    by, keys = by[new], keys[new]
    two, which, paths = np.unique(keys, return_inverse=True, return_counts=True)
    row, node = np.divmod(two, n) if n else (two, two)
    beside = np.bincount(lane, minlength=sources.size)
    rest = np.maximum(guess.others[sources] - beside - np.bincount(row, minlength=sources.size), 0.0)
    ahead = np.maximum(degree[node] - (paths if guess.symmetric else 0), 0.0)
    onward = np.bincount(row, weights=ahead, minlength=sources.size)[row]
    carried = np.divide(rest[row] * ahead, onward, out=np.zeros(two.size), where=onward > 0)
    first = np.bincount(by, weights=((1.0 + carried) / paths)[which], minlength=one.size)
    first = np.where(far[lane], first, rest[lane] / np.maximum(beside[lane], 1))
    data, rows = np.concatenate([first, carried]), np.concatenate([lane, row])
    return csr_array((data, (rows, np.concatenate([near, node]))), shape=(sources.size, n))


def _step(csr: CSR, marks: NDArray[np.integer], nodes: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the ends of all arcs that leave `nodes`, each with the mark of the node it leaves."""
    ends = csr.indices[arcs_of(csr, nodes)].astype(np.int64)
    return np.repeat(marks.astype(np.int64), np.diff(csr.indptr)[nodes]), ends
