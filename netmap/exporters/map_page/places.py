"""Where each node stands, at a scale the page draws well, whatever unit the places were given in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..pyvis_parts import number_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["places"]

SPACING = 60.0
"""Usual distance between neighbours; the sizes the page draws are made for it."""


def places(frame: pd.DataFrame) -> NDArray[np.float64]:
    """Return the place of each node, shape (n, 2); where there is none, below the others, or all in a spiral."""
    count = len(frame)
    turn = np.arange(count)
    around = np.column_stack([np.cos(2.399963 * turn), np.sin(2.399963 * turn)])
    spiral: NDArray[np.float64] = SPACING * 0.7 * np.sqrt(turn)[:, None] * around
    if "x" not in frame or "y" not in frame:
        return spiral
    out = np.column_stack([[number_of(v) for v in frame[c].tolist()] for c in ("x", "y")]).reshape(count, 2)
    known = np.isfinite(out).all(axis=1)
    if not known.any() or len(np.unique(out[known], axis=0)) < min(2, count):
        return spiral
    step = _usual_step(out[known])
    # Places of one's own may be metres or degrees; those of the layout are left as they are.
    if not 15.0 <= step <= 200.0:
        out *= SPACING / step
    lost = np.flatnonzero(~known)
    if lost.size:
        middle, lowest = np.nanmean(out[known, 0]), out[known, 1].max()
        out[lost, 0] = middle + (np.arange(lost.size) - (lost.size - 1) / 2) * SPACING
        out[lost, 1] = lowest + 2 * SPACING
    return out


def _usual_step(at: NDArray[np.float64]) -> float:
    from scipy.spatial import cKDTree

    different = np.unique(at, axis=0)
    if len(different) < 2:
        return SPACING
    near = np.asarray(cKDTree(different).query(different, k=2)[0])[:, 1]
    return float(np.median(near))
