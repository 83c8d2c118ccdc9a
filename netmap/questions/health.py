"""F0: what the answers rest on: what was read and used, who answered, and what is not recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Finding
from .words import count, listing, percent, plural

if TYPE_CHECKING:
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F0"
QUESTION = "What is this based on?"

LOW, GOOD = 0.5, 0.75


def answer(study: Study) -> Finding:
    """Count what was read, used and left out; say who answered, how many sources a tie has and what is unknown."""
    known = study.coverage
    word, words = study.word
    parts = [_rows(known), _size(study)]
    rows: list[dict[str, object]] = [
        {"what": "rows read", "how many": known["rows_read"]},
        {"what": "rows used", "how many": known["rows_used"]},
        {"what": "rows merged with an equal one", "how many": known["rows_merged"]},
        {"what": "rows set aside, each with its reason in ledger.csv", "how many": known["rows_set_aside"]},
        {"what": words, "how many": study.n_units},
        {"what": f"{words} without a {study.tie_word}", "how many": known["without_ties"]},
        {"what": f"{study.tie_word}s in this picture", "how many": study.view.m},
    ]
    steps = []
    asked, answered = known["asked"], known["answered"]
    if asked is None or answered is None:
        if study.network.shape == "ties":
            parts.append("Nobody's reply was recorded, so it cannot be told who was asked and did not answer.")
            steps.append("record who was asked and who answered (column responded)")
    else:
        share = answered / max(asked, 1)
        parts.append(f"{answered:,} of {count(asked, word, words)} answered ({percent(share)}).")
        rows.append({"what": f"{words} that answered", "how many": answered})
        if share < LOW:
            parts.append("With fewer than half answering, no ranking should be read from it.")
        if share < GOOD:
            steps.append(f"ask the {asked - answered:,} who have not answered")
    if study.network.shape == "ties" and study.view.m:
        one = known["one_source"]
        rows.append({"what": "ties with one source only", "how many": one})
        if one == study.view.m:
            parts.append("Every tie has one source.")
            steps.append("ask the other end of the most important ties")
        elif one:
            parts.append(f"{one:,} of {count(study.view.m, 'tie')} {plural(one, 'has', 'have')} one source only.")
        if known["accountability_known"] and known["accountability_unknown"]:
            unknown = known["accountability_unknown"]
            rows.append({"what": "ties that do not say whether they are accountable", "how many": unknown})
            parts.append(
                f"{count(unknown, 'tie')} {plural(unknown, 'does', 'do')} not say whether "
                f"{plural(unknown, 'it is', 'they are')} accountable."
            )
    alike = sum(p.code == "likely-duplicate" for p in study.network.problems)
    if alike:
        rows.append({"what": "pairs of names that may mean the same", "how many": alike})
        parts.append(
            f"{count(alike, 'pair')} of names may mean the same and {plural(alike, 'is', 'are')} counted apart: findings that "
            f"name them could change (netmap check names {plural(alike, 'it', 'them')}, and how to join them)."
        )
        steps.append("settle which names mean the same")
    left = _left_out(study, rows)
    if left:
        parts.append(f"Left out of this picture: {listing(left)}.")
    return Finding(
        ID,
        QUESTION,
        " ".join(parts),
        evidence={key: value for key, value in known.items() if isinstance(value, int) or value is None},
        chance=None,
        certainty="likely",
        why_certain="Counted from the files. What nobody wrote down cannot be counted, and no null model exists for it.",
        next_step=f"To be surer next time, {listing(steps, 'and')}."
        if steps
        else "Check the list of what was set aside, and correct the file where it is wrong.",
        care=f"A {study.tie_word} that is not here may well exist.",
        table=tuple(rows),
        audience="public",
    )


def _rows(known: dict[str, int | None]) -> str:
    read, merged, aside = known["rows_read"], known["rows_merged"] or 0, known["rows_set_aside"] or 0
    files = known["tables_read"] or 0
    source = "one table" if files == 1 else f"{files:,} tables"
    used = []
    if merged:
        used.append(f"{merged:,} merged with an equal one")
    if aside:
        used.append(f"{aside:,} set aside")
    tail = f"{listing(used)}, the others used" if used else "all used"
    return f"{count(read or 0, 'row')} from {source}, {tail}."


def _size(study: Study) -> str:
    word, words = study.word
    alone = study.coverage["without_ties"] or 0
    size = f"{count(study.n_units, word, words)}, {count(study.view.m, study.tie_word)}"
    if study.network.shape == "list":
        return f"{size}: a list only, so nothing can be said yet about how they work together."
    return f"{size}; {alone:,} without any." if alone else f"{size}; each has at least one."


def _left_out(study: Study, rows: list[dict[str, object]]) -> list[str]:
    left = []
    for key, one, many in (
        ("planned", "planned tie", "planned ties"),
        ("ended", "ended tie", "ended ties"),
        ("other_waves", "tie of another wave", "ties of other waves"),
        (
            "perception",
            "report of how others are seen or get on, which is no tie",
            "reports of how others are seen or get on, which are no ties",
        ),
        ("other_kinds", "tie of a kind not asked for", "ties of kinds not asked for"),
    ):
        number = study.coverage[key]
        if number:
            left.append(f"{number:,} {one if number == 1 else many}")
            rows.append({"what": f"left out: {many}", "how many": number})
    return left
