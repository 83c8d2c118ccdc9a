"""Graphs made from a graph."""

from __future__ import annotations

import numpy as np

from netmap.kernels.subgraphs import induced, is_symmetric, reverse
from tests.kernels.drawn import drawn
from tests.kernels.graphs import complete, graph


def test_the_graph_among_some_nodes():
    """Nodes 1, 2 and 4 of a complete graph of five are a triangle; ties are numbered anew, in their order."""
    part = induced(complete(5), np.array([1, 2, 4]))
    assert part.indices.tolist() == [1, 2, 0, 2, 0, 1]
    assert part.tie.tolist() == [0, 1, 0, 2, 1, 2]
    nobody = induced(complete(5), np.zeros(0, dtype=np.int64))
    assert nobody.n == 0
    assert nobody.arcs == 0


def test_arcs_turned_round():
    """0 to 1 and 0 to 2 become 1 to 0 and 2 to 0, with their strengths; turned twice a graph is as it was."""
    line = graph(3, [(0, 1), (0, 2)], directed=True)
    back = reverse(line)
    assert back.indptr.tolist() == [0, 0, 1, 2]
    assert back.indices.tolist() == [0, 0]
    assert reverse(complete(3)).indices.tolist() == complete(3).indices.tolist()
    for number in range(40):
        csr, into, _ = drawn(number, directed=True)
        turned = reverse(csr)
        assert turned.indices.tolist() == into.indices.tolist()
        assert turned.weights.tolist() == into.weights.tolist()
        assert csr.weights[np.argsort(csr.tie)][turned.tie].tolist() == turned.weights.tolist()
        assert reverse(turned).tie.tolist() == csr.tie.tolist()


def test_whether_ties_go_both_ways():
    """An undirected graph is its own reverse; without ties there is nothing to tell by."""
    assert is_symmetric(complete(3))
    assert not is_symmetric(graph(3, [(0, 1), (1, 2)], directed=True))
    assert not is_symmetric(graph(3, []))
