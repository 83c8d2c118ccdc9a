"""Ties and nodes that alone hold parts of a network together, and how many pairs rest on each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .csr import CSR

__all__ = ["Cuts", "cuts", "depth_first"]

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
    one = np.ones(n) if mass is None else np.asarray(mass, dtype=np.float64)
    parent, parent_tie, low, number, root, subtree = depth_first(csr, one)

    component = root
    total = subtree[root] if n else np.zeros(0)
    child = np.flatnonzero(parent >= 0)
    over = parent[child]

    bridge = np.zeros(m, dtype=bool)
    sides = np.zeros((m, 2))
    holds = child[low[child] > number[over]]
    ties = parent_tie[holds]
    bridge[ties] = True
    # The source of an undirected tie is its lower end, so the child is the source if it has the lower number.
    down_is_source = holds < parent[holds]
    down, rest = subtree[holds], total[holds] - subtree[holds]
    sides[ties, 0] = np.where(down_is_source, down, rest)
    sides[ties, 1] = np.where(down_is_source, rest, down)
    tie_pairs = sides[:, 0] * sides[:, 1]

    top = parent < 0
    split = child[(low[child] >= number[over]) | top[over]]
    at = parent[split]
    pieces = np.bincount(at, minlength=n)
    gone = np.bincount(at, weights=subtree[split], minlength=n)
    squares = np.bincount(at, weights=subtree[split] ** 2, minlength=n)
    others = total - one
    remainder = np.where(top, 0.0, others - gone)
    node_pairs = np.where(top | (pieces > 0), (others**2 - squares - remainder**2) / 2, 0.0)
    node_pieces = pieces + (~top).astype(np.int64)
    cutpoint = node_pieces > 1
    node_pairs[~cutpoint] = 0.0

    weight = np.bincount(root, weights=one, minlength=n) if n else np.zeros(0)
    square = np.bincount(root, weights=one**2, minlength=n) if n else np.zeros(0)
    held = (weight**2 - square) / 2
    pairs = float(held.sum())
    node_base = pairs - one * others
    own = np.zeros(m)
    ends = parent[holds]
    with np.errstate(invalid="ignore", divide="ignore"):
        tie_share = tie_pairs / pairs if pairs > 0 else np.zeros(m)
        node_share = np.where(node_base > 0, node_pairs / node_base, 0.0)
        inside = held[root[ends]] if n else np.zeros(0)
        own[ties] = np.where(inside > 0, tie_pairs[ties] / inside, 0.0)
    return Cuts(
        bridge, sides, tie_pairs, tie_share, own, cutpoint, node_pieces, node_pairs, node_base, node_share, component,
        pairs,
    )


@compiled
def depth_first(csr: CSR, mass: FloatArray) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray, FloatArray]:
    """Search depth first; return parent, tie to it, lowest number reachable, number, root and mass below of every node."""
    n = csr.n
    indices, tie = csr.indices.tolist(), csr.tie.tolist()
    following = csr.indptr[:-1].tolist()
    stop = csr.indptr[1:].tolist()
    parent, parent_tie, low, number, root = [-1] * n, [-1] * n, [0] * n, [-1] * n, [0] * n
    order: list[int] = []
    for start in range(n):
        if number[start] >= 0:
            continue
        number[start] = low[start] = len(order)
        root[start] = start
        order.append(start)
        stack = [start]
        while stack:
            v = stack[-1]
            a = following[v]
            if a < stop[v]:
                following[v] = a + 1
                u = indices[a]
                seen = number[u]
                if seen < 0:
                    parent[u], parent_tie[u], root[u] = v, tie[a], start
                    number[u] = low[u] = len(order)
                    order.append(u)
                    stack.append(u)
                elif tie[a] != parent_tie[v] and seen < low[v]:
                    low[v] = seen
            else:
                stack.pop()
                if stack and low[v] < low[stack[-1]]:
                    low[stack[-1]] = low[v]
    # Children come after their parents in the order of the search, so one pass backwards sums every subtree.
    below = mass.tolist()
    for v in reversed(order):
        if parent[v] >= 0:
            below[parent[v]] += below[v]
    return (
        np.array(parent, dtype=np.int64), np.array(parent_tie, dtype=np.int64), np.array(low, dtype=np.int64),
        np.array(number, dtype=np.int64), np.array(root, dtype=np.int64), np.array(below, dtype=np.float64),
    )
