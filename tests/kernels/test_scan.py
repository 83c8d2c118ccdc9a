"""Plain files of ties: what is read, what is refused and at which line, and that nothing crashes the compiled reader."""

from __future__ import annotations

import csv
import io
import random
import sys
import threading

import numpy as np
import pytest

from netmap.kernels import _native
from netmap.kernels.scan import LONGEST, NotPlainError, headings, scan
from netmap.kernels.table import table_rows

compiled_only = pytest.mark.skipif(not _native._THERE, reason="the kernels are not compiled")
WAYS = ["python", pytest.param("compiled", marks=compiled_only)]
THREE = {"columns": 3, "source": 0, "target": 1, "strength": 2}


def outcome(content: bytes, **how: object) -> object:
    """What a scan gives, as plain values; or the line it stops at."""
    try:
        found = scan(io.BytesIO(content), **(how or THREE))  # type: ignore[arg-type]
    except NotPlainError as odd:
        return odd.line, odd.why
    strengths = None if found.strength is None else found.strength.tobytes()
    return found.names, found.source.tolist(), found.target.tolist(), strengths


@pytest.fixture(params=WAYS)
def way(request):
    with _native.using(request.param):
        yield request.param


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\n\n", b"a,b,1", b"a,b,1\n\n", b'"a","b","1"\r\n', b"a,b,\n"])
def test_plain(content, way):
    """Empty files, empty lines, either line end, none at the end, quotation marks around anything."""
    names, source, _, _ = outcome(content)
    assert names == (["a", "b"] if b"a" in content else [])
    assert len(source) == (b"a" in content)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"a,b", "fewer cells"), (b"a,b,1,", "more or fewer cells"), (b'a"b,c,1', "quotation mark"),
        (b'"a"b,c,1', "quotation mark"), (b'"a\nb",c,1', "quotation mark"), (b'"a,b,1', "quotation mark"),
        (b"a\0,b,1", "NUL"), (b"a\rb,c,1", "carriage return"), (b"\xff,b,1", "not UTF-8"), (b"\xc0\xaf,b,1", "not UTF-8"),
        (b"\xed\xa0\x80,b,1", "not UTF-8"), (b"\xf4\x90\x80\x80,b,1", "not UTF-8"), (b"\xe2\x82,b,1", "not UTF-8"),
        (b",b,1", "name is empty"), (b'a,"",1', "name is empty"), (b" a,b,1", "space"), (b"a,b\t,1", "space"),
        (b"a,b,x", "not a number"), (b"a,b,1_0", "not a number"), (b"a,b,nan", "not a number"), (b"a,b, 1", "not a number"),
        (b"a,b,1e", "not a number"), (b"a,b,.", "not a number"), (b"a,b,--1", "not a number"), (b"a,b,0x1", "not a number"),
        (b"a,b," + b"1" * 129, "not a number"),
    ],
)  # fmt: skip
def test_not_plain(line, why, way):
    """The first line that is not plain is named, with what is odd about it, wherever it stands."""
    assert why in outcome(line + b"\n")[1]
    assert outcome(b"a,b,1\n\n" * 3 + line + b"\nc,d,2\n")[0] == 8


def test_numbers_are_read_as_python_reads_them(way):
    """Whole, decimal, with exponent, of many digits, at the edges of what a double holds: bit for bit."""
    rng = random.Random(5)
    texts = ["0", "-0", "+1", "1.", ".5", "1e22", "1e23", "9007199254740993", "0.1", "1e-22", "1e-23", "5e-324",
             "1.7976931348623157e308", "1e999", "00012.500", "2.2250738585072011e-308", "123456789012345678901234567890",
             "8.5", "1E+2", "0e99999999"]  # fmt: skip
    texts += [repr(rng.uniform(0, 10) * 10 ** rng.randint(-30, 30)) for _ in range(2000)]
    texts += [f"{rng.randint(0, 10**6)}.{rng.randint(0, 10**6)}" for _ in range(2000)]
    found = scan(io.BytesIO("".join(f"a,b,{text}\n" for text in texts).encode()), **THREE)
    assert found.strength.tobytes() == np.array([float(text) for text in texts]).tobytes()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_names_come_back(delimiter, way):
    """What Python's csv module writes is read as written: any script, marks, delimiters, names of every length."""
    rng = random.Random(1)
    pool = ["é", "Môn", "日本", "𝒳y", '"', '""', "a,b", "a;b", 'say "no"', "x" * 15, "x" * 16, "x" * 17, "y" * 5000]
    pool += ["".join(rng.choices("abcdé\"';,", k=rng.randint(1, 40))) for _ in range(3000)]
    rows = [(rng.choice(pool), str(rng.randint(1, 5)), rng.choice(pool), "free text") for _ in range(20_000)]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=rng.choice(["\n", "\r\n"])).writerows(rows)
    file = io.BytesIO(out.getvalue().encode())
    found = scan(file, columns=4, source=2, target=0, strength=1, delimiter=delimiter)
    assert [found.names[i] for i in found.source] == [row[2] for row in rows]
    assert [found.names[i] for i in found.target] == [row[0] for row in rows]
    assert found.strength.tolist() == [float(row[1]) for row in rows]
    assert len(set(found.names)) == len(found.names)


def test_long_lines(way):
    """A line may fill a block and no more; one that goes on and on is refused without being held."""
    name = b"x" * (LONGEST - 5)
    assert outcome(b"a,b,1\n" + name + b",b,1\n", **THREE)[1] == [0, 2]
    assert outcome(b"a,b,1\n" + name + b"x,b,1\n")[0] == 3
    assert outcome(b"a,b,1\n" + b"x" * (3 * LONGEST))[0] == 3


def test_headings():
    """A byte order mark is no part of a heading, nor is the line end; a line without end is refused."""
    assert headings(io.BytesIO(b'\xef\xbb\xbf"a b";c\r\nd;e\r\n'), ";") == ["a b", "c"]
    for wrong in (b"x" * LONGEST, b'a"b,c\n', b"\xff,b\n"):
        with pytest.raises(NotPlainError, match="line 1"):
            headings(io.BytesIO(wrong))


@compiled_only
def test_twin_agrees_on_anything():
    """Mangled files give the same names, codes and strengths, or stop at the same line."""
    rng = random.Random(7)
    pieces = [b"a", b"bc", b"name of sixteen.", b"a longer name than that", b",", b",", b",", b"\n", b"\n", b"1", b"2.5",
              b'"', b'""', b"\r", b"\r\n", b"\0", b"\xc3\xa9", b"\xff", b" ", b"1e400", b"123456789012345678901"]  # fmt: skip
    kept = 0
    for _ in range(4000):
        lines = [rng.choice([b"a,b,1", b'"c",d,2.5', b"e,f,", b"\xc3\xa9,g,1e3"]) for _ in range(rng.randint(0, 6))]
        content = bytearray(b"\n".join(lines))
        for _ in range(rng.choice([0, 1, 1, 2, 12])):
            at = rng.randint(0, len(content))
            content[at : at + rng.randint(0, 2)] = rng.choice(pieces)
        columns = rng.randint(2, 3)
        how = {"columns": columns, "source": 0, "target": 1, "strength": 2 if columns == 3 else None}
        with _native.using("compiled"):
            fast = outcome(bytes(content), **how)
        with _native.using("python"):
            twin = outcome(bytes(content), **how)
        # Of several things odd about one line either may be named.
        assert fast == twin or len(fast) == len(twin) == 2, bytes(content)
        assert fast[0] == twin[0], bytes(content)
        kept += len(fast) == 4
    assert 500 < kept < 3500


@compiled_only
def test_noise_does_not_crash():
    """Random bytes in blocks of every size: refused or read, and a scan that is over stays over."""
    from netmap.kernels import _fast

    rng = random.Random(3)
    for _ in range(1500):
        columns = rng.randint(1, 4)
        scanning = _fast.scan_open(44, columns, rng.randrange(columns), rng.randrange(columns), rng.randrange(-1, columns), 1)
        over = False
        for _ in range(rng.randint(1, 5)):
            block = bytes(rng.choices(b'ab,,\n"1 \r\xc3\xa9\xff\0', k=rng.randint(0, 200)))
            try:
                taken, _, _, problem = _fast.scan_feed(scanning, block, bool(rng.randrange(2)))
            except RuntimeError:
                assert over
            else:
                assert 0 <= taken <= len(block)
                over |= problem > 0


@compiled_only
def test_hostile_scans_are_refused():
    """Columns that are not there, delimiters that cannot be, things that are no scan, arrays that do not fit."""
    from netmap.kernels import _fast

    for wrong in ((0, 2, 0, 1, -1), (34, 2, 0, 1, -1), (10, 2, 0, 1, -1), (200, 2, 0, 1, -1), (44, 0, 0, 0, -1),
                  (44, 2, 2, 1, -1), (44, 2, 0, -1, -1), (44, 2, 0, 1, 2), (44, 2, 0, 1, -2), (44, 2**31 - 1, 0, 1, -1)):  # fmt: skip
        with pytest.raises(ValueError, match="delimiter|column"):
            _fast.scan_open(*wrong, 0)
    for wrong in (None, 3, b"", sys):
        with pytest.raises(ValueError, match="PyCapsule"):
            _fast.scan_feed(wrong, b"a,b\n", True)
        with pytest.raises(ValueError, match="PyCapsule"):
            _fast.scan_take(wrong, None, None, None)
    scanning = _fast.scan_open(44, 2, 0, 1, -1, 0)
    with pytest.raises(ValueError, match="block has to be"):
        _fast.scan_feed(scanning, "text", True)
    _fast.scan_feed(scanning, b"a,b\n", True)
    one = np.zeros(1, dtype=np.int32)
    for arrays in ((one, one[:0], None), (one.astype(np.int64), one, None), (one, one, np.zeros(1))):
        with pytest.raises(ValueError, match=r"values|array of|None where not"):
            _fast.scan_take(scanning, *arrays)
    assert _fast.scan_take(scanning, one, one.copy(), None) == ["a", "b"]
    with pytest.raises(RuntimeError, match="over"):
        _fast.scan_take(scanning, one, one.copy(), None)


@compiled_only
def test_one_scan_is_not_fed_twice_at_once():
    """Two threads on one scan: every block is read or refused, none half."""
    from netmap.kernels import _fast

    scanning, block = _fast.scan_open(44, 2, 0, 1, -1, 0), b"".join(b"n%d,m%d\n" % (i, i) for i in range(20_000))
    refused, read = [], []

    def work() -> None:
        for _ in range(10):
            try:
                read.append(_fast.scan_feed(scanning, block, True)[0])
            except RuntimeError:
                refused.append(1)

    several = [threading.Thread(target=work) for _ in range(3)]
    for thread in several:
        thread.start()
    for thread in several:
        thread.join()
    assert len(read) + len(refused) == 30
    assert set(read) == {len(block)}


# -- and back to text ------------------------------------------------------------------------------------------


def test_table_rows(way):
    """Whole numbers in full, others to twelve digits, NaN as nothing, names as they are."""
    values = np.array([0.5, np.nan, 3.0, -2.25, 1e20, 1e-7, -0.0, np.inf])
    whole = np.array([1, -2, 0, 2**63 - 1, -(2**63), 5, 6, 7])
    names = ["a", "é", '"b, c"', "", "d", "e", "f", "g"]
    text = table_rows(names, [whole, values], 0, 8).decode()
    assert text.splitlines() == [
        "a,1,0.5", "é,-2,", '"b, c",0,3', ",9223372036854775807,-2.25", "d,-9223372036854775808,1e+20", "e,5,1e-07",
        "f,6,0", "g,7,inf",
    ]  # fmt: skip
    assert table_rows(names, [], 2, 4) == b'"b, c"\n\n'
    assert table_rows([], [], 0, 0) == b""


@compiled_only
def test_numbers_are_written_to_twelve_digits():
    """Within one unit of the twelfth digit of what Python writes, for numbers of every size."""
    rng = np.random.default_rng(2)
    values = np.concatenate([rng.random(20_000), rng.random(20_000) * 10.0 ** rng.integers(-12, 18, 20_000),
                             10.0 ** np.arange(-8, 16), 1 - 10.0 ** -np.arange(1, 17.0), np.arange(100) / 8])  # fmt: skip
    rows = table_rows(["x"] * values.size, [values], 0, values.size).decode().splitlines()
    texts = [row.split(",")[1] for row in rows]
    with _native.using("python"):
        twin = table_rows(["x"] * values.size, [values], 0, values.size).decode().splitlines()
    np.testing.assert_allclose([float(text) for text in texts], values, rtol=5.01e-12, atol=0)
    assert sum(one == two for one, two in zip(rows, twin, strict=True)) > 0.999 * values.size
    assert all(len(text.lstrip("-0.").replace(".", "").split("e")[0]) <= 12 or float(text) == int(float(text)) for text in texts)


@compiled_only
def test_hostile_tables_are_refused():
    """Rows that are not there, columns that do not fit, names that are no text."""
    from netmap.kernels import _fast

    column = np.zeros(2)
    for args in ((["a"], [column], 0, 1), (["a", "b"], [column], 0, 3), (["a", "b"], [column], -1, 1), (["a", "b"], [column], 2, 1),
                 (["a", "b"], [column.astype(np.int32)], 0, 2), (["a", "b"], [None], 0, 2), (["a", 3], [column], 0, 2),
                 (["a", "\ud800"], [column], 0, 2), (3, [column], 0, 2), (["a", "b"], 3, 0, 2)):  # fmt: skip
        with pytest.raises((ValueError, TypeError)):
            _fast.write(*args)


@compiled_only
def test_hostile_merges_are_refused():
    """Ends outside, unknown rules, sizes that do not fit or are too many."""
    from netmap.kernels import _fast

    ends = np.array([0, 1], dtype=np.int32)
    for args in ((ends.copy(), ends.copy(), np.ones(2), 1, 0), (ends.copy(), ends.copy(), np.ones(2), 2, 3),
                 (ends.copy(), ends.copy(), np.ones(3), 2, 0), (ends.copy(), ends[:1].copy(), np.ones(2), 2, 0),
                 (-ends, ends.copy(), np.ones(2), 2, 0)):  # fmt: skip
        with pytest.raises(ValueError, match="outside|rule|values"):
            _fast.merge(*args)
    for n in (-1, 2**31):
        with pytest.raises(OverflowError, match="too large"):
            _fast.merge(ends.copy(), ends.copy(), np.ones(2), n, 0)
