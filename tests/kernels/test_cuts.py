"""Bridges, cutpoints and what rests on them."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.kernels.cuts import cuts
from tests.kernels.graphs import barbell, complete, graph, path, star


def test_the_bridge_of_a_barbell_separates_sixteen_of_twenty_eight_pairs():
    """4 x 4 of 8 x 7 / 2."""
    found = cuts(barbell(), 13)
    assert found.bridge.sum() == 1
    t = int(np.flatnonzero(found.bridge)[0])
    assert (found.tie_pairs[t], found.pairs) == (16, 28)
    assert found.tie_share[t] == found.tie_share_own[t] == pytest.approx(16 / 28)
    assert found.sides[t].tolist() == [4, 4]


def test_the_ends_of_the_bridge_are_cutpoints():
    """Without node 3, three of its clique lose the other four: 12 of the 21 other pairs."""
    found = cuts(barbell(), 13)
    assert np.flatnonzero(found.cutpoint).tolist() == [3, 4]
    assert found.node_pairs[3] == 12
    assert found.node_share[3] == pytest.approx(12 / 21)
    assert found.node_pieces.tolist() == [1, 1, 1, 2, 2, 1, 1, 1]


def test_sides_name_the_source_first():
    """On the path 0-1-2-3 the tie 0-1 has one node on the side of its source, three on that of its target."""
    assert cuts(path(4), 3).sides.tolist() == [[1, 3], [2, 2], [3, 1]]


def test_a_small_component_matters_little_to_the_whole():
    """The centre of a star of five holds all of its own, and few of the pairs of a network with a clique of ten."""
    ties = [(0, i) for i in range(1, 5)] + [(i, j) for i in range(5, 15) for j in range(i + 1, 15)]
    found = cuts(graph(15, ties), len(ties))
    assert found.pairs == 10 + 45
    assert found.node_share[0] == pytest.approx(6 / 51)
    first = int(np.flatnonzero(found.bridge)[0])
    assert (found.tie_share[first], found.tie_share_own[first]) == pytest.approx((4 / 55, 4 / 10))


def test_nodes_without_mass_connect_but_are_not_counted():
    """In a two-mode star the group in the middle joins four people: six pairs, none of which counts the group."""
    mass = np.array([0.0, 1, 1, 1, 1])
    found = cuts(star(5), 4, mass)
    assert found.pairs == 6
    assert found.node_pairs[0] == found.node_base[0] == 6
    assert found.tie_pairs.tolist() == [3, 3, 3, 3]
    assert found.node_base[1] == 3


def test_a_root_with_one_branch_and_a_ring_hold_nothing():
    """No node of a ring or a clique, and no end of a path, is a cutpoint."""
    ring = graph(5, [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)])
    for csr, m in ((ring, 5), (complete(4), 6)):
        found = cuts(csr, m)
        assert not found.bridge.any()
        assert not found.cutpoint.any()
        assert found.node_pairs.tolist() == [0] * csr.n
    assert cuts(path(3), 2).cutpoint.tolist() == [False, True, False]


def test_a_pair_has_no_other_pair_to_lose():
    """With two nodes there is no pair of others: the share is 0 and the base says so."""
    found = cuts(path(2), 1)
    assert found.node_base.tolist() == [0, 0]
    assert found.node_share.tolist() == [0, 0]
    assert found.tie_share.tolist() == [1]


def test_nothing_gives_nothing():
    """No nodes, or no ties."""
    assert cuts(graph(0, []), 0).pairs == 0
    found = cuts(graph(3, []), 0)
    assert (found.pairs, found.cutpoint.any(), found.node_pieces.tolist()) == (0, False, [0, 0, 0])


def test_a_path_of_100_000_needs_no_recursion():
    """Deep graphs are searched without a deep stack."""
    n = 100_000
    found = cuts(path(n), n - 1)
    assert found.bridge.all()
    assert found.tie_pairs[0] == n - 1
