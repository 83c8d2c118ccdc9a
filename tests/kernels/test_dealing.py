"""Dealings: every one equally likely, the first as things are, and what ties then join counted from the dealings."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from netmap.kernels import _native, dealing
from tests.kernels.drawn import drawn

BOTH = ("python", *(("compiled",) if _native._THERE else ()))


@pytest.fixture(params=BOTH, autouse=True)
def which(request):
    """Every test runs on the twins and on the compiled kernels."""
    with _native.using(request.param):
        yield request.param


def test_every_dealing_is_equally_likely():
    """All 24 dealings of four turn up equally often, and the first is none."""
    keys = dealing.streams(np.random.default_rng(1), 24_000)
    rows = dealing.dealings(keys, 4)
    assert rows[0].tolist() == [0, 1, 2, 3]
    seen = Counter(map(tuple, rows[1:].tolist()))
    assert len(seen) == 24
    # 1000 expected each: five standard deviations are 155.
    assert all(abs(count - 1000) < 155 for count in seen.values())


def test_a_key_alone_decides_its_draw():
    """A draw is the same whatever is drawn beside it, and known numbers come of a known key."""
    keys = dealing.streams(np.random.default_rng(2), 30)
    rows = dealing.dealings(keys, 17)
    assert (dealing.dealings(keys[::-1][:5].copy(), 17) == rows[::-1][:5]).all()
    # The first numbers of SplitMix64 for the state 1234567, as published with it: 6457827717110365317, 3203168211198807973.
    state = np.array([1234567], dtype=np.uint64)
    assert [int(dealing.random_below(state, i, 2**32 - 1)[0]) for i in (0, 1)] == [
        x * (2**32 - 1) >> 64 for x in (6457827717110365317, 3203168211198807973)
    ]


@pytest.mark.parametrize("number", range(36))
def test_sums_are_those_of_the_dealings(number):
    """Tables, likeness, sums and means are what a loop over dealt labels, numbers and profiles gives."""
    csr, _, _ = drawn(number)
    if csr.n == 0:
        return
    rng = np.random.default_rng(number)
    a, b, n, k = csr.rows, csr.indices, csr.n, 4
    keys = dealing.streams(rng, 6)
    labels, x, weights = rng.integers(0, k, n), rng.normal(size=n), rng.normal(size=(2, n))
    profiles = np.where(rng.random((n, 5)) < 0.2, np.nan, rng.random((n, 5)))
    each, strength = rng.random(5), csr.weights
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.abs(profiles[:, None] - profiles[None])
        known = ~np.isnan(apart)
        similarity = 1 - np.nansum(apart * each, axis=2) / (known * each).sum(axis=2)
    similarity = np.where(known.sum(axis=2) >= 3, similarity, np.nan)
    tables = dealing.label_tables(labels, k, a, b, keys)
    alike, chance = dealing.label_likeness(labels, k, a, b, keys, directed=True)
    either = dealing.label_likeness(labels, k, a, b, keys, directed=False)[1]
    cross, sums, squares = dealing.number_sums(x, a, b, weights, keys)
    mean = dealing.profile_means(profiles, each, 3.0, a, b, strength, keys)
    assert mean == pytest.approx(dealing.matrix_means(similarity, a, b, strength, keys), nan_ok=True)
    for i, seat in enumerate(dealing.dealings(keys, n)):
        table = np.zeros((k, k))
        np.add.at(table, (labels[seat][a], labels[seat][b]), 1)
        assert (tables[i] == table).all()
        assert alike[i] == np.trace(table)
        assert chance[i] == table.sum(axis=1) @ table.sum(axis=0)
        assert either[i] == ((table.sum(axis=1) + table.sum(axis=0)) ** 2).sum()
        y = x[seat]
        assert cross[i] == pytest.approx((y[a] * y[b]).sum())
        assert sums[i] == pytest.approx(weights @ y)
        assert squares[i] == pytest.approx(weights @ y**2)
        here = similarity[seat[a], seat[b]]
        seen = ~np.isnan(here)
        if seen.any():
            assert mean[i] == pytest.approx((here * strength)[seen].sum() / strength[seen].sum())
        else:
            assert np.isnan(mean[i])


def test_nothing_to_deal():
    """No nodes, no ties and no draws are no error."""
    none, keys = np.zeros(0, dtype=np.int64), dealing.streams(np.random.default_rng(0), 2)
    assert dealing.dealings(keys, 0).shape == (3, 0)
    assert dealing.label_tables(none, 2, none, none, keys).tolist() == np.zeros((3, 2, 2)).tolist()
    assert dealing.label_tables(none, 2, none, none, keys[:0]).shape == (0, 2, 2)
    assert dealing.label_likeness(none, 0, none, none, keys, directed=False)[0].tolist() == [0, 0, 0]
    assert dealing.dealt_sums(np.zeros(0), np.zeros(0), keys).tolist() == [0, 0, 0]
    empty = dealing.profile_means(np.zeros((0, 3)), np.ones(3), 2.0, none, none, np.zeros(0), keys)
    assert np.isnan(empty).all() and empty.size == 3
    assert np.isnan(dealing.matrix_means(np.zeros((0, 0)), none, none, np.zeros(0), keys)).all()
