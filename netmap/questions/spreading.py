"""F5: who could carry a message furthest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Chance, Finding, Locked
from .words import count, listing, name, percent, perturbed, plural

if TYPE_CHECKING:
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F5"
QUESTION = "Who can carry a message furthest?"

LEVEL = 0.05
AS_WELL = 1e-9
NEARLY = 0.95


def answer(study: Study) -> Finding | Locked:
    """Name the smallest set of organisations from which most are within two steps, and the sets that do as well."""
    if study.network.nodes_are == "people":
        why = "Whom to ask among people is theirs to say: netmap looks at organisations only."
        return Locked(ID, QUESTION, ("ties between organisations",), why)
    found = study.spreading
    if found is None:
        why = "It needs ties between six organisations at least."
        return Locked(ID, QUESTION, ("organisation", "partner"), why)
    word, words = study.word
    along = f" along {found.layer} ties" if found.layer else ""
    equal = [s for s, value in found.others if value >= found.share - AS_WELL]
    near = [s for s, value in found.others if value >= NEARLY * found.share - AS_WELL]
    searched = "every set of that size was tried" if found.optimal else "the best set found; not every one was tried"
    size = len(found.seeds)
    again = ""
    if equal:
        more = "or more " if len(equal) == len(found.others) else ""
        again = f" {count(len(equal), 'other set')} {more}of that size {plural(len(equal), 'does', 'do')} just as well."
    elif near:
        again = f" {count(len(near), 'other set')} {plural(len(near), 'comes', 'come')} within a twentieth of it."
    reached = f"{percent(found.share)} of all other {words} are within two steps{along} ({searched})."
    beyond = found.p < LEVEL
    first = min(found.others, key=lambda s: -s[1])[0] if found.others else ()
    return Finding(
        ID,
        QUESTION,
        f"Starting with {listing([name(s) for s in found.seeds])}, {reached}{again}",
        unnamed=f"Starting with {count(size, word, words)}, {reached}{again}",
        unnamed_step=f"Ask the {words} it names first, and whether they have room for it.",
        evidence={
            "share_within_two_steps": found.share,
            "starting": size,
            "share_from_the_best_one_alone": found.alone,
            "sets_that_do_as_well": len(equal),
            "every_set_tried": int(found.optimal),
            "ties_followed": found.ties,
        },
        chance=Chance(
            f"{count(size, word, words)} picked at random", found.expected, found.p, found.draws, found.interval
        ),
        certainty=study.certainty(found.stands, beats_null=beyond or None),
        why_certain=f"In {percent(found.stands)} of {perturbed(study.mean_confidence, study.how_many)} the same set still "
        "reaches at least 95% of what the best set found there reaches. A set that was searched for is far from chance by "
        "design: chance says how far.",
        next_step=f"When something is to reach all, ask {listing([name(s) for s in found.seeds])} first, and whether they have room "
        "for it"
        + (f"; {listing([name(s) for s in first])} would do as well." if equal and first else "."),
        concerns=listing([name(s) for s in found.seeds]) if beyond or found.share >= NEARLY else "",
        change=f"{percent(found.share)} of all other {words} could hear of it in two steps.",
        care="Within reach is a possibility, not persuasion: it does not say that anybody passes anything on. Check the load "
        "of those asked.",
        table=tuple(
            {"starting with": "; ".join(name(s) for s in each), "within two steps": percent(value)}
            for each, value in ((found.seeds, found.share), *found.others)
        ),
        nodes=found.seeds,
        audience="coordinator",
    )
