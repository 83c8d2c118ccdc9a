"""The command that proposes who should meet."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

from netmap.chance.steady import steady_introductions
from netmap.cli import cli
from netmap.errors import UsageError

ROOT = Path(__file__).parents[1]


def run(*words):
    return CliRunner().invoke(cli, ["introduce", *map(str, words), "--quiet"])


def proposed(*words):
    result = run(*words, "--format", "json")
    assert result.exception is None
    return json.loads(result.stdout)["introductions"]


@pytest.fixture
def chain(tmp_path):
    """Eight councils in a row, the second and third of which share an onlooker; Hazel Council is not to be shown."""
    names = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel"]
    ties = [f"{a} Council,{b} Council" for a, b in pairwise(names)]
    folder = tmp_path / "chain"
    folder.mkdir()
    (folder / "partnerships.csv").write_text("source,target\n" + "\n".join(ties) + "\n", encoding="utf-8")
    rows = [f"{n} Council,{'no' if n == 'Hazel' else 'yes'}" for n in names]
    (folder / "organisations.csv").write_text("org_id,publish\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return folder


def test_the_ends_of_a_chain_should_meet_and_why(chain):
    """Ash and Gorse are farthest apart of those who may be shown; nobody knows both."""
    first = proposed(chain, "--top", "1")[0]
    assert {first["first"], first["second"]} <= {"Ash Council", "Birch Council", "Fir Council", "Gorse Council"}
    assert first["nearer"] >= 4
    assert first["introducers"] == []
    assert "nobody recorded knows both" in first["said"]


def test_who_is_not_to_be_shown_is_not_named_and_vetoes_appear_nowhere(chain):
    before = proposed(chain, "--top", "3")
    pair = before[0]["first"], before[0]["second"]
    after = run(chain, "--top", "3", "--veto", *pair)
    assert "Hazel" not in json.dumps(before) + after.stdout
    assert not any(pair[0] in line and pair[1] in line for line in after.stdout.splitlines())
    assert "veto" not in after.stdout.casefold()


def test_mistakes_say_what_to_do(chain, tmp_path):
    found = run(chain, "--veto", "Ash Council", "Oak Council")
    assert isinstance(found.exception, UsageError)
    assert str(found.exception) == "There is no organisation 'Oak Council' to leave out."
    people = tmp_path / "friends.csv"
    people.write_text("source,target\nAnn Lee,Bob Ray\nBob Ray,Cy Dee\n", encoding="utf-8")
    assert "with their consent" in str(run(people).exception)


def test_a_full_network_needs_no_introduction(tmp_path):
    file = tmp_path / "full.csv"
    file.write_text("organisation,partner\nA Trust,B Trust\nB Trust,C Trust\nA Trust,C Trust\n", encoding="utf-8")
    assert run(file).stdout.startswith("Nothing to propose")


def test_the_county_is_told_how_sure_each_is():
    """Every step has its certainty, its care and no name of a person."""
    result = run(ROOT / "data" / "localgov.csv", "--top", "2")
    assert result.stdout.count("among the ten best in") == 2
    assert "Offer, do not assign" in result.stdout


def test_what_joins_two_circles_stays_among_the_best():
    """In a barbell the two ends of its bar, not two nodes along it; whatever the order of nodes."""
    graph, pairs = nx.barbell_graph(6, 4), [(5, 10), (6, 8)]
    found = steady_introductions(graph, pairs, draws=20)
    assert found[(5, 10)] > found[(6, 8)]
    assert found.between(0, 1).all()
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from(graph.edges)
    assert steady_introductions(turned, pairs, draws=20).equals(found)
    assert steady_introductions(graph, [(5, 10)], confidence=1.0, draws=3).tolist() == [1.0]
