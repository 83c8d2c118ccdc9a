"""How much work an analysis is, counted before it begins: what is exact, what is sampled, and how long and large it gets."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .errors import UsageError

if TYPE_CHECKING:
    from .kernels.csr import CSR

__all__ = ["EFFORT", "Effort", "Workload", "seconds"]


@dataclass(frozen=True)
class Effort:
    """How much is drawn and followed.

    Attributes
    ----------
    draws : int
        Perturbed networks.
    starts : int
        Starts of the community search.
    steps : int
        Arcs followed for shortest paths, sources times arcs: what is more is sampled, or left out of the intervals.
    pivots : int
        Sources that paths are followed from where they are sampled.
    """

    draws: int
    starts: int
    steps: int
    pivots: int


EFFORT = {
    "quick": Effort(50, 10, 1_000_000_000, 256),
    "normal": Effort(200, 50, 10_000_000_000, 1024),
    "thorough": Effort(1000, 100, 100_000_000_000, 4096),
}

# Sources in the pilot that time is told from, and arcs at which it is worth one.
_PILOT = 16
_WORTH = 200_000_000
# Bytes that shortest paths take for a node in each thread; that one perturbed network takes for a node and a tie.
_FOLLOWED = 530
_NODE, _TIE = 90, 80


@dataclass(frozen=True)
class Workload:
    """The work of one analysis. It is decided by counts alone, so that no clock and no machine changes a result.

    Attributes
    ----------
    n, m : int
        Nodes and ties.
    effort : str
    """

    n: int
    m: int
    effort: str

    @property
    def pivots(self) -> int | None:
        """From how many sources betweenness is estimated, or None where it is exact."""
        plan = EFFORT[self.effort]
        exact = self.n * 2 * self.m <= plan.steps or self.n <= plan.pivots
        return None if exact else plan.pivots

    @property
    def draws(self) -> int:
        """How many perturbed networks are drawn."""
        return EFFORT[self.effort].draws

    @property
    def paths_redrawn(self) -> bool:
        """Whether measures of shortest paths are taken in every perturbed network too, as rank intervals need."""
        return self.draws * self.n * 2 * self.m <= EFFORT[self.effort].steps

    @property
    def steps(self) -> int:
        """Arcs followed for betweenness, in the network and in the perturbed ones."""
        arcs = 2 * self.m
        once = (self.pivots or self.n) * arcs
        return once + (self.draws * self.n * arcs if self.paths_redrawn else 0)

    @property
    def memory(self) -> int:
        """About how many bytes the perturbed networks and the shortest paths take at most."""
        from .kernels import threads

        return self.draws * (_NODE * self.n + _TIE * self.m) + threads() * _FOLLOWED * self.n

    def words(self, long: float) -> str:
        """Say what is about to be done and that it takes about `long` seconds."""
        time = (
            f"{long:,.0f} seconds"
            if long < 90
            else f"{long / 60:,.0f} minutes"
            if long < 5400
            else f"{long / 3600:,.0f} hours"
        )
        what = "every node" if self.pivots is None else f"{self.pivots:,} of {self.n:,} nodes"
        also = f", and from every node of {self.draws:,} drawn networks" if self.paths_redrawn else ""
        less = "" if self.effort == "quick" else " --effort quick takes less."
        return (
            f"Shortest paths from {what}{also} take about {time} and the whole about {_gigabytes(self.memory)} of "
            f"memory; Ctrl-C stops at any moment.{less}"
        )

    def check(self, available: int | None = None) -> None:
        """Raise `UsageError` where the machine has less memory than the work needs (`available`: bytes of it)."""
        there = _memory() if available is None else available
        if there is None or self.memory <= there:
            return
        less = [name for name in EFFORT if Workload(self.n, self.m, name).memory <= there]
        hint = f"--effort {less[-1]} needs less." if less else "Look at a part of the network, by --kind or --wave."
        raise UsageError(
            f"{self.n:,} nodes and {self.m:,} ties with effort {self.effort} need about {_gigabytes(self.memory)} of "
            f"memory and this machine has {_gigabytes(there)}. {hint}"
        )


def seconds(csr: CSR, work: Workload) -> float:
    """Return about how many seconds the shortest paths take, told from a few sources; 0 for a small network.

    It is for the one who waits: nothing is decided by it.
    """
    if work.steps < _WORTH:
        return 0.0
    from time import perf_counter

    from .kernels.paths import source_sums

    sources = np.flatnonzero(np.diff(csr.indptr) > 0)
    sources = sources[:: max(1, sources.size // _PILOT)][:_PILOT]
    begun = perf_counter()
    source_sums(csr, sources)
    each = (perf_counter() - begun) / (sources.size * csr.arcs)
    from .kernels import threads

    # The pilot is too small to be split, the work is not.
    return each * work.steps / threads()


def _memory() -> int | None:
    """Bytes of memory in this machine, None where it does not say."""
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None
    return pages * size if pages > 0 and size > 0 else None


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count < 1e10 else f"{count / 1e9:,.0f} GB"
