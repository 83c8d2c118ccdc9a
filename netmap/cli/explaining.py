"""The command that says what a word means: explain."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError, nearest
from .console import as_json
from .glossary import CERTAINTY, IDEAS, QUESTIONS, TABLES
from .options import Paths, format_option, read_options

if TYPE_CHECKING:
    from ..schema import Column

__all__ = ["Explained", "explain", "explained", "known_words"]

WIDTH = 88


@dataclass(frozen=True)
class Explained:
    """What there is to say about one word: a heading, what it is, and labelled lines."""

    name: str
    sort: str
    heading: str
    plain: str
    lines: list[tuple[str, str]] = field(default_factory=list)


@click.command()
@click.argument("name", required=False, metavar="[NAME]")
@click.argument("path", required=False, type=Paths(), metavar="[PATH]")
@read_options
@format_option("text", "json")
def explain(name: str | None, path: str | None, form: str, quiet: bool, **reading: Any) -> None:
    """Say what a measure, question, column or certainty word means.

    Without NAME, lists everything there is to ask about. With a PATH as well, shows a measure at work on your data.

    \b
      netmap explain F1
      netmap explain betweenness data.csv
      netmap explain "cannot say"
    """
    if name is None:
        click.echo(as_json(known_words()) if form == "json" else _overview())
        return
    held = explained(name)
    worked: str | None = None
    if path is not None:
        if not any(one.sort == "measure" for one in held):
            raise UsageError(f"{name} is no measure, so it has nothing to show on a file. Leave {path} out.")
        from ..measures.catalogue import find
        from .reading import read_network
        from .working import worked_line

        entry = find(next(one.name for one in held if one.sort == "measure"))
        worked = worked_line(entry, read_network((path,), quiet=quiet, **reading), path)
    if form == "json":
        click.echo(as_json([
            {"name": one.name, "sort": one.sort, "heading": one.heading, "plain": one.plain, **dict(one.lines)}
            | ({"on_your_data": worked} if worked and one.sort == "measure" else {})
            for one in held
        ]))
        return
    click.echo("\n\n".join(_text(one) for one in held))
    if worked:
        click.echo(f"\n{_wrapped('On your data', worked)}")


def known_words() -> dict[str, list[str]]:
    """Return every word that can be explained, by what it is."""
    from ..measures.catalogue import names
    from ..schema import TABLES as SCHEMA

    return {
        "questions": [question.id for question in QUESTIONS],
        "certainty words": list(CERTAINTY),
        "ideas": list(IDEAS),
        "measures": names(),
        "tables": list(TABLES),
        "columns": sorted({column.name for table in SCHEMA.values() for column in table.columns}),
    }


def explained(name: str) -> list[Explained]:
    """Return what is known under a name, one entry for each thing it is the name of.

    Raises
    ------
    UsageError
        If nothing is, naming the nearest words.

    Examples
    --------
    >>> explained("solid")[0].sort
    'certainty word'
    """
    word = _folded(name)
    found = [
        *_questions(word),
        *(Explained(w, "certainty word", f"{w}: how sure netmap is", text) for w, text in CERTAINTY.items()
          if _folded(w) == word),
        *(Explained(w, "idea", w, text) for w, text in IDEAS.items() if _folded(w) == word),
        *_measures(word),
        *_tables(word),
        *_columns(word),
    ]
    if not found:
        words = [w for group in known_words().values() for w in group]
        close = nearest(name, words)
        hint = f" Did you mean {' or '.join(close)}?" if close else " netmap explain lists what there is."
        raise UsageError(f"There is nothing to explain under {name!r}.{hint}")
    return found


def _folded(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


def _questions(word: str) -> Iterable[Explained]:
    for question in QUESTIONS:
        if _folded(question.id) == word:
            lines = [("Needs", question.needs), ("How sure", question.sure), ("Care", question.care)]
            if question.measures:
                lines.append(("Measures", ", ".join(question.measures)))
            if not question.answered:
                lines.append(("Now", "Not answered in this version. Its columns are read and kept."))
            yield Explained(
                question.id, "question", f"{question.id}: {question.asks}", question.looks_at,
                [line for line in lines if line[1]],
            )


def _measures(word: str) -> Iterable[Explained]:
    from ..measures.catalogue import entries

    for entry in entries().values():
        if _folded(entry.name).replace("iz", "is") == word.replace("iz", "is") or entry.number.casefold() == word:
            lines = [
                ("Reading", entry.reading), ("Range", entry.range), ("Care", entry.caution),
                ("Reference", entry.reference), ("In Python", f"netmap.measures.{entry.name}({needed(entry.name)})"),
            ]
            if entry.proposed:
                lines.insert(3, ("Note", "netmap's own construct, without published validation."))
            yield Explained(entry.name, "measure", f"{entry.name}: {entry.title}", entry.plain, _filled(lines))


def needed(name: str) -> str:
    """Return the arguments a measure cannot do without, as they stand in a call."""
    import inspect

    from ..measures.catalogue import load

    given = inspect.signature(load(name)).parameters
    return ", ".join(n for n, p in given.items() if p.default is inspect.Parameter.empty)


def _tables(word: str) -> Iterable[Explained]:
    from ..schema import TABLES as SCHEMA

    for name, text in TABLES.items():
        if _folded(name) == word and name in SCHEMA:
            columns = ", ".join(column.name for column in SCHEMA[name].columns)
            yield Explained(name, "table", f"{name}.csv: a table", text, [("Columns", columns)])


def _columns(word: str) -> Iterable[Explained]:
    from ..schema import TABLES as SCHEMA

    for table in SCHEMA.values():
        for column in table.columns:
            headings = [column.name, *column.synonyms]
            if word in {_folded(heading) for heading in headings}:
                yield Explained(
                    column.name, "column", f"{column.name}: a column of {table.name}", column.meaning, column_lines(column)
                )


def column_lines(column: Column) -> list[tuple[str, str]]:
    """Return what there is to say of a column beside its meaning, each with its label."""
    span = ""
    if column.low is not None:
        span = f"{column.low:g} to {column.high:g}" if column.high is not None else f"{column.low:g} or more"
    words = {"list": "several, separated by semicolons", "date": "YYYY, YYYY-MM, YYYY-MM-DD or dd/mm/yyyy"}
    values = ", ".join(column.values) or " ".join(p for p in (span, column.unit) if p) or words.get(column.kind, "")
    default = {True: "yes", False: "no"}.get(column.default, column.default) if column.default is not None else ""
    blank = "not allowed" if column.required else str(default)
    return _filled([("Values", values), ("Blank means", blank), ("Also called", ", ".join(column.synonyms))])


def _filled(lines: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, text) for label, text in lines if text]


def _overview() -> str:
    parts = ["What can be explained (netmap explain NAME):"]
    words = known_words()
    asked = [f"  {q.id:<4} {q.asks}{'' if q.answered else ' (later)'}" for q in QUESTIONS]
    parts.append("\n".join(["Questions", *asked]))
    sorts = ("certainty words", "ideas", "measures", "tables", "columns")
    parts.extend(_wrapped(sort.capitalize(), ", ".join(words[sort])) for sort in sorts)
    return "\n\n".join(parts)


def _text(one: Explained) -> str:
    lines = [one.heading, *textwrap.wrap(one.plain, WIDTH, initial_indent="  ", subsequent_indent="  ")]
    return "\n".join(lines + [_wrapped(f"  {label}", text) for label, text in one.lines])


def _wrapped(label: str, text: str) -> str:
    indent = " " * (len(label) - len(label.lstrip()) + 2)
    return "\n".join(textwrap.wrap(f"{label}: {text}", WIDTH, subsequent_indent=indent, break_long_words=False))
