"""The main job on real files: said what they were taken for, answered, and the same bytes whatever the order of rows."""

from __future__ import annotations

import csv
import io
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import netmap
from netmap.errors import DataError
from tests.shared import shared_data

DATA = Path(__file__).resolve().parents[1] / "data"
SAME = ("report.html", "report.md", "map.html", "findings.json", "organisations.csv", "ties.csv", "networks.csv")


def test_localgov_says_what_the_text_it_was_coded_from_carries():
    analysis = netmap.analyse(netmap.read(DATA / "localgov.csv"))
    f1, f2, f7 = (analysis.finding(i) for i in ("F1", "F2", "F7"))
    assert analysis.coverage["rows_read"] == analysis.coverage["rows_used"] == 22
    assert len(analysis.nodes) == 24
    assert len(analysis.ties) == 21
    assert "All 21 ties are the only path" in f1.headline
    assert "LocalGovDigital or Devon County Council" in f1.headline
    assert f1.certainty == "likely"
    assert (f2.evidence["optional"], f2.evidence["optional_without_support"], f2.evidence["hard_wired"]) == (16, 11, 5)
    assert "few rather than badly placed" in f2.headline
    assert (f7.evidence["joined"], f7.evidence["joined_through_one"]) == (2, 2)
    assert {k.id for k in analysis.locked} == {"F3", "F4", "F6", "F9", "F10", "F11", "F12", "F13"}


def test_the_made_up_set_unlocks_every_question():
    analysis = netmap.analyse(netmap.read(DATA / "estuary"), effort="quick")
    assert [f.id for f in analysis.findings] == ["F0", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F9", "F10", "F11", "F12", "F13"]
    assert analysis.locked == ()


@pytest.mark.parametrize(
    ("name", "shape", "nodes", "ties"),
    [
        ("classic/florentine/marriage.csv", "ties", 15, 20),
        ("interorg/chemnet", "ties", 30, 268),
        ("interorg/wales_partnerships", "two-mode", 72, 162),
        ("interorg/uk_council_partnerships/local-resilience-forum-to-local-authority.csv", "two-mode", 355, 317),
        ("classic/southern_women", "interlock", 14, 66),
    ],
)
def test_real_files_are_taken_for_what_they_are(name, shape, nodes, ties):
    network = netmap.read(shared_data(name))
    view = network.view()
    assert (network.shape, view.n, view.m) == (shape, nodes, ties)
    analysis = netmap.analyse(network, effort="quick")
    assert analysis.taken_as[0].startswith("Read ")
    assert analysis.findings


def test_attributed_influence_is_not_contact():
    network = netmap.read(shared_data("interorg/chemnet"))
    assert network.kinds["influence_attribution"] == "perception"
    assert "influence_attribution" not in network.current_kinds
    assert any("influence_attribution" in s for s in netmap.analyse(network, effort="quick").taken_as)


def test_people_of_dhhs_are_shown_in_groups_and_with_consent_by_name():
    network = netmap.read(shared_data("interorg/dhhs"))
    assert network.nodes_are == "people"
    assert netmap.analyse(network, effort="quick").node_word == "group"
    assert len(netmap.analyse(network, effort="quick", consent="named").nodes) == 54


def test_a_workbook_says_the_same_as_its_tables(tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    book = xlsxwriter.Workbook(tmp_path / "wales.xlsx")
    folder = shared_data("interorg/wales_partnerships")
    for path in sorted(folder.glob("*.csv")):
        sheet = book.add_worksheet(path.stem)
        with path.open(encoding="utf-8-sig", newline="") as file:
            for i, row in enumerate(csv.reader(file)):
                for j, cell in enumerate(row):
                    sheet.write(i, j, cell)
    book.close()
    one, two = netmap.read(tmp_path / "wales.xlsx"), netmap.read(folder)
    for name, frame in two.tables.frames.items():
        assert frame.equals(one.tables.frames[name]), name


LIKE_THE_FIRST = ("02", "03", "04", "08", "09", "11")


def test_awkward_files_give_the_same_organisations():
    folder = shared_data("messy/derived_encodings")
    files = {path.name[:2]: path for path in folder.iterdir()}
    first = netmap.read(files["01"]).organisations
    assert len(first) == 41
    for number in LIKE_THE_FIRST:
        assert first.equals(netmap.read(files[number]).organisations), number
    ragged = netmap.read(files["10"])
    assert ragged.organisations[["org_id", "name"]].equals(first[["org_id", "name"]])
    assert {p.code for p in ragged.problems} >= {"short-rows", "line-breaks"}
    named = netmap.read(files["07"], encoding="iso8859-14").organisations
    # That encoding has no curly apostrophe; the file was written with the straight one.
    assert named.equals(first.assign(name_cy=first["name_cy"].str.replace("’", "'")))
    for number, word in (("05", "lost"), ("06", "twice"), ("07", "Grðp")):
        network = netmap.read(files[number])
        assert len(network.organisations) == 41
        assert any(word in p.what and p.severity == "warning" for p in network.problems), number
    for number in ("12", "13"):
        with pytest.raises(DataError):
            netmap.read(files[number])
    for number in ("14", "15"):
        assert len(netmap.read(files[number]).organisations) == 6


def run(folder: Path, source: Path, **environment: str) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, "-m", "netmap", "analyse", str(source), "--out", str(folder), "--effort", "quick", "--quiet"],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment},
    )  # fmt: skip
    return {name: (folder / name).read_bytes() for name in SAME}


@pytest.mark.parametrize("name", ["localgov.csv", "estuary"])
def test_order_of_rows_hash_seed_and_threads_change_nothing(tmp_path, name):
    source = DATA / name
    copy = tmp_path / name
    files = [source] if source.is_file() else sorted(source.glob("*.csv"))
    if source.is_dir():
        copy.mkdir()
    for path in files:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        body = rows[1:]
        random.Random(4).shuffle(body)
        target = copy / path.name if source.is_dir() else copy
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([rows[0], *body])
    first = run(tmp_path / "one", source, PYTHONHASHSEED="1")
    second = run(tmp_path / "two", copy, PYTHONHASHSEED="2", OMP_NUM_THREADS="1", RAYON_NUM_THREADS="1")
    assert [n for n in SAME if first[n] != second[n]] == []
