"""Brokerage between groups against groups dealt out at random."""

from itertools import permutations

import networkx as nx
import numpy as np
import pytest

from netmap.chance.brokering import brokerage_test
from netmap.errors import MeasureError
from netmap.measures import brokerage

LABELS = ["a", "a", "b", "b", "c", "a"]


def graph(directed):
    return nx.gnp_random_graph(6, 0.5, seed=4, directed=directed)


@pytest.mark.parametrize("directed", [False, True])
def test_counts_and_expectations_are_those_of_brokerage(directed):
    test, table = brokerage_test(graph(directed), LABELS, draws=19), brokerage(graph(directed), LABELS)
    roles = [c for c in test.columns if "_" not in c]
    assert ("representative" in roles) == directed
    for role in roles:
        assert np.allclose(test[role], table[role])
        assert np.allclose(test[f"expected_{role}"], table[f"expected_{role}"])


@pytest.mark.parametrize("directed", [False, True])
def test_p_by_going_through_all_permutations(directed):
    """p comes near the share of all ways to deal the others' groups that are as far from the mean."""
    found = brokerage_test(graph(directed), LABELS, draws=4999)
    roles = [c for c in found.columns if "_" not in c]
    every = {v: [] for v in range(6)}
    for v in range(6):
        others = [i for i in range(6) if i != v]
        for dealt in set(permutations([LABELS[i] for i in others])):
            labels = [""] * 6
            labels[v] = LABELS[v]
            for i, label in zip(others, dealt, strict=True):
                labels[i] = label
            every[v].append(brokerage(graph(directed), labels).loc[v, roles].to_numpy(dtype=float))
    for v in range(6):
        null = np.array(every[v])
        mean = null.mean(axis=0)
        away = np.abs(found.loc[v, roles].to_numpy(dtype=float) - mean)
        exact = (np.abs(null - mean) >= away - 1e-9).mean(axis=0)
        p = found.loc[v, [f"p_{r}" for r in roles]].to_numpy(dtype=float)
        varies = null.std(axis=0) > 1e-12
        assert np.array_equal(np.isnan(p), ~varies)
        assert np.abs(p - exact)[varies].max(initial=0) < 0.03


def test_a_lone_bridge_between_two_groups_stands_out():
    """The middle of a barbell brokers between its ends more than groups at random would have it."""
    club = nx.barbell_graph(6, 1)
    found = brokerage_test(club, ["a"] * 6 + ["b"] * 6 + ["m"], draws=999)
    assert found.loc[6, "liaison"] == 1
    assert found["q_liaison"].min() >= 0
    assert found.loc[5, "p_gatekeeper"] > 0


def test_edges():
    """No nodes, no ties, one group: no p; a node without a group forms one of its own."""
    for bare in (nx.empty_graph(0), nx.empty_graph(3)):
        assert brokerage_test(bare, [0] * len(bare), draws=19).filter(like="p_").isna().all(axis=None)
    assert brokerage_test(nx.path_graph(4), ["a"] * 4, draws=19).filter(like="p_").isna().all(axis=None)
    assert brokerage_test(nx.path_graph(4), ["a", "a", None, "b"], draws=19).attrs["unknown_group"] == 1
    with pytest.raises(MeasureError, match="at least 19"):
        brokerage_test(nx.path_graph(4), ["a"] * 4, draws=1)


def test_names_and_order_do_not_matter():
    one = brokerage_test(graph(False), LABELS, draws=99)
    turned = nx.Graph()
    turned.add_nodes_from(range(5, -1, -1))
    turned.add_edges_from(graph(False).edges)
    other = brokerage_test(turned, LABELS[::-1], draws=99)
    assert one.equals(other.loc[one.index])
