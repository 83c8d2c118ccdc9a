"""The vocabulary: every heading means one column a table, and kinds, sectors and words are told apart."""

import pytest

from netmap.schema import (
    TABLES,
    directed_by_default,
    family,
    find_columns,
    fold,
    known_heading,
    says_group,
    says_organisation,
    says_people,
    sector_of,
)

KINDS = {"id", "text", "number", "integer", "boolean", "choice", "list", "date"}


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_table_is_declared_completely(table):
    names = [c.name for c in table.columns]
    assert len(names) == len(set(names))
    assert all(c.kind in KINDS and c.meaning.endswith(".") for c in table.columns)
    assert set(table.key) <= set(names)
    for column in table.columns:
        assert set(column.value_synonyms.values()) <= set(column.values)
        if column.kind == "choice" and column.default:
            assert column.default in column.values
        if column.low is not None and column.high is not None:
            assert column.low < column.high


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_no_heading_means_two_required_columns(table):
    required = [c for c in table.columns if c.required]
    for i, one in enumerate(required):
        for other in required[i + 1 :]:
            assert not one.headings & other.headings


@pytest.mark.parametrize(("heading", "column"), [
    ("Organisation", "source"), ("PARTNER", "target"), ("relation", "kind"), ("weight", "strength"), ("From", "source"),
    ("to", "target"), ("start-date", "start"), ("HW Agreement", "hw_agreement"),
])  # fmt: skip
def test_headings_are_met_whole_whatever_their_case_and_separators(heading, column):
    assert [c.name for _, c in find_columns(heading, ["partnerships"])] == [column]


@pytest.mark.parametrize("heading", ["partnership_id", "my partner is", "organisational chart"])
def test_a_part_of_a_name_is_no_name(heading):
    assert find_columns(heading, ["partnerships"]) == []


def test_families_and_directions_of_kinds():
    assert family("lead") == "contact"
    assert family("leadership") == family("influence_attribution") == family("reputation") == "perception"
    assert family("funding") == "flow"
    assert family("oversight") == "authority"
    assert family("opposes plans") == "conflict"
    assert family("political_information") == family("Coffee") == "contact"
    assert directed_by_default("trust") is True
    assert directed_by_default("partnership") is False
    assert directed_by_default("Coffee") is None


def test_words_say_who_stands_in_a_column():
    assert says_people("member of staff")
    assert says_people("Women")
    assert not says_people("organisation")
    assert says_group("combined-authority") == "network"
    assert says_group("Event") == "event"
    assert says_group("partner") == ""
    assert says_organisation("local_authority_code")
    assert sector_of("charity") == "unknown"
    assert sector_of("voluntary") == "voluntary"


def test_headings_of_any_form_are_known():
    assert all(map(known_heading, ("organisation.sector", "values:openness", "record", " Org ID ")))
    assert not known_heading("Exeter")
    assert fold("Tie-Type_ 2.") == "tietype2"
