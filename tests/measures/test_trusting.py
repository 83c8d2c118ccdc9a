"""Trust, perception, intensity, diversity and support: by hand, at the edges, on the county, and what always holds."""

import math
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import netmap as nm
from netmap.chance.trust_age import trust_by_age
from netmap.errors import MeasureError
from netmap.measures.accountability import pair_accountability, supported_opportunity
from netmap.measures.intensity import intensity_level, ladder
from netmap.measures.partners import dependence, diversity
from netmap.measures.perceiving import perception, social_relations
from netmap.measures.trusting import TRUST_ITEMS, VALUE_ITEMS, trust, value_score
from tests.measures.saying import says
from tests.property.graphs import networks

DATA = Path(__file__).resolve().parents[2] / "data"
COUNTY = pd.read_csv(DATA / "county" / "partnerships.csv", dtype={"wave": str})


def rated(*rows, items=TRUST_ITEMS):
    return pd.DataFrame(rows, columns=["source", "target", *items])


class TestTrust:
    """M55 and M56."""

    ties = rated(
        ("a", "x", 4, 4, 4), ("b", "x", 3, 3, 3), ("c", "x", 2, 3, None), ("d", "x", None, 4, None),
        ("a", "y", 4, 3, 2), ("b", "y", 2, 2, 2),
    )  # fmt: skip

    def test_by_hand(self):
        """x is rated 4, 3 and 2.5; the fourth answered one item of three and has no score."""
        found = trust(self.ties)
        x = found.received.loc["x"]
        assert x[["score", "share", "raters"]].tolist() == pytest.approx([9.5 / 3, (9.5 / 3 - 1) / 3, 3])
        assert x["low"] <= x["score"] <= x["high"]
        assert found.mean == pytest.approx((4 + 3 + 2.5 + 3 + 2) / 5)
        assert found.raters == 3

    def test_two_raters_are_not_shown(self):
        found = trust(self.ties)
        assert math.isnan(found.received.loc["y", "score"])
        assert found.received.loc["y", "raters"] == 2
        assert found.received.attrs["undefined"] == {"fewer than 3 ratings": 4}
        assert trust(self.ties, raters=5).received["score"].isna().all()
        with says(MeasureError, "raters must be at least 3, not 2: fewer would show single ratings."):
            trust(self.ties, raters=2)

    def test_a_lenient_rater_gives_more_than_others_give_the_same(self):
        """a gives 4 where b, c and d give 2: 2 beyond; b gives 2 where the others give 4, 2 and 2: 2/3 below."""
        rows = [(r, t, *[4 if r == "a" else 2] * 3) for r in "abcd" for t in "xyz"]
        found = trust(rated(*rows))
        assert found.given.loc[["a", "b"], "beyond"].tolist() == pytest.approx([2, -2 / 3])
        assert found.given["z"].idxmax() == "a"
        assert found.received.loc[["x", "y", "z"], "beyond"].tolist() == pytest.approx([0, 0, 0])

    def test_one_item_is_too_few_unless_said(self):
        one = rated(("a", "x", 4), ("b", "x", 3), ("c", "x", 2), items=("trust_reliability",))
        with pytest.raises(MeasureError, match="There is no column trust_mission"):
            trust(one)
        found = trust(one, ["trust_reliability"])
        assert math.isnan(found.mean)
        assert found.received.attrs["undefined"] == {"fewer than 2 of 1 items answered": 3}
        assert trust(one, ["trust_reliability"], least=1).mean == 3

    def test_ratings_off_the_scale_and_mixed_waves_are_refused(self):
        with says(MeasureError, "trust_mission lies between 1 and 4, not 5."):
            trust(rated(("a", "x", 4, 5, 4)))
        with says(MeasureError, "Ratings of several waves are mixed: take the rows of one wave."):
            trust(self.ties.assign(wave=["1", "2"] * 3))

    def test_several_reports_of_one_rating_are_averaged_item_by_item(self):
        twice = pd.concat([self.ties, rated(("a", "x", 2, 2, 2))])
        assert trust(twice).received.loc["x", "score"] == pytest.approx((3 + 3 + 2.5) / 3)

    def test_value_is_the_mean_of_its_own_items(self):
        ties = rated(("a", "x", 1, 2, 3), ("b", "x", 2, 2, 2), ("c", "x", 4, 4, None), items=VALUE_ITEMS)
        assert value_score(ties).received.loc["x", "score"] == pytest.approx((2 + 2 + 4) / 3)

    def test_nothing_rated_is_nothing(self):
        found = trust(rated().astype(dict.fromkeys(TRUST_ITEMS, float)))
        assert math.isnan(found.mean) and not len(found.received)

    @pytest.mark.parametrize(("wave", "first"), [("2023", 15), ("2025", 1)])
    def test_the_planted_raters_of_the_county_are_found(self, wave, first):
        """The lenient rater stands highest (of few ratings near it), the harsh one lowest but one, the most trusted first."""
        truth = pd.read_csv(DATA / "county-truth.csv", dtype=str).set_index("fact")["subject"]
        found = trust(COUNTY[COUNTY["wave"] == wave])
        assert truth["lenient_rater"] in found.given["z"].nlargest(first)
        assert truth["harsh_rater"] in found.given["z"].nsmallest(2)
        assert truth["most_trusted"] == found.received["z"].idxmax()

    ratings = st.lists(
        st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz"), *[st.integers(1, 4)] * 3), min_size=1, max_size=30
    )

    @given(rows=ratings, data=st.data())
    def test_the_order_of_rows_does_not_matter(self, rows, data):
        one, two = trust(rated(*rows), draws=19), trust(rated(*data.draw(st.permutations(rows))), draws=19)
        pd.testing.assert_frame_equal(one.received, two.received)
        pd.testing.assert_frame_equal(one.given, two.given)

    @given(rows=ratings)
    def test_it_stays_on_the_scale_and_is_never_shown_for_few(self, rows):
        found = trust(rated(*rows), draws=19)
        assert found.received["score"].dropna().between(1, 4).all()
        assert (found.received["score"].notna() == (found.received["raters"] >= 3)).all()
        assert (found.given["score"].notna() == (found.given["rated"] >= 3)).all()

    @given(rows=ratings)
    def test_turning_the_scale_round_turns_the_score_round(self, rows):
        one = trust(rated(*rows), draws=19)
        two = trust(rated(*[(a, b, *(5 - x for x in rest)) for a, b, *rest in rows]), draws=19)
        np.testing.assert_allclose(one.received["score"] + two.received["score"], np.where(one.received["score"].notna(), 5, np.nan))
        np.testing.assert_allclose(one.given["beyond"], -two.given["beyond"], atol=1e-12)


class TestPerception:
    """M57."""

    def test_by_hand(self):
        """Reliability 4-2, 3-3, 1-1: apart in one of three pairs, by 2/3 on average."""
        ties = rated(("a", "b", 4, 4, 4), ("b", "a", 2, 3, 4), ("a", "c", 3, 3, 3), ("c", "a", 3, 3, 3),
                     ("b", "c", 1, 2, 2), ("c", "b", 1, 2, 3), ("a", "d", 4, 4, 4))  # fmt: skip
        found = perception(ties, roles={"a": "funder", "b": "funded", "c": "funded"})
        assert found.items.loc["trust_reliability"].tolist() == pytest.approx([3, 2 / 3, 1 / 3])
        assert found.items.loc["score"].tolist() == pytest.approx([3, (1 + 0 + 1 / 3) / 3, 1 / 3])
        assert found.roles["pairs"].tolist() == [2]
        assert math.isnan(found.roles["difference"][0])
        assert found.relations.why == "fewer than 5 members"

    def test_roles_say_who_gives_more(self):
        ties = [(a, b, *[4 if a == "f" else 2] * 3) for a, b in [("f", x) for x in "abc"] + [(x, "f") for x in "abc"]]
        found = perception(rated(*ties), roles={"f": "z funder", "a": "funded", "b": "funded", "c": "funded"}).roles
        assert found.to_numpy().tolist() == [["funded", "z funder", 3, -2]]

    def test_few_pairs_are_not_shown(self):
        found = perception(rated(("a", "b", 4, 4, 4), ("b", "a", 2, 3, 4)))
        assert found.items["apart"].isna().all()
        assert found.items.attrs["undefined"] == {"fewer than 3 pairs rated from both ends": 4}

    @staticmethod
    def square(seed, n=6, gaps=0.0):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(n, 1)) + 0.5 * rng.normal(size=n) + rng.normal(size=(n, n)) + 3
        x[rng.random((n, n)) < gaps] = np.nan
        return pd.DataFrame(x, index=list("abcdefghijkl"[:n]), columns=list("abcdefghijkl"[:n]))

    @given(seed=st.integers(0, 10_000), n=st.integers(5, 8))
    def test_effects_are_those_of_least_squares_and_sum_to_nought(self, seed, n):
        """The estimators of Warner, Kenny and Stoto are the fit of a level for each rater and each rated."""
        square = self.square(seed, n)
        found = social_relations(square)
        np.testing.assert_allclose(found.effects.sum(), 0, atol=1e-9)
        mask = ~np.eye(n, dtype=bool)
        i, j = np.nonzero(mask)
        design = np.zeros((i.size, 2 * n + 1))
        design[:, -1] = 1
        design[np.arange(i.size), i] = 1
        design[np.arange(i.size), n + j] = 1
        # The mean, rater and rated of the fit of least length, each brought to sum to nought.
        fit = np.linalg.lstsq(design, square.to_numpy()[mask], rcond=None)[0]
        np.testing.assert_allclose(found.effects["leniency"], fit[:n] - fit[:n].mean(), atol=1e-8)
        np.testing.assert_allclose(found.effects["earned"], fit[n : 2 * n] - fit[n : 2 * n].mean(), atol=1e-8)

    @given(seed=st.integers(0, 10_000), shift=st.sampled_from([-2.0, 3.0]))
    def test_turned_round_raters_and_rated_change_places(self, seed, shift):
        """The square turned over its diagonal, and more points for all."""
        one, two = social_relations(self.square(seed)), social_relations(self.square(seed).T + shift)
        np.testing.assert_allclose([one.rater, one.target, one.pair], [two.target, two.rater, two.pair], atol=1e-9)
        np.testing.assert_allclose([one.rater_target, one.reciprocity], [two.rater_target, two.reciprocity], atol=1e-9)
        np.testing.assert_allclose(one.effects["leniency"], two.effects["earned"], atol=1e-9)

    @given(seed=st.integers(0, 10_000), gaps=st.sampled_from([0.0, 0.15]))
    def test_variances_are_not_negative_and_few_ratings_are_refused(self, seed, gaps):
        found = social_relations(self.square(seed, 7, gaps))
        if not found.why:
            assert min(found.rater, found.target, found.pair) >= 0
            assert found.effects.notna().all(axis=None)
        thin = social_relations(self.square(seed, 7, 0.9))
        assert thin.why.startswith(("under 60%", "fewer than 5")) and math.isnan(thin.rater)

    def test_moments_with_no_gap_are_the_method_of_moments(self):
        """The estimators for gaps, used where there are none, are those of Warner, Kenny and Stoto."""
        from netmap.measures.perceiving import _complete, _moments

        x = self.square(3, 8).to_numpy().copy()
        np.fill_diagonal(x, np.nan)
        known = ~np.isnan(x)
        one = _complete(x, 8)
        two = _moments(np.where(known, x - np.nanmean(x), 0), known.astype(float))
        assert one == pytest.approx(two)

    def test_the_parts_that_made_the_ratings_are_found(self):
        """Over 300 made-up groups the estimated variances come to those they were made with."""
        rng = np.random.default_rng(1)
        found = []
        for gaps in (0.0, 0.2):
            here = []
            for _ in range(150):
                n = 12
                lenient, earned = rng.normal(0, 0.7, n), rng.normal(0, 0.5, n)
                pair = np.triu(rng.normal(size=(n, n)), 1)
                own = 0.6 * (0.5 * (pair + pair.T) + np.sqrt(0.75) * rng.normal(size=(n, n)))
                x = 3 + lenient[:, None] + earned[None] + own
                x[rng.random((n, n)) < gaps] = np.nan
                one = social_relations(pd.DataFrame(x))
                here.append([one.rater, one.target, one.pair, one.reciprocity])
            found.append(np.mean(here, axis=0))
        np.testing.assert_allclose(found, [[0.49, 0.25, 0.36, 0.09]] * 2, atol=0.04)


class TestAge:
    """M61."""

    @pytest.mark.parametrize("wave", ["2023", "2025"])
    def test_the_growth_planted_in_the_county_is_found(self, wave):
        """Trust was made to gain 0.4 for each unit of ln(1 + years)."""
        found = trust_by_age(COUNTY[COUNTY["wave"] == wave], draws=999)
        assert found.within == pytest.approx(0.4, abs=0.08)
        assert found.p < 0.01
        assert found.older > found.younger
        assert found.n_older + found.n_younger == found.ratings

    def test_what_is_not_defined_says_why(self):
        few = rated(("a", "b", 4, 4, 4)).assign(start="2020")
        assert trust_by_age(few, at=2025).why == "fewer than 10 rated ties whose age is known"
        many = rated(*[(f"a{i}", "x", 1 + i % 4, 2, 2) for i in range(12)])
        assert trust_by_age(many.assign(start="2020"), at=2025).why == "all rated ties are of the same age"
        aged = many.assign(start=[str(2000 + i) for i in range(12)])
        found = trust_by_age(aged, at=2025)
        assert found.why == "no rater and no rated has ties of several ages" and math.isnan(found.p)
        with says(MeasureError, "trust_by_age needs the year of the ratings: a wave that is a year, or at, such as at=2025."):
            trust_by_age(aged)
        with says(MeasureError, "trust_by_age needs the column start, when each tie began."):
            trust_by_age(many)

    @staticmethod
    def ties(seed):
        rng = np.random.default_rng(seed)
        rows = [(a, b, *rng.integers(1, 5, 3), 2000 + int(rng.integers(0, 20))) for a in "abcdef" for b in "abcdef" if a != b]
        return pd.DataFrame(rows, columns=["source", "target", *TRUST_ITEMS, "start"])

    @given(seed=st.integers(0, 10_000), shift=st.integers(-5, 5))
    def test_moving_the_calendar_changes_nothing(self, seed, shift):
        ties = self.ties(seed)
        one = trust_by_age(ties, at=2025, draws=39)
        two = trust_by_age(ties.assign(start=ties["start"] + shift), at=2025 + shift, draws=39)
        assert (one.rho, one.within, one.p) == (two.rho, two.within, two.p)

    @given(seed=st.integers(0, 10_000))
    def test_a_lenient_rater_changes_nothing_within(self, seed):
        """A rater that gives everybody less by one does not move the slope among the ties of the same rater."""
        ties = self.ties(seed)
        for item in TRUST_ITEMS:
            ties[item] = ties[item].clip(lower=2)
        less = ties.copy()
        less.loc[less["source"] == "a", list(TRUST_ITEMS)] -= 1
        one, two = trust_by_age(ties, at=2025, draws=39), trust_by_age(less, at=2025, draws=39)
        np.testing.assert_allclose([one.within, one.p], [two.within, two.p], atol=1e-9)

    @given(seed=st.integers(0, 10_000), data=st.data())
    def test_the_order_of_rows_does_not_matter(self, seed, data):
        ties = self.ties(seed)
        mixed = ties.iloc[data.draw(st.permutations(range(len(ties))))]
        assert trust_by_age(ties, at=2025, draws=39) == trust_by_age(mixed, at=2025, draws=39)


class TestIntensity:
    """M58."""

    def test_scales_are_placed_by_meaning(self):
        """Frey's coordination is 3, Himmelman's coordinating 2; Himmelman's four levels are 1 to 4."""
        assert intensity_level(pd.DataFrame({"intensity": ["Coordination", "Coalition"]}), "frey2006").tolist() == [3, 4]
        assert intensity_level(pd.DataFrame({"intensity": ["Coordinating", 4]}), "himmelman2002").tolist() == [2, 4]
        assert intensity_level(pd.DataFrame({"intensity": [0, 5]})).tolist() == [0, 5]

    def test_words_without_their_scale_are_refused(self):
        with says(MeasureError, "'Coordination' means different levels on different scales: say which in intensity_scale "
                                "(frey2006 or himmelman2002)."):  # fmt: skip
            intensity_level(pd.DataFrame({"intensity": ["Coordination"]}))
        with says(MeasureError, "'close' is no level: intensity is a number from 0 to 5, or a word of a scale that is named."):
            intensity_level(pd.DataFrame({"intensity": ["close"]}))

    def test_levels_off_the_scale_are_refused(self):
        with says(MeasureError, "5 is no level of the scale himmelman2002, which goes from 1 to 4."):
            intensity_level(pd.DataFrame({"intensity": [5]}), "himmelman2002")
        with says(MeasureError, "'Coalition' is no level of himmelman2002, whose levels are networking, coordinating, "
                                "cooperating, collaborating."):  # fmt: skip
            intensity_level(pd.DataFrame({"intensity": ["Coalition"]}), "himmelman2002")
        with says(MeasureError, "intensity_scale is one of netmap, frey2006, himmelman2002, custom, not 'mine'."):
            intensity_level(pd.DataFrame({"intensity": [5], "intensity_scale": ["mine"]}))

    def test_ones_own_scale_cannot_be_placed(self):
        found = intensity_level(pd.DataFrame({"intensity": [7, None], "intensity_scale": ["custom", ""]}))
        assert found.isna().all()
        assert found.attrs["undefined"] == {"intensity is not known": 1, "on a scale of one's own, which cannot be placed": 1}

    def test_the_ladder_by_hand(self):
        ties = pd.DataFrame({"source": list("abcx"), "target": list("badx"), "intensity": [2, 3, 4, 5], "kind": list("llff")})
        found = ladder(ties)
        assert found.loc["l", ["ties", "median", "two_reports", "differ"]].tolist() == [1, 2.5, 1, 1]
        assert found.loc["all", ["ties", "from_3", "from_4"]].tolist() == [2, 0.5, 0.5]
        assert ladder(ties.iloc[:0]).loc["all", "ties"] == 0

    levels = st.lists(st.integers(0, 5), min_size=1, max_size=8)

    @given(levels=levels)
    def test_frey_and_netmap_have_the_same_numbers(self, levels):
        table = pd.DataFrame({"intensity": levels})
        assert intensity_level(table, "frey2006").tolist() == intensity_level(table, "netmap").tolist()

    @given(levels=st.lists(st.integers(1, 4), min_size=2, max_size=8))
    def test_order_on_a_scale_is_order_on_the_ladder(self, levels):
        found = intensity_level(pd.DataFrame({"intensity": sorted(levels)}), "himmelman2002")
        assert found.is_monotonic_increasing

    @given(levels=levels, data=st.data())
    def test_order_and_direction_of_rows_do_not_matter_to_the_ladder(self, levels, data):
        rows = [(i % 3, i % 3 + 1 + i % 2, level) for i, level in enumerate(levels)]
        turned = [(b, a, level) for a, b, level in data.draw(st.permutations(rows))]
        one, two = (ladder(pd.DataFrame(r, columns=["source", "target", "intensity"])) for r in (rows, turned))
        pd.testing.assert_frame_equal(one, two)

    @given(levels=levels)
    def test_a_second_report_that_says_the_same_changes_no_level(self, levels):
        n = len(levels)
        once = pd.DataFrame({"source": range(n), "target": range(n, 2 * n), "intensity": levels})
        one, two = ladder(once).loc["all"], ladder(pd.concat([once, once])).loc["all"]
        assert one[["ties", "median", "from_3"]].tolist() == two[["ties", "median", "from_3"]].tolist()
        assert (two["two_reports"], two["differ"]) == (n, 0)

    @given(levels=levels)
    def test_shares_fall_up_the_ladder(self, levels):
        n = len(levels)
        found = ladder(pd.DataFrame({"source": range(n), "target": range(n, 2 * n), "intensity": levels})).loc["all"]
        shares = found[[f"from_{k}" for k in range(1, 6)]].tolist()
        assert shares == sorted(shares, reverse=True)
        assert found["ties"] == n


class TestDiversity:
    """M62."""

    def test_by_hand(self):
        """Partners a, a, b, c: 1 - (1/4 + 1/16 + 1/16); corrected by 4/3."""
        found = diversity(nx.star_graph(4), ["h", "a", "a", "b", "c"])
        assert found.loc[0, ["blau", "blau_corrected"]].tolist() == pytest.approx([5 / 8, 5 / 6])
        assert found.loc[0, "hill"] == pytest.approx(math.exp(1.5 * math.log(2)))
        assert found.loc[1, ["partners", "blau", "hill", "few"]].tolist() == [1, 0, 1, True]
        assert math.isnan(found.loc[1, "blau_corrected"])

    def test_no_partner_in_a_group_is_not_defined(self):
        found = diversity(nx.path_graph(2), ["a", None])
        assert math.isnan(found.loc[0, "blau"]) and found.loc[0, "partners"] == 0
        assert found.loc[1, "blau"] == 0

    def test_dependence_by_hand(self):
        graph = nx.Graph()
        graph.add_weighted_edges_from([("a", "b", 3), ("a", "c", 1)])
        graph.add_node("d")
        found = dependence(graph)
        assert found.loc["a", ["concentration", "largest"]].tolist() == [10 / 16, 3 / 4]
        assert found["on"].fillna("").tolist() == ["b", "a", "a", ""]
        assert math.isnan(found.loc["d", "concentration"])
        assert dependence(graph, None).loc["a", ["concentration", "on"]].tolist() == [0.5, "b"]

    @given(raw=networks(least=1))
    def test_ranges_and_names(self, raw):
        groups = [i % 3 for i in range(raw.n)]
        one = diversity(raw.view(), groups)
        two = diversity(raw.simple().view([f"n{i:02d}" for i in range(raw.n)]), ["abc"[g] for g in groups])
        np.testing.assert_allclose(one[["blau", "hill"]], two[["blau", "hill"]])
        assert one["blau"].dropna().between(0, 2 / 3 + 1e-9).all()
        assert one["hill"].dropna().between(1 - 1e-9, 3 + 1e-9).all()
        # exp(entropy) is never below 1/sum of squares.
        assert (one["hill"] >= 1 / (1 - one["blau"]) - 1e-9)[one["blau"].notna()].all()

    @given(raw=networks(least=1), factor=st.sampled_from([0.5, 3.0]))
    def test_the_unit_of_strength_does_not_matter(self, raw, factor):
        one, two = dependence(raw.view()), dependence(raw.scaled(factor).view())
        np.testing.assert_allclose(one["concentration"], two["concentration"])
        assert (one["largest"] >= one["concentration"] - 1e-9)[one["largest"].notna()].all()

    @given(raw=networks(least=1))
    def test_one_partner_is_all_dependence(self, raw):
        found = dependence(raw.view())
        assert ((found["concentration"] - 1).abs() < 1e-9)[found["partners"] == 1].all()
        assert (found["concentration"] >= 1 / found["partners"] - 1e-9)[found["partners"] > 0].all()


class TestSupport:
    """M62, supported opportunity."""

    def test_by_hand(self):
        """a-b leans on b-c, which is hard-wired; d-e leans on nothing; f-g is unknown and stands alone."""
        ties = pd.DataFrame({"a": list("abdf"), "b": list("bceg"), "mandate": "voluntary", "hardwired": [0.0, 1.0, 0.2, None]})
        found = supported_opportunity(ties)
        assert found.to_numpy().tolist() == [[2, 1, 0.5], [3, 1, 1 / 3], [2, 1, 0.5]]
        assert math.isnan(supported_opportunity(ties.assign(mandate="mandated")).loc["known", "share"])
        with says(MeasureError, "supported_opportunity needs the column mandate."):
            supported_opportunity(ties.drop(columns="mandate"))

    def test_the_ties_of_localgov(self):
        """Five of sixteen optional ties have a hard-wired one at an end, unknown ones taken as not hard-wired."""
        ties = pair_accountability(nm.read(DATA / "localgov.csv").records())
        assert supported_opportunity(ties).loc["unknown is no"].tolist() == [16, 5, 5 / 16]

    rows = st.lists(
        st.tuples(
            st.sampled_from("abcde"), st.sampled_from("vwxyz"), st.sampled_from(["voluntary", "mandated", "unknown"]),
            st.sampled_from([0.0, 0.5, 1.0, None]),
        ),
        max_size=12,
    )  # fmt: skip

    @staticmethod
    def frame(rows):
        return pd.DataFrame(rows, columns=["source", "target", "mandate", "hardwired"])

    @given(rows=rows)
    def test_counts_fit_together(self, rows):
        found = supported_opportunity(self.frame(rows))
        assert (found["supported"] <= found["optional"]).all()
        assert found.loc["unknown is no", "optional"] >= found.loc["known", "optional"]
        assert found.loc["unknown is yes", "optional"] == found.loc["known", "optional"]
        assert found.loc["unknown is yes", "supported"] >= found.loc["known", "supported"]

    @given(rows=rows, data=st.data())
    def test_order_and_direction_do_not_matter(self, rows, data):
        turned = [(b, a, *rest) for a, b, *rest in data.draw(st.permutations(rows))]
        pd.testing.assert_frame_equal(supported_opportunity(self.frame(rows)), supported_opportunity(self.frame(turned)))

    @given(rows=rows)
    def test_one_more_hard_wired_tie_never_takes_support_away(self, rows):
        one = supported_opportunity(self.frame(rows))
        two = supported_opportunity(self.frame([*rows, ("a", "v", "mandated", 1.0)]))
        assert (two["supported"] >= one["supported"]).all()
