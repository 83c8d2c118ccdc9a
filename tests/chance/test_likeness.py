"""Permutation tests of likeness: the statistic is the measure, the null is every dealing, the edges say so."""

import math
from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.chance.likeness import alignment_test, likeness_test
from netmap.errors import MeasureError
from netmap.measures.homophily import assortativity, ei_index, geary, moran
from netmap.measures.similarity import alignment
from tests.measures.saying import says
from tests.measures.test_groups_and_values import ratings
from tests.property.graphs import networks

MEASURES = {
    "assortativity": assortativity,
    "moran": moran,
    "geary": geary,
    "ei_index": lambda g, x: ei_index(g, x).attrs["network"],
}
SMALL = nx.Graph([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5)])
NUMBERS = [1.0, 2.0, 2.0, 5.0, 4.0, 7.0]
LABELS = list("aabbab")


@pytest.mark.parametrize(
    ("measure", "values"),
    [("assortativity", NUMBERS), ("assortativity", LABELS), ("moran", NUMBERS), ("geary", NUMBERS), ("ei_index", LABELS)],
)
def test_the_null_is_that_of_every_dealing(measure, values):
    """On six nodes all 720 dealings give the mean and the p that the draws come to."""
    function = MEASURES[measure]
    found = likeness_test(SMALL, values, measure, draws=9999)
    every = np.array([function(SMALL, [values[i] for i in p]) for p in permutations(range(6))])
    assert found.value == pytest.approx(function(SMALL, values))
    assert found.expected == pytest.approx(every.mean(), abs=0.01)
    exact = (np.abs(every - every.mean()) >= abs(found.value - every.mean()) - 1e-9).mean()
    near = (np.abs(np.abs(every - every.mean()) - abs(found.value - every.mean())) < 0.02).mean()
    assert found.p == pytest.approx(exact, abs=0.02 + near)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("values", [NUMBERS, LABELS], ids=["numbers", "labels"])
def test_the_standard_error_is_that_of_leaving_out_each_tie(directed, values):
    graph = nx.DiGraph(SMALL.edges) if directed else SMALL
    each = []
    for tie in list(graph.edges):
        less = graph.copy()
        less.remove_edge(*tie)
        each.append(assortativity(less, values))
    known = math.sqrt(((np.array(each) - np.mean(each)) ** 2).sum())
    assert likeness_test(graph, values, draws=19).error == pytest.approx(known)


def test_strengths_weigh_the_ends_of_ties():
    """A tie of strength 3 counts as three ties would, by hand: 3 of 4 inside."""
    graph = nx.Graph([("a", "b", {"weight": 3}), ("b", "c", {"weight": 1})])
    sides = {"a": "x", "b": "x", "c": "y"}
    ends_x = 7 / 8
    chance = ends_x**2 + (1 / 8) ** 2
    assert assortativity(graph, sides, "weight") == pytest.approx((3 / 4 - chance) / (1 - chance))
    x, mean = {"a": 1.0, "b": 2.0, "c": 4.0}, (3 * 3 + 6) / 8
    top = 2 * (3 * (1 - mean) * (2 - mean) + (2 - mean) * (4 - mean))
    below = 3 * (1 - mean) ** 2 + 4 * (2 - mean) ** 2 + (4 - mean) ** 2
    assert assortativity(graph, x, "weight") == pytest.approx(top / below)


def test_what_is_not_defined_is_not_tested():
    for found in (
        likeness_test(nx.empty_graph(3), list("abc")),
        likeness_test(nx.path_graph(3), list("aaa")),
        likeness_test(nx.path_graph(3), [2.0, 2.0, 2.0], "moran"),
        likeness_test(nx.path_graph(2), [None, 2.0]),
    ):
        assert math.isnan(found.value) and math.isnan(found.p) and found.draws == 0


def test_mistakes_are_named():
    with says(MeasureError, "moran needs a number for every node; for categories use assortativity."):
        likeness_test(SMALL, LABELS, "moran")
    with pytest.raises(MeasureError, match="Did you mean geary"):
        likeness_test(SMALL, NUMBERS, "gery")
    with says(MeasureError, "draws must be at least 19, not 3: with fewer no p can be 0.05."):
        likeness_test(SMALL, NUMBERS, draws=3)


seeds = st.integers(0, 1000)


@given(raw=networks(least=3), seed=seeds)
def test_the_statistic_is_the_measure(raw, seed):
    """Whatever the network, labels and numbers, what is tested is what the measure says."""
    rng = np.random.default_rng(seed)
    view = raw.view()
    numbers = rng.integers(0, 4, raw.n).astype(float).tolist()
    labels = [None if v == 3 else "abc"[int(v)] for v in numbers]
    for measure, function in MEASURES.items():
        values = labels if measure == "ei_index" else numbers
        np.testing.assert_allclose(likeness_test(view, values, measure, draws=19).value, function(view, values), atol=1e-9)
    np.testing.assert_allclose(likeness_test(view, labels, draws=19).value, assortativity(view, labels), atol=1e-9)


@given(raw=networks(least=3), factor=st.sampled_from([0.5, 4.0]), shift=st.sampled_from([-3.0, 2.0]))
def test_the_unit_of_the_numbers_does_not_matter(raw, factor, shift):
    numbers = [(7 * i) % 5 for i in range(raw.n)]
    for measure in ("assortativity", "moran", "geary"):
        one = likeness_test(raw.view(), numbers, measure, draws=39)
        two = likeness_test(raw.view(), [factor * x + shift for x in numbers], measure, draws=39)
        np.testing.assert_allclose([one.value, one.p], [two.value, two.p], atol=1e-9)


@given(raw=networks(directed=False, least=3))
def test_p_lies_in_its_range_and_names_of_labels_do_not_matter(raw):
    labels = ["ab"[i % 2] for i in range(raw.n)]
    one = likeness_test(raw.view(), labels, "ei_index", draws=39, seed=2)
    two = likeness_test(raw.view(), [x.upper() for x in labels], "ei_index", draws=39, seed=2)
    assert math.isnan(one.p) or 1 / 40 <= one.p <= 1
    np.testing.assert_equal(one.p, two.p)


class TestAlignment:
    """M46."""

    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 3.0), ("b", "c", 1.0), ("c", "d", 1.0)])
    values = ratings(a=(5, 5, 5), b=(5, 5, 1), c=(1, 1, 1))

    def test_by_hand(self):
        """a-b 2/3 at strength 3, b-c 1/3 at strength 1: 7/12; b has the same; d has no values."""
        found = alignment_test(self.graph, self.values, draws=199)
        assert found.value == pytest.approx(7 / 12)
        assert found.coverage == pytest.approx(2 / 3)
        assert found.enough and found.ties == 2
        assert found.expected == pytest.approx((2 / 3 + 1 / 3 + 0) / 3)
        assert found.nodes["alignment"].round(6).tolist()[:3] == [0.666667, 0.583333, 0.333333]
        assert found.nodes["partners"].tolist() == [1, 2, 1, 0]
        assert math.isnan(found.nodes.loc["d", "alignment"])

    def test_unweighted_it_is_the_mean_of_the_ties(self):
        known = alignment(self.graph, self.values)
        assert alignment_test(self.graph, self.values, weight=None, draws=19).value == pytest.approx(known.mean())

    def test_little_coverage_is_not_enough(self):
        found = alignment_test(nx.star_graph(list("abcde")), ratings(a=(1, 2, 3), b=(1, 2, 3)), draws=19)
        assert found.coverage == 0.25 and not found.enough
        empty = alignment_test(nx.path_graph(["x", "y"]), self.values, draws=19)
        assert math.isnan(empty.value) and empty.coverage == 0

    def test_the_null_is_that_of_every_dealing(self):
        graph = nx.Graph(["ab", "bc", "ad", "de"])
        values = ratings(a=(5, 5, 4), b=(5, 3, 1), c=(1, 1, 2), d=(2, 5, 5), e=(4, 4, 1))
        table = {frozenset(k): v for k, v in alignment(nx.complete_graph(list("abcde")), values).items()}
        every = [
            np.mean([table[frozenset((p["abcde".index(x)], p["abcde".index(y)]))] for x, y in graph.edges])
            for p in permutations("abcde")
        ]
        found = alignment_test(graph, values, draws=9999)
        assert found.expected == pytest.approx(np.mean(every))
        away = np.abs(np.array(every) - found.expected)
        assert found.p == pytest.approx((away >= abs(found.value - found.expected) - 1e-9).mean(), abs=0.03)

    @given(seed=seeds)
    def test_strangers_do_not_matter_and_the_same_seed_gives_the_same(self, seed):
        """Profiles of organisations that are not in the network change nothing."""
        rng = np.random.default_rng(seed)
        values = ratings(**{e: rng.integers(1, 6, 4) for e in "abcde"})
        graph = nx.cycle_graph(list("abcde"))
        one = alignment_test(graph, values, draws=39)
        two = alignment_test(graph, pd.concat([values, ratings(zz=(1, 1, 1, 1))]), draws=39)
        assert (one.value, one.p, one.expected) == (two.value, two.p, two.expected)

    @given(seed=seeds)
    def test_turning_every_scale_round_changes_nothing(self, seed):
        rng = np.random.default_rng(seed)
        values = ratings(**{e: rng.integers(1, 6, 4) for e in "abcde"})
        graph = nx.path_graph(list("abcde"))
        one = alignment_test(graph, values, draws=39)
        two = alignment_test(graph, values.assign(rating=6 - values["rating"]), draws=39)
        np.testing.assert_allclose([one.value, one.p], [two.value, two.p], atol=1e-9)

    @given(seed=seeds, factor=st.sampled_from([0.5, 3.0]))
    def test_the_unit_of_strength_does_not_matter(self, seed, factor):
        rng = np.random.default_rng(seed)
        values = ratings(**{e: rng.integers(1, 6, 4) for e in "abcde"})
        one, two = nx.Graph(), nx.Graph()
        for a, b in ("ab", "bc", "ce", "da"):
            w = float(rng.integers(1, 5))
            one.add_edge(a, b, weight=w)
            two.add_edge(a, b, weight=factor * w)
        np.testing.assert_allclose(
            alignment_test(one, values, draws=39).value, alignment_test(two, values, draws=39).value
        )
