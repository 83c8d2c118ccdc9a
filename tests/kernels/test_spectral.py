"""Eigenvectors, Katz and PageRank on arrays."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.kernels import _native, spectral
from netmap.kernels.components import component_labels
from netmap.kernels.subgraphs import induced
from tests.kernels.drawn import drawn
from tests.kernels.graphs import complete, graph, path, star


def test_a_star_is_two_sided_and_still_solved():
    """Eigenvalue 2 and leaves half of the centre: an iteration without a shift swings for ever."""
    value, vector = spectral.leading(star(5), symmetric=True)
    assert value == pytest.approx(2)
    assert vector == pytest.approx([1, 0.5, 0.5, 0.5, 0.5])


def test_large_graphs_are_solved_as_small_ones(monkeypatch):
    """The iterative search gives what the dense one gives, with and without direction."""
    ties = [(i, (i + 1) % 30) for i in range(30)] + [(i, (i + 7) % 30) for i in range(0, 30, 3)]
    ring = graph(30, ties, directed=True)
    for csr, symmetric in ((star(40), True), (path(25), True), (ring, False)):
        known = spectral.leading(csr, symmetric=symmetric)
        with monkeypatch.context() as patch:
            patch.setattr(spectral, "DENSE_N", 5)
            found = spectral.leading(csr, symmetric=symmetric)
        assert found[0] == pytest.approx(known[0])
        assert found[1] == pytest.approx(known[1], abs=1e-8)


@pytest.mark.skipif(not _native._THERE, reason="the kernels are not compiled")
@pytest.mark.parametrize("first", range(0, 240, 60))
def test_compiled_and_dense_vectors_agree(first, monkeypatch):
    """On drawn graphs, two-sided and nearly two-fold ones too, as closely as the gap to the next eigenvalue allows."""
    from netmap.kernels import _compiled

    for number in range(first, first + 60):
        for directed in (False, True):
            csr, _, _ = drawn(number, directed=directed)
            labels = component_labels(csr, strong=directed)
            part = induced(csr, np.flatnonzero(labels == 0))
            if part.arcs == 0:
                continue
            with _native.using("python"):
                value, vector = spectral.leading(part, symmetric=not directed)
            table = np.zeros((part.n, part.n))
            table[part.rows, part.indices] = part.weights
            others = np.sort(np.abs(np.linalg.eigvals(table) - value))
            gap = others[1] / value if part.n > 1 else 1.0
            with monkeypatch.context() as patch:
                patch.setattr(spectral, "DENSE_N", 0)
                found = _compiled.leading(part, symmetric=not directed)
            assert found is not NotImplemented, number
            assert found[0] == pytest.approx(value, rel=1e-12)
            np.testing.assert_allclose(found[1], vector, rtol=0, atol=1e-12 + 1e-14 / gap, err_msg=str(number))


def test_the_radius_does_not_solve_every_piece(monkeypatch):
    """Pieces whose strongest node is weaker than the eigenvalue already found are left alone."""
    solved = []
    known = spectral.leading
    monkeypatch.setattr(spectral, "leading", lambda part, **way: solved.append(part.n) or known(part, **way))
    ties = [(i, j) for i in range(5) for j in range(i + 1, 5)] + [(i, i + 1) for i in range(5, 24, 2)]
    assert spectral.spectral_radius(graph(25, ties), symmetric=True) == pytest.approx(4)
    assert solved == [5]


def test_the_radius_of_a_graph_in_pieces_is_the_greatest():
    """A clique of four has 3, whatever else is there; a directed graph without a cycle has 0."""
    ties = [(i, j) for i in range(4) for j in range(i + 1, 4)] + [(4, 5)]
    assert spectral.spectral_radius(graph(7, ties), symmetric=True) == pytest.approx(3)
    assert spectral.spectral_radius(graph(3, [(0, 1), (0, 2), (1, 2)], directed=True), symmetric=False) == 0
    assert spectral.spectral_radius(graph(0, []), symmetric=True) == 0


def test_katz_counts_walks():
    """Alpha 1/2 on 0 to 1 to 2: 1, 1 + 1/2, 1 + 1/2 + 1/4."""
    line = graph(3, [(0, 1), (1, 2)], directed=True)
    assert spectral.katz(line, 0.5).tolist() == [1, 1.5, 1.75]


def test_pagerank_of_a_ring_and_of_a_dead_end():
    """Even on a complete graph; who has no way on starts anew anywhere: 0 to 1 gives 0.5/(1.425) and the rest."""
    assert spectral.pagerank(complete(4)) == pytest.approx([0.25] * 4)
    found = spectral.pagerank(graph(2, [(0, 1)], directed=True))
    x = 1 / (2 + 0.85)
    assert found == pytest.approx([x, 1 - x])
    assert spectral.pagerank(graph(0, [])).tolist() == []


def test_pagerank_without_damping_is_even():
    """With damping 0 every step starts anew."""
    assert spectral.pagerank(star(4), 0.0) == pytest.approx([0.25] * 4)


def test_a_walk_may_begin_and_start_anew_where_it_is_told():
    """Along 0 to 1 to 2, starting anew at 0: x, d x, d^2 x; from a dead end to 1 alone: all but the start comes by it."""
    line = graph(3, [(0, 1), (1, 2)], directed=True)
    home = np.array([1.0, 0.0, 0.0])
    found, held = spectral.walk(line, 0.5, restart=home)
    assert held
    # At 0: half starts anew, and half of what was stranded at 2 comes back too: x = 1/2 + x/8.
    assert found == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    found, _ = spectral.walk(line, 0.5, restart=home, stranded=np.array([0.0, 1.0, 0.0]))
    assert found == pytest.approx([1 / 2, 1 / 3, 1 / 6])
    assert spectral.walk(line, 0.5, start=home, restart=home, steps=1)[0].tolist() == [0.5, 0.5, 0]
    assert not spectral.walk(line, 0.5, steps=1)[1]
    assert spectral.walk(line, 0.5, steps=1, tolerance=1.0)[1]


def test_power_nears_the_leading_vector():
    """On a star of four: the centre has half of the squares; one step from even adds to each what its neighbours have."""
    found, held = spectral.power(star(4), tolerance=1e-13, steps=1000)
    assert held
    assert found == pytest.approx([0.5**0.5, *[6**-0.5] * 3])
    once, held = spectral.power(star(4), tolerance=1e-13, steps=1)
    assert not held
    assert once == pytest.approx(np.array([4, 2, 2, 2]) / 28**0.5)


def test_no_ties():
    """Eigenvalue 0, everyone alike."""
    value, vector = spectral.leading(graph(3, []), symmetric=True)
    assert value == 0
    assert np.array_equal(vector, np.ones(3))
