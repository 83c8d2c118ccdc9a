"""Scenarios: the same tables with bodies gone, merged or new, and ties added; nothing is read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .errors import UsageError, nearest
from .schema import TABLES
from .tables import typed

if TYPE_CHECKING:
    import pandas as pd

    from .tables import Tables

__all__ = ["KIND", "Change", "applied", "planned"]

KIND = "partnership"
ALIKE = ("type", "sector", "place")


@dataclass(frozen=True)
class Change:
    """What becomes of the organisations.

    Attributes
    ----------
    into : mapping of str to str or None
        New id of every organisation that does not stay as it is; None: gone.
    bodies : mapping of str to str
        Id and name of every new body, merged ones included.
    ties : tuple of pairs of ids
        Ties that are added.
    """

    into: Mapping[str, str | None] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    ties: tuple[tuple[str, str], ...] = ()

    def of(self, node: object) -> str | None:
        """Return what an organisation is afterwards, None if it is gone."""
        return self.into.get(str(node), str(node))

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.into or self.bodies or self.ties)


def planned(
    tables: Tables,
    remove: Iterable[str] = (),
    merge: Mapping[str, Sequence[str]] | None = None,
    add: Iterable[tuple[str, str]] = (),
    bodies: Iterable[str] = (),
) -> Change:
    """Return the change that was asked for, every name checked.

    Raises
    ------
    UsageError
        For people, an unknown name, a body that is removed and merged, a merger of fewer than two, or a name that is
        taken.
    """
    if tables.nodes_are == "people":
        raise UsageError("A scenario changes organisations. People are never removed or merged, not even on paper.")
    frame = tables.frames["organisations"]
    ids = {str(i).casefold(): str(i) for i in frame["org_id"]}
    names = {str(n).casefold(): str(i) for i, n in zip(frame["org_id"], frame["name"], strict=True) if str(n)}
    known = names | ids
    new: dict[str, str] = {}
    into: dict[str, str | None] = {}

    def find(name: str) -> str:
        folded = str(name).strip().casefold()
        if folded in known:
            return known[folded]
        every = sorted({str(n) for n in frame["name"] if str(n)} | set(ids.values()))
        close = nearest(str(name), every) or [n for n in every if folded and folded in n.casefold()][:3]
        hint = f" Did you mean {' or '.join(close)}?" if close else ""
        raise UsageError(f"There is no organisation {name!r} in these data.{hint}")

    def create(name: str) -> str:
        word = str(name).strip()
        if not word:
            raise UsageError("A new body needs a name.")
        if word.casefold() in known:
            raise UsageError(f"There is an organisation {word!r} already: give the new body another name.")
        known[word.casefold()] = word
        new[word] = word
        return word

    for name in remove:
        into[find(name)] = None
    for title, parts in (merge or {}).items():
        members = list(dict.fromkeys(find(p) for p in parts))
        if len(members) < 2:
            raise UsageError(f"A merger needs two organisations at least; {title!r} names {len(members)}.")
        for member in members:
            if member in into:
                raise UsageError(f"{member!r} is in two places: removed, or merged twice.")
        # A body may keep its name through a merger.
        folded = str(title).strip().casefold()
        own = known.get(folded) in members
        target = f"{str(title).strip()} (merged)" if own else create(title)
        new[target] = str(title).strip()
        known[folded] = target
        into.update(dict.fromkeys(members, target))
    for name in bodies:
        create(name)
    ties = []
    for a, b in add:
        ends = tuple(into.get(find(e), find(e)) for e in (a, b))
        if None in ends:
            raise UsageError(f"A tie between {a!r} and {b!r} cannot be added: one of them is removed.")
        if ends[0] == ends[1]:
            raise UsageError(f"A tie needs two ends: {a!r} and {b!r} are the same body.")
        ties.append((str(ends[0]), str(ends[1])))
    return Change(into, new, tuple(dict.fromkeys(tuple(sorted(t)) for t in ties)))  # type: ignore[misc]


def applied(tables: Tables, change: Change, wave: str = "") -> Tables:
    """Return the tables after a change: ids replaced, rows of bodies that are gone left out, new rows added.

    What a merged body values is not known, so its parts' values are left out; its capabilities are those of all of
    them. Added ties are of the kind partnership and of the wave.
    """
    frames = {name: _replaced(name, frame, change) for name, frame in tables.frames.items()}
    frames["organisations"] = _organisations(tables.frames["organisations"], change)
    ties = frames["partnerships"]
    ties = ties[ties["source"] != ties["target"]]
    rows = [{"source": a, "target": b, "kind": KIND, "wave": wave} for a, b in change.ties]
    frames["partnerships"] = _with_rows("partnerships", ties, rows)
    held = frames["capabilities"]
    if len(held):
        held = held.sort_values("level", ascending=False, kind="stable").drop_duplicates(["entity", "capability", "status"])
        frames["capabilities"] = held.sort_index().reset_index(drop=True)
    return replace(tables, frames=frames)


def _replaced(name: str, frame: pd.DataFrame, change: Change) -> pd.DataFrame:
    if not len(frame) or not change.into or name == "organisations":
        return frame
    out = frame.copy()
    merged = {old for old, now in change.into.items() if now is not None}
    if name == "values":
        out = out[~out["entity"].astype(str).isin(merged)]
    persons = out["member_type"] == "person" if name == "memberships" else None
    for column in TABLES[name].columns:
        if column.name not in out or column.kind not in ("id", "list"):
            continue
        if column.kind == "list":
            out[column.name] = [tuple(v for v in map(change.of, cell) if v is not None) for cell in out[column.name]]
            continue
        now = out[column.name].map(lambda v: change.into.get(str(v), v))
        if persons is not None and column.name == "member":
            now = now.where(~persons, out[column.name])
        gone = now.isna() & out[column.name].notna()
        out[column.name] = now.where(~gone, "")
        if column.required and gone.any():
            out = out[~gone]
            persons = persons[~gone] if persons is not None else None
    return out.reset_index(drop=True)


def _organisations(frame: pd.DataFrame, change: Change) -> pd.DataFrame:
    stay = frame[~frame["org_id"].astype(str).isin(change.into)].reset_index(drop=True)
    rows = []
    for ident, name in change.bodies.items():
        row: dict[str, Any] = {"org_id": ident, "name": name}
        parts = frame[[change.into.get(str(i)) == ident for i in frame["org_id"]]]
        for column in ALIKE:
            if column in parts and parts[column].nunique() == 1:
                row[column] = parts[column].iloc[0]
        rows.append(row)
    return _with_rows("organisations", stay, rows)


def _with_rows(name: str, frame: pd.DataFrame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Add rows that say what is given, and the default of the schema in every other column."""
    import pandas as pd

    if not rows:
        return frame.reset_index(drop=True)
    known = {c.name: c for c in TABLES[name].columns}
    new = {
        str(column): typed([row.get(str(column)) for row in rows], known[str(column)])
        if str(column) in known
        else pd.Series([""] * len(rows), dtype=frame[column].dtype)
        for column in frame.columns
    }
    return pd.concat([frame, pd.DataFrame(new)], ignore_index=True)
