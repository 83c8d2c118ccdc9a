"""What the benchmarks rest on: networks that are the same for the same seed, costs as they are, disagreements found."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import netmap as nm
from benchmarks.agreement import disagreements
from benchmarks.generators import GROUPS, KINDS, STRONGEST

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
