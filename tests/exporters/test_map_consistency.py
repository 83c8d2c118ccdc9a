"""The map against what is written beside it: every count, group and number is that of findings.json and the tables."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import netmap
from netmap.exporters.map_page import map_html
from tests.exporters.unpacked import content

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module", params=["estuary", "localgov.csv"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The files of one analysis as they were written, and the content of its map."""
    out = tmp_path_factory.mktemp("out")
    netmap.analyse(netmap.read(DATA / request.param), effort="quick").write(out, force=True)
    header, read = content((out / "map.html").read_text(encoding="utf-8"))
    told = json.loads((out / "findings.json").read_text(encoding="utf-8"))["findings"]
    tables = {f.stem: pd.read_csv(f, dtype=str, keep_default_na=False, encoding="utf-8-sig") for f in out.rglob("*.csv")}
    return header, read, told, tables


def test_counts_and_sentences_are_those_of_the_files(written: Any) -> None:
    header, _, told, tables = written
    assert header["sentence"].startswith(f"{len(tables['organisations'])} organisations and {len(tables['ties'])} ties")
    assert header["names"] == tables["organisations"]["name"].tolist()
    assert header["ties"]["count"] == len(tables["ties"])
    said = {f["id"]: f for f in told}
    assert {f["id"] for f in header["findings"]} == set(said)
    for finding in header["findings"]:
        assert (finding["headline"], finding["certainty"]) == tuple(said[finding["id"]][k] for k in ("headline", "certainty"))


def test_groups_and_networks_have_the_members_of_the_tables(written: Any) -> None:
    header, read, _, tables = written
    nodes = tables["organisations"]
    group = next(s for s in header["schemes"] if s["key"] == "community")
    shown = Counter(read(group["of"]).tolist())
    sizes = nodes["community"].replace("", np.nan).value_counts()
    # A group of one is no group: it has no colour of its own.
    sizes = sizes[sizes > 1]
    assert sorted(c["count"] for c in group["categories"] if c["role"] == "named") == sorted(sizes.tolist()[:8])
    assert all(shown[i] == c["count"] for i, c in enumerate(group["categories"]))
    # Who is drawn in one colour is of one group in the table.
    pairs = set(zip(read(group["of"]).tolist(), nodes["community"], strict=True))
    named = {i for i, c in enumerate(group["categories"]) if c["role"] == "named"}
    assert len({g for i, g in pairs if i in named}) == len([p for p in pairs if p[0] in named]) == len(named)
    if header["networks"]:
        sizes_told = [float(v) for v in tables["networks"]["members"]]
        assert header["networks"]["sizes"] == sizes_told
        assert header["networks"]["names"] == tables["networks"]["name"].tolist()


def test_numbers_are_those_of_the_tables(written: Any) -> None:
    header, read, _, tables = written
    assert len(header["numbers"]) >= 3
    for column in header["numbers"]:
        table = pd.to_numeric(tables["organisations"][column["key"]]).to_numpy(dtype=float)
        np.testing.assert_allclose(read(column), table, rtol=1e-6, err_msg=column["key"])
    ends = np.column_stack([np.cumsum(read(header["ties"]["from"])), read(header["ties"]["to"])])
    place = {node: i for i, node in enumerate(tables["organisations"]["id"])}
    ties = {tuple(sorted((place[a], place[b]))) for a, b in zip(tables["ties"]["source"], tables["ties"]["target"], strict=True)}
    assert {tuple(sorted(pair)) for pair in ends.tolist()} == ties
    bridges = tables["ties"]["bridge"].str.casefold().isin(["true", "yes", "1"]).sum()
    assert int(read(header["ties"]["bridge"]).sum()) == bridges


def test_ties_that_disclosure_removes_are_in_no_map() -> None:
    """Ties that are confidential, and those of organisations that are not shown, are not among the lines of any audience."""
    net = netmap.read(DATA / "estuary")
    kept = net.partnerships
    secret = kept[kept["confidential"].fillna(False).astype(bool)]
    assert len(secret) >= 1
    pairs, hidden = ({frozenset(p) for p in zip(f["source"], f["target"], strict=True)} for f in (kept, secret))
    for audience in ("public", "coordinator"):
        shown = netmap.analyse(net, effort="quick", audience=audience)
        header, read = content(map_html(shown))
        ids = header["ids"] or header["names"]
        ends = zip(np.cumsum(read(header["ties"]["from"])).tolist(), read(header["ties"]["to"]).tolist(), strict=True)
        drawn = {frozenset((ids[a], ids[b])) for a, b in ends}
        assert drawn
        assert drawn <= pairs - hidden


def test_places_in_the_input_are_the_places_on_the_map(tmp_path: Path) -> None:
    """Columns map_x and map_y decide; who has none stands between those it is tied to."""
    (tmp_path / "ties.csv").write_text("organisation,partner\nAsh,Birch\nBirch,Cedar\nCedar,Dogwood\nAsh,Cedar\n")
    (tmp_path / "organisations.csv").write_text("name,map_x,map_y\nAsh,0,0\nBirch,400,0\nCedar,0,300\nDogwood,,\n")
    nodes = netmap.analyse(netmap.read(tmp_path), effort="quick").nodes.set_index("name")
    for name, x, y in (("Ash", 0, 0), ("Birch", 400, 0), ("Cedar", 0, 300)):
        assert (nodes.loc[name, "x"], nodes.loc[name, "y"]) == (x, y)
    assert nodes.loc["Dogwood", ["x", "y"]].notna().all()
