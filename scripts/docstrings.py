"""Reading a numpydoc docstring into its parts, and those parts into Markdown."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Docstring", "Item", "parameters_table", "read"]

_HEADING = re.compile(r"^(\w[\w ]*)\n(-{3,})$", re.MULTILINE)


@dataclass(frozen=True)
class Item:
    """One argument or result: its name, its type as written, and what is said of it."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True)
class Docstring:
    """The parts of a docstring: first sentence, further paragraphs, arguments, and every other section as text."""

    summary: str
    more: str = ""
    parameters: tuple[Item, ...] = ()
    sections: dict[str, str] = field(default_factory=dict)


def read(function: Any) -> Docstring:
    """Return the parts of a function's docstring."""
    text = inspect.getdoc(function) or ""
    heads = list(_HEADING.finditer(text))
    opening = text[: heads[0].start()] if heads else text
    summary, _, more = opening.strip().partition("\n\n")
    sections = {
        head[1]: text[head.end() : after.start() if after else len(text)].strip("\n")
        for head, after in zip(heads, [*heads[1:], None], strict=True)
    }
    parameters = tuple(_items(sections.pop("Parameters", "")))
    return Docstring(_flat(summary), paragraphs(more), parameters, sections)


def _items(text: str) -> list[Item]:
    items: list[Item] = []
    name, kind, said = "", "", [""]
    for line in [*text.splitlines(), None]:
        if line is None or (line and not line.startswith(" ")):
            if name:
                items.append(Item(name, kind, _flat("\n".join(said))))
            name, _, kind = (line or "").partition(" : ")
            said = []
        else:
            said.append(line)
    return items


def returns(doc: Docstring) -> str:
    """Return what a function gives, its type first, as one paragraph."""
    items = _items(doc.sections.get("Returns", ""))
    said = []
    for item in items:
        head = f"*{item.name}{' : ' + item.kind if item.kind else ''}*"
        said.append(f"{head}: {code(item.text)}" if item.text else f"{head}.")
    return "\n\n".join(said)


def parameters_table(doc: Docstring, function: Any) -> str:
    """Return the arguments as a Markdown table, defaults taken from the signature."""
    takes = inspect.signature(function).parameters
    rows = ["| argument | default | what it is |", "|---|---|---|"]
    for item in doc.parameters:
        names = [name.strip().lstrip("*") for name in item.name.split(",")]
        default = ", ".join(_default(takes[name]) for name in names if name in takes)
        kind = re.sub(r",? ?(default\b.*|optional)$", "", item.kind)
        said = ". ".join(part for part in (kind, item.text) if part)
        rows.append(f"| {cell('`' + '`, `'.join(names) + '`')} | {cell(default)} | {cell(code(said))} |")
    return "\n".join(rows)


def _default(parameter: inspect.Parameter) -> str:
    if parameter.default is inspect.Parameter.empty:
        return "needed"
    value = parameter.default
    shown = getattr(value, "__name__", None) or (f"{value:.4g}" if isinstance(value, float) else repr(value))
    return f"`{shown}`"


def paragraphs(text: str) -> str:
    """Return text with every paragraph on one line."""
    return "\n\n".join(code(_flat(part)) for part in re.split(r"\n\s*\n", text.strip()) if part.strip())


def code(text: str) -> str:
    """Return text with double backticks as single ones, and no asterisk or angle bracket left to be taken for markup."""
    text = text.replace("``", "`")
    parts = text.split("`")
    return "`".join(part if i % 2 else _escaped(part) for i, part in enumerate(parts))


def _escaped(text: str) -> str:
    return re.sub(r"(?<!\\)([*<]|\b_|_\b)", r"\\\1", text.replace("\\|", "|"))


def cell(text: str) -> str:
    """Return text fit for a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def _flat(text: str) -> str:
    return " ".join(text.split())
