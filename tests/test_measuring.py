"""Every measure of the catalogue from the command line, and a line on what it is in somebody's own data."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import netmap as nm
from netmap.cli import cli
from netmap.cli.calling import Asked, call
from netmap.cli.working import worked_line
from netmap.errors import UsageError
from netmap.measures.catalogue import SHAPES, entries, find

ROOT = Path(__file__).parents[1]

# Measures that no file can give what they need, only a person in Python.
BY_HAND = (
    "coalition_frontier", "congruence", "councillor_profile", "cumulative_incidence", "event_effect", "levels_test", "mrqap",
    "qap", "reference_gap", "scenario_test", "smallest_move", "social_relations",
)  # fmt: skip
# These are slow on a whole county; the small set holds them too.
SLOW = ("introductions", "projection_test", "co_membership_test", "significance", "small_world")


@pytest.fixture(scope="module")
def networks():
    return {name: nm.read(ROOT / "data" / name) for name in ("county", "estuary", "localgov.csv")}


@pytest.mark.parametrize("name", sorted(entries()))
def test_every_measure_gives_a_line_or_says_what_is_missing(networks, name):
    """On a county with everything, and on two columns; no traceback, no empty sentence."""
    for data, network in networks.items():
        if name in SLOW and data == "county":
            continue
        line = worked_line(find(name), network, data)
        assert line
        assert "<" not in line
        if name in BY_HAND:
            assert "Use it from Python" in line or "needs values" in line or "needs capabilities" in line


@pytest.mark.parametrize("name", sorted(set(entries()) - set(BY_HAND)))
def test_every_other_measure_can_be_given_on_the_county(networks, name):
    """With a grouping and two groups named where it takes them; or its reason is about these data."""
    if name in SLOW:
        pytest.skip("slow on the county; the small set shows it")
    network = networks["county"]
    between = ("Fforwm Iechyd", "Rhwydwaith Gofalwyr")
    if name == "negotiation_table":
        between = tuple(network.organisations["name"].iloc[:2])
    asked = Asked(groups="sector" if name == "compare_groupings" else None, between=between)
    missing = {"organisation_ties": "between people", "demand_spillover": "ties of the kind demand"}
    if name in missing:
        with pytest.raises(UsageError, match=missing[name]):
            call(find(name), network, network.view(), asked)
    else:
        assert call(find(name), network, network.view(), asked) is not None


def test_people_are_not_named_in_a_line(networks):
    """Whoever reads a line has not said that people may be named."""
    for data in ("county", "estuary"):
        network = networks[data]
        people = {str(n) for n in network.people["name"]} | {str(i) for i in network.people["person_id"]}
        organisations = set(network.organisations["name"])
        for name in ("boundary_spanners", "two_mode_centrality", "co_membership", "interlocks", "co_membership_test"):
            if name in SLOW and data == "county":
                continue
            line = worked_line(find(name), network, data)
            assert not [p for p in people - organisations if f" {p} " in f" {line} "]


def run(*words):
    return CliRunner().invoke(cli, list(words))


def test_measures_of_networks_of_networks_from_the_command_line():
    """Memberships are taken for groups; two networks are named with --between."""
    county = str(ROOT / "data" / "county")
    table = run("measure", county, "network_bridges", "--format", "csv", "--quiet")
    assert table.exit_code == 0
    assert table.stdout.startswith("first,second,ties,first_people,second_people,shared,must_leave,bridge,betweenness")
    two = run("measure", county, "separating_people", "--between", "Fforwm Iechyd", "Rhwydwaith Gofalwyr", "--format", "json", "--quiet")
    assert two.exit_code == 0
    assert '"separating_people.count"' in two.stdout
    layers = run("measure", county, "layers_test", "backbone", "--format", "json", "--quiet")
    assert layers.exit_code == 0
    spread = run("measure", county, "spread_test", "gini", "--of", "betweenness", "--format", "json", "--quiet")
    assert "whole numbers" in str(spread.exception)


def test_networks_are_shown_by_name_and_intervals_as_two_numbers():
    county = str(ROOT / "data" / "county")
    table = run("measure", county, "network_bridges", "--format", "csv", "--quiet").stdout
    assert table.splitlines()[1].startswith("Fforwm Iechyd,") or "Fforwm Iechyd" in table
    assert "n001" not in table
    small = run("measure", str(ROOT / "data" / "localgov.csv"), "small_world", "--format", "json", "--quiet").stdout
    assert '"small_world.efficiency_interval_low": 0.' in small
    assert '"small_world.clustering_interval_high": null' in small


def test_mistakes_say_what_to_type():
    county = str(ROOT / "data" / "county")
    for words, message in (
        (["gini", "--of", "betweeness"], "There is no column 'betweeness'. Did you mean betweenness"),
        (["separating_people"], "--between ONE OTHER. There are Bwrdd Gwasanaethau"),
        (["rewiring_test", "--of", "transitivty"], "Did you mean transitivity"),
        (["compare_groupings"], "name a column with --groups"),
    ):
        result = run("measure", county, *words, "--quiet")
        assert isinstance(result.exception, UsageError)
        assert message in str(result.exception)


def test_shapes_are_the_ones_there_are():
    assert {e.shape for e in entries().values()} <= set(SHAPES)


# -- the table of all --------------------------------------------------------------------------------------------------


@pytest.fixture
def ties(tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text("from,to,hours\nMind,Shelter,2\nShelter,Age UK,1.5\nAge UK,Mind,1\nMind,Scope,4\nScope,Scope,1\nMind,Shelter,1\n")
    return path


def test_a_plain_list_of_ties_gives_the_whole_table(ties):
    """As CSV the bytes of `node_table`; as JSON the same numbers; as text one line a node. What was dropped is said."""
    words = [str(ties), "--node-table", "--ends", "from", "to", "--strength", "hours", "--paths", "exact"]
    out = io.BytesIO()
    found = nm.node_table(nm.View.from_csv(ties, "from", "to", "hours"), paths="exact")
    found.to_csv(out)
    done = run("measure", *words, "--format", "csv")
    assert done.exit_code == 0
    assert done.stdout_bytes == out.getvalue()
    assert "4 nodes, 4 ties; 1 from a node to itself left out, 1 between the same two added" in done.stderr
    held = json.loads(run("measure", *words, "--format", "json").stdout)
    assert [node["strength"] for node in held["nodes"]] == found.columns["strength"].tolist() == [2.5, 8.0, 4.0, 4.5]
    assert held["nodes"][2]["clustering"] is None
    assert held["the whole network"]["bridges"] == 1
    text = run("measure", *words, "--quiet")
    assert text.stderr == ""
    assert [line.split()[0] for line in text.stdout.splitlines()] == ["name", "Age", "Mind", "Scope", "Shelter"]


def test_a_file_that_is_not_plain_is_read_all_the_same(ties):
    """Semicolons, another encoding and spaces: the same table."""
    words = ["--node-table", "--ends", "from", "to", "--strength", "hours", "--format", "csv"]
    plain = run("measure", str(ties), *words).stdout
    text = ties.read_text().replace(",", ";").replace("Scope;Scope", " Scope; Scope ")
    ties.write_bytes(text.encode("utf-16"))
    assert run("measure", str(ties), *words).stdout == plain


def test_the_whole_table_of_netmaps_own_tables():
    """Without --ends the data are read as ever, and a column may give the groups."""
    network = nm.read(ROOT / "data" / "localgov.csv")
    table = nm.node_table(network.view())
    done = run("measure", str(ROOT / "data" / "localgov.csv"), "--node-table", "--format", "csv", "-q")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [float(row["constraint"]) for row in rows if row["constraint"]] == pytest.approx(
        [v for v in table.columns["constraint"].tolist() if v == v], rel=1e-11
    )
    assert {row["id"] for row in rows} == {str(i) for i in table.view.ids}
    county = str(ROOT / "data" / "county")
    one, two = (run("measure", county, "--node-table", "--format", "csv", "-q", *more) for more in ([], ["--groups", "sector"]))
    assert (one.exit_code, two.exit_code) == (0, 0)
    assert one.stdout != two.stdout
    assert run("measure", county, "--node-table", "--groups", "communities", "--format", "csv", "-q").stdout == one.stdout


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["betweenness", "--node-table"], "leave out names"),
        (["--ends", "from", "to", "betweenness"], "go with --node-table"),
        ([], "Name a measure"),
        (["--node-table", "--strength", "hours"], "--strength goes with --ends"),
        (["--node-table", "--ends", "from", "too"], "no column 'too'. Did you mean to"),
        (["--node-table", "--ends", "from", "to", "--groups", "sector"], "leave out --ends"),
        (["--node-table", "--ends", "from", "to", "--paths", "some"], "number of nodes from 1"),
    ],
)
def test_what_does_not_go_together_is_said(ties, more, said):
    done = run("measure", str(ties), *more)
    assert done.exit_code != 0
    assert said in str(done.exception) + done.output
