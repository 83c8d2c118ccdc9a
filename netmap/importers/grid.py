"""Find the headings, the data and what is neither in a grid of text cells, and account for every row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..errors import DataError, Problem
from .cells import listed, plural, rows_named

__all__ = ["Found", "Known", "RawTable", "frame"]

Known = Callable[[str], bool]
Row = tuple[int, list[str]]

_LOOK = 30
_SAMPLE = 200
_NUMBER = re.compile(r"[-+(]?\s*[£$€]?\s*[-+]?(\d[\d\s.,']*|[.,]\d+)([eE][-+]?\d+)?\s*%?\)?$")
_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?([T ].*)?$|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}( .*)?$")
_HASHTAG = re.compile(r"#[A-Za-z]\w*(\s*\+\s*[A-Za-z]\w*)*$")
_TOTAL = re.compile(r"((grand|overall|sub)[ -]?)?totals?\s*:?$|sum\s*:?$|cyfanswm\s*:?$", re.IGNORECASE)
_REMARK = re.compile(
    r"(data )?(sources?|ffynhonnell|notes?|footnotes?|nodyn|nodiadau|disclaimer|licen[cs]e|contact)\s*:"
    r"|(downloaded|exported|generated|extracted|produced|retrieved|last updated|accessed)\b.*(\d|\bby\b|\bfrom\b)"
    r"|(crown )?copyright\b|©|\(c\) ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as it was found: cells are text, and nothing has been interpreted yet.

    Attributes
    ----------
    file : str
        Name of the file without its folder.
    sheet : str or None
        Sheet of a workbook; None for a text file.
    header : tuple of str
        Headings, made distinct; a column without a heading is called ``column 3``.
    rows : tuple of tuple of str
        Cells, each row as long as the header.
    lines : tuple of int
        Row number of each row as a spreadsheet shows it; the first row of the file is 1.
    header_line : int
        Row number of the headings.
    encoding, delimiter : str
        How the text was read; empty for a workbook.
    skipped : tuple of (int, str)
        Rows that are no data, with the reason.
    problems : tuple of Problem
        What was noticed, doubted or changed.
    sha256 : str
        Fingerprint of the file's bytes.
    """

    file: str
    sheet: str | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    header_line: int
    encoding: str
    delimiter: str
    skipped: tuple[tuple[int, str], ...]
    problems: tuple[Problem, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a grid of cells came from and what was noticed on the way."""

    file: str
    sheet: str | None
    encoding: str
    delimiter: str
    sha256: str
    skipped: tuple[tuple[int, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def frame(grid: Sequence[Row], found: Found, known: Known | None = None) -> RawTable:
    """Turn a grid of clean cells into a table.

    Parameters
    ----------
    grid : sequence of (int, list of str)
        Row number and cells of every row, blank ones too.
    found : Found
        Where the cells came from.
    known : callable, optional
        Tells whether a text is a heading that the schema knows; it settles which row holds the headings.

    Returns
    -------
    RawTable
        Every row of the grid is the header, one of ``rows`` or one of ``skipped``.

    Raises
    ------
    DataError
        If there is no row that holds anything, or most rows have more cells than there are headings.

    Examples
    --------
    >>> grid = [(1, ["Partnerships 2024"]), (2, [""]), (3, ["from", "to"]), (4, ["a", "b"])]
    >>> table = frame(grid, Found("a.csv", None, "utf-8", ",", ""))
    >>> table.header, table.rows, table.skipped
    (('from', 'to'), (('a', 'b'),), ((1, 'title row above the headings'), (2, 'blank row')))

    Notes
    -----
    The headings are the first row that is filled to more than a third of the usual width, provided that its cells are
    no numbers. Linear in the number of cells.
    """
    rows = [row for row in grid if any(row[1])]
    skipped = list(found.skipped)
    problems = list(found.problems)

    def add(code: str, what: str, fix: str = "", severity: str = "note", line: int | None = None) -> None:
        problems.append(Problem(code, what, fix, severity, found.file, found.sheet, line))

    if not rows:
        raise DataError(Problem("no-rows", "There is no row that holds anything.", "", "error", found.file, found.sheet))
    if len(rows) < len(grid):
        blank = [line for line, cells in grid if not any(cells)]
        skipped += [(line, "blank row") for line in blank]
        add("blank-rows", f"{plural(len(blank), 'blank row')} left out ({rows_named(blank)}).", line=blank[0])

    at = _header_at(rows, known)
    tags = _hashtags_at(rows)
    if tags is not None and tags > 0:
        at = tags - 1
    elif tags is None and _second_header(rows, at):
        at += 1
    top = rows[:at]
    if top:
        skipped += [(line, _reason(cells, rows[at][1])) for line, cells in top]
        add("title-rows", f"{_stand(top, 'above the headings')}", line=top[0][0])
    header_line, heads = rows[at]
    width = len(heads)
    data = rows[at + 1 :]
    if tags is not None and tags > 0:
        tag_line, tag_cells = data[0]
        skipped.append((tag_line, "row of HXL hashtags"))
        add("hashtag-row", f"Row {tag_line} holds HXL hashtags; the headings above it were used.", line=tag_line)
        width = max(width, _span(tag_cells)[1])
        data = data[1:]

    data, footer = _without_footer(data, _usual(data) if data else width)
    if footer:
        skipped += [(line, "total below the table" if _is_total(cells) else "note below the table") for line, cells in footer]
        add("footer-rows", _stand(footer, "below the table"), line=footer[0][0])
    again = [line for line, cells in data if cells[:width] == heads and sum(map(bool, heads)) > 1]
    if again:
        skipped += [(line, "headings repeated") for line in again]
        add("repeated-headings", f"The headings stand again in {rows_named(again)}; left out there.", line=again[0])
        repeated = set(again)
        data = [row for row in data if row[0] not in repeated]
    totals = [line for line, cells in data if cells[0][:1] in "tTgGsSoOcC" and _is_total(cells)]
    if totals:
        what = f"{rows_named(totals).capitalize()} {'looks' if len(totals) == 1 else 'look'} like a total among the data; kept."
        add("total-row", what, "Delete it if it is no organisation.", "warning", totals[0])

    problems += _ragged(data, width, found)
    header, kept = _headings(heads, width, data, found, header_line, problems)
    if kept == list(range(width)):
        blank_cells = ("",) * width
        cells = tuple(
            tuple(cells) if len(cells) == width else tuple(cells[:width]) + blank_cells[len(cells) :] for _, cells in data
        )
    else:
        cells = tuple(tuple(cells[i] if i < len(cells) else "" for i in kept) for _, cells in data)
    skipped.sort()
    return RawTable(
        found.file, found.sheet, header, cells, tuple(line for line, _ in data), header_line,
        found.encoding, found.delimiter, tuple(skipped), tuple(problems), found.sha256,
    )  # fmt: skip


def _span(cells: Sequence[str]) -> tuple[int, int]:
    filled = [i for i, cell in enumerate(cells) if cell]
    return (filled[0], filled[-1] + 1) if filled else (0, 0)


def _usual(rows: Sequence[Row]) -> int:
    """Return the commonest width of the first rows; the larger one if two are as common."""
    widths = Counter(stop - start for start, stop in (_span(cells) for _, cells in rows[:_SAMPLE]))
    return max(widths, key=lambda width: (widths[width], width))


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.match(cell) or _DATE.match(cell))


def _header_at(rows: Sequence[Row], known: Known | None) -> int:
    usual = _usual(rows)
    filled = [sum(map(bool, cells)) for _, cells in rows[:_LOOK]]
    sparse = [usual > 1 and count <= max(1, usual // 3) for count in filled]
    if all(sparse):
        return 0
    at = sparse.index(False)
    if at and any(_is_number(cell) for cell in rows[at][1] if cell):
        at = 0
    if known is None:
        return at
    heads = [sum(1 for cell in cells if cell and known(cell)) for _, cells in rows[:_LOOK]]
    if heads[at]:
        return at
    for i in range(at):
        if heads[i]:
            return i
    for i in range(at + 1, min(at + 5, len(heads))):
        if any(_is_number(cell) for cell in rows[i][1] if cell):
            break
        if heads[i] >= max(2, (filled[i] + 1) // 2):
            return i
    return at


def _hashtags_at(rows: Sequence[Row]) -> int | None:
    """Return which row holds HXL hashtags, None if none does."""
    for i, (_, cells) in enumerate(rows[:_LOOK]):
        if _tagged(cells):
            following = rows[i + 1][1] if i + 1 < len(rows) else []
            return None if _tagged(following) else i
    return None


def _tagged(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    tags = [cell for cell in filled if cell[0] == "#" and _HASHTAG.match(cell)]
    return bool(tags) and 2 * len(tags) >= len(filled)


def _second_header(rows: Sequence[Row], at: int) -> bool:
    """Tell whether the row below the first headings names the columns, under headings of groups of columns."""
    if at + 3 >= len(rows):
        return False
    upper, lower, below = rows[at][1], rows[at + 1][1], [cells for _, cells in rows[at + 2 : at + 2 + _SAMPLE]]
    start, stop = _span(lower)
    gaps = [i for i in range(start, stop) if i >= len(upper) or not upper[i]]
    named = lower[start:stop]
    if len(gaps) < 2 or not all(named) or len(set(named)) < len(named) or any(map(_is_number, named)):
        return False
    for i in range(start, stop):
        column = [cells[i] for cells in below if i < len(cells) and cells[i]]
        if len(column) > 1 and all(map(_is_number, column)):
            return True
    return False


def _reason(cells: Sequence[str], heads: Sequence[str]) -> str:
    many = 3 * sum(map(bool, cells)) > sum(map(bool, heads)) and sum(map(bool, cells)) > 1
    return "headings of groups of columns" if many else "title row above the headings"


def _stand(rows: Sequence[Row], where: str) -> str:
    shown = [f'"{next(filter(None, cells))[:60]}"' for _, cells in rows[:4]]
    if len(rows) > 4:
        shown.append(f"{len(rows) - 4} more")
    lines = rows_named([line for line, _ in rows])
    one = len(rows) == 1
    return f"{lines.capitalize()} {'stands' if one else 'stand'} {where} and {'was' if one else 'were'} left out: {listed(shown)}."


def _is_total(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and bool(_TOTAL.match(filled[0])) and all(map(_is_number, filled[1:]))


def _is_remark(cells: Sequence[str], usual: int) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 and usual > 1 and bool(_REMARK.match(filled[0]))


def _without_footer(rows: list[Row], usual: int) -> tuple[list[Row], list[Row]]:
    """Split off totals and remarks at the end; a lone name at the end of a list of ties is data."""
    stop = len(rows)
    while stop and (_is_total(rows[stop - 1][1]) or _is_remark(rows[stop - 1][1], usual)):
        stop -= 1
    if usual > 2:
        for i in range(max(1, stop - 20), stop):
            cells = rows[i][1]
            if rows[i][0] - rows[i - 1][0] > 1 and (_is_total(cells) or _is_remark(cells, usual)):
                if all(sum(map(bool, rest)) == 1 or _is_total(rest) for _, rest in rows[i:stop]):
                    stop = i
                break
    return rows[:stop], rows[stop:]


def _ragged(data: Sequence[Row], width: int, found: Found) -> list[Problem]:
    """Name rows shorter or longer than the headings; stop if the headings cannot belong to the rows."""
    out: list[Problem] = []
    short = [line for line, cells in data if len(cells) < width]
    if short and found.sheet is None:
        what = f"{plural(len(short), 'row')} shorter than the headings ({rows_named(short)}); the cells missing count as blank."
        out.append(Problem("short-rows", what, "", "note", found.file, found.sheet, short[0]))
    long = [(line, [cell for cell in cells[width:] if cell]) for line, cells in data if len(cells) > width and any(cells[width:])]
    if len(long) > 1 and 2 * len(long) > len(data):
        line, extra = long[0]
        what = f"{len(long):,} of {plural(len(data), 'row')} have more cells than the {plural(width, 'heading')}."
        fix = (
            "Give every column a heading; if cells hold commas, put them in quotation marks."
            if found.delimiter == ","
            else "Give every column a heading."
        )
        raise DataError(Problem("missing-heading", what, fix, "error", found.file, found.sheet, line, None, "; ".join(extra)[:200]))
    for line, extra in long[:20]:
        cells_word = f"{plural(len(extra), 'cell')} beyond the last heading, not used: " + listed(f'"{cell[:60]}"' for cell in extra[:5])
        fix = "Move it under a heading, or put a cell that holds the separator in quotation marks."
        out.append(Problem("extra-cells", f"{cells_word}.", fix, "warning", found.file, found.sheet, line, None, "; ".join(extra)[:200]))
    if len(long) > 20:
        rest = [line for line, _ in long[20:]]
        what = f"{plural(len(rest), 'more row')} have cells beyond the last heading, not used ({rows_named(rest)})."
        out.append(Problem("extra-cells", what, "", "warning", found.file, found.sheet, rest[0]))
    return out


def _headings(
    heads: Sequence[str], width: int, data: Sequence[Row], found: Found, line: int, problems: list[Problem]
) -> tuple[tuple[str, ...], list[int]]:
    """Name every column that holds anything, each with a name of its own."""

    def add(code: str, what: str, fix: str, severity: str) -> None:
        problems.append(Problem(code, what, fix, severity, found.file, found.sheet, line))

    unnamed = [i for i in range(width) if i >= len(heads) or not heads[i]]
    used = {i for i in unnamed if any(i < len(cells) and cells[i] for _, cells in data)}
    kept = [i for i in range(width) if i not in unnamed or i in used]
    names: list[str] = []
    taken = {head for head in heads if head}
    seen: Counter[str] = Counter()
    repeated: list[str] = []
    for i in kept:
        name = heads[i] if i not in used else f"column {i + 1}"
        seen[name] += 1
        if seen[name] > 1 or (i in used and name in taken):
            if i not in used:
                repeated.append(name)
            number = max(seen[name], 2)
            while f"{name} ({number})" in taken:
                number += 1
            seen[name] = number
            name = f"{name} ({number})"
            taken.add(name)
        names.append(name)
    if used:
        which = listed(f'"{names[kept.index(i)]}"' for i in sorted(used)[:5])
        more = f" and {len(used) - 5} more" if len(used) > 5 else ""
        one = len(used) == 1
        what = f"{'A column has' if one else f'{len(used)} columns have'} no heading; called {which}{more}."
        add("no-heading", what, "Give it a heading if it is to be used." if one else "Give them headings if they are to be used.", "note")
    if repeated:
        what = f"The heading {listed(f'{chr(34)}{name}{chr(34)}' for name in sorted(set(repeated)))} stands more than once; "
        what += "the later ones were numbered: " + listed(f'"{name}"' for name in names if name not in heads and not name.startswith("column ")) + "."
        add("duplicate-headings", what, "Give each column a name of its own.", "warning")
    return tuple(names), kept
