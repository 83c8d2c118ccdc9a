"""Groups, likeness of values and accountability on graphs small enough to work out by hand, and at the edges."""

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from netmap.errors import MeasureError
from netmap.measures.accountability import hardwired_bounds, hardwired_index, quadrants
from netmap.measures.between import quotient
from netmap.measures.cartography import participation, within_module_z
from netmap.measures.grouping import communities, modularity
from netmap.measures.homophily import assortativity, ei_index, geary, mixing_matrix, moran
from netmap.measures.partitions import compare_groupings
from netmap.measures.similarity import alignment, profile_similarity
from tests.property.graphs import networks


def ratings(**of):
    return pd.DataFrame([(e, f"i{k}", float(r)) for e, rs in of.items() for k, r in enumerate(rs)], columns=["entity", "item", "rating"])


def test_participation_by_hand():
    """A node with two ties in one group and one in another has 1 - (4 + 1)/9."""
    graph = nx.Graph([("v", "a"), ("v", "b"), ("v", "c")])
    found = participation(graph, {"v": 0, "a": 0, "b": 0, "c": 1})
    assert found["v"] == pytest.approx(4 / 9)
    assert found["a"] == 0


def test_isolates_have_no_participation_and_no_community():
    graph = nx.Graph([(0, 1), (1, 2), (2, 0)])
    graph.add_node(3)
    assert math.isnan(participation(graph, [0, 0, 0, 1])[3])
    assert communities(graph)[3] == -1
    assert math.isnan(ei_index(graph, [0, 0, 0, 1])[3])


@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_two_cliques_are_two_communities_whatever_the_order(method):
    graph = nx.barbell_graph(5, 0)
    again = nx.Graph()
    again.add_nodes_from(reversed(list(graph)))
    again.add_edges_from(reversed(list(graph.edges)))
    one, two = communities(graph, method=method), communities(again, method=method)
    assert one.to_dict() == two.to_dict()
    assert len(set(one)) == 2
    assert one.attrs["modularity"] == pytest.approx(modularity(graph, one))


def test_an_unknown_method_and_resolution_are_refused():
    with pytest.raises(MeasureError, match="Did you mean leiden"):
        communities(nx.path_graph(3), method="leidn")
    with pytest.raises(MeasureError, match="resolution"):
        communities(nx.path_graph(3), resolution=0)


@pytest.mark.parametrize("graph", [nx.Graph(), nx.empty_graph(3)], ids=["no nodes", "no ties"])
def test_nothing_has_no_groups(graph):
    assert communities(graph).tolist() == [-1] * len(graph)
    groups = [0] * len(graph)
    assert math.isnan(modularity(graph, groups))
    assert math.isnan(assortativity(graph, groups))
    assert len(quotient(graph, groups)) == 0


@settings(max_examples=40, deadline=None)
@given(networks())
def test_measures_of_groups_do_not_depend_on_names_loops_or_parallel_ties(raw):
    one, two = raw.view().undirected, raw.simple().view([f"n{i:03d}" for i in range(raw.n)]).undirected
    group = [i % 3 for i in range(raw.n)]
    for measure in (participation, within_module_z, ei_index):
        np.testing.assert_allclose(measure(one, group).to_numpy(), measure(two, group).to_numpy(), rtol=1e-12)
    for measure in (modularity, assortativity):
        assert measure(one, group) == pytest.approx(measure(two, group), nan_ok=True)
    assert (mixing_matrix(one, group).to_numpy() == mixing_matrix(two, group).to_numpy()).all()


def test_agreement_of_groupings():
    assert compare_groupings([0, 0, 1, 1], ["b", "b", "a", "a"]).ari == 1
    crossed = compare_groupings([0, 0, 1, 1], [0, 1, 0, 1])
    assert crossed.ari == pytest.approx(-0.5)
    assert crossed.ami == pytest.approx(-0.5)
    assert compare_groupings([0, -1, 1], [0, 1, 1]).nodes == 2
    with pytest.raises(MeasureError, match="differ in length"):
        compare_groupings([0], [0, 1])


def test_chance_agreement_is_nought_on_average():
    rng = np.random.default_rng(1)
    labels = np.repeat(np.arange(6), 5)
    found = [compare_groupings(labels, rng.permutation(labels)) for _ in range(300)]
    assert abs(np.mean([f.ami for f in found])) < 0.01
    assert abs(np.mean([f.ari for f in found])) < 0.01
    assert np.mean([f.nmi for f in found]) > 0.2


def test_level_and_shape_of_profiles_differ():
    values = ratings(a=(5, 4, 5, 4, 5), b=(2, 1, 2, 1, 2))
    assert profile_similarity(values).loc["a", "b"] == pytest.approx(0.25)
    assert profile_similarity(values, "pearson").loc["a", "b"] == pytest.approx(1)
    assert math.isnan(profile_similarity(ratings(a=(3, 3, 3), b=(1, 2, 3)), "pearson").loc["a", "b"])


def test_too_few_shared_items_are_not_compared():
    values = pd.concat([ratings(a=(1, 2, 3, 4)), ratings(b=(1, 2))])
    assert math.isnan(profile_similarity(values).loc["a", "b"])


def test_tags_are_compared_by_what_both_name():
    tags = pd.DataFrame([("a", "x"), ("a", "y"), ("b", "y"), ("b", "z")], columns=["entity", "item"])
    assert profile_similarity(tags).loc["a", "b"] == pytest.approx(1 / 3)


def test_ties_without_a_profile_are_left_out_and_counted():
    found = alignment(nx.path_graph(["a", "b", "c"]), ratings(a=(1, 2, 3), b=(1, 2, 3)))
    assert found[("a", "b")] == 1
    assert math.isnan(found[("b", "c")])
    assert found.attrs["coverage"] == 0.5
    with pytest.raises(MeasureError, match="Did you mean gower"):
        alignment(nx.path_graph(2), ratings(a=(1,)), "gowr")


def test_moran_and_geary_need_numbers_that_differ():
    assert math.isnan(moran(nx.path_graph(3), [1, 1, 1]))
    assert math.isnan(geary(nx.empty_graph(3), [1, 2, 3]))
    with pytest.raises(MeasureError, match="number"):
        moran(nx.path_graph(2), ["a", "b"])


def test_the_hardwired_index_counts_known_items_and_bounds_unknown_ones():
    ties = pd.DataFrame({"hw_agreement": ["yes"], "hw_owner": ["yes"], "hw_review": ["no"], "hw_pooled": ["no"],
                         "hw_deliverables": ["unknown"], "hw_consequence": ["unknown"]})  # fmt: skip
    assert hardwired_index(ties).tolist() == [0.5]
    assert hardwired_bounds(ties)[["low", "high"]].to_numpy().tolist() == [[2 / 6, 4 / 6]]
    assert math.isnan(hardwired_index(ties.drop(columns="hw_pooled"))[0])


def test_quadrants_count_every_tie_once():
    ties = pd.DataFrame({"mandate": ["voluntary", "mandated", "unknown", "voluntary"], "hardwired": [0.0, 1.0, 0.5, float("nan")]})
    cells = quadrants(ties)
    assert cells["count"].sum() == 4
    assert cells["share"].sum() == pytest.approx(1)
    assert set(zip(cells["mandate"], cells["wiring"], cells["count"], strict=True)) >= {
        ("chosen", "loose", 1), ("forced", "accountable", 1), ("unknown", "part-wired", 1), ("chosen", "unknown", 1)
    }  # fmt: skip


def test_standing_in_a_group_of_equals_is_nought():
    assert within_module_z(nx.cycle_graph(4), [0] * 4).tolist() == [0, 0, 0, 0]
