"""Brokerage roles and the two nulls."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netmap.errors import MeasureError
from netmap.kernels.brokerage import brokerage as counted
from netmap.measures.brokers import ROLES, brokerage
from netmap.view import View
from tests.measures.saying import says


def test_a_star_between_three_groups():
    """The centre, in a with one other, stands between six pairs: a-b twice, a-c, b-b once, b-c twice."""
    table = brokerage(nx.star_graph(4), ["a", "a", "b", "b", "c"])
    centre = table.loc[0]
    assert centre[["coordinator", "consultant", "gatekeeper", "liaison", "total"]].tolist() == [0, 1, 3, 2, 6]
    assert "representative" not in table
    assert (table.loc[1:, "total"] == 0).all()


def test_directed_roles_have_five_columns():
    """b to v to a is gatekeeping, a to v to b representing."""
    graph = nx.DiGraph([("x", "v"), ("v", "y")])
    groups = {"x": "out", "v": "in", "y": "in"}
    table = brokerage(graph, groups)
    assert table.loc["v", list(ROLES)].tolist() == [0, 0, 0, 1, 0]
    assert brokerage(graph.reverse(), groups).loc["v", "representative"] == 1


def test_each_pair_counts_once_where_sna_counts_both_orders():
    """On the karate club Mr Hi coordinates 148 ordered pairs, so 74."""
    graph = nx.karate_club_graph()
    side = ["Mr Hi"] * 34
    for i in (8, 9, 14, 15, 18, 20, 22, *range(23, 34)):
        side[i] = "John A"
    assert brokerage(graph, side).loc[0, "coordinator"] == 74
    assert brokerage(graph, side, "bernoulli").loc[0, "coordinator"] == 74


def test_z_of_an_undirected_network_is_smaller_by_sqrt_2():
    """sna has 7.9665 for the second member; his true z is 5.6332; gatekeepers keep theirs."""
    graph = nx.karate_club_graph()
    side = ["Mr Hi"] * 34
    for i in (8, 9, 14, 15, 18, 20, 22, *range(23, 34)):
        side[i] = "John A"
    table = brokerage(graph, side, "bernoulli")
    assert table.loc[1, "z_coordinator"] == pytest.approx(7.9665057478478873 / 2**0.5)
    assert table.loc[1, "z_gatekeeper"] == pytest.approx(0.80916005527710833)
    assert table.loc[1, "expected_coordinator"] == pytest.approx(3.4951598841632534 / 2)


def test_dealing_labels_out_again_agrees_with_the_closed_form():
    """4,000 deals of the labels: means and deviations as the formulas say."""
    graph = nx.gnp_random_graph(14, 0.3, seed=3, directed=True)
    labels = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2])
    table = brokerage(graph, labels)
    view = View.from_networkx(graph)
    rng = np.random.default_rng(5)
    node = int(table["total"].to_numpy().argmax())
    others = np.delete(np.arange(14), node)
    draws = []
    for _ in range(4000):
        dealt = labels.copy()
        dealt[others] = rng.permutation(labels[others])
        draws.append(counted(view.csr, view.csr_in, dealt).roles[node])
    mean, spread = np.mean(draws, axis=0), np.std(draws, axis=0)
    for i, role in enumerate(ROLES):
        assert table.loc[node, f"expected_{role}"] == pytest.approx(mean[i], abs=4 * spread[i] / 4000**0.5)
        z = (table.loc[node, role] - mean[i]) / spread[i]
        assert table.loc[node, f"z_{role}"] == pytest.approx(z, abs=0.15)


def test_a_count_that_cannot_vary_has_no_z():
    """Everyone in one group; or a group of one, whose coordinators there cannot be."""
    table = brokerage(nx.path_graph(3), [0, 0, 0])
    assert table["z_coordinator"].isna().all()
    assert table["z_total"].isna().all()
    assert table.attrs["undefined"] == {"the count cannot vary": 3}
    alone = brokerage(nx.path_graph(4), ["a", "b", "c", "c"], "bernoulli")
    assert np.isnan(alone.loc[1, "z_coordinator"])


def test_nodes_in_no_group_are_a_group_and_are_counted():
    """Missing and empty labels stand together as unknown."""
    table = brokerage(nx.path_graph(3), ["", "a", None])
    assert table.loc[1, "consultant"] == 1
    assert table.attrs["unknown_group"] == 2
    assert "unknown_group" not in brokerage(nx.path_graph(3), [0, 0, 1]).attrs


def test_no_ties_no_nodes_and_a_wrong_null():
    """Zeros, an empty table, and a message."""
    assert brokerage(nx.empty_graph(2), [0, 1])["total"].tolist() == [0, 0]
    assert len(brokerage(nx.Graph(), [])) == 0
    with says(MeasureError, "null is one of labels, bernoulli, not 'label'. Did you mean labels?"):
        brokerage(nx.path_graph(3), [0, 0, 1], "label")
