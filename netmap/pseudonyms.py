"""Pseudonyms: numbers for people that say nothing about them, and the key that keeps them across waves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .errors import UsageError

__all__ = ["Pseudonyms", "pseudonyms_of"]

WHAT = "netmap pseudonym key: never share this file"


@dataclass
class Pseudonyms:
    """The key: which number each person was given. It stays with whoever holds the data.

    Examples
    --------
    >>> key = Pseudonyms()
    >>> pseudonyms_of(["ann", "bob"], "digest", key) == pseudonyms_of(["bob", "ann"], "another", key)
    True
    """

    numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: str | Path) -> Pseudonyms:
        """Read a key; a missing file gives an empty one.

        Raises
        ------
        UsageError
            The file is there but is no key.
        """
        path = Path(path)
        if not path.exists():
            return cls()
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            numbers = {str(person): int(number) for person, number in held["people"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise UsageError(f"{path} is no pseudonym key of netmap. Name another file, or a new one.") from None
        if len(set(numbers.values())) < len(numbers):
            raise UsageError(f"{path} gives two people one number; restore it from a copy or name a new file.")
        return cls(numbers)

    def to_bytes(self) -> bytes:
        """Return the key as a file holds it."""
        return (
            json.dumps({"what": WHAT, "people": dict(sorted(self.numbers.items()))}, ensure_ascii=False, indent=1)
            + "\n"
        ).encode("utf-8")


def pseudonyms_of(people: Sequence[str], digest: str, key: Pseudonyms | None = None) -> Mapping[str, str]:
    """Give every person a pseudonym: P001, P002 ... in an order that only the whole of the data decides.

    Parameters
    ----------
    people : sequence of str
        Ids.
    digest : str
        Fingerprint of the whole input; the same data give the same numbers, a name alone gives nothing.
    key : Pseudonyms, optional
        Numbers given before are kept; new people get the next ones and are added to it.

    Examples
    --------
    >>> sorted(pseudonyms_of(["ann", "bob"], "digest").values())
    ['P001', 'P002']
    """
    known = dict(key.numbers) if key is not None else {}
    fresh = sorted(set(people) - set(known))
    seed = int.from_bytes(hashlib.sha256(digest.encode("utf-8")).digest()[:16], "big")
    order = np.random.default_rng(seed).permutation(len(fresh))
    first = max(known.values(), default=0) + 1
    for place, number in enumerate(order):
        known[fresh[place]] = first + int(number)
    if key is not None:
        key.numbers.update(known)
    width = max(3, len(str(max(known.values(), default=0))))
    return {person: f"P{known[person]:0{width}d}" for person in people}
