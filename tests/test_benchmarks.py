"""What the benchmarks rest on: networks that are the same for the same seed, costs as they are, disagreements found."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import netmap as nm
from benchmarks.agreement import disagreements
from benchmarks.generators import GROUPS, KINDS, STRONGEST
from benchmarks.map.__main__ import CELLS, GOALS, cells, middle
from benchmarks.map.browser import Seen, measured
from benchmarks.map.pages import PAGES, made_up
from tests.browser.conftest import chromium_path

goals = pytest.importorskip("benchmarks.goals", reason="the benchmarks need a system with os.wait4")


@pytest.mark.parametrize("kind", KINDS)
def test_networks_are_what_they_are_said_to_be(kind, tmp_path):
    """Simple, of the size asked for, the same for the same seed, and the same once read from their file."""
    made, again, other = KINDS[kind](2000), KINDS[kind](2000), KINDS[kind](2000, seed=2)
    assert all(np.array_equal(getattr(made, f), getattr(again, f)) for f in ("source", "target", "strength", "group"))
    assert not np.array_equal(made.source, other.source)
    pairs = set(zip(made.source.tolist(), made.target.tolist(), strict=True))
    assert len(pairs) == made.source.size
    assert (made.source < made.target).all()
    assert made.target.max() < 2000
    assert (made.strength.min(), made.strength.max(), made.group.max()) == (1, STRONGEST, GROUPS - 1)
    made.write(tmp_path / "ties.csv")
    view = nm.View.from_csv(tmp_path / "ties.csv", "source", "target", "strength")
    assert {(view.ids[a], view.ids[b]) for a, b in zip(view.source, view.target, strict=True)} == {
        (f"org{a:07d}", f"org{b:07d}") for a, b in pairs
    }
    assert view.strength.sum() == made.strength.sum()
    degree = np.bincount(np.concatenate([made.source, made.target]), minlength=2000)
    if kind == "clustered":
        assert made.source.size == 10_000
        assert degree.max() > 8 * degree.mean()
        assert nm.node_table(view).numbers["modularity"] > 0.5
    else:
        assert 0.3 < (degree == 1).mean() < 0.7


def test_costs_are_those_of_the_program():
    """Memory, time and a failure are the program's own."""
    run = goals.once([sys.executable, "-c", "x = bytearray(b'1') * 90_000_000; sum(range(3_000_000)); print('{\"a\": 2}')"])
    assert 90 < run.memory < 140
    assert 0.02 < run.cpu < 5
    assert run.said == {"a": 2}
    assert goals.once([sys.executable, "-c", "pass"], silent=True).memory < 30
    with pytest.raises(RuntimeError, match="ended with 3.*no way"):
        goals.once([sys.executable, "-c", "import sys; sys.stderr.write('no way'); sys.exit(3)"])


def test_disagreements_are_found(tmp_path):
    """Another order of rows, another scale of an eigenvector and 0 for not defined are the same; another value is not."""
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text("id,degree,eigenvector,clustering,component\na,1,1,,0\nb,2,0.5,0.25,0\nc,1,0.5,1,1\n")
    said = {"assortativity": 0.1, "bridges": 2.0, "modularity": 0.5}
    theirs.write_text("id,degree,eigenvector,clustering,component\nb,2,0.35,0.25,5\na,1,0.7,0,5\nc,1,0.35,1,3\n")
    assert disagreements(str(ours), str(theirs), said, {**said, "modularity": 0.505}) == []
    theirs.write_text("id,degree,eigenvector,clustering,component\nb,2,0.35,0.26,5\na,2,0.7,0,5\nc,1,0.3,1,5\n")
    assert disagreements(str(ours), str(theirs), said, {"assortativity": 0.2, "bridges": 2, "modularity": 0.52}) == [
        "degree differs", "eigenvector differs", "clustering differs", "component differs", "assortativity 0.1 against 0.2",
        "its communities are better by more than 0.01",
    ]  # fmt: skip


def test_results_go_between_the_marks(tmp_path, monkeypatch, capsys):
    """A page keeps what stands around its results; one without marks is left alone."""
    monkeypatch.setattr(goals, "written", lambda bench: "| new |")
    page = tmp_path / "page.md"
    page.write_text(f"before\n{goals.BEGIN}\nold\n{goals.END}\nafter\n")
    assert goals.main(["--write", str(page), "--peer-python", "none"]) == 0
    assert page.read_text() == f"before\n{goals.BEGIN}\n| new |\n{goals.END}\nafter\n"
    page.write_text("nothing\n")
    assert goals.main(["--write", str(page), "--peer-python", "none"]) == 1
    assert page.read_text() == "nothing\n"
    assert "| new |" in capsys.readouterr().out
    for wrong in (["--rows", "10k,5k"], ["--only", "all"]):
        with pytest.raises(SystemExit):
            goals.main(wrong)


GOOD = {
    "file": 315, "wall": 0.7, "cpu": 0.8, "pan": 60, "pan pictures": 50, "zoom": 56, "zoom pictures": 9, "pan refined": 0.1,
    "zoom refined": 0.4, "filter first": 0.1, "filter": 0.3, "peak": 200,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "cell"), [("cpu", 0.81, 1), ("pan", 54, 2), ("pan pictures", 34, 2), ("zoom", 54, 3), ("filter", 0.4, 5)]
)
def test_one_figure_of_the_map_misses_its_goal(name, value, cell):
    """A goal is met by all of its figures or not met: times at most, rates at least."""
    fine = cells(Seen(GOOD), 60, GOALS[10_000])
    assert len(fine) == len(CELLS) + 1
    assert all("met" in text and "not met" not in text for text in fine[:-1])
    missed = cells(Seen({**GOOD, name: value}), 60, GOALS[10_000])
    assert [i for i, text in enumerate(missed) if "not met" in text] == [cell]
    assert "met" not in "".join(cells(Seen(GOOD), 60, None))


def test_runs_of_the_map_are_told_by_their_median_and_all_that_was_wrong():
    """What is wrong once is wrong; what took too long has no figure."""
    runs = [Seen({"file": 1, "wall": 3}, ["1 request"]), Seen({"file": 1, "wall": 1}), Seen({"file": 1, "wall": 2})]
    seen = middle(runs)
    assert (seen.numbers["wall"], seen.wrong, seen.over) == (2, ["1 request"], False)
    slow = cells(middle([Seen({"file": 9000, "peak": 500}, over=True)]), 60, None)
    assert slow == ["9,000", *["over 60 s"] * 5, "500", ""]


def test_maps_that_are_compared_show_one_network():
    """Every page holds every name; ties are simple, most of them within groups, the largest group first."""
    made, again = made_up(1000), made_up(1000)
    assert (made.ties == again.ties).all()
    assert len(np.unique(made.ties, axis=0)) == len(made.ties)
    assert (made.ties[:, 0] < made.ties[:, 1]).all()
    assert 0.8 < (made.group[made.ties[:, 0]] == made.group[made.ties[:, 1]]).mean() < 0.95
    assert (np.diff(np.bincount(made.group)) <= 0).all()
    for name in ("canvas", "pyvis"):
        assert '"Organisation 999"' in PAGES[name](made), name


@pytest.fixture
def playwright():
    """Playwright for a loop of its own, where pages can be measured."""
    found = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    if chromium_path() is None or sys.platform != "linux":
        pytest.skip("needs Linux and a Chromium: install the package chromium")
    return found


@pytest.mark.browser
def test_the_map_is_measured(playwright, tmp_path):
    """The smallest size, in a browser: every figure is there, and nothing is amiss with either page."""
    page = tmp_path / "page.md"
    page.write_text(f"before\n{goals.BEGIN}\n{goals.END}\n")
    words = ["--sizes", "150", "--pages", "netmap,canvas", "--repeat", "1", "--seconds", "0.4", "--write", str(page)]
    done = subprocess.run([sys.executable, "-m", "benchmarks.map", *words], cwd=goals.ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split(" | ") for line in page.read_text().splitlines() if line.startswith("| 150")]
    assert [row[1] for row in rows] == ["netmap", "canvas"]
    for row in rows:
        assert "-" not in row[2:9], row
        assert row[-1] == "yes |", row
    assert rows[0][2].endswith("<= 120: met")


LIAR = """<!doctype html><body style="margin: 0; overflow: hidden"><canvas width="1280" height="800"></canvas><script>
const pen = document.querySelector("canvas").getContext("2d");
const draw = () => { for (let i = 0; i < 400; i++) { pen.fillStyle = i % 2 ? "#c00" : "#fff"; pen.fillRect(i * 997 % 1280, i * 619 % 800, 40, 40); } };
performance.mark("netmap-ready");
setTimeout(draw, 400);
fetch("https://example.invalid/").catch(() => 0);
window.hide = () => setTimeout(() => { pen.clearRect(0, 0, 640, 800); setTimeout(draw, 300); }, 100);
</script>"""


@pytest.mark.browser
def test_a_page_that_lies_is_found_out(playwright, tmp_path):
    """It says ready before it draws, has all its frames because nothing moves, asks the network, and filters late."""
    file = tmp_path / "liar.html"
    file.write_text(LIAR)

    async def run():
        async with playwright.async_playwright() as driver:
            return await measured(driver, file, seconds=0.4, limit=20)

    # Other tests leave a loop in this thread.
    with ThreadPoolExecutor(1) as apart:
        seen = apart.submit(asyncio.run, run()).result()
    assert seen.wrong == ["no picture when ready", "does not move with the mouse", "does not zoom", "1 request", "1 console error"]
    assert seen.numbers["pan"] > 20
    assert seen.numbers["pan pictures"] < 3
    assert 0.1 <= seen.numbers["filter first"] < 0.3 < 0.4 <= seen.numbers["filter"] < 0.8


def test_numbering_anew_leaves_the_network_what_it_is():
    """The same ties under other numbers, and a line for every kernel."""
    from benchmarks.floors import numbered, scattered
    from benchmarks.numbering import table

    ties, labels = scattered(600)
    place = np.random.default_rng(3).permutation(600).astype(np.int32)
    again = numbered(600, numbered(600, ties, place), np.argsort(place).astype(np.int32))
    assert all(np.array_equal(one, other) for one, other in zip(ties, again, strict=True))
    made = KINDS["clustered"](600)
    assert (labels[ties[0]] == labels[ties[1]]).sum() == (made.group[made.source] == made.group[made.target]).sum()
    assert table(600).count(" ms |") == 2 * 9 + 1
