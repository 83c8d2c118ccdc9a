"""Key players, reach and robustness against values worked out elsewhere."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netmap.errors import MeasureError, UsageError
from netmap.measures import key_sets
from netmap.measures.cohesion import fragmentation
from netmap.measures.key_sets import key_players, reach, robustness
from netmap.view import View
from tests.measures.saying import says


def without(graph, *nodes):
    left = graph.copy()
    left.remove_nodes_from(nodes)
    return fragmentation(left, distance_weighted=True)


def test_the_best_pair_of_the_karate_club_is_not_the_two_with_most_ties():
    """Without 0 and 1 it is 0.6844 in pieces, without the two of greatest degree 0.6833."""
    graph = nx.karate_club_graph()
    assert without(graph, 0, 1) == pytest.approx(0.6844, abs=5e-5)
    assert without(graph, 0, 33) == pytest.approx(0.6833, abs=5e-5)
    best = key_players(graph, 2)
    assert best.optimal
    assert best.tried == 34 * 33 // 2
    assert best.value == pytest.approx(without(graph, *best.nodes))
    assert best.value >= without(graph, 0, 1) - 1e-12


def test_the_search_is_repeatable_and_does_not_claim_too_much(monkeypatch):
    """With more sets than are all tried, the same seed gives the same set, as good as the best here."""
    graph = nx.karate_club_graph()
    best = key_players(graph, 2)
    monkeypatch.setattr(key_sets, "EXACT", 10)
    one, two = key_players(graph, 2, seed=3), key_players(graph, 2, seed=3)
    assert (one.nodes, one.value, one.optimal) == (two.nodes, two.value, False)
    assert one.value == pytest.approx(best.value)
    assert one.tried < best.tried * 2


def test_work_is_bounded_by_counts(monkeypatch):
    """Where little work is allowed the search ends early with the best so far."""
    monkeypatch.setattr(key_sets, "EXACT", 0)
    monkeypatch.setattr(key_sets, "WORK", 1)
    monkeypatch.setattr(key_sets, "RESTARTS", 2)
    found = key_players(nx.karate_club_graph(), 3)
    assert len(found.nodes) == 3
    assert found.tried > 34


def test_a_large_network_is_searched_among_its_likeliest_nodes(monkeypatch):
    """Two stars joined by a path, more nodes than are all looked at: their centres are found."""
    monkeypatch.setattr(key_sets, "EXACT", 0)
    monkeypatch.setattr(key_sets, "LEAST", 10)
    graph = nx.disjoint_union(nx.star_graph(30), nx.star_graph(25))
    graph.add_edges_from([(30, 57), (57, 56)])
    # Once by betweenness, once, where that is too much work, by degree.
    for work in (graph.number_of_nodes() * graph.number_of_edges(), 1):
        monkeypatch.setattr(key_sets, "WORK", work)
        assert key_players(graph, 2).nodes == (0, 31)
    monkeypatch.setattr(key_sets, "CELLS", 1)
    assert key_players(graph, 2, "reach", 1).nodes == (0, 31)


def test_reach_with_and_without_the_seeds():
    """0 and 33 of the karate club reach 0.906 of the others in one step; counting themselves 0.912."""
    graph = nx.karate_club_graph()
    assert reach(graph, [0, 33]) == pytest.approx(0.906, abs=5e-4)
    assert reach(graph, [0, 33], count_seeds=True) == pytest.approx(0.912, abs=5e-4)


def test_reach_by_distance_and_by_direction():
    """From the start of 0 to 1 to 2: 1/1 and 1/2 of two; from the end nothing."""
    line = nx.DiGraph([(0, 1), (1, 2)])
    assert reach(line, [0], None) == 0.75
    assert reach(line, [2], None) == 0
    assert np.isnan(reach(nx.empty_graph(1), [0]))


def test_key_players_positive():
    """The hub of each of two stars reaches all in one step."""
    graph = nx.disjoint_union(nx.star_graph(4), nx.star_graph(3))
    best = key_players(graph, 2, "reach", steps=1)
    assert (best.nodes, best.value) == ((0, 5), 1)


def test_sets_that_leave_too_few():
    """Nothing is left to be in pieces: not defined."""
    found = key_players(nx.path_graph(3), 2)
    assert (found.nodes, np.isnan(found.value), found.tried) == ((), True, 0)
    assert key_players(nx.Graph(), 1).nodes == ()


def test_what_is_asked_wrongly():
    """Each with what would be right."""
    graph = nx.path_graph(4)
    with says(MeasureError, "size must be at least 1, not 0."):
        key_players(graph, 0)
    with says(MeasureError, "kind is one of fragment, reach, not 'negative'."):
        key_players(graph, 1, "negative")
    with says(MeasureError, "steps must be at least 1, not 0."):
        reach(graph, [0], 0)
    with says(MeasureError, "reach needs at least one seed."):
        reach(graph, [])
    with says(UsageError, "There is no node 'ann' in this view. Did you mean anne?"):
        reach(View(["anne", "bob"], [0], [1]), ["ann"])
    with says(MeasureError, "The order of removal names a node twice."):
        robustness(graph, [0, 0])
    with says(MeasureError, "order is one of degree, betweenness, random, not 'degrees'. Did you mean degree?"):
        robustness(graph, "degrees")
    with says(MeasureError, "Removal by betweenness takes it anew after each node: 501 nodes are more than 500."):
        robustness(nx.path_graph(501), "betweenness")


def test_schneiders_r_of_a_complete_network():
    """0.475 with twenty nodes, the greatest there is: (1 - 1/n)/2."""
    for order in ("degree", "random", "betweenness"):
        assert robustness(nx.complete_graph(20), order, draws=2).value == pytest.approx(0.475)


def test_a_star_falls_with_its_centre():
    """By degree the centre goes first; at random it lasts longer."""
    star = nx.star_graph(9)
    targeted, random = robustness(star), robustness(star, "random")
    assert targeted.curve.tolist()[:3] == [1, 0.1, 0.1]
    assert random.value > targeted.value
    assert random.draws == 500
    assert (random.low <= random.high).all()


def test_removing_some_leaves_the_rest():
    """The curve ends with those removed, and R is not defined."""
    found = robustness(nx.path_graph(5), [2])
    assert found.curve.tolist() == [1, 0.4]
    assert np.isnan(found.value)
    assert (found.order, found.draws) == ("given", 1)
    assert np.isnan(robustness(nx.Graph()).value)
