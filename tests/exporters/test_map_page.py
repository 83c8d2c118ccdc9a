"""The map's file: the same bytes for the same content, everything that is shown and nothing that was removed."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import shutil
import subprocess
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import netmap
from netmap.errors import UsageError
from netmap.exporters.findings_json import findings_json
from netmap.exporters.map_page import map_html
from netmap.exporters.map_page.packing import Packer, unpack
from netmap.finding import Finding, Step
from netmap.network import Network
from tests.exporters.little import little_analysis
from tests.exporters.unpacked import content

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"
HOME = files("netmap.exporters.map_page")


def words_of(value: Any) -> list[str]:
    """Every text anywhere in the content."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [w for k, v in value.items() for w in (str(k), *words_of(v))]
    return [w for v in value for w in words_of(v)] if isinstance(value, list) else []


# -- packing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "kind"), [([0, 255], "u1"), ([0, 256], "u2"), ([65_535], "u2"), ([65_536, 1], "u4"), ([], "u1")]
)
def test_whole_numbers_take_the_narrowest_type(values: list[int], kind: str) -> None:
    packer = Packer()
    where = packer.whole(values)
    header, read = unpack(packer.bytes({"of": where}))
    assert where[0] == kind
    assert read(header["of"]).tolist() == values


def test_numbers_come_back_exactly_where_few_differ_and_to_seven_figures_otherwise() -> None:
    packer = Packer()
    few = [0.1, np.nan, 1 / 3, 0.1, -2.5]
    many = np.random.default_rng(3).random(20_000)
    header, read = unpack(packer.bytes({"few": packer.numbers(few), "many": packer.numbers(many)}))
    np.testing.assert_array_equal(read(header["few"]), few)
    np.testing.assert_allclose(read(header["many"]), many, rtol=1e-7)


def test_packed_bytes_name_neither_time_nor_machine() -> None:
    """The ten bytes of gzip's header are fixed, so that the same content is the same file anywhere."""
    packer = Packer()
    packer.whole(range(1000))
    packed = packer.bytes({"text": "Môn \u2028"})
    assert packed[:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
    assert unpack(packed)[0] == {"text": "Môn \u2028"}


# -- the file ----------------------------------------------------------------------------------------------------


def test_the_same_analysis_gives_the_same_bytes_and_is_not_changed() -> None:
    analysis = little_analysis(9)
    before = analysis.nodes.copy(), analysis.ties.copy()
    assert map_html(analysis) == map_html(analysis)
    pd.testing.assert_frame_equal(analysis.nodes, before[0])
    pd.testing.assert_frame_equal(analysis.ties, before[1])


def test_the_policy_lets_its_own_script_and_style_run_and_nothing_else() -> None:
    page = map_html(little_analysis())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    script, style = ((HOME / name).read_text("utf-8") for name in ("page.js", "page.css"))
    hashes = [base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in (script, style)]
    said = policy.group(1).replace("&#39;", "'")
    assert said == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert page.index("Content-Security-Policy") < page.index("<style")
    assert not re.search(r'(?:src|href)="|url\(|@import|https?://(?!www\.w3\.org/2000/svg)', page)


def test_script_and_style_are_small_and_read_no_markup() -> None:
    """At most 90 kB together, 30 kB packed; nothing is ever handed to the browser as markup or as code."""
    script, style = ((HOME / name).read_text("utf-8") for name in ("page.js", "page.css"))
    assert len((script + style).encode()) <= 90_000
    assert len(gzip.compress((script + style).encode())) <= 30_000
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|srcdoc", script)
    assert "</script" not in script.casefold()
    assert "<!--" not in script
    assert "</style" not in style.casefold()


def test_proposed_introductions_are_in_the_map_of_organisations_only() -> None:
    """Two positions and the reason; nothing where a pair is not shown, and never of people."""
    step = Step("Offer.", "Both", "Because.", "Nearer.", "likely", "F8", ("o00004", "o00001"))
    gone = replace(step, pair=("o00001", "hidden"))
    finding = Finding(id="F8", question="Who?", headline="These.", certainty="likely", steps=(step, gone))
    told = replace(little_analysis(6), findings=(finding,))
    assert content(map_html(told))[0]["proposed"] == [[4, 1, "likely: Nearer. Because."]]
    assert "proposed" not in content(map_html(replace(told, node_word="person")))[0]
    assert "proposed" not in content(map_html(little_analysis(6)))[0]


def test_names_stay_text() -> None:
    hostile = "</script><img src=x onerror=hit()><!--<script>{{ 7*7 }}"
    page = map_html(little_analysis(hostile=hostile))
    assert "<img" not in page
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    assert "{{ 7*7 }}" in page
    header, _ = content(page)
    assert header["names"][2] == f"Organisation 2{hostile}"


def test_everything_of_a_little_network_is_there() -> None:
    header, read = content(map_html(little_analysis(6), report="report.html"))
    assert header["sentence"].startswith("6 organisations and 6 ties between them.")
    ends = list(zip(np.cumsum(read(header["ties"]["from"])).tolist(), read(header["ties"]["to"]).tolist(), strict=True))
    assert ends == [(0, 1), (0, 5), (1, 2), (2, 3), (3, 4), (4, 5)]
    assert header["ties"]["kinds"] == ["funding", "learning"]
    degree = next(c for c in header["numbers"] if c["key"] == "degree")
    assert read(degree).tolist() == [2.0] * 6
    assert [s["key"] for s in header["schemes"]] == ["community", "sector", "networks", "type"]
    assert [f["id"] for f in header["findings"]] == ["F1", "F0"]
    assert header["report"] == "report.html"


def test_how_sure_a_group_is_and_what_is_left_out_are_told() -> None:
    analysis = little_analysis(4)
    nodes = analysis.nodes.assign(group_certainty=[1.0, 0.254, -0.5, np.nan])
    gone = pd.DataFrame({"what": ["ties", "organisations", "ties"], "count": [4, 1, 3], "reason": ["a", "b", "c"]})
    header, read = content(map_html(replace(analysis, nodes=nodes, suppressed=gone)))
    assert read(header["sure"]).tolist() == [101, 26, 1, 0]
    assert "group_certainty" not in [c["key"] for c in header["numbers"]]
    assert header["sentence"].endswith("Counted in the findings but not shown: 1 organisation and 7 ties.")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_networks_have_a_file(count: int) -> None:
    header, _ = content(map_html(little_analysis(count)))
    assert len(header["names"]) == count


def test_positions_keep_their_proportions() -> None:
    nodes = little_analysis(4).nodes.assign(x=[0.0, 300.0, 0.0, 60.0], y=[0.0, 0.0, 100.0, 60.0])
    header, read = content(map_html(little_analysis(4, nodes=nodes)))
    x, y = (read(header["places"][c]) * header["places"]["step"] for c in "xy")
    np.testing.assert_allclose([x[1] - x[0], y[2] - y[0]], [300, 100], rtol=1e-4)


def test_places_of_any_unit_are_drawn_at_one_scale() -> None:
    """Metres of a grid and degrees of a globe give the same map; who has no place stands below."""
    from netmap.exporters.map_page.places import places

    frame = pd.DataFrame({"x": [0.0, 1.0, 0.0, np.nan], "y": [0.0, 0.0, 2.0, np.nan]})
    metres = frame * 90_000
    np.testing.assert_allclose(places(frame), places(metres))
    assert places(frame)[3, 1] == places(frame)[:3, 1].max() + 120
    assert np.isfinite(places(pd.DataFrame({"id": ["a", "b", "c"]}))).all()
    assert places(pd.DataFrame({"x": [], "y": []})).shape == (0, 2)


def test_nobody_is_pointed_at_where_nodes_are_people() -> None:
    """Who parts the others, and whom a finding names, is shown of organisations only."""
    nodes = little_analysis(6).nodes.assign(share_lost=0.5)
    ties = little_analysis(6).ties.assign(bridge=True, share_lost=0.5)
    findings = tuple(f.__class__(**{**f.__dict__, "nodes": (nodes["id"][0],)}) for f in little_analysis(6).findings)
    known, _ = content(map_html(little_analysis(6, nodes=nodes, ties=ties, findings=findings)))
    people, _ = content(map_html(little_analysis(6, nodes=nodes, ties=ties, findings=findings, node_word="person")))
    assert "rests" in known
    assert known["findings"][0]["nodes"] == [0]
    assert "rests" not in people
    assert not {"bridge", "rests"} & set(people["ties"])
    assert people["findings"][0]["nodes"] == []


# -- real data ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def estuary() -> Any:
    return netmap.read(ROOT / "data" / "estuary")


@pytest.mark.parametrize("audience", ["public", "coordinator"])
def test_a_removed_fact_is_in_no_byte(estuary: Any, audience: str) -> None:
    """Names that the audience may not see are nowhere in the unpacked content, in any form."""
    shown = netmap.analyse(estuary, effort="quick", audience=audience)
    header, _ = content(map_html(shown))
    text = "\n".join(words_of(header)).casefold()
    frame = estuary.organisations
    hidden = frame[~frame["publish"].fillna(True).astype(bool)]
    assert len(hidden) >= 1
    # Ids are short words; whole words of the content are compared.
    held = set(re.split(r"[^\w-]+", text))
    for key, name in zip(hidden["org_id"], hidden["name"], strict=True):
        assert str(name).casefold() not in text
        assert str(key).casefold() not in held
    for name in filter(None, estuary.people["name"]):
        assert str(name).casefold() not in text
    assert not {str(p).casefold() for p in estuary.people["person_id"]} & held
    assert len(header["names"]) == len(shown.nodes) < estuary.view().n


def test_the_numbers_of_the_map_are_those_of_findings_and_tables(estuary: Any) -> None:
    import json

    analysis = netmap.analyse(estuary, effort="quick")
    header, read = content(map_html(analysis))
    told = {f["id"]: f for f in json.loads(findings_json(analysis))["findings"]}
    for finding in header["findings"]:
        assert finding["headline"] == told[finding["id"]]["headline"]
        assert finding["certainty"] == told[finding["id"]]["certainty"]
    for column in header["numbers"]:
        np.testing.assert_allclose(read(column), analysis.nodes[column["key"]].to_numpy(dtype=float), rtol=1e-6)
    assert int(read(header["ties"]["bridge"]).sum()) == int(analysis.ties["bridge"].sum())
    np.testing.assert_array_equal(read(header["rests"]), analysis.nodes["share_lost"])
    members = np.bincount(read(header["networks"]["belongs"]["of"]), minlength=len(header["networks"]["names"]))
    shown = [sum(n in row for row in analysis.nodes["networks"]) for n in header["networks"]["names"]]
    assert members.tolist() == shown
    assert header["networks"]["sizes"] == analysis.networks["members"].tolist()
    sector = next(s for s in header["schemes"] if s["key"] == "sector")
    assert {c["label"]: c["count"] for c in sector["categories"]} == {
        k.replace("_", " "): v for k, v in analysis.nodes["sector"].value_counts().items()
    }


@pytest.mark.parametrize(("renderer", "holds"), [("netmap", 'id="data"'), ("pyvis", "vis-network")])
def test_the_command_draws_with_either(tmp_path: Path, renderer: str, holds: str) -> None:
    """netmap map draws with its own page by default, and with pyvis where it is asked to."""
    from netmap.cli import main

    words = ["map", str(ROOT / "data" / "localgov.csv"), "--effort", "quick", "--quiet"]
    assert main([*words, "--out", str(tmp_path / "a.html"), "--renderer", renderer]) == 0
    assert holds in (tmp_path / "a.html").read_text(encoding="utf-8")
    if renderer == "netmap":
        assert main([*words, "--out", str(tmp_path / "b.html")]) == 0
        assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_beside_a_report_the_map_links_back_and_alone_it_does_not(tmp_path: Path) -> None:
    from netmap.cli import main

    words = [str(ROOT / "data" / "localgov.csv"), "--effort", "quick", "--quiet", "--out", str(tmp_path / "out")]
    assert main(["analyse", *words]) == 0
    whole = (tmp_path / "out" / "map.html").read_text(encoding="utf-8")
    assert content(whole)[0]["report"] == "report.html"
    assert main(["map", *words]) == 0
    assert (tmp_path / "out" / "map.html").read_text(encoding="utf-8") == whole
    assert main(["map", *words[:-1], str(tmp_path / "alone.html")]) == 0
    assert content((tmp_path / "alone.html").read_text(encoding="utf-8"))[0]["report"] is None


def test_a_notebook_shows_the_same_page_in_a_frame(estuary: Any) -> None:
    """The frame may run the page's script and save files; it can reach nothing around it."""
    analysis = netmap.analyse(estuary, effort="quick")
    frame = analysis.map(height=500)
    assert frame.html == map_html(analysis)
    shown = frame._repr_html_()
    assert 'sandbox="allow-scripts allow-downloads allow-modals"' in shown
    assert "height:500px" in shown
    assert "<script" not in shown
    assert estuary.map(height=500)._repr_html_() == shown
    with pytest.raises(UsageError, match="netmap.analyse"):
        Network(estuary.tables).map()


# -- the page's own source ---------------------------------------------------------------------------------------


def test_sources_stay_small_and_the_lock_names_no_place() -> None:
    for path in (WEB / "src").iterdir():
        assert len(path.read_text("utf-8").splitlines()) <= 400, path.name
    lock = (WEB / "package-lock.json").read_text("utf-8")
    assert not re.findall(r'"resolved"|https?://(?!opencollective|github\.com/sponsors)', lock)


def node_modules() -> str:
    """The path of Node, or a skip with the reason."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    if not (WEB / "node_modules" / "esbuild").is_dir():
        pytest.skip("the page's build tools are not installed: cd web && npm ci")
    return node


def test_the_committed_page_is_what_its_source_builds(tmp_path: Path) -> None:
    subprocess.run([node_modules(), str(WEB / "build.mjs"), str(tmp_path)], check=True)
    for name in ("page.js", "page.css", "strings.en.json"):
        assert (tmp_path / name).read_bytes() == (HOME / name).read_bytes(), f"{name}: cd web && npm run build"


def test_the_source_passes_the_strict_type_checker() -> None:
    node = node_modules()
    tsc = WEB / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run([node, str(tsc), "--noEmit", "-p", str(WEB)], capture_output=True, encoding="utf-8", check=False)
    assert done.stdout == ""


def test_the_source_passes_its_own_tests() -> None:
    done = subprocess.run([node_modules(), str(WEB / "test.mjs")], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
