"""Lowering the stress of a drawing, pair by pair."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ._native import compiled

__all__ = ["descend"]

Ends = NDArray[np.int32]
Floats = NDArray[np.float64]


@compiled
def descend(
    z: NDArray[np.complex128],
    first: Ends,
    second: Ends,
    wish: Floats,
    weight: Floats,
    cuts: NDArray[np.int64],
    order: Ends,
    rate: float,
) -> NDArray[np.complex128]:
    """Return the positions after one sweep of stochastic gradient descent over all pairs.

    Round r holds the pairs from ``cuts[r]`` to ``cuts[r + 1]``, in which no node comes twice; rounds are taken in
    `order`. Both ends of a pair move towards the distance wished between them by half of weight times `rate`, at most
    half way. Cost O(pairs).
    """
    z = z.copy()
    pull = np.minimum(weight * rate, 1.0) * 0.5
    for r in order.tolist():
        here = slice(int(cuts[r]), int(cuts[r + 1]))
        i, j = first[here], second[here]
        apart = z[i] - z[j]
        # The plain root is the same number on every machine, which a complex absolute value is not.
        far = np.sqrt(apart.real**2 + apart.imag**2)
        apart *= pull[here] * (1.0 - wish[here] / np.maximum(far, 1e-9))
        z[i] -= apart
        z[j] += apart
    return z
