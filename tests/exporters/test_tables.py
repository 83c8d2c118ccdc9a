"""Tables as files: text is never a formula, numbers keep every digit, missing is empty."""

from __future__ import annotations

import csv
import datetime
import io
import re
import sys
import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.errors import OutputError, UsageError
from netmap.exporters import tables
from netmap.exporters.tables import (
    csv_bytes,
    neutral,
    neutral_all,
    parquet_bytes,
    plain,
    result_tables,
    tidy,
    xlsx_bytes,
)
from tests.exporters.little import little_analysis

FORMULAS = [
    '=HYPERLINK("http://x","y")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uff1d1",
    "-",
    "+44 1392 000000",
]


def rows(frame: pd.DataFrame) -> list[list[str]]:
    """What a CSV reader sees."""
    return list(csv.reader(io.StringIO(csv_bytes(frame).decode("utf-8"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_and_no_heading_starts_a_formula(text: str) -> None:
    """Every dangerous start gets a mark, in cells, in lists and in headings."""
    frame = pd.DataFrame({text: [text], "list": [(text, "b")]})
    assert rows(frame) == [["'" + text, "list"], ["'" + text, "'" + text + "; b"]]


@pytest.mark.parametrize("text", ["-5", "+5", "-0.5e-3", ".5", "5.", "Torbay", "a=b", "'quoted", "", "Ynys Môn"])
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    """Numbers written as text, and text with a sign inside, are not changed."""
    assert neutral(text) == text


@pytest.mark.parametrize("text", [*FORMULAS, "a\nb", "a\0b", "-5", ""])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_many_texts_are_each_as_they_are_alone(text: str, place: int) -> None:
    """Wherever it stands; where nothing is to be done, the texts given come back."""
    many = ["Torbay", "a=b"]
    assert neutral_all(many) is many
    many.insert(place, text)
    assert list(neutral_all(many)) == [neutral(one) for one in many]


def test_numbers_stay_numbers_to_the_last_digit() -> None:
    """Negative numbers get no mark, floats come back bit by bit, dust and minus zero are 0."""
    frame = pd.DataFrame({"a": [-1.5, 0.1 + 0.2, 1e-17, -0.0, np.nan], "b": [-1, 2, 3, 2**62, 5]})
    assert rows(frame) == [
        ["a", "b"],
        ["-1.5", "-1"],
        ["0.30000000000000004", "2"],
        ["0.0", "3"],
        ["0.0", str(2**62)],
        ["", "5"],
    ]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, min_value=1e-11), min_size=1))
def test_floats_survive_the_round_trip(values: list[float]) -> None:
    """Reading a written column gives the same floats."""
    cells = [row[0] for row in rows(pd.DataFrame({"a": values}))[1:]]
    assert [float(c) for c in cells] == values


def test_whole_columns_are_written_without_decimals_missing_or_not() -> None:
    """A count with a missing value is 3, not 3.0."""
    assert rows(pd.DataFrame({"degree": [3.0, np.nan, -0.0]}))[1:] == [["3"], [""], ["0"]]


def test_every_kind_of_cell_has_one_plain_form() -> None:
    """Missing is empty; yes and no; lists by semicolons; dates as ISO."""
    cells = [
        (None, None),
        (pd.NA, None),
        (pd.NaT, None),
        (float("nan"), None),
        (np.float64("nan"), None),
        (np.int8(3), 3),
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        (np.str_("x"), "x"),
        (("a", None, 1), "a; 1"),
        (["a"], "a"),
        ({"b", "a"}, "a; b"),
        (datetime.date(2014, 3, 31), "2014-03-31"),
        (pd.Timestamp("2014-03-31"), "2014-03-31"),
        (pd.Timestamp("2014-03-31 12:00"), "2014-03-31T12:00:00"),
    ]
    for value, expected in cells:
        assert plain(value) == expected
        assert type(plain(value)) is type(expected)
    flags = pd.DataFrame({"f": pd.array([True, False, None], dtype="boolean"), "i": pd.array([1, None, 3], "Int64")})
    assert rows(flags)[1:] == [["yes", "1"], ["no", ""], ["", "3"]]
    assert tidy(-1e-13) == 0.0


def test_csv_is_rfc_4180_in_utf_8() -> None:
    """Quotes, commas and breaks are quoted; lines end in CR LF; an empty table has its headings."""
    frame = pd.DataFrame({"a": ['say "x"', "a,b", "two\nlines", "nul\0"], "b": ["Ŵ", "", "日", "\ud800"]}, dtype=object)
    assert csv_bytes(frame) == ('a,b\r\n"say ""x""",Ŵ\r\n"a,b",\r\n"two\nlines",日\r\nnul,?\r\n'.encode())
    assert csv_bytes(frame.iloc[:0]) == b"a,b\r\n"


def test_a_workbook_has_no_formula_and_no_link() -> None:
    """Every hostile name is a string cell, unchanged."""
    book = xlsx_bytes({"organisations": pd.DataFrame({"name": [*FORMULAS, "http://x.org"], "n": 1.5})})
    with zipfile.ZipFile(io.BytesIO(book)) as files:
        names = files.namelist()
        sheet = files.read("xl/worksheets/sheet1.xml").decode()
        strings = files.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert not any("rels" in n and "sheet" in n for n in names)
    assert "=HYPERLINK(" in strings
    assert "'=" not in strings


def test_a_workbook_comes_back_as_it_was() -> None:
    """Text, numbers, yes and no, missing and long text are read back; sheet names are made valid."""
    calamine = pytest.importorskip("python_calamine")
    frame = pd.DataFrame({"t": ["Môn", "-5", "x" * 40_000], "n": [1.5, np.nan, -2.0], "b": [True, False, True]})
    book = calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(xlsx_bytes({"a[b]:c*d?e/f\\g" + "h" * 40: frame, "empty": frame.iloc[:0], "none": pd.DataFrame()}))
    )
    assert book.sheet_names == ["a b  c d e f g" + "h" * 17, "empty", "none"]
    got = book.get_sheet_by_index(0).to_python()
    assert got[0] == ["t", "n", "b"]
    assert got[1:3] == [["Môn", 1.5, "yes"], ["-5", "", "no"]]
    assert got[3] == ["x" * 32_767, -2, "yes"]


def test_the_same_tables_give_the_same_workbook() -> None:
    """No time stamp gets in."""
    frame = pd.DataFrame({"a": [1, 2]})
    assert xlsx_bytes({"t": frame}) == xlsx_bytes({"t": frame})
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes({"t": frame}))) as files:
        assert {info.date_time[0] for info in files.infolist()} == {1980}
        assert re.findall(r"\d{4}-\d\d-\d\dT", files.read("docProps/core.xml").decode()) == ["2000-01-01T"] * 2


def test_a_table_too_long_for_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the table and what to use."""
    monkeypatch.setattr(tables, "_XLSX_ROWS", 3)
    with pytest.raises(OutputError) as caught:
        xlsx_bytes({"ties": pd.DataFrame({"a": [1, 2, 3]})})
    assert str(caught.value) == "The table ties has 3 rows, more than a sheet holds. Use CSV or Parquet."


def test_parquet_keeps_types() -> None:
    """Whole numbers, shares, flags, text, mixtures and repeated headings come back."""
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"i": [1.0, np.nan], "f": [0.5, 2], "b": [True, False], "s": ["a", None], "m": ["a", 1]})
    frame = pd.concat([frame, frame[["s"]]], axis=1)
    got = pd.read_parquet(io.BytesIO(parquet_bytes(frame)))
    assert list(got.columns) == ["i", "f", "b", "s", "m", "s (2)"]
    assert got["i"].tolist()[0] == 1
    assert got["f"].tolist() == [0.5, 2.0]
    assert got["b"].tolist() == [True, False]
    assert got["m"].tolist() == ["a", "1"]
    assert pd.read_parquet(io.BytesIO(parquet_bytes(frame.iloc[:0]))).shape == (0, 6)


def test_without_pyarrow_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package is a sentence, not a traceback."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError) as caught:
        parquet_bytes(pd.DataFrame())
    assert str(caught.value) == (
        "Parquet files need the package pyarrow, which is not installed. Install it with: pip install pyarrow"
    )


def test_result_tables_hold_people_only_where_there_are_any() -> None:
    """Without people there is no such table; positions are called as the importers read them."""
    held = result_tables(little_analysis())
    assert list(held) == ["organisations", "ties", "networks", "ledger", "suppressed"]
    assert {"map_x", "map_y"} <= set(held["organisations"].columns)
    people = pd.DataFrame({"id": ["p1"], "name": ["P001"]})
    assert list(result_tables(little_analysis(people=people)))[:2] == ["organisations", "people"]
    assert "people" not in result_tables(little_analysis(node_word="group"))


def test_where_people_are_the_nodes_their_table_has_the_measures() -> None:
    """People are not written into a table of organisations, which is then empty."""
    analysis = little_analysis(node_word="person")
    people = pd.DataFrame({"id": analysis.nodes["id"][:2], "role": ["chair", "officer"]})
    held = result_tables(little_analysis(node_word="person", people=people))
    assert len(held["organisations"]) == 0
    assert held["people"]["degree"].tolist() == [2.0] * 6
    assert held["people"]["role"].tolist()[:2] == ["chair", "officer"]
    assert len(result_tables(analysis)["people"]) == 6
