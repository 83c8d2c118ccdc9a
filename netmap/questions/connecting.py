"""F13: whether connections can meet the need first, and whether people are involved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..finding import Chart, Finding, Locked
from .words import count, listing, name, percent, perturbed, plural

if TYPE_CHECKING:
    from ..evidence.connecting import Connecting
    from ..measures.connecting import ConnectionFirst
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F13"
QUESTION = "Can connections meet the need first? Are people involved?"

SHOWN = 25
WAY_WORDS = {
    "long_term": "long term", "prevention": "prevention", "integration": "integration", "collaboration": "collaboration",
    "involvement": "involvement",
}  # fmt: skip


def answer(study: Study) -> Finding | Locked:
    """Say for how many needs somebody able is near, with and without the council, and who took part in decisions."""
    found = study.connecting
    if found is None:
        return Locked(
            ID,
            QUESTION,
            ("needs: holder, capability", "decisions: participants"),
            "It needs to be recorded who needs what (and who can do what), or who took part in which decision.",
        )
    near = found.found
    parts = []
    if near is not None:
        parts.append(_near(study, near, found.council))
    if found.taking is not None:
        parts.append(_took(found))
    if found.spill is not None and len(found.spill.loops):
        first = found.spill.loops.iloc[0]
        parts.append(
            f"At least {first['cases']:,.0f} cases a year come back along {count(len(found.spill.loops), 'loop')} of "
            "services that send each other demand."
        )
    evidence: dict[str, float | int | None] = {}
    if near is not None:
        whole = near.types.to_dict("index")["all"]
        evidence |= {
            "needs": len(near.needs),
            "share_near": whole["share"],
            "share_near_if_unknown_is_yes": whole["possible_share"],
            "share_near_without_the_council": whole["without"],
            "needs_with_a_second_provider_near": int((near.needs["second"].notna()).sum()),
        }
    if found.taking is not None:
        evidence |= {"decisions": found.taking.decisions, "decisions_with_citizens": found.taking.with_citizens}
    sure = found.stands if near is not None else 0.0
    if near is not None and found.tested:
        side = "more" if evidence["share_near"] and float(evidence["share_near"] or 0) > 0.5 else "no more"
        why = (
            f"In {percent(sure)} of {perturbed(study.mean_confidence, found.tested)} {side} than half of the needs have "
            "somebody able near, whether what nobody recorded of capabilities counts as no or as yes. Nothing exists to set "
            "it against."
        )
        certainty = study.certainty(sure, has_null=False)
    else:
        why = "Counted from the files; what nobody wrote down cannot be counted, and nothing exists to set it against."
        certainty = "likely" if near is None else "cannot say"
    if found.spill_refused:
        why += f" What services pass on to each other is not counted: {found.spill_refused}"
    return Finding(
        ID,
        QUESTION,
        " ".join(parts),
        evidence=evidence,
        certainty=certainty,
        why_certain=why,
        next_step=_step(near),
        unnamed_step="Try an introduction or two before a service is offered.",
        concerns=_whom(near),
        change="A need might be met by somebody near before a service has to be offered." if _whom(near) else "",
        care="Near is a possibility: unpaid time is not free, safeguarding comes first, and a statutory duty stays one. Only "
        "capabilities somebody recorded are known.",
        table=() if near is None else _rows(near),
        charts=_charts(found),
        audience="public" if near is None else "coordinator",
    )


def _near(study: Study, near: ConnectionFirst, council: tuple[str, ...]) -> str:
    types = near.types.to_dict("index")
    whole = types["all"]
    if math.isnan(whole["share"]):
        return f"{count(len(near.needs), 'need')} {plural(len(near.needs), 'is', 'are')} recorded, for nobody."
    kinds = [t for t in types if t != "all"]
    of = f"{kinds[0]}s" if len(kinds) == 1 else "needs"
    people = f" (for {whole['people']:,.0f} people)" if whole["people"] > whole["needs"] else ""
    said = f"Of {len(near.needs):,} {of}{people}, {percent(whole['share'])} have somebody able within two trusted steps"
    if whole["possible_share"] - whole["share"] > 0.005:
        said += f" (up to {percent(whole['possible_share'])} if whoever could, can)"
    if council:
        who = "the council" if len(council) == 1 else f"the {len(council)} councils"
        said += f"; without {who} {percent(whole['without'])}"
    nobody = int((near.needs["near"] == 0).sum())
    away = int((~near.needs["placed"].astype(bool)).sum())
    rest = f" For {count(nobody, 'need')} nobody near is recorded as able."
    return f"{said}.{rest if nobody else ''}" + (
        f" {count(away, 'holder')} {plural(away, 'is', 'are')} not in the network of {study.word[1]}." if away else ""
    )


def _took(found: Connecting) -> str:
    taking = found.taking
    if taking is None:
        return ""
    missing = taking.decisions - taking.recorded
    unknown = f"; who took part in {missing:,} is not recorded" if missing else ""
    return f"Citizens took part in {taking.with_citizens:,} of {count(taking.decisions, 'decision')}{unknown}."


def _step(near: ConnectionFirst | None) -> str:
    if near is None:
        return "Ask for one coming decision whom it will touch, and invite them before it is drafted."
    table = near.needs
    known = table[(table["near"] > 0)]
    if not len(known):
        return "Ask the holders of needs whom they would turn to: somebody able may be near and not recorded."
    tries = min(3, len(known))
    first = known.sort_values(["steps", "people"], ascending=[True, False], kind="stable").head(tries)
    said = listing([f"{name(h)} and {name(f)}" for h, f in zip(first["holder"], first["first"], strict=True)])
    return f"Try {count(tries, 'introduction')} before a service is offered: {said}."


def _whom(near: ConnectionFirst | None) -> str:
    if near is None:
        return ""
    known = near.needs[near.needs["near"] > 0].sort_values(["steps", "people"], ascending=[True, False], kind="stable").head(3)
    return listing(list(dict.fromkeys(name(h) for h in known["holder"])))


def _rows(near: ConnectionFirst) -> tuple[dict[str, object], ...]:
    table = near.needs.sort_values(["near", "people"], ascending=[True, False], kind="stable").head(SHOWN)
    out = []
    for need, row in table.to_dict("index").items():
        out.append({
            "need": str(need),
            "of": name(row["holder"]) if row["placed"] else "not in the network",
            "what": row["capability"] or "not recorded",
            "able near": int(row["near"]),
            "could be": int(row["possible"]),
            "nearest": name(row["first"]) if row["first"] else "nobody recorded",
            "introduced by": name(row["through"]) if row["through"] else "",
            "steps to a second": "" if math.isnan(row["second"]) else int(row["second"]),
        })  # fmt: skip
    return tuple(out)


def _charts(found: Connecting) -> tuple[Chart, ...]:
    charts = []
    if found.found is not None:
        types = found.found.types.to_dict("index")
        rows = tuple(
            {"label": f"{t} ({row['needs']:.0f})", "value": row["share"], "low": row["share"], "high": row["possible_share"]}
            for t, row in types.items()
            if not math.isnan(row["share"])
        )
        charts.append(Chart("bars", "Needs with somebody able near", rows,
                            caption="Weighted by people; the line goes to what it would be if whoever could, can."))  # fmt: skip
    if found.ways:
        rows = tuple({"label": WAY_WORDS[w], "value": float(n), "low": None, "high": None} for w, n in found.ways.items())
        charts.append(Chart("bars", "Ties that show each of the five ways of working", rows, unit="count",
                            caption="As recorded of ties; no score of compliance."))  # fmt: skip
    return tuple(charts)
