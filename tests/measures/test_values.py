"""Profiles, agreement, negotiation and segregation, worked out by hand, at the edges, and what must always hold."""

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.errors import MeasureError
from netmap.measures.negotiation import CLASSES, negotiation_table
from netmap.measures.profiles import level_and_shape, reference_gap
from netmap.measures.raters import agreement
from netmap.measures.segregation import coleman
from netmap.measures.similarity import profile_similarity
from tests.measures.saying import says
from tests.measures.test_groups_and_values import ratings
from tests.property.graphs import networks


def told(rows, columns=("entity", "item", "rater", "rating")):
    return pd.DataFrame(rows, columns=list(columns))


class TestLevelAndShape:
    """M44."""

    def test_the_same_shape_at_another_level(self):
        """(5, 4, 5, 4, 5) and (2, 1, 2, 1, 2): three steps apart on every item, all of it elevation."""
        row = level_and_shape(ratings(a=(5, 4, 5, 4, 5), b=(2, 1, 2, 1, 2))).iloc[0]
        assert row[["level", "shape"]].tolist() == pytest.approx([0.25, 1])
        assert row[["distance", "elevation", "scatter", "pattern"]].tolist() == pytest.approx([5 * 0.75**2] * 2 + [0, 0])

    def test_opposite_shapes_at_the_same_level(self):
        """(1, 3, 5) and (5, 3, 1): D^2 = 1 + 0 + 1, all of it pattern, r = -1."""
        row = level_and_shape(ratings(a=(1, 3, 5), b=(5, 3, 1))).iloc[0]
        assert row["shape"] == pytest.approx(-1)
        assert row[["distance", "elevation", "scatter", "pattern"]].tolist() == pytest.approx([2, 0, 0, 2])

    def test_a_flat_profile_has_a_level_and_no_shape(self):
        found = level_and_shape(ratings(a=(3, 3, 3), b=(1, 3, 5)))
        assert math.isnan(found["shape"][0])
        assert found["scatter"][0] == pytest.approx(0.5)
        assert found.attrs["undefined"] == {"flat profile": 1}

    def test_too_few_shared_items_are_not_compared(self):
        found = level_and_shape(pd.concat([ratings(a=(1, 2, 3, 4)), ratings(b=(1, 2))]))
        assert found[["level", "shape", "distance"]].isna().all(axis=None)
        assert found.attrs["undefined"] == {"fewer than max(3, half) of the items shared": 1}

    def test_tags_are_refused(self):
        with says(MeasureError, "Tags have no level or shape: compare them by profile_similarity with jaccard or overlap."):
            level_and_shape(pd.DataFrame({"entity": ["a", "b"], "item": ["x", "x"]}))

    @given(rows=st.lists(st.tuples(*[st.integers(1, 5)] * 4), min_size=2, max_size=4))
    def test_the_three_parts_are_the_distance(self, rows):
        found = level_and_shape(ratings(**{f"e{i}": r for i, r in enumerate(rows)}))
        parts = found[["elevation", "scatter", "pattern"]]
        np.testing.assert_allclose(parts.sum(axis=1), found["distance"], atol=1e-9)
        assert (parts > -1e-9).all(axis=None)

    @given(rows=st.lists(st.tuples(*[st.integers(1, 5)] * 4), min_size=2, max_size=4))
    def test_level_and_shape_are_gower_and_pearson(self, rows):
        values = ratings(**{f"e{i}": r for i, r in enumerate(rows)})
        found = level_and_shape(values)
        for method, column in (("gower", "level"), ("pearson", "shape")):
            table = profile_similarity(values, method)
            known = [table.loc[a, b] for a, b in zip(found["a"], found["b"], strict=True)]
            np.testing.assert_allclose(found[column], known, atol=1e-9)

    @given(rows=st.tuples(*[st.tuples(*[st.integers(1, 4)] * 4)] * 2))
    def test_one_step_more_on_every_item_changes_elevation_alone(self, rows):
        a, b = rows
        one = level_and_shape(ratings(a=a, b=b)).iloc[0]
        two = level_and_shape(ratings(a=a, b=[r + 1 for r in b])).iloc[0]
        np.testing.assert_allclose(one[["shape", "scatter", "pattern"]].astype(float), two[["shape", "scatter", "pattern"]].astype(float), atol=1e-9)


def test_weighted_jaccard_and_overlap_by_hand():
    """Shares (0, .5, 1) and (.5, .5, .5): smaller 1, larger 2, each sums to 1.5."""
    values = ratings(a=(1, 3, 5), b=(3, 3, 3))
    assert profile_similarity(values, "jaccard").loc["a", "b"] == pytest.approx(1 / 2)
    assert profile_similarity(values, "overlap").loc["a", "b"] == pytest.approx(1 / 1.5)


def test_overlap_of_tags_ignores_what_one_did_not_name():
    tags = pd.DataFrame([("a", "x"), ("a", "y"), ("a", "z"), ("b", "y")], columns=["entity", "item"])
    assert profile_similarity(tags, "overlap").loc["a", "b"] == 1
    assert profile_similarity(tags, "jaccard").loc["a", "b"] == pytest.approx(1 / 3)


class TestReference:
    """M46, the gap to a reference profile."""

    def test_by_hand(self):
        """5, 3, 4 against 5, 5, 5 of five: 0, 2 and 1 of four steps away, 3/12 in all."""
        found = reference_gap(ratings(a=(5, 3, 4), b=(5, 5, 5)), {"i0": 5, "i1": 5, "i2": 5})
        assert found.loc["a", ["alignment", "gap", "above"]].tolist() == [0.75, 0.25, -2]
        assert found.loc["a", "furthest"] == "i1"
        assert found.loc["b", "gap"] == 0
        assert math.isnan(found.loc["a", "shape"])
        assert found.attrs["coverage"] == 1

    def test_who_rated_too_little_is_not_compared(self):
        found = reference_gap(pd.concat([ratings(a=(5, 3, 4)), ratings(b=(5,))]), {"i0": 5, "i1": 5, "i2": 5})
        assert math.isnan(found.loc["b", "alignment"]) and pd.isna(found.loc["b", "furthest"])
        assert found.attrs["coverage"] == 0.5

    def test_references_that_make_no_sense_are_refused(self):
        values = ratings(a=(5, 3, 4))
        with says(MeasureError, "None of the reference's items was rated. Items here: i0, i1, i2."):
            reference_gap(values, {"x": 1})
        with says(MeasureError, "The reference for i0 is 7, outside its scale 1 to 5."):
            reference_gap(values, {"i0": 7})
        with says(MeasureError, "i0 was rated on several scales: give the reference for one of them."):
            reference_gap(pd.concat([values, ratings(b=(1, 2, 3)).assign(scale_max=3.0)]).assign(scale_max=[5.0] * 3 + [3.0] * 3), {"i0": 2})


class TestAgreement:
    """M45."""

    def test_r_wg_by_hand(self):
        """4, 4, 5, 4, 5 of five steps: s^2 = 0.3 against 2, so 0.85; with one item r_wg(J) is r_wg."""
        found = agreement(told([("a", "care", f"r{k}", r) for k, r in enumerate((4, 4, 5, 4, 5))]))
        assert found.items.loc[("a", "care"), "r_wg"] == pytest.approx(0.85)
        assert found.entities.loc["a", "r_wg_j"] == pytest.approx(0.85)
        assert found.entities.loc["a", ["may_average", "may_publish"]].all()

    def test_over_three_items_by_hand(self):
        """Variances 1, 1, 0 (u = 1/3): 3 x 2/3 / (2 + 1/3) = 6/7."""
        rows = [("a", i, k, r) for i, rs in {"x": (1, 2, 3), "y": (3, 4, 5), "z": (2, 2, 2)}.items() for k, r in enumerate(rs)]
        found = agreement(told(rows)).entities.loc["a"]
        assert found["r_wg_j"] == pytest.approx(6 / 7)
        assert found["items"] == 3 and found["may_average"] and not found["may_publish"]

    def test_more_scatter_than_random_answers_is_nought_and_says_so(self):
        """1, 1, 5, 5: s^2 = 16/3, more than 2."""
        found = agreement(told([("a", "care", k, r) for k, r in enumerate((1, 1, 5, 5))]))
        assert found.items.loc[("a", "care"), ["r_wg", "truncated"]].tolist() == [0, True]
        assert found.entities.loc["a", ["r_wg_j", "truncated", "may_average"]].tolist() == [0, True, False]

    def test_two_raters_are_too_few(self):
        found = agreement(told([("a", "care", k, 4) for k in range(2)]))
        assert math.isnan(found.items.loc[("a", "care"), "r_wg"])
        assert not found.entities.loc["a", "may_average"]
        assert found.items.attrs["undefined"] == {"fewer than 3 raters": 1}

    def test_icc_by_hand(self):
        """Two organisations rated (1, 2) and (4, 5): MSB = 9, MSW = 1/2, k = 2: 8.5/9.5."""
        rows = [("a", "x", 0, 1), ("a", "x", 1, 2), ("b", "x", 0, 4), ("b", "x", 1, 5)]
        assert agreement(told(rows)).icc["x"] == pytest.approx(8.5 / 9.5)
        assert math.isnan(agreement(told(rows[:2])).icc["x"])
        assert math.isnan(agreement(told([(e, "x", k, 3) for e in "ab" for k in range(2)])).icc["x"])

    def test_a_mean_with_its_spread_and_number_serves_as_well(self):
        rows = pd.DataFrame({"entity": ["a"], "item": ["x"], "rating": [4.4], "n_raters": [5], "sd": [0.3**0.5]})
        assert agreement(rows).items.loc[("a", "x"), "r_wg"] == pytest.approx(0.85)

    def test_a_column_missing_and_a_scale_of_one_step_are_refused(self):
        with says(MeasureError, "agreement needs the column rating; there are entity, item."):
            agreement(pd.DataFrame({"entity": ["a"], "item": ["x"]}))
        with says(MeasureError, "A scale needs two steps at least: scale_max must be above scale_min."):
            agreement(told([("a", "x", 0, 1)]).assign(scale_min=1, scale_max=1))

    rated = st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=6), min_size=1, max_size=4)

    @staticmethod
    def rows(rated):
        return [("a", f"i{j}", k, r) for j, rs in enumerate(rated) for k, r in enumerate(rs)]

    @given(rated=rated)
    def test_it_stays_in_its_range(self, rated):
        found = agreement(told(self.rows(rated)))
        assert found.items["r_wg"].between(0, 1).all()
        assert found.entities["r_wg_j"].between(0, 1).all()

    @given(rated=rated, data=st.data())
    def test_order_of_rows_and_direction_of_the_scale_do_not_matter(self, rated, data):
        rows = self.rows(rated)
        one = agreement(told(rows))
        turned = [(e, i, k, 6 - r) for e, i, k, r in data.draw(st.permutations(rows))]
        two = agreement(told(turned))
        np.testing.assert_allclose(one.items["r_wg"], two.items["r_wg"], atol=1e-9)
        np.testing.assert_allclose(one.entities["r_wg_j"], two.entities["r_wg_j"], atol=1e-9)

    @given(rated=rated, repeat=st.integers(2, 4))
    def test_more_items_rated_alike_agree_no_less(self, rated, repeat):
        one = agreement(told(self.rows(rated))).entities["r_wg_j"].iloc[0]
        two = agreement(told(self.rows(rated * repeat))).entities["r_wg_j"].iloc[0]
        assert two >= one - 1e-9


class TestNegotiation:
    """M54."""

    def values(self):
        return pd.DataFrame(
            [
                ("a", "care", 5, True), ("b", "care", 4, True),
                ("a", "voice", 5, True), ("b", "voice", 2, False),
                ("a", "thrift", 1, False), ("b", "thrift", 4, False),
                ("a", "learning", 3, False), ("b", "learning", 3, True),
                ("a", "speed", 2, False),
            ],
            columns=["entity", "item", "rating", "anchor"],
        )  # fmt: skip

    def test_every_class_by_hand(self):
        found = negotiation_table(self.values(), ["a", "b"])
        assert found[["item", "gap", "class"]].to_numpy().tolist()[:4] == [
            ["care", 1, "shared anchor"], ["voice", 3, "anchored conflict"], ["thrift", 3, "tradeable"],
            ["learning", 0, "common ground"],
        ]  # fmt: skip
        last = found.iloc[4]
        assert (last["item"], last["class"], last["not_rated"]) == ("speed", "not known", "b")
        assert found["anchored_by"].tolist() == ["a; b", "a", "", "b", ""]

    def test_other_scales_count_in_steps_of_five(self):
        """0 and 10 of 0..10 are four steps apart."""
        values = pd.DataFrame({"entity": ["a", "b"], "item": "x", "rating": [0, 10], "scale_min": 0, "scale_max": 10})
        assert negotiation_table(values, ["a", "b"])["gap"].tolist() == [4]

    def test_parties_that_cannot_be_are_refused(self):
        with says(MeasureError, "A negotiation needs two parties at least."):
            negotiation_table(self.values(), ["a", "a"])
        with pytest.raises(MeasureError, match="^anna has no values."):
            negotiation_table(self.values(), ["a", "anna"])
        with says(MeasureError, "A negotiation table needs ratings; these values are tags."):
            negotiation_table(pd.DataFrame({"entity": ["a", "b"], "item": ["x", "x"]}), ["a", "b"])

    cells = st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=2, max_size=4)

    @staticmethod
    def frame(table):
        return pd.DataFrame(
            [(f"e{p}", f"i{k}", r, held) for k, row in enumerate(table) for p, (r, held) in enumerate(row)],
            columns=["entity", "item", "rating", "anchor"],
        )

    @given(table=st.lists(st.tuples(*[st.tuples(st.integers(1, 5), st.booleans())] * 3), min_size=1, max_size=5))
    def test_it_is_the_same_for_parties_in_any_order(self, table):
        values = self.frame(table)
        one, two = negotiation_table(values, ["e0", "e1", "e2"]), negotiation_table(values, ["e2", "e0", "e1"])
        assert one[["item", "gap", "class"]].equals(two[["item", "gap", "class"]])

    @given(table=st.lists(st.tuples(*[st.tuples(st.integers(1, 5), st.booleans())] * 3), min_size=1, max_size=5))
    def test_more_parties_never_narrow_a_gap_and_every_item_has_one_class(self, table):
        values = self.frame(table)
        pair = negotiation_table(values, ["e0", "e1"]).set_index("item")["gap"]
        three = negotiation_table(values, ["e0", "e1", "e2"]).set_index("item")["gap"]
        assert (three[pair.index] >= pair - 1e-12).all()
        assert set(negotiation_table(values, ["e0", "e1"])["class"]) <= set(CLASSES[:4])
        assert len(pair) == len(table)

    @given(table=st.lists(st.tuples(*[st.tuples(st.integers(1, 5), st.booleans())] * 2), min_size=1, max_size=5))
    def test_without_anchors_there_is_no_conflict(self, table):
        values = self.frame(table).assign(anchor=False)
        assert set(negotiation_table(values, ["e0", "e1"])["class"]) <= {"tradeable", "common ground"}


class TestColeman:
    """M51."""

    def test_the_clubs_of_karate(self):
        """The larger share: 0.736 with (N_g - 1)/(N - 1), 0.728 with N_g/N."""
        graph = nx.karate_club_graph()
        club = nx.get_node_attributes(graph, "club")
        assert round(coleman(graph, club).loc["Mr. Hi", "index"], 3) == 0.736
        assert round(coleman(graph, club, "all").loc["Mr. Hi", "index"], 3) == 0.728

    def test_by_hand(self):
        """A path a-a-b-b: two of three ends inside, one of three others inside by size: (2/3 - 1/3)/(2/3)."""
        found = coleman(nx.path_graph(4), list("aabb"))
        assert found["index"].tolist() == pytest.approx([0.5, 0.5])
        # Odds inside 2 : 0, so Q is 1.
        assert found["yule_q"].tolist() == [1, 1]

    def test_never_inside_is_minus_one(self):
        assert coleman(nx.complete_bipartite_graph(2, 3), list("aabbb"))["index"].tolist() == [-1, -1]

    def test_directed_ties_count_from_their_source(self):
        graph = nx.DiGraph([(0, 1), (0, 2), (2, 0)])
        found = coleman(graph, list("aab"))
        assert found.loc["a", "inside"] == 0.5
        assert math.isnan(found.loc["b", "index"])
        assert found.attrs["undefined"] == {"one member only": 1}

    def test_what_is_not_defined_says_why(self):
        assert coleman(nx.path_graph(3), list("aaa")).attrs["undefined"] == {"one group only": 1}
        graph = nx.Graph([(0, 1)])
        graph.add_nodes_from([2, 3])
        assert coleman(graph, list("aabb")).attrs["undefined"] == {"no ties": 1}
        with pytest.raises(MeasureError, match="expected is one of others, all"):
            coleman(graph, list("aabb"), "al")

    @given(raw=networks(least=2))
    def test_it_stays_in_its_range_and_does_not_depend_on_names(self, raw):
        groups = [i % 2 for i in range(raw.n)]
        one = coleman(raw.view(), groups)
        two = coleman(raw.simple().view([f"n{i:02d}" for i in range(raw.n)]), ["ab"[g] for g in groups])
        np.testing.assert_allclose(one.to_numpy(dtype=float), two.to_numpy(dtype=float))
        assert one["index"].dropna().between(-1, 1).all()
        assert one["yule_q"].dropna().between(-1, 1).all()

    @given(raw=networks(directed=False, least=4))
    def test_twice_the_network_keeps_the_shares(self, raw):
        one = coleman(raw.view(), [i % 2 for i in range(raw.n)])
        two = coleman(raw.twice().view(), [i % 2 for i in range(raw.n)] * 2)
        np.testing.assert_allclose(one["inside"], two["inside"])

    @given(n=st.integers(4, 8))
    def test_a_complete_network_is_as_its_sizes_give(self, n):
        found = coleman(nx.complete_graph(n), [i % 2 for i in range(n)])
        np.testing.assert_allclose(found["index"], 0, atol=1e-12)
