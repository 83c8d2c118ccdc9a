"""What an answer looks like: a finding in words with its evidence, chance and certainty, its charts, and longer pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = ["CERTAINTY", "Chance", "Chart", "Finding", "Locked", "Page", "Part", "mention", "resolve"]

CERTAINTY = ("solid", "likely", "fragile", "cannot say")

# Node names are written into a sentence only after disclosure has decided what may be shown. Until then a sentence
# holds a mark made of control characters, which importers strip from every cell, so that no data can imitate one.
_MARK = re.compile("\x02([^\x02\x03]*)\x03")


def mention(node_id: object) -> str:
    """Return the mark that stands for a node in a sentence until disclosure decides how it may be called."""
    return f"\x02{node_id}\x03"


def resolve(text: str, call: Callable[[str], str]) -> str:
    """Replace every mark in `text` by what `call` says its node may be called."""
    return _MARK.sub(lambda hit: call(hit.group(1)), text)


@dataclass(frozen=True)
class Chance:
    """What chance alone would give: the null model in words, the expected value, p and how many draws.

    `interval` is the 2.5-97.5% interval of the null.
    """

    null: str
    expected: float | None = None
    p: float | None = None
    draws: int | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Chart:
    """A picture described, not drawn: exporters turn it into SVG and into a table with the same numbers.

    Attributes
    ----------
    kind : {"bars", "grid", "heat", "matrix", "strip"}
        ``bars``: rows of ``label, value, low, high`` (low and high are interval ends or None).
        ``grid``: rows of ``row, column, value, share`` (the quadrants).
        ``heat``: rows of ``row, column, value, shown, mark``: `value` is the share of the scale (0..1) or None, `shown`
        the answer as it was given, `mark` whether it is held on to.
        ``matrix``: rows of ``row, column, value, expected, p, note``; symmetric ones give each pair once.
        ``strip``: rows of ``label, value`` with `marks` as named positions (observed, expected); each label has a lane.
    title, caption : str
        The title says what is seen, as a sentence; the caption says what it is based on.
    unit : str
        ``share`` (0..1, shown as per cent), ``count``, ``similarity`` or ``level``.
    """

    kind: str
    title: str
    rows: tuple[Mapping[str, Any], ...]
    caption: str = ""
    unit: str = "share"
    marks: Mapping[str, float] = field(default_factory=dict)

    def rewrite(self, change: Callable[[str], str]) -> Chart:
        """Return the chart with `change` applied to every piece of text it shows."""
        return replace(
            self, title=change(self.title), caption=change(self.caption), rows=_rewritten(self.rows, change)
        )


@dataclass(frozen=True)
class Finding:
    """One answer to one question, in the form of domain/findings.

    Attributes
    ----------
    id : str
        ``F1`` ... ``F16``; ``F0`` is data health.
    question, headline : str
        The user's question, and the answer in one or two sentences with a count before a coefficient.
    evidence : mapping of str to number
        The numbers behind the headline.
    chance : Chance or None
        None where no null exists; the certainty is then at most *likely*.
    certainty : str
        One of `CERTAINTY`.
    why_certain, next_step, care : str
    unnamed, unnamed_step : str
        The headline and the next step without names, for audiences that may not see those they mention.
    table : tuple of mapping
        Rows behind the headline; keys are column headings in plain words.
    charts : tuple of Chart
    nodes, ties : tuple
        Ids (and pairs of ids) the finding speaks of, for the map.
    audience : {"public", "coordinator", "individual"}
        The widest audience that may see it.
    """

    id: str
    question: str
    headline: str
    evidence: Mapping[str, float | int | None] = field(default_factory=dict)
    chance: Chance | None = None
    certainty: str = "cannot say"
    why_certain: str = ""
    next_step: str = ""
    care: str = ""
    unnamed: str = ""
    unnamed_step: str = ""
    table: tuple[Mapping[str, Any], ...] = ()
    charts: tuple[Chart, ...] = ()
    nodes: tuple[str, ...] = ()
    ties: tuple[tuple[str, str], ...] = ()
    audience: str = "public"

    def __post_init__(self) -> None:
        if self.certainty not in CERTAINTY:
            raise ValueError(f"certainty is one of {', '.join(CERTAINTY)}, not {self.certainty!r}")

    def __repr__(self) -> str:
        return f"Finding {self.id} ({self.certainty}): {resolve(self.headline, str)}"

    def _repr_html_(self) -> str:
        from html import escape

        words = escape(resolve(self.headline, str))
        return f"<p><strong>{escape(self.id)}</strong> {words} <em>({escape(self.certainty)})</em></p>"

    def rewrite(self, change: Callable[[str], str]) -> Finding:
        """Return the finding with `change` applied to every piece of text it shows."""
        return replace(
            self,
            headline=change(self.headline),
            unnamed=change(self.unnamed),
            unnamed_step=change(self.unnamed_step),
            why_certain=change(self.why_certain),
            next_step=change(self.next_step),
            care=change(self.care),
            table=_rewritten(self.table, change),
            charts=tuple(c.rewrite(change) for c in self.charts),
        )


@dataclass(frozen=True)
class Part:
    """A piece of a page: sentences, charts and a table about one thing.

    Attributes
    ----------
    title : str
    text : tuple of str
        A sentence or two each.
    charts : tuple of Chart
    table : tuple of mapping
        Keys are column headings in plain words.
    caption : str
        What the table holds.
    audience : {"public", "coordinator", "research"}
        The widest audience that may see it.
    """

    title: str
    text: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    table: tuple[Mapping[str, Any], ...] = ()
    caption: str = ""
    audience: str = "public"

    def rewrite(self, change: Callable[[str], str]) -> Part:
        """Return the part with `change` applied to every piece of text it shows."""
        return replace(
            self,
            text=tuple(change(t) for t in self.text),
            charts=tuple(c.rewrite(change) for c in self.charts),
            table=_rewritten(self.table, change),
        )


@dataclass(frozen=True)
class Page:
    """A longer look at one subject, beside the findings: what there is on it, part by part.

    Attributes
    ----------
    id : str
        ``values``, ``trust`` or ``accountability``.
    title, lead : str
        What it is about, and what to bear in mind while reading it.
    parts : tuple of Part
    """

    id: str
    title: str
    lead: str
    parts: tuple[Part, ...]


def _rewritten(table: Sequence[Mapping[str, Any]], change: Callable[[str], str]) -> tuple[Mapping[str, Any], ...]:
    return tuple({k: change(v) if isinstance(v, str) else v for k, v in row.items()} for row in table)


@dataclass(frozen=True)
class Locked:
    """A question that cannot be answered from these data, and the columns that would unlock it."""

    id: str
    question: str
    needs: tuple[str, ...]
    why: str = ""
