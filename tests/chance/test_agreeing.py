"""What many groupings agree on."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.chance.agreeing import _certainty, consensus, group_certainty
from netmap.errors import MeasureError
from netmap.measures import compare_groupings
from netmap.view import View
from tests.property.graphs import networks


def test_two_cliques_and_the_node_between():
    """Both cliques are found; the node between them is the least sure."""
    found = consensus(nx.barbell_graph(6, 1), draws=30)
    assert found.groups == 2
    assert found.agreed
    assert found.certainty.drop(6).min() > found.certainty[6]
    assert found.certainty.max() <= 1


def test_the_karate_club():
    """Four groups, near the optimum; member 10, tied to both sides, is the least sure."""
    found = consensus(nx.karate_club_graph())
    assert found.groups == 4
    assert found.certainty.idxmin() == 9


def test_a_node_in_no_group_stays_out():
    graph = nx.barbell_graph(5, 0)
    graph.add_node(10)
    found = consensus(graph, draws=10)
    assert found.labels[10] == -1
    assert np.isnan(found.certainty[10])


def by_hand(found, labels):
    """The definition, pair by pair."""
    out = []
    for i, own in enumerate(labels):
        means = {}
        for group in set(labels):
            shares = []
            for grouping in found:
                others = [j for j, other in enumerate(labels) if other == group and j != i and grouping[j] >= 0]
                if grouping[i] >= 0 and others:
                    shares.append(np.mean([grouping[j] == grouping[i] for j in others]))
            means[group] = np.mean(shares) if shares else np.nan
        rest = [v for g, v in means.items() if g != own and not np.isnan(v)]
        out.append((1.0 if np.isnan(means[own]) else means[own]) - (max(rest) if rest else 0.0))
    return out


@given(st.data())
def test_certainty_is_what_its_definition_says(data):
    n = data.draw(st.integers(1, 7))
    labels = np.unique(data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)), return_inverse=True)[1]
    groupings = st.lists(st.integers(-1, 2), min_size=n, max_size=n).map(np.array)
    found = data.draw(st.lists(groupings, min_size=1, max_size=4))
    np.testing.assert_allclose(_certainty(found, labels), by_hand(found, labels.tolist()), rtol=0, atol=1e-12)


def test_a_node_counted_to_the_wrong_group_is_not_sure():
    graph = nx.barbell_graph(6, 0)
    graph.add_node(12)
    groups = [0] * 5 + [1] * 7 + [-1]
    found = group_certainty(graph, groups, draws=30)
    assert found.idxmin() == 5
    assert found[5] < -0.5 < 0.5 < found.drop(5).min()
    assert np.isnan(found[12])
    assert group_certainty(nx.empty_graph(3), [-1, -1, -1]).isna().all()
    assert group_certainty(nx.Graph(), []).empty


def test_mistakes_are_named():
    with pytest.raises(MeasureError, match="at least 1"):
        group_certainty(nx.path_graph(3), [0, 0, 0], draws=0)
    with pytest.raises(MeasureError, match="at least 2"):
        consensus(nx.path_graph(3), draws=1)
    with pytest.raises(MeasureError, match="between 0 and 1"):
        consensus(nx.path_graph(3), threshold=1.5)
    with pytest.raises(MeasureError, match=r"at most 6,000 nodes, and this network has 6,001"):
        consensus(View(list(range(6001)), [], []))


@given(raw=networks(directed=False), data=st.data())
def test_names_do_not_decide_whether_groups_are_connected(raw, data):
    """Whatever the network: groups are connected, isolates stay out, certainty lies in -1..1."""
    found = consensus(raw.view(), draws=4)
    graph = nx.Graph([(a, b) for a, b, _ in raw.rows if a != b])
    for group in range(found.groups):
        members = found.labels.index[found.labels == group]
        assert nx.is_connected(graph.subgraph(members))
    assert set(found.labels.index[found.labels < 0]) == set(range(raw.n)) - set(graph)
    known = found.certainty.dropna()
    assert ((known >= -1 - 1e-12) & (known <= 1 + 1e-12)).all()


@given(raw=networks(directed=False), data=st.data())
def test_the_order_of_rows_does_not_matter(raw, data):
    rows = data.draw(st.permutations(raw.rows))
    other = View(list(range(raw.n)), [b for _, b, _ in rows], [a for a, _, _ in rows], [w for *_, w in rows])
    assert consensus(raw.view(), draws=3).labels.equals(consensus(other, draws=3).labels)


@given(raw=networks(directed=False, least=1))
def test_a_loop_and_doubled_rows_change_nothing(raw):
    one, other = consensus(raw.view(), draws=3), consensus(raw.noisy().view(), draws=3)
    assert compare_groupings(one.labels, other.labels).nodes == int((one.labels >= 0).sum())
    assert one.labels.equals(other.labels)
