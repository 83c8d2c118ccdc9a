"""The pyvis map as text: one file, no requests, names as data, the same bytes for the same analysis."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from netmap.errors import NetmapError
from netmap.exporters import pyvis_map
from netmap.exporters.pyvis_map import LIMIT, drawing_of, pyvis_html
from tests.exporters.little import little_analysis


def data_of(page: str) -> dict:
    """What the page hands to its script."""
    held = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert held
    return json.loads(held.group(1))


def test_the_page_has_what_every_page_needs() -> None:
    """Language, encoding, title, one heading, a policy before any script, and no second document."""
    page = pyvis_html(little_analysis())
    assert page.startswith('<!doctype html>\n<html lang="en-GB" data-state="loading">\n<head>\n<meta charset="utf-8">')
    assert "<title>Devon partnerships: map</title>" in page
    assert len(re.findall(r"<h1\b", page)) == 1
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert page.count("<body>") == page.count("</html>") == 1
    assert "0 of 6 ties are the only path between parts." in page
    assert "6 organisations joined by partnerships." in page


def test_nothing_outside_the_file_is_named() -> None:
    """No element points at another file or host: no link, no source, no import, no map of the source."""
    page = pyvis_html(little_analysis())
    without_scripts = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"\bsrc\s*=|@import|url\(|https?:|//[a-z]", without_scripts)
    assert re.findall(r'href="([^"]*)"', without_scripts) == ["data:,", "#twin"]
    assert "jsdelivr" not in page
    assert "cdnjs" not in page
    assert "bootstrap" not in page.casefold()
    assert "sourceMappingURL" not in page


def test_the_policy_allows_exactly_the_two_scripts() -> None:
    """The hashes in the policy are those of the scripts, and nothing else may run or load."""
    page = pyvis_html(little_analysis())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    assert policy.group(1).replace("&#39;", "'") == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}' 'sha256-{hashes[1]}'; "
        "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_the_same_analysis_gives_the_same_bytes_and_is_not_changed() -> None:
    """Two runs agree to the byte, and the frames are as they were."""
    analysis = little_analysis()
    before = (analysis.nodes.copy(), analysis.ties.copy(), analysis.networks.copy())
    assert pyvis_html(analysis) == pyvis_html(analysis)
    for frame, copy in zip((analysis.nodes, analysis.ties, analysis.networks), before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_nothing_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pyvis copies a folder beside itself and opens files in the system's encoding; this page does neither."""
    monkeypatch.chdir(tmp_path)
    page = pyvis_html(little_analysis(title="Ŵ"))
    assert os.listdir(tmp_path) == []
    assert "Ŵ" in page


def test_ties_are_handed_over_in_bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    """pyvis's own way of adding a tie looks through all others; it is never used."""
    from pyvis.network import Network

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("one by one")

    for name in ("add_edge", "add_node", "add_nodes", "add_edges", "from_nx"):
        monkeypatch.setattr(Network, name, refuse)
    assert len(data_of(pyvis_html(little_analysis()))["edges"]) == 6


def test_a_pyvis_without_its_library_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another pyvis that brings vis-network in another way gives a sentence, not an empty page."""
    from pyvis.network import Network

    monkeypatch.setattr(Network, "generate_html", lambda self: "<script>other</script>")
    with pytest.raises(NetmapError, match="does not carry vis-network"):
        pyvis_html(little_analysis())


def test_names_are_data_only() -> None:
    """No character of a name can end a script or start an element, in the data, the table or the heading."""
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>&\u2028\u2029'\""
    page = pyvis_html(little_analysis(hostile=hostile))
    assert "<img" not in page
    assert "alert(1)</script>" not in page
    assert re.findall(r"<script\b[^>]*>", page.replace('"<script>', "")) == [
        '<script type="application/json" id="data">',
        "<script>",
        "<script>",
    ]
    raw = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert raw
    assert not set("<>&\u2028\u2029") & set(raw.group(1))
    assert data_of(page)["names"][0] == "Organisation 0" + hostile


def test_unseen_characters_are_taken_out_of_names() -> None:
    """Direction overrides and control characters cannot rewrite the words around a name."""
    page = pyvis_html(little_analysis(hostile="\u202egnp\u2066\x07\ufeff"))
    assert data_of(page)["names"][0] == "Organisation 0gnp"
    assert not set("\u202e\u2066\x07\ufeff") & set(page)
    page.encode("utf-8")


def test_parallel_ties_are_one_with_their_number() -> None:
    """Three rows of one pair, whichever way round, are one tie of three records; loops are not drawn."""
    ties = pd.DataFrame(
        {
            "source": ["o00000", "o00001", "o00000", "o00002", "o00002"],
            "target": ["o00001", "o00000", "o00001", "o00002", "elsewhere"],
            "kinds": [("learning",), ("funding", "learning"), None, None, None],
            "strength": [1.0, np.nan, np.float32(2.5), 1, 1],
            "bridge": [False, True, pd.NA, False, False],
        }
    )
    data = data_of(pyvis_html(little_analysis(ties=ties)))
    assert [(e["from"], e["to"]) for e in data["edges"]] == [(0, 1)]
    assert data["ties"] == [[0, 1, "learning, funding; strength 4.5; 3 records; the only link between two parts"]]
    assert data["bridges"] is True


def test_numpy_and_missing_values_are_accepted_everywhere() -> None:
    """numpy scalars, NA, NaN and None in any column become numbers, words or 'not defined'."""
    analysis = little_analysis()
    nodes = analysis.nodes.assign(
        id=[np.int64(i) for i in range(6)],
        name=[np.str_("a"), None, pd.NA, float("nan"), np.int64(7), 2.5],
        sector=[None, pd.NA, np.nan, "", "public", "social_enterprise"],
        networks=[None, "", "A; B", ["A"], ("A", None), np.nan],
        community=pd.array([0, None, 1, -1, 1, 0], dtype="Int64"),
        degree=pd.array([1, None, 3, 4, 5, 6], dtype="Int64"),
    )
    ties = pd.DataFrame(
        {"source": pd.Series([np.int64(0), 1.5], dtype=object), "target": ["1", 2], "strength": [pd.NA, None]}
    )
    data = data_of(pyvis_html(little_analysis(nodes=nodes, ties=ties)))
    assert data["names"] == ["a", "1", "2", "3", "7", "2.5"]
    assert [s["label"] for s in data["schemes"]] == ["Group", "Sector", "Network", "Type"]
    assert [c["label"] for c in data["schemes"][0]["categories"]] == ["Group 1", "Group 2", "in no group"]
    assert [(c["label"], c["count"]) for c in data["schemes"][1]["categories"]] == [
        ("public", 1),
        ("social enterprise", 1),
        ("not known", 4),
    ]
    assert [(c["label"], c["count"]) for c in data["schemes"][2]["categories"]] == [
        ("A", 2),
        ("more than one network", 1),
        ("in no group", 3),
    ]
    assert data["sizes"][0] == {"label": "Degree", "values": [1, None, 3, 4, 5, 6]}
    assert ["Degree", "not defined"] in data["facts"][1]
    assert [(e["from"], e["to"]) for e in data["edges"]] == [(0, 1)]
    assert [n["id"] for n in data["nodes"]] == [0, 1, 2, 3, 4, 5]


def test_more_than_eight_categories_leave_the_rest_grey() -> None:
    """The largest eight have colours; the others are one grey entry that says how many they are."""
    sector = [f"s{i}" for i in range(11)] * 2 + ["s0", "s1"]
    analysis = little_analysis(count=24)
    data = data_of(pyvis_html(little_analysis(24, nodes=analysis.nodes.assign(sector=sector))))
    scheme = next(s for s in data["schemes"] if s["label"] == "Sector")
    assert [(c["label"], c["count"]) for c in scheme["categories"][:3]] == [("s0", 3), ("s1", 3), ("s2", 2)]
    assert (scheme["categories"][8]["label"], scheme["categories"][8]["count"]) == ("3 others", 6)
    assert len({c["colour"] for c in scheme["categories"]}) == 9
    assert scheme["of"][8:11] == [8, 8, 8]


def test_rank_intervals_and_positions_are_not_sizes() -> None:
    """Only measures and counts are offered as sizes."""
    nodes = little_analysis().nodes.assign(degree_low=1.0, degree_high=[1, 2, 3, 4, 5, 6], lat=range(6), one=1.0)
    nodes["degree"] = range(6)
    labels = [label for label, _ in drawing_of(little_analysis(nodes=nodes)).sizes]
    assert labels == ["Degree"]


@pytest.mark.parametrize("missing", ["none", "some", "same"])
def test_nodes_without_positions_are_still_drawn_apart(missing: str) -> None:
    """Without positions nodes stand in a spiral; single lost ones stand below the rest."""
    nodes = little_analysis().nodes
    if missing == "none":
        nodes = nodes.drop(columns=["x", "y"])
    elif missing == "some":
        nodes = nodes.assign(x=nodes["x"].where(nodes.index > 1))
    else:
        nodes = nodes.assign(x=1.0, y=1.0)
    data = data_of(pyvis_html(little_analysis(nodes=nodes)))
    places = {(n["x"], n["y"]) for n in data["nodes"]}
    assert len(places) == 6
    if missing == "some":
        assert min(n["y"] for n in data["nodes"][:2]) > max(n["y"] for n in data["nodes"][2:])


def test_positions_in_degrees_are_brought_to_a_scale_that_can_be_drawn() -> None:
    """Given coordinates keep their shape whatever their unit."""
    nodes = little_analysis().nodes
    small = nodes.assign(x=nodes["x"] / 1e5, y=nodes["y"] / 1e5)
    z = [complex(n["x"], n["y"]) for n in data_of(pyvis_html(little_analysis(nodes=small)))["nodes"]]
    assert abs(z[0] - z[1]) == pytest.approx(60, abs=0.1)
    assert abs(z[0] - z[3]) == pytest.approx(120, abs=0.1)


def test_above_the_limit_groups_are_drawn_and_the_page_says_so() -> None:
    """501 organisations are shown as their two groups, with ties between them counted and every name searchable."""
    count = LIMIT + 1
    data = data_of(pyvis_html(little_analysis(count)))
    assert data["names"] == ["Group 1", "Group 2"]
    assert [len(m) for m in data["members"]] == [251, 250]
    assert data["ties"] == [[0, 1, "2 ties"]]
    assert data["facts"][0][:3] == [["Members", "251"], ["Ties within", "250"], ["Ties to others", "2"]]
    page = pyvis_html(little_analysis(count))
    assert "501 organisations are too many to draw one by one here (the limit is 500)" in page
    assert len(data_of(pyvis_html(little_analysis(LIMIT)))["names"]) == LIMIT


def test_large_networks_without_groups_or_with_very_many_are_drawn_too() -> None:
    """Networks or sectors stand in for communities, small groups are joined, and without any there is one circle."""
    nodes = little_analysis(600).nodes
    every = nodes.assign(community=range(600))
    assert len(drawing_of(little_analysis(600, nodes=every)).names) == 201
    assert drawing_of(little_analysis(600, nodes=every)).names[-1] == "400 small groups"
    by_network = nodes.drop(columns=["community"])
    assert drawing_of(little_analysis(600, nodes=by_network)).names == ("Schools", "in no network")
    by_sector = by_network.drop(columns=["networks"])
    assert drawing_of(little_analysis(600, nodes=by_sector)).names == ("public", "voluntary")
    bare = nodes[["id", "name"]]
    assert drawing_of(little_analysis(600, nodes=bare)).names == ("all",)


def test_people_shown_by_groups_and_empty_networks_have_a_page() -> None:
    """The words follow what the nodes are; a network of nobody says so."""
    assert "The picture shows 6 groups and 6 ties." in pyvis_html(little_analysis(node_word="group"))
    assert "The picture shows 6 people and 6 ties." in pyvis_html(little_analysis(node_word="person"))
    empty = little_analysis()
    page = pyvis_html(little_analysis(nodes=empty.nodes.iloc[:0], ties=empty.ties.iloc[:0], findings=()))
    assert "There is nothing to draw: the data hold no organisations." in page
    assert data_of(page)["nodes"] == []


def test_the_table_twin_holds_every_node_and_its_ties() -> None:
    """Readers without the picture have the same content as a table in the page itself."""
    page = pyvis_html(little_analysis())
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert table.count("<tr>") == 6
    assert '<th scope="row" dir="auto">Organisation 0</th>' in table
    assert "Organisation 1; Organisation 5</td>" in table
    assert (
        "The picture shows 6 organisations and 6 ties. Most ties: Organisation 0 (2), Organisation 1 (2), "
        "Organisation 2 (2). By group: Group 1 (3), Group 2 (3)." in page
    )


def test_the_page_script_never_reads_markup() -> None:
    """The page's own script has no door from data to markup or code."""
    script = (Path(pyvis_map.__file__).parent / "templates" / "pyvis_page.js").read_text(encoding="utf-8")
    for door in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(", 'setTimeout("'):
        assert door not in script
