"""What a layout promises: the same picture for the same network, neighbours near, groups together, no overlap."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.spatial.distance import pdist

from netmap.errors import UsageError
from netmap.kernels._native import kernels, using
from netmap.layout import GAP, SPACING, positions
from netmap.layout import stress as stress_module
from netmap.view import View


def planted(groups: int = 4, size: int = 20, seed: int = 0) -> tuple[View, list[str]]:
    """A connected network of planted groups, dense inside and thin between."""
    rng = np.random.default_rng(seed)
    n = groups * size
    label = np.arange(n) // size
    a, b = np.triu_indices(n, 1)
    keep = rng.random(a.size) < np.where(label[a] == label[b], 0.3, 0.01)
    ring = np.arange(n)
    view = View(list(range(n)), np.append(a[keep], ring), np.append(b[keep], np.roll(ring, -1)))
    return view, [f"g{x}" for x in label]


def matrix(view: View) -> csr_matrix:
    """The ties of a view as a matrix."""
    return csr_matrix((np.ones(view.csr.arcs, np.float32), view.csr.indices, view.csr.indptr), (view.n, view.n))


def stress(view: View, xy: np.ndarray) -> float:
    """Mean squared relative difference between drawn and network distances at the best scale."""
    steps = stress_module.steps_between(matrix(view))
    i, j = np.triu_indices(view.n, 1)
    drawn, wished = np.hypot(*(xy[i] - xy[j]).T), steps[i, j]
    scale = np.sum(drawn / wished) / np.sum((drawn / wished) ** 2)
    return float(np.mean((1 - scale * drawn / wished) ** 2))


def test_no_node_one_node_two_nodes() -> None:
    """The smallest networks have positions: none, the centre, and side by side."""
    assert positions(View([], [], [])).shape == (0, 2)
    assert positions(View(["a"], [], [])).tolist() == [[0.0, 0.0]]
    two = positions(View(["a", "b"], [0], [1]))
    assert two[0, 1] == two[1, 1] == 0.0
    assert abs(two[0, 0] - two[1, 0]) == pytest.approx(1.4 * SPACING, rel=1e-4)


def test_a_path_is_drawn_straight_and_in_order() -> None:
    """Distances along a path add up on paper."""
    xy = positions(View(list(range(6)), range(5), range(1, 6)))
    order = np.argsort(xy[:, 0]).tolist()
    assert order in ([0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0])
    assert np.ptp(xy[:, 1]) < 0.1 * np.ptp(xy[:, 0])


def test_a_square_grid_keeps_its_shape() -> None:
    """A 6 by 6 grid is drawn with little stress; a random picture has ten times as much."""
    ids = [(r, c) for r in range(6) for c in range(6)]
    ties = [(r * 6 + c, r * 6 + c + 1) for r in range(6) for c in range(5)]
    ties += [(r * 6 + c, r * 6 + c + 6) for r in range(5) for c in range(6)]
    view = View(ids, *zip(*ties, strict=True))
    assert stress(view, positions(view)) < 0.03
    assert stress(view, np.random.default_rng(0).random((36, 2))) > 0.2


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize(("limit", "joined"), [(1_500, 0), (30, 2_500), (30, 0)])
def test_shuffled_rows_give_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch, grouped: bool, limit: int, joined: int
) -> None:
    """Neither the order of nodes nor that of ties, nor their ends, moves a node."""
    monkeypatch.setattr(stress_module, "EXACT", limit)
    monkeypatch.setattr(stress_module, "_JOINED", joined)
    view, label = planted()
    named = dict(zip(view.ids, label, strict=True)) if grouped else None
    first = positions(view, named)
    rng = np.random.default_rng(5)
    for _ in range(5):
        nodes, ties = rng.permutation(view.n), rng.permutation(view.m)
        place = np.argsort(nodes)
        ends = np.column_stack([place[view.source], place[view.target]])[ties]
        ends = np.where(rng.random((view.m, 1)) < 0.5, ends, ends[:, ::-1])
        again = positions(View([view.ids[i] for i in nodes], ends[:, 0], ends[:, 1]), named)
        assert again.tobytes() == first.tobytes()


def test_threads_and_hash_seeds_change_nothing() -> None:
    """Another number of threads and another hash seed give the same bytes."""
    program = (
        "import numpy as np, hashlib\n"
        "from netmap.layout import stress\n"
        "from netmap.layout import positions\n"
        "from netmap.view import View\n"
        "rng = np.random.default_rng(1)\n"
        "v = View([f'n{i}' for i in range(400)], rng.integers(0, 400, 900), rng.integers(0, 400, 900))\n"
        "g = {i: i[-1] for i in v.ids}\n"
        "a = positions(v).tobytes() + positions(v, g).tobytes()\n"
        "stress.EXACT = 100\n"
        "a += positions(v).tobytes() + positions(v, g).tobytes()\n"
        "print(hashlib.sha256(a).hexdigest())\n"
    )
    seen = set()
    for threads, seed in (("1", "0"), ("2", "1"), ("4", "2")):
        env = {**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": seed}
        seen.add(subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, check=True).stdout)
    assert len(seen) == 1


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("limit", [1_500, 30])
def test_compiled_or_not_the_bytes_are_the_same(monkeypatch: pytest.MonkeyPatch, grouped: bool, limit: int) -> None:
    """Where nothing could be compiled the map stands as it does elsewhere, to the last digit."""
    monkeypatch.setattr(stress_module, "EXACT", limit)
    view, label = planted()
    drawn = set()
    for which in ("python", "compiled") if kernels() == "compiled" else ("python", "python"):
        with using(which):
            drawn.add(positions(view, label if grouped else None).tobytes())
    assert len(drawn) == 1


def test_drawing_groups_together_once_more_lowers_the_stress(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last sweep over all pairs costs groups less than it gains."""
    monkeypatch.setattr(stress_module, "EXACT", 30)
    view, label = planted(12, 50)
    after = stress(view, positions(view, label))
    monkeypatch.setattr(stress_module, "_JOINED", 0)
    assert after < 0.97 * stress(view, positions(view, label))


@pytest.mark.parametrize(("limit", "joined"), [(1_500, 0), (30, 2_500), (30, 0)])
def test_groups_are_seen_as_groups(monkeypatch: pytest.MonkeyPatch, limit: int, joined: int) -> None:
    """With groups given, the nearest neighbour on paper is nearly always of the same group."""
    monkeypatch.setattr(stress_module, "EXACT", limit)
    monkeypatch.setattr(stress_module, "_JOINED", joined)
    view, label = planted()
    xy = positions(view, label)
    apart = np.hypot(xy[:, None, 0] - xy[None, :, 0], xy[:, None, 1] - xy[None, :, 1])
    np.fill_diagonal(apart, np.inf)
    same = [label[i] == label[j] for i, j in enumerate(np.argmin(apart, axis=1))]
    assert np.mean(same) >= 0.95


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(0, 120), st.integers(0, 1000), st.booleans())
def test_no_two_nodes_overlap_and_none_is_nowhere(n: int, m: int, seed: int, grouped: bool) -> None:
    """Whatever the network, positions are numbers and no two are nearer than the gap."""
    rng = np.random.default_rng(seed)
    view = View(list(range(n)), rng.integers(0, n, m), rng.integers(0, n, m))
    xy = positions(view, rng.integers(0, 3, n) if grouped else None)
    assert xy.shape == (n, 2)
    assert np.isfinite(xy).all()
    assert n < 2 or pdist(xy).min() >= GAP * 0.999


def test_loops_parallel_ties_and_strengths_move_nothing() -> None:
    """What is drawn follows who is tied to whom: once or often, to itself, from either end."""
    view, label = planted(3, 12)
    plain = positions(view, label)
    own = np.arange(0, view.n, 5)
    again = View(
        view.ids,
        np.concatenate([view.source, view.target[::3], own]),
        np.concatenate([view.target, view.source[::3], own]),
    )
    assert positions(again, label).tobytes() == plain.tobytes()


def test_two_mode_networks_are_laid_out_as_such() -> None:
    """Members stand around what they belong to: nearer to it than to what they do not."""
    members, clubs = np.arange(30), 30 + np.arange(30) // 10
    view = View(list(range(33)), np.append(members, [9, 19]), np.append(clubs, [31, 32]))
    xy = positions(view)
    for i in (0, 4, 12, 15, 22, 28):
        away = np.hypot(*(xy[30:] - xy[i]).T)
        assert np.argmin(away) == i // 10


def test_complete_and_star_networks_do_not_overlap() -> None:
    """Networks where all wished distances are equal are drawn apart too."""
    a, b = np.triu_indices(60, 1)
    assert pdist(positions(View(list(range(60)), a, b))).min() >= GAP * 0.999
    star = View(list(range(200)), np.zeros(199, int), np.arange(1, 200))
    assert pdist(positions(star)).min() >= GAP * 0.999


def test_parts_are_packed_without_overlap_and_the_rest_stands_in_rows_below() -> None:
    """Each connected part has a place of its own; nodes without ties stand below all others in rows."""
    edges = [(0, 1), (1, 2), (2, 0), (2, 3), (4, 5), (6, 7), (7, 8)]
    view = View(list(range(40)), *zip(*edges, strict=True))
    xy = positions(view)
    boxes = [(xy[p].min(0), xy[p].max(0)) for p in ([0, 1, 2, 3], [4, 5], [6, 7, 8])]
    for i, (low, high) in enumerate(boxes):
        for low2, high2 in boxes[:i]:
            assert (low > high2).any() or (low2 > high).any()
    rows = np.unique(xy[9:, 1])
    assert rows.min() > xy[:9, 1].max()
    assert rows.size <= 5
    assert np.allclose(xy.min(0), -xy.max(0), atol=1e-3)


def test_given_positions_are_kept() -> None:
    """Every given position comes back exactly, and free nodes settle between their neighbours."""
    view = View(["a", "b", "c"], [0, 1], [1, 2])
    whole = {"a": (1.23456789, 5), "b": (2, 6), "c": (3, 7)}
    assert positions(view, fixed=whole).tolist() == [[1.23456789, 5], [2, 6], [3, 7]]
    some = positions(view, fixed={"a": (100, 100), "c": (300, 100)})
    assert some[[0, 2]].tolist() == [[100, 100], [300, 100]]
    assert some[1] == pytest.approx([200, 100], abs=1)
    one = positions(view, fixed=[(np.nan, np.nan), (7, 7), None])
    assert one[1].tolist() == [7, 7]
    assert np.isfinite(one).all()


def test_groups_and_positions_may_come_as_pandas() -> None:
    """A Series of groups and a DataFrame of positions are matched by id, whatever their order."""
    import pandas as pd

    view = View(["a", "b", "c"], [0, 1], [1, 2])
    frame = pd.DataFrame({"map_x": [3.0, 1.0], "map_y": [4.0, 2.0]}, index=["c", "a"])
    assert positions(view, fixed=frame)[[0, 2]].tolist() == [[1, 2], [3, 4]]
    label = pd.Series(["x", None, "x"], index=["c", "b", "a"], dtype=object)
    assert positions(view, label).tolist() == positions(view, ["x", "", "x"]).tolist()
    assert positions(view, {"a": "x", "c": "x"}).tolist() == positions(view, ["x", float("nan"), "x"]).tolist()


def test_a_list_of_the_wrong_length_is_refused() -> None:
    """The error says what has how many entries."""
    with pytest.raises(UsageError) as caught:
        positions(View(["a", "b"], [0], [1]), ["x"])
    assert str(caught.value) == "groups has 1 entries for 2 nodes."


def test_every_pair_meets_once_and_nobody_twice_in_a_round() -> None:
    """The rounds of the descent are matchings that together hold every pair."""
    for size in range(2, 12):
        first, second = stress_module._rounds(size)
        pairs = {(min(a, b), max(a, b)) for a, b in zip(first.ravel().tolist(), second.ravel().tolist(), strict=True)}
        assert pairs == {(a, b) for b in range(size) for a in range(b)}
        assert first.size == size * (size - 1) // 2
        for a, b in zip(first.tolist(), second.tolist(), strict=True):
            assert len({*a, *b}) == 2 * len(a)


def test_four_thousand_nodes_take_seconds() -> None:
    """A large network is laid out in linear, not quadratic, time."""
    rng = np.random.default_rng(2)
    view = View(list(range(4000)), rng.integers(0, 4000, 10_000), rng.integers(0, 4000, 10_000))
    start = time.process_time()
    xy = positions(view)
    assert time.process_time() - start < 10
    assert pdist(xy[::10]).min() > 0
