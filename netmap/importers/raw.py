"""Turn any file a coordinator has into tables of text, with every row accounted for."""

from __future__ import annotations

import hashlib
import sys
from os import PathLike
from pathlib import Path
from typing import IO, Any

from ..errors import DataError, Problem, UsageError, nearest
from .grid import Known, RawTable
from .sheets import read_sheets
from .text import read_text

__all__ = ["RawTable", "read_raw"]

_WORKBOOK_PARTS = (b"xl/workbook", b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", b"content.xml")
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_raw(
    source: str | PathLike[str] | bytes | IO[Any],
    *,
    encoding: str | None = None,
    name: str | None = None,
    known: Known | None = None,
) -> list[RawTable]:
    """Read a file, standard input (``-``), bytes or an open buffer into tables of text.

    Parameters
    ----------
    source : path, "-", bytes or file object
    encoding : str, optional
        Encoding of a text file; told from the bytes by default.
    name : str, optional
        What to call the source in messages.
    known : callable, optional
        Tells whether a text is a heading that the schema knows.

    Returns
    -------
    list of RawTable
        One of a text file, one a sheet of a workbook.

    Raises
    ------
    UsageError
        If there is no such file, or it is a folder.
    DataError
        If it is empty or no table; the problem says what it is and what to do.

    Examples
    --------
    >>> read_raw(b"organisation,partner\\nDevon,Torbay\\n")[0].rows
    (('Devon', 'Torbay'),)
    """
    content, label = _content(source, name)
    if isinstance(content, str):
        return [read_text(content, file=label, sha256=_hash(content.encode("utf-8", "replace")), known=known)]
    sha256 = _hash(content)
    if content.startswith(_ZIP):
        if any(part in content[:4096] or part in content[-65536:] for part in _WORKBOOK_PARTS):
            return read_sheets(content, file=label, sha256=sha256, known=known)
        raise DataError(Problem("archive", "This is a ZIP archive or a text document, not a table.",
                                "Unpack it and name the file inside, or save the table as CSV UTF-8 or XLSX.", "error",
                                label))  # fmt: skip
    if content.startswith(_OLD):
        return read_sheets(content, file=label, sha256=sha256, known=known)
    return [read_text(content, file=label, sha256=sha256, encoding=encoding, known=known)]


def _content(source: str | PathLike[str] | bytes | IO[Any], name: str | None) -> tuple[bytes | str, str]:
    if isinstance(source, bytes):
        return source, name or "data"
    if isinstance(source, str | PathLike):
        if str(source) == "-":
            return sys.stdin.buffer.read(), name or "standard input"
        path = Path(source)
        if path.is_dir():
            raise UsageError(f"{path} is a folder, not a file.")
        if not path.is_file():
            near = nearest(path.name, [p.name for p in path.parent.glob("*")] if path.parent.is_dir() else [])
            raise UsageError(f"{path}: no such file." + (f" Did you mean {near[0]}?" if near else ""))
        try:
            return path.read_bytes(), name or path.name
        except OSError as wrong:
            raise UsageError(f"{path} cannot be read: {wrong.strerror}.") from None
    own = getattr(source, "name", None)
    label = name or (Path(own).name if isinstance(own, str) and own else "data")
    content: bytes | str = source.read()
    return content, label


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
