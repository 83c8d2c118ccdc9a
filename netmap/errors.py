"""What can go wrong, named by whose fault it is, and how a problem in a file is described."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "DataError",
    "MeasureError",
    "NetmapError",
    "OutputError",
    "Problem",
    "UsageError",
    "nearest",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing noticed in the input: where it is, what is wrong and what to do about it.

    Attributes
    ----------
    code : str
        Stable short name of the kind of problem, such as ``bad-number``.
    what : str
        What is wrong, as a sentence without the place.
    fix : str
        What the user can do; empty where nothing needs doing.
    severity : str
        ``error`` stops the work; ``warning`` means something was set aside or doubted; ``note`` informs.
    file, sheet : str or None
        File name as the user gave it, and sheet of a workbook.
    line : int or None
        Row as a spreadsheet shows it (the first row of the file is 1).
    column, value : str or None
        Heading and cell as they stand in the file.
    """

    code: str
    what: str
    fix: str = ""
    severity: str = "warning"
    file: str | None = None
    sheet: str | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None

    @property
    def place(self) -> str:
        """Where the problem is: file, sheet, row and column, as far as they are known."""
        parts = []
        if self.file:
            parts.append(self.file)
        if self.sheet:
            parts.append(f'sheet "{self.sheet}"')
        if self.line is not None:
            parts.append(f"row {self.line}")
        if self.column:
            parts.append(f'column "{self.column}"')
        return ", ".join(parts)

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.what}{' ' + self.fix if self.fix else ''}"


class NetmapError(Exception):
    """Base of every error netmap raises on purpose; ``exit_code`` is what the command line ends with."""

    exit_code = 3


class DataError(NetmapError):
    """The data has problems that stop the work; ``problems`` holds every one of them."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem] | Problem):
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        shown = [str(p) for p in self.problems[:10]]
        more = len(self.problems) - len(shown)
        if more > 0:
            shown.append(f"and {more} more")
        super().__init__("\n".join(shown))


class UsageError(NetmapError):
    """netmap was asked for something that does not exist or cannot be done as asked."""

    exit_code = 2


class MeasureError(UsageError, ValueError):
    """A measure was given arguments it cannot work with."""


class OutputError(NetmapError):
    """The results could not be written; nothing was left half-written."""

    exit_code = 2


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the names in `known` that `word` may have meant, nearest first.

    Examples
    --------
    >>> nearest("betweeness", ["betweenness", "closeness", "density"])
    ['betweenness']
    """
    from difflib import get_close_matches

    table = {name.casefold(): name for name in known}
    return [table[hit] for hit in get_close_matches(word.casefold(), table, n=count, cutoff=0.6)]
