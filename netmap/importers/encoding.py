"""Turn bytes into text without guessing in silence: byte order mark, strict UTF-8, then Windows-1252 with a warning."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import DataError, Problem, UsageError, nearest
from .cells import words_around, words_named

__all__ = ["Decoded", "decode", "encoding_problems"]

_CP1252 = bytes(range(256)).decode("cp1252", "replace")
_CP1252 = "".join(chr(i) if char == "\ufffd" else char for i, char in enumerate(_CP1252))
_FROM_ESCAPED = {0xDC00 + byte: _CP1252[byte] for byte in range(0x80, 0x100)}
_TO_BYTE = {ord(char): byte for byte, char in enumerate(_CP1252)}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_LATER = "".join(_CP1252[byte] for byte in range(0x80, 0xC0))
_TWICE = re.compile(f"[ÂÃÄÅ][{re.escape(_LATER)}]|á[º»][{re.escape(_LATER)}]|â[€‚][{re.escape(_LATER)}]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_SIGNS = re.escape("¡¢¤¥¦¨©ª«¬®¯±²³´¶·¸¹º»¼½¾¿×÷™‚ƒ„†‡ˆ‰‹›˜•€£§°\x81\x8d\x8f\x90\x9d")
_DOUBTFUL = re.compile(rf"[ðÐþÞýÝ]|(?<=[^\W\d_])[{_SIGNS}](?=[^\W\d_])")
_ELSEWHERE = (("iso8859-14", "Welsh"), ("mac-roman", "old Macintosh"), ("cp850", "DOS"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it was read: the encoding, and ``doubt`` where nothing in the file names it.

    Attributes
    ----------
    text, encoding : str
        The text without byte order mark, and the encoding it was read in.
    doubt : str
        Empty if the encoding is certain; ``fallback`` if the file is not UTF-8 and was read as
        Windows-1252; ``mixed`` if most of it is UTF-8.
    problems : tuple of Problem
        Notes that need no rows.
    strange : tuple of str
        In a mixed file, the words whose bytes are not UTF-8, as they were read.
    """

    text: str
    encoding: str
    doubt: str = ""
    problems: tuple[Problem, ...] = ()
    strange: tuple[str, ...] = ()


def decode(data: bytes, file: str, encoding: str | None = None) -> Decoded:
    """Turn the bytes of a text file into text.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name, for messages.
    encoding : str, optional
        The encoding the user named; it overrides everything found in the file.

    Returns
    -------
    Decoded
        The text and how it was read.

    Raises
    ------
    UsageError
        If there is no encoding of the name given.
    DataError
        If the bytes do not fit the named encoding or the byte order mark, or are not text at all.

    Examples
    --------
    >>> decode("Ynys Môn".encode("cp1252"), "a.csv")
    Decoded(text='Ynys Môn', encoding='cp1252', doubt='fallback', problems=(), strange=())
    >>> decode("Tŷ".encode("utf-16"), "a.csv").encoding
    'utf-16-le'

    Notes
    -----
    Windows-1252 leaves five bytes undefined; they are read as Latin-1 reads them. Linear in the length of the file.
    """
    mark, marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    if encoding is not None:
        return _as_named(data, file, encoding, mark, marked)
    body = data[len(mark) :]
    if marked or (marked := _without_mark(body)):
        found = Decoded(_strictly(body, marked, file, f"It is marked as {marked}."), marked)
    else:
        try:
            found = Decoded(body.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            text = body.decode("utf-8", "surrogateescape")
            good, bad = _counted(text)
            if good >= max(2 * bad, 3):
                strange = {word.translate(_FROM_ESCAPED) for word in words_around(_ESCAPED, text)}
                found = Decoded(text.translate(_FROM_ESCAPED), "utf-8", "mixed", (), tuple(sorted(strange)[:200]))
            else:
                found = Decoded(codecs.charmap_decode(body, "strict", _CP1252)[0], "cp1252", "fallback")
    if len(_NOT_TEXT.findall(found.text[:100_000])) > 0.1 * min(len(found.text), 100_000):
        what = "This is not text: more than one character in ten is a control character."
        raise DataError(Problem("not-text", what, "Save the table as CSV UTF-8 or XLSX.", "error", file))
    return found


def encoding_problems(found: Decoded, rows: Sequence[tuple[int, Sequence[str]]], file: str) -> list[Problem]:
    """Warn of words that the encoding may have spoilt, with the rows they stand in.

    Parameters
    ----------
    found : Decoded
        The text and how it was read.
    rows : sequence of (int, sequence of str)
        Row numbers and cells, as they stand.
    file : str
        Name for messages.

    Returns
    -------
    list of Problem
        At most three: how it was read, doubtful words, text encoded twice.
    """
    out = list(found.problems)
    if found.text.isascii():
        return out
    doubtful = _words(_DOUBTFUL, rows) if found.doubt == "fallback" else {}
    if found.doubt == "fallback":
        what = "The file is not UTF-8; it was read as Windows-1252 (cp1252)."
        fix = 'If letters look wrong, name the encoding with --encoding, or save the file as "CSV UTF-8".'
        out.append(Problem("not-utf8", what, fix, "note" if doubtful else "warning", file))
    if doubtful:
        what = f"Doubtful words: {words_named(doubtful)}."
        out.append(Problem("doubtful-letters", what, _advice(sorted(doubtful)), "warning", file))
    if found.doubt == "mixed":
        words = _words(re.compile("|".join(map(re.escape, found.strange))), rows)
        named = f" {words_named(words)}." if words else ""
        what = f"Most of the file is UTF-8, but some bytes are not; they were read as Windows-1252 (cp1252).{named}"
        fix = 'Check these words, or save the file again as "CSV UTF-8".'
        out.append(Problem("mixed-encodings", what, fix, "warning", file))
    twice = _words(_TWICE, rows) if _TWICE.search(found.text) else {}
    twice = {word: lines for word, lines in twice.items() if _repaired(word) != word}
    if twice:
        names = {f'{" ".join(word.split())}" for "{_repaired(word)}': lines for word, lines in twice.items()}
        what = f"Text was encoded twice before it was saved: {words_named(names)}. It is used as it stands."
        fix = "Mend it where the file comes from: open it there as UTF-8 and save it once more."
        out.append(Problem("encoded-twice", what, fix, "warning", file))
    return out


def _as_named(data: bytes, file: str, encoding: str, mark: bytes, marked: str) -> Decoded:
    try:
        info = codecs.lookup(encoding)
        known = getattr(info, "_is_text_encoding", True)
    except (LookupError, ValueError, UnicodeError):
        known = False
    if not known:
        near = nearest(encoding.replace("_", "-"), _names())
        hint = f' Did you mean {" or ".join(near)}?' if near else " Names are those of Python, such as utf-8, cp1252 or iso8859-14."
        raise UsageError(f'There is no text encoding called "{encoding}".{hint}')
    name = info.name
    family = name.replace("_", "-").removesuffix("-sig")
    problems: tuple[Problem, ...] = ()
    if marked and (family in marked or marked.startswith(family)):
        data, name = data[len(mark) :], marked
    elif marked:
        what = f"The file is marked as {marked}, but was read as {name} because you said so."
        problems = (Problem("encoding-mark", what, "Leave --encoding out to follow the mark.", "warning", file),)
        data = data[len(mark) :]
    return Decoded(_strictly(data, name, file, f"You named the encoding {name}."), name, "", problems)


def _strictly(data: bytes, encoding: str, file: str, why: str) -> str:
    wide = encoding.startswith(("utf-16", "utf-32"))
    try:
        return data.decode(encoding, "surrogatepass" if wide else "strict")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        row = sum(1 for _ in csv.reader(line + "\n" for line in re.split("\r\n|\r|\n", before)))
        bad = data[error.start : error.start + 1].hex().upper()
        what = f"The byte {bad} does not exist in {encoding}. {why}"
        fix = "Name the right one with --encoding, or leave it out."
        raise DataError(Problem("undecodable", what, fix, "error", file, line=max(row, 1))) from None
    except Exception as error:
        what = f"The file cannot be read as {encoding} ({error}). {why}"
        raise DataError(Problem("undecodable", what, "Name another with --encoding.", "error", file)) from None


def _without_mark(data: bytes) -> str:
    """Name UTF-16 or UTF-32 without a byte order mark, where the zero bytes leave no doubt."""
    sample = data[: 4096 - 4096 % 4]
    if len(sample) < 8 or b"\0" not in sample:
        return ""
    for name, width, text_at in (("utf-32-le", 4, 0), ("utf-32-be", 4, 3), ("utf-16-le", 2, 0), ("utf-16-be", 2, 1)):
        if len(data) % width:
            continue
        zeros = [sample[i::width].count(0) / len(sample[i::width]) for i in range(width)]
        if zeros[text_at] == 0 and all(share > 0.7 for i, share in enumerate(zeros) if i != text_at):
            return name
    return ""


def _counted(text: str) -> tuple[int, int]:
    bad = len(_ESCAPED.findall(text))
    return len(re.findall("[^\x00-\x7f]", text)) - bad, bad


def _words(pattern: re.Pattern[str], rows: Iterable[tuple[int, Sequence[str]]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for line, cells in rows:
        for cell in cells:
            if not cell.isascii():
                for word in words_around(pattern, cell):
                    lines = found.setdefault(word, [])
                    if not lines or lines[-1] != line:
                        lines.append(line)
    return found


def _repaired(word: str) -> str:
    def once(match: re.Match[str]) -> str:
        try:
            return bytes(_TO_BYTE[ord(char)] for char in match.group()).decode("utf-8")
        except (UnicodeDecodeError, KeyError):
            return match.group()

    return " ".join(_TWICE.sub(once, word).split())


def _advice(words: list[str]) -> str:
    for encoding, people in _ELSEWHERE:
        try:
            again = [bytes(_TO_BYTE[ord(char)] for char in word).decode(encoding) for word in words]
        except (UnicodeDecodeError, KeyError):
            continue
        if all(word.isalpha() and word.lower() != old.lower() for word, old in zip(again, words, strict=True)):
            shown = ", ".join(f'"{word}"' for word in again[:4])
            return f"If they look wrong, try --encoding {encoding} ({people}), which reads {shown}."
    return "If they look wrong, name the encoding with --encoding, such as iso8859-14 for Welsh."


def _names() -> list[str]:
    from encodings.aliases import aliases

    names = {name.replace("_", "-") for name in (*aliases, *aliases.values())}
    return sorted(name for name in names if not name[0].isdigit() and name not in {"base64", "bz2", "hex", "quopri", "uu", "zip", "zlib", "rot13", "rot-13"})
