"""Ties and members that networks share, against chance."""

from __future__ import annotations

import math
from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.chance.between import between_networks, stub_matching
from netmap.errors import MeasureError
from netmap.kernels.groups import cross_ties
from netmap.measures import communities, quotient
from netmap.measures._groups import memberships_of
from netmap.view import View
from tests.property.graphs import networks


def matchings(stubs):
    """Every way to pair up stubs."""
    if not stubs:
        yield []
        return
    first, *rest = stubs
    for i, other in enumerate(rest):
        for more in matchings(rest[:i] + rest[i + 1 :]):
            yield [(first, other), *more]


def test_stub_matching_by_going_through_all_matchings():
    """Mean and variance of ties between and within two groups, over all 945 pairings of ten stubs."""
    graph = nx.Graph([(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)])
    labels = [0, 0, 1, 1]
    view = View.from_networkx(graph)
    table = memberships_of(view, labels).table
    mean, sd, _ = stub_matching(view, table, np.zeros((2, 2)))
    stubs = [v for v in graph for _ in range(graph.degree(v))]
    counts = []
    for pairs in matchings(list(enumerate(stubs))):
        ends = [tuple(sorted((labels[a[1]], labels[b[1]]))) for a, b in pairs]
        counts.append([ends.count((0, 0)), ends.count((0, 1)), ends.count((1, 1))])
    known = np.array(counts, dtype=float)
    assert len(known) == 945
    assert [mean[0, 0], mean[0, 1], mean[1, 1]] == pytest.approx(known.mean(axis=0).tolist(), abs=1e-12)
    assert [sd[0, 0], sd[0, 1], sd[1, 1]] == pytest.approx(known.std(axis=0).tolist(), abs=1e-12)


def test_directed_matching_by_going_through_all_permutations():
    graph = nx.DiGraph([(0, 1), (1, 2), (2, 0), (0, 3), (3, 1)])
    labels = np.array([0, 0, 1, 1])
    view = View.from_networkx(graph)
    mean, sd, p = stub_matching(view, memberships_of(view, labels.tolist()).table, np.array([[1.0, 2], [2, 0]]))
    heads, tails = np.array([a for a, _ in graph.edges]), np.array([b for _, b in graph.edges])
    known = np.array([((labels[heads] == 0) & (labels[list(t)] == 1)).sum() for t in permutations(tails)])
    assert mean[0, 1] == pytest.approx(known.mean())
    assert sd[0, 1] == pytest.approx(known.std())
    assert p[0, 1] == pytest.approx(min(1.0, 2 * min((known <= 2).mean(), (known >= 2).mean())))


def test_karate_by_swaps_and_in_closed_form():
    """Between the clubs 6.40 +- 3.71 by stub matching of 11 ties' worth; swaps give other numbers, so they are used."""
    graph = nx.karate_club_graph()
    club = [graph.nodes[v]["club"] for v in graph]
    found = between_networks(graph, club, draws=999)
    assert found.attrs["null"].startswith("ties swapped")
    view = View.from_networkx(graph)
    table = memberships_of(view, club).table
    mean, _, _ = stub_matching(view, table, np.zeros((2, 2)))
    between = found[found["first"] != found["second"]].iloc[0]
    assert between["ties"] == 11
    assert between["expected"] != pytest.approx(mean[0, 1], rel=0.01)
    assert between["p"] == 0.001
    assert between["ratio"] < 0.5


def test_a_large_network_takes_the_closed_form():
    graph = nx.gnm_random_graph(200, 600, seed=1)
    found = between_networks(graph, [i % 3 for i in range(200)])
    assert found.attrs["draws"] == 0
    assert found["z"].abs().max() < 4


def test_where_nobody_is_in_two_networks_nothing_is_expected_to_be_shared():
    found = between_networks(nx.path_graph(6), list("aabbcc"), draws=19)
    assert found["shared_expected"].isna().all()
    assert (found["shared"].dropna() == 0).all()


def test_overlapping_networks_trade_memberships():
    """Two networks with the same five members share more than chance; ties to a shared member do not count between."""
    rows = [(i, "a") for i in range(5)] + [(i, "b") for i in range(5)] + [(i, "c") for i in range(5, 12)]
    members = pd.DataFrame(rows, columns=["member", "group"])
    graph = nx.path_graph(20)
    found = between_networks(graph, members, draws=99).set_index(["first", "second"])
    assert found.loc[("a", "b"), ["ties", "shared", "shared_expected"]].tolist() == [0, 5, 1.25]
    assert found.loc[("a", "b"), "shared_q"] < 0.01
    assert found.loc[("a", "c"), "ties"] == 1
    assert between_networks(graph, members, draws=99).attrs["null"].startswith("memberships swapped")


def test_groups_found_from_the_ties_are_not_tested():
    graph = nx.karate_club_graph()
    found = between_networks(graph, communities(graph))
    assert found["p"].isna().all()
    assert found.attrs["null"] == "none: the groups were found from these ties"
    assert found["ties"].sum() == 78
    assert between_networks(graph, [0] * 17 + [1] * 17, detected=True)["p"].isna().all()


def test_strengths_are_dealt_out_again():
    """All strong ties lie between the groups: more strength there than the swapped ties would have."""
    graph = nx.complete_bipartite_graph(6, 6)
    nx.set_edge_attributes(graph, 5.0, "weight")
    graph.add_weighted_edges_from((a, b, 1.0) for a, b in [*combinations(range(6), 2), *combinations(range(6, 12), 2)])
    found = between_networks(graph, [0] * 6 + [1] * 6, "weight", draws=99)
    between = found[found["first"] != found["second"]].iloc[0]
    assert between["strength"] == 180
    assert between["p"] == 0.01


def test_mistakes_are_named():
    with pytest.raises(MeasureError, match="at least 19"):
        between_networks(nx.path_graph(3), [0, 0, 1], draws=3)
    with pytest.raises(MeasureError, match="eligible is 1, but a network has 2 members"):
        between_networks(nx.path_graph(3), [0, 0, 1], eligible=1)


LABELS = st.lists(st.sampled_from([(), ("a",), ("b",), ("a", "b")]), min_size=7, max_size=7)


@given(raw=networks(), several=LABELS)
def test_counts_against_a_loop(raw, several):
    """Ties from only-a to only-b, and within, as counted one by one."""
    view = raw.simple().view()
    table = memberships_of(view, several[: raw.n])
    cross, within = cross_ties(table.table, view.source, view.target, directed=view.directed)
    for i, a in enumerate(table.names):
        assert within[i] == sum(
            a in several[u] and a in several[v] for u, v in zip(view.source, view.target, strict=True)
        )
        for j, b in enumerate(table.names):
            known = 0
            for u, v in zip(view.source, view.target, strict=True):
                for x, y in [(u, v)] if view.directed else [(u, v), (v, u)]:
                    known += a != b and a in several[x] and b not in several[x] and b in several[y] and a not in several[y]
            assert cross[i, j] == known


@given(raw=networks(), several=LABELS)
def test_shared_out_ties_add_up(raw, several):
    """Every tie between members counts once in the quotient, however many groups its ends have; densities lie in 0..1."""
    view = raw.simple().view()
    groups = several[: raw.n]
    found = quotient(view, groups)
    known = sum(bool(groups[u]) and bool(groups[v]) for u, v in zip(view.source, view.target, strict=True))
    assert found["ties"].sum() == pytest.approx(known)
    if all(len(g) <= 1 for g in groups):
        assert ((found["density"] >= 0) & (found["density"] <= 1 + 1e-12)).all()


@given(raw=networks(), several=LABELS, data=st.data())
def test_the_order_of_rows_loops_and_doubles_do_not_matter(raw, several, data):
    rows = data.draw(st.permutations(raw.rows))
    other = View(list(range(raw.n)), [a for a, _, _ in rows], [b for _, b, _ in rows], directed=raw.directed)
    groups = several[: raw.n]
    for function in (lambda v: between_networks(v, groups, draws=19), lambda v: quotient(v, groups)):
        one = function(raw.view())
        assert one.equals(function(other))
        assert one.equals(function(raw.noisy().view()))


@given(raw=networks(), several=LABELS)
def test_p_and_z_are_numbers_in_their_range_or_not_defined(raw, several):
    found = between_networks(raw.view(), several[: raw.n], draws=19)
    for column in ("p", "q", "shared_p", "shared_q"):
        known = found[column].dropna()
        assert ((known > 0) & (known <= 1)).all()
    assert not np.isinf(found["z"].to_numpy(dtype=float)).any()
    assert math.isnan(found["expected"].sum()) or (found["expected"].dropna() >= 0).all()


@given(raw=networks())
def test_one_node_more_in_no_network_changes_no_count(raw):
    groups = ["ab"[i % 2] for i in range(raw.n)]
    before = quotient(raw.view(), groups)
    after = quotient(raw.with_isolate().view(), [*groups, None])
    assert before.equals(after)
