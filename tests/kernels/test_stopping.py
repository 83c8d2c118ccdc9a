"""Long work stops within a moment of Ctrl-C, leaves nothing behind, and tells on the way how far it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from netmap.kernels import _native, reporting
from netmap.kernels.csr import build_csr
from netmap.kernels.paths import betweenness, distance_sums
from netmap.kernels.pivots import pivot_betweenness
from netmap.kernels.spectral import DENSE_N, katz, leading, pagerank
from tests.kernels.graphs import clustered, path

ROOT = Path(__file__).resolve().parents[2]
# A second, and slack for a machine that has other work.
SOON = 3.0

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a process is interrupted by signal")

START = """
import sys
from tests.kernels.graphs import clustered
import numpy as np
csr = clustered(20_000)
lengths = np.random.default_rng(1).integers(1, 6, csr.arcs // 2)
def begin():
    print("begun", flush=True)
"""
LONG = {
    "betweenness": "from netmap.kernels.paths import betweenness; begin(); betweenness(csr)",
    "weighted betweenness": "from netmap.kernels.paths import betweenness; begin(); betweenness(csr, lengths)",
    "weighted distances": "from netmap.kernels.paths import distance_sums; begin(); distance_sums(csr, lengths)",
    "distances": "from netmap.kernels.paths import distance_sums; begin(); [distance_sums(csr) for _ in range(20)]",
    "a null": """
import networkx as nx
from netmap.chance.rewired import rewiring_test
from netmap.measures import transitivity
graph = nx.gnm_random_graph(3_000, 15_000, seed=1)
begin()
rewiring_test(graph, transitivity, draws=100_000)
""",
}


def interrupted(words: list[str], wait_for: bytes | None, after: float, **env: str) -> tuple[int, str, float]:
    """Run Python on `words`, interrupt it `after` a while, and return how it ended, what it said and how long that took."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    pipe = subprocess.PIPE
    # Who starts the tests in the background may have had the interrupt ignored, which programs inherit.
    heard = None if os.name == "nt" else (lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    with subprocess.Popen([sys.executable, *words], cwd=ROOT, env=env, stdout=pipe, stderr=pipe, preexec_fn=heard) as run:
        if wait_for is not None:
            assert run.stdout is not None
            assert run.stdout.readline().strip() == wait_for, run.stderr.read().decode() if run.stderr else ""
        time.sleep(after)
        assert run.poll() is None, "it ended before it was interrupted"
        sent = time.monotonic()
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
        return run.returncode, said.decode(), time.monotonic() - sent


@pytest.mark.slow
@pytest.mark.parametrize("threads", ["1", "2"])
@pytest.mark.parametrize("what", LONG)
def test_kernels_stop_at_once(what, threads):
    """In the middle of work on 20,000 nodes, Ctrl-C ends it with KeyboardInterrupt within a second."""
    if what == "a null" and threads == "2":
        pytest.skip("a null runs in one thread")
    code = START + LONG[what]
    ended, said, took = interrupted(["-c", code], b"begun", 0.7, NETMAP_THREADS=threads)
    assert took < SOON
    assert ended == -signal.SIGINT
    assert said.rstrip().endswith("KeyboardInterrupt")


@pytest.mark.slow
def test_analyse_stops_at_once_and_leaves_nothing(tmp_path):
    """`netmap analyse` on 20,000 nodes ends with 130, one line and no folder."""
    csr = clustered(20_000)
    rows = [f"{a},{b}" for a, b in zip(csr.rows.tolist(), csr.indices.tolist(), strict=True) if a < b]
    (tmp_path / "ties.csv").write_text("organisation,partner\n" + "\n".join(rows), encoding="utf-8")
    out = tmp_path / "out"
    for after in (2.0, 8.0):
        words = ["-m", "netmap", "analyse", str(tmp_path / "ties.csv"), "--out", str(out)]
        ended, said, took = interrupted(words, None, after)
        assert took < SOON
        assert ended == 130
        assert said.splitlines()[-1] == "Stopped. Nothing was left half-written."
        assert [file.name for file in tmp_path.iterdir()] == ["ties.csv"]


@pytest.mark.parametrize("threads", ["1", "4"])
@pytest.mark.parametrize("which", ["python", "compiled"])
def test_kernels_tell_how_far_they_are(which, threads, monkeypatch):
    """Parts done rise to all there are, told in the thread that asked; outside nothing is told."""
    if which == "compiled" and not _native._THERE:
        pytest.skip("the kernels are not compiled")
    monkeypatch.setenv("NETMAP_THREADS", threads)
    monkeypatch.setattr("netmap.kernels.paths._CELLS", 100_000)
    monkeypatch.setattr("netmap.kernels._compiled._PORTION", 200_000)
    csr = clustered(1_000)
    told: list[tuple[int, int]] = []
    with _native.using(which), reporting(lambda done, total: told.append((done, total))):
        value = betweenness(csr)
    assert len(told) > 3
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert {total for _, total in told} == {told[-1][0]}
    before = len(told)
    with _native.using(which):
        assert np.array_equal(betweenness(csr), value)
    assert len(told) == before


# Why a kernel need not look at the flag: Python sees to an interrupt between its calls, and a call is short.
SHORT = {
    "one pass over arcs or ties": [
        "build", "components", "cores", "cuts", "ends", "merge", "near_order", "perturbed", "profile", "quotient", "strong",
    ],
    "some draws or pairs a call": [
        "dealings", "label_likeness", "label_tables", "matrix_means", "near_swaps", "number_sums", "profile_means",
        "swap_round", "tie_gains", "trade",
    ],
    "some steps a call": ["arrive", "climb", "descend", "katz", "walk"],
    "no arrays at all": ["keep"],
    "a block of text a call": ["scan_feed", "scan_open", "scan_take", "write"],
}  # fmt: skip
STOPS = [
    "arc_products", "betweenness", "closed_paths", "foretold_sums", "leiden", "length_betweenness", "length_sums", "step_sums",
    "triangles",
]  # fmt: skip


@pytest.mark.skipif(not _native._THERE, reason="the kernels are not compiled")
def test_every_kernel_stops_or_is_short():
    """A kernel that is new here has to be one or the other, and to say why."""
    from netmap.kernels import _fast

    known = sorted([*STOPS, *(name for names in SHORT.values() for name in names)])
    assert known == sorted(name for name in dir(_fast) if not name.startswith("_"))


@pytest.mark.skipif(not _native._THERE, reason="the kernels are not compiled")
def test_a_raised_flag_stops_a_kernel():
    """A flag set beforehand ends every long kernel with KeyboardInterrupt at its first look."""
    from netmap.kernels import _fast
    from netmap.kernels._compiled import _rows

    csr = clustered(20_000)
    rows, each = _rows(csr), np.ones(csr.arcs, dtype=np.int32)
    sources, stop = np.arange(64, dtype=np.int32), np.ones(1, dtype=np.int32)
    ints, sums = np.zeros(csr.n, dtype=np.int64), np.zeros(csr.n)
    # Everybody is tied to everybody.
    complete = build_csr(2_000, *np.triu_indices(2_000, 1), np.ones(1_999_000), symmetric=True)
    dense, tie = _rows(complete), complete.tie
    many, group = np.zeros(dense[1].size), np.zeros(2_000, dtype=np.int32)
    few = [np.zeros(64, dtype=np.int64), np.zeros(64, dtype=np.int64), np.zeros(64), np.zeros(64, dtype=np.int64)]
    called = []
    for call in (
        lambda: _fast.betweenness(*rows, sources, None, 0, True, None, sums, None, None, stop),
        lambda: _fast.length_betweenness(*rows, each, sources, sums, None, None, stop),
        lambda: _fast.length_sums(*rows, each, sources, *few, stop),
        lambda: _fast.step_sums(*rows, *rows, 0, csr.n, ints, ints.copy(), sums, ints.copy(), None, stop),
        lambda: _fast.foretold_sums(*rows, np.full(csr.n, csr.n - 1.0), 1_000, True, sums, stop),
        lambda: _fast.leiden(*rows, csr.weights, 1.0, 1, 0, 100, np.arange(csr.n, dtype=np.int32), stop),
        lambda: _fast.triangles(*dense, tie, None, None, np.zeros(dense[1].size, dtype=np.int32), *7 * (None,), stop),
        lambda: _fast.arc_products(*dense, many, many, many.copy(), stop),
        lambda: _fast.closed_paths(*dense, *2 * (many > 0,), group, np.zeros(10_000), many, many.copy(), sums[:2_000], stop),
    ):
        with pytest.raises(KeyboardInterrupt):
            call()
        called.append(call)
    assert len(called) == len(STOPS)


@pytest.mark.skipif(not _native._THERE, reason="the kernels are not compiled")
def test_walks_of_few_steps_a_call_are_the_same_walks(monkeypatch):
    """How many steps are taken between two looks at an interrupt does not change where they arrive."""
    csr = clustered(3_000)
    assert csr.n > DENSE_N
    many = pagerank(csr), katz(csr, 0.001), leading(csr, symmetric=True), leading(csr, symmetric=False)
    monkeypatch.setattr("netmap.kernels._compiled_walks._PORTION", csr.arcs)
    few = pagerank(csr), katz(csr, 0.001), leading(csr, symmetric=True), leading(csr, symmetric=False)
    assert np.array_equal(few[0], many[0])
    assert np.array_equal(few[1], many[1])
    for one, other in zip(few[2:], many[2:], strict=True):
        assert one[0] == pytest.approx(other[0], rel=1e-12)
        assert np.allclose(one[1], other[1], rtol=1e-9, atol=1e-12)


def test_an_error_while_reporting_ends_the_work(monkeypatch):
    """Whoever watches can stop the work by raising."""
    monkeypatch.setenv("NETMAP_THREADS", "2")
    monkeypatch.setattr("netmap.kernels._compiled._PORTION", 10_000)

    def enough(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), reporting(enough):
        betweenness(clustered(500))
    assert betweenness(path(4)).tolist() == [0, 2, 2, 0]
    assert distance_sums(path(3)).reached.tolist() == [2, 2, 2]
    assert pivot_betweenness(path(5), 5, np.random.default_rng(1))[0].tolist() == [0, 3, 4, 3, 0]


@pytest.mark.skipif(not _native._THERE, reason="the kernels are not compiled")
def test_memory_is_handed_on_within_a_job_and_given_back_after_it():
    """Parts that use what others left, emptied or not, give the same bits; nested and abandoned jobs leave nothing open."""
    from netmap.kernels import _fast, foretold
    from netmap.kernels._compiled import _rows

    csr = clustered(20_000)
    told = foretold.guess(csr, 64)

    def sums(first):
        out = np.zeros(csr.n)
        sources = np.arange(first, first + 40, dtype=np.int32)
        _fast.betweenness(*_rows(csr), sources, told.others, told.most, told.symmetric, None, out, None, None, None)
        return out.tobytes()

    alone = [sums(first) for first in (0, 500, 9_000)]
    for count in ("1", "2"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NETMAP_THREADS", count)
            outer = _native.in_chunks(sums, [0, 500, 9_000])
            found = [next(outer), *_native.in_chunks(sums, [500, 9_000])]
            outer.close()
        assert found == alone
    _fast.keep(True)
    assert [sums(first) for first in (0, 500, 9_000)] == alone
    _fast.keep(False)
    # One end more than beginnings is no harm.
    _fast.keep(False)
    assert sums(0) == alone[0]
