"""One sentence on a measure in the user's own data, whatever shape its result has."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from ..errors import MeasureError, UsageError
from .calling import BY_MEMBERSHIPS, ORGANISATION, SPREAD_OF, WHOLE, Asked, call

if TYPE_CHECKING:
    import pandas as pd

    from ..measures.catalogue import Entry
    from ..network import Network
    from ..view import View

__all__ = ["worked_line"]

# These say something of ties with a direction alone.
OF_DIRECTION = ("reciprocity", "directed_transitivity")
# So many groups are counted one by one, and so many fields of a result are told.
GROUPS, FIELDS = 6, 4
# The column of a table to tell of, where it is not the first number.
LEADS = ("total", "pairs", "span", "share", "concentration", "hill", "index", "jaccard")
OWN_LEAD = {"bridge_ties": "pairs", "local_bridges": "span", "cutpoints": "pairs", "coleman": "index"}
# Numbers that only say which row it is.
KEYS = ("before", "after", "first", "second", "source", "target", "group", "items", "members", "partners", "few")


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
    names = _Names(network, view)
    said, more, command = _said(entry, result, names, path).partition(" All of ")
    return said + _taken(entry, network) + more + command


def _taken(entry: Entry, network: Network) -> str:
    """Return what was taken where the user named nothing: which groups, which quantity, which set of nodes."""
    from ..measures.catalogue import load

    takes = inspect.signature(load(entry.name)).parameters
    needed = {name for name, one in takes.items() if one.default is inspect.Parameter.empty}
    said = []
    if "groups" in needed and entry.name != "organisation_ties":
        by = entry.name in BY_MEMBERSHIPS and len(network.memberships)
        said.append("memberships as groups" if by else "communities found from the ties as groups (measure --groups names others)")
    if ("values" in needed and "values" not in entry.needs) or entry.family == "Spread and inequality":
        like = entry.name in ("assortativity", "likeness_test")
        kind = ORGANISATION if network.nodes_are == "people" else "sector"
        said.append(f"{kind if like else SPREAD_OF} as the quantity (measure --of names another)")
    if "measure" in needed:
        said.append(f"{WHOLE} as the measure (measure --of names another)")
    if "seeds" in needed:
        said.append("the set from which most is reached")
    return f" Taken: {'; '.join(said)}." if said else ""


class _Names:
    """What may be shown of an id: the name of an organisation or network, never of a person."""

    def __init__(self, network: Network, view: View):
        people = network.people
        self.people = {str(i) for i in people["person_id"]} | {str(n) for n in people["name"]}
        if network.nodes_are == "people":
            self.people |= {str(i) for i in view.ids} | set(view.names)
        rows = network.memberships
        self.people |= set(rows.loc[rows["member_type"] == "person", "member"].astype(str))
        self.word = "people" if network.nodes_are == "people" else "organisations"
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
                "one person" if len(every) == 1 else f"{len(every)} {self.word}"
            )
        return " and ".join(self.of(node) for node in every)


    def pair(self, first: Any, second: Any) -> str:
        """Return how the two ends of a tie may be called."""
        ends = (self.of(first), self.of(second))
        return "two people" if ends == ("one person", "one person") else " and ".join(ends)


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
        who = names.pair(*first[0]) if len(first) == 1 else f"{len(first)} pairs"
    else:
        who = names.several(first)
    middle = float(known.median())
    verb = "has" if len(first) == 1 and not tie else "have"
    undefined = "" if len(known) == len(values) else f"; it is defined for {len(known)} of {len(values)}"
    if middle == top:
        return f"In {path}, {name} is at most {top:.3g}, and so much for at least half of {len(values)}{undefined}."
    last = "" if tie else " The highest is a position in what was recorded, not a merit."
    return f"In {path}, {who} {verb} the highest {name}, {_amount(top)}; the middle one has {_amount(middle)}{undefined}.{last}"


def _frame(entry: Entry, frame: pd.DataFrame, names: _Names, path: str) -> str:
    import pandas as pd

    if not len(frame):
        return f"In {path} there is nothing to list under {entry.name}."
    if frame.shape[0] == frame.shape[1] and set(frame.index) == set(frame.columns):
        return _square(entry.name, frame, names, path)
    size = f"{len(frame)} {'row' if len(frame) == 1 else 'rows'}"
    if {"first", "second"} <= set(frame.columns):
        # What is within one network is in the table too, but is no tie between two.
        across = frame[(frame["first"] != frame["second"]).to_numpy(dtype=bool)]
        frame = across.reset_index(drop=True) if len(across) else frame
    lead = _lead(entry, frame)
    flags = [c for c in list(frame)[:1] if pd.api.types.is_bool_dtype(frame[c])]
    counted = ""
    if flags and (_of_ties(frame) or names.nodes(frame.index)):
        some = frame[frame[flags[0]].to_numpy(dtype=bool)]
        counted = f"In {path}, {len(some)} of {len(frame)} are a {str(flags[0]).replace('_', ' ')}."
        if not len(some):
            return counted
        frame, counted = some, counted + " Among them: "
    if lead is not None and (_of_ties(frame) or names.nodes(frame.index)):
        told = _series(f"{entry.name} ({lead})", frame[lead], names, path)
        return counted + told.removeprefix(f"In {path}, ") if counted else told
    known = frame[lead].dropna().astype("float64").tolist() if lead is not None else []
    if not known:
        place, which = 0, "the first"
    elif len(frame.columns) == 1:
        span = f"from {_amount(min(known))} to {_amount(max(known))}, the middle one {_amount(median(known))}"
        return f"In {path}, {entry.name} is known for {len(known)} of {size}: {span}. " + _all(entry, path)
    else:
        numbers = pd.to_numeric(frame[lead], errors="coerce").to_numpy(dtype=float, na_value=-float("inf"))
        place, which = int(numbers.argmax()), f"the one with the highest {lead}"
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index()
    row = dict(zip(map(str, frame.columns), frame.iloc[place].tolist(), strict=True))
    shown = list(row.items())[:FIELDS]
    if lead is not None and str(lead) not in dict(shown):
        shown.append((str(lead), row[str(lead)]))
    cells = "; ".join(f"{name} {_cell(value, names)}" for name, value in shown)
    return f"In {path}, {entry.name} has {size}; {which}: {cells}. " + _all(entry, path)


def _all(entry: Entry, path: str) -> str:
    return f"All of them: netmap measure {path} {entry.name}"


def _amount(value: float) -> str:
    return "without end" if value == float("inf") else f"{value:.3g}"


def _lead(entry: Entry, frame: pd.DataFrame) -> Any:
    """Return the column that says most: a known one, else the first number that is no key of the row."""
    import pandas as pd

    numeric = [c for c in frame if pd.api.types.is_numeric_dtype(frame[c]) and not pd.api.types.is_bool_dtype(frame[c])]
    wanted = OWN_LEAD.get(entry.name)
    if wanted in numeric:
        return wanted
    if len(numeric) == 1:
        return numeric[0]
    plain = [c for c in numeric if str(c) not in KEYS]
    return next((c for c in LEADS if c in plain and plain[0] in ("coordinator", *LEADS)), plain[0] if plain else None)


def _square(name: str, frame: pd.DataFrame, names: _Names, path: str) -> str:
    """Return the highest of a table of every one by every one, and the middle."""
    import numpy as np

    cells = frame.loc[frame.index, frame.index].to_numpy(dtype=float)
    apart = np.tril_indices(len(frame), -1)
    known = cells[apart][~np.isnan(cells[apart])]
    where = f"All of it: netmap measure {path} {name}"
    if not known.size:
        return f"{name} is not defined for any pair in {path}."
    best = int(np.nanargmax(cells[apart]))
    pair = names.pair(frame.index[apart[1][best]], frame.index[apart[0][best]])
    some = f"the middle one of {known.size} pairs has {np.median(known):.3g}"
    return f"In {path}, {pair} have the highest {name}, {known.max():.3g}; {some}. {where}"


def _of_ties(values: pd.Series[Any] | pd.DataFrame) -> bool:
    return list(values.index.names) == ["source", "target"]


def _object(entry: Entry, result: Any, names: _Names, path: str) -> str:
    import pandas as pd

    told, numbers, frames = [], [], []
    for field in fields(result):
        value = getattr(result, field.name)
        if isinstance(value, (bool, int, float, str)) or is_dataclass(value):
            told.append(f"{field.name.replace('_', ' ')} {_cell(value, names)}")
            numbers += [value] if isinstance(value, float) else []
        elif isinstance(value, tuple) and not told:
            told.append(f"{field.name} {names.several(value)}")
        elif isinstance(value, pd.DataFrame):
            frames.append(value)
    if numbers and all(value != value for value in numbers):
        return f"{entry.name} is not defined in {path}{_reason(entry, result)}"
    plain = [getattr(result, f.name) for f in fields(result) if isinstance(getattr(result, f.name), (bool, int, float, str))]
    if not plain and frames and not numbers and not any(isinstance(getattr(result, f.name), tuple) for f in fields(result)):
        nested = [getattr(result, f.name) for f in fields(result) if is_dataclass(getattr(result, f.name))]
        if not nested or not _any_number(nested):
            return _frame(entry, frames[0], names, path)
    if not told:
        return f"See the table: netmap measure {path} {entry.name}"
    return f"In {path}: {'; '.join(told[:FIELDS])}. All of it: netmap measure {path} {entry.name}"


def _any_number(held: list[Any]) -> bool:
    return any(isinstance(v := getattr(one, f.name), float) and v == v for one in held for f in fields(one)[:1])


def _reason(entry: Entry, result: Any) -> str:
    """Return why nothing is defined: the result's own reason, the columns it rests on, or what the catalogue warns of."""
    from ..measures.catalogue import load

    why = getattr(result, "why", "") or getattr(result, "said", "")
    if isinstance(why, str) and why:
        return f": {why}."
    items = inspect.signature(load(entry.name)).parameters.get("items")
    if items is not None and isinstance(items.default, tuple):
        return f": too little is recorded in the columns {', '.join(items.default)} (netmap explain {items.default[0]})."
    return f": too little is recorded for it. {entry.caution}"


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
