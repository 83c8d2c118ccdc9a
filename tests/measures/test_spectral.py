"""Eigenvector centrality, Katz and PageRank."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netmap.errors import MeasureError
from netmap.measures.spectral import eigenvector, katz, pagerank
from tests.measures.saying import says


def test_two_scalings():
    """Greatest 1 (igraph) or sum of squares 1 (networkx): .7071 and .3536, not what an iteration swings to."""
    star = nx.star_graph(4)
    assert eigenvector(star).tolist() == pytest.approx([1, 0.5, 0.5, 0.5, 0.5])
    assert eigenvector(star, scale="unit").tolist() == pytest.approx([0.5**0.5] + [0.125**0.5] * 4)
    with says(MeasureError, "scale is one of max, unit, not 'l2'."):
        eigenvector(star, scale="l2")


def test_only_the_largest_component_has_values():
    """A triangle and a pair: the pair is not defined, where other libraries give zeros or raise."""
    graph = nx.complete_graph(3)
    graph.add_edge(3, 4)
    with pytest.raises(nx.AmbiguousSolution):
        nx.eigenvector_centrality_numpy(graph)
    found = eigenvector(graph)
    assert found.tolist()[:3] == pytest.approx([1, 1, 1])
    assert found.attrs["undefined"] == {"outside the largest component": 2}


def test_no_largest_component_no_values():
    """Two equal parts, or nobody tied to anybody."""
    assert eigenvector(nx.Graph([(0, 1), (2, 3)])).attrs["undefined"] == {"two components are equally large": 4}
    assert eigenvector(nx.empty_graph(2)).attrs["undefined"] == {"no component has two nodes": 2}
    assert len(eigenvector(nx.Graph())) == 0


def test_direction_points_towards_prestige():
    """In a ring with one tie across, who is pointed at twice has most."""
    graph = nx.DiGraph([(0, 1), (1, 2), (2, 0), (0, 2)])
    found = eigenvector(graph)
    assert found.idxmax() == 2
    assert eigenvector(nx.DiGraph([(0, 1), (1, 2)])).isna().all()


def test_katz_by_hand_and_its_bounds():
    """On a path of three the radius is sqrt(2): alpha has to stay below 0.7071."""
    assert katz(nx.path_graph(3), 0.5).tolist() == pytest.approx([3, 4, 3])
    assert katz(nx.path_graph(3)).tolist() == pytest.approx(katz(nx.path_graph(3), 0.5 / 2**0.5).tolist())
    with says(MeasureError, "alpha must be from 0 and below 0.707107 here, not 0.8."):
        katz(nx.path_graph(3), 0.8)
    with says(MeasureError, "alpha must be from 0 and a number here, not -1."):
        katz(nx.empty_graph(2), -1)


def test_katz_without_a_cycle_needs_an_alpha():
    """A directed network without a cycle has radius 0."""
    line = nx.DiGraph([(0, 1), (1, 2)])
    assert katz(line).attrs["undefined"] == {"no cycle to scale alpha by: give one": 3}
    assert katz(line, 0.5).tolist() == [1, 1.5, 1.75]


def test_katz_is_networkxs_but_for_the_scale():
    """Divided by the root of the sum of squares."""
    graph = nx.karate_club_graph()
    known = nx.katz_centrality_numpy(graph, alpha=0.1, weight=None)
    found = katz(graph, 0.1)
    assert (found / np.linalg.norm(found)).to_dict() == pytest.approx(known)


def test_pagerank_sums_to_one_with_dead_ends():
    """Who has no tie onwards starts anew anywhere; weights choose the way."""
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([("a", "b", 3), ("a", "c", 1), ("b", "c", 1)])
    for weight in (None, "weight"):
        found = pagerank(graph, weight=weight)
        assert found.sum() == pytest.approx(1)
        assert found.to_dict() == pytest.approx(nx.pagerank(graph, weight=weight, tol=1e-14))
    with says(MeasureError, "damping must be from 0 to below 1, not 1."):
        pagerank(graph, 1)
