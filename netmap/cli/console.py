"""What is said on the way: messages and progress on standard error, tables as plain text."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import click

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Progress", "aligned", "as_json", "open_in_browser", "progress", "say"]


class Progress(Protocol):
    """What long work calls as it goes on: the step, how far it is and how far it goes (0 where that is not known)."""

    def __call__(self, step: str, done: int, total: int, /) -> None:
        """Report one step."""


def say(text: str, quiet: bool = False) -> None:
    """Write one message to standard error at once, unless `quiet`."""
    if not quiet:
        click.echo(text, err=True)
        sys.stderr.flush()


@contextmanager
def progress(quiet: bool = False) -> Iterator[Progress]:
    """Give something to report progress to: a bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None)

        def report(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, total=total or None, completed=done)

        yield report


def _silent(step: str, done: int, total: int) -> None:
    del step, done, total


def open_in_browser(path: Path) -> None:
    """Open a file in the browser of the machine, or say that none answered."""
    import webbrowser

    if not webbrowser.open(path.resolve().as_uri()):
        say(f"No browser answered. Open {path} by hand.")


def as_json(value: Any) -> str:
    """Return a value as JSON text, NaN as null, keys in the order given."""
    import json

    return json.dumps(_plain(value), ensure_ascii=False, indent=2, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(held) for held in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if hasattr(value, "item"):
        return _plain(value.item())
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    return None if repr(value) in ("<NA>", "NaT") else str(value)


def aligned(headings: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Return a table as plain text, columns aligned, those in `right` to the right.

    Examples
    --------
    >>> print(aligned(["name", "ties"], [["Devon", "2"], ["Bristol", "11"]], right=[1]))
    name     ties
    Devon       2
    Bristol    11
    """
    grid = [list(headings), *([_cell(cell) for cell in row] for row in rows)]
    widths = [max(_width(row[i]) for row in grid) for i in range(len(headings))]
    to_right = set(right)
    lines = []
    for row in grid:
        cells = []
        for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - _width(cell))
            cells.append(gap + cell if i in to_right else cell + gap)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split())


def _width(text: str) -> int:
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
