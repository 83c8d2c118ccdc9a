"""The test of the quadrants: by hand, what it leaves out, at the edges, and what always holds."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from netmap.chance.quadrants import quadrant_test
from netmap.errors import MeasureError
from netmap.measures.accountability import pair_accountability
from netmap.measures.trusting import TRUST_ITEMS
from tests.measures.saying import says

PAIRS = list(combinations("abcdefgh", 2))


def table(level, hard=None, mandate=None):
    n = len(PAIRS)
    return pd.DataFrame(PAIRS, columns=["source", "target"]).assign(
        hardwired=[i % 2 for i in range(n)] if hard is None else hard,
        mandate=["mandated" if i % 3 == 0 else "voluntary" for i in range(n)] if mandate is None else mandate,
        intensity=level,
    )


def full_regression(frame):
    """Coefficients of accountable and forced beside a level for every end, by least squares written out."""
    names = sorted({*frame["source"], *frame["target"]})
    ends = np.zeros((len(frame), len(names)))
    for i, (a, b) in enumerate(zip(frame["source"], frame["target"], strict=True)):
        ends[i, names.index(a)] = ends[i, names.index(b)] = 1
    design = np.column_stack([ends, frame["hardwired"], frame["mandate"] == "mandated"]).astype(float)
    return np.linalg.lstsq(design, frame["intensity"].to_numpy(dtype=float), rcond=None)[0][-2:]


def test_coefficients_are_those_of_the_whole_regression():
    rng = np.random.default_rng(1)
    frame = table(rng.integers(0, 6, len(PAIRS)))
    found = quadrant_test(frame, "intensity", draws=99)
    assert found.terms["coefficient"].tolist() == pytest.approx(full_regression(frame).tolist(), abs=1e-9)
    assert (found.ratings, found.pairs, found.draws) == (28, 28, 99)


def test_a_planted_difference_is_found_and_the_other_term_is_not():
    rng = np.random.default_rng(2)
    hard = rng.integers(0, 2, len(PAIRS))
    frame = table(np.clip(np.rint(1.5 + 2 * hard + rng.normal(0, 0.5, len(PAIRS))), 0, 5), hard=hard)
    found = quadrant_test(frame, "intensity", draws=999).terms
    assert found.loc["accountable", "p"] < 0.01
    assert found.loc["accountable", "coefficient"] == pytest.approx(2, abs=0.6)
    assert found.loc["forced", "p"] > 0.05


def test_cells_by_hand_and_small_ones_are_not_shown():
    """Trust from both ends: four raters of chosen and loose ties; two of forced and accountable ones."""
    rows = [("a", "b", "voluntary", 0.0, 4), ("b", "a", "voluntary", 0.0, 2), ("c", "d", "voluntary", 0.1, 3),
            ("d", "c", "voluntary", 0.1, 3), ("e", "f", "mandated", 1.0, 4), ("f", "e", "mandated", 1.0, 4)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["source", "target", "mandate", "hardwired", "t"])
    frame = frame.assign(**dict.fromkeys(TRUST_ITEMS, frame["t"]))
    found = quadrant_test(frame)
    assert found.cells.loc[0].tolist() == ["chosen", "loose", 2, 4, 3.0]
    assert found.cells.loc[1, ["mandate", "wiring", "ties", "raters"]].tolist() == ["forced", "accountable", 1, 2]
    assert np.isnan(found.cells.loc[1, "mean"])
    assert found.why == "fewer than 10 rated ties whose mandate and accountability are known"
    assert found.terms.isna().all(axis=None)


def test_unknown_and_mixed_are_in_no_regression():
    rng = np.random.default_rng(3)
    frame = table(rng.integers(0, 6, len(PAIRS)))
    unknown = frame.assign(mandate=["unknown"] * 5 + frame["mandate"].tolist()[5:], hardwired=[None] * 3 + frame["hardwired"].tolist()[3:])
    assert quadrant_test(unknown, "intensity", draws=19).pairs == len(PAIRS) - 5
    assert quadrant_test(unknown, "intensity", draws=19).terms["coefficient"].tolist() == pytest.approx(
        full_regression(frame.iloc[5:]).tolist(), abs=1e-9
    )


def test_accountability_may_stand_elsewhere():
    rng = np.random.default_rng(4)
    frame = table(rng.integers(0, 6, len(PAIRS)))
    apart = quadrant_test(
        frame[["source", "target", "intensity"]], "intensity", accountability=pair_accountability(frame), draws=99
    )
    assert apart.terms.equals(quadrant_test(frame, "intensity", draws=99).terms)


def test_nothing_that_varies_gives_a_reason():
    found = quadrant_test(table([2] * len(PAIRS), hard=[1] * len(PAIRS), mandate=["voluntary"] * len(PAIRS)), "intensity")
    assert found.why == "accountability and mandate do not vary between the ties of the same organisations"
    assert found.draws == 0


def test_order_and_direction_of_rows_change_nothing():
    rng = np.random.default_rng(6)
    frame = table(rng.integers(0, 6, len(PAIRS)))
    turned = frame.rename(columns={"source": "target", "target": "source"}).sample(frac=1, random_state=2)
    one, two = (quadrant_test(f, "intensity", draws=99) for f in (frame, turned))
    assert one.terms.round(12).equals(two.terms.round(12))
    assert one.cells.equals(two.cells)


def test_what_cannot_be_asked_is_said():
    with says(MeasureError, "quadrant_test needs the column mandate."):
        quadrant_test(table([1] * len(PAIRS)).drop(columns="mandate"), "intensity")
    with pytest.raises(MeasureError, match="trust"):
        quadrant_test(table([1] * len(PAIRS)), "trusts")
    with pytest.raises(MeasureError, match="draws"):
        quadrant_test(table([1] * len(PAIRS)), "intensity", draws=5)
