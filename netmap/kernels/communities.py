"""Communities of an undirected graph by the Leiden algorithm, from many seeds at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ._native import compiled
from .csr import CSR
from .groups import canonical_labels

__all__ = ["leiden"]

IntArray = NDArray[np.int64]

# Gains below this share of a node's strength are rounding, and a node is looked at this often at most, on average.
_SMALLEST = 1e-12
_VISITS = 1000
_WORD = 2**64 - 1


@compiled
def leiden(csr: CSR, seeds: Sequence[int], *, resolution: float = 1.0, iterations: int = 2) -> IntArray:
    """Return the communities found from every seed, one row each: labels from 0, largest first, then by first node.

    The graph is undirected and has no loops. Every community is connected, and a node without ties is one. A search
    ends after `iterations`, or as soon as one of them moves nobody. The same seed gives the same labels whatever other
    seeds there are, compiled or not.

    Each iteration moves nodes to the community where they add most to the modularity, until none is better off
    elsewhere, splits communities into parts that hold together, makes the parts nodes, and begins again with these
    (Traag, Waltman & van Eck 2019; parts join where they gain most, as theirs do at randomness 0). Cost about
    O(m log n) an iteration.
    """
    graph = _graph(csr)
    out = np.zeros((len(seeds), csr.n), dtype=np.int64)
    for row, seed in zip(out, seeds, strict=True):
        labels = list(range(csr.n))
        for i in range(iterations):
            labels, moved = _iterate(graph, labels, resolution, _Draws(_state(int(seed), i)))
            if moved == 0:
                break
        row[:] = labels
    return out


@dataclass(frozen=True)
class _Graph:
    """The graph of one level: neighbours of each node with the strength between, and all the strength of each node."""

    ties: list[list[tuple[int, float]]]
    strength: list[float]

    @property
    def n(self) -> int:
        return len(self.ties)


class _Draws:
    """Random numbers (splitmix64, Steele, Lea & Flood 2014)."""

    def __init__(self, state: int):
        self.state = state

    def below(self, bound: int) -> int:
        """Return a whole number from 0 to bound - 1."""
        self.state = z = (self.state + 0x9E3779B97F4A7C15) & _WORD
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _WORD
        z ^= z >> 31
        return ((z >> 32) * bound) >> 32

    def shuffle(self, items: list[int]) -> None:
        """Put items in random order."""
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]


def _state(seed: int, iteration: int) -> int:
    seed &= _WORD
    mixed = _Draws(seed).below(2**31)
    return (mixed ^ (seed << 31) ^ (iteration * 0xD1342543DE82EF95)) & _WORD


def _graph(csr: CSR) -> _Graph:
    indptr, indices, weights = csr.indptr.tolist(), csr.indices.tolist(), csr.weights.tolist()
    ties = [list(zip(indices[a:b], weights[a:b], strict=True)) for a, b in pairwise(indptr)]
    return _Graph(ties, [_total(w for _, w in row) for row in ties])


def _total(values: Iterable[float]) -> float:
    # One after the other, as the compiled form adds them: Python's own sum compensates for rounding.
    total = 0.0
    for value in values:
        total += value
    return total


def _iterate(graph: _Graph, labels: list[int], resolution: float, draws: _Draws) -> tuple[list[int], int]:
    """Make one iteration from the communities given; return the new ones and how many nodes were moved."""
    total = _total(graph.strength)
    scale = resolution / total if total > 0 else 0.0
    node = list(range(graph.n))
    level, moved = graph, 0
    while True:
        volume, times = _move(level, labels, scale, draws)
        moved += times
        members: dict[int, list[int]] = {}
        for v, c in enumerate(labels):
            members.setdefault(c, []).append(v)
        number = {c: i for i, c in enumerate(members)}
        labels = [number[c] for c in labels]
        if len(members) == level.n:
            break
        parts = [0] * level.n
        for c, nodes in members.items():
            _refine(level, labels, nodes, volume[c], parts, scale, draws)
        first: dict[int, int] = {}
        for v in (v for nodes in members.values() for v in nodes):
            first.setdefault(parts[v], len(first))
        # Where nothing could be joined within communities, they become nodes themselves.
        parts = labels if len(first) == level.n else [first[p] for p in parts]
        level, labels = _aggregate(level, parts, labels)
        node = [parts[v] for v in node]
    return _connected(graph, [labels[v] for v in node]), moved


def _move(level: _Graph, labels: list[int], scale: float, draws: _Draws) -> tuple[list[float], int]:
    """Move each node to the community where it adds most to the modularity, until none is better off elsewhere.

    Return the strength of each community and how many nodes were moved.
    """
    n, moved = level.n, 0
    volume, size = [0.0] * n, [0] * n
    for v, c in enumerate(labels):
        volume[c] += level.strength[v]
        size[c] += 1
    spare = [c for c in range(n - 1, -1, -1) if size[c] == 0]
    waiting = [v for v in range(n) if level.ties[v]]
    draws.shuffle(waiting)
    queue, queued = deque(waiting), set(waiting)
    for _ in range(_VISITS * n):
        if not queue:
            break
        v = queue.popleft()
        queued.discard(v)
        own = best = labels[v]
        strength = level.strength[v]
        tied = {own: 0.0}
        for u, w in level.ties[v]:
            tied[labels[u]] = tied.get(labels[u], 0.0) + w
        rest = 0.0 if size[own] == 1 else volume[own] - strength
        most = tied.pop(own) - strength * (rest * scale) + _SMALLEST * strength
        for c, w in tied.items():
            gain = w - strength * (volume[c] * scale)
            if gain > most:
                best, most = c, gain
        if most < 0 and size[own] > 1:
            best = spare.pop()
        if best == own:
            continue
        moved += 1
        volume[own], volume[best] = rest, volume[best] + strength
        size[best] += 1
        size[own] -= 1
        if size[own] == 0:
            spare.append(own)
        labels[v] = best
        for u, _w in level.ties[v]:
            if u not in queued and labels[u] != best:
                queue.append(u)
                queued.add(u)
    return volume, moved


def _refine(
    level: _Graph, labels: list[int], nodes: list[int], all_of_it: float, parts: list[int], scale: float, draws: _Draws
) -> None:
    """Split the community of `nodes` into parts, written into `parts`; `nodes` are left in the order they came up.

    Each node, in random order, joins the part that gains most where both are well tied to the rest of the community. A
    node that others joined stays, so that every part hangs together.
    """
    own = labels[nodes[0]]
    mass, outward, joined = {}, {}, set()
    for v in nodes:
        parts[v], mass[v] = v, level.strength[v]
        outward[v] = _total(w for u, w in level.ties[v] if labels[u] == own)
    if len(nodes) == 1:
        return
    draws.shuffle(nodes)
    for v in nodes:
        strength = level.strength[v]
        if v in joined or outward[v] < strength * ((all_of_it - strength) * scale):
            continue
        tied: dict[int, float] = {}
        for u, w in level.ties[v]:
            if labels[u] == own:
                tied[parts[u]] = tied.get(parts[u], 0.0) + w
        best, most = v, _SMALLEST * strength
        for p, w in tied.items():
            gain = w - strength * (mass[p] * scale)
            if gain > most and outward[p] >= mass[p] * ((all_of_it - mass[p]) * scale):
                best, most = p, gain
        if best != v:
            parts[v] = best
            mass[best] += strength
            outward[best] += outward[v] - 2.0 * tied[best]
            joined.add(best)


def _aggregate(level: _Graph, parts: list[int], labels: list[int]) -> tuple[_Graph, list[int]]:
    """Return the graph whose nodes are the parts, and the community of each."""
    members: list[list[int]] = [[] for _ in range(max(parts) + 1)]
    for v, p in enumerate(parts):
        members[p].append(v)
    ties = []
    for p, nodes in enumerate(members):
        tied: dict[int, float] = {}
        for v in nodes:
            for u, w in level.ties[v]:
                if parts[u] != p:
                    tied[parts[u]] = tied.get(parts[u], 0.0) + w
        ties.append(list(tied.items()))
    strength = [_total(level.strength[v] for v in nodes) for nodes in members]
    return _Graph(ties, strength), [labels[nodes[0]] for nodes in members]


def _connected(graph: _Graph, labels: list[int]) -> list[int]:
    """Make a community of every connected part of one, numbered as ever."""
    part = [-1] * graph.n
    for start in range(graph.n):
        if part[start] >= 0:
            continue
        part[start] = start
        found = [start]
        for v in found:
            for u, _w in graph.ties[v]:
                if part[u] < 0 and labels[u] == labels[v]:
                    part[u] = start
                    found.append(u)
    numbered: list[int] = canonical_labels(np.array(part, dtype=np.int64)).tolist()
    return numbered
