"""Turn cells of text into values, a column at a time and by the schema alone; what cannot be turned is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import Problem
from ..schema import Column, fold
from .cells import listed, rows_named

__all__ = ["Converted", "Where", "convert"]

MISSING = frozenset({"", "na", "n/a", "null", "none", ".", "-", "?", "don't know", "don’t know", "dont know", "nan"})
_TRUE = frozenset({"yes", "y", "true", "1", "ja", "ie", "x", "✓"})
_FALSE = frozenset({"no", "n", "false", "0"})
_CURRENCY = re.compile(r"^[£$€]\s*|\s*[£$€]$|\s*(gbp|eur|usd)$", re.IGNORECASE)
_GROUPS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?$")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?$")
_UK = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: .*)?$")
_SHOWN = 10
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a column of cells stands, for messages; `semicolons` says that commas may be decimal."""

    file: str
    sheet: str | None = None
    semicolons: bool = False


@dataclass(slots=True)
class Converted:
    """Values in the order of the cells, None where nothing is known, and what was noticed."""

    values: list[Any]
    problems: list[Problem] = field(default_factory=list)


def convert(cells: Sequence[str], lines: Sequence[int], column: Column, heading: str, where: Where) -> Converted:
    """Turn the cells of one column into values.

    Parameters
    ----------
    cells : sequence of str
        Clean cells.
    lines : sequence of int
        Row number of each as a spreadsheet shows it.
    column : Column
        What they mean.
    heading : str
        As it stands in the file.
    where : Where

    Returns
    -------
    Converted
        A cell that cannot be turned becomes None and a problem that names it; nothing is dropped in silence.

    Examples
    --------
    >>> from netmap.schema import TABLES
    >>> column = TABLES["organisations"].column("income_gbp")
    >>> convert(["£1,200", "n/a", "lots"], [2, 3, 4], column, "income", Where("a.csv")).values
    [1200.0, None, None]

    Notes
    -----
    Linear in the number of cells. Whether a comma is a decimal mark or a thousands mark is decided by the column.
    """
    own = {v.casefold() for v in column.values}
    present = [None if c.casefold() in MISSING and c.casefold() not in own else c for c in cells]
    out = Converted([None] * len(cells))

    def say(code: str, what: str, fix: str, severity: str, line: int | None = None, value: str | None = None) -> None:
        out.problems.append(Problem(code, what, fix, severity, where.file, where.sheet, line, heading, value))

    if column.kind in ("number", "integer"):
        _numbers(present, lines, column, where, out, say)
    elif column.kind == "boolean":
        _booleans(present, lines, column, out, say)
    elif column.kind == "choice":
        _choices(present, column, out, say)
    elif column.kind == "list":
        out.values = [tuple(p.strip() for p in c.split(";") if p.strip()) if c is not None else None for c in present]
    elif column.kind == "date":
        _dates(present, lines, out, say)
    else:
        out.values = list(present)
    return out


Say = Callable[..., None]


def _wrong(bad: list[tuple[int, str]], code: str, expected: str, fix: str, say: Say) -> None:
    for line, cell in bad[:_SHOWN]:
        say(code, f'"{cell[:60]}" is not {expected}; it was left out.', fix, "warning", line, cell)
    if len(bad) > _SHOWN:
        rows = rows_named([line for line, _ in bad[_SHOWN:]])
        say(code, f"{len(bad) - _SHOWN} more cells are not {expected} and were left out ({rows}).", fix, "warning")


def _numbers(
    cells: Sequence[str | None], lines: Sequence[int], column: Column, where: Where, out: Converted, say: Say
) -> None:
    plain = [_CURRENCY.sub("", c.strip()).replace(" ", "") if c is not None else None for c in cells]
    commas = [c for c in plain if c is not None and "," in c]
    decimal = bool(commas) and where.semicolons and not any("." in c for c in plain if c is not None)
    thousands = bool(commas) and not decimal and all(_GROUPS.match(c) for c in commas)
    if commas and (decimal or thousands):
        what = "a decimal point" if decimal else "a mark of thousands"
        say("comma-in-number", f'The comma in numbers such as "{commas[0]}" was read as {what}.', "", "note")
    bad, outside = [], []
    for i, written in enumerate(plain):
        if written is None:
            continue
        text = written.replace(",", "." if decimal else "") if decimal or thousands else written
        share = text.endswith("%") and column.low == 0 and column.high == 1
        text = text.removesuffix("%") if share else text
        if not _NUMBER.match(text):
            bad.append((lines[i], str(cells[i])))
            continue
        value = float(text) / (100 if share else 1)
        low, high = column.low, column.high
        if (low is not None and value < low) or (high is not None and value > high) or abs(value) > 1e300:
            outside.append((lines[i], str(cells[i])))
        elif column.kind == "integer" and not value.is_integer():
            bad.append((lines[i], str(cells[i])))
        else:
            out.values[i] = value
    expected = "a whole number" if column.kind == "integer" else "a number"
    _wrong(bad, "bad-number", expected, "Write a number, or leave the cell empty.", say)
    if outside:
        low, high = column.low, column.high
        span = f"between {low:g} and {high:g}" if low is not None and high is not None else (
            f"{low:g} or more" if low is not None else f"at most {high:g}" if high is not None else "a usual number")
        _wrong(outside, "out-of-range", span, f"{column.meaning} Correct it, or leave the cell empty.", say)


def _booleans(cells: Sequence[str | None], lines: Sequence[int], column: Column, out: Converted, say: Say) -> None:
    bad = []
    for i, cell in enumerate(cells):
        word = cell.casefold() if cell is not None else ""
        word = column.value_synonyms.get(word, word)
        if word in _TRUE:
            out.values[i] = True
        elif word in _FALSE:
            out.values[i] = False
        elif word and word != "unknown":
            bad.append((lines[i], str(cell)))
    _wrong(bad, "bad-yes-no", "yes or no", "Write yes, no or leave the cell empty.", say)


def _choices(cells: Sequence[str | None], column: Column, out: Converted, say: Say) -> None:
    known = {fold(v): v for v in column.values} | {fold(k): v for k, v in column.value_synonyms.items()}
    if column.values[:2] == ("yes", "no"):
        known |= {fold(w): "yes" for w in _TRUE} | {fold(w): "no" for w in _FALSE}
    other = set()
    for i, cell in enumerate(cells):
        if cell is None:
            continue
        word = known.get(fold(cell))
        if word is None:
            other.add(cell)
        out.values[i] = cell if word is None else word
    if other:
        shown = sorted(other)
        names = listed([f'"{w[:40]}"' for w in shown[:6]] + ([f"{len(shown) - 6} more"] if len(shown) > 6 else []))
        say("other-value", f"{names}: not among the words netmap knows here, kept as written.",
            f"Known: {', '.join(column.values)}.", "note")  # fmt: skip


def _dates(cells: Sequence[str | None], lines: Sequence[int], out: Converted, say: Say) -> None:
    bad, doubtful = [], []
    certain = False
    for i, cell in enumerate(cells):
        if cell is None:
            continue
        iso, uk = _ISO.match(cell), _UK.match(cell)
        if iso:
            year, month, day = (int(p) if p else None for p in iso.groups())
        elif uk:
            day, month, year = (int(p) for p in uk.groups())
            certain = certain or day > 12
            if day <= 12 and day != month:
                doubtful.append(lines[i])
        else:
            bad.append((lines[i], cell))
            continue
        if not _real(year, month, day):
            bad.append((lines[i], cell))
            continue
        out.values[i] = "-".join([f"{year:04d}", *(f"{p:02d}" for p in (month, day) if p is not None)])
    if doubtful and not certain:
        say("ambiguous-date", f"Dates such as those in {rows_named(doubtful, 3)} could be day/month or month/day; "
            "they were read as day/month/year.", "Write dates as YYYY-MM-DD.", "warning")  # fmt: skip
    _wrong(bad, "bad-date", "a date", "Write YYYY, YYYY-MM, YYYY-MM-DD or dd/mm/yyyy.", say)


def _real(year: int | None, month: int | None, day: int | None) -> bool:
    if year is None or not 1000 <= year <= 2999 or (month is not None and not 1 <= month <= 12):
        return False
    return day is None or (month is not None and 1 <= day <= _DAYS[month - 1])
