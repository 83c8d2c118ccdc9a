"""Ties and nodes that alone hold parts of a network together, and how many pairs rest on each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .csr import CSR

__all__ = ["Cuts", "Hanging", "cuts", "depth_first"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Cuts:
    """Bridges and cutpoints of an undirected graph, with the pairs each holds together.

    Attributes
    ----------
    bridge : ndarray of bool, shape (m,)
        Whether the tie is the only path between its two ends.
    sides : ndarray of float64, shape (m, 2)
        Mass on the side of the tie's source and of its target once it is gone; 0 for a tie that is no bridge.
    tie_pairs : ndarray of float64, shape (m,)
        Pairs that lose contact without the tie.
    tie_share : ndarray of float64, shape (m,)
        The same as a share of all pairs now in contact (0 where there are none).
    tie_share_own : ndarray of float64, shape (m,)
        The same as a share of the pairs of its own component; 0 for a tie that is no bridge.
    cutpoint : ndarray of bool, shape (n,)
        Whether the network has more parts without the node.
    node_pieces : ndarray of int64, shape (n,)
        Into how many parts the rest of the node's component falls without it.
    node_pairs : ndarray of float64, shape (n,)
        Pairs of other nodes that lose contact without the node.
    node_base : ndarray of float64, shape (n,)
        Pairs of other nodes now in contact.
    node_share : ndarray of float64, shape (n,)
        node_pairs / node_base; 0 where there is no such pair to lose.
    component : ndarray of int64, shape (n,)
        Which nodes are connected.
    pairs : float
        All pairs now in contact.
    """

    bridge: BoolArray
    sides: FloatArray
    tie_pairs: FloatArray
    tie_share: FloatArray
    tie_share_own: FloatArray
    cutpoint: BoolArray
    node_pieces: IntArray
    node_pairs: FloatArray
    node_base: FloatArray
    node_share: FloatArray
    component: IntArray
    pairs: float


def cuts(csr: CSR, m: int, mass: FloatArray | None = None) -> Cuts:
    """Find bridges and cutpoints of an undirected graph by one depth-first search.

    Parameters
    ----------
    csr : CSR
        Both arcs of every tie.
    m : int
        Number of ties.
    mass : ndarray of float64, shape (n,), optional
        How much each node counts in pairs; 1 for all by default. With 0 a node connects others without being counted.

    Notes
    -----
    Lowest numbers reachable (Tarjan), without recursion. Cost O(n + m).
    """
    n = csr.n
    mass = None if mass is None else np.asarray(mass, dtype=np.float64)
    hanging = depth_first(csr, mass)
    root = hanging.root
    total = hanging.total[root]

    bridge = np.zeros(m, dtype=bool)
    sides = np.zeros((m, 2))
    ties, ends = hanging.tie, hanging.parent
    bridge[ties] = True
    # The source of an undirected tie is its lower end, so the child is the source if it has the lower number.
    down_is_source = hanging.child < ends
    down, rest = hanging.down, hanging.total[root[ends]] - hanging.down
    sides[ties, 0] = np.where(down_is_source, down, rest)
    sides[ties, 1] = np.where(down_is_source, rest, down)
    # Hardly a tie is a bridge: what is zero for all others is not gone through.
    parted = down * rest
    tie_pairs, tie_share, own = np.zeros(m), np.zeros(m), np.zeros(m)
    tie_pairs[ties] = parted

    top = root == np.arange(n, dtype=root.dtype)
    one = 1.0 if mass is None else mass
    others = np.subtract(total, one, out=total)
    node_pieces = hanging.pieces + ~top
    cutpoint = node_pieces > 1
    # Few nodes are cutpoints too.
    at = np.flatnonzero(cutpoint)
    remainder = np.where(top[at], 0.0, others[at] - hanging.gone[at])
    node_pairs, node_share = np.zeros(n), np.zeros(n)
    node_pairs[at] = (others[at] ** 2 - hanging.squares[at] - remainder**2) / 2

    # Pairs of a component are kept at its first node.
    first = np.flatnonzero(top)
    weight = hanging.total[first]
    square = weight if mass is None else np.bincount(root, weights=mass**2, minlength=n)[first]
    held = np.zeros(n)
    held[first] = (weight**2 - square) / 2
    pairs = float(held[first].sum())
    node_base = np.multiply(one, others, out=others)
    np.subtract(pairs, node_base, out=node_base)
    with np.errstate(invalid="ignore", divide="ignore"):
        node_share[at] = np.where(node_base[at] > 0, node_pairs[at] / node_base[at], 0.0)
        if n and pairs > 0:
            inside = held[root[ends]]
            tie_share[ties] = parted / pairs
            own[ties] = np.where(inside > 0, parted / inside, 0.0)
    return Cuts(
        bridge, sides, tie_pairs, tie_share, own, cutpoint, node_pieces.astype(np.int64), node_pairs, node_base, node_share,
        root.astype(np.int64), pairs,
    )


@dataclass(frozen=True, eq=False)
class Hanging:
    """What hangs on which node and tie alone, found by one search depth first.

    Attributes
    ----------
    root : ndarray of int32, shape (n,)
        First node of the component of every node, where the search set out.
    pieces : ndarray of int32, shape (n,)
        Parts below the node that nothing else joins to what lies above; at a root all that the search went on to.
    total : ndarray of float64, shape (n,)
        Mass of the component at its first node, 0 elsewhere.
    gone, squares : ndarray of float64, shape (n,)
        Mass of those parts, and the sum of its squares.
    tie, child, parent : ndarray of int32, shape (bridges,)
        Every bridge, the end below and the end above.
    down : ndarray of float64, shape (bridges,)
        Mass below it.
    points : ndarray of int32, shape (cutpoints,)
        Cutpoints, in the order in which the search knows them: when it is back from the first part, a root at the end.
    """

    root: NDArray[np.int32]
    pieces: NDArray[np.int32]
    total: FloatArray
    gone: FloatArray
    squares: FloatArray
    tie: NDArray[np.int32]
    child: NDArray[np.int32]
    parent: NDArray[np.int32]
    down: FloatArray
    points: NDArray[np.int32]


@compiled
def depth_first(csr: CSR, mass: FloatArray | None = None) -> Hanging:
    """Search an undirected graph depth first for what hangs on one node or tie alone; each node counts `mass`, else 1.

    Cost O(n + m).
    """
    n = csr.n
    indices, tie = csr.indices.tolist(), csr.tie.tolist()
    following = csr.indptr[:-1].tolist()
    stop = csr.indptr[1:].tolist()
    low, number, root, pieces = [0] * n, [-1] * n, [0] * n, [0] * n
    below = [1.0] * n if mass is None else mass.tolist()
    total, gone, squares = [0.0] * n, [0.0] * n, [0.0] * n
    bridges: list[tuple[int, int, int, float]] = []
    points: list[int] = []
    found = 0
    for start in range(n):
        if number[start] >= 0:
            continue
        # Nodes on the way, each with the tie it was reached by.
        stack = [(start, -1)]
        number[start] = low[start] = found
        root[start] = start
        found += 1
        while stack:
            v, by = stack[-1]
            a = following[v]
            if a < stop[v]:
                following[v] = a + 1
                u = indices[a]
                if number[u] < 0:
                    root[u] = start
                    number[u] = low[u] = found
                    found += 1
                    stack.append((u, tie[a]))
                elif tie[a] != by:
                    low[v] = min(low[v], number[u])
                continue
            stack.pop()
            if not stack:
                total[start] = below[v]
                if pieces[start] > 1:
                    points.append(start)
                continue
            up = stack[-1][0]
            low[up] = min(low[up], low[v])
            below[up] += below[v]
            if low[v] >= number[up] or up == start:
                if not pieces[up] and up != start:
                    points.append(up)
                pieces[up] += 1
                gone[up] += below[v]
                squares[up] += below[v] ** 2
            if low[v] > number[up]:
                bridges.append((by, v, up, below[v]))
    ties, children, parents, down = zip(*bridges, strict=True) if bridges else ((), (), (), ())
    counts = [np.array(x, dtype=np.int32) for x in (root, pieces, ties, children, parents, points)]
    sums = [np.array(x, dtype=np.float64) for x in (total, gone, squares, down)]
    return Hanging(
        root=counts[0], pieces=counts[1], total=sums[0], gone=sums[1], squares=sums[2],
        tie=counts[2], child=counts[3], parent=counts[4], down=sums[3], points=counts[5],
    )
