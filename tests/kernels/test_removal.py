"""What is left as nodes go."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.kernels.removal import distance_fragmentation, largest_left, removal_order
from tests.kernels.graphs import complete, graph, path, star


def test_a_star_without_its_centre_is_in_pieces():
    """Nobody reaches anybody; without a leaf all is as before."""
    found = distance_fragmentation(star(5), np.array([[0], [1]]))
    assert found == pytest.approx([1.0, 1 - (6 * 1 + 6 * 0.5) / 12])


def test_the_largest_part_as_a_path_is_cut():
    """Five in a row: without the middle one two are left together, then ..."""
    assert largest_left(path(5), np.array([2, 0, 1, 3, 4])).tolist() == [5, 2, 2, 2, 1, 0]
    assert largest_left(path(5), np.array([2])).tolist() == [5, 2]
    assert largest_left(graph(0, []), np.zeros(0, dtype=np.int64)).tolist() == [0]


def test_the_order_by_degree_looks_again_after_each():
    """Nodes 0 (4 ties) and 1 (3 ties, one to 0): after 0 is gone 5, with 3, comes before 1, with 2."""
    ties = [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (5, 6), (5, 7), (5, 8)]
    order = removal_order(graph(9, ties), "degree", np.random.default_rng(0))
    assert order[:2].tolist() == [0, 5]
    assert sorted(order.tolist()) == list(range(9))


def test_the_order_by_betweenness_goes_on_by_degree():
    """The middle of a path first; when nobody is between others any more, who has most ties."""
    order = removal_order(path(5), "betweenness", np.random.default_rng(0))
    assert order[0] == 2
    assert sorted(order.tolist()) == list(range(5))
    both = removal_order(graph(5, [(0, 1), (0, 2), (1, 2)]), "betweenness", np.random.default_rng(0))
    assert set(both[:2].tolist()) < {0, 1, 2}


def test_chance_decides_between_equals_and_is_seeded():
    """A clique falls in an order drawn by the seed."""
    one, two = (removal_order(complete(6), "degree", np.random.default_rng(s)) for s in (1, 1))
    assert one.tolist() == two.tolist()
    orders = {tuple(removal_order(complete(6), "random", np.random.default_rng(s)).tolist()) for s in range(5)}
    assert len(orders) > 1
