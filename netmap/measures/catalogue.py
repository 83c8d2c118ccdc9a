"""The catalogue: every measure by its public name, with what it is, how to read it and when not to use it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ..errors import UsageError, nearest

__all__ = ["PARTS", "SHAPES", "Entry", "entries", "find", "load", "names"]

SHAPES = ("node", "tie", "number", "table", "labels", "object")

# The files that list entries, in the order of the manual.
PARTS = (
    "_catalogue_structure", "_catalogue_positions", "_catalogue_groups", "_catalogue_networks", "_catalogue_values",
    "_catalogue_chance", "_catalogue_action",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure as the manual, `netmap explain` and `netmap measure` know it.

    Attributes
    ----------
    name : str
        Public name under `netmap.measures`.
    module : str
        Where the function lives, such as ``netmap.measures.cohesion``.
    shape : str
        ``node`` (one number a node), ``tie`` (one value a tie), ``number``, ``table`` (several columns), ``labels`` (a
        group a node) or ``object`` (several results together).
    number : str
        Number in the measure catalogue, such as ``M10``.
    title : str
        What it is called in a heading.
    plain : str
        What it is, in plain words.
    reading : str
        How to read a value.
    caution : str
        When not to use it.
    reference : str
    range : str
        Between which values it lies, and its unit.
    needs : tuple of str
        Arguments it cannot do without besides the view, such as ``groups``.
    family : str
        Chapter of the manual.
    proposed : bool
        Whether it is netmap's own construct, without published validation.
    """

    name: str
    module: str
    shape: str
    number: str
    title: str
    plain: str
    reading: str
    caution: str
    reference: str
    range: str
    needs: tuple[str, ...] = ()
    family: str = ""
    proposed: bool = False


@cache
def entries() -> dict[str, Entry]:
    """Return all entries by name, in the order of the manual."""
    out: dict[str, Entry] = {}
    for part in PARTS:
        where = f"{__package__}.{part}"
        if find_spec(where) is None:
            continue
        for entry in import_module(where).ENTRIES:
            if entry.name in out:
                raise ValueError(f"{entry.name} stands in the catalogue twice.")
            out[entry.name] = entry
    return out


def names() -> list[str]:
    """Return the names of all measures, sorted.

    Examples
    --------
    >>> "betweenness" in names()
    True
    """
    return sorted(entries())


def find(name: str) -> Entry:
    """Return the entry of a measure by name; spelling of case, hyphens and -ize or -ise does not matter.

    Raises
    ------
    UsageError
        If there is none, naming the nearest.

    Examples
    --------
    >>> find("betweenness").number
    'M10'
    """
    known = entries()
    if name in known:
        return known[name]
    word = name.strip().casefold().replace("-", "_").replace(" ", "_")
    folded = {_fold(key): key for key in known}
    if _fold(word) in folded:
        return known[folded[_fold(word)]]
    close = nearest(word, known)
    hint = f" Did you mean {' or '.join(close)}?" if close else ""
    raise UsageError(f"There is no measure {name!r}.{hint}")


def _fold(word: str) -> str:
    return word.replace("iz", "is").replace("_", "")


def load(name: str) -> Any:
    """Return the function of a measure by its public name."""
    entry = find(name)
    return getattr(import_module(entry.module), entry.name)
