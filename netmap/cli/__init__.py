"""The command line: a thin shell that parses, calls the library and prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from .. import __version__
from ..errors import nearest
from . import checking, converting, explaining, introducing, measuring, outcome, results, rounds, starting, stepping

__all__ = ["cli", "main"]

ALIASES = {"analyze": "analyse"}


class Commands(click.Group):
    """The commands, with their other spellings and the nearest name for a mistyped one."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name or its other spelling."""
        return super().get_command(ctx, ALIASES.get(cmd_name, cmd_name))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order they are met, not by letter."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command the first word names, or say which it may have meant."""
        word = args[0]
        if word[:1] != "-" and self.get_command(ctx, word) is None:
            close = nearest(word, [*self.commands, *ALIASES])
            hint = f" Did you mean {' or '.join(close)}?" if close else f" There are {', '.join(self.commands)}."
            ctx.fail(f"There is no command {word!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="netmap", message="%(prog)s %(version)s")
def cli() -> None:
    """Show how organisations work together: findings in plain words, a map and tables.

    Start with a spreadsheet of who works with whom, saved as CSV or Excel:

    \b
      netmap analyse data.csv
      netmap check data.csv
      netmap explain F1

    Results go to standard output, messages to standard error. Nothing is sent anywhere.

    Exit codes: 0 done, 1 the data has problems that stopped the work, 2 wrong usage, 3 a fault of netmap's own,
    130 interrupted.
    """


for _command in (
    results.analyse,
    checking.check,
    results.draw_map,
    measuring.measure,
    converting.convert,
    starting.init,
    explaining.explain,
    introducing.introduce,
    rounds.rounds,
    stepping.whatif,
):
    cli.add_command(_command)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Parameters
    ----------
    args : sequence of str, optional
        The words after ``netmap``; those the program was called with where not given.

    Returns
    -------
    int
        0 done, 1 the data has problems that stopped the work, 2 wrong usage, 3 a fault of netmap's own, 130
        interrupted.

    Examples
    --------
    >>> main(["--version"])
    netmap 0...
    0
    """
    words = list(sys.argv[1:] if args is None else args)
    return outcome.run(cli, words)
