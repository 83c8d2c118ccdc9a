"""Named frameworks, references, strangers and councillors: by hand, at the edges, and what always holds."""

import math
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.errors import MeasureError
from netmap.measures.councillors import QUALITIES, councillor_profile
from netmap.measures.profiles import reference_gap
from netmap.measures.similarity import alignment, profile_similarity
from netmap.measures.strangers import aligned_strangers, partners_apart
from netmap.schema import FRAMEWORKS, TABLES
from tests.measures.saying import says
from tests.measures.test_groups_and_values import ratings

ROOT = Path(__file__).resolve().parents[2]
profiles = st.lists(st.tuples(*[st.integers(1, 5)] * 4), min_size=3, max_size=6)


def entities(rows):
    return ratings(**{f"e{i}": r for i, r in enumerate(rows)})


class TestFrameworks:
    def test_every_framework_named_in_the_schema_is_shipped(self):
        (column,) = [c for c in TABLES["values"].columns if c.name == "framework"]
        assert set(column.values) - {"custom", "other"} == set(FRAMEWORKS)

    def test_they_hold_what_their_sources_list(self):
        """Ten cooperative values, five ways of working, four qualities; each with a meaning and none twice."""
        assert {name: len(f.items) for name, f in FRAMEWORKS.items()} == {"cooperative_ica": 10, "wfg_ways": 5, "councillor": 4}
        for framework in FRAMEWORKS.values():
            assert framework.title and framework.source
            assert framework.of in ("organisations", "people")
            assert all(item.meaning.endswith(".") for item in framework.items)
            words = [word for item in framework.items for word in (item.name, *item.synonyms)]
            assert all(framework.item(word) is not None for word in words)
            assert len({framework.item(word).name for word in words}) == len(framework.items)

    @pytest.mark.parametrize(
        ("framework", "text", "name"),
        [("cooperative_ica", "Self help", "self-help"), ("cooperative_ica", "care", "caring for others"),
         ("wfg_ways", "long_term", "long-term"), ("councillor", "quality_coproductive", "co-productive")],
    )  # fmt: skip
    def test_items_are_found_however_they_are_spelled(self, framework, text, name):
        assert FRAMEWORKS[framework].item(text).name == name
        assert FRAMEWORKS[framework].item("profit") is None

    def test_the_ways_of_working_of_ties_are_those_of_the_framework(self):
        (column,) = [c for c in TABLES["partnerships"].columns if c.name == "way_of_working"]
        assert all(FRAMEWORKS["wfg_ways"].item(way) for way in column.values)

    def test_they_stand_in_the_docs(self):
        text = (ROOT / "docs" / "questions-and-columns.md").read_text(encoding="utf-8")
        for name, framework in FRAMEWORKS.items():
            assert f"`{name}`" in text
            assert all(item.name in text for item in framework.items)

    def test_a_named_framework_is_a_reference(self):
        """5, 4 and 3 of five on three of the five ways: 0, 1 and 2 of four steps short."""
        rows = [("a", i, r) for i, r in zip(("long-term", "Prevention", "integration", "thrift"), (5, 4, 3, 1), strict=True)]
        values = pd.DataFrame(rows, columns=["entity", "item", "rating"])
        found = reference_gap(values, "wfg_ways").loc["a"]
        assert (found["alignment"], found["items"], found["furthest"]) == (0.75, 3, "integration")
        with says(MeasureError, "None of the reference's items was rated. Items here: Prevention, integration, long-term, thrift."):
            reference_gap(values, "councillor")
        with pytest.raises(MeasureError, match="Did you mean wfg_ways"):
            reference_gap(values, "wfg_way")

    def test_two_of_five_ways_are_too_few(self):
        values = pd.DataFrame([("a", "prevention", 5), ("a", "integration", 5)], columns=["entity", "item", "rating"])
        assert math.isnan(reference_gap(values, "wfg_ways").loc["a", "alignment"])


class TestReference:
    @given(rows=profiles)
    def test_ones_own_profile_is_no_gap_away(self, rows):
        found = reference_gap(entities(rows), {f"i{k}": float(r) for k, r in enumerate(rows[0])})
        assert found.loc["e0", "gap"] == pytest.approx(0, abs=1e-12)
        assert found["gap"].between(0, 1).all()

    @given(rows=profiles)
    def test_it_is_the_likeness_with_an_entity_that_rates_as_the_reference(self, rows):
        values = entities(rows)
        found = reference_gap(values, {f"i{k}": float(r) for k, r in enumerate(rows[0])})
        known = profile_similarity(values).loc["e0"].drop("e0")
        np.testing.assert_allclose(found["alignment"].drop("e0"), known)

    @given(rows=profiles, goal=st.tuples(*[st.integers(1, 5)] * 4))
    def test_turning_every_scale_round_changes_nothing(self, rows, goal):
        values = entities(rows)
        one = reference_gap(values, {f"i{k}": float(r) for k, r in enumerate(goal)})
        two = reference_gap(values.assign(rating=6 - values["rating"]), {f"i{k}": 6.0 - r for k, r in enumerate(goal)})
        np.testing.assert_allclose(one[["gap", "shape"]], two[["gap", "shape"]], atol=1e-9)
        assert one["furthest"].tolist() == two["furthest"].tolist()


class TestStrangers:
    """Aligned strangers and partners far apart."""

    graph = nx.Graph([("a", "b"), ("b", "c")])
    values = ratings(a=(5, 4, 5), b=(1, 1, 1), c=(5, 4, 4), d=(5, 4, 5))

    def test_by_hand(self):
        """d rates as a does and is tied to nobody: first; a-c and c-d are next, equals with rank 3."""
        found = aligned_strangers(self.graph, self.values)
        # d is not in the network.
        assert found[["a", "b"]].to_numpy().tolist() == [["a", "c"]]
        graph = self.graph.copy()
        graph.add_node("d")
        found = aligned_strangers(graph, self.values, most=3)
        assert found[["a", "b", "rank"]].to_numpy().tolist() == [["a", "d", 1], ["a", "c", 3], ["c", "d", 3]]
        # One of six pairs is as alike as a and d; four pairs are not tied.
        assert found["by_chance"].tolist() == pytest.approx([4 / 6, 4 * 3 / 6, 4 * 3 / 6])

    def test_partners_by_hand(self):
        """a-b is 11 of 12 steps apart, b-c 10."""
        found = partners_apart(self.graph, self.values)
        assert found[["a", "b", "rank"]].to_numpy().tolist() == [["a", "b", 1], ["b", "c", 2]]
        assert found["alignment"].tolist() == pytest.approx([1 / 12, 2 / 12])
        assert found["by_chance"].tolist() == pytest.approx([2 / 3, 4 / 3])

    def test_nobody_is_nobody(self):
        assert not len(aligned_strangers(nx.Graph(), self.values))
        assert not len(partners_apart(nx.path_graph(["x", "y"]), self.values))
        with says(MeasureError, "most must be at least 1, not 0."):
            partners_apart(self.graph, self.values, most=0)

    @staticmethod
    def network(rows, seed):
        graph = nx.gnp_random_graph(len(rows), 0.4, seed=seed)
        return nx.relabel_nodes(graph, {i: f"e{i}" for i in graph}), entities(rows)

    @given(rows=profiles, seed=st.integers(0, 99))
    def test_every_pair_stands_on_one_of_the_lists(self, rows, seed):
        graph, values = self.network(rows, seed)
        strangers, partners = aligned_strangers(graph, values, most=99), partners_apart(graph, values, most=99)
        n = len(rows)
        assert len(strangers) + len(partners) == n * (n - 1) // 2
        assert all(not graph.has_edge(a, b) for a, b in zip(strangers["a"], strangers["b"], strict=True))
        assert all(graph.has_edge(a, b) for a, b in zip(partners["a"], partners["b"], strict=True))

    @given(rows=profiles, seed=st.integers(0, 99))
    def test_they_are_in_order_and_their_likeness_is_the_alignment(self, rows, seed):
        graph, values = self.network(rows, seed)
        strangers, partners = aligned_strangers(graph, values), partners_apart(graph, values)
        assert strangers["alignment"].is_monotonic_decreasing
        assert partners["alignment"].is_monotonic_increasing
        known = {frozenset(k): v for k, v in alignment(graph, values).items()}
        np.testing.assert_allclose(
            partners["alignment"], [known[frozenset(p)] for p in zip(partners["a"], partners["b"], strict=True)]
        )

    @given(rows=profiles, seed=st.integers(0, 99))
    def test_ranks_and_chance_come_to_all_at_the_end(self, rows, seed):
        graph, values = self.network(rows, seed)
        for found in (aligned_strangers(graph, values, most=99), partners_apart(graph, values, most=99)):
            if len(found):
                assert found["rank"].is_monotonic_increasing
                assert found["rank"].iloc[-1] == len(found)
                assert (found["by_chance"] <= len(found) + 1e-9).all()


class TestCouncillors:
    """M66."""

    people = pd.DataFrame({"person_id": ["c", "d"], "quality_open": [4, 2], "quality_digital": [3, None], "authority_level": [4, 0]})

    def said(self, *rows):
        return pd.DataFrame(rows, columns=["rater", "target", "item", "score"])

    def test_by_hand(self):
        """Others say 2, 3 and 4 of openness: 3 on average, variance 1 of 2; what one says of oneself is left out."""
        said = self.said(("x", "c", "open", 2), ("y", "c", "quality_open", 3), ("z", "c", "Open", 4), ("c", "c", "open", 5),
                         ("x", "c", "networked", 4))  # fmt: skip
        found = councillor_profile(self.people, said, nx.Graph([("c", "d"), ("d", "e")]))
        assert found.qualities.loc[("c", "quality_open")].tolist() == [4, 3, 3, 1, 0.5]
        assert found.qualities.loc[("d", "quality_open")].fillna(-9).tolist() == [2, -9, 0, -9, -9]
        assert math.isnan(found.qualities.loc[("c", "quality_networked"), "others"])
        assert found.qualities.attrs["undefined"] == {"fewer than 3 raters": 1}
        assert found.beside["harmonic"].tolist() == [0.75, 1]
        assert found.beside["authority"].tolist() == [4, 0]

    def test_nobody_asked_and_mistakes(self):
        found = councillor_profile(self.people[["person_id"]])
        assert found.qualities[["own", "others"]].isna().all(axis=None)
        assert found.beside.isna().all(axis=None)
        with says(MeasureError, "quality_open lies between 1 and 5, not 7."):
            councillor_profile(self.people.assign(quality_open=7))
        with says(MeasureError, "councillor_profile needs the column person_id."):
            councillor_profile(pd.DataFrame())
        with says(MeasureError, "Ratings of councillors need the column score."):
            councillor_profile(self.people, self.said().drop(columns="score"))

    rated = st.lists(
        st.tuples(st.sampled_from("uvwxyz"), st.sampled_from("cd"), st.sampled_from(QUALITIES), st.integers(1, 5)), max_size=20
    )

    @given(rows=rated, data=st.data())
    def test_the_order_of_rows_does_not_matter(self, rows, data):
        one = councillor_profile(self.people, self.said(*rows))
        two = councillor_profile(self.people.iloc[::-1], self.said(*data.draw(st.permutations(rows))))
        np.testing.assert_allclose(one.qualities, two.qualities)

    @given(rows=rated)
    def test_few_raters_are_never_shown_and_all_stay_on_the_scale(self, rows):
        found = councillor_profile(self.people, self.said(*rows)).qualities
        assert (found["others"].notna() == (found["raters"] >= 3)).all()
        assert found["others"].dropna().between(1, 5).all()
        assert found["r_wg"].dropna().between(0, 1).all()

    @given(rows=rated)
    def test_what_others_say_of_one_does_not_change_the_other(self, rows):
        one = councillor_profile(self.people, self.said(*rows)).qualities.loc["c"]
        two = councillor_profile(self.people, self.said(*[r for r in rows if r[1] == "c"])).qualities.loc["c"]
        np.testing.assert_allclose(one, two)
