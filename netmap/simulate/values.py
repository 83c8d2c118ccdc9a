"""What organisations value: ratings that do or do not follow the ties, and one gap planted between two networks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError, nearest

__all__ = ["ALIGNMENT", "ITEMS", "ratings"]

ITEMS = ("openness", "fairness", "care", "local voice", "thrift", "learning")
ALIGNMENT = {"none": 0.0, "weak": 0.6, "strong": 0.9}


def ratings(
    rng: np.random.Generator,
    n: int,
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    alignment: str,
    gap: tuple[NDArray[np.int64], NDArray[np.int64], int, float] | None = None,
) -> NDArray[np.int64]:
    """Return ratings 1..5 of every item by every organisation, shape (n, items).

    Parameters
    ----------
    low, high : ndarray of int
        The ties.
    alignment : {"none", "weak", "strong"}
        How far an organisation's ratings lean on those of its partners. With ``none`` no rating depends on a tie.
    gap : (members, other members, item, size), optional
        Adds half of `size` to the item for the first and takes half away for the second.
    """
    if alignment not in ALIGNMENT:
        hint = nearest(alignment, ALIGNMENT)
        raise UsageError(
            f"alignment is none, weak or strong, not {alignment!r}.{f' Did you mean {hint[0]}?' if hint else ''}"
        )
    own = rng.standard_normal((n, len(ITEMS)))
    level = 0.3 * rng.standard_normal(n)
    lean = ALIGNMENT[alignment]
    score = own
    if lean:
        degree = np.maximum(np.bincount(low, minlength=n) + np.bincount(high, minlength=n), 1)
        for _ in range(4):
            pull = np.empty_like(score)
            for item in range(len(ITEMS)):
                column = score[:, item]
                pull[:, item] = np.bincount(low, column[high], n) + np.bincount(high, column[low], n)
            score = (1 - lean) * own + lean * pull / degree[:, None]
        spread = score.std(axis=0)
        score = (score - score.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    score = 3.2 + level[:, None] + 0.95 * score
    if gap is not None:
        first, second, item, size = gap
        score[first, item] += size / 2
        score[second, item] -= size / 2
    return np.clip(np.rint(score), 1, 5).astype(np.int64)
