"""Where the random numbers of a made-up network come from: one stream a stage, so that stages do not disturb each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import UsageError

__all__ = ["STAGES", "pick", "stream"]

# The order is part of what a seed means: add new stages at the end.
STAGES = (
    "organisations",
    "names",
    "structure",
    "networks",
    "accountability",
    "values",
    "trust",
    "waves",
    "people",
    "capabilities",
    "nominations",
    "observation",
    "planned",
    "introductions",
    "needs",
    "decisions",
)


def stream(seed: int, stage: str) -> np.random.Generator:
    """Return the generator of one stage of a made-up network.

    Examples
    --------
    >>> bool(stream(1, "names").random() == stream(1, "names").random())
    True
    """
    if seed < 0:
        raise UsageError(f"seed is a whole number from 0 up, not {seed}.")
    return np.random.default_rng([int(seed), STAGES.index(stage)])


def pick(rng: np.random.Generator, shares: ArrayLike, size: int) -> NDArray[np.int64]:
    """Return `size` positions in `shares`, each drawn with a chance proportional to its share.

    Examples
    --------
    >>> pick(stream(0, "names"), [0, 1], 3)
    array([1, 1, 1])
    """
    total = np.cumsum(np.asarray(shares, dtype=np.float64))
    found: NDArray[np.int64] = np.searchsorted(total, rng.random(size) * total[-1], side="right").astype(np.int64)
    return found
