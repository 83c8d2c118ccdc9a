"""Every measure of the catalogue from the command line, and a line on what it is in somebody's own data."""

from __future__ import annotations

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
BY_HAND = ("congruence", "councillor_profile", "cumulative_incidence", "event_effect", "levels_test", "mrqap", "qap", "reference_gap", "scenario_test",
           "social_relations")
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
            assert "Use it from Python" in line or "needs values" in line


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
