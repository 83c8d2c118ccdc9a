"""Every figure of a whole network against the measure it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from netmap.kernels.spectral import spectral_radius
from netmap.kernels.triangles import common_neighbours
from netmap.measures.bridging import bridge_ties, cutpoints
from netmap.measures.centralities import degree
from netmap.measures.closure import average_clustering, directed_transitivity, transitivity
from netmap.measures.cohesion import (
    centralisation,
    components,
    connectedness,
    core_number,
    density,
    fragmentation,
    reciprocity,
)
from netmap.measures.distances import eccentricity, global_efficiency, mean_distance
from tests.truth.cases import DIRECTED, NAMES, Case, agree, case


def largest(c: Case):
    """Return the nodes of the largest component."""
    labels = components(c.view).labels
    return c.view.subset((labels == 0).to_numpy()[np.argsort(c.view.order)])


def pairs(c: Case) -> list[str]:
    """Return the bridges as the tables write them."""
    table = bridge_ties(c.view)
    return [" -- ".join(sorted(pair)) for pair in table.index[table["bridge"]]]


UNDIRECTED: dict[str, Callable[[Case], object]] = {
    "m": lambda c: c.view.m,
    "density": lambda c: density(c.view),
    "mean_degree": lambda c: degree(c.view).mean(),
    "components": lambda c: components(c.view).count,
    "component_sizes": lambda c: components(c.view).sizes,
    "isolates": lambda c: components(c.view).isolates,
    "connectedness": lambda c: connectedness(c.view),
    "diameter_largest": lambda c: eccentricity(largest(c)).max(),
    "mean_distance_connected_pairs": lambda c: mean_distance(c.view),
    "global_efficiency": lambda c: global_efficiency(c.view),
    "transitivity": lambda c: transitivity(c.view),
    "mean_local_clustering_excl_undefined": lambda c: average_clustering(c.view),
    "mean_local_clustering_undefined_as_zero": lambda c: average_clustering(c.view, "zero"),
    "triangles": lambda c: common_neighbours(c.view.csr).sum() / 6,
    "leading_eigenvalue": lambda c: spectral_radius(c.view.csr, symmetric=True),
    "max_coreness": lambda c: core_number(c.view).max(),
    "n_cutpoints": lambda c: cutpoints(c.view)["cutpoint"].sum(),
    "n_bridges": lambda c: bridge_ties(c.view)["bridge"].sum(),
    "centralization_degree": lambda c: centralisation(c.view),
    "centralization_betweenness": lambda c: centralisation(c.view, "betweenness"),
    "centralization_closeness": lambda c: centralisation(c.view, "closeness"),
}
WITH_DIRECTION: dict[str, Callable[[Case], object]] = {
    "m": lambda c: c.directed.m,
    "density": lambda c: density(c.directed),
    "dyads_mutual": lambda c: reciprocity(c.directed) * c.directed.m / 2,
    "dyads_asymmetric": lambda c: (1 - reciprocity(c.directed)) * c.directed.m,
    "dyads_null": lambda c: c.view.n * (c.view.n - 1) / 2 - c.view.m,
    "reciprocity_edgewise": lambda c: reciprocity(c.directed),
    "reciprocity_dyadic_nonnull": lambda c: reciprocity(c.directed, "dyad"),
    "strong_components": lambda c: components(c.directed, strong=True).count,
    "transitivity_weak_sna": lambda c: directed_transitivity(c.directed),
    "krackhardt_connectedness": lambda c: connectedness(c.directed),
    "centralization_indegree": lambda c: centralisation(c.directed, "in-degree"),
    "centralization_outdegree": lambda c: centralisation(c.directed, "out-degree"),
}

COVERS = (
    *(f"*.graph.json:undirected.{key}" for key in (*UNDIRECTED, "cutpoints", "bridges")),
    *(f"*.graph.json:directed.{key}" for key in WITH_DIRECTION),
    *(f"*.graph.json:{key}" for key in (
        "dataset", "root", "nodes_file", "edges_file", "filter", "directed_input", "weight_column", "n",
        "rows_in_edge_file_used", "self_loops", "duplicate_rows_beyond_first",
    )),
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_network_is_read_as_it_was_measured(name):
    """Nodes, rows, loops and double rows are as many as the table says."""
    info, view = case(name).graph, case(name).weighted
    assert info["dataset"] == name
    assert (view.n, view.loops) == (info["n"], info["self_loops"])
    assert view.m + view.loops + view.parallel == info["rows_in_edge_file_used"]
    assert view.parallel == info["duplicate_rows_beyond_first"]


@pytest.mark.parametrize("name", NAMES)
def test_undirected_figures(name):
    """Every figure of the simple undirected network is the known one."""
    one = case(name)
    known = one.graph["undirected"]
    for key in [k for k in UNDIRECTED if k in known]:
        value = known[key]
        agree(UNDIRECTED[key](one), np.nan if value is None else value, 1e-6 if key == "leading_eigenvalue" else 1e-9)
    assert agree_on_connection(one)


def agree_on_connection(one: Case) -> bool:
    """Demand that fragmentation is what connectedness leaves."""
    agree(1 - fragmentation(one.view), one.graph["undirected"]["connectedness"])
    return True


@pytest.mark.parametrize("name", NAMES)
def test_closeness_centralisation_has_no_value_for_a_network_in_pieces(name):
    """Where the table leaves it out, netmap does too."""
    one = case(name)
    stated = "centralization_closeness" in one.graph["undirected"]
    assert stated or np.isnan(centralisation(one.view, "closeness"))


@pytest.mark.parametrize("name", NAMES)
def test_cutpoints_and_bridges_by_name(name):
    """The same nodes and the same ties hold the network together."""
    one = case(name)
    known = one.graph["undirected"]
    if isinstance(known["cutpoints"], list):
        table = cutpoints(one.view)
        assert sorted(table.index[table["cutpoint"]]) == sorted(known["cutpoints"])
    if isinstance(known["bridges"], list):
        assert sorted(pairs(one)) == sorted(" -- ".join(sorted(b.split(" -- "))) for b in known["bridges"])


@pytest.mark.parametrize("name", DIRECTED)
def test_directed_figures(name):
    """Every figure of the directed network is the known one."""
    one = case(name)
    for key, measure in WITH_DIRECTION.items():
        value = one.graph["directed"][key]
        agree(measure(one), np.nan if value is None else value)
