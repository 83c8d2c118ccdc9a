"""Loops over groups: labels, ties between groups, modularity, participation and within-group z."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.kernels import groups
from netmap.kernels.csr import build_csr


def barbell():
    a = np.array([0, 0, 1, 2, 3, 3, 4], dtype=np.int32)
    b = np.array([1, 2, 2, 3, 4, 5, 5], dtype=np.int32)
    return a, b, np.ones(7), np.array([0, 0, 0, 1, 1, 1])


def test_labels_run_from_the_largest_group_and_negative_ones_stay_out():
    """Sizes decide, then who comes first."""
    assert groups.canonical_labels(np.array([5, 2, 2, -7, 9])).tolist() == [1, 0, 0, -1, 2]
    assert groups.canonical_labels(np.array([], dtype=int)).tolist() == []


def test_a_group_in_two_pieces_becomes_two_groups():
    """Nodes 0-1 and 2-3 under one label are two groups."""
    parts = groups.connected_parts(5, np.array([0, 2]), np.array([1, 3]), np.array([4, 4, 4, 4, -1]))
    assert parts.tolist() == [0, 0, 1, 1, -1]


def test_two_triangles_joined_by_a_tie_have_modularity_five_fourteenths():
    """Q = 6/7 - 2 (7/14)^2 = 5/14."""
    a, b, w, labels = barbell()
    assert groups.modularity(a, b, w, labels) == pytest.approx(5 / 14)
    assert groups.modularity(a, b, w, np.zeros(6, dtype=int)) == pytest.approx(0)
    assert np.isnan(groups.modularity(a[:0], b[:0], w[:0], labels))


def test_directed_modularity_uses_both_degrees():
    """0->1, 1->0, 2->3: Q = 3/3 - (2*2 + 1*1)/9 = 4/9."""
    q = groups.modularity(np.array([0, 1, 2]), np.array([1, 0, 3]), np.ones(3), np.array([0, 0, 1, 1]), directed=True)
    assert q == pytest.approx(4 / 9)


def test_the_table_between_groups_counts_each_tie_once():
    """Three ties in each triangle, one between."""
    a, b, w, labels = barbell()
    assert groups.between_matrix(a, b, w, labels, 2, directed=False).tolist() == [[3, 1], [1, 3]]
    assert groups.between_matrix(a, b, None, labels, 2, directed=True).tolist() == [[3, 1], [0, 3]]


def test_dense_and_sorted_sums_agree(monkeypatch):
    """The table of arcs by group is the same whichever way it is made."""
    rng = np.random.default_rng(0)
    cells = np.unique(rng.integers(400, size=90))
    a, b = cells // 20, cells % 20
    keep = a < b
    csr = build_csr(20, a[keep].astype(np.int32), b[keep].astype(np.int32), rng.random(keep.sum()), symmetric=True)
    labels = rng.integers(-1, 4, size=20)
    dense = groups.group_sums(csr, labels, csr.weights)
    monkeypatch.setattr(groups, "_DENSE", 0)
    for one, two in zip(dense, groups.group_sums(csr, labels, csr.weights), strict=True):
        assert one == pytest.approx(two)


def test_participation_of_a_node_between_two_groups():
    """Two ties home and one away: 1 - (4 + 1)/9 = 4/9; all home: 0."""
    a, b, w, labels = barbell()
    csr = build_csr(6, a, b, w, symmetric=True)
    assert groups.participation(csr, labels) == pytest.approx([0, 0, 4 / 9, 4 / 9, 0, 0])


def test_equal_nodes_have_z_zero_and_are_marked():
    """In a triangle nobody stands out: z is 0 by convention."""
    a, b, w, labels = barbell()
    z, flat = groups.within_z(build_csr(6, a, b, w, symmetric=True), labels)
    assert z.tolist() == [0] * 6
    assert flat.all()


def test_the_centre_of_a_star_has_the_greatest_z_possible():
    """In a star of s nodes the centre's z is sqrt(s - 1) with the population SD."""
    csr = build_csr(5, np.zeros(4, np.int32), np.arange(1, 5, dtype=np.int32), np.ones(4), symmetric=True)
    z, _ = groups.within_z(csr, np.zeros(5, dtype=int))
    assert z[0] == pytest.approx(2.0)
    assert groups.within_z(csr, np.zeros(5, dtype=int), ddof=1)[0][0] < 2.0


def test_the_contingency_table_counts_pairs_of_labels():
    """Two items share 0-0, one each 0-1 and 1-1."""
    assert groups.contingency(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])).tolist() == [[2, 1], [0, 1]]
