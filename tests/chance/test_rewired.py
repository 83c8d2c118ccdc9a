"""Numbers of the whole network against random networks."""

import math

import networkx as nx
import numpy as np
import pytest

from netmap.chance.rewired import random_networks, rewiring_test, small_world
from netmap.errors import MeasureError
from netmap.measures import reciprocity, transitivity
from netmap.view import View


@pytest.mark.parametrize("directed", [False, True])
def test_random_networks_keep_what_they_should(directed):
    """The first null keeps every degree, the second the number of ties; both are simple."""
    view = View.from_networkx(nx.gnm_random_graph(12, 30, seed=1, directed=directed))
    for null in ("degrees", "ties"):
        for one in random_networks(view, 20, np.random.default_rng(1), null):
            assert one.m == view.m
            assert not one.parallel
            assert not one.loops
            if null == "degrees":
                assert np.array_equal(np.diff(one.csr.indptr), np.diff(view.csr.indptr))
                assert np.array_equal(np.diff(one.csr_in.indptr), np.diff(view.csr_in.indptr))


@pytest.mark.parametrize("directed", [False, True])
def test_as_many_ties_fall_on_every_pair_alike(directed):
    """Four nodes, two ties, 4,000 draws: each pair is tied in a third (a sixth) of them."""
    view = View([0, 1, 2, 3], [0, 1], [1, 2], directed=directed)
    count = np.zeros((4, 4))
    for one in random_networks(view, 4000, np.random.default_rng(2), "ties"):
        count[one.source, one.target] += 1
    here = count[~np.eye(4, dtype=bool)] if directed else count[np.triu_indices(4, 1)]
    share = 2 / here.size
    assert np.abs(here / 4000 - share).max() < 4 * math.sqrt(share / 4000)


def test_the_karate_club_is_a_small_world_only_against_the_wrong_null():
    """Sigma is 1.1 with the same degrees; with as many ties anywhere transitivity alone would look doubled."""
    graph = nx.karate_club_graph()
    found = small_world(graph, draws=99)
    assert found.sigma == pytest.approx(1.10, abs=0.06)
    assert found.clustering_interval[0] < 1 < found.clustering_interval[1]
    assert found.discarded == 0
    assert rewiring_test(graph, transitivity, null="ties", draws=99).p <= 0.02
    assert rewiring_test(graph, transitivity, draws=99).p > 0.05


def test_a_ring_with_shortcuts_is_one():
    """Watts and Strogatz (60, 6, 0.1) has sigma 4.8; omega is near 0 or below, as its clustering is a lattice's."""
    found = small_world(nx.connected_watts_strogatz_graph(60, 6, 0.1, seed=1), draws=99)
    assert found.sigma == pytest.approx(4.8, abs=0.3)
    assert found.clustering_interval[0] > 1
    assert -1 <= found.omega <= 0.2


def test_a_network_in_parts_is_judged_by_efficiency():
    graph = nx.disjoint_union(nx.complete_graph(5), nx.connected_watts_strogatz_graph(30, 4, 0.1, seed=2))
    found = small_world(graph, draws=39)
    assert math.isnan(found.omega)
    assert found.sigma == pytest.approx(found.clustering_ratio * found.efficiency_ratio)


@pytest.mark.parametrize("graph", [nx.empty_graph(0), nx.empty_graph(1), nx.empty_graph(3), nx.path_graph(2), nx.star_graph(4)])
def test_without_triangles_there_is_no_ratio(graph):
    found = small_world(graph, draws=19)
    assert math.isnan(found.sigma)
    assert math.isnan(found.omega)


def test_reciprocity_keeps_both_degrees():
    """In a ring of mutual pairs more is returned than with the same numbers of ties in and out."""
    graph = nx.cycle_graph(30).to_directed()
    assert rewiring_test(graph, reciprocity, draws=99).p == 0.01


def test_mistakes_are_named():
    with pytest.raises(MeasureError, match="at least 19"):
        small_world(nx.path_graph(3), draws=5)
    with pytest.raises(MeasureError, match="null is one of degrees, ties"):
        rewiring_test(nx.path_graph(3), transitivity, null="degree")


def test_the_order_of_rows_and_the_seed():
    graph = nx.karate_club_graph()
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from((b, a) for a, b in reversed(list(graph.edges)))
    assert small_world(graph, draws=19) == small_world(turned, draws=19)
    assert small_world(graph, draws=19) != small_world(graph, draws=19, seed=1)
