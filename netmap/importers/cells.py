"""Make one cell fit to compare and to print: Unicode NFC, ordinary spaces, nothing invisible; and count what changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from ..errors import Problem

__all__ = ["Cleaner", "is_blank", "listed", "plural", "rows_named", "suspicious_words", "words_around", "words_named"]

_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_HIDDEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f"
_JOINERS = re.compile("(?<![\u0590-\U0010ffff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0590-\U0010ffff])")
_ODD = re.compile(f"[{_CONTROL}{_BIDI}{_HIDDEN}\u200c\u200d]")
_REMOVED = {
    "control": re.compile(f"[{_CONTROL}]"),
    "bidi": re.compile(f"[{_BIDI}]"),
    "hidden": re.compile(f"[{_HIDDEN}]"),
    "joiner": _JOINERS,
}
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")
_MIXED = re.compile("[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]")
_LOST = re.compile("\ufffd+")
_EDGE = frozenset(" \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0,;|\"()[]{}<>:")
_REACH = 30
_QUERY = re.compile(r"[^\W\d_]\?[^\W\d_]")
_QUERIED_WORD = re.compile(r"\w*[^\W\d_]\?[^\W\d_]\w*|(?<!\w)[^\W\d_]\?(?= \w)")

_WHAT: dict[str, tuple[str, str, str, str]] = {
    "control": (
        "control-characters",
        "warning",
        "Control characters, which no program shows, were removed from {cells} ({rows}).",
        "Check these names.",
    ),
    "bidi": (
        "direction-characters",
        "warning",
        "Characters that reverse the direction of writing were removed from {cells} ({rows}); "
        "they can make one name look like another.",
        "Check these names.",
    ),
    "hidden": ("zero-width-characters", "note", "Characters of no width were removed from {cells} ({rows}).", ""),
    "odd-space": ("no-break-spaces", "note", "No-break or other special spaces in {cells} ({rows}) became ordinary.", ""),
    "space": ("extra-spaces", "note", "Spaces at the ends of a cell or several in a row were trimmed in {cells} ({rows}).", ""),
    "break": ("line-breaks", "note", "Line breaks inside {cells} ({rows}) became spaces.", ""),
    "nfc": (
        "decomposed-letters",
        "note",
        "Letters written as a letter followed by an accent were joined in {cells} ({rows}), so that equal names are equal.",
        "",
    ),
    "apostrophe": (
        "protective-apostrophe",
        "note",
        "The apostrophe that keeps a spreadsheet from taking a cell for a formula was taken off {cells} ({rows}).",
        "",
    ),
}


def is_blank(cells: Sequence[str]) -> bool:
    """Tell whether no cell of a row holds anything."""
    return not any(cells)


def plural(count: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> plural(1, "row"), plural(2048, "row")
    ('1 row', '2,048 rows')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(items: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    words = list(items)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def rows_named(lines: Sequence[int], shown: int = 5) -> str:
    """Name rows, the first few in full.

    Examples
    --------
    >>> rows_named([7]), rows_named([2, 3, 9]), rows_named(list(range(2, 100)))
    ('row 7', 'rows 2, 3 and 9', 'rows 2, 3, 4, 5, 6 and 93 more')
    """
    if len(lines) == 1:
        return f"row {lines[0]}"
    names = [str(line) for line in lines[:shown]]
    if len(lines) > shown:
        names.append(f"{len(lines) - shown:,} more")
    return f"rows {listed(names)}"


def words_named(found: dict[str, list[int]], shown: int = 6) -> str:
    """Name words with the rows they stand in, in alphabetical order, the first few in full."""
    words = [f'"{word}" ({rows_named(found[word], 3)})' for word in sorted(found)[:shown]]
    if len(found) > shown:
        words.append(f"{len(found) - shown:,} more")
    return listed(words)


def words_around(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the words a pattern is found in, cut to a readable length.

    Notes
    -----
    The pattern is searched alone and the word grown around it, so that a very long cell costs linear time.
    """
    words = []
    done = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        first, last = max(done, start - _REACH), min(len(text), end + _REACH)
        while start > first and text[start - 1] not in _EDGE:
            start -= 1
        while end < last and text[end] not in _EDGE:
            end += 1
        done = end
        words.append(" ".join(text[start:end].split()).strip(".'!"))
    return words


class Cleaner:
    """Clean cells row by row, and remember in which rows something was changed.

    Examples
    --------
    >>> cleaner = Cleaner()
    >>> cleaner.row(["  Ynys Mo\\u0302n ", "Powys\\nCouncil"], 2)
    ['Ynys Môn', 'Powys Council']
    >>> [problem.code for problem in cleaner.problems("a.csv", None)]
    ['extra-spaces', 'line-breaks', 'decomposed-letters']
    """

    def __init__(self) -> None:
        self._changed: dict[str, list[int]] = {}

    def row(self, cells: Iterable[str], line: int) -> list[str]:
        """Return the cells of one row, cleaned."""
        out = []
        for cell in cells:
            if cell.isascii() and cell.isprintable():
                trimmed = cell.strip()
                if "  " in trimmed:
                    trimmed = " ".join(trimmed.split())
                if len(trimmed) != len(cell) and trimmed:
                    self._changed.setdefault("space", []).append(line)
                if trimmed[:1] == "'":
                    trimmed = self._unprotect(trimmed, line)
                out.append(trimmed)
            else:
                out.append(self._clean(cell, line))
        return out

    def _unprotect(self, cell: str, line: int) -> str:
        if _PROTECTED.match(cell):
            self._changed.setdefault("apostrophe", []).append(line)
            return cell[1:]
        return cell

    def _clean(self, cell: str, line: int) -> str:
        note = self._changed.setdefault
        if cell[0] == "'":
            cell = self._unprotect(cell, line)
        if _ODD.search(cell):
            for kind, pattern in _REMOVED.items():
                cell, times = pattern.subn("", cell)
                if times:
                    note("hidden" if kind == "joiner" else kind, []).append(line)
        if not unicodedata.is_normalized("NFC", cell):
            cell = unicodedata.normalize("NFC", cell)
            note("nfc", []).append(line)
        joined = " ".join(cell.split())
        if joined != cell and joined:
            if "\n" in cell.strip():
                note("break", []).append(line)
            ordinary = " ".join(re.split(r"[ \t\n\r\v\f]+", cell.strip(" \t\n\r\v\f")))
            if ordinary != joined:
                note("odd-space", []).append(line)
            elif cell.replace("\n", " ") != joined:
                note("space", []).append(line)
        return joined

    def problems(self, file: str, sheet: str | None) -> list[Problem]:
        """Say what was changed, one problem for each kind of change."""
        found = []
        for kind, (code, severity, what, fix) in _WHAT.items():
            lines = self._changed.get(kind)
            if lines:
                rows = list(dict.fromkeys(lines))
                text = what.format(cells=plural(len(lines), "cell"), rows=rows_named(rows))
                found.append(Problem(code, text, fix, severity, file, sheet, rows[0]))
        return found


def suspicious_words(rows: Iterable[tuple[int, Sequence[str]]], file: str, sheet: str | None) -> list[Problem]:
    """Warn of words that mix alphabets and of letters lost before the file reached us."""
    mixed: dict[str, list[int]] = {}
    lost: dict[str, list[int]] = {}
    queried: dict[str, list[int]] = {}
    sure = False
    for line, cells in rows:
        text = "\n".join(cells)
        if not text.isascii():
            for pattern, words in ((_MIXED, mixed), (_LOST, lost)):
                for word in words_around(pattern, text):
                    words.setdefault(word, []).append(line)
        if "?" in text:
            for cell in cells:
                if "?" in cell and len(cell) <= 80 and not any(mark in cell for mark in "/=&@"):
                    sure = sure or bool(_QUERY.search(cell))
                    for word in _QUERIED_WORD.findall(cell):
                        queried.setdefault(word, []).append(line)
    found = []
    if mixed:
        what = f"Letters of two alphabets stand in one word: {words_named(mixed)}. They look alike but are not the same name."
        found.append(Problem("mixed-alphabets", what, "Type these words again.", "warning", file, sheet))
    if lost:
        what = f"Letters were lost before the file was saved: {words_named(lost)}."
        found.append(Problem("lost-letters", what, "Save the file again from its source as UTF-8.", "warning", file, sheet))
    if queried and sure:
        what = f'Letters may have been lost and replaced by "?" before the file was saved: {words_named(queried)}.'
        found.append(Problem("lost-letters", what, 'Save it again from its source as "CSV UTF-8".', "warning", file, sheet))
    return found
