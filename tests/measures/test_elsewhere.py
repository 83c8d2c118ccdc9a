"""What is said of other libraries: every structural measure has its line, and what is said of networkx is so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from networkx.algorithms import bipartite

import netmap.measures as nm
from netmap.measures import catalogue
from netmap.measures._elsewhere import ELSEWHERE

STRUCTURAL = (
    "The network as a whole", "Distance", "Closure", "Key sets and robustness", "Spread and inequality",
    "Change over time", "Centrality", "Bridges", "Structural holes and brokerage",
)  # fmt: skip

# A bull with a longer horn: two triangles' worth of closure, a bridge, and a node with one neighbour.
BULL = nx.Graph([(0, 1), (0, 2), (1, 2), (1, 3), (3, 4), (4, 5), (3, 5), (5, 6)])
nx.set_edge_attributes(BULL, {edge: 1.0 + i % 3 for i, edge in enumerate(BULL.edges)}, "weight")
nx.set_node_attributes(BULL, {node: "even" if node % 2 == 0 else "odd" for node in BULL}, "kind")
HALVES = [{0, 1, 2}, {3, 4, 5, 6}]
PLACES = pd.Series({node: int(node > 2) for node in BULL})
ARROWS = nx.DiGraph([(0, 1), (1, 0), (1, 2), (2, 3), (3, 1)])
SEATS = pd.DataFrame({"member": list("aabbbccd"), "group": list("xyxyzyzz")})
TWO = nx.Graph([(m, g) for m, g in zip(SEATS["member"], SEATS["group"], strict=True)])


def _pairs(values: Any) -> dict[frozenset[Any], float]:
    return {frozenset(pair): value for pair, value in dict(values).items()}


def _flagged(frame: pd.DataFrame, column: str) -> set[Any]:
    return {frozenset(node) if isinstance(node, tuple) else node for node in frame.index[frame[column]]}


def _guesses(graph: nx.Graph) -> dict[frozenset[Any], float]:
    return {frozenset((u, v)): value for u, v, value in nx.adamic_adar_index(graph) if value}


def _spans() -> dict[frozenset[Any], float]:
    frame = nm.local_bridges(BULL)
    return _pairs(frame.loc[frame["local_bridge"], "span"])


# netmap's number and networkx's, called as the table writes it.
BOTH: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
    "density": (lambda: nm.density(BULL), lambda: nx.density(BULL)),
    "reciprocity": (lambda: nm.reciprocity(ARROWS), lambda: nx.overall_reciprocity(ARROWS)),
    "components": (lambda: nm.components(TWO).count, lambda: len(list(nx.connected_components(TWO)))),
    "core_number": (lambda: dict(nm.core_number(BULL)), lambda: nx.core_number(BULL)),
    "mean_distance": (lambda: nm.mean_distance(BULL), lambda: nx.average_shortest_path_length(BULL)),
    "global_efficiency": (lambda: nm.global_efficiency(BULL), lambda: nx.global_efficiency(BULL)),
    "local_efficiency": (lambda: nm.local_efficiency(BULL), lambda: nx.local_efficiency(BULL)),
    "transitivity": (lambda: nm.transitivity(BULL), lambda: nx.transitivity(BULL)),
    "clustering": (lambda: dict(nm.clustering(BULL)), lambda: nx.clustering(BULL)),
    "average_clustering": (lambda: nm.average_clustering(BULL), lambda: nx.average_clustering(BULL)),
    "clustering_onnela": (lambda: dict(nm.clustering_onnela(BULL)), lambda: nx.clustering(BULL, weight="weight")),
    "degree": (lambda: dict(nm.degree(BULL)), lambda: dict(BULL.degree())),
    "strength": (lambda: dict(nm.strength(BULL)), lambda: dict(BULL.degree(weight="weight"))),
    "betweenness": (lambda: dict(nm.betweenness(BULL)), lambda: nx.betweenness_centrality(BULL)),
    "edge_betweenness": (lambda: _pairs(nm.edge_betweenness(BULL)), lambda: _pairs(nx.edge_betweenness_centrality(BULL))),
    "harmonic": (lambda: dict(nm.harmonic(BULL)), lambda: nx.harmonic_centrality(BULL)),
    "closeness": (lambda: dict(nm.closeness(ARROWS)), lambda: nx.closeness_centrality(ARROWS)),
    "eccentricity": (lambda: dict(nm.eccentricity(BULL)), lambda: nx.eccentricity(BULL)),
    "eigenvector": (lambda: dict(nm.eigenvector(BULL)), lambda: nx.eigenvector_centrality_numpy(BULL)),
    "katz": (lambda: dict(nm.katz(BULL, 0.1)), lambda: nx.katz_centrality_numpy(BULL, alpha=0.1)),
    "pagerank": (lambda: dict(nm.pagerank(BULL)), lambda: nx.pagerank(BULL, weight=None, tol=1e-12)),
    "bridge_ties": (lambda: _flagged(nm.bridge_ties(BULL), "bridge"), lambda: {frozenset(e) for e in nx.bridges(BULL)}),
    "cutpoints": (lambda: _flagged(nm.cutpoints(BULL), "cutpoint"), lambda: set(nx.articulation_points(BULL))),
    "local_bridges": (_spans, lambda: {frozenset((u, v)): span for u, v, span in nx.local_bridges(BULL)}),
    "constraint": (lambda: dict(nm.constraint(BULL)), lambda: nx.constraint(BULL)),
    "effective_size": (lambda: dict(nm.effective_size(BULL)), lambda: nx.effective_size(BULL)),
    "modularity": (
        lambda: nm.modularity(BULL, PLACES), lambda: nx.community.modularity(BULL, HALVES, weight=None)),
    "quotient": (
        lambda: int(nm.quotient(BULL, PLACES).query("first != second")["ties"].sum()),
        lambda: int(sum(w for *_, w in nx.quotient_graph(BULL, HALVES, edge_data=lambda a, b: {
            "weight": sum(BULL.has_edge(u, v) for u in a for v in b)}).edges(data="weight")))),
    "two_mode_density": (lambda: nm.two_mode_density(SEATS), lambda: bipartite.density(TWO, set("abcd"))),
    "project": (
        lambda: _pairs(nm.project(SEATS)),
        lambda: {frozenset((u, v)): w for u, v, w in bipartite.collaboration_weighted_projected_graph(
            TWO, list("abcd")).edges(data="weight")}),
    "assortativity": (
        lambda: nm.assortativity(BULL, pd.Series(dict(BULL.nodes(data="kind")))),
        lambda: nx.attribute_assortativity_coefficient(BULL, "kind")),
    "link_prediction": (lambda: {k: v for k, v in _pairs(nm.link_prediction(BULL)).items() if v}, lambda: _guesses(BULL)),
}  # fmt: skip


def _equal(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, dict):
        return set(ours) == set(theirs) and all(
            np.isclose(ours[k], theirs[k], rtol=0, atol=1e-9) for k in ours
        )
    if isinstance(ours, set):
        return ours == theirs
    return bool(np.isclose(ours, theirs, rtol=0, atol=1e-9))


@pytest.mark.parametrize("family", STRUCTURAL)
def test_every_structural_measure_has_its_line(family):
    """Each says what the others call it, or that none has it."""
    members = [entry.name for entry in catalogue.entries().values() if entry.family == family]
    assert members
    assert [name for name in members if name not in ELSEWHERE] == []


@pytest.mark.parametrize("name", list(ELSEWHERE))
def test_every_line_says_something(name):
    """A line is of a measure, says where numbers differ, and says so only of what networkx has."""
    one = ELSEWHERE[name]
    assert name in catalogue.entries()
    assert one.differs.endswith(".")
    assert one.networkx or one.same is None
    assert (one.same is not None) == (name in BOTH)


@pytest.mark.skipif(not nx.__version__.startswith("3.6"), reason="the table is about networkx 3.6")
@pytest.mark.parametrize("name", list(BOTH))
def test_what_is_said_of_networkx_is_so(name):
    """Called as written, networkx gives netmap's number where the line says so, and another where it says that."""
    ours, theirs = BOTH[name]
    assert _equal(ours(), theirs()) is ELSEWHERE[name].same
