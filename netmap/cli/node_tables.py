"""What `netmap measure --node-table` prints: every measure of linear cost, one row a node."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from .calling import DETECTED, own_column
from .console import aligned, as_json, say
from .options import STDIN
from .reading import read_network

if TYPE_CHECKING:
    from ..view import View
    from ..whole import NodeTable

__all__ = ["show_node_table"]


def show_node_table(
    path: str,
    ends: tuple[str, str] | None,
    strength: str | None,
    paths: str | None,
    groups: str | None,
    directed: bool,
    kinds: tuple[str, ...],
    wave: str | None,
    seed: int,
    form: str,
    quiet: bool,
    reading: Mapping[str, Any],
) -> None:
    """Print the table of the ties of a file, read as a plain list where `ends` names its columns."""
    if strength is not None and ends is None:
        raise UsageError("--strength goes with --ends SOURCE TARGET.")
    pivots = _pivots(paths)
    if ends is None:
        network = read_network((path,), quiet=quiet, **reading)
        view = network.view(kinds=list(kinds) or None, wave=wave, directed=directed)
        labels = None
        if groups is not None and groups.casefold() != DETECTED:
            labels = own_column(network, view, groups, (DETECTED,)).fillna("").astype(str)
    else:
        if groups is not None or kinds or wave:
            raise UsageError("--groups, --kind and --wave need the columns of netmap's own tables: leave out --ends.")
        view, labels = _plain(path, ends, strength, directed, quiet, reading), None
    from ..whole import node_table

    _print(node_table(view, groups=labels, paths=pivots, seed=seed), form)
    say("What they mean: netmap explain constraint, and so on by the name of a column", quiet)


def _plain(
    path: str, ends: tuple[str, str], strength: str | None, directed: bool, quiet: bool, reading: Mapping[str, Any]
) -> View:
    if path == STDIN or os.path.isdir(path):
        raise UsageError("--ends reads one file: name it.")
    from ..importers.tie_list import read_ties

    say(f"Reading {path} ...", quiet)
    view = read_ties(path, *ends, strength, directed=directed, encoding=reading.get("encoding"))
    dropped = [f"{view.loops:,} from a node to itself left out"] if view.loops else []
    dropped += [f"{view.parallel:,} between the same two added to another"] if view.parallel else []
    say(f"{view.n:,} nodes, {view.m:,} ties{'; ' if dropped else ''}{', '.join(dropped)}.", quiet)
    return view


def _pivots(text: str | None) -> int | str | None:
    if text is None or text == "exact":
        return text
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f'--paths is "exact" or a number of nodes from 1, not {text!r}.')
    return int(text)


def _print(table: NodeTable, form: str) -> None:
    if form == "csv":
        sys.stdout.flush()
        table.to_csv(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    view = table.view
    heads = ["id", "name", *table.columns]
    rows = zip(view.ids, view.names, *(values.tolist() for values in table.columns.values()), strict=True)
    if form == "json":
        nodes = [dict(zip(heads, row, strict=True)) for row in rows]
        click.echo(as_json({"nodes": nodes, "the whole network": table.numbers}))
        return
    cells = [[row[1], *("not defined" if v != v else f"{v:.6g}" for v in row[2:])] for row in rows]
    click.echo(aligned(heads[1:], cells, list(range(1, len(heads) - 1))))
