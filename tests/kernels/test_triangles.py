"""Triangles, shared neighbours, Burt's measures."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.kernels import triangles as kernel
from netmap.kernels._native import using
from netmap.kernels.csr import build_csr
from tests.kernels.graphs import barbell, complete, graph, star


def test_every_triangle_once():
    """A clique of six has twenty, two cliques of four have eight."""
    assert sum(block.shape[1] for block in kernel.triangles(complete(6))) == 20
    assert sum(block.shape[1] for block in kernel.triangles(barbell())) == 8
    assert list(kernel.triangles(star(5))) == []


def test_the_three_arcs_close():
    """u to v, u to w, v to w."""
    csr = barbell()
    rows = csr.rows
    for uv, uw, vw in kernel.triangles(csr):
        assert (rows[uv] == rows[uw]).all()
        assert (csr.indices[uv] == rows[vw]).all()
        assert (csr.indices[uw] == csr.indices[vw]).all()


def test_blocks_do_not_change_the_count(monkeypatch):
    """Looking at few wedges at a time gives every triangle once still."""
    monkeypatch.setattr(kernel, "_BLOCK", 3)
    assert sum(block.shape[1] for block in kernel.triangles(complete(7))) == 35


def test_a_hub_has_few_arcs_to_follow():
    """A star of 1,000 has no wedge to look at, however many pairs its centre has."""
    assert kernel.wedges(star(1000)) == 0
    assert kernel.wedges(complete(4)) == 4


def test_a_dense_graph_takes_the_matrix(monkeypatch):
    """Both ways of multiplying agree on a clique."""
    csr = complete(8)
    left, right = np.arange(csr.arcs) * 1.0, np.arange(csr.arcs)[::-1] * 1.0
    known = kernel.arc_products(csr, left, right)
    monkeypatch.setattr(kernel, "_BLOCK", 0)
    assert kernel.arc_products(csr, left, right) == pytest.approx(known)


def test_shared_neighbours():
    """In a clique of five any two share three; across the bridge none."""
    assert set(kernel.common_neighbours(complete(5)).tolist()) == {3}
    csr = barbell()
    bridge = (csr.rows == 3) & (csr.indices == 4)
    assert kernel.common_neighbours(csr)[bridge].tolist() == [0]


def test_the_way_back():
    """The mate of an arc has its ends turned round, and is its mate's mate."""
    csr = barbell()
    back = kernel.mates(csr)
    assert (csr.rows[back] == csr.indices).all()
    assert (back[back] == np.arange(csr.arcs)).all()


def test_constraint_of_triad_star_and_isolate():
    """1.125 in a triad: (1/2 + 1/4)^2 twice; 1/4 in the middle of four; 1 at a leaf; none for an isolate."""
    assert kernel.constraint(complete(3)).tolist() == [1.125] * 3
    assert kernel.constraint(star(5)).tolist() == [0.25, 1, 1, 1, 1]
    assert np.isnan(kernel.constraint(graph(1, []))).all()


def test_constraint_of_the_neighbourhood_leaves_other_ties_out():
    """Node 0 knows 1 and 2, who know each other; 2 has three ties elsewhere, which count in the whole network only."""
    csr = graph(6, [(0, 1), (0, 2), (1, 2), (2, 3), (2, 4), (2, 5)])
    whole, ego = kernel.constraint(csr)[0], kernel.constraint(csr, variant="ego")[0]
    assert ego == pytest.approx(1.125)
    assert whole == pytest.approx((0.5 + 0.5 * 0.2) ** 2 + (0.5 + 0.5 * 0.5) ** 2)


def test_effective_size_by_hand():
    """Strengths 0-1:1, 0-2:2, 1-2:4, 2-3:1: for node 1, 2 - (0.8 x 1 + 0.2 x 0.5) = 1.1."""
    csr = graph(4, [(0, 1), (0, 2), (1, 2), (2, 3)], [1.0, 2.0, 4.0, 1.0])
    assert kernel.effective_size(csr)[1] == pytest.approx(1.1)
    assert kernel.effective_size(csr)[2] == pytest.approx(2.642857142857143)
    assert kernel.effective_size(csr)[3] == 1


@pytest.mark.parametrize(("distinct", "nought"), [(3, True), (900, True), (1_000, False), (1_001, True), (5_000, False)])
def test_any_number_of_strengths(distinct, nought):
    """Sums are those of the twin however many strengths there are, and where some are nought."""
    rng = np.random.default_rng(distinct)
    pairs = np.argwhere(np.triu(rng.random((200, 200)) < 0.4, 1))
    amounts = np.arange(distinct) / 7.0 + (0.0 if nought else 0.5)
    csr = build_csr(200, pairs[:, 0], pairs[:, 1], amounts[np.arange(pairs.shape[0]) % distinct], symmetric=True)
    labels = np.arange(200) % 4
    with using("python"):
        known = kernel.triangle_sums(csr, labels)
    found = kernel.triangle_sums(csr, labels)
    for name in found.__dataclass_fields__:
        assert getattr(found, name) == pytest.approx(getattr(known, name), rel=1e-12), name
