"""How the pairs of a coffee trial were drawn, told from its tables, so that chance can draw them again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..measures.rounds import Design, Leg

if TYPE_CHECKING:
    import pandas as pd

    from ..network import Network

__all__ = ["Listed", "Redrawn", "same_draw", "trial_design"]

BoolArray = NDArray[np.bool_]
Pair = tuple[Any, Any]

# How often a round is filled anew where the pairs picked first leave too few for the rest.
_ATTEMPTS = 50


class Redrawn(Protocol):
    """Anything that can draw a trial again: its pairs, and which of them each draw brings together."""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair, in the order of columns of `assigned`."""

    def assigned(self, draws: int, seed: int) -> BoolArray:
        """Draw again; shape (draws, pairs)."""


@dataclass(frozen=True, eq=False)
class Listed:
    """Pairs drawn with equal chance out of a list for each round, nobody in two pairs of it and no pair twice.

    Attributes
    ----------
    listed : tuple of (tuple of pairs, int)
        For each round the pairs that could have been drawn, and how many were.
    """

    listed: tuple[tuple[tuple[Pair, ...], int], ...]

    @classmethod
    def of(cls, introductions: pd.DataFrame) -> Listed:
        """Take each round's eligible rows for the list."""
        able = introductions[introductions["eligible"].fillna(True).astype(bool)]
        rounds = []
        for _, rows in able.groupby("round", sort=True):
            pairs = tuple(dict.fromkeys(zip(rows["a"], rows["b"], strict=True)))
            drawn = set(zip(*(rows.loc[rows["assigned"].fillna(False).astype(bool), end] for end in "ab"), strict=True))
            rounds.append((pairs, len(drawn)))
        return cls(tuple(rounds))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair that stands in a list of any round."""
        return tuple(dict.fromkeys(p for pairs, _ in self.listed for p in pairs))

    def assigned(self, draws: int, seed: int) -> BoolArray:
        """Draw again; a draw in which a round cannot be filled is left out. Cost O(draws pairs)."""
        rng = np.random.default_rng([seed, 77])
        where = {p: i for i, p in enumerate(self.pairs)}
        out = np.zeros((draws, len(where)), dtype=bool)
        whole = np.array([all(self._fill(row, pairs, count, where, rng) for pairs, count in self.listed) for row in out])
        kept: BoolArray = out[whole]
        return kept

    @staticmethod
    def _fill(row: BoolArray, pairs: tuple[Pair, ...], count: int, where: dict[Pair, int], rng: np.random.Generator) -> bool:
        for _ in range(_ATTEMPTS):
            busy: set[Any] = set()
            taken: list[int] = []
            for i in rng.permutation(len(pairs)).tolist():
                pair = pairs[i]
                if len(taken) < count and not row[where[pair]] and busy.isdisjoint(pair):
                    busy |= set(pair)
                    taken.append(where[pair])
            if len(taken) == count:
                row[taken] = True
                return True
        return False


def trial_design(network: Network, vetoed: Iterable[Pair] = ()) -> Redrawn | None:
    """Return how the pairs in a network's table of introductions were drawn; None where it has none that were.

    Parameters
    ----------
    network : Network
        With ``rounds`` (as netmap rounds writes it) the design is exact; without, pairs count as drawn with equal chance
        out of the eligible rows of each round.
    vetoed : iterable of pairs
        Who was kept apart; stands in no table.

    Raises
    ------
    MeasureError
        The table of rounds names a column the list does not have.
    """
    table = network.introductions
    if not table["assigned"].fillna(False).astype(bool).any():
        return None
    if not len(network.rounds):
        return Listed.of(table)
    legs = []
    for row in network.rounds.sort_values("first").to_dict("records"):
        members, by = tuple(row["members"]), str(row["by"])
        legs.append(Leg(int(row["first"]), int(row["last"]), members, int(row["seed"]), int(row["across"]),
                        _labels(network, by) if by else {}, str(row["odd"])))  # fmt: skip
    never = table[~table["eligible"].fillna(True).astype(bool)]
    apart = {frozenset(p) for p in (*zip(never["a"], never["b"], strict=True), *vetoed)}
    return Design(tuple(legs), frozenset(apart))


def same_draw(network: Network, design: Redrawn) -> tuple[set[frozenset[Any]], int] | None:
    """Return the pairs a design draws by its own seed, and how many differ from the table; None where they are not its own.

    A few pairs changed by hand differ. Where more than half do the seed, the members or the pairs kept apart are not those
    of the draw.
    """
    if not isinstance(design, Design):
        return None
    try:
        rows = design.table()
    except MeasureError:
        return None
    drawn = {frozenset(p) for p in zip(rows["a"], rows["b"], strict=True)}
    table = network.introductions
    said = table[table["assigned"].fillna(False).astype(bool)]
    told = {frozenset(p) for p in zip(said["a"], said["b"], strict=True)}
    changed = len(drawn - told)
    return (drawn, changed + len(told - drawn)) if changed <= len(drawn) / 2 else None


def _labels(network: Network, by: str) -> dict[str, str]:
    for frame, key in ((network.people, "person_id"), (network.organisations, "org_id")):
        if len(frame) and by in frame and frame[by].astype(str).ne("").any():
            return dict(zip(frame[key].astype(str), frame[by].astype(str), strict=True))
    raise MeasureError(f"The rounds were drawn across {by!r}, and no list has that column: put it back, or leave by empty.")


