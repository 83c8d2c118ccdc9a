"""The compiled form of the kernels that read and write text: takes what its twin takes and gives what it gives."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from . import _fast

__all__ = ["scan", "table_rows"]


def scan(
    file: BinaryIO, *, columns: int, source: int, target: int, strength: int | None = None, delimiter: str = ","
) -> Any:
    """See `scan.scan`."""
    from .scan import LONGEST, REASONS, TOO_LONG, NotPlainError, Scanned

    # The seed only scatters the names in the table, so that no file can be made for them to fall in one place.
    seed = int.from_bytes(os.urandom(8), "little")
    state = _fast.scan_open(ord(delimiter), columns, source, target, -1 if strength is None else strength, seed)
    block = memoryview(bytearray(LONGEST))
    held = 0
    while True:
        got = file.readinto(block[held:])  # type: ignore[attr-defined]
        taken, rows, lines, problem = _fast.scan_feed(state, block[: held + got], not got)
        if problem:
            raise NotPlainError(lines + 1, REASONS[problem])
        if not got:
            break
        held += got - taken
        if held == LONGEST:
            raise NotPlainError(lines + 2, TOO_LONG)
        block[:held] = block[taken : taken + held]
    ends = np.empty(rows, dtype=np.int32), np.empty(rows, dtype=np.int32)
    strengths = None if strength is None else np.empty(rows)
    names = _fast.scan_take(state, *ends, strengths)
    return Scanned(*ends, strengths, names)


def table_rows(names: Sequence[str], columns: Sequence[NDArray[Any]], first: int, stop: int) -> Any:
    """See `table.table_rows`."""
    return _fast.write(names, columns, first, stop)
