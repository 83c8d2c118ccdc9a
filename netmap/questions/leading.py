"""F10: where leadership comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Chance, Finding, Locked
from .words import count, number, percent, plural

if TYPE_CHECKING:
    from ..evidence.leading import Leading
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F10"
QUESTION = "Where does leadership come from?"

LEVEL = 0.05
FEWEST = 5


def answer(study: Study) -> Finding | Locked:
    """Say over how many nominations for leadership are spread, and whether the most named hold office."""
    found = study.leading
    if found is None:
        return Locked(
            ID,
            QUESTION,
            ("ties of kind leadership",),
            f"It needs to be known whom others look to: ties of kind leadership, from at least {FEWEST} who name somebody.",
        )
    word = study.word
    lead = found.found
    low, high = lead.holders_interval
    beyond = lead.holders_p < LEVEL
    if not beyond:
        verdict = f"about as spread as names picked at random would be ({number(lead.holders_expected, 0)})"
    elif lead.holders < lead.holders_expected:
        verdict = f"fewer than names picked at random would give ({number(lead.holders_expected, 0)})"
    else:
        verdict = f"more than names picked at random would give ({number(lead.holders_expected, 0)})"
    headline = (
        f"{count(lead.nominations, 'nomination')} by {count(found.nominators, *word)} are spread as evenly as over "
        f"{count(round(lead.holders), *word)} equally named: {verdict}.{_office(found, word)}{_outside(found)}"
    )
    certainty = study.certainty(found.stands if beyond else found.same_holders, beats_null=beyond or None)
    holds = "the number stays within a fifth" + (" and on the same side of chance" if beyond else "")
    share = found.stands if beyond else found.same_holders
    why = (
        f"In {percent(share)} of {len(study.draws):,} sets of nominations as they might really be (a tenth mistaken, as "
        f"many not recorded) {holds}."
    )
    if not beyond:
        why += f" Names picked at random would give {number(low, 0)} to {number(high, 0)}: fewer or more would have shown."
    return Finding(
        ID,
        QUESTION,
        headline,
        evidence=_evidence(found),
        chance=Chance(
            "everybody names as many others as they did, picked at random",
            lead.holders_expected,
            lead.holders_p,
            4999,
            lead.holders_interval,
        ),
        certainty=certainty,
        why_certain=why,
        next_step="Ask those who are named, privately, what support they want.",
        concerns="Those named most, each in private" if beyond else "",
        change="What would make it easier for them to go on would be known.",
        care="Being named says whom others look to, not how well anybody leads: it is no measure of performance and not "
        "for appraisal. Nobody is named here.",
        audience="coordinator",
    )


def _office(found: Leading, word: tuple[str, str]) -> str:
    lead = found.found
    if lead.without != lead.without:
        return ""
    # One who is alone at the top would be shown by a share of 0% or 100%.
    if lead.top < FEWEST:
        return ""
    what = found.office.replace("are ", "is ").replace("hold ", "holds ") if lead.top == 1 else found.office
    clear = "" if lead.without_p < LEVEL else ", which is no clear difference"
    return (
        f" Of the {count(lead.top, *word)} named most, {percent(1 - lead.without)} {what} "
        f"(by chance: {percent(1 - lead.without_expected)}{clear})."
    )


def _outside(found: Leading) -> str:
    lead = found.found
    if lead.outside != lead.outside:
        return ""
    return (
        f" {percent(lead.outside)} of the nominations {plural(lead.nominations, 'goes', 'go')} outside the public sector, "
        f"where {percent(lead.outside_expected)} of all are."
    )


def _evidence(found: Leading) -> dict[str, float | int | None]:
    lead = found.found
    out: dict[str, float | int | None] = {
        "nominations": lead.nominations,
        "nominators": found.nominators,
        "named": found.named,
        "effective_number_named": lead.holders,
        "effective_number_by_chance": lead.holders_expected,
        "gini": lead.gini,
        "share_of_the_most_named": found.most / lead.nominations,
        "members": lead.members,
    }
    if lead.without == lead.without:
        out |= {"kendall_tau_with_office": lead.tau, "p_of_tau": lead.tau_p}
        if lead.top >= FEWEST:
            out |= {"most_named": lead.top, "share_without_office": lead.without, "expected_without_office": lead.without_expected}
    if lead.outside == lead.outside:
        out |= {"share_outside_public_sector": lead.outside, "members_outside_public_sector": lead.outside_expected}
    return out
