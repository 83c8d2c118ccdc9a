"""Network: the tables of one collaboration and the simple graphs that can be taken from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import UsageError, nearest
from .schema import family
from .tables import both_ends, natural_key, plain_row
from .view import View

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from .analysis import Frame
    from .tables import Tables

__all__ = ["Network"]

CURRENT_FAMILIES = ("contact", "flow", "authority")


class Network:
    """Everything that was read about one collaboration, and the views that can be taken of it.

    The network keeps every record (one per tie, kind, wave and reporter). A measure is taken on a view, one simple
    graph; `view` says by which rules it is made.

    Parameters
    ----------
    tables : Tables
        Validated tables, as `netmap.read` makes them.
    title : str, default "network"
    drawer : callable, optional
        Draws the map of this network in so many pixels of height; `netmap.read` sets it.

    Attributes
    ----------
    organisations, people, partnerships, memberships, networks, values, capabilities : DataFrame
        The tables as read, columns as in the data model.
    problems : tuple of Problem
        What was noticed while reading.
    ledger : DataFrame
        What became of every input row.
    shape : {"ties", "two-mode", "interlock", "list"}
        ``ties``: organisations (or people) tied to each other. ``two-mode``: organisations and the networks they
        belong to. ``interlock``: organisations or events joined by the people they share. ``list``: nodes only.

    Examples
    --------
    >>> import io, netmap
    >>> net = netmap.read(io.StringIO("organisation,partner\\nA,B\\nB,C\\n"))
    >>> net
    Network: 3 organisations, 2 ties of 1 kind
    >>> net.view()
    View: 3 nodes, 2 ties, undirected, all kinds
    """

    def __init__(self, tables: Tables, title: str = "network", drawer: Callable[[Network, int], Frame] | None = None):
        self.tables, self.title, self.drawer = tables, title, drawer

    def map(self, height: int = 680) -> Frame:
        """Return the map of a quick analysis as a notebook shows it: the same page as ``map.html``, in a frame.

        The same as ``netmap.analyse(network, effort="quick").map(height)``, for the audience of coordinators.

        Parameters
        ----------
        height : int, default 680
            In pixels.

        Returns
        -------
        Frame
            ``frame.html`` is the page, for a file of your own.

        Raises
        ------
        UsageError
            The network was not made by `netmap.read`.

        Examples
        --------
        >>> import io, netmap
        >>> net = netmap.read(io.StringIO("organisation,partner\\nDevon,Torbay\\nDevon,Exeter\\n"))
        >>> net.map()
        Map of network (... characters of HTML); shown in a notebook
        """
        if self.drawer is None:
            raise UsageError('This network was not read by netmap.read: netmap.analyse(network, effort="quick").map() draws it.')
        return self.drawer(self, height)

    # -- tables ------------------------------------------------------------------------------------------------

    @property
    def organisations(self) -> pd.DataFrame:
        """Organisations, one row each."""
        return self.tables.frames["organisations"]

    @property
    def people(self) -> pd.DataFrame:
        """People, one row each."""
        return self.tables.frames["people"]

    @property
    def partnerships(self) -> pd.DataFrame:
        """Ties, one row per report of a tie of one kind in one wave."""
        return self.tables.frames["partnerships"]

    @property
    def memberships(self) -> pd.DataFrame:
        """Who belongs to which group."""
        return self.tables.frames["memberships"]

    @property
    def networks(self) -> pd.DataFrame:
        """Named networks, boards, events and other groups."""
        return self.tables.frames["networks"]

    @property
    def values(self) -> pd.DataFrame:
        """Value ratings and tags, one row per entity and item."""
        return self.tables.frames["values"]

    @property
    def capabilities(self) -> pd.DataFrame:
        """Who has, could have or needs which capability."""
        return self.tables.frames["capabilities"]

    @property
    def introductions(self) -> pd.DataFrame:
        """Pairs that were, or could have been, introduced."""
        return self.tables.frames["introductions"]

    @property
    def rounds(self) -> pd.DataFrame:
        """How rounds of introductions were drawn."""
        return self.tables.frames["rounds"]

    @property
    def needs(self) -> pd.DataFrame:
        """Needs and whether they are met."""
        return self.tables.frames["needs"]

    @property
    def decisions(self) -> pd.DataFrame:
        """Decisions, who holds them and who took part."""
        return self.tables.frames["decisions"]

    @property
    def ratings(self) -> pd.DataFrame:
        """Ratings of one by another."""
        return self.tables.frames["ratings"]

    @property
    def responses(self) -> pd.DataFrame:
        """Who was asked and who answered, by wave."""
        return self.tables.frames["responses"]

    @property
    def problems(self) -> tuple[Any, ...]:
        """What was noticed while reading."""
        return self.tables.problems

    @property
    def ledger(self) -> pd.DataFrame:
        """What became of every input row."""
        return self.tables.ledger

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What each file and heading was taken for, and why."""
        return self.tables.assumptions

    # -- what it is --------------------------------------------------------------------------------------------

    @property
    def nodes_are(self) -> str:
        """``organisations`` or ``people``: what the ends of a tie, or the members of groups, were taken to be."""
        return self.tables.nodes_are

    @cached_property
    def shape(self) -> str:
        """What the view shows: ``ties``, ``two-mode``, ``interlock`` or ``list``."""
        if len(self.partnerships):
            return "ties"
        if len(self.memberships):
            persons = (self.memberships["member_type"] == "person").all()
            return "interlock" if persons or self.nodes_are == "people" else "two-mode"
        return "list"

    @cached_property
    def waves(self) -> tuple[str, ...]:
        """Names of the waves, earliest first; empty where no wave is named."""
        seen = {str(w) for frame in (self.partnerships, self.memberships) for w in frame["wave"].unique() if str(w)}
        return tuple(sorted(seen, key=natural_key))

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Every kind of tie in the data with its family, by name."""
        return {kind: family(kind) for kind in sorted(str(k) for k in self.partnerships["kind"].unique())}

    @cached_property
    def current_kinds(self) -> tuple[str, ...]:
        """The kinds joined in the default view: contact, flow and authority; all of them where there is nothing else."""
        chosen = tuple(k for k, f in self.kinds.items() if f in CURRENT_FAMILIES)
        return chosen or tuple(self.kinds)

    def __repr__(self) -> str:
        return "Network: " + self._summary()

    def _repr_html_(self) -> str:
        from html import escape

        waves = f"<br>Waves: {escape(', '.join(self.waves))}" if self.waves else ""
        said = "".join(f"<li>{escape(a)}</li>" for a in self.assumptions[:8])
        return f"<p><strong>Network</strong>: {escape(self._summary())}{waves}</p><ul>{said}</ul>"

    def _summary(self) -> str:
        def count(number: int, one: str, many: str) -> str:
            return f"{number:,} {one if number == 1 else many}"

        person = self.nodes_are == "people"
        table = self.people if person else self.organisations
        parts = [count(len(table), "person" if person else "organisation", "people" if person else "organisations")]
        if self.shape == "ties":
            view = self.view()
            kinds = len(self.kinds)
            parts.append(f"{count(view.m, 'tie', 'ties')} of {count(kinds, 'kind', 'kinds')}")
        if len(self.memberships):
            parts.append(f"{count(len(self.memberships), 'membership', 'memberships')} of "
                         f"{count(self.memberships['group'].nunique(), 'group', 'groups')}")
        return ", ".join(parts)

    # -- records and views -------------------------------------------------------------------------------------

    def check_kinds(self, kinds: Sequence[str] | str | None) -> tuple[str, ...]:
        """Return the kinds asked for (the current ones for None); an unknown one raises `UsageError`."""
        if kinds is None:
            return self.current_kinds
        asked = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        known = {k.casefold(): k for k in self.kinds}
        for kind in asked:
            if kind.casefold() not in known:
                close = nearest(kind, self.kinds)
                hint = f"Did you mean {' or '.join(close)}?" if close else f"Kinds here: {', '.join(self.kinds)}."
                raise UsageError(f"There is no tie of kind {kind!r}. {hint}")
        return tuple(sorted({known[k.casefold()] for k in asked}))

    def check_wave(self, wave: str | None) -> str | None:
        """Return the wave asked for (the latest for None; None where no wave is named)."""
        if wave is None:
            return self.waves[-1] if self.waves else None
        if str(wave) not in self.waves:
            known = f"Waves here: {', '.join(self.waves)}." if self.waves else "No wave is named in these data."
            raise UsageError(f"There is no wave {wave!r}. {known}")
        return str(wave)

    def records(
        self, kinds: Sequence[str] | str | None = None, wave: str | None = None, *, confidential: bool = True
    ) -> pd.DataFrame:
        """Return the tie records of one view: active rows of the wave and kinds, with the pair each belongs to.

        Parameters
        ----------
        kinds : sequence of str, optional
            Kinds of tie; contact, flow and authority kinds together by default.
        wave : str, optional
            The latest by default. Rows that name no wave belong to every wave.
        confidential : bool, default True
            Whether ties marked confidential are among them.

        Returns
        -------
        DataFrame
            Rows of `partnerships` with three columns more: ``a`` and ``b``, the two ends in sorted order, and
            ``level``, the strength (the intensity where no strength is given, 1 where neither is).
        """
        frame = self.partnerships
        chosen = self.check_kinds(kinds)
        moment = self.check_wave(wave)
        keep = frame["kind"].isin(chosen) & ~frame["status"].isin(["planned", "ended"])
        if moment is not None:
            keep &= frame["wave"].isin([moment, ""])
        if not confidential:
            keep &= ~frame["confidential"].fillna(False).astype(bool)
        frame = frame[keep]
        source, target = frame["source"].to_numpy(dtype=object), frame["target"].to_numpy(dtype=object)
        swap = np.array([s > t for s, t in zip(source, target, strict=True)], dtype=bool)
        level = frame["strength"].astype("float64")
        level = level.fillna(frame["intensity"].astype("float64")).fillna(1.0)
        return frame.assign(a=np.where(swap, target, source), b=np.where(swap, source, target), level=level)

    def view(
        self,
        kinds: Sequence[str] | str | None = None,
        wave: str | None = None,
        directed: bool = False,
        weight: str | None = "strength",
        symmetrise: str = "any",
        *,
        confidential: bool = True,
    ) -> View:
        """Take one simple graph from the network.

        Several reports of one tie (same pair, kind, wave) are one tie, strength their mean; several kinds on a pair
        are one tie, strength their sum; direction is dropped unless asked for, strength then the sum over both.

        Parameters
        ----------
        kinds, wave
            As in `records`.
        directed : bool, default False
            Keep direction; ties of kinds without direction then count both ways.
        weight : {"strength", None}
            None gives every tie strength 1.
        symmetrise : {"any", "both"}
            Without direction: a pair is tied if either end says so, or only if both do (or the tie is confirmed).
        confidential : bool, default True
            Whether confidential ties are among them.

        Returns
        -------
        View
            All organisations (or people) as nodes, isolates included. A network of memberships only gives the
            two-mode graph of members and groups, or, where the members are people, the groups tied by shared people.

        Raises
        ------
        UsageError
            For a kind, wave or rule that does not exist.

        Notes
        -----
        Cost: O(m log m).
        """
        if symmetrise not in ("any", "both"):
            raise UsageError(f'symmetrise is "any" or "both", not {symmetrise!r}.')
        if weight not in ("strength", "weight", None):
            raise UsageError(f'weight is "strength" or None, not {weight!r}.')
        if self.shape == "two-mode":
            return self.two_mode(wave)
        if self.shape == "interlock":
            return self.interlocks(wave)
        ids, names = self.node_ids()
        if self.shape == "list":
            return View(ids, [], [], names=names, label="no ties")
        frame = self.records(kinds, wave, confidential=confidential)
        one_way = frame["directed"].fillna(False).astype(bool)
        first = frame["source"].where(one_way, frame["a"])
        second = frame["target"].where(one_way, frame["b"])
        if symmetrise == "both" and not directed:
            keep = frame.set_index(["a", "b"]).index.isin(both_ends(frame))
            frame, one_way, first, second = frame[keep], one_way[keep], first[keep], second[keep]
        merged = (
            frame.assign(first=first, second=second, one_way=one_way)
            .groupby(["first", "second", "kind", "one_way"], sort=True)["level"]
            .mean()
            .reset_index()
        )
        place = {node: i for i, node in enumerate(ids)}
        a = merged["first"].map(place).to_numpy(dtype=np.int64)
        b = merged["second"].map(place).to_numpy(dtype=np.int64)
        w = merged["level"].to_numpy(dtype=np.float64)
        if directed:
            back = ~merged["one_way"].to_numpy(dtype=bool)
            a, b, w = np.append(a, b[back]), np.append(b, a[back]), np.append(w, w[back])
        if weight is None:
            w = np.ones(a.size)
        return View(
            ids, a, b, w, directed=directed, merge="sum" if weight else "max", names=names,
            label=self._label(kinds, wave),
        )

    def node_ids(self) -> tuple[list[str], list[str]]:
        """Return ids and names of the nodes a tie can join: people, or organisations that are not closed."""
        if self.nodes_are == "people":
            frame = self.people
            ids = frame["person_id"].astype(str).tolist()
        else:
            frame = self.organisations
            tied = set(self.partnerships["source"]) | set(self.partnerships["target"]) | set(self.memberships["member"])
            frame = frame[(frame["status"] != "closed") | frame["org_id"].isin(tied)]
            ids = frame["org_id"].astype(str).tolist()
        names = [n or i for i, n in zip(ids, frame["name"].astype(str), strict=True)]
        return ids, names

    # -- memberships -------------------------------------------------------------------------------------------

    def current_memberships(self, wave: str | None = None) -> pd.DataFrame:
        """Return one row per member and group of the wave (the latest by default), repeats dropped."""
        frame = self.memberships
        moment = self.check_wave(wave)
        if moment is not None:
            frame = frame[frame["wave"].isin([moment, ""])]
        return frame.drop_duplicates(["member", "group"])

    def group_names(self) -> dict[str, str]:
        """Return what each group is called: its name in `networks`, its organisation's name, or its id."""
        called = {g: g for g in self.memberships["group"].astype(str).unique()}
        organisations = dict(zip(self.organisations["org_id"], self.organisations["name"], strict=True))
        networks = dict(zip(self.networks["network_id"], self.networks["name"], strict=True))
        return {g: networks.get(g) or organisations.get(g) or g for g in called} | {
            g: n or g for g, n in networks.items()
        }

    def two_mode(self, wave: str | None = None) -> View:
        """Return the graph of members and the groups they belong to; groups follow members in no other way.

        A group whose id is also a member's is called ``<id> (group)``.
        """
        from .joined import two_mode_view

        ids, names = self.node_ids()
        return two_mode_view(self.current_memberships(wave), dict(zip(ids, names, strict=True)), self.group_names())

    def interlocks(self, wave: str | None = None) -> View:
        """Return the groups (organisations, boards, events) tied by the members they share; strength is how many."""
        from .joined import interlock_view

        return interlock_view(self.current_memberships(wave), self.group_names())

    # -- what if -----------------------------------------------------------------------------------------------

    def scenario(
        self,
        remove: Iterable[str] = (),
        merge: Mapping[str, Sequence[str]] | None = None,
        add: Iterable[tuple[str, str]] = (),
        bodies: Iterable[str] = (),
    ) -> Network:
        """Return the network as it would be if bodies stepped back, merged or came new, or ties were made.

        Parameters
        ----------
        remove : iterable of str
            Organisations that step back, by id or name.
        merge : mapping of str to sequence of str, optional
            Name of the merged body, and the organisations it is made of.
        add : iterable of pairs of str
            Ties that are made, also with merged and new bodies.
        bodies : iterable of str
            Names of new bodies.

        Returns
        -------
        Network
            Another network; this one stays as it is. What a merged body values is not known; it can do what its parts
            can.

        Raises
        ------
        UsageError
            For people, an unknown name, a body in two places, or a merger of fewer than two.

        Examples
        --------
        >>> import io, netmap
        >>> net = netmap.read(io.StringIO("organisation,partner\\nA,B\\nB,C\\n"))
        >>> net.scenario(remove=["B"]).view()
        View: 2 nodes, 0 ties, undirected, no ties
        >>> net.scenario(merge={"AB": ["A", "B"]}, add=[("C", "D")], bodies=["D"])
        Network: 3 organisations, 2 ties of 1 kind
        """
        from .scenarios import applied, planned

        change = planned(self.tables, remove, merge, add, bodies)
        return Network(applied(self.tables, change, self.waves[-1] if self.waves else ""), title=self.title)

    # -- networkx ----------------------------------------------------------------------------------------------

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return every tie record as an edge of a new networkx MultiDiGraph, with all columns as attributes.

        Memberships and values stay in their tables. For one simple graph use ``network.view(...).to_networkx()``.
        """
        import networkx as nx

        graph = nx.MultiDiGraph(title=self.title)
        person = self.nodes_are == "people"
        frame = self.people if person else self.organisations
        for row in frame.to_dict("records"):
            graph.add_node(str(row["person_id" if person else "org_id"]), **plain_row(row))
        for row in self.partnerships.to_dict("records"):
            graph.add_edge(str(row["source"]), str(row["target"]), **plain_row(row, without=("source", "target")))
        return graph

    def _label(self, kinds: Sequence[str] | str | None, wave: str | None) -> str:
        chosen = self.check_kinds(kinds)
        moment = self.check_wave(wave)
        words = "all kinds" if len(chosen) == len(self.kinds) else " + ".join(chosen[:4])
        if len(chosen) > 4 and len(chosen) < len(self.kinds):
            words = f"{len(chosen)} of {len(self.kinds)} kinds"
        return f"{words}, wave {moment}" if moment else words
