"""Every column of the node tables against the measure it holds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from netmap.measures.bridging import cutpoints
from netmap.measures.cartography import participation, within_module_z
from netmap.measures.centralities import betweenness, degree, strength
from netmap.measures.closure import clustering
from netmap.measures.cohesion import components, core_number
from netmap.measures.distances import closeness, eccentricity, harmonic
from netmap.measures.spectral import eigenvector, pagerank
from netmap.measures.structural_holes import constraint, effective_size, efficiency, hierarchy
from tests.truth.cases import DIRECTED, NAMES, Case, agree, case

Check = Callable[[Case], object]


def zero(series):
    """Two columns hold 0 for an isolate, where netmap says not defined."""
    return series.fillna(0.0)


UNDIRECTED: dict[str, tuple[Check, float]] = {
    "degree": (lambda c: degree(c.view), 1e-9),
    "degree_norm": (lambda c: degree(c.view) / (c.view.n - 1), 1e-9),
    "betweenness": (lambda c: betweenness(c.view, normalised=False), 1e-9),
    "betweenness_norm": (lambda c: betweenness(c.view), 1e-9),
    "harmonic_norm": (lambda c: harmonic(c.view), 1e-9),
    "closeness_component": (lambda c: closeness(c.view), 1e-9),
    "closeness_wasserman_faust": (lambda c: zero(closeness(c.view, "wasserman-faust")), 1e-9),
    "eccentricity": (lambda c: zero(eccentricity(c.view)), 1e-9),
    "pagerank_085": (lambda c: pagerank(c.view), 1e-6),
    "local_clustering": (lambda c: clustering(c.view), 1e-9),
    "coreness": (lambda c: core_number(c.view), 1e-9),
    "effective_size": (lambda c: effective_size(c.view), 1e-9),
    "efficiency": (lambda c: efficiency(c.view), 1e-9),
    "constraint": (lambda c: constraint(c.view), 1e-9),
}
WEIGHTED: dict[str, tuple[Check, float]] = {
    "strength": (lambda c: strength(c.weighted), 1e-9),
    "effective_size_weighted": (lambda c: effective_size(c.weighted, "weight"), 1e-9),
    "efficiency_weighted": (lambda c: efficiency(c.weighted, "weight"), 1e-9),
    "constraint_weighted": (lambda c: constraint(c.weighted, "weight"), 1e-9),
}
WITH_DIRECTION: dict[str, tuple[Check, float]] = {
    "indegree": (lambda c: degree(c.directed, "in"), 1e-9),
    "outdegree": (lambda c: degree(c.directed, "out"), 1e-9),
    "betweenness_directed": (lambda c: betweenness(c.directed, normalised=False), 1e-9),
    "harmonic_out_norm": (lambda c: harmonic(c.directed, mode="out"), 1e-9),
    "harmonic_in_norm": (lambda c: harmonic(c.directed, mode="in"), 1e-9),
    "pagerank_directed_085": (lambda c: pagerank(c.directed), 1e-6),
}

COVERS = tuple(
    f"*.nodes.csv:{column}"
    for column in (
        "id", *UNDIRECTED, *WEIGHTED, *WITH_DIRECTION, "hierarchy", "hierarchy_weighted", "eigenvector_max1",
        "eigenvector_unit", "component", "component_size", "cutpoint", "participation__*",
        "within_module_z_popsd__*",
    )
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_undirected_columns(name):
    """Every value of the simple undirected network is the known one; undefined where it is undefined."""
    one = case(name)
    here = [c for c in UNDIRECTED if c in one.nodes[0]]
    # The largest table leaves out the measures of structural holes.
    assert len(here) == len(UNDIRECTED) - (3 if name == "netscience" else 0)
    for column in here:
        measure, tolerance = UNDIRECTED[column]
        agree(measure(one), one.known(column), tolerance)


@pytest.mark.parametrize("name", [n for n in NAMES if n in ("karate", "dhhs", "eies")])
def test_weighted_columns(name):
    """Strengths count in both directions."""
    one = case(name)
    for column, (measure, tolerance) in WEIGHTED.items():
        agree(measure(one), one.known(column), tolerance)


def test_every_weighted_network_is_among_those_tested():
    """A further table with strengths would have to be added above."""
    assert {n for n in NAMES if case(n).graph["weight_column"]} == {"karate", "dhhs", "eies"}


@pytest.mark.parametrize("name", DIRECTED)
def test_directed_columns(name):
    """Every value of the directed network is the known one."""
    one = case(name)
    for column, (measure, tolerance) in WITH_DIRECTION.items():
        agree(measure(one), one.known(column), tolerance)


@pytest.mark.parametrize("name", [n for n in NAMES if n != "netscience"])
def test_hierarchy_apart_from_nodes_with_one_contact(name):
    """With one contact hierarchy is 1 by convention; the tables leave that open."""
    one = case(name)
    several = degree(one.view).to_numpy() > 1
    agree(hierarchy(one.view)[several], one.known("hierarchy")[several])
    if one.graph["weight_column"]:
        agree(hierarchy(one.weighted, "weight")[several], one.known("hierarchy_weighted")[several])


@pytest.mark.parametrize("name", NAMES)
def test_eigenvector_on_the_component_it_lives_on(name):
    """The tables solve the whole network, where one component wins; there the two scalings are the known ones."""
    one = case(name)
    known = one.known("eigenvector_max1")
    alive = known > 1e-9
    part = one.view.subset(alive[np.argsort(one.view.order)])
    order = [list(one.view.node_index[alive]).index(node) for node in part.node_index]
    agree(eigenvector(part), known[alive][order], 1e-6)
    agree(eigenvector(part, scale="unit"), one.known("eigenvector_unit")[alive][order], 1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_components_and_cutpoints(name):
    """The same nodes lie together, and the same ones hold the network together."""
    one = case(name)
    found = components(one.view).labels.tolist()
    known = one.known("component").tolist()
    assert len(set(zip(found, known, strict=True))) == len(set(found)) == len(set(known))
    sizes = [components(one.view).sizes[label] for label in found]
    assert sizes == one.known("component_size").astype(int).tolist()
    flags = {r["id"]: r["cutpoint"] == "true" for r in one.nodes}
    assert cutpoints(one.view)["cutpoint"].to_dict() == flags


@pytest.mark.parametrize("name", NAMES)
def test_participation_and_within_module_z(name):
    """For every attribute that groups the nodes."""
    one = case(name)
    attributes = sorted({c.split("__")[1] for c in one.nodes[0] if c.startswith("participation__")})
    for attribute in attributes:
        labels = one.labels(attribute)
        agree(participation(one.view, labels), one.known(f"participation__{attribute}"))
        agree(within_module_z(one.view, labels), one.known(f"within_module_z_popsd__{attribute}"))
