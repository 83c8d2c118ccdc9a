"""The command that hands a network to other programs: convert."""

from __future__ import annotations

from typing import Any

import click

from .console import as_json
from .options import Paths, format_option, read_options
from .reading import read_network

__all__ = ["convert"]


@click.command()
@click.argument("paths", nargs=-1, required=True, type=Paths(), metavar="PATH...")
@click.option(
    "--to", "target", required=True, type=click.Path(), metavar="FILE",
    help="Where to: .graphml, .gexf, .json, .csv, .xlsx, .parquet, or a folder of CSV tables for no ending.",
)
@click.option("--force", is_flag=True, help="Replace what is there.")
@read_options
@format_option("text", "json")
def convert(
    paths: tuple[str, ...], target: str, force: bool, form: str, quiet: bool, **reading: Any
) -> None:
    """Write the network in the form another program reads.

    The ending of FILE says which: GraphML, GEXF, node-link JSON, CSV, XLSX, Parquet, or a folder of CSV tables.

    \b
      netmap convert data.csv --to data.graphml
      netmap convert partners/ --to partners.xlsx
    """
    network = read_network(paths, quiet=quiet, **reading)
    from ..exporters.graph_files import convert as write

    names = write(network.to_networkx(), target, tables=network.tables.frames, force=force)
    click.echo(as_json({"files": names}) if form == "json" else f"Wrote {', '.join(names)}.")
