"""Whole networks: density, components, reciprocity, centralisation, cores."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netmap.errors import MeasureError
from netmap.measures.cohesion import (
    centralisation,
    components,
    connectedness,
    core_number,
    density,
    fragmentation,
    mean_strength,
    reciprocity,
    strength_core,
)
from tests.measures.saying import says


def pieces():
    graph = nx.path_graph(3)
    graph.add_edge(3, 4)
    graph.add_node(5)
    return graph


def test_density_never_exceeds_one():
    """Parallel edges and loops, which push networkx's above 1, are merged and dropped."""
    graph = nx.MultiGraph([(0, 1), (0, 1), (0, 0), (1, 1)])
    assert nx.density(graph) > 1
    assert density(graph) == 1
    assert density(nx.DiGraph([(0, 1)])) == 0.5
    assert np.isnan(density(nx.empty_graph(1)))


def test_mean_strength_is_over_all_pairs():
    """2 + 4 over three pairs; directed over six."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 2), ("b", "c", 4)])
    assert mean_strength(graph) == 2
    assert mean_strength(graph.to_directed()) == 2
    assert np.isnan(mean_strength(nx.Graph()))


def test_components_of_a_path_a_pair_and_an_isolate():
    """Largest first, isolates among them."""
    found = components(pieces())
    assert (found.count, found.sizes, found.isolates, found.share_in_largest) == (3, (3, 2, 1), 1, 0.5)
    assert found.labels.tolist() == [0, 0, 0, 1, 1, 2]
    assert "count=3" in repr(found)
    assert np.isnan(components(nx.Graph()).share_in_largest)


def test_strong_components():
    """A tie one way joins weakly only."""
    graph = nx.DiGraph([(0, 1), (1, 0), (1, 2)])
    assert components(graph).count == 1
    assert components(graph, strong=True).sizes == (2, 1)


def test_fragmentation_of_a_path_a_pair_and_an_isolate():
    """1 - (3 + 1)/15 = 0.7333."""
    assert fragmentation(pieces()) == pytest.approx(11 / 15)
    assert connectedness(pieces()) == pytest.approx(4 / 15)
    assert np.isnan(connectedness(nx.empty_graph(1)))


def test_directed_fragmentation_asks_for_both_ways():
    """0 to 1: connected weakly, in pieces strongly."""
    graph = nx.DiGraph([(0, 1)])
    assert (connectedness(graph), connectedness(graph, strong=True), fragmentation(graph)) == (1, 0, 1)


def test_five_reciprocities_of_one_network():
    """Two ties returned and two not, among four: 2/4, 1/3, 4/6 in R's default, and the correlation 1/4."""
    graph = nx.DiGraph([(0, 1), (1, 0), (1, 2), (2, 3)])
    assert reciprocity(graph) == nx.overall_reciprocity(graph) == 0.5
    assert reciprocity(graph, "dyad") == pytest.approx(1 / 3)
    assert reciprocity(graph, "dyadic") == pytest.approx(4 / 6)
    a = 4 / 12
    assert reciprocity(graph, "correlation") == pytest.approx((0.5 - a) / (1 - a))


def test_reciprocity_of_strength():
    """3 and 1 between a pair, 2 one way: 2 x 1 of 6 comes back."""
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([("a", "b", 3), ("b", "a", 1), ("b", "c", 2)])
    assert reciprocity(graph, weight="weight") == pytest.approx(2 / 6)
    with says(MeasureError, 'Strengths have a reciprocity of kind "edge" only.'):
        reciprocity(graph, "dyad", "weight")


def test_reciprocity_where_there_is_nothing_to_return():
    """No direction, no ties, or a complete network for the correlation: not defined."""
    assert np.isnan(reciprocity(nx.path_graph(3)))
    assert np.isnan(reciprocity(nx.empty_graph(3, nx.DiGraph)))
    assert np.isnan(reciprocity(nx.complete_graph(3, nx.DiGraph), "correlation"))


def test_a_star_is_as_centralised_as_can_be():
    """By degree, betweenness and closeness; by in-degree when all point at the centre."""
    star = nx.star_graph(5)
    for kind in ("degree", "betweenness", "closeness", "in-degree"):
        assert centralisation(star, kind) == pytest.approx(1)
    inward = nx.DiGraph([(i, 0) for i in range(1, 6)])
    assert centralisation(inward, "in-degree") == 1
    assert centralisation(inward, "out-degree") == pytest.approx(1 / 25)


def test_degree_centralisation_is_freemans():
    """0.3996 on the karate club; allowing for loops, as igraph does by default, gives 0.376."""
    graph = nx.karate_club_graph()
    assert centralisation(graph) == pytest.approx(0.39962121212121211)
    degrees = np.array([d for _, d in graph.degree()])
    assert (degrees.max() - degrees).sum() / (34 * 33) == pytest.approx(0.376, abs=5e-4)


def test_centralisation_where_it_has_no_value():
    """Fewer than three nodes; closeness of a network in pieces, where sna gives 0."""
    assert np.isnan(centralisation(nx.path_graph(2)))
    assert np.isnan(centralisation(pieces(), "closeness"))
    assert not np.isnan(centralisation(pieces()))
    with says(
        MeasureError,
        "kind is one of degree, in-degree, out-degree, betweenness, closeness, not 'closenes'. Did you mean closeness?",
    ):
        centralisation(pieces(), "closenes")


def test_core_numbers_are_not_doubled_and_loops_do_not_count():
    """A triangle is the 2-core (sna's default says 4); networkx refuses loops, igraph counts them."""
    graph = nx.complete_graph(3)
    graph.add_edge(0, 0)
    with pytest.raises(nx.NetworkXNotImplemented):
        nx.core_number(graph)
    assert core_number(graph).tolist() == [2, 2, 2]
    assert core_number(nx.MultiGraph([(0, 1), (0, 1)])).tolist() == [1, 1]


def test_cores_of_a_directed_network():
    """A ring of three with one more pointing in: by ties received the ring, by ties sent all."""
    graph = nx.DiGraph([(0, 1), (1, 2), (2, 0), (3, 0)])
    assert core_number(graph, "in").tolist() == [1, 1, 1, 0]
    assert core_number(graph, "out").tolist() == [1, 1, 1, 1]
    assert core_number(graph).tolist() == [2, 2, 2, 1]


def test_strength_cores_with_strengths_of_one_are_cores():
    """On the karate club."""
    graph = nx.karate_club_graph()
    assert strength_core(graph, None).tolist() == core_number(graph).tolist()
