"""The command for people who have no table yet: init."""

from __future__ import annotations

from pathlib import Path

import click

from .console import as_json
from .options import debug_option, format_option

__all__ = ["init"]

PRIVACY = (
    "Before you collect anything about people: know your lawful basis and say what it is for; tell the people named, "
    "also those who are named by others; ask for nothing you do not need; decide when it will be deleted."
)


@click.command()
@click.argument("folder", required=False, default="netmap-tables", metavar="[DIR]", type=click.Path())
@click.option("--force", is_flag=True, help="Write into a folder that netmap did not write.")
@debug_option
@format_option("text", "json")
def init(folder: str, force: bool, form: str) -> None:
    """Write template tables to fill in, with a column guide.

    Each has its headings and an example row. DIR is netmap-tables unless you name another. Fill in what you have;
    every table but one list of ties is optional.

    \b
      netmap init
      netmap init our-partnership
    """
    from ..exporters.files import MANIFEST, write_folder
    from ..exporters.findings_json import hashes, to_json
    from ..importers import templates

    files = {name: text.encode("utf-8") for name, text in templates().items()}
    record = to_json({"netmap": "templates", "files": hashes(files)})
    target = Path(folder)
    names = [name for name in write_folder(target, {**files, MANIFEST: record}, force=force) if name != MANIFEST]
    if form == "json":
        click.echo(as_json({"folder": str(target), "files": names}))
        return
    click.echo(f"Wrote {target}: {', '.join(names)}.")
    click.echo("Replace the example rows by your own; delete the tables you do not need.")
    click.echo(PRIVACY)
    click.echo(f"Next: netmap check {target}")
