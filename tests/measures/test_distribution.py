"""Gini, effective number and evenness."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from netmap.errors import MeasureError
from netmap.measures.distribution import effective_number, evenness, gini
from tests.measures.saying import says


def test_gini_by_hand():
    """1, 2, 3: mean difference 8/9 over twice the mean 2."""
    assert gini([1, 2, 3]) == pytest.approx(2 / 9)
    assert gini([3, 1, 2], corrected=True) == pytest.approx(1 / 3)
    assert gini([5, 5, 5]) == 0


def test_gini_of_one_who_has_everything():
    """(n - 1)/n, which the correction brings to 1."""
    assert gini([0, 0, 0, 7]) == 0.75
    assert gini([0, 0, 0, 7], corrected=True) == 1


def test_where_nothing_is_spread():
    """All zero, nobody, or one for the corrected one and for evenness."""
    for values in ([], [0, 0], [np.nan]):
        assert np.isnan(gini(values))
        assert np.isnan(effective_number(values))
        assert np.isnan(evenness(values))
    assert np.isnan(gini([3], corrected=True))
    assert np.isnan(evenness([3]))
    assert gini([3]) == 0


def test_effective_numbers():
    """Shares 1/2, 1/4, 1/4: exp(1.5 ln 2) by Shannon, 1/(3/8) by Simpson."""
    assert effective_number([2, 1, 1]) == pytest.approx(2**1.5)
    assert effective_number([2, 1, 1], "simpson") == pytest.approx(8 / 3)
    assert effective_number([2, 1, 1, 0]) == pytest.approx(2**1.5)
    assert evenness([2, 1, 1]) == pytest.approx(1.5 * np.log(2) / np.log(3))


def test_unknown_values_are_left_out():
    """NaN is not 0."""
    assert gini(pd.Series([1.0, 2.0, 3.0, np.nan])) == pytest.approx(2 / 9)
    assert evenness([1, 1, np.nan]) == 1


def test_shares_need_values_from_zero():
    """And a known kind."""
    with says(MeasureError, "A share needs values from 0: one is negative or infinite."):
        gini([1, -1])
    with says(MeasureError, "A share needs values from 0: one is negative or infinite."):
        evenness([1, np.inf])
    with says(MeasureError, "kind is one of shannon, simpson, not 'hhi'."):
        effective_number([1], "hhi")
