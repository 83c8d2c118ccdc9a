"""Who is tied to whom: a main body and satellites, joined so that the planted bridges and cutpoints are the only ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError

__all__ = ["Plan", "Ties", "check", "lay_out", "tie_up"]

IntArray = NDArray[np.int64]

MAIN, ALONE = 0, -1


@dataclass(frozen=True, eq=False)
class Plan:
    """Where every organisation stands before any tie is drawn.

    Attributes
    ----------
    block : ndarray of int, shape (n,)
        0 is the main body, 1 and up the satellites, -1 an organisation without ties.
    gates : tuple of int
        For each satellite the organisation of the main body through which it is reached.
    doors : tuple of int
        For each satellite the member at the other end of a planted bridge, or -1 where the gate is a planted
        cutpoint tied to several members.
    """

    block: IntArray
    gates: tuple[int, ...]
    doors: tuple[int, ...]

    @property
    def n(self) -> int:
        """Number of organisations."""
        return int(self.block.size)


@dataclass(frozen=True, eq=False)
class Ties:
    """Pairs of organisations as ``low * n + high``, without loops or repeats; the first `kept` never change."""

    n: int
    keys: IntArray
    kept: int

    @property
    def low(self) -> IntArray:
        """The lower position of each pair."""
        return self.keys // self.n

    @property
    def high(self) -> IntArray:
        """The higher position of each pair."""
        return self.keys % self.n


def lay_out(rng: np.random.Generator, n: int, cutpoints: int, bridges: int, alone: int, fit: NDArray[np.bool_]) -> Plan:
    """Divide `n` organisations into a main body and one satellite for each planted cutpoint and bridge.

    A satellite behind a cutpoint holds a sixth of the organisations (less where there are many), one behind a bridge
    a twelfth, never fewer than four. Gates and doors are taken from `fit`.
    """
    shares = [1 / 6] * cutpoints + [1 / 12] * bridges
    scale = min(1.0, 0.5 / sum(shares)) if shares else 1.0
    sizes = [max(4, round(n * share * scale)) for share in shares]
    rest = n - alone - sum(sizes)
    if rest < max(5, cutpoints + bridges + 3):
        raise UsageError(
            f"{n} organisations are too few for {cutpoints} planted cutpoints, {bridges} bridges and {alone} without"
            f" ties: at least {alone + sum(sizes) + max(5, cutpoints + bridges + 3)} are needed."
        )
    order = rng.permutation(n)
    block = np.full(n, ALONE, dtype=np.int64)
    block[order[:rest]] = MAIN
    start = rest
    for number, size in enumerate(sizes, start=1):
        block[order[start : start + size]] = number
        start += size

    def choose(members: IntArray, count: int) -> list[int]:
        suited = np.concatenate([members[fit[members]], members[~fit[members]]])
        return [int(each) for each in suited[:count]]

    gates = choose(order[:rest], len(sizes))
    doors = [-1] * cutpoints + [choose(order[block[order] == cutpoints + 1 + b], 1)[0] for b in range(bridges)]
    return Plan(block, tuple(gates), tuple(doors))


def tie_up(
    rng: np.random.Generator,
    plan: Plan,
    count: int,
    home: IntArray,
    rank: NDArray[np.float64],
    activity: NDArray[np.float64],
    groups: tuple[IntArray, IntArray],
    within: float,
    wanted: NDArray[np.float64],
    kind: IntArray,
    hubs: bool = False,
) -> Ties:
    """Draw exactly `count` pairs.

    Each block is first closed into a ring, which leaves it without bridges or cutpoints of its own; satellites are
    then tied to their gate, and the remaining pairs drawn inside the blocks.

    Parameters
    ----------
    home : ndarray of int
        Network each organisation is at home in; neighbours on the ring share it where they can.
    rank : ndarray of float
        Order on the ring among those of one home.
    activity : ndarray of float
        How readily an organisation makes ties.
    groups : (start, members)
        Members of every network, flat, with the start of each.
    within : float
        Share of the remaining pairs looked for inside a network.
    wanted : ndarray of float, shape (kinds, kinds)
        Chance that a drawn pair of two kinds (sectors) is kept.
    kind : ndarray of int
        The kind (sector) of each organisation.
    hubs : bool
        Ties the hubs of `hubs_of` to those about them.
    """
    n = plan.n
    fixed = [_ring(rng, np.flatnonzero(plan.block == b), home, rank, n) for b in range(plan.block.max() + 1)]
    for number, (gate, door) in enumerate(zip(plan.gates, plan.doors, strict=True), start=1):
        members = np.flatnonzero(plan.block == number)
        ends = np.array([door]) if door >= 0 else rng.choice(members, size=min(3, members.size), replace=False)
        fixed.append(_keys(np.full(ends.size, gate), ends, n))
    if hubs:
        fixed += [_keys(np.full(others.size, hub), others, n) for hub, others in hubs_of(plan, np.concatenate(fixed))]
    core = _fresh(np.concatenate(fixed), np.zeros(0, dtype=np.int64))
    sizes = np.bincount(plan.block[plan.block >= 0])
    crossing = int((plan.block[core // n] != plan.block[core % n]).sum())
    room = int((sizes * (sizes - 1) // 2).sum()) + crossing
    if not core.size <= count <= room:
        raise UsageError(
            f"{n} organisations as planted can have between {core.size} and {room} partnerships, not {count}."
        )
    extra = more_pairs(rng, plan, core, count - core.size, activity, groups, within, wanted, kind)
    return Ties(n, np.concatenate([core, extra]), int(core.size))


def hubs_of(plan: Plan, keys: IntArray) -> list[tuple[int, IntArray]]:
    """Return two hubs with those each is to know: one of the main body with half of it, one of the first satellite with all.

    Neither is the gate, nor to be tied to it, so that the two are four steps apart and what is near either is far from the
    other: of all ties that are not there, the one between the two hubs brings most nearer.
    """
    n, gate = plan.n, plan.gates[0] if plan.gates else -1
    low, high = keys // n, keys % n
    near = np.concatenate([[gate], low[high == gate], high[low == gate]])
    out = []
    for block, share in ((MAIN, 2), (1, 1)):
        members = np.flatnonzero(plan.block == block)
        free = members[~np.isin(members, [*near, *plan.gates, *plan.doors])]
        if not free.size or not plan.gates:
            raise UsageError("An introduction is planted between the main body and a cutpoint's satellite: ask for a larger one.")
        hub = int(free[0])
        others = members[(members != hub) & (members != gate) & ~np.isin(members, plan.gates)]
        out.append((hub, others[:: share]))
    return out


def more_pairs(
    rng: np.random.Generator,
    plan: Plan,
    taken: IntArray,
    count: int,
    activity: NDArray[np.float64],
    groups: tuple[IntArray, IntArray],
    within: float,
    wanted: NDArray[np.float64],
    kind: IntArray,
) -> IntArray:
    """Draw `count` pairs inside blocks that are not in `taken`, in the order they were drawn."""
    n = plan.n
    tied = np.flatnonzero(plan.block >= 0)
    by_block = tied[np.argsort(plan.block[tied], kind="stable")]
    edges = np.searchsorted(plan.block[by_block], np.arange(plan.block.max() + 2))
    total = np.concatenate([[0.0], np.cumsum(activity[by_block])])
    start, members = groups
    belongs, net_of = _networks_of(start, members, n)
    found = np.zeros(0, dtype=np.int64)
    for _ in range(200):
        missing = count - found.size
        if missing <= 0:
            break
        size = 3 * missing + 64
        u = by_block[np.searchsorted(total, rng.random(size) * total[-1], side="right") - 1]
        first, last = total[edges[plan.block[u]]], total[edges[plan.block[u] + 1]]
        v = by_block[np.searchsorted(total, first + rng.random(size) * (last - first), side="right") - 1]
        inside = (rng.random(size) < within) & (belongs[u + 1] > belongs[u])
        if inside.any():
            a = u[inside]
            which = belongs[a] + (rng.random(a.size) * (belongs[a + 1] - belongs[a])).astype(np.int64)
            net = net_of[which]
            spot = start[net] + (rng.random(a.size) * (start[net + 1] - start[net])).astype(np.int64)
            v[inside] = members[spot]
        keep = (u != v) & (plan.block[u] == plan.block[v])
        keep &= rng.random(size) < wanted[kind[u], kind[v]]
        found = _fresh(np.concatenate([found, _keys(u[keep], v[keep], n)]), taken)[:count]
    if found.size < count:
        if n > 3000:
            raise UsageError(f"No room for {count} more partnerships among {n} organisations as planted.")
        low, high = np.triu_indices(n, 1)
        fits = (plan.block[low] == plan.block[high]) & (plan.block[low] >= 0)
        rest = _fresh(_keys(low[fits], high[fits], n), np.concatenate([taken, found]))
        if rest.size < count - found.size:
            raise UsageError(f"No room for {count} more partnerships among {n} organisations as planted.")
        found = np.concatenate([found, rng.permutation(rest)[: count - found.size]])
    return found


def check(plan: Plan, ties: Ties) -> None:
    """Make sure that the planted bridges and cutpoints are there and are the only ones.

    A block that contains a ring through all its members has no cutpoint and no bridge; so has a satellite together
    with a gate that reaches two of its members. What is left is to see that the rings are whole and that no other tie
    crosses between blocks.
    """
    n, low, high = ties.n, ties.low, ties.high
    if (low == high).any() or np.unique(ties.keys).size != ties.keys.size:
        raise AssertionError("a made-up network has a loop or a repeated pair")
    crossing = plan.block[low] != plan.block[high]
    expected: set[tuple[int, int]] = set()
    for number, (gate, door) in enumerate(zip(plan.gates, plan.doors, strict=True), start=1):
        here = crossing & ((plan.block[low] == number) | (plan.block[high] == number))
        mine = {(int(a), int(b)) for a, b in zip(low[here], high[here], strict=True)}
        inner = {b if a == gate else a for a, b in mine}
        whole = all(gate in pair for pair in mine) and (inner == {door} if door >= 0 else len(inner) >= 2)
        if not whole or plan.block[gate] != MAIN:
            raise AssertionError("a planted gate is not the only way to its satellite")
        expected |= mine
    if int(crossing.sum()) != len(expected):
        raise AssertionError("a tie crosses between blocks that was not planted")
    ring = np.bincount(np.concatenate([low[: ties.kept], high[: ties.kept]]), minlength=n)
    if (ring[plan.block >= 0] < 2).any():
        raise AssertionError("a block is not closed into a ring")


def _ring(rng: np.random.Generator, members: IntArray, home: IntArray, rank: NDArray[np.float64], n: int) -> IntArray:
    order = members[np.lexsort((rng.random(members.size), rank[members], home[members]))]
    return _keys(order, np.roll(order, -1), n)


def _keys(u: IntArray, v: IntArray, n: int) -> IntArray:
    return np.minimum(u, v) * n + np.maximum(u, v)


def _fresh(keys: IntArray, taken: IntArray) -> IntArray:
    """Return `keys` in order without repeats and without those in `taken`."""
    _, first = np.unique(keys, return_index=True)
    keys = keys[np.sort(first)]
    return keys[~np.isin(keys, taken)]


def _networks_of(start: IntArray, members: IntArray, n: int) -> tuple[IntArray, IntArray]:
    """Turn members by network into networks by member."""
    net = np.repeat(np.arange(start.size - 1, dtype=np.int64), np.diff(start))
    order = np.argsort(members, kind="stable")
    begin = np.searchsorted(members[order], np.arange(n + 1)).astype(np.int64)
    return begin, net[order]
