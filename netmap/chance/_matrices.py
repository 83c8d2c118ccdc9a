"""Square matrices of one value a pair, from views, graphs, tables and arrays, matched by label."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..measures._input import as_view, is_networkx
from ..view import View

__all__ = ["aligned_matrices", "cells_of", "is_symmetric"]

FloatArray = NDArray[np.float64]


def aligned_matrices(given: Sequence[Any], names: Sequence[str]) -> tuple[list[FloatArray], tuple[Hashable, ...]]:
    """Return square matrices over the same labels, sorted, with NaN on the diagonal; those in all of them are used.

    An array has no labels: it follows the order of the others, which must then name as many.
    """
    found = [_labelled(one, name) for one, name in zip(given, names, strict=True)]
    labelled = [labels for _, labels in found if labels is not None]
    if labelled:
        shared = set(labelled[0]).intersection(*labelled[1:])
        order = sorted(shared, key=lambda i: (type(i).__name__, str(i)) if not isinstance(i, (int, float)) else ("", i))
    else:
        order = [*range(found[0][0].shape[0])]
    out = []
    for (matrix, labels), name in zip(found, names, strict=True):
        named = labels if labels is not None else labelled[0] if labelled else tuple(order)
        if matrix.shape[0] != len(named):
            raise MeasureError(f"{name} has {matrix.shape[0]} rows, the others {len(named)}.")
        place = {label: i for i, label in enumerate(named)}
        at = np.array([place[label] for label in order], dtype=np.int64)
        square = matrix[np.ix_(at, at)].copy() if at.size else np.zeros((0, 0))
        np.fill_diagonal(square, np.nan)
        out.append(square)
    return out, tuple(order)


def _labelled(one: Any, name: str) -> tuple[FloatArray, tuple[Hashable, ...] | None]:
    if isinstance(one, View) or is_networkx(one):
        # A graph without strengths counts 1 a tie.
        view = as_view(one, "weight")
        matrix = np.zeros((view.n, view.n))
        matrix[view.source, view.target] = view.strength
        if not view.directed:
            matrix[view.target, view.source] = view.strength
        return matrix, tuple(view.ids)
    labels = None
    if hasattr(one, "columns"):
        labels = tuple(one.index)
        if len(set(labels)) < len(labels):
            raise MeasureError(f"{name} names a row more than once.")
        if set(labels) != set(one.columns) or len(one.columns) != len(labels):
            raise MeasureError(f"{name} must have the same names on its rows and its columns.")
        one = one.loc[:, list(labels)].to_numpy(dtype=np.float64, na_value=np.nan)
    matrix = np.array(one, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise MeasureError(f"{name} must be square, one row and one column an organisation; its shape is {matrix.shape}.")
    if np.isinf(matrix).any():
        raise MeasureError(f"{name} holds an infinite value; unknown ones are NaN.")
    return matrix, labels


def is_symmetric(matrix: FloatArray) -> bool:
    """Tell whether the matrix reads the same both ways, unknown cells included."""
    return bool(np.array_equal(matrix, matrix.T, equal_nan=True))


def cells_of(n: int, directed: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return rows and columns of the cells off the diagonal: all of them, or one a pair."""
    rows, columns = np.nonzero(~np.eye(n, dtype=bool)) if directed else np.triu_indices(n, 1)
    return rows.astype(np.int64), columns.astype(np.int64)
