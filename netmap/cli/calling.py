"""How a measure of the catalogue is called on somebody's data: each argument by its name, from what the data hold."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import UsageError, nearest

if TYPE_CHECKING:
    import pandas as pd

    from ..measures.catalogue import Entry
    from ..network import Network
    from ..view import View

__all__ = ["Asked", "call"]

DETECTED, MEMBERSHIPS, ORGANISATION = "communities", "memberships", "organisation"

# Measures of networks in networks take the memberships for groups where there are any.
BY_MEMBERSHIPS = ("between_networks", "network_bridges", "separating_people")
# What is spread, and what a random network is measured by, where nobody says.
SPREAD_OF, WHOLE = "degree", "transitivity"
LEADERSHIP = "leadership"
# Arguments a measure can do without, given all the same where the data have them.
IF_THERE = (("boundary_spanners", "view"), ("coverage", "responded"), ("introduction_effect", "design"))


@dataclass(frozen=True)
class Asked:
    """What was asked for besides the measures.

    Attributes
    ----------
    groups : str or None
        A column, ``communities`` or ``memberships``.
    between : tuple of str or None
        Two groups, or two organisations.
    of : str or None
        A column or another measure, for measures of a quantity.
    kinds, wave, directed, seed
        Which view, and the seed of chance.
    """

    groups: str | None = None
    between: tuple[str, str] | None = None
    of: str | None = None
    kinds: tuple[str, ...] = ()
    wave: str | None = None
    directed: bool = False
    seed: int = 0


def call(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
    """Return a measure of these data.

    Raises
    ------
    UsageError
        If the data, or what was asked, lack something it needs; naming the table, column or option that would give it.
    """
    from ..measures.catalogue import load

    function = load(entry.name)
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        needed = parameter.default is inspect.Parameter.empty
        if name == "seed":
            given[name] = asked.seed
        elif needed or (entry.name, name) in IF_THERE:
            given[name] = _argument(entry, name, network, view, asked, needed)
    if given.get("view", view) is None:
        del given["view"]
    return function(**given)


def _argument(entry: Entry, name: str, network: Network, view: View, asked: Asked, needed: bool) -> Any:
    if name == "view" and (entry.name, name) not in SPECIAL:
        # Ties among members exist only where the data hold ties, not memberships alone.
        return view if needed or network.shape == "ties" else None
    special = SPECIAL.get((entry.name, name)) or SPECIAL.get(("", name))
    if special is None:
        raise UsageError(
            f"{entry.name} needs {name}, which the command line cannot give. "
            f"Use it from Python: netmap.measures.{entry.name}."
        )
    return special(entry, network, view, asked)


# -- one argument each -----------------------------------------------------------------------------------------------


def _table(name: str) -> Callable[[Entry, Network, View, Asked], Any]:
    def take(entry: Entry, network: Network, view: View, asked: Asked) -> pd.DataFrame:
        whole: pd.DataFrame = getattr(network, name)
        shown: pd.DataFrame = whole
        if not len(whole):
            raise UsageError(f"{entry.name} needs {name}, and these data have none: see netmap explain {name}.")
        if name == MEMBERSHIPS:
            shown = network.current_memberships(asked.wave)
        if name == "partnerships":
            shown = network.records(list(asked.kinds) or list(network.kinds), asked.wave)
        return shown

    return take


def _every_wave(entry: Entry, network: Network, view: View, asked: Asked) -> pd.DataFrame:
    frame: pd.DataFrame = network.partnerships
    if len(network.waves) < 2:
        raise UsageError(f"{entry.name} compares waves, and these data have no two: see netmap explain wave.")
    return frame[~frame["status"].isin(["planned", "ended"])]


def _demand(entry: Entry, network: Network, view: View, asked: Asked) -> pd.DataFrame:
    from ..measures.connecting import DEMAND

    if DEMAND not in network.kinds:
        raise UsageError(f"{entry.name} needs ties of the kind {DEMAND} with their frequency, cases a year: see netmap explain kind.")
    return network.records([DEMAND], asked.wave)


def _wired(entry: Entry, network: Network, view: View, asked: Asked) -> pd.DataFrame:
    from ..measures.accountability import hardwired_index

    frame: pd.DataFrame = _table("partnerships")(entry, network, view, asked)
    return frame.assign(hardwired=hardwired_index(frame))


def _hardwired(entry: Entry, network: Network, view: View, asked: Asked) -> dict[tuple[str, str], float]:
    from ..measures.accountability import pair_accountability

    pairs = pair_accountability(_table("partnerships")(entry, network, view, asked))
    return {(a, b): h for a, b, h in zip(pairs["a"], pairs["b"], pairs["hardwired"], strict=True)}


def _layers(entry: Entry, network: Network, view: View, asked: Asked) -> dict[str, View]:
    _table("partnerships")(entry, network, view, asked)
    kinds = network.check_kinds(list(asked.kinds) or None)
    return {kind: network.view(kinds=[kind], wave=asked.wave, directed=asked.directed) for kind in kinds}


def _groups(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
    groups = asked.groups
    if groups is None and entry.name in BY_MEMBERSHIPS and len(network.memberships):
        groups = MEMBERSHIPS
    if groups is None and entry.name == "organisation_ties":
        if network.nodes_are != "people":
            raise UsageError(f"{entry.name} is of ties between people, and these are between organisations.")
        groups = ORGANISATION
    if groups is None or groups.casefold() == DETECTED:
        from ..measures.grouping import communities

        return communities(view, seed=asked.seed)
    if groups.casefold() == MEMBERSHIPS:
        return _table(MEMBERSHIPS)(entry, network, view, asked)[["member", "group"]]
    return _column(network, view, groups, (DETECTED, MEMBERSHIPS)).fillna("").astype(str)


def _column(network: Network, view: View, name: str, others: tuple[str, ...] = ()) -> pd.Series[Any]:
    """Return a column of the organisations (or people) by node."""
    person = network.nodes_are == "people"
    frame = network.people if person else network.organisations
    known = {str(c).casefold(): str(c) for c in frame.columns}
    if name.casefold() not in known:
        close = nearest(name, [*known.values(), *others])
        listed = ", ".join([*known.values(), *others][:40])
        hint = f"Did you mean {' or '.join(close)}?" if close else f"Columns here: {listed}."
        raise UsageError(f"There is no column {name!r}. {hint}")
    held = frame.set_index(frame["person_id" if person else "org_id"].astype(str))[known[name.casefold()]]
    return held.reindex([str(i) for i in view.ids])


def _quantity(fallback: str) -> Callable[[Entry, Network, View, Asked], Any]:
    """Return what gives a number (or label) a node: a measure of nodes by name, or a column."""

    def take(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
        from ..measures.catalogue import entries, load

        name = asked.of or fallback
        if name == "sector" and asked.of is None:
            column = "organisation" if network.nodes_are == "people" else "sector"
            labels = _column(network, view, column).fillna("").astype(str)
            if labels.nunique() > 1:
                return labels
            name = SPREAD_OF
        if name in entries() and entries()[name].shape == "node" and not entries()[name].needs:
            return load(name)(view)
        import pandas as pd

        held = _column(network, view, name, tuple(n for n, e in entries().items() if e.shape == "node" and not e.needs))

        number = pd.to_numeric(held, errors="coerce")
        return number if number.notna().any() else held.fillna("").astype(str)

    return take


def _whole(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
    from ..measures.catalogue import entries, load

    name = asked.of or WHOLE
    whole = sorted(n for n, e in entries().items() if e.shape == "number" and not e.needs)
    if name not in whole:
        close = nearest(name, whole)
        hint = f" Did you mean {' or '.join(close)}?" if close else f" There are {', '.join(whole)}."
        raise UsageError(f"{name!r} is no number of the whole network.{hint}")
    return load(name)


def _such_as(network: Network) -> str:
    names = sorted(network.group_names().values()) if len(network.memberships) else []
    return f" There are {', '.join(names[:4])}{' ...' if len(names) > 4 else ''}." if names else ""


def _two(place: int) -> Callable[[Entry, Network, View, Asked], Any]:
    def take(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
        if asked.between is None:
            raise UsageError(
                f"{entry.name} needs two networks: say which with netmap measure ... --between ONE OTHER."
                f"{_such_as(network)}"
            )
        name = asked.between[place]
        known = network.group_names() if len(network.memberships) else {}
        return name if name in known else next((g for g, n in known.items() if n.casefold() == name.casefold()), name)

    return take


def _parties(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
    if asked.between is None:
        raise UsageError(f"{entry.name} needs two organisations: say which with --between ONE OTHER.")
    called = {n.casefold(): i for i, n in zip(view.ids, view.names, strict=True)}
    return [called.get(name.casefold(), name) for name in asked.between]


def _earlier(entry: Entry, network: Network, asked: Asked) -> str:
    waves = network.waves
    now = network.check_wave(asked.wave)
    before = [w for w in waves if w != now][: waves.index(now) if now in waves else 0]
    if not before:
        raise UsageError(f"{entry.name} compares two waves, and these data have no earlier one: see netmap explain wave.")
    return before[-1]


def _wave(make: Callable[[View, int], Any], *, earlier: bool) -> Callable[[Entry, Network, View, Asked], Any]:
    """Return what is made of the view of the earlier wave, or of the one in view, once there are two."""

    def take(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
        before = _earlier(entry, network, asked)
        chosen = network.view(kinds=list(asked.kinds) or None, wave=before, directed=asked.directed) if earlier else view
        return make(chosen, asked.seed)

    return take


def _itself(view: View, seed: int) -> View:
    return view


def _communities(view: View, seed: int) -> Any:
    from ..measures.grouping import communities

    return communities(view, seed=seed)


def _between(view: View, seed: int) -> Any:
    from ..measures.centralities import betweenness

    return betweenness(view)


def _nominations(entry: Entry, network: Network, view: View, asked: Asked) -> View:
    kinds = list(asked.kinds) or [kind for kind, family in network.kinds.items() if LEADERSHIP in (kind, family)]
    if not kinds:
        raise UsageError(f"{entry.name} needs ties of the kind {LEADERSHIP}, from who names to who is named: see netmap explain kind.")
    return network.view(kinds=kinds, wave=asked.wave, directed=True)


def _best_reached(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
    from ..measures.key_sets import key_players

    size = min(3, max(view.n - 1, 1))
    return list(key_players(view, size=size, kind="reach", seed=asked.seed).nodes)


def _responded(entry: Entry, network: Network, view: View, asked: Asked) -> pd.Series[Any] | None:
    told = _column(network, view, "responded")
    return told if told.notna().any() else None


def _grouped(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
    if asked.groups is None:
        raise UsageError(f"{entry.name} compares two groupings: name a column with --groups; the other is {DETECTED}.")
    return _groups(entry, network, view, asked)


def _drawn(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
    from ..chance.redrawn import trial_design

    return trial_design(network)


def _everybody(entry: Entry, network: Network, view: View, asked: Asked) -> list[str]:
    if network.nodes_are == "people":
        raise UsageError("People are drawn with their consent: netmap rounds start FILE.")
    return [str(i) for i in view.ids]


def _found(entry: Entry, network: Network, view: View, asked: Asked) -> Any:
    return _communities(view, asked.seed)


SPECIAL: dict[tuple[str, str], Callable[[Entry, Network, View, Asked], Any]] = {
    ("", "groups"): _groups,
    ("", "memberships"): _table(MEMBERSHIPS),
    ("", "partnerships"): _table("partnerships"),
    **{(name, "partnerships"): _every_wave for name in ("trust_between_waves", "ladder_transitions", "time_to_hardwired")},
    ("", "introductions"): _table("introductions"),
    ("introduction_effect", "design"): _drawn,
    ("", "needs"): _table("needs"),
    ("demand_spillover", "partnerships"): _demand,
    ("", "capabilities"): _table("capabilities"),
    ("", "values"): _table("values"),
    ("", "ties"): _wired,
    ("", "hardwired"): _hardwired,
    ("", "views"): _layers,
    ("", "measure"): _whole,
    ("", "seeds"): _best_reached,
    ("coverage", "responded"): _responded,
    ("", "parties"): _parties,
    ("", "view_a"): _wave(_itself, earlier=True),
    ("", "view_b"): _wave(_itself, earlier=False),
    ("", "groups_a"): _wave(_communities, earlier=True),
    ("", "groups_b"): _wave(_communities, earlier=False),
    ("leadership_vs_authority", "view"): _nominations,
    ("rounds_of_pairs", "people"): _everybody,
    ("rank_stability", "a"): _wave(_between, earlier=True),
    ("rank_stability", "b"): _wave(_between, earlier=False),
    ("compare_groupings", "a"): _grouped,
    ("compare_groupings", "b"): _found,
    ("separating_people", "a"): _two(0),
    ("separating_people", "b"): _two(1),
    **{(name, "values"): _quantity(SPREAD_OF) for name in (
        "gini", "effective_number", "evenness", "spread_test", "moran", "geary",
    )},
    **{(name, "values"): _quantity("sector") for name in ("assortativity", "likeness_test")},
}  # fmt: skip
