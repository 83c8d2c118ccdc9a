"""One sentence on a measure in the user's own data, whatever shape its result has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from ..errors import MeasureError, UsageError
from .calling import Asked, call

if TYPE_CHECKING:
    import pandas as pd

    from ..measures.catalogue import Entry
    from ..network import Network
    from ..view import View

__all__ = ["worked_line"]

# These say something of ties with a direction alone.
OF_DIRECTION = ("reciprocity", "directed_transitivity", "coverage")
# So many groups are counted one by one, and so many fields of a result are told.
GROUPS, FIELDS = 6, 4


def worked_line(entry: Entry, network: Network, path: str) -> str:
    """Return what a measure is in these data, in one or two sentences; or which table or column would give it.

    People are never named: whoever reads this has not said that they may be.
    """
    directed = entry.name in OF_DIRECTION
    view = network.view(directed=directed)
    try:
        result = call(entry, network, view, Asked(directed=directed))
    except (MeasureError, UsageError) as error:
        return str(error)
    return _said(entry, result, _Names(network, view), path)


class _Names:
    """What may be shown of an id: the name of an organisation or network, never of a person."""

    def __init__(self, network: Network, view: View):
        people = network.people
        self.people = {str(i) for i in people["person_id"]} | {str(n) for n in people["name"]}
        if network.nodes_are == "people":
            self.people |= {str(i) for i in view.ids} | set(view.names)
        rows = network.memberships
        self.people |= set(rows.loc[rows["member_type"] == "person", "member"].astype(str))
        self.called = dict(zip(map(str, network.organisations["org_id"]), network.organisations["name"], strict=True))
        self.called |= {str(i): n for i, n in zip(view.ids, view.names, strict=True)}
        if len(rows):
            self.called |= network.group_names()

    def nodes(self, index: Iterable[Any]) -> bool:
        """Return whether all of these are organisations, networks or people of the data."""
        return all(str(node) in self.called or str(node) in self.people for node in index)

    def of(self, node: Any) -> str:
        """Return how one id may be called."""
        if str(node) in self.people:
            return "one person"
        return str(self.called.get(str(node), node))

    def several(self, nodes: Iterable[Any]) -> str:
        """Return up to three ids in words, more as their number."""
        every = list(nodes)
        if len(every) > 3 or any(str(node) in self.people for node in every):
            return f"{len(every)} people" if all(str(n) in self.people for n in every) and len(every) > 1 else (
                "one person" if len(every) == 1 else f"{len(every)} of them"
            )
        return " and ".join(self.of(node) for node in every)


def _said(entry: Entry, result: Any, names: _Names, path: str) -> str:
    import pandas as pd

    if isinstance(result, (bool, int, float)):
        return _number(entry.name, result, path)
    if isinstance(result, pd.Series):
        if entry.shape == "labels":
            return _labels(entry.name, result, path)
        if not _of_ties(result) and not names.nodes(result.index):
            result = result.to_frame(entry.name)
            return _frame(entry, result, names, path)
        return _series(entry.name, result, names, path)
    if isinstance(result, pd.DataFrame):
        return _frame(entry, result, names, path)
    if is_dataclass(result) and not isinstance(result, type):
        return _object(entry, result, names, path)
    return f"See the table: netmap measure {path} {entry.name}"


def _number(name: str, value: float, path: str) -> str:
    return f"{name} is {value:.3g} in {path}." if value == value else f"{name} is not defined in {path}."


def _labels(name: str, labels: pd.Series[Any], path: str) -> str:
    sizes = labels[labels >= 0].value_counts().sort_index()
    alone = int((labels < 0).sum())
    left = f"; {alone} without ties belong to none" if alone else ""
    if not len(sizes):
        return f"{name} finds no group in {path}{left}."
    told = ", ".join(str(n) for n in sizes.iloc[:GROUPS])
    more = f" and {len(sizes) - GROUPS} smaller ones" if len(sizes) > GROUPS else ""
    word = "group" if len(sizes) == 1 else "groups"
    note = labels.attrs.get("note")
    return f"{name} finds {len(sizes)} {word} in {path}, of {told} members{more}{left}." + (f" Note: {note}." if note else "")


def _series(name: str, values: pd.Series[Any], names: _Names, path: str) -> str:
    import pandas as pd

    if pd.api.types.is_bool_dtype(values):
        return f"In {path}, {name} holds for {int(values.sum())} of {len(values)}."
    known = pd.to_numeric(values, errors="coerce").dropna()
    if not len(values):
        return f"There is nothing in {path} that {name} could be told of."
    if known.empty:
        return f"{name} is not defined for anything in {path}."
    top = float(known.max())
    first: list[Any] = [node for node, value in known.items() if value == top]
    tie = _of_ties(values)
    if tie:
        who = f"{names.of(first[0][0])} and {names.of(first[0][1])}" if len(first) == 1 else f"{len(first)} pairs"
    else:
        who = names.several(first)
    middle = float(known.median())
    verb = "has" if len(first) == 1 and not tie else "have"
    undefined = "" if len(known) == len(values) else f"; it is defined for {len(known)} of {len(values)}"
    if middle == top:
        return f"In {path}, {name} is {top:.3g} for at least half of {len(values)}, and for none more{undefined}."
    last = "" if tie else " The highest is a position in what was recorded, not a merit."
    return f"In {path}, {who} {verb} the highest {name}, {top:.3g}; the middle one has {middle:.3g}{undefined}.{last}"


def _frame(entry: Entry, frame: pd.DataFrame, names: _Names, path: str) -> str:
    import pandas as pd

    size = f"{len(frame)} {'row' if len(frame) == 1 else 'rows'}"
    if not len(frame):
        return f"In {path} there is nothing to list under {entry.name}."
    numeric = [c for c in frame if pd.api.types.is_numeric_dtype(frame[c])]
    if frame.shape[0] == frame.shape[1] and set(frame.index) == set(frame.columns):
        return f"{entry.name} is a table of {len(frame)} by {len(frame)} in {path}: netmap measure {path} {entry.name}"
    if numeric and (_of_ties(frame) or names.nodes(frame.index)):
        return _series(f"{entry.name} ({numeric[0]})", frame[numeric[0]], names, path)
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index()
    row = dict(zip(map(str, frame.columns), frame.iloc[0].tolist(), strict=True))
    cells = "; ".join(f"{name} {_cell(value, names)}" for name, value in list(row.items())[:FIELDS])
    return f"In {path}, {entry.name} has {size}; the first: {cells}. All of them: netmap measure {path} {entry.name}"


def _of_ties(values: pd.Series[Any] | pd.DataFrame) -> bool:
    return list(values.index.names) == ["source", "target"]


def _object(entry: Entry, result: Any, names: _Names, path: str) -> str:
    told = []
    for field in fields(result):
        value = getattr(result, field.name)
        if isinstance(value, (bool, int, float, str)) or is_dataclass(value):
            told.append(f"{field.name.replace('_', ' ')} {_cell(value, names)}")
        elif isinstance(value, tuple) and not told:
            told.append(f"{field.name} {names.several(value)}")
    if not told:
        return f"See the table: netmap measure {path} {entry.name}"
    return f"In {path}: {'; '.join(told[:FIELDS])}. All of it: netmap measure {path} {entry.name}"


def _cell(value: Any, names: _Names) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        inner = [(f.name, getattr(value, f.name)) for f in fields(value)]
        return " ".join(f"{n} {_cell(v, names)}" for n, v in inner if isinstance(v, (int, float)))
    if isinstance(value, str):
        return names.of(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    try:
        number = float(value)
    except (TypeError, ValueError):
        return names.of(value)
    return "not defined" if number != number else f"{number:.3g}"
