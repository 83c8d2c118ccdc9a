"""Who must leave before two networks are no longer joined."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.errors import MeasureError
from netmap.measures import network_bridges, separating_people
from netmap.view import View
from tests.property.graphs import networks


def test_one_between_two_cliques():
    found = separating_people(nx.barbell_graph(4, 1), list("aaaabbbb-"), "a", "b")
    assert found.count == 1
    assert len(found.nodes) == 1
    assert found.nodes[0] in (3, 4, 5)
    assert found.ties == 0


def test_members_of_both_must_all_leave():
    """Node 2 is in both; two more ties join the rest through 1-3 and 0-4."""
    graph = nx.Graph([(0, 1), (1, 2), (2, 3), (3, 4), (1, 3), (0, 4)])
    both = pd.DataFrame({"member": [0, 1, 2, 2, 3, 4], "group": list("aaabbb")})
    found = separating_people(graph, both, "a", "b")
    assert found.shared == (2,)
    assert 2 in found.nodes
    assert (found.count, found.ties) == (3, 2)


def test_networks_without_a_path_need_nobody_to_leave():
    graph = nx.disjoint_union(nx.path_graph(2), nx.path_graph(2))
    assert separating_people(graph, list("aabb"), "a", "b").count == 0
    assert network_bridges(graph, list("aabb")).empty


def reference(graph, one, two):
    """Menger by networkx: an outside node tied to all of each network, who may all leave."""
    more = nx.Graph(graph)
    for side, members in (("s", one), ("t", two)):
        more.add_edges_from((side, m) for m in members)
    return len(nx.minimum_node_cut(more, "s", "t")) if one and two and nx.has_path(more, "s", "t") else 0


@given(raw=networks(directed=False, least=2), data=st.data())
def test_the_number_is_that_of_networkx_and_the_set_separates(raw, data):
    several = [data.draw(st.sampled_from([(), ("a",), ("b",), ("a", "b")])) for _ in range(raw.n)]
    one, two = ([i for i, g in enumerate(several) if x in g] for x in "ab")
    if not one or not two:
        return
    graph = nx.Graph()
    graph.add_nodes_from(range(raw.n))
    graph.add_edges_from((a, b) for a, b, _ in raw.rows if a != b)
    found = separating_people(raw.view(), several, "a", "b")
    assert found.count == reference(graph, one, two) == len(found.nodes)
    left = graph.subgraph(set(graph) - set(found.nodes))
    for a in set(one) & set(left):
        assert not nx.node_connected_component(left, a) & set(two)


def test_what_joins_every_two_networks_by_hand():
    """a-b by two ties from one person to two; b-c by a shared member; without either link c falls apart from a."""
    graph = nx.Graph([(0, 1), (1, 2), (1, 3), (2, 3), (3, 4), (4, 5)])
    both = pd.DataFrame({"member": [0, 1, 2, 3, 4, 4, 5], "group": list("aabbbcc")})
    found = network_bridges(graph, both).set_index(["first", "second"])
    assert found.loc[("a", "b")].tolist() == [2, 1, 2, 0, 1, True, 2.0]
    assert found.loc[("b", "c")].tolist() == [0, 0, 0, 1, 1, True, 2.0]


@given(raw=networks(directed=False), data=st.data())
def test_the_order_of_rows_loops_and_doubles_do_not_matter(raw, data):
    labels = data.draw(st.lists(st.sampled_from("abc"), min_size=raw.n, max_size=raw.n))
    rows = data.draw(st.permutations(raw.rows))
    other = View(list(range(raw.n)), [b for _, b, _ in rows], [a for a, _, _ in rows])
    one = network_bridges(raw.view(), labels)
    assert one.equals(network_bridges(other, labels))
    assert one.equals(network_bridges(raw.noisy().view(), labels))


@given(raw=networks(directed=False), data=st.data())
def test_no_more_must_leave_than_are_in_the_smaller_network(raw, data):
    """Nor more than members shared and ties between the rest; and at least the members shared."""
    labels = data.draw(st.lists(st.sampled_from("abc"), min_size=raw.n, max_size=raw.n))
    size = pd.Series(labels, dtype=object).value_counts()
    for _, row in network_bridges(raw.view(), labels).iterrows():
        assert 1 <= row["must_leave"] <= min(size[row["first"]], size[row["second"]])
        assert np.isfinite(row["betweenness"])


def test_mistakes_are_named():
    with pytest.raises(MeasureError, match=r"no network 'A'\. Did you mean a\?"):
        separating_people(nx.path_graph(2), ["a", "b"], "A", "b")
    with pytest.raises(MeasureError, match="name two"):
        separating_people(nx.path_graph(2), ["a", "b"], "a", "a")
