"""The commands for rounds of introductions: rounds start, next, record and report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from .console import as_json, say
from .options import Paths, Word, debug_option, format_option, pairs, read_options
from .reading import read_network

if TYPE_CHECKING:
    from .coffee import Book, Pair

__all__ = ["rounds"]

_VETO = click.option("--veto", "vetoed", nargs=2, multiple=True, metavar="ONE OTHER", help="Two who are not to meet; written nowhere. May be repeated.")
_VETOES = click.option("--vetoes", type=Paths(), metavar="FILE", help="Two columns of who is not to meet; its content is written nowhere.")
_SEED = click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of the draw.")


@click.group()
def rounds() -> None:
    """Draw rounds of coffees, say who meets next, and tell whether it helped.

    \b
      netmap rounds start people.csv coffee --rounds 3 --by organisation
      netmap rounds next coffee
      netmap rounds record coffee --met p01 p07
      netmap rounds record coffee --ties afterwards.csv
      netmap rounds report coffee
    """


def _apart(vetoed: tuple[Pair, ...], file: str | None) -> list[Pair]:
    """Pairs that are not to meet, from options and from a file of two columns."""
    out = list(vetoed)
    if file:
        from ..importers.raw import read_raw

        raw = read_raw(file)[0]
        out += [(row[0], row[1]) for row in raw.rows if len(row) > 1 and row[0] and row[1]]
    return out


@rounds.command()
@click.argument("path", type=Paths(), metavar="LIST")
@click.argument("folder", type=click.Path(), metavar="DIR")
@click.option("--rounds", "many", type=click.IntRange(min=1), help="How many rounds (default: until everybody has met everybody).")
@click.option("--by", default="", metavar="COLUMN", help="A column of the list: pairs from two groups are preferred.")
@click.option("--across", type=click.IntRange(0, 9), default=1, show_default=True, help="How much; 2 gives mostly pairs across.")
@click.option("--odd", type=Word(["sit_out", "trio"]), default="sit_out", show_default=True, help="What becomes of the odd one out.")
@click.option("--opt-in", metavar="COLUMN", help="A column of yes and no: only those with yes take part.")
@_VETO
@_VETOES
@_SEED
@click.option("--force", is_flag=True, help="Replace rounds that are there already.")
@read_options
def start(
    path: str, folder: str, many: int | None, by: str, across: int, odd: str, opt_in: str | None, vetoed: tuple[Pair, ...],
    vetoes: str | None, seed: int, force: bool, quiet: bool, **reading: Any,
) -> None:  # fmt: skip
    """Draw the whole schedule for a list of people or organisations and write it into DIR.

    No two meet twice. Who has a tie in the list's own data is not paired. The tables in DIR may be edited by hand.
    """
    from ..exporters.files import MANIFEST, write_folder
    from ..exporters.findings_json import hashes, to_json
    from .coffee import begin

    if (Path(folder) / "rounds.csv").exists() and not force:
        raise UsageError(f"{folder} holds rounds already: name another folder, or add --force to draw anew.")
    network = read_network((path,), quiet=quiet, **reading)
    files = begin(network, many, by, across, odd, opt_in, _apart(vetoed, vetoes), seed)
    write_folder(folder, {**files, MANIFEST: to_json({"netmap": "rounds", "files": hashes(files)})}, force=force)
    say(f"Wrote {folder}: {', '.join(sorted(files))}. Keep it to yourself: it says who meets whom.", quiet)
    click.echo(f"Next: netmap rounds next {folder}")


@rounds.command("next")
@click.argument("folder", type=Paths(), metavar="DIR")
@click.option("--round", "number", metavar="N", help="Another round than the next.")
@click.option("--join", "join", multiple=True, metavar="ID=GROUP", callback=pairs, help="Somebody who comes late, with the group. May be repeated.")
@click.option("--leave", "leave", multiple=True, metavar="ID", help="Somebody who leaves. May be repeated.")
@_VETO
@_VETOES
@_SEED
@debug_option
@format_option("text", "json")
def upcoming(
    folder: str, number: str | None, join: dict[str, str], leave: tuple[str, ...], vetoed: tuple[Pair, ...], vetoes: str | None,
    seed: int, form: str,
) -> None:  # fmt: skip
    """Say who meets in the next round, to send out; late joiners and leavers have the rest drawn anew."""
    from .coffee import Book, change, drawn_now

    book = Book.open(folder)
    book.check()
    if join or leave:
        _replace(book, change(book, dict(join), list(leave), _apart(vetoed, vetoes), seed))
        book = Book.open(folder)
    wanted = number or book.next_round()
    together, out = drawn_now(book, wanted) if wanted else ([], [])
    if not wanted or not together:
        raise UsageError(f"There is no round {number}." if number else "Every round has been held: netmap rounds report " + folder)
    named = [[book.called(m) for m in some] for some in together]
    if form == "json":
        click.echo(as_json({"round": wanted, "together": named, "sits_out": [book.called(m) for m in out]}))
        return
    click.echo(f"Round {wanted}")
    for some in named:
        click.echo(f"  {', '.join(some[:-1])} and {some[-1]}")
    if out:
        click.echo(f"  Sits out: {', '.join(book.called(m) for m in out)}")
    click.echo(f"Afterwards: netmap rounds record {folder} --met ONE OTHER (or write yes or no in the column met).")


@rounds.command()
@click.argument("folder", type=Paths(), metavar="DIR")
@click.option("--met", "met", nargs=2, multiple=True, metavar="ONE OTHER", help="Two who met. May be repeated.")
@click.option("--not-met", "unmet", nargs=2, multiple=True, metavar="ONE OTHER", help="Two who did not. May be repeated.")
@click.option("--all-met", "whole", metavar="N", help="Everybody of this round met, but for --not-met.")
@click.option("--ties", type=Paths(), metavar="FILE", help="Who was in contact after the rounds; every pair not in it was not.")
@debug_option
def record(folder: str, met: tuple[Pair, ...], unmet: tuple[Pair, ...], whole: str | None, ties: str | None) -> None:
    """Note who met, and after the last round who was in contact."""
    from .coffee import PAIRS, Book, pairs_named, write_pairs

    book = Book.open(folder)
    book.check()
    table = book.table
    yes, no = set(pairs_named(book, met)), set(pairs_named(book, unmet))
    if not (met or unmet or whole or ties):
        raise UsageError("Say what to note: --met ONE OTHER, --not-met ONE OTHER, --all-met ROUND or --ties FILE.")
    if yes & no:
        raise UsageError("A pair cannot have met and not met.")
    both = [frozenset(p) for p in zip(table["a"], table["b"], strict=True)]
    drawn = table["assigned"].fillna(False).astype(bool)
    if whole:
        rows = drawn & (table["round"].astype(str) == whole)
        if not rows.any():
            raise UsageError(f"There is no round {whole}.")
        table.loc[rows, "met"] = True
    table.loc[[p in yes for p in both], "met"] = True
    table.loc[[p in no for p in both], "met"] = False
    if ties:
        table = _with_ties(book, table, ties)
    _replace(book, {PAIRS: write_pairs(table)})
    known = table[table["assigned"].fillna(False).astype(bool)]
    click.echo(f"{int(known['met'].fillna(False).sum())} of {len(known)} pairs met so far; "
               f"of {int(table['tie_after'].notna().sum())} pairs it is known whether they are in contact.")  # fmt: skip


def _with_ties(book: Book, table: Any, file: str) -> Any:
    """Say of every two who took part whether they were in contact, drawn or not."""
    from itertools import combinations

    import pandas as pd

    network = read_network((file,), quiet=True, nodes="people" if book.network.nodes_are == "people" else None)
    if network.shape != "ties":
        raise UsageError(f"{file} holds no ties: two columns, from and to, say who was in contact with whom.")
    view = network.view()
    names = [str(view.ids[i]) for i in range(view.n)]
    everybody = set(book.everybody)
    taking_part = {m.casefold() for m in everybody}
    strangers = [n for n in names if n.casefold() not in taking_part]
    if len(strangers) == len(names):
        book.find(names[0])
    if strangers:
        say(f"{len(strangers)} in {file} take no part in the rounds and were left out.", False)
    tied = {frozenset((names[a].casefold(), names[b].casefold())) for a, b in zip(view.source, view.target, strict=True)}
    had = {frozenset(p) for p in zip(table["a"], table["b"], strict=True)}
    last = str(table["round"].iloc[-1])
    rest = [(last, *sorted(p), True, False) for p in combinations(book.everybody, 2) if frozenset(p) not in had]
    new = pd.DataFrame(rest, columns=["round", "a", "b", "eligible", "assigned"]).reindex(columns=table.columns)
    whole = pd.concat([table.astype(object), new.astype(object)], ignore_index=True) if rest else table.astype(object)
    whole["tie_after"] = [frozenset((a.casefold(), b.casefold())) in tied for a, b in zip(whole["a"], whole["b"], strict=True)]
    return whole.convert_dtypes()


def _replace(book: Book, files: dict[str, bytes]) -> None:
    """Write the tables that changed together with those that did not: all of them or none."""
    from ..exporters.files import MANIFEST, write_folder
    from ..exporters.findings_json import hashes, to_json

    kept = {p.name: p.read_bytes() for p in sorted(book.folder.glob("*.csv")) if p.name in book.own}
    whole = {**kept, **files}
    write_folder(book.folder, {**whole, MANIFEST: to_json({"netmap": "rounds", "files": hashes(whole)})}, force=True)


@rounds.command()
@click.argument("folder", type=Paths(), metavar="DIR")
@_VETO
@_VETOES
@_SEED
@debug_option
@format_option("text", "json")
def report(folder: str, vetoed: tuple[Pair, ...], vetoes: str | None, seed: int, form: str) -> None:
    """Tell whether being drawn to meet was followed by more ties (F9)."""
    from ..evidence.introducing import trial_of
    from ..questions.introducing import trial_finding
    from .coffee import Book

    book = Book.open(folder)
    for warning in book.warnings:
        say(warning, False)
    apart = tuple((book.find(a), book.find(b)) for a, b in _apart(vetoed, vetoes))
    trial, why = trial_of(book.network, apart, seed=seed)
    if trial is None:
        raise UsageError(f"Nothing can be said yet. {why} Note it with netmap rounds record {folder} --ties FILE.")
    found = trial_finding(trial, 200)
    if form == "json":
        click.echo(as_json({"headline": found.headline, "evidence": dict(found.evidence), "certainty": found.certainty,
                            "next_step": found.next_step, "care": found.care}))  # fmt: skip
        return
    click.echo(f"{found.headline} ({found.certainty})\n{found.why_certain}\nNext: {found.next_step}\n{found.care}")
