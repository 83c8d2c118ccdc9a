"""Where libraries disagree, one test a trap: netmap's value by hand, and networkx's where it is another.

Traps that a test elsewhere holds stand in `HELD` with that test, so that this file is the list of them all.
"""

from __future__ import annotations

import ast
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import netmap.measures as nm

ROOT = Path(__file__).parent

HELD = {
    "effective size of a weighted network, by hand 1.1 and 2.6429":
        "measures/test_structural_holes.py::test_effective_size_of_the_four_node_example",
    "networkx's effective size of all nodes at once":
        "measures/test_structural_holes.py::test_networkx_effective_size_of_a_whole_weighted_network_is_wrong",
    "nodes with ties in only": "measures/test_structural_holes.py::test_nodes_with_ties_in_only_have_values_too",
    "constraint beyond 1": "measures/test_structural_holes.py::test_constraint_can_exceed_one",
    "a loop in constraint": "measures/test_structural_holes.py::test_a_loop_does_not_constrain",
    "constraint of the whole network or the neighbourhood":
        "measures/test_structural_holes.py::test_within_the_neighbourhood_or_the_whole_network",
    "strength taken for distance": "measures/test_centralities.py::test_strength_is_not_distance",
    "equal paths in floating point":
        "measures/test_centralities.py::test_equal_paths_stay_equal_where_floating_point_loses_them",
    "weighted betweenness in fractions": "property/test_against_others.py::test_weighted_betweenness_in_exact_fractions",
    "parallel ties as several paths": "measures/test_centralities.py::test_parallel_ties_are_one_path",
    "closeness of a triangle and a pair": "measures/test_distances.py::test_closeness_variants_on_a_network_in_pieces",
    "directed closeness": "measures/test_distances.py::test_directed_closeness_by_mode",
    "closeness of an isolate": "measures/test_distances.py::test_an_isolate_has_no_closeness_but_harmonic_zero",
    "harmonic as a sum": "measures/test_distances.py::test_harmonic_is_a_mean_where_networkx_sums",
    "local efficiency": "measures/test_distances.py::test_local_efficiency_stays_in_the_neighbourhood",
    "a loop in the degree": "measures/test_centralities.py::test_a_loop_adds_nothing",
    "Onnela and Barrat": "measures/test_closure.py::test_two_weighted_clusterings_under_one_name",
    "isolates in average clustering": "measures/test_closure.py::test_florentine_clustering_with_the_isolate",
    "multigraphs networkx refuses": "measures/test_closure.py::test_multigraphs_are_merged_where_networkx_refuses",
    "eigenvector in pieces": "measures/test_spectral.py::test_only_the_largest_component_has_values",
    "eigenvector of a star": "measures/test_spectral.py::test_two_scalings",
    "dead ends in PageRank": "measures/test_spectral.py::test_pagerank_sums_to_one_with_dead_ends",
    "doubled cores": "measures/test_cohesion.py::test_core_numbers_are_not_doubled_and_loops_do_not_count",
    "degree centralisation with loops": "measures/test_cohesion.py::test_degree_centralisation_is_freemans",
    "closeness centralisation in pieces": "measures/test_cohesion.py::test_centralisation_where_it_has_no_value",
    "five reciprocities": "measures/test_cohesion.py::test_five_reciprocities_of_one_network",
    "density above 1": "measures/test_cohesion.py::test_density_never_exceeds_one",
    "bridges of a multigraph": "measures/test_bridging.py::test_a_second_kind_of_tie_is_a_second_way_or_not",
    "a bridge's pairs are its betweenness": "measures/test_bridging.py::test_the_bridge_of_a_barbell",
    "eleven local bridges": "measures/test_bridging.py::test_karate_has_eleven_local_bridges",
    "Hwang's bridging and Valente's": "measures/test_bridging.py::test_bridging_centrality_is_not_closeness_lost",
    "undirected brokerage counted twice": "measures/test_brokers.py::test_each_pair_counts_once_where_sna_counts_both_orders",
    "z of undirected brokerage": "measures/test_brokers.py::test_z_of_an_undirected_network_is_smaller_by_sqrt_2",
    "key players are not the most central":
        "measures/test_key_sets.py::test_the_best_pair_of_the_karate_club_is_not_the_two_with_most_ties",
    "reach with or without its seeds": "measures/test_key_sets.py::test_reach_with_and_without_the_seeds",
    "Schneider's R of 20 tied to all": "measures/test_key_sets.py::test_schneiders_r_of_a_complete_network",
    "fragmentation .7333": "measures/test_cohesion.py::test_fragmentation_of_a_path_a_pair_and_an_isolate",
    "fragmentation is what efficiency leaves":
        "measures/test_distances.py::test_efficiency_is_what_distance_weighted_fragmentation_leaves",
    "an isolate's participation": "measures/test_groups_and_values.py::test_isolates_have_no_participation_and_no_community",
    "mutual information by chance": "measures/test_partitions.py::test_information_without_the_adjustment_is_high_by_chance",
    "one group on both sides": "measures/test_partitions.py::test_two_times_everybody_is_no_grouping_to_compare",
    "stub matching by all matchings": "chance/test_between.py::test_stub_matching_by_going_through_all_matchings",
    "groups tested on their own ties": "chance/test_between.py::test_groups_found_from_the_ties_are_not_tested",
    "a projection clusters by itself":
        "chance/test_memberships.py::test_southern_women_cluster_no_more_than_their_events_make_them",
    "a difference score": "chance/test_leading.py::test_a_difference_score_is_refused_with_its_reason",
}  # fmt: skip


def weighted(*ties: tuple[object, object, float]) -> nx.Graph:
    """A network with strengths."""
    graph = nx.Graph()
    graph.add_weighted_edges_from(ties)
    return graph


@pytest.mark.parametrize("trap", list(HELD))
def test_a_trap_held_elsewhere_is_held(trap):
    """The test that is named exists."""
    place, name = HELD[trap].split("::")
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_networkx_has_two_effective_sizes_of_a_network_with_a_loop():
    """Asked for all nodes or for each, networkx gives two answers; a loop is no contact, so here it changes nothing."""
    graph = weighted((0, 1, 1), (0, 2, 2), (1, 2, 4), (2, 3, 1))
    before = nm.effective_size(graph).tolist()
    graph.add_edge(0, 0, weight=1)
    assert nm.effective_size(graph).tolist() == before == pytest.approx([1, 1, 7 / 3, 1])
    assert nx.effective_size(graph) != pytest.approx(nx.effective_size(graph, nodes=list(graph)))


def test_two_ways_of_three_tenths_are_equally_long():
    """0.1 + 0.1 + 0.1 against 0.15 + 0.15: two ways from s to t, of which floating point loses one."""
    lengths = {("s", "a1"): 0.1, ("a1", "a2"): 0.1, ("a2", "t"): 0.1, ("s", "b"): 0.15, ("b", "t"): 0.15}
    graph = nx.Graph()
    for (u, v), length in lengths.items():
        graph.add_edge(u, v, length=length, weight=3 / (10 * length))
    ours = nm.betweenness(graph, "weight", normalised=False)
    theirs = nx.betweenness_centrality(graph, weight="length", normalized=False)
    assert ours[["a1", "a2", "b"]].tolist() == [1.5, 1.5, 0.5]
    assert {theirs["a1"], theirs["b"]} == {1}


def test_betweenness_is_a_share_of_pairs_counted_once():
    """The centre of a star of five has 1, where networkit's KADABRA gives about 1.2; a path of three has one pair, not two."""
    star = nx.star_graph(4)
    assert nm.betweenness(star).tolist() == [1, 0, 0, 0, 0] == list(nx.betweenness_centrality(star).values())
    assert nm.betweenness(nx.path_graph(3), normalised=False)[1] == 1


def test_closeness_follows_the_arrows_out_where_networkx_takes_them_in():
    """0 to 1 to 2: out [2/3, 1, not defined]; networkx, in and weighted, [0, 1/2, 2/3]."""
    line = nx.DiGraph([(0, 1), (1, 2)])
    assert nm.closeness(line).tolist() == pytest.approx([2 / 3, 1, np.nan], nan_ok=True)
    assert list(nx.closeness_centrality(line).values()) == pytest.approx([0, 0.5, 2 / 3])


def test_parallel_rows_add_up_where_networkx_keeps_the_last():
    """a-b:2, a-b:3 and b-a:4 are one tie of 9, not of 4, and not three."""
    rows = pd.DataFrame({"source": list("aab"), "target": list("bba"), "weight": [2, 3, 4]})
    last = nx.from_pandas_edgelist(rows, edge_attr="weight")
    every = nx.from_pandas_edgelist(rows, edge_attr="weight", create_using=nx.MultiGraph)
    assert last["a"]["b"]["weight"] == 4
    assert nm.strength(every).tolist() == [9, 9]
    assert nm.degree(every).tolist() == [1, 1]


def test_a_loop_counts_two_in_networkx_and_nothing_here():
    """Two ties and a loop: degree 2, networkx 4."""
    graph = nx.Graph([(0, 1), (0, 2), (0, 0)])
    assert nm.degree(graph)[0] == 2
    assert graph.degree(0) == 4


def test_weighted_clustering_of_the_example():
    """Ties 0-1:1, 0-2:3, 1-2:2 and 0-3:1: Onnela (networkx) .202, .606, .606; Barrat (igraph) .4, 1, 1; 3 has none."""
    graph = weighted((0, 1, 1), (0, 2, 3), (1, 2, 2), (0, 3, 1))
    onnela = nm.clustering_onnela(graph)[[0, 1, 2, 3]].tolist()
    assert onnela == pytest.approx([0.202, 0.606, 0.606, np.nan], abs=5e-4, nan_ok=True)
    assert nm.clustering_barrat(graph)[[0, 1, 2, 3]].tolist() == pytest.approx([0.4, 1, 1, np.nan], nan_ok=True)
    theirs = nx.clustering(graph, weight="weight")
    assert [theirs[i] for i in range(4)] == pytest.approx([0.202, 0.606, 0.606, 0], abs=5e-4)


def test_directed_constraint_and_modularity_are_networkxs():
    """Where libraries agree, so does netmap: strengths both ways, and groups by ties out and in."""
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([(0, 1, 2), (1, 2, 1), (2, 0, 3), (2, 3, 1), (3, 2, 2), (1, 0, 1)])
    assert dict(nm.constraint(graph, "weight")) == pytest.approx(nx.constraint(graph, weight="weight"))
    groups = [0, 0, 1, 1]
    assert nm.modularity(graph, groups) == pytest.approx(nx.community.modularity(graph, [{0, 1}, {2, 3}], weight=None))


def test_spread_within_a_group_is_that_of_the_whole_group():
    """Degrees 2, 1, 1 inside: population SD sqrt(2)/3, so z sqrt(2); with n - 1 it would be 1.1547."""
    path = nx.path_graph(3)
    assert nm.within_module_z(path, [0, 0, 0])[1] == pytest.approx(2**0.5)
    assert nm.within_module_z(path, [0, 0, 0], ddof=1)[1] == pytest.approx(1.1547, abs=1e-4)


def test_a_missing_link_between_pieces_is_no_length():
    """networkx refuses the mean distance of a network in pieces; here pairs without a path are left out, and said so."""
    pieces = nx.Graph([(0, 1), (2, 3)])
    with pytest.raises(nx.NetworkXError):
        nx.average_shortest_path_length(pieces)
    assert nm.mean_distance(pieces) == 1
    assert nm.global_efficiency(pieces) == pytest.approx(1 / 3)


def test_assortativity_of_one_group_is_not_defined():
    """networkx gives NaN too: with one category nothing can be said."""
    assert np.isnan(nm.assortativity(nx.path_graph(3), ["x", "x", "x"]))


def test_karate_by_club_as_known():
    """Assortativity 0.7175, and centralisation 0.3996, which igraph's default puts at 0.376."""
    karate = nx.karate_club_graph()
    clubs = pd.Series(dict(karate.nodes(data="club")))
    assert nm.assortativity(karate, clubs) == pytest.approx(0.7175, abs=5e-5)
    assert nm.centralisation(karate) == pytest.approx(0.3996, abs=5e-5)


def test_louvain_takes_a_directed_network_as_undirected():
    """python-louvain refuses one; here direction is dropped first."""
    ring = nx.DiGraph([(i, (i + 1) % 4) for i in range(4)] + [(4 + i, 4 + (i + 1) % 4) for i in range(4)] + [(0, 4)])
    assert nm.communities(ring, method="louvain").tolist() == [0] * 4 + [1] * 4
