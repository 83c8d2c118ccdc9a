"""netmap beside its peers and its goals: whole programs on the same files, answers compared, as a table in Markdown.

    python -m benchmarks.goals --rows 10k,100k --repeat 3 --peer-python peers/bin/python --write docs/performance.md

Every program runs by itself, several times; times are processor time, user and system, their median. Peers run in the
Python of --peer-python, which needs igraph, networkit, networkx, python-louvain and scipy; one it lacks is left out.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .agreement import disagreements
from .generators import clustered
from .results import BEGIN, END, delivered, listed, load, machine

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "benchmarks" / "peers"
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
PARTS = ("start", "linear", "exact", "pivots", "perturbed", "floors")
PEERS = {"igraph": "igraph_script", "networkit": "networkit_script", "networkx": "networkx_louvain"}
# A process begins with the memory of the one it was made by, so programs are started from one that has next to none.
LAUNCH = (
    "import json, os, sys, time; begun = time.perf_counter(); "
    "child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ); _, status, used = os.wait4(child, 0); "
    "costs = used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss; "
    "open(sys.argv[1], 'w').write(json.dumps(costs)); sys.exit(os.waitstatus_to_exitcode(status))"
)


@dataclass
class Run:
    """What one program cost: seconds of processor and clock, megabytes at its peak, what it printed."""

    cpu: float
    wall: float
    memory: float
    said: dict[str, float] = field(default_factory=dict)
    scaled: bool = False
    usual: Run | None = None

    def __str__(self) -> str:
        sign = "~" if self.scaled else ""
        memory = "" if self.scaled else f", {self.memory:,.0f} MB"
        return f"{sign}{_seconds(self.cpu)}{memory}"


@dataclass(frozen=True)
class Goal:
    """What a job may cost, on one thread or as many as netmap takes, and how many times less than each peer on one thread."""

    seconds: float
    times: dict[str, float]
    megabytes: float | None = None

    def verdict(self, ours: Run, peers: dict[str, Run | str | None]) -> str:
        """Return each part of the goal and whether it is met."""
        runs = [ours, ours.usual or ours]
        room = "" if self.megabytes is None else f", {self.megabytes:,} MB"
        met = all(run.cpu <= self.seconds and run.memory <= (self.megabytes or run.memory) for run in runs)
        parts = [(f"<= {self.seconds:g} s{room}", met)]
        for name, times in self.times.items():
            found = peers.get(name)
            if isinstance(found, Run):
                parts.append((f"{name} >= {times:g}x", found.cpu >= times * ours.cpu))
        return "; ".join(f"{said}: {'met' if done else '**not met**'}" for said, done in parts)


def _seconds(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f} s"
    return f"{value:.1f} s" if value >= 10 else f"{value:.2f} s"


def once(words: Sequence[str], *, silent: bool = False, threads: int | None = None) -> Run:
    """Run a program to its end and return what it cost; netmap is told how many threads to use."""
    with tempfile.TemporaryDirectory() as place:
        costs = Path(place) / "costs"
        launch = [sys.executable, "-I", "-S", "-c", LAUNCH, str(costs), *words]
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        # netmap lets idle threads of OpenBLAS sleep at once; peers that load it are not to pay for their spinning either.
        environment = {"OPENBLAS_THREAD_TIMEOUT": "4", **os.environ, "PYTHONPATH": path}
        if threads is not None:
            environment["NETMAP_THREADS"] = str(threads)
        done = subprocess.run(launch, capture_output=True, cwd=ROOT, env=environment, encoding="utf-8", check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr[-2000:]}")
        cpu, wall, memory = json.loads(costs.read_text())
    scale = 1024**2 if sys.platform == "darwin" else 1024
    said = {} if silent else json.loads(done.stdout.strip().splitlines()[-1])
    return Run(cpu, wall, memory / scale, said)


class Bench:
    """One call of the command: what to run, and the lines of the tables."""

    def __init__(self, asked: argparse.Namespace, place: Path):
        self.asked, self.place = asked, place
        self.peers = [name for name in PEERS if asked.peer_python and self.has(name)]
        self.lines: list[list[str]] = []

    def has(self, package: str) -> bool:
        words = [self.asked.peer_python, "-c", f"import {package}{', community' if package == 'networkx' else ''}"]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0

    def run(
        self, what: str, words: Sequence[str], *, repeat: int | None = None, silent: bool = False, threads: int | None = None
    ) -> Run:
        """Run a program several times and return its median costs."""
        runs = []
        for i in range(repeat or self.asked.repeat):
            print(f"  {what}, run {i + 1} ...", file=sys.stderr, flush=True)
            runs.append(once(words, silent=silent, threads=threads))
        middle = [statistics.median(getattr(run, name) for run in runs) for name in ("cpu", "wall", "memory")]
        # What is scaled up by what a run said has to go by the run whose cost it is.
        return Run(*middle, said=sorted(runs, key=lambda run: run.cpu)[len(runs) // 2].said)

    def ours(self, what: str, *words: str) -> Run:
        """Run netmap on one thread, as the peers run, and on as many as it takes by itself."""
        command = [sys.executable, str(SCRIPTS / "netmap_script.py"), *words]
        run = self.run(f"netmap: {what}, one thread", command, threads=1)
        run.usual = self.run(f"netmap: {what}", command)
        return run

    def peer(self, name: str, what: str, *words: str, repeat: int | None = None) -> Run | None:
        if name not in self.peers:
            return None
        return self.run(f"{name}: {what}", [self.asked.peer_python, str(SCRIPTS / f"{PEERS[name]}.py"), *words], repeat=repeat)

    def ties(self, n: int) -> str:
        """The file of a clustered network of n nodes."""
        path = self.place / f"{n}.csv"
        if not path.exists():
            clustered(n).write(path)
        return str(path)

    def table(self, *name: object) -> str:
        return str(self.place / ("-".join(map(str, name)) + ".csv"))

    def line(self, what: str, goal: Goal, ours: Run, peers: dict[str, Run | str | None], answers: str) -> None:
        """Add a line: netmap's cost, its goal and whether it is met, each peer's cost and how many times netmap's."""
        usual = ours.usual or ours
        cells = [what, str(ours), f"{usual}, {_seconds(usual.wall)} by the clock", goal.verdict(ours, peers)]
        for name in PEERS:
            found = peers.get(name)
            cells.append(f"{found} ({found.cpu / ours.cpu:,.1f}x)" if isinstance(found, Run) else found or "not run")
        self.lines.append([*cells, answers])


def start(bench: Bench) -> list[str]:
    """What it costs to import netmap and to ask it for help."""
    ours = {
        "`import netmap`": (["-c", "import netmap"], 0.25),
        "`import netmap` and a view": (["-c", "import netmap; netmap.View"], 0.25),
        "`netmap --help`": (["-m", "netmap", "--help"], 0.15),
        "numpy alone": (["-c", "import numpy"], None),
        "click alone": (["-c", "import click"], None),
        "Python alone": (["-c", "pass"], None),
    }
    lines = ["| started | CPU | memory | goal |", "|---|---|---|---|"]
    for what, (words, most) in ours.items():
        run = bench.run(what, [sys.executable, *words], silent=True, repeat=max(5, bench.asked.repeat))
        goal = "" if most is None else f"<= {most} s: {'met' if run.cpu <= most else '**not met**'}"
        lines.append(f"| {what} | {run.cpu:.2f} s | {run.memory:.0f} MB | {goal} |")
    for name in bench.peers:
        run = bench.run(name, [bench.asked.peer_python, "-c", f"import {name}"], silent=True, repeat=max(5, bench.asked.repeat))
        lines.append(f"| {name} | {run.cpu:.2f} s | {run.memory:.0f} MB | |")
    return lines


LINEAR = {
    10_000: Goal(0.55, {"igraph": 1.6, "networkx": 45}, 120),
    100_000: Goal(3.8, {"igraph": 2.5}, 300),
    1_000_000: Goal(60, {"igraph": 3}, 1500),
}


def linear(bench: Bench, n: int) -> None:
    """Every linear measure and communities, file in, table out."""
    file, table = bench.ties(n), bench.table("netmap", n)
    ours = bench.ours(f"linear, {n:,}", file, table)
    peers: dict[str, Run | str | None] = {}
    answers, quality = [], [f"Q: netmap {ours.said['modularity']:.4f}"]
    for name in PEERS:
        if name == "networkx" and n > 10_000:
            peers[name] = "cannot: effective size asks for n x n numbers"
            continue
        theirs = bench.table(name, n)
        found = peers[name] = bench.peer(name, f"linear, {n:,}", file, theirs, repeat=1 if n > 100_000 else None)
        if found is not None:
            answers += [f"{name}: {text}" for text in disagreements(table, theirs, ours.said, found.said)]
            quality.append(f"{name} {found.said['modularity']:.4f}")
    bench.line(f"{n:,} nodes, {5 * n:,} ties: linear measures and communities", LINEAR[n], ours, peers, _agreed(answers, quality, bench))


def exact(bench: Bench, n: int = 10_000) -> None:
    """The same with exact betweenness and harmonic centrality."""
    file, table = bench.ties(n), bench.table("netmap", n, "exact")
    ours = bench.ours("exact", file, table, "--exact")
    answers: list[str] = []
    peers: dict[str, Run | str | None] = {}
    for name in ("igraph", "networkit"):
        theirs = bench.table(name, n, "exact")
        found = peers[name] = bench.peer(name, "exact", file, theirs, "--exact", repeat=1)
        if found is not None:
            answers += [f"{name}: {text}" for text in disagreements(table, theirs, ours.said, found.said)]
    sample = 20
    found = bench.peer("networkx", "from 20 nodes", file, os.devnull, "--sources", str(sample), "--first", repeat=1)
    peers["networkx"] = found and Run(found.cpu + found.said["sampled"] * (n / sample - 1), 0, 0, scaled=True)
    goal = Goal(4.4, {"igraph": 6, "networkx": 400})
    bench.line(f"{n:,} nodes, and exact betweenness and harmonic", goal, ours, peers, _agreed(answers, [], bench))


def pivots(bench: Bench, n: int = 100_000, k: int = 1024, sample: int = 64) -> None:
    """Betweenness of a large network from pivots; peers from a few, scaled up."""
    file = bench.ties(n)
    ours = bench.ours("pivots", file, bench.table("pivots"), "--pivots", str(k))
    peers: dict[str, Run | str | None] = {"networkx": "hours"}
    for name in ("igraph", "networkit"):
        found = bench.peer(name, f"from {sample} nodes", file, os.devnull, "--pivots", str(sample))
        peers[name] = found and Run(found.cpu + found.said["sampled"] * (k / sample - 1), 0, 0, scaled=True)
    what = f"{n:,} nodes, betweenness from {k:,} pivots with standard errors"
    bench.line(what, Goal(10, {"igraph": 15}), ours, peers, "peers give no errors")


def perturbed(bench: Bench, n: int = 2_000, draws: int = 200) -> None:
    """Ranks of betweenness in perturbed networks."""
    file = bench.ties(n)
    ours = bench.ours("perturbed", file, bench.table("perturbed"), "--perturb", str(draws))
    peers: dict[str, Run | str | None] = {"networkit": "not run"}
    peers["igraph"] = bench.peer("igraph", "perturbed", file, os.devnull, "--perturb", str(draws), repeat=1)
    found = bench.peer("networkx", "perturbed once", file, os.devnull, "--perturb", "1", repeat=1)
    peers["networkx"] = found and Run(found.cpu + found.said["sampled"] * (draws - 1), 0, 0, scaled=True)
    what = f"{draws} perturbed networks of {n:,} nodes, ranks of betweenness in each"
    bench.line(what, Goal(25, {"igraph": 6, "networkx": 200}), ours, peers, "drawn at random, not compared")


def floors(n: int) -> list[str]:
    """Each kernel beside its floor."""
    print(f"  floors, {n:,} ...", file=sys.stderr, flush=True)
    words = [sys.executable, "-m", "benchmarks.floors", str(n)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    most = 3 if n <= 100_000 else 5
    lines = [f"| {n:,} nodes | took | floor | goal: {most} times | the floor is made of |", "|---|---|---|---|---|"]
    price, *kernels = json.loads(done.stdout)
    for row in kernels:
        times = row["ms"] / row["floor"]
        said = f"{times:.1f}: {'met' if times <= most else '**not met**'}"
        lines.append(f"| {row['kernel']} | {row['ms']:.1f} ms | {row['floor']:.1f} ms | {said} | {row['made of']} |")
    lines.append(f"\nA random read is taken to cost {price['floor']:.1f} ns there; numpy took {price['ms']:.1f} ns for one during this run.")
    return lines


def _agreed(answers: list[str], quality: list[str], bench: Bench) -> str:
    said = "; ".join(answers) or ("agree" if bench.peers else "no peer to compare with")
    return f"{said}. {', '.join(quality)}" if quality else said


def setting(bench: Bench) -> str:
    """The machine, the date and the versions."""
    code = "import importlib.metadata as m, sys; print(', '.join(f'{p} {m.version(p)}' for p in sys.argv[1:]))"

    def versions(python: str, *packages: str) -> str:
        return subprocess.run([python, "-c", code, *packages], capture_output=True, check=True, encoding="utf-8").stdout.strip()

    theirs = [{"networkx": "networkx", "igraph": "igraph", "networkit": "networkit"}[name] for name in bench.peers]
    if "networkx" in theirs:
        theirs.append("python-louvain")
    import numpy

    import netmap
    from netmap.kernels import kernels, threads

    peers = versions(bench.asked.peer_python, *theirs) if theirs else "no peers"
    return (
        f"{machine()}, numpy {numpy.__version__}, netmap {netmap.__version__} ({kernels()} kernels, {threads()} threads by itself); {peers}. "
        f"Median of {bench.asked.repeat}{load()}."
    )


def written(bench: Bench) -> str:
    """Run everything asked for and return the results in Markdown."""
    sizes = [SIZES[name] for name in bench.asked.rows]
    single: dict[str, Callable[[Bench], None]] = {"exact": exact, "pivots": pivots, "perturbed": perturbed}
    parts: list[str] = []
    # First, while nothing long has run: what kernels cost beside their floors is told in milliseconds.
    beside = ["\n".join(floors(n)) for n in sizes if n >= 100_000] if "floors" in bench.asked.only else []
    if "linear" in bench.asked.only:
        for n in sizes:
            linear(bench, n)
    for name, work in single.items():
        if name in bench.asked.only:
            work(bench)
    if bench.lines:
        heads = ["work", "netmap on one thread", "on as many as it takes", "goal", "igraph", "networkit", "networkx + python-louvain", "answers"]
        grid = [heads, ["---"] * len(heads), *bench.lines]
        parts.append("\n".join(f"| {' | '.join(cells)} |" for cells in grid))
    if "start" in bench.asked.only:
        parts.append("\n".join(start(bench)))
    return "\n\n".join([setting(bench), *parts, *beside])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables, or write them into a page between its marks."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=listed(list(SIZES)), default=["10k", "100k"], help="sizes: 10k,100k,1m")
    parser.add_argument("--only", type=listed(PARTS), default=list(PARTS), help=f"parts: {','.join(PARTS)}")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peer-python", default=sys.executable, help="the Python that has the peers; none to leave them out")
    parser.add_argument("--write", type=Path, help=f"a page with the lines {BEGIN} and {END}")
    asked = parser.parse_args(arguments)
    if asked.peer_python == "none":
        asked.peer_python = None
    # As installed: what pip installs has its bytecode beside it, a clone may not.
    compileall.compile_dir(ROOT / "netmap", quiet=1)
    with tempfile.TemporaryDirectory() as place:
        text = written(Bench(asked, Path(place)))
    return delivered(text, asked.write)


if __name__ == "__main__":
    raise SystemExit(main())
