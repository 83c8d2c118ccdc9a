"""Tell what each table is from its headings first and its file name second, and say why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import Problem, UsageError, nearest
from ..schema import TABLES, find_columns, fold, is_declared_kind, says_group, says_organisation, says_people
from .cells import listed
from .convert import MISSING
from .grid import RawTable
from .hints import hint_numbers, hint_values, unknown_table, without_numbers
from .published import published_layout

__all__ = ["RECORDS", "Form", "as_people", "recognise", "wanted_columns"]

_PREFIX = re.compile(r"(organi[sz]ation|partner|source|target)\.(.+)$", re.IGNORECASE)
_VALUE = re.compile(r"values?:\s*(.+)$", re.IGNORECASE)
RECORDS = {
    "organisation": "organisations", "organization": "organisations", "person": "people",
    "partnership": "partnerships", "tie": "partnerships", "membership": "memberships", "network": "networks",
    "value": "values", "capability": "capabilities", "need": "needs",
}  # fmt: skip
_BLANK_IS_A_TIE = ("partner", "target", "partnerorganisation")
_BRACKETS = re.compile(r"(.*)\[\s*(.+?)\s*\]\s*$", re.DOTALL)
# What may be said of members and groups in a table of memberships, under headings that name them.
_ABOUT = {"name": "name", "nameen": "name", "title": "name", "en": "name", "type": "type", "sector": "sector", "place": "place"}
# Headings that settle by themselves which table a file is.
_TELLING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("needs", ("needid",)), ("decisions", ("decisionid",)), ("introductions", ("a", "b", "round")),
    ("rounds", ("first", "last", "seed")),
    ("ratings", ("rater", "target", "item")), ("values", ("item",)), ("capabilities", ("capability",)),
    ("memberships", ("member", "group")), ("networks", ("networkid",)), ("people", ("personid",)),
    ("organisations", ("orgid",)),
)  # fmt: skip


@dataclass(slots=True)
class Form:
    """What a table was taken for.

    `form` is ``record, interlock, two-mode, ties, matrix, roster, list, table`` or ``unknown``; `table` the table of the
    schema its rows go to; `columns` says for each heading the column (``table.column`` where it belongs to another table,
    ``end.column`` for a prefix, ``values:item``), "" where it is kept as an attribute; `fill` what is true of every row;
    `bodies` that the groups of memberships are organisations.
    """

    form: str
    table: str
    why: str
    columns: list[str]
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fill: dict[str, str] = field(default_factory=dict)
    bodies: bool = False


def wanted_columns(raws: Sequence[RawTable], map_columns: Mapping[str, str] | None) -> dict[str, str]:
    """Check what the user says headings mean, and return it by folded heading.

    Raises
    ------
    UsageError
        A heading no table has, or a column no table has; the nearest are named.
    """
    out: dict[str, str] = {}
    seen = {fold(h): h for raw in raws for h in raw.header}
    names = {c.name for t in TABLES.values() for c in t.columns}
    for heading, meant in (map_columns or {}).items():
        target = meant
        if fold(heading) not in seen:
            close = nearest(heading, seen.values())
            hint = f" Did you mean {' or '.join(close)}?" if close else f" There are {listed(list(seen.values())[:12])}."
            raise UsageError(f"No table has a heading {heading!r}.{hint}")
        value, prefix = _VALUE.match(target), _PREFIX.match(target)
        table, _, column = target.rpartition(".")
        plain = column if table in TABLES else prefix.group(2) if prefix else target
        known = {c.name for c in TABLES[table].columns} if table in TABLES else names
        if not value and plain not in known:
            found = find_columns(plain, [table] if table in TABLES else None)
            if not found:
                close = nearest(plain, known)
                hint = f" Did you mean {' or '.join(close)}?" if close else " netmap explain columns lists them."
                raise UsageError(f"There is no column {target!r} to map {heading!r} to.{hint}")
            target = target[: len(target) - len(plain)] + found[0][1].name
        out[fold(heading)] = target
    return out


def recognise(raw: RawTable, wanted: Mapping[str, str]) -> Form | Problem:
    """Return what a table is, or the problem that it cannot be told."""
    heads = list(raw.header)
    said = [wanted.get(fold(h), "") for h in heads]
    folded = [fold(s.rpartition(".")[2]) if s and not _PREFIX.match(s) and not _VALUE.match(s) else fold(h)
              for h, s in zip(heads, said, strict=True)]  # fmt: skip
    here = set(folded)
    if "record" in here:
        return Form("record", "", 'it has a column "record"', _columns(heads, said, None))
    # The surest sign first; `or` asks the next only where the one before found nothing.
    form = (
        _matrix(raw, heads)
        or _published(heads, said)
        or _told(raw, heads, folded, said)
        or _ends(raw, heads, said)
        or _people_and_bodies(heads, folded, said)
        or _two_kinds(raw, heads, folded, said)
        or _roster(raw, heads, said)
        or _list_of(raw, heads, said)
    )
    if form is None:
        return unknown_table(raw, _columns(heads, [""] * len(heads), "partnerships"))
    if form.table in TABLES and form.form not in ("matrix", "roster"):
        form.columns, notes, problems = without_numbers(raw, form.columns, said, form.table)
        form.notes += notes
        form.problems += problems
    return form


def as_people(raw: RawTable, form: Form, wanted: Mapping[str, str]) -> Form:
    """Return a list that was taken for organisations as the list of people it turned out to be."""
    said = [wanted.get(fold(h), "") for h in raw.header]
    at = form.columns.index("org_id")
    said[at] = "person_id"
    return Form("list", "people", f'"{raw.header[at]}" holds the people that the ties join', _columns(raw.header, said, "people"), form.notes,
                form.problems)  # fmt: skip


def _columns(heads: Sequence[str], said: Sequence[str], table: str | None) -> list[str]:
    """Return the column each heading means in a table: as said, by prefix, by name or synonym; each column once."""
    out = [""] * len(heads)
    used: set[str] = set()
    if table is None:
        names = sorted({c.name for t in TABLES.values() for c in t.columns} | {"id", "record"})
        for i, heading in enumerate(heads):
            out[i] = said[i] or next((n for n in names if fold(n) == fold(heading)), "")
        return out
    known = TABLES[table]
    for exact in (True, False):
        for i, heading in enumerate(heads):
            if out[i]:
                continue
            word = said[i] or heading
            prefix, value = _PREFIX.match(word), _VALUE.match(word)
            if said[i].partition(".")[0] in TABLES:
                out[i] = said[i].removeprefix(f"{table}.")
            elif value or (prefix and table == "partnerships"):
                out[i] = _prefixed(prefix) if prefix else f"values:{value.group(1).strip()}" if value else ""
                continue
            else:
                for column in known.columns:
                    match = fold(word) == fold(column.name) if exact else fold(word) in column.headings
                    if match and column.name not in used:
                        out[i] = column.name
                        break
            used.add(out[i])
    return out


def _prefixed(prefix: re.Match[str]) -> str:
    end = "partner" if prefix.group(1).casefold() in ("partner", "target") else "organisation"
    rest = prefix.group(2).strip()
    if fold(rest) == "values":
        return f"{end}.values"
    found = find_columns(rest, ["organisations"])
    return f"{end}.{found[0][1].name if found else rest}"


# -- the steps, surest first ---------------------------------------------------------------------------------------


def _published(heads: list[str], said: list[str]) -> Form | None:
    found = published_layout(heads)
    if found is None:
        return None
    layout, columns = found
    columns = [s or c for s, c in zip(said, columns, strict=True)]
    return Form(layout.form, layout.table, f"its headings are those of {layout.name}", columns, fill=dict(layout.fill))


def _told(raw: RawTable, heads: list[str], folded: list[str], said: list[str]) -> Form | None:
    here = set(folded)
    for table, needed in _TELLING:
        if not set(needed) <= here:
            continue
        if table == "people" and _several_bodies(raw, folded):
            return None
        columns = _columns(heads, said, table)
        required = [c.name for c in TABLES[table].columns if c.required]
        if all(r in columns for r in required):
            shown = listed([f'"{h}"' for h, f in zip(heads, folded, strict=True) if f in needed])
            return Form("table", table, f"it has {shown}", columns)
    if {"invited", "responded"} & here and "entity" in here:
        return Form("table", "responses", 'it has "entity" and "responded"', _columns(heads, said, "responses"))
    return None


def _several_bodies(raw: RawTable, folded: list[str]) -> bool:
    """Tell whether a table of people and organisations gives some person several organisations."""
    where = next((i for i, f in enumerate(folded) if f in TABLES["people"].column("organisation").headings), None)
    if where is None:
        return False
    who = folded.index("personid")
    pairs = {(row[who].casefold(), row[where].casefold()) for row in raw.rows if row[who] and row[where]}
    return len({who for who, _ in pairs}) < len(pairs)


def _ends(raw: RawTable, heads: list[str], said: list[str]) -> Form | None:
    columns = _columns(heads, said, "partnerships")
    if "source" not in columns or "target" not in columns:
        return None
    at = columns.index("target")
    if not said[at] and fold(heads[at]) not in _BLANK_IS_A_TIE and not any(row[at] for row in raw.rows):
        return None
    at = columns.index("kind") if "kind" in columns else -1
    notes = []
    if at >= 0:
        words = {row[at].casefold() for row in raw.rows if row[at]}
        if words and words <= {"directed", "undirected"}:
            columns[at] = "directed"
            notes.append(f'"{heads[at]}" says which ties have a direction')
    for i, heading in enumerate(heads):
        if not columns[i] and fold(heading) in ("network", "networks"):
            columns[i] = "memberships.group"
            notes.append(f'"{heading}" names networks that both ends belong to')
        elif not columns[i] and fold(heading) == "trust" and "trust_reliability" not in columns:
            columns[i] = "trust_reliability"
    first, second = heads[columns.index("source")], heads[columns.index("target")]
    form = Form("ties", "partnerships", f'"{first}" and "{second}" are the two ends of a tie', columns, notes)
    stem = raw.sheet or raw.file.rpartition(".")[0]
    if "kind" not in columns and fold(first).startswith("fund") and fold(second).startswith("recipient"):
        form.fill["kind"] = "funding"
        notes.append(f'every tie is of the kind "funding", as "{first}" and "{second}" say')
    elif "kind" not in columns and is_declared_kind(stem):
        form.fill["kind"] = "_".join(stem.casefold().replace("-", " ").replace("_", " ").split())
        notes.append(f'every tie is of the kind "{form.fill["kind"]}", as its name says')
    if any("|" in row[columns.index("target")] for row in raw.rows):
        notes.append(f'several partners in one cell of "{second}", separated by |, are a tie each')
    form.columns, more, form.problems = hint_numbers(raw, columns, said)
    notes += more
    return form


def _people_and_bodies(heads: list[str], folded: list[str], said: list[str]) -> Form | None:
    """Tell a file that says which person belongs to which organisation or event."""
    who = [i for i, h in enumerate(heads) if says_people(h) and not said[i]]
    where = [i for i, h in enumerate(heads) if i not in who and (says_organisation(h) or says_group(h)) and not said[i]]
    if not who or not where or "id" in folded:
        return None
    return _membership(heads, said, who[0], where[0], "person",
                       f'"{heads[who[0]]}" names people and "{heads[where[0]]}" what they belong to')  # fmt: skip


def _two_kinds(raw: RawTable, heads: list[str], folded: list[str], said: list[str]) -> Form | None:
    """Tell two columns that name two different kinds of thing."""
    groups = [i for i, h in enumerate(heads) if says_group(h) and not said[i]]
    bodies = [i for i, h in enumerate(heads) if i not in groups and says_organisation(h) and not said[i]]
    if not bodies:
        bodies = [i for i, f in enumerate(folded) if i not in groups and (f.endswith("id") or f == "name")][:1]
    identified = [i for i in groups if folded[i].endswith(("id", "code"))] or groups
    if not identified or not bodies or (len(heads) > 12 and len({_stem(heads[i]) for i in groups}) > 1):
        return None
    group, body = identified[0], bodies[0]
    filled = [row[group] for row in raw.rows if row[group]]
    # Where hardly a group has two members, or most rows have none, the table is a list of something else.
    if len(raw.rows) > 5 and (len(set(filled)) > 0.95 * len(filled) or 2 * len(filled) < len(raw.rows)):
        return None
    return _membership(heads, said, body, group, "organisation",
                       f'"{heads[body]}" and "{heads[group]}" name two different kinds of thing')  # fmt: skip


def _membership(heads: list[str], said: list[str], who: int, where: int, member_type: str, why: str) -> Form:
    rest = [h if i not in (who, where) else "\0" for i, h in enumerate(heads)]
    columns = _columns(rest, said, "memberships")
    columns = [c if c not in ("member", "group") else "" for c in columns]
    columns[who], columns[where] = "member", "group"
    form = Form("interlock" if member_type == "person" else "two-mode", "memberships", why, columns)
    group, member = _stem(heads[where]), _stem(heads[who])
    for i, heading in enumerate(heads):
        if columns[i]:
            continue
        word = fold(heading)
        about = _ABOUT.get(word.removeprefix(group)) if word.startswith(group) else None
        if about in ("name", "type"):
            columns[i] = "networks.kind" if about == "type" else "networks.name"
        elif member_type == "organisation":
            stem = next((x for x in (member, "organisation", "organization", "org") if word.startswith(x)), None)
            about = _ABOUT.get(word.removeprefix(stem)) if stem else "sector" if word == "sector" else None
            columns[i] = f"organisations.{about}" if about else ""
    kind = says_group(heads[where])
    if "group_type" not in columns and kind:
        form.fill["group_type"] = kind
    form.bodies = not kind and says_organisation(heads[where])
    return form


def _stem(heading: str) -> str:
    """Return what a heading is about, without words such as id, code and name."""
    return fold(re.sub(r"[\s_-]*(uid|id|code|name|type|status)$", "", heading, flags=re.IGNORECASE))


def _matrix(raw: RawTable, heads: list[str]) -> Form | None:
    labels = [row[0].casefold() for row in raw.rows] if heads else []
    if len(labels) > 2 and len(labels) == len(heads) - 1 and sorted(labels) == sorted(h.casefold() for h in heads[1:]):
        return Form("matrix", "partnerships", "its rows and columns have the same names", [""] * len(heads))
    return None


def _roster(raw: RawTable, heads: list[str], said: list[str]) -> Form | None:
    """Tell a questionnaire with one column for each name on the list: ``How often do you meet [Devon]``."""
    marked = [m for m in map(_BRACKETS.match, heads) if m]
    asked = {m.group(1).strip() for m in marked}
    names = {m.group(2).casefold() for m in marked}
    if len(asked) != 1 or len(marked) < 3 or any(said):
        return None
    for i, heading in enumerate(heads):
        cells = [row[i].casefold() for row in raw.rows if row[i]]
        if not _BRACKETS.match(heading) and len(set(cells)) == len(cells) and 2 * sum(c in names for c in cells) > len(cells):
            columns = ["source" if j == i else "target" if _BRACKETS.match(h) else "" for j, h in enumerate(heads)]
            form = Form("roster", "partnerships", f'"{heading}" answers "{asked.pop()}" for each name on the list', columns)
            form.notes.append("blank cells and answers such as Never and No were taken for no tie; other answers are kept, "
                              "not used as strength")  # fmt: skip
            return form
    return None


def _list_of(raw: RawTable, heads: list[str], said: list[str]) -> Form | None:
    stem = raw.sheet or raw.file.rpartition(".")[0]
    if not (raw.rows or raw.header):
        return None
    for table in _by_name(stem):
        columns = _columns(heads, said, table)
        key = TABLES[table].key[0]
        if key not in columns:
            unlike = _unlike(raw, heads, table, stem)
            if unlike is None:
                continue
            columns[unlike] = key
        at = columns.index(key)
        cells = [row[at] for row in raw.rows if row[at].casefold() not in MISSING]
        if len(cells) > 20 and len(set(cells)) < 0.5 * len(cells) and not said[at]:
            continue
        form = Form("list", table, f'"{heads[at]}" says which each row is about', columns)
        form.notes, form.problems = hint_values(raw, form.columns)
        return form
    return None


def _unlike(raw: RawTable, heads: list[str], table: str, stem: str) -> int | None:
    """Return the first column that names what the list is of, by its heading, and never names one twice."""
    says = {"organisations": says_organisation, "people": says_people, "networks": says_group}[table]
    for i, heading in enumerate(heads):
        cells = [row[i] for row in raw.rows if row[i]]
        same = fold(heading) == fold(stem)
        known = says(heading) or same or (table == "organisations" and fold(heading) in ("label", "name", "title"))
        if known and cells and len(cells) == len(raw.rows) and len(set(cells)) >= (0.9 if same else 1) * len(cells):
            return i
    return None


def _by_name(stem: str) -> list[str]:
    order = ["organisations", "people", "networks"]
    first = next((t for t in order if fold(stem) in {fold(s) for s in TABLES[t].file_stems}), "")
    if not first and says_people(stem):
        first = "people"
    if not first and says_group(stem):
        first = "networks"
    return [first, *(t for t in order[:2] if t != first)] if first else order[:2]
