"""The networkx backend gives what networkx gives: values, types, order, errors; and leaves to it what it does not do."""

from __future__ import annotations

import inspect
import logging
import math
import os
import random
import re
import subprocess
import sys
import types
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

from netmap.kernels import using
from netmap.nx_backend import interface
from netmap.nx_backend._declining import FROM_36
from netmap.nx_backend.graph import Graph, convert_from_nx, convert_to_nx
from netmap.nx_backend.info import FUNCTIONS, get_info

ROOT = Path(__file__).resolve().parents[1]
KINDS = [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph]
RELATIVE = 1e-9

pytestmark = pytest.mark.filterwarnings("ignore:Note. conversions to backend graphs")


@pytest.fixture(autouse=True)
def _entry_point_is_installed():
    assert "netmap" in nx.utils.backends.backends, (
        "networkx does not know the backend: install netmap again (pip install -e .), its entry points are read from there"
    )


# -- graphs ----------------------------------------------------------------------------------------------------


def drawn(kind: type, seed: int, *, loops: bool = False, whole: bool = True) -> Any:
    """A random graph with nodes of several types in no order, edges in no order, isolates and pieces."""
    rng = random.Random(seed)
    n = rng.choice([1, 2, 3, 5, 9, 14, 22])
    names: list[Any] = [i if i % 3 else f"n{i}" if i % 2 else (i, "t") for i in range(n)]
    rng.shuffle(names)
    graph = kind()
    graph.add_nodes_from(names)
    tied = names[: max(1, n - rng.choice([0, 0, 1, 3]))]
    for _ in range(rng.choice([0, n // 2, n, 2 * n, 4 * n])):
        u, v = rng.choice(tied), rng.choice(tied)
        if u == v and not loops:
            continue
        had = {"weight": rng.choice([1, 2, 3, 5] if whole else [0.5, 0.3, 1.7, 2.0])} if rng.random() < 0.9 else {}
        graph.add_edge(u, v, **had)
    return graph


def small() -> Iterator[Any]:
    """No nodes, one node, a loop alone, one edge, parallel edges alone, and shapes whose values are known."""
    for kind in KINDS:
        yield kind()
        yield kind([("a", "b")])
        one = kind()
        one.add_node("a")
        yield one
        yield kind([("a", "a")])
        yield kind([("a", "b"), ("a", "b"), ("b", "a"), ("b", "c")])
    yield nx.path_graph(120)
    yield nx.gnm_random_graph(90, 260, seed=1)
    yield nx.gnm_random_graph(60, 300, seed=2, directed=True)
    yield nx.star_graph(6)
    yield nx.complete_graph(7)
    yield nx.barbell_graph(4, 2)
    yield nx.disjoint_union(nx.cycle_graph(5), nx.complete_graph(4))
    yield nx.krackhardt_kite_graph()
    yield nx.florentine_families_graph()
    yield nx.les_miserables_graph()
    yield nx.karate_club_graph()


# -- what is compared ------------------------------------------------------------------------------------------


def outcome(name: str, graph: Any, backend: str | None, given: dict[str, Any]) -> Any:
    """What a call gives, or the type and words of its error."""
    named = {key: value(graph) if isinstance(value, types.FunctionType) else value for key, value in given.items()}
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = getattr(nx, name)(graph, **named, **({"backend": backend} if backend else {}))
            return ("iterator", list(found)) if isinstance(found, Iterator) else found
    except Exception as error:
        return error


def declined(found: Any) -> bool:
    """Whether netmap has left the call to networkx."""
    return type(found) is NotImplementedError and "netmap" in str(found)


def same(one: Any, two: Any) -> None:
    """Alike in type, order and value, numbers to 1e-9."""
    assert type(one) is type(two), (one, two)
    if isinstance(one, Exception):
        assert str(one) == str(two)
    elif isinstance(one, dict):
        assert list(one) == list(two)
        for key, value in one.items():
            same(value, two[key])
    elif isinstance(one, (list, tuple)):
        assert len(one) == len(two)
        for a, b in zip(one, two, strict=True):
            same(a, b)
    elif isinstance(one, float):
        assert one == pytest.approx(two, rel=RELATIVE, abs=1e-12, nan_ok=True)
    else:
        assert one == two


def some(graph: Any) -> list[Any]:
    return list(graph)[::2]


def first(graph: Any) -> Any:
    return next(iter(graph), "nobody")


# Every function with arguments that together reach all it does.
CALLS: dict[str, list[dict[str, Any]]] = {
    "articulation_points": [{}],
    "average_clustering": [{}, {"weight": "weight"}, {"count_zeros": False}, {"nodes": some}],
    "average_shortest_path_length": [
        {}, {"weight": "weight"}, {"method": "dijkstra"}, {"method": "unweighted", "weight": "weight"},
        {"method": "floyd-warshall", "weight": "weight"}, {"method": "no such"},
    ],
    "betweenness_centrality": [
        {}, {"normalized": False}, {"endpoints": True}, {"endpoints": True, "normalized": False}, {"weight": "weight"},
        {"weight": "weight", "endpoints": True}, {"k": 0, "seed": 3}, {"k": -1, "seed": 3}, {"k": 1, "seed": 3}, {"k": 2, "seed": 3, "normalized": False},
        {"k": 3, "seed": 1, "endpoints": True, "weight": "weight"}, {"k": len, "seed": 2},
    ],
    "bridges": [{}],
    "closeness_centrality": [
        {}, {"wf_improved": False}, {"distance": "weight"}, {"u": first}, {"u": first, "distance": "weight"},
        {"u": "nobody"}, {"u": "nobody", "distance": "weight"},
    ],
    "clustering": [{}, {"weight": "weight"}, {"nodes": some}, {"nodes": first}, {"nodes": [], "weight": "weight"}],
    "connected_components": [{}],
    "constraint": [{}, {"weight": "weight"}, {"nodes": some}, {"nodes": some, "weight": "weight"}],
    "core_number": [{}],
    "diameter": [{}, {"weight": "weight"}, {"usebounds": True}],
    "eccentricity": [{}, {"weight": "weight"}, {"v": first}, {"v": some}, {"v": some, "weight": "weight"}, {"v": []}],
    "edge_betweenness_centrality": [
        {}, {"normalized": False}, {"weight": "weight"}, {"weight": "weight", "normalized": False},
        {"k": 0, "seed": 1}, {"k": 1, "seed": 3}, {"k": 2, "seed": 3, "normalized": False, "weight": "weight"}, {"k": len, "seed": 2},
    ],
    "effective_size": [{}, {"weight": "weight"}, {"nodes": some}, {"nodes": some, "weight": "weight"}],
    "eigenvector_centrality": [{}, {"weight": "weight"}, {"max_iter": 3}, {"tol": 1e-3}, {"max_iter": 1000, "tol": 1e-12}],
    "global_efficiency": [{}],
    "harmonic_centrality": [
        {}, {"distance": "weight"}, {"nbunch": some}, {"sources": some}, {"nbunch": some, "sources": some},
        {"nbunch": first, "distance": "weight"}, {"nbunch": ["nobody"]},
    ],
    "has_bridges": [{}],
    "is_connected": [{}],
    "is_strongly_connected": [{}],
    "is_weakly_connected": [{}],
    "local_bridges": [{}, {"with_span": False}, {"weight": "weight"}],
    "local_efficiency": [{}],
    "node_connected_component": [{"n": first}, {"n": "nobody"}],
    "number_connected_components": [{}],
    "number_strongly_connected_components": [{}],
    "number_weakly_connected_components": [{}],
    "pagerank": [
        {}, {"weight": None}, {"alpha": 0.5, "tol": 1e-10}, {"max_iter": 2}, {"max_iter": 0},
        {"personalization": lambda graph: {node: i for i, node in enumerate(graph)}},
        {"dangling": lambda graph: {first(graph): 1}, "nstart": lambda graph: {node: 1 + i for i, node in enumerate(graph)}},
    ],
    "periphery": [{}, {"weight": "weight"}],
    "radius": [{}, {"weight": "weight"}],
    "transitivity": [{}],
    "triangles": [{}, {"nodes": some}, {"nodes": first}, {"nodes": ["nobody"]}],
    "weakly_connected_components": [{}],
}


def compare(graph: Any, name: str) -> tuple[int, int]:
    """Compare all calls of a function on one graph; return how many ran here and how many were left to networkx."""
    ran = left = 0
    for given in CALLS[name]:
        found = outcome(name, graph, "netmap", given)
        if declined(found):
            left += 1
            continue
        ran += 1
        wanted = outcome(name, graph, None, given)
        try:
            same(found, wanted)
        except AssertionError as error:
            raise AssertionError(f"{name}({graph}, {given}): {error}\n{list(graph.edges(data=True))}") from error
    return ran, left


def graphs(seeds: range) -> Iterator[Any]:
    yield from small()
    for seed in seeds:
        for kind in KINDS:
            yield drawn(kind, seed)
            yield drawn(kind, seed, loops=True)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_gives_what_networkx_gives(name):
    """On graphs of every kind, with every argument, the same values, types, order and errors."""
    ran = left = 0
    for graph in graphs(range(12)):
        more = compare(graph, name)
        ran, left = ran + more[0], left + more[1]
    assert ran * 2 > left


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_the_twins_give_the_same(name):
    """Without compiled kernels too."""
    with using("python"):
        for graph in graphs(range(3)):
            compare(graph, name)


@pytest.mark.parametrize("name", sorted(name for name in FUNCTIONS if any("weight" in str(c) for c in CALLS[name])))
def test_lengths_that_are_no_whole_numbers_never_give_another_answer(name):
    """They run where they can be exact and are left to networkx elsewhere."""
    for seed in range(12):
        for kind in KINDS:
            compare(drawn(kind, seed, loops=True, whole=False), name)


# -- how it is reached -----------------------------------------------------------------------------------------


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What networkx says of its backends, whatever another test did to its logger."""
    lines: list[str] = []
    ear = logging.Handler(logging.DEBUG)
    ear.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("networkx.utils.backends")
    before = logger.level, logger.disabled, logging.root.manager.disable
    logger.setLevel(logging.DEBUG)
    logger.disabled = False
    logging.disable(logging.NOTSET)
    logger.addHandler(ear)
    yield lines
    logger.removeHandler(ear)
    logger.setLevel(before[0])
    logger.disabled = before[1]
    logging.disable(before[2])


def used(lines: list[str]) -> list[str]:
    """Which functions networkx says it ran by netmap."""
    return [said[1] for line in lines if (said := re.match(r"Using backend 'netmap' for call to .(\w+)'", line))]


def test_what_is_claimed_is_there_with_networkx_s_own_arguments():
    """Names, order and defaults of the arguments are networkx's; the table and the module agree."""
    assert set(FUNCTIONS) == set(interface.__all__) - {"can_run", "convert_from_nx", "convert_to_nx", "should_run"}
    assert set(FUNCTIONS) == set(CALLS)
    assert set(get_info()["functions"]) == set(FUNCTIONS)
    for name in FUNCTIONS:
        theirs = inspect.signature(nx.utils.backends._registered_algorithms[name].orig_func)
        ours = inspect.signature(getattr(interface, name))
        assert [(p.name, p.default) for p in ours.parameters.values()] == [
            (p.name, p.default) for p in theirs.parameters.values()
        ], name


def test_the_readers_of_networkx_are_told():
    """The page made from the table names every function, and the researchers' page leads to it."""
    page = (ROOT / "docs" / "networkx.md").read_text(encoding="utf-8")
    assert [name for name in FUNCTIONS if f"| `{name}` |" not in page] == []
    assert "(networkx.md)" in (ROOT / "docs" / "researchers.md").read_text(encoding="utf-8")


def test_networkx_documents_the_backend():
    """The help of a function says that netmap runs it and what is left to networkx."""
    said = nx.betweenness_centrality.__doc__
    assert "netmap : Compiled kernels" in said
    assert "whole numbers" in said


def test_priority_uses_it_and_falls_back(heard):
    """With the backend first in line, what it has runs there and all else as before."""
    graph = nx.les_miserables_graph()
    wanted = nx.betweenness_centrality(graph), nx.degree_centrality(graph), nx.bridges(graph, root="Valjean")
    with nx.config(backend_priority=["netmap"]):
        found = nx.betweenness_centrality(graph), nx.degree_centrality(graph), nx.bridges(graph, root="Valjean")
        assert used(heard) == ["betweenness_centrality"]
        uneven = nx.Graph()
        uneven.add_weighted_edges_from([("a", "b", 0.3), ("b", "c", 0.7)])
        assert nx.betweenness_centrality(uneven, weight="weight") == {"a": 0.0, "b": 1.0, "c": 0.0}
    assert found[0] == pytest.approx(wanted[0], rel=RELATIVE)
    assert list(found[0]) == list(wanted[0])
    assert found[1] == wanted[1]
    assert set(found[2]) == set(wanted[2])
    # networkx's own functions call each other through the same door.
    with nx.config(backend_priority=["netmap"]):
        heard.clear()
        nx.k_core(graph)
        assert "core_number" in used(heard)


def test_asked_for_by_name_it_says_why_it_cannot():
    """``backend="netmap"`` never answers by another rule: it raises, and names the backend."""
    uneven = nx.Graph()
    uneven.add_edge("a", "b", weight=0.3)
    for call in (
        lambda: nx.betweenness_centrality(uneven, weight="weight", backend="netmap"),
        lambda: nx.betweenness_centrality(uneven, weight=lambda u, v, d: 1, backend="netmap"),
        lambda: nx.bridges(uneven, root="a", backend="netmap"),
        lambda: nx.bridges(nx.path_graph(3), root=0, backend="netmap"),
        lambda: nx.katz_centrality(uneven, backend="netmap"),
    ):
        with pytest.raises(NotImplementedError, match="netmap"):
            call()
    assert "function" in interface.can_run("betweenness_centrality", (uneven,), {"weight": len})
    assert interface.can_run("betweenness_centrality", (uneven,), {"weight": "weight"}) is True
    assert interface.can_run("betweenness_centrality", (uneven,), {"no_such": 1}) is True
    assert interface.can_run("diameter", (uneven, None, False), {}) is True
    with pytest.raises(TypeError, match="no_such"):
        nx.betweenness_centrality(uneven, no_such=1, backend="netmap")


def test_no_graph_is_converted_for_what_networkx_does_sooner(heard):
    """Components run here only once the graph is converted for something else."""
    graph = nx.karate_club_graph()
    with nx.config(backend_priority=["netmap"]):
        assert nx.is_connected(graph)
        assert used(heard) == []
        nx.bridges(graph)
        assert nx.is_connected(graph)
        assert nx.number_connected_components(G=graph) == 1
        assert used(heard) == ["bridges", "is_connected", "number_connected_components"]
    assert "sooner" in interface.should_run("is_connected", (), {"G": nx.path_graph(3)})


@pytest.mark.skipif(FROM_36, reason="from 3.6 samples are scaled by the rule that is built in")
def test_samples_are_left_to_an_earlier_networkx():
    """Before 3.6 other rules were in use."""
    assert "3.6" in interface.can_run("betweenness_centrality", (nx.path_graph(3),), {"k": 2})


def test_a_priority_in_the_environment_is_heeded():
    """A researcher's script needs no other change than NETWORKX_BACKEND_PRIORITY."""
    script = (
        "import logging, sys, networkx as nx\n"
        "logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)\n"
        "print(sum(nx.betweenness_centrality(nx.path_graph(5)).values()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
        env=os.environ | {"NETWORKX_BACKEND_PRIORITY": "netmap"},
    )
    assert re.search(r"Using backend 'netmap' for call to .betweenness_centrality'", done.stdout)
    assert done.stdout.splitlines()[-1] == "1.6666666666666665"


# -- conversion ------------------------------------------------------------------------------------------------


def test_conversion_is_kept_until_the_graph_changes():
    """One conversion serves many calls, with lengths those without too, and none that came before a change."""
    graph = nx.karate_club_graph()
    nx.closeness_centrality(graph, distance="weight", backend="netmap")
    (kept,) = graph.__networkx_cache__["backends"]["netmap"].values()
    assert isinstance(kept, Graph)
    nx.triangles(graph, backend="netmap")
    nx.closeness_centrality(graph, distance="weight", backend="netmap")
    assert list(graph.__networkx_cache__["backends"]["netmap"].values()) == [kept]
    graph.add_edge(0, 33, weight=1)
    assert not graph.__networkx_cache__
    same(nx.triangles(graph, backend="netmap"), nx.triangles(graph))
    with nx.config(cache_converted_graphs=False):
        graph.remove_edge(0, 33)
        nx.triangles(graph, backend="netmap")
        assert not graph.__networkx_cache__


@pytest.mark.parametrize("kind", KINDS)
def test_a_graph_comes_back_as_it_went(kind):
    """Nodes, edges, keys and the attributes asked for survive there and back."""
    for seed in range(6):
        graph = drawn(kind, seed, loops=True)
        graph.graph["name"] = "some"
        for i, node in enumerate(graph):
            graph.nodes[node]["size"] = i
        whole = convert_to_nx(
            convert_from_nx(graph, preserve_edge_attrs=True, preserve_node_attrs=True, preserve_graph_attrs=True)
        )
        assert nx.utils.graphs_equal(graph, whole)
        assert list(whole) == list(graph)
        bare = convert_to_nx(convert_from_nx(graph, edge_attrs={"weight": None, "colour": "red"}, node_attrs={"size": 0}))
        assert type(bare) is kind
        assert bare.nodes(data=True) == graph.nodes(data=True)
        for (*ends, had), (*also, has) in zip(graph.edges(data=True), bare.edges(data=True), strict=True):
            assert set(ends) == set(also)
            assert has == had | {"colour": "red"}
        assert not bare.graph
        converted = convert_from_nx(graph)
        assert list(converted.edges()) == list(graph.edges(keys=True) if graph.is_multigraph() else graph.edges())
    assert convert_to_nx({"a": 1}) == {"a": 1}


def test_a_converted_graph_can_be_handed_to_networkx():
    """Functions of the backend take it as it is."""
    converted = convert_from_nx(nx.path_graph(4))
    assert nx.betweenness_centrality(converted, normalized=False) == {0: 0.0, 1: 2.0, 2: 2.0, 3: 0.0}
    assert convert_from_nx(converted) is converted
    assert len(converted) == 4
    assert list(converted) == [0, 1, 2, 3]
    assert 3 in converted
    assert [] not in converted


def test_views_are_taken_as_they_show_themselves():
    """Subgraph and reverse views, whose dictionaries are no dictionaries."""
    graph = nx.gnm_random_graph(20, 50, seed=1, directed=True)
    for view in (graph.subgraph(range(5, 15)), graph.reverse(copy=False), graph.to_undirected(as_view=True)):
        wanted = nx.closeness_centrality(view)
        assert nx.closeness_centrality(view, backend="netmap") == pytest.approx(wanted, rel=RELATIVE)


def test_a_graph_that_makes_up_its_neighbours_is_left_to_networkx():
    """A class with an adjacency of its own is not read from its dictionaries."""

    class Complement(nx.Graph):
        def adjacency(self):
            return ((node, {other: {} for other in self if other != node and other not in self[node]}) for node in self)

    class Plain(nx.Graph):
        pass

    with pytest.raises(NotImplementedError, match="Complement"):
        convert_from_nx(Complement(nx.path_graph(3)))
    with pytest.raises(NotImplementedError):
        convert_from_nx([1, 2])
    assert nx.triangles(Plain(nx.complete_graph(3)), backend="netmap") == {0: 1, 1: 1, 2: 1}


@pytest.mark.parametrize("odd", ["3", None, math.inf, math.nan, 10**30, -1, 0, 2.5, [1]])
def test_odd_lengths_are_left_to_networkx(odd):
    """Words, gaps, nothing, less than nothing and halves are for networkx to take or refuse."""
    graph = nx.path_graph(3)
    graph.edges[0, 1]["weight"] = odd
    with pytest.raises(NotImplementedError):
        convert_from_nx(graph, edge_attrs={"weight": 1}).lengths("weight")
    with pytest.raises(NotImplementedError, match="colour"):
        convert_from_nx(graph, edge_attrs={"weight": 1}).numbers("colour")


def test_a_distance_of_no_one_type_is_left_to_networkx():
    """Of ints and floats mixed, what a sum is hangs on the path; of one type it is that type."""
    graph = nx.path_graph(3)
    nx.set_edge_attributes(graph, {(0, 1): 2, (1, 2): 3}, "weight")
    assert repr(nx.eccentricity(graph, weight="weight", backend="netmap")) == "{0: 5, 1: 3, 2: 5}"
    graph.add_edge(0, 1, weight=2.0)
    with pytest.raises(NotImplementedError, match="netmap"):
        nx.eccentricity(graph, weight="weight", backend="netmap")
    graph.add_edge(1, 2, weight=3.0)
    assert repr(nx.diameter(graph, weight="weight", backend="netmap")) == "5.0"


def test_networkx_loads_nothing_heavy_for_its_sake():
    """What networkx asks for at its own import costs no import of NumPy or of kernels."""
    script = (
        "import sys\nfrom netmap.nx_backend.info import get_info\nget_info()\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('numpy', 'scipy', 'pandas', 'networkx')])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
