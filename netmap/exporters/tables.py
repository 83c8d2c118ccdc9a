"""Tables as CSV, XLSX and Parquet: text stays text in every spreadsheet, numbers stay numbers, missing is empty."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import OutputError, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from ..analysis import Analysis

__all__ = ["csv_bytes", "neutral", "neutral_all", "parquet_bytes", "plain", "result_tables", "tidy", "xlsx_bytes"]

# Full-width forms start a formula in some East Asian versions of spreadsheet programs.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_NOISE = 1e-12
_XLSX_ROWS = 1_048_576
_XLSX_CELL = 32_767


def result_tables(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """Return the tables of a result by file name without ending, in the order they are listed.

    ``organisations`` holds the nodes, or the groups by which people are shown; ``people`` is there only where people
    may be shown, with their measures where people are the nodes. Map positions are called ``map_x`` and ``map_y``, as
    the importers read them.
    """
    nodes = analysis.nodes.rename(columns={"x": "map_x", "y": "map_y"})
    people = analysis.people
    if analysis.node_word == "person":
        more = [c for c in people.columns if c not in nodes.columns] if "id" in people.columns else []
        people = nodes.merge(people[["id", *more]], on="id", how="left") if more else nodes
        nodes = nodes.iloc[:0]
    tables = {"organisations": nodes}
    if len(people):
        tables["people"] = people
    tables["ties"] = analysis.ties
    tables["networks"] = analysis.networks
    tables["ledger"] = analysis.ledger
    tables["suppressed"] = analysis.suppressed
    return tables


# -- cells -----------------------------------------------------------------------------------------------------


def neutral(text: str) -> str:
    """Return `text` so that no spreadsheet program takes it for a formula: a dangerous start gets a ``'`` before it.

    Text that is nothing but a number is left alone. netmap's importers take the mark away again.

    Examples
    --------
    >>> neutral("=1+1"), neutral("-5"), neutral("Torbay")
    ("'=1+1", '-5', 'Torbay')
    """
    text = text.replace("\0", "")
    if text.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def neutral_all(texts: Sequence[str]) -> Sequence[str]:
    """Return every text as `neutral` gives it; where none needs it, the same ones."""
    whole = "\n" + "\n".join(texts)
    if "\0" in whole or any("\n" + start in whole for start in _FORMULA_STARTS):
        return [neutral(text) for text in texts]
    return texts


def tidy(value: float) -> float:
    """Return a number without the dust of floating point: minus zero and anything below 1e-12 in size is 0."""
    return 0.0 if abs(value) < _NOISE else float(value)


def plain(value: Any) -> Any:
    """Return a cell as ``None, bool, int, float`` or ``str``, whatever numpy, pandas or Python type it came in.

    Missing values of every kind, NaN included, are None; lists are joined by semicolons; dates are ISO text.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else tidy(value)
    if isinstance(value, (list, tuple)):
        return "; ".join(str(part) for part in (plain(v) for v in value) if part is not None)
    if isinstance(value, (set, frozenset)):
        return "; ".join(sorted(str(part) for part in value))
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _columns(frame: pd.DataFrame) -> list[list[Any]]:
    """Return every column as a list of plain cells; a column of whole numbers holds ints, missing or not."""
    columns = []
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        cells = [plain(value) for value in column.tolist()]
        if column.dtype.kind == "f":
            numbers = [c for c in cells if c is not None]
            if all(math.isfinite(c) and c == int(c) and abs(c) < 2**53 for c in numbers):
                cells = [None if c is None else int(c) for c in cells]
        columns.append(cells)
    return columns


def _headings(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame.columns]


# -- files -----------------------------------------------------------------------------------------------------


def csv_bytes(frame: pd.DataFrame) -> bytes:
    r"""Return a table as CSV: UTF-8, commas, RFC 4180 quoting and line ends, ``yes`` and ``no``, missing as empty.

    Examples
    --------
    >>> import pandas as pd
    >>> csv_bytes(pd.DataFrame({"name": ["Môn", "=1+1"], "share": [0.5, float("nan")], "ties": [3.0, 4.0]}))
    b"name,share,ties\r\nM\xc3\xb4n,0.5,3\r\n'=1+1,,4\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutral(h) for h in _headings(frame)])
    writer.writerows(zip(*([_csv_cell(c) for c in column] for column in _columns(frame)), strict=True))
    return out.getvalue().encode("utf-8", "replace")


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return neutral(value) if isinstance(value, str) else repr(value)


def xlsx_bytes(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return tables as an Excel workbook, one sheet each; no cell is a formula or a link.

    Text longer than a cell can hold (32,767 characters) is cut. The same tables give the same bytes.

    Raises
    ------
    OutputError
        A table has more rows than a sheet holds.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001
    strong = book.add_format({"bold": True, "bottom": 1})
    for name, frame in tables.items():
        if len(frame) >= _XLSX_ROWS:
            raise OutputError(f"The table {name} has {len(frame):,} rows, more than a sheet holds. Use CSV or Parquet.")
        sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", name)[:31])
        sheet.freeze_panes(1, 1)
        headings, columns = _headings(frame), _columns(frame)
        for place, (heading, column) in enumerate(zip(headings, columns, strict=True)):
            sheet.write_string(0, place, heading[:_XLSX_CELL], strong)
            for row, value in enumerate(column, start=1):
                if isinstance(value, bool):
                    sheet.write_string(row, place, "yes" if value else "no")
                elif isinstance(value, str):
                    # A workbook marks text as text by itself, so nothing is put in front of it.
                    sheet.write_string(row, place, value.replace("\0", "")[:_XLSX_CELL])
                elif isinstance(value, int) and abs(value) > 2**53:
                    sheet.write_string(row, place, str(value))
                elif value is not None:
                    sheet.write_number(row, place, value)
            widest = max([len(heading), *(len(str(v)) for v in column[:200] if v is not None)], default=8)
            sheet.set_column(place, place, min(max(widest + 2, 8), 50))
        if len(frame) and headings:
            sheet.autofilter(0, 0, len(frame), len(headings) - 1)
    book.close()
    return out.getvalue()


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet.

    Raises
    ------
    UsageError
        The package pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError(
            "Parquet files need the package pyarrow, which is not installed. Install it with: pip install pyarrow"
        ) from None
    arrays = []
    for column in _columns(frame):
        kinds = {type(c) for c in column if c is not None}
        if kinds <= {int} and all(c is None or abs(c) < 2**63 for c in column):
            arrays.append(pyarrow.array(column, pyarrow.int64()))
        elif kinds <= {int, float}:
            arrays.append(pyarrow.array([None if c is None else float(c) for c in column], pyarrow.float64()))
        elif kinds == {bool}:
            arrays.append(pyarrow.array(column, pyarrow.bool_()))
        else:
            arrays.append(pyarrow.array([None if c is None else str(c) for c in column], pyarrow.string()))
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(arrays, names=_unique(_headings(frame))), out)
    return out.getvalue()


def _unique(headings: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    out = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        out.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return out
