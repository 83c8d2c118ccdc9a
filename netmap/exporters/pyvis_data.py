"""What the pyvis map shows: nodes and ties as vis-network wants them, categories, sizes, facts and words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .palette import COLOURS, GREY
from .tables import plain

if TYPE_CHECKING:
    import pandas as pd

    from ..analysis import Analysis

__all__ = ["LIMIT", "Category", "Drawing", "Scheme", "drawing_of"]

LIMIT = 500
"""More nodes than this are drawn as their groups."""

_MOST_GROUPS = 200
_MOST_NAMES = 20_000
_RADIUS = (8.0, 18.0)
_SPACING = 60.0
_TIE = "#C3C9D1"
_BRIDGE = "#4A525C"
# Line breaks aside, control characters show nothing; direction overrides let a name rewrite the words around it.
_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_NOT_A_MEASURE = {"x", "y", "lat", "lon", "community", "map_x", "map_y"}
_PLURAL = {"organisation": "organisations", "person": "people", "group": "groups"}
_FIRST_MEASURES = ("degree", "strength", "betweenness", "harmonic", "members")


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


@dataclass(frozen=True)
class Drawing:
    """Everything the page shows, as plain text and numbers.

    `nodes` and `edges` are dictionaries as vis-network reads them, ids being positions; `rows` is the table twin.
    """

    title: str
    about: tuple[str, ...]
    finding: str
    certainty: str
    words: str
    note: str
    plural: str
    names: tuple[str, ...]
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    schemes: tuple[Scheme, ...]
    sizes: tuple[tuple[str, tuple[float | None, ...]], ...]
    facts: tuple[tuple[tuple[str, str], ...], ...]
    ties: tuple[tuple[int, int, str], ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_bridges: bool = False
    members: tuple[tuple[str, ...], ...] = field(default=())

    def for_page(self) -> dict[str, Any]:
        """Return what the page's script needs beside the nodes and ties."""
        return {
            "names": self.names,
            "plural": self.plural,
            "schemes": [
                {
                    "label": s.label,
                    "categories": [{"label": c.label, "colour": c.colour, "count": c.count} for c in s.categories],
                    "of": s.of_node,
                }
                for s in self.schemes
            ],
            "sizes": [{"label": label, "values": values} for label, values in self.sizes],
            "facts": self.facts,
            "ties": self.ties,
            "bridges": self.has_bridges,
            "members": self.members,
            "radius": _RADIUS,
        }


def drawing_of(analysis: Analysis) -> Drawing:
    """Return what the map of an analysis shows: its nodes, or their groups where there are more than `LIMIT`."""
    if len(analysis.nodes) <= LIMIT:
        return _of_nodes(analysis)
    return _of_groups(analysis)


# -- nodes -----------------------------------------------------------------------------------------------------


def _of_nodes(analysis: Analysis) -> Drawing:
    frame = analysis.nodes
    plural = _PLURAL.get(analysis.node_word, f"{analysis.node_word}s")
    ids = [str(v) for v in frame["id"]] if "id" in frame else [str(i) for i in range(len(frame))]
    names = tuple(_text(v) or node for v, node in zip(_column(frame, "name", ids), ids, strict=True))
    z = _places(frame)
    ties = _ties(analysis.ties, ids)
    schemes = _schemes(analysis, frame)
    sizes = _sizes(frame)
    degree = Counter(end for tie in ties for end in tie.ends)
    facts = _facts(frame, schemes, sizes)
    strengths = [tie.strength for tie in ties]
    spread = max(strengths, default=1.0) > min(strengths, default=1.0)
    has_bridges = any(tie.bridge for tie in ties)
    words = _in_words(plural, names, len(ties), degree, schemes)
    return Drawing(
        **_common(analysis),
        words=words,
        note="",
        plural=plural,
        names=names,
        nodes=[_node(i, complex(z[i])) for i in range(len(ids))],
        edges=[
            _edge(number, tie, 0.8 + (2.2 * math.sqrt(tie.strength / max(strengths)) if spread else 0.4))
            for number, tie in enumerate(ties)
        ],
        schemes=schemes,
        sizes=sizes,
        facts=facts,
        ties=tuple((*tie.ends, tie.words()) for tie in ties),
        headings=("Name", *_headings(facts), "Tied to"),
        rows=_rows(names, facts, ties),
        has_bridges=has_bridges,
    )


def _common(analysis: Analysis) -> dict[str, Any]:
    shown = [f for f in analysis.findings if f.id != "F0"] or list(analysis.findings)
    return {
        "title": _text(analysis.title) or "Map",
        "about": tuple(_text(sentence) for sentence in analysis.taken_as),
        "finding": _text(shown[0].headline) if shown else "",
        "certainty": shown[0].certainty if shown else "",
    }


def _node(number: int, place: complex, shape: str = "dot") -> dict[str, Any]:
    return {
        "id": number,
        "x": round(place.real, 2),
        "y": round(place.imag, 2),
        "shape": shape,
        "size": _RADIUS[0],
        "color": GREY,
    }


def _edge(number: int, tie: _Tie, width: float) -> dict[str, Any]:
    colour = _BRIDGE if tie.bridge else _TIE
    return {"id": number, "from": tie.ends[0], "to": tie.ends[1], "width": round(width, 2), "color": {"color": colour}}


def _column(frame: pd.DataFrame, name: str, otherwise: Sequence[Any]) -> list[Any]:
    return frame[name].tolist() if name in frame else list(otherwise)


def _places(frame: pd.DataFrame) -> NDArray[np.complex128]:
    """Return positions at a scale vis-network draws well; where there are none, a spiral that overlaps nowhere."""
    count = len(frame)
    turn = np.arange(count)
    spiral: NDArray[np.complex128] = _SPACING * 0.7 * np.sqrt(turn) * np.exp(2.399963j * turn)
    if "x" not in frame or "y" not in frame:
        return spiral
    x, y = (np.array([_number(v) for v in frame[c]], dtype=np.float64) for c in ("x", "y"))
    known = np.isfinite(x) & np.isfinite(y)
    z = np.zeros(count, dtype=np.complex128)
    z[known] = x[known] + 1j * y[known]
    if not known.any() or np.unique(z[known]).size < min(2, count):
        return spiral
    step = _usual_step(z[known])
    # Positions of one's own may be metres or degrees; those of the layout are left as they are.
    if not 15.0 <= step <= 200.0:
        z *= _SPACING / step
    z -= z[known].mean()
    if not known.all():
        edge = float(np.abs(z[known]).max()) + 2 * _SPACING
        lost = np.flatnonzero(~known)
        z[lost] = (np.arange(lost.size) - (lost.size - 1) / 2) * _SPACING + 1j * edge
    return z


def _usual_step(z: NDArray[np.complex128]) -> float:
    apart = np.abs(z[:, None] - z[None, :])
    apart[apart <= 1e-12] = np.inf
    near = apart.min(axis=1)
    near = near[np.isfinite(near)]
    return float(np.median(near)) if near.size else _SPACING


# -- ties ------------------------------------------------------------------------------------------------------


@dataclass
class _Tie:
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
            parts.append(f"strength {_short(self.strength)}")
        if self.records > 1:
            parts.append(f"{self.records} records")
        if self.bridge:
            parts.append("the only link between two parts")
        return "; ".join(parts)


def _ties(frame: pd.DataFrame, ids: list[str]) -> list[_Tie]:
    """Return one tie a pair, parallel ones joined and counted; loops and ties to unknown nodes are left out."""
    place = {node: i for i, node in enumerate(ids)}
    count = len(frame)
    found: dict[tuple[int, int], _Tie] = {}
    rows = zip(
        _column(frame, "source", [None] * count),
        _column(frame, "target", [None] * count),
        _column(frame, "kinds", _column(frame, "kind", [None] * count)),
        _column(frame, "strength", [None] * count),
        _column(frame, "bridge", [None] * count),
        strict=True,
    )
    for source, target, kinds, strength, bridge in rows:
        a, b = place.get(str(source)), place.get(str(target))
        if a is None or b is None or a == b:
            continue
        ends = (min(a, b), max(a, b))
        tie = found.setdefault(ends, _Tie(ends))
        tie.records += 1
        tie.kinds = tuple(dict.fromkeys([*tie.kinds, *_several(kinds)]))
        value = _number(strength)
        tie.given = tie.given or math.isfinite(value)
        tie.strength += value if math.isfinite(value) and value > 0 else 1.0
        tie.bridge = tie.bridge or plain(bridge) in (True, "yes")
    return [found[ends] for ends in sorted(found)]


# -- colour, size, facts ---------------------------------------------------------------------------------------


def _schemes(analysis: Analysis, frame: pd.DataFrame) -> tuple[Scheme, ...]:
    """Return what colour can mean: groups of the ties, sector, networks, type, as far as they are known."""
    out = []
    group_names = _group_names(analysis)
    for column, label in (
        ("community", "Group"),
        ("sector", "Sector"),
        ("networks", "Network"),
        ("type", "Type"),
    ):
        if column not in frame:
            continue
        if column == "community":
            words = [_group_name(v, group_names) for v in frame[column].tolist()]
        elif column == "networks":
            several = [_several(v) for v in frame[column].tolist()]
            words = [v[0] if len(v) == 1 else ("more than one network" if v else "") for v in several]
        else:
            words = [_readable(v) for v in frame[column].tolist()]
        if any(word not in ("", "unknown") for word in words):
            out.append(_scheme(label, words))
    return tuple(out)


def _scheme(label: str, words: list[str]) -> Scheme:
    counts = Counter(word for word in words if word and word != "unknown")
    order = sorted(counts, key=lambda word: (-counts[word], _natural(word)))
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


def _natural(text: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() and part.isascii() else (-1, part) for part in re.split(r"(\d+)", text)]


def _group_names(analysis: Analysis) -> dict[str, str]:
    frame = analysis.networks
    if "network" not in frame or "name" not in frame:
        return {}
    pairs = zip(frame["network"].tolist(), frame["name"].tolist(), strict=True)
    return {_text(key): _text(name) or _text(key) for key, name in pairs}


def _group_name(value: Any, names: Mapping[str, str]) -> str:
    value = plain(value)
    if isinstance(value, float) and value == int(value):
        value = int(value)
    if value is None or (isinstance(value, int) and value < 0):
        return ""
    return names.get(_text(value)) or (f"Group {value + 1}" if isinstance(value, int) else _text(value))


def _sizes(frame: pd.DataFrame) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    """Return what size can mean: every column of numbers, the usual measures first."""
    found = []
    for name in frame.columns:
        text = str(name)
        is_measure = frame[name].dtype.kind in "fiu" and text not in _NOT_A_MEASURE
        if not is_measure or text.endswith(("_low", "_high")):
            continue
        values = tuple(_finite(v) for v in frame[name].tolist())
        if len({v for v in values if v is not None}) > 1:
            found.append((text, values))
    rank = {name: i for i, name in enumerate(_FIRST_MEASURES)}
    found.sort(key=lambda pair: rank.get(pair[0], len(rank)))
    return tuple((_label(name), values) for name, values in found[:20])


def _facts(
    frame: pd.DataFrame, schemes: Sequence[Scheme], sizes: Sequence[tuple[str, tuple[float | None, ...]]]
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return what is said of each node: its categories, its place and its numbers."""
    count = len(frame)
    out: list[list[tuple[str, str]]] = [[] for _ in range(count)]
    for scheme in schemes:
        if scheme.label == "Network":
            words = ["; ".join(_several(v)) for v in frame["networks"].tolist()]
        elif scheme.label == "Group":
            words = [scheme.categories[c].label for c in scheme.of_node]
        else:
            words = [_readable(v) for v in frame[scheme.label.casefold()].tolist()]
        for i, word in enumerate(words):
            out[i].append((scheme.label, word))
    if "place" in frame and any(_text(v) for v in frame["place"].tolist()):
        for i, value in enumerate(frame["place"].tolist()):
            out[i].append(("Place", _text(value)))
    for label, values in sizes[:8]:
        for i, value in enumerate(values):
            out[i].append((label, "not defined" if value is None else _short(value)))
    return tuple(tuple(part) for part in out)


def _headings(facts: Sequence[Sequence[tuple[str, str]]]) -> tuple[str, ...]:
    return tuple(label for label, _ in facts[0]) if facts else ()


def _rows(
    names: Sequence[str], facts: Sequence[Sequence[tuple[str, str]]], ties: Sequence[_Tie]
) -> tuple[tuple[str, ...], ...]:
    near: list[list[tuple[int, list[tuple[int, str]], str]]] = [[] for _ in names]
    for tie in ties:
        for one, other in (tie.ends, tie.ends[::-1]):
            near[one].append((-tie.records, _natural(names[other]), names[other]))
    return tuple(
        (name, *(word for _, word in fact), "; ".join(word for *_, word in sorted(there)) or "none")
        for name, fact, there in zip(names, facts, near, strict=True)
    )


def _in_words(
    plural: str, names: Sequence[str], ties: int, degree: Mapping[int, int], schemes: Sequence[Scheme]
) -> str:
    """Say what the picture shows, for readers who do not see it."""
    if not names:
        return "There is nothing to draw: the data hold no " + plural + "."
    parts = [f"The picture shows {len(names):,} {plural} and {ties:,} {'tie' if ties == 1 else 'ties'}."]
    alone = len(names) - len(degree)
    if alone and ties:
        parts.append(f"{alone:,} of them {'has' if alone == 1 else 'have'} no tie.")
    most = sorted(degree, key=lambda i: (-degree[i], names[i]))[:3]
    if len(names) > 3 and most and degree[most[0]] > 1:
        parts.append("Most ties: " + ", ".join(f"{names[i]} ({degree[i]})" for i in most) + ".")
    if schemes:
        first = schemes[0]
        held = ", ".join(f"{c.label} ({c.count:,})" for c in first.categories)
        parts.append(f"By {first.label.casefold()}: {held}.")
    return " ".join(parts)


# -- groups ----------------------------------------------------------------------------------------------------


def _of_groups(analysis: Analysis) -> Drawing:
    frame = analysis.nodes
    members_word = _PLURAL.get(analysis.node_word, f"{analysis.node_word}s")
    ids = [str(v) for v in frame["id"]]
    names = [_text(v) or node for v, node in zip(_column(frame, "name", ids), ids, strict=True)]
    what, label = _grouping(analysis, frame)
    counts = Counter(label)
    order = sorted(counts, key=lambda word: (-counts[word], _natural(word)))
    if len(order) > _MOST_GROUPS:
        kept = order[:_MOST_GROUPS]
        rest = f"{len(order) - len(kept):,} small groups"
        label = [word if word in set(kept) else rest for word in label]
        order = [*kept, rest]
        counts = Counter(label)
    place = {word: i for i, word in enumerate(order)}
    group = np.array([place[word] for word in label], dtype=np.int64)
    size = np.bincount(group, minlength=len(order))

    within: Counter[int] = Counter()
    between: Counter[tuple[int, int]] = Counter()
    all_ties = _ties(analysis.ties, ids)
    degree = Counter(end for tie in all_ties for end in tie.ends)
    for tie in all_ties:
        a, b = int(group[tie.ends[0]]), int(group[tie.ends[1]])
        if a == b:
            within[a] += 1
        else:
            between[(min(a, b), max(a, b))] += 1
    ties = [_Tie(ends, records=number, strength=float(number)) for ends, number in sorted(between.items())]
    outside: Counter[int] = Counter()
    for tie in ties:
        for end in tie.ends:
            outside[end] += tie.records

    by_degree = sorted(range(len(ids)), key=lambda i: (-degree[i], names[i]))
    inside: list[list[int]] = [[] for _ in order]
    for i in by_degree:
        inside[group[i]].append(i)
    facts = tuple(
        (
            ("Members", f"{size[g]:,}"),
            ("Ties within", f"{within[g]:,}"),
            ("Ties to others", f"{outside[g]:,}"),
            ("Most tied members", ", ".join(names[i] for i in inside[g][:5])),
        )
        for g in range(len(order))
    )
    z, radius = _bubbles(_places(frame), group, size)
    most = max((tie.records for tie in ties), default=1)
    colours = [*COLOURS[: len(order)], *[GREY] * (len(order) - len(COLOURS))]
    scheme = Scheme(
        what,
        tuple(Category(w, c, int(size[g])) for g, (w, c) in enumerate(zip(order, colours, strict=True))),
        tuple(range(len(order))),
    )
    total = sum(within.values()) + sum(between.values())
    note = (
        f"{len(ids):,} {members_word} are too many to draw one by one here (the limit is {LIMIT}), so each circle is a "
        f"group: its area is the number of members, and a line is the ties between two groups. "
        f"Searching for a name finds its group."
    )
    words = (
        f"The picture shows {len(order):,} groups of {len(ids):,} {members_word}; of {total:,} ties "
        f"{sum(within.values()):,} are within groups and {sum(between.values()):,} between them. The largest groups: "
        + ", ".join(f"{word} ({counts[word]:,})" for word in order[:3])
        + "."
    )
    return Drawing(
        **_common(analysis),
        words=words,
        note=note,
        plural="groups",
        names=tuple(order),
        nodes=[{**_node(i, complex(z[i])), "size": round(float(radius[i]), 2)} for i in range(len(order))],
        edges=[_edge(i, tie, 0.6 + 7.4 * tie.records / most) for i, tie in enumerate(ties)],
        schemes=(scheme,),
        sizes=(),
        facts=facts,
        ties=tuple((*tie.ends, f"{tie.records:,} {'tie' if tie.records == 1 else 'ties'}") for tie in ties),
        headings=("Name", *_headings(facts), "Tied to"),
        rows=_rows(order, facts, ties),
        members=tuple(tuple(names[i] for i in part) for part in inside) if len(ids) <= _MOST_NAMES else (),
    )


def _grouping(analysis: Analysis, frame: pd.DataFrame) -> tuple[str, list[str]]:
    """Return what the nodes are grouped by, and the group of each: communities, else networks, else sector."""
    known = {scheme.label for scheme in _schemes(analysis, frame)}
    if "Group" in known:
        names = _group_names(analysis)
        return "Group", [_group_name(v, names) or "in no group" for v in frame["community"].tolist()]
    if "Network" in known:
        first = [_several(v) for v in frame["networks"].tolist()]
        return "Network", [v[0] if v else "in no network" for v in first]
    if "Sector" in known:
        return "Sector", [_readable(v) or "not known" for v in frame["sector"].tolist()]
    return "Group", ["all"] * len(frame)


def _bubbles(
    z: NDArray[np.complex128], group: NDArray[np.int64], size: NDArray[np.int64]
) -> tuple[NDArray[np.complex128], NDArray[np.float64]]:
    """Place each group at the middle of its members, as a circle by area, and move circles apart that overlap."""
    centre = np.bincount(group, z.real, size.size) / size + 1j * np.bincount(group, z.imag, size.size) / size
    radius = 90.0 * np.sqrt(size / size.max())
    radius = np.maximum(radius, 9.0)
    reach = float(np.abs(centre - centre.mean()).max())
    room = 1.6 * float(np.sqrt(np.sum(radius**2)))
    centre = (centre - centre.mean()) * (room / reach if reach > 0 else 1.0)
    centre = centre + 1e-6 * np.exp(2.399963j * np.arange(size.size))
    for _ in range(300):
        apart = centre[:, None] - centre[None, :]
        distance = np.abs(apart)
        short = np.maximum(radius[:, None] + radius[None, :] + 26.0 - distance, 0.0)
        np.fill_diagonal(short, 0.0)
        if not short.any():
            break
        centre = centre + 0.45 * (short * apart / np.maximum(distance, 1e-9)).sum(axis=1)
    return centre, radius


# -- words -----------------------------------------------------------------------------------------------------


def _text(value: Any) -> str:
    value = plain(value)
    if value is None:
        return ""
    return _UNSEEN.sub("", _short(value) if isinstance(value, float) else str(value)).strip()


def _readable(value: Any) -> str:
    return _text(value).replace("_", " ")


def _several(value: Any) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [word for word in (_text(part) for part in value) if word]
    return [word for word in (part.strip() for part in _text(value).split(";")) if word]


def _label(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _number(value: Any) -> float:
    value = plain(value)
    return float(value) if isinstance(value, (int, float)) else math.nan


def _finite(value: Any) -> float | None:
    number = _number(value)
    return number if math.isfinite(number) else None


def _short(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
