"""The pyvis map of groups, drawn where there are too many nodes: circles by members, lines by ties between them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .apart import moved_apart
from .palette import COLOURS, GREY
from .pyvis_nodes import PLURAL, Drawing, common, edge_of, headings_of, node_at, places_of, rows_of
from .pyvis_parts import (
    Category,
    Scheme,
    Tie,
    column_of,
    group_name,
    group_names,
    natural,
    readable,
    schemes_of,
    several,
    text_of,
    ties_of,
)

if TYPE_CHECKING:
    import pandas as pd

    from ..analysis import Analysis

__all__ = ["of_groups"]

_MOST_GROUPS = 200
_MOST_NAMES = 20_000


def of_groups(analysis: Analysis, limit: int) -> Drawing:
    """Return the map of the groups of an analysis that has more than `limit` nodes."""
    frame = analysis.nodes
    members_word = PLURAL.get(analysis.node_word, f"{analysis.node_word}s")
    ids = [str(v) for v in frame["id"]]
    names = [text_of(v) or node for v, node in zip(column_of(frame, "name", ids), ids, strict=True)]
    what, label = _grouping(analysis, frame)
    counts = Counter(label)
    order = sorted(counts, key=lambda word: (-counts[word], natural(word)))
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
    all_ties = ties_of(analysis.ties, ids)
    degree = Counter(end for tie in all_ties for end in tie.ends)
    for tie in all_ties:
        a, b = int(group[tie.ends[0]]), int(group[tie.ends[1]])
        if a == b:
            within[a] += 1
        else:
            between[(min(a, b), max(a, b))] += 1
    ties = [Tie(ends, records=number, strength=float(number)) for ends, number in sorted(between.items())]
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
    z, radius = _bubbles(places_of(frame), group, size)
    most = max((tie.records for tie in ties), default=1)
    colours = [*COLOURS[: len(order)], *[GREY] * (len(order) - len(COLOURS))]
    scheme = Scheme(
        what,
        tuple(Category(w, c, int(size[g])) for g, (w, c) in enumerate(zip(order, colours, strict=True))),
        tuple(range(len(order))),
    )
    total = sum(within.values()) + sum(between.values())
    note = (
        f"{len(ids):,} {members_word} are too many to draw one by one here (the limit is {limit}), so each circle is a "
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
        **common(analysis),
        words=words,
        note=note,
        plural="groups",
        names=tuple(order),
        nodes=[{**node_at(i, complex(z[i])), "size": round(float(radius[i]), 2)} for i in range(len(order))],
        edges=[edge_of(i, tie, 0.6 + 7.4 * tie.records / most) for i, tie in enumerate(ties)],
        schemes=(scheme,),
        sizes=(),
        facts=facts,
        ties=tuple((*tie.ends, f"{tie.records:,} {'tie' if tie.records == 1 else 'ties'}") for tie in ties),
        headings=("Name", *headings_of(facts), "Tied to"),
        rows=rows_of(order, facts, ties),
        members=tuple(tuple(names[i] for i in part) for part in inside) if len(ids) <= _MOST_NAMES else (),
    )


def _grouping(analysis: Analysis, frame: pd.DataFrame) -> tuple[str, list[str]]:
    """Return what the nodes are grouped by, and the group of each: communities, else networks, else sector."""
    known = {scheme.label for scheme in schemes_of(analysis, frame)}
    if "Group" in known:
        names = group_names(analysis)
        return "Group", [group_name(v, names) or "in no group" for v in frame["community"].tolist()]
    if "Network" in known:
        first = [several(v) for v in frame["networks"].tolist()]
        return "Network", [v[0] if v else "in no network" for v in first]
    if "Sector" in known:
        return "Sector", [readable(v) or "not known" for v in frame["sector"].tolist()]
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
    return moved_apart(centre, radius, 26.0), radius
