"""What kind of tie it is, whether it is chosen or mandated, and which of the six hard-wiring items it has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .draws import pick

__all__ = ["DIRECTED", "HARDWIRING", "KINDS", "Character", "character"]

KINDS = (
    "partnership",
    "collaboration",
    "learning",
    "information",
    "support",
    "coordination",
    "referral",
    "funding",
    "oversight",
)
_SHARES = (0.22, 0.14, 0.16, 0.1, 0.14, 0.1, 0.08, 0.06, 0.0)
DIRECTED = frozenset({"learning", "information", "funding"})
HARDWIRING = ("hw_agreement", "hw_owner", "hw_deliverables", "hw_review", "hw_consequence", "hw_pooled")
_OVERSIGHT, _COORDINATION = KINDS.index("oversight"), KINDS.index("coordination")


@dataclass(frozen=True, eq=False)
class Character:
    """Kind, mandate and hard-wiring of every record of a tie.

    Attributes
    ----------
    pair : ndarray of int
        Which pair a record belongs to; the first ``pairs`` records are the first kind of each.
    kind : ndarray of int
        Position in `KINDS`.
    forced : ndarray of bool
        Mandated rather than voluntary.
    wired : ndarray of int
        2 hard-wired (five or six items), 1 part-wired (two or three), 0 loose (none or one).
    items : ndarray of int8, shape (records, 6)
        1 yes, 0 no, -1 unknown. Never more than one unknown, so that the index is always known.
    """

    pair: NDArray[np.int64]
    kind: NDArray[np.int64]
    forced: NDArray[np.bool_]
    wired: NDArray[np.int64]
    items: NDArray[np.int8]


def character(
    rng: np.random.Generator,
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    public: NDArray[np.bool_],
    mandated: float,
    hardwired: float,
    several: float,
) -> Character:
    """Give every pair a kind, and a share `several` of them a second one.

    Mandated ties lie between public bodies; a share `mandated` of all pairs where there are enough of them. Mandated
    ties are nearly all hard-wired; of the chosen ones a share `hardwired`, and another fifth is part-wired.
    """
    m = low.size
    kind = pick(rng, _SHARES, m)
    official = np.flatnonzero(public[low] & public[high])
    forced = np.zeros(m, dtype=bool)
    forced[rng.permutation(official)[: round(mandated * m)]] = True
    kind[forced] = np.where(rng.random(int(forced.sum())) < 0.4, _OVERSIGHT, _COORDINATION)

    second = np.sort(rng.permutation(m)[: round(several * m)])
    step = 1 + (rng.random(second.size) * (len(KINDS) - 2)).astype(np.int64)
    # Oversight comes last and is only ever mandated, so a second kind is drawn from the others.
    extra = np.where(kind[second] == _OVERSIGHT, step - 1, (kind[second] + step) % (len(KINDS) - 1))
    pair = np.concatenate([np.arange(m), second])
    kind = np.concatenate([kind, extra])
    forced = np.concatenate([forced, np.zeros(second.size, dtype=bool)])

    draw = rng.random(kind.size)
    wired = np.where(draw < hardwired, 2, np.where(draw < hardwired + 0.2, 1, 0))
    wired = np.where(forced, np.where(draw < 0.92, 2, 1), wired)
    yes = np.where(
        wired == 2, 5 + (rng.random(kind.size) < 0.5), np.where(wired == 1, 2 + (rng.random(kind.size) < 0.5), 0)
    )
    yes = np.where((wired == 0) & (rng.random(kind.size) < 0.4), 1, yes)
    # Agreement and owner come before consequence and pooling, with some luck.
    order = np.argsort(np.argsort(rng.random((kind.size, 6)) + np.arange(6) * 0.12, axis=1), axis=1)
    items = (order < yes[:, None]).astype(np.int8)
    blank = (wired == 0) & (rng.random(kind.size) < 0.2)
    items[blank, 5] = np.where(items[blank, 5] == 0, -1, items[blank, 5])
    return Character(pair, kind, forced, wired.astype(np.int64), items)
