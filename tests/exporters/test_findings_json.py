"""findings.json and manifest.json: the structure programs rely on."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

from netmap import exporters
from netmap.errors import NetmapError
from netmap.exporters.findings_json import findings_json, manifest_json, to_json
from netmap.finding import Finding, mention
from tests.exporters.little import little_analysis


def test_findings_have_exactly_the_promised_keys() -> None:
    """The document is what the interface says, in that order."""
    held = json.loads(findings_json(little_analysis()))
    assert list(held) == ["netmap", "seed", "audience", "data", "findings", "locked"]
    assert held["netmap"] == "0.1"
    assert held["seed"] == 0
    assert held["audience"] == "coordinator"
    assert held["data"] == {"answered": None, "organisations": 6}
    assert held["findings"][0]["chance"] is None
    assert held["findings"][1] == {
        "id": "F1",
        "question": "Where does the network depend on one link?",
        "headline": "0 of 6 ties are the only path between parts.",
        "evidence": {"bridges": 0, "share": None, "ties": 6},
        "chance": {
            "null": "same degrees, random ties",
            "expected": 1.5,
            "p": 0.04,
            "draws": 200,
            "interval": [0.0, 3.0],
        },
        "certainty": "solid",
        "why_certain": "Holds in 190 of 200 perturbed networks.",
        "next_step": "Ask whether a second contact exists.",
        "care": "A bridge is often a strength.",
        "table": [{"organisation": "Organisation 0", "share lost": 0.25}],
    }
    assert held["locked"] == [
        {
            "id": "F4",
            "needs": ["organisation.values"],
            "question": "Do partners share values?",
            "why": "no values",
        }
    ]


def test_numbers_that_are_not_numbers_are_null() -> None:
    """NaN, infinity and missing become null; numpy becomes plain; text stays as written."""
    value = {"a": float("nan"), "b": np.inf, "c": np.array([1.5, np.nan]), "d": {"y", "x"}, "e": -0.0, "f": "Môn"}
    expected = '{"a": null, "b": null, "c": [1.5, null], "d": ["x", "y"], "e": 0.0, "f": "Môn"}'
    written = to_json(value).decode()
    assert (
        " ".join(written.split()).replace("{ ", "{").replace(" }", "}").replace("[ ", "[").replace(" ]", "]")
        == expected
    )
    assert written.endswith("}\n")


def test_the_manifest_names_every_file_with_its_hash() -> None:
    """A mixed set of files can be told by the hashes; the record of the run is there with its keys in order."""
    held = json.loads(manifest_json(little_analysis(), {"b.csv": b"x", "a.csv": b"", "manifest.json": b"old"}))
    assert list(held) == ["netmap", "audience", "seed", "settings", "files"]
    assert held["files"] == {"a.csv": hashlib.sha256(b"").hexdigest(), "b.csv": hashlib.sha256(b"x").hexdigest()}


def test_an_analysis_that_has_not_passed_disclosure_is_refused() -> None:
    """A sentence that still marks a node can reach no file."""
    finding = Finding(id="F1", question="q", headline="h", table=({"organisation": mention("secret")},))
    with pytest.raises(NetmapError, match="Only an analysis that has passed disclosure can be exported"):
        exporters.render_all(little_analysis(findings=(finding,)))
