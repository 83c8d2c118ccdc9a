"""Take a recognised table apart into blocks: rows of one table of the schema, converted, with where each came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import Problem
from ..schema import TABLES, fold
from .convert import MISSING, Where, convert
from .grid import RawTable
from .recognise import RECORDS, Form

__all__ = ["Block", "Row", "blocks_of"]

# Answers on a roster that say there is no tie, and cells of a matrix that do.
_NO_TIE = MISSING | {"never", "no", "0", "0.0", "none", "not at all", "n", "false"}
Row = tuple[int, int]
"""Which table that was read, and which of its rows: what the ledger is kept by."""


@dataclass(slots=True)
class Block:
    """Rows of one table of the schema: values by column, cells of the user's own columns by heading.

    What a row says besides (that both ends belong to a network, say) is `derived`: the ledger keeps to the row itself.
    Rows of a block without a table are set aside, for the reason in `aside`.
    """

    table: str
    rows: list[Row]
    values: dict[str, list[Any]]
    extra: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    derived: bool = False
    aside: str = ""
    groups_are_bodies: bool = False


def blocks_of(raw: RawTable, form: Form, number: int) -> list[Block]:
    """Return what the rows of a table say, table by table of the schema.

    Parameters
    ----------
    raw : RawTable
    form : Form
        What it was taken for.
    number : int
        Which of the tables read it is.
    """
    where = Where(raw.file, raw.sheet, raw.delimiter == ";")
    every = list(range(len(raw.rows)))
    if form.form == "unknown":
        return [Block("", [(number, r) for r in every], {}, aside="its headings say nothing netmap knows")]
    if form.form == "record":
        return _records(raw, number, where)
    if form.form == "matrix":
        return _matrix(raw, number)
    if form.form == "roster":
        return _roster(raw, form, number)
    if form.form == "ties":
        blocks = _ties(raw, form, number, where)
    elif form.form in ("interlock", "two-mode"):
        blocks = _memberships(raw, form, number, where)
    else:
        main = _block(raw, form.columns, form.table, every, number, where)
        blocks = [main, *_values(raw, form.columns, form.columns.index(TABLES[form.table].key[0]), every, number, where)]
    for column, value in form.fill.items():
        cells = blocks[0].values.get(column, [None] * len(blocks[0].rows))
        blocks[0].values[column] = [value if c is None else c for c in cells]
    return blocks


def _memberships(raw: RawTable, form: Form, number: int, where: Where) -> list[Block]:
    """Return who belongs to what, and what the table says of members and groups besides."""
    every = list(range(len(raw.rows)))
    main = _block(raw, form.columns, "memberships", every, number, where)
    main.values["member_type"] = ["person" if form.form == "interlock" else "organisation"] * len(every)
    main.groups_are_bodies = form.bodies
    out = [main]
    for table, end in (("networks", "group"), ("organisations", "group" if form.bodies else "member")):
        about = {i: c for i, c in enumerate(form.columns) if c.startswith(f"{table}.")}
        if not about and not (form.bodies and table == "organisations"):
            continue
        columns = [about.get(i, "") for i in range(len(form.columns))]
        columns[form.columns.index(end)] = TABLES[table].key[0]
        block = _block(raw, columns, table, every, number, where, own=False)
        block.derived = True
        out.append(block)
    return out


def _cells(raw: RawTable, column: int, rows: Sequence[int]) -> list[str]:
    return [raw.rows[r][column] for r in rows]


def _given(cell: str) -> str:
    """Return a cell, "" where it only says that nothing is known."""
    return "" if cell.casefold() in MISSING else cell


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if _given(part.strip())]


def _block(
    raw: RawTable, columns: Sequence[str], table: str, rows: Sequence[int], number: int, where: Where, own: bool = True
) -> Block:
    """Convert the columns of one table; with `own`, columns of no table are kept as text."""
    block = Block(table, [(number, r) for r in rows], {})
    lines = [raw.lines[r] for r in rows]
    for i, name in enumerate(columns):
        plain = name.removeprefix(f"{table}.")
        if plain in TABLES[table]:
            done = convert(_cells(raw, i, rows), lines, TABLES[table].column(plain), raw.header[i], where)
            block.values[plain] = done.values
            block.problems += done.problems
        elif not name and own:
            block.extra[raw.header[i]] = _cells(raw, i, rows)
    return block


def _ties(raw: RawTable, form: Form, number: int, where: Where) -> list[Block]:
    source, target = form.columns.index("source"), form.columns.index("target")
    every = list(range(len(raw.rows)))
    columns = form.columns
    network = columns.index("memberships.group") if "memberships.group" in columns else None
    main = _block(raw, columns, "partnerships", every, number, where)
    if any("|" in cell for cell in _cells(raw, target, every)):
        main = _split(main)
    out = [main]
    for end, at in (("organisation", source), ("partner", target)):
        about = {c.partition(".")[2]: i for i, c in enumerate(form.columns) if c.startswith(f"{end}.") and not c.endswith(".values")}
        named = [r for r in every if _given(raw.rows[r][at])]
        if about and named:
            own = [""] * len(columns)
            own[at] = "org_id"
            for name, i in about.items():
                own[i] = name if name in TABLES["organisations"] else ""
            block = _block(raw, own, "organisations", named, number, where, own=False)
            block.extra = {name: _cells(raw, i, named) for name, i in about.items() if name not in TABLES["organisations"]}
            block.derived = True
            out.append(block)
        tags = next((i for i, c in enumerate(form.columns) if c == f"{end}.values"), None)
        if tags is not None:
            out.append(_tags(raw, at, tags, named, number))
    if network is not None:
        out.append(_both_belong(raw, source, target, network, every, number))
    return [*out, *_values(raw, form.columns, source, every, number, where)]


def _split(block: Block) -> Block:
    """Give each of several partners in one cell a row of its own."""
    parts = [[p.strip() for p in str(t).split("|") if p.strip()] if t else [None] for t in block.values["target"]]
    repeat = [i for i, p in enumerate(parts) for _ in p]
    values = {name: [cells[i] for i in repeat] for name, cells in block.values.items()}
    values["target"] = [p for several in parts for p in several]
    extra = {name: [cells[i] for i in repeat] for name, cells in block.extra.items()}
    return Block(block.table, [block.rows[i] for i in repeat], values, extra, block.problems)


def _tags(raw: RawTable, at: int, tags: int, rows: Sequence[int], number: int) -> Block:
    said = [(r, tag) for r in rows for tag in _parts(raw.rows[r][tags])]
    return Block("values", [(number, r) for r, _ in said],
                 {"entity": [raw.rows[r][at] for r, _ in said], "item": [t for _, t in said]}, derived=True)  # fmt: skip


def _both_belong(raw: RawTable, source: int, target: int, network: int, rows: Sequence[int], number: int) -> Block:
    said = [(r, raw.rows[r][end], group) for r in rows for group in _parts(raw.rows[r][network])
            for end in (source, target) if _given(raw.rows[r][end])]  # fmt: skip
    return Block("memberships", [(number, r) for r, _, _ in said],
                 {"member": [m for _, m, _ in said], "group": [g for _, _, g in said]}, derived=True)  # fmt: skip


def _values(
    raw: RawTable, columns: Sequence[str], entity: int, rows: Sequence[int], number: int, where: Where
) -> list[Block]:
    """Return ratings that stand in columns of their own (``values:item``), on the scale the numbers span."""
    wide = [(i, c.partition(":")[2].strip()) for i, c in enumerate(columns) if c.startswith("values:")]
    if not wide:
        return []
    rating = TABLES["values"].column("rating")
    block = Block("values", [], {"entity": [], "item": [], "rating": [], "scale_min": [], "scale_max": []}, derived=True)
    found: list[tuple[int, str, float]] = []
    for i, item in wide:
        done = convert(_cells(raw, i, rows), [raw.lines[r] for r in rows], rating, raw.header[i], where)
        block.problems += done.problems
        found += [(r, item, v) for r, v in zip(rows, done.values, strict=True) if v is not None and _given(raw.rows[r][entity])]
    numbers = {v for _, _, v in found}
    low, high = (min(numbers), max(numbers)) if numbers else (1.0, 5.0)
    if low >= 1 and high <= 5:
        low, high = 1.0, 5.0
    for r, item, value in found:
        block.rows.append((number, r))
        for name, part in zip(block.values, (raw.rows[r][entity], item, value, low, high), strict=True):
            block.values[name].append(part)
    return [block]


def _matrix(raw: RawTable, number: int) -> list[Block]:
    heads = {h.casefold(): h for h in raw.header[1:]}
    rows: list[Row] = []
    ends: dict[str, list[Any]] = {"source": [], "target": [], "strength": [], "directed": []}
    problems = []
    for r, row in enumerate(raw.rows):
        source = heads.get(row[0].casefold(), row[0])
        for heading, cell in zip(raw.header[1:], row[1:], strict=True):
            if cell.casefold() in _NO_TIE:
                continue
            try:
                weight = float(cell)
            except ValueError:
                weight = -1.0
            if not 0 <= weight < float("inf"):
                problems.append(Problem("bad-number", f'"{cell[:60]}" is not a number of 0 or more; it was left out.', "Write 0 for no tie.",
                                        "warning", raw.file, raw.sheet, raw.lines[r], heading, cell))  # fmt: skip
            elif weight > 0:
                rows.append((number, r))
                for name, value in zip(ends, (source, heading, weight, True), strict=True):
                    ends[name].append(value)
    return [Block("partnerships", rows, ends, {}, problems), _present(list(heads.values()))]


def _present(names: Sequence[str]) -> Block:
    """Declare that everybody named is there, with or without a tie."""
    return Block("partnerships", [(-1, i) for i in range(len(names))], {"source": list(names), "target": [None] * len(names)}, derived=True)


def _roster(raw: RawTable, form: Form, number: int) -> list[Block]:
    """Return a tie for each answer that says there is one, and who of those on the list answered."""
    who = form.columns.index("source")
    named = [(i, h[h.rindex("[") + 1 : h.rindex("]")].strip()) for i, (h, c) in enumerate(zip(raw.header, form.columns, strict=True)) if c == "target"]
    rows: list[Row] = []
    ends: dict[str, list[Any]] = {"source": [], "target": [], "directed": [], "reported_by": []}
    answers: list[str] = []
    for r, row in enumerate(raw.rows):
        for i, name in named:
            if _given(row[who]) and row[i].casefold() not in _NO_TIE:
                rows.append((number, r))
                answers.append(row[i])
                for column, value in zip(ends, (row[who], name, True, row[who]), strict=True):
                    ends[column].append(value)
    answered = {row[who].casefold(): row[who] for row in raw.rows if _given(row[who])}
    listed = {name.casefold(): name for _, name in named} | answered
    asked = Block("responses", [(-1, i) for i in range(len(listed))],
                  {"entity": list(listed.values()), "invited": [True] * len(listed), "responded": [k in answered for k in listed]},
                  derived=True)  # fmt: skip
    return [Block("partnerships", rows, ends, {"answer": answers}), _present(list(listed.values())), asked]


def _records(raw: RawTable, number: int, where: Where) -> list[Block]:
    """Take a file that holds everything apart by its record column."""
    at = next(i for i, h in enumerate(raw.header) if fold(h) == "record")
    out = []
    words: dict[str, list[int]] = {}
    for r, row in enumerate(raw.rows):
        words.setdefault(row[at].casefold(), []).append(r)
    for word in sorted(words):
        table = RECORDS.get(word)
        if table is None:
            fix = f"Write one of {', '.join(w for w in RECORDS if w not in ('organization', 'tie'))}."
            first = words[word][0]
            bad = Block("", [(number, r) for r in words[word]], {}, aside="no kind of record netmap knows")
            bad.problems.append(Problem("unknown-record", f'"{word}" is no kind of record; its rows were set aside.', fix, "warning",
                                        raw.file, raw.sheet, raw.lines[first], raw.header[at], word))  # fmt: skip
            out.append(bad)
            continue
        key = TABLES[table].key[0]
        columns = []
        for i, heading in enumerate(raw.header):
            name = next((c.name for c in TABLES[table].columns if fold(c.name) == fold(heading)), "")
            columns.append(key if fold(heading) == "id" and i != at else name)
        filled = [c if c or i == at or not any(raw.rows[r][i] for r in words[word]) else "" for i, c in enumerate(columns)]
        out.append(_block(raw, filled, table, words[word], number, where, own=False))
    return out
