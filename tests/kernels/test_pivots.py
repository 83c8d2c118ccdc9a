"""Betweenness from some sources, and its standard error."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.kernels.paths import betweenness, harmonic
from netmap.kernels.pivots import pivot_betweenness, pivot_harmonic
from tests.kernels.graphs import graph, path, star


def test_all_pivots_give_the_exact_value():
    """Drawing every node leaves nothing to chance."""
    value, error = pivot_betweenness(path(5), 5, np.random.default_rng(1))
    assert value.tolist() == [0, 3, 4, 3, 0]
    assert error.tolist() == [0] * 5


def test_one_pivot_has_no_error_to_report():
    """From one draw nobody can tell how much draws differ."""
    value, error = pivot_betweenness(star(4), 1, np.random.default_rng(1))
    assert value.size == 4
    assert np.isnan(error).all()
    assert pivot_betweenness(graph(0, []), 3, np.random.default_rng(1))[0].size == 0


def test_two_pivots_by_length_by_hand():
    """On a star of five, the centre carries 3 from each of four leaves and 0 from itself."""
    csr = star(5)
    chosen = np.random.default_rng(0).choice(5, size=2, replace=False).tolist()
    value, error = pivot_betweenness(csr, 2, np.random.default_rng(0), np.ones(4, dtype=np.int64))
    each = [0.0 if s == 0 else 3.0 for s in chosen]
    assert value[0] == sum(each) * 5 / 2 / 2
    assert error[0] == pytest.approx(0.5 * 5 * np.sqrt((1 - 2 / 5) * np.var(each, ddof=1) / 2))


def test_what_ties_alone_tell_needs_no_drawing():
    """On a star any two pivots give the centre's 6 pairs without error: a node with one tie passes everything on."""
    for seed in range(5):
        value, error = pivot_betweenness(star(5), 2, np.random.default_rng(seed))
        assert value.round(9).tolist() == [6, 0, 0, 0, 0]
        assert error.round(6).tolist() == [0] * 5


def test_errors_cover_the_exact_value_of_central_nodes():
    """Over 200 draws of 100 of 300 pivots, nine in ten intervals of two errors hold the exact value of the top tenth."""
    rng = np.random.default_rng(5)
    a, b = rng.integers(0, 300, 900), rng.integers(0, 300, 900)
    csr = graph(300, {(min(x, y), max(x, y)) for x, y in zip(a.tolist(), b.tolist(), strict=True) if x != y})
    exact = betweenness(csr)
    top = np.argsort(-exact)[:30]
    inside = []
    total = np.zeros(300)
    for seed in range(200):
        value, error = pivot_betweenness(csr, 100, np.random.default_rng(seed))
        inside.append((np.abs(value - exact) <= 1.96 * error)[top])
        total += value
    assert 0.9 < np.mean(inside) < 0.98
    assert (total / 200)[top] == pytest.approx(exact[top], rel=0.02)


def test_harmonic_from_pivots_by_hand():
    """Three nodes of a path of five: the neighbours, and 1/distance to those beyond among the three, times 5/3; over 4."""
    csr = path(5)
    chosen = np.sort(np.random.default_rng(0).choice(5, size=3, replace=False))
    value, error = pivot_harmonic(csr, 3, np.random.default_rng(0))
    for v in range(5):
        beyond = [1 / abs(v - s) if abs(v - s) > 1 else 0.0 for s in chosen.tolist()]
        assert value[v] == pytest.approx(((2 if 0 < v < 4 else 1) + sum(beyond) * 5 / 3) / 4)
        assert error[v] == pytest.approx(5 * np.sqrt((1 - 3 / 5) * np.var(beyond, ddof=1) / 3) / 4)
    assert np.isnan(pivot_harmonic(csr, 1, np.random.default_rng(0))[1]).all()
    assert np.isnan(pivot_harmonic(graph(1, []), 1, np.random.default_rng(0))[0]).all()


def test_harmonic_errors_cover_the_exact_value():
    """All pivots give it exactly; over 200 draws of 60 of 300, 95 in 100 intervals hold it, and it has no bias."""
    rng = np.random.default_rng(6)
    a, b = rng.integers(0, 300, 500), rng.integers(0, 300, 500)
    csr = graph(300, {(min(x, y), max(x, y)) for x, y in zip(a.tolist(), b.tolist(), strict=True) if x != y})
    exact = harmonic(csr)
    value, error = pivot_harmonic(csr, 300, np.random.default_rng(1))
    assert value == pytest.approx(exact, rel=1e-12)
    assert error.tolist() == [0.0] * 300
    drawn = [pivot_harmonic(csr, 60, np.random.default_rng(seed)) for seed in range(200)]
    busy = exact > 0.02
    inside = [(np.abs(value - exact) <= 1.96 * error)[busy] for value, error in drawn]
    assert 0.93 < np.mean(inside) < 0.97
    assert np.mean([value for value, _ in drawn], axis=0)[busy] == pytest.approx(exact[busy], rel=0.05)
