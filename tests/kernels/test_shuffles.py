"""Rearrangements that keep what they promise and reach everything with the same chance."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.kernels import _native
from netmap.kernels.shuffles import curveball, permutations, rewire, two_sided, upper


@pytest.fixture(params=["python", *(["compiled"] if _native._THERE else [])], autouse=True, scope="module")
def which(request):
    """Every test runs on the twins and on the compiled kernels."""
    with _native.using(request.param):
        yield request.param


def ties(n: int, m: int, seed: int, *, directed: bool) -> np.ndarray:
    rng = np.random.default_rng(seed)
    every = [(a, b) for a in range(n) for b in range(n) if a != b and (directed or a < b)]
    picked = rng.choice(len(every), size=min(m, len(every)), replace=False)
    return np.array([every[i] for i in sorted(picked)], dtype=np.int64).reshape(-1, 2)


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 9), st.integers(0, 40), st.integers(0, 5), st.booleans())
def test_rewiring_keeps_every_degree_and_stays_simple(n, m, seed, directed):
    """Out- and in-degrees (degrees when undirected) stay, and no loop or double tie appears, sparse or dense."""
    pairs = ties(n, m, seed, directed=directed)
    a, b = pairs[:, 0], pairs[:, 1]
    for x, y in rewire(n, a, b, directed=directed, draws=3, rng=np.random.default_rng(seed)):
        for s, t in zip(x, y, strict=True):
            assert len(set(zip(s.tolist(), t.tolist(), strict=True))) == len(pairs)
            assert (s != t).all()
            if directed:
                assert (np.bincount(s, minlength=n) == np.bincount(a, minlength=n)).all()
                assert (np.bincount(t, minlength=n) == np.bincount(b, minlength=n)).all()
            else:
                assert (s < t).all()
                both = np.bincount(np.concatenate([s, t]), minlength=n)
                assert (both == np.bincount(pairs.reshape(-1), minlength=n)).all()


@pytest.mark.parametrize("directed", [False, True])
def test_every_graph_with_the_degrees_is_equally_likely(directed):
    """The seven graphs with the degrees of a five-node path (or a small digraph) turn up equally often."""
    a, b = np.array([0, 1, 2, 3]), np.array([1, 2, 3, 4])
    if directed:
        a, b = np.array([0, 1, 2, 3, 0]), np.array([1, 2, 3, 0, 2])
    seen: Counter[tuple[tuple[int, int], ...]] = Counter()
    for x, y in rewire(5, a, b, directed=directed, draws=7000, rng=np.random.default_rng(1)):
        for s, t in zip(x.tolist(), y.tolist(), strict=True):
            seen[tuple(sorted(zip(s, t, strict=True)))] += 1
    assert len(seen) == 7
    # 1000 expected each: six standard deviations are 176.
    assert all(abs(count - 1000) < 176 for count in seen.values())


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 40), st.integers(0, 5))
def test_curveball_keeps_both_margins(rows, columns, m, seed):
    """Every row and every column keeps its number of memberships and none is doubled."""
    rng = np.random.default_rng(seed)
    cells = np.unique(rng.integers(rows * columns, size=m))
    r, c = cells // columns, cells % columns
    for x, y in curveball(r, c, rows, columns, draws=3, rng=rng):
        for s, t in zip(x, y, strict=True):
            assert len(set(zip(s.tolist(), t.tolist(), strict=True))) == cells.size
            assert (np.bincount(s, minlength=rows) == np.bincount(r, minlength=rows)).all()
            assert (np.bincount(t, minlength=columns) == np.bincount(c, minlength=columns)).all()


def test_curveball_reaches_every_table_equally_often():
    """All 34 tables with the margins 2,2,1,1 and 2,2,1,1 turn up equally often."""
    r, c = np.array([0, 0, 1, 1, 2, 3]), np.array([0, 1, 0, 2, 1, 3])
    seen: Counter[tuple[tuple[int, int], ...]] = Counter()
    for x, y in curveball(r, c, 4, 4, draws=10200, rng=np.random.default_rng(2)):
        for s, t in zip(x.tolist(), y.tolist(), strict=True):
            seen[tuple(sorted(zip(s, t, strict=True)))] += 1
    assert len(seen) == 34
    # 300 expected each: five standard deviations are 85.
    assert all(abs(count - 300) < 85 for count in seen.values())


def test_permutations_are_permutations_and_can_stay_within_strata():
    """Every row holds every position once; with strata, a position only moves among its own."""
    strata = np.array([0, 0, 0, 1, 1])
    blocks = np.concatenate(list(permutations(5, 50, np.random.default_rng(0), strata)))
    assert blocks.shape == (50, 5)
    assert (np.sort(blocks, axis=1) == np.arange(5)).all()
    assert (strata[blocks] == strata).all()


def test_p_values_count_the_observed_arrangement():
    """p is (1 + draws as extreme) / (1 + draws): never 0, and 1 where nothing varies."""
    draws = np.array([0.0, 1.0, 2.0, 1.0])
    assert upper(2.0, draws) == pytest.approx(2 / 5)
    assert upper(3.0, draws) == pytest.approx(1 / 5)
    assert two_sided(2.0, draws) == pytest.approx(3 / 5)
    assert two_sided(1.0, np.ones(9)) == 1.0
