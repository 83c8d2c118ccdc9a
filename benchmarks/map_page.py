"""How large the map's file is, how soon it is there and how smoothly it moves, at several sizes, in Chromium without GPU.

    python benchmarks/map_page.py [--sizes 150 1000 10000 100000] [--pyvis]

prints a table. Networks are made up, with four ties a node, most of them within groups, at positions given to all;
``--pyvis`` adds the pyvis map (which draws groups above 500 nodes). Run it on a quiet machine, one at a time.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from netmap.analysis import Analysis
from netmap.exporters.map_page import map_html
from netmap.exporters.pyvis_map import pyvis_html
from netmap.finding import Finding
from tests.browser.conftest import chromium_path

FRAMES = "window.seen_ = 0; window.on_ = true; (function f() { seen_++; if (on_) requestAnimationFrame(f); })()"


def made_up(n: int) -> Analysis:
    """A network of n organisations in groups of about 250, as an analysis that may be shown."""
    rng = np.random.default_rng(1)
    groups = max(4, n // 250)
    group = np.sort(rng.integers(0, groups, n))
    start = np.searchsorted(group, np.arange(groups + 1))
    turn, wide = 2.4 * np.arange(groups), 66 * np.sqrt(n / groups)
    angle, far = rng.random(n) * 2 * np.pi, wide * 0.5 * np.sqrt(rng.random(n))
    x = wide * np.sqrt(np.arange(groups))[group] * np.cos(turn)[group] + far * np.cos(angle)
    y = wide * np.sqrt(np.arange(groups))[group] * np.sin(turn)[group] + far * np.sin(angle)
    a = rng.integers(0, n, 4 * n)
    own = start[group[a]] + rng.integers(0, 1 << 30, a.size) % (start[group[a] + 1] - start[group[a]])
    b = np.where(rng.random(a.size) < 0.85, own, rng.integers(0, n, a.size))
    pairs = np.unique(np.column_stack([np.minimum(a, b), np.maximum(a, b)])[a != b], axis=0)
    ids = np.array([f"o{i:06d}" for i in range(n)], dtype=object)
    empty = pd.DataFrame({"id": pd.Series(dtype=object)})
    return Analysis(
        title=f"{n:,} made up",
        taken_as=("Made up for a measurement.",),
        findings=(Finding("F1", "What does it depend on?", headline="On nothing: it is made up."),),
        locked=(),
        nodes=pd.DataFrame({
            "id": ids, "name": [f"Organisation {i}" for i in range(n)], "community": group, "x": x, "y": y,
            "degree": np.bincount(pairs.ravel(), minlength=n).astype(float),
        }),
        ties=pd.DataFrame({"source": ids[pairs[:, 0]], "target": ids[pairs[:, 1]], "bridge": False}),
        networks=pd.DataFrame({"network": [], "name": [], "kind": [], "members": []}),
        people=empty,
        node_word="organisation",
        coverage={},
        manifest={"netmap": "benchmark", "seed": 1, "settings": {}},
        ledger=empty,
        suppressed=pd.DataFrame({"what": [], "count": [], "reason": []}),
    )  # fmt: skip


def measured(browser: Any, file: Path) -> tuple[float, float, float]:
    """Seconds until ready, and frames a second while dragging and while zooming."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True).new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-state=ready]", state="attached", timeout=180_000)
    ready = page.evaluate("performance.getEntriesByName('netmap-ready')[0].startTime") / 1000
    box = page.locator("#map canvas").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    rates = []
    for act in ("drag", "wheel"):
        page.mouse.move(x, y)
        if act == "drag":
            page.mouse.down()
        page.evaluate(FRAMES)
        begin, step = time.perf_counter(), 0
        while (spent := time.perf_counter() - begin) < 3:
            step += 1
            if act == "drag":
                page.mouse.move(x + 150 * np.sin(step / 20), y + 100 * np.sin(step / 31))
            else:
                page.mouse.wheel(0, -100 if step % 20 < 10 else 100)
                page.wait_for_timeout(110)
        rates.append(page.evaluate("(on_ = false, seen_)") / spent)
        if act == "drag":
            page.mouse.up()
    page.context.close()
    return ready, rates[0], rates[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[150, 1_000, 10_000, 100_000])
    parser.add_argument("--pyvis", action="store_true", help="measure the pyvis map too")
    asked = parser.parse_args(arguments)
    print("| nodes | map | file kB | ready s | dragging fps | zooming fps |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"])
        for n in asked.sizes:
            analysis = made_up(n)
            for name, draw in [("netmap", map_html), *([("pyvis", pyvis_html)] if asked.pyvis else [])]:
                file = Path(place) / "map.html"
                file.write_text(draw(analysis), encoding="utf-8")
                ready, drag, wheel = measured(browser, file)
                print(f"| {n:,} | {name} | {file.stat().st_size / 1000:,.0f} | {ready:.2f} | {drag:.0f} | {wheel:.0f} |")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
