"""Change between two waves."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from netmap.errors import MeasureError
from netmap.measures.over_time import group_tracking, rank_stability, tie_stability
from tests.measures.saying import says


def test_ties_kept_ended_and_formed():
    """Path 0-1-2-3 becomes 0-1, 1-2, 0-3: two kept, one ended, one formed, two empty pairs stay so."""
    found = tie_stability(nx.path_graph(4), nx.Graph([(0, 1), (1, 2), (0, 3)]))
    assert (found.kept, found.ended, found.formed, found.empty, found.nodes) == (2, 1, 1, 2, 4)
    assert found.jaccard == 0.5
    assert found.persistence == pytest.approx(2 / 3)
    assert found.formation == pytest.approx(1 / 3)
    assert found.expected_jaccard == pytest.approx(1.5 / 4.5)


def test_only_nodes_of_both_waves_count():
    """Who came or left is not a tie ended or formed."""
    found = tie_stability(nx.Graph([("a", "b"), ("b", "gone")]), nx.Graph([("b", "a"), ("new", "a")]))
    assert (found.nodes, found.kept, found.ended, found.formed) == (2, 1, 0, 0)
    assert found.jaccard == 1


def test_directed_waves_keep_their_direction():
    """a to b turned round is one ended and one formed."""
    found = tie_stability(nx.DiGraph([("a", "b")]), nx.DiGraph([("b", "a")]))
    assert (found.kept, found.ended, found.formed, found.empty) == (0, 1, 1, 0)
    with says(MeasureError, "One wave is directed and the other is not."):
        tie_stability(nx.DiGraph([("a", "b")]), nx.Graph([("a", "b")]))


def test_nothing_in_common():
    """No common node, or no tie: not defined."""
    found = tie_stability(nx.Graph([("a", "b")]), nx.Graph([("c", "d")]))
    assert np.isnan(found.jaccard)
    assert np.isnan(tie_stability(nx.empty_graph(3), nx.empty_graph(3)).persistence)


def test_the_null_is_the_overlap_of_independent_waves():
    """With 100 and 120 ties over 1,225 pairs, e = 9.8 and J about 0.0466; simulated within its error."""
    rng = np.random.default_rng(0)
    pairs = np.array([(i, j) for i in range(50) for j in range(i)])
    waves = []
    for m in (100, 120):
        graph = nx.empty_graph(50)
        graph.add_edges_from(pairs[rng.choice(1225, m, replace=False)].tolist())
        waves.append(graph)
    found = tie_stability(*waves)
    e = 100 * 120 / 1225
    assert found.expected_jaccard == pytest.approx(e / (220 - e))
    draws = [len(np.intersect1d(rng.choice(1225, 100, False), rng.choice(1225, 120, False))) for _ in range(500)]
    assert np.mean([d / (220 - d) for d in draws]) == pytest.approx(found.expected_jaccard, abs=0.004)


def test_ranks_that_agree_in_part():
    """a, b, c, d against a, b, d, c: five of six pairs agree, tau 2/3; the first two are the same."""
    one, two = pd.Series({"a": 4, "b": 3, "c": 2, "d": 1}), pd.Series({"a": 4, "b": 3, "c": 1, "d": 2})
    found = rank_stability(one, two, top=2)
    assert found.tau == pytest.approx(2 / 3)
    assert (found.shared_top, found.nodes) == (1, 4)


def test_equals_on_the_edge_of_the_top_share_it():
    """b and c are equal second: each is in the top two with probability one half."""
    one, two = pd.Series({"a": 3, "b": 1, "c": 1}), pd.Series({"a": 3, "b": 2, "c": 1})
    assert rank_stability(one, two, top=2).shared_top == 0.75


def test_rankings_without_a_common_node_or_without_spread():
    """Not defined."""
    found = rank_stability(pd.Series({"a": 1.0}), pd.Series({"b": 1.0}))
    assert np.isnan(found.tau)
    assert found.nodes == 0
    assert np.isnan(rank_stability(pd.Series([1, 1]), pd.Series([1, 2])).tau)
    with says(MeasureError, "top must be at least 1, not 0."):
        rank_stability(pd.Series([1]), pd.Series([1]), 0)


def waves(before, after):
    return group_tracking(pd.Series(dict(enumerate(before))), pd.Series(dict(enumerate(after))))


def test_each_event():
    """One case of each."""
    cases = {
        "continued": ([0] * 4, [5] * 4),
        "grew": ([0, 0, 0, -1], [0, 0, 0, 0]),
        "shrank": ([0, 0, 0, 0], [0, 0, 0, -1]),
        "gone": ([0, 0], [-1, -1]),
        "born": ([-1, -1], [0, 0]),
    }
    for event, (before, after) in cases.items():
        assert waves(before, after)["event"].tolist() == [event]
    assert waves([0, 0, 1, 1], [0, 0, 0, 0])["event"].tolist() == ["merged", "merged"]
    assert waves([0, 0, 0, 0], [0, 0, 1, 1])["event"].tolist() == ["split", "split"]


def test_a_row_names_both_groups_and_their_overlap():
    """Three of four stay, one comes: 3 of 5 in common."""
    row = waves(["x", "x", "x", "x", None], ["y", "y", "y", "", "y"]).iloc[0]
    assert row.tolist() == ["x", "y", 0.6, 3, 4, 4, "continued"]


def test_a_small_overlap_is_a_coincidence():
    """Below the threshold the old is gone and the new is born."""
    table = waves([0, 0, 0, -1, -1, -1], [-1, -1, 0, 0, 0, 0])
    assert table["event"].tolist() == ["gone", "born"]
    assert table.loc[0, ["before", "after"]].tolist() == [0, None]
    loose = group_tracking(pd.Series([0, 0, 0, -1, -1]), pd.Series([-1, -1, 0, 0, 0]), threshold=0.1)
    assert loose["event"].tolist() == ["continued"]
    with says(MeasureError, "threshold must be above 0 and at most 1, not 0."):
        group_tracking(pd.Series([0]), pd.Series([0]), 0)


def test_no_groups():
    """An empty table with its headings."""
    assert waves([-1], [-1]).columns.tolist()[-1] == "event"
    assert len(waves([], [])) == 0
