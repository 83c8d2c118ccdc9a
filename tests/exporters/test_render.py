"""A whole result: which files there are, and that the manifest tells them apart."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from netmap.exporters import render_all, write_all
from tests.exporters.little import little_analysis

NAMES = [
    "report.html",
    "report.md",
    "map.html",
    "findings.json",
    "organisations.csv",
    "ties.csv",
    "networks.csv",
    "ledger.csv",
    "suppressed.csv",
    "manifest.json",
]


@pytest.fixture(autouse=True)
def plain_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of one word, so that these tests are about the set of files."""
    report = ModuleType("netmap.exporters.report")
    report.report_html = lambda analysis: f"<p>{analysis.title}"  # type: ignore[attr-defined]
    report.report_markdown = lambda analysis: analysis.title  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "netmap.exporters.report", report)


def test_a_result_has_the_promised_files_and_people_only_where_allowed() -> None:
    """The names are those of the interface, the manifest last."""
    assert list(render_all(little_analysis())) == NAMES
    people = pd.DataFrame({"id": ["p1"], "name": ["P001"]})
    assert set(render_all(little_analysis(people=people))) == {*NAMES, "people.csv"}


def test_the_same_analysis_gives_the_same_bytes() -> None:
    """Two renderings agree in every file."""
    assert render_all(little_analysis(hostile="Ŵ")) == render_all(little_analysis(hostile="Ŵ"))


def test_written_files_are_those_the_manifest_lists(tmp_path: Path) -> None:
    """Every file on disk has the hash the manifest gives, and a second run needs no force."""
    assert write_all(little_analysis(), tmp_path / "out") == NAMES
    assert write_all(little_analysis(title="Again"), tmp_path / "out") == NAMES
    listed = json.loads((tmp_path / "out" / "manifest.json").read_text())["files"]
    on_disk = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (tmp_path / "out").iterdir()}
    del on_disk["manifest.json"]
    assert listed == on_disk
    assert (tmp_path / "out" / "report.md").read_text() == "Again"


def test_people_of_an_earlier_result_are_gone_when_no_longer_allowed(tmp_path: Path) -> None:
    """Narrowing the audience removes the file that held people."""
    people = pd.DataFrame({"id": ["p1"], "name": ["P001"]})
    write_all(little_analysis(people=people), tmp_path / "out")
    assert (tmp_path / "out" / "people.csv").exists()
    write_all(little_analysis(), tmp_path / "out")
    assert not (tmp_path / "out" / "people.csv").exists()
