"""Write the pages of docs/ that are made from the program itself: commands, measures, columns and networkx.

Run it after changing a command, a measure or the schema: ``python scripts/pages.py``. A test fails while a page is old.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
for place in (str(ROOT), str(ROOT / "scripts")):
    if place not in sys.path:
        sys.path.insert(0, place)

import click  # noqa: E402
from measure_pages import MADE, cell, measure_pages  # noqa: E402

from netmap.cli import cli  # noqa: E402


def commands_page() -> str:
    """Every command with its help, as the terminal shows it."""
    parts = [
        "# Commands", MADE,
        "Each command says this itself with `--help`. `analyze` is another spelling of `analyse`.",
        "| exit code | means |\n|---|---|\n| 0 | done |\n| 1 | the data has problems that stopped the work (`check`: "
        "something needs attention) |\n| 2 | wrong usage, or a place that must not be written to |\n| 3 | a fault of "
        "netmap's own |\n| 130 | interrupted; nothing is half-written |",
    ]
    every = [(n, c) for name, command in cli.commands.items() for n, c in
             [(name, command), *((f"{name} {sub}", c) for sub, c in getattr(command, "commands", {}).items())]]
    for name, command in every:
        context = click.Context(
            command, info_name=f"netmap {name}", terminal_width=100, max_content_width=100,
            help_option_names=["-h", "--help"],
        )
        parts += [f"## netmap {name}", f"```text\n{command.get_help(context)}\n```"]
    return "\n\n".join(parts) + "\n"


def columns_page() -> str:
    """Every table and column that is recognised, with its other headings, its values and what a blank means."""
    from netmap.cli.explaining import column_lines
    from netmap.cli.glossary import TABLES
    from netmap.schema import TABLES as SCHEMA

    parts = [
        "# Tables and columns", MADE,
        "Only two columns are needed: `organisation` and `partner`. Everything else unlocks more. `netmap init` writes "
        "these tables to fill in; `netmap explain COLUMN` says what one means. Other columns of yours are kept.",
    ]
    for name, table in SCHEMA.items():
        rows = []
        for column in table.columns:
            lines = dict(column_lines(column))
            row = (f"`{column.name}`", column.meaning, lines.get("Values", ""), lines.get("Blank means", ""),
                   lines.get("Also called", ""))
            rows.append(f"| {' | '.join(cell(text) for text in row)} |")
        parts += [f"## {name}", TABLES[name], "\n".join([
            "| column | meaning | values | blank means | also called |", "|---|---|---|---|---|", *rows,
        ])]
    return "\n\n".join(parts) + "\n"


def networkx_page() -> str:
    """Every function of networkx that netmap runs as its backend, and what is left to networkx."""
    from netmap.nx_backend.info import FUNCTIONS

    rows = [f"| `{name}` | {left or 'nothing'} |" for name, left in FUNCTIONS.items()]
    parts = [
        "# netmap as a backend of networkx", MADE,
        "The functions of networkx that netmap runs when it is asked to ([how](researchers.md#faster-networkx)), with "
        "networkx's own arguments, defaults, types, order and errors, and what networkx runs itself. Lengths and strengths "
        "are what `weight` or `distance` names; a function in its place, which networkx allows, is always left to networkx. "
        "Articulation points come in the order of the nodes, not of networkx's search.",
        "\n".join(["| function | networkx runs itself |", "|---|---|", *rows]),
        "Whole numbers are the same; others agree to rounding, since sums are taken in another order. PageRank and "
        "eigenvector centrality stop by networkx's rule, so they are as near to their limit as networkx's are. The tests "
        "networkx comes with pass with the backend switched on, none excepted: `python scripts/networkx_suite.py` runs "
        "them and counts what netmap ran.",
    ]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Return every made page by its path from the root of the repository."""
    return {
        "docs/commands.md": commands_page(),
        "docs/columns.md": columns_page(),
        "docs/networkx.md": networkx_page(),
    } | measure_pages()


if __name__ == "__main__":
    for place, text in pages().items():
        (ROOT / place).parent.mkdir(exist_ok=True)
        (ROOT / place).write_text(text, encoding="utf-8", newline="\n")
        print(f"Wrote {place}.")
