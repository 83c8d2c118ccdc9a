"""Agreement of two groupings, and the optional Infomap."""

import math
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.errors import MeasureError
from netmap.measures import communities, compare_groupings

LABELS = st.lists(st.integers(-1, 4), min_size=1, max_size=12)


def test_variation_of_information_by_hand():
    """Two halves crossed: H + H - 2 I = 2 ln 2; one group against two halves: ln 2."""
    assert compare_groupings([0, 0, 1, 1], [0, 1, 0, 1]).vi == pytest.approx(2 * math.log(2))
    assert compare_groupings([0, 0, 0, 0], [0, 0, 1, 1]).vi == pytest.approx(math.log(2))


def test_two_times_everybody_is_no_grouping_to_compare():
    """scikit-learn says 1, igraph NaN: there is no grouping in either."""
    found = compare_groupings([0, 0, 0], [1, 1, 1])
    assert math.isnan(found.ami)
    assert math.isnan(found.ari)
    assert found.vi == 0
    assert found.same


def test_information_without_the_adjustment_is_high_by_chance():
    """40 nodes in about 20 groups each, independently: NMI 0.67, AMI 0."""
    rng = np.random.default_rng(1)
    found = [compare_groupings(rng.integers(20, size=40), rng.integers(20, size=40)) for _ in range(200)]
    assert np.mean([f.nmi for f in found]) == pytest.approx(0.67, abs=0.02)
    assert np.mean([f.ami for f in found]) == pytest.approx(0, abs=0.02)


@given(labels=LABELS)
def test_a_grouping_agrees_with_itself(labels):
    found = compare_groupings(labels, labels)
    assert found.nodes == sum(x >= 0 for x in labels)
    if found.nodes:
        assert found.same
        assert math.isnan(found.ami) or found.ami == pytest.approx(1)


@given(data=st.data())
def test_the_order_of_nodes_and_of_the_two_does_not_matter(data):
    n = data.draw(st.integers(1, 12))
    a, b = (data.draw(st.lists(st.integers(-1, 4), min_size=n, max_size=n)) for _ in range(2))
    move = data.draw(st.permutations(range(n)))
    one, other = compare_groupings(a, b), compare_groupings([b[i] for i in move], [a[i] for i in move])
    for name in ("ami", "ari", "vi", "nmi", "nodes"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9, nan_ok=True)


@given(data=st.data())
def test_bounds(data):
    n = data.draw(st.integers(1, 12))
    a, b = (data.draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)) for _ in range(2))
    found = compare_groupings(a, b)
    assert -1e-12 <= found.vi <= math.log(n) + 1e-12
    assert math.isnan(found.nmi) or -1e-12 <= found.nmi <= 1 + 1e-12
    assert math.isnan(found.ari) or found.ari <= 1 + 1e-12


def test_infomap_is_asked_for_by_name(monkeypatch):
    monkeypatch.setitem(sys.modules, "infomap", None)
    with pytest.raises(MeasureError, match="pip install infomap"):
        communities(nx.path_graph(3), method="infomap")
    with pytest.raises(MeasureError, match="no resolution"):
        communities(nx.path_graph(3), method="infomap", resolution=2.0)


def test_infomap_follows_direction():
    """Two rings joined one way are two groups (where the package is installed)."""
    pytest.importorskip("infomap")
    graph = nx.DiGraph([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)])
    assert communities(graph, method="infomap").tolist() == [0, 0, 0, 1, 1, 1]


def test_groups_that_other_starts_do_not_find_carry_a_note():
    found = communities(nx.gnm_random_graph(60, 150, seed=3), starts=10)
    assert found.attrs["note"] == f"only {found.attrs['found_in']} of 10 starts gave groups as good: see stability"


def test_the_expected_information_is_the_mean_over_relabellings():
    """AMI of small groupings, with the expectation taken over every order of the labels; arrays and lists alike."""
    from itertools import permutations

    a, b = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 1, 1, 2, 2])

    def shared(one: np.ndarray, other: np.ndarray) -> float:
        table = np.array([[np.mean((one == i) & (other == j)) for j in range(3)] for i in range(3)])
        chance = table.sum(1)[:, None] * table.sum(0)[None, :]
        return float((table[table > 0] * np.log(table[table > 0] / chance[table > 0])).sum())

    expected = np.mean([shared(a, np.array(other)) for other in permutations(b.tolist())])
    entropy = (shared(a, a) + shared(b, b)) / 2
    found = compare_groupings(a, b)
    assert found.ami == pytest.approx((shared(a, b) - expected) / (entropy - expected), abs=1e-12)
    assert compare_groupings(["x", "x", "x", "y", "y", "z"], b.tolist()).ami == pytest.approx(found.ami, abs=1e-15)
    assert compare_groupings(a + 100, b).ami == pytest.approx(found.ami, abs=1e-15)
    assert compare_groupings(np.array([0, -1, 1, 1]), np.array([0, 0, 1, -5])).nodes == 2
