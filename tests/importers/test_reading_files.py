"""Bytes become tables of text: encodings, separators, awkward rows, workbooks, and what is no table."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import DataError, UsageError
from netmap.importers.names import likely_duplicates
from netmap.importers.raw import read_raw
from netmap.importers.sheets import shown
from netmap.schema import known_heading
from tests.shared import shared_data


def one(content, **options):
    (table,) = read_raw(content, known=known_heading, **options)
    return table


@pytest.mark.parametrize(("encoding", "said"), [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("cp1252", "cp1252"),
])  # fmt: skip
def test_encodings_are_told_from_the_bytes(encoding, said):
    table = one("organisation,partner\nYnys Môn,Café\n".encode(encoding))
    assert table.rows == (("Ynys Môn", "Café"),)
    assert table.encoding == said


def test_words_an_encoding_may_have_spoilt_are_named():
    table = one("organisation,partner\nGrŵp,Tŷ\n".encode("iso8859-14"))
    words = " ".join(p.what for p in table.problems if p.severity == "warning")
    assert "Grðp" in words
    assert one("organisation,partner\nGrŵp,Tŷ\n".encode("iso8859-14"), encoding="iso8859-14").rows == (("Grŵp", "Tŷ"),)


def test_text_encoded_twice_is_warned_of():
    twice = "organisation,partner\nYnys Môn,Tŷ\n".encode().decode("cp1252").encode()
    assert "encoded-twice" in {p.code for p in one(twice).problems}


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators(mark):
    table = one(f"organisation{mark}partner\na{mark}b\n".encode())
    assert (table.delimiter, table.rows) == (mark, (("a", "b"),))


def test_titles_hints_footers_and_blank_rows_are_no_data_and_accounted_for():
    text = "sep=;\nPartnerships 2024\n\norganisation;partner\na;b\n;\nc;d\nTotal;2\nSource: us\n"
    table = one(text.encode())
    assert table.rows == (("a", "b"), ("c", "d"))
    assert table.lines == (5, 7)
    assert {line for line, _ in table.skipped} == {1, 2, 3, 6, 8, 9}


def test_quoted_line_breaks_and_ragged_rows():
    table = one(b'organisation,partner,note\n"a\nb",c\nd,e,f,g\n')
    assert table.rows[0] == ("a b", "c", "")
    assert table.rows[1][:3] == ("d", "e", "f")
    assert {"line-breaks", "short-rows", "extra-cells"} <= {p.code for p in table.problems}


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"PK\x03\x04zip", b"%PDF-1.4", b'{"a": 1}', b"<html><body>", b"\x89PNG\r\n"])
def test_what_is_no_table_is_said_to_be_none(content):
    with pytest.raises(DataError) as caught:
        read_raw(content)
    assert all(p.what for p in caught.value.problems)


def test_a_missing_file_names_the_nearest(tmp_path):
    (tmp_path / "partners.csv").write_text("a,b\n")
    with pytest.raises(UsageError, match=r"Did you mean partners\.csv"):
        read_raw(tmp_path / "partnrs.csv")
    with pytest.raises(UsageError, match="folder"):
        read_raw(tmp_path)


def test_a_sheet_is_a_table_as_a_person_sees_it(tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Ties")
    for i, row in enumerate([["Our ties"], ["organisation", "partner", "strength"], ["A", "B", 2], ["B", "C", 0.5]]):
        sheet.write_row(i, 0, row)
    book.add_worksheet("Empty")
    book.close()
    (table,) = read_raw(path, known=known_heading)
    assert (table.sheet, table.header_line, table.lines) == ("Ties", 2, (3, 4))
    assert table.rows == (("A", "B", "2"), ("B", "C", "0.5"))
    assert shown(date(2024, 5, 1)) == "2024-05-01"


def test_a_damaged_workbook_is_said_to_be_one():
    with pytest.raises(DataError, match="cannot be opened"):
        read_raw(b"PK\x03\x04xl/workbook.xml broken", name="book.xlsx")


WORDS = st.text(st.characters(codec="cp1252", exclude_categories=("C", "Z")), min_size=1, max_size=8).map(lambda w: f"x{w}x")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_whatever_is_written_is_read_back(pairs, mark, encoding):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL)
    writer.writerows([("organisation", "partner"), *pairs])
    table = one(out.getvalue().encode(encoding))
    import unicodedata

    assert table.rows == tuple(tuple(unicodedata.normalize("NFC", w) for w in pair) for pair in pairs)


@pytest.mark.parametrize(("first", "second", "alike"), [
    ("Devon County Council", "devon county council", True), ("Devon CC", "Devon County Council", True),
    ("Ables Springs SUD", "Ables Springs Special Utility District", False), ("BBC", "British Broadcasting Corporation", True),
    ("Bristol & Bath NHS", "Bristol and Bath NHS", True), ("Exeter Consortium", "Exeter Consortuim", True),
    ("North Devon Council", "South Devon Council", False), ("School 1", "School 2", False), ("Kent", "Essex", False),
    ("Ynys Môn", "Ynys Mon", True),
])  # fmt: skip
def test_names_that_may_mean_the_same(first, second, alike):
    assert bool(likely_duplicates([first, second])) == alike


def test_suggested_names_are_mostly_right():
    """Of pairs suggested among the spellings of British councils, nine in ten mean one council; few enough to read."""
    with (shared_data("messy/council_names") / "council_name_variants.csv").open(encoding="utf-8-sig", newline="") as file:
        code = {r["la-name"]: r["local-authority-code"] for r in csv.DictReader(file)}
    found = likely_duplicates(sorted(code)[:400])
    right = sum(code[s.first] == code[s.second] for s in found)
    assert len(found) > 50
    assert right / len(found) > 0.9
