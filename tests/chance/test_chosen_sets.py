"""A set of nodes beside random sets of its size."""

from __future__ import annotations

import math
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.chance.chosen_sets import key_players_test
from netmap.errors import MeasureError
from netmap.measures import key_players, reach
from netmap.view import View
from tests.property.graphs import networks


@pytest.mark.parametrize("kind", ["fragment", "reach"])
def test_the_best_pair_of_the_karate_club_against_all_pairs(kind):
    """Expected value and p come near those over all 561 pairs."""
    graph = nx.karate_club_graph()
    best = key_players(graph, 2, kind)
    found = key_players_test(graph, best.nodes, kind, draws=1999)
    every = []
    for pair in combinations(graph, 2):
        left = graph.subgraph(set(graph) - set(pair))
        every.append(1 - nx.global_efficiency(left) if kind == "fragment" else reach(graph, pair, None))
    assert found.observed == pytest.approx(max(every)) == pytest.approx(best.value)
    assert found.expected == pytest.approx(np.mean(every), abs=0.01)
    assert found.p == pytest.approx(1 / 561, abs=0.005)


def test_mistakes_and_too_few_nodes():
    with pytest.raises(MeasureError, match="set is empty"):
        key_players_test(nx.path_graph(3), [], draws=19)
    with pytest.raises(MeasureError, match="kind is one of fragment, reach"):
        key_players_test(nx.path_graph(3), [0], "reached", draws=19)
    assert math.isnan(key_players_test(nx.path_graph(2), [0], draws=19).p)


@given(raw=networks(least=3), kind=st.sampled_from(["fragment", "reach"]), data=st.data())
def test_order_loops_and_doubles_do_not_matter(raw, kind, data):
    rows = data.draw(st.permutations(raw.rows))
    other = View(list(range(raw.n)), [a for a, _, _ in rows], [b for _, b, _ in rows], directed=raw.directed)
    one = repr(key_players_test(raw.view(), [0], kind, draws=19))
    assert one == repr(key_players_test(other, [0], kind, draws=19))
    assert one == repr(key_players_test(raw.noisy().view(), [0], kind, draws=19))


@given(raw=networks(least=3), kind=st.sampled_from(["fragment", "reach"]))
def test_values_lie_in_their_range(raw, kind):
    found = key_players_test(raw.view(), [0], kind, draws=19)
    assert -1e-12 <= found.observed <= 1 + 1e-12
    assert 1 / 20 <= found.p <= 1


@given(raw=networks(least=4), kind=st.sampled_from(["fragment", "reach"]))
def test_all_sets_alike_give_p_of_1(raw, kind):
    """In a complete network every set does the same."""
    full = View(list(range(raw.n)), *np.triu_indices(raw.n, 1))
    assert key_players_test(full, [0, 1], kind, draws=19).p == 1
