"""From learning to action: how ties move on the ladder, and how often and how soon they become hard-wired."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.incidence import Incidence, aalen_johansen
from ..measures._input import choose
from ..measures._results import Shown
from ..measures.accountability import HARD_WIRED, hardwired_index
from ..measures.intensity import intensity_level
from .trust_age import year_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["LadderMoves", "TimeToHardwired", "cumulative_incidence", "ladder_transitions", "time_to_hardwired"]

FloatArray = NDArray[np.float64]

NAN = float("nan")
SMALL = 5
Z = 1.959963984540054
_SLACK = 1e-9
BY = ("kind", "origin", "mandate")


@dataclass(frozen=True, repr=False)
class LadderMoves(Shown):
    """How ties moved on the ladder between two waves.

    `table` has ``before, after, ties, share`` (of those at `before`) and its 95% interval ``low, high``; a cell of fewer
    ties than may be shown is NaN. `up`, `down`, `same` count ties with a level in both waves.
    """

    table: pd.DataFrame
    up: int
    down: int
    same: int
    waves: tuple[str, str]


@dataclass(frozen=True, repr=False)
class TimeToHardwired(Shown):
    """How often and how soon ties became hard-wired.

    `curves` has ``group, years, at_risk, incidence, low, high``; `summary`, by group: ``ties, became, ended, running`` and
    ``after``, the incidence at the longest time seen. `left_out` counts, by reason, ties that say nothing about it.
    """

    curves: pd.DataFrame
    summary: pd.DataFrame
    left_out: dict[str, int]


def cumulative_incidence(
    time: Sequence[float], event: Sequence[int], entry: Sequence[float] | None = None, of: int = 1
) -> pd.DataFrame:
    """Return how many have met an event by each time, where another end may come first (Aalen-Johansen estimate).

    Parameters
    ----------
    time : sequence of float
        When each was last seen, or met its end; from 0.
    event : sequence of int
        0: still going on when last seen; `of`: the event asked about; any other number: another end.
    entry : sequence of float, optional
        Since when each was watched (0 where not given): nobody counts as at risk before.
    of : int, default 1

    Returns
    -------
    DataFrame
        ``time, at_risk, incidence`` (0..1), ``error`` (standard error) and the 95% interval ``low, high`` on the
        complementary log-log scale; one row a time at which something ended. Empty where nothing did.

    Raises
    ------
    MeasureError
        If the lengths differ, or a time is missing, negative, or not after its entry.

    Examples
    --------
    >>> cumulative_incidence([1, 2, 3, 4], [1, 2, 1, 0])["incidence"].tolist()
    [0.25, 0.25, 0.5]

    Notes
    -----
    I(t) = sum S(t-) d/n, S Kaplan-Meier for any end. Kaplan-Meier for the event alone, other ends taken for people who
    were lost sight of, overstates it: it asks how many would have, had nothing else been able to end them. Cost
    O(n log n).

    References
    ----------
    Aalen & Johansen 1978; Marubini & Valsecchi 1995.
    """
    import pandas as pd

    when = np.asarray(time, dtype=np.float64)
    what = np.asarray(event, dtype=np.int64)
    since = np.zeros(when.size) if entry is None else np.asarray(entry, dtype=np.float64)
    if not when.size == what.size == since.size:
        raise MeasureError("time, event and entry differ in length.")
    if when.size and (np.isnan(when).any() or np.isnan(since).any() or since.min() < 0 or (when <= since - _SLACK).any()):
        raise MeasureError("Every time must be known and lie after its entry, which is 0 or later.")
    found = aalen_johansen(when, what, since, of)
    error = np.sqrt(found.variance)
    low, high = _interval(found)
    return pd.DataFrame(
        {"time": found.time, "at_risk": found.at_risk, "incidence": found.incidence, "error": error, "low": low, "high": high}
    )


def _interval(found: Incidence) -> tuple[FloatArray, FloatArray]:
    value, error = found.incidence, np.sqrt(found.variance)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        left = np.log(1 - value)
        spread = Z * error / ((1 - value) * -left)
        low, high = (1 - np.exp(left * np.exp(sign * spread)) for sign in (-1, 1))
    inside = (value > 0) & (value < 1)
    return np.where(inside, low, value), np.where(inside, high, value)


def ladder_transitions(
    partnerships: pd.DataFrame, waves: tuple[str, str] | None = None, *, smallest: int = SMALL
) -> LadderMoves:
    """Return how ties moved up and down the ladder of intensity from one wave to a later one (proposed ladder).

    Parameters
    ----------
    partnerships : DataFrame
        ``source, target, intensity, wave`` and, where known, ``kind, intensity_scale``.
    waves : tuple of str, optional
        Two waves; the last two by default.
    smallest : int, default 5
        Cells of fewer ties are not given; 1 gives all.

    Returns
    -------
    LadderMoves
        ``after`` is a level or ``gone``, and ``before`` a level or ``new``.

    Raises
    ------
    MeasureError
        If a column is missing or there are no two waves.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", "b", 1, "2020"), ("a", "b", 3, "2022"), ("b", "c", 2, "2020"), ("b", "c", 2, "2022")]
    >>> found = ladder_transitions(pd.DataFrame(rows, columns=["source", "target", "intensity", "wave"]), smallest=1)
    >>> found.up, found.down, found.same
    (1, 0, 1)

    Notes
    -----
    A tie is a pair and a kind; its level the median of its reports, halves down. share = ties that moved there / ties at
    the level before, with Wilson's interval. Higher is not better. Cost O(rows log rows).

    References
    ----------
    Wilson 1927; Frey et al. 2006; Himmelman 2002.
    """
    import pandas as pd

    for column in ("source", "target", "intensity", "wave"):
        if column not in partnerships:
            raise MeasureError(f"ladder_transitions needs the column {column}.")
    known = sorted({str(w) for w in partnerships["wave"].fillna("") if str(w)})
    first, second = waves if waves is not None else (known[-2:] if len(known) > 1 else ("", ""))
    if first not in known or second not in known or first == second:
        raise MeasureError(f"ladder_transitions compares two waves; here are {', '.join(known) or 'none'}.")
    frame = pd.DataFrame(_ends(partnerships), columns=["a", "b"], dtype=object).assign(
        kind=partnerships["kind"].astype(str).to_numpy() if "kind" in partnerships else "tie",
        wave=partnerships["wave"].fillna("").astype(str).to_numpy(),
        level=intensity_level(partnerships).to_numpy(),
    )
    frame = frame[frame["level"].notna() & frame["wave"].isin([first, second]) & (frame["a"] != frame["b"])]
    level = frame.groupby(["a", "b", "kind", "wave"], sort=True)["level"].median()
    wide = np.ceil(level - 0.5).unstack("wave").reindex(columns=[first, second])
    before, after = wide[first].to_numpy(dtype=float), wide[second].to_numpy(dtype=float)
    both = ~np.isnan(before) & ~np.isnan(after)
    counts = Counter(zip(_words(before, "new"), _words(after, "gone"), strict=True))
    rows = []
    for one in [*map(str, range(6)), "new"]:
        whole = sum(n for (b, _), n in counts.items() if b == one)
        for other in [*map(str, range(6)), "gone"]:
            ties = counts[one, other]
            if not whole or (not ties and smallest > 0 and whole < smallest):
                continue
            hidden = 0 < ties < smallest
            share, low, high = (NAN,) * 3 if hidden or one == "new" else (ties / whole, *_wilson(ties, whole))
            rows.append((one, other, NAN if hidden else float(ties), share, low, high))
    table = pd.DataFrame(rows, columns=["before", "after", "ties", "share", "low", "high"])
    return LadderMoves(
        table, int((after[both] > before[both]).sum()), int((after[both] < before[both]).sum()),
        int((after[both] == before[both]).sum()), (first, second),
    )  # fmt: skip


def _words(levels: FloatArray, missing: str) -> list[str]:
    return [missing if np.isnan(v) else f"{v:.0f}" for v in levels]


def _wilson(k: int, n: int) -> tuple[float, float]:
    share, square = k / n, Z * Z / n
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * float(np.sqrt(share * (1 - share) / n + square / (4 * n)))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _ends(partnerships: pd.DataFrame) -> list[list[str]]:
    return [sorted((str(a), str(b))) for a, b in zip(partnerships["source"], partnerships["target"], strict=True)]


def time_to_hardwired(
    partnerships: pd.DataFrame, kinds: Sequence[str] | None = None, by: str | None = None
) -> TimeToHardwired:
    """Return how often ties that began loose became hard-wired, and after how many years.

    Parameters
    ----------
    partnerships : DataFrame
        Rows of all waves: ``source, target, start, wave`` (years, months or days), the columns of `hardwired_index` and,
        where known, ``kind, origin, mandate, end, status``.
    kinds : sequence of str, optional
        Ties of these kinds, such as learning; all by default.
    by : {"kind", "origin", "mandate"}, optional
        What to tell apart.

    Returns
    -------
    TimeToHardwired
        Years count from the start of a tie. A tie is watched from the first wave it is seen in; it becomes hard-wired in
        the first wave in which any kind on the pair is; it ends when it says so, or in the first wave in which it is no
        longer reported though one of its ends is; otherwise it is running when last seen.

    Raises
    ------
    MeasureError
        If a column is missing or `by` is not known.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", "b", "2018", "2020", 0.0), ("a", "b", "2018", "2022", 1.0),
    ...         ("b", "c", "2018", "2020", 0.0), ("b", "c", "2018", "2022", 0.0)]
    >>> ties = pd.DataFrame(rows, columns=["source", "target", "start", "wave", "hardwired"])
    >>> found = time_to_hardwired(ties)
    >>> found.summary.loc["all", ["ties", "became", "ended", "running", "after"]].tolist()
    [2.0, 1.0, 0.0, 1.0, 0.5]

    Notes
    -----
    Aalen-Johansen estimate with late entry: see `cumulative_incidence`. The end of a tie competes with becoming
    hard-wired; ties still running are censored. When between two waves something happened is not known: it is put at
    the later one, so times are late rather than early. Nothing says that a tie ought to become hard-wired. Cost
    O(rows log rows).

    References
    ----------
    Aalen & Johansen 1978; Marubini & Valsecchi 1995.
    """
    import pandas as pd

    for column in ("source", "target", "start", "wave"):
        if column not in partnerships:
            raise MeasureError(f"time_to_hardwired needs the column {column}.")
    if by is not None:
        choose(by, BY, "by")
    lives, left = _lives(partnerships, kinds, by)
    frame = pd.DataFrame(lives, columns=["group", "entry", "time", "event"])
    curves, summary = [], {}
    groups = ["all", *sorted(set(frame["group"]))] if by is not None else ["all"]
    for group in groups:
        part = frame if group == "all" else frame[frame["group"] == group]
        found = cumulative_incidence(part["time"].tolist(), part["event"].tolist(), part["entry"].tolist())
        curves.append(found.rename(columns={"time": "years"}).assign(group=group))
        summary[group] = {
            "ties": float(len(part)),
            "became": float((part["event"] == 1).sum()),
            "ended": float((part["event"] == 2).sum()),
            "running": float((part["event"] == 0).sum()),
            "after": float(found["incidence"].iloc[-1]) if len(found) else (0.0 if len(part) else NAN),
        }
    whole = pd.concat(curves, ignore_index=True)[["group", "years", "at_risk", "incidence", "low", "high"]]
    return TimeToHardwired(whole, pd.DataFrame.from_dict(summary, orient="index").rename_axis("group"), left)


def _lives(
    partnerships: pd.DataFrame, kinds: Sequence[str] | None, by: str | None
) -> tuple[list[tuple[str, float, float, int]], dict[str, int]]:
    """Each tie as group, age when first watched, age when last seen or ended, and what became of it."""
    import pandas as pd

    rows = partnerships.reset_index(drop=True)
    text = {c: rows[c].fillna("").astype(str) if c in rows else pd.Series("", index=rows.index) for c in (*BY, "end", "status", "wave", "start")}
    frame = pd.DataFrame(_ends(rows), columns=["a", "b"], dtype=object).assign(
        kind=text["kind"].where(text["kind"] != "", "tie"), origin=text["origin"], mandate=text["mandate"], status=text["status"],
        year=[year_of(w) for w in text["wave"]], begun=[year_of(s) for s in text["start"]], ended=[year_of(e) for e in text["end"]],
        hard=hardwired_index(rows).to_numpy(dtype=float) >= HARD_WIRED - _SLACK,
    )  # fmt: skip
    frame = frame[(frame["a"] != frame["b"]) & frame["year"].notna() & (frame["status"] != "planned")]
    years = sorted(set(frame["year"]))
    seen = {y: {*part["a"], *part["b"]} for y, part in frame.groupby("year")}
    wired = frame[frame["hard"]].groupby(["a", "b"])["year"].min().to_dict()
    left: dict[str, int] = {}
    lives: list[tuple[str, float, float, int]] = []
    asked = frame if kinds is None else frame[frame["kind"].isin(list(kinds))]
    for (a, b, _), part in asked.groupby(["a", "b", "kind"], sort=True):
        begun = part["begun"].min()
        alive = part[part["status"] != "ended"]
        why = ""
        if np.isnan(begun):
            why = "no start is recorded"
        elif not len(alive):
            why = "only its end is recorded"
        elif wired.get((a, b), np.inf) <= alive["year"].min():
            why = "hard-wired when first seen"
        if why:
            left[why] = left.get(why, 0) + 1
            continue
        first, last = float(alive["year"].min()), float(alive["year"].max())
        became = float(wired.get((a, b), np.inf))
        later = next((y for y in years if y > last and (a in seen[y] or b in seen[y])), np.inf)
        told = part["ended"].min() if part["ended"].notna().any() else part.loc[part["status"] == "ended", "year"].min()
        over = min(float(told) if told == told else np.inf, later)
        over = max(over, last) if np.isfinite(over) else over
        if became <= over and np.isfinite(became):
            time, event = became, 1
        elif np.isfinite(over):
            time, event = over, 2
        else:
            time, event = last, 0
        if time <= first:
            left["seen in one wave only"] = left.get("seen in one wave only", 0) + 1
            continue
        group = _most(part[by]) if by is not None else "all"
        lives.append((group, max(first - begun, 0.0), time - min(begun, first), event))
    return lives, left


def _most(words: Any) -> str:
    """The word most rows have, the first by letter of equals; unknown where none is given."""
    counts = words[words != ""].value_counts()
    return "unknown" if not len(counts) else str(min(counts.items(), key=lambda c: (-c[1], str(c[0])))[0])
