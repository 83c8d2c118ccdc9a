"""The rows of ``partnerships``: one a report of a tie of one kind in one wave, with trust as each reporter sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .accountability import DIRECTED, HARDWIRING, KINDS, Character
from .draws import pick, stream
from .organisations import Cast, text
from .trust import Raters, raters, scores
from .waves import History, start_years

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["OUTCOMES", "Records", "nominations", "plans", "records_of"]

OUTCOMES = (
    "Live well at home",
    "A good start",
    "Enough to eat",
    "Safe streets",
    "Ready for floods",
    "Less waste",
    "Something to do",
    "A living coast",
)
COLUMNS = (
    "source",
    "target",
    "kind",
    "intensity",
    "mandate",
    *HARDWIRING,
    "outcome",
    "trust_reliability",
    "trust_mission",
    "trust_openness",
    "start",
    "status",
    "wave",
    "reported_by",
)


@dataclass(frozen=True, eq=False)
class Records:
    """Reports of ties, and what is known of them.

    Attributes
    ----------
    frame : DataFrame
        The rows.
    levels : ndarray of int, shape (waves, records)
        Intensity of every (pair, kind) in every wave, 0 where it is not tied.
    raters : Raters
    """

    frame: pd.DataFrame
    levels: NDArray[np.int64]
    raters: Raters


def records_of(
    seed: int,
    who: Cast,
    history: History,
    nature: Character,
    years: tuple[int, ...],
    *,
    growth: float,
    leniency: float,
    planted: float,
    both: float,
) -> Records:
    """Write every tie of every wave down as one end or both ends report it.

    A tie without direction has its reporter as source. Trust stands only in reports of the source, as the data model
    says that the source rates the target.
    """
    import pandas as pd

    rng, feel = stream(seed, "waves"), stream(seed, "trust")
    n = who.ids.size
    low, high = history.keys[nature.pair] // n, history.keys[nature.pair] % n
    count = nature.pair.size
    present = history.present[nature.pair]
    degree = np.bincount(np.concatenate([low, high]), minlength=n)
    rating = raters(feel, degree, leniency, planted)

    start = start_years(rng, history, years)[nature.pair]
    level = np.where(nature.wired == 2, 2, 1) + pick(rng, (0.35, 0.35, 0.2, 0.1), count)
    levels = np.zeros((len(years), count), dtype=np.int64)
    for w in range(len(years) - 1, -1, -1):
        levels[w] = level
        moved = rng.random(count)
        level = np.clip(level - (moved < 0.2) + (moved > 0.9), 1, 5)
    levels = np.where(present.T, levels, 0)
    flip = rng.random(count) < 0.5
    first, second = np.where(flip, high, low), np.where(flip, low, high)
    two = rng.random(count) < both
    one_way = np.isin(nature.kind, [KINDS.index(kind) for kind in DIRECTED])
    outcome = rng.integers(0, len(OUTCOMES), size=count)

    frames = []
    for w, year in enumerate(years):
        shown = np.flatnonzero(present[:, w])
        again = shown[two[shown]]
        rows = np.concatenate([shown, again])
        back = np.concatenate([np.zeros(shown.size, dtype=bool), np.ones(again.size, dtype=bool)])
        turned = back & ~one_way[rows]
        source = np.where(turned, second[rows], first[rows])
        target = np.where(turned, first[rows], second[rows])
        teller = np.where(back, second[rows], first[rows])
        told = levels[w][rows]
        slip = rng.random(rows.size)
        told = np.where(back, np.clip(told + (slip < 0.1) - (slip > 0.9), 1, 5), told)
        trust = scores(feel, source, target, np.maximum(year - start[rows], 0.0), rating, growth)
        rates = (teller == source)[:, None]
        columns = {
            "source": who.ids[source],
            "target": who.ids[target],
            "kind": text(nature.kind[rows], KINDS),
            "intensity": pd.array(told, dtype="Int64"),
            "mandate": text(nature.forced[rows].astype(np.int64), ("voluntary", "mandated")),
            **{
                item: text(nature.items[rows, i].astype(np.int64), ("no", "yes", "unknown"))
                for i, item in enumerate(HARDWIRING)
            },
            "outcome": text(outcome[rows], OUTCOMES),
            **{
                column: pd.array(np.where(rates[:, 0], trust[:, i], 0), dtype="Int64")
                for i, column in enumerate(("trust_reliability", "trust_mission", "trust_openness"))
            },
            "start": start[rows].astype(str).astype(object),
            "status": "active",
            "wave": str(year),
            "reported_by": who.ids[teller],
        }
        frame = pd.DataFrame(columns)
        frame.loc[~rates[:, 0], ["trust_reliability", "trust_mission", "trust_openness"]] = pd.NA
        frames.append(frame)
    table = pd.concat(frames, ignore_index=True)
    table = table.sort_values(["wave", "source", "target", "kind", "reported_by"], kind="stable", ignore_index=True)
    return Records(table, levels, rating)


def nominations(seed: int, who: Cast, star: int, year: int) -> pd.DataFrame:
    """Return who looks to whom for leadership: one in three names somebody, two in five of those name `star`."""
    rng = stream(seed, "nominations")
    n = who.ids.size
    voter = np.sort(rng.permutation(n)[: max(5, n // 3)])
    named = np.where(rng.random(voter.size) < 0.4, star, rng.integers(0, n, size=voter.size))
    keep = voter != named
    return _plain(who, voter[keep], named[keep], "leadership", "unknown", "active", year)


def plans(seed: int, who: Cast, history: History, count: int, year: int) -> pd.DataFrame:
    """Return `count` planned ties between organisations that are not tied."""
    rng = stream(seed, "planned")
    n = who.ids.size
    taken = set(history.keys.tolist())
    source: list[int] = []
    target: list[int] = []
    while len(source) < count:
        a, b = rng.integers(0, n, size=2).tolist()
        key = min(a, b) * n + max(a, b)
        if a != b and key not in taken:
            taken.add(key)
            source.append(a)
            target.append(b)
    return _plain(
        who, np.array(source, np.int64), np.array(target, np.int64), "partnership", "voluntary", "planned", year
    )


def _plain(
    who: Cast, source: NDArray[np.int64], target: NDArray[np.int64], kind: str, mandate: str, status: str, year: int
) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame({column: pd.Series([""] * source.size, dtype=object) for column in COLUMNS})
    for column in ("intensity", "trust_reliability", "trust_mission", "trust_openness"):
        frame[column] = pd.array([pd.NA] * source.size, dtype="Int64")
    frame["source"], frame["target"], frame["reported_by"] = who.ids[source], who.ids[target], who.ids[source]
    frame["kind"], frame["mandate"], frame["status"], frame["wave"] = kind, mandate, status, str(year)
    for item in HARDWIRING:
        frame[item] = "unknown"
    return frame
