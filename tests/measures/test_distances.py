"""Closeness, harmonic closeness, distance and efficiency, by the conventions libraries disagree on."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netmap.errors import MeasureError
from netmap.measures.cohesion import fragmentation
from netmap.measures.distances import (
    closeness,
    eccentricity,
    global_efficiency,
    harmonic,
    local_efficiency,
    mean_distance,
)
from tests.measures.saying import says


def triangle_and_pair():
    graph = nx.complete_graph(3)
    graph.add_edge(3, 4)
    return graph


def test_closeness_variants_on_a_network_in_pieces():
    """Within the component (igraph) everyone has 1; weighted by what can be reached (networkx) 1/2 and 1/4."""
    graph = triangle_and_pair()
    assert closeness(graph).tolist() == [1] * 5
    assert closeness(graph, "wasserman-faust").tolist() == [0.5, 0.5, 0.5, 0.25, 0.25]
    assert list(nx.closeness_centrality(graph).values()) == [0.5, 0.5, 0.5, 0.25, 0.25]
    with says(MeasureError, "variant is one of component, wasserman-faust, not 'parts'."):
        closeness(graph, "parts")


def test_directed_closeness_by_mode():
    """0 to 1 to 2: networkx counts paths that come in, networkit those that go out, igraph drops direction."""
    line = nx.DiGraph([(0, 1), (1, 2)])
    two_thirds = pytest.approx(2 / 3)
    assert closeness(line, "wasserman-faust", mode="in").tolist()[1:] == [0.5, two_thirds]
    assert closeness(line, "wasserman-faust", mode="out").tolist()[:2] == [two_thirds, 0.5]
    assert closeness(line, mode="all").tolist() == [two_thirds, 1, two_thirds]


def test_an_isolate_has_no_closeness_but_harmonic_zero():
    """Not defined with its reason; harmonic closeness says 0."""
    graph = nx.Graph([(0, 1)])
    graph.add_node(2)
    found = closeness(graph)
    assert found.isna().tolist() == [False, False, True]
    assert found.attrs["undefined"] == {"there is no other node to reach": 1}
    assert harmonic(graph).tolist() == [0.5, 0.5, 0]


def test_harmonic_is_a_mean_where_networkx_sums():
    """Over the n - 1 others, as igraph has it."""
    graph = triangle_and_pair()
    assert (harmonic(graph) * 4).tolist() == list(nx.harmonic_centrality(graph).values()) == [2, 2, 2, 1, 1]


def test_harmonic_with_strengths_is_in_units_of_strength():
    """A tie of strength 4 has length 1/4 and counts 4; two in a row of 4 count 2."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 4), ("b", "c", 4)])
    assert harmonic(graph, "weight").tolist() == pytest.approx([3, 4, 3])
    assert closeness(graph, weight="weight")["b"] == pytest.approx(4)
    assert eccentricity(graph, "weight")["a"] == pytest.approx(0.5)


def test_one_node_has_nobody_to_be_near():
    """Not defined, for all of them."""
    one = nx.empty_graph(1)
    for measure in (harmonic, closeness, eccentricity):
        assert measure(one).isna().all()
    assert np.isnan(global_efficiency(one))
    assert np.isnan(mean_distance(one))


def test_mean_distance_leaves_out_what_cannot_be_reached():
    """A path of three: (1 + 1 + 2)/3; a pair beside it: (4 + 1)/4; efficiency falls, mean distance too."""
    graph = nx.path_graph(3)
    assert mean_distance(graph) == pytest.approx(4 / 3)
    before = global_efficiency(graph)
    graph.add_edge(3, 4)
    assert mean_distance(graph) == 1.25
    assert global_efficiency(graph) < before


def test_efficiency_scaled_by_the_strongest_tie():
    """A complete network of equal strength has 1, whatever the strength."""
    graph = nx.complete_graph(4)
    nx.set_edge_attributes(graph, 5.0, "weight")
    assert global_efficiency(graph, "weight") == pytest.approx(5)
    assert global_efficiency(graph, "weight", scaled=True) == pytest.approx(1)
    assert global_efficiency(nx.empty_graph(3), "weight", scaled=True) == 0


def test_efficiency_is_what_distance_weighted_fragmentation_leaves():
    """On the karate club 0.4920."""
    graph = nx.karate_club_graph()
    assert global_efficiency(graph) == pytest.approx(0.49200831847890669)
    assert fragmentation(graph, distance_weighted=True) == pytest.approx(1 - 0.49200831847890669)


def test_local_efficiency_stays_in_the_neighbourhood():
    """0's neighbours 1 and 2 meet again only in 3, outside: nothing is left between them without 0."""
    ring = nx.cycle_graph(4)
    assert local_efficiency(ring) == 0
    graph = nx.krackhardt_kite_graph()
    assert local_efficiency(graph) == pytest.approx(nx.local_efficiency(graph))
    assert np.isnan(local_efficiency(nx.Graph()))


def test_directed_distances_follow_the_arrows():
    """0 to 1 to 2: three ordered pairs of six, at 1, 1 and 2."""
    line = nx.DiGraph([(0, 1), (1, 2)])
    assert mean_distance(line) == pytest.approx(4 / 3)
    assert global_efficiency(line) == pytest.approx(2.5 / 6)
    with says(MeasureError, "mode is one of out, in, all, not 'up'."):
        harmonic(line, mode="up")
