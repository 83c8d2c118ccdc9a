"""Counts spread unevenly, and strong ties that are embedded, beside chance."""

import math

import networkx as nx
import numpy as np
import pytest

from netmap.chance.spread import spread_test
from netmap.chance.weak_ties import weak_ties_test
from netmap.errors import MeasureError


def test_one_with_everything_is_beyond_chance_and_an_even_spread_is_not():
    assert spread_test([12, 0, 0, 0, 0, 0], draws=999).p == 0.001
    assert spread_test([2, 2, 2, 2, 2, 2], draws=999).p == 1


def test_the_null_by_going_through_all_ways():
    """Two nominations over two nodes: Gini 1/2 with chance 1/2, else 0."""
    found = spread_test([2, 0], draws=4999)
    assert found.expected == pytest.approx(0.25, abs=0.02)
    assert found.p == pytest.approx(0.5, abs=0.03)


def test_what_is_no_count_is_refused():
    for values in ([1.5, 1], [-1, 2]):
        with pytest.raises(MeasureError, match="whole numbers"):
            spread_test(values)
    for nothing in ([], [3], [0, 0], [math.nan, math.nan]):
        assert math.isnan(spread_test(nothing).p)


def test_order_does_not_matter_and_unknown_ones_are_left_out():
    assert spread_test([3, 1, 0], draws=99) == spread_test([0, math.nan, 3, 1], draws=99)


def test_weak_ties_between_strong_circles():
    """Cliques of strong ties joined by weak ones: strength and overlap go together."""
    graph = nx.caveman_graph(4, 5)
    nx.set_edge_attributes(graph, 3.0, "weight")
    for i in range(4):
        graph.add_edge(5 * i, (5 * i + 7) % 20, weight=1.0)
    found = weak_ties_test(graph, draws=999)
    assert found.observed > 0.5
    assert found.p <= 0.01


def test_strengths_without_a_pattern_show_none():
    rng = np.random.default_rng(5)
    graph = nx.gnm_random_graph(30, 90, seed=5)
    for _, _, data in graph.edges(data=True):
        data["weight"] = float(rng.integers(1, 6))
    assert weak_ties_test(graph, draws=999).p > 0.05


def test_without_different_strengths_there_is_nothing_to_correlate():
    for graph in (nx.empty_graph(0), nx.path_graph(3), nx.karate_club_graph().to_undirected()):
        nx.set_edge_attributes(graph, 1.0, "weight")
        assert math.isnan(weak_ties_test(graph, draws=19).p)
