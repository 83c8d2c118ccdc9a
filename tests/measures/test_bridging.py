"""Bridges, cutpoints, local bridges, overlap and bridging centrality."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netmap.errors import MeasureError
from netmap.measures.bridging import bridge_ties, bridging_centrality, cutpoints, embeddedness, local_bridges
from netmap.measures.centralities import edge_betweenness
from netmap.view import View
from tests.measures.saying import says


def test_the_bridge_of_a_barbell():
    """It separates 16 of 28 pairs, which is its betweenness."""
    graph = nx.barbell_graph(4, 0)
    found = bridge_ties(graph)
    assert found.index[found["bridge"]].tolist() == [(3, 4)]
    assert found.loc[(3, 4), "pairs"] == edge_betweenness(graph, normalised=False)[3, 4] == 16
    assert found.loc[(3, 4), "share"] == found.loc[(3, 4), "share_own"] == pytest.approx(16 / 28)
    assert found["share_own"].isna().sum() == 12
    assert found.attrs["undefined"] == {"not a bridge": 12}


def test_a_second_kind_of_tie_is_a_second_way_or_not():
    """Two parallel ties: one pair of organisations, so a bridge; two relationships, so none."""
    graph = nx.MultiGraph([("a", "b"), ("a", "b"), ("b", "c"), ("b", "b")])
    assert bridge_ties(graph)["bridge"].tolist() == [True, True]
    separate = bridge_ties(graph, "separate")
    assert separate["bridge"].tolist() == [False, True]
    assert separate.loc[("a", "b"), "pairs"] == 0
    view = View.from_networkx(graph)
    assert bridge_ties(view, "separate", number=[2, 1])["bridge"].tolist() == [False, True]


def test_a_view_does_not_remember_parallel_ties():
    """It has to be told, with one number for each tie."""
    view = View(["a", "b"], [0], [1])
    with says(
        MeasureError, "A view has its parallel ties merged: say with number= how many each tie stands for."
    ):
        bridge_ties(view, "separate")
    with says(MeasureError, "number has 2 values for 1 ties."):
        bridge_ties(view, "separate", number=[1, 1])


def test_direction_is_dropped():
    """a to b to c: both ties are bridges, b is a cutpoint."""
    graph = nx.DiGraph([("a", "b"), ("b", "c")])
    assert bridge_ties(graph)["bridge"].all()
    assert cutpoints(graph)["cutpoint"].tolist() == [False, True, False]


def test_what_rests_on_the_middle_of_a_path():
    """Four in a row: without the second, one of three pairs of the others is left."""
    found = cutpoints(nx.path_graph(4))
    assert found["pairs"].tolist() == [0, 2, 2, 0]
    assert found["share"].tolist() == pytest.approx([0, 2 / 3, 2 / 3, 0])
    assert found["pieces"].tolist() == [1, 2, 2, 1]


def test_shares_without_pairs_are_not_defined():
    """With two nodes there is no pair of others; without ties there is none at all."""
    assert cutpoints(nx.path_graph(2))["share"].isna().all()
    assert cutpoints(nx.empty_graph(2))["share"].isna().all()
    assert cutpoints(nx.path_graph(2)).attrs["undefined"] == {"no pair of nodes is in contact": 2}


def test_mass_follows_the_order_the_view_was_given():
    """Only people count: the groups z and m of a two-mode path carry them and are not counted."""
    view = View(["z", "p1", "m", "p2", "p3"], [1, 0, 3, 2], [0, 3, 2, 4])
    found = cutpoints(view, mass=[0, 1, 0, 1, 1])
    assert found["pairs"].to_dict() == {"z": 2, "p1": 0, "m": 2, "p2": 1, "p3": 0}
    assert bridge_ties(view, mass=[0, 1, 0, 1, 1])["pairs"].to_dict() == {
        ("m", "p2"): 2, ("m", "p3"): 2, ("p1", "z"): 2, ("p2", "z"): 2,
    }  # fmt: skip
    with says(MeasureError, "mass has 1 values for 5 nodes."):
        cutpoints(view, mass=[1])


def test_karate_has_eleven_local_bridges():
    """One of them a bridge without any way round."""
    found = local_bridges(nx.karate_club_graph())
    assert found["local_bridge"].sum() == 11
    assert np.isinf(found["span"]).sum() == 1
    assert found.loc[found["local_bridge"], "span"].min() == 3


def test_overlap():
    """0 for a local bridge, 1 in a triangle, not defined where neither end has another tie."""
    assert embeddedness(nx.cycle_graph(4)).tolist() == [0] * 4
    assert embeddedness(nx.complete_graph(4)).tolist() == [1] * 6
    alone = embeddedness(nx.path_graph(2))
    assert alone.isna().all()
    assert alone.attrs["undefined"] == {"neither end has another tie": 1}
    assert embeddedness(nx.path_graph(3)).tolist() == [0, 0]


def test_bridging_centrality_is_a_product_of_values():
    """The middle of three: betweenness 1 x (1/2)/(1 + 1); isolates have 0 by convention."""
    graph = nx.path_graph(3)
    graph.add_node(3)
    assert bridging_centrality(graph).tolist() == pytest.approx([0, 1 / 3 * 0.25, 0, 0])
    assert bridging_centrality(nx.path_graph(2)).isna().all()


def test_bridging_centrality_is_not_closeness_lost():
    """Valente and Fujimoto's bridging is the mean loss of closeness per tie: a star's leaves have some, here none."""
    star = bridging_centrality(nx.star_graph(4))
    assert star.tolist() == pytest.approx([0.25 / 4, 0, 0, 0, 0])
