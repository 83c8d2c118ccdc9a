"""Tell what each table is from its headings first and its file name second, and say why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import Problem, UsageError, nearest
from ..schema import TABLES, find_columns, fold, says_group, says_organisation, says_people
from .cells import listed
from .grid import RawTable

__all__ = ["RECORDS", "Form", "recognise", "wanted_columns"]

_PREFIX = re.compile(r"(organi[sz]ation|partner|source|target)\.(.+)$", re.IGNORECASE)
_VALUE = re.compile(r"values?:\s*(.+)$", re.IGNORECASE)
RECORDS = {
    "organisation": "organisations", "organization": "organisations", "person": "people",
    "partnership": "partnerships", "tie": "partnerships", "membership": "memberships", "network": "networks",
    "value": "values", "capability": "capabilities", "need": "needs",
}  # fmt: skip
# Headings that settle by themselves which table a file is.
_TELLING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("needs", ("needid",)), ("decisions", ("decisionid",)), ("introductions", ("a", "b", "round")),
    ("ratings", ("rater", "target", "item")), ("values", ("item",)), ("capabilities", ("capability",)),
    ("memberships", ("member", "group")), ("networks", ("networkid",)), ("people", ("personid",)),
    ("organisations", ("orgid",)),
)  # fmt: skip


@dataclass(slots=True)
class Form:
    """What a table was taken for.

    `form` is ``record, interlock, two-mode, ties, matrix, list`` or ``table``; `table` the table of the schema its rows
    go to; `columns` says for each heading the column (``table.column`` where it belongs to another table, ``end.column``
    for a prefix, ``values:item``), "" where it is kept as an attribute.
    """

    form: str
    table: str
    why: str
    columns: list[str]
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


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
    return (
        _matrix(raw, heads)
        or _told(heads, folded, said)
        or _ends(raw, heads, said)
        or _people_and_bodies(heads, folded, said)
        or _two_kinds(raw, heads, folded, said)
        or _list_of(raw, heads, said)
        or _unknown(raw)
    )


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
                out[i] = said[i]
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


def _told(heads: list[str], folded: list[str], said: list[str]) -> Form | None:
    here = set(folded)
    for table, needed in _TELLING:
        if not set(needed) <= here:
            continue
        columns = _columns(heads, said, table)
        required = [c.name for c in TABLES[table].columns if c.required]
        if all(r in columns for r in required):
            shown = listed([f'"{h}"' for h, f in zip(heads, folded, strict=True) if f in needed])
            return Form("table", table, f"it has {shown}", columns)
    if {"invited", "responded"} & here and "entity" in here:
        return Form("table", "responses", 'it has "entity" and "responded"', _columns(heads, said, "responses"))
    return None


def _ends(raw: RawTable, heads: list[str], said: list[str]) -> Form | None:
    columns = _columns(heads, said, "partnerships")
    if "source" not in columns or "target" not in columns:
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
    _hint_numbers(raw, form)
    return form


def _people_and_bodies(heads: list[str], folded: list[str], said: list[str]) -> Form | None:
    """Tell a file that says which person belongs to which organisation or event."""
    who = [i for i, h in enumerate(heads) if says_people(h) and not said[i]]
    where = [i for i, h in enumerate(heads) if i not in who and (says_organisation(h) or says_group(h)) and not said[i]]
    if not who or not where or "id" in folded:
        return None
    return _membership(heads, said, who[0], where[0], "person", f'"{heads[who[0]]}" names people')


def _two_kinds(raw: RawTable, heads: list[str], folded: list[str], said: list[str]) -> Form | None:
    """Tell two columns that name two different kinds of thing."""
    groups = [i for i, h in enumerate(heads) if says_group(h) and not said[i]]
    bodies = [i for i, h in enumerate(heads) if i not in groups and says_organisation(h) and not said[i]]
    if not bodies:
        bodies = [i for i, f in enumerate(folded) if i not in groups and (f.endswith("id") or f == "name")][:1]
    identified = [i for i in groups if folded[i].endswith(("id", "code"))] or groups
    if not identified or not bodies or (len(heads) > 12 and len(groups) > 1):
        return None
    group, body = identified[0], bodies[0]
    if len({row[group] for row in raw.rows}) > 0.95 * len(raw.rows) and len(raw.rows) > 5:
        return None
    return _membership(heads, said, body, group, "organisation",
                       f'"{heads[body]}" and "{heads[group]}" name two different kinds of thing')  # fmt: skip


def _membership(heads: list[str], said: list[str], who: int, where: int, member_type: str, why: str) -> Form:
    rest = [h if i not in (who, where) else "\0" for i, h in enumerate(heads)]
    columns = _columns(rest, said, "memberships")
    columns = [c if c not in ("member", "group") else "" for c in columns]
    columns[who], columns[where] = "member", "group"
    stem = re.sub(r"[\s_-]*(id|code)$", "", heads[where], flags=re.IGNORECASE)
    for i, heading in enumerate(heads):
        if not columns[i] and fold(heading) in {fold(f"{stem} {w}") for w in ("en", "name", "title", "name en")}:
            columns[i] = "networks.name"
        elif not columns[i] and fold(heading) == fold(f"{stem} type"):
            columns[i] = "networks.kind"
    form = Form("interlock" if member_type == "person" else "two-mode", "memberships", why, columns)
    form.notes.append(f'"{heads[where]}" names what they belong to')
    return form


def _matrix(raw: RawTable, heads: list[str]) -> Form | None:
    labels = [row[0].casefold() for row in raw.rows]
    if len(labels) > 2 and len(labels) == len(heads) - 1 and sorted(labels) == sorted(h.casefold() for h in heads[1:]):
        return Form("matrix", "partnerships", "its rows and columns have the same names", [""] * len(heads))
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
        cells = [row[at] for row in raw.rows if row[at]]
        if len(cells) > 20 and len(set(cells)) < 0.5 * len(cells) and not said[at]:
            continue
        form = Form("list", table, f'"{heads[at]}" says which each row is about', columns)
        _hint_values(raw, form)
        return form
    return None


def _unlike(raw: RawTable, heads: list[str], table: str, stem: str) -> int | None:
    """Return the first column that names what the list is of, by its heading, and never names one twice."""
    says = {"organisations": says_organisation, "people": says_people, "networks": says_group}[table]
    for i, heading in enumerate(heads):
        cells = [row[i] for row in raw.rows if row[i]]
        known = says(heading) or fold(heading) == fold(stem) or (table == "organisations" and fold(heading) in ("label", "name", "title"))
        if known and cells and len(set(cells)) == len(cells) == len(raw.rows):
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


# -- what is pointed out -------------------------------------------------------------------------------------------


def _hint_numbers(raw: RawTable, form: Form) -> None:
    """Point out small whole numbers under a heading of their own: they may be a strength, or its opposite."""
    for i, column in enumerate(form.columns):
        if column:
            continue
        words = {row[i] for row in raw.rows if row[i]}
        if 2 <= len(words) <= 10 and all(w.isdigit() and int(w) <= 10 for w in words):
            heading, low, high = raw.header[i], min(words, key=int), max(words, key=int)
            what = (f'"{heading}" holds whole numbers from {low} to {high}. They were kept but not used as the strength of ties, '
                    "since it is not known which end is more.")  # fmt: skip
            form.problems.append(Problem(
                "unused-scale", what, f'If {high} is the closest, say --map-columns "{heading}=intensity".', "note", raw.file, raw.sheet,
                None, heading,
            ))  # fmt: skip
            form.notes.append(f'"{heading}" ({low} to {high}) is kept and not used as strength; {_option(heading, "intensity")} uses it')


def _hint_values(raw: RawTable, form: Form) -> None:
    """Point out several columns of small whole numbers: they may be values."""
    free = []
    for i, column in enumerate(form.columns):
        words = {row[i] for row in raw.rows if row[i]}
        if not column and 2 <= len(words) <= 7 and all(re.fullmatch(r"-?\d", w) for w in words):
            free.append(raw.header[i])
    if len(free) >= 3:
        example = _option(free[0], f"values:{free[0]}")
        what = f"{listed([f'{chr(34)}{h}{chr(34)}' for h in free[:6]])} hold small whole numbers. They were kept but not taken for values."
        form.problems.append(Problem("possible-values", what, f"If they are, say {example} for each.", "note", raw.file, raw.sheet))
        form.notes.append(f"{len(free)} columns of small whole numbers are kept and not taken for values; {example} uses one")


def _option(heading: str, column: str) -> str:
    """Return the option that says what a heading means, as it is typed."""
    mapped = f"{heading}={column}"
    return f'--map-columns "{mapped}"' if re.search(r"[^\w=:.-]", mapped) else f"--map-columns {mapped}"


def _unknown(raw: RawTable) -> Problem:
    known = sorted({h for name in ("partnerships", "memberships", "organisations") for c in TABLES[name].columns if c.required
                    for h in (c.name, *c.synonyms)})  # fmt: skip
    seen = [f'"{h}"' for h in raw.header[:12]] + ([f"{len(raw.header) - 12} more"] if len(raw.header) > 12 else [])
    close = [f'"{h}" may be {nearest(h, known, 1)[0]}' for h in raw.header if nearest(h, known, 1)][:3]
    fix = ("Name the two columns that say who works with whom organisation and partner, or say what they are: "
           '--map-columns "YOUR HEADING=organisation" --map-columns "OTHER HEADING=partner".')  # fmt: skip
    columns = _columns(raw.header, [""] * len(raw.header), "partnerships")
    found = [c for c in ("source", "target") if c in columns]
    free = [h for h, c in zip(raw.header, columns, strict=True) if not c]
    if len(found) == 1 and free:
        other = "partner" if found == ["source"] else "organisation"
        known_as = raw.header[columns.index(found[0])]
        fix = f'"{known_as}" was understood as one end of a tie. Say which heading is the other end, such as: {_option(free[0], other)}.'
    near = f" Nearest: {'; '.join(close)}." if close and len(found) != 1 else ""
    return Problem("unknown-table", f"It cannot be told what this table is. Its headings are {listed(seen)}.{near}", fix, "error",
                   raw.file, raw.sheet, raw.header_line)  # fmt: skip

