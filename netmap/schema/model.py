"""What a column and a table are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Column", "Table", "fold"]

_SEPARATORS = re.compile(r"[\s\-_.]+")


def fold(heading: str) -> str:
    """Return a heading without regard to case, spaces, hyphens, underscores and dots.

    Examples
    --------
    >>> fold(" Org-ID "), fold("Local Authority")
    ('orgid', 'localauthority')
    """
    return _SEPARATORS.sub("", heading.casefold())


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how it is called, what may stand in it and what a blank means.

    Attributes
    ----------
    name : str
    kind : {"id", "text", "number", "integer", "boolean", "choice", "list", "date"}
    meaning : str
        In plain words.
    synonyms : tuple of str
        Other headings; matched whole, without regard to case, spaces, hyphens and underscores.
    values : tuple of str
        The words of a choice. Others are kept as they are and pointed out.
    value_synonyms : mapping of str to str
        Other spellings of a word of `values`.
    default : object
        What a blank means; None: not known.
    unit : str
    low, high : float or None
        Range of a number.
    required : bool
    """

    name: str
    kind: str
    meaning: str
    synonyms: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    value_synonyms: Mapping[str, str] = field(default_factory=dict)
    default: Any = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    required: bool = False

    @property
    def headings(self) -> frozenset[str]:
        """Every heading it answers to, folded."""
        return frozenset(fold(h) for h in (self.name, *self.synonyms))


@dataclass(frozen=True)
class Table:
    """One table: its columns, what makes a row the same as another, and the file names it goes by."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    file_stems: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """Return a column by its name.

        Raises
        ------
        KeyError
            There is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(column.name == name for column in self.columns)
