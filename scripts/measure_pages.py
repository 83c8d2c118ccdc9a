"""The pages on measures: an index, one page a family made from the docstrings, and what other libraries call them."""

from __future__ import annotations

import re

from docstrings import cell, code, paragraphs, parameters_table, read, returns

from netmap.measures._elsewhere import ELSEWHERE
from netmap.measures.catalogue import Entry, entries, load

__all__ = ["families", "measure_pages"]

MADE = "<!-- Made by scripts/pages.py: change the program, not this page. -->"
OWN = "*netmap's own construct (proposed), without published validation.*"
FOLDER = "docs/measures"
ELSE = "other-libraries"


def families() -> dict[str, list[Entry]]:
    """Return the measures by family, in the order of the catalogue."""
    out: dict[str, list[Entry]] = {}
    for entry in entries().values():
        out.setdefault(entry.family or "Other", []).append(entry)
    return out


def measure_pages() -> dict[str, str]:
    """Return every page on measures by its path from the root of the repository."""
    held = families()
    pages = {"docs/measures.md": _index(held), f"{FOLDER}/{ELSE}.md": _elsewhere(held)}
    return pages | {f"{FOLDER}/{slug(family)}.md": _family(family, members) for family, members in held.items()}


def slug(text: str) -> str:
    """Return a family as the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def _index(held: dict[str, list[Entry]]) -> str:
    parts = [
        "# Measures", MADE,
        "`netmap measure data.csv NAME` gives a measure as a table, `netmap explain NAME` what it means, "
        "`netmap explain NAME data.csv` what it is in your data, `netmap.measures.NAME(view)` the numbers in Python (some need "
        "groups or tables besides: their pages say which). A "
        "value that is not defined is empty, never 0. Each name leads to its formula, arguments and an example. "
        f"[What networkx, igraph and sna call each, and where they differ](measures/{ELSE}.md).",
    ]
    for family, members in held.items():
        rows = ["| name | | what it is | range | when not |", "|---|---|---|---|---|"]
        for entry in members:
            mark = f" {OWN}" if entry.proposed else ""
            link = f"[`{entry.name}`](measures/{slug(family)}.md#{entry.name})"
            row = (link, entry.number, entry.plain + mark, entry.range, entry.caution)
            rows.append(f"| {' | '.join(cell(text) for text in row)} |")
        parts += [f"## [{family}](measures/{slug(family)}.md)", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _family(family: str, members: list[Entry]) -> str:
    listed = ", ".join(f"[`{entry.name}`](#{entry.name})" for entry in members)
    parts = [f"# {family}", MADE, f"[All measures](../measures.md). On this page: {listed}."]
    for entry in members:
        parts += _measure(entry)
    return "\n\n".join(part for part in parts if part) + "\n"


def _measure(entry: Entry) -> list[str]:
    function = load(entry.name)
    doc = read(function)
    example = f">>> from netmap.measures import {entry.name}\n{doc.sections['Examples']}"
    raises = [f"*{name}*: {code(text)}" for name, text in _raised(doc.sections.get("Raises", ""))]
    return [
        f"## {entry.name}",
        f"**{entry.title}** ({entry.number}). {code(entry.plain)}" + (f" {OWN}" if entry.proposed else ""),
        f"**How to read it.** {code(entry.reading)} Range: {code(entry.range)}.",
        f"**When not.** {code(entry.caution)}",
        f"**Definition.** {code(doc.summary)}",
        doc.more,
        f"**Formula and method.** {paragraphs(doc.sections['Notes'])}",
        parameters_table(doc, function),
        f"**Returns** {returns(doc)}",
        "**Raises** " + "; ".join(raises) if raises else "",
        f"```pycon\n{example}\n```",
        f"**References.** {paragraphs(doc.sections['References'])}",
    ]


def _raised(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        if line.startswith(" ") and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}".strip())
        elif line.strip():
            found.append((line.strip(), ""))
    return found


def _elsewhere(held: dict[str, list[Entry]]) -> str:
    parts = [
        "# netmap, networkx, igraph and sna", MADE,
        "[All measures](../measures.md). What each library calls a measure, and where its number differs. What is said "
        "of networkx (3.6) is computed by netmap's tests on a small network; what is said of igraph and R's sna was "
        "checked against them once. A dash: it has none. A measure without a row has no counterpart in the three, though "
        "some can be put together from what they have.",
        "Before any of these: netmap measures a simple graph. Loops are dropped and counted, parallel rows are one tie "
        "whose strength is their sum. `networkx.from_pandas_edgelist` keeps only the last of parallel rows (a-b:2, "
        "a-b:3, b-a:4 gives 4, not 9); igraph keeps three edges, and counts them as three paths. Strength is not "
        "distance: `weight=` of a path measure is a length in networkx and igraph, so strengths given there make "
        "strong ties far; netmap turns them into lengths L/w.",
    ]
    for family, members in held.items():
        rows = ["| netmap | networkx | igraph | sna | where they differ |", "|---|---|---|---|---|"]
        for entry in members:
            if entry.name not in ELSEWHERE:
                continue
            one = ELSEWHERE[entry.name]
            link = f"[`{entry.name}`]({slug(family)}.md#{entry.name})"
            names = [f"`{name}`" if name else "-" for name in (one.networkx, one.igraph, one.sna)]
            rows.append(f"| {' | '.join(cell(text) for text in (link, *names, code(one.differs)))} |")
        if len(rows) > 2:
            parts += [f"## {family}", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"
