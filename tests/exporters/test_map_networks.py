"""Where the page draws networks, and what it says is between two of them."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.exporters.map_page.circles import circles, counted


def drawn(belongs: list[list[int]], at: np.ndarray, sizes: list[float | None]) -> np.ndarray:
    """Middle and radius of every circle, shape (networks, 3)."""
    node = np.repeat(np.arange(len(belongs)), [len(b) for b in belongs])
    return np.array(circles(at, node, np.array([g for b in belongs for g in b], dtype=np.int64), sizes)).T


def test_a_network_stands_where_its_members_do_and_its_area_counts_them() -> None:
    """Two far apart stay where they are; four times the members is twice the radius, whether they are shown or not."""
    at = np.array([[0.0, 0.0], [100.0, 0.0], [9000.0, 9000.0]])
    found = drawn([[0], [0], [1]], at, [None, 8.0])
    assert found[:, :2].tolist() == [[50.0, 0.0], [9000.0, 9000.0]]
    assert found[1, 2] == pytest.approx(2 * found[0, 2], abs=0.2)


@pytest.mark.parametrize("k", [2, 7, 40, 300])
def test_no_circle_lies_on_another(k: int) -> None:
    """However many stand in one place."""
    rng = np.random.default_rng(k)
    at = rng.random((3 * k, 2)) * 1000.0
    at[:k] = 500.0
    found = drawn([[i % k] for i in range(3 * k)], at, [float(s) for s in rng.integers(1, 50, k)])
    far = np.hypot(*(found[:, None, :2] - found[None, :, :2]).transpose(2, 0, 1))
    least = found[:, None, 2] + found[None, :, 2]
    assert (far >= 0.99 * least)[np.triu_indices(k, 1)].all()


def test_without_members_it_stands_below_the_map() -> None:
    """A network nobody shown belongs to has a place and a size all the same; without any there is nothing."""
    found = drawn([[0], [0]], np.array([[0.0, 0.0], [300.0, 200.0]]), [None, None, 5.0])
    assert found[1:, 1].min() > 200.0
    assert (found[:, 2] > 0).all()
    assert drawn([[], []], np.zeros((2, 2)), [3.0]).shape == (1, 3)


def test_ties_between_networks_by_hand() -> None:
    """A tie counts where neither end belongs to the other's network; two networks share who belongs to both."""
    belongs = [[0], [0, 1], [1], [2], []]
    ties = np.array([0, 0, 2, 3]), np.array([1, 2, 3, 4])
    node = np.repeat(np.arange(5), [len(b) for b in belongs])
    network = np.array([g for b in belongs for g in b])
    assert counted(ties, node, network, 3) == [
        [0, 1, 1, None, 1, None, "", None],
        [1, 2, 0, None, 1, None, "", None],
    ]
    assert counted(ties, node, network, 401) == []


def test_ties_between_networks_agree_with_counting_one_by_one() -> None:
    """On networks made at random, overlaps, empty ones and nodes without any included."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        n, k, m = 30, 6, 70
        belongs = [sorted(rng.choice(k, rng.integers(0, 4), replace=False).tolist()) for _ in range(n)]
        first, second = rng.integers(0, n, m), rng.integers(0, n, m)
        known: dict[tuple[int, int], list[int]] = {}
        for row in belongs:
            for a in row:
                for b in row:
                    if a < b:
                        known.setdefault((a, b), [0, 0])[0] += 1
        for u, v in zip(first, second, strict=True):
            for a in belongs[u]:
                for b in belongs[v]:
                    if a != b and a not in belongs[v] and b not in belongs[u]:
                        known.setdefault((min(a, b), max(a, b)), [0, 0])[1] += 1
        node = np.repeat(np.arange(n), [len(b) for b in belongs])
        network = np.array([g for b in belongs for g in b], dtype=np.int64)
        found = {(a, b): [shared, ties] for a, b, shared, _, ties, *_ in counted((first, second), node, network, k)}
        assert found == known
