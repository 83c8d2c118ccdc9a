"""netmap's layout beside those of networkx, igraph and Graphviz, on real networks, as a table in Markdown.

    python -m benchmarks.layouts --data ../shared/data --peer-python peers/bin/python --write docs/how-the-map-is-built.md

Every method draws the largest connected part of each network. Peers run in the Python of --peer-python, which needs
igraph, networkx and scipy; sfdp is taken from the path. What is not there is left out.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from netmap.kernels.communities import leiden
from netmap.layout import positions
from netmap.view import View

SCRIPT = Path(__file__).with_name("peers") / "layouts_script.py"
BEGIN, END = "<!-- layouts -->", "<!-- end of layouts -->"
# The largest network each peer is asked to draw: above, it takes minutes.
PEERS = {
    "igraph FR": 50_000,
    "igraph DrL": 5_000,
    "Graphviz sfdp": 50_000,
    "networkx ForceAtlas2": 500,
    "networkx Kamada-Kawai": 500,
    "networkx spring": 2_500,
}
SMALLEST = {"igraph DrL": 1_000}
SOURCES = 300
REPEAT = 5
CROSSINGS = 1_000

Pairs = Iterable[tuple[str, str]]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Case:
    """The largest connected part of a network, and the groups that were planted in it, if any."""

    name: str
    view: View
    planted: np.ndarray | None = None


@dataclass(frozen=True)
class Quality:
    """How good one drawing is: see `headings` for what each number is."""

    cpu: float
    stress: float
    near: float
    silhouette: float
    planted: float | None
    crossings: int | None


# -- networks --------------------------------------------------------------------------------------------------


def _columns(file: Path, *names: str, mark: str = "") -> Pairs:
    with open(file, encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            if all(row[name] for name in names):
                yield row[names[0]], mark + row[names[1]]


def cases(data: Path) -> list[Case]:
    """The networks compared: ties between organisations or people, or memberships (two-mode)."""
    interorg, classic = data / "interorg", data / "classic"
    uk = interorg / "uk_council_partnerships"
    source: dict[str, Callable[[], Pairs]] = {
        "lawfirm": lambda: _columns(classic / "lawfirm" / "edges.csv", "source", "target"),
        "polbooks": lambda: _columns(classic / "polbooks" / "edges.csv", "source", "target"),
        "UK council partnerships": lambda: (
            *_columns(uk / "local-authority-to-region.csv", "organisation", "region", mark="region "),
            *_columns(
                uk / "local-resilience-forum-to-local-authority.csv",
                "organisation",
                "local-resilience-forum",
                mark="forum ",
            ),
        ),
        "Welsh partnerships": lambda: _columns(
            interorg / "wales_partnerships" / "memberships.csv", "organisation_id", "partnership_id", mark="in "
        ),
        "chemnet": lambda: _columns(interorg / "chemnet" / "ties.csv", "source", "target"),
        "dhhs": lambda: _columns(interorg / "dhhs" / "collaboration.csv", "source", "target"),
        "Ebola response": lambda: _columns(
            interorg / "ebola_3w" / "ebola_3w_2014.csv", "Organisation", "Region", mark="in "
        ),
        "netscience": lambda: _columns(data / "scale" / "netscience" / "edges.csv", "source", "target"),
        "CORDIS": lambda: _columns(
            interorg / "cordis" / "h2020_organizations_2023-06-12.csv", "organisationID", "projectID", mark="in "
        ),
    }
    return [_case(name, list(read())) for name, read in source.items()]


def _case(name: str, pairs: list[tuple[str, str]]) -> Case:
    ids = sorted({end for pair in pairs for end in pair})
    place = {node: i for i, node in enumerate(ids)}
    a, b = np.array([(place[x], place[y]) for x, y in pairs]).T
    return Case(name, _largest(View(ids, a, b)))


def _largest(view: View) -> View:
    _, label = connected_components(matrix(view), directed=False)
    return view.subset(label == np.argmax(np.bincount(label)))


def made_up(n: int) -> Case:
    """Planted groups of about 100 nodes, five ties a node, seven in ten of them within the group."""
    rng = np.random.default_rng(1)
    label = np.sort(rng.integers(0, n // 100, n))
    start = np.searchsorted(label, np.arange(n // 100 + 1))
    a = rng.integers(0, n, 5 * n)
    own = start[label[a]] + rng.integers(0, 1 << 30, a.size) % np.diff(start)[label[a]]
    b = np.where(rng.random(a.size) < 0.7, own, rng.integers(0, n, a.size))
    whole = View(list(range(n)), a, b)
    view = _largest(whole)
    return Case(f"made up, planted groups, {n:,}", view, label[np.array(view.ids, dtype=np.int64)])


def matrix(view: View) -> csr_matrix:
    """The ties of a view, directions set aside."""
    csr = view.undirected.csr
    return csr_matrix((np.ones(csr.arcs), csr.indices, csr.indptr), (view.n, view.n))


# -- drawings --------------------------------------------------------------------------------------------------


def netmap_layout(view: View, groups: np.ndarray) -> tuple[float, np.ndarray]:
    """netmap's own, with the groups found by Leiden; finding them is not counted, the map has them already."""
    return spent(lambda: positions(view, groups), time.process_time)


def spent(work: Callable[[], Made], clock: Callable[[], float]) -> tuple[float, Made]:
    """The median of what some runs took by the clock, and what the last one made."""
    took = []
    for _ in range(REPEAT):
        begin = clock()
        made = work()
        took.append(clock() - begin)
    return statistics.median(took), made


def sfdp(text: str) -> tuple[float, str]:
    """Seconds of processor time of sfdp on a graph, and what it said."""

    def children() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    words = ["sfdp", "-Tplain"]
    return spent(lambda: subprocess.run(words, input=text, capture_output=True, text=True, check=True).stdout, children)


@cache
def start_of_sfdp() -> float:
    """Seconds of processor time of sfdp on a single node."""
    return sfdp("graph { 0; }")[0]


def peer_layout(method: str, view: View, python: str, place: Path) -> tuple[float, np.ndarray]:
    """Seconds of processor time and positions of a peer."""
    ties = np.column_stack([view.undirected.source, view.undirected.target])
    if method == "Graphviz sfdp":
        text = (
            "graph {\n" + "".join(f"{i};\n" for i in range(view.n)) + "".join(f"{a} -- {b};\n" for a, b in ties) + "}"
        )
        # A program of its own is charged for the layout alone, as the libraries are: without what it takes to start it.
        took, said = sfdp(text)
        xy = np.zeros((view.n, 2))
        for line in said.splitlines():
            word = line.split()
            if word[0] == "node":
                xy[int(word[1])] = float(word[2]), float(word[3])
        return max(took - start_of_sfdp(), 0.0), xy
    np.save(place / "ties.npy", ties)
    words = [python, str(SCRIPT), method, str(place / "ties.npy"), str(view.n), str(place / "xy.npy")]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return float(said), np.load(place / "xy.npy")


def available(python: str | None) -> list[str]:
    """Which peers can be run here."""
    out = []
    for method in PEERS:
        package = method.split()[0]
        if package == "Graphviz":
            if shutil.which("sfdp"):
                out.append(method)
        elif (
            python
            and subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False).returncode == 0
        ):
            out.append(method)
    return out


# -- quality ---------------------------------------------------------------------------------------------------


def quality(case: Case, groups: np.ndarray, cpu: float, xy: np.ndarray) -> Quality:
    """Measure one drawing; above `SOURCES` nodes from that many nodes, the same for every drawing, to all others."""
    n = case.view.n
    rng = np.random.default_rng(7)
    some = np.arange(n) if n <= 1_500 else np.sort(rng.choice(n, SOURCES, replace=False))
    steps = dijkstra(matrix(case.view), directed=False, unweighted=True, indices=some)
    drawn = cdist(xy[some], xy)
    return Quality(
        cpu=cpu,
        stress=stress(steps, drawn),
        near=neighbours_kept(steps, xy, some),
        silhouette=silhouette(drawn, groups, some),
        planted=None if case.planted is None else silhouette(drawn, case.planted, some),
        crossings=crossings(case.view, xy) if case.view.undirected.m <= CROSSINGS else None,
    )


def stress(steps: np.ndarray, drawn: np.ndarray) -> float:
    """Mean of (1 - drawn / steps)^2 over pairs, with drawn distances at the scale that makes it least."""
    pair = steps > 0
    ratio = drawn[pair] / steps[pair]
    return float(np.mean((1 - ratio * ratio.sum() / np.sum(ratio**2)) ** 2))


def neighbours_kept(steps: np.ndarray, xy: np.ndarray, some: np.ndarray, k: int = 10) -> float:
    """Share of the k nearest on paper that are among the k nearest in the network, ties for the last place counted."""
    near = cKDTree(xy).query(xy[some], k=k + 1)[1]
    kept = []
    for row, (node, around) in enumerate(zip(some, near, strict=True)):
        found = around[around != node][:k]
        limit = np.partition(np.delete(steps[row], node), k - 1)[k - 1]
        kept.append(np.mean(steps[row, found] <= limit))
    return float(np.mean(kept))


def silhouette(drawn: np.ndarray, groups: np.ndarray, some: np.ndarray) -> float:
    """Mean of (b - a) / max(a, b): a is the mean distance to the own group, b to the nearest other (Rousseeuw 1987)."""
    size = np.bincount(groups).astype(float)
    member = np.zeros((groups.size, size.size))
    member[np.arange(groups.size), groups] = 1.0
    total, row, own = drawn @ member, np.arange(some.size), groups[some]
    if np.count_nonzero(size) < 2:
        return float("nan")
    within = total[row, own] / np.maximum(size[own] - 1, 1)
    mean = np.where(size > 0, total / np.maximum(size, 1), np.inf)
    mean[row, own] = np.inf
    other = mean.min(axis=1)
    value = np.where(size[own] > 1, (other - within) / np.maximum(np.maximum(within, other), 1e-300), 0.0)
    return float(value.mean())


def crossings(view: View, xy: np.ndarray) -> int:
    """Number of pairs of ties without a common end that cross."""
    a, b = view.undirected.source, view.undirected.target
    z = xy[:, 0] + 1j * xy[:, 1]
    i, j = np.triu_indices(a.size, 1)
    apart = (a[i] != a[j]) & (a[i] != b[j]) & (b[i] != a[j]) & (b[i] != b[j])
    i, j = i[apart], j[apart]

    def side(p: np.ndarray, q: np.ndarray, r: np.ndarray) -> np.ndarray:
        return np.sign(((z[q] - z[p]).conj() * (z[r] - z[p])).imag)

    over = side(a[i], b[i], a[j]) * side(a[i], b[i], b[j]) < 0
    return int(np.sum(over & (side(a[j], b[j], a[i]) * side(a[j], b[j], b[i]) < 0)))


# -- the table -------------------------------------------------------------------------------------------------


def compared(case: Case, peers: list[str], python: str | None, place: Path) -> dict[str, Quality]:
    """Every method's drawing of one network, measured."""
    groups = leiden(case.view.undirected.csr, [0])[0]
    out = {"netmap": quality(case, groups, *netmap_layout(case.view, groups))}
    for method in peers:
        if SMALLEST.get(method, 0) <= case.view.n <= PEERS[method]:
            out[method] = quality(case, groups, *peer_layout(method, case.view, python or "", place))
    return out


def verdict(found: dict[str, Quality]) -> list[str]:
    """Which goals netmap misses on one network."""
    ours, peers = found["netmap"], [q for name, q in found.items() if name != "netmap"]
    missed = []
    if not peers:
        return missed
    if ours.silhouette < max(q.silhouette for q in peers):
        missed.append("silhouette")
    if ours.stress > 1.15 * min(q.stress for q in peers):
        missed.append("stress")
    if sum(q.near > ours.near for q in peers) > 1:
        missed.append("neighbours")
    if "Graphviz sfdp" in found and ours.cpu > found["Graphviz sfdp"].cpu:
        missed.append("time")
    if ours.planted is not None and ours.planted <= 0:
        missed.append("planted groups")
    return missed


def lines(case: Case, found: dict[str, Quality]) -> list[str]:
    """The rows of one network."""
    out = []
    for name, q in found.items():
        missed = ("; ".join(verdict(found)) or "none") if name == "netmap" else ""
        title = f"{case.name}, {case.view.n:,} nodes, {case.view.undirected.m:,} ties" if name == "netmap" else ""
        planted = "" if q.planted is None else f"{q.planted:.2f}"
        crossed = "" if q.crossings is None else f"{q.crossings:,}"
        out.append(
            f"| {title} | {name} | {q.cpu:.3f} | {q.stress:.3f} | {q.near:.2f} | {q.silhouette:.2f} "
            f"| {planted} | {crossed} | {missed} |"
        )
    return out


def headings() -> list[str]:
    """When and where, what the columns are, and the head of the table."""
    return [
        f"Measured on {date.today().isoformat()}, Python {platform.python_version()}, {os.cpu_count()} cores "  # noqa: DTZ011
        f"({platform.machine()}), median of {REPEAT} (networkx and igraph: one run); the largest connected part of each network. CPU is "
        "seconds of processor time of the layout alone, without starting Python or sfdp; stress is normalised, at the best "
        "scale, lower is better; neighbours is the share "
        "of the 10 nearest on paper that are nearest in the network; silhouette is that of the Leiden groups, which "
        "netmap is given and the others are not; planted is that of the groups the network was made with.",
        "",
        "| network | layout | CPU s | stress | neighbours | silhouette | planted | crossings | goals missed |",
        "|---|---|---|---|---|---|---|---|---|",
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or write it into a page between its marks."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of the real networks")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000], help="sizes of made-up networks")
    parser.add_argument(
        "--peer-python", default=sys.executable, help="the Python that has the peers; none to leave them out"
    )
    parser.add_argument("--write", type=Path, help=f"a page with the lines {BEGIN} and {END}")
    asked = parser.parse_args(arguments)
    python = None if asked.peer_python == "none" else asked.peer_python
    # What a network that is drawn first costs in imports belongs to no network.
    positions(View([0, 1], [0], [1]))
    peers, out = available(python), headings()
    with tempfile.TemporaryDirectory() as place:
        for case in (*cases(asked.data), *map(made_up, asked.sizes)):
            found = compared(case, peers, python, Path(place))
            out.extend(lines(case, found))
            if asked.write is None:
                print("\n".join(lines(case, found)), flush=True)
    if asked.write is None:
        return 0
    text = "\n".join(out)
    page = asked.write.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        print(f"{asked.write} has no lines {BEGIN} and {END}; here they are instead:\n\n{text}")
        return 1
    asked.write.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
