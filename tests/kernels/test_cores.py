"""Cores by peeling."""

from __future__ import annotations

import numpy as np

from netmap.kernels.cores import arcs_of, core_numbers, strength_cores
from netmap.kernels.subgraphs import reverse
from tests.kernels.graphs import complete, graph, path, star


def test_a_triangle_with_a_tail():
    """The triangle is the 2-core, the tail the 1-core, the isolate the 0-core."""
    csr = graph(6, [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4)])
    assert core_numbers(csr).tolist() == [2, 2, 2, 1, 1, 0]


def test_complete_star_path_and_nothing():
    """n - 1 in a complete graph; 1 in a star and a path."""
    assert core_numbers(complete(5)).tolist() == [4] * 5
    assert core_numbers(star(4)).tolist() == [1] * 4
    assert core_numbers(path(9)).tolist() == [1] * 9
    assert core_numbers(graph(0, [])).tolist() == []


def test_in_cores_count_ties_received():
    """In the ring 0 to 1 to 2 to 0 with 3 pointing in, everyone but 3 has a tie from within."""
    out = graph(4, [(0, 1), (1, 2), (2, 0), (3, 0)], directed=True)
    assert core_numbers(out, counted=reverse(out)).tolist() == [1, 1, 1, 0]
    assert core_numbers(reverse(out), counted=out).tolist() == [1, 1, 1, 1]


def test_strength_cores():
    """Ties 0-1 of 5, 1-2 of 1 and 2-3 of 3: the weak middle is cut first."""
    csr = graph(4, [(0, 1), (1, 2), (2, 3)], [5.0, 1.0, 3.0])
    assert strength_cores(csr).tolist() == [5, 5, 3, 3]
    assert strength_cores(complete(4)).tolist() == [3] * 4


def test_arcs_of_several_nodes():
    """Arcs of nodes 2 and 0, in that order."""
    csr = star(4)
    assert csr.indices[arcs_of(csr, np.array([2, 0]))].tolist() == [0, 1, 2, 3]
    assert arcs_of(graph(2, []), np.array([0, 1])).tolist() == []
