"""Kernels beside the least they could cost: the memory they must touch, each access at its price.

    python -m benchmarks.floors 100000

prints one line of JSON: for each kernel its milliseconds, its floor and what the floor is made of, and what a random read
costs numpy on this graph today.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netmap.kernels import _compiled, components, cores, cuts, groups, spectral, triangles
from netmap.kernels.csr import CSR, build_csr, merge_ties

from .generators import clustered

# Sources, targets and strengths.
Ties = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]

SWEEPS = 45

# Nanoseconds a random read and a read in a row of eight bytes cost the machine the goals were set on, by number of nodes.
READ = {10_000: 2.2, 100_000: 2.6, 1_000_000: 5.8}
STREAM = 1.1


def best(work: Callable[[], Any], least: float = 1.0) -> float:
    """Milliseconds of processor time of the quickest of some runs, at least three and a second's worth."""
    took: list[float] = []
    while len(took) < 3 or (sum(took) < least and len(took) < 50):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return 1000 * min(took)


def scattered(n: int) -> tuple[Ties, NDArray[np.int64]]:
    """The ties of a clustered network whose nodes are numbered as a file would give them, without locality; its groups."""
    made = clustered(n)
    place = np.random.default_rng(0).permutation(n).astype(np.int32)
    labels = np.empty(n, dtype=np.int64)
    labels[place] = made.group
    return numbered(n, (made.source, made.target, made.strength.astype(np.float64)), place), labels


def numbered(n: int, ties: Ties, place: NDArray[np.int32]) -> Ties:
    """The same undirected ties, in order, with new numbers of their nodes."""
    a, b = place[ties[0]], place[ties[1]]
    return merge_ties(n, np.minimum(a, b), np.maximum(a, b), ties[2])


def measured(n: int) -> list[dict[str, Any]]:
    """Time every kernel on one clustered network, and work out its floor."""
    (a, b, w), labels = scattered(n)
    csr = build_csr(n, a, b, w, symmetric=True)
    each, heads = np.random.default_rng(1).random(n), csr.indices.astype(np.intp)
    taken = np.empty(csr.arcs)
    today = best(lambda: np.take(each, heads, out=taken, mode="clip")) / csr.arcs * 1e6
    gather, stream = READ[min(READ, key=lambda size: abs(size - n))] * csr.arcs / 1e6, STREAM * csr.arcs / 1e6
    wedges = forward_wedges(csr)
    one = 1.0 / csr.row_sums(csr.weights)
    rank = np.full(n, 1.0 / n)
    rows = csr.indptr, csr.indices

    def kernel(name: str, floor: str, least: float, work: Callable[[], Any]) -> dict[str, Any]:
        return {"kernel": name, "ms": best(work), "floor": least, "made of": floor}

    return [
        {"kernel": "a random read of eight bytes (ns)", "ms": today, "floor": 1e6 * gather / csr.arcs, "made of": "numpy.take"},
        kernel("strength", "8 bytes an arc", stream, lambda: csr.row_sums(csr.weights)),
        kernel("CSR build", "4 random writes an arc", 4 * gather, lambda: build_csr(n, a, b, w, symmetric=True)),
        kernel("components", "1 random read an arc", gather, lambda: components.component_labels(csr)),
        kernel(f"PageRank, {SWEEPS} sweeps", "1 random read and 12 bytes an arc a sweep", SWEEPS * (gather + 1.5 * stream),
               lambda: _compiled._fast.walk(*rows, csr.weights, one, 0.85, SWEEPS, rank.copy())),
        kernel("eigenvector", f"as {SWEEPS} sweeps of PageRank", SWEEPS * (gather + 1.5 * stream),
               lambda: spectral.leading(csr, symmetric=True)),
        kernel("core numbers", "3 random reads an arc", 3 * gather, lambda: cores.core_numbers(csr)),
        kernel("cutpoints and bridges", "1 random read an arc, 10 a node", gather * (1 + 10 * n / csr.arcs), lambda: cuts.cuts(csr, a.size)),
        kernel("triangles", "1 random read a forward wedge", gather * wedges / csr.arcs, lambda: triangles.common_neighbours(csr)),
        kernel("all that rests on triangles", "2 random reads a forward wedge", 2 * gather * wedges / csr.arcs,
               lambda: triangles.triangle_sums(csr, labels)),
        kernel("participation", "1 random read and 8 bytes an arc", gather + stream,
               lambda: groups.participation(csr, labels, csr.weights)),
    ]  # fmt: skip


def forward_wedges(csr: CSR) -> int:
    """Count the ways of two steps from a node to one of more ties and on to one of more still."""
    degree = np.diff(csr.indptr)
    order = np.empty(csr.n, dtype=np.int64)
    order[np.lexsort((np.arange(csr.n), degree))] = np.arange(csr.n)
    forward = order[csr.rows] < order[csr.indices]
    onwards = np.bincount(csr.rows[forward], minlength=csr.n)
    return int(onwards[csr.indices[forward]].sum())


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
