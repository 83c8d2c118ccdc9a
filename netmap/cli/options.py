"""Options that several commands share, declared once, and the kinds of value they take."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from ..errors import UsageError, nearest

__all__ = [
    "Paths",
    "Word",
    "compute_options",
    "debug_option",
    "format_option",
    "out_folder",
    "pairs",
    "read_options",
    "stem_of",
    "write_options",
]

Command = TypeVar("Command", bound=Callable[..., Any])

STDIN = "-"


class Word(click.Choice):  # type: ignore[type-arg, unused-ignore]
    """One of several words; a mistyped one is answered with the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the word as declared, whatever its case."""
        words = {str(word).casefold(): str(word) for word in self.choices}
        text = str(value)
        if text.casefold() in words:
            return words[text.casefold()]
        close = nearest(text, words.values(), 1)
        hint = f"Did you mean {close[0]}? " if close else ""
        what = f"{text!r} is not known. {hint}It can be {_or(list(words.values()))}."
        raise click.BadParameter(what, ctx=ctx, param=param)


class Paths(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A file or folder that exists, or ``-`` for standard input; for a missing one the nearest name is given."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return the path as given, once it is known to be there."""
        text = str(os.fspath(value))
        if text == STDIN or os.path.exists(text):
            return text
        folder = Path(text).parent
        where = "here" if str(folder) == "." else f"in {folder}"
        try:
            names = sorted(entry.name for entry in os.scandir(folder))
        except OSError:
            raise UsageError(f"There is no folder {str(folder)!r}.") from None
        close = nearest(Path(text).name, names, 3)
        hint = f" Did you mean {_or([str(folder / name) for name in close])}?" if close else ""
        raise UsageError(f"There is no file or folder {Path(text).name!r} {where}.{hint}")


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def pairs(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> Mapping[str, str]:
    """Read ``HEADING=COLUMN`` words as a mapping; the last ``=`` divides, so a heading may hold one."""
    out: dict[str, str] = {}
    for text in value:
        heading, sign, column = text.rpartition("=")
        if not sign or not heading.strip() or not column.strip():
            raise click.BadParameter(
                f'{text!r} is not HEADING=COLUMN. Write for example "Lead body=organisation": the heading as it '
                "stands in your file, then the column it means (netmap explain organisation).",
                ctx=ctx,
                param=param,
            )
        out[heading.strip()] = column.strip()
    return out


def _stack(options: list[Callable[[Command], Command]]) -> Callable[[Command], Command]:
    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def debug_option(command: Command) -> Command:
    """Add ``--debug``; whoever catches the fault looks for it among the words of the command."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show the details of a fault.")(command)


def read_options(command: Command) -> Command:
    """Add what every command that reads files takes: how to read them, and how much to say."""
    return _stack([
        click.option(
            "--nodes", type=Word(["organisations", "people"]), help="What the names are."
        ),
        click.option(
            "--map-columns", "map_columns", multiple=True, metavar="HEADING=COLUMN", callback=pairs,
            help='What a heading means, such as "Lead body=organisation". May be given several times.',
        ),
        click.option("--encoding", metavar="NAME", help="Encoding of text files, such as cp1252 or mac-roman."),
        click.option(
            "--aliases", type=Paths(), metavar="FILE", help="Names that mean the same organisation, approved by you."
        ),
        click.option("--quiet", "-q", is_flag=True, help="Say nothing on the way."),
        debug_option,
    ])(command)


def compute_options(command: Command) -> Command:
    """Add what every command that computes takes: what to look at, for whom and how hard to try."""
    return _stack([
        click.option(
            "--kind", "kinds", multiple=True, metavar="KIND",
            help="Only ties of this kind, such as learning. May be given several times.",
        ),
        click.option("--wave", metavar="WAVE", help="The wave to look at (default: the latest)."),
        click.option(
            "--audience", type=Word(["public", "coordinator", "research"]), default="coordinator", show_default=True,
            help="Who will see the results; what they may not see is left out and counted.",
        ),
        click.option(
            "--consent", type=Word(["pseudonym", "named"]),
            help="You hold the consent of the people in the data to appear so. Recorded in the manifest.",
        ),
        click.option(
            "--pseudonym-key", type=click.Path(dir_okay=False), metavar="FILE",
            help="Keeps pseudonyms the same across waves. Made if missing; never share it.",
        ),
        click.option(
            "--effort", type=Word(["quick", "normal", "thorough"]), default="normal", show_default=True,
            help="How many networks as they might really be are drawn (50, 200 or 1,000), and up to what size betweenness is "
            "exact and not sampled.",
        ),
        click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of all chance."),
    ])(command)


def write_options(command: Command) -> Command:
    """Add what every command that writes a folder takes."""
    return _stack([
        click.option("--out", type=click.Path(), metavar="DIR", help="Where to write (default: NAME-netmap here)."),
        click.option("--force", is_flag=True, help="Write into a folder that netmap did not write."),
        click.option("--open", "open_it", is_flag=True, help="Open the result in a browser."),
    ])(command)


def format_option(*forms: str) -> Callable[[Command], Command]:
    """Add ``--format``: the form of what goes to standard output."""
    return click.option(
        "--format", "form", type=Word(list(forms)), default=forms[0], show_default=True,
        help="Form of what is printed.",
    )


def out_folder(paths: tuple[str, ...], out: str | None) -> Path:
    """Return where to write: `out`, or ``<stem>-netmap`` in the working directory.

    Examples
    --------
    >>> out_folder(("data/localgov.csv",), None).as_posix()
    'localgov-netmap'
    """
    if out is not None:
        if not out.strip():
            raise UsageError("--out is empty: name the folder to write to.")
        return Path(out)
    return Path(f"{stem_of(paths)}-netmap")


def stem_of(paths: tuple[str, ...]) -> str:
    """Return the name of the data: that of the first path without its ending."""
    first = paths[0]
    if first == STDIN:
        return "stdin"
    path = Path(os.path.abspath(first))
    return (path.name if path.is_dir() else path.stem) or "data"
