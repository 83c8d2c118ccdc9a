"""Levels of raters and rated: what they explain is what a projection on all of them explains."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from netmap.chance.trust_age import _Levels


@pytest.mark.parametrize("seed", range(20))
def test_levels_are_a_projection(seed):
    """Sums of squares and remainders are those of least squares on every level, in one part or in several."""
    rng = np.random.default_rng(seed)
    k, size = int(rng.integers(2, 15)), int(rng.integers(2, 60))
    ends = rng.integers(0, k, size), rng.integers(0, k, size)
    pair = np.unique(rng.integers(0, size, size), return_inverse=True)[1]
    ratings = pd.DataFrame({"rater": ends[0].astype(str), "target": ends[1].astype(str)})
    levels = _Levels(ratings, pair)
    every = np.zeros((size, 2 * k))
    every[np.arange(size), ends[0]] = 1
    every[np.arange(size), k + ends[1]] = 1
    assert levels.rank == np.linalg.matrix_rank(every)
    hat = every @ np.linalg.pinv(every)
    score = rng.normal(size=size)
    assert levels.without(score) == pytest.approx(score - hat @ score, abs=1e-9)
    ages = rng.normal(size=(3, pair.max() + 1))
    known = ((ages[:, pair] @ hat) ** 2).sum(axis=1)
    assert levels.squares(ages) == pytest.approx(known, abs=1e-9)
