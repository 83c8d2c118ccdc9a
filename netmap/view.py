"""View: one simple graph taken from a network or from networkx, in canonical order, as every measure wants it."""

from __future__ import annotations

import os
from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import DataError, MeasureError, Problem, UsageError, nearest
from .kernels.csr import CSR, MERGES, build_csr, integer_lengths, merge_ties
from .kernels.triangles import TriangleSums, triangle_sums

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["View"]


class View:
    """One simple graph: nodes in canonical order, ties without loops or doubles, strengths where they are known.

    A view never changes. Nodes are sorted by id, ties by their two ends, so that no result depends on the order in
    which rows were read; results come back in `order`, the order the caller gave.

    Parameters
    ----------
    ids : sequence of hashable
        Node ids, without repeats. Isolates are nodes too.
    source, target : array_like of int
        Positions in `ids` of the two ends of every tie. Loops are dropped and counted; parallel ties (for an
        undirected view also a tie and its reverse) are merged and counted.
    strength : array_like of float, optional
        Strength of every tie, larger is closer. 0 is no tie; NaN counts as 1 and is counted in `unknown_strength`.
    directed : bool, default False
    merge : {"sum", "mean", "max"}, default "sum"
        How strengths of parallel ties are joined.
    names : sequence of str, optional
        What to call each node; the id as text where not given.
    label : str, optional
        What the view holds, in words: kinds, wave, direction.

    Attributes
    ----------
    ids, names : tuple
        In canonical order; positions in every array refer to it.
    order : ndarray of int
        Positions of the nodes in the order the caller gave them.
    source, target : ndarray of int32, shape (m,)
        Ties in canonical order; undirected ties have ``source < target``.
    strength : ndarray of float64, shape (m,)
    loops, parallel, unknown_strength : int
        How many ties were dropped as loops, merged, and given strength 1 for want of one.

    Examples
    --------
    >>> view = View(["a", "b", "c"], [0, 1], [1, 2])
    >>> view
    View: 3 nodes, 2 ties, undirected
    """

    def __init__(
        self,
        ids: Sequence[Hashable],
        source: ArrayLike,
        target: ArrayLike,
        strength: ArrayLike | None = None,
        *,
        directed: bool = False,
        merge: str = "sum",
        names: Sequence[str] | None = None,
        label: str = "",
    ):
        given = list(ids)
        n = len(given)
        # Text is in the order of its keys as it is, and many times quicker without them.
        text = set(map(type, given)) <= {str}
        keys: list[Any] = given if text else [_sort_key(i) for i in given]
        if len(set(given)) != n:
            raise MeasureError("A view needs each node once: some ids are repeated.")
        ranking = sorted(range(n), key=keys.__getitem__)
        place = np.empty(n, dtype=np.int32)
        place[np.fromiter(ranking, dtype=np.int64, count=n)] = np.arange(n, dtype=np.int32)
        ranked: tuple[Any, ...] = tuple(map(given.__getitem__, ranking))
        self.ids: tuple[Hashable, ...] = ranked
        if names is None:
            self.names: tuple[str, ...] = ranked if text else tuple(map(str, ranked))
        elif len(names) == n:
            self.names = tuple(str(names[i]) for i in ranking)
        else:
            raise MeasureError(f"{n} ids but {len(names)} names.")
        self.order: NDArray[np.int32] = place
        self.directed = bool(directed)
        self.label = label

        a = np.asarray(source, dtype=np.int64).reshape(-1)
        b = np.asarray(target, dtype=np.int64).reshape(-1)
        if a.size != b.size:
            raise MeasureError("source and target differ in length.")
        if a.size and (min(a.min(), b.min()) < 0 or max(a.max(), b.max()) >= n):
            raise MeasureError("A tie names a node that is not in ids.")
        a, b = place[a].astype(np.int64), place[b].astype(np.int64)
        w = np.ones(a.size) if strength is None else np.asarray(strength, dtype=np.float64).reshape(-1)
        if w.size != a.size:
            raise MeasureError("strength and the ties differ in length.")
        if np.isinf(w).any() or (w < 0).any():
            raise MeasureError("A strength must be a positive number: one is negative or infinite.")
        self.unknown_strength = int(np.isnan(w).sum())
        w = np.where(np.isnan(w), 1.0, w)
        keep = (a != b) & (w > 0)
        self.loops = int((a == b).sum())
        a, b, w = a[keep], b[keep], w[keep]
        if not self.directed:
            a, b = np.minimum(a, b), np.maximum(a, b)
        self.source, self.target, self.strength = _merge(n, a, b, w, merge)
        self.parallel = int(a.size - self.source.size)
        for array in (self.order, self.source, self.target, self.strength):
            array.flags.writeable = False

    # -- shape -------------------------------------------------------------------------------------------------

    @property
    def n(self) -> int:
        """Number of nodes, isolates included."""
        return len(self.ids)

    @property
    def m(self) -> int:
        """Number of ties."""
        return int(self.source.size)

    def __repr__(self) -> str:
        kind = "directed" if self.directed else "undirected"
        return f"View: {self.n:,} nodes, {self.m:,} ties, {kind}{', ' + self.label if self.label else ''}"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p><strong>View</strong>: {escape(repr(self).removeprefix('View: '))}</p>"

    # -- arrays ------------------------------------------------------------------------------------------------

    @cached_property
    def csr(self) -> CSR:
        """The compressed graph: both arcs of each tie when undirected, out-arcs when directed."""
        return build_csr(self.n, self.source, self.target, self.strength, symmetric=not self.directed)

    @cached_property
    def csr_in(self) -> CSR:
        """The compressed graph of in-arcs; the same as `csr` when undirected."""
        if not self.directed:
            return self.csr
        return build_csr(self.n, self.target, self.source, self.strength, symmetric=False)

    @cached_property
    def triangles(self) -> TriangleSums:
        """What follows from the triangles of the view without direction, for all measures of closure in one pass."""
        return triangle_sums(self.undirected.csr)

    @cached_property
    def lengths(self) -> NDArray[np.int64] | None:
        """Whole-number tie lengths proportional to 1/strength, or None where strengths have no small common multiple."""
        return integer_lengths(self.strength)

    @cached_property
    def position(self) -> dict[Hashable, int]:
        """Where each id stands in canonical order."""
        return {node: i for i, node in enumerate(self.ids)}

    def positions(self, nodes: Sequence[Hashable]) -> NDArray[np.int64]:
        """Return the positions of `nodes`; an unknown one raises `UsageError` naming the nearest."""
        out = []
        for node in nodes:
            if node not in self.position:
                close = nearest(str(node), [str(i) for i in self.ids])
                hint = f" Did you mean {' or '.join(close)}?" if close else ""
                raise UsageError(f"There is no node {node!r} in this view.{hint}")
            out.append(self.position[node])
        return np.array(out, dtype=np.int64)

    # -- other views -------------------------------------------------------------------------------------------

    @cached_property
    def undirected(self) -> View:
        """The same nodes with direction dropped: tied if either end says so, strength the sum over both directions."""
        return self if not self.directed else self.symmetrise("any")

    def symmetrise(self, rule: str = "any", strength: str = "sum") -> View:
        """Return the undirected view: `rule` ``"any"`` keeps a tie either end reports, ``"both"`` only mutual ones.

        `strength` is ``"sum"``, ``"mean"`` or ``"max"`` over the directions present.
        """
        if rule not in ("any", "both"):
            raise MeasureError(f'symmetrise is "any" or "both", not {rule!r}.')
        if not self.directed:
            return self
        a, b, w = self.source, self.target, self.strength
        if rule == "both":
            forward = set(zip(a.tolist(), b.tolist(), strict=True))
            keep = np.array([(y, x) in forward for x, y in zip(a.tolist(), b.tolist(), strict=True)], dtype=bool)
            a, b, w = a[keep], b[keep], w[keep]
        return self._derive(a, b, w, merge=strength, directed=False)

    def with_ties(self, source: ArrayLike, target: ArrayLike, strength: ArrayLike | None = None) -> View:
        """Return a view of the same nodes with other ties (positions refer to `ids`)."""
        return self._derive(source, target, strength, merge="sum", directed=self.directed)

    def subset(self, nodes: ArrayLike) -> View:
        """Return the view on the nodes where the mask `nodes` (canonical order) is true, with the ties among them."""
        mask = np.asarray(nodes, dtype=bool)
        number = np.cumsum(mask) - 1
        keep = mask[self.source] & mask[self.target]
        where = np.flatnonzero(mask)
        return View(
            [self.ids[i] for i in where],
            number[self.source[keep]],
            number[self.target[keep]],
            self.strength[keep],
            directed=self.directed,
            names=[self.names[i] for i in where],
            label=self.label,
        )

    def _derive(
        self, source: ArrayLike, target: ArrayLike, strength: ArrayLike | None, *, merge: str, directed: bool
    ) -> View:
        twin = View.__new__(View)
        twin.ids, twin.names, twin.order, twin.label = self.ids, self.names, self.order, self.label
        twin.directed = directed
        a = np.asarray(source, dtype=np.int64).reshape(-1)
        b = np.asarray(target, dtype=np.int64).reshape(-1)
        w = np.ones(a.size) if strength is None else np.asarray(strength, dtype=np.float64).reshape(-1)
        keep = (a != b) & (w > 0)
        twin.loops, twin.unknown_strength = int((a == b).sum()), 0
        a, b, w = a[keep], b[keep], w[keep]
        if not directed:
            a, b = np.minimum(a, b), np.maximum(a, b)
        twin.source, twin.target, twin.strength = _merge(twin.n, a, b, w, merge)
        twin.parallel = int(a.size - twin.source.size)
        return twin

    # -- pandas ------------------------------------------------------------------------------------------------

    @cached_property
    def node_index(self) -> pd.Index[Any]:
        """The nodes as a pandas index, in the caller's order."""
        import pandas as pd

        index: pd.Index[Any] = pd.Index([self.ids[i] for i in self.order], tupleize_cols=False, name="node")
        return index

    @cached_property
    def tie_index(self) -> pd.MultiIndex:
        """The ties as a pandas index of (source, target), in canonical order."""
        import pandas as pd

        ends = [[self.ids[i] for i in self.source], [self.ids[i] for i in self.target]]
        return pd.MultiIndex.from_arrays(ends, names=["source", "target"])

    # -- plain files -------------------------------------------------------------------------------------------

    @classmethod
    def from_csv(
        cls,
        path: str | os.PathLike[str],
        source: str | int,
        target: str | int,
        strength: str | int | None = None,
        *,
        delimiter: str = ",",
        directed: bool = False,
        label: str = "",
    ) -> View:
        r"""Take a view of a plain file of ties, however large: one tie a line, headings on the first line.

        Parameters
        ----------
        path : str or path
        source, target : str or int
            Heading, or number from 0, of the columns that hold the two ends. Names are taken as they stand.
        strength : str or int, optional
            Column of the strength, larger is closer. An empty cell is an unknown strength and counts as 1.
        delimiter : str, default ","
            One ASCII character.
        directed : bool, default False
        label : str, optional

        Returns
        -------
        View
            Loops are dropped and counted, strengths of parallel ties added up; see `loops` and `parallel`. A name that
            stands in loops only is a node without ties.

        Raises
        ------
        DataError
            At the first line that is not plain, with its number: other than UTF-8, more or fewer cells than headings, stray
            quotation marks or line breaks in a cell, an empty name or one with a space at its end, a strength that is no
            number. `netmap.importers.tie_list.read_ties` reads such files where they can be made sense of.
        UsageError
            If there is no such column.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp(), "ties.csv")
        >>> _ = path.write_text("from,to,hours\nMind,Shelter,2\nShelter,Mind,3\nMind,Mind,1\n")
        >>> view = View.from_csv(path, source="from", target="to", strength="hours")
        >>> view, view.strength.tolist(), view.loops, view.parallel
        (View: 2 nodes, 1 ties, undirected, [5.0], 1, 1)

        Notes
        -----
        One pass over the file in blocks; memory grows with names and ties, 16 bytes a tie and about 100 a name. Cost
        O(bytes + n log n + m).
        """
        from .kernels.scan import NotPlainError, headings, scan

        name = os.path.basename(os.fspath(path))
        if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n\0':
            raise UsageError(f"A delimiter is one ASCII character such as , or ; and not {delimiter!r}.")
        try:
            with open(path, "rb") as file:
                heads = headings(file, delimiter)
                columns = [_column(wanted, heads, name) for wanted in (source, target)]
                third = None if strength is None else _column(strength, heads, name)
                found = scan(
                    file, columns=len(heads), source=columns[0], target=columns[1], strength=third, delimiter=delimiter
                )
        except NotPlainError as odd:
            fix = "Mend the line, or read the file with netmap.importers.tie_list.read_ties."
            raise DataError(
                Problem("not-plain", f"The line is not plain: {odd.why}.", fix, "error", name, line=odd.line)
            ) from None
        except OSError as error:
            raise UsageError(f"{name} could not be read: {error.strerror or error}.") from None
        return cls(found.names, found.source, found.target, found.strength, directed=directed, label=label)

    # -- networkx ----------------------------------------------------------------------------------------------

    @classmethod
    def from_networkx(cls, graph: nx.Graph, weight: str | None = "weight") -> View:
        """Take a view of a networkx graph (Graph, DiGraph, MultiGraph or MultiDiGraph); the graph is not changed.

        Parameters
        ----------
        graph : networkx graph
        weight : str or None, default "weight"
            Edge attribute that holds the strength. Edges without it have strength 1; None makes every strength 1
            (parallel edges then count as one tie of strength 1).

        Examples
        --------
        >>> import networkx as nx
        >>> View.from_networkx(nx.path_graph(3))
        View: 3 nodes, 2 ties, undirected
        """
        nodes = list(graph)
        where = {node: i for i, node in enumerate(nodes)}
        a, b, w = [], [], []
        for u, v, data in graph.edges(data=True):
            a.append(where[u])
            b.append(where[v])
            value = 1.0 if weight is None else data.get(weight, 1.0)
            try:
                w.append(float("nan") if value is None else float(value))
            except (TypeError, ValueError):
                raise MeasureError(f"The strength of {u!r} - {v!r} is {value!r}, which is not a number.") from None
        return cls(nodes, a, b, w, directed=graph.is_directed(), merge="sum" if weight is not None else "max")

    def to_networkx(self, weight: str = "weight") -> nx.Graph:
        """Return a new networkx Graph (or DiGraph) with names on nodes and strengths in the edge attribute `weight`."""
        import networkx as nx

        graph = nx.DiGraph() if self.directed else nx.Graph()
        for i in self.order:
            graph.add_node(self.ids[i], name=self.names[i])
        for a, b, w in zip(self.source.tolist(), self.target.tolist(), self.strength.tolist(), strict=True):
            graph.add_edge(self.ids[a], self.ids[b], **{weight: w})
        return graph


def _sort_key(node: Hashable) -> tuple[str, Any, str]:
    # Whole numbers sort as numbers, everything else as text, so that mixed ids have one order on every machine.
    if isinstance(node, (int, np.integer)) and not isinstance(node, bool):
        return ("", int(node), "")
    return (type(node).__name__, 0, str(node))


def _merge(
    n: int, a: NDArray[np.integer], b: NDArray[np.integer], w: NDArray[np.float64], merge: str
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    if merge not in MERGES:
        raise MeasureError(f'Strengths of parallel ties are merged by "sum", "mean" or "max", not {merge!r}.')
    return merge_ties(n, a, b, w, merge)


def _column(wanted: str | int, headings: list[str], file: str) -> int:
    """Return which column a heading or a number means."""
    if isinstance(wanted, int) and 0 <= wanted < len(headings):
        return wanted
    if headings.count(str(wanted)) == 1:
        return headings.index(str(wanted))
    close = nearest(str(wanted), headings)
    hint = f"Did you mean {' or '.join(close)}?" if close else f"Its headings: {', '.join(headings[:40])}."
    again = " more than once" if headings.count(str(wanted)) > 1 else ""
    raise UsageError(f"{file} has {'' if again else 'no '}column {wanted!r}{again}. {hint}")
