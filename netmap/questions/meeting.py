"""F8: who should meet next, why, and who could introduce them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..evidence.meeting import MOST
from ..finding import Chance, Chart, Finding, Locked, Step
from .words import count, listing, name, number, percent, perturbed, plural, tie_name

if TYPE_CHECKING:
    from ..evidence.meeting import Introduction, Meeting
    from ..study import Study

__all__ = ["CARE", "ID", "QUESTION", "answer", "reasons"]

ID = "F8"
QUESTION = "Who should meet next?"

LIKELY, FRAGILE = 0.7, 0.4
NAMED = 3
CARE = (
    "Offer, do not assign, and ask both first. Nearer is a possibility, not a promise: it cannot know who would get on. "
    "A pair that knows each other already is a tie missing from the data."
)


def answer(study: Study) -> Finding | Locked:
    """Name the few introductions that would bring most others nearer, with reasons, and how steady each is."""
    if study.network.nodes_are == "people" and study.network.shape == "ties":
        return Locked(
            ID, QUESTION, ("ties between organisations",),
            "People are introduced with their consent, by somebody who asks them; netmap proposes organisations only.",
        )  # fmt: skip
    if study.network.shape == "ties" and study.view.n > MOST:
        return Locked(
            ID, QUESTION, ("a part of the network: --kind or --wave",),
            f"Every pair would have to be looked at; that is done for up to {MOST:,} organisations.",
        )  # fmt: skip
    found = study.meeting
    if found is None:
        return Locked(ID, QUESTION, ("organisation, partner",), "It needs ties between three organisations or more.")
    if not found.chosen:
        return Locked(
            ID, QUESTION, ("organisations not yet in contact",),
            "Everybody who may be introduced is in contact already: there is nobody to introduce.",
        )  # fmt: skip
    held = [i for i in found.chosen if i.beyond and i.steady >= FRAGILE]
    firm = [i for i in held if i.steady >= LIKELY] or held
    firm = firm[:NAMED]
    sure = min(i.steady for i in firm or found.chosen[:1])
    best = (firm or found.chosen)[0]
    how = perturbed(study.mean_confidence, found.draws)
    compare = f"two picked at random would bring about {number(round(found.chance), 0)} nearer"
    if firm:
        headline = f"Introducing {_pair(best)} would help most: {'; '.join(reasons(best, study.word[1]))} ({compare})."
        if firm[1:]:
            headline += f" Next would be {listing([f'{_pair(i)} ({i.nearer:,} pairs nearer)' for i in firm[1:]])}."
        why = f"In {percent(sure)} of {how} {'it is' if len(firm) == 1 else 'each is'} still among the ten best."
        step = f"Ask {listing([_pair(i) for i in firm], 'or')} whether they would like to meet, and record yes or no."
    elif best.steady >= FRAGILE:
        headline = (
            f"No introduction stands out from two picked at random: of the {len(found.chosen)} chosen to go together, "
            f"{_pair(best)} would bring most, {best.nearer:,} of {count(found.pairs, 'pair')} of {study.word[1]}, nearer; two "
            f"picked at random bring about {number(round(found.chance), 0)}, usually {number(round(found.interval[0]), 0)} to "
            f"{number(round(found.interval[1]), 0)}."
        )
        why = f"In {percent(sure)} of {how} it is still among the ten best, but many pairs would do about as much."
        step = "Ask who would like to meet whom, and check first whether a tie is missing from the data."
    else:
        headline = (
            f"No single introduction stands out: the best that was found, {_pair(best)}, would bring {best.nearer:,} of "
            f"{count(found.pairs, 'pair')} of {study.word[1]} nearer ({compare}), but a few ties more or less and others are best."
        )
        why = f"Only in {percent(sure)} of {how} is it still among the ten best."
        step = "Ask who would like to meet whom, and check first whether a tie is missing from the data."
    return Finding(
        ID,
        QUESTION,
        headline,
        evidence={
            "introductions": len(found.chosen),
            "introductions_that_hold": len(held),
            "pairs": found.pairs,
            "pairs_nearer_with_the_best": best.nearer,
            "pairs_nearer_by_chance": found.chance,
            "rise_of_global_efficiency_with_the_best": best.gain,
            "holds_in_share_of_perturbed_networks": sure,
        },
        chance=Chance(
            f"two {study.word[1]} that are not in contact, drawn at random, are introduced (pairs nearer)",
            found.chance, interval=found.interval,
        ),
        certainty=study.certainty(sure, has_null=False) if firm else "cannot say",
        why_certain=f"{why} There is no null model for this, so it is never called solid.",
        next_step=step,
        care=f"{CARE}{_missing(found)}",
        table=tuple(_row(i, study) for i in found.chosen),
        charts=(_chart(found, study),),
        nodes=tuple(dict.fromkeys(x for i in firm for x in (i.first, i.second))),
        ties=tuple((i.first, i.second) for i in firm),
        steps=tuple(_step(i, study, found) for i in firm),
        audience="coordinator",
    )  # fmt: skip


def _pair(one: Introduction) -> str:
    return f"{name(one.first)} and {name(one.second)}"


def reasons(one: Introduction, words: str) -> list[str]:
    """Return why these two should meet, a clause each, the most important first.

    Parameters
    ----------
    words : str
        What the nodes are called, in the plural.
    """
    out = [f"{count(one.nearer, 'pair')} of {words} would be nearer{_by_how_much(one)}"]
    if one.shared:
        out.append(f"both rate {listing(one.shared, most=3)} high")
    elif one.alike == one.alike:
        out.append(f"they rate values {one.alike:.2f} alike (1: the same)")
    out += [f"{name(giver)} has {what}, which {name(taker)} needs" for giver, what, taker in one.brings[:2]]
    if one.joins is not None:
        out.append(f"it joins {one.joins[0]} and {one.joins[1]}, which are linked less than chance would have it")
    return [*out, _through(one)]


def _by_how_much(one: Introduction) -> str:
    said = []
    if one.before == one.before:
        said.append(f"on average {one.after:.1f} steps apart instead of {one.before:.1f}")
    if one.joined:
        said.append(f"{one.joined:,} had no way to each other before")
    return f" ({'; '.join(said)})" if said else ""


def _through(one: Introduction) -> str:
    known = one.introducers
    if not known:
        return "nobody recorded knows both: begin with a common occasion"
    if len(known) > 3:
        return f"{', '.join(name(i) for i in known[:2])} and {len(known) - 2} more know both and could introduce them"
    who = listing([name(i) for i in known])
    return f"{who} {plural(len(known), 'knows', 'know')} both and could introduce them"


def _missing(found: Meeting) -> str:
    if not found.known:
        return ""
    a, b, shared = found.known[0]
    return (
        f" {name(a)} and {name(b)} have {count(shared, 'contact')} in common and no tie: they probably know each other "
        "already. Is a tie missing from the data?"
    )


def _row(one: Introduction, study: Study) -> dict[str, object]:
    return {
        "first": name(one.first),
        "second": name(one.second),
        "pairs brought nearer": one.nearer,
        "why": "; ".join(reasons(one, study.word[1])[1:]),
        "still among the ten best": percent(one.steady),
        "how sure": study.certainty(one.steady, has_null=False) if one.beyond else "no more than chance",
    }


def _step(one: Introduction, study: Study, found: Meeting) -> Step:
    known = one.introducers
    through = f", through {name(known[0])} who knows both" if known else ""
    return Step(
        what=f"Offer {_pair(one)} a first conversation{through}.",
        who=listing([_pair(one), *(name(i) for i in known[:1])]) if known else _pair(one),
        why=_sentence("; ".join(reasons(one, study.word[1])[1:])),
        change=f"{count(one.nearer, 'pair')} of {study.word[1]} of {found.pairs:,} would be nearer{_by_how_much(one)}.",
        certainty=study.certainty(one.steady, has_null=False),
        finding=ID,
        pair=(one.first, one.second),
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _chart(found: Meeting, study: Study) -> Chart:
    return Chart(
        "bars",
        "How many would be nearer to each other with each introduction",
        tuple(
            {"label": tie_name(i.first, i.second), "value": float(i.nearer), "low": None, "high": None}
            for i in found.chosen
        ),
        unit="count",
        caption=f"Pairs of {study.word[1]} with fewer steps between them. Two picked at random: about "
        f"{number(round(found.chance), 0)} (usually {number(round(found.interval[0]), 0)} to "
        f"{number(round(found.interval[1]), 0)}).",
    )
