"""From learning to action: against a survival library, by hand, with what competes, and what is left out."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight

from netmap.chance.transitions import cumulative_incidence, ladder_transitions, time_to_hardwired
from netmap.errors import MeasureError
from tests.measures.saying import says


class TestCumulativeIncidence:
    """Aalen and Johansen's estimate."""

    @settings(deadline=None, max_examples=100)
    @given(st.integers(2, 90), st.integers(0, 2**32 - 1))
    def test_it_is_that_of_a_survival_library(self, n, seed):
        rng = np.random.default_rng(seed)
        time, event = rng.integers(1, 15, n).astype(float), rng.integers(0, 3, n)
        if not (event == 1).any():
            return
        found = cumulative_incidence(time, event)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            known = CumIncidenceRight(time, event)
        place = [np.flatnonzero(known.times == t)[0] for t in found["time"]]
        assert found["incidence"].tolist() == pytest.approx(known.cinc[0][place].tolist(), abs=1e-9)
        error = known.cinc_se[0][place]
        fine = np.isfinite(error)
        assert found["error"].to_numpy()[fine] == pytest.approx(error[fine], abs=1e-9)
        assert (found["low"] <= found["incidence"] + 1e-12).all()
        assert (found["incidence"] <= found["high"] + 1e-12).all()

    def test_by_hand_with_late_entry(self):
        """The third is not watched before 2: of two at risk at 1 one ends, then two are at risk again."""
        found = cumulative_incidence([1, 3, 4], [1, 1, 0], [0, 0, 2])
        assert found["at_risk"].tolist() == [2, 2]
        assert found["incidence"].tolist() == pytest.approx([0.5, 0.5 + 0.5 * 0.5])

    def test_a_planted_rate_is_recovered_that_kaplan_meier_overstates(self):
        """Hazards of 0.06 and 0.19 a year: 0.24 in the end; taking ended ties for lost sight of gives far more."""
        rng = np.random.default_rng(1)
        n = 4000
        become, end = rng.exponential(1 / 0.06, n), rng.exponential(1 / 0.19, n)
        stop = np.minimum(rng.uniform(5, 25, n), 20)
        time = np.minimum(np.minimum(become, end), stop)
        event = np.where(time == stop, 0, np.where(become < end, 1, 2))
        truth = 0.06 / 0.25 * (1 - np.exp(-0.25 * 15))
        at = cumulative_incidence(time, event)
        row = at[at["time"] <= 15].iloc[-1]
        assert row["incidence"] == pytest.approx(truth, abs=0.02)
        assert row["low"] < truth < row["high"]
        alone = cumulative_incidence(time, np.where(event == 2, 0, event))
        assert alone[alone["time"] <= 15]["incidence"].iloc[-1] > truth + 0.25

    @settings(deadline=None, max_examples=50)
    @given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 2)), min_size=1, max_size=30))
    def test_both_ends_together_are_one_less_survival(self, lives):
        time, event = [float(t) for t, _ in lives], [e for _, e in lives]
        one, two = cumulative_incidence(time, event), cumulative_incidence(time, event, of=2)
        any_end = cumulative_incidence(time, [int(e > 0) for e in event])
        assert (one["incidence"] + two["incidence"]).tolist() == pytest.approx(any_end["incidence"].tolist())

    def test_nothing_and_nonsense(self):
        assert not len(cumulative_incidence([], []))
        assert not len(cumulative_incidence([1.0, 2.0], [0, 0]))
        with says(MeasureError, "time, event and entry differ in length."):
            cumulative_incidence([1.0], [1, 0])
        with says(MeasureError, "Every time must be known and lie after its entry, which is 0 or later."):
            cumulative_incidence([1.0], [1], [2.0])


def moved(*rows):
    return pd.DataFrame(rows, columns=["source", "target", "kind", "intensity", "wave"])


class TestLadder:
    """Moves between two waves."""

    def test_by_hand(self):
        rows = [(f"a{i}", f"b{i}", "learning", 1, "2020") for i in range(10)]
        rows += [(f"a{i}", f"b{i}", "learning", 1 + (i < 6), "2022") for i in range(9)]
        found = ladder_transitions(moved(*rows))
        assert (found.up, found.down, found.same, found.waves) == (6, 0, 3, ("2020", "2022"))
        cells = found.table.set_index(["before", "after"])
        assert cells.loc[("1", "2"), "ties"] == 6
        assert cells.loc[("1", "2"), "share"] == pytest.approx(0.6)
        # Wilson's interval of 6 in 10.
        assert cells.loc[("1", "2"), ["low", "high"]].tolist() == pytest.approx([0.3127, 0.8318], abs=1e-4)
        assert np.isnan(cells.loc[("1", "1"), "ties"])
        assert np.isnan(cells.loc[("1", "gone"), "share"])
        whole = ladder_transitions(moved(*rows), smallest=1).table.set_index(["before", "after"])
        assert whole.loc[("1", "gone"), "ties"] == 1

    def test_a_tie_is_a_pair_and_a_kind_whatever_its_direction(self):
        rows = [("a", "b", "x", 1, "1"), ("b", "a", "x", 2, "1"), ("b", "a", "x", 3, "2"), ("a", "b", "y", 5, "2")]
        found = ladder_transitions(moved(*rows), smallest=1)
        # The median of 1 and 2, halves down, is 1.
        assert found.up == 1
        cells = found.table.set_index(["before", "after"])["ties"]
        assert cells["1", "3"] == 1
        assert cells["new", "5"] == 1

    def test_two_waves_are_needed(self):
        with says(MeasureError, "ladder_transitions compares two waves; here are 2020."):
            ladder_transitions(moved(("a", "b", "x", 1, "2020")))
        with says(MeasureError, "ladder_transitions needs the column wave."):
            ladder_transitions(moved().drop(columns="wave"))


def lives(*rows):
    return pd.DataFrame(rows, columns=["source", "target", "kind", "origin", "start", "wave", "hardwired", "status", "end"])


BASE = ("learning", "grassroots", "2016")


class TestTimeToHardwired:
    """What became of each tie."""

    rows = lives(
        ("a", "b", *BASE, "2018", 0.0, "active", ""), ("a", "b", *BASE, "2020", 0.9, "active", ""),
        ("c", "d", *BASE, "2018", 0.0, "active", ""), ("c", "d", *BASE, "2022", 0.0, "active", ""),
        ("e", "f", *BASE, "2018", 0.0, "active", ""), ("e", "x", "funding", "funder", "", "2020", 0.0, "active", ""),
        ("g", "h", *BASE, "2018", 0.0, "active", ""), ("g", "h", *BASE, "2020", 0.0, "ended", "2019"),
        ("i", "j", *BASE, "2018", 1.0, "active", ""), ("k", "l", *BASE, "2022", 0.0, "active", ""),
    )  # fmt: skip

    def test_each_comes_to_its_end(self):
        """ab became hard-wired after 4 years; cd still runs after 6; ef was gone after 4 and gh said so after 3."""
        found = time_to_hardwired(self.rows, ["learning"])
        assert found.summary.loc["all"].drop("after").tolist() == [4, 1, 2, 1]
        assert found.left_out == {"hard-wired when first seen": 1, "seen in one wave only": 1}
        assert found.curves["years"].tolist() == [3, 4]
        # gh ended at 3 of four; at 4 of three one became and one ended.
        assert found.curves["incidence"].tolist() == pytest.approx([0, 0.75 / 3])
        assert found.summary.loc["all", "after"] == pytest.approx(0.25)

    def test_an_accountable_tie_of_another_kind_on_the_pair_counts(self):
        more = pd.concat([self.rows, lives(("d", "c", "oversight", "statutory", "2021", "2022", 1.0, "active", ""))])
        assert time_to_hardwired(more, ["learning"]).summary.loc["all", "became"] == 2

    def test_groups_are_told_apart(self):
        rows = self.rows.assign(origin=["grassroots"] * 4 + ["leadership"] * 6)
        found = time_to_hardwired(rows, ["learning"], by="origin")
        assert found.summary.index.tolist() == ["all", "grassroots", "leadership"]
        assert found.summary["ties"].tolist() == [4, 2, 2]

    def test_order_of_rows_changes_nothing(self):
        one = time_to_hardwired(self.rows).curves
        assert one.equals(time_to_hardwired(self.rows.sample(frac=1, random_state=3)).curves)

    def test_nothing_to_watch_gives_nothing(self):
        found = time_to_hardwired(self.rows.iloc[:0])
        assert not len(found.curves)
        assert np.isnan(found.summary.loc["all", "after"])
        with says(MeasureError, "time_to_hardwired needs the column start."):
            time_to_hardwired(self.rows.drop(columns="start"))
