"""How far a partnership can be held to account (hard-wiring), beside whether it was chosen or mandated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "HARD_WIRED",
    "HW_ITEMS",
    "LOOSE",
    "accountability_answers",
    "hardwired_bounds",
    "hardwired_index",
    "pair_accountability",
    "quadrants",
    "supported_opportunity",
    "wiring_word",
]

HW_ITEMS = ("hw_agreement", "hw_owner", "hw_deliverables", "hw_review", "hw_consequence", "hw_pooled")
LOOSE, HARD_WIRED = 1 / 3, 2 / 3
NEEDED = 4

MANDATE_WORDS = {"voluntary": "chosen", "mandated": "forced", "mixed": "mixed", "unknown": "unknown"}
_MANDATES = ("chosen", "forced", "mixed", "unknown")
_WIRINGS = ("accountable", "part-wired", "loose", "unknown")

_YES = {"yes", "y", "true", "1", "1.0"}
_NO = {"no", "n", "false", "0", "0.0"}
_SLACK = 1e-9


def hardwired_index(partnerships: pd.DataFrame) -> pd.Series[float]:
    """Return how hard-wired each partnership is: the share of accountability items answered yes (proposed).

    The items are a written agreement, a named owner on both sides, agreed deliverables or outcomes, a review or
    reporting cycle, a consequence or escalation route, and pooled resources or delegated decisions.

    Parameters
    ----------
    partnerships : DataFrame
        Columns ``hw_agreement, hw_owner, hw_deliverables, hw_review, hw_consequence, hw_pooled`` (yes, no or unknown;
        any may be missing), and the shortcut ``hardwired`` (0..1), which is the index itself where it is given.

    Returns
    -------
    Series of float64, one value a row
        yes / known in 0..1. NaN where fewer than 4 items are known and the shortcut is not given; the reason stands in
        ``.attrs["undefined"]``.

    Raises
    ------
    MeasureError
        If an item is neither yes, no nor unknown, or the shortcut lies outside 0..1.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"hw_agreement": ["yes", "no"], "hw_owner": ["yes", None], "hw_review": ["no", None],
    ...                      "hw_pooled": ["yes", None]})
    >>> hardwired_index(ties).tolist()
    [0.75, nan]

    Notes
    -----
    H = yes / known items, where at least 4 of 6 are known. netmap's own index (proposed): no published validation.
    Loose below 1/3, hard-wired from 2/3. See `hardwired_bounds` for what the unknown answers could make of it. Cost
    O(rows).

    References
    ----------
    Related: Thomson, Perry & Miller 2009 (governance and administration); Isett & Provan 2005.
    """
    bounds = hardwired_bounds(partnerships)
    series: pd.Series[float] = bounds["hardwired"].rename("hardwired_index")
    if series.isna().any():
        series.attrs["undefined"] = f"fewer than {NEEDED} of {len(HW_ITEMS)} accountability items are known"
    return series


def hardwired_bounds(partnerships: pd.DataFrame) -> pd.DataFrame:
    """Return the hard-wired index with how far the unknown answers, and any single item, could move it (proposed).

    Parameters
    ----------
    partnerships : DataFrame
        As for `hardwired_index`.

    Returns
    -------
    DataFrame, one row a partnership
        ``hardwired``: the index. ``low``, ``high``: with every unknown item counted as no, and as yes (always known;
        equal to the index where the shortcut was given). ``without_one_low``, ``without_one_high``: least and greatest
        value when one known item is left out (NaN with fewer than 4 known). ``known``: how many items are known.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({item: ["yes"] for item in HW_ITEMS[:4]})
    >>> hardwired_bounds(ties)[["hardwired", "low", "high"]].round(2).values.tolist()
    [[1.0, 0.67, 1.0]]
    """
    import pandas as pd

    rows = len(partnerships)
    answers = np.full((rows, len(HW_ITEMS)), np.nan)
    for j, item in enumerate(HW_ITEMS):
        if item in partnerships:
            answers[:, j] = accountability_answers(partnerships[item], item)
    known = (~np.isnan(answers)).sum(axis=1)
    yes = np.nansum(answers, axis=1)
    unknown = len(HW_ITEMS) - known
    enough = known >= NEEDED
    index = np.where(enough, yes / np.maximum(known, 1), np.nan)
    low, high = yes / len(HW_ITEMS), (yes + unknown) / len(HW_ITEMS)
    # Leaving out a yes lowers the share most, leaving out a no raises it most.
    fewer = np.maximum(known - 1, 1)
    out_yes, out_no = np.where(yes > 0, yes - 1, yes), yes
    least = np.where(enough, out_yes / fewer, np.nan)
    most = np.where(enough, np.where(yes < known, out_no, yes - 1) / fewer, np.nan)
    if "hardwired" in partnerships:
        short = pd.to_numeric(partnerships["hardwired"], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        given = ~np.isnan(short)
        if (short[given] < 0).any() or (short[given] > 1).any():
            raise MeasureError("hardwired must lie between 0 and 1.")
        index, low, high = np.where(given, short, index), np.where(given, short, low), np.where(given, short, high)
        least, most = np.where(given, np.nan, least), np.where(given, np.nan, most)
    return pd.DataFrame(
        {
            "hardwired": index,
            "low": low,
            "high": high,
            "without_one_low": np.minimum(least, most),
            "without_one_high": np.maximum(least, most),
            "known": known,
        },
        index=partnerships.index,
    )


def wiring_word(index: float) -> str:
    """Return the word for a hard-wired index: ``loose``, ``part-wired``, ``accountable`` or ``unknown`` for NaN.

    Examples
    --------
    >>> [wiring_word(h) for h in (0.2, 0.5, 2 / 3, float("nan"))]
    ['loose', 'part-wired', 'accountable', 'unknown']
    """
    if np.isnan(index):
        return "unknown"
    if index >= HARD_WIRED - _SLACK:
        return "accountable"
    return "loose" if index < LOOSE - _SLACK else "part-wired"


def quadrants(ties: pd.DataFrame) -> pd.DataFrame:
    """Return how many ties, and how much of their strength, fall in each cell of mandate by hard-wiring.

    Part-wired, mixed and unknown have cells of their own and are never spread over the four quadrants
    (chosen or forced, accountable or loose). No quadrant is the good one.

    Parameters
    ----------
    ties : DataFrame
        One row for each pair and kind: ``hardwired`` (0..1 or NaN), ``mandate`` (voluntary, mandated, mixed, unknown;
        chosen and forced are understood too), and optionally ``strength``.

    Returns
    -------
    DataFrame, 16 rows
        ``mandate`` (chosen, forced, mixed, unknown) and ``wiring`` (accountable, part-wired, loose, unknown) with
        ``count``, ``share`` of the ties, ``strength`` and ``share_of_strength``. Shares are NaN without ties.

    Raises
    ------
    MeasureError
        If a needed column is missing or a mandate is none of the known words.

    Examples
    --------
    >>> import pandas as pd
    >>> cells = quadrants(pd.DataFrame({"mandate": ["voluntary", "mandated"], "hardwired": [0.9, 0.1]}))
    >>> cells[cells["count"] > 0][["mandate", "wiring", "count"]].values.tolist()
    [['chosen', 'accountable', 1], ['forced', 'loose', 1]]

    Notes
    -----
    netmap's own construct (proposed), without published validation. accountable: H >= 2/3; loose: H < 1/3; part-wired
    between; share = count / all ties. Cost O(rows).

    References
    ----------
    Related: Thomson, Perry & Miller 2009; Isett & Provan 2005.
    """
    import pandas as pd

    for column in ("mandate", "hardwired"):
        if column not in ties:
            raise MeasureError(f"quadrants needs the column {column}.")
    words = ties["mandate"].fillna("unknown").astype(str).replace("", "unknown")
    mandate = words.map(lambda w: MANDATE_WORDS.get(w, w))
    strange = sorted(set(mandate) - set(_MANDATES))
    if strange:
        raise MeasureError(f"mandate is voluntary, mandated, mixed or unknown, not {strange[0]!r}.")
    index = pd.to_numeric(ties["hardwired"]).to_numpy(dtype=np.float64, na_value=np.nan)
    wiring = [wiring_word(h) for h in index]
    cell = np.array([_MANDATES.index(m) * 4 + _WIRINGS.index(w) for m, w in zip(mandate, wiring, strict=True)], np.int64)
    if "strength" in ties:
        strength = pd.to_numeric(ties["strength"]).fillna(1.0).to_numpy(dtype=np.float64)
    else:
        strength = np.ones(len(ties))
    count = np.bincount(cell, minlength=16)
    weight = np.bincount(cell, weights=strength, minlength=16)
    with np.errstate(invalid="ignore", divide="ignore"):
        share, of_strength = count / count.sum(), weight / weight.sum()
    return pd.DataFrame(
        {
            "mandate": np.repeat(_MANDATES, 4),
            "wiring": np.tile(_WIRINGS, 4),
            "count": count,
            "share": share,
            "strength": weight,
            "share_of_strength": of_strength,
        }
    )


def pair_accountability(partnerships: pd.DataFrame) -> pd.DataFrame:
    """Return the hard-wired index and the mandate of every pair, joined over its reports and kinds (proposed rule).

    Reports of one kind are averaged; the index of the pair is the highest of its kinds, for one accountable tie is
    enough to be held to account. A pair is forced if any kind is mandated, chosen if all are voluntary, else mixed if
    any kind is, else unknown. Direction is dropped.

    Parameters
    ----------
    partnerships : DataFrame
        ``source, target`` and the columns of `hardwired_index`; ``kind`` and ``mandate`` where known.

    Returns
    -------
    DataFrame
        One row a pair, sorted: ``a, b, hardwired, mandate, kinds``. ``hardwired`` is NaN where no kind has an index.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["x", "y"], "target": ["y", "x"], "kind": ["advice", "funding"],
    ...                      "hardwired": [0.2, 0.9], "mandate": ["voluntary", "mandated"]})
    >>> pair_accountability(ties)[["a", "b", "hardwired", "mandate", "kinds"]].values.tolist()
    [['x', 'y', 0.9, 'forced', 2]]
    """
    import pandas as pd

    index = hardwired_index(partnerships).to_numpy()
    ends = np.array([sorted((str(a), str(b))) for a, b in zip(partnerships["source"], partnerships["target"], strict=True)], object)
    ends = ends.reshape(-1, 2)
    kinds = partnerships["kind"].astype(str) if "kind" in partnerships else pd.Series("", index=partnerships.index)
    mandates = (
        partnerships["mandate"].fillna("unknown").astype(str).replace("", "unknown")
        if "mandate" in partnerships
        else pd.Series("unknown", index=partnerships.index)
    )
    frame = pd.DataFrame(
        {"a": ends[:, 0], "b": ends[:, 1], "kind": kinds.to_numpy(), "h": index, "mandate": mandates.to_numpy()}
    )
    frame = frame[frame["a"] != frame["b"]]
    by_kind = frame.groupby(["a", "b", "kind"], sort=True).agg(h=("h", "mean"), mandate=("mandate", _join))
    pairs = by_kind.reset_index().groupby(["a", "b"], sort=True)
    out = pairs.agg(hardwired=("h", "max"), mandate=("mandate", _join), kinds=("kind", "size")).reset_index()
    out["mandate"] = out["mandate"].map(lambda w: MANDATE_WORDS.get(w, w))
    return out


def supported_opportunity(ties: pd.DataFrame) -> pd.DataFrame:
    """Return how many optional ties have a hard-wired tie at one of their ends to lean on (proposed).

    Optional: chosen, and not hard-wired. A hard-wired tie that closes a triangle with the optional one has an end in
    common with it, so that triangles add nothing.

    Parameters
    ----------
    ties : DataFrame
        One row for each pair, or pair and kind: two ends (``a, b`` or ``source, target``), ``hardwired`` (0..1 or NaN)
        and ``mandate``. `pair_accountability` gives it.

    Returns
    -------
    DataFrame with rows ``known``, ``unknown is no`` and ``unknown is yes``
        ``optional``, ``supported`` and ``share``, with the ties of unknown index left out, counted as not hard-wired
        (they are optional where chosen), and counted as hard-wired. ``share`` is NaN without optional ties.

    Raises
    ------
    MeasureError
        If a needed column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"a": list("abd"), "b": list("bce"), "mandate": "voluntary", "hardwired": [0.0, 1.0, 0.2]})
    >>> supported_opportunity(ties).loc["known"].tolist()
    [2.0, 1.0, 0.5]

    Notes
    -----
    share = optional ties with a hard-wired tie at an end / optional ties. netmap's own construct (proposed), without
    published validation. A tie needs no support to be worth having. Cost O(m).

    References
    ----------
    None published; related: Thomson, Perry & Miller 2009.
    """
    import pandas as pd

    first, second = ("a", "b") if "a" in ties else ("source", "target")
    for column in (first, second, "mandate", "hardwired"):
        if column not in ties:
            raise MeasureError(f"supported_opportunity needs the column {column}.")
    index = pd.to_numeric(ties["hardwired"]).to_numpy(dtype=np.float64, na_value=np.nan)
    chosen = ties["mandate"].fillna("unknown").astype(str).isin(["voluntary", "chosen"]).to_numpy()
    ends = [(str(a), str(b)) for a, b in zip(ties[first], ties[second], strict=True)]
    rows = {}
    for name, value in (
        ("known", index),
        ("unknown is no", np.where(np.isnan(index), 0.0, index)),
        ("unknown is yes", np.where(np.isnan(index), 1.0, index)),
    ):
        hard = value >= HARD_WIRED - _SLACK
        held = {end for pair, there in zip(ends, hard, strict=True) if there for end in pair}
        optional = chosen & ~hard & ~np.isnan(value)
        supported = sum(1 for (a, b), there in zip(ends, optional, strict=True) if there and (a in held or b in held))
        count = int(optional.sum())
        rows[name] = (float(count), float(supported), supported / count if count else float("nan"))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["optional", "supported", "share"])


def _join(words: pd.Series[str]) -> str:
    seen = set(words)
    if "mandated" in seen:
        return "mandated"
    if seen == {"voluntary"}:
        return "voluntary"
    return "mixed" if "mixed" in seen else "unknown"


def accountability_answers(column: pd.Series[Any], item: str) -> NDArray[np.float64]:
    """Return the answers to one accountability item: 1 yes, 0 no, NaN unknown.

    Raises
    ------
    MeasureError
        If an answer is neither.
    """
    import pandas as pd

    out = np.full(len(column), np.nan)
    for i, cell in enumerate(column.tolist()):
        if cell is None or cell is pd.NA or (isinstance(cell, float) and np.isnan(cell)):
            continue
        word = str(cell).strip().casefold()
        if word in _YES:
            out[i] = 1.0
        elif word in _NO:
            out[i] = 0.0
        elif word not in ("", "unknown"):
            raise MeasureError(f"{item} is yes, no or unknown, not {cell!r}.")
    return out
