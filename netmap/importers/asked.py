"""Check tables of what was asked, needed, decided and arranged row by row: what cannot be meant, and what to type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..errors import Problem, nearest
from ..schema import TABLES
from .blocks import Block
from .cells import listed
from .grid import RawTable
from .recognise import Form

__all__ = ["CHECKED", "check_rows"]

CHECKED = ("introductions", "rounds", "needs", "decisions", "ratings", "responses")
# Columns that name somebody; of several in one cell each is looked up.
_WHO = {
    "introductions": ("a", "b"), "needs": ("holder",), "decisions": ("body", "holder", "accountable_representative", "participants"),
    "ratings": ("rater", "target"), "responses": ("entity",), "rounds": ("members",),
}  # fmt: skip
_TWO = {"introductions": ("a", "b"), "ratings": ("rater", "target")}
_SHOWN = 10


def check_rows(raws: Sequence[RawTable], forms: Sequence[Form], blocks: Sequence[Block]) -> list[Problem]:
    """Return what is wrong in rows of `CHECKED` tables, each with its file, row, column and cell.

    Names are looked up only where a list of organisations or people came with them: without one nobody is unknown.
    """
    known = _known(blocks)
    out: list[Problem] = []
    for block in blocks:
        if block.table in CHECKED and not block.derived and block.rows:
            found: dict[str, list[Problem]] = {}
            for problem in _wrong(block, _Cells(raws, forms, block), known):
                found.setdefault(problem.code, []).append(problem)
            for code, several in found.items():
                out += several[:_SHOWN]
                if len(several) > _SHOWN:
                    first = several[_SHOWN]
                    what = f"{len(several) - _SHOWN} more rows of the {block.table} have the same problem, from this one on."
                    out.append(Problem(code, what, first.fix, first.severity, first.file, first.sheet, first.line, first.column))
    return out


class _Cells:
    """The rows of a block as they stand in their file."""

    def __init__(self, raws: Sequence[RawTable], forms: Sequence[Form], block: Block) -> None:
        number = block.rows[0][0]
        self._raw, self._block = raws[number], block
        plain = [c.removeprefix(f"{block.table}.") for c in forms[number].columns]
        self._at = {c: i for i, c in enumerate(plain) if c}

    def problem(self, i: int, column: str, code: str, what: str, fix: str) -> Problem:
        """Return a warning about one cell."""
        row, raw = self._block.rows[i][1], self._raw
        at = self._at.get(column)
        heading, cell = (column, "") if at is None else (raw.header[at], raw.rows[row][at])
        return Problem(code, what, fix, "warning", raw.file, raw.sheet, raw.lines[row], heading, cell)


def _known(blocks: Sequence[Block]) -> dict[str, str] | None:
    """Everybody who is on a list or has a tie, by folded name; None where there is no list to look them up in."""
    lists = {"organisations": "org_id", "people": "person_id"}
    if not any(b.table in lists and not b.derived for b in blocks):
        return None
    out: dict[str, str] = {}
    columns = {
        "organisations": ("org_id", "name", "aliases"), "people": ("person_id", "name"), "networks": ("network_id", "name"),
        "partnerships": ("source", "target"), "memberships": ("member", "group"),
    }  # fmt: skip
    for block in blocks:
        for column in columns.get(block.table, ()):
            for cell in block.values.get(column, ()):
                for name in (cell,) if isinstance(cell, str) else cell or ():
                    out.setdefault(name.casefold(), name)
    return out


def _wrong(block: Block, cells: _Cells, known: dict[str, str] | None) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    required = [c.name for c in TABLES[block.table].columns if c.required]
    for i in range(len(block.rows)):
        row = {name: values[i] for name, values in block.values.items()}
        missing = [name for name in required if row.get(name) in (None, "", ())]
        if missing:
            if len(missing) < len(required):
                yield cells.problem(i, missing[0], "half-a-row", f"Nothing stands in {listed(missing)}; the row was set aside.",
                                    f"Fill in {listed(missing)}, or delete the row.")  # fmt: skip
            continue
        yield from _who(block.table, row, i, cells, known)
        one, other = _TWO.get(block.table, ("", ""))
        if one and row[one].casefold() == row[other].casefold():
            yield cells.problem(i, other, "self-pair", f'"{row[one]}" stands on both sides.', "Write two different names.")
        if block.table == "introductions":
            yield from _pair(row, i, cells, seen)
        elif block.table == "ratings":
            yield from _score(row, i, cells)
        elif block.table == "responses" and row.get("responded") and row.get("invited") is False:
            yield cells.problem(i, "invited", "contradiction", f'"{row["entity"]}" answered without having been asked.',
                                "Write yes in invited, or no in responded.")  # fmt: skip


def _who(table: str, row: dict[str, Any], i: int, cells: _Cells, known: dict[str, str] | None) -> Iterator[Problem]:
    if known is None:
        return
    for column in _WHO[table]:
        cell = row.get(column)
        for name in (cell,) if isinstance(cell, str) else cell or ():
            if name and name.casefold() not in known:
                close = nearest(name, known.values(), 2)
                hint = f"Did you mean {listed([f'{c!r}' for c in close], 'or')}? " if close else ""
                yield cells.problem(i, column, "unknown-name", f'"{name}" is on no list and has no tie.',
                                    f"{hint}Correct it, or add it to the list.")  # fmt: skip


def _pair(row: dict[str, Any], i: int, cells: _Cells, seen: dict[tuple[str, ...], int]) -> Iterator[Problem]:
    key = (str(row["round"]).casefold(), *sorted((row["a"].casefold(), row["b"].casefold())))
    if key in seen:
        yield cells.problem(i, "b", "pair-twice", f'"{row["a"]}" and "{row["b"]}" stand in round {row["round"]} twice.',
                            "Keep one of the rows.")  # fmt: skip
    seen.setdefault(key, i)
    if row.get("assigned") and row.get("eligible") is False:
        yield cells.problem(i, "eligible", "contradiction", "A pair that could not have been paired was.",
                            "Write yes in eligible, or no in assigned.")  # fmt: skip


def _score(row: dict[str, Any], i: int, cells: _Cells) -> Iterator[Problem]:
    columns = TABLES["ratings"]
    low, high = (float(columns.column(c).default if row.get(c) is None else row[c]) for c in ("scale_min", "scale_max"))
    score = row.get("score")
    if low >= high:
        yield cells.problem(i, "scale_max", "bad-scale", f"A scale from {low:g} to {high:g} holds nothing.", "Write its lowest and highest rating.")
    elif score is not None and not low <= score <= high:
        yield cells.problem(i, "score", "out-of-range", f"{score:g} is not between {low:g} and {high:g}.",
                            "Correct it, or write the scale in scale_min and scale_max.")  # fmt: skip
