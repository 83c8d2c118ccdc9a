"""The ladder of intensity: levels of several published scales on one ladder, never compared by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import MeasureError
from ._input import choose

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SCALES", "intensity_level", "ladder"]

LEVELS = (
    "no interaction",
    "exchange information",
    "align or alter activities, independent decisions",
    "share resources, some shared decisions",
    "shared decisions, enhance each other's capacity",
    "one system, consensus on all decisions",
)

# Level of netmap's ladder for each level of a scale, by number and by its word there. The same word stands for other
# levels on other scales: coordination is 3 for Frey and 2 for Himmelman.
SCALES: dict[str, dict[float, int]] = {
    "netmap": {float(k): k for k in range(6)},
    "frey2006": {float(k): k for k in range(6)},
    "himmelman2002": {1.0: 1, 2.0: 2, 3.0: 3, 4.0: 4},
}
_WORDS: dict[str, dict[str, int]] = {
    "frey2006": {"none": 0, "networking": 1, "cooperation": 2, "coordination": 3, "coalition": 4, "collaboration": 5},
    "himmelman2002": {"networking": 1, "coordinating": 2, "cooperating": 3, "collaborating": 4},
}
_CALLED = ("netmap", "frey2006", "himmelman2002", "custom")
_STEMS = ("network", "cooperat", "coordinat", "coalition", "collaborat")


def intensity_level(partnerships: pd.DataFrame, scale: str | None = None) -> pd.Series[float]:
    """Return how close each partnership is on one ladder from 0 (no interaction) to 5 (one system).

    The levels of other scales are placed by what they mean, not by what they are called.

    Parameters
    ----------
    partnerships : DataFrame
        ``intensity`` (numbers, or words of a scale) and, row by row, ``intensity_scale``.
    scale : {"netmap", "frey2006", "himmelman2002", "custom"}, optional
        The scale of all rows, where the table does not say.

    Returns
    -------
    Series of float, one a row
        0..5; NaN where intensity is blank, or the scale is one's own, which nothing can place. The reasons stand in
        ``.attrs["undefined"]``.

    Raises
    ------
    MeasureError
        If a level is not on its scale, or a word is given without saying of which scale: the same word means other
        levels on other scales.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"intensity": [3, 3], "intensity_scale": ["frey2006", "himmelman2002"]})
    >>> intensity_level(ties).tolist()
    [3.0, 3.0]
    >>> intensity_level(pd.DataFrame({"intensity": ["coordination"]}), "frey2006").tolist()
    [3.0]

    Notes
    -----
    netmap's 0-5 ladder is proposed; the two scales are placed on it by content. Himmelman's has no equivalent of 0 and
    5. Levels are ordered and no more: medians and shares, no means without saying so. Higher is not better: the right
    level is the one the purpose needs. Cost O(rows).

    References
    ----------
    Frey, Lohmeier, Lee & Tollefson 2006; Himmelman 2002.
    """
    import pandas as pd

    if "intensity" not in partnerships:
        raise MeasureError("intensity_level needs the column intensity.")
    if scale is not None:
        choose(scale, _CALLED, "scale")
        scales = [scale] * len(partnerships)
    elif "intensity_scale" in partnerships:
        scales = [_text(s) for s in partnerships["intensity_scale"]]
    else:
        scales = [""] * len(partnerships)
    out = np.full(len(partnerships), np.nan)
    counts = {"intensity is not known": 0, "on a scale of one's own, which cannot be placed": 0}
    for i, (value, named) in enumerate(zip(partnerships["intensity"].tolist(), scales, strict=True)):
        if _missing(value):
            counts["intensity is not known"] += 1
        elif named == "custom":
            counts["on a scale of one's own, which cannot be placed"] += 1
        else:
            out[i] = _level(value, named)
    series: pd.Series[float] = pd.Series(out, index=partnerships.index, name="intensity_level")
    found = {why: count for why, count in counts.items() if count}
    if found:
        series.attrs["undefined"] = found
    return series


def ladder(partnerships: pd.DataFrame, scale: str | None = None) -> pd.DataFrame:
    """Return how many ties of each kind stand how high on the ladder, and how far the two reports of a tie differ.

    Parameters
    ----------
    partnerships : DataFrame
        ``source, target, intensity`` and, where known, ``kind, intensity_scale``. Rows of one wave.
    scale : str, optional
        As for `intensity_level`.

    Returns
    -------
    DataFrame indexed by kind, and ``all``
        ``ties`` (pairs of that kind with a known level), ``median``, ``from_1`` to ``from_5`` (share at that level or
        above), ``two_reports`` (pairs reported twice or more) and ``differ`` (share of those whose reports differ). A
        pair's level is the median of its reports. NaN without any.

    Raises
    ------
    MeasureError
        As for `intensity_level`, or if a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "a", "d"], "intensity": [2, 3, 4]})
    >>> ladder(ties).loc["all", ["ties", "median", "from_3", "differ"]].tolist()
    [2.0, 3.25, 0.5, 1.0]

    Notes
    -----
    A proposed ladder: see `intensity_level`. from_k = reports at level k or above / reports with a level. Two reports
    that differ are both data: the ends may see the tie differently. Cost O(rows log rows).

    References
    ----------
    Frey, Lohmeier, Lee & Tollefson 2006; Himmelman 2002.
    """
    import pandas as pd

    for column in ("source", "target"):
        if column not in partnerships:
            raise MeasureError(f"ladder needs the column {column}.")
    level = intensity_level(partnerships, scale)
    ends = [
        tuple(sorted((str(a), str(b))))
        for a, b in zip(partnerships["source"], partnerships["target"], strict=True)
    ]
    kind = partnerships["kind"].astype(str) if "kind" in partnerships else pd.Series("tie", index=partnerships.index)
    frame = pd.DataFrame({"pair": pd.Series(ends, dtype=object), "kind": kind.to_numpy(), "level": level.to_numpy()})
    frame = frame[frame["level"].notna() & np.array([a != b for a, b in ends], dtype=bool)]
    pairs = frame.groupby(["kind", "pair"], sort=True)["level"].agg(["median", "size", "min", "max"]).reset_index()
    rows = {str(name): _row(part) for name, part in pairs.groupby("kind", sort=True)}
    rows["all"] = _row(pairs)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("kind")


def _row(pairs: pd.DataFrame) -> dict[str, float]:
    twice = pairs[pairs["size"] >= 2]
    return {
        "ties": float(len(pairs)),
        "median": float(pairs["median"].median()) if len(pairs) else float("nan"),
        **{f"from_{k}": float((pairs["median"] >= k).mean()) if len(pairs) else float("nan") for k in range(1, 6)},
        "two_reports": float(len(twice)),
        "differ": float((twice["max"] > twice["min"]).mean()) if len(twice) else float("nan"),
    }


def _level(value: Any, scale: str) -> int:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return _by_word(str(value), scale)
    named = scale or "netmap"
    if named not in SCALES:
        raise MeasureError(f"intensity_scale is one of {', '.join(_CALLED)}, not {named!r}.")
    if number not in SCALES[named]:
        levels = sorted(SCALES[named])
        raise MeasureError(f"{value} is no level of the scale {named}, which goes from {levels[0]:g} to {levels[-1]:g}.")
    return SCALES[named][number]


def _by_word(word: str, scale: str) -> int:
    folded = word.strip().casefold()
    if scale in _WORDS:
        if folded in _WORDS[scale]:
            return _WORDS[scale][folded]
        raise MeasureError(f"{word!r} is no level of {scale}, whose levels are {', '.join(_WORDS[scale])}.")
    if any(folded.startswith(stem) for stem in _STEMS):
        raise MeasureError(
            f"{word!r} means different levels on different scales: say which in intensity_scale (frey2006 or himmelman2002)."
        )
    raise MeasureError(f"{word!r} is no level: intensity is a number from 0 to 5, or a word of a scale that is named.")


def _text(cell: Any) -> str:
    return "" if _missing(cell) else str(cell).strip()


def _missing(cell: Any) -> bool:
    return cell is None or type(cell).__name__ == "NAType" or cell != cell or (isinstance(cell, str) and not cell.strip())
