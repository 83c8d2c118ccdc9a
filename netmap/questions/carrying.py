"""F12: whether work is shared fairly, and who is not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Finding, Locked
from .words import count, number, percent, plural, share_range

if TYPE_CHECKING:
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F12"
QUESTION = "Is work shared fairly; who is not seen?"

COVERED = 0.6
FEWEST = 10
CALLED = {"hours": "hours", "active": "contacts"}
SMALLEST = 5


def answer(study: Study) -> Finding | Locked:
    """Say how few members account for half of the recorded activity, and how many have none recorded."""
    found = study.carrying if len(study.network.memberships) else None
    if found is None:
        return Locked(
            ID,
            QUESTION,
            ("memberships: hours (or active, as a number)",),
            f"It needs how active members are: hours a month, or contacts a year, of at least {FEWEST} members.",
        )
    covered = 1 - found.unknown / found.memberships
    what = CALLED[found.column]
    headline = (
        f"{count(found.carriers, 'member')} of {found.members:,} ({percent(found.half)}) "
        f"{plural(found.carriers, 'accounts', 'account')} for half of the recorded {what}."
        f" {_few(found.none, 'member')} none recorded."
    )
    if found.without_support is not None:
        headline += (
            f" Of {count(found.supported_of, *study.word)}, {_few(found.without_support, '').strip().lower()} no support tie "
            "recorded."
        )
    certainty = study.certainty(found.stands, has_null=False)
    why = (
        f"In {percent(found.stands)} of {len(study.draws):,} sets of records as they might really be (a tenth mistaken, as "
        f"many missing) the share stays within ten points ({share_range(*found.interval)}). What would be fair is not for "
        "chance to say, so nothing is set against it."
    )
    if covered < COVERED:
        certainty = "cannot say"
        why = f"Activity is known of {percent(covered)} of the memberships; below {percent(COVERED)} netmap does not say. {why}"
    return Finding(
        ID,
        QUESTION,
        headline,
        evidence={
            "members": found.members,
            "members_that_account_for_half": found.carriers,
            "share_that_accounts_for_half": found.half,
            "effective_number": found.effective,
            "none_recorded": _shown(found.none),
            "memberships": found.memberships,
            "activity_not_recorded": found.unknown,
            "without_support_tie": None if found.without_support is None else _shown(found.without_support),
        },
        chance=None,
        certainty=certainty,
        why_certain=why,
        next_step="Ask those who carry most what could be taken off them, and invite those not seen; check the records "
        "first.",
        concerns="Those who carry most, and those with nothing recorded",
        change="What nobody has to carry alone, and who would like to join in, would be known.",
        care=f"Counts only: none recorded may mean that nobody wrote it down. Activity is known of {percent(covered)} of "
        f"{count(found.memberships, 'membership')}; as evenly as over {number(round(found.effective), 0)} members. Some "
        "have more time to give than others.",
        audience="coordinator",
    )


def _shown(how_many: int) -> int | None:
    return how_many if how_many >= SMALLEST or how_many == 0 else None


def _few(how_many: int, one: str) -> str:
    """A number with its noun and verb; small ones are not told apart."""
    if how_many == 0:
        return f"No {one} has" if one else "none has"
    if how_many < SMALLEST:
        return f"Fewer than {SMALLEST}{f' {one}s' if one else ''} have"
    return f"{how_many:,}{f' {one}s' if one else ''} have"
