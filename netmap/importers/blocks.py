"""Take a recognised table apart into blocks: rows of one table of the schema, converted, with where each came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import Problem
from ..schema import TABLES, fold
from .convert import Where, convert
from .grid import RawTable
from .recognise import RECORDS, Form

__all__ = ["Block", "Row", "blocks_of"]

Row = tuple[int, int]
"""Which table that was read, and which of its rows: what the ledger is kept by."""


@dataclass(slots=True)
class Block:
    """Rows of one table of the schema: values by column, cells of the user's own columns by heading.

    What a row says besides (that both ends belong to a network, say) is `derived`: the ledger keeps to the row itself.
    """

    table: str
    rows: list[Row]
    values: dict[str, list[Any]]
    extra: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    derived: bool = False


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
    if form.form == "record":
        return _records(raw, number, where)
    if form.form == "matrix":
        return [_matrix(raw, number)]
    if form.form == "ties":
        return _ties(raw, form, number, where)
    if form.form in ("interlock", "two-mode"):
        own = [c if not c.startswith("networks.") else "" for c in form.columns]
        member = _block(raw, own, "memberships", every, number, where, skip=[c for c in form.columns if c.startswith("networks.")])
        kind = "person" if form.form == "interlock" else "organisation"
        member.values["member_type"] = [kind] * len(every)
        about = {c.partition(".")[2]: i for i, c in enumerate(form.columns) if c.startswith("networks.")}
        if not about:
            return [member]
        group = {"network_id": _cells(raw, form.columns.index("group"), every)}
        group |= {name: _cells(raw, i, every) for name, i in about.items()}
        return [member, Block("networks", [(number, r) for r in every], {k: [v or None for v in c] for k, c in group.items()}, derived=True)]
    main = _block(raw, form.columns, form.table, every, number, where)
    return [main, *_values(raw, form.columns, form.columns.index(TABLES[form.table].key[0]), every, number, where)]


def _cells(raw: RawTable, column: int, rows: Sequence[int]) -> list[str]:
    return [raw.rows[r][column] for r in rows]


def _block(
    raw: RawTable, columns: Sequence[str], table: str, rows: Sequence[int], number: int, where: Where, skip: Sequence[str] = ()
) -> Block:
    """Convert the columns of one table; columns of no table are kept as text."""
    block = Block(table, [(number, r) for r in rows], {})
    lines = [raw.lines[r] for r in rows]
    for i, name in enumerate(columns):
        plain = name.rpartition(".")[2] if name.partition(".")[0] in TABLES else name
        if plain in TABLES[table]:
            done = convert(_cells(raw, i, rows), lines, TABLES[table].column(plain), raw.header[i], where)
            block.values[plain] = done.values
            block.problems += done.problems
        elif not name and not skip:
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
        named = [r for r in every if raw.rows[r][at]]
        if about and named:
            own = [""] * len(columns)
            own[at] = "org_id"
            for name, i in about.items():
                own[i] = name if name in TABLES["organisations"] else ""
            block = _block(raw, own, "organisations", named, number, where, skip=("",))
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
    said = [(r, tag.strip()) for r in rows for tag in raw.rows[r][tags].split(";") if tag.strip()]
    return Block("values", [(number, r) for r, _ in said],
                 {"entity": [raw.rows[r][at] for r, _ in said], "item": [t for _, t in said]}, derived=True)  # fmt: skip


def _both_belong(raw: RawTable, source: int, target: int, network: int, rows: Sequence[int], number: int) -> Block:
    said = [(r, raw.rows[r][end], group.strip()) for r in rows for group in raw.rows[r][network].split(";") if group.strip()
            for end in (source, target) if raw.rows[r][end]]  # fmt: skip
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
        found += [(r, item, v) for r, v in zip(rows, done.values, strict=True) if v is not None and raw.rows[r][entity]]
    numbers = {v for _, _, v in found}
    low, high = (min(numbers), max(numbers)) if numbers else (1.0, 5.0)
    if low >= 1 and high <= 5:
        low, high = 1.0, 5.0
    for r, item, value in found:
        block.rows.append((number, r))
        for name, part in zip(block.values, (raw.rows[r][entity], item, value, low, high), strict=True):
            block.values[name].append(part)
    return [block]


def _matrix(raw: RawTable, number: int) -> Block:
    heads = {h.casefold(): h for h in raw.header[1:]}
    ends: list[tuple[int, str, str, float]] = []
    problems = []
    for r, row in enumerate(raw.rows):
        for heading, cell in zip(raw.header[1:], row[1:], strict=True):
            if cell in ("", "0", "0.0"):
                continue
            try:
                weight = float(cell)
            except ValueError:
                problems.append(Problem("bad-number", f'"{cell[:60]}" is not a number; it was left out.', "Write 0 for no tie.",
                                        "warning", raw.file, raw.sheet, raw.lines[r], heading, cell))  # fmt: skip
                continue
            if weight > 0:
                ends.append((r, heads.get(row[0].casefold(), row[0]), heading, weight))
    alone = [(r, row[0]) for r, row in enumerate(raw.rows)]
    return Block(
        "partnerships", [(number, r) for r, *_ in ends] + [(number, r) for r, _ in alone],
        {"source": [e[1] for e in ends] + [n for _, n in alone], "target": [e[2] for e in ends] + [None] * len(alone),
         "strength": [e[3] for e in ends] + [None] * len(alone), "directed": [True] * (len(ends) + len(alone))},
        {}, problems,
    )  # fmt: skip


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
            bad = Block("", [(number, r) for r in words[word]], {})
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
        out.append(_block(raw, filled, table, words[word], number, where, skip=("",)))
    return out
