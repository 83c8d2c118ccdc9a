"""Shortest paths from many nodes at once: betweenness of nodes and ties, and sums of distances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._native import compiled, progressed
from .cores import arcs_of
from .csr import CSR
from .foretold import Guess, foretold
from .subgraphs import is_symmetric, reverse

__all__ = [
    "DistanceSums",
    "betweenness",
    "bit_counts",
    "distance_blocks",
    "distance_sums",
    "harmonic",
    "path_betweenness",
    "source_sums",
    "spans",
    "spread",
    "tie_betweenness",
]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

# Sources followed together, steps after which another way is taken (betweenness, sums), values a block may hold.
_LANES = 128
_LONG = 48
_FAR = 256
_CELLS = 2_000_000
_WORDS = 2_000_000
_TOLERANCE = 1e-9

_BITS = np.unpackbits(np.arange(1 << 16, dtype=np.uint16).view(np.uint8)).reshape(-1, 16).sum(axis=1, dtype=np.uint8)


# -- betweenness -----------------------------------------------------------------------------------------------


def betweenness(csr: CSR, lengths: NDArray[Any] | None = None, *, sources: IntArray | None = None) -> FloatArray:
    """Return for every node how many shortest paths between other nodes run through it, each pair of ends once.

    `lengths` holds the length of every tie (whole numbers tie exactly; others within 1e-9 of their size); without it
    each tie is one step. Pairs with several shortest paths share one among them. `sources` limits the first ends; pairs
    are then counted from each of them, without halving.

    Notes
    -----
    Brandes's algorithm for up to 128 sources at a time, each level one product of the sparse graph with a dense block.
    Cost O(n m).
    """
    return path_betweenness(csr, lengths, sources=sources)[0]


def tie_betweenness(csr: CSR, lengths: NDArray[Any] | None = None, *, sources: IntArray | None = None) -> FloatArray:
    """Return for every tie how many shortest paths run through it, each pair of ends once."""
    return path_betweenness(csr, lengths, sources=sources, ties=True)[1]


def path_betweenness(
    csr: CSR, lengths: NDArray[Any] | None = None, *, sources: IntArray | None = None, ties: bool = False
) -> tuple[FloatArray, FloatArray]:
    """Return the raw betweenness of nodes and, where `ties` is asked for, of ties (else an empty array)."""
    wanted = np.arange(csr.n) if sources is None else np.asarray(sources, dtype=np.int64)
    # A source without a way out starts no path.
    wanted = wanted[np.diff(csr.indptr)[wanted] > 0]
    alone = sources is None and lengths is None and not ties
    nodes, _, arcs = (every_source(csr), None, np.zeros(0)) if alone else source_sums(csr, wanted, lengths, ties=ties)
    half = 0.5 if is_symmetric(csr) and sources is None else 1.0
    m = int(csr.tie.max()) + 1 if csr.arcs else 0
    by_tie = np.bincount(csr.tie, weights=arcs, minlength=m) if ties else np.zeros(0)
    return np.asarray(nodes * half), np.asarray(by_tie * half)


@compiled
def every_source(csr: CSR) -> FloatArray:
    """Add up over all nodes what every node carries of the paths from each."""
    return source_sums(csr, np.flatnonzero(np.diff(csr.indptr) > 0))[0]


@compiled
def source_sums(
    csr: CSR,
    sources: IntArray,
    lengths: NDArray[Any] | None = None,
    *,
    ties: bool = False,
    squares: bool = False,
    guess: Guess | None = None,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Add up over `sources` what every node carries of the paths from each, its squares, and what every arc carries.

    Squares and arcs are left empty unless asked for. With `guess` (and no `lengths`) what is foretold of a node is taken
    off what it carries first.
    """
    n = csr.n
    nodes, square, arcs = np.zeros(n), np.zeros(n if squares else 0), np.zeros(csr.arcs if ties else 0)
    each = None if lengths is None else np.asarray(lengths)[csr.tie]

    def add(block: slice, found: tuple[FloatArray, FloatArray]) -> None:
        carried = found[0]
        if guess is not None:
            carried -= foretold(csr, sources[block], guess).toarray()
        nodes[:] += carried.sum(axis=0) if carried.ndim > 1 else carried
        if squares:
            square[:] += (carried**2).sum(axis=0)
        if ties:
            arcs[:] += found[1]
        progressed(block.stop, sources.size)

    done = 0
    if lengths is None:
        levels = _Levels(csr)
        # Every step outwards keeps a block of values, so large graphs are followed from fewer sources at a time.
        lanes = max(8, min(_LANES, _CELLS // max(n, 1)))
        while done < sources.size:
            block = sources[done : done + lanes]
            found = levels.run(block, ties, each=squares or guess is not None)
            if found is None:
                break
            add(slice(done, done + block.size), found)
            done += block.size
    if done < sources.size:
        for found in _by_layers(csr, sources[done:], each, ties):
            add(slice(done, done + len(found[0])), found)
            done += len(found[0])
    if not np.isfinite(nodes).all():
        for array in (nodes, square, arcs):
            array[:] = 0.0
        for i, found in enumerate(_one_by_one(csr, sources, each)):
            add(slice(i, i + 1), found)
    return nodes, square, arcs


class _Levels:
    """Brandes for a block of sources at a time, one product with a dense block for each step outwards and back."""

    def __init__(self, csr: CSR):
        from scipy.sparse import csr_array

        one = np.ones(csr.arcs)
        self.csr = csr
        self.out = csr_array((one, csr.indices, csr.indptr), shape=(csr.n, csr.n))
        back = reverse(csr)
        self.into = self.out if back is csr else csr_array((one, back.indices, back.indptr), shape=(csr.n, csr.n))

    def run(self, block: IntArray, ties: bool, *, each: bool) -> tuple[FloatArray, FloatArray] | None:
        """Return sums over the block's sources (for nodes with `each`: one row a source); None for a graph too long."""
        n, lanes = self.csr.n, block.size
        paths: FloatArray = np.zeros((n, lanes))
        paths[block, np.arange(lanes)] = 1.0
        sigma = paths.copy()
        levels = [paths]
        while True:
            paths = np.asarray(self.into @ levels[-1])
            paths[sigma > 0] = 0.0
            if not paths.any():
                break
            if len(levels) == _LONG:
                return None
            sigma += paths
            levels.append(paths)
        with np.errstate(divide="ignore"):
            share = 1.0 / sigma
        share[sigma == 0] = 0.0
        through: FloatArray = np.zeros((n, lanes) if each else n)
        arcs: FloatArray = np.zeros(self.csr.arcs)
        rest: FloatArray = np.zeros((n, lanes))
        for level in range(len(levels) - 1, 0, -1):
            ahead: FloatArray = np.asarray(self.out @ rest) if level < len(levels) - 1 else rest
            through += levels[level] * ahead if each else np.einsum("ij,ij->i", levels[level], ahead)
            rest = ahead + share
            rest[levels[level] == 0] = 0.0
            if ties:
                # One level's paths meet only the shares of the next, so the product needs no other condition.
                arcs += self._along(levels[level - 1], rest)
        return through.T, arcs

    def _along(self, near: FloatArray, far: FloatArray) -> FloatArray:
        rows, columns = self.csr.rows, self.csr.indices
        leaving, arriving = np.asarray(near.any(axis=1)), np.asarray(far.any(axis=1))
        live = np.flatnonzero(leaving[rows] & arriving[columns])
        out = np.zeros(self.csr.arcs)
        for start in range(0, live.size, 16_384):
            part = live[start : start + 16_384]
            out[part] = np.einsum("ij,ij->i", near[rows[part]], far[columns[part]])
        return out


def _by_layers(
    csr: CSR, sources: IntArray, lengths: NDArray[Any] | None, ties: bool
) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Yield sums over blocks of sources (for nodes one row a source), following the arcs on shortest paths by layers."""
    n = csr.n
    rows, columns = csr.rows.astype(np.int64), csr.indices.astype(np.int64)
    each = np.ones(csr.arcs) if lengths is None else lengths.astype(np.float64)
    exact = lengths is None or lengths.dtype.kind in "iu"
    for block, distance in distance_blocks(csr, lengths, sources, cells=_CELLS // 2):
        lanes = block.size
        lane, tail, head, arc = [], [], [], []
        for b in range(lanes):
            d = distance[b]
            ahead = d[rows] + each
            there = d[columns]
            with np.errstate(invalid="ignore"):
                on = ahead == there if exact else np.abs(ahead - there) <= _TOLERANCE * there
                on &= np.isfinite(there) & (there > d[rows])
            hit = np.flatnonzero(on)
            lane.append(np.full(hit.size, b))
            tail.append(rows[hit])
            head.append(columns[hit])
            arc.append(hit)
        base = np.concatenate(lane) * n
        start, end, which = base + np.concatenate(tail), base + np.concatenate(head), np.concatenate(arc)
        size = lanes * n
        indptr = np.zeros(size + 1, dtype=np.int64)
        np.cumsum(np.bincount(start, minlength=size), out=indptr[1:])
        waiting = np.bincount(end, minlength=size)
        # Rows ascend within a lane, so the arcs are already grouped by their tail.
        dag = CSR(size, indptr, end.astype(np.int32), np.zeros(0), np.zeros(0, dtype=np.int32))
        sigma = np.zeros(size)
        front = np.arange(lanes, dtype=np.int64) * n + block
        sigma[front] = 1.0
        layers = []
        while front.size:
            go = arcs_of(dag, front)
            if go.size == 0:
                break
            from_, to = start[go], end[go]
            with np.errstate(over="ignore"):
                np.add.at(sigma, to, sigma[from_])
            np.subtract.at(waiting, to, 1)
            layers.append(go)
            ready = to[waiting[to] == 0]
            front = np.unique(ready)
        with np.errstate(divide="ignore"):
            share = np.where(sigma > 0, 1.0 / sigma, 0.0)
        ahead_sum = np.zeros(size)
        along = np.zeros(csr.arcs)
        for go in reversed(layers):
            to = end[go]
            value = share[to] + ahead_sum[to]
            np.add.at(ahead_sum, start[go], value)
            if ties:
                along += np.bincount(which[go], weights=sigma[start[go]] * value, minlength=csr.arcs)
        with np.errstate(over="ignore", invalid="ignore"):
            through = (sigma * ahead_sum).reshape(lanes, n)
        through[np.arange(lanes), block] = 0.0
        yield through, along


def _one_by_one(
    csr: CSR, sources: IntArray, lengths: NDArray[Any] | None
) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Do the same source by source in whole numbers without bound, for graphs with more shortest paths than a float can count."""
    from heapq import heappop, heappush

    n = csr.n
    indptr, indices = csr.indptr.tolist(), csr.indices.tolist()
    each = [1] * csr.arcs if lengths is None else lengths.tolist()
    for s in sources.tolist():
        nodes, arcs = np.zeros((1, n)), np.zeros(csr.arcs)
        distance: dict[int, float] = {s: 0}
        sigma = {s: 1}
        before: dict[int, list[tuple[int, int]]] = {s: []}
        order: list[int] = []
        heap: list[tuple[float, int]] = [(0, s)]
        settled: set[int] = set()
        while heap:
            d, v = heappop(heap)
            if v in settled:
                continue
            settled.add(v)
            order.append(v)
            for a in range(indptr[v], indptr[v + 1]):
                u, far = indices[a], d + each[a]
                known = distance.get(u)
                slack = 0.0 if lengths is None or isinstance(far, int) else _TOLERANCE * far
                if known is None or far < known - slack:
                    distance[u], sigma[u], before[u] = far, sigma[v], [(v, a)]
                    heappush(heap, (far, u))
                elif abs(far - known) <= slack and u not in settled:
                    sigma[u] += sigma[v]
                    before[u].append((v, a))
        delta = dict.fromkeys(order, 0.0)
        for v in reversed(order):
            for u, a in before[v]:
                part = sigma[u] / sigma[v] * (1.0 + delta[v])
                delta[u] += part
                arcs[a] += part
            if v != s:
                nodes[0, v] += delta[v]
        yield nodes, arcs


# -- distances -------------------------------------------------------------------------------------------------


def distance_blocks(
    csr: CSR, lengths: NDArray[Any] | None = None, sources: IntArray | None = None, *, cells: int = _CELLS
) -> Iterator[tuple[IntArray, FloatArray]]:
    """Yield blocks of sources with their distances to all nodes, shape (sources, n); inf where there is no path.

    `lengths` holds one value an arc. Whole-number lengths give exact distances.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    n = csr.n
    if n == 0:
        return
    each = np.ones(csr.arcs) if lengths is None else lengths.astype(np.float64)
    graph = csr_array((each, csr.indices, csr.indptr.astype(np.int32)), shape=(n, n))
    wanted = np.arange(n) if sources is None else np.asarray(sources, dtype=np.int64)
    step = max(1, min(cells // n, 1024))
    for start in range(0, wanted.size, step):
        block = wanted[start : start + step]
        yield block, np.atleast_2d(dijkstra(graph, directed=True, indices=block))


@dataclass(frozen=True, eq=False)
class DistanceSums:
    """What the distances between each node and all others add up to.

    Attributes
    ----------
    reached : ndarray of int64
        How many other nodes there is a path to.
    distance : ndarray of float64
        Sum of the distances to them.
    inverse : ndarray of float64
        Sum of 1/distance to them.
    farthest : ndarray of float64
        Greatest distance to one of them.
    """

    reached: IntArray
    distance: FloatArray
    inverse: FloatArray
    farthest: FloatArray


@compiled
def distance_sums(csr: CSR, lengths: NDArray[Any] | None = None) -> DistanceSums:
    """Add up the distances from every node along the arcs to all others.

    `lengths` holds one value a tie. Without it, sets of nodes are kept as bits, 64 sources in a word.
    Cost O(n m / 64) a step outwards, or n searches with a heap where there are lengths.
    """
    n = csr.n
    reached, distance = np.zeros(n, dtype=np.int64), np.zeros(n)
    inverse, farthest = np.zeros(n), np.zeros(n)
    if lengths is not None:
        for block, found in distance_blocks(csr, np.asarray(lengths)[csr.tie]):
            there = np.isfinite(found)
            there[np.arange(block.size), block] = False
            reached[block] = there.sum(axis=1)
            inverse[block] = (1.0 / np.where(there, found, np.inf)).sum(axis=1)
            near = np.where(there, found, 0.0)
            distance[block], farthest[block] = near.sum(axis=1), near.max(axis=1)
        return DistanceSums(reached, distance, inverse, farthest)
    for level, steps in spread(csr):
        if level > _FAR:
            # A long thin graph takes too many steps outwards: search from each node instead.
            return distance_sums(csr, np.ones(int(csr.tie.max()) + 1, dtype=np.int64))
        reached += steps
        distance += level * steps
        inverse += steps / level
        farthest[steps > 0] = level
    return DistanceSums(reached, distance, inverse, farthest)


def spread(csr: CSR) -> Iterator[tuple[int, IntArray]]:
    """Yield for each number of steps how many nodes lie that far from every node, along the arcs.

    A level may come several times, for parts of the graph; the counts then add up.
    """
    n = csr.n
    start = csr.indptr[:-1]
    busy = np.flatnonzero(np.diff(csr.indptr) > 0)
    if busy.size == 0:
        return
    width = max(1, min(-(-n // 64), _WORDS // max(csr.arcs, n)))
    for first in range(0, n, width * 64):
        targets = np.arange(first, min(first + width * 64, n))
        words = -(-targets.size // 64)
        seen = np.zeros((n, words), dtype=np.uint64)
        lane = np.arange(targets.size)
        seen[targets, lane // 64] = np.left_shift(np.uint64(1), (lane % 64).astype(np.uint64))
        front = seen.copy()
        level = 0
        while True:
            level += 1
            # A node reaches in one more step whatever its neighbours have just reached.
            found = np.zeros_like(seen)
            found[busy] = np.bitwise_or.reduceat(front[csr.indices], start[busy], axis=0)
            found &= ~seen
            count = bit_counts(found).sum(axis=1)
            if not count.any():
                break
            seen |= found
            front = found
            yield level, count


def spans(csr: CSR, ties: NDArray[np.integer]) -> FloatArray:
    """Return for each of `ties` of an undirected graph the distance between its ends once it is gone; inf for a bridge.

    64 ties are followed in one word, each in a graph without itself. Cost O(m / 64) a step and tie.
    """
    out = np.full(ties.size, np.inf)
    if ties.size == 0:
        return out
    both = np.argsort(csr.tie, kind="stable").reshape(-1, 2)
    busy = np.flatnonzero(np.diff(csr.indptr) > 0)
    start = csr.indptr[busy]
    rows = csr.rows
    width = max(1, min(-(-ties.size // 64), _WORDS // max(csr.arcs, 1)))
    for first in range(0, ties.size, width * 64):
        part = ties[first : first + width * 64]
        lane = np.arange(part.size)
        word, bit = lane // 64, np.left_shift(np.uint64(1), (lane % 64).astype(np.uint64))
        one, two = both[part, 0], both[part, 1]
        near, far = rows[one], csr.indices[one]
        seen = np.zeros((csr.n, -(-part.size // 64)), dtype=np.uint64)
        np.bitwise_or.at(seen, (near, word), bit)
        front, level = seen.copy(), 0
        waiting = np.ones(part.size, dtype=bool)
        while waiting.any() and front.any():
            level += 1
            step = front[csr.indices]
            np.bitwise_and.at(step, (one, word), ~bit)
            np.bitwise_and.at(step, (two, word), ~bit)
            found = np.zeros_like(seen)
            found[busy] = np.bitwise_or.reduceat(step, start, axis=0)
            found &= ~seen
            seen |= found
            front = found
            there = waiting & ((found[far, word] & bit) != 0)
            out[first + np.flatnonzero(there)] = level
            waiting &= ~there
    return out


def bit_counts(words: NDArray[np.uint64]) -> IntArray:
    """Return how many bits are set in every word."""
    count = getattr(np, "bitwise_count", None)
    if count is not None:
        return np.asarray(count(words), dtype=np.int64)
    # NumPy before 2.0 cannot count bits.
    parts = _BITS[words.view(np.uint16)].reshape(*words.shape, 4)
    return np.asarray(parts.sum(axis=-1, dtype=np.int64))


def harmonic(csr: CSR, lengths: NDArray[Any] | None = None) -> FloatArray:
    """Return for every node the mean of 1/distance to all others along the arcs (no path counts 0); NaN for n < 2."""
    if csr.n < 2:
        return np.full(csr.n, np.nan)
    return distance_sums(csr, lengths).inverse / (csr.n - 1)
