"""The line on a measure in the user's own data: one honest sentence for every shape of result, and no person named."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import netmap as nm
from netmap.cli import cli, main
from netmap.cli.working import worked_line
from netmap.measures.catalogue import find, names

ROWS = """organisation,partner,strength
Ash,Birch,1
Birch,Cedar,2
Cedar,Ash,4
Cedar,Dogwood,1
Dogwood,Elm,3
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Two columns and strengths: a triangle with a tail."""
    path = tmp_path_factory.mktemp("small") / "small.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def network(small):
    return nm.read(small)


@pytest.mark.parametrize(("name", "line"), [
    ("density", "density is 0.5 in small.csv."),
    ("degree", "In small.csv, Cedar has the highest degree, 3; the middle one has 2. The highest is a position in what "
               "was recorded, not a merit."),
    ("edge_betweenness", "In small.csv, Cedar and Dogwood have the highest edge_betweenness, 0.6; the middle one has 0.3."),
    ("bridge_ties", "In small.csv, 2 of 5 are a bridge. Among them: Cedar and Dogwood have the highest bridge_ties "
                    "(pairs), 6; the middle one has 5."),
    ("components", "In small.csv: count 1; isolates 0; share in largest 1. All of it: netmap measure small.csv components"),
    ("gini", "gini is 0.16 in small.csv. Taken: degree as the quantity (measure --of names another)."),
])  # fmt: skip
def test_each_shape_has_its_sentence(network, name, line):
    """A number, nodes, ties, a table of ties, and several results together; what was taken unasked is said."""
    assert worked_line(find(name), network, "small.csv") == line


def test_groups_are_counted(network):
    """How many groups and how large, and what groups a measure took."""
    said = worked_line(find("communities"), network, "small.csv")
    assert said.startswith("communities finds 2 groups in small.csv, of 3, 2 members")
    assert "Taken: communities found from the ties as groups" in worked_line(find("participation"), network, "small.csv")


@pytest.mark.parametrize(("name", "said"), [
    ("alignment", "alignment needs values, and these data have none: see netmap explain values."),
    ("trust", "trust is not defined in small.csv: too little is recorded in the columns trust_reliability, "
              "trust_mission, trust_openness (netmap explain trust_reliability)."),
    ("tie_stability", "tie_stability compares two waves, and these data have no earlier one: see netmap explain wave."),
])  # fmt: skip
def test_what_is_missing_is_named(network, name, said):
    """The table, the columns or the wave that would give it."""
    assert worked_line(find(name), network, "small.csv") == said


def test_people_without_consent_are_one_person(small):
    """Where nodes are people no name is shown, only that it is one person, or how many."""
    people = nm.read(small, nodes="people")
    for name in ("degree", "edge_betweenness", "key_players", "link_prediction", "bridge_ties", "profile_similarity"):
        line = worked_line(find(name), people, "small.csv")
        assert not [tree for tree in ("Ash", "Birch", "Cedar", "Dogwood", "Elm") if tree in line], line
    assert "one person has the highest degree" in worked_line(find("degree"), people, "small.csv")
    assert "two people have the highest edge_betweenness" in worked_line(find("edge_betweenness"), people, "small.csv")


def test_who_answered_is_taken_from_the_data():
    """Coverage counts the organisations that the table says answered."""
    said = worked_line(find("coverage"), nm.read(Path(__file__).parents[1] / "data" / "estuary"), "data/estuary")
    assert "nodes 32; answered 26" in said


def test_explain_with_a_file_ends_with_the_line(small):
    """The meaning first, then what it is in the file; netmap's own constructs say that they are."""
    told = CliRunner().invoke(cli, ["explain", "constraint", str(small), "--quiet"])
    assert told.exit_code == 0
    assert "On your data: In" in told.stdout
    own = CliRunner().invoke(cli, ["explain", "hardwired_index", str(small), "--quiet"])
    assert "without published validation" in own.stdout


@pytest.mark.parametrize("name", names())
def test_every_measure_ends_in_words_on_two_columns(small, name, capsys):
    """A table, or one line that names what is missing; never a fault of netmap's own."""
    code = main(["measure", str(small), name, "--quiet"])
    shown = capsys.readouterr()
    assert code in (0, 2)
    assert "Traceback" not in shown.err
    if code:
        assert name in shown.err
        assert any(word in shown.err for word in ("needs", "compares", "is of", "Use it from Python")), shown.err
    else:
        assert shown.out
