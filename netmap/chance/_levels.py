"""A level for each rater and each rated, taken out of ratings before anything else about their ties is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["levels", "t_of"]

FloatArray = NDArray[np.float64]


def levels(*factors: Sequence[Any]) -> FloatArray:
    """Return an orthonormal basis of a level for each name of each factor.

    A factor is a list of columns of names: one column where each row has one name, two where it has both ends of a tie.
    """
    tables = []
    for columns in factors:
        names = sorted({str(one) for column in columns for one in column})
        place = {one: i for i, one in enumerate(names)}
        table = np.zeros((len(columns[0]), len(names)))
        for column in columns:
            seat = np.array([place[str(one)] for one in column], dtype=np.int64)
            # No row names the same twice within a column, so that a plain sum counts every name.
            table[np.arange(seat.size), seat] += 1.0
        tables.append(table)
    left, size, _ = np.linalg.svd(np.hstack(tables), full_matrices=False)
    return np.asarray(left[:, size > 1e-9 * size.max()])


def t_of(drawn: FloatArray, basis: FloatArray, rest: FloatArray, free: int) -> FloatArray:
    """Return the t of each row of `drawn` in a regression of `rest` beside `basis`, of which `rest` is free already."""
    cross = drawn @ rest
    own = (drawn * drawn).sum(axis=1) - ((drawn @ basis) ** 2).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        left = np.maximum(float(rest @ rest) - cross**2 / own, 1e-12)
        return np.where(own > 1e-9, cross / np.sqrt(own * left / free), np.nan)
