"""Structural measures agree with networkx where it is right, and with a count by hand where it is not."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

import networkx as nx
import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from netmap import measures as nm
from netmap.kernels import paths, subgraphs, triangles
from netmap.kernels.brokerage import brokerage as brokered
from netmap.kernels.brokerage import label_moments
from netmap.kernels.cuts import cuts
from tests.property.graphs import as_dict, networks, same


def graph_of(raw):
    return raw.view().to_networkx()


def as_series(values):
    return {k: float(v) for k, v in values.items()}


@given(raw=networks())
def test_degree_closeness_and_harmonic(raw):
    """Degree, both closenesses (against the arrows, as networkx has it) and harmonic."""
    graph, view = graph_of(raw), raw.view()
    same(as_dict(nm.degree(view)), as_series(dict(graph.degree())))
    same(as_dict(nm.strength(view)), as_series(dict(graph.degree(weight="weight"))))
    wf = as_series(nx.closeness_centrality(graph))
    same(as_dict(nm.closeness(view, "wasserman-faust", mode="in").fillna(0.0)), wf)
    own = as_series(nx.closeness_centrality(graph, wf_improved=False))
    same(as_dict(nm.closeness(view, mode="in").fillna(0.0)), own)
    assume(raw.n > 1)
    whole = {k: v / (raw.n - 1) for k, v in nx.harmonic_centrality(graph).items()}
    same(as_dict(nm.harmonic(view, mode="in")), whole)


@given(raw=networks())
def test_betweenness_of_nodes_and_ties(raw):
    """Unweighted betweenness, normalised and raw."""
    graph, view = graph_of(raw), raw.view()
    assume(raw.n > 2)
    same(as_dict(nm.betweenness(view)), as_series(nx.betweenness_centrality(graph)))
    found = as_dict(nm.edge_betweenness(view))
    for pair, value in nx.edge_betweenness_centrality(graph).items():
        key = pair if pair in found else pair[::-1]
        assert abs(found[key] - value) < 1e-12


def by_fractions(raw, strengths):
    """Betweenness with lengths 1/strength, by listing all shortest paths in exact fractions."""
    simple = raw.view()
    length = {}
    for a, b, w in zip(simple.source, simple.target, strengths, strict=True):
        length[int(a), int(b)] = 1 / w
        if not raw.directed:
            length[int(b), int(a)] = 1 / w
    score = [Fraction(0)] * raw.n
    ends = permutations(range(raw.n), 2) if raw.directed else combinations(range(raw.n), 2)
    for s, t in ends:
        best, found = None, []
        stack = [((s,), Fraction(0))]
        while stack:
            path, far = stack.pop()
            if path[-1] == t:
                if best is None or far < best:
                    best, found = far, []
                if far == best:
                    found.append(path)
                continue
            stack += [((*path, v), far + d) for (u, v), d in length.items() if u == path[-1] and v not in path]
        for path in found:
            for v in path[1:-1]:
                score[v] += Fraction(1, len(found))
    return {v: float(x) for v, x in enumerate(score)}


@given(raw=networks(most=5), tenths=st.booleans())
def test_weighted_betweenness_in_exact_fractions(raw, tenths):
    """Equally long paths stay equal, for whole strengths and for tenths, unlike with sums of 1/w in floating point."""
    raw = raw.simple().scaled(0.1 if tenths else 1.0)
    view = raw.view()
    exact = [Fraction(round(w * 10), 10) for w in view.strength]
    known = by_fractions(raw, exact)
    assert view.lengths is not None
    same(as_dict(nm.betweenness(view, "weight", normalised=False)), known)
    half = 1.0 if raw.directed else 0.5
    raw_floats = paths.betweenness(view.csr, 1.0 / view.strength)
    np.testing.assert_allclose(raw_floats, list(known.values()), atol=1e-9)
    each = paths._one_by_one(view.csr, np.arange(view.n), view.lengths[view.csr.tie])
    one = sum((nodes[0] for nodes, _ in each), np.zeros(view.n))
    np.testing.assert_allclose(one * half, list(known.values()), atol=1e-9)


@given(raw=networks())
def test_the_long_way_gives_what_the_short_way_gives(raw):
    """Following shortest paths layer by layer, or one by one in whole numbers, changes nothing."""
    view = raw.view()
    known = paths.path_betweenness(view.csr, ties=True)
    ones = np.ones(view.m, dtype=np.int64)
    for found, value in zip(paths.path_betweenness(view.csr, ones, ties=True), known, strict=True):
        np.testing.assert_allclose(found, value, atol=1e-12)
    half = 0.5 if subgraphs.is_symmetric(view.csr) else 1.0
    nodes, arcs = np.zeros(view.n), np.zeros(view.csr.arcs)
    for through, along in paths._one_by_one(view.csr, np.arange(view.n), None):
        nodes, arcs = nodes + through[0], arcs + along
    np.testing.assert_allclose(nodes * half, known[0], atol=1e-12)
    np.testing.assert_allclose(np.bincount(view.csr.tie, weights=arcs, minlength=view.m) * half, known[1], atol=1e-12)
    one, two = paths.distance_sums(view.csr), paths.distance_sums(view.csr, ones)
    for name in ("reached", "distance", "inverse", "farthest"):
        np.testing.assert_allclose(getattr(one, name), getattr(two, name), atol=1e-12)


@given(raw=networks(directed=False))
def test_cores_triangles_and_clustering(raw):
    """Core numbers, clustering (0 for undefined in networkx), Onnela's with strengths, transitivity."""
    graph, view = graph_of(raw), raw.view()
    same(as_dict(nm.core_number(view)), as_series(nx.core_number(graph)))
    same(as_dict(nm.clustering(view).fillna(0.0)), as_series(nx.clustering(graph)))
    same(as_dict(nm.clustering_onnela(view).fillna(0.0)), as_series(nx.clustering(graph, weight="weight")))
    assert nm.transitivity(view) == nx.transitivity(graph) or np.isnan(nm.transitivity(view))
    if raw.n:
        assert abs(np.nan_to_num(nm.average_clustering(view, "zero")) - nx.average_clustering(graph)) < 1e-12
        assert abs(nm.local_efficiency(view) - nx.local_efficiency(graph)) < 1e-12
        assert abs(np.nan_to_num(nm.global_efficiency(view)) - nx.global_efficiency(graph)) < 1e-12


@given(raw=networks())
def test_burt_against_networkx_node_by_node(raw):
    """Constraint and effective size, unweighted and weighted; networkx is asked node by node, where it is right."""
    graph, view = graph_of(raw), raw.view()
    for weight in (None, "weight"):
        known = nx.constraint(graph, list(graph), weight=weight)
        # networkx leaves nodes with ties in only undefined, or treats them as if they had none.
        reached = [i for i in graph if not graph.is_directed() or graph.out_degree(i)]
        found = as_dict(nm.constraint(view, weight))
        same({i: found[i] for i in reached if graph.degree(i)}, {i: known[i] for i in reached if graph.degree(i)})
        if not raw.directed:
            sizes = nx.effective_size(graph, nodes=list(graph), weight=weight)
            same(as_dict(nm.effective_size(view, weight)), as_series(sizes))


@given(raw=networks(directed=False))
def test_constraint_within_the_neighbourhood(raw):
    """The ego variant is the constraint of the node in the network of itself and its contacts alone."""
    view = raw.view()
    found, graph = nm.constraint(view, "weight", "ego"), graph_of(raw)
    for node in graph:
        alone = nx.ego_graph(graph, node)
        known = nx.constraint(alone, [node], weight="weight")[node]
        np.testing.assert_allclose(found[node], known, atol=1e-12)


@given(raw=networks(directed=False))
def test_bridges_and_cutpoints_by_taking_each_away(raw):
    """What each tie and node holds together is what is lost when it is taken away."""
    graph, view = graph_of(raw), raw.view()
    weight = np.arange(raw.n) % 3.0

    def pairs(g, mass):
        total = 0.0
        for part in nx.connected_components(g):
            total += sum(mass[a] * mass[b] for a, b in combinations(sorted(part), 2))
        return total

    for mass in (np.ones(raw.n), weight):
        found = cuts(view.csr, view.m, mass)
        now = pairs(graph, mass)
        assert found.pairs == now
        for t, (a, b) in enumerate(zip(view.source.tolist(), view.target.tolist(), strict=True)):
            less = nx.restricted_view(graph, [], [(a, b)])
            assert found.bridge[t] == (nx.number_connected_components(less) > nx.number_connected_components(graph))
            assert found.tie_pairs[t] == now - pairs(less, mass)
            if found.bridge[t]:
                sides = [sum(mass[i] for i in nx.node_connected_component(less, end)) for end in (a, b)]
                assert found.sides[t].tolist() == sides
        for i in range(raw.n):
            less = nx.restricted_view(graph, [i], [])
            others = now - sum(mass[i] * mass[j] for j in nx.node_connected_component(graph, i) if j != i)
            assert found.node_base[i] == others
            assert found.node_pairs[i] == others - pairs(less, mass)
            assert found.cutpoint[i] == (i in set(nx.articulation_points(graph)))


@given(raw=networks(directed=False))
def test_span_by_taking_the_tie_away(raw):
    """Span is the distance between the ends without the tie."""
    graph, view = graph_of(raw), raw.view()
    for (a, b), row in nm.local_bridges(view).iterrows():
        less = nx.restricted_view(graph, [], [(a, b)])
        far = nx.shortest_path_length(less, a, b) if nx.has_path(less, a, b) else np.inf
        assert (row["span"], row["local_bridge"]) == (far, far > 2)
        assert row["common_neighbours"] == len(set(graph[a]) & set(graph[b]))


@given(raw=networks(least=1))
def test_pagerank_katz_and_eigenvector(raw):
    """PageRank, Katz by solving the equations, and the eigenvector of the largest component."""
    graph, view = graph_of(raw), raw.view()
    known = nx.pagerank(graph, weight="weight", tol=1e-14, max_iter=1000)
    same(as_dict(nm.pagerank(view, weight="weight")), as_series(known), 1e-8)
    table = nx.to_numpy_array(graph, nodelist=list(graph), weight=None)
    solved = np.linalg.solve(np.eye(raw.n) - 0.05 * table.T, np.ones(raw.n))
    np.testing.assert_allclose(nm.katz(view, alpha=0.05), solved, rtol=1e-10)
    eigen = nm.eigenvector(view)
    inside = eigen.dropna()
    if len(inside):
        part = table[np.ix_(inside.index, inside.index)]
        values, vectors = np.linalg.eig(part.T)
        top = np.abs(vectors[:, np.argmax(values.real)].real)
        np.testing.assert_allclose(inside, top / top.max(), atol=1e-8)


@given(raw=networks())
def test_density_reciprocity_and_components(raw):
    """Figures of whole networks."""
    graph, view = graph_of(raw), raw.view()
    if raw.n > 1:
        assert nm.density(view) == nx.density(graph)
    if raw.directed and graph.number_of_edges():
        assert abs(nm.reciprocity(view) - nx.overall_reciprocity(graph)) < 1e-12
        assert nm.components(view, strong=True).count == nx.number_strongly_connected_components(graph)
    parts = nx.weakly_connected_components(graph) if raw.directed else nx.connected_components(graph)
    assert nm.components(view).sizes == tuple(sorted((len(p) for p in parts), reverse=True))


@given(raw=networks(), labels=st.lists(st.integers(0, 2), min_size=7, max_size=7))
def test_brokerage_by_going_through_all_triples(raw, labels):
    """Every role is the number of triples a to v to b without a to b, by their groups."""
    view, graph = raw.view(), graph_of(raw)
    both = graph if raw.directed else graph.to_directed()
    names = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
    known = {v: dict.fromkeys(names, 0.0) for v in both}
    for v in both:
        for a, b in permutations(both, 2):
            if both.has_edge(a, v) and both.has_edge(v, b) and not both.has_edge(a, b) and v not in (a, b):
                x, y, z = labels[a], labels[v], labels[b]
                role = names[0] if x == y == z else names[1] if x == z else names[2] if x == y else names[3]
                known[v][names[4] if len({x, y, z}) == 3 else role] += 1
    found = nm.brokerage(view, labels[: raw.n])
    for v in both:
        if raw.directed:
            assert {r: found.loc[v, r] for r in names} == known[v]
        else:
            assert found.loc[v, "gatekeeper"] == (known[v]["gatekeeper"] + known[v]["representative"]) / 2
            assert all(found.loc[v, r] == known[v][r] / 2 for r in ("coordinator", "consultant", "liaison"))


@given(raw=networks(most=5, least=2), labels=st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_label_moments_by_going_through_all_permutations(raw, labels):
    """Mean and variance of every role over all ways to deal the other nodes' groups out again."""
    view = raw.view()
    codes = np.unique(labels[: raw.n], return_inverse=True)[1]
    found = brokered(view.csr, view.csr_in, codes)
    mean, variance = label_moments(found, codes, directed=raw.directed)
    for v in range(raw.n):
        others = [i for i in range(raw.n) if i != v]
        draws = []
        for order in permutations(others):
            dealt = codes.copy()
            dealt[others] = codes[list(order)]
            draws.append(brokered(view.csr, view.csr_in, dealt).roles[v])
        roles = np.array(draws)
        if not raw.directed:
            roles[:, 3] += roles[:, 2]
            roles[:, 2] = 0
            roles /= 2
        np.testing.assert_allclose(mean[v, :5], roles.mean(axis=0), atol=1e-9)
        np.testing.assert_allclose(variance[v, :5], roles.var(axis=0), atol=1e-9)


@given(raw=networks(directed=False))
def test_products_on_ties_dense_or_by_triangles(raw):
    """Sums over shared neighbours are the same from the list of triangles and from a matrix product."""
    csr = raw.view().csr
    left, right = np.arange(csr.arcs) + 1.0, csr.weights
    one, two = np.zeros((csr.n, csr.n)), np.zeros((csr.n, csr.n))
    one[csr.rows, csr.indices], two[csr.rows, csr.indices] = left, right
    known = (one @ two)[csr.rows, csr.indices]
    np.testing.assert_allclose(triangles.arc_products(csr, left, right), known)
