"""Circles that stand on one another, moved apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["moved_apart"]

_ROUNDS = 300
# Less than this is not seen.
_LEAST = 1e-9


def moved_apart(middle: NDArray[np.complex128], radius: NDArray[np.float64], gap: float) -> NDArray[np.complex128]:
    """Return the middles of circles after each two nearer than `gap` have moved apart, as far as the other, again and again."""
    from scipy.spatial import cKDTree

    # Those in one place go different ways.
    z: NDArray[np.complex128] = middle + 1e-6 * np.exp(2.399963j * np.arange(middle.size))
    for _ in range(_ROUNDS):
        pairs = cKDTree(np.column_stack([z.real, z.imag])).query_pairs(2 * radius.max() + gap, output_type="ndarray")
        a, b = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
        apart = z[a] - z[b]
        distance = np.abs(apart)
        short = np.maximum(radius[a] + radius[b] + gap - distance, 0.0)
        if short.max(initial=0.0) < _LEAST:
            break
        push = 0.45 * short * apart / np.maximum(distance, 1e-9)
        for ends, way in ((a, 1.0), (b, -1.0)):
            z = z + way * (np.bincount(ends, push.real, z.size) + 1j * np.bincount(ends, push.imag, z.size))
    return z
