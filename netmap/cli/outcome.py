"""How a run ends: exit codes, one line for each kind of failure, and streams that can print any name."""

from __future__ import annotations

import io
import os
import sys
import warnings
from contextlib import suppress

import click

from ..errors import DataError, NetmapError

__all__ = ["run"]

SHOWN = 10
REPORT = (
    "This is a fault in netmap, not in your data. Please report this line and the command you gave to whoever looks "
    "after netmap for you; --debug shows the details to send along."
)


def run(group: click.Group, words: list[str]) -> int:
    """Run `group` on `words` and return the exit code; every failure ends in words, not in a traceback."""
    debug = "--debug" in words
    _prepare_streams()
    with warnings.catch_warnings():
        if not debug:
            warnings.simplefilter("ignore")
        try:
            ended = group.main(args=words, prog_name="netmap", standalone_mode=False)
            sys.stdout.flush()
            return ended if isinstance(ended, int) else 0
        except click.exceptions.Exit as leaving:
            return leaving.exit_code
        except (click.Abort, KeyboardInterrupt):
            _say("Stopped. Nothing was left half-written.")
            return 130
        except click.ClickException as wrong:
            wrong.show(file=sys.stderr)
            return wrong.exit_code
        except BrokenPipeError:
            _leave_quietly()
            return 0
        except DataError as wrong:
            if debug:
                _traceback()
            _say(_problems(wrong))
            return wrong.exit_code
        except NetmapError as wrong:
            if debug:
                _traceback()
            if wrong.exit_code == NetmapError.exit_code:
                _say(f"Error: {wrong}\n{REPORT}")
            else:
                _say(f"Error: {wrong}")
            return wrong.exit_code
        except MemoryError:
            if debug:
                _traceback()
            _say("Error: there is not enough memory on this machine for data of this size. Try --effort quick.")
            return 3
        except SystemExit as leaving:
            return leaving.code if isinstance(leaving.code, int) else 0
        except BaseException as fault:
            # A panic of a compiled package is no Exception.
            if debug:
                _traceback()
            _say(f"Error: {type(fault).__name__}: {_one_line(fault)}\n{REPORT}")
            return 3


def _problems(wrong: DataError) -> str:
    stopping = [p for p in wrong.problems if p.severity == "error"] or list(wrong.problems)
    lines = ["The data has problems that stopped the work:", *(f"  - {p}" for p in stopping[:SHOWN])]
    rest = len(wrong.problems) - min(len(stopping), SHOWN)
    if rest:
        lines.append(f"  and {rest:,} more: see them all with netmap check.")
    return "\n".join(lines)


def _prepare_streams() -> None:
    # A name no code page holds must never end a run; what is piped on is UTF-8 unless the user chose otherwise.
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _leave_quietly() -> None:
    # The reader has gone: point standard output at nothing, so that closing it says nothing either.
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    with suppress(OSError):
        click.echo(text, err=True)


def _one_line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:300]


def _traceback() -> None:
    import traceback

    traceback.print_exc()
