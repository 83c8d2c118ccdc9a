"""Ties from a plain file of separated text: who is tied to whom as codes, what each code is called, and how strongly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from ._native import compiled

__all__ = ["LONGEST", "NotPlainError", "Scanned", "headings", "scan"]

# Bytes a line may have, its end included.
LONGEST = 1 << 18
_LONGEST_NUMBER = 128

# Why a line is not plain, by the number the compiled form gives.
REASONS = (
    "",
    "it has more or fewer cells than the headings",
    "a quotation mark stands where none belongs, or is never closed on the line",
    "it holds a NUL or a carriage return",
    "it is not UTF-8",
    "a name is empty",
    "a name begins or ends with a space",
    "the strength is not a number",
)
TOO_LONG = f"it is longer than {LONGEST:,} bytes"
_CELLS, _QUOTE, _CHARACTER, _ENCODING, _EMPTY, _SPACE, _NUMBER = REASONS[1:]

_NUMERAL = re.compile(rb"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


class NotPlainError(Exception):
    """A file holds something that only a general reader can make sense of: on which line, and what."""

    def __init__(self, line: int, why: str):
        super().__init__(f"line {line:,}: {why}")
        self.line, self.why = line, why


@dataclass(frozen=True, eq=False)
class Scanned:
    """The ties of a file, row by row, and its names.

    Attributes
    ----------
    source, target : ndarray of int32, shape (rows,)
        Positions in `names`.
    strength : ndarray of float64, shape (rows,), or None
        NaN where the cell is empty; None where no strength was read.
    names : list of str
        Distinct names, in the order they are met.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    strength: NDArray[np.float64] | None
    names: list[str]


def headings(file: BinaryIO, delimiter: str = ",") -> list[str]:
    r"""Read the first line of a file: its headings.

    Examples
    --------
    >>> import io
    >>> headings(io.BytesIO(b'from,"to, or with"\n'))
    ['from', 'to, or with']
    """
    line = file.readline(LONGEST).removeprefix(b"\xef\xbb\xbf")
    if len(line) == LONGEST and not line.endswith(b"\n"):
        raise NotPlainError(1, TOO_LONG)
    try:
        return [cell.decode() for cell in _cells(line.removesuffix(b"\n").removesuffix(b"\r"), delimiter.encode())]
    except UnicodeDecodeError:
        raise NotPlainError(1, _ENCODING) from None
    except _OddError as odd:
        raise NotPlainError(1, str(odd)) from None


@compiled
def scan(
    file: BinaryIO, *, columns: int, source: int, target: int, strength: int | None = None, delimiter: str = ","
) -> Scanned:
    r"""Read the ties of a file open behind its headings, in one pass and memory that grows with names and ties alone.

    Parameters
    ----------
    file : binary file
    columns : int
        Number of headings. Every line has as many cells; empty lines are passed over.
    source, target : int
        Columns of the two ends, from 0.
    strength : int, optional
        Column of the strength: a decimal number, or empty where it is not known.
    delimiter : str, default ","
        One ASCII character.

    Returns
    -------
    Scanned

    Raises
    ------
    NotPlainError
        At the first line that is not plain: UTF-8, cells in quotation marks or without any in them, marks within doubled,
        no line break in a cell, no NUL, names neither empty nor with a space at an end, strengths that are numbers.

    Examples
    --------
    >>> import io
    >>> found = scan(io.BytesIO(b'a,b,2\na,"c, d",\n'), columns=3, source=0, target=1, strength=2)
    >>> found.names, found.source.tolist(), found.target.tolist(), found.strength.tolist()
    (['a', 'b', 'c, d'], [0, 0], [1, 2], [2.0, nan])
    """
    codes: dict[str, int] = {}
    ends: tuple[list[int], list[int]] = ([], [])
    strengths: list[float] = []
    mark, number = delimiter.encode(), 1
    while line := file.readline(LONGEST):
        number += 1
        if len(line) == LONGEST and not line.endswith(b"\n"):
            raise NotPlainError(number, TOO_LONG)
        line = line.removesuffix(b"\n").removesuffix(b"\r")
        if not line:
            continue
        try:
            cells = _cells(line, mark)
            if len(cells) != columns:
                raise _OddError(_CELLS)
            line.decode()
            if strength is not None:
                strengths.append(_number(cells[strength]))
            for column, end in zip((source, target), ends, strict=True):
                name = cells[column].decode()
                if not name:
                    raise _OddError(_EMPTY)
                if name[0] in " \t" or name[-1] in " \t":
                    raise _OddError(_SPACE)
                end.append(codes.setdefault(name, len(codes)))
        except UnicodeDecodeError:
            raise NotPlainError(number, _ENCODING) from None
        except _OddError as odd:
            raise NotPlainError(number, str(odd)) from None
    return Scanned(
        np.array(ends[0], dtype=np.int32),
        np.array(ends[1], dtype=np.int32),
        None if strength is None else np.array(strengths, dtype=np.float64),
        list(codes),
    )


class _OddError(ValueError):
    """Why a line is not plain."""


def _cells(line: bytes, delimiter: bytes) -> list[bytes]:
    if b"\0" in line or b"\r" in line:
        raise _OddError(_CHARACTER)
    cells, at = [], 0
    marked, bare = re.compile(rb'"((?:[^"]|"")*)"'), re.compile(rb'[^"' + re.escape(delimiter) + rb"]*")
    while True:
        found = marked.match(line, at) if line[at : at + 1] == b'"' else bare.match(line, at)
        if found is None or line[found.end() : found.end() + 1] not in (delimiter, b""):
            raise _OddError(_QUOTE)
        cells.append(found[1].replace(b'""', b'"') if found.re is marked else found[0])
        if found.end() == len(line):
            return cells
        at = found.end() + 1


def _number(cell: bytes) -> float:
    if not cell:
        return float("nan")
    if len(cell) > _LONGEST_NUMBER or not _NUMERAL.fullmatch(cell):
        raise _OddError(_NUMBER)
    return float(cell)
