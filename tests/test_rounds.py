"""netmap rounds: start, next, record and report, on tables a person may edit; vetoes and names stay where they are."""

from __future__ import annotations

import json
import random

import pandas as pd
import pytest
from click.testing import CliRunner

from netmap.cli import cli
from netmap.errors import DataError, UsageError
from tests.exporters.unpacked import said_in

PEOPLE = 20


def run(*words):
    return CliRunner().invoke(cli, ["rounds", *map(str, words)])


def told(*words):
    result = run(*words)
    assert result.exception is None or result.exit_code == 0, result.exception
    return result.stdout


@pytest.fixture
def people(tmp_path):
    """Twenty who joined in and one who did not; two agreed to be named."""
    rows = ["person_id,name,organisation,joins,consent"]
    for i in range(1, PEOPLE + 2):
        consent = "named" if i < 3 else "none"
        rows.append(f"p{i:02d},Robin Hale{i},{'ABC'[i % 3]} Trust,{'yes' if i <= PEOPLE else 'no'},{consent}")
    file = tmp_path / "people.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def coffee(people, tmp_path):
    folder = tmp_path / "coffee"
    told("start", people, folder, "--rounds", 3, "--by", "organisation", "--opt-in", "joins", "--seed", 4)
    return folder


def pairs(folder):
    return pd.read_csv(folder / "introductions.csv", dtype=str, keep_default_na=False)


def test_start_writes_every_round_across_groups_and_only_for_those_who_joined(coffee):
    table = pairs(coffee)
    assert table["round"].value_counts().to_dict() == {"1": 10, "2": 10, "3": 10}
    assert not table.duplicated(["a", "b"]).any()
    assert "p21" not in set(table["a"]) | set(table["b"])
    group = {f"p{i:02d}": "ABC"[i % 3] for i in range(1, 22)}
    assert sum(group[a] != group[b] for a, b in zip(table["a"], table["b"], strict=True)) >= 20


def test_next_says_who_meets_and_names_only_those_who_agreed(coffee):
    words = told("next", coffee)
    assert words.startswith("Round 1\n")
    assert words.count(" and p") >= 8
    assert "Robin Hale1 " in words + " "
    for path in coffee.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not [i for i in range(3, 22) if f"Robin Hale{i}," in text or f"Robin Hale{i} " in words]
    together = json.loads(told("next", coffee, "--format", "json"))["together"]
    assert len(together) == 10


def test_record_notes_who_met_and_next_moves_on(coffee):
    first = pairs(coffee).iloc[0]
    words = told("record", coffee, "--all-met", 1, "--not-met", first["a"], first["b"])
    assert words.startswith("9 of 30 pairs met so far")
    assert pairs(coffee)["met"].tolist()[:2] == ["no", "yes"]
    assert told("next", coffee).startswith("Round 2\n")


def test_pairs_kept_apart_are_not_drawn_and_written_nowhere(people, tmp_path):
    """Every file and every word of every command, and what analyse writes, is read for a sign of the two."""
    file = tmp_path / "apart.csv"
    file.write_text("one,other\np07,p08\np03,p04\n", encoding="utf-8")
    folder = tmp_path / "quiet"
    said = [run("start", people, folder, "--rounds", 6, "--opt-in", "joins", "--vetoes", file, "--veto", "p01", "p02", "--seed", 1).output]
    said += [run("next", folder, "--round", r).output for r in range(1, 7)]
    said.append(run("next", folder, "--leave", "p20", "--vetoes", file, "--veto", "p01", "p02").output)
    CliRunner().invoke(cli, ["analyse", str(folder), "--out", str(tmp_path / "out"), "--effort", "quick"])
    shown = [said_in(p.name, p.read_bytes()) for p in (tmp_path / "out").iterdir()]
    assert len(shown) > 5
    assert not [one for one in ("p07", "p08", "p03", "p04") for words in shown if one in words]
    table = pairs(folder)
    forbidden = {("p07", "p08"), ("p03", "p04"), ("p01", "p02")}
    assert not forbidden & set(zip(table["a"], table["b"], strict=True))
    written = [p for p in tmp_path.rglob("*") if p.is_file() and p.name not in ("apart.csv", "people.csv") and p.suffix in (".csv", ".json", ".md")]
    assert len(written) > 3
    for text in [*said, *(p.read_text(encoding="utf-8") for p in written)]:
        for line in text.splitlines():
            if "; " in line or line.count("p0") > 3:  # the list of all who take part
                continue
            assert not [pair for pair in forbidden if pair[0] in line and pair[1] in line], line
        assert "veto" not in text.casefold()


def test_a_change_needs_the_vetoes_again(people, tmp_path):
    folder = tmp_path / "again"
    told("start", people, folder, "--rounds", 4, "--opt-in", "joins", "--veto", "p01", "p02", "--seed", 2)
    before = (folder / "introductions.csv").read_bytes()
    result = run("next", folder, "--leave", "p05")
    if result.exception is not None:
        assert "Give the pairs that are kept apart again" in str(result.exception)
        assert (folder / "introductions.csv").read_bytes() == before


def test_late_joiners_and_leavers_have_the_rest_drawn_anew(coffee):
    told("record", coffee, "--all-met", 1)
    held = pairs(coffee).iloc[:10]
    told("next", coffee, "--join", "p99=A Trust", "--leave", "p01", "--seed", 8)
    table = pairs(coffee)
    assert table.iloc[:10].equals(held)
    later = table.iloc[10:]
    assert "p99" in set(later["a"]) | set(later["b"])
    assert "p01" not in set(later["a"]) | set(later["b"])
    assert not table.duplicated(["a", "b"]).any()
    assert "p99" in (coffee / "people.csv").read_text(encoding="utf-8")


def test_an_odd_number_sits_out_or_makes_a_trio(people, tmp_path):
    told("start", people, tmp_path / "odd", "--rounds", 3)
    assert "Sits out: p" in told("next", tmp_path / "odd")
    told("start", people, tmp_path / "trio", "--rounds", 3, "--odd", "trio")
    assert "Sits out" not in told("next", tmp_path / "trio")
    assert any(len(t) == 3 for t in json.loads(told("next", tmp_path / "trio", "--format", "json"))["together"])


@pytest.mark.parametrize(
    ("find", "put", "line", "column", "fix"),
    [
        ("1,p01,", "1,p77,", 2, "a", "Correct it, or add it to the list"),
        (None, "2,p01,,,,,,", 32, "b", "Fill in b"),
        (",yes,yes,,", ",yes,yes,the second of May,", 2, "met", "Write yes, no"),
        (None, "1,p01,{b},yes,yes,,,", 32, "b", "Keep one of the rows"),
    ],
)  # fmt: skip
def test_a_file_edited_by_hand_is_checked_and_nothing_is_lost(coffee, find, put, line, column, fix):
    """A wrong id, half a row, a date in words, a pair twice: record refuses with the place and leaves the file as it is."""
    file = coffee / "introductions.csv"
    text = file.read_text(encoding="utf-8")
    partner = pairs(coffee).iloc[0]["b"]
    text = text.replace(find, put, 1) if find else text + put.replace("{b}", partner) + "\n"
    file.write_text(text, encoding="utf-8")
    result = run("record", coffee, "--all-met", 1)
    assert isinstance(result.exception, DataError)
    (problem,) = [p for p in result.exception.problems if p.line == line][:1]
    assert (problem.file, problem.column) == ("introductions.csv", column)
    assert fix in problem.fix
    assert file.read_text(encoding="utf-8") == text
    assert isinstance(run("report", coffee).exception, UsageError)


def answers(coffee, effect):
    """Who is in contact afterwards: one pair in ten, and of those drawn as many as `effect` says."""
    rng = random.Random(3)
    table = pairs(coffee)
    drawn = set(zip(table["a"], table["b"], strict=True))
    rows = ["organisation,partner"]
    ids = [f"p{i:02d}" for i in range(1, PEOPLE + 1)]
    for i, a in enumerate(ids):
        rows += [f"{a},{b}" for b in ids[i + 1 :] if rng.random() < (effect if (a, b) in drawn else 0.1)]
    file = coffee.parent / "afterwards.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(("effect", "clear"), [(0.6, True), (0.1, False)])
def test_report_tells_whether_it_helped(coffee, effect, clear):
    told("record", coffee, "--all-met", 1)
    words = told("record", coffee, "--ties", answers(coffee, effect))
    assert "of 190 pairs it is known" in words
    said = told("report", coffee)
    assert "of assigned pairs later reported a tie against" in said
    assert ("That is no clear difference" in said) != clear
    assert not [i for i in range(1, PEOPLE + 1) if f"p{i:02d}" in said]
    evidence = json.loads(run("report", coffee, "--format", "json").stdout)["evidence"]
    assert evidence["pairs_assigned"] == 30
    assert evidence["pairs_changed_by_hand"] == 0


def test_mistakes_say_what_to_type(people, coffee, tmp_path):
    for words, message in (
        (("next", tmp_path), "holds no rounds: begin with netmap rounds start"),
        (("start", people, coffee), "holds rounds already"),
        (("start", people, tmp_path / "x", "--by", "organistion"), "Did you mean organisation"),
        (("start", people, tmp_path / "x", "--rounds", 40), "40 are too many"),
        (("start", people, tmp_path / "x", "--veto", "p01", "p55"), "'p55' is not among those who take part"),
        (("record", coffee), "Say what to note"),
        (("record", coffee, "--met", "p1", "p02"), "'p1' does not take part. Did you mean"),
        (("record", coffee, "--all-met", "9"), "There is no round 9"),
        (("next", coffee, "--round", "9"), "There is no round 9"),
        (("report", coffee), "Nothing can be said yet"),
    ):
        result = run(*words)
        assert isinstance(result.exception, UsageError), words
        assert message in str(result.exception)


def test_organisations_with_ties_are_not_paired_with_their_partners(tmp_path):
    ties = tmp_path / "ties.csv"
    ties.write_text("organisation,partner\nAsh Council,Birch Trust\nCedar Library,Dell School\nElm Forum,Fir Group\n", encoding="utf-8")
    told("start", ties, tmp_path / "c", "--rounds", 4)
    table = pairs(tmp_path / "c")
    assert table[table["eligible"] == "no"].shape[0] == 3
    drawn = table[table["assigned"] == "yes"]
    assert not {("Ash Council", "Birch Trust"), ("Cedar Library", "Dell School")} & set(zip(drawn["a"], drawn["b"], strict=True))
