"""Trust between waves: by hand, against a likelihood written out in full, at the edges, and on the county."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize_scalar

from netmap.chance.trust_waves import trust_between_waves
from netmap.errors import MeasureError
from tests.measures.saying import says

DATA = Path(__file__).resolve().parents[2] / "data"
COLUMNS = ["source", "target", "wave", "x"]


def told(rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def drawn(seed, waves=("2020", "2023"), slope=0.0, raters=8, lost=0.0):
    """Raters of three partners each, lenient or not, every pair with a level of its own."""
    rng = np.random.default_rng(seed)
    rows = []
    for r in range(raters):
        drift = rng.normal(0, 0.1)
        for t in range(3):
            level = 2.5 + rng.normal(0, 0.4)
            rows += [
                (f"r{r}", f"t{t}", wave, float(np.clip(level + drift * k + slope * k + rng.normal(0, 0.3), 1, 4)))
                for k, wave in enumerate(waves)
                if k == 0 or rng.random() >= lost
            ]
    return told(rows)


def test_two_waves_give_the_mean_change_over_the_years_between():
    frame = drawn(1, slope=0.3)
    wide = frame.pivot_table(index=["source", "target"], columns="wave", values="x")
    found = trust_between_waves(frame, ["x"], least=1, draws=199)
    assert found.slope == pytest.approx(float((wide["2023"] - wide["2020"]).mean()) / 3, abs=1e-9)
    assert found.interval[0] < found.slope < found.interval[1]
    assert (found.pairs, found.raters, found.waves) == (24, 8, ("2020", "2023"))


def test_three_waves_agree_with_the_restricted_likelihood_written_out():
    """Slope and share of variance maximise the REML likelihood of matrices built whole, pairs missing in waves."""
    frame = drawn(3, waves=("2019", "2021", "2024"), slope=0.2, lost=0.25)
    frame = frame[frame.groupby(["source", "target"])["wave"].transform("nunique") > 1]
    found = trust_between_waves(frame, ["x"], least=1, draws=19)
    y, year = frame["x"].to_numpy(), frame["wave"].astype(float).to_numpy()
    design = np.column_stack([np.ones(y.size), year - year.mean()])
    pair = frame.groupby(["source", "target"]).ngroup().to_numpy()
    same = (pair[:, None] == pair[None, :]).astype(float)

    def fit(shared):
        inverse = np.linalg.inv(np.eye(y.size) + same * shared / (1 - shared))
        cross = design.T @ inverse @ design
        beta = np.linalg.solve(cross, design.T @ inverse @ y)
        rest = y - design @ beta
        spread = rest @ inverse @ rest / (y.size - 2)
        loss = (y.size - 2) * np.log(spread) - np.linalg.slogdet(inverse)[1] + np.linalg.slogdet(cross)[1]
        return loss, beta[1]

    best = minimize_scalar(lambda s: fit(s)[0], bounds=(0, 0.999), method="bounded", options={"xatol": 1e-9}).x
    assert found.shared == pytest.approx(best, abs=1e-4)
    assert found.slope == pytest.approx(fit(found.shared)[1], abs=1e-9)


def test_a_whole_rater_counts_once():
    """One rater of many partners who grew milder is no change of all: p stays high although most ratings rose."""
    rows = [("r0", f"t{t}", wave, 2.0 + k) for t in range(30) for k, wave in enumerate(("2020", "2021"))]
    rng = np.random.default_rng(5)
    rows += [(f"r{r}", "t0", w, 2.5 + rng.normal(0, 0.2)) for r in range(1, 7) for w in ("2020", "2021")]
    found = trust_between_waves(told(rows), ["x"], least=1, draws=999)
    assert found.slope > 0.5
    assert found.p > 0.05


def test_pairs_rated_once_do_not_count():
    frame = drawn(2)
    more = told([("r9", "t0", "2023", 4.0), ("r8", "t1", "2020", 1.0)])
    one, two = (trust_between_waves(f, ["x"], least=1, draws=99) for f in (frame, pd.concat([frame, more])))
    assert one == two


def test_order_of_rows_and_names_change_nothing():
    frame = drawn(4)
    mixed = frame.sample(frac=1, random_state=1)
    assert trust_between_waves(frame, ["x"], least=1, draws=99) == trust_between_waves(mixed, ["x"], least=1, draws=99)


def test_why_it_is_not_defined():
    few = drawn(1, raters=3)
    assert trust_between_waves(few, ["x"], least=1).why == "fewer than 10 ratings of the same by the same in two waves"
    four = told([(f"r{r}", f"t{t}", w, 2.0 + t % 2) for r in range(4) for t in range(4) for w in ("2020", "2021")])
    assert trust_between_waves(four, ["x"], least=1).why == "fewer than 5 raters who rated in two waves"
    flat = drawn(1).assign(x=3.0)
    found = trust_between_waves(flat, ["x"], least=1)
    assert found.why == "all ratings are the same"
    assert np.isnan(found.slope)
    assert trust_between_waves(told([]), ["x"], least=1).why
    with says(MeasureError, "The wave 'before' is no date: waves are compared by years, months or days, such as 2025."):
        trust_between_waves(told([("a", "b", "before", 3.0)]), ["x"], least=1)
    with says(MeasureError, "trust_between_waves needs the column wave."):
        trust_between_waves(told([]).drop(columns="wave"), ["x"])


def test_the_county_grew_a_little_in_trust():
    """Trust grows with ln(1 + years) there, so ties of all ages rise between the waves, young ones most."""
    frame = pd.read_csv(DATA / "county" / "partnerships.csv", dtype={"wave": str})
    found = trust_between_waves(frame[frame["status"] == "active"], draws=199)
    assert 0.02 < found.slope < 0.15
    assert found.p < 0.05
