"""The page of accountability: chosen or forced, accountable or loose, what rests on it, and how close ties are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..finding import Chart, Page, Part
from ..questions.words import count, listing, name, percent, plural

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..evidence.wiring import Wiring
    from ..study import Study

__all__ = ["page"]

LEVEL = 0.05
ITEMS = {
    "hw_agreement": "a written agreement",
    "hw_owner": "a named owner on both sides",
    "hw_deliverables": "agreed outcomes",
    "hw_review": "a review or report",
    "hw_consequence": "a consequence or escalation",
    "hw_pooled": "pooled resources or decisions",
}
NAMED = 40
SMALLEST = 5
CARE = (
    "Mandate (chosen or forced), accountability (hard-wired or loose) and intensity (how close) are three things and are "
    "never added up. No corner of the picture is the good one. The hard-wired index is netmap's own (proposed)."
)


def page(study: Study) -> Page | None:
    """Return the page of accountability, or None where neither accountability nor intensity is known."""
    found = study.wiring
    if found is None:
        return None
    parts = [_backbone(study, found), _items(found), _kinds(found), _without(study, found), _close(found), _goes_with(found), _over_time(found)]
    shown = tuple(p for p in parts if p is not None)
    return Page("accountability", "Accountability and intensity", CARE, shown) if shown else None


def _backbone(study: Study, found: Wiring) -> Part | None:
    if not found.known:
        return None
    backing = study.backing
    none, known, yes = (found.supported.loc[row] for row in ("unknown is no", "known", "unknown is yes"))
    text = [
        f"{backing.hard_pairs:,} of {count(study.view.m, 'tie')} {plural(backing.hard_pairs, 'is', 'are')} hard-wired; "
        f"{backing.without:,} of {count(study.n_units, *study.word)} {plural(backing.without, 'has', 'have')} none."
    ]
    if none["optional"] > 0:
        bounds = ""
        if known["optional"] != none["optional"] and yes["optional"] > 0:
            bounds = (
                f" (were everything unrecorded accountable, {yes['supported']:.0f} of {yes['optional']:.0f}; with the "
                f"unrecorded left out, {known['supported']:.0f} of {known['optional']:.0f})"
            )
        text.append(
            f"{none['supported']:.0f} of {none['optional']:.0f} optional ties have a hard-wired tie at either end to lean "
            f"on{bounds}."
        )
    if backing.expected is not None and backing.interval is not None:
        low, high = backing.interval
        text.append(
            f"With hard-wired ties alone {percent(backing.kept)} of the connected pairs stay connected; as many ties picked "
            f"at random keep {percent(backing.expected)} (usually {percent(low)} to {percent(high)})."
        )
    return Part("What the hard-wired ties hold together", tuple(text))


def _items(found: Wiring) -> Part | None:
    frame = found.items
    asked = frame[(frame["yes"] + frame["no"]) > 0]
    if not len(asked):
        return None
    share = asked["yes"] / (asked["yes"] + asked["no"])
    rows = tuple(
        {"label": ITEMS[str(item)], "value": float(v), "low": None, "high": None}
        for item, v in sorted(share.items(), key=lambda s: (-s[1], str(s[0])))
    )
    unknown = int(asked["unknown"].sum())
    return Part(
        "What makes ties accountable here",
        (f"{count(unknown, 'answer')} {plural(unknown, 'is', 'are')} missing.",) if unknown else (),
        (Chart("bars", "Which of the six items ties have", rows, caption="Share of the reports that answered yes or no."),),
    )


def _kinds(found: Wiring) -> Part | None:
    if not found.known:
        return None
    rows = tuple(
        {
            "kind of tie": str(kind),
            "ties": int(row["ties"]),
            "hard-wired": int(row["hard"]),
            "not recorded": int(row["unknown"]),
        }
        for kind, row in found.kinds.to_dict("index").items()
    )
    return Part("By kind of tie", table=rows, caption="A pair and a kind is counted once")


def _without(study: Study, found: Wiring) -> Part | None:
    if not found.known or not found.without or not study.backing.hard_pairs:
        return None
    names = [name(i) for i in found.without[:NAMED]]
    more = f" and {len(found.without) - NAMED:,} more (organisations.csv has all)" if len(found.without) > NAMED else ""
    return Part(
        f"{study.word[1].capitalize()} without a hard-wired tie",
        (f"{', '.join(names)}{more}.", "That is no fault: ask whether anything of theirs needs being held to account."),
        audience="coordinator",
    )


def _close(found: Wiring) -> Part | None:
    table = found.ladder
    if table is None:
        return None
    whole = table.loc["all"].to_dict()
    rows: list[Mapping[str, Any]] = []
    for kind, row in table.to_dict("index").items():
        for level in range(1, 6):
            share = float(row[f"from_{level}"])
            rows.append({
                "row": f"{kind} ({row['ties']:.0f})", "column": f"{level} or more", "value": share, "shown": percent(share),
                "mark": False,
            })  # fmt: skip
    text = [
        f"Middle level {whole['median']:g} of 5 over {count(int(whole['ties']), 'tie')} (a pair and a kind). "
        "1: exchange information, 3: share resources, 5: one system. Higher is not better."
    ]
    if whole["two_reports"] > 0:
        text.append(
            f"In {percent(float(whole['differ']))} of the {count(int(whole['two_reports']), 'tie')} reported from both "
            "ends the two differ; both are kept."
        )
    chart = Chart("heat", "How close ties are, by kind", tuple(rows), unit="share",
                  caption="Share of the ties of each kind at that level or above; netmap's ladder (proposed).")  # fmt: skip
    return Part("How close ties are", tuple(text), (chart,))


def _over_time(found: Wiring) -> Part | None:
    """How ties moved between waves, and how often they became hard-wired."""
    text: list[str] = []
    rows: list[Mapping[str, Any]] = []
    moves, action = found.moves, found.action
    if moves is not None and moves.up + moves.down + moves.same >= SMALLEST:
        text.append(
            f"From {moves.waves[0]} to {moves.waves[1]}, of {count(moves.up + moves.down + moves.same, 'tie')} with a level in "
            f"both, {moves.up:,} moved up the ladder, {moves.down:,} down and {moves.same:,} stayed."
        )
    if action is not None:
        whole = action.summary.loc["all"].to_dict()
        of = f"{found.action_by} tie" if found.action_by else "tie"
        text.append(
            f"Of {count(int(whole['ties']), of)} watched from wave to wave that were loose when first seen, "
            f"{int(whole['became']):,} became hard-wired, {int(whole['ended']):,} ended first and {int(whole['running']):,} "
            "still run."
        )
        last = action.curves[action.curves["group"] == "all"].tail(1).to_dict("records")
        if last and whole["became"] >= SMALLEST:
            end = last[0]
            text.append(
                f"After {end['years']:.0f} years {percent(end['incidence'])} had ({percent(end['low'])} to "
                f"{percent(end['high'])}), the end of a tie counted as what it is; those still running count as long as they "
                "were watched."
            )
        each = action.summary.to_dict("index")
        told = [g for g in each if g != "all" and each[g]["ties"] >= SMALLEST]
        rows = [
            {"came from": str(g), **{w: int(each[g][w]) for w in ("ties", "became", "ended", "running")}} for g in told
        ]
        text.append("Nothing says that a tie ought to become hard-wired.")
    if not text:
        return None
    return Part("From wave to wave", tuple(text), table=tuple(rows), caption="What became of ties, by where they came from")


def _goes_with(found: Wiring) -> Part | None:
    """What the quadrants are rated, with false discoveries held down over all of them."""
    from ..chance.fdr import benjamini_hochberg

    if not found.tests:
        return None
    rows = [
        {
            "what": of,
            "mandate": cell["mandate"],
            "accountability": cell["wiring"],
            "ties": int(cell["ties"]),
            "mean": "too few to show" if np.isnan(cell["mean"]) else f"{cell['mean']:.2f}",
        }
        for of, test in found.tests.items()
        for cell in test.cells.to_dict("records")
    ]
    terms = [(of, str(term), row) for of, test in found.tests.items() for term, row in test.terms.to_dict("index").items()]
    q = benjamini_hochberg(np.array([row["p"] for _, _, row in terms]))
    sure = [
        f"{of} is {'higher' if row['coefficient'] > 0 else 'lower'} where ties are {term} "
        f"(by {abs(row['coefficient']):.1f}, q {'under 0.001' if v < 0.001 else f'{v:.3f}'})"
        for (of, term, row), v in zip(terms, q, strict=True)
        if v < LEVEL
    ]
    why = sorted({test.why for test in found.tests.values() if test.why})
    tested = [of for of, test in found.tests.items() if not test.why]
    text = []
    if sure:
        text.append(f"Beside the level of each organisation, {listing(sure)}. Which came first is not known.")
    elif tested:
        text.append(
            f"Beside the level of each organisation, {listing(tested)} {plural(len(tested), 'does', 'do')} not differ "
            "between accountable and loose, or between forced and chosen ties, beyond chance."
        )
    if why and len(tested) < len(found.tests):
        text.append(f"Not compared for {listing([of for of, t in found.tests.items() if t.why])}: {listing(why)}.")
    return Part("What goes with it", tuple(text), table=tuple(rows), caption="Means by mandate and accountability")
