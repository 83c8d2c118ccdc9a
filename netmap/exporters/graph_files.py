"""Networks as files other programs read: GraphML, GEXF, node-link JSON, CSV, Excel and Parquet."""

from __future__ import annotations

import io
import json
import math
import re
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ..errors import UsageError, nearest
from .files import MANIFEST, refuse_existing, write_file, write_folder
from .findings_json import hashes, to_json
from .tables import csv_bytes, parquet_bytes, plain, xlsx_bytes

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    Source: TypeAlias = nx.Graph | tuple[pd.DataFrame, pd.DataFrame]

__all__ = ["ENDINGS", "convert", "gexf_bytes", "graph_of", "graphml_bytes", "node_link_bytes"]

ENDINGS = (".graphml", ".gexf", ".json", ".csv", ".xlsx", ".parquet")
"""What `convert` writes by the ending of the name; a name without ending is a folder of CSV tables."""

# What XML 1.0 cannot hold at all, not even escaped; networkx writes it and then cannot read its own file.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Names that networkx's GEXF writer takes for something of its own.
_GEXF_NODE = {"id", "label", "pid", "start", "end", "parents", "slices", "spells", "viz", "key"}
_GEXF_TIE = {"id", "label", "type", "start", "end", "parents", "slices", "spells", "viz", "key"}
_LARGEST = 2**63


def convert(
    source: Source,
    path: str | PathLike[str],
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    force: bool = False,
) -> list[str]:
    """Write a network to `path` in the form its ending says, whole or not at all.

    Parameters
    ----------
    source : networkx graph, or pair of DataFrames
        A graph (it is not changed), or its nodes and its ties. The first column of the nodes, or ``id``, is the id;
        ties have ``source`` and ``target``, and several rows of one pair are kept as parallel ties.
    path : path
        ``.graphml``, ``.gexf``, ``.json`` (node-link), ``.csv`` (one list of ties that netmap reads, nodes without ties
        included), ``.xlsx``, ``.parquet`` (the ties, and the nodes in a second file beside it), or a folder of CSV
        tables where there is no ending.
    tables : mapping of str to DataFrame, optional
        All tables of the network by name, for the forms that hold several: the CSV folder and the workbook.
    force : bool, default False
        Replace a file that exists, or write into a folder that netmap did not write.

    Returns
    -------
    list of str
        The files written.

    Raises
    ------
    UsageError
        The ending is unknown; the nearest known one is named.
    OutputError
        The file exists and `force` is not given, or it could not be written.
    """
    target = Path(path)
    ending = target.suffix.casefold()
    is_folder = target.is_dir() or str(path).endswith(("/", "\\")) or not ending
    if not is_folder and ending not in ENDINGS:
        close = nearest(ending, ENDINGS, 1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise UsageError(
            f"{target.name!r} ends in {ending}, which netmap does not write.{hint} It writes "
            f"{', '.join(ENDINGS)}, or a folder of CSV tables for a name without an ending."
        )
    if is_folder:
        files = {f"{name}.csv": csv_bytes(frame) for name, frame in (tables or _both(source)).items()}
        record = to_json({"netmap": "tables", "files": hashes(files)})
        names = write_folder(target, {**files, MANIFEST: record}, force=force)
        return [str(target / name) for name in names]
    if ending == ".xlsx":
        return [write_file(target, xlsx_bytes(tables or _both(source)), force=force)]
    if ending == ".parquet":
        nodes, ties = _frames(source)
        beside = target.with_name(f"{target.stem}-nodes{target.suffix}")
        data = (parquet_bytes(ties), parquet_bytes(nodes))
        refuse_existing(beside, force)
        return [write_file(where, held, force=force) for where, held in zip((target, beside), data, strict=True)]
    if ending == ".csv":
        return [write_file(target, csv_bytes(_one_list(source)), force=force)]
    writer = {".graphml": graphml_bytes, ".gexf": gexf_bytes, ".json": node_link_bytes}[ending]
    return [write_file(target, writer(source), force=force)]


def graphml_bytes(source: Source) -> bytes:
    """Return a network as GraphML."""
    import networkx as nx

    out = io.BytesIO()
    # The plain XML writer: networkx's other one is used where lxml happens to be installed, and its bytes differ.
    nx.write_graphml_xml(graph_of(source), out)
    return out.getvalue()


def gexf_bytes(source: Source) -> bytes:
    """Return a network as GEXF, with positions where the nodes have ``x`` and ``y`` (Gephi's y points up)."""
    from networkx.readwrite.gexf import GEXFWriter

    graph = graph_of(source)
    for _, data in graph.nodes(data=True):
        _rename(data, _GEXF_NODE, "node")
        if "name" in data:
            data["label"] = str(data["name"])
        if isinstance(data.get("x"), (int, float)) and isinstance(data.get("y"), (int, float)):
            data["viz"] = {"position": {"x": float(data["x"]), "y": -float(data["y"]), "z": 0.0}}
    for *_, data in graph.edges(data=True):
        _rename(data, _GEXF_TIE, "tie")
    writer = GEXFWriter(graph)
    for meta in writer.xml.iter("meta"):
        # The writer puts today's date here; the same network must give the same bytes on any day.
        meta.attrib.pop("lastmodifieddate", None)
    return ("<?xml version='1.0' encoding='utf-8'?>\n" + str(writer)).encode("utf-8", "replace")


def node_link_bytes(source: Source) -> bytes:
    """Return a network as node-link JSON, as networkx reads it (``nodes`` and ``edges``)."""
    import networkx as nx

    graph = graph_of(source)
    for _, data in graph.nodes(data=True):
        _rename(data, {"id"}, "node")
    for *_, data in graph.edges(data=True):
        _rename(data, {"source", "target", "key"}, "tie")
    held = nx.node_link_data(graph, edges="edges")
    return (json.dumps(held, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8", "replace")


def graph_of(source: Source) -> nx.Graph:
    """Return a new graph whose ids are text and whose attributes are ``bool, int, float`` or ``str``.

    Missing attributes are left out, lists are joined by semicolons, dates are ISO text, and characters that XML cannot
    hold are taken out. An attribute that mixes numbers and text is text throughout. Ids that would become equal by this
    get a number.

    Examples
    --------
    >>> import networkx as nx
    >>> import numpy as np
    >>> graph = nx.Graph([(1, 2, {"hours": np.int64(3), "note": None})])
    >>> graph_of(graph).edges(data=True)
    EdgeDataView([('1', '2', {'hours': 3})])
    """
    given = _graph_from_frames(*source) if isinstance(source, tuple) else source
    out: nx.Graph = given.__class__()
    name: dict[Any, str] = {}
    taken: set[str] = set()
    for node in given:
        text = _clean(str(node)) or "node"
        free, number = text, 1
        while free in taken:
            number += 1
            free = f"{text} ({number})"
        taken.add(free)
        name[node] = free
    kinds = _kinds(data for _, data in given.nodes(data=True))
    for node, data in given.nodes(data=True):
        out.add_node(name[node], **_attributes(data, kinds))
    kinds = _kinds(data for *_, data in given.edges(data=True))
    for a, b, data in given.edges(data=True):
        out.add_edge(name[a], name[b], **_attributes(data, kinds))
    return out


def _graph_from_frames(nodes: pd.DataFrame, ties: pd.DataFrame) -> nx.Graph:
    import networkx as nx

    ends = [(str(a), str(b)) for a, b in zip(ties["source"], ties["target"], strict=True)]
    said = [plain(v) for v in ties["directed"]] if "directed" in ties else []
    directed = bool(said) and all(v is True for v in said)
    pairs = [pair if directed else (min(pair), max(pair)) for pair in ends]
    several = len(set(pairs)) < len(pairs)
    parallel, simple = (nx.MultiDiGraph, nx.DiGraph) if directed else (nx.MultiGraph, nx.Graph)
    graph = parallel() if several else simple()
    column = "id" if "id" in nodes else nodes.columns[0]
    rest = [c for c in nodes.columns if c != column]
    for node, *cells in zip(nodes[column], *(nodes[c] for c in rest), strict=True):
        graph.add_node(str(node), **{str(c): v for c, v in zip(rest, cells, strict=True)})
    rest = [c for c in ties.columns if c not in ("source", "target")]
    for (a, b), *cells in zip(ends, *(ties[c] for c in rest), strict=True):
        graph.add_edge(a, b, **{_not_key(str(c)): v for c, v in zip(rest, cells, strict=True)})
    return graph


def _not_key(name: str) -> str:
    # "key" would be taken for the number of a parallel tie.
    return "tie_key" if name in ("key", "u_for_edge", "v_for_edge", "u_of_edge", "v_of_edge") else name


def _clean(text: str) -> str:
    # A carriage return cannot survive XML's own normalisation of line ends.
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _kinds(all_data: Iterable[Mapping[str, Any]]) -> dict[str, type]:
    seen: dict[str, set[type]] = {}
    for data in all_data:
        for key, value in data.items():
            cell = _cell(value)
            if cell is not None:
                seen.setdefault(str(key), set()).add(type(cell))
    return {key: next(iter(kinds)) if len(kinds) == 1 else _join(kinds) for key, kinds in seen.items()}


def _join(kinds: set[type]) -> type:
    return float if kinds <= {int, float} else str


def _attributes(data: Mapping[Any, Any], kinds: Mapping[str, type]) -> dict[str, Any]:
    out = {}
    for key, value in data.items():
        cell = _cell(value)
        if cell is not None:
            out[_clean(str(key))] = kinds[str(key)](cell)
    return out


def _cell(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _clean(to_json(value).decode("utf-8").strip())
    value = plain(value)
    if isinstance(value, str):
        return _clean(value) or None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool) and not -_LARGEST <= value < _LARGEST:
        return str(value)
    return value


def _rename(data: dict[str, Any], reserved: set[str], prefix: str) -> None:
    for key in sorted(reserved & data.keys()):
        data[f"{prefix}_{key}"] = data.pop(key)


def _frames(source: Source) -> tuple[pd.DataFrame, pd.DataFrame]:
    import pandas as pd

    if isinstance(source, tuple):
        return source
    nodes = [{"id": str(node), **data} for node, data in source.nodes(data=True)]
    ties = [{"source": str(a), "target": str(b), **data} for a, b, data in source.edges(data=True)]
    return pd.DataFrame(nodes, columns=None if nodes else ["id"]), pd.DataFrame(
        ties, columns=None if ties else ["source", "target"]
    )


def _both(source: Source) -> dict[str, pd.DataFrame]:
    nodes, ties = _frames(source)
    column = "id" if "id" in nodes else nodes.columns[0]
    return {"organisations": nodes.rename(columns={column: "org_id"}), "partnerships": ties}


def _one_list(source: Source) -> pd.DataFrame:
    """Return ties and nodes without ties as the single file netmap reads: organisation, partner, and the rest."""
    import pandas as pd

    nodes, ties = _frames(source)
    column = "id" if "id" in nodes else nodes.columns[0]
    ends = {str(v) for v in ties["source"]} | {str(v) for v in ties["target"]}
    alone = [str(v) for v in nodes[column] if str(v) not in ends]
    rows = ties.rename(columns={"source": "organisation", "target": "partner"})
    first = [c for c in ("organisation", "partner") if c in rows]
    rows = rows[[*first, *(c for c in rows.columns if c not in first)]]
    more = pd.DataFrame({"organisation": alone, "partner": [""] * len(alone)}, dtype=object)
    return pd.concat([rows.astype(object), more], ignore_index=True) if alone else rows
