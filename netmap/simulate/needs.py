"""Needs of a made-up county, one of which nobody near can meet, and decisions with those who took part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .capabilities import CAPABILITIES
from .truth import Facts, joined

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["decisions_of", "needs_of"]

NEEDS, DECISIONS = 20, 12
FAR = 3
TYPES = ("need", "demand", "want")
TRUSTED = 3.0
ITEMS = ["trust_reliability", "trust_mission", "trust_openness"]


def needs_of(
    rng: np.random.Generator, ids: NDArray[Any], capabilities: pd.DataFrame, records: pd.DataFrame, holder: int, facts: Facts
) -> pd.DataFrame:
    """Return the table ``needs``: each but the last is of somebody whose trusted partner has what it takes.

    The last asks for what one organisation alone has, and is held by one three steps from it or further.
    """
    import pandas as pd

    place = {str(node): i for i, node in enumerate(ids)}
    latest = records[(records["wave"] == records["wave"].max()) & (records["status"] == "active")]
    a = latest["source"].map(place).to_numpy(dtype=np.int64)
    b = latest["target"].map(place).to_numpy(dtype=np.int64)
    score = latest[ITEMS].astype("float64").mean(axis=1).to_numpy()
    pairs = pd.DataFrame({"low": np.minimum(a, b), "high": np.maximum(a, b), "score": score})
    mean = pairs.groupby(["low", "high"], sort=True)["score"].mean()
    near = mean[mean.isna() | (mean >= TRUSTED)]
    able: dict[int, list[str]] = {}
    has = capabilities[capabilities["status"] == "has"]
    for node, what in zip(has["entity"].map(place), has["capability"], strict=True):
        able.setdefault(int(node), []).append(str(what))
    choices = [
        (one, what)
        for x, y in near.index
        for one, other in ((int(x), int(y)), (int(y), int(x)))
        for what in able.get(other, ())
        if what not in able.get(one, ())
    ]
    chosen = rng.permutation(len(choices))[: NEEDS - 1]
    rows = [(str(ids[choices[i][0]]), choices[i][1]) for i in chosen.tolist()]
    steps = _steps(len(ids), a, b, holder)
    far = np.flatnonzero(steps >= FAR)
    facts.note("needs_near", "needs", len(rows), "F13", "Needs that a trusted partner of their holder can meet")
    if far.size:
        lone = str(ids[int(rng.permutation(far)[0])])
        rows.append((lone, CAPABILITIES[0]))
        facts.note("unmet_need", joined(lone, CAPABILITIES[0]), 0, "F13", "Nobody within two steps of it has this capability")
    kind = rng.choice(3, size=len(rows), p=(0.7, 0.2, 0.1))
    return pd.DataFrame(
        {
            "need_id": [f"d{i + 1:02d}" for i in range(len(rows))],
            "holder": [h for h, _ in rows],
            "capability": [c for _, c in rows],
            "type": [TYPES[k] for k in kind],
            "people_n": rng.integers(1, 40, size=len(rows)),
            "met": "no",
        }
    )


def _steps(n: int, a: NDArray[np.int64], b: NDArray[np.int64], start: int) -> NDArray[np.int64]:
    """Steps from one organisation to every other along any tie; n where there is no way."""
    steps = np.full(n, n, dtype=np.int64)
    steps[start] = 0
    for far in range(1, n):
        reached = np.append(b[steps[a] == far - 1], a[steps[b] == far - 1])
        new = np.unique(reached[steps[reached] == n])
        if not new.size:
            break
        steps[new] = far
    return steps


def decisions_of(rng: np.random.Generator, ids: NDArray[Any], people: pd.DataFrame, year: int, facts: Facts) -> pd.DataFrame:
    """Return the table ``decisions``: some with residents among those who took part, the rest with others alone."""
    import pandas as pd

    residents = people.loc[people["role_type"] == "resident", "person_id"].to_numpy(dtype=object)
    others = people.loc[people["role_type"] != "resident", "person_id"].to_numpy(dtype=object)
    with_them = int(rng.integers(2, DECISIONS // 2)) if residents.size else 0
    rows = []
    for k in range(DECISIONS):
        took = rng.permutation(others)[: int(rng.integers(2, 6))].tolist()
        if k < with_them:
            took.append(residents[int(rng.integers(residents.size))])
        rows.append("; ".join(sorted(map(str, took))))
    order = rng.permutation(DECISIONS)
    facts.note("decisions", "latest wave", DECISIONS, "F13", "Decisions recorded")
    facts.note("decisions_with_citizens", "latest wave", with_them, "F13", "Of these, decisions residents took part in")
    return pd.DataFrame(
        {
            "decision_id": [f"k{i + 1:02d}" for i in range(DECISIONS)],
            "body": [str(ids[i]) for i in rng.integers(0, len(ids), DECISIONS)],
            "participants": [rows[i] for i in order],
            "open": ["yes" if v < 0.5 else "no" for v in rng.random(DECISIONS)],
            "wave": str(year),
        }
    )
