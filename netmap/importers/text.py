"""Read separated text (CSV, TSV and their cousins): which separator, which quotation marks, which rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from ..errors import DataError, Problem
from .cells import Cleaner, plural, rows_named, suspicious_words
from .encoding import Decoded, decode, encoding_problems
from .grid import Found, Known, RawTable, frame

__all__ = ["read_text", "separator"]

_SEPARATORS = ",;\t|"
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_SAMPLE_TEXT = 262_144
_SAMPLE_RECORDS = 200
_END = "\x00end of file\x00"
_HINT = re.compile(r"""\ufeff?\s*"?sep=(.|\\t)"?[,;\t| ]*$""", re.IGNORECASE)

_OTHER_FORMATS = (
    (re.compile(r"\s*<(!doctype html|html|head|body|table|div|meta)\b", re.IGNORECASE), "web-page", "This is a web page, not a table.",
     "Open it in a spreadsheet program and save it as CSV UTF-8 or XLSX."),
    (re.compile(r"\s*<(\?xml|graphml|gexf)\b", re.IGNORECASE), "xml", "This is an XML file, not a table.",
     "Save the table as CSV UTF-8 or XLSX where it comes from."),
    (re.compile(r"\{\\rtf"), "rich-text", "This is a text document (RTF), not a table.", "Save the table in it as CSV UTF-8 or XLSX."),
    (re.compile(r"\s*\*(vertices|network)\b", re.IGNORECASE), "pajek", "This is a Pajek network file, not a table.",
     "Export the ties as a table with the columns organisation and partner."),
    (re.compile(r"\s*dl\s+(n|nr|format)\s*=", re.IGNORECASE), "ucinet", "This is a UCINET DL file, not a table.",
     "Export the ties as a table with the columns organisation and partner."),
    (re.compile(r"(%PDF-|PAR1|\x89PNG|GIF8|\x1f\x8b|SQLite format 3|BZh[1-9]|7z\xbc\xaf|Rar!)"), "not-text", "This is not a table of text.",
     "Save the table as CSV UTF-8 or XLSX."),
)  # fmt: skip


def read_text(
    content: bytes | str, *, file: str, sha256: str = "", encoding: str | None = None, known: Known | None = None
) -> RawTable:
    """Read one table of separated text.

    Parameters
    ----------
    content : bytes or str
        The whole file; text that is decoded already is taken as it is.
    file : str
        Its name, for messages.
    sha256 : str, optional
        Fingerprint of the bytes, kept with the table.
    encoding : str, optional
        The encoding the user named; nothing is detected then.
    known : callable, optional
        Tells whether a text is a heading that the schema knows.

    Returns
    -------
    RawTable
        The table; a file with headings only has no rows.

    Raises
    ------
    DataError
        If the file is empty, holds something else than a table, or has a quotation mark that is never closed.
    UsageError
        If there is no encoding of the name given.

    Examples
    --------
    >>> table = read_text(b"organisation;partner\\nDevon;Cornwall\\n", file="ties.csv")
    >>> table.delimiter, table.header, table.rows
    (';', ('organisation', 'partner'), (('Devon', 'Cornwall'),))

    Notes
    -----
    Records are parsed by Python's csv module, so that quoted separators and line breaks are respected; a quoted line
    break starts no new row. Linear in the length of the text.
    """
    if isinstance(content, str):
        decoded = Decoded(content.removeprefix("\ufeff"), "text")
    else:
        for pattern, code, what, fix in _OTHER_FORMATS:
            if pattern.match(content[:400].decode("latin-1")):
                raise DataError(Problem(code, what, fix, "error", file))
        decoded = decode(content, file, encoding)
    text = decoded.text
    if not text.strip("\0"):
        raise DataError(Problem("empty-file", "The file is empty.", "Check that it was saved.", "error", file))
    for pattern, code, what, fix in _OTHER_FORMATS:
        if pattern.match(text[:400]):
            raise DataError(Problem(code, what, fix, "error", file))
    _refuse_json(text, file)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")

    skipped: list[tuple[int, str]] = []
    first, _, rest = text.partition("\n")
    hint = _HINT.match(first)
    if hint:
        delimiter, spaced = "\t" if hint.group(1) == "\\t" else hint.group(1), False
        skipped.append((1, "line that names the separator"))
        text = rest
    else:
        delimiter, spaced = separator(text, known)
    start = 2 if hint else 1
    problems: list[Problem] = []
    records = _records(text, delimiter, spaced, file, start, problems)
    numbered = list(enumerate(records, start))
    problems += encoding_problems(decoded, numbered, file)
    problems += _swallowed(numbered, delimiter, file)
    cleaner = Cleaner()
    grid = [(line, cleaner.row(record, line)) for line, record in numbered]
    problems += cleaner.problems(file, None)
    problems += suspicious_words(grid, file, None)
    found = Found(file, None, decoded.encoding, delimiter, sha256, tuple(skipped), tuple(problems))
    return frame(grid, found, known)


def separator(text: str, known: Known | None = None) -> tuple[str, bool]:
    """Say which character separates the cells, and whether a space may stand between it and a quotation mark.

    Parameters
    ----------
    text : str
        The file, with line feeds as line ends.
    known : callable, optional
        Tells whether a text is a heading that the schema knows; it decides between separators that fit equally.

    Returns
    -------
    tuple of (str, bool)
        One of comma, semicolon, tab and pipe (comma if there is one column only), and the rule for spaces.

    Examples
    --------
    >>> separator('name;lat\\nMôn;53,2\\nGwynedd;53,1')
    (';', False)
    >>> separator('name, partner\\n"Armagh, Banbridge", "Newry, Mourne"')
    (',', True)

    Notes
    -----
    Each candidate parses the first 200 records with quotation marks respected. The one wins under which most records
    have the same number of cells, two or more; then the one whose first wide record holds more known headings; then the
    one with more cells.
    """
    sample = text[:_SAMPLE_TEXT]
    whole = len(sample) == len(text)
    best: tuple[float, int, int, int] = (0.0, 0, 0, 0)
    chosen = (",", False)
    for delimiter in _SEPARATORS:
        if delimiter not in sample:
            continue
        spacings = (False, True) if f'{delimiter} "' in sample else (False,)
        for spaced in spacings:
            records = _parsed(sample, delimiter, spaced)
            rows = [record for record in _first(records, _SAMPLE_RECORDS) if any(cell.strip() for cell in record)]
            if not whole and len(rows) > 1 and len(rows) < _SAMPLE_RECORDS:
                rows.pop()
            widths = Counter(len(record) for record in rows if len(record) > 1)
            if not widths:
                continue
            width = max(widths, key=lambda w: (widths[w], w))
            head = next(record for record in rows if len(record) == width)
            heads = sum(1 for cell in head if known(cell.strip())) if known else 0
            score = (round(widths[width] / len(rows), 2), heads, width, -_SEPARATORS.index(delimiter))
            if score > best:
                best, chosen = score, (delimiter, spaced)
    return chosen


def _first(records: Iterator[list[str]], count: int) -> Iterator[list[str]]:
    for record, _ in zip(records, range(count), strict=False):
        if record != [_END]:
            yield record


def _parsed(text: str, delimiter: str, spaced: bool, quoting: int = csv.QUOTE_MINIMAL) -> Iterator[list[str]]:
    """Parse records, followed by one that marks the end: if it is missing, a quotation mark was never closed."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + len(_END) + 1))
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    feed = chain((line + "\n" for line in lines), (_END,))
    return csv.reader(feed, delimiter=delimiter, skipinitialspace=spaced, quoting=quoting)  # type: ignore[arg-type]


def _records(
    text: str, delimiter: str, spaced: bool, file: str, start: int, problems: list[Problem]
) -> list[list[str]]:
    try:
        records = list(_parsed(text, delimiter, spaced))
    except csv.Error as error:
        raise DataError(Problem("unreadable", f"The rows cannot be told apart ({error}).", "", "error", file)) from None
    last = records.pop()
    if last == [_END]:
        return records
    row = start + len(records)
    suspect = _suspect(records, start) or row
    plain = list(_parsed(text, delimiter, spaced, csv.QUOTE_NONE))[:-1]
    widths = {len(record) for record in plain if record}
    quoted = any(len(cell) > 1 and cell[0] == cell[-1] == '"' for record in plain for cell in map(str.strip, record))
    if len(widths) == 1 and not quoted:
        what = "A quotation mark is opened and never closed; quotation marks were taken as ordinary characters."
        problems.append(Problem("unclosed-quote", what, "Take the mark out.", "warning", file, line=suspect))
        return plain
    lost = last[-1].count("\n")
    what = f"A quotation mark is opened and never closed: the {plural(lost, 'line')} after it were swallowed by one cell."
    fix = 'Close it, or take it out. A mark that belongs to the text is written twice ("").'
    opened = last[-1].split("\n", 1)[0][:60]
    raise DataError(Problem("unclosed-quote", what, fix, "error", file, line=suspect, value=opened))


def _suspect(records: Sequence[Sequence[str]], start: int) -> int | None:
    """Return the first row of an unusual width with a line break in a cell: there a quotation mark went astray."""
    widths = Counter(len(record) for record in records if record)
    usual = max(widths, key=lambda width: (widths[width], width)) if widths else 0
    for line, record in enumerate(records, start):
        if len(record) != usual and any("\n" in cell for cell in record):
            return line
    return None


def _swallowed(rows: Sequence[tuple[int, Sequence[str]]], delimiter: str, file: str) -> list[Problem]:
    """Warn of cells that seem to hold whole rows, because a quotation mark is missing."""
    widths = Counter(len(record) for _, record in rows if record)
    usual = max(widths, key=lambda width: (widths[width], width)) if widths else 0
    if usual < 2:
        return []
    lines = [
        line
        for line, record in rows
        if len(record) != usual
        and any(part.count(delimiter) >= usual - 1 for cell in record if "\n" in cell for part in cell.split("\n")[1:])
    ]
    if not lines:
        return []
    what = f"A cell in {rows_named(lines)} seems to hold whole rows: a quotation mark may be missing."
    return [Problem("swallowed-rows", what, "Check the quotation marks there.", "warning", file, line=lines[0])]


def _refuse_json(text: str, file: str) -> None:
    head = text[:200].lstrip()
    if not head or head[0] not in "{[":
        return
    import json

    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(content, dict | list):
        what = "This is a JSON file, not a table."
        raise DataError(Problem("json", what, "Save the table as CSV UTF-8 or XLSX where it comes from.", "error", file))
