"""Short ways to declare columns that several tables have."""

from __future__ import annotations

from typing import Any

from .model import Column

__all__ = ["boolean", "choice", "date", "identity", "listing", "number", "scale", "text", "wave"]


def identity(name: str, meaning: str, *synonyms: str, required: bool = False) -> Column:
    """Declare a column that holds the id or name of something."""
    return Column(name, "id", meaning, synonyms, required=required)


def text(name: str, meaning: str, *synonyms: str, default: Any = None) -> Column:
    """Declare a column of words."""
    return Column(name, "text", meaning, synonyms, default=default)


def listing(name: str, meaning: str, *synonyms: str, values: tuple[str, ...] = ()) -> Column:
    """Declare a column of several words, separated by semicolons."""
    return Column(name, "list", meaning, synonyms, values=values)


def number(
    name: str,
    meaning: str,
    *synonyms: str,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    default: float | None = None,
) -> Column:
    """Declare a column of numbers."""
    return Column(name, "number", meaning, synonyms, default=default, unit=unit, low=low, high=high)


def scale(name: str, meaning: str, *synonyms: str, low: float = 1, high: float = 5) -> Column:
    """Declare a column of whole numbers on a scale."""
    return Column(name, "integer", meaning, synonyms, low=low, high=high)


def boolean(
    name: str, meaning: str, *synonyms: str, default: bool | None = None, spelt: dict[str, str] | None = None
) -> Column:
    """Declare a column of yes and no; `spelt` gives other words for the two."""
    return Column(name, "boolean", meaning, synonyms, ("yes", "no"), spelt or {}, default)


def choice(
    name: str, meaning: str, values: str, *synonyms: str, default: str = "unknown", spelt: dict[str, str] | None = None
) -> Column:
    """Declare a column of one word out of several; `values` are separated by spaces."""
    return Column(name, "choice", meaning, synonyms, tuple(values.split()), spelt or {}, default)


def date(name: str, meaning: str, *synonyms: str) -> Column:
    """Declare a column of dates: a year, a month or a day."""
    return Column(name, "date", meaning, synonyms)


def wave() -> Column:
    """Declare the column that names the round of asking a row belongs to."""
    return text("wave", "The round of asking, or the year, that the row belongs to.", "round", "survey wave")
