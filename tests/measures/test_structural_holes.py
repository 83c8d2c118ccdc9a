"""Burt's measures, where networkx and others have them otherwise."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netmap.errors import MeasureError
from netmap.measures.structural_holes import constraint, effective_size, efficiency, hierarchy
from tests.measures.saying import says


def weighted(*rows):
    graph = nx.Graph()
    graph.add_weighted_edges_from(rows)
    return graph


def test_constraint_can_exceed_one():
    """1.125 in a triad; 1 with one tie; not defined without."""
    assert constraint(nx.complete_graph(3)).tolist() == [1.125] * 3
    graph = nx.path_graph(2)
    graph.add_node(2)
    found = constraint(graph)
    assert found.tolist()[:2] == [1, 1]
    assert found.attrs["undefined"] == {"no ties": 1}


def test_networkx_effective_size_of_a_whole_weighted_network_is_wrong():
    """Ties u-a 3, u-b 1, a-b 2, a-c 5, b-c 1: Burt's formula gives 1.15 for u; for all at once networkx has 1.45."""
    graph = weighted(("u", "a", 3), ("u", "b", 1), ("a", "b", 2), ("a", "c", 5), ("b", "c", 1))
    assert effective_size(graph, "weight")["u"] == pytest.approx(1.15)
    assert nx.effective_size(graph, nodes=list(graph), weight="weight")["u"] == pytest.approx(1.15)
    whole = nx.effective_size(graph, weight="weight")["u"]
    if whole == pytest.approx(1.15):
        pytest.skip(f"networkx {nx.__version__} takes the path that is right")
    assert whole == pytest.approx(1.45)


def test_effective_size_of_the_four_node_example():
    """Edges 0-1:1, 0-2:2, 1-2:4, 2-3:1: by hand e(1) = 2 - (0.8 x 1 + 0.2 x 0.5) = 1.1."""
    graph = weighted((0, 1, 1), (0, 2, 2), (1, 2, 4), (2, 3, 1))
    assert effective_size(graph, "weight").tolist() == pytest.approx([1, 1.1, 2.642857142857143, 1])
    graph.add_edge(0, 0, weight=3)
    assert effective_size(graph, "weight").tolist() == pytest.approx([1, 1.1, 2.642857142857143, 1])


def test_a_loop_does_not_constrain():
    """networkx lets a loop into constraint, igraph and netmap do not."""
    graph = nx.Graph([(0, 1), (0, 2), (1, 2), (2, 3)])
    before = constraint(graph)
    graph.add_edge(0, 0)
    assert constraint(graph).tolist() == before.tolist()
    assert nx.constraint(graph)[0] != pytest.approx(before[0])


def test_effective_size_without_strengths_is_borgattis():
    """k - 2t/k."""
    graph = nx.karate_club_graph()
    found = effective_size(graph)
    for node in graph:
        k, t = graph.degree(node), nx.ego_graph(graph, node, center=False).number_of_edges()
        assert found[node] == pytest.approx(k - 2 * t / k)
        assert efficiency(graph)[node] == pytest.approx((k - 2 * t / k) / k)


def test_nodes_with_ties_in_only_have_values_too():
    """Asked node by node networkx gives NaN for who has only ties in; both directions are counted here."""
    graph = nx.DiGraph([("a", "c"), ("b", "c"), ("a", "b")])
    assert np.isnan(nx.effective_size(graph, nodes=["c"])["c"])
    assert effective_size(graph).notna().all()
    assert constraint(graph).tolist() == [1.125] * 3


def test_both_directions_are_summed():
    """A mutual pair weighs double against a one-sided one."""
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c")])
    assert constraint(graph)["a"] == pytest.approx((2 / 3) ** 2 + (1 / 3) ** 2)


def test_within_the_neighbourhood_or_the_whole_network():
    """The two conventions differ for most of Les Miserables, by up to 0.58; each is the one it says it is."""
    graph = nx.les_miserables_graph()
    whole, ego = constraint(graph), constraint(graph, variant="ego")
    differ = (whole - ego).abs()
    assert (differ > 1e-9).sum() == 57
    assert differ.max() == pytest.approx(0.58, abs=5e-3)
    assert whole.to_dict() == pytest.approx(nx.constraint(graph))
    assert constraint(graph, "weight").to_dict() == pytest.approx(nx.constraint(graph, weight="weight"))
    with says(MeasureError, "variant is one of network, ego, not 'egos'. Did you mean ego?"):
        constraint(graph, variant="egos")


def test_hierarchy_of_equals_is_zero_and_of_one_contact_one():
    """By convention 1 with one contact; not defined without."""
    graph = nx.complete_graph(4)
    graph.add_edge(3, 4)
    graph.add_node(5)
    found = hierarchy(graph)
    assert found[0] > 0
    assert (found[4], np.isnan(found[5])) == (1, True)
    assert hierarchy(nx.complete_graph(4)).abs().max() < 1e-12


def test_hierarchy_by_hand():
    """c of 0 by 1 and 2 are 9/16 each with the tie 1-2, so even; with strengths 3 and 1 it leans on one."""
    graph = weighted(("u", "a", 3), ("u", "b", 1))
    parts = np.array([9 / 16, 1 / 16])
    r = parts / parts.mean()
    assert hierarchy(graph, "weight")["u"] == pytest.approx((r * np.log(r)).sum() / (2 * np.log(2)))
    with says(MeasureError, "variant is one of network, ego, not ''."):
        hierarchy(graph, variant="")
