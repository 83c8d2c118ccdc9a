"""The map beside its peers and its goals: files opened from disk in Chromium without GPU, as a table in Markdown.

    python -m benchmarks.map --sizes 150,1k,10k,100k --repeat 3 --write docs/how-the-map-is-built.md

Every page shows the same made-up network at the same positions, in a window of 1280 x 800 of a browser of its own; figures
are medians. vis-network is fetched by npm. Linux only; run it on a quiet machine, one at a time.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from ..results import BEGIN, END, delivered, listed, load, machine
from .browser import Seen, measured
from .pages import PAGES, VIS_NETWORK, NotThereError, made_up

SIZES = {"150": 150, "1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
# Each figure's goal, by nodes: at most, but rates at least. pan and zoom have one goal; so have the ways to rest.
GOALS: dict[int, dict[str, float]] = {
    150: {"file": 120, "wall": 0.6, "cpu": 0.6, "rate": 55, "pictures": 35, "refined": 0.25, "filter first": 0.1, "filter": 0.1, "peak": 220},
    10_000: {"file": 400, "wall": 0.8, "cpu": 0.8, "rate": 55, "pictures": 35, "refined": 0.4, "filter first": 0.25, "filter": 0.35, "peak": 240},
    100_000: {"file": 3200, "wall": 1.4, "cpu": 1.4, "rate": 50, "pictures": 30, "refined": 1.0, "filter first": 0.5, "filter": 1.0, "peak": 300},
    1_000_000: {"file": 28_000, "wall": 4, "cpu": 4, "rate": 45, "pictures": 25, "refined": 4, "filter first": 1, "filter": 4, "peak": 480},
}  # fmt: skip
AT_LEAST = ("rate", "pictures")
# What stands in a cell: its heading, then its figures with their forms and goals.
CELLS: dict[str, list[tuple[str, str, str | None]]] = {
    "file kB": [("file", "{:,.0f}", "file")],
    "open wall / CPU s": [("wall", "{:.2f}", "wall"), ("cpu", " / {:.2f}", "cpu")],
    "pan fps (pictures)": [("pan", "{:.0f}", "rate"), ("pan pictures", " ({:.0f})", "pictures")],
    "zoom fps (pictures)": [("zoom", "{:.0f}", "rate"), ("zoom pictures", " ({:.0f})", None)],
    "refined: pan / zoom s": [("pan refined", "{:.2f}", "refined"), ("zoom refined", " / {:.2f}", "refined")],
    "filter first / all s": [("filter first", "{:.2f}", "filter first"), ("filter", " / {:.2f}", "filter")],
    "peak MB": [("peak", "{:.0f}", "peak")],
}


def middle(runs: Sequence[Seen]) -> Seen:
    """The median of each number over the runs that have it, and everything that was wrong in any."""
    names = dict.fromkeys(name for run in runs for name in run.numbers)
    numbers = {name: statistics.median(run.numbers[name] for run in runs if name in run.numbers) for name in names}
    return Seen(numbers, list(dict.fromkeys(word for run in runs for word in run.wrong)), any(run.over for run in runs))


def cells(seen: Seen, limit: float, goals: dict[str, float] | None) -> list[str]:
    """One line of the table; with goals, each figure's and whether it is met."""
    line = []
    for figures in CELLS.values():
        if any(name not in seen.numbers for name, _, _ in figures):
            line.append(f"over {limit:g} s" if seen.over else "-")
            continue
        text = "".join(form.format(seen.numbers[name]) for name, form, _ in figures)
        if goals:
            wanted = [(seen.numbers[name], goal) for name, _, goal in figures if goal]
            met = all(value >= goals[goal] if goal in AT_LEAST else value <= goals[goal] for value, goal in wanted)
            sign = ">=" if wanted[0][1] in AT_LEAST else "<="
            said = " / ".join(f"{goals[goal]:,g}" for goal in dict.fromkeys(goal for _, goal in wanted))
            text += f"; {sign} {said}: {'met' if met else '**not met**'}"
        line.append(text)
    return [*line, "; ".join(seen.wrong) or ("" if seen.over else "yes")]


async def table(asked: argparse.Namespace, place: Path) -> str:
    """Measure everything asked for and return the table."""
    from playwright.async_api import async_playwright

    heads = ["nodes / ties", "page", *CELLS, "picture there, moves; no request, no error"]
    lines = [heads, ["---"] * len(heads)]
    gone: dict[str, str] = {}
    async with async_playwright() as driver:
        for n in [SIZES[name] for name in asked.sizes]:
            network = made_up(n)
            for name in asked.pages:
                first = [f"{n:,} / {len(network.ties):,}", name]
                if name not in gone:
                    print(f"  {name}, {n:,} nodes ...", file=sys.stderr, flush=True)
                    try:
                        file = place / "map.html"
                        file.write_text(PAGES[name](network), encoding="utf-8")
                    except NotThereError as error:
                        gone[name] = str(error)
                if name in gone:
                    lines.append([*first, f"not run: {gone[name]}", *[""] * len(CELLS)])
                    continue
                runs: list[Seen] = []
                while len(runs) < asked.repeat and not (runs and runs[-1].over):
                    runs.append(await measured(driver, file, seconds=asked.seconds, limit=asked.limit))
                seen = middle(runs)
                if seen.over:
                    gone[name] = f"over {asked.limit:g} s at {n:,} nodes"
                lines.append([*first, *cells(seen, asked.limit, GOALS.get(n) if name == "netmap" else None)])
                print(f"  | {' | '.join(lines[-1])} |", file=sys.stderr, flush=True)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def versions(pages: Sequence[str]) -> str:
    """What was compared, and in which browser."""
    from tests.browser.conftest import chromium_path

    words = [str(chromium_path()), "--version"]
    browser = subprocess.run(words, capture_output=True, check=False, encoding="utf-8").stdout.split("built")[0].strip()
    others = [f"vis-network {VIS_NETWORK}"] * ("vis-network" in pages) + [f"pyvis {version('pyvis')}"] * ("pyvis" in pages)
    return ", ".join([browser, *others])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or write it into a page between its marks."""
    from tests.browser.conftest import chromium_path

    parser = argparse.ArgumentParser(prog="benchmarks.map", description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=listed(list(SIZES)), default=["150", "1k", "10k", "100k"], help=f"of {','.join(SIZES)}")
    parser.add_argument("--pages", type=listed(list(PAGES)), default=list(PAGES), help=f"of {','.join(PAGES)}")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="how long to pan, and how long to zoom")
    parser.add_argument("--limit", type=float, default=60, help="seconds a page may take to open")
    parser.add_argument("--write", type=Path, help=f"a page with the lines {BEGIN} and {END}")
    asked = parser.parse_args(arguments)
    if not Path("/proc/self/stat").exists() or chromium_path() is None:
        parser.error("this needs Linux, whose /proc it reads, and a Chromium: install the package chromium")
    with tempfile.TemporaryDirectory() as place:
        text = asyncio.run(table(asked, Path(place)))
    head = f"{machine()}, {versions(asked.pages)}. Median of {asked.repeat}{load()}."
    return delivered(f"{head}\n\n{text}", asked.write)


if __name__ == "__main__":
    raise SystemExit(main())
