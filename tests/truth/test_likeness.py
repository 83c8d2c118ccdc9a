"""Groups, like with like and likeness of values against values computed independently."""

import csv
import json

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from netmap.measures.between import quotient
from netmap.measures.grouping import communities, modularity
from netmap.measures.homophily import assortativity, ei_index, geary, mixing_matrix, moran
from netmap.measures.partitions import compare_groupings
from netmap.measures.similarity import alignment, profile_similarity
from tests.shared import shared_data
from tests.truth.cases import NAMES, agree, case, number, rows, truth_file

COVERS = (
    "*.nodes.csv:ei__*", "*.graph.json:undirected.degree_assortativity", "*.graph.json:undirected.*modularity*",
    "*.graph.json:groups.attribute", "*.graph.json:groups.levels", "*.graph.json:groups.sizes",
    "*.graph.json:groups.ties_internal", "*.graph.json:groups.ties_external", "*.graph.json:groups.ei_index",
    "*.graph.json:groups.modularity", "*.graph.json:groups.assortativity_nominal*",
    "*.graph.json:groups.mixing_matrix_tie_counts", "*.graph.json:groups.block_density", "*.graph.json:numeric.*", "exact_modularity.csv:*",
    "chemnet.alignment.json:*",
    *(f"chemnet.alignment_pairs.csv:{c}" for c in (
        "a", "b", "cosine", "pearson", "euclidean", "manhattan", "gower_similarity",
    )),
    *(f"chemnet.alignment_nodes.csv:{c}" for c in (
        "id", "n_partners", "mean_cosine_with_partners", "mean_gower_with_partners", "mean_gower_with_all_others",
    )),
    "published_values.csv:karate, *", "published_values.csv:polbooks, *",
)  # fmt: skip


def graph_json(name):
    return json.loads(truth_file(f"{name}.graph.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_groups_given_by_an_attribute(name):
    """Ties inside and out, E-I, modularity and assortativity of every attribute are the known ones."""
    one = case(name)
    for attribute, known in (graph_json(name).get("groups") or {}).items():
        labels = one.labels(attribute)
        found = ei_index(one.view, labels)
        inside, outside = known["ties_internal"], known["ties_external"]
        agree(found.attrs["network"], known["ei_index"])
        agree((outside - inside) / (outside + inside), known["ei_index"])
        if f"ei__{attribute}" in one.nodes[0]:
            agree(found, one.known(f"ei__{attribute}"))
        table = mixing_matrix(one.view, labels)
        assert [str(level) for level in table.index] == [str(level) for level in known["levels"]]
        for i, row in enumerate(known["mixing_matrix_tie_counts"]):
            agree(table.iloc[i], [row[str(level)] for level in table.columns])
        blocks = quotient(one.view, labels).set_index(["first", "second"])["density"]
        for i, row in enumerate(known["block_density"]):
            for level, density in row.items():
                pair = sorted((str(table.index[i]), level))
                here = [d for (a, b), d in blocks.items() if sorted((str(a), str(b))) == pair]
                agree(here[0] if here else 0.0, density if density is not None else 0.0)
        if None not in labels:
            agree(modularity(one.view, labels), known["modularity"])
        agree(assortativity(one.view, labels), known["assortativity_nominal"])
        if "assortativity_nominal_directed" in known:
            agree(assortativity(one.directed, labels), known["assortativity_nominal_directed"])


@pytest.mark.parametrize("name", NAMES)
def test_numbers_on_nodes(name):
    """Assortativity by degree and by every numeric attribute, Moran's I and Geary's C are the known ones."""
    one = case(name)
    known = graph_json(name)
    degree = pd.Series(dict(zip(one.view.ids, np.diff(one.view.csr.indptr), strict=True)))
    expected = known["undirected"].get("degree_assortativity")
    if isinstance(expected, float):
        agree(assortativity(one.view, degree), expected)
    for attribute, values in (known.get("numeric") or {}).items():
        if attribute not in one._input[0][0]:
            # networkx ships the Florentine families without their wealth; the business network has it.
            assert name == "florentine_marriage"
            continue
        numbers = [number(v or "") for v in one.labels(attribute)]
        agree(assortativity(one.view, numbers), values["assortativity_numeric"])
        agree(moran(one.view, numbers), values["moran_i"])
        agree(geary(one.view, numbers), values["geary_c"])


@pytest.mark.parametrize("row", rows("exact_modularity.csv"), ids=lambda r: r["network"])
def test_the_best_grouping_known_is_found(row):
    """Leiden reaches the greatest modularity there is (proved elsewhere), and the optimal groups have it."""
    one = case(row["network"])
    best = float(row["max_modularity"])
    found = communities(one.view, starts=50)
    assert modularity(one.view, found) >= best - 1e-9
    groups = {node: i for i, part in enumerate(row["one_optimal_partition"].split(";")) for node in part.split("|")}
    assert set(groups) == set(one.view.ids)
    agree(modularity(one.view, groups), best)


@pytest.mark.parametrize("name", ["karate", "florentine_marriage"])
def test_louvain_comes_close(name):
    one = case(name)
    best = {r["network"]: float(r["max_modularity"]) for r in rows("exact_modularity.csv")}[name]
    assert best - 0.02 <= modularity(one.view, communities(one.view, method="louvain", starts=20)) <= best + 1e-9


def test_printed_values_of_karate():
    """0.4198 is the modularity of the best grouping, and of the two clubs 0.7175 the assortativity in networkx's data."""
    graph = nx.karate_club_graph()
    agree(round(modularity(graph, communities(graph, starts=50)), 4), 0.4198)
    club = nx.get_node_attributes(graph, "club")
    agree(assortativity(graph, club), nx.attribute_assortativity_coefficient(graph, "club"))
    assert 0 < compare_groupings(pd.Series(communities(graph)), pd.Series(club)).ami < 1


@pytest.mark.parametrize("name", NAMES)
def test_the_best_grouping_that_200_searches_found(name):
    """At least the best modularity of 200 runs of Louvain and Leiden elsewhere, less 0.005."""
    one = case(name)
    known = one.graph["undirected"]["best_modularity_found_200_louvain_leiden_runs"]
    assert modularity(one.view, communities(one.view)) >= known - 0.005


def test_printed_values_of_karate_and_the_books():
    """-0.47561 is the degree assortativity of the club; 0.5272 the modularity of the best grouping of the books."""
    club, books = case("karate").view, case("polbooks").view
    degree = pd.Series(dict(zip(club.ids, np.diff(club.csr.indptr), strict=True)))
    assert assortativity(club, degree) == pytest.approx(-0.47561, abs=5e-6)
    assert modularity(books, communities(books)) == pytest.approx(0.5272, abs=5e-5)


def positions():
    with shared_data("interorg/chemnet/positions.csv").open(encoding="utf-8", newline="") as file:
        wide = list(csv.DictReader(file))
    return pd.DataFrame([
        {"entity": r["id"], "item": item, "rating": float(r[item]), "scale_min": -1.0, "scale_max": 1.0}
        for r in wide for item in r if item != "id"
    ])  # fmt: skip


def test_likeness_of_every_two_organisations_of_chemnet():
    """Gower, cosine, Pearson and Euclid of every pair are the known ones, undefined ones undefined."""
    values = positions()
    tables = {m: profile_similarity(values, m) for m in ("gower", "cosine", "pearson", "euclidean")}
    for row in rows("chemnet.alignment_pairs.csv"):
        a, b = row["a"], row["b"]
        agree(tables["gower"].loc[a, b], number(row["gower_similarity"]))
        agree(1 - tables["gower"].loc[a, b], number(row["manhattan"]) / 12)
        agree(tables["cosine"].loc[a, b], number(row["cosine"]))
        agree(tables["pearson"].loc[a, b], number(row["pearson"]))
        agree(1 - tables["euclidean"].loc[a, b], number(row["euclidean"]) / (2 * 6**0.5))


def test_alignment_of_the_ties_of_chemnet():
    known = json.loads(truth_file("chemnet.alignment.json").read_text(encoding="utf-8"))
    view = case("chemnet_political_information").view
    found = alignment(view, positions())
    by_name = {m["measure"]: m for m in known["measures"]}
    agree(found.mean(), by_name["gower_similarity"]["mean_tied"])
    agree(found.attrs["expected"], known["gower_mean_all_pairs"])
    assert found.attrs["coverage"] == 1
    agree(alignment(view, positions(), "cosine").mean(), by_name["cosine"]["mean_tied"])
    agree(alignment(view, positions(), "pearson").mean(), by_name["pearson"]["mean_tied"])
    every, cosine = profile_similarity(positions(), "gower"), alignment(view, positions(), "cosine")
    for row in rows("chemnet.alignment_nodes.csv"):
        node = row["id"]
        others = every.loc[node].drop(node)
        agree(others.mean(), number(row["mean_gower_with_all_others"]))
        for table, column in ((found, "mean_gower_with_partners"), (cosine, "mean_cosine_with_partners")):
            mine = [value for pair, value in table.items() if node in pair]
            assert len(mine) == int(row["n_partners"])
            known_here = [x for x in mine if not np.isnan(x)]
            agree(np.mean(known_here) if known_here else np.nan, number(row[column]))


def test_tied_and_untied_organisations_of_chemnet():
    """Likeness of the untied, and its correlation with being tied, are the known ones for all measures there are."""
    known = json.loads(truth_file("chemnet.alignment.json").read_text(encoding="utf-8"))
    view = case("chemnet_political_information").view
    ids = list(view.ids)
    tied = np.zeros((view.n, view.n), dtype=bool)
    tied[view.source, view.target] = True
    upper = np.triu_indices(view.n, 1)
    for row in known["measures"]:
        if row["measure"] not in ("gower_similarity", "cosine", "pearson"):
            continue
        table = profile_similarity(positions(), row["measure"].removesuffix("_similarity")).loc[ids, ids].to_numpy()
        value, at = table[upper], tied[upper]
        there = ~np.isnan(value)
        assert int(there.sum()) == row["n_pairs"]
        agree(value[there & ~at].mean(), row["mean_untied"])
        agree(np.corrcoef(value[there], at[there])[0, 1], row["pearson_with_tie_matrix"])
    both = {*zip(*_ends("chemnet_scientific_info_sent"), strict=True)}
    back = {(b, a) for a, b in zip(*_ends("chemnet_scientific_info_received"), strict=True)}
    assert len(both & back) == known["confirmed_scientific_ties"]
    variances = positions().groupby("item")["rating"].var()
    for item, variance in known["issue_variances"].items():
        agree(variances[item], variance)


def _ends(name):
    view = case(name).directed
    return [view.ids[i] for i in view.source], [view.ids[i] for i in view.target]
