"""Ties that are not there yet: exact gains, sets that help most, and ordinary link prediction."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.errors import MeasureError
from netmap.measures import introductions, link_prediction, tie_gain
from netmap.measures.new_ties import WEIGHTS, _Search
from netmap.view import View
from tests.property.graphs import networks


def recomputed(graph, ties):
    more = graph.copy()
    more.add_edges_from(ties)
    return nx.global_efficiency(more) - nx.global_efficiency(graph)


def test_the_gain_of_every_pair_of_the_karate_club_is_what_adding_it_gives():
    graph = nx.karate_club_graph()
    found = tie_gain(graph)
    assert len(found) == 34 * 33 // 2 - 78
    for pair, row in found.iterrows():
        assert row["gain"] == pytest.approx(recomputed(graph, [pair]), abs=1e-12)


def test_pairs_nearer_and_joined_by_hand():
    """On 0-1-2 and 3 alone, a tie 2-3 joins 3 to all three; 0-2 brings only those two nearer."""
    graph = nx.path_graph(3)
    graph.add_node(3)
    found = tie_gain(graph)
    assert found.loc[(2, 3), ["nearer", "joined"]].tolist() == [3, 3]
    assert found.loc[(0, 2), ["nearer", "joined", "distance"]].tolist() == [1, 0, 2]
    assert np.isinf(found.loc[(0, 3), "distance"])


def test_those_who_would_meet_anyway_are_not_those_who_help_most():
    """On the karate club gain and Adamic-Adar rank pairs the other way round (rho -0.59)."""
    graph = nx.karate_club_graph()
    both = tie_gain(graph).join(link_prediction(graph)).fillna(0.0)
    assert both[["gain", "link_prediction"]].corr("spearman").iloc[0, 1] == pytest.approx(-0.59, abs=0.01)
    assert tie_gain(graph)["gain"].idxmax() != link_prediction(graph).idxmax()


@pytest.mark.parametrize(("kind", "known"), [
    ("adamic-adar", nx.adamic_adar_index), ("jaccard", nx.jaccard_coefficient),
    ("resource allocation", nx.resource_allocation_index), ("common neighbours", None),
])  # fmt: skip
def test_link_prediction_is_that_of_networkx(kind, known):
    graph = nx.karate_club_graph()
    found = link_prediction(graph, kind)
    pairs = list(nx.non_edges(graph))
    rows = known(graph, pairs) if known else ((a, b, len(list(nx.common_neighbors(graph, a, b)))) for a, b in pairs)
    values = {(min(a, b), max(a, b)): v for a, b, v in rows if v > 0}
    assert found.to_dict() == pytest.approx(values)


def test_search_and_exhaustion_agree_for_two_introductions():
    """On at least 95 of 100 random networks the search finds the best two of all."""
    right = 0
    for seed in range(100):
        view = View.from_networkx(nx.gnm_random_graph(12, 16, seed=seed))
        search = _Search(view, 2, dict(WEIGHTS), None, (), None, (), None)
        found = search.score(search.best(2))
        right += found >= search.all_sets(2)[1] - 1e-9
    assert right >= 95


def test_all_sets_are_all_sets():
    """Against recomputation of every two ties of a small network."""
    graph = nx.path_graph(6)
    found = introductions(graph, 2, weights={"affinity": 0, "networks": 0, "load": 0})
    assert found.exhaustive
    best = max(recomputed(graph, pair) for pair in combinations(nx.non_edges(graph), 2))
    assert found.gain == pytest.approx(best, abs=1e-12)


def test_what_may_not_be_proposed_is_not():
    graph = nx.path_graph(6)
    assert introductions(graph, 1, vetoed=[(5, 0), (0, 5)]).chosen.index[0] != (0, 5)
    few = introductions(graph, 3, eligible=[0, 2, 4])
    assert set(few.chosen.index) <= {(0, 2), (0, 4), (2, 4)}
    several = introductions(nx.star_graph(6), 3, most_each=1)
    nodes = [node for pair in several.chosen.index for node in pair]
    assert len(nodes) == len(set(nodes)) == 6
    assert introductions(nx.complete_graph(4), 2).chosen.empty


def test_other_reasons_count():
    """Values shared, networks that are apart, and load move the choice."""
    graph = nx.cycle_graph(8)
    alike = introductions(graph, 1, affinity={(1, 3): 1.0}, weights={"affinity": 5.0}).chosen
    assert alike.index[0] == (1, 3)
    assert alike["affinity"].item() == 1
    assert alike["introducers"].item() == (2,)
    assert introductions(graph, 1, apart=[(6, 4)], weights={"networks": 5.0}).chosen.index[0] == (4, 6)
    busy = introductions(graph, 1, load=dict.fromkeys([0, 4], 1.0), weights={"load": 5.0}).chosen.index[0]
    assert not {0, 4} & set(busy)


def test_mistakes_are_named():
    with pytest.raises(MeasureError, match="at least 1"):
        introductions(nx.path_graph(3), 0)
    with pytest.raises(MeasureError, match="no weight 'trust'"):
        introductions(nx.path_graph(3), weights={"trust": 1})
    with pytest.raises(MeasureError, match="no node 'z'"):
        tie_gain(nx.path_graph(3), [("z", 0)])
    with pytest.raises(MeasureError, match="at most 6,000 nodes"):
        tie_gain(View(list(range(6001)), [], []))


FUNCTIONS = {"tie_gain": tie_gain, "link_prediction": link_prediction, "introductions": lambda v: introductions(v, 2).chosen}


@pytest.mark.parametrize("name", FUNCTIONS)
@given(raw=networks(most=6), data=st.data())
def test_the_order_of_rows_loops_and_doubles_do_not_matter(name, raw, data):
    rows = data.draw(st.permutations(raw.rows))
    other = View(list(range(raw.n)), [b for _, b, _ in rows], [a for a, _, _ in rows])
    one = FUNCTIONS[name](raw.view())
    assert one.equals(FUNCTIONS[name](other))
    assert one.equals(FUNCTIONS[name](raw.noisy().view()))


@pytest.mark.parametrize("name", ["tie_gain", "link_prediction"])
@given(raw=networks(most=6), data=st.data())
def test_names_do_not_matter(name, raw, data):
    move = data.draw(st.permutations(range(raw.n)))
    other = View(list(range(raw.n)), [move[a] for a, _, _ in raw.rows], [move[b] for _, b, _ in raw.rows])
    one, two = FUNCTIONS[name](raw.view()), FUNCTIONS[name](other)
    one = one["gain"] if name == "tie_gain" else one
    two = two["gain"] if name == "tie_gain" else two
    known = {tuple(sorted((move[a], move[b]))): v for (a, b), v in one.items()}
    assert two.to_dict() == pytest.approx(known, abs=1e-12)


@given(raw=networks(directed=False, most=6, least=2))
def test_gains_are_what_adding_gives_and_never_negative(raw):
    graph = nx.Graph()
    graph.add_nodes_from(range(raw.n))
    graph.add_edges_from((a, b) for a, b, _ in raw.rows if a != b)
    for pair, row in tie_gain(graph).iterrows():
        assert row["gain"] == pytest.approx(recomputed(graph, [pair]), abs=1e-12)
        assert row["gain"] > 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_nothing_to_tie(name):
    for n in (0, 1):
        assert len(FUNCTIONS[name](View(list(range(n)), [], []))) == 0
    assert len(FUNCTIONS[name](View([0, 1], [0], [1]))) == 0
