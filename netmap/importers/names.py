"""Find names that may mean the same body: suggestions for a person to approve, never merges."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Suggestion", "likely_duplicates"]

_WORD = re.compile(r"[^\W_]+")
# Words that many names share and that therefore tell little about which body is meant.
_COMMON = frozenset({
    "the", "of", "and", "for", "in", "council", "borough", "county", "district", "city", "metropolitan", "ltd", "limited", "cio",
    "plc", "llp", "inc", "company", "trust", "association", "royal", "london", "unitary", "authority", "cbc", "mbc", "bc", "cc", "dc",
})  # fmt: skip
# Words that make two otherwise equal names two bodies.
_TELLING = frozenset({
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "upper", "lower", "mid", "central", "new", "old",
    "great", "little", "first", "second", "girls", "boys", "infant", "junior", "primary", "secondary", "high",
})  # fmt: skip
_NEAR = 88
_MOST = 200
_BLOCK = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two names that may mean the same, how alike they are (0 to 100) and why."""

    first: str
    second: str
    score: float
    why: str


def _words(name: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold().replace("&", " and ")) if not unicodedata.combining(c))
    return tuple(_WORD.findall(plain.replace("'", "").replace("’", "")))


def likely_duplicates(names: Sequence[str]) -> list[Suggestion]:
    """Suggest pairs of names that may mean the same body.

    Case, accents, punctuation, ``&`` and words such as *the* or *council* count for nothing; small slips of the pen are
    forgiven in words of five letters or more; numbers and words such as *north* and *south* must agree.

    Parameters
    ----------
    names : sequence of str

    Returns
    -------
    list of Suggestion
        Surest first, then by name; at most 200.

    Examples
    --------
    >>> [(s.first, s.second) for s in likely_duplicates(["Devon County Council", "Devon CC", "Torbay", "North Devon Council"])]
    [('Devon CC', 'Devon County Council')]

    Notes
    -----
    Only names that share a rare word, or the first letters of one, are compared: near linear in the number of names.
    """
    from rapidfuzz import fuzz

    kept = sorted(set(names))
    words = [_words(n) for n in kept]
    core = [tuple(w for w in ws if w not in _COMMON) or ws for ws in words]
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, ws in enumerate(core):
        for key in {w[:4] for w in ws} | {"".join(w[0] for w in words[i])}:
            blocks[key].append(i)
    pairs = {(a, b) for held in blocks.values() if len(held) <= _BLOCK for k, a in enumerate(held) for b in held[k + 1 :]}
    found = []
    for a, b in sorted(pairs):
        why = _why(words[a], words[b], core[a], core[b])
        score = 100.0
        if not why:
            if not (_comparable(core[a], core[b]) or _comparable(words[a], words[b])):
                continue
            score = fuzz.ratio(" ".join(sorted(words[a])), " ".join(sorted(words[b])))
            why = "a slip of the pen"
            if score < _NEAR:
                continue
        found.append(Suggestion(kept[a], kept[b], float(score), why))
    return sorted(found, key=lambda s: (-s.score, s.first, s.second))[:_MOST]


def _why(a: tuple[str, ...], b: tuple[str, ...], core_a: tuple[str, ...], core_b: tuple[str, ...]) -> str:
    if sorted(a) == sorted(b):
        return "the same words"
    if sorted(core_a) == sorted(core_b):
        return "the same but for common words"
    for short, long in ((a, b), (b, a)):
        if len(short) == 1 and len(long) >= 3 and len(short[0]) >= 3 and short[0] == "".join(w[0] for w in long):
            return "the first letters of the other"
    return ""


def _comparable(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether two names differ by small slips in single words, not by a word of their own."""
    left, right = sorted(set(a) - set(b)), sorted(set(b) - set(a))
    if len(left) != len(right) or not left or len(left) > 2:
        return False
    from rapidfuzz.distance import OSA

    for x, y in zip(left, right, strict=True):
        if x in _TELLING or y in _TELLING or any(c.isdigit() for c in x + y):
            return False
        if min(len(x), len(y)) < 5 or OSA.distance(x, y) > (1 if min(len(x), len(y)) < 8 else 2):
            return False
    return True
