"""``python -m netmap.simulate FOLDER``: write a made-up county and, beside it, its truth."""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Sequence

from ..errors import NetmapError
from . import county, observe

__all__ = ["main"]

_WHOLE = {
    "organisations",
    "partnerships",
    "networks",
    "waves",
    "cutpoints",
    "bridges",
    "alone",
    "planned",
    "introduction",
    "coalition",
    "people",
    "seed",
}
_WORD = {"alignment", "sectors"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the options (those of `county`, then those of `observe`), write the folder, return an exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m netmap.simulate",
        description="Write a made-up county as a folder of tables, with its truth beside it.",
        epilog="Example: python -m netmap.simulate mycounty --organisations 60 --alignment strong --seed 7",
    )
    parser.add_argument("folder", help="folder to write; the truth goes to FOLDER-truth.csv")
    for name, default in _options(county).items():
        kind = int if name in _WHOLE else str if name in _WORD else float
        parser.add_argument(f"--{name.replace('_', '-')}", type=kind, default=default, help=f"default {default}")
    seen = parser.add_argument_group("what a survey would have seen (nothing is lost unless asked for)")
    for name in ("non_response", "omit", "misspell"):
        seen.add_argument(f"--{name.replace('_', '-')}", type=float, default=0.0, help="share, default 0")
    seen.add_argument("--fixed-choice", type=int, help="name up to so many; no limit by default")
    given = vars(parser.parse_args(arguments))
    folder = given.pop("folder")
    loss = {name: given.pop(name) for name in ("non_response", "fixed_choice", "omit", "misspell")}
    try:
        made = county(**given)
        if any(loss.values()):
            made = observe(made, **loss, seed=given["seed"])
        made.write(folder)
    except NetmapError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"{made!r}\nWrote {folder} and its truth, {folder}-truth.csv")
    return 0


def _options(function: object) -> dict[str, object]:
    assert callable(function)
    return {name: each.default for name, each in inspect.signature(function).parameters.items()}


if __name__ == "__main__":
    raise SystemExit(main())
