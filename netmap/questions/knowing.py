"""F11: whether knowledge and authority are at the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Chance, Finding, Locked
from .words import count, listing, name, percent, perturbed, plural

if TYPE_CHECKING:
    from ..evidence.knowing import Knowing
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F11"
QUESTION = "Are knowledge and authority at the same table?"

LEVEL = 0.05


def answer(study: Study) -> Finding | Locked:
    """Say for the topic furthest apart how many who know are near one who decides, and how small a table holds all."""
    found = study.knowing
    if found is None:
        return Locked(
            ID,
            QUESTION,
            ("capabilities: entity, capability, level, authority_for",),
            "It needs to be recorded who knows a topic and who may decide on it; nobody is recorded for both.",
        )
    one, many = study.word
    topic = found.topics[0]
    near = round(topic.near * topic.holders)
    chance = f"{percent(topic.expected)} of {many} picked at random are"
    told = "" if topic.p < LEVEL else ", which is no clear difference"
    headline = (
        f"For {topic.name}, {near:,} of {count(topic.holders, f'{one} that knows it', f'{many} that know it')} "
        f"{plural(near, 'is', 'are')} within two steps of one that decides ({chance}{told})."
    )
    if len(found.topics) > 1:
        all_near = sum(round(t.near * t.holders) for t in found.topics)
        holders = sum(t.holders for t in found.topics)
        headline += f" Over all {len(found.topics):,} topics it is {all_near:,} of {holders:,}."
    size = len(found.table.members)
    headline += f" A table of {count(size, one, many)} would hold knowledge and authority for all of them."
    side = "more than half" if topic.near > 0.5 else "no more than half"
    why = (
        f"In {percent(found.stands)} of {perturbed(study.mean_confidence, len(study.draws))} {side} are that near, those "
        f"who only could have it counted or not."
    )
    step = "Invite, to one conversation on each topic, one that knows and one that decides"
    return Finding(
        ID,
        QUESTION,
        headline,
        evidence={
            "topics": len(found.topics),
            "topics_nobody_is_recorded_for": len(found.silent),
            "holders": topic.holders,
            "deciders": topic.deciders,
            "share_near": topic.near,
            "share_near_by_chance": topic.expected,
            "share_near_if_all_who_could_know": topic.with_could,
            "smallest_table": size,
        },
        chance=Chance(f"as many {many} picked at random as know the topic", topic.expected, topic.p, found.draws),
        certainty=study.certainty(found.stands, beats_null=topic.p < LEVEL or None),
        why_certain=why,
        next_step=f"{step}: {listing([name(m) for m in found.table.members], most=8)} would do for all.",
        unnamed_step=f"{step}.",
        concerns=listing([name(m) for m in found.table.members], most=8) if topic.p < LEVEL else "",
        change=f"Those who know and those who decide on {count(len(found.topics), 'topic')} would sit at one table.",
        care=_care(found),
        table=tuple(
            {
                "topic": t.name,
                "know it": t.holders,
                "decide on it": t.deciders,
                "within two steps": percent(t.near),
                "by chance": percent(t.expected),
                "p after correction": f"{t.p:.3f}",
            }
            for t in found.topics
        ),
        audience="coordinator",
    )


def _care(found: Knowing) -> str:
    care = "It knows recorded skills only."
    if found.silent:
        care += (
            f" For {count(len(found.silent), 'topic')} nobody is recorded who knows it, or nobody who decides "
            f"({listing(found.silent, most=4)})."
        )
    return care + " Other tables as small may do as well: no verdict on who is not at this one."
