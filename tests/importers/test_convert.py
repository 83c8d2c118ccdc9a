"""Cells become values by the schema alone; nothing is lost in silence."""

import pytest

from netmap.importers.convert import Where, convert
from netmap.schema import TABLES, Column

NUMBER = Column("x", "number", "A number.")


def run(cells, column=NUMBER, **where):
    return convert(cells, list(range(2, 2 + len(cells))), column, "heading", Where("a.csv", **where))


@pytest.mark.parametrize("word", ["", "NA", "n/a", "null", "None", ".", "-", "?", "don't know"])
def test_missing_is_missing_and_zero_is_a_value(word):
    assert run([word, "0"]).values == [None, 0.0]


def test_a_word_of_the_columns_own_list_is_no_missing_word():
    assert run(["none"], TABLES["partnerships"].column("legal_form")).values == ["none"]


@pytest.mark.parametrize(("cells", "semicolons", "values"), [
    (["£1,200", "3,000,000"], False, [1200, 3_000_000]), (["1,5", "2"], True, [1.5, 2]), (["1.5", "€2"], False, [1.5, 2]),
    (["-3", "1e3"], False, [-3, 1000]),
])  # fmt: skip
def test_numbers(cells, semicolons, values):
    assert run(cells, semicolons=semicolons).values == values


def test_a_comma_that_groups_no_thousands_is_not_guessed_at():
    found = run(["1,200", "1,5"])
    assert found.values == [None, None]
    assert [(p.line, p.value) for p in found.problems] == [(2, "1,200"), (3, "1,5")]


def test_what_is_no_number_or_out_of_range_is_said_with_its_place():
    found = run(["lots", "7", "2"], TABLES["partnerships"].column("confidence"))
    assert found.values == [None, None, None]
    assert {(p.code, p.line, p.column, p.value) for p in found.problems} == {
        ("bad-number", 2, "heading", "lots"), ("out-of-range", 3, "heading", "7"), ("out-of-range", 4, "heading", "2"),
    }  # fmt: skip
    assert all(p.fix for p in found.problems)


def test_many_wrong_cells_are_counted():
    found = run(["x"] * 500)
    assert len(found.problems) == 11
    assert "490 more" in found.problems[-1].what


def test_yes_and_no():
    column = TABLES["partnerships"].column("confirmed")
    found = run(["yes", "N", "TRUE", "0", "unknown", "maybe"], column)
    assert found.values == [True, False, True, False, None, None]
    assert [p.value for p in found.problems] == ["maybe"]


def test_choices_are_mapped_by_declared_words_and_others_kept_and_named():
    found = run(["Local authority", "charity", "gov", "Guild"], TABLES["organisations"].column("type"))
    assert found.values == ["council", "voluntary", "government", "Guild"]
    assert [p.severity for p in found.problems] == ["note"]
    assert '"Guild"' in found.problems[0].what


@pytest.mark.parametrize(("cell", "value"), [
    ("2019", "2019"), ("2019-4", "2019-04"), ("2019-04-30", "2019-04-30"), ("30/04/2019", "2019-04-30"),
    ("2019-04-30T10:00:00", "2019-04-30"), ("31/02/2019", None), ("2019-13", None), ("soon", None),
])  # fmt: skip
def test_dates(cell, value):
    found = run([cell], TABLES["partnerships"].column("start"))
    assert found.values == [value]
    assert bool(found.problems) == (value is None)


def test_ambiguous_dates_are_warned_of_unless_the_column_settles_it():
    column = TABLES["partnerships"].column("start")
    assert [p.code for p in run(["03/04/2019"], column).problems] == ["ambiguous-date"]
    assert run(["03/04/2019", "30/04/2019"], column).problems == []


def test_lists():
    assert run(["a; b;;c ", ""], TABLES["partnerships"].column("outcome")).values == [("a", "b", "c"), None]
