"""Files for other programs: every name and value comes back, whatever it holds."""

from __future__ import annotations

import datetime
import io
import json
from itertools import pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from netmap.errors import OutputError, UsageError
from netmap.exporters.graph_files import convert, gexf_bytes, graph_of, graphml_bytes, node_link_bytes

HOSTILE = [
    "plain",
    "Ynys Môn",
    "ŷ",
    "日本",
    "مرحبا",
    "a & b",
    "<tag>",
    "</node>",
    'quote "x"',
    "it's",
    "tab\tin",
    "line\nbreak",
    "]]>",
    "&amp;",
    "&#0;",
    "\U0001f600",
    "=1+1",
    "a;b",
    " lead",
]
BROKEN = ["nul\0in", "bell\x07in", "esc\x1bin", "lone\ud800surrogate", "\ufffe"]


def readers():  # type: ignore[no-untyped-def]
    """Each writer with networkx's own reader."""
    return [
        (graphml_bytes, lambda data: nx.read_graphml(io.BytesIO(data))),
        (gexf_bytes, lambda data: nx.read_gexf(io.BytesIO(data))),
        (node_link_bytes, lambda data: nx.node_link_graph(json.loads(data), edges="edges")),
    ]


@pytest.mark.parametrize(("write", "read"), readers())
def test_hostile_names_come_back(write, read) -> None:  # type: ignore[no-untyped-def]
    """Names with markup, quotes, breaks and other scripts survive as ids and as values."""
    graph = nx.Graph()
    for name in HOSTILE:
        graph.add_node(name, name=name)
    graph.add_edges_from(pairwise(HOSTILE), kind="<b>")
    back = read(write(graph))
    assert set(back) == set(HOSTILE)
    assert {frozenset(e) for e in back.edges} == {frozenset(e) for e in graph.edges}
    values = {node: data.get("name", data.get("label")) for node, data in back.nodes(data=True)}
    assert values == {name: name for name in HOSTILE}
    assert {data["kind"] for *_, data in back.edges(data=True)} == {"<b>"}


@pytest.mark.parametrize(("write", "read"), readers())
def test_characters_no_reader_accepts_are_taken_out(write, read) -> None:  # type: ignore[no-untyped-def]
    """The file can always be read again, and nodes stay apart."""
    graph = nx.path_graph(len(BROKEN))
    graph = nx.relabel_nodes(graph, dict(enumerate(BROKEN)))
    nx.set_node_attributes(graph, {name: name for name in BROKEN}, "note")
    back = read(write(graph))
    assert back.number_of_nodes() == len(BROKEN)
    assert "nulin" in back
    assert "lonesurrogate" in back


@pytest.mark.parametrize(("write", "read"), readers())
def test_values_of_every_type_come_back_plain(write, read) -> None:  # type: ignore[no-untyped-def]
    """numpy, pandas, dates, lists and missing values become numbers, text or nothing."""
    graph = nx.Graph()
    graph.add_node(
        np.int64(1),
        count=np.int64(3),
        share=np.float64(0.1),
        flag=np.bool_(True),
        day=datetime.date(2014, 3, 31),
        stamp=pd.Timestamp("2014-03-31"),
        tags=("a", "b"),
        none=None,
        na=pd.NA,
        nat=pd.NaT,
        nan=float("nan"),
        inf=float("inf"),
        huge=2**70,
        nested={"a": [1]},
        mixed=1,
    )
    graph.add_node(2, mixed="two", count=2.5)
    graph.add_edge(np.int64(1), 2, weight=np.float32(0.5), kind="learning")
    data = dict(read(write(graph)).nodes["1"])
    for key in ("label", "viz"):
        data.pop(key, None)
    nested = data.pop("nested")
    assert json.loads(nested) == {"a": [1]}
    assert data == {
        "count": 3.0,
        "share": 0.1,
        "flag": True,
        "day": "2014-03-31",
        "stamp": "2014-03-31",
        "tags": "a; b",
        "huge": str(2**70),
        "mixed": "1",
    }
    assert read(write(graph)).edges["1", "2"]["weight"] == 0.5


def test_the_callers_graph_is_not_changed() -> None:
    """Cleaning works on a copy."""
    graph = nx.Graph([("a", "b", {"type": "x", "w": np.int64(1)})])
    graph.nodes["a"]["start"] = "2014"
    before = nx.node_link_data(graph, edges="edges")
    for write, _ in readers():
        write(graph)
    assert nx.node_link_data(graph, edges="edges") == before


@pytest.mark.parametrize(("write", "read"), readers())
def test_names_the_gexf_writer_reserves_are_kept(write, read) -> None:  # type: ignore[no-untyped-def]
    """A tie with a type, a start or an id of its own keeps them."""
    graph = nx.Graph([("a", "b", {"type": "statutory", "start": "2014", "id": "t1", "key": "k"})])
    graph.add_node("a", id="own", label="lab", start="2001", viz="v", pid="p")
    values = {str(v) for v in read(write(graph)).edges["a", "b"].values()}
    assert {"statutory", "2014", "t1", "k"} <= values
    assert {"own", "lab", "2001", "v", "p"} <= {str(v) for v in read(write(graph)).nodes["a"].values()}


@pytest.mark.parametrize(("write", "read"), readers())
@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_direction_and_parallel_ties_are_kept(write, read, kind) -> None:  # type: ignore[no-untyped-def]
    """The kind of graph survives, empty networks included."""
    graph = kind([("a", "b"), ("b", "a"), ("b", "b")])
    back = read(write(graph))
    assert back.is_directed() == graph.is_directed()
    assert back.number_of_edges() == graph.number_of_edges()
    assert read(write(kind())).number_of_nodes() == 0


def test_the_same_network_gives_the_same_bytes() -> None:
    """No date, no counter and no order of hashing gets into a file."""
    graph = nx.karate_club_graph()
    for write, _ in readers():
        assert write(graph) == write(graph.copy())
    assert b"lastmodifieddate" not in gexf_bytes(graph)


def test_ids_that_become_equal_stay_apart() -> None:
    """1 and "1", and names that differ only in what XML cannot hold, remain different nodes."""
    graph = nx.Graph([(1, "1"), ("a\0", "a")])
    assert sorted(graph_of(graph)) == ["1", "1 (2)", "a", "a (2)"]
    assert graph_of(graph).number_of_edges() == 2


def frames() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Three organisations, one without ties, and two kinds of tie on one pair."""
    nodes = pd.DataFrame({"org_id": ["a", "b", "c"], "name": ["A", "=B", "C"], "x": [0.0, 1.0, np.nan], "y": 2.0})
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "kind": ["learning", "funding"]})
    return nodes, ties


def test_tables_become_a_graph_with_parallel_ties() -> None:
    """Rows of one pair are kept as parallel ties; isolates are there."""
    graph = graph_of(frames())
    assert sorted(graph) == ["a", "b", "c"]
    assert graph.is_multigraph()
    assert not graph.is_directed()
    assert sorted(data["kind"] for *_, data in graph.edges(data=True)) == ["funding", "learning"]
    nodes, ties = frames()
    assert graph_of((nodes, ties.assign(directed=True))).is_directed()


def test_gexf_holds_positions_where_there_are_any() -> None:
    """Gephi opens the network as netmap drew it."""
    text = gexf_bytes(frames()).decode()
    assert '<viz:position x="1.0" y="-2.0" z="0.0" />' in text
    assert text.count("viz:position") == 2


@pytest.mark.parametrize("name", ["a.graphml", "a.GEXF", "a.json", "a.csv", "a.xlsx", "a.parquet"])
def test_convert_writes_by_the_ending_and_never_over_a_file(tmp_path: Path, name: str) -> None:
    """Each ending gives its file; a second time needs force."""
    written = convert(frames(), tmp_path / name)
    assert written[0] == str(tmp_path / name)
    assert all(Path(path).stat().st_size > 0 for path in written)
    assert len(list(tmp_path.iterdir())) == len(written)
    with pytest.raises(OutputError):
        convert(frames(), tmp_path / name)
    convert(frames(), tmp_path / name, force=True)


def test_csv_is_the_single_file_netmap_reads(tmp_path: Path) -> None:
    """Ties first, then organisations without ties with a blank partner."""
    convert(frames(), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"organisation,partner,kind\r\na,b,learning\r\nb,a,funding\r\nc,,\r\n"


def test_a_name_without_ending_is_a_folder_of_tables(tmp_path: Path) -> None:
    """The folder holds one CSV a table under the names netmap reads."""
    convert(frames(), tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "manifest.json",
        "organisations.csv",
        "partnerships.csv",
    ]
    assert (tmp_path / "out" / "organisations.csv").read_text().splitlines()[2] == "b,'=B,1,2"
    convert(frames(), tmp_path / "out", tables={"values": frames()[0]})
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["manifest.json", "values.csv"]


def test_parquet_holds_ties_and_nodes_beside_them(tmp_path: Path) -> None:
    """Two files, types kept."""
    pytest.importorskip("pyarrow")
    ties, nodes = convert(nx.Graph([("a", "b", {"weight": 2})]), tmp_path / "a.parquet")
    assert nodes == str(tmp_path / "a-nodes.parquet")
    assert pd.read_parquet(ties).to_dict("list") == {"source": ["a"], "target": ["b"], "weight": [2]}
    assert pd.read_parquet(nodes).to_dict("list") == {"id": ["a", "b"]}


@pytest.mark.parametrize(("name", "hint"), [("a.graphm", " Did you mean .graphml?"), ("a.pptx", "")])
def test_an_unknown_ending_names_the_nearest(tmp_path: Path, name: str, hint: str) -> None:
    """The error says what is possible."""
    ending = name[1:]
    with pytest.raises(UsageError) as caught:
        convert(frames(), tmp_path / name)
    expected = (
        f"'{name}' ends in {ending}, which netmap does not write.{hint} It writes .graphml, .gexf, .json, .csv, .xlsx, "
        ".parquet, or a folder of CSV tables for a name without an ending."
    )
    assert str(caught.value) == expected
    assert list(tmp_path.iterdir()) == []
