"""Memberships and what they share against values computed independently."""

import csv
import json

import networkx as nx
import pandas as pd
import pytest

from netmap.measures import communities, components
from netmap.measures.spanning import boundary_spanners, interlocks
from netmap.measures.two_mode import co_membership, overlap, project, two_mode_density
from netmap.measures.two_mode_positions import _most, two_mode_centrality, two_mode_clustering
from tests.shared import shared_data
from tests.truth.cases import agree, number, rows, truth_file

COVERS = (
    "*.projection_*",
    *(f"*.twomode.json:{key}" for key in (
        "dataset", "row_nodes", "column_nodes", "memberships", "density", "*_projection_edges",
        "row_projection_density", "max_shared_rows", "four_cycles", "three_paths", "robins_alexander_clustering",
        "betweenness_max_row", "betweenness_max_column", "components", "component_sizes",
    )),
    *(f"*.twomode_nodes.csv:{column}" for column in (
        "id", "set", "degree", "degree_norm_bipartite", "betweenness", "betweenness_norm_borgatti_everett",
        "closeness_norm_borgatti_everett",
    )),
    "published_values.csv:southern_women, *", "wales_partnerships.partnership_overlap.csv:*",
)  # fmt: skip
FILES = {
    "southern_women": None,
    "ceos_clubs": ("classic/ceos_clubs/memberships.csv", "person", "organisation"),
    "chemnet_committees": ("interorg/chemnet/committee_memberships.csv", "organisation", "committee"),
    "ebola_3w": ("interorg/ebola_3w/ebola_3w_2014.csv", "Organisation", "Pcode"),
}


def memberships(name):
    if FILES[name] is None:
        graph = nx.davis_southern_women_graph()
        women = [v for v, side in graph.nodes(data="bipartite") if side == 0]
        # networkx spells one of the women otherwise.
        return pd.DataFrame([(w.split()[0].replace("Katherina", "Katherine"), e) for w in women for e in graph[w]], columns=["member", "group"])
    path, member, group = FILES[name]
    with shared_data(path).open(encoding="utf-8-sig", newline="") as file:
        # The tables leave spaces in names as they are, and take blank cells for missing.
        found = [(r[member], r[group]) for r in csv.DictReader(file)]
    return pd.DataFrame([(m, g) for m, g in found if m.strip() and g.strip()], columns=["member", "group"])


@pytest.mark.parametrize("name", FILES)
def test_counts_and_density(name):
    table = memberships(name)
    known = json.loads(truth_file(f"{name}.twomode.json").read_text(encoding="utf-8"))
    assert table["member"].nunique() == known["row_nodes"]
    assert table["group"].nunique() == known["column_nodes"]
    assert len(table.drop_duplicates()) == known["memberships"]
    agree(two_mode_density(table), known["density"])
    shared = project(table, "count")
    assert len(shared) == known["row_projection_edges"]
    assert len(project(table, "count", of="groups")) == known["column_projection_edges"]
    n = known["row_nodes"]
    agree(len(shared) / (n * (n - 1) / 2), known["row_projection_density"])
    assert shared.max() == known["max_shared_rows"]
    degree = {**table.drop_duplicates()["member"].value_counts(), **table.drop_duplicates()["group"].value_counts()}
    for row in rows(f"{name}.twomode_nodes.csv"):
        assert degree[row["id"]] == int(row["degree"])


@pytest.mark.parametrize("name", FILES)
def test_cycles_of_four_and_the_greatest_betweenness(name):
    """Robins and Alexander's clustering with its counts, parts, and the maxima of Borgatti and Everett."""
    table = memberships(name)
    known = json.loads(truth_file(f"{name}.twomode.json").read_text(encoding="utf-8"))
    found = two_mode_clustering(table)
    assert (found.four_cycles, found.three_paths) == (known["four_cycles"], known["three_paths"])
    agree(found.value, known["robins_alexander_clustering"])
    assert (_most(known["row_nodes"], known["column_nodes"]), _most(known["column_nodes"], known["row_nodes"])) == (
        known["betweenness_max_row"], known["betweenness_max_column"],
    )  # fmt: skip
    graph = nx.Graph([(("m", m), ("g", g)) for m, g in table.itertuples(index=False)])
    parts = components(graph)
    assert (parts.count, list(parts.sizes)) == (known["components"], known["component_sizes"])


@pytest.mark.parametrize("name", FILES)
def test_centralities_of_members_and_groups(name):
    """Degree, betweenness and closeness of every node, in counts and as shares of what its side allows."""
    found = two_mode_centrality(memberships(name))
    for row in rows(f"{name}.twomode_nodes.csv"):
        mine = found.loc[("member" if row["set"] == "row" else "group", row["id"])]
        for column, known in (
            ("degree", "degree"), ("degree_share", "degree_norm_bipartite"), ("betweenness", "betweenness"),
            ("betweenness_share", "betweenness_norm_borgatti_everett"),
            ("closeness_share", "closeness_norm_borgatti_everett"),
        ):  # fmt: skip
            agree(mine[column], number(row[known]))


def test_southern_women_as_printed():
    """18 women, 14 events, 89 attendances; degree, closeness and betweenness of Evelyn, Theresa and event 8."""
    table = memberships("southern_women")
    found = two_mode_centrality(table)
    assert (table["member"].nunique(), table["group"].nunique(), len(table)) == (18, 14, 89)
    printed = {"E8": (0.78, 0.85, 0.24), "Evelyn": (0.57, 0.80, 0.10), "Theresa": (0.57, 0.80, 0.09)}
    for node, values in printed.items():
        row = found.xs(node, level="id").iloc[0]
        for column, value in zip(("degree_share", "closeness_share", "betweenness_share"), values, strict=True):
            assert row[column] == pytest.approx(value, abs=5.1e-3)


def test_two_groups_of_southern_women():
    """The two groups of most analyses, but for Pearl, are those of the projection that weighs small events more."""
    shared = project(memberships("southern_women"))
    graph = nx.Graph()
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in shared.items())
    found = communities(graph, weight="weight")
    first = {"Evelyn", "Laura", "Theresa", "Brenda", "Charlotte", "Frances", "Eleanor", "Ruth"}
    second = {"Verne", "Myra", "Katherine", "Sylvia", "Nora", "Helen"}
    assert found[sorted(first)].nunique() == 1
    assert found[sorted(second)].nunique() == 1
    assert found["Evelyn"] != found["Sylvia"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("side", ["rows", "columns"])
def test_every_pair_that_shares_something(name, side):
    """Shared count, Jaccard, Newman's weight and the hypergeometric tail of every pair are the known ones."""
    table = memberships(name)
    of = "members" if side == "rows" else "groups"
    found = {w: project(table, w, of=of) for w in ("count", "jaccard", "newman")}
    tail = (co_membership(table) if of == "members" else overlap(table))["p"]
    known = [r for r in rows(f"{name}.projection_{side}.csv") if float(r["shared"]) > 0]
    assert len(known) == len(found["count"])
    for row in known:
        pair = (row["a"], row["b"])
        if pair not in found["count"].index:
            pair = pair[::-1]
        agree(found["count"][pair], number(row["shared"]))
        agree(found["jaccard"][pair], number(row["jaccard"]))
        agree(found["newman"][pair], number(row["newman_weight"]))
        agree(tail[pair], number(row["hypergeometric_p_upper"]))


def test_partnerships_of_wales_share_as_many_members_as_counted():
    with shared_data("interorg/wales_partnerships/memberships.csv").open(encoding="utf-8-sig", newline="") as file:
        table = pd.DataFrame([(r["organisation_id"], r["partnership_id"]) for r in csv.DictReader(file)], columns=["member", "group"])
    found = overlap(table)["shared"]
    known = rows("wales_partnerships.partnership_overlap.csv")
    assert len(found) == len([r for r in known if int(r["organisations_in_both"])])
    for row in known:
        if int(row["organisations_in_both"]):
            assert found[(row["partnership_a"], row["partnership_b"])] == int(row["organisations_in_both"])


def test_projection_and_interlocks_agree_with_networkx():
    table = memberships("southern_women")
    graph = nx.Graph(table.itertuples(index=False))
    shared = nx.bipartite.weighted_projected_graph(graph, sorted(set(table["group"])))
    found = interlocks(table)
    assert {frozenset(p): s for p, s in found["shared"].items()} == {frozenset((a, b)): w for a, b, w in shared.edges(data="weight")}
    assert (found["single"] == (found["shared"] == 1)).all()
    assert set(found.loc[~found["single"], "through"]) == {""}
    alone = boundary_spanners(table)["alone"].sum()
    assert alone == found["single"].sum()
