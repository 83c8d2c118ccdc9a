"""Write the pages of docs/ that are made from the program itself: commands, measures and columns.

Run it after changing a command, a measure or the schema: ``python scripts/pages.py``. A test fails while a page is old.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import click  # noqa: E402

from netmap.cli import cli  # noqa: E402

MADE = "<!-- Made by scripts/pages.py: change the program, not this page. -->"


def commands_page() -> str:
    """Every command with its help, as the terminal shows it."""
    parts = [
        "# Commands", MADE,
        "Each command says this itself with `--help`. `analyze` is another spelling of `analyse`.",
        "| exit code | means |\n|---|---|\n| 0 | done |\n| 1 | the data has problems that stopped the work (`check`: "
        "something needs attention) |\n| 2 | wrong usage, or a place that must not be written to |\n| 3 | a fault of "
        "netmap's own |\n| 130 | interrupted; nothing is half-written |",
    ]
    for name, command in cli.commands.items():
        context = click.Context(
            command, info_name=f"netmap {name}", terminal_width=100, max_content_width=100,
            help_option_names=["-h", "--help"],
        )
        parts += [f"## netmap {name}", f"```text\n{command.get_help(context)}\n```"]
    return "\n\n".join(parts) + "\n"


def measures_page() -> str:
    """Every measure by family: what it is, its range and when not to use it."""
    from netmap.measures.catalogue import entries

    families: dict[str, list[str]] = {}
    for entry in entries().values():
        mark = " *netmap's own construct, without published validation.*" if entry.proposed else ""
        row = (f"`{entry.name}`", entry.number, entry.plain + mark, entry.range, entry.caution)
        families.setdefault(entry.family or "other", []).append(f"| {' | '.join(_cell(text) for text in row)} |")
    parts = [
        "# Measures", MADE,
        "`netmap measure data.csv NAME` gives a measure as a table, `netmap explain NAME` what it means, "
        "`netmap.measures.NAME(view)` the numbers in Python. A value that is not defined is empty, never 0.",
    ]
    for family, rows in families.items():
        parts += [f"## {family[:1].upper()}{family[1:]}", "\n".join([
            "| name | | what it is | range | when not |", "|---|---|---|---|---|", *rows,
        ])]
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
            rows.append(f"| {' | '.join(_cell(text) for text in row)} |")
        parts += [f"## {name}", TABLES[name], "\n".join([
            "| column | meaning | values | blank means | also called |", "|---|---|---|---|---|", *rows,
        ])]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Return every made page by its path from the root of the repository."""
    return {
        "docs/commands.md": commands_page(),
        "docs/measures.md": measures_page(),
        "docs/columns.md": columns_page(),
    }


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    for place, text in pages().items():
        (ROOT / place).write_text(text, encoding="utf-8", newline="\n")
        print(f"Wrote {place}.")
