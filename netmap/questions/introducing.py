"""F9: whether a coffee trial, or an event, was followed by ties that would not have come anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Chance, Finding, Locked
from .words import count, percent, plural

if TYPE_CHECKING:
    from ..evidence.introducing import Occasion, Trial
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer", "trial_finding"]

ID = "F9"
QUESTION = "Did the coffee trial or event help?"

LEVEL = 0.05
FEW_MET = 0.7
# Where chance alone gives more than this either way, no clear difference says nothing.
WIDE = 0.1
NEEDS = ("introductions: round, a, b, assigned, tie_after", "or an event with a date, who attended, and start of ties")


def answer(study: Study) -> Finding | Locked:
    """Set ties of pairs drawn to meet beside those of similar pairs not drawn; without a trial, those after an event."""
    found = study.introducing
    if found.trial is not None:
        return trial_finding(found.trial, study.how_many)
    if found.event is not None:
        return _event(found.event, study)
    return Locked(ID, QUESTION, NEEDS, f"It needs a coffee trial with ties asked for afterwards, or an event. {found.why}".strip())


def trial_finding(trial: Trial, how_many: int) -> Finding:
    """Put a coffee trial in words."""
    from ..chance.perturbation import certainty_word

    e = trial.effect
    clear = e.p < LEVEL
    a, b = percent(e.assigned_rate), percent(e.unassigned_rate)
    met = f"; {percent(e.met)} met" if e.met == e.met else "; who met was not recorded"
    headline = (
        f"{a} of assigned pairs later reported a tie against {b} of similar unassigned pairs "
        f"(difference {100 * e.effect:+.0f} points, p {e.p:.3f}){met}."
    )
    if not clear:
        headline += " That is no clear difference."
    share = percent(trial.stands)
    holds = "the difference keeps its sign and stays beyond chance" if clear else "it stays no clear difference"
    why = f"In {share} of {how_many:,} sets of ties as they might really be (a tenth mistaken, as many not recorded) {holds}."
    low, high = (round(100 * x) for x in e.interval)
    wide = (e.interval[1] - e.interval[0]) / 2
    if not clear:
        why += f" Chance alone gives {low:+d} to {high:+d} points: a smaller difference would not have shown."
    null = "pairs drawn anew by the same rule" if trial.exact else "as many of the pairs that could have been drawn, drawn anew"
    # A share of none or all would tell of every pair what it said.
    whole = {e.assigned_rate, e.unassigned_rate} & {0.0, 1.0}
    return Finding(
        ID,
        QUESTION,
        headline,
        evidence=_evidence(trial),
        chance=Chance(null, 0.0, e.p, e.draws, e.interval),
        certainty="cannot say" if not clear and wide > WIDE else certainty_word(trial.stands, beats_null=clear or None),
        why_certain=why,
        next_step=_step(trial, clear),
        care=_care(trial),
        table=(
            {"pairs": "drawn to meet", "how many": e.assigned, "with a tie later": a, "met": _met(e.met)},
            {"pairs": "similar, not drawn", "how many": e.unassigned, "with a tie later": b, "met": _met(e.met_unassigned)},
        ),
        audience="coordinator" if trial.persons and whole else "public",
    )


def _met(share: float) -> str:
    return percent(share) if share == share else "not recorded"


def _step(trial: Trial, clear: bool) -> str:
    e = trial.effect
    if clear and e.effect > 0:
        return "Keep the rounds as they are, and ask again in half a year whether the new ties last."
    if e.met < FEW_MET:
        return "Change the length or the time: ask pairs that did not meet what would have helped."
    return "Change the pairing or the length and run another three rounds: so few pairs show only a large difference."


def _care(trial: Trial) -> str:
    e = trial.effect
    parts = [
        f"{count(e.assigned, 'pair')} drawn {plural(e.assigned, 'is', 'are')} few, ties are as people reported them, and a coffee may "
        "touch others than the two. Meeting is compliance: comparing those who met with those who did not would mislead."
    ]
    if not trial.exact:
        parts.append(
            "Some pairs were kept apart, which stands in no table: netmap rounds report with the same vetoes draws the very design."
            if trial.private
            else "How pairs were drawn is not recorded, so each that could have been drawn counts as equally likely."
        )
    elif trial.changed:
        parts.append(f"{count(trial.changed, 'pair was', 'pairs were')} changed by hand; the draw itself is compared.")
    if e.unknown:
        parts.append(f"{count(e.unknown, 'pair')} {plural(e.unknown, 'is', 'are')} left out: nobody said whether there was a tie.")
    if e.certain:
        parts.append(f"{count(e.certain, 'pair')} that would always or never have been drawn {plural(e.certain, 'is', 'are')} left out.")
    if e.complier == e.complier and e.p < LEVEL and e.met < 1:
        parts.append(
            f"If being drawn does nothing but through meeting, and no pair touches another, meeting made {100 * e.complier:+.0f} points."
        )
    return " ".join(parts)


def _evidence(trial: Trial) -> dict[str, float | int | None]:
    e = trial.effect
    out: dict[str, float | int | None] = {
        "rounds": trial.rounds,
        "took_part": trial.people,
        "pairs_assigned": e.assigned,
        "pairs_not_assigned": e.unassigned,
        "share_assigned_with_tie": e.assigned_rate,
        "share_unassigned_with_tie": e.unassigned_rate,
        "difference": e.effect,
        "p": e.p,
        "pairs_changed_by_hand": trial.changed,
    }
    if e.met == e.met:
        out |= {"share_met": e.met, "share_unassigned_met": e.met_unassigned}
    if e.complier == e.complier:
        out["difference_if_only_meeting_matters"] = e.complier
    if trial.useful == trial.useful:
        out["mean_usefulness"] = trial.useful
    return out


def _event(found: Occasion, study: Study) -> Finding:
    e = found.effect
    clear = e.p < LEVEL
    verdict = "" if clear else ", which is no clear difference"
    many = study.word[1]
    return Finding(
        ID,
        QUESTION,
        f"Of {count(e.possible, 'pair')} of {many} at {found.name} without a tie before, {e.begun:,} began one since; among as many "
        f"{many} alike it would be {e.expected:.1f}{verdict}.",
        evidence={"attended": e.attended, "pairs_begun": e.begun, "pairs_possible": e.possible, "expected": e.expected},
        chance=Chance(f"as many {many} with as many earlier ties", e.expected, e.p, e.draws, e.interval),
        certainty="likely" if clear else "cannot say",
        why_certain="Nobody drew lots for who attended: what brought them may be what made the ties. So it is at most likely.",
        next_step="Ask two or three of the new pairs whether they met there.",
        care="Ties count from the date they were given; those of which the date may lie before or after are left out.",
        audience="public",
    )
