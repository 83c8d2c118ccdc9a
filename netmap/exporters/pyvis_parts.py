"""What the pyvis map is made of: ties joined by pair, what colour can mean, and words for cells of any kind."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .palette import COLOURS, GREY
from .tables import plain

if TYPE_CHECKING:
    import pandas as pd

    from ..analysis import Analysis

__all__ = [
    "Category",
    "Scheme",
    "Tie",
    "column_of",
    "finite",
    "group_name",
    "group_names",
    "label_of",
    "natural",
    "number_of",
    "readable",
    "schemes_of",
    "several",
    "short",
    "text_of",
    "ties_of",
]

# Line breaks aside, control characters show nothing; direction overrides let a name rewrite the words around it.
_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Category:
    """One entry of the legend."""

    label: str
    colour: str
    count: int


@dataclass(frozen=True)
class Scheme:
    """One thing that colour can mean: its categories, and which each node has."""

    label: str
    categories: tuple[Category, ...]
    of_node: tuple[int, ...]


# -- ties -------------------------------------------------------------------------------------------------------


@dataclass
class Tie:
    """A pair that is tied, with all that its records say."""

    ends: tuple[int, int]
    records: int = 0
    kinds: tuple[str, ...] = ()
    strength: float = 0.0
    bridge: bool = False
    given: bool = False

    def words(self) -> str:
        """What is known of the tie, in a few words."""
        parts = [", ".join(self.kinds)] if self.kinds else []
        if self.given:
            parts.append(f"strength {short(self.strength)}")
        if self.records > 1:
            parts.append(f"{self.records} records")
        if self.bridge:
            parts.append("the only link between two parts")
        return "; ".join(parts)


def ties_of(frame: pd.DataFrame, ids: list[str]) -> list[Tie]:
    """Return one tie a pair, parallel ones joined and counted; loops and ties to unknown nodes are left out."""
    place = {node: i for i, node in enumerate(ids)}
    count = len(frame)
    found: dict[tuple[int, int], Tie] = {}
    rows = zip(
        column_of(frame, "source", [None] * count),
        column_of(frame, "target", [None] * count),
        column_of(frame, "kinds", column_of(frame, "kind", [None] * count)),
        column_of(frame, "strength", [None] * count),
        column_of(frame, "bridge", [None] * count),
        strict=True,
    )
    for source, target, kinds, strength, bridge in rows:
        a, b = place.get(str(source)), place.get(str(target))
        if a is None or b is None or a == b:
            continue
        ends = (min(a, b), max(a, b))
        tie = found.setdefault(ends, Tie(ends))
        tie.records += 1
        tie.kinds = tuple(dict.fromkeys([*tie.kinds, *several(kinds)]))
        value = number_of(strength)
        tie.given = tie.given or math.isfinite(value)
        tie.strength += value if math.isfinite(value) and value > 0 else 1.0
        tie.bridge = tie.bridge or plain(bridge) in (True, "yes")
    return [found[ends] for ends in sorted(found)]


# -- colour -----------------------------------------------------------------------------------------------------


def schemes_of(analysis: Analysis, frame: pd.DataFrame) -> tuple[Scheme, ...]:
    """Return what colour can mean: groups of the ties, sector, networks, type, as far as they are known."""
    out = []
    known = group_names(analysis)
    for column, label in (
        ("community", "Group"),
        ("sector", "Sector"),
        ("networks", "Network"),
        ("type", "Type"),
    ):
        if column not in frame:
            continue
        if column == "community":
            words = [group_name(v, known) for v in frame[column].tolist()]
        elif column == "networks":
            lists = [several(v) for v in frame[column].tolist()]
            words = [v[0] if len(v) == 1 else ("more than one network" if v else "") for v in lists]
        else:
            words = [readable(v) for v in frame[column].tolist()]
        if any(word not in ("", "unknown") for word in words):
            out.append(_scheme(label, words))
    return tuple(out)


def _scheme(label: str, words: list[str]) -> Scheme:
    counts = Counter(word for word in words if word and word != "unknown")
    order = sorted(counts, key=lambda word: (-counts[word], natural(word)))
    named = order[: len(COLOURS)]
    categories = [Category(w, c, counts[w]) for w, c in zip(named, COLOURS, strict=False)]
    place = {word: i for i, word in enumerate(named)}
    rest = order[len(COLOURS) :]
    if rest:
        place.update(dict.fromkeys(rest, len(categories)))
        categories.append(Category(f"{len(rest)} others", GREY, sum(counts[w] for w in rest)))
    missing = sum(1 for word in words if word not in counts)
    if missing:
        none = "in no group" if label in ("Group", "Network") else "not known"
        categories.append(Category(none, "#FFFFFF", missing))
    last = len(categories) - 1
    return Scheme(label, tuple(categories), tuple(place.get(word, last) for word in words))


def group_names(analysis: Analysis) -> dict[str, str]:
    """Return what the groups of an analysis are called, by their id as text."""
    frame = analysis.networks
    if "network" not in frame or "name" not in frame:
        return {}
    pairs = zip(frame["network"].tolist(), frame["name"].tolist(), strict=True)
    return {text_of(key): text_of(name) or text_of(key) for key, name in pairs}


def group_name(value: Any, names: Mapping[str, str]) -> str:
    """Return what a group is called: a given name, `Group 1` for the label 0, empty text for none."""
    value = plain(value)
    if isinstance(value, float) and value == int(value):
        value = int(value)
    if value is None or (isinstance(value, int) and value < 0):
        return ""
    return names.get(text_of(value)) or (f"Group {value + 1}" if isinstance(value, int) else text_of(value))


# -- words and numbers ------------------------------------------------------------------------------------------


def column_of(frame: pd.DataFrame, name: str, otherwise: Sequence[Any]) -> list[Any]:
    """Return a column as a list, or `otherwise` where the frame does not have it."""
    return frame[name].tolist() if name in frame else list(otherwise)


def natural(text: str) -> list[tuple[int, str]]:
    """Return a key by which Group 2 comes before Group 10."""
    return [(int(part), "") if part.isdigit() and part.isascii() else (-1, part) for part in re.split(r"(\d+)", text)]


def text_of(value: Any) -> str:
    """Return a cell as text that shows what it says; empty where it is missing."""
    value = plain(value)
    if value is None:
        return ""
    return _UNSEEN.sub("", short(value) if isinstance(value, float) else str(value)).strip()


def readable(value: Any) -> str:
    """Return a word of the schema as a reader would write it: `social_enterprise` is *social enterprise*."""
    return text_of(value).replace("_", " ")


def several(value: Any) -> list[str]:
    """Return the parts of a cell that holds a list, or text with semicolons."""
    if isinstance(value, (list, tuple)):
        return [word for word in (text_of(part) for part in value) if word]
    return [word for word in (part.strip() for part in text_of(value).split(";")) if word]


def label_of(name: str) -> str:
    """Return the name of a column as a label."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def number_of(value: Any) -> float:
    """Return a cell as a number, NaN where it is none."""
    value = plain(value)
    return float(value) if isinstance(value, (int, float)) else math.nan


def finite(value: Any) -> float | None:
    """Return a cell as a number, None where it is none or infinite."""
    number = number_of(value)
    return number if math.isfinite(number) else None


def short(value: float) -> str:
    """Return a number in three figures, whole ones in full."""
    return f"{value:,.0f}" if value == int(value) else f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
