"""Measures of memberships answer to changes of the table as they must."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netmap import measures as nm

ROWS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), max_size=18)
TABLES = ROWS.map(lambda rows: pd.DataFrame(rows, columns=["member", "group"], dtype=object))
DRAWS = 19


def centrality(table):
    return nm.two_mode_centrality(table)


def clustering(table):
    found = nm.two_mode_clustering(table)
    return pd.Series({"value": found.value, "four_cycles": found.four_cycles, "three_paths": found.three_paths})


def projection(table, **more):
    """The two tests of a projection as a table."""
    found = nm.projection_test(table, draws=DRAWS, **more)
    parts = {name: getattr(found, name) for name in ("density", "transitivity")}
    rows = [(f.observed, f.expected, f.z, f.p) for f in parts.values()]
    return pd.DataFrame(rows, columns=["observed", "expected", "z", "p"], index=list(parts))


EXACT = {
    "two_mode_density": lambda t: pd.Series([nm.two_mode_density(t)]),
    "two_mode_clustering": clustering,
    "two_mode_centrality": centrality,
    "project newman": nm.project,
    "project count of groups": lambda t: nm.project(t, "count", of="groups"),
    "project jaccard": lambda t: nm.project(t, "jaccard"),
    "co_membership": nm.co_membership,
    "overlap": nm.overlap,
    "interlocks": nm.interlocks,
    "boundary_spanners": nm.boundary_spanners,
}
DRAWN = {
    "co_membership_test": lambda t: nm.co_membership_test(t, draws=DRAWS),
    "co_membership_test of groups": lambda t: nm.co_membership_test(t, of="groups", draws=DRAWS),
    "projection_test": projection,
}
ALL = {**EXACT, **DRAWN}


def every(names):
    return pytest.mark.parametrize("name", list(names))


def values(result):
    """Numbers by key, whichever way round the ends of a pair stand."""
    frame = result.to_frame("value") if isinstance(result, pd.Series) else result
    out = {}
    for key, row in zip(frame.index, frame.select_dtypes(["number", "bool"]).to_dict("records"), strict=True):
        pair = frozenset(key) if isinstance(key, tuple) and frame.index.names == ["source", "target"] else key
        out |= {(pair, column): float(value) for column, value in row.items()}
    return out


def same(found, known):
    assert found.keys() == known.keys()
    np.testing.assert_allclose([found[k] for k in known], list(known.values()), rtol=1e-9, atol=1e-12)


def renamed(key, names):
    where, column = key
    if isinstance(where, frozenset):
        return frozenset(names.get(n, n) for n in where), column
    if isinstance(where, tuple):
        return (where[0], names.get(where[1], where[1])), column
    return names.get(where, where), column


def swapped(table):
    return table.rename(columns={"member": "group", "group": "member"})


@every(ALL)
@given(table=TABLES, data=st.data())
def test_order_and_repeats_of_rows_do_not_matter(name, table, data):
    """Rows in another order and every row twice give the same bits, drawn ones too."""
    other = pd.concat([table, table]).iloc[data.draw(st.permutations(range(2 * len(table))))]
    before, after = ALL[name](table), ALL[name](other)
    assert before.equals(after)


@every(EXACT)
@given(table=TABLES, data=st.data())
def test_names_do_not_matter(name, table, data):
    """Members and groups called otherwise, in another order: every one keeps its numbers."""
    names = dict(zip("abcdef", data.draw(st.permutations("ABCDEF")), strict=True))
    names |= dict(zip("uvwxyz", data.draw(st.permutations("UVWXYZ")), strict=True))
    other = table.map(lambda x: names[x]) if len(table) else table
    same(values(EXACT[name](other)), {renamed(k, names): v for k, v in values(EXACT[name](table)).items()})


@every(DRAWN)
@given(table=TABLES)
def test_names_in_the_same_order_do_not_matter_to_draws(name, table):
    other = table.map(lambda x: f"n_{x}") if len(table) else table
    np.testing.assert_array_equal(list(values(ALL[name](other)).values()), list(values(ALL[name](table)).values()))


@every(k for k in ALL if k not in ("two_mode_density", "two_mode_clustering", "two_mode_centrality", "co_membership", "overlap",
                                   "projection_test", "co_membership_test", "co_membership_test of groups"))
@given(table=TABLES)
def test_a_group_of_one_newcomer_joins_nobody(name, table):
    """A new member alone in a new group changes no pair."""
    other = pd.concat([table, pd.DataFrame({"member": ["new"], "group": ["own"]})])
    same(values(ALL[name](other)), values(ALL[name](table)))


@given(table=TABLES)
def test_a_group_of_one_newcomer_in_the_others(table):
    """It closes nothing and lies between nothing; expectations fall by N/(N + 1); p does not rise."""
    other = pd.concat([table, pd.DataFrame({"member": ["new"], "group": ["own"]})])
    same(values(clustering(other)), values(clustering(table)))
    keep = ["degree", "betweenness"]
    before, after = centrality(table), centrality(other)
    same(values(after.loc[before.index, keep]), values(before[keep]))
    memberships = len(table.drop_duplicates())
    members, groups = table["member"].nunique(), table["group"].nunique()
    assert math.isclose(nm.two_mode_density(other), (memberships + 1) / ((members + 1) * (groups + 1)))
    for measure, n in ((nm.co_membership, groups), (nm.overlap, members)):
        one, two = measure(table), measure(other)
        np.testing.assert_allclose(two["expected"], one["expected"] * n / (n + 1))
        assert (two["p"] <= one["p"] + 1e-12).all()


@given(table=TABLES)
def test_members_and_groups_may_change_places(table):
    """Density and clustering stay; projections, tests and centralities change sides."""
    other = swapped(table)
    np.testing.assert_equal(nm.two_mode_density(other), nm.two_mode_density(table))
    same(values(clustering(other)), values(clustering(table)))
    for weight in ("newman", "count", "jaccard"):
        assert nm.project(other, weight, of="groups").equals(nm.project(table, weight))
    assert nm.overlap(other)[["shared", "expected", "p"]].equals(nm.co_membership(table)[["shared", "expected", "p"]])
    assert nm.interlocks(other)["shared"].to_numpy().tolist() == nm.project(table, "count").tolist()
    turned = centrality(other).rename(index={"member": "group", "group": "member"}, level=0)
    keep = ["degree", "degree_share", "betweenness", "betweenness_share", "closeness_share"]
    same(values(turned[keep]), values(centrality(table)[keep]))
    assert nm.co_membership_test(other, of="groups", draws=DRAWS).equals(nm.co_membership_test(table, draws=DRAWS))
    assert projection(other, of="groups").equals(projection(table))


@given(table=TABLES)
def test_a_copy_beside_it(table):
    """Counts double, shares stay, density halves, every pair keeps its weight."""
    other = pd.concat([table, table.map(lambda x: x + "'")]) if len(table) else table
    assume(len(table))
    one, two = clustering(table), clustering(other)
    np.testing.assert_equal(two["value"], one["value"])
    assert two["four_cycles"] == 2 * one["four_cycles"] and two["three_paths"] == 2 * one["three_paths"]
    assert math.isclose(nm.two_mode_density(other), nm.two_mode_density(table) / 2)
    for measure in (nm.project, nm.interlocks, nm.boundary_spanners):
        before, after = values(measure(table)), values(measure(other))
        assert len(after) == 2 * len(before)
        same({k: after[k] for k in before}, before)
    before = centrality(table)[["degree", "betweenness"]]
    same(values(centrality(other).loc[before.index, list(before)]), values(before))


@given(members=st.integers(1, 5), groups=st.integers(1, 5))
def test_where_everyone_is_everywhere(members, groups):
    """All is full, nothing is more than chance gives, nobody alone joins two groups unless alone."""
    table = pd.DataFrame([(f"m{i}", f"g{j}") for i in range(members) for j in range(groups)], columns=["member", "group"])
    assert nm.two_mode_density(table) == 1
    found = nm.two_mode_clustering(table)
    assert found.value == 1 if members > 1 and groups > 1 else math.isnan(found.value)
    assert (nm.overlap(table)[["overlap", "jaccard", "p"]] == 1).all(axis=None)
    assert (nm.co_membership(table)[["p", "q"]] == 1).all(axis=None)
    assert (nm.co_membership_test(table, draws=DRAWS)["p"] == 1).all()
    assert (nm.project(table, "count") == groups).all()
    assert (nm.interlocks(table)["single"] == (members == 1)).all()
    spans = nm.boundary_spanners(table)
    assert len(spans) == (members if groups > 1 else 0)
    assert (spans["alone"] == (spans["pairs"] if members == 1 else 0)).all()
    np.testing.assert_allclose(centrality(table)["closeness_share"], 1)
    assert (projection(table)["p"].dropna() == 1).all()


@given(table=TABLES)
def test_ranges(table):
    """Shares lie in 0..1, p in (0, 1], q is at least p, a pair shares no more than either has."""
    found = nm.two_mode_centrality(table)
    for column in ("degree_share", "closeness_share", "betweenness_share"):
        assert found[column].dropna().between(0, 1 + 1e-12).all()
    value = nm.two_mode_clustering(table).value
    assert math.isnan(value) or 0 <= value <= 1
    size = table.drop_duplicates().groupby("member").size()
    for frame in (nm.co_membership(table), nm.co_membership_test(table, draws=DRAWS)):
        assert ((frame["p"] > 0) & (frame["p"] <= frame["q"] + 1e-12) & (frame["q"] <= 1)).all()
        assert all(shared <= min(size[a], size[b]) for (a, b), shared in frame["shared"].items())
    spans = nm.boundary_spanners(table)
    assert ((spans["alone"] <= spans["pairs"]) & spans["blau"].between(0.5, 1)).all()


@given(table=TABLES)
def test_two_mode_numbers_are_those_of_networkx(table):
    """Degree, betweenness and clustering by counting four-cycles and three-paths of the graph of memberships."""
    graph = nx.Graph([(f"m{a}", f"g{b}") for a, b in table.itertuples(index=False)])
    found = nm.two_mode_centrality(table)
    keys = [("m" if mode == "member" else "g") + node for mode, node in found.index]
    raw = nx.betweenness_centrality(graph, normalized=False)
    np.testing.assert_allclose(found["betweenness"], [raw[k] for k in keys], atol=1e-9)
    tops = {k for k in graph if k[0] == "m"}
    if graph and nx.is_connected(graph):
        known = nx.bipartite.closeness_centrality(graph, tops)
        np.testing.assert_allclose(found["closeness_share"], [known[k] for k in keys])
        shares = nx.bipartite.degree_centrality(graph, tops)
        np.testing.assert_allclose(found["degree_share"], [shares[k] for k in keys])
    paths = sum((graph.degree(a) - 1) * (graph.degree(b) - 1) for a, b in graph.edges)
    cycles = sum(
        math.comb(len(set(graph[a]) & set(graph[b])), 2) for a in tops for b in tops if a < b
    )  # fmt: skip
    both = nm.two_mode_clustering(table)
    assert (both.four_cycles, both.three_paths) == (cycles, paths)


@given(table=TABLES, data=st.data())
def test_what_spanners_carry_adds_up(table, data):
    """Over all members the shares of ties between groups add up to two ends a tie; spread stays in 0..1."""
    ends = data.draw(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
    graph = nx.Graph()
    graph.add_nodes_from("abcdef")
    graph.add_edges_from((a, b) for a, b in ends if a != b)
    # Everyone in a group of their own besides, so that everybody spans.
    full = pd.concat([table, pd.DataFrame([(m, m.upper()) for m in "abcdef"] + [(m, "all") for m in "abcdef"],
                                          columns=["member", "group"])])  # fmt: skip
    found = nm.boundary_spanners(full, graph)
    assert math.isclose(found["carried"].sum(), 2) if graph.number_of_edges() else found["carried"].isna().all()
    assert found["blau"].dropna().between(0, 1).all()
    again = nm.boundary_spanners(full.iloc[::-1], graph)
    assert found.equals(again)


@given(table=TABLES, data=st.data())
def test_main_affiliations_split_the_shared(table, data):
    """People at home in the first, in the second, or in neither group of a pair are all whom it shares."""
    assume(len(table))
    once = table.drop_duplicates()
    homes = {m: data.draw(st.sampled_from(sorted(g))) for m, g in once.groupby("member")["group"]}
    marked = once.assign(primary=[homes[m] == g for m, g in once.itertuples(index=False)])
    found = nm.interlocks(marked)
    assert (found["from_source"] + found["from_target"] <= found["shared"]).all()
    groups = once.groupby("member").size()
    both = int(sum(groups - 1))
    assert found[["from_source", "from_target"]].to_numpy().sum() == both
    assert found[["shared", "newman"]].equals(nm.interlocks(table)[["shared", "newman"]])
