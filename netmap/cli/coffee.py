"""A folder of rounds: the list of who takes part, the schedule and how it was drawn, as tables a person may edit."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DataError, MeasureError, UsageError, nearest
from ..measures.rounds import Design, Leg, most_rounds
from ..schema import TABLES
from ..tables import natural_key

if TYPE_CHECKING:
    import pandas as pd

    from ..network import Network

__all__ = ["Book", "begin", "change", "drawn_now", "pairs_named", "write_pairs"]

PAIRS, DRAWS = "introductions.csv", "rounds.csv"
_YES = frozenset({"yes", "y", "true", "1", "x"})
Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Book:
    """The folder as it was read. `mistakes` are problems of its tables: nothing may be written over them."""

    folder: Path
    network: Network

    @classmethod
    def open(cls, folder: str) -> Book:
        """Read the folder; it must hold rounds."""
        from ..api import read

        place = Path(folder)
        if not (place / DRAWS).is_file() or not (place / PAIRS).is_file():
            raise UsageError(f"{folder} holds no rounds: begin with netmap rounds start LIST {folder}.")
        return cls(place, read(place))

    def check(self) -> None:
        """Raise `DataError` with every mistake, so that no row is lost by writing over it."""
        wrong = [p for p in self.network.problems if p.severity != "note" and p.file in (PAIRS, DRAWS)]
        if wrong:
            raise DataError(wrong)

    @property
    def warnings(self) -> list[str]:
        """Mistakes in the tables, in words."""
        return [str(p) for p in self.network.problems if p.severity != "note"]

    @property
    def own(self) -> frozenset[str]:
        """Names of the files that the commands write."""
        return frozenset({PAIRS, DRAWS, "people.csv", "organisations.csv"})

    @property
    def members(self) -> list[str]:
        """Who takes part now."""
        return list(self.network.rounds.sort_values("first")["members"].iloc[-1])

    @property
    def everybody(self) -> list[str]:
        """Who ever took part."""
        return list(dict.fromkeys(m for row in self.network.rounds.sort_values("first")["members"] for m in row))

    @property
    def table(self) -> pd.DataFrame:
        """The pairs, in the order of rounds."""
        frame = self.network.introductions
        order = sorted(frame.index, key=lambda i: (not _is(frame.at[i, "assigned"]), natural_key(str(frame.at[i, "round"])), i))
        return frame.loc[order].reset_index(drop=True)

    @property
    def private(self) -> bool:
        """Whether pairs were kept apart."""
        return any(_is(p) for p in self.network.rounds["private"])

    def called(self, one: str) -> str:
        """What somebody may be called: a person's name only with consent."""
        network = self.network
        people = network.people.set_index(network.people["person_id"].astype(str))
        if one in people.index:
            row = people.loc[one]
            return str(row["name"]) if row["consent"] == "named" and row["name"] else one
        known = dict(zip(network.organisations["org_id"].astype(str), network.organisations["name"].astype(str), strict=True))
        return known.get(one, one)

    def find(self, name: str) -> str:
        """Return the id somebody is meant by."""
        known = {self.called(m).casefold(): m for m in self.everybody} | {m.casefold(): m for m in self.everybody}
        if name.casefold() not in known:
            close = nearest(name, [*known.values(), *(self.called(m) for m in self.everybody)], 2)
            hint = f" Did you mean {' or '.join(close)}?" if close else ""
            raise UsageError(f"{name!r} does not take part.{hint}")
        return known[name.casefold()]

    def next_round(self) -> str | None:
        """The first round of which nobody has said yet whether anybody met; None where there is none."""
        table = self.table[[_is(x) for x in self.table["assigned"]]]
        for number, rows in sorted(table.groupby("round"), key=lambda r: natural_key(str(r[0]))):
            if rows["met"].isna().all():
                return str(number)
        return None


def _is(cell: Any) -> bool:
    return str(cell) == "True"


def begin(network: Network, rounds: int | None, by: str, across: int, odd: str, opt_in: str | None, vetoed: list[Pair], seed: int) -> dict[str, bytes]:
    """Draw a schedule for a list of people or organisations; return the files of its folder."""
    persons = bool(len(network.people))
    frame, key = (network.people, "person_id") if persons else (network.organisations, "org_id")
    frame = frame.assign(**{key: frame[key].astype(str)})
    heads = {str(c).casefold(): str(c) for c in frame.columns}
    for column in (opt_in, by):
        if column and column.casefold() not in heads:
            close = nearest(column, heads.values())
            raise UsageError(f"The list has no column {column!r}.{f' Did you mean {close[0]}?' if close else ''}")
    if opt_in:
        frame = frame[[str(x).casefold() in _YES for x in frame[heads[opt_in.casefold()]]]]
    members = tuple(frame[key])
    labels = dict(zip(members, frame[heads[by.casefold()]].astype(str), strict=True)) if by else {}
    known = {frozenset(p) for p in _tied(network)} if network.shape == "ties" else set()
    barred = {p for p in known if p <= set(members)}
    ids = {str(n).casefold(): str(i) for n, i in zip(frame["name"], frame[key], strict=True) if n} | {m.casefold(): m for m in members}
    for name in (n for pair in vetoed for n in pair):
        if name.casefold() not in ids:
            raise UsageError(f"{name!r} is not among those who take part.")
    apart = {frozenset((ids[a.casefold()], ids[b.casefold()])) for a, b in vetoed}
    leg = Leg(1, most_rounds(len(members)) if rounds is None else rounds, members, seed, across if by else 0, labels, odd)
    table = Design((leg,), frozenset(barred | apart)).table()
    rows = [[str(r), a, b, "yes", "yes", "", "", ""] for r, a, b in table.itertuples(index=False)]
    rows += [["1", *sorted(p), "no", "no", "", "", ""] for p in sorted(barred, key=sorted)]
    listed = [key, "name", *([heads[by.casefold()]] if by else []), *(["consent"] if persons else ["publish"])]
    cells = frame[list(dict.fromkeys(listed))].astype(object)
    if persons:
        cells["name"] = cells["name"].where(cells["consent"] == "named", "")
    return {
        PAIRS: _csv([[c.name for c in TABLES["introductions"].columns], *rows]),
        DRAWS: _draws([leg], by, bool(apart)),
        f"{'people' if persons else 'organisations'}.csv": _csv([list(cells.columns), *(map(_cell, row) for row in cells.to_numpy())]),
    }


def _tied(network: Network) -> list[Pair]:
    view = network.view()
    return [(str(view.ids[a]), str(view.ids[b])) for a, b in zip(view.source, view.target, strict=True)]


def _draws(legs: list[Leg], by: str, private: bool) -> bytes:
    head = [c.name for c in TABLES["rounds"].columns]
    return _csv([head, *(
        (leg.first, leg.last, leg.seed, leg.across, by, leg.odd, "yes" if private else "no", "; ".join(leg.members)) for leg in legs
    )])  # fmt: skip


def _cell(value: Any) -> str:
    if value is None or str(value) in ("<NA>", "nan", "None"):
        return ""
    if _is(value) or str(value) == "False":
        return "yes" if _is(value) else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _csv(rows: Any) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def change(book: Book, join: dict[str, str], leave: list[str], vetoed: list[Pair], seed: int) -> dict[str, bytes]:
    """Draw the rounds not held yet anew for who takes part now; earlier pairs never come again.

    Where so many rounds cannot be filled without a pair met before, as many as can are drawn.
    """
    from ..chance.redrawn import same_draw, trial_design

    design = trial_design(book.network, [(book.find(a), book.find(b)) for a, b in vetoed])
    number = book.next_round()
    if not isinstance(design, Design) or number is None or not number.isdecimal():
        raise UsageError("There is no round left to change.")
    if same_draw(book.network, design) is None:
        more = "Give the pairs that are kept apart again (--veto), as at the start." if book.private else "Undo what was changed by hand in rounds.csv."
        raise UsageError(f"The schedule cannot be drawn again as it was. {more}")
    last = design.legs[-1]
    gone = {book.find(name) for name in leave}
    members = tuple(m for m in (*last.members, *(j for j in join if j not in last.members)) if m not in gone)
    end = max(int(r) for r in book.table["round"] if str(r).isdecimal())
    by = str(book.network.rounds["by"].iloc[0])
    for final in range(end, int(number) - 1, -1):
        try:
            leg = Leg(int(number), final, members, seed, last.across, {**last.groups, **join}, last.odd)
            legs = (*(x for x in design.legs if x.first < leg.first), leg)
            drawn = Design(legs, design.apart).table()
            break
        except MeasureError as wrong:
            if final == int(number):
                raise UsageError(str(wrong)) from None
    table = book.table
    held = table[[not _is(x) or int(r) < int(number) for x, r in zip(table["assigned"], table["round"], strict=True)]]
    head = list(table.columns)
    rows = [[_cell(x) for x in row] for row in held.to_numpy()]
    for r, a, b in drawn[drawn["round"] >= int(number)].itertuples(index=False):
        new = {"round": str(r), "a": a, "b": b, "eligible": "yes", "assigned": "yes"}
        rows.append([new.get(c, "") for c in head])
    files = {PAIRS: _csv([head, *rows]), DRAWS: _draws(list(legs), by, book.private)}
    persons = bool(len(book.network.people))
    listing = "people" if persons else "organisations"
    with (book.folder / f"{listing}.csv").open(encoding="utf-8", newline="") as lines:
        listed = list(csv.reader(lines))
    known = {row[0] for row in listed[1:]}
    for one, group in join.items():
        if one not in known:
            listed.append([one if i == 0 else group if h == by else "" for i, h in enumerate(listed[0])])
    files[f"{listing}.csv"] = _csv(listed)
    return files


def drawn_now(book: Book, number: str) -> tuple[list[list[str]], list[str]]:
    """Return who meets in a round (pairs, or trios) and who sits out."""
    table = book.table
    here = table[[_is(x) and str(r) == number for x, r in zip(table["assigned"], table["round"], strict=True)]]
    together: list[set[str]] = []
    for a, b in zip(here["a"], here["b"], strict=True):
        mine = [t for t in together if t & {a, b}]
        together = [t for t in together if t not in mine] + [set().union({a, b}, *mine)]
    seen = set().union(*together) if together else set()
    return sorted(sorted(t) for t in together), [m for m in book.members if m not in seen]


def pairs_named(book: Book, given: tuple[tuple[str, str], ...]) -> list[frozenset[str]]:
    """Return pairs by name or id, each of which must have been drawn."""
    table = book.table
    drawn = {frozenset(p) for p, x in zip(zip(table["a"], table["b"], strict=True), table["assigned"], strict=True) if _is(x)}
    out = []
    for a, b in given:
        pair = frozenset((book.find(a), book.find(b)))
        if pair not in drawn:
            raise UsageError(f"{a!r} and {b!r} were not drawn to meet: see netmap rounds next, or {PAIRS}.")
        out.append(pair)
    return out


def write_pairs(table: pd.DataFrame) -> bytes:
    """Return the table of pairs as its file."""
    return _csv([list(table.columns), *([_cell(x) for x in row] for row in table.astype(object).to_numpy())])
