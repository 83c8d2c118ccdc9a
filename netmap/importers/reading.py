"""From paths to tables: read every file, tell what each is, convert, join, and keep the books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import DataError, Problem, UsageError
from ..schema import fold, known_heading
from ..tables import LEDGER, Source, Tables
from .asked import check_rows
from .assemble import Books, assemble
from .blocks import Block, blocks_of
from .cells import listed
from .grid import RawTable
from .people import nodes_of
from .raw import read_raw
from .recognise import Form, as_people, recognise, wanted_columns

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_tables"]

ENDINGS = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xls", ".xlsm", ".ods")
_OWN = frozenset({"ledger.csv", "suppressed.csv", "column-guide.csv", "readme.txt"})


def read_tables(
    paths: str | PathLike[str] | IO[Any] | Iterable[str | PathLike[str] | IO[Any]],
    *,
    encoding: str | None = None,
    map_columns: Mapping[str, str] | None = None,
    aliases: str | PathLike[str] | None = None,
    nodes: str | None = None,
) -> Tables:
    """Read files and folders into validated tables.

    Parameters
    ----------
    paths : path, buffer or iterable of them
        Of a folder, every CSV, TSV, TXT, XLSX and ODS file in it is read.
    encoding, map_columns, aliases, nodes
        As `netmap.read` takes them.

    Returns
    -------
    Tables

    Raises
    ------
    DataError
        With every problem of every file that stops the work.
    UsageError
        For a file, heading or column that does not exist.
    """
    raws: list[RawTable] = []
    errors: list[Problem] = []
    notes: list[Problem] = []
    for source in _files([paths] if isinstance(paths, str | PathLike) or hasattr(paths, "read") else paths, notes):
        try:
            raws += read_raw(source, encoding=encoding, known=known_heading)
        except DataError as wrong:
            errors += wrong.problems
    wanted = wanted_columns(raws, map_columns)
    forms: list[Form] = []
    kept: list[RawTable] = []
    told = [recognise(raw, wanted) for raw in raws]
    books_known = {raw.sha256 for raw, form in zip(raws, told, strict=True) if isinstance(form, Form) and raw.sheet}
    for raw, form in zip(raws, told, strict=True):
        if isinstance(form, Form):
            forms.append(form)
            kept.append(raw)
        elif raw.sheet and raw.sha256 in books_known:
            forms.append(_left_out(raw, form))
            kept.append(raw)
        else:
            errors.append(form)
    blocks = [b for i, (raw, form) in enumerate(zip(kept, forms, strict=True)) for b in blocks_of(raw, form, i)]
    problems = _noticed(kept, forms, blocks) + notes
    if not errors and not any(b.rows for b in blocks):
        where = kept[0] if kept else None
        errors.append(Problem("no-rows", "There are headings but no rows of data.", "Add at least one row.", "error",
                              where.file if where else None, where.sheet if where else None))  # fmt: skip
    if errors:
        raise DataError([*errors, *(p for p in problems if p.severity == "warning")])
    ends = [str(v) for b in blocks if b.table == "partnerships" for c in ("source", "target") for v in b.values.get(c, []) if v]
    nodes_are, why = nodes_of(nodes, kept, forms, blocks, ends)
    if nodes_are == "people":
        _lists_of_people(kept, forms, wanted, ends)
        blocks = [b for i, (raw, form) in enumerate(zip(kept, forms, strict=True)) for b in blocks_of(raw, form, i)]
        problems = _noticed(kept, forms, blocks) + notes
    approved: Mapping[str, str] | None = None
    if aliases is not None:
        approved, more = _approved(aliases, encoding)
        problems += more
    problems += check_rows(kept, forms, blocks)
    frames, books, found = assemble(blocks, nodes_are, approved, lambda row: (kept[row[0]].file, kept[row[0]].lines[row[1]]))
    problems += found
    problems += _likely(frames, nodes_are)
    return Tables(
        frames=frames, problems=tuple(problems), ledger=_ledger(kept, forms, books),
        assumptions=tuple(_assumptions(kept, forms)), sources=tuple(_sources(kept, forms)), nodes_are=nodes_are,
        nodes_why=why,
    )  # fmt: skip


def _files(paths: Iterable[Any], notes: list[Problem]) -> list[Any]:
    out: list[Any] = []
    for path in paths:
        if not isinstance(path, str | PathLike) or str(path) == "-" or not Path(path).is_dir():
            out.append(path)
            continue
        folder = Path(path)
        found = [p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith((".", "~"))]
        tables = [p for p in found if p.suffix.casefold() in ENDINGS and p.name.casefold() not in _OWN]
        if (folder / "manifest.json").exists() and (folder / "findings.json").exists():
            raise UsageError(f"{folder} holds a result of netmap, not data. Name the folder the data are in.")
        if not tables:
            raise UsageError(f"There is no CSV, XLSX or ODS file in {folder}.")
        other = [p.name for p in found if p not in tables]
        if other:
            notes.append(Problem("not-read", f"Not read, as they are no tables: {listed(other[:8])}.", "", "note"))
        out += tables
    if not out:
        raise UsageError("Name a file or a folder to read.")
    return out


def _noticed(raws: list[RawTable], forms: list[Form], blocks: list[Block]) -> list[Problem]:
    found = [
        p for raw, form in zip(raws, forms, strict=True) for p in raw.problems
        if not (form.form == "matrix" and p.code == "no-heading")  # the corner of a matrix has none
    ]  # fmt: skip
    return found + [p for form in forms for p in form.problems] + [p for block in blocks for p in block.problems]


def _left_out(raw: RawTable, wrong: Problem) -> Form:
    """Return what a sheet is that says nothing netmap knows, in a workbook of which other sheets were read."""
    note = Problem("sheet-not-used", wrong.what, "If it should be used, name its headings as netmap explain columns lists them.", "warning",
                   raw.file, raw.sheet)  # fmt: skip
    return Form("unknown", "", wrong.what, [""] * len(raw.header), problems=[note])


def _lists_of_people(raws: list[RawTable], forms: list[Form], wanted: Mapping[str, str], ends: list[str]) -> None:
    """Take a list that does not say what it is a list of for people, where the ends of ties are people."""
    tied = {v.casefold() for v in ends}
    for place, (raw, form) in enumerate(zip(raws, forms, strict=True)):
        if form.form == "list" and form.table == "organisations":
            at = form.columns.index("org_id")
            ids = [row[at].casefold() for row in raw.rows if row[at]]
            if ids and 2 * sum(i in tied for i in ids) > len(ids):
                forms[place] = as_people(raw, form, wanted)


def _approved(path: str | PathLike[str], encoding: str | None) -> tuple[dict[str, str], list[Problem]]:
    """Read names that mean the same: two columns, the name met and the name meant."""
    raw = read_raw(path, encoding=encoding)[0]
    if len(raw.header) < 2:
        raise DataError(Problem("bad-aliases", "A table of names that mean the same has two columns: name and means.",
                                "Write one pair a row.", "error", raw.file, raw.sheet))  # fmt: skip
    heads = [fold(h) for h in raw.header]
    first = next((i for i, h in enumerate(heads) if h in ("name", "variant", "alias", "spelling", "from")), 0)
    second = next((i for i, h in enumerate(heads) if h in ("means", "canonical", "organisation", "standsfor", "to")), 1 - min(first, 1))
    out: dict[str, str] = {}
    problems = []
    for line, row in zip(raw.lines, raw.rows, strict=True):
        name, means = row[first], row[second]
        if not name or not means or name.casefold() == means.casefold():
            continue
        if out.setdefault(name.casefold(), means) != means:
            problems.append(Problem("two-meanings", f'"{name}" is said to mean two things; "{out[name.casefold()]}" was used.',
                                    "Keep one row.", "warning", raw.file, raw.sheet, line, raw.header[first], name))  # fmt: skip
    for name in list(out):
        seen = {name}
        while out[name].casefold() in out and out[name].casefold() not in seen:
            seen.add(out[name].casefold())
            out[name] = out[out[name].casefold()]
    return out, problems


def _likely(frames: Mapping[str, pd.DataFrame], nodes_are: str) -> list[Problem]:
    from .names import likely_duplicates

    if nodes_are == "people":
        return []
    frame = frames["organisations"]
    pairs = likely_duplicates(sorted(set(frame["name"].astype(str))))
    return [
        Problem("likely-duplicate", f'"{p.first}" and "{p.second}" may be the same ({p.why}). Nothing was merged.',
                "If they are, put the pair in a file with the columns name and means, and say --aliases FILE.", "note")
        for p in pairs
    ]  # fmt: skip


def _said(raw: RawTable) -> list[tuple[int, str]]:
    """Return the rows around a table that hold something, and why they are no part of it."""
    return [(line, reason) for line, reason in raw.skipped if reason != "blank row"]


def _ledger(raws: list[RawTable], forms: list[Form], books: Books) -> pd.DataFrame:
    import pandas as pd

    lines = []
    for number, (raw, form) in enumerate(zip(raws, forms, strict=True)):
        table = form.table or form.form
        held = [(line, "set aside", reason) for line, reason in _said(raw)]
        for place, line in enumerate(raw.lines):
            outcome, reason = books.outcome((number, place))
            held.append((line, outcome, reason))
        lines += [(raw.file, raw.sheet or "", line, table, outcome, reason) for line, outcome, reason in sorted(held)]
    return pd.DataFrame(lines, columns=list(LEDGER)).astype({"line": "int64"})


def _sources(raws: list[RawTable], forms: list[Form]) -> list[Source]:
    return [
        Source(raw.file, raw.sheet, form.table or form.form, form.why, len(raw.rows) + len(_said(raw)), raw.encoding, raw.delimiter, raw.sha256,
               tuple(zip(raw.header, form.columns, strict=True)))
        for raw, form in zip(raws, forms, strict=True)
    ]  # fmt: skip


_TAKEN = {
    "record": "everything in one file", "interlock": "who belongs to what", "two-mode": "who belongs to what",
    "ties": "ties", "matrix": "a matrix of ties", "roster": "the answers to a list of names",
}  # fmt: skip


# Parts of headings that netmap does not read as they stand, since their values may mean anything, and what they may be.
_MAY_BE = (
    ("statut", "mandate"), ("mandat", "mandate"), ("often", "intensity"), ("frequen", "intensity"),
    ("agreement", "hw_agreement"), ("trust", "trust_reliability"),
)  # fmt: skip


def _assumptions(raws: list[RawTable], forms: list[Form]) -> list[str]:
    out = []
    for raw, form in zip(raws, forms, strict=True):
        name = f'{raw.file}, sheet "{raw.sheet}"' if raw.sheet else raw.file
        if form.form == "unknown":
            out.append(f"{name} was not used, as its headings say nothing netmap knows.")
            continue
        taken = _TAKEN.get(form.form) or f"the table of {form.table}"
        named = list(zip(raw.header, form.columns, strict=True))
        kept = [h for h, c in named if not c and not h.startswith("column ") and not any(f'"{h}"' in note for note in form.notes)]
        stem = fold(raw.sheet or raw.file.rpartition(".")[0])
        if form.form != "table" or stem != fold(form.table):
            out.append(f"{name} was taken for {taken}, because {form.why}.")
        if form.form not in ("matrix", "roster", "record"):
            read = [f'"{h}" was read as {_plainly(c)}' for h, c in named if c and fold(h) != fold(c.rpartition(".")[2])]
            if read:
                more = [f"{len(read) - 8} more as netmap check lists them"] if len(read) > 8 else []
                out.append(f"In {name}, {listed([read[0], *(r.replace(' was read', '') for r in read[1:8]), *more])}.")
            hints = [f'"{h}" may be what netmap calls {c}' for h in kept for stem, c in _MAY_BE if form.form == "ties" and stem in h.casefold()]
            if hints:
                out.append(f"In {name}, {listed(hints[:4])}: netmap explain, with that word, says which values it takes; rename the column then.")
            if kept:
                shown = [f'"{h}"' for h in kept[:5]] + ([f"{len(kept) - 5} more"] if len(kept) > 5 else [])
                out.append(f"In {name}, {listed(shown)} {'was kept as a further column' if len(kept) == 1 else 'were kept as further columns'}.")
        out += [f"In {name}, {note}." for note in form.notes]
    return out


def _plainly(column: str) -> str:
    """Return a column as it is said: that of another table with the table's name."""
    table, _, plain = column.rpartition(".")
    return f"{plain} of the {table}" if table and not column.startswith("values:") else column
