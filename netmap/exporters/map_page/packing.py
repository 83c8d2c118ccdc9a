"""Columns of numbers beside one header of text, packed into bytes that are the same for the same content."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Packer", "unpack"]

_TYPES = {"u1": "<u1", "u2": "<u2", "u4": "<u4", "f4": "<f4", "f8": "<f8"}
_ALIGN = 8
_MOST_VALUES = 4096


class Packer:
    """Collects columns; each is kept in the narrowest type that holds it exactly, and the header says where.

    Examples
    --------
    >>> packer = Packer()
    >>> where = packer.whole([3, 1, 2])
    >>> header, read = unpack(packer.bytes({"column": where}))
    >>> read(header["column"]).tolist()
    [3, 1, 2]
    """

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._at = 0

    def whole(self, values: ArrayLike) -> list[Any]:
        """Keep whole numbers from 0 and return where they are."""
        array = np.asarray(values, dtype=np.int64)
        most = int(array.max(initial=0))
        return self._keep(array, "u1" if most < 1 << 8 else "u2" if most < 1 << 16 else "u4")

    def numbers(self, values: ArrayLike) -> dict[str, Any]:
        """Keep numbers of any kind, NaN included: whole ones and few different ones exactly, others to seven figures."""
        array = np.asarray(values, dtype=np.float64)
        if np.isfinite(array).all() and bool((array == np.floor(array)).all()) and bool(((array >= 0) & (array < 1 << 32)).all()):
            return {"of": self.whole(array)}
        different, code = np.unique(array, return_inverse=True)
        if different.size <= min(_MOST_VALUES, max(array.size // 2, 64)):
            return {"values": self._keep(different, "f8"), "of": self.whole(code.reshape(-1))}
        return {"of": self._keep(array, "f4")}

    def lists(self, rows: list[list[int]]) -> dict[str, Any]:
        """Keep a list of whole numbers for each row: how many, then all of them one after the other."""
        return {"count": self.whole([len(r) for r in rows]), "of": self.whole([v for r in rows for v in r])}

    def _keep(self, array: NDArray[Any], kind: str) -> list[Any]:
        data = np.ascontiguousarray(array.astype(_TYPES[kind])).tobytes()
        where = [kind, self._at, int(array.size)]
        padded = data + b"\0" * (-len(data) % _ALIGN)
        self._blocks.append(padded)
        self._at += len(padded)
        return where

    def bytes(self, header: Any) -> bytes:
        """Return everything, compressed: the length of the header, the header as JSON, the columns."""
        text = json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")
        text += b" " * (-(len(text) + 4) % _ALIGN)
        return _gzip(struct.pack("<I", len(text)) + text + b"".join(self._blocks))


def _gzip(data: bytes) -> bytes:
    # The header is written by hand: Python's own names the operating system, and may name the time.
    press = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    body = press.compress(data) + press.flush()
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def unpack(packed: bytes) -> tuple[Any, Any]:
    """Return the header, and a function from a place in it to its numbers; what the page does, for tests."""
    data = zlib.decompress(packed, 31)
    size = struct.unpack_from("<I", data)[0]
    start = 4 + size

    def read(where: Any) -> NDArray[Any]:
        if isinstance(where, dict):
            of = read(where["of"])
            return read(where["values"])[of] if "values" in where else of
        kind, at, length = where
        return np.frombuffer(data, dtype=_TYPES[kind], count=length, offset=start + at)

    return json.loads(data[4:start]), read
