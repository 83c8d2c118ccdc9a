"""The networks inside the network, as the page draws them: a circle each, and what is between two of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..pyvis_parts import column_of, finite, readable, several, text_of
from ..tables import plain
from .circles import circles, counted

if TYPE_CHECKING:
    from ...analysis import Analysis
    from .packing import Packer

__all__ = ["networks_of"]


def networks_of(
    analysis: Analysis, at: NDArray[np.float64], ties: tuple[NDArray[np.int64], NDArray[np.int64]], pack: Packer
) -> dict[str, Any] | None:
    """Return the networks inside the network: names, who belongs, where each is drawn, and what is between them.

    `at` holds where every node stands, shape (n, 2), `ties` the places of the two ends of every tie.
    """
    table, frame = analysis.networks, analysis.nodes
    if analysis.node_word == "group" or "name" not in table or not len(table):
        return None
    names = [text_of(v) for v in table["name"].tolist()]
    place = {name: i for i, name in enumerate(names)}
    belongs = [
        sorted({place[g] for g in several(v) if g in place}) for v in column_of(frame, "networks", [()] * len(frame))
    ]
    if not any(belongs):
        number = {text_of(v): i for i, v in enumerate(column_of(table, "network", []))}
        for column in ("community", "organisation"):
            belongs = [
                [number[t]] if (t := text_of(v)) in number else [place[t]] if t in place else []
                for v in column_of(frame, column, [None] * len(frame))
            ]
            if any(belongs):
                break
    if not any(belongs):
        return None
    kinds = [readable(v) for v in column_of(table, "kind", [""] * len(table))]
    sizes = [finite(v) for v in column_of(table, "members", [None] * len(table))]
    node = np.repeat(np.arange(len(belongs)), [len(b) for b in belongs])
    network = np.array([g for b in belongs for g in b], dtype=np.int64)
    x, y, radius = circles(at, node, network, sizes)
    return {
        "names": names,
        "found": kinds.count("community") == len(kinds),
        "kind": kinds,
        # Of everybody, as the tables count them; who may not be shown one by one is counted here only.
        "sizes": sizes,
        "belongs": pack.lists(belongs),
        "x": x, "y": y, "radius": radius,
        "pairs": _between(analysis, place) or counted(ties, node, network, len(names)),
    }


def _between(analysis: Analysis, place: Mapping[str, int]) -> list[list[Any]]:
    """Return pairs of networks with what is shared and tied, observed and expected, as the finding on them says it."""
    out = []
    for finding in analysis.findings:
        if finding.id != "F7":
            continue
        tested = {
            (text_of(row.get("row")), text_of(row.get("column"))): _number(row.get("p"))
            for chart in finding.charts
            for row in chart.rows
        }
        for row in finding.table:
            a, b = (place.get(text_of(row.get(k)), -1) for k in ("network", "and"))
            if a < 0 or b < 0:
                continue
            cells = [_number(row.get(k)) for k in ("shared members", "by chance", "ties between", "ties by chance")]
            p = tested.get((text_of(row.get("network")), text_of(row.get("and"))))
            out.append([a, b, *cells, text_of(row.get("joined through")), p])
    return out


def _number(value: Any) -> float | None:
    value = plain(value)
    if isinstance(value, str):
        try:
            value = float(value.replace(",", ""))
        except ValueError:
            return None
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None
