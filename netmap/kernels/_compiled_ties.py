"""The compiled form of the kernels that take ties from text, join them and write tables: see their twins."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from . import _fast

__all__ = ["merge_ties", "scan", "table_rows"]


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


def merge_ties(
    n: int, source: NDArray[np.integer], target: NDArray[np.integer], weights: NDArray[np.float64], rule: str = "sum"
) -> Any:
    """See `csr.merge_ties`."""
    from .csr import MERGES

    # Sorted and joined where they stand, so on arrays of their own.
    a, b = np.array(source, dtype=np.int32), np.array(target, dtype=np.int32)
    w = np.array(weights, dtype=np.float64)
    left = _fast.merge(a, b, w, n, MERGES.index(rule))
    return a[:left].copy(), b[:left].copy(), w[:left].copy()
