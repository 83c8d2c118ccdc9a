"""F16: what value is created, and who is best placed to create it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..evidence.placing import MOST
from ..finding import Chart, Finding, Locked
from .words import count, listing, name, number, percent, plural

if TYPE_CHECKING:
    from ..evidence.placing import Coalition, Placing
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F16"
QUESTION = "What value is created, and who is best placed?"

NAMED = 8
CARE = (
    "Not procurement advice. Ratings are opinions and capabilities what somebody recorded: declare interests, and let those "
    "who are served have the last word on what value means. Others may do as well; being alike is not required."
)


def answer(study: Study) -> Finding | Locked:
    """Set three ways beside each other: one organisation as it is, what it would have to move, and a coalition."""
    if study.network.nodes_are == "people":
        why = "What people can do is theirs to say; netmap looks for organisations only."
        return Locked(ID, QUESTION, ("capabilities of organisations",), why)
    found = study.placing
    if found is None:
        why = f"It needs to be recorded who has which capability, of up to {MOST:,} organisations that are in the network."
        return Locked(ID, QUESTION, ("capabilities: entity, capability, status", "values: entity, item, rating"), why)
    chosen = found.alike or found.smallest
    total = len(found.needed)
    ways = [_as_it_is(found), *_moving(found), *_together(found, chosen)]
    if found.uncovered:
        ways.append(f"Nobody has {listing(found.uncovered)}: no coalition can bring {plural(len(found.uncovered), 'it', 'them')}")
    known = found.stands == found.stands
    what = "recorded as needed" if found.recorded else "recorded (no need is)"
    return Finding(
        ID,
        QUESTION,
        f"Of {count(total, 'capability', 'capabilities')} {what}: {'. '.join(ways)}.",
        unnamed=_unnamed(found, chosen),
        evidence={
            "capabilities": total,
            "capabilities_nobody_has": len(found.uncovered),
            "capabilities_one_alone_has": int((found.coverage["providers"] == 1).sum()),
            "covered_by_the_best_single": found.single.covers if found.single else 0,
            "alignment_of_the_best_single": found.single.alignment if found.single else None,
            "alignment_asked_for": found.level,
            "smallest_coalition": len(found.smallest.members) if found.smallest else None,
            "smallest_coalition_at_that_alignment": len(chosen.members) if found.alike and chosen else None,
            "holds_when_a_rating_moves": found.stands,
            "holds_when_all_ratings_move": found.together,
        },
        certainty=study.certainty(found.stands, has_null=False) if known else "cannot say",
        why_certain=_why(found, chosen),
        next_step=f"Ask {listing([name(m) for m in chosen.members], most=NAMED)} whether they would try one thing together, "
        "and test with the people served what value means to them."
        if chosen and len(chosen.members) > 1
        else "Test with the people served what value means to them, and ask who else could do this.",
        unnamed_step="Test with the people served what value means to them, and ask who else could do this.",
        concerns=listing([name(m) for m in chosen.members], most=NAMED) if chosen and len(chosen.members) > 1 else "",
        change=f"{count(total - len(found.uncovered), 'capability', 'capabilities')} could come from one group, of which "
        f"the best single one has {found.single.covers}."
        if found.single
        else "",
        care=CARE,
        table=tuple(_row(found, row) for row in found.coverage.reset_index().to_dict("records")),
        charts=_charts(found),
        nodes=tuple(chosen.members) if chosen else (),
        audience="coordinator",
    )


def _as_it_is(found: Placing) -> str:
    one = found.single
    if one is None:
        return "nobody has any of them"
    alike = f", with values {one.alignment:.2f} alike to those it would serve" if one.alignment == one.alignment else ""
    return f"as it is, the best single one, {name(one.who)}, has {one.covers:,}{alike}"


def _moving(found: Placing) -> list[str]:
    """What the best single one would have to move to be as alike as asked."""
    one = found.single
    if one is None or one.move is None:
        return []
    if one.move.items.empty:
        said = f"It need not move its values to be {found.level:.2f} alike"
    else:
        moves = [f"{item} by {abs(by):.2f} of the scale {'up' if by > 0 else 'down'}" for item, by in one.move.items["by"].items()]
        said = f"To be {found.level:.2f} alike it would move {listing(moves, most=3)}"
    return [said + (f", and would still lack {len(one.lacks):,}" if one.lacks else "")]


def _together(found: Placing, chosen: Coalition | None) -> list[str]:
    if chosen is None:
        return [f"A coalition that has all could not be found: {found.why}"] if found.single else []
    who = listing([name(m) for m in chosen.members], most=NAMED)
    which = "all" if not found.uncovered else "all that anybody has"
    if len(chosen.members) == 1:
        return []
    if found.alike is None:
        level = "" if found.frontier is None else f"; at {found.level:.2f} alike, or any likeness tried, none was found"
        return [f"Together {who} have {which}{level}"]
    out = f"Together {who} have {which}, every two at least {found.reached:.2f} alike"
    if found.reached < found.level - 1e-9:
        out += f" (at {found.level:.2f}, as partners are now, no coalition has)"
    elif found.smallest is not None and len(found.smallest.members) < len(chosen.members):
        out += f"; without regard to values {len(found.smallest.members):,} would do"
    return [out]


def _unnamed(found: Placing, chosen: Coalition | None) -> str:
    size = f" A coalition of {len(chosen.members):,} has all that anybody has." if chosen else ""
    covers = found.single.covers if found.single else 0
    asked = "needed" if found.recorded else "recorded"
    return f"Of {count(len(found.needed), 'capability', 'capabilities')} {asked} the best single organisation has {covers:,}.{size}"


def _why(found: Placing, chosen: Coalition | None) -> str:
    proof = ""
    if chosen is not None:
        proof = (
            "No smaller one has all. "
            if chosen.proven
            else f"Whether a smaller one has all is not proven: the search stopped at its limit, at a bound of {chosen.bound:g}. "
        )
    if found.stands != found.stands:
        return f"{proof}Ratings of values are known of too few of its members, so how far this rests on them cannot be told."
    return (
        f"{proof}With any one rating of its members moved by its spread or one point (on average {number(found.moved_by, 1)}), up or "
        f"down, it still serves at {found.reached:.2f} in {percent(found.stands)} of {found.moves:,} cases; with all of them moved at "
        f"once at random, in {percent(found.together)}. Nothing exists to set this against, so it is never called solid."
    )


def _row(found: Placing, row: dict[Any, Any]) -> dict[str, object]:
    out: dict[str, object] = {
        "capability": str(row["capability"]),
        "have it": int(row["providers"]),
        "could have it": int(row["could"]),
        "need it": int(row["needing"]),
        "one alone": name(row["single"]) if row["single"] else "",
    }
    if found.coverage["capacity"].notna().any():
        out["capacity"] = _or_blank(row["capacity"])
        out["concentration of capacity"] = _or_blank(row["hhi"])
        out["spare"] = _or_blank(row["spare"])
    out["share that need it with one within two steps"] = percent(row["near"]) if row["near"] == row["near"] else ""
    out["steps to a second"] = "none" if row["second"] == float("inf") else _or_blank(row["second"])
    return out


def _or_blank(value: float) -> str:
    return number(value) if value == value else ""


def _charts(found: Placing) -> tuple[Chart, ...]:
    table = found.frontier
    if table is None or not table["size"].notna().any():
        return ()
    rows = tuple(
        {"level": row["level"], "value": row["size"] if row["size"] == row["size"] else None, "low": row["bound"]}
        for row in table.reset_index()[["level", "size", "bound"]].to_dict("records")
    )
    return (
        Chart(
            "steps",
            "How many it takes, at each level of how alike their values are",
            rows,
            unit="count",
            caption="Fewest organisations that together have every capability anybody has, if every two must be at least so "
            "alike (0 is anyhow). A ring is a size not proven smallest. Where the line ends, no coalition has all.",
            marks={"as partners are now": found.level},
        ),
    )
