"""The table of all linear measures: the same values as each measure by itself, in a file that comes back as written."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

import netmap as nm
from netmap import View, measures, node_table
from netmap.errors import MeasureError, OutputError
from netmap.kernels import _native

ROOT = Path(__file__).parents[1]


def made(n: int, m: int, seed: int, *, directed: bool = False) -> View:
    """A view with loops, parallel ties, unknown strengths, isolates and several parts."""
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, max(n - 3, 1), (2, m))
    strength = rng.integers(1, 6, m) / 2
    strength[rng.random(m) < 0.1] = np.nan
    return View([f"n{i}" for i in rng.permutation(n)], a, b, strength, directed=directed)


VIEWS = {
    "sparse": made(60, 70, 1),
    "dense": made(40, 300, 2),
    "directed": made(50, 200, 3, directed=True),
    "one tie": View(["a", "b", "c"], [0], [1]),
    "no ties": View(["a", "b"], [], []),
    "no nodes": View([], [], []),
    "star": View.from_networkx(nx.star_graph(6)),
}


def by_measure(view: View, weight: str | None, groups: object) -> dict[str, object]:
    """Every column, from the measure of that name."""
    flat = view.undirected
    cut = measures.cutpoints(view)
    roles = measures.brokerage(view, groups)
    return {
        "degree": measures.degree(view),
        "strength": measures.strength(view),
        "pagerank": measures.pagerank(view, weight=weight),
        "eigenvector": measures.eigenvector(view, weight=weight),
        "core_number": measures.core_number(view),
        "clustering": measures.clustering(view),
        "clustering_barrat": measures.clustering_barrat(view),
        "clustering_onnela": measures.clustering_onnela(view),
        "constraint": measures.constraint(view, weight=weight),
        "effective_size": measures.effective_size(view, weight=weight),
        "cutpoint": cut["cutpoint"].astype(float),
        "community": measures.communities(view, weight=weight, starts=1),
        "participation": measures.participation(view, groups, weight=weight),
        "within_module_z": measures.within_module_z(view, groups, weight=weight),
        "betweenness": measures.betweenness(view),
        "harmonic": measures.harmonic(view),
        **{role: roles[role] for role in ("coordinator", "consultant", "gatekeeper", "liaison")},
        **({"representative": roles["representative"]} if flat is not view else {}),
    }


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("weight", [None, "weight"])
def test_every_column_is_the_measure_of_its_name(name, weight):
    """On small views of every kind, with and without strengths, by given groups and by communities."""
    view = VIEWS[name]
    dealt = {node: "xyz"[i % 3] if i % 5 else None for i, node in enumerate(view.ids)}
    for groups in (dealt, None):
        table = node_table(view, weight, groups, paths="exact")
        by = groups if groups is not None else dict(zip(view.ids, table.columns["community"].tolist(), strict=True))
        wanted = by_measure(view, weight, by)
        frame = table.to_frame()
        assert set(frame.columns) == {*wanted, "component"}
        for column, series in wanted.items():
            np.testing.assert_allclose(frame[column], series, rtol=1e-12, atol=1e-13, err_msg=column)
            assert frame.index.equals(series.index)
        numbers = {
            "transitivity": measures.transitivity(view), "assortativity": measures.assortativity(view, measures.degree(view)),
            "modularity": measures.modularity(
                view.undirected, dict(zip(view.ids, table.columns["community"].tolist(), strict=True)), weight=weight
            ),
            "bridges": measures.bridge_ties(view)["bridge"].sum(), "ties": view.m, "loops": view.loops, "parallel": view.parallel,
        }  # fmt: skip
        for number, value in numbers.items():
            assert table.numbers[number] == pytest.approx(value, rel=1e-12, nan_ok=True), number
        parts = [sorted(frame.index[frame["component"] == c]) for c in range(int(table.numbers["components"]))]
        graph = view.undirected.to_networkx()
        assert sorted(parts) == sorted(sorted(part) for part in nx.connected_components(graph))


@pytest.mark.parametrize("way", ["python", "compiled"])
def test_rows_in_any_order_give_the_same_bytes(way, tmp_path):
    """Shuffled rows change no byte of either table; the columns are those named, NaN an empty cell."""
    if way == "compiled" and not _native._THERE:
        pytest.skip("the kernels are not compiled")
    rng = np.random.default_rng(0)
    a, b, w = rng.integers(0, 80, 150), rng.integers(0, 80, 150), rng.integers(1, 6, 150)
    found = []
    with _native.using(way):
        for order in (np.arange(150), rng.permutation(150)):
            rows = "".join(f"n{a[i]},n{b[i]},{w[i]}\n" for i in order)
            (tmp_path / "ties.csv").write_text("from,to,w\n" + rows)
            view = View.from_csv(tmp_path / "ties.csv", "from", "to", "w")
            table = node_table(view, paths=20)
            table.to_csv(tmp_path / "table.csv")
            table.ties_to_csv(tmp_path / "out.csv")
            found.append([(tmp_path / name).read_bytes() for name in ("table.csv", "out.csv")])
    assert found[0] == found[1]
    read = list(csv.DictReader(io.StringIO(found[0][0].decode())))
    assert [row["id"] for row in read] == list(view.ids)
    for column, values in table.columns.items():
        back = [float(row[column]) if row[column] else np.nan for row in read]
        np.testing.assert_allclose(back, values, rtol=5.1e-12, err_msg=column)
    assert any(row["within_module_z"] == "" or row["clustering"] == "" for row in read)
    ties = list(csv.DictReader(io.StringIO(found[0][1].decode())))
    bridges = {(row["source"], row["target"]) for row in ties if row["bridge"] == "1"}
    assert {frozenset(pair) for pair in bridges} == {frozenset(pair) for pair in nx.bridges(view.to_networkx())}
    assert [float(row["strength"]) for row in ties] == view.strength.tolist()


def test_names_that_need_care(tmp_path):
    """A name with a comma, a mark or a formula in it is one harmless cell; names that are not ids stand beside them."""
    ids = ["=1+1", "a, b", 'say "x"', "Môn"]
    node_table(View(ids, [0, 1, 2], [1, 2, 3])).to_csv(tmp_path / "t.csv")
    with open(tmp_path / "t.csv", encoding="utf-8", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file)} == {"'=1+1", *ids[1:]}
    out = io.BytesIO()
    node_table(View([2, 1], [0], [1], names=["two, 2", "one"])).to_csv(out)
    assert [line.split(",1,")[0] for line in out.getvalue().decode().splitlines()[1:]] == ["1,one", '2,"two, 2"']
    with pytest.raises(OutputError, match="could not be written"):
        node_table(View(ids, [0], [1])).to_csv(tmp_path / "no" / "t.csv")


def test_pivots_come_with_errors():
    """The same nodes are drawn for both; all of them give the exact values and no error."""
    view = VIEWS["dense"]
    exact, all_, some = (node_table(view, paths=p).columns for p in ("exact", view.n, 15))
    for name in ("betweenness", "harmonic"):
        np.testing.assert_allclose(all_[name], exact[name], rtol=1e-12, atol=1e-15)
        assert all_[f"{name}_se"].tolist() == [0.0] * view.n
        near = np.abs(some[name] - exact[name]) <= 4 * some[f"{name}_se"] + 1e-12
        # Where what is left to draw is skewed, few draws may miss it.
        assert near.mean() > 0.8
    assert "betweenness" not in node_table(view).columns
    for wrong in (0, -1, "all", 2.5):
        with pytest.raises(MeasureError, match="number of pivots"):
            node_table(view, paths=wrong)


def test_it_is_lean(tmp_path):
    """From file to table no pandas and no networkx is loaded, with compiled kernels no scipy either."""
    (tmp_path / "t.csv").write_text("a,b,w\n" + "".join(f"n{i},n{(i * 7 + 1) % 400},2\n" for i in range(400)))
    code = (
        "import json, sys, netmap as nm; v = nm.View.from_csv(sys.argv[1], 'a', 'b', 'w'); t = nm.node_table(v, paths=10);"
        "t.to_csv(sys.argv[2]); print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules})))"
    )
    words = [sys.executable, "-c", code, str(tmp_path / "t.csv"), str(tmp_path / "o.csv")]
    loaded = json.loads(subprocess.run(words, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout)
    heavy = {"pandas", "networkx", "jinja2", "click", "rich", "graspologic_native"}
    assert not (heavy | ({"scipy"} if _native._THERE else set())) & set(loaded)
    assert nm.node_table is node_table


@pytest.mark.parametrize(("code", "said", "expected"), [
    ("import netmap", None, "4"), ("import netmap", "12", "12"), ("import numpy, netmap", None, "None"),
])  # fmt: skip
def test_idle_threads_of_numpy_sleep_unless_they_run_already_or_the_user_said_otherwise(code, said, expected):
    """NumPy's threads are told before it is loaded how long to wait for work; what is set already stays."""
    name = "OPENBLAS_THREAD_TIMEOUT"
    env = {key: value for key, value in os.environ.items() if key != name} | ({name: said} if said else {})
    script = f"import os; {code}; print(os.environ.get({name!r}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == expected
