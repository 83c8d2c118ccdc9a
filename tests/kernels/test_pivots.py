"""Betweenness from some sources, and its standard error."""

from __future__ import annotations

import os

import numpy as np
import pytest

from netmap.kernels.csr import CSR
from netmap.kernels.foretold import Guess, foretold, guess
from netmap.kernels.paths import betweenness, harmonic
from netmap.kernels.pivots import NORMAL, pivot_betweenness, pivot_harmonic
from tests.kernels.graphs import clustered, graph, path, pendants, star


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


# In full: 10,000 nodes and 20 draws, with `NETMAP_DRAWS=20 pytest tests/kernels/test_pivots.py` (a minute or two).
DRAWS = int(os.environ.get("NETMAP_DRAWS", "0"))
NODES = 10_000 if DRAWS else 1_500


def covered(csr: CSR, pivots: int, lengths: np.ndarray | None = None) -> tuple[float, float]:
    """Return how often intervals of 95% held the exact value: of all nodes with an error, and of the 100 highest."""
    exact = betweenness(csr, lengths)
    top = np.argsort(-exact)[:100]
    every, highest = [], []
    for seed in range(DRAWS or 12):
        value, error = pivot_betweenness(csr, pivots, np.random.default_rng(seed), lengths)
        inside = np.abs(value - exact) <= NORMAL * error + 1e-9 * exact.max()
        every.append(inside[(error > 0) | ~inside].mean())
        highest.append(inside[top].mean())
    return float(np.mean(every)), float(np.mean(highest))


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.0256, 0.1024])
@pytest.mark.parametrize("made", [clustered, pendants])
def test_errors_cover_the_exact_value_at_the_nominal_rate(made, share):
    """Intervals of 95% hold the exact value for 95% of the nodes and of the 100 highest: neither fewer nor more."""
    every, highest = covered(made(NODES), int(share * NODES))
    assert every == pytest.approx(0.95, abs=0.015)
    assert highest == pytest.approx(0.95, abs=0.015 if DRAWS else 0.03)


@pytest.mark.slow
@pytest.mark.parametrize("made", [clustered, pendants])
def test_errors_cover_where_nothing_is_foretold(made):
    """The same by length, where only the error is told from nodes alike; and along arrows, where reach is not known."""
    csr = made(1_500)
    lengths = np.random.default_rng(2).integers(1, 6, csr.arcs // 2)
    assert covered(csr, 200, lengths)[0] == pytest.approx(0.95, abs=0.02)
    keep = np.random.default_rng(3).random(csr.arcs) < 0.7
    directed = graph(csr.n, zip(csr.rows[keep].tolist(), csr.indices[keep].tolist(), strict=True), directed=True)
    assert 0.93 < covered(directed, 200)[0] < 0.985


def test_estimates_have_no_bias():
    """Over 200 draws of 60 of 300 pivots the mean comes within its own error of the exact value."""
    csr = clustered(300)
    exact = betweenness(csr)
    total, squares = np.zeros(300), np.zeros(300)
    for seed in range(200):
        value, error = pivot_betweenness(csr, 60, np.random.default_rng(seed))
        total += value
        squares += error**2
    away = (total / 200 - exact) / np.sqrt(squares / 200 / 200)
    assert np.abs(away).max() < 5
    assert np.mean(away**2) == pytest.approx(1.0, abs=0.25)


def test_foretelling_takes_most_of_the_error_away():
    """With the same pivots the error of the 30 highest is a third of what it is when nothing is foretold."""
    csr = clustered(1_500)
    top = np.argsort(-betweenness(csr))[:30]
    ones = np.ones(csr.arcs // 2, dtype=np.int64)
    told, plain = (pivot_betweenness(csr, 150, np.random.default_rng(7), by)[1][top] for by in (None, ones))
    assert np.median(told / plain) < 0.4


def test_two_steps_foretell_by_hand():
    """A path of five from its end: the neighbour passes on 3, the next one 2; from the middle each side passes on 1."""
    csr = path(5)
    told = foretold(csr, np.array([0, 2]), guess(csr, 5)).toarray()
    assert told.tolist() == [[0, 3, 2, 0, 0], [0, 1, 0, 1, 0]]


def test_where_many_walks_leave_a_source_one_step_is_told():
    """With no walks of two steps followed, neighbours share what their source reaches beyond them."""
    told = foretold(path(5), np.array([0, 2]), Guess(np.full(5, 4.0), 0, symmetric=True)).toarray()
    assert told.tolist() == [[0, 3, 0, 0, 0], [0, 1, 0, 1, 0]]


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
