"""What many groupings agree on."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.chance.agreeing import consensus
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


def test_mistakes_are_named():
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
