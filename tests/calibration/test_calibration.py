"""Every permutation test was calibrated on 400 data sets without an effect; a short draw is made anew here."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tests.calibration.run import HIGH, LOW, PAGE, p_value, rate, registered

SHORT = 24


def page() -> dict[str, float]:
    rows = re.findall(r"^\| ([^|]+) \| ([\d.]+)% \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name.strip(): float(share) / 100 for name, share in rows}


def test_the_page_holds_every_test_and_each_is_calibrated():
    """A test without a row, or with one outside 5% +- 2.5 points, fails here."""
    found = page()
    assert sorted(found) == sorted(registered())
    assert {name: share for name, share in found.items() if not LOW <= share <= HIGH} == {}


@pytest.mark.parametrize("name", sorted(registered()))
def test_a_short_draw(name):
    """Of 24 data sets without an effect at most 6 are called one (chance of more: 1 in 1,000), with p over all of 0..1."""
    p = [p_value(name, 10_000 + seed) for seed in range(SHORT)]
    assert rate(p) <= 6 / SHORT
    assert all(0 < x <= 1 for x in p if x == x)
    assert np.nanmax(p) > 0.5
