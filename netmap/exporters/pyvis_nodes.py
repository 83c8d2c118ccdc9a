"""The pyvis map of nodes: where each stands, what is said of it, and the table that says the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .palette import GREY
from .pyvis_parts import (
    Scheme,
    Tie,
    column_of,
    finite,
    label_of,
    natural,
    number_of,
    readable,
    schemes_of,
    several,
    short,
    text_of,
    ties_of,
)

if TYPE_CHECKING:
    import pandas as pd

    from ..analysis import Analysis

__all__ = ["PLURAL", "Drawing", "common", "edge_of", "headings_of", "node_at", "of_nodes", "places_of", "rows_of"]

PLURAL = {"organisation": "organisations", "person": "people", "group": "groups"}
RADIUS = (8.0, 18.0)
_SPACING = 60.0
_TIE = "#C3C9D1"
_BRIDGE = "#4A525C"
_NOT_A_MEASURE = {"x", "y", "lat", "lon", "community", "map_x", "map_y"}
_FIRST_MEASURES = ("degree", "strength", "betweenness", "harmonic", "members")


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
            "radius": RADIUS,
        }


def of_nodes(analysis: Analysis) -> Drawing:
    """Return the map of every node of an analysis."""
    frame = analysis.nodes
    plural = PLURAL.get(analysis.node_word, f"{analysis.node_word}s")
    ids = [str(v) for v in frame["id"]] if "id" in frame else [str(i) for i in range(len(frame))]
    names = tuple(text_of(v) or node for v, node in zip(column_of(frame, "name", ids), ids, strict=True))
    z = places_of(frame)
    ties = ties_of(analysis.ties, ids)
    schemes = schemes_of(analysis, frame)
    sizes = _sizes(frame)
    degree = Counter(end for tie in ties for end in tie.ends)
    facts = _facts(frame, schemes, sizes)
    strengths = [tie.strength for tie in ties]
    spread = max(strengths, default=1.0) > min(strengths, default=1.0)
    has_bridges = any(tie.bridge for tie in ties)
    words = _in_words(plural, names, len(ties), degree, schemes)
    return Drawing(
        **common(analysis),
        words=words,
        note="",
        plural=plural,
        names=names,
        nodes=[node_at(i, complex(z[i])) for i in range(len(ids))],
        edges=[
            edge_of(number, tie, 0.8 + (2.2 * math.sqrt(tie.strength / max(strengths)) if spread else 0.4))
            for number, tie in enumerate(ties)
        ],
        schemes=schemes,
        sizes=sizes,
        facts=facts,
        ties=tuple((*tie.ends, tie.words()) for tie in ties),
        headings=("Name", *headings_of(facts), "Tied to"),
        rows=rows_of(names, facts, ties),
        has_bridges=has_bridges,
    )


def common(analysis: Analysis) -> dict[str, Any]:
    """Return what both levels of the map say: title, what it is, and the first finding."""
    shown = [f for f in analysis.findings if f.id != "F0"] or list(analysis.findings)
    return {
        "title": text_of(analysis.title) or "Map",
        "about": tuple(text_of(sentence) for sentence in analysis.taken_as[:3]),
        "finding": text_of(shown[0].headline) if shown else "",
        "certainty": shown[0].certainty if shown else "",
    }


def node_at(number: int, place: complex, shape: str = "dot") -> dict[str, Any]:
    """Return a node as vis-network reads it."""
    return {
        "id": number,
        "x": round(place.real, 2),
        "y": round(place.imag, 2),
        "shape": shape,
        "size": RADIUS[0],
        "color": GREY,
    }


def edge_of(number: int, tie: Tie, width: float) -> dict[str, Any]:
    """Return a tie as vis-network reads it."""
    colour = _BRIDGE if tie.bridge else _TIE
    return {"id": number, "from": tie.ends[0], "to": tie.ends[1], "width": round(width, 2), "color": {"color": colour}}


def places_of(frame: pd.DataFrame) -> NDArray[np.complex128]:
    """Return positions at a scale vis-network draws well; where there are none, a spiral that overlaps nowhere."""
    count = len(frame)
    turn = np.arange(count)
    spiral: NDArray[np.complex128] = _SPACING * 0.7 * np.sqrt(turn) * np.exp(2.399963j * turn)
    if "x" not in frame or "y" not in frame:
        return spiral
    x, y = (np.array([number_of(v) for v in frame[c]], dtype=np.float64) for c in ("x", "y"))
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


def _sizes(frame: pd.DataFrame) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    """Return what size can mean: every column of numbers, the usual measures first."""
    found = []
    for name in frame.columns:
        text = str(name)
        is_measure = frame[name].dtype.kind in "fiu" and text not in _NOT_A_MEASURE
        if not is_measure or text.endswith(("_low", "_high")):
            continue
        values = tuple(finite(v) for v in frame[name].tolist())
        if len({v for v in values if v is not None}) > 1:
            found.append((text, values))
    rank = {name: i for i, name in enumerate(_FIRST_MEASURES)}
    found.sort(key=lambda pair: rank.get(pair[0], len(rank)))
    return tuple((label_of(name), values) for name, values in found[:20])


def _facts(
    frame: pd.DataFrame, schemes: Sequence[Scheme], sizes: Sequence[tuple[str, tuple[float | None, ...]]]
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return what is said of each node: its categories, its place and its numbers."""
    count = len(frame)
    out: list[list[tuple[str, str]]] = [[] for _ in range(count)]
    for scheme in schemes:
        if scheme.label == "Network":
            words = ["; ".join(several(v)) for v in frame["networks"].tolist()]
        elif scheme.label == "Group":
            words = [scheme.categories[c].label for c in scheme.of_node]
        else:
            words = [readable(v) for v in frame[scheme.label.casefold()].tolist()]
        for i, word in enumerate(words):
            out[i].append((scheme.label, word))
    if "place" in frame and any(text_of(v) for v in frame["place"].tolist()):
        for i, value in enumerate(frame["place"].tolist()):
            out[i].append(("Place", text_of(value)))
    for label, values in sizes[:8]:
        for i, value in enumerate(values):
            out[i].append((label, "not defined" if value is None else short(value)))
    return tuple(tuple(part) for part in out)


def headings_of(facts: Sequence[Sequence[tuple[str, str]]]) -> tuple[str, ...]:
    """Return the headings of the table: every fact known of any node."""
    return tuple(label for label, _ in facts[0]) if facts else ()


def rows_of(
    names: Sequence[str], facts: Sequence[Sequence[tuple[str, str]]], ties: Sequence[Tie]
) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table that says the same as the map."""
    near: list[list[tuple[int, list[tuple[int, str]], str]]] = [[] for _ in names]
    for tie in ties:
        for one, other in (tie.ends, tie.ends[::-1]):
            near[one].append((-tie.records, natural(names[other]), names[other]))
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
