"""What is pointed out about headings: numbers that may mean something, words where numbers belong, tables unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ..errors import Problem, nearest
from ..schema import TABLES
from .cells import listed
from .convert import MISSING
from .grid import RawTable

__all__ = ["hint_numbers", "hint_values", "option", "unknown_table", "without_numbers"]

_ALIKE = 0.75


def option(heading: str, column: str) -> str:
    """Return the option that says what a heading means, as it is typed.

    Examples
    --------
    >>> option("collab", "intensity"), option("Lead body", "organisation")
    ('--map-columns collab=intensity', '--map-columns "Lead body=organisation"')
    """
    mapped = f"{heading}={column}"
    return f'--map-columns "{mapped}"' if re.search(r"[^\w=:.-]", mapped) else f"--map-columns {mapped}"


def without_numbers(
    raw: RawTable, columns: Sequence[str], said: Sequence[str], table: str
) -> tuple[list[str], list[str], list[Problem]]:
    """Take headings that hold no digit for no column of numbers or dates: they are kept as they are.

    Returns
    -------
    list of str, list of str, list of Problem
        The columns, and what to say of it as notes and as problems.
    """
    out = list(columns)
    notes, problems = [], []
    for i, name in enumerate(columns):
        if said[i] or name not in TABLES[table] or TABLES[table].column(name).kind not in ("number", "integer", "date"):
            continue
        words = {row[i] for row in raw.rows if row[i].casefold() not in MISSING}
        if words and not any(c.isdigit() for word in words for c in word):
            heading = raw.header[i]
            shown = listed([f'"{w[:40]}"' for w in sorted(words)[:3]])
            out[i] = ""
            what = f'"{heading}" holds words such as {shown}, where {TABLES[table].column(name).kind}s were expected; kept as written.'
            problems.append(Problem("words-not-numbers", what.replace("integers", "numbers"), "Write numbers if they should count.",
                                    "warning", raw.file, raw.sheet, None, heading))  # fmt: skip
            notes.append(f'"{heading}" holds words and was not used as {name}')
    return out, notes, problems


def hint_numbers(
    raw: RawTable, columns: Sequence[str], said: Sequence[str]
) -> tuple[list[str], list[str], list[Problem]]:
    """Point out small whole numbers under a heading of their own: they may be a strength, or its opposite.

    A heading such as Frequency over codes from 1 to 4 is no number of contacts a year either.
    """
    out = list(columns)
    notes, problems = [], []
    for i, column in enumerate(columns):
        if column and (column != "frequency" or said[i]):
            continue
        words = {row[i] for row in raw.rows if row[i].casefold() not in MISSING}
        if not (2 <= len(words) <= 10 and all(w.isdecimal() and int(w) <= (7 if column else 10) for w in words)):
            continue
        out[i] = ""
        heading, low, high = raw.header[i], min(words, key=int), max(words, key=int)
        what = (f'"{heading}" holds whole numbers from {low} to {high}. They were kept but not used as the strength of ties, '
                "since it is not known which end is more.")  # fmt: skip
        fix = f"If {high} is the closest, say {option(heading, 'intensity')}; if {low} is, turn the numbers round first."
        if column:
            fix += f" If they are contacts a year, say {option(heading, 'frequency')}."
        problems.append(Problem("unused-scale", what, fix, "note", raw.file, raw.sheet, None, heading))
        notes.append(f'"{heading}" ({low} to {high}) is kept and not used as strength, since it is not known which end is more; '
                     f"{option(heading, 'intensity')} uses it")  # fmt: skip
    return out, notes, problems


def hint_values(raw: RawTable, columns: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """Point out several columns of small whole numbers: they may be values."""
    free = []
    for i, column in enumerate(columns):
        words = {row[i] for row in raw.rows if row[i].casefold() not in MISSING}
        if not column and 2 <= len(words) <= 7 and all(re.fullmatch(r"-?\d", w) for w in words):
            free.append(raw.header[i])
    if len(free) < 3:
        return [], []
    example = option(free[0], f"values:{free[0]}")
    named = [f'"{h}"' for h in free[:6]] + ([f"{len(free) - 6} more"] if len(free) > 6 else [])
    what = f"{listed(named)} hold small whole numbers. They were kept but not taken for values."
    note = f"{len(free)} columns of small whole numbers are kept and not taken for values; {example} uses one"
    return [note], [Problem("possible-values", what, f"If they are, say {example} for each.", "note", raw.file, raw.sheet)]


def unknown_table(raw: RawTable, columns: Sequence[str]) -> Problem:
    """Return the problem of a table that is of no known form; `columns` are those of ties its headings mean."""
    known = sorted({h for name in ("partnerships", "memberships", "organisations") for c in TABLES[name].columns if c.required
                    for h in (c.name, *c.synonyms)})  # fmt: skip
    seen = [f'"{h}"' for h in raw.header[:12]] + ([f"{len(raw.header) - 12} more"] if len(raw.header) > 12 else [])
    near = [(h, c) for h in raw.header for c in nearest(h, known, 1) if _alike(h, c)][:3]
    fix = ("Name the two columns that say who works with whom organisation and partner, or say what they are: "
           '--map-columns "YOUR HEADING=organisation" --map-columns "OTHER HEADING=partner".')  # fmt: skip
    found = [c for c in ("source", "target") if c in columns]
    free = [h for h, c in zip(raw.header, columns, strict=True) if not c]
    if len(found) == 1 and free:
        other = "partner" if found == ["source"] else "organisation"
        known_as = raw.header[list(columns).index(found[0])]
        fix = f'"{known_as}" was understood as one end of a tie. Say which heading is the other end, such as: {option(free[0], other)}.'
        near = []
    close = f" Nearest: {'; '.join(f'{chr(34)}{h}{chr(34)} may be {c}' for h, c in near)}." if near else ""
    return Problem("unknown-table", f"It cannot be told what this table is. Its headings are {listed(seen)}.{close}", fix, "error",
                   raw.file, raw.sheet, raw.header_line)  # fmt: skip


def _alike(heading: str, column: str) -> bool:
    return SequenceMatcher(None, heading.casefold(), column.casefold()).ratio() >= _ALIKE
