"""Who answered, and what both ends report."""

import math

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.errors import MeasureError
from netmap.measures import coverage
from netmap.view import View
from tests.property.graphs import networks


def test_by_hand():
    """a and b name each other, a names c, c and d did not answer: 1 pair of 6 is unknown, 4 are one-sided."""
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c")])
    graph.add_node("d")
    found = coverage(graph, ["a", "b"])
    assert (found.answered, found.response_rate) == (2, 0.5)
    assert (found.pairs_of_two, found.pairs_of_one, found.pairs_of_none) == (1, 4, 1)
    assert (found.ties, found.both_ends, found.one_end, found.one_sided) == (2, 1, 1, 0.5)
    assert found.confirmation_rate == 1
    assert found.rankings == "intervals only"


def test_thresholds():
    """1 of 4 answered: no rankings; 3 of 4: ok; not known: unknown."""
    graph = nx.empty_graph(4, create_using=nx.DiGraph)
    assert coverage(graph, [0]).rankings == "none"
    assert coverage(graph, [0, 1, 2]).rankings == "ok"
    assert coverage(graph).rankings == "unknown"
    assert math.isnan(coverage(graph).response_rate)


def test_whoever_reports_has_answered():
    assert coverage(nx.DiGraph([(0, 1)]), []).answered == 1
    said = pd.Series({0: False, 1: True, 2: None})
    assert coverage(nx.DiGraph([(1, 2), (1, 0)]), said).answered == 1


def test_without_direction_nothing_is_known_of_reports():
    found = coverage(nx.path_graph(3), [0, 1, 2])
    assert math.isnan(found.one_sided)
    assert math.isnan(found.confirmation_rate)


def test_strange_names_are_refused():
    with pytest.raises(MeasureError, match="not in the network: z"):
        coverage(nx.path_graph(3), ["z"])


@given(raw=networks(directed=True), data=st.data())
def test_pairs_and_ties_add_up(raw, data):
    """The three sorts of pairs are all pairs; both ends and one end are all ties; rates lie in 0..1."""
    said = data.draw(st.lists(st.integers(0, raw.n - 1), unique=True)) if raw.n else []
    found = coverage(raw.view(), said)
    assert found.pairs_of_two + found.pairs_of_one + found.pairs_of_none == found.pairs
    assert found.both_ends + found.one_end == found.ties
    for rate in (found.response_rate, found.one_sided, found.confirmation_rate):
        assert math.isnan(rate) or 0 <= rate <= 1


@given(raw=networks(directed=True))
def test_the_order_of_rows_loops_and_doubles_do_not_matter(raw):
    other = View(list(range(raw.n)), *([r[i] for r in raw.rows[::-1]] for i in (0, 1)), directed=True)
    assert repr(coverage(other)) == repr(coverage(raw.view())) == repr(coverage(raw.noisy().view()))


@given(raw=networks(directed=True))
def test_an_isolate_that_did_not_answer_lowers_the_rate_alone(raw):
    before, after = coverage(raw.view(), []), coverage(raw.with_isolate().view(), [])
    assert (after.ties, after.both_ends, after.answered) == (before.ties, before.both_ends, before.answered)
    assert after.nodes == before.nodes + 1


def test_an_answer_that_is_not_known_is_none():
    """pandas' own missing value, None and NaN count as not answered, and raise nothing."""
    graph = nx.path_graph(["a", "b", "c"])
    told = pd.Series([True, None, False], index=list("abc"), dtype="boolean")
    assert coverage(graph, told).answered == 1
    assert coverage(graph, told.astype(object).where(told.notna(), None)).answered == 1
