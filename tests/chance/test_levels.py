"""Levels of names: what they explain is what a projection on all of them explains."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.chance._levels import Levels


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("ends", [False, True])
def test_levels_are_a_projection(seed, ends):
    """Sums of squares and remainders are those of least squares on every level, in one part or in several."""
    rng = np.random.default_rng(seed)
    k, size = int(rng.integers(2, 15)), int(rng.integers(2, 60))
    one, two = rng.integers(0, k, size), rng.integers(0, k, size)
    pair = np.unique(rng.integers(0, size, size), return_inverse=True)[1]
    factors = [[one, two]] if ends else [[one], [two]]
    beside = rng.normal(size=pair.max() + 1)[pair] if seed % 2 else None
    levels = Levels(*factors, pair=pair, beside=beside)
    every = np.zeros((size, 2 * k + 1))
    every[np.arange(size), one] += 1
    every[np.arange(size), two + (0 if ends else k)] += 1
    every[:, -1] = 0 if beside is None else beside
    assert levels.rank == np.linalg.matrix_rank(every)
    hat = every @ np.linalg.pinv(every)
    score = rng.normal(size=size)
    rest = levels.without(score)
    assert rest == pytest.approx(score - hat @ score, abs=1e-9)
    drawn = rng.normal(size=(3, pair.max() + 1))
    known = ((drawn[:, pair] @ hat) ** 2).sum(axis=1)
    assert levels.squares(drawn) == pytest.approx(known, abs=1e-9)
    if levels.free < 1:
        return
    for row, t in zip(drawn[:, pair], levels.t_of(drawn, rest), strict=True):
        full = np.column_stack([every, row])
        told = np.linalg.lstsq(full, score, rcond=None)[0]
        noise = score - full @ told
        if row @ (row - hat @ row) > 1e-6:
            error = np.sqrt(noise @ noise / levels.free / (row @ (row - hat @ row)))
            assert t == pytest.approx(told[-1] / error, rel=1e-6)
