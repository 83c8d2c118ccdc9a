"""PARTNER's scores are the means their sources define."""

import numpy as np
import pandas as pd
import pytest

from netmap.measures.trusting import TRUST_ITEMS, VALUE_ITEMS, trust, value_score
from tests.truth.cases import rows, truth_file

COVERS = ("published_values.csv:definition, PARTNER*",)


@pytest.mark.parametrize(
    ("score", "items", "parts", "quantity"),
    [
        (trust, TRUST_ITEMS, ("mission", "openness", "reliability"), "PARTNER trust score"),
        (value_score, VALUE_ITEMS, ("resource", "influence", "involvement"), "PARTNER value score"),
    ],
)
def test_scores_are_means_of_the_parts_their_sources_name(score, items, parts, quantity):
    """The published definition names each of our items, and the score is their mean, from 1 to 4."""
    if not truth_file("published_values.csv").exists():
        pytest.skip("shared data not present: published_values.csv")
    (row,) = [r for r in rows("published_values.csv") if r["quantity"] == quantity]
    defined = row["published_value"]
    assert defined.startswith("mean of")
    assert all(part in defined for part in parts)
    assert sorted(next(i for i in items if part in i) for part in parts) == sorted(items)
    rng = np.random.default_rng(0)
    given = rng.integers(1, 5, (4, 3))
    ties = pd.DataFrame({"source": list("abcd"), "target": "x"} | dict(zip(items, given.T, strict=True)))
    assert score(ties).received.loc["x", "score"] == pytest.approx(given.mean(axis=1).mean())
