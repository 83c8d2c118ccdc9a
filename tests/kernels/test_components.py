"""Components and the pairs in them."""

from __future__ import annotations

import numpy as np

from netmap.kernels.components import component_labels, pairs_within
from tests.kernels.graphs import graph


def test_the_largest_component_is_0():
    """Three nodes 3-4-5 come before the pair 0-1 and the isolate 2."""
    assert component_labels(graph(6, [(0, 1), (3, 4), (4, 5)])).tolist() == [1, 1, 2, 0, 0, 0]


def test_strong_components_ask_for_a_way_back():
    """0 to 1 to 2 to 0 and 2 to 3: three belong together, the last stands alone; weakly all are one."""
    csr = graph(4, [(0, 1), (1, 2), (2, 0), (2, 3)], directed=True)
    assert component_labels(csr, strong=True).tolist() == [0, 0, 0, 1]
    assert component_labels(csr).tolist() == [0] * 4


def test_pairs_with_and_without_mass():
    """Groups of three and two hold 3 + 1 pairs; with one node counting nothing, 1 + 1."""
    labels = np.array([0, 0, 0, 1, 1])
    assert pairs_within(labels) == 4
    assert pairs_within(labels, np.array([0.0, 1, 1, 1, 1])) == 2
    assert pairs_within(labels[:0]) == 0
    assert component_labels(graph(0, [])).tolist() == []
