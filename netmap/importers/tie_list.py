"""A list of ties in any separated text -> a view: the plain file in one pass, any other by the general reader."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ..errors import DataError, Problem, UsageError, nearest
from ..view import View

__all__ = ["read_ties"]


def read_ties(
    path: str | os.PathLike[str],
    source: str,
    target: str,
    strength: str | None = None,
    *,
    directed: bool = False,
    encoding: str | None = None,
) -> View:
    r"""Take a view of a file of ties, whatever its separator, encoding and quotation marks.

    Parameters
    ----------
    path : str or path
    source, target : str
        Headings of the columns that hold the two ends.
    strength : str, optional
        Heading of the strength, larger is closer; an empty cell is an unknown one and counts as 1.
    directed : bool, default False
    encoding : str, optional
        Encoding of the file where it is not UTF-8 and not recognised.

    Returns
    -------
    View
        Loops are dropped and counted, strengths of parallel ties added up.

    Raises
    ------
    DataError
        If the file is no table, a row lacks an end, or a strength is no number; naming every such row.
    UsageError
        If there is no such column, file or encoding.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "ties.csv")
    >>> _ = path.write_bytes("from;to\nCaf\xe9; Mind\n".encode("cp1252"))
    >>> read_ties(path, "from", "to").ids
    ('Café', 'Mind')

    Notes
    -----
    A plain file goes by `View.from_csv`, in memory that grows with names and ties. Any other is read whole: spaces at the
    ends of names are taken away, and lines that are no data set aside as by `netmap.read`.
    """
    if encoding is None:
        try:
            return View.from_csv(path, source, target, strength, directed=directed)
        except DataError as odd:
            if odd.problems[0].code != "not-plain":
                raise
        except UsageError:
            # Another separator than the comma hides the headings: the general reader has the last word.
            if not os.path.isfile(path):
                raise
    return _general(Path(path), source, target, strength, directed, encoding)


def _general(
    path: Path, source: str, target: str, strength: str | None, directed: bool, encoding: str | None
) -> View:
    from .text import read_text

    table = read_text(path.read_bytes(), file=path.name, encoding=encoding)
    a, b = (_place(name, table.header, path.name) for name in (source, target))
    w = None if strength is None else _place(strength, table.header, path.name)
    codes: dict[str, int] = {}
    ends: tuple[list[int], list[int]] = ([], [])
    strengths: list[float] = []
    wrong: list[Problem] = []
    for line, row in zip(table.lines, table.rows, strict=True):
        for column, end in ((a, ends[0]), (b, ends[1])):
            if not row[column]:
                fix = "Write the name, or delete the row."
                wrong.append(Problem("missing-end", "The tie has no such end.", fix, "error", path.name, None, line,
                                     table.header[column]))  # fmt: skip
            end.append(codes.setdefault(row[column], len(codes)))
        if w is not None:
            strengths.append(_number(row[w], line, table.header[w], path.name, wrong))
    if wrong:
        raise DataError(wrong)
    return View(list(codes), *ends, strengths if w is not None else None, directed=directed)


def _number(cell: str, line: int, heading: str, file: str, wrong: list[Problem]) -> float:
    try:
        return float(cell) if cell else float("nan")
    except ValueError:
        fix = "Write a number such as 2 or 0.5, or leave the cell empty."
        wrong.append(Problem("bad-number", "The strength is not a number.", fix, "error", file, None, line, heading, cell))
        return float("nan")


def _place(name: str, header: Sequence[str], file: str) -> int:
    if name in header:
        return header.index(name)
    close = nearest(name, header)
    hint = f"Did you mean {' or '.join(close)}?" if close else f"Its headings: {', '.join(header[:40])}."
    raise UsageError(f"{file} has no column {name!r}. {hint}")
