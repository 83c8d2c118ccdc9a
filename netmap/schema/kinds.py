"""Kinds of tie: the family each belongs to, and whether it has a direction."""

from __future__ import annotations

import re

__all__ = ["FAMILIES", "KINDS", "directed_by_default", "family", "is_declared_kind"]

FAMILIES = {
    "contact": "who works with whom",
    "flow": "what passes from one to the other",
    "authority": "who answers to whom",
    "perception": "how others are seen",
    "conflict": "who opposes whom",
}

KINDS = {
    "partnership": "contact", "collaboration": "contact", "learning": "contact", "information": "contact",
    "advice": "contact", "support": "contact", "meeting": "contact", "coordination": "contact",
    "activity": "contact", "lead": "contact", "signpost": "contact", "membership": "contact",
    "funding": "flow", "referral": "flow", "provision": "flow", "demand": "flow", "cost_shift": "flow",
    "inspection": "authority", "oversight": "authority", "governance": "authority", "reports_to": "authority",
    "trust": "perception", "influence": "perception", "leadership": "perception", "friendship": "perception",
    "preference": "perception", "reputation": "perception", "nomination": "perception",
    "conflict": "conflict", "opposition": "conflict", "dislike": "conflict",
}  # fmt: skip

_DIRECTED = frozenset({
    "trust", "advice", "leadership", "learning", "information", "funding", "inspection", "provision", "demand",
    "cost_shift", "reports_to", "oversight", "influence", "reputation", "nomination", "preference",
})  # fmt: skip
_STEMS = {
    "perception": ("influence", "power", "trust", "reput", "leader", "friend", "like", "prefer", "nomin"),
    "conflict": ("conflict", "oppos", "block", "dislike"),
}
_WORDS = re.compile(r"[^\W\d_]+")


def _folded(kind: str) -> str:
    return "_".join(kind.casefold().replace("-", " ").replace("_", " ").split())


def is_declared_kind(kind: str) -> bool:
    """Tell whether a kind of tie is one netmap knows by name."""
    return _folded(kind) in KINDS


def family(kind: str) -> str:
    """Return the family of a kind of tie: as declared, else by the stems of its words, else ``contact``.

    Examples
    --------
    >>> family("learning"), family("influence_attribution"), family("political_information"), family("coffee")
    ('contact', 'perception', 'contact', 'contact')
    """
    folded = _folded(kind)
    if folded in KINDS:
        return KINDS[folded]
    words = _WORDS.findall(folded.replace("_", " "))
    for name in ("conflict", "perception"):
        if any(word.startswith(stem) for word in words for stem in _STEMS[name]):
            return name
    for word in words:
        if word in KINDS:
            return KINDS[word]
    return "contact"


def directed_by_default(kind: str) -> bool | None:
    """Tell whether a kind of tie has a direction where the data do not say; None for kinds netmap does not know."""
    folded = _folded(kind)
    return folded in _DIRECTED if folded in KINDS else None
