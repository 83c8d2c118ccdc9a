"""The command that tries a change on paper: whatif."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from .console import aligned, as_json, say
from .options import Paths, Word, format_option, read_options
from .reading import read_network

if TYPE_CHECKING:
    from ..finding import Finding
    from ..network import Network

__all__ = ["whatif"]

WIDTH = 100


@click.command()
@click.argument("path", type=Paths(), metavar="PATH")
@click.option("--remove", multiple=True, metavar="NAME", help="An organisation that steps back. May be repeated.")
@click.option("--merge", multiple=True, metavar='"NEW=ONE;OTHER"',
              help="Organisations that become one, and its name. May be repeated.")
@click.option("--add", nargs=2, multiple=True, metavar="ONE OTHER", help="A tie that is made. May be repeated.")
@click.option("--centre", metavar="NAME", help="A body, new or there already, that is tied to every organisation.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only ties of this kind. May be repeated.")
@click.option("--wave", metavar="WAVE", help="The wave to look at (default: the latest).")
@click.option("--effort", type=Word(["quick", "normal", "thorough"]), default="normal", show_default=True,
              help="How many networks as they might really be are drawn.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of all chance.")
@read_options
@format_option("text", "json")
def whatif(
    path: str, remove: tuple[str, ...], merge: tuple[str, ...], add: tuple[tuple[str, str], ...], centre: str | None,
    kinds: tuple[str, ...], wave: str | None, effort: str, seed: int, form: str, quiet: bool, **reading: Any,
) -> None:  # fmt: skip
    """Try a change on paper: who is still in contact, and what it depends on then.

    Before and after stand side by side, over the organisations that are there in both, with the range of the change over
    networks as they might really be. People are never removed. A trade-off to discuss, not a forecast.

    \b
      netmap whatif data.csv --remove "Devon County Council"
      netmap whatif data.csv --merge "One Council=Ash Council;Birch Council"
      netmap whatif data.csv --add "Ash Council" "Birch Trust"
      netmap whatif data.csv --centre "County office"
    """
    from ..api import what_if

    network = read_network((path,), quiet=quiet, **reading)
    mergers = dict(map(_merger, merge))
    bodies, ties = _centre(network, centre, remove, mergers)
    say("Drawing the network as it would be ...", quiet)
    found = what_if(
        network, remove=remove, merge=mergers, add=[*add, *ties], bodies=bodies, kinds=kinds or None, wave=wave,
        effort=effort, seed=seed,
    )  # fmt: skip
    if form == "json":
        click.echo(as_json(_plain(found)))
        return
    rows = [[str(cell) for cell in row.values()] for row in found.table]
    said = (f"How sure: {found.certainty}. {found.why_certain}", f"A next step: {found.next_step}", found.care)
    click.echo(textwrap.fill(found.headline, WIDTH))
    click.echo(f"\n{aligned([str(key) for key in found.table[0]], rows, right=(1, 2, 3, 4))}\n")
    click.echo("\n".join(textwrap.fill(text, WIDTH) for text in said))


def _merger(word: str) -> tuple[str, list[str]]:
    title, sign, parts = word.partition("=")
    members = [p.strip() for p in parts.split(";") if p.strip()]
    if not sign or not title.strip() or len(members) < 2:
        raise UsageError(f'--merge is written "NEW=ONE;OTHER", with two organisations at least, not {word!r}.')
    return title.strip(), members


def _centre(
    network: Network, centre: str | None, remove: tuple[str, ...], mergers: dict[str, list[str]]
) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the new body, if it is one, and its tie to everybody who is there afterwards."""
    if centre is None or network.nodes_are == "people":
        return ([] if centre is None else [centre]), []
    from ..scenarios import planned

    ids, names = network.node_ids()
    change = planned(network.tables, remove, mergers)
    hub = next((i for i, n in zip(ids, names, strict=True) if centre.casefold() in (i.casefold(), n.casefold())), None)
    others = dict.fromkeys(now for i in ids if i != hub and (now := change.of(i)) is not None)
    return ([] if hub else [centre]), [(hub or centre, other) for other in others]


def _plain(found: Finding) -> dict[str, Any]:
    return {
        "id": found.id, "question": found.question, "headline": found.headline, "evidence": dict(found.evidence),
        "certainty": found.certainty, "why_certain": found.why_certain, "next_step": found.next_step, "care": found.care,
        "table": [dict(row) for row in found.table],
    }  # fmt: skip
