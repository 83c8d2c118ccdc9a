"""Degree, strength and betweenness, where libraries stumble too."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netmap.errors import MeasureError
from netmap.measures.centralities import betweenness, degree, edge_betweenness, opsahl_degree, strength
from netmap.view import View
from tests.measures.saying import says


def weighted(*rows):
    graph = nx.Graph()
    graph.add_weighted_edges_from(rows)
    return graph


def test_degree_in_out_and_both():
    """a to b and b to a and a to c: a sends two and receives one; a mutual pair counts twice in all."""
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c")])
    assert degree(graph, "out").to_dict() == {"a": 2, "b": 1, "c": 0}
    assert degree(graph, "in").to_dict() == {"a": 1, "b": 1, "c": 1}
    assert degree(graph).to_dict() == {"a": 3, "b": 2, "c": 1}
    assert degree(View.from_networkx(graph).undirected)["a"] == 2
    with says(MeasureError, "mode is one of all, in, out, not 'both'."):
        degree(graph, "both")


def test_a_loop_adds_nothing():
    """networkx and igraph count a loop twice in the degree, networkit once; here loops are dropped."""
    graph = nx.Graph([("a", "b"), ("a", "a")])
    assert graph.degree("a") == 3
    assert degree(graph)["a"] == 1
    assert strength(graph)["a"] == 1


def test_parallel_rows_add_up():
    """Rows a-b of 2, a-b of 3 and b-a of 4 are one tie of 9; a reader that keeps the last has 4."""
    view = View(["a", "b"], [0, 0, 1], [1, 1, 0], [2.0, 3.0, 4.0])
    assert (degree(view)["a"], strength(view)["a"]) == (1, 9)
    assert nx.Graph([("a", "b", {"weight": w}) for w in (2, 3, 4)]).degree("a", weight="weight") == 4


def test_strength_of_a_directed_network():
    """In and out are kept apart, or added."""
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([("a", "b", 2), ("b", "a", 3)])
    assert (strength(graph, "out")["a"], strength(graph, "in")["a"], strength(graph)["a"]) == (2, 3, 5)
    assert strength(graph, weight=None)["a"] == 2


def test_degree_and_strength_in_one():
    """With alpha 0 the degree, with 1 the strength; an isolate has 0 at any."""
    graph = weighted(("a", "b", 4), ("a", "c", 5))
    graph.add_node("d")
    assert opsahl_degree(graph, 0.0).tolist() == [2, 1, 1, 0]
    assert opsahl_degree(graph, 1.0).tolist() == [9, 4, 5, 0]
    assert opsahl_degree(graph)["a"] == pytest.approx(18**0.5)
    assert opsahl_degree(graph, 1.5)["d"] == 0
    with says(MeasureError, "alpha must be a number from 0, not -1."):
        opsahl_degree(graph, -1)


def test_betweenness_scales():
    """The middle of a star of five lies between all six pairs: 1, or 6."""
    star = nx.star_graph(4)
    assert betweenness(star).tolist() == [1, 0, 0, 0, 0]
    assert betweenness(star, normalised=False)[0] == 6
    assert betweenness(star.to_directed())[0] == 1
    assert betweenness(star.to_directed(), normalised=False)[0] == 12
    assert edge_betweenness(star)[0, 1] == 0.4


def test_two_nodes_have_no_betweenness():
    """There is no pair of others: not defined, with the reason; the raw number is 0."""
    found = betweenness(nx.path_graph(2))
    assert found.isna().all()
    assert found.attrs["undefined"] == {"fewer than 3 nodes": 2}
    assert betweenness(nx.path_graph(2), normalised=False).tolist() == [0, 0]


def test_strength_is_not_distance():
    """Strengths 5, 5 and 1 on a triangle: taken as lengths nobody is between; strong ties are short, so b is."""
    graph = weighted(("a", "b", 5), ("b", "c", 5), ("a", "c", 1))
    assert nx.betweenness_centrality(graph, weight="weight")["b"] == 0
    assert betweenness(graph, "weight")["b"] == 1
    assert betweenness(graph)["b"] == 0


def test_equal_paths_stay_equal_where_floating_point_loses_them():
    """1/2 + 1/10 is 1/5 + 1/5 + 1/5, but not in floating point: networkx sees one of the two ways."""
    graph = weighted(("s", "a", 2), ("a", "t", 10), ("s", "b", 5), ("b", "c", 5), ("c", "t", 5))
    for _, _, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    assert 1 / 5 + 1 / 5 + 1 / 5 != 1 / 2 + 1 / 10
    theirs = nx.betweenness_centrality(graph, weight="length", normalized=False)
    ours = betweenness(graph, "weight", normalised=False)
    # Only s and t have two ways to each other; half of that pair is lost on one side and gained on the other.
    assert ours["a"] == 0.5
    assert {abs(ours["a"] - theirs["a"]), abs(ours["b"] - theirs["b"])} == {0.5}


def test_parallel_ties_are_one_path():
    """On a ring of four with a threefold tie igraph has 0.75 and 0.25; merged, everyone has half a pair."""
    ring = nx.MultiGraph([(0, 1), (0, 1), (0, 1), (1, 2), (2, 3), (3, 0)])
    assert betweenness(ring, normalised=False).tolist() == [0.5] * 4
    assert betweenness(nx.Graph(ring), normalised=False).tolist() == [0.5] * 4


def test_unreachable_pairs_count_nothing():
    """Two pairs apart: nobody is between."""
    assert betweenness(nx.Graph([(0, 1), (2, 3)])).tolist() == [0] * 4


def test_caller_order_and_canonical_order():
    """Results stand in the order in which the caller gave the nodes."""
    view = View(["z", "m", "a"], [0, 1], [1, 2])
    assert betweenness(view).to_dict() == {"z": 0, "m": 1, "a": 0}
    assert list(betweenness(view).index) == ["z", "m", "a"]


def test_no_nodes():
    """An empty network has empty results."""
    assert len(betweenness(nx.Graph())) == len(edge_betweenness(nx.Graph())) == len(degree(nx.Graph())) == 0
    assert np.issubdtype(degree(nx.path_graph(2)).dtype, np.number)


def test_betweenness_from_pivots_says_how_far_off_it_may_be():
    """Values, errors and intervals from 100 of 300 pivots, in the caller's order; all pivots give the exact values."""
    graph = nx.gnm_random_graph(300, 900, seed=4)
    graph = nx.relabel_nodes(graph, {i: f"n{(7 * i) % 300}" for i in graph})
    exact = betweenness(graph)
    found = betweenness(graph, pivots=100, seed=3)
    assert found.index.equals(exact.index)
    assert list(found) == ["betweenness", "standard_error", "low", "high"]
    assert found.attrs["sampled"] == {"pivots": 100, "seed": 3}
    assert (found["low"] >= 0).all()
    assert (found["high"] <= 1).all()
    inside = (exact >= found["low"] - 1e-12) & (exact <= found["high"] + 1e-12)
    assert 0.9 < inside.mean() < 1
    assert found.equals(betweenness(graph, pivots=100, seed=3))
    assert not found.equals(betweenness(graph, pivots=100, seed=4))
    every = betweenness(graph, pivots=5_000)
    assert every["betweenness"].round(12).equals(exact.round(12))
    assert every["standard_error"].tolist() == [0.0] * 300
    assert every.attrs["sampled"]["pivots"] == 300
    raw = betweenness(graph, pivots=100, seed=3, normalised=False)
    assert np.allclose(raw, found * 299 * 298 / 2, rtol=1e-12)


def test_pivots_and_seed_are_whole_numbers():
    """Half a pivot, none, or a seed below 0 are refused; one pivot knows no error, two nodes no value."""
    for wrong in (0, -1, 2.5, True, "many"):
        with pytest.raises(MeasureError, match="pivots is a whole number from 1"):
            betweenness(nx.path_graph(4), pivots=wrong)
    with pytest.raises(MeasureError, match="seed is a whole number from 0"):
        betweenness(nx.path_graph(4), pivots=2, seed=-1)
    one = betweenness(nx.path_graph(4), pivots=1)
    assert one["standard_error"].isna().all()
    assert one.attrs["undefined"] == {"one pivot says nothing of the error": 4}
    assert betweenness(nx.path_graph(2), pivots=1).isna().all().all()
