"""Write down the truth: every planted fact as a count made from the draws themselves, not from any measure."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .accountability import Character
from .networks import Membership
from .organisations import SECTORS, Cast
from .records import Records
from .structure import Plan
from .truth import Facts, joined
from .values import ITEMS
from .waves import History

__all__ = ["note_accountability", "note_changes", "note_networks", "note_sectors", "note_structure", "note_values"]

IntArray = NDArray[np.int64]


def note_structure(facts: Facts, who: Cast, plan: Plan) -> None:
    """Note cutpoints with the share of other pairs they separate, and bridges with the share of pairs they join."""
    sizes = np.bincount(plan.block[plan.block >= 0])
    tied = int(sizes.sum())
    others, pairs = (tied - 1) * (tied - 2) / 2, tied * (tied - 1) / 2
    for number, (gate, door) in enumerate(zip(plan.gates, plan.doors, strict=True), start=1):
        far = int(sizes[number])
        near = str(who.ids[gate])
        facts.note(
            "cutpoint", near, far * (tied - 1 - far) / others, "F1",
            "Share of the pairs of other organisations that lose contact if this one steps back",
        )  # fmt: skip
        if door >= 0:
            inner = str(who.ids[door])
            facts.note(
                "cutpoint", inner, (far - 1) * (tied - far) / others, "F1",
                "The inner end of a planted bridge: share of the pairs of others that lose contact without it",
            )  # fmt: skip
            facts.note(
                "bridge", joined(near, inner), far * (tied - far) / pairs, "F1",
                "Share of pairs for which this tie is the only way",
            )  # fmt: skip
    facts.note(
        "cutpoints", "all", sum(1 if door < 0 else 2 for door in plan.doors), "F1",
        "How many organisations are the only way between others; there are no more",
    )  # fmt: skip
    facts.note("bridges", "all", sum(door >= 0 for door in plan.doors), "F1", "How many ties are the only way; no more")
    facts.note("alone", "all", int((plan.block < 0).sum()), "F1", "Organisations without any tie")


def note_accountability(facts: Facts, history: History, nature: Character, n: int) -> None:
    """Count chosen, hard-wired and unsupported ties of the latest wave, by pair and kind."""
    now = nature.pair < history.latest
    pair, wired, forced = nature.pair[now], nature.wired[now] == 2, nature.forced[now]
    low, high = history.keys[pair] // n, history.keys[pair] % n
    held = np.zeros(n, dtype=bool)
    held[low[wired]] = held[high[wired]] = True
    optional = ~wired & ~forced
    for fact, count, meaning in (
        ("tie_records", pair.size, "Ties of the latest wave, counted by pair and kind"),
        ("hardwired", int(wired.sum()), "Of these, hard-wired (five or six of six items)"),
        ("mandated", int(forced.sum()), "Of these, mandated"),
        ("optional", int(optional.sum()), "Chosen and not hard-wired"),
        ("unsupported", int((optional & ~held[low] & ~held[high]).sum()), "Optional, no hard-wired tie at either end"),
    ):
        facts.note(fact, "latest wave", int(count), "F2", meaning)


def note_values(
    facts: Facts,
    alignment: str,
    gap: tuple[IntArray, IntArray, int, float] | None,
    pair: tuple[str, str] | None,
    ratings: IntArray,
    rated: NDArray[np.bool_],
) -> None:
    """Note how partners resemble each other, and the gap between two networks as it came out after rounding."""
    facts.note("alignment", "ties", alignment, "F4", "How far partners' values were made alike")
    if gap is not None and pair is not None:
        first, second, item, _ = gap
        high = float(ratings[first[rated[first]], item].mean()) if rated[first].any() else float("nan")
        low = float(ratings[second[rated[second]], item].mean()) if rated[second].any() else float("nan")
        facts.note(
            "misalignment", joined(*pair), high - low, "F4 by network",
            f"Mean gap on {ITEMS[item]} between those in one of the two networks only; {pair[0]} rates it higher",
        )  # fmt: skip
        facts.note(
            "misaligned_item", joined(*pair), ITEMS[item], "F4 by network", "The item on which these networks differ"
        )
    facts.note("values_rated", "organisations", int(rated.sum()), "F4", "Organisations with values ratings")


def note_sectors(facts: Facts, sectors: str, who: Cast, low: IntArray, high: IntArray) -> None:
    """Note whether ties across sectors were made rare, and how many there are."""
    across = who.kind[low] != who.kind[high]
    facts.note("sectors", "ties", sectors, "F6", "Ties across sectors: few, or as chance has it")
    facts.note("across_sectors", "latest wave", int(across.sum()), "F6", "Pairs tied across sectors")
    if sectors == "few":
        a, b = SECTORS.index("private"), SECTORS.index("voluntary")
        rare = (np.minimum(who.kind[low], who.kind[high]) == min(a, b)) & (
            np.maximum(who.kind[low], who.kind[high]) == max(a, b)
        )
        facts.note(
            "fewest_across", joined("private", "voluntary"), int(rare.sum()), "F6", "Pairs tied; made rarer than any"
        )


def note_networks(facts: Facts, who: Cast, joins: Membership, ids: NDArray[Any]) -> None:
    """Note the planted overlap, the pairs of networks with a single shared member, and those apart."""
    if joins.overlapping is not None:
        a, b = joins.overlapping
        shared = np.intersect1d(joins.member[joins.network == a], joins.member[joins.network == b]).size
        facts.note("overlap", joined(str(ids[a]), str(ids[b])), int(shared), "F7", "Members these networks share")
    for a, b, gate in joins.linked:
        facts.note(
            "single_link", joined(str(ids[a]), str(ids[b])), str(who.ids[gate]), "F7",
            "The only member these networks share; the second shares nobody with any other",
        )  # fmt: skip
    for a in joins.apart:
        facts.note("apart", str(ids[a]), 0, "F7", "Members this network shares with any other")


def note_changes(facts: Facts, history: History, records: Records, years: tuple[int, ...]) -> None:
    """Count the ties that stayed, began and ended between waves, and the steps up and down the ladder."""
    for w in range(1, len(years)):
        before, now = history.present[:, w - 1], history.present[:, w]
        old, new = records.levels[w - 1], records.levels[w]
        stayed = (old > 0) & (new > 0)
        span = f"{years[w - 1]} to {years[w]}"
        for fact, count, meaning in (
            ("persisted", (before & now).sum(), "Pairs tied in both waves"),
            ("began", (~before & now).sum(), "Pairs tied in the later wave only"),
            ("ended", (before & ~now).sum(), "Pairs tied in the earlier wave only"),
            ("moved_up", (stayed & (new > old)).sum(), "Ties (pair and kind) that moved up the ladder"),
            ("moved_down", (stayed & (new < old)).sum(), "Ties (pair and kind) that moved down"),
        ):
            facts.note(fact, span, int(count), "F15", meaning)
