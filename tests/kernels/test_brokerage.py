"""Brokered pairs by role, and what chance would give."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from netmap.kernels.brokerage import bernoulli_moments, brokerage, label_moments, two_paths
from netmap.kernels.subgraphs import reverse
from tests.kernels.graphs import complete, graph, path, star


def count(csr, labels):
    return brokerage(csr, reverse(csr), np.array(labels))


def test_a_path_is_brokered_in_both_orders():
    """On 0-1-2 the middle brokers (0, 2) and (2, 0); A A B is once representative and once gatekeeper."""
    found = count(path(3), [0, 0, 1])
    assert found.roles.tolist() == [[0] * 5, [0, 0, 1, 1, 0], [0] * 5]
    assert found.total.tolist() == [0, 2, 0]
    assert found.reversed[1] == 2


def test_the_five_roles():
    """a to v to b for one pair in each role."""
    for a, b, role in ((0, 0, 0), (1, 1, 1), (0, 1, 2), (1, 0, 3), (1, 2, 4)):
        found = count(graph(3, [(0, 1), (1, 2)], directed=True), [a, 0, b])
        assert found.roles[1].tolist() == [float(i == role) for i in range(5)]


def test_a_direct_tie_leaves_nothing_to_broker():
    """Nobody brokers in a clique; a tie back does not close the way there."""
    assert not count(complete(4), [0, 1, 0, 1]).total.any()
    ring = graph(3, [(0, 1), (1, 2), (2, 0)], directed=True)
    assert count(ring, [0, 0, 0]).total.tolist() == [1, 1, 1]


def test_paths_of_two_steps():
    """In the middle of a star of four: six ordered pairs, none closed; in a clique all closed."""
    every, open_ = two_paths(star(4), star(4))
    assert (every[0], open_[0]) == (6, 6)
    every, open_ = two_paths(complete(3), complete(3))
    assert (every.tolist(), open_.tolist()) == ([2, 2, 2], [0, 0, 0])


def test_pairs_that_share_an_end():
    """The centre of a star of four brokers six ordered pairs; each shares its first end with one other."""
    found = count(star(4), [0, 0, 0, 0])
    assert (found.same_tail[0], found.same_head[0], found.reversed[0], found.chained[0]) == (6, 6, 6, 12)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("labels", [[0, 0, 0, 1], [0, 0, 1, 2]])
def test_random_ties_by_going_through_all_networks(directed, labels):
    """Mean and variance over all networks of four nodes, each tie there with probability 0.3."""
    groups = np.array(labels)
    pairs = [(a, b) for a, b in product(range(4), repeat=2) if a != b] if directed else list(combinations(range(4), 2))
    first, second = np.zeros((4, 6)), np.zeros((4, 6))
    for there in product((0, 1), repeat=len(pairs)):
        csr = graph(4, [p for p, t in zip(pairs, there, strict=True) if t], directed=directed)
        roles = count(csr, groups).roles if csr.arcs else np.zeros((4, 5))
        if not directed:
            roles = np.column_stack([roles[:, :2], np.zeros(4), roles[:, 2] + roles[:, 3], roles[:, 4]]) / 2
        roles = np.column_stack([roles, roles.sum(axis=1)])
        chance = 0.3 ** sum(there) * 0.7 ** (len(pairs) - sum(there))
        first += chance * roles
        second += chance * roles**2
    mean, variance = bernoulli_moments(4, 0.3, groups, directed=directed)
    assert mean == pytest.approx(first, abs=1e-12)
    assert variance == pytest.approx(second - first**2, abs=1e-12)


def test_undirected_networks_vary_more_than_the_directed_formula_says():
    """Counting both orders of a pair as if they were apart understates the standard deviation by sqrt(2)."""
    labels = np.array([0, 0, 0, 1, 1])
    _, undirected = bernoulli_moments(5, 0.4, labels, directed=False)
    _, directed = bernoulli_moments(5, 0.4, labels, directed=True)
    both_orders = 4 * undirected
    assert both_orders[:, 0] == pytest.approx(2 * directed[:, 0])
    assert both_orders[:, 5] == pytest.approx(2 * directed[:, 5])


def test_one_group_leaves_no_room_for_chance():
    """Where all are of one group dealing labels out again changes nothing."""
    found = count(star(4), [0, 0, 0, 0])
    mean, variance = label_moments(found, np.zeros(4, dtype=int), directed=False)
    assert mean[0].tolist() == [3, 0, 0, 0, 0, 3]
    assert not variance.any()
