"""Named networks that overlap: who belongs where, with a planted overlap, a planted single link and one apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from .structure import MAIN, Plan

__all__ = ["Membership", "memberships_of"]

IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Membership:
    """Who belongs to which network.

    Attributes
    ----------
    home : ndarray of int, shape (n,)
        Network an organisation is at home in, -1 for none.
    member, network : ndarray of int
        One entry per membership, sorted by network and then member, no repeats.
    count : int
        Number of networks.
    overlapping : tuple of int or None
        Two networks planted to share many members.
    linked : tuple of (int, int, int)
        Pairs of networks planted to share one member only, with that member.
    apart : tuple of int
        Networks planted to share no member with any other.
    """

    home: IntArray
    member: IntArray
    network: IntArray
    count: int
    overlapping: tuple[int, int] | None
    linked: tuple[tuple[int, int, int], ...]
    apart: tuple[int, ...]

    @property
    def flat(self) -> tuple[IntArray, IntArray]:
        """Start of each network in `member`, and the members."""
        return np.searchsorted(self.network, np.arange(self.count + 1)).astype(np.int64), self.member


def memberships_of(rng: np.random.Generator, plan: Plan, count: int, joined_share: float, overlap: float) -> Membership:
    """Give `joined_share` of the main body and every satellite a home network, then let `overlap` of them join others.

    Each satellite is one network. The satellite behind a cutpoint shares with the rest only its gate, which also
    belongs to it; the satellite behind a bridge shares nobody. Among the networks of the main body the first two
    share three quarters of those at home in the smaller one.
    """
    n, satellites = plan.n, len(plan.gates)
    home = np.full(n, -1, dtype=np.int64)
    own = count - satellites
    if own < 1:
        return Membership(home, home[:0], home[:0], 0, None, (), ())
    main = np.flatnonzero(plan.block == MAIN)
    gates = np.array(plan.gates, dtype=np.int64)
    joining = main[(rng.random(main.size) < joined_share) | np.isin(main, gates)]
    if joining.size < 2 * own:
        raise UsageError(f"{n} organisations are too few for {count} networks: at most {main.size // 3 + satellites}.")
    # Uneven sizes, the largest about three times the smallest, and nobody left with fewer than two.
    shares = np.linspace(3.0, 1.0, own)
    home[joining] = np.searchsorted(np.cumsum(shares) / shares.sum(), rng.random(joining.size), side="right")
    seats = rng.permutation(joining)[: 2 * own]
    home[seats] = np.arange(seats.size) % own
    for number in range(1, satellites + 1):
        home[plan.block == number] = own + number - 1

    pairs = [_pack(np.flatnonzero(home >= 0), home[home >= 0], n)]
    if own > 1:
        free = joining[rng.random(joining.size) < overlap]
        other = (home[free] + 1 + (rng.random(free.size) * (own - 1)).astype(np.int64)) % own
        pairs.append(_pack(free, other, n))
    overlapping = None
    if own > 3:
        first, second = np.flatnonzero(home == 0), np.flatnonzero(home == 1)
        many = rng.permutation(first)[: max(2, round(0.75 * min(first.size, second.size)))]
        pairs.append(_pack(many, np.ones(many.size, dtype=np.int64), n))
        overlapping = (0, 1)
    linked, apart = [], []
    for number, (gate, door) in enumerate(zip(plan.gates, plan.doors, strict=True)):
        if door < 0:
            pairs.append(_pack(np.array([gate]), np.array([own + number]), n))
            linked.append(number)
        else:
            apart.append(own + number)
    keys = np.unique(np.concatenate(pairs))
    member, network = keys % n, keys // n
    # A gate sits in one other network only, so that the link through it is one pair of networks and no more.
    for number in linked:
        gate = plan.gates[number]
        drop = (member == gate) & (network != home[gate]) & (network != own + number)
        member, network = member[~drop], network[~drop]
    links = tuple((int(home[plan.gates[i]]), own + i, int(plan.gates[i])) for i in linked)
    return Membership(home, member, network, count, overlapping, links, tuple(apart))


def _pack(member: IntArray, network: IntArray, n: int) -> IntArray:
    return network * n + member
