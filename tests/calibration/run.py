"""How often every permutation test cries wolf: 400 data sets without an effect each, written to docs/calibration.md.

``python -m tests.calibration.run`` takes some twenty minutes on two cores; with names, only the rows of tests whose name
begins with one of them are made anew.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "calibration.md"
PARTS = ("structural", "joining", "values", "introducing")
SETS, LEVEL, LOW, HIGH = 400, 0.05, 0.025, 0.075

HEAD = """# Calibration of the permutation tests

<!-- Made by `python -m tests.calibration.run`: change the tests, not this page. -->

A test at the 5% level should find an effect in 5% of data sets that have none. Each row is {sets} made-up data sets
without an effect (`tests/calibration/`), tested as a user would: the share with p of at most 0.05. A p value of few
steps, as counts give, is cautious: such a test lies below 5%.

| test | found in | wanted | median p |
|---|---|---|---|
"""


def registered() -> dict[str, Callable[[int], float]]:
    """Return every registered test by name."""
    found: dict[str, Callable[[int], float]] = {}
    for part in PARTS:
        if (Path(__file__).parent / f"{part}.py").exists():
            found |= import_module(f"tests.calibration.{part}").TESTS
    return found


def p_value(name: str, seed: int) -> float:
    """Return the p value of one test on the null data set of one seed."""
    return float(registered()[name](seed))


def rate(p: list[float]) -> float:
    """Return the share of p values of at most 5%; a test that could not be made is left out."""
    known = np.array([x for x in p if x == x])
    return float((known <= LEVEL + 1e-12).mean()) if known.size else float("nan")


def _kept() -> dict[str, str]:
    """Return the rows of the page as it is, by test."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    return {name: row for row, name in re.findall(r"^(\| ([^|]+?) \| [\d.]+% .*)$", text, re.MULTILINE)}


def main(names: list[str]) -> int:
    """Run the tests; return 1 where one cries wolf too often or too seldom."""
    chosen = [name for name in registered() if not names or name.startswith(tuple(names))]
    lines = _kept()
    bad = 0
    with ProcessPoolExecutor(2) as pool:
        for name in chosen:
            start = time.perf_counter()
            p = list(pool.map(partial(p_value, name), range(SETS), chunksize=20))
            found = rate(p)
            bad += not LOW <= found <= HIGH
            lines[name] = f"| {name} | {found:.1%} | {LOW:.1%} to {HIGH:.1%} | {np.nanmedian(p):.2f} |"
            print(lines[name], f"{time.perf_counter() - start:.0f} s", flush=True)
    rows = [lines[name] for name in registered() if name in lines]
    PAGE.write_text(HEAD.format(sets=SETS) + "\n".join(rows) + "\n", encoding="utf-8", newline="\n")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
