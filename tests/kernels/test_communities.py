"""Leiden on compressed rows: connected communities, the optimum where it is known, one answer for one seed."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from netmap.kernels import _native, groups
from netmap.kernels.communities import leiden
from netmap.kernels.csr import CSR, build_csr
from tests.kernels.drawn import drawn

compiled_only = pytest.mark.skipif(not _native._THERE, reason="the kernels are not compiled")

# A twin of loops in Python: fewer graphs where it is what runs.
GRAPHS = 4000 if _native._THERE else 400


def ties(csr: CSR) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every tie once: ends and strength."""
    once = csr.rows < csr.indices
    return csr.rows[once], csr.indices[once], csr.weights[once]


def graph(n: int, *ends: tuple[int, int], strength: list[float] | None = None) -> CSR:
    """A graph by its ties."""
    a, b = (np.array(side, dtype=np.int32) for side in zip(*ends, strict=True)) if ends else 2 * (np.zeros(0, np.int32),)
    return build_csr(n, a, b, np.ones(len(ends)) if strength is None else np.array(strength), symmetric=True)


def grouped(n: int, seed: int, inside: float = 0.7) -> CSR:
    """A random graph of groups of about 15, most ties within."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, max(2, n // 15), n)
    a, b = np.triu_indices(n, 1)
    chance = np.where(group[a] == group[b], inside * 0.5, (1 - inside) * 0.08)
    drawn_ = rng.random(a.size) < chance
    a, b = a[drawn_], b[drawn_]
    return build_csr(n, a.astype(np.int32), b.astype(np.int32), rng.integers(1, 6, a.size).astype(float), symmetric=True)


def test_every_community_is_connected():
    """On thousands of drawn graphs, at every resolution; isolates are alone; nobody alone is better than what is found."""
    for number in range(GRAPHS):
        csr, _, _ = drawn(number, directed=False)
        resolution = (1.0, 0.2, 3.0, 1e-6, 1e6)[number % 5]
        labels = leiden(csr, [number], resolution=resolution, iterations=1 + number % 3)[0]
        a, b, w = ties(csr)
        np.testing.assert_array_equal(labels, groups.connected_parts(csr.n, a, b, labels), err_msg=str(number))
        alone = np.bincount(labels, minlength=csr.n)[labels] == 1
        assert alone[np.diff(csr.indptr) == 0].all()
        if a.size:
            found, nobody = (
                groups.modularity(a, b, w, each, resolution=resolution) for each in (labels, np.arange(csr.n))
            )
            assert found >= nobody - 1e-12 * max(1.0, resolution)


def test_small_graphs_reach_the_best_there_is():
    """Of all groupings of six nodes none is better than the best of ten seeds."""
    every = {tuple(groups.canonical_labels(np.array(p)).tolist()) for p in product(range(6), repeat=6)}
    groupings = [np.array(p) for p in every]
    assert len(groupings) == 203
    for seed in range(25):
        rng = np.random.default_rng(seed)
        a, b = np.triu_indices(6, 1)
        some = rng.random(15) < 0.45
        if not some.any():
            continue
        csr = graph(6, *zip(a[some], b[some], strict=True), strength=rng.integers(1, 4, some.sum()).tolist())
        s, t, w = ties(csr)
        best = max(groups.modularity(s, t, w, labels) for labels in groupings)
        found = max(groups.modularity(s, t, w, labels) for labels in leiden(csr, range(10), iterations=10))
        assert found == pytest.approx(best, abs=1e-12), seed


def test_at_least_as_good_as_louvain():
    """On 30 drawn graphs, one search each: the mean modularity is no less than python-louvain's."""
    import community
    import networkx as nx

    ours, theirs = [], []
    for seed in range(30):
        csr = grouped(120, seed)
        a, b, w = ties(csr)
        other = nx.Graph()
        other.add_nodes_from(range(csr.n))
        other.add_weighted_edges_from(zip(a.tolist(), b.tolist(), w.tolist(), strict=True))
        found = community.best_partition(other, random_state=seed)
        ours.append(groups.modularity(a, b, w, leiden(csr, [seed])[0]))
        theirs.append(groups.modularity(a, b, w, np.array([found[i] for i in range(csr.n)])))
    assert np.mean(ours) >= np.mean(theirs)


def test_resolution_from_end_to_end():
    """Near 0 each connected part is one community; far up everybody is alone."""
    csr = graph(8, (0, 1), (1, 2), (2, 3), (0, 3), (4, 5), (5, 6), (4, 6))
    assert leiden(csr, [3], resolution=1e-9)[0].tolist() == [0, 0, 0, 0, 1, 1, 1, 2]
    assert leiden(csr, [3], resolution=1e9)[0].tolist() == list(range(8))
    for far in (1e-300, 1e300, 1.7e308):
        assert leiden(csr, [3], resolution=far).shape == (1, 8)


def test_strengths_far_apart():
    """Strengths over hundreds of orders of magnitude give communities, whatever those are worth."""
    pairs = [(i, j) for i in range(7) for j in range(i)]
    for seed in range(20):
        strength = 10.0 ** np.random.default_rng(seed).integers(-300, 300, len(pairs))
        labels = leiden(graph(7, *pairs, strength=strength.tolist()), [seed], iterations=5)[0]
        assert set(labels) == set(range(labels.max() + 1))


def test_seeds_do_not_know_one_another(monkeypatch):
    """A seed gives the same row beside others, in portions of any size, with any number of threads, and when negative."""
    csr = grouped(150, 1, inside=0.4)
    seeds = [5, -3, 2**64 + 5, 7, 5]
    together = leiden(csr, seeds, iterations=4)
    np.testing.assert_array_equal(together[0], together[2])
    np.testing.assert_array_equal(together[0], together[4])
    assert len({row.tobytes() for row in leiden(csr, range(20))}) > 1
    for row, seed in zip(together, seeds, strict=True):
        np.testing.assert_array_equal(row, leiden(csr, [seed], iterations=4)[0])
    if _native._THERE:
        from netmap.kernels import _compiled_search

        monkeypatch.setattr(_compiled_search, "_SEARCHED", 1)
        monkeypatch.setenv("NETMAP_THREADS", "4")
        np.testing.assert_array_equal(together, leiden(csr, seeds, iterations=4))


def test_more_iterations_are_no_worse():
    """On average, and a search that has come to rest stays where it is."""
    quality = []
    for iterations in (1, 2, 50):
        each = []
        for seed in range(15):
            csr = grouped(150, seed, inside=0.5)
            a, b, w = ties(csr)
            each.append(groups.modularity(a, b, w, leiden(csr, [seed], iterations=iterations)[0]))
        quality.append(np.mean(each))
    assert quality[0] <= quality[1] <= quality[2] + 1e-12
    rest, more = leiden(csr, [1], iterations=100), leiden(csr, [1], iterations=101)
    np.testing.assert_array_equal(rest, more)


def test_nothing_to_group():
    """No nodes, no ties, no seeds."""
    assert leiden(graph(0), [1, 2]).shape == (2, 0)
    assert leiden(graph(3), [1]).tolist() == [[0, 1, 2]]
    assert leiden(graph(3, (0, 1)), []).shape == (0, 3)


@compiled_only
def test_numbers_that_make_no_sense_are_refused():
    """Strengths and resolutions that are not positive numbers, and labels of communities there are not."""
    from netmap.kernels import _fast

    ptr, ids = np.array([0, 1, 2], dtype=np.int64), np.array([1, 0], dtype=np.int32)
    good, labels = np.ones(2), np.array([0, 1], dtype=np.int32)
    for wrong in (0.0, -1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match="positive numbers"):
            _fast.leiden(ptr, ids, np.array([1.0, wrong]), 1.0, 1, 0, 2, labels, None)
        with pytest.raises(ValueError, match="positive numbers"):
            _fast.leiden(ptr, ids, good, wrong, 1, 0, 2, labels, None)
    for wrong in ([0, 2], [-1, 0]):
        with pytest.raises(ValueError, match="labels names a position outside"):
            _fast.leiden(ptr, ids, good, 1.0, 1, 0, 2, np.array(wrong, dtype=np.int32), None)
    assert _fast.leiden(ptr, ids, good, 1.0, -1, 5, -5, labels, None) == 0
    assert _fast.leiden(ptr, ids, good, 1.0, 2**70, 0, 2**62, np.array([1, 1], dtype=np.int32), None) == 0


@compiled_only
def test_ties_that_go_one_way_or_home_do_no_harm():
    """Rows that are no undirected graph, with loops and parallel arcs: some labels, no crash."""
    from netmap.kernels import _fast

    for seed in range(300):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(1, 30))
        ptr = np.concatenate([[0], np.cumsum(rng.integers(0, 6, n))]).astype(np.int64)
        ids = rng.integers(0, n, ptr[-1]).astype(np.int32)
        labels = rng.integers(0, n, n).astype(np.int32)
        _fast.leiden(ptr, ids, rng.random(ids.size) + 1e-9, float(rng.choice([0.1, 1, 10])), seed, 0, 3, labels, None)
        assert set(labels.tolist()) == set(range(labels.max() + 1))

