"""Whether two programs' tables of the same network say the same."""

from __future__ import annotations

import csv

import numpy as np

# Relative difference up to which values are the same; PageRank and eigenvectors are as exact as each program makes them.
TOLERANCE = {"pagerank": 1e-5, "eigenvector": 1e-4}
USUAL = 1e-6
# Each program scales these in its own way; what rests on communities is as different as they are.
SCALED = ("eigenvector", "betweenness")
BY_COMMUNITY = ("community", "participation")
# Known faults: networkx 3.6 divides by the wrong maxima where it takes all nodes at once with strengths (PR 8906).
FAULTY = {"effective_size": "effective size differs, a known fault of networkx with strengths"}


def columns(path: str) -> tuple[list[str], dict[str, np.ndarray]]:
    """A table by column, sorted by id; empty cells and nan are NaN."""
    with open(path, encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file)
    rows.sort()
    numbers = {
        head: np.array([float(row[i]) if row[i] else np.nan for row in rows]) for i, head in enumerate(heads) if head != "id"
    }
    return [row[0] for row in rows], numbers


def disagreements(ours: str, theirs: str, said: dict[str, float], told: dict[str, float]) -> list[str]:
    """What the two tables, and the numbers the two programs printed, do not agree on."""
    ids, one = columns(ours)
    others, two = columns(theirs)
    if ids != others:
        return ["other nodes"]
    out = []
    for name, values in two.items():
        if name in BY_COMMUNITY or name not in one:
            continue
        if name == "component":
            same = len(set(zip(one[name], values, strict=True))) == len(set(one[name])) == len(set(values))
        else:
            same = _same(name, one[name], values)
        if not same:
            out.append(FAULTY.get(name, f"{name} differs"))
    out += [
        f"{name} {said[name]:.6g} against {told[name]:.6g}"
        for name in ("assortativity", "bridges")
        if name in said and name in told and not np.isclose(said[name], told[name], rtol=1e-6)
    ]
    if told["modularity"] > said["modularity"] + 0.01:
        out.append("its communities are better by more than 0.01")
    return out


def _same(name: str, one: np.ndarray, two: np.ndarray) -> bool:
    # A value that netmap calls not defined, such as the clustering of a node with one tie, others call 0.
    known = ~(np.isnan(one) | np.isnan(two))
    one, two = one[known], two[known]
    if name in SCALED and one.size:
        one, two = one / max(np.abs(one).max(), 1e-300), two / max(np.abs(two).max(), 1e-300)
    tolerance = TOLERANCE.get(name, USUAL)
    return bool(np.allclose(one, two, rtol=tolerance, atol=tolerance * max(np.abs(one).max(initial=0.0), 1e-300)))
