"""What the map says in sentences: what it shows, and what each group is called."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..pyvis_parts import readable, text_of

if TYPE_CHECKING:
    import pandas as pd

    from ...analysis import Analysis

__all__ = ["PLURAL", "group_titles", "listed", "sentence", "settings_of", "strings", "words_of"]

PLURAL = {"organisation": "organisations", "person": "people", "group": "groups"}
_MOSTLY = 0.6


@cache
def strings() -> Mapping[str, str]:
    """Return every word the page says, by key: the build of the page writes the file."""
    found: dict[str, str] = json.loads((files(__package__) / "strings.en.json").read_text("utf-8"))
    return found


def words_of(analysis: Analysis) -> str:
    """Return what the nodes are, in the plural."""
    word = PLURAL.get(analysis.node_word, f"{analysis.node_word}s")
    return f"{word} and networks" if _two_mode(analysis) else word


def settings_of(analysis: Analysis) -> Mapping[str, Any]:
    """Return what the analysis was asked to do."""
    settings = analysis.manifest.get("settings")
    return settings if isinstance(settings, Mapping) else {}


def _two_mode(analysis: Analysis) -> bool:
    return settings_of(analysis).get("shape") == "two-mode" and "type" in analysis.nodes


def sentence(analysis: Analysis, ties: int) -> str:
    """Say who is shown, how many, when, and how many of them answered."""
    word, settings, many = analysis.node_word, settings_of(analysis), len(analysis.nodes)
    if _two_mode(analysis):
        groups = int((analysis.nodes["type"] == "network").sum())
        said = f"{_count(many - groups, word)}, the {_count(groups, 'network')} they belong to and {_count(ties, 'membership')}"
    elif settings.get("shape") == "interlock":
        said = f"{_count(many, word)} and {_count(ties, 'tie')} through the people they share"
    elif word == "group":
        said = f"{_count(many, word)} of people, nobody alone, and {_count(ties, 'tie')} between them"
    else:
        said = f"{_count(many, word)} and {_count(ties, 'tie')} between them"
    wave = text_of(settings.get("wave"))
    out = [said + (f", as of {wave}." if wave else ".")]
    asked, answered = analysis.coverage.get("asked"), analysis.coverage.get("answered")
    if isinstance(asked, int) and isinstance(answered, int) and asked:
        out.append(f"{answered:,} of {asked:,} who were asked answered.")
    elif settings.get("shape") == "ties":
        out.append("Who answered is not recorded.")
    out.extend(_withheld(analysis))
    return " ".join(out)


def _withheld(analysis: Analysis) -> list[str]:
    """Say how many nodes and ties are left out, so that what is counted here fits the numbers of the findings."""
    frame = analysis.suppressed
    counts: Counter[str] = Counter()
    for what, count in zip(frame["what"].tolist(), frame["count"].tolist(), strict=True):
        counts[text_of(what)] += int(count or 0)
    said = [_count(counts[PLURAL.get(w, w + "s")], w) for w in ("organisation", "tie") if counts[PLURAL.get(w, w + "s")]]
    return [f"Counted in the findings but not shown: {' and '.join(said)}."] if said and analysis.node_word == "organisation" else []


def _count(number: int, word: str) -> str:
    return f"{number:,} {word if number == 1 else PLURAL.get(word, word + 's')}"


def group_titles(analysis: Analysis, frame: pd.DataFrame, degree: Sequence[int]) -> dict[str, str]:
    """Return what distinguishes each group found in the ties, by its label: the sector most are of, and its centre.

    Only for organisations: a group of people is not named after one of them.
    """
    if analysis.node_word != "organisation" or "community" not in frame:
        return {}
    members: dict[str, list[int]] = {}
    for i, value in enumerate(frame["community"].tolist()):
        label = text_of(value)
        if label and not label.startswith("-"):
            members.setdefault(label, []).append(i)
    sectors = [readable(v) for v in frame["sector"].tolist()] if "sector" in frame else [""] * len(frame)
    names = [text_of(v) for v in frame["name"].tolist()] if "name" in frame else [""] * len(frame)
    out = {}
    for label, inside in members.items():
        parts = []
        common = Counter(sectors[i] for i in inside if sectors[i]).most_common(1)
        if common and common[0][1] >= _MOSTLY * len(inside):
            parts.append(f"mostly {common[0][0]}")
        first = max(inside, key=lambda i: (degree[i], -i))
        if len(inside) > 2 and degree[first] > 1:
            parts.append(f"around {names[first]}")
        if parts:
            out[label] = ", ".join(parts)
    return out


def listed(value: Any) -> list[str]:
    """Return sentences as plain text."""
    return [text_of(v) for v in value]
