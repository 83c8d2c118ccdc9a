"""F4: whether partners share values, and where a conversation about them is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Chance, Chart, Finding, Locked
from .words import count, listing, percent, perturbed, plural

if TYPE_CHECKING:
    from ..evidence.alignment import Alignment
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F4"
QUESTION = "Do partners share values; where is negotiation needed?"

COVERED = 0.6
LEVEL = 0.05
NARROW = 0.1


def answer(study: Study) -> Finding | Locked:
    """Say whether partners are more alike in values than chance gives, where they differ most, and what is anchored."""
    words = study.word[1]
    if study.network.nodes_are == "people":
        return Locked(
            ID,
            QUESTION,
            ("values of organisations",),
            "People's values are personal: netmap compares the values of organisations only.",
        )
    found = study.alignment
    if found is None:
        return Locked(
            ID,
            QUESTION,
            ("values: entity, item, rating",),
            "It needs what each organisation says it values: a values table, or columns named values:ITEM.",
        )
    if found.compared == 0:
        return Locked(
            ID,
            QUESTION,
            ("values of both ends of a tie",),
            "No tie joins two organisations that both answered the same value questions (three at least).",
        )
    above = found.observed > found.expected
    beyond = found.p < LEVEL
    covered = found.compared / found.ties
    a, b = f"{found.observed:.2f}", f"{found.expected:.2f}"
    how_alike = "more" if beyond and above else "less" if beyond else "no more and no less"
    headline = (
        f"Partners are {how_alike} alike in values than any two {words} picked at random: similarity {a} against {b} "
        f"by chance, over {count(found.compared, study.tie_word)} whose both ends answered."
    )
    if found.anchors:
        headline += f" Most call {listing([q for q, _ in found.anchors], most=4)} non-negotiable."
    if found.gaps:
        headline += f" Partners differ most on {listing([g.item for g in found.gaps[:2]])}."
    headline += _between(study)
    sure = found.stands
    certainty = study.certainty(sure, beats_null=beyond or None)
    thin = covered < COVERED
    if thin:
        certainty = "cannot say"
    widest = found.gaps[0].item if found.gaps else "what you value"
    draws = study.replay["loss"].shape[0]
    if beyond:
        why = f"In {percent(sure)} of {perturbed(study.mean_confidence, draws)} this stays so and stays beyond chance."
    else:
        why = (
            f"In {percent(sure)} of {perturbed(study.mean_confidence, draws)} the difference from chance stays small "
            f"(within {NARROW} of the scale). With these data a difference of about {found.detectable:.2f} "
            "would have shown."
        )
    if thin:
        why = (
            f"Values are known at both ends of {percent(covered)} of the ties; below {percent(COVERED)} netmap "
            "does not say. " + why
        )
    return Finding(
        ID,
        QUESTION,
        headline,
        evidence={
            "similarity": found.observed,
            "expected": found.expected,
            "ties_compared": found.compared,
            "ties": found.ties,
            "organisations_with_values": found.entities,
            "items": len(found.items),
            "smallest_difference_that_would_show": found.detectable,
        },
        chance=Chance(
            "value profiles dealt out at random among the organisations that answered",
            found.expected,
            found.p,
            found.draws,
            found.interval,
        ),
        certainty=certainty,
        why_certain=why,
        next_step=f"Put {widest} on the agenda of the next joint meeting, and say out loud which values nobody would "
        "give up."
        if found.gaps
        else "Ask partners which values they would not give up.",
        care="Being alike is not required: a difference may be the value of a tie. Similarity is of what was written "
        "down, on the scale used; these are values of organisations, never of people.",
        table=tuple(
            {
                "item": g.item,
                "partners differ by (share of the scale)": f"{g.gap:.2f}",
                "any two differ by": f"{g.expected:.2f}",
                "ties compared": g.ties,
                "say it is non-negotiable": f"{g.anchored} of {g.rated}",
            }
            for g in found.gaps
        ),
        charts=_charts(found),
        audience="public",
        ties=(),
    )


def _between(study: Study) -> str:
    """Name the two networks whose members differ most surely, and on what."""
    valuing = study.valuing
    if valuing is None or not (valuing.gaps["q"] < LEVEL).any():
        return ""
    sure = valuing.gaps[valuing.gaps["q"] < LEVEL]
    first = sure.iloc[0]
    called = study.network.group_names()
    one, other = (called.get(first[k], first[k]) for k in ("first", "second"))
    more = f", and {count(len(sure) - 1, 'more such gap')} stand in the report" if len(sure) > 1 else ""
    return (
        f" Members of {one} and of {other} differ by {abs(first['gap']):.1f} of 5 steps on {first['item']}, beyond chance{more}."
    )


def _charts(found: Alignment) -> tuple[Chart, ...]:
    strip = Chart(
        "strip",
        "How alike the two ends of each tie are",
        tuple({"label": "", "value": float(v)} for v in found.tie_values),
        unit="similarity",
        caption=f"One mark a tie, 1 is the same answers. {count(found.compared, 'tie')} "
        f"{plural(found.compared, 'has', 'have')} answers at both ends.",
        marks={"partners": found.observed, "by chance": found.expected},
    )
    bars = Chart(
        "bars",
        "Where partners are furthest apart",
        tuple({"label": g.item, "value": g.gap, "low": None, "high": None} for g in found.gaps[:10]),
        unit="similarity",
        caption="Mean difference between the two ends of a tie, as a share of the scale.",
    )
    return (strip, bars) if found.gaps else (strip,)
