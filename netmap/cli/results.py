"""The commands that answer questions and write them down: analyse and map."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .console import as_json, open_in_browser, progress, say
from .options import Paths, Word, compute_options, format_option, out_folder, read_options, stem_of, write_options
from .reading import read_network

if TYPE_CHECKING:
    from ..analysis import Analysis
    from ..network import Network

__all__ = ["analyse", "draw_map"]

# Seconds from which it is said beforehand how many there will be.
LONG = 10


@click.command()
@click.argument("paths", nargs=-1, required=True, type=Paths(), metavar="PATH...")
@write_options
@compute_options
@read_options
@format_option("text", "json")
def analyse(
    paths: tuple[str, ...], out: str | None, force: bool, open_it: bool, form: str, quiet: bool, **settings: Any
) -> None:
    """Answer what the data can answer; write report, map and tables.

    PATH is a CSV, Excel or ODS file, a folder of them, or - for standard input. The findings are printed in brief;
    report.html, map.html and the tables go to a folder.

    \b
      netmap analyse data.csv
      netmap analyse partners/ --audience public --out for-the-board
    """
    folder = _checked(out_folder(paths, out), force)
    analysis = _analysis(paths, quiet, settings)
    names = analysis.write(folder, force=force)
    if form == "json":
        from ..exporters.findings_json import findings_json

        click.echo(findings_json(analysis).decode("utf-8").rstrip("\n"))
    else:
        from ..exporters.brief import brief

        click.echo(brief(analysis).rstrip("\n"))
    written = f"Wrote {folder / names[0]}" + (f", {', '.join(names[1:])}." if names[1:] else ".")
    say(written, quiet) if form == "json" else click.echo(written)
    report = folder / "report.html"
    say(f"Next: open {report}, or ask: netmap explain F1", quiet)
    if open_it:
        open_in_browser(report)


@click.command("map")
@click.argument("paths", nargs=-1, required=True, type=Paths(), metavar="PATH...")
@click.option(
    "--renderer", type=Word(["netmap", "pyvis"]), default="netmap", show_default=True,
    help="What draws the map: netmap's own page, or pyvis (to about 500 nodes, then groups).",
)
@write_options
@compute_options
@read_options
@format_option("text", "json")
def draw_map(
    paths: tuple[str, ...],
    renderer: str,
    out: str | None,
    force: bool,
    open_it: bool,
    form: str,
    quiet: bool,
    **settings: Any,
) -> None:
    """Draw the map alone, as one file that opens offline.

    It goes to map.html in the folder, or to the file that --out names with the ending .html.

    \b
      netmap map data.csv --open
      netmap map data.csv --audience public --out meeting.html
    """
    target = out_folder(paths, out)
    alone = target.suffix.casefold() in (".html", ".htm") and not target.is_dir()
    if alone:
        from ..exporters.files import refuse_existing

        refuse_existing(target, force)
    else:
        _checked(target, force)
    analysis = _analysis(paths, quiet, settings)
    beside = not alone and (target / "report.html").exists()
    page = _page(analysis, renderer, "report.html" if beside else None)
    file = _write_alone(target, page, force) if alone else _write_in_folder(target, page, analysis, force, quiet)
    said = analysis.taken_as
    if form == "json":
        click.echo(as_json({"map": str(file), "taken_as": list(said), "nodes": len(analysis.nodes)}))
    else:
        for sentence in said:
            click.echo(sentence)
        click.echo(f"Wrote {file}.")
    if open_it:
        open_in_browser(file)


def _analysis(paths: tuple[str, ...], quiet: bool, settings: Mapping[str, Any]) -> Analysis:
    reading = {name: settings[name] for name in ("encoding", "map_columns", "aliases", "nodes")}
    network = read_network(paths, quiet=quiet, **reading)
    from ..api import analyse as analyse_network

    say("Analysing ...", quiet)
    if not quiet and sys.stderr.isatty():
        _say_before(network, settings)
    with progress(quiet) as report:
        return analyse_network(
            network,
            seed=settings["seed"],
            audience=settings["audience"],
            effort=settings["effort"],
            kinds=list(settings["kinds"]) or None,
            wave=settings["wave"],
            consent=settings["consent"],
            pseudonym_key=settings["pseudonym_key"],
            title=stem_of(paths),
            progress=report,
        )


def _say_before(network: Network, settings: Mapping[str, Any]) -> None:
    """Say how long the shortest paths are likely to take, where that is worth waiting for."""
    from ..study import Settings, Study
    from ..workload import seconds

    given = {name: settings[name] for name in ("seed", "effort", "audience", "wave", "consent")}
    study = Study(network, Settings(**given, kinds=tuple(settings["kinds"]) or None))
    study.work.check()
    long = seconds(study.view.csr, study.work)
    if long >= LONG:
        say(study.work.words(long))


def _checked(folder: Path, force: bool) -> Path:
    # Asked before the work, not after: nobody should wait for results that may not be written.
    from ..exporters.files import refuse_folder

    refuse_folder(folder, force)
    return folder


def _page(analysis: Analysis, renderer: str, report: str | None) -> bytes:
    if renderer == "pyvis":
        from ..exporters.pyvis_map import pyvis_html

        return pyvis_html(analysis).encode("utf-8")
    from ..exporters.map_page import map_html

    return map_html(analysis, report).encode("utf-8")


def _write_alone(target: Path, page: bytes, force: bool) -> Path:
    from ..exporters.files import write_file

    write_file(target, page, force=force)
    return target


def _write_in_folder(folder: Path, page: bytes, analysis: Analysis, force: bool, quiet: bool) -> Path:
    from ..exporters.files import MANIFEST, write_file, write_folder
    from ..exporters.findings_json import manifest_json

    if (folder / "report.html").exists():
        # Writing the folder anew would take the earlier report away; its manifest still tells what belongs together.
        write_file(folder / "map.html", page, force=True)
        say(f"{folder} holds an earlier report, which was left as it is: only map.html is new.", quiet)
    else:
        files = {"map.html": page}
        write_folder(folder, {**files, MANIFEST: manifest_json(analysis, files)}, force=force)
    return folder / "map.html"
