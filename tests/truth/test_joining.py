"""Layers and networks of networks against values computed independently."""

from __future__ import annotations

import csv
import json

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from netmap.measures import (
    assortativity,
    average_clustering,
    betweenness,
    bridge_ties,
    compare_groupings,
    components,
    cutpoints,
    degree,
    density,
    layers,
    overlap,
    project,
    transitivity,
)
from netmap.view import View
from tests.shared import shared_data
from tests.truth.cases import agree, case, rows, truth_file

COVERS = (
    "*.multiplex.json:*", "uk_council_partnerships.json:*", "uk_council_partnerships.group_overlap.csv:*",
    "wales_partnerships.json:*",
)  # fmt: skip


def known(name):
    return json.loads(truth_file(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["florentine", "hightech"])
def test_layers_share_as_many_ties_as_counted(name):
    """Ties of each layer, shared and not shared by every two, in any and in all."""
    table = known(f"{name}.multiplex.json")
    directed = table["mode"] == "digraph"
    views = {}
    for layer, count in zip(table["layers"], table["tie_counts"], strict=True):
        one = case(f"{name}_{layer}")
        views[layer] = one.directed if directed else one.view
        assert views[layer].m == count
    found = layers(views)
    assert (found.any_layer, found.all_layers) == (table["any_layer"], table["all_layers"])
    assert len(found.similarity) == len(table["pairs"])
    for row in table["pairs"]:
        one = found.similarity.set_index(["first", "second"])
        turned = (row["a"], row["b"]) not in one.index
        mine = one.loc[(row["b"], row["a"]) if turned else (row["a"], row["b"])]
        only = ["only_second", "only_first"] if turned else ["only_first", "only_second"]
        assert [mine["both"], *mine[only], mine["neither"]] == [row[k] for k in ("both", "only_a", "only_b", "neither")]
        agree(mine["jaccard"], row["jaccard"])


def read(path, member, group):
    with shared_data(path).open(encoding="utf-8-sig", newline="") as file:
        pairs = [(r[member], r[group]) for r in csv.DictReader(file)]
    return pd.DataFrame([p for p in pairs if all(p)], columns=["member", "group"]).drop_duplicates()


UK = "interorg/uk_council_partnerships/"
LAYERS = {
    "lrf": (UK + "local-resilience-forum-to-local-authority.csv", "organisation", "local-resilience-forum"),
    "combined_authority": (UK + "local-authority-to-combined-authority.csv", "organisation", "combined-authority"),
    "region": (UK + "local-authority-to-region.csv", "organisation", "region"),
    "hub": (UK + "local-authority-to-hub.csv", "organisation", "hub"),
}


@pytest.mark.parametrize("name", LAYERS)
def test_english_councils_in_their_groups(name):
    table, figures = read(*LAYERS[name]), known("uk_council_partnerships.json")["layers"][name]
    assert table["group"].nunique() == figures["groups"]
    assert table["member"].nunique() == figures["organisations"]
    assert len(table) == figures["memberships"]
    assert table["group"].value_counts().to_dict() == figures["sizes"]
    times = table["member"].value_counts()
    assert sorted(times.index[times > 1]) == sorted(figures["organisations_in_more_than_one"])


def test_groupings_of_english_councils_agree_as_far_as_known():
    figures = known("uk_council_partnerships.json")["partitions"]
    for pair, row in figures.items():
        a, b = (read(*LAYERS[name]).drop_duplicates("member").set_index("member")["group"] for name in pair.split("_vs_"))
        agree(compare_groupings(a, b).ari, row["adjusted_rand"])
        assert compare_groupings(a, b).nodes == row["n"]


def shared_members(table):
    """Return the graph of groups that share members, all groups being nodes."""
    pairs = project(table, "count", of="groups")
    groups = sorted(set(table["group"]))
    place = {g: i for i, g in enumerate(groups)}
    return View(groups, [place[a] for a, _ in pairs.index], [place[b] for _, b in pairs.index])


def check(view, figures):
    """Compare a network with everything the tables say of it."""
    parts = components(view)
    assert (view.n, view.m) == (figures["n"], figures["m"])
    assert (parts.count, max(parts.sizes)) == (figures["components"], figures["largest_component"])
    assert int((degree(view) == 0).sum()) == figures["isolates"]
    agree(density(view), figures["density"])
    agree(transitivity(view), figures["transitivity"])
    agree(average_clustering(view, "zero"), figures["mean_local_clustering_zero"])
    agree(assortativity(view, degree(view)), figures["degree_assortativity"])
    assert int(cutpoints(view)["cutpoint"].sum()) == figures["articulation_points"]
    assert int(bridge_ties(view)["bridge"].sum()) == figures["bridges"]
    for value, node in figures["top_degree"]:
        assert degree(view)[node] == value
    between = betweenness(view, normalised=False)
    for value, node in figures["top_betweenness"]:
        agree(between[node], value)


def test_the_network_of_english_networks():
    """Forums, combined authorities and hubs, tied where a council is in both; and how many are."""
    prefixes = {"lrf": "lrf:", "combined_authority": "combined_authority:", "hub": "hub:"}
    tables = [read(*LAYERS[name]).assign(group=lambda t, p=p: p + t["group"]) for name, p in prefixes.items()]
    table = pd.concat(tables)
    check(shared_members(table), known("uk_council_partnerships.json")["network_of_networks"])
    found = {frozenset(pair): n for pair, n in overlap(table)["shared"].items()}
    listed = {
        frozenset((r["group_a"], r["group_b"])): int(r["councils_in_both"])
        for r in rows("uk_council_partnerships.group_overlap.csv")
    }
    assert found == listed


def test_the_partnerships_of_wales():
    """Sizes, what organisations share over all partnerships and over the public services boards, and what those share."""
    figures = known("wales_partnerships.json")
    table = read("interorg/wales_partnerships/memberships.csv", "organisation_id", "partnership_id")
    assert len(table) == figures["memberships"] == figures["rows"]
    assert table["member"].value_counts().to_dict() == figures["memberships_per_organisation"]
    assert table["group"].value_counts().to_dict() == figures["partnership_sizes"]
    assert (table["member"].nunique(), table["group"].nunique()) == (figures["organisations"], figures["partnerships"])
    turned = table.rename(columns={"member": "group", "group": "member"})
    check(shared_members(turned), figures["organisation_projection"])
    boards = turned[turned["member"].str.startswith("PSB")]
    check(shared_members(boards), figures["psb_only_projection"])
    check(shared_members(table), figures["partnership_overlap_graph"])


def test_networkx_takes_the_same_graph():
    """The network of Welsh partnerships as networkx projects it."""
    table = read("interorg/wales_partnerships/memberships.csv", "organisation_id", "partnership_id")
    both = nx.Graph([(("g", g), ("m", m)) for m, g in table.itertuples(index=False)])
    groups = [v for v in both if v[0] == "g"]
    reference = nx.bipartite.projected_graph(both, groups)
    assert shared_members(table).m == reference.number_of_edges()
    assert np.isclose(density(shared_members(table)), nx.density(reference))
