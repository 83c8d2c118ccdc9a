"""Transitivity and clustering, by the conventions libraries disagree on."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netmap.errors import MeasureError
from netmap.measures.closure import (
    average_clustering,
    clustering,
    clustering_barrat,
    clustering_onnela,
    directed_transitivity,
    transitivity,
)
from tests.measures.saying import says


def tailed_triangle():
    """Edges of strength 1, 2, 4 in the triangle 0-1-2 and 1 in the tail 2-3."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([(0, 1, 1), (0, 2, 2), (1, 2, 4), (2, 3, 1)])
    return graph


def test_transitivity_of_a_triangle_with_a_tail():
    """Three of five connected triples are closed."""
    assert transitivity(tailed_triangle()) == 0.6
    assert np.isnan(transitivity(nx.path_graph(2)))
    assert transitivity(nx.path_graph(3)) == 0


def test_florentine_clustering_with_the_isolate():
    """0.218 over families with two ties, 0.15 with the others counted 0: state which."""
    graph = nx.florentine_families_graph()
    graph.add_node("Pucci")
    assert average_clustering(graph) == pytest.approx(0.218, abs=5e-4)
    assert average_clustering(graph, "zero") == pytest.approx(0.15, abs=5e-4)
    assert average_clustering(graph, "zero") == pytest.approx(nx.average_clustering(graph))
    with says(MeasureError, "undefined is one of leave out, zero, not 'nan'."):
        average_clustering(graph, "nan")


def test_one_neighbour_has_no_pair():
    """Not defined with the reason, where networkx says 0."""
    found = clustering(tailed_triangle())
    assert found.isna().tolist() == [False, False, False, True]
    assert found.attrs["undefined"] == {"fewer than two neighbours": 1}
    assert nx.clustering(tailed_triangle())[3] == 0
    assert np.isnan(average_clustering(nx.path_graph(2)))


def test_two_weighted_clusterings_under_one_name():
    """networkx's is Onnela's (.5, .5, .167), igraph's is Barrat's (1, 1, .43): different quantities."""
    graph = tailed_triangle()
    cube = (1 / 4 * 2 / 4 * 4 / 4) ** (1 / 3)
    assert clustering_onnela(graph).tolist()[:3] == pytest.approx([cube, cube, cube / 3])
    assert clustering_onnela(graph).fillna(0).to_dict() == pytest.approx(nx.clustering(graph, weight="weight"))
    assert clustering_barrat(graph).tolist()[:3] == pytest.approx([1, 1, 6 / (7 * 2)])


def test_equal_strengths_give_plain_clustering():
    """Both weighted kinds reduce to the plain one."""
    graph = nx.karate_club_graph()
    nx.set_edge_attributes(graph, 3.0, "weight")
    plain = clustering(graph).to_numpy()
    for weighted in (clustering_barrat, clustering_onnela):
        np.testing.assert_allclose(weighted(graph), plain)


def test_direction_counts_in_its_own_version_only():
    """a to b to c with a to c is closed; the ring is not, though undirected it is a triangle."""
    closed, ring = nx.DiGraph([(0, 1), (1, 2), (0, 2)]), nx.DiGraph([(0, 1), (1, 2), (2, 0)])
    assert (directed_transitivity(closed), directed_transitivity(ring)) == (1, 0)
    assert (transitivity(closed), transitivity(ring)) == (1, 1)
    assert directed_transitivity(nx.karate_club_graph()) == pytest.approx(transitivity(nx.karate_club_graph()))
    assert np.isnan(directed_transitivity(nx.DiGraph([(0, 1)])))


def test_multigraphs_are_merged_where_networkx_refuses():
    """A doubled tie and a loop close nothing more."""
    graph = nx.MultiGraph([(0, 1), (0, 1), (1, 2), (0, 2), (2, 2)])
    with pytest.raises(nx.NetworkXNotImplemented):
        nx.clustering(graph)
    assert clustering(graph).tolist() == [1, 1, 1]
