"""How questions put numbers and names into sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..finding import mention

__all__ = ["count", "listing", "name", "number", "percent", "perturbed", "plural", "share_range", "tie_name"]

name = mention

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def percent(share: float) -> str:
    """Return a share in whole per cent: small ones as "under 1%", nearly all as "over 99%"."""
    if math.isnan(share):
        return "not defined"
    if 0 < share < 0.01:
        return "under 1%"
    if 0.99 < share < 1:
        return "over 99%"
    return f"{round(100 * share)}%"


def share_range(low: float, high: float) -> str:
    """Return a range of shares, such as "24-72%"."""
    first, last = percent(low), percent(high)
    if first == last:
        return first
    return f"{first.removesuffix('%')}-{last}" if first[0].isdigit() and last[0].isdigit() else f"{first} to {last}"


def number(value: float, digits: int = 2) -> str:
    """Return a number with thousands marks: whole ones as they are, others with `digits` decimals."""
    if math.isnan(value):
        return "not defined"
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.{digits}f}"


def plural(how_many: float, one: str, many: str | None = None) -> str:
    """Return the word that fits the number."""
    return one if how_many == 1 else (many or one + "s")


def count(how_many: int, one: str, many: str | None = None, *, words: bool = False) -> str:
    """Return a number with its noun: "3 ties"; small numbers as words on request."""
    figure = _SMALL[how_many] if words and 0 <= how_many < len(_SMALL) else f"{how_many:,}"
    return f"{figure} {plural(how_many, one, many)}"


def listing(items: Sequence[str], last: str = "and", most: int = 6) -> str:
    """Return items as a list in a sentence; more than `most` are counted."""
    shown = list(items[:most])
    if len(items) > most:
        shown.append(f"{len(items) - most} more")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def tie_name(a: object, b: object) -> str:
    """Return the mark for a tie between two nodes."""
    return f"{mention(a)} - {mention(b)}"


def perturbed(confidence: float, draws: int) -> str:
    """Return in words what a perturbed network is."""
    lost = round(100 * (1 - confidence))
    each = "a tenth" if lost == 10 else f"{lost}%" if lost else "under 1%"
    return f"{draws:,} networks as they might really be ({each} of the ties mistaken, as many not recorded)"
