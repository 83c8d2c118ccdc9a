"""Layers, the backbone, ties that stand out, levels; each with its null."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.errors import MeasureError
from netmap.measures import (
    backbone,
    backbone_test,
    connectedness,
    disparity,
    layers,
    layers_test,
    levels_test,
    organisation_ties,
)
from netmap.view import View
from tests.property.graphs import networks


def test_participation_over_layers_by_hand():
    """(3, 3, 3) is 1, (9, 0, 0) is 0; a node without ties has none."""
    star = nx.star_graph(3)
    star.add_node(9)
    same = layers({"a": star, "b": star, "c": star})
    assert same.nodes.loc[0, "participation"] == pytest.approx(1)
    assert same.multiplexity == 1
    assert math.isnan(same.nodes.loc[9, "participation"])
    apart = layers({"a": nx.star_graph(9), "b": nx.empty_graph(10), "c": nx.empty_graph(10)})
    assert apart.nodes.loc[0, "participation"] == 0
    assert (apart.any_layer, apart.all_layers, apart.multiplexity) == (9, 0, 0)


def test_layers_hold_the_nodes_of_all_and_a_direction_if_one_has_it():
    found = layers({"a": nx.DiGraph([(0, 1)]), "b": nx.Graph([(1, 2)])})
    assert found.any_layer == 3
    assert sorted(found.nodes.index) == [0, 1, 2]
    assert found.similarity["neither"].item() == 3
    assert math.isnan(layers({"a": nx.path_graph(3)}).nodes["participation"].iloc[0])
    with pytest.raises(MeasureError, match="at least one layer"):
        layers({})


def test_the_same_layer_twice_goes_together_and_random_ones_do_not():
    ring = nx.cycle_graph(20)
    assert layers_test({"a": ring, "b": ring}, draws=99)["p"].item() == 0.01
    other = {"a": nx.gnm_random_graph(30, 80, seed=1), "b": nx.gnm_random_graph(30, 80, seed=2)}
    found = layers_test(other, draws=499).iloc[0]
    assert found["p"] > 0.05
    assert found["expected"] == pytest.approx(80 * 80 / 435)
    full = layers_test({"a": nx.complete_graph(5), "b": nx.path_graph(5)}, draws=19)
    assert full["p"].isna().all()


def test_a_backbone_by_hand():
    """Path of five with the middle two ties hard-wired: 3 of 5 together, 3 of 10 pairs, the ends without."""
    wired = {(0, 1): 0.0, (1, 2): 1.0, (2, 3): 2 / 3, (3, 4): None}
    found = backbone(nx.path_graph(5), wired)
    assert (found.ties, found.unknown, found.share) == (2, 1, 0.5)
    assert (found.largest, found.connectedness) == (0.6, 0.3)
    assert found.without == (0, 4)
    assert (found.only_other, found.cutpoints) == (7, 1)
    assert found.efficiency_ratio == pytest.approx(2.5 / (4 + 3 / 2 + 2 / 3 + 1 / 4))


def test_several_values_of_a_pair_count_by_the_highest():
    """One accountable tie is enough to be held to account, in whatever order the ends are named."""
    pairs = pd.Series([0.1, 1.0], index=pd.MultiIndex.from_tuples([(0, 1), (1, 0)]))
    assert backbone(nx.path_graph(2), pairs).ties == 1
    assert backbone(nx.path_graph(3), [True, False]).ties == 1
    with pytest.raises(MeasureError, match="1 values for 2 ties"):
        backbone(nx.path_graph(3), [True])


def test_few_is_not_badly_placed():
    """Ten ties drawn at random hold as much together as any ten; ten in one corner less."""
    graph = nx.gnm_random_graph(40, 80, seed=3)
    edges = sorted(graph.edges)
    rng = np.random.default_rng(1)
    some = {edges[i]: 1.0 for i in rng.choice(80, 10, replace=False)}
    assert backbone_test(graph, some, draws=199).connectedness.p > 0.05
    corner = dict.fromkeys(nx.bfs_edges(graph, 0), 1.0)
    tree = backbone_test(graph, dict(list(corner.items())[:10]), draws=199)
    assert tree.largest.observed > tree.largest.expected
    assert tree.largest.p == 0.005


def test_strong_ties_stand_out():
    """(1 - w/s)^(k - 1) at the end where it is lowest; a pair alone has none; with one strength all ends are even."""
    graph = nx.star_graph(3)
    nx.set_edge_attributes(graph, {(0, 1): 8.0, (0, 2): 1.0, (0, 3): 1.0}, "weight")
    assert disparity(graph).tolist() == pytest.approx([0.04, 0.81, 0.81])
    assert disparity(nx.path_graph(2)).isna().all()
    assert disparity(graph, None).tolist() == pytest.approx([4 / 9] * 3)


def test_organisations_tied_through_their_people():
    """x-y through two people at either end; x-z through one of x and of z; ties within x do not count."""
    people = nx.Graph([("ann", "bob"), ("dee", "cy"), ("ann", "zoe"), ("ann", "dee")])
    home = {"ann": "x", "dee": "x", "bob": "y", "cy": "y", "zoe": "z"}
    found = organisation_ties(people, home)
    assert found.loc[("x", "y")].tolist() == [2, 2, 2, False]
    assert found.loc[("x", "z")].tolist() == [1, 1, 1, True]
    assert len(found) == 2


def test_central_people_in_central_organisations():
    people = nx.star_graph(20)
    between = nx.star_graph(["x", "y", "z"])
    home = ["x"] + ["y", "z"] * 10
    found = levels_test(people, between, home, draws=199)
    assert found.observed == pytest.approx(1)
    assert found.p <= 0.1
    assert math.isnan(levels_test(people, between, ["x"] * 21, draws=19).p)


@given(raw=networks(), data=st.data())
def test_layers_do_not_hang_on_the_order_of_rows_or_of_layers(raw, data):
    half = data.draw(st.lists(st.booleans(), min_size=len(raw.rows), max_size=len(raw.rows)))
    ids = list(range(raw.n))

    def view(rows):
        return View(ids, [a for a, _, _ in rows], [b for _, b, _ in rows], directed=raw.directed)

    one = view([r for r, h in zip(raw.rows, half, strict=True) if h])
    two = view(raw.rows[::-1])
    found, other = layers({"a": one, "b": two}), layers({"b": view(raw.rows), "a": one})
    assert found.similarity.equals(other.similarity)
    assert found.nodes.equals(other.nodes)
    assert found.overlap.equals(other.overlap)


@given(raw=networks())
def test_layers_add_up(raw):
    """A layer twice: everything is shared, participation is 1; pairs of all sorts are all pairs."""
    view = raw.view()
    found = layers({"a": view, "b": view})
    row = found.similarity.iloc[0]
    assert row["both"] == view.m
    assert row[["both", "only_first", "only_second", "neither"]].sum() == raw.n * (raw.n - 1) // (1 if raw.directed else 2)
    assert found.nodes["participation"].dropna().to_numpy() == pytest.approx(1)


@given(raw=networks())
def test_a_backbone_of_all_ties_is_the_network(raw):
    view = raw.view().undirected
    found = backbone(view, [1.0] * view.m)
    assert found.only_other == 0
    assert found.ties == view.m
    if raw.n > 1:
        assert found.connectedness == pytest.approx(connectedness(view))
    nothing = backbone(view, [None] * view.m)
    assert nothing.ties == 0
    assert nothing.unknown == view.m
    assert len(nothing.without) == raw.n


@given(raw=networks(), share=st.sampled_from([0.0, 0.5, 1.0]))
def test_a_backbone_holds_no_more_than_the_network(raw, share):
    view = raw.view().undirected
    found = backbone(view, [float(i < share * view.m) for i in range(view.m)])
    assert found.only_other >= 0
    assert found.efficiency_ratio != found.efficiency_ratio or -1e-12 <= found.efficiency_ratio <= 1 + 1e-12
    assert backbone_test(view, [float(i < share * view.m) for i in range(view.m)], draws=19).largest.draws <= 19


@given(raw=networks(), factor=st.sampled_from([0.5, 2.0, 4.0]))
def test_disparity_lies_in_0_to_1_and_does_not_hang_on_the_unit(raw, factor):
    found = disparity(raw.view())
    assert ((found.dropna() >= 0) & (found.dropna() <= 1)).all()
    assert disparity(raw.scaled(factor).view()).equals(found)


@given(raw=networks(), data=st.data())
def test_organisation_ties_add_up_and_do_not_hang_on_the_order(raw, data):
    home = data.draw(st.lists(st.sampled_from(["x", "y", None]), min_size=raw.n, max_size=raw.n))
    view = raw.view()
    found = organisation_ties(view, home)
    known = sum(
        home[a] is not None and home[b] is not None and home[a] != home[b]
        for a, b in zip(view.source.tolist(), view.target.tolist(), strict=True)
    )
    assert found["ties"].sum() == known
    rows = data.draw(st.permutations(raw.rows))
    other = View(list(range(raw.n)), [a for a, _, _ in rows], [b for _, b, _ in rows], directed=raw.directed)
    assert organisation_ties(other, home).equals(found)
    assert organisation_ties(raw.noisy().view(), home).equals(found)


@given(raw=networks(directed=False))
def test_levels_and_layers_are_never_out_of_range(raw):
    view = raw.view()
    home = ["xyz"[i % 3] for i in range(raw.n)]
    between = nx.path_graph(["x", "y", "z"])
    found = levels_test(view, between, home, draws=19)
    assert math.isnan(found.p) or 0 < found.p <= 1
    other = layers_test({"a": view, "b": view.with_ties(view.source[::2], view.target[::2])}, draws=19)
    assert ((other["p"].dropna() > 0) & (other["p"].dropna() <= 1)).all()
