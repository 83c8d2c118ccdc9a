"""Who can do what: capabilities with one planted to be held by a single organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .organisations import text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CAPABILITIES", "capabilities_of"]

CAPABILITIES = (
    "flood modelling",
    "commissioning",
    "needs assessment",
    "evaluation",
    "community transport",
    "debt advice",
    "volunteer recruitment",
    "food distribution",
    "youth work",
    "befriending",
    "social prescribing",
    "repair",
    "training",
    "translation",
    "fundraising",
    "data sharing",
)


def capabilities_of(
    rng: np.random.Generator, ids: NDArray[Any], holder: int, coalition: tuple[int, ...] = ()
) -> pd.DataFrame:
    """Return the table ``capabilities``; `holder` alone has the first of `CAPABILITIES`, every other has two holders or more.

    The members of `coalition`, the holder first, share out all of them, and every capability is needed by somebody. Nobody
    else has more than four, so that no other set as small has all.
    """
    import pandas as pd

    n, q = ids.size, len(CAPABILITIES)
    each = rng.integers(0, 4, size=n)
    each[list(coalition)] = 0
    who = np.repeat(np.arange(n), each)
    what = rng.integers(1, q, size=who.size)
    pairs = [who * q + what, np.array([holder * q])]
    for item in range(1, q):
        held = np.unique(who[what == item])
        if held.size < 2:
            pairs.append(rng.permutation(np.setdiff1d(np.arange(n), held))[: 2 - held.size] * q + item)
    share = np.arange(q) % max(len(coalition), 1)
    pairs += [np.array([member * q + item for item in np.flatnonzero(share == k)]) for k, member in enumerate(coalition)]
    has = np.unique(np.concatenate(pairs))
    need = np.unique(rng.integers(0, n, size=max(4, n // 3)) * q + rng.integers(0, q, size=max(4, n // 3)))
    need = need[~np.isin(need, has)]
    if coalition:
        missing = np.setdiff1d(np.arange(q), need % q)
        free = [np.setdiff1d(np.arange(n), has[has % q == item] // q)[0] for item in missing]
        need = np.concatenate([need, np.array(free, dtype=np.int64) * q + missing])
    keys = np.concatenate([has, need])
    status = np.concatenate([(rng.random(has.size) < 0.15).astype(np.int64), np.full(need.size, 2)])
    status[: has.size][has % q == 0] = 0
    # A capability that only could be had is not held; the two-holder rule is kept by those who have it.
    for item in range(1, q):
        rows = np.flatnonzero(has % q == item)
        status[rows[:2]] = 0
    status[: has.size][np.isin(has // q, coalition)] = 0
    order = np.argsort(keys, kind="stable")
    keys, status = keys[order], status[order]
    level = np.where(status == 2, 0, rng.integers(2, 6, size=keys.size))
    frame = pd.DataFrame(
        {
            "entity": ids[keys // q],
            "capability": text(keys % q, CAPABILITIES),
            "status": text(status, ("has", "could_have", "needs")),
            "level": pd.array(level, dtype="Int64"),
        }
    )
    frame.loc[frame["status"] == "needs", "level"] = pd.NA
    return frame
