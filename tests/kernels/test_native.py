"""Which kernels run, how work is split, and that compiled kernels refuse what they cannot read."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from netmap.errors import UsageError
from netmap.kernels import _native, kernels
from netmap.kernels.paths import betweenness
from tests.kernels.graphs import clustered, path, pendants, star

compiled_only = pytest.mark.skipif(not _native._THERE, reason="the kernels are not compiled")


def test_the_environment_chooses(monkeypatch):
    """`NETMAP_KERNELS=python` runs the twins; another word is refused."""
    monkeypatch.setenv("NETMAP_KERNELS", "python")
    assert kernels() == "numpy"
    monkeypatch.setenv("NETMAP_KERNELS", "rust")
    with pytest.raises(UsageError, match="NETMAP_KERNELS is python or compiled, not 'rust'"):
        kernels()


def test_without_a_compiler_the_twins_run(monkeypatch):
    """Where nothing is compiled numpy it is, and asking for compiled kernels says why there are none."""
    monkeypatch.delenv("NETMAP_KERNELS", raising=False)
    monkeypatch.setattr(_native, "_THERE", False)
    assert kernels() == "numpy"
    assert betweenness(path(4)).tolist() == [0, 2, 2, 0]
    with pytest.raises(UsageError, match="installed without a C compiler"), _native.using("compiled"):
        pass
    assert _native._forced == []


def test_threads_are_counted(monkeypatch):
    """`NETMAP_THREADS` says how many; without it the processors do."""
    monkeypatch.setenv("NETMAP_THREADS", "3")
    assert _native.threads() == 3
    monkeypatch.delenv("NETMAP_THREADS")
    assert 1 <= _native.threads() <= 8
    for wrong in ("0", "-1", "many"):
        monkeypatch.setenv("NETMAP_THREADS", wrong)
        with pytest.raises(UsageError, match="a whole number from 1"):
            _native.threads()


@pytest.mark.parametrize("count", ["1", "4"])
def test_chunks_come_in_order(count, monkeypatch):
    """Whichever thread is done first, results come in the order of the jobs."""
    monkeypatch.setenv("NETMAP_THREADS", count)

    def work(job: int) -> int:
        time.sleep(0.002 * (job % 3))
        return job * job

    assert list(_native.in_chunks(work, list(range(20)))) == [i * i for i in range(20)]
    assert list(_native.in_chunks(work, [])) == []


def test_a_failing_job_stops_the_rest(monkeypatch):
    """An error in one job comes out, and no more jobs are begun."""
    monkeypatch.setenv("NETMAP_THREADS", "2")
    begun = []

    def work(job: int) -> int:
        begun.append(job)
        if job == 3:
            raise ValueError("no")
        return job

    with pytest.raises(ValueError, match="no"):
        list(_native.in_chunks(work, list(range(1000))))
    assert len(begun) < 20
    assert threading.active_count() < 10


# -- hostile arguments -----------------------------------------------------------------------------------------

PTR, IDS = np.array([0, 1, 2], dtype=np.int64), np.array([1, 0], dtype=np.int32)
TIE = np.zeros(2, dtype=np.int32)
ONE, D, Q = np.ones(2, dtype=np.int32), np.zeros(2), np.zeros(2, dtype=np.int64)
FLAG = np.zeros(1, dtype=np.int32)
FOUR = np.zeros(4, dtype=np.int32), np.zeros(4), np.zeros(4, dtype=np.int32)
# Of all others the first two arguments are compressed rows.
OF_TIES = (
    "build", "perturbed", "dealings", "label_tables", "label_likeness", "number_sums", "profile_means", "matrix_means",
    "swap_round", "trade", "near_swaps", "quotient", "ends", "descend",
)  # fmt: skip
CALLS = {
    "betweenness": (PTR, IDS, ONE, D.copy(), 9, True, D.copy(), D, D.copy(), D.copy(), FLAG),
    "foretold_sums": (PTR, IDS, D, 9, True, D.copy(), FLAG),
    "length_betweenness": (PTR, IDS, ONE, ONE, D, D.copy(), D.copy(), FLAG),
    "length_sums": (PTR, IDS, ONE, ONE, Q, Q.copy(), D, Q.copy(), FLAG),
    "arc_products": (PTR, IDS, D, D.copy(), D.copy(), FLAG),
    "triangles": (PTR, IDS, TIE, D, ONE, ONE.copy(), D.copy(), Q, *(D.copy() for _ in range(4)), np.zeros(10), FLAG),
    "build": (IDS, ONE, D, 0, PTR.copy(), IDS.copy(), D.copy(), ONE.copy()),
    "closed_paths": (PTR, IDS, *2 * (np.ones(2, dtype=bool),), ONE, np.zeros(10), D, D.copy(), D.copy(), FLAG),
    "walk": (PTR, IDS, D, D.copy(), 0.85, 3, D.copy()),
    "katz": (PTR, IDS, D, 0.1, 3, D.copy(), D.copy()),
    "climb": (PTR, IDS, np.ones(2), 3, np.array([1.0, 2.0]), D.copy()),
    "arrive": (PTR, IDS, np.ones(2), 3, np.array([0.5, 0.5])),
    "profile": (PTR, IDS, D, PTR, IDS, ONE, 2, D.copy(), D.copy(), D.copy()),
    "quotient": (IDS, ONE, D, ONE, 2, np.zeros(4)),
    "ends": (IDS, ONE, D, ONE, 2, D.copy(), D.copy()),
    "components": (PTR, IDS, Q),
    "near_order": (PTR, IDS, ONE.copy()),
    "cores": (PTR, IDS, Q),
    "strong": (PTR, IDS, Q),
    "cuts": (PTR, IDS, ONE, D, ONE.copy(), ONE.copy(), *(D.copy() for _ in range(3)), *(ONE.copy() for _ in range(3)), D.copy(), ONE.copy()),
    "perturbed": (IDS[::-1].copy(), IDS, D, ONE > 0, IDS[::-1].copy(), IDS, D.copy(), 0, PTR.copy(), *FOUR),
    "dealings": (Q, 2, FOUR[0]),
    "label_tables": (IDS, 2, IDS, IDS, Q, np.zeros(8, dtype=np.int64)),
    "label_likeness": (IDS, 2, IDS, IDS, 1, Q, Q.copy(), D.copy()),
    "number_sums": (D, IDS, IDS, 1, D.copy(), Q, D.copy(), D.copy(), D.copy()),
    "profile_means": (np.zeros(16), np.ones(8), 1.0, IDS, IDS, D, Q, D.copy()),
    "matrix_means": (np.zeros(4), 2, IDS, IDS, D, Q, D.copy()),
    "swap_round": (2, 2, *(np.array([0, 1, 1, 0]) for _ in range(3)), ONE > 0, ONE > 0, 1),
    "near_swaps": (np.array([0, 1]), *(np.array([0, 1]) for _ in range(4)), ONE > 0),
    "trade": (2, 2, Q, Q.copy(), np.array([0, 1]), D),
    "descend": (IDS, IDS[::-1].copy(), D + 1, D + 1, np.array([0, 1, 2]), IDS[::-1].copy(), 0.5, np.zeros(4)),
    "leiden": (PTR, IDS, D + 1, 1.0, 7, 0, 3, ONE.copy(), None),
    "step_sums": (PTR, IDS, PTR, IDS, 0, 2, Q, Q.copy(), D, Q.copy(), D.copy(), FLAG),
}


def broken(array: np.ndarray) -> list[object]:
    """Return things that are not the array they should be."""
    wide = np.zeros(2 * array.size, dtype=array.dtype)
    other = np.float32 if array.dtype != np.float32 else np.float64
    return [
        array.astype(other),
        array.astype(array.dtype.newbyteorder()),
        wide[::2],
        array[:-1].copy(),
        np.append(array, array[:1]),
        np.zeros(0, dtype=array.dtype),
        array.tolist(),
        None,
        "text",
        b"ab",
        np.array(["a", "b"], dtype=object),
        np.frombuffer(b"\0" + array.tobytes(), dtype=np.uint8)[1:].view(array.dtype) if array.itemsize > 1 else "x",
    ]


@compiled_only
@pytest.mark.parametrize("name", CALLS)
def test_hostile_arrays_are_refused(name):
    """Another type, byte order, stride, size, alignment, or no array at all: an error or a result, never a crash."""
    from netmap.kernels import _fast

    function, good = getattr(_fast, name), CALLS[name]
    function(*good)
    refused = 0
    for place, array in enumerate(good):
        if not isinstance(array, np.ndarray):
            continue
        for wrong in broken(array):
            args = [*good[:place], wrong, *good[place + 1 :]]
            try:
                function(*args)
            except (ValueError, OverflowError, TypeError):
                refused += 1
    assert refused >= 8 * sum(isinstance(a, np.ndarray) for a in good)
    with pytest.raises(TypeError):
        function()


@compiled_only
@pytest.mark.parametrize("name", [name for name in CALLS if name not in OF_TIES])
def test_positions_outside_are_refused(name):
    """A negative or too large neighbour, rows that fall, and rows that end elsewhere are found before they are used."""
    from netmap.kernels import _fast

    function, good = getattr(_fast, name), CALLS[name]
    for wrong in ([-1, 0], [2, 0], [2**31 - 1, 0], [-(2**31), 0]):
        with pytest.raises(ValueError, match="outside"):
            function(PTR, np.array(wrong, dtype=np.int32), *good[2:])
    for wrong in ([0, 3, 2], [1, 1, 2], [0, 1, 1], [0, -1, 2], [0, 1, 3]):
        with pytest.raises(ValueError, match="indptr has to rise"):
            function(np.array(wrong, dtype=np.int64), *good[1:])


@compiled_only
def test_ends_outside_are_refused():
    """A tie from or to a node that is not there is found before a row is made of it."""
    from netmap.kernels import _fast

    for wrong in ([-1, 0], [0, 2]):
        ends = np.array(wrong, dtype=np.int32)
        with pytest.raises(ValueError, match="outside 0 to 1"):
            _fast.build(ends, ONE, D, False, PTR.copy(), IDS.copy(), D.copy(), ONE.copy())
        for ties in ((ends, ONE), (ONE, ends)):
            with pytest.raises(ValueError, match="outside 0 to 1"):
                _fast.quotient(*ties, D, ONE, 2, np.zeros(4))
            with pytest.raises(ValueError, match="outside 0 to 1"):
                _fast.ends(*ties, D, ONE, 2, D.copy(), D.copy())


@compiled_only
def test_rounds_of_pairs_outside_are_refused():
    """A pair, a round or a cut that is not there is found before anything is moved."""
    from netmap.kernels import _fast

    good = CALLS["descend"]
    for place in (0, 1, 5):
        for wrong in ([-1, 0], [0, 2], [2**31 - 1, 0]):
            args = [*good]
            args[place] = np.array(wrong, dtype=np.int32)
            with pytest.raises(ValueError, match="outside 0 to 1"):
                _fast.descend(*args)
    for cuts in ([0, 2, 1], [1, 1, 2], [0, 1, 3], [0, -1, 2], []):
        with pytest.raises(ValueError, match="cuts has to rise"):
            _fast.descend(*good[:4], np.array(cuts, dtype=np.int64), *good[5:])


@compiled_only
def test_groups_outside_are_refused():
    """A group that is not there, or a number of groups that cannot be, is found before anything is counted."""
    from netmap.kernels import _fast

    for wrong in ([-2, 0], [0, 2], [2**31 - 1, 0], [-(2**31), 0]):
        groups = np.array(wrong, dtype=np.int32)
        for call in (
            lambda g: _fast.profile(PTR, IDS, None, None, None, g, 2, D.copy(), D.copy(), D.copy()),
            lambda g: _fast.quotient(IDS, ONE, None, g, 2, np.zeros(4)),
            lambda g: _fast.ends(IDS, ONE, None, g, 2, D.copy(), D.copy()),
        ):
            with pytest.raises(ValueError, match="labels lie between -1 and 1"):
                call(groups)
    for k in (-1, 2**31, 2**62):
        with pytest.raises(OverflowError, match="number of groups"):
            _fast.quotient(IDS, ONE, None, ONE, k, np.zeros(4))
    with pytest.raises(OverflowError):
        _fast.ends(IDS, ONE, None, ONE, 2**64, D.copy(), D.copy())
    larger = np.array([0, 1, 2, 2], dtype=np.int64)
    with pytest.raises(ValueError, match="as many nodes"):
        _fast.profile(PTR, IDS, None, larger, IDS, ONE, 2, D.copy(), D.copy(), D.copy())


@compiled_only
@pytest.mark.parametrize(
    "rows", [[[1], []], [[1, 2, 3, 4], [], [], [], []], [[1], [0, 2], [0]], [[0, 1], [0]], [[1, 1], [0, 0]], [[2, 1], [0, 2], [0, 1]], [[1], [2], [0]]]
)
def test_triangles_need_ties_both_ways(rows):
    """One-sided ties, loops, doubles and rows out of order are found, and no result is handed out."""
    from netmap.kernels import _fast

    ptr = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    ids = np.array([i for row in rows for i in row], dtype=np.int32)
    shared = np.zeros(ids.size, dtype=np.int32)
    some, both, n = np.zeros(ids.size), np.ones(ids.size, dtype=bool), len(rows)
    per_node = np.zeros(5 * n), some, some.copy(), np.zeros(n)
    with pytest.raises(ValueError, match=r"every tie both ways|tie names a position"):
        _fast.triangles(ptr, ids, np.arange(ids.size, dtype=np.int32) % max(ids.size // 2, 1), None, None, shared, *8 * (None,))
    with pytest.raises(ValueError, match="every tie both ways"):
        _fast.arc_products(ptr, ids, some, some, some.copy(), None)
    with pytest.raises(ValueError, match="every tie both ways"):
        _fast.closed_paths(ptr, ids, both, both, np.zeros(n, dtype=np.int32), *per_node, None)


@compiled_only
@pytest.mark.parametrize("tie", [[0, 0, 0, 0, 0, 0], [0, 1, 1, 2, 0, 2], [0, 1, 0, 2, 2, 1], [1, 1, 2, 2, 0, 0], [0, 1, 0, 2, 1, 3], [0, 1, 0, 2, 1, -1]])
def test_triangles_need_one_number_for_both_arcs_of_a_tie(tie):
    """Numbers that stand for no tie, for two, or at one arc and not the other are found."""
    from netmap.kernels import _fast

    ptr, ids = np.array([0, 2, 4, 6], dtype=np.int64), np.array([1, 2, 0, 2, 0, 1], dtype=np.int32)
    right, shared = np.array([0, 1, 0, 2, 1, 2], dtype=np.int32), np.zeros(6, dtype=np.int32)
    _fast.triangles(ptr, ids, right, None, None, shared, *8 * (None,))
    assert shared.tolist() == [1] * 6
    for strengths, wanted in ((None, (shared, *7 * (None,))), (np.ones(6), (None, np.zeros(6), *6 * (None,)))):
        with pytest.raises(ValueError, match=r"every tie both ways|tie names a position"):
            _fast.triangles(ptr, ids, np.array(tie, dtype=np.int32), strengths, None, *wanted, None)


@compiled_only
def test_what_needs_strengths_or_labels_says_so():
    """A measure of strengths without strengths, or roles without labels, is refused."""
    from netmap.kernels import _fast

    for place in (1, 3, 4, 5, 6):
        wanted = [None] * 8
        wanted[place] = D.copy()
        with pytest.raises(ValueError, match="need weights"):
            _fast.triangles(PTR, IDS, TIE, None, None, *wanted, None)
    with pytest.raises(ValueError, match="roles need labels"):
        _fast.triangles(PTR, IDS, TIE, None, None, None, None, Q.copy(), *4 * (None,), np.zeros(10), None)
    with pytest.raises(ValueError, match="roles need labels and closed"):
        _fast.triangles(PTR, IDS, TIE, None, ONE, *7 * (None,), np.zeros(10), None)


@compiled_only
def test_counts_must_be_counts():
    """Peeling begins with counts that can be."""
def test_perturbed_ties_must_be_in_order():
    """Ties out of order, doubled, loops, or from their upper end where undirected would make rows that are none."""
    from netmap.kernels import _fast

    none, one = np.zeros(0, dtype=np.int32), np.zeros(0)
    for ends, symmetric in (([1, 0, 0, 1], 0), ([0, 0, 1, 1], 0), ([1, 1, 1, 0], 0), ([0, 1, 1, 0], 1)):
        a, b = np.array(ends[:2], dtype=np.int32), np.array(ends[2:], dtype=np.int32)
        out = PTR.copy(), *(np.zeros(2 + 2 * symmetric, dtype=each.dtype) for each in FOUR)
        with pytest.raises(ValueError, match="ties have to stand in order"):
            _fast.perturbed(a, b, D, ONE > 0, none, none, one, symmetric, *out)
    for wrong in ([-1, 0], [0, 2]):
        ends = np.array(wrong, dtype=np.int32)
        with pytest.raises(ValueError, match="outside 0 to 1"):
            _fast.perturbed(ends, IDS, D, ONE > 0, none, none, one, False, PTR.copy(), *FOUR)


@compiled_only
def test_dealt_ties_must_join_nodes():
    """Ends and labels that are not there, and sizes no memory holds, are refused."""
    from netmap.kernels import _fast

    for wrong in ([-1, 0], [0, 2]):
        ends = np.array(wrong, dtype=np.int32)
        calls = [
            ("label_tables", (ends, 2, IDS, IDS, Q, np.zeros(8, dtype=np.int64))),
            ("label_tables", (IDS, 2, ends, IDS, Q, np.zeros(8, dtype=np.int64))),
            ("label_likeness", (IDS, 2, IDS, ends, 1, Q, Q.copy(), D.copy())),
            ("label_likeness", (ends, 2, IDS, IDS, 1, Q, Q.copy(), D.copy())),
            ("number_sums", (D, ends, IDS, 1, D.copy(), Q, D.copy(), D.copy(), D.copy())),
            ("profile_means", (np.zeros(16), np.ones(8), 1.0, IDS, ends, D, Q, D.copy())),
            ("matrix_means", (np.zeros(4), 2, ends, IDS, D, Q, D.copy())),
        ]
        for name, args in calls:
            with pytest.raises(ValueError, match="outside 0 to 1"):
                getattr(_fast, name)(*args)
    for size in (-1, 2**31, 2**62):
        with pytest.raises((ValueError, OverflowError)):
            _fast.dealings(Q, size, FOUR[0])
        with pytest.raises((ValueError, OverflowError)):
            _fast.label_tables(IDS, size, IDS, IDS, Q, Q)
        with pytest.raises((ValueError, OverflowError)):
            _fast.number_sums(D, IDS, IDS, size, D, Q, D.copy(), D.copy(), D.copy())
        with pytest.raises((ValueError, OverflowError)):
            _fast.matrix_means(D, size, IDS, IDS, D.copy(), Q, D.copy())
    for wide in (1, 7, 12):
        with pytest.raises(ValueError, match="a multiple of eight items"):
            _fast.profile_means(np.zeros(2 * wide), np.ones(wide), 1.0, IDS, IDS, D, Q, D.copy())


@compiled_only
def test_swaps_and_trades_must_name_what_is_there():
    """Ends, places in the order, rows and columns that are not there are refused, and so are lists that do not fit."""
    from netmap.kernels import _fast

    good, yes = np.array([0, 1]), np.ones(1, dtype=bool)
    for wrong in (np.array([-1, 0]), np.array([0, 2]), np.array([0, 2**40])):
        for place in range(3):
            ends = [wrong if i == place else good.copy() for i in range(3)]
            with pytest.raises(ValueError, match="outside 0 to 1"):
                _fast.swap_round(2, 1, *ends, yes, yes, 0)
            with pytest.raises(ValueError, match="outside 0 to 1"):
                _fast.trade(2, 2, *ends, D)
        for place in range(5):
            ends = [wrong if i == place else good.copy() for i in range(5)]
            with pytest.raises(ValueError, match="outside 0 to 1"):
                _fast.near_swaps(*ends, ONE > 0)
    for n, draws in ((-1, 1), (2, -1), (2**31, 1), (2, 2**31)):
        with pytest.raises(ValueError, match="between 0 and 2"):
            _fast.swap_round(n, draws, good.copy(), good, good, yes, yes, 0)
    with pytest.raises(ValueError, match="the same number of ties"):
        _fast.swap_round(2, 3, good.copy(), good, good, yes, yes, 0)
    with pytest.raises(ValueError, match="one row for every membership"):
        _fast.trade(2, 2, np.array([0, 1, 0]), good, good, D)


@compiled_only
def test_arcs_back_must_be_arcs_back():
    """Arcs of a triangle whose backs are mixed up, and counts that are none, are refused."""
    from netmap.kernels import _fast

    for left in ([-1, 0], [0, 3]):
        with pytest.raises(ValueError, match="left has to lie between"):
            _fast.cores(PTR, IDS, np.array(left, dtype=np.int64))


@compiled_only
def test_outputs_must_be_writable():
    """What a kernel writes to may not be read-only."""
    from netmap.kernels import _fast

    locked = np.zeros(2)
    locked.flags.writeable = False
    with pytest.raises(ValueError, match="nodes has to be a writable, contiguous array of float64"):
        _fast.betweenness(PTR, IDS, ONE, None, 0, False, None, locked, None, None, None)


@compiled_only
def test_lengths_below_one_are_refused():
    """A tie without length would put both its ends at one place."""
    from netmap.kernels import _fast

    for wrong in (0, -3):
        with pytest.raises(ValueError, match="at least 1"):
            _fast.length_betweenness(PTR, IDS, np.array([1, wrong], dtype=np.int32), ONE, D, None, None, None)


@compiled_only
def test_two_thousand_million_nodes_are_too_many(tmp_path):
    """A graph whose positions do not fit in 32 bits is refused before it is read."""
    from netmap.kernels import _fast

    with open(tmp_path / "hole", "wb") as file:
        file.truncate(8 * (2**31 + 1))
    large = np.memmap(tmp_path / "hole", dtype=np.int64, mode="r+")
    arcs = np.memmap(tmp_path / "hole", dtype=np.int32, mode="r+")
    for name, good in CALLS.items():
        if name == "build":
            wrong = [(*good[:4], large, *good[5:])]
        elif name in ("quotient", "ends"):
            wrong = [(*good[:3], arcs, *good[4:])]
        elif good[0] is not PTR:
            continue
        else:
            wrong = [(large, np.zeros(0, dtype=np.int32), *good[2:]), (PTR, arcs, *good[2:])]
        for args in wrong:
            with pytest.raises(OverflowError, match="too large"):
                getattr(_fast, name)(*args)


@compiled_only
@pytest.mark.parametrize("csr", [path(0), path(1), star(300), clustered(700), pendants(700)], ids=lambda csr: str(csr.n))
def test_nodes_near_one_another_stand_together(csr):
    """The order names every node once, and the sixteen that stand together are nearer than eight drawn at random."""
    from netmap.kernels import _fast
    from netmap.kernels._compiled import _rows

    order = np.full(csr.n, -1, dtype=np.int32)
    _fast.near_order(*_rows(csr), order)
    assert sorted(order.tolist()) == list(range(csr.n))
    if csr.n == 700:
        sixteens = order[:560].reshape(-1, 16)
        tied = {*zip(csr.rows.tolist(), csr.indices.tolist(), strict=True)}
        assert np.mean([any((a, b) in tied for b in some.tolist()) for some in sixteens for a in some.tolist()]) > 0.25
