"""A coffee trial among the organisations of a made-up county, with an effect that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..measures.rounds import Design, Leg
from .organisations import SECTORS, Cast
from .truth import Facts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["trial"]

MOST, ROUNDS, ACROSS = 40, 3, 1
MEETING = 0.85
# Log-odds of a tie afterwards without any introduction, within a sector and across.
WITHIN, BETWEEN = -1.6, -2.4


def trial(
    rng: np.random.Generator, who: Cast, tied: set[tuple[int, int]], effect: float, seed: int, facts: Facts
) -> dict[str, pd.DataFrame]:
    """Draw rounds across sectors among some that are shown, and say of every pair whether it had a tie afterwards.

    Pairs tied already are not eligible. Where a pair met, a tie is likelier by `effect` in log-odds.
    """
    import pandas as pd

    able = np.flatnonzero(who.fit)
    chosen = np.sort(rng.permutation(able)[: min(MOST, able.size // 2 * 2)])
    members = tuple(str(who.ids[i]) for i in chosen)
    sector = {str(who.ids[i]): SECTORS[int(who.kind[i])] for i in chosen}
    known = {frozenset((str(who.ids[a]), str(who.ids[b]))) for a, b in tied}
    leg = Leg(1, ROUNDS, members, seed, ACROSS, sector)
    design = Design((leg,), frozenset(p for p in known if p <= set(members)))
    table = design.table()
    drawn = {(a, b): r for r, a, b in zip(table["round"], table["a"], table["b"], strict=True)}
    pairs = design.pairs
    assigned = np.array([p in drawn for p in pairs])
    eligible = np.array([frozenset(p) not in known for p in pairs])
    met = assigned & (rng.random(len(pairs)) < MEETING)
    level = np.array([WITHIN if sector[a] == sector[b] else BETWEEN for a, b in pairs]) + effect * met
    after = rng.random(len(pairs)) < 1 / (1 + np.exp(-level))
    useful = rng.integers(2, 6, size=len(pairs))
    facts.note("introductions", f"rounds 1 to {ROUNDS}", float(effect), "F9", "Log-odds by which a tie is likelier where a pair met")
    facts.note("introduced", f"rounds 1 to {ROUNDS}", int(assigned.sum()), "F9", "Pairs drawn to meet, across sectors by preference")
    facts.note("introduced_met", f"rounds 1 to {ROUNDS}", int(met.sum()), "F9", "Of these, pairs that met")
    frame = pd.DataFrame({
        "round": [drawn.get(p, ROUNDS) for p in pairs],
        "a": [a for a, _ in pairs],
        "b": [b for _, b in pairs],
        "eligible": _said(eligible, np.ones_like(eligible)),
        "assigned": _said(assigned, np.ones_like(eligible)),
        "met": _said(met, assigned),
        "tie_after": _said(after, eligible),
        "usefulness": [str(int(u)) if m else "" for u, m in zip(useful, met, strict=True)],
    })  # fmt: skip
    order = frame.assign(later=~assigned).sort_values(["later", "round", "a", "b"], kind="stable").index
    kept = {
        "first": [1], "last": [ROUNDS], "seed": [seed], "across": [ACROSS], "by": ["sector"], "odd": ["sit_out"],
        "private": ["no"], "members": ["; ".join(members)],
    }  # fmt: skip
    return {"introductions": frame.loc[order].reset_index(drop=True), "rounds": pd.DataFrame(kept)}


def _said(yes: NDArray[np.bool_], known: NDArray[np.bool_]) -> list[str]:
    return ["" if not k else "yes" if y else "no" for y, k in zip(yes, known, strict=True)]
