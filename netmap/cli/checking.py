"""The command that reads and computes nothing: check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from ..errors import DataError, Problem
from .console import as_json
from .options import Paths, format_option, read_options
from .reading import read_network

if TYPE_CHECKING:
    from ..network import Network

__all__ = ["check"]

# What the reader calls a pair of names that may be one organisation.
LIKELY_NAMES = ("likely-duplicate", "likely-duplicates", "similar-names")
HEADINGS = {
    "error": "Must be put right before netmap can go on",
    "warning": "Needs attention",
    "note": "For your information",
}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=Paths(), metavar="PATH...")
@read_options
@format_option("text", "json")
def check(paths: tuple[str, ...], form: str, quiet: bool, **reading: Any) -> None:
    """Read only: what was recognised, and every problem with its fix.

    Names the file, row, column and value of each problem as a spreadsheet shows them, and names that may mean the
    same organisation. Writes nothing. Ends with 0 where all is well, with 1 where something needs attention.

    \b
      netmap check data.csv
      netmap check partners/ --format json
    """
    network: Network | None = None
    try:
        network = read_network(paths, quiet=quiet, **reading)
        problems: tuple[Problem, ...] = tuple(network.problems)
    except DataError as wrong:
        problems = wrong.problems
    likely = [p for p in problems if p.code in LIKELY_NAMES]
    others = [p for p in problems if p.code not in LIKELY_NAMES]
    click.echo(_json(network, others, likely) if form == "json" else _text(network, others, likely))
    if any(p.severity in ("error", "warning") for p in problems):
        raise click.exceptions.Exit(1)


def _json(network: Network | None, problems: Sequence[Problem], likely: Sequence[Problem]) -> str:
    return as_json({
        "readable": network is not None,
        "summary": repr(network) if network is not None else None,
        "assumptions": list(network.assumptions) if network is not None else [],
        "files": _files(network),
        "rows": _outcomes(network),
        "problems": [asdict(p) for p in problems],
        "likely_duplicates": [asdict(p) for p in likely],
    })


def _text(network: Network | None, problems: Sequence[Problem], likely: Sequence[Problem]) -> str:
    parts: list[str] = []
    if network is not None:
        parts.append("\n".join([_read_line(file) for file in _files(network)] + [repr(network)]))
        if network.assumptions:
            parts.append(_block("What was recognised", network.assumptions))
        outcomes = _outcomes(network)
        if outcomes:
            counted = ", ".join(f"{number:,} {outcome}" for outcome, number in outcomes.items())
            parts.append(f"Rows: {counted}.")
    for severity, heading in HEADINGS.items():
        held = [str(p) for p in problems if p.severity == severity]
        if held:
            parts.append(_block(f"{heading} ({len(held):,})", held))
    if likely:
        parts.append(_block(f"Names that may mean the same ({len(likely):,})", [str(p) for p in likely]))
    if network is None:
        parts.append("Nothing was analysed. Put right what stands above and run netmap check again.")
    elif not any(p.severity in ("error", "warning") for p in (*problems, *likely)):
        parts.append("Nothing needs to be put right.")
    return "\n\n".join(parts)


def _block(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{heading}:", *(f"  - {line}" for line in lines)])


def _files(network: Network | None) -> list[dict[str, Any]]:
    if network is None:
        return []
    keys = ("file", "sheet", "rows", "encoding", "delimiter")
    return [{key: getattr(source, key, None) for key in keys} for source in network.tables.sources]


def _read_line(file: dict[str, Any]) -> str:
    sheet = f', sheet "{file["sheet"]}"' if file["sheet"] else ""
    named = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
    form = [file["encoding"], named.get(file["delimiter"], file["delimiter"])]
    rows = f"{file['rows']:,} rows" if isinstance(file["rows"], int) else ""
    said = ", ".join(str(part) for part in (rows, *form) if part)
    return f"Read {file['file']}{sheet}{': ' + said if said else ''}."


def _outcomes(network: Network | None) -> dict[str, int]:
    if network is None or not len(network.ledger):
        return {}
    counts = network.ledger["outcome"].value_counts()
    return {str(outcome): int(counts[outcome]) for outcome in sorted(counts.index)}
