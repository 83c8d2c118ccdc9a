"""Rows of a table of numbers as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from ._native import compiled

__all__ = ["table_rows"]

_DIGITS = 12


@compiled
def table_rows(names: Sequence[str], columns: Sequence[NDArray[Any]], first: int, stop: int) -> bytes:
    r"""Return rows `first` up to `stop` of a table as CSV: the name as it is, then one number for every column.

    `columns` are arrays of int64 or float64, one value a name. Whole numbers are written in full, others to twelve
    significant digits, NaN as nothing.

    Examples
    --------
    >>> import numpy as np
    >>> table_rows(["a", "b"], [np.array([1, 2]), np.array([0.5, np.nan])], 0, 2)
    b'a,1,0.5\nb,2,\n'
    """
    cells = [[_text(value) for value in column[first:stop].tolist()] for column in columns]
    rows = zip(names[first:stop], *cells, strict=True)
    return "".join(f"{','.join(row)}\n" for row in rows).encode()


def _text(value: float) -> str:
    if value != value:
        return ""
    if isinstance(value, int) or (abs(value) < 1e15 and value == int(value)):
        return str(int(value))
    return f"{value:.{_DIGITS}g}"
