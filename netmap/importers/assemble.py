"""Join blocks into tables: one spelling for each name, duplicates merged, every row accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..errors import Problem
from ..schema import KINDS, TABLES, directed_by_default, fold
from ..tables import natural_key, typed
from .blocks import Block, Row
from .cells import listed, plural, rows_named

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Books", "Names", "assemble"]

# Columns that name an organisation, a person or a group, by table.
_BODIES = {
    "partnerships": ("source", "target", "reported_by", "initiated_by", "introduced_by"), "memberships": ("member",),
    "values": ("entity",), "capabilities": ("entity",), "responses": ("entity",), "ratings": ("rater", "target"),
    "needs": ("holder",), "decisions": ("body", "holder"), "introductions": ("a", "b"), "people": ("organisation",),
    "organisations": ("parent_id",), "networks": ("lead",),
}  # fmt: skip
_SHOWN = 20
_LINES = 8
# The top of the ladder of intensity.
LADDER = 5
_GRAVITY = {"set aside": 0, "merged": 1, "used": 2}
# Columns that name several in one cell.
_SEVERAL = {"decisions": "participants", "rounds": "members"}
_ENDS = {"partnerships": ("source", "target")}


class Books:
    """The ledger in the making: what became of each row, and why.

    A row may hold several records (several partners in one cell, say): it is used as long as one of them is.
    """

    def __init__(self, records: Mapping[Row, int] | None = None, where: Callable[[Row], tuple[str, int]] | None = None) -> None:
        self._records = records or {}
        self._where = where
        self._marks: dict[Row, list[tuple[str, str]]] = {}

    def mark(self, row: Row | None, outcome: str, reason: str) -> None:
        """Note what became of a record; None is of no row of a file."""
        if row is not None:
            self._marks.setdefault(row, []).append((outcome, reason))

    def rows(self, rows: Iterable[Row | None]) -> str:
        """Say in which rows of which files something was met, in brackets; nothing where that is not known."""
        lines: dict[str, list[int]] = {}
        for file, line in sorted({self._where(row) for row in rows if row is not None}) if self._where else []:
            lines.setdefault(file, []).append(line)
        said = [f"{file}, {rows_named(of, _LINES)}" for file, of in lines.items()]
        return f" ({'; '.join(said)})" if said else ""

    def outcome(self, row: Row) -> tuple[str, str]:
        """Return what became of a row, and why."""
        marks = self._marks.get(row, [])
        if not marks or len(marks) < self._records.get(row, 1):
            return ("used", "")
        return max(marks, key=lambda mark: _GRAVITY[mark[0]])


class Names:
    """Every spelling met, and the one that stands for all that are equal but for case."""

    def __init__(self, aliases: Mapping[str, str] | None = None) -> None:
        self._seen: dict[str, Counter[str]] = {}
        self._fixed: dict[str, str] = {}
        self._aliases = {k.casefold(): v for k, v in (aliases or {}).items()}

    def fix(self, name: str, stands_for: str) -> None:
        """Let a name stand for an id, unless it stands for another already."""
        self._fixed.setdefault(name.casefold(), stands_for)

    def meet(self, name: str) -> None:
        """Note a spelling."""
        name = self._aliases.get(name.casefold(), name)
        self._seen.setdefault(name.casefold(), Counter())[name] += 1

    def of(self, name: str) -> str:
        """Return the id a name stands for."""
        name = self._aliases.get(name.casefold(), name)
        key = name.casefold()
        if key in self._fixed:
            return self._fixed[key]
        seen = self._seen.get(key)
        return min(seen, key=lambda s: (-seen[s], s)) if seen else name


def assemble(
    blocks: Sequence[Block],
    nodes_are: str,
    aliases: Mapping[str, str] | None = None,
    where: Callable[[Row], tuple[str, int]] | None = None,
) -> tuple[dict[str, pd.DataFrame], Books, list[Problem]]:
    """Join blocks into the frames of the schema; `where` gives the file and line of a row, for what is said of it.

    Returns
    -------
    dict of str to DataFrame, Books, list of Problem
        Frames in canonical order; what became of each row; what was noticed.
    """
    books = Books(Counter(row for block in blocks if not block.derived for row in block.rows), where)
    problems: list[Problem] = []
    for block in blocks:
        for row in block.rows if not block.table else []:
            books.mark(row, "set aside", block.aside)
    bodies, persons, groups = Names(aliases), Names(aliases), Names(aliases)
    _learn(blocks, bodies, persons, groups, nodes_are, problems)
    people = {p.casefold() for b in blocks if b.table == "people" for p in b.values.get("person_id", []) if p}
    if nodes_are == "people":
        people |= {p.casefold() for b in blocks if b.table == "partnerships" for c in _ENDS["partnerships"] for p in b.values.get(c, []) if p}
    frames: dict[str, pd.DataFrame] = {}
    named: dict[str, set[str]] = {"organisations": set(), "people": set(), "networks": set()}
    for table in ("partnerships", "memberships", "values", "capabilities", "responses", "ratings", "needs", "decisions",
                  "introductions", "rounds", "people", "organisations", "networks"):  # fmt: skip
        rows = [r for b in blocks if b.table == table for r in _rows(b)]
        _resolve(table, rows, bodies, persons, groups, nodes_are, people, named)
        if table == "partnerships":
            rows = _ties(rows, books, problems)
        rows = _pairs(rows, books) if table == "introductions" else rows
        rows = _required(table, rows, books)
        if table in named:
            rows = _complete(table, rows, named[table])
        frames[table] = _frame(table, _merged(table, rows, books, problems))
    _answers(frames)
    for table in TABLES:
        if table not in frames:
            frames[table] = _frame(table, [])
    return frames, books, problems


Record = dict[str, Any]


def _rows(block: Block) -> list[Record]:
    """Return a block as rows: the values, with the user's own cells under ``+`` and where each came from."""
    names, own = list(block.values), list(block.extra)
    return [
        {**{n: block.values[n][i] for n in names}, "+": {h: block.extra[h][i] for h in own if block.extra[h][i]}, "@": None if block.derived else block.rows[i]}
        for i in range(len(block.rows))
    ]


def _learn(
    blocks: Sequence[Block], bodies: Names, persons: Names, groups: Names, nodes_are: str, problems: list[Problem]
) -> None:
    """Meet every spelling: that of an id in its own table stands; names and aliases stand for the one id they are of."""
    lists = (("organisations", "org_id", bodies), ("people", "person_id", persons), ("networks", "network_id", groups))
    for table, key, names in lists:
        ids = [v for b in blocks if b.table == table and not b.derived for v in b.values.get(key, []) if v]
        for value in ids:
            names.meet(value)
        for value in ids:
            names.fix(value, names.of(value))
        for value in (v for b in blocks if b.table == table and b.derived for v in b.values.get(key, []) if v):
            names.meet(value)
    ends = persons if nodes_are == "people" else bodies
    used = set()
    for block in blocks:
        for column in _BODIES.get(block.table, ()):
            names = ends if column in _ENDS.get(block.table, ()) else bodies
            types = block.values.get("member_type", []) if column == "member" else []
            for i, value in enumerate(block.values.get(column, [])):
                if value:
                    (persons if types and types[i] == "person" else names).meet(value)
                    used.add(value.casefold())
        for value in block.values.get("group", []) if block.table == "memberships" else ():
            if value:
                groups.meet(value)
    for table, key, names in lists:
        _called([b for b in blocks if b.table == table], table, key, names, used, problems)
    for block in blocks:
        for value in block.values["group"] if block.groups_are_bodies else ():
            if value:
                groups.fix(value, bodies.of(value))


def _called(
    blocks: Sequence[Block], table: str, key: str, names: Names, used: set[str], problems: list[Problem]
) -> None:
    """Let names and aliases stand for an id, where they are those of one only."""
    called: dict[str, set[str]] = {}
    for block in blocks:
        ids = block.values.get(key, [])
        for column in ("name", "aliases") if table != "people" else ("name",):
            for value, words in zip(ids, block.values.get(column, []), strict=False):
                for word in (words,) if isinstance(words, str) else words or ():
                    if value and word:
                        called.setdefault(word.casefold(), set()).add(names.of(value))
    doubtful = []
    for word in sorted(called):
        if len(called[word]) == 1:
            names.fix(word, next(iter(called[word])))
        elif table == "organisations" and word not in {i.casefold() for i in called[word]}:
            doubtful.append(word)
    for word in [w for w in doubtful if w in used][:_SHOWN]:
        ids = sorted(called[word])
        problems.append(Problem("one-name-two-bodies", f'{listed(ids[:4])} have the same name "{word}", and a row names it.',
                                "Use the code there, or give each a name of its own.", "warning"))  # fmt: skip
    if quiet := [w for w in doubtful if w not in used]:
        ids = sorted(called[quiet[0]])
        what = f'{plural(len(quiet), "name")} stand for several organisations each, such as "{quiet[0]}" for {listed(ids[:3])}.'
        problems.append(Problem("shared-names", what, "Give each a name of its own if they are to be told apart.", "note"))


def _resolve(
    table: str, rows: list[Record], bodies: Names, persons: Names, groups: Names, nodes_are: str, people: set[str],
    named: dict[str, set[str]],
) -> None:  # fmt: skip
    """Put the one spelling in place of each, and note who and what is named."""
    ends = persons if nodes_are == "people" else bodies
    place = "people" if nodes_are == "people" else "organisations"
    for row in rows:
        if table == "memberships" and row.get("member"):
            person = row.get("member_type") == "person" or (not row.get("member_type") and row["member"].casefold() in people)
            row["member_type"] = "person" if person else "organisation"
            row["member"] = (persons if person else bodies).of(row["member"])
            if not person:
                named["organisations"].add(row["member"])
        elif table in ("partnerships", "introductions", "ratings"):
            for column in _BODIES[table]:
                if row.get(column):
                    own = persons if table == "introductions" and row[column].casefold() in people else ends
                    row[column] = own.of(row[column])
                    if column in _ENDS.get(table, ()):
                        named[place].add(row[column])
            if table == "introductions" and row.get("a") and row.get("b"):
                row["a"], row["b"] = sorted((row["a"], row["b"]))
        elif table == "people":
            if row.get("person_id"):
                row["person_id"] = persons.of(row["person_id"])
            if row.get("organisation"):
                row["organisation"] = bodies.of(row["organisation"])
                named["organisations"].add(row["organisation"])
            if row.get("reports_to"):
                row["reports_to"] = persons.of(row["reports_to"])
        else:
            for column in _BODIES.get(table, ()):
                if row.get(column):
                    own = persons if table == "responses" and row[column].casefold() in people else bodies
                    row[column] = own.of(row[column])
                    if column == "entity" and own is bodies and nodes_are == "organisations":
                        named["organisations"].add(row[column])
            if listed_in := row.get(_SEVERAL.get(table, "")):
                row[_SEVERAL[table]] = tuple((persons if name.casefold() in people else bodies).of(name) for name in listed_in)
            for key, names in (("org_id", bodies), ("network_id", groups), ("parent_network", groups)):
                if row.get(key):
                    row[key] = names.of(row[key])
        if row.get("group"):
            row["group"] = groups.of(row["group"])
            named["networks"].add(row["group"])


def _ties(rows: list[Record], books: Books, problems: list[Problem]) -> list[Record]:
    """Set ties of one with itself aside; a blank partner only declares that somebody is there."""
    kept = []
    loops: Counter[str] = Counter()
    kinds = Names()
    alone: list[Row | None] = []
    half: list[Row | None] = []
    steep: list[Row | None] = []
    for row in rows:
        source, target = row.get("source"), row.get("target")
        if not source or not target:
            if source or target:
                books.mark(row["@"], "used", "declares an organisation without a tie" if source else "the first name is missing: no tie was made")
                if not source:
                    half.append(row["@"])
            else:
                books.mark(row["@"], "set aside", "names nobody")
            continue
        if source == target:
            books.mark(row["@"], "set aside", "a tie of one with itself")
            loops[source] += 1
            alone.append(row["@"])
            continue
        row["kind"] = row.get("kind") or "partnership"
        if (row.get("intensity") or 0) > LADDER and (row.get("intensity_scale") or "netmap") == "netmap":
            row["intensity"] = None
            steep.append(row["@"])
        kinds.meet(row["kind"])
        kept.append(row)
    declared = {fold(k): k for k in KINDS}
    called = {kind: declared.get(fold(kind)) or kinds.of(kind) for kind in sorted({r["kind"] for r in kept})}
    one_way = {kind: directed_by_default(kind) for kind in called.values()}
    for row in kept:
        row["kind"] = called[row["kind"]]
        if row.get("directed") is None:
            row["directed"] = one_way[row["kind"]] is not False
    if loops:
        names = listed([*sorted(loops)[:4], *([f"{len(loops) - 4} more"] if len(loops) > 4 else [])])
        problems.append(Problem("self-tie", f"{plural(loops.total(), 'tie')} of one with itself set aside: {names}{books.rows(alone)}.", "", "note"))
    if steep:
        what = f"In {plural(len(steep), 'row')}{books.rows(steep)} intensity is above {LADDER}, the top of netmap's ladder: it was left out."
        problems.append(Problem("out-of-range", what, "Correct it, or say which scale it is in intensity_scale.", "warning", column="intensity"))  # fmt: skip
    if half:
        problems.append(Problem("half-a-tie", f"In {plural(len(half), 'row')}{books.rows(half)} the first name of a tie is missing: no tie was made.",
                                "Fill in the first name; leave the second one empty for an organisation without ties.", "warning"))  # fmt: skip
    return kept


def _pairs(rows: list[Record], books: Books) -> list[Record]:
    """Set pairs of one with itself aside."""
    for row in rows:
        if row.get("a") and row["a"] == row.get("b"):
            books.mark(row["@"], "set aside", "a pair of one with itself")
    return [row for row in rows if not row.get("a") or row["a"] != row.get("b")]


def _required(table: str, rows: list[Record], books: Books) -> list[Record]:
    needed = [c.name for c in TABLES[table].columns if c.required]
    kept = []
    for row in rows:
        missing = [n for n in needed if row.get(n) in (None, "", ())]
        if missing:
            books.mark(row["@"], "set aside", f"nothing in {listed(missing)}")
        else:
            kept.append(row)
    return kept


def _complete(table: str, rows: list[Record], named: set[str]) -> list[Record]:
    """Give everybody who is named anywhere a row."""
    key = TABLES[table].key[0]
    known = {row[key] for row in rows}
    return rows + [{key: name, "+": {}, "@": None} for name in sorted(named - known)]


def _merged(table: str, rows: list[Record], books: Books, problems: list[Problem]) -> list[Record]:
    """Make one row of those with the same key: numbers their mean, of other cells the commonest."""
    key = TABLES[table].key
    same: dict[tuple[str, ...], list[Record]] = {}
    for row in rows:
        same.setdefault(tuple(str(row.get(k) or "") for k in key), []).append(row)
    out = []
    clashes: dict[str, set[str]] = {}
    repeats: list[Row] = []
    for ident in sorted(same):
        several = same[ident]
        if len(several) == 1:
            out.append(several[0])
            continue
        if table not in ("organisations", "networks", "people"):
            places = sorted(r["@"] for r in several if r["@"] is not None)
            repeats += places[1:]
            for place in places[1:]:
                books.mark(place, "merged", "says the same as another row")
        out.append(_one(several, ident[0], clashes, sums=table == "partnerships"))
    _repeated(table, same, books)
    if repeats:
        one = len(repeats) == 1
        does, was = ("repeats", "was") if one else ("repeat", "were")
        what = f"{plural(len(repeats), 'row')} of the {table}{books.rows(repeats)} {does} another and {was} merged with it."
        problems.append(Problem("duplicates", what, "", "note"))
    own = sorted(c for c in clashes if c not in TABLES[table])
    for column in sorted(c for c in clashes if c in TABLES[table]):
        who = sorted(clashes[column])
        what = f'"{column}" says different things of {listed(who[:4])}{" and others" if len(who) > 4 else ""}; the commonest was used.'
        problems.append(Problem("conflicting-cells", what, "Make the rows agree.", "warning", None, None, None, column))
    if own:
        heads = listed([f'"{c}"' for c in own[:6]] + ([f"{len(own) - 6} more"] if len(own) > 6 else []))
        what = f"Rows of the {table} that were merged differ in {heads}; the commonest cell of each was kept."
        problems.append(Problem("conflicting-cells", what, "Make the rows agree.", "note", None, None, None, own[0]))
    return out


def _repeated(table: str, same: Mapping[tuple[str, ...], list[Record]], books: Books) -> None:
    """Mark rows of a list that describe somebody described before in the same table."""
    if table not in ("organisations", "networks", "people"):
        return
    for several in same.values():
        rows = sorted(r["@"] for r in several if r["@"] is not None)
        for earlier, later in pairwise(rows):
            if earlier[0] == later[0] and earlier != later:
                books.mark(later, "merged", "says the same as another row")


def _one(several: list[Record], who: str, clashes: dict[str, set[str]], sums: bool) -> Record:
    out: Record = {"@": several[0]["@"], "+": {}}
    for column in dict.fromkeys(c for row in several for c in row if c not in ("@", "+")):
        cells = [row[column] for row in several if row.get(column) not in (None, "", ())]
        out[column] = _commonest(cells, column, who, clashes, sums)
    for heading in dict.fromkeys(h for row in several for h in row["+"]):
        cells = [row["+"][heading] for row in several if row["+"].get(heading)]
        out["+"][heading] = _commonest(cells, heading, who, clashes, sums=False)
    return out


def _commonest(cells: list[Any], column: str, who: str, clashes: dict[str, set[str]], sums: bool) -> Any:
    if not cells:
        return None
    counted = Counter(cells)
    if len(counted) == 1:
        return cells[0]
    if sums and all(isinstance(c, float) for c in cells):
        return sum(sorted(cells)) / len(cells)
    clashes.setdefault(column, set()).add(who)
    return min(counted, key=lambda c: (-counted[c], str(c)))


def _frame(table: str, rows: list[Record]) -> pd.DataFrame:
    """Make the frame of a table in canonical order, the user's own columns after those of the schema."""
    import pandas as pd

    columns = TABLES[table].columns
    data = {c.name: typed([row.get(c.name) for row in rows], c) for c in columns}
    own = sorted({h for row in rows for h in row["+"]} - set(data))
    for heading in own:
        data[heading] = pd.Series([row["+"].get(heading, "") for row in rows], dtype=object)
    frame = pd.DataFrame(data)
    if table == "organisations":
        frame["name"] = frame["name"].where(frame["name"] != "", frame["org_id"])
        blank = frame["publish"].isna()
        frame.loc[blank, "publish"] = frame.loc[blank, "type"] != "citizen_group"
    if len(frame) > 1:
        keys = list(TABLES[table].key)
        rest = [c for c in frame.columns if c not in keys]
        order = pd.DataFrame({c: frame[c].astype(str) for c in [*keys, *rest]}).sort_values([*keys, *rest], kind="stable").index
        frame = frame.loc[order].reset_index(drop=True)
    return frame


def _answers(frames: dict[str, pd.DataFrame]) -> None:
    """Let the table of answers say who answered, where the list itself does not; the latest wave counts."""
    said = frames["responses"]
    if not len(said):
        return
    latest = said[said["wave"] == max(said["wave"].unique(), key=natural_key)]
    told = {str(e): r for e, r in zip(latest["entity"], latest["responded"], strict=True)}
    for table, key in (("organisations", "org_id"), ("people", "person_id")):
        frame = frames[table]
        blank = frame["responded"].isna() & frame[key].isin(set(told))
        if blank.any():
            frame.loc[blank, "responded"] = [told[i] for i in frame.loc[blank, key]]
