"""Shortest paths from many nodes at once."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.kernels import paths, subgraphs
from netmap.kernels.csr import integer_lengths
from tests.kernels.graphs import barbell, complete, graph, path, star


def test_the_middle_of_a_path_lies_between_all_pairs_across():
    """On five nodes in a row: 0, 3, 4, 3, 0 pairs."""
    assert paths.betweenness(path(5)).tolist() == [0, 3, 4, 3, 0]


def test_two_ways_share_a_pair():
    """On a ring of four each node has half of one pair."""
    ring = graph(4, [(0, 1), (1, 2), (2, 3), (0, 3)])
    assert paths.betweenness(ring).tolist() == [0.5] * 4
    assert paths.tie_betweenness(ring).tolist() == [2.0] * 4


def test_a_directed_path_is_followed_one_way():
    """0 to 1 to 2: node 1 lies between one ordered pair."""
    line = graph(3, [(0, 1), (1, 2)], directed=True)
    assert paths.betweenness(line).tolist() == [0, 1, 0]
    assert paths.tie_betweenness(line).tolist() == [2, 2]


def test_a_bridge_carries_the_pairs_it_separates():
    """The middle tie of two cliques of four carries 4 x 4 pairs."""
    csr = barbell()
    middle = csr.tie[(csr.rows == 3) & (csr.indices == 4)][0]
    assert paths.tie_betweenness(csr)[middle] == 16


def test_equal_lengths_tie_in_whole_numbers_and_within_a_tolerance():
    """0.1 + 0.1 + 0.1 and 0.15 + 0.15 are equally long; in floating point they are not."""
    ties = [(0, 1), (0, 4), (1, 2), (2, 3), (3, 4)]
    length = np.array([0.1, 0.15, 0.1, 0.1, 0.15])
    assert 0.1 + 0.1 + 0.1 != 0.15 + 0.15
    whole = np.array([2, 3, 2, 2, 3])
    csr = graph(5, ties)
    # From 0 to 3 by 1 and 2, or by 4: each way carries half of that pair.
    assert paths.betweenness(csr, whole).tolist() == [1, 1.5, 1.5, 1, 0.5]
    assert paths.betweenness(csr, length).round(12).tolist() == [1, 1.5, 1.5, 1, 0.5]


def test_strong_ties_are_short():
    """Strengths 5, 5 and 1 on a triangle: the one between the strong ties is the broker."""
    csr = graph(3, [(0, 1), (0, 2), (1, 2)], [5.0, 1.0, 5.0])
    lengths = integer_lengths(np.array([5.0, 1.0, 5.0]))
    assert lengths.tolist() == [1, 5, 1]
    assert paths.betweenness(csr, lengths).tolist() == [0, 1, 0]


def test_a_graph_too_long_for_levels_takes_the_other_way():
    """A path of 120 nodes has more steps than are taken by levels; the result is n(i) = i (119 - i)."""
    csr = path(120)
    assert csr.n > paths._LONG
    assert paths.betweenness(csr).tolist() == [i * (119 - i) for i in range(120)]
    assert paths.tie_betweenness(csr).tolist() == [(i + 1) * (119 - i) for i in range(119)]


def test_more_shortest_paths_than_a_float_counts():
    """A chain of 1,100 diamonds has 2^1100 shortest paths; every outer corner carries half of what passes."""
    k = 1100
    ties = []
    for i in range(k):
        a = 3 * i
        ties += [(a, a + 1), (a, a + 2), (a + 1, a + 3), (a + 2, a + 3)]
    n = 3 * k + 1
    found = paths.betweenness(graph(n, ties), sources=np.array([0]))
    assert np.isfinite(found).all()
    # From the first node: corners of the last diamond pass half of one node each, the node before it all 3.
    assert found[n - 2] == found[n - 3] == pytest.approx(0.5)
    assert found[n - 4] == pytest.approx(3.0)


def test_sums_of_distances_on_a_path():
    """From the end of four in a row: 1 + 2 + 3, 1 + 1/2 + 1/3."""
    sums = paths.distance_sums(path(4))
    assert sums.distance.tolist() == [6, 4, 4, 6]
    assert sums.inverse == pytest.approx([11 / 6, 2.5, 2.5, 11 / 6])
    assert sums.farthest.tolist() == [3, 2, 2, 3]
    assert sums.reached.tolist() == [3, 3, 3, 3]


def test_sums_along_the_arcs():
    """0 to 1 to 2 reaches 2, 1 and 0 others; against the arcs the other way round."""
    line = graph(3, [(0, 1), (1, 2)], directed=True)
    assert paths.distance_sums(line).reached.tolist() == [2, 1, 0]
    assert paths.distance_sums(subgraphs.reverse(line)).reached.tolist() == [0, 1, 2]


def test_sums_in_parts_and_on_long_graphs(monkeypatch):
    """Sources in several parts, and a graph of more steps than are taken outwards, add up to the same."""
    csr = path(300)
    known = [sum(abs(i - j) for j in range(300)) for i in range(300)]
    assert paths.distance_sums(csr).distance.tolist() == known
    monkeypatch.setattr(paths, "_FAR", 10_000)
    monkeypatch.setattr(paths, "_WORDS", 600)
    assert paths.distance_sums(csr).distance.tolist() == known


def test_harmonic_of_a_star_and_of_nobody():
    """The centre is next to all; a leaf is next to one and two from the rest; one node alone has no value."""
    assert paths.harmonic(star(5)).tolist() == [1, 0.625, 0.625, 0.625, 0.625]
    assert np.isnan(paths.harmonic(graph(1, []))).all()
    assert paths.harmonic(graph(2, [])).tolist() == [0, 0]


def test_span_of_a_ring_and_of_a_bridge():
    """Round a ring of five it is four steps; a bridge has no other way."""
    csr = graph(7, [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (4, 5)])
    ties = np.arange(6)
    known = [np.inf if {int(a), int(b)} == {4, 5} else 4 for a, b in _ends(csr)]
    assert paths.spans(csr, ties).tolist() == known


def test_span_in_parts(monkeypatch):
    """More ties than are followed together give the same."""
    csr = complete(13)
    monkeypatch.setattr(paths, "_WORDS", 1)
    assert paths.spans(csr, np.arange(78)).tolist() == [2.0] * 78


def _ends(csr):
    first = {}
    for row, column, tie in zip(csr.rows, csr.indices, csr.tie, strict=True):
        first.setdefault(int(tie), (row, column))
    return [first[t] for t in sorted(first)]


def test_bits_are_counted_with_and_without_help(monkeypatch):
    """0, 1, 2^63 and all bits, counted by NumPy and, where it cannot, by a table."""
    words = np.array([[0, 1], [1 << 63, (1 << 64) - 1]], dtype=np.uint64)
    assert paths.bit_counts(words).tolist() == [[0, 1], [1, 64]]
    monkeypatch.delattr(np, "bitwise_count", raising=False)
    assert paths.bit_counts(words).tolist() == [[0, 1], [1, 64]]


def test_nothing_gives_nothing():
    """No nodes and no ties."""
    for n in (0, 3):
        csr = graph(n, [])
        assert paths.betweenness(csr).tolist() == [0] * n
        assert paths.distance_sums(csr).reached.tolist() == [0] * n
        assert list(paths.spread(csr)) == []
