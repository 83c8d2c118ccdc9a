"""What was planted in the county set is what `analyse` says, and what was not planted it does not say."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import netmap as nm
from benchmarks.planted_values import called, tally

DATA = Path(__file__).resolve().parents[2] / "data"
TRUTH = pd.read_csv(DATA / "county-truth.csv", dtype=str, keep_default_na=False)
NAMES = pd.read_csv(DATA / "county" / "organisations.csv", dtype=str).set_index("org_id")["name"]
NETWORKS = pd.read_csv(DATA / "county" / "networks.csv", dtype=str).set_index("network_id")["name"]


def planted(fact: str) -> list[tuple[list[str], str]]:
    """Subjects and value of every planted fact of one name."""
    rows = TRUTH[TRUTH["fact"] == fact]
    return [(subject.split(" | "), value) for subject, value in zip(rows["subject"], rows["value"], strict=True)]


def value(fact: str) -> str:
    """The value of a fact planted once."""
    ((_, found),) = planted(fact)
    return found


@pytest.fixture(scope="module")
def findings(tmp_path_factory) -> dict[str, dict]:
    """The findings as they stand in findings.json of an analysis of the county."""
    folder = tmp_path_factory.mktemp("county") / "out"
    nm.analyse(nm.read(DATA / "county"), seed=0, effort="quick").write(folder)
    told = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    return {finding["id"]: finding for finding in told["findings"]}


def cells(finding: dict) -> list[list[str]]:
    """The rows of a finding's table, as text."""
    return [[str(cell) for cell in row.values()] for row in finding["table"]]


def test_f1_finds_the_planted_cutpoints_and_the_bridge(findings):
    """The first is named in the headline, all of them and no other are in the table, with the planted shares."""
    f1 = findings["F1"]
    share = {subject[0]: float(found) for subject, found in planted("cutpoint")}
    first = max(share, key=lambda org: share[org])
    assert NAMES[first] in f1["headline"]
    assert f"{int(value('bridges'))} of {400} ties is the only path" in f1["headline"]
    assert f1["evidence"]["ties_that_are_the_only_path"] == int(value("bridges"))
    assert f1["evidence"]["organisations_whose_loss_separates_others"] == int(value("cutpoints"))
    assert f1["evidence"]["share_lost"] == pytest.approx(share[first], rel=1e-5)
    assert {row[0] for row in cells(f1)} == {NAMES[org] for org in share}


def test_f2_counts_the_planted_ties(findings):
    """Optional, hard-wired and unsupported ties are as many as were planted."""
    evidence = findings["F2"]["evidence"]
    for key, fact in (
        ("ties", "tie_records"),
        ("hard_wired", "hardwired"),
        ("optional", "optional"),
        ("optional_without_support", "unsupported"),
    ):
        assert evidence[key] == int(value(fact)), key


def test_f4_finds_the_planted_alignment(findings):
    """Partners are said to be more alike in values than chance, with a p that says so."""
    f4 = findings["F4"]
    assert value("alignment") == "strong"
    assert f4["headline"].startswith("Partners are more alike in values")
    assert f4["chance"]["p"] < 0.01
    assert f4["certainty"] in ("solid", "likely")
    assert f4["evidence"]["organisations_with_values"] == int(value("values_rated"))


def test_f6_finds_that_sectors_keep_apart(findings):
    """Ties across sectors are as many as planted and fewer than chance; the pair kept apart most is named."""
    f6 = findings["F6"]
    assert f6["evidence"]["crossing"] == int(value("across_sectors"))
    assert "less than chance" in f6["headline"]
    assert "private and voluntary" in f6["headline"]
    (row,) = [row for row in cells(f6) if set(row[:2]) == {"private", "voluntary"}]
    assert row[2] == value("fewest_across")


def test_f7_finds_how_the_networks_join(findings):
    """The pair planted to share many, the pair joined by one member, and the network apart are in the table."""
    table = {frozenset(row[:2]): row for row in cells(findings["F7"])}
    ((pair, shared),) = planted("overlap")
    row = table[frozenset(NETWORKS[each] for each in pair)]
    assert int(row[2]) == int(shared) > 2 * float(row[3])
    ((pair, gate),) = planted("single_link")
    row = table[frozenset(NETWORKS[each] for each in pair)]
    assert row[2] == "1"
    assert NAMES[gate] in row
    ((apart, _),) = planted("apart")
    assert all(row[2] == "0" for pair, row in table.items() if NETWORKS[apart[0]] in pair)


def test_f8_names_the_planted_introduction_first(findings):
    """The two hubs without a tie are the introduction that would help most."""
    ((pair, _),) = planted("introduction")
    assert findings["F8"]["headline"].startswith("Introducing")
    assert all(NAMES[org] in findings["F8"]["headline"].split(" would help most")[0] for org in pair)


def test_f16_names_the_planted_coalition(findings):
    """The only set as small that has everything, and is alike, is the one named."""
    ((members, size),) = planted("coalition")
    said = findings["F16"]["headline"].split("Together ")[1].split(" have all")[0]
    assert len(members) == int(size)
    assert all(NAMES[org] in said for org in members)


def test_nothing_planted_is_nothing_found_and_strong_is_found():
    """Of 30 counties without planted alignment at most 3 are called more alike; of 8 with strong alignment at least 7.

    benchmarks/planted_values.py does the same with 200 and 50.
    """
    nothing = tally("none", 40, range(30))
    assert called(nothing, "more") <= 3
    assert called(tally("strong", 40, range(8)), "more") >= 7
