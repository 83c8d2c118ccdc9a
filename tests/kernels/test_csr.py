"""The compressed graph, and whole-number lengths."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.kernels import _native
from netmap.kernels.csr import MERGES, build_csr, integer_lengths, merge_ties
from tests.kernels.graphs import graph


def test_both_arcs_of_a_tie_name_it():
    """Neighbours ascend; strength and tie number go with each arc."""
    csr = graph(3, [(0, 2), (1, 2)], [4.0, 5.0])
    assert csr.indptr.tolist() == [0, 1, 2, 4]
    assert csr.indices.tolist() == [2, 2, 0, 1]
    assert csr.weights.tolist() == [4, 5, 4, 5]
    assert csr.tie.tolist() == [0, 1, 0, 1]
    assert csr.rows.tolist() == [0, 1, 2, 2]
    assert csr.arcs == 4


def test_a_directed_graph_has_each_arc_once():
    """Out-arcs only."""
    csr = graph(3, [(0, 2), (2, 1)], directed=True)
    assert csr.indptr.tolist() == [0, 1, 1, 2]
    assert csr.indices.tolist() == [2, 1]


def test_isolates_and_nothing():
    """Nodes without ties have empty rows."""
    empty = np.zeros(0, dtype=np.int32)
    csr = build_csr(2, empty, empty, np.zeros(0), symmetric=True)
    assert (csr.indptr.tolist(), csr.arcs) == ([0, 0, 0], 0)


@pytest.mark.parametrize(
    ("strengths", "lengths"),
    [
        ([1, 2, 3], [6, 3, 2]),
        ([0.5, 0.25], [1, 2]),
        ([0.1, 0.2, 0.3], [6, 3, 2]),
        ([1 / 3, 1.0], [3, 1]),
        ([7, 7], [1, 1]),
        ([], []),
    ],
)
def test_lengths_are_whole_and_in_proportion(strengths, lengths):
    """1/strength times the smallest number that makes all of them whole; a third counts as a third."""
    assert integer_lengths(np.array(strengths, dtype=float)).tolist() == lengths


def test_no_small_common_multiple_no_whole_lengths():
    """Primes whose product exceeds a million, irrational numbers, and too many different strengths."""
    assert integer_lengths(np.array([101.0, 103.0, 107.0])) is None
    assert integer_lengths(np.array([np.pi, 1.0])) is None
    assert integer_lengths(np.array([0.9999, 0.9998, 0.9997])) is None
    assert integer_lengths(np.arange(1.0, 1100.0)) is None
    assert integer_lengths(np.array([1e-5, 1.0])) is None


@pytest.mark.parametrize("rule", MERGES)
def test_parallel_ties_become_one(rule):
    """Whatever the order of the rows, the same bits; and both forms give what a dictionary gives."""
    rng = np.random.default_rng(4)
    for n, m in ((1, 0), (3, 1), (4, 200), (50, 300), (300, 300)):
        a, b, w = rng.integers(0, n, m), rng.integers(0, n, m), rng.integers(1, 9, m) / 8
        wanted: dict[tuple[int, int], list[float]] = {}
        for x, y, z in zip(a.tolist(), b.tolist(), w.tolist(), strict=True):
            wanted.setdefault((x, y), []).append(z)
        join = {"sum": sum, "max": max, "mean": lambda z: sum(z) / len(z)}[rule]
        shuffled = rng.permutation(m)
        for way in ("python", "compiled") if _native._THERE else ("python",):
            with _native.using(way):
                found = merge_ties(n, a, b, w, rule)
                again = merge_ties(n, a[shuffled], b[shuffled], w[shuffled], rule)
            assert list(zip(found[0].tolist(), found[1].tolist(), strict=True)) == sorted(wanted)
            np.testing.assert_allclose(found[2], [join(wanted[pair]) for pair in sorted(wanted)], rtol=1e-15)
            assert [x.tobytes() for x in found] == [x.tobytes() for x in again]
            assert [x.dtype for x in found] == [np.int32, np.int32, np.float64]
