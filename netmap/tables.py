"""Tables: the validated frames, where every row came from, and the ledger of what became of every input row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .errors import Problem
from .schema import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from .schema import Column

__all__ = ["LEDGER", "OUTCOMES", "Source", "Tables", "empty_frame", "natural_key", "typed"]

LEDGER = ("file", "sheet", "line", "table", "outcome", "reason")
OUTCOMES = ("used", "merged", "set aside")


@dataclass(frozen=True, slots=True)
class Source:
    """One table that was read: its file and sheet, how it was read and what it was taken for.

    Attributes
    ----------
    file : str
        Name of the file without its folder.
    sheet : str or None
    table, why : str
        The table (or form of table) it was taken for, and the reason.
    rows : int
        Rows of data; ``rows = used + merged + set aside`` in the ledger.
    encoding, delimiter : str
        Empty for a workbook.
    sha256 : str
        Fingerprint of the file's bytes.
    columns : tuple of (str, str)
        Heading and the column it was taken for, ``""`` where it was kept as an attribute.
    """

    file: str
    sheet: str | None
    table: str
    why: str
    rows: int
    encoding: str
    delimiter: str
    sha256: str
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Tables:
    """Everything that was read, validated and accounted for.

    Attributes
    ----------
    frames : mapping of str to DataFrame
        One frame for every table of the schema, in a canonical order of rows that does not depend on the input's.
        Columns are those of the schema, in its order, then the columns of the user's own, as text. Ids, text, choices
        and dates are ``object`` columns of str (``""`` where nothing is known), lists are tuples of str, numbers are
        ``float64`` (NaN), yes/no columns are ``boolean`` (NA); defaults of the schema are filled in.
        An id in one table is spelt as in every other: ``org_id`` of `organisations` holds every organisation named
        anywhere, ``network_id`` of `networks` every group.
    problems : tuple of Problem
        Notes and warnings; errors raise `DataError` instead.
    ledger : DataFrame
        One row an input row: ``file, sheet, line, table, outcome, reason``; outcome is one of `OUTCOMES`.
    assumptions : tuple of str
        What each file and heading was taken for, and why, a sentence each.
    sources : tuple of Source
    nodes_are : str
        ``organisations`` or ``people``.
    nodes_why : str
        Why, as a clause.
    extra : mapping
    """

    frames: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    ledger: pd.DataFrame
    assumptions: tuple[str, ...]
    sources: tuple[Source, ...]
    nodes_are: str = "organisations"
    nodes_why: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def typed(values: list[Any], column: Column) -> pd.Series:
    """Return converted cells as a column of the type its kind has; None is filled with the default.

    Examples
    --------
    >>> from netmap.schema import TABLES
    >>> typed([2.0, None], TABLES["organisations"].column("size_fte")).tolist()
    [2.0, nan]
    """
    import pandas as pd

    default = column.default
    if column.kind in ("number", "integer"):
        filled = [default if v is None else v for v in values]
        return pd.Series([float("nan") if v is None else float(v) for v in filled], dtype="float64")
    if column.kind == "boolean":
        return pd.Series([default if v is None else v for v in values], dtype="boolean")
    if column.kind == "list":
        return pd.Series([tuple(v) if v is not None else () for v in values], dtype=object)
    return pd.Series([(default or "") if v is None else str(v) for v in values], dtype=object)


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key under which wave 2 comes before wave 10.

    Examples
    --------
    >>> sorted(["wave 10", "wave 2"], key=natural_key)
    ['wave 2', 'wave 10']
    """
    parts = re.findall(r"\d+|\D+", text)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in parts)


def empty_frame(table: str) -> pd.DataFrame:
    """Return a frame of no rows with the columns of a table.

    Examples
    --------
    >>> list(empty_frame("values").columns)[:3]
    ['entity', 'item', 'rating']
    """
    import pandas as pd

    return pd.DataFrame({column.name: typed([], column) for column in TABLES[table].columns})


def both_ends(frame: pd.DataFrame) -> pd.MultiIndex:
    """Return the pairs that both ends report, or that are marked confirmed."""
    import pandas as pd

    told = frame["reported_by"].astype(str)
    teller = told.where(told != "", frame["source"].astype(str))
    seen = frame.assign(
        by_a=(teller == frame["a"]), by_b=(teller == frame["b"]), sure=frame["confirmed"].fillna(False).astype(bool)
    ).groupby(["a", "b"], sort=True)[["by_a", "by_b", "sure"]].any()
    good = seen.index[(seen["by_a"] & seen["by_b"]) | seen["sure"]]
    return pd.MultiIndex.from_tuples(list(good), names=["a", "b"])


def plain_row(row: Mapping[Any, Any], without: Sequence[str] = ()) -> dict[str, Any]:
    """Return the filled cells of a row as plain Python values."""
    import pandas as pd

    out: dict[str, Any] = {}
    for key, value in row.items():
        if key in without or (isinstance(value, str) and not value):
            continue
        if isinstance(value, tuple):
            if value:
                out[str(key)] = "; ".join(map(str, value))
        elif not pd.isna(value):
            out[str(key)] = value.item() if hasattr(value, "item") else value
    return out
