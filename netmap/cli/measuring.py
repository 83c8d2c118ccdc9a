"""The command that gives named measures as a table: measure."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from .calling import Asked, call
from .console import aligned, as_json, say
from .node_tables import show_node_table
from .options import Paths, format_option, read_options
from .reading import read_network

if TYPE_CHECKING:
    import pandas as pd

    from ..measures.catalogue import Entry
    from ..network import Network
    from ..view import View

__all__ = ["measure"]


# Columns that hold ids of networks or organisations, which are shown by name.
NAMED = ("first", "second")


@dataclass(frozen=True)
class Table:
    """One table to print: what its rows are, headings, cells, and which columns are numbers."""

    rows_are: str
    headings: list[str]
    rows: list[list[Any]]


@click.command()
@click.argument("path", type=Paths(), metavar="PATH")
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--node-table", is_flag=True, help="Instead of named measures: all of linear cost, one row a node.")
@click.option("--ends", nargs=2, metavar="SOURCE TARGET", help="With --node-table: the file is a plain list of ties, and "
              "these are its columns of who is tied to whom. For files of any size.")
@click.option("--strength", metavar="COLUMN", help="With --ends: the column of the strength of ties.")
@click.option("--paths", metavar="N", help="With --node-table: betweenness and harmonic centrality too, exact or from N "
              "nodes drawn at random, with standard errors.")
@click.option("--groups", metavar="COLUMN", help="Groups for measures that need them: a column such as sector, "
              "memberships (the default between networks), or communities found from the ties (the default elsewhere).")
@click.option("--between", nargs=2, metavar="ONE OTHER", help="The two groups or organisations, for measures of two.")
@click.option("--of", metavar="NAME", help="What a quantity is taken of: a column, or another measure such as degree.")
@click.option("--directed", is_flag=True, help="Keep the direction of ties.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only ties of this kind. May be repeated.")
@click.option("--wave", metavar="WAVE", help="The wave to look at (default: the latest).")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of all chance.")
@read_options
@format_option("table", "csv", "json")
def measure(
    path: str,
    names: tuple[str, ...],
    node_table: bool,
    ends: tuple[str, str] | None,
    strength: str | None,
    paths: str | None,
    groups: str | None,
    between: tuple[str, str] | None,
    of: str | None,
    directed: bool,
    kinds: tuple[str, ...],
    wave: str | None,
    seed: int,
    form: str,
    quiet: bool,
    **reading: Any,
) -> None:
    """Give named measures as a table on standard output.

    Measures of organisations stand side by side, so do measures of ties and single numbers; in the form csv one run
    gives one of the three. A value that is not defined is left empty.

    \b
      netmap measure data.csv betweenness constraint
      netmap measure data.csv density --format json

    A list of ties too large for the other commands, every measure of linear cost at once:

    \b
      netmap measure ties.csv --node-table --ends from to --format csv
    """
    if node_table:
        if names or between or of:
            raise UsageError("--node-table gives all measures of linear cost: leave out names, --between and --of.")
        show_node_table(path, ends, strength, paths, groups, directed, kinds, wave, seed, form, quiet, reading)
        return
    if ends or strength or paths:
        raise UsageError("--ends, --strength and --paths go with --node-table.")
    if not names:
        raise UsageError("Name a measure, such as netmap measure data.csv betweenness. netmap explain lists them.")
    from ..measures.catalogue import find

    entries = [find(name) for name in dict.fromkeys(names)]
    network = read_network((path,), quiet=quiet, **reading)
    view = network.view(kinds=list(kinds) or None, wave=wave, directed=directed)
    tables = _tables(entries, network, view, Asked(groups, between, of, kinds, wave, directed, seed))
    if form == "json":
        click.echo(_json(tables))
        return
    if form == "csv":
        if len(tables) > 1:
            kinds_of = " and ".join(table.rows_are for table in tables)
            raise UsageError(f"Measures of {kinds_of} do not fit one CSV table. Ask for them in separate runs.")
        click.echo(_csv(tables[0]), nl=False)
        return
    click.echo("\n\n".join(_text(table) for table in tables))
    say(f"What they mean: netmap explain {entries[0].name}", quiet)


def _tables(entries: list[Entry], network: Network, view: View, asked: Asked) -> list[Table]:
    nodes: dict[str, Any] = {}
    ties: dict[str, Any] = {}
    numbers: list[list[Any]] = []
    others: list[Table] = []
    called = dict(zip(map(str, view.ids), view.names, strict=True)) | network.group_names()
    for entry in entries:
        result = call(entry, network, view, asked)
        if isinstance(getattr(result, "attrs", {}).get("note"), str):
            say(f"{entry.name}: {result.attrs['note']}", quiet=False)
        for label, value in _parts(entry, result, called):
            kind = _kind_of(value, view)
            if kind == "node":
                nodes[label] = value
            elif kind == "tie":
                ties[label] = value
            elif kind == "table":
                others.append(_frame_table(label, value, called))
            else:
                numbers.append([label, value])
    tables = []
    word = "people" if network.nodes_are == "people" else "organisations"
    if nodes:
        columns = {label: value.reindex(view.ids) for label, value in nodes.items()}
        rows = [
            [node, name, *(column.iloc[i] for column in columns.values())]
            for i, (node, name) in enumerate(zip(view.ids, view.names, strict=True))
        ]
        tables.append(Table(word, ["id", "name", *columns], rows))
    if ties:
        ends = dict(zip(view.ids, view.names, strict=True))
        index = next(iter(ties.values())).index
        columns = {label: value.reindex(index) for label, value in ties.items()}
        rows = [
            [a, b, ends.get(a, a), ends.get(b, b), *(column.iloc[i] for column in columns.values())]
            for i, (a, b) in enumerate(index)
        ]
        tables.append(Table("ties", ["source", "target", "source_name", "target_name", *columns], rows))
    if numbers:
        tables.append(Table("the whole network", ["measure", "value"], numbers))
    return tables + others


def _parts(entry: Entry, result: Any, called: dict[str, str]) -> list[tuple[str, Any]]:
    """Return the results of one measure under the headings they get; several columns give several."""
    import pandas as pd

    if isinstance(result, pd.DataFrame) and (isinstance(result.index, pd.RangeIndex) or result.index.name == "member"):
        return [(entry.name, result)]
    if isinstance(result, pd.DataFrame):
        return [(f"{entry.name}.{column}", result[column]) for column in result.columns]
    if isinstance(result, dict):
        return [(f"{entry.name}.{key}", value) for key, value in result.items()]
    fields = getattr(type(result), "__dataclass_fields__", None)
    if fields is not None:
        parts: list[tuple[str, Any]] = []
        for name in fields:
            value = getattr(result, name)
            if value is None or isinstance(value, (pd.DataFrame, pd.Series, int, float, str, bool)):
                parts.append((f"{entry.name}.{name}", value))
            elif isinstance(value, tuple) and len(value) == 2 and all(isinstance(x, float) for x in value):
                parts += [(f"{entry.name}.{name}_{end}", x) for end, x in zip(("low", "high"), value, strict=True)]
            elif isinstance(value, (tuple, list)):
                parts.append((f"{entry.name}.{name}", "; ".join(called.get(str(x), str(x)) for x in value)))
        return parts
    return [(entry.name, result)]


def _kind_of(value: Any, view: View) -> str:
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        return "table"
    if not isinstance(value, pd.Series):
        return "number"
    if value.index.nlevels == 2:
        return "tie"
    return "node" if len(value) == len(view.ids) and set(value.index) == set(view.ids) else "table"


def _frame_table(label: str, value: pd.DataFrame | pd.Series[Any], called: dict[str, str]) -> Table:
    import pandas as pd

    frame = value.rename(label).to_frame() if isinstance(value, pd.Series) else value
    frame = frame.reset_index(drop=isinstance(frame.index, pd.RangeIndex))
    named = [str(c) in NAMED for c in frame.columns]
    rows = [
        [called.get(cell, cell) if name and isinstance(cell, str) else cell for cell, name in zip(row, named, strict=True)]
        for row in frame.astype(object).to_numpy().tolist()
    ]
    return Table(label, [str(c) for c in frame.columns], rows)


def _json(tables: list[Table]) -> str:
    return as_json({
        table.rows_are: {str(name): value for name, value in table.rows}
        if table.headings == ["measure", "value"]
        else [dict(zip(table.headings, row, strict=True)) for row in table.rows]
        for table in tables
    })


def _csv(table: Table) -> str:
    from ..exporters.tables import neutral

    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(table.headings)
    for row in table.rows:
        write.writerow([neutral(cell) if isinstance(cell, str) else _number(cell, "") for cell in row])
    return out.getvalue()


def _text(table: Table) -> str:
    rows = [[cell if isinstance(cell, str) else _rounded(cell) for cell in row] for row in table.rows]
    right = [
        i for i in range(len(table.headings)) if table.rows and all(not isinstance(row[i], str) for row in table.rows)
    ]
    return f"Measures of {table.rows_are}\n" + aligned(table.headings, rows, right)


def _number(value: Any, missing: str) -> str:
    held = value.item() if hasattr(value, "item") else value
    if held is None or held != held or repr(held) == "<NA>":
        return missing
    return repr(held) if isinstance(held, float) else str(held)


def _rounded(value: Any) -> str:
    text = _number(value, "not defined")
    held = value.item() if hasattr(value, "item") else value
    return f"{held:.6g}" if isinstance(held, float) and text != "not defined" else text
