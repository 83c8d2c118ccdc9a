"""Read the sheets of a workbook (XLSX, XLS, ODS) as grids of text, as a person sees them."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from ..errors import DataError, Problem
from .cells import Cleaner, suspicious_words
from .grid import Found, Known, RawTable, frame

__all__ = ["read_sheets", "shown"]


def read_sheets(content: bytes, *, file: str, sha256: str = "", known: Known | None = None) -> list[RawTable]:
    """Read every sheet that holds a table.

    Parameters
    ----------
    content : bytes
        The workbook.
    file : str
        Its name, for messages.
    sha256 : str, optional
    known : callable, optional
        Tells whether a text is a heading that the schema knows.

    Returns
    -------
    list of RawTable
        One a sheet that holds anything; row numbers are those of the sheet.

    Raises
    ------
    DataError
        If it cannot be opened (damaged, or protected by a password) or no sheet holds a table.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as wrong:
        what = f"The workbook cannot be opened ({str(wrong).strip().rstrip('.') or type(wrong).__name__})."
        fix = "Open it in a spreadsheet program, take off any password and save it as XLSX or CSV UTF-8."
        raise DataError(Problem("bad-workbook", what, fix, "error", file)) from None
    tables: list[RawTable] = []
    problems: list[Problem] = []
    for sheet in book.sheets_metadata:
        page = book.get_sheet_by_name(sheet.name)
        rows = page.to_python(skip_empty_area=False)
        if not any(cell != "" for row in rows for cell in row):
            continue
        notes: list[Problem] = []
        if sheet.visible != SheetVisibleEnum.Visible:
            notes.append(Problem("hidden-sheet", "This sheet is hidden in the workbook; it was read all the same.",
                                 "Delete it if it should not be used.", "warning", file, sheet.name))  # fmt: skip
        merged = getattr(page, "merged_cell_ranges", None) or []
        if merged:
            notes.append(Problem("merged-cells", "The sheet has merged cells; only the first of each holds its text.",
                                 "Unmerge them if rows look empty.", "note", file, sheet.name))  # fmt: skip
        cleaner = Cleaner()
        grid = [(line, cleaner.row([shown(cell) for cell in row], line)) for line, row in enumerate(rows, 1)]
        notes += cleaner.problems(file, sheet.name) + suspicious_words(grid, file, sheet.name)
        try:
            tables.append(frame(grid, Found(file, sheet.name, "", "", sha256, (), tuple(notes)), known))
        except DataError as wrong:
            problems += wrong.problems
    if problems or not tables:
        raise DataError(problems or Problem("empty-file", "No sheet of the workbook holds anything.", "", "error", file))
    return tables


def shown(cell: Any) -> str:
    """Return a cell as text: whole numbers without a point, dates as ISO, yes and no for truth values.

    Examples
    --------
    >>> shown(2.0), shown(0.5), shown(True), shown(date(2024, 5, 1))
    ('2', '0.5', 'yes', '2024-05-01')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)
