"""A networkx graph as arrays: taken over once, kept by networkx with the graph until that changes, and given back."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, compress
from typing import Any, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from ..kernels.csr import CSR, build_csr

__all__ = ["Graph", "convert_from_nx", "convert_to_nx"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
T = TypeVar("T")

_CLASSES = {
    (False, False): nx.Graph, (True, False): nx.DiGraph, (False, True): nx.MultiGraph, (True, True): nx.MultiDiGraph,
}
_PLAIN = {kind.adjacency for kind in _CLASSES.values()}
_ABSENT = object()
# Distances are whole numbers too: so many nodes times so long a tie have to fit.
_LONGEST = np.iinfo(np.int32).max


class Graph:
    """The arrays of a networkx graph, loops and parallel edges included, in its own order of nodes and edges.

    A *pair* is two nodes with an edge or more, or a node with a loop, in the order of ``G.edges``; a *tie* is a pair of
    two different nodes. What kernels take are simple graphs of ties.

    Attributes
    ----------
    nodes : list
    position : dict
        Where each node stands in `nodes`.
    rows, columns : ndarray of int32
        Every neighbour of every node, in networkx's order: both ways for an undirected graph, a loop once.
    copies : ndarray of int64, shape (pairs,)
        How many parallel edges a pair has.
    keys : list or None
        Keys of the edges of a multigraph.
    """

    __networkx_backend__ = "netmap"

    def __init__(
        self,
        nodes: list[Hashable],
        rows: NDArray[np.int32],
        columns: NDArray[np.int32],
        *,
        directed: bool,
        keys: list[list[Hashable]] | None = None,
        edge_values: Mapping[str, list[Any]] | None = None,
        edge_data: list[dict[Any, Any]] | None = None,
        node_data: list[dict[Any, Any]] | None = None,
        graph: Mapping[Any, Any] | None = None,
    ):
        self.nodes = nodes
        self.position = {node: i for i, node in enumerate(nodes)}
        self.rows, self.columns, self.directed = rows, columns, directed
        self._keys = keys
        self.edge_values, self.edge_data = dict(edge_values or {}), edge_data
        self.node_data, self.graph = node_data, dict(graph or {})
        self._kept: dict[Any, Any] = {}

    # -- as networkx sees it -----------------------------------------------------------------------------------

    @property
    def _adj(self) -> dict[Hashable, int]:
        # networkx's own nbunch_iter asks only what is in it.
        return self.position

    nbunch_iter: Callable[..., Iterator[Any]] = nx.Graph.nbunch_iter

    def is_directed(self) -> bool:
        """Return whether edges have a direction."""
        return self.directed

    def is_multigraph(self) -> bool:
        """Return whether two nodes may have several edges."""
        return self._keys is not None

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.nodes)

    def __contains__(self, node: Any) -> bool:
        try:
            return node in self.position
        except TypeError:
            return False

    # -- pairs and ties ----------------------------------------------------------------------------------------

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.nodes)

    @cached_property
    def pairs(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The two ends of every pair, in the order and direction of ``G.edges``."""
        if self.directed:
            return self.rows, self.columns
        once = self.rows <= self.columns
        return self.rows[once], self.columns[once]

    @cached_property
    def copies(self) -> IntArray:
        """How many edges every pair has."""
        if self._keys is None:
            return np.ones(self.pairs[0].size, dtype=np.int64)
        return np.fromiter(map(len, self._keys), dtype=np.int64, count=len(self._keys))

    @cached_property
    def tied(self) -> IntArray:
        """Which pairs are ties."""
        return np.flatnonzero(self.pairs[0] != self.pairs[1])

    @property
    def loops(self) -> int:
        """Number of nodes with a loop."""
        return self.pairs[0].size - self.tied.size

    @cached_property
    def csr(self) -> CSR:
        """The simple graph of ties, each of strength 1: along the arrows where there are any."""
        return self._build(np.ones(self.tied.size))

    @cached_property
    def csr_in(self) -> CSR:
        """The same against the arrows."""
        return self._build(np.ones(self.tied.size), against=True) if self.directed else self.csr

    @cached_property
    def flat(self) -> CSR:
        """The simple graph with direction dropped; strength 1, or 2 where edges go both ways."""
        return self._flat(np.ones(self.pairs[0].size)) if self.directed else self.csr

    def _build(self, strength: FloatArray, *, against: bool = False) -> CSR:
        a, b = (end[self.tied] for end in self.pairs)
        return build_csr(self.n, b if against else a, a if against else b, strength, symmetric=not self.directed)

    def _flat(self, strength: FloatArray) -> CSR:
        a, b = (end[self.tied].astype(np.int64) for end in self.pairs)
        key, place = np.unique(np.minimum(a, b) * self.n + np.maximum(a, b), return_inverse=True)
        low, high = (end.astype(np.int32) for end in np.divmod(key, max(self.n, 1)))
        both = np.bincount(place.reshape(-1), weights=strength[self.tied], minlength=key.size)
        return build_csr(self.n, low, high, both.astype(np.float64, copy=False), symmetric=True)

    def edges(self) -> Iterator[tuple[Hashable, ...]]:
        """Yield what ``G.edges`` does: pairs of nodes, with the key as third in a multigraph."""
        ends = (map(self.nodes.__getitem__, end.tolist()) for end in self.pairs)
        if self._keys is None:
            yield from zip(*ends, strict=True)
            return
        for (u, v), keys in zip(zip(*ends, strict=True), self._keys, strict=True):
            for key in keys:
                yield u, v, key

    # -- what edges carry --------------------------------------------------------------------------------------

    def _once(self, what: Any, make: Callable[[], T]) -> T:
        if what not in self._kept:
            self._kept[what] = make()
        found: T = self._kept[what]
        return found

    def numbers(self, attribute: Any) -> NDArray[Any]:
        """Return one number an edge, 1 where it has none; `NotImplementedError` where one is no finite number."""
        return self._once(("numbers", attribute), lambda: self._numbers(attribute))

    def _raw(self, attribute: Any) -> list[Any]:
        if attribute in self.edge_values:
            return [1 if value is _ABSENT else value for value in self.edge_values[attribute]]
        if self.edge_data is not None:
            return [data.get(attribute, 1) for data in self.edge_data]
        raise NotImplementedError(f"the edge attribute {attribute!r} was not converted")

    def real(self, attribute: Any) -> bool:
        """Return whether sums of the attribute are floats; `NotImplementedError` where that depends on the path."""
        if self.numbers(attribute).dtype.kind != "f":
            return False
        if not all(isinstance(value, float) for value in self._raw(attribute)):
            raise NotImplementedError(f"some {attribute!r} are whole numbers and some are floats")
        return True

    def _numbers(self, attribute: Any) -> NDArray[Any]:
        raw = self._raw(attribute)
        if not raw:
            return np.ones(0, dtype=np.int64)
        try:
            found = np.array(raw)
        except (ValueError, OverflowError):
            found = np.array(None)
        if found.ndim != 1 or found.dtype.kind not in "iuf" or not np.isfinite(found).all():
            raise NotImplementedError(f"not every {attribute!r} is a finite number")
        return found

    def strengths(self, attribute: Any) -> FloatArray:
        """Return one number a pair, from 0: the sum over its edges."""
        if attribute is None:
            return self.copies.astype(np.float64)
        each = self.numbers(attribute)
        if each.size and each.min() < 0:
            raise NotImplementedError(f"an edge has a {attribute!r} below 0")
        return self._gather(np.add, each.astype(np.float64))

    def lengths(self, attribute: Any) -> tuple[IntArray | None, int]:
        """Return the length of every tie, that of its shortest edge, in how many units; (None, 1) without attribute.

        Whole numbers from 1, so that paths as long as each other are told exactly; else `NotImplementedError`.
        """
        if attribute is None:
            return None, 1
        return self._once(("lengths", attribute), lambda: self._lengths(attribute))

    def _lengths(self, attribute: Any) -> tuple[IntArray, int]:
        each = self._gather(np.minimum, self.numbers(attribute))[self.tied]
        if each.size and (each.min() < 1 or float(each.max()) * self.n > 2**53 or (each != np.floor(each)).any()):
            raise NotImplementedError(f"not every {attribute!r} is a whole number from 1")
        whole = each.astype(np.int64)
        unit = int(np.gcd.reduce(whole)) if whole.size else 1
        whole //= unit
        if whole.size and whole.max() > _LONGEST:
            raise NotImplementedError(f"the greatest {attribute!r} is too large for a length")
        return whole, unit

    def _gather(self, how: np.ufunc, each: NDArray[Any]) -> NDArray[Any]:
        if self._keys is None or not each.size:
            return each
        return np.asarray(how.reduceat(each, np.cumsum(self.copies) - self.copies))

    def shortest(self, attribute: Any) -> NDArray[np.bool_]:
        """Return for every edge whether no edge of its pair is shorter."""
        if attribute is None:
            return np.ones(int(self.copies.sum()), dtype=bool)
        each = self.numbers(attribute)
        return np.asarray(each == np.repeat(self._gather(np.minimum, each), self.copies))

    def matrix(self, attribute: Any) -> CSR:
        """Return the graph with loops and strengths, parallel edges added up."""

        def make() -> CSR:
            a, b = self.pairs
            w = self.strengths(attribute)
            number = np.arange(a.size, dtype=np.int32)
            if not self.directed:
                back = self.tied
                a, b, w = np.append(a, b[back]), np.append(b, a[back]), np.append(w, w[back])
                number = np.append(number, number[back])
            found = build_csr(self.n, a, b, w, symmetric=False)
            return CSR(found.n, found.indptr, found.indices, found.weights, number[found.tie])

        return self._once(("matrix", attribute), make)

    def mutual(self, attribute: Any) -> CSR:
        """Return the simple graph with direction dropped and strengths above 0 added up over both directions."""

        def make() -> CSR:
            w = self.strengths(attribute)
            if w.size and w.min() <= 0:
                raise NotImplementedError(f"an edge has a {attribute!r} of 0")
            return self._flat(w) if self.directed else self._build(w[self.tied])

        return self._once(("mutual", attribute), make)

    def flat_roots(self, attribute: Any) -> CSR:
        """Return the simple graph with direction dropped; cube roots of strengths, the greatest 1, added up both ways."""

        def make() -> CSR:
            w = self.strengths(attribute)
            greatest = w.max(initial=0.0)
            if w.size and greatest <= 0:
                raise NotImplementedError(f"no edge has a {attribute!r} above 0")
            root = np.cbrt(w / greatest) if w.size else w
            return self._flat(root) if self.directed else self._build(root[self.tied])

        return self._once(("roots", attribute), make)

    # -- results -----------------------------------------------------------------------------------------------

    def by_node(self, values: NDArray[Any]) -> dict[Hashable, Any]:
        """Return plain numbers by node."""
        return dict(zip(self.nodes, values.tolist(), strict=True))

    def members(self, places: NDArray[np.integer]) -> set[Hashable]:
        """Return the set of the nodes at `places`."""
        return set(map(self.nodes.__getitem__, places.tolist()))


def convert_from_nx(
    graph: Any,
    *,
    edge_attrs: Mapping[str, Any] | None = None,
    node_attrs: Mapping[str, Any] | None = None,
    preserve_edge_attrs: bool = False,
    preserve_node_attrs: bool = False,
    preserve_graph_attrs: bool = False,
    name: str | None = None,
    graph_name: str | None = None,
) -> Graph:
    """Take over a networkx graph, with the attributes asked for alone.

    Cost O(n + m): one pass over the neighbours, and one for every edge attribute.
    """
    if isinstance(graph, Graph):
        return graph
    # A class that says for itself who is whose neighbour is not what its dictionaries hold.
    if not isinstance(graph, nx.Graph) or type(graph).adjacency not in _PLAIN:
        raise NotImplementedError(f"{type(graph).__name__} is no plain networkx graph")
    nodes = list(graph)
    adjacency = graph._adj
    near = [adjacency[node] for node in nodes]
    if not all(type(each) is dict for each in near):
        near = [dict(each.items()) for each in near]
    sizes = np.fromiter(map(len, near), dtype=np.int64, count=len(near))
    arcs = int(sizes.sum())
    if max(arcs, len(nodes)) > _LONGEST:
        raise NotImplementedError("a graph of 2^31 nodes or arcs is too large")
    position = dict(zip(nodes, range(len(nodes)), strict=True))
    rows = np.repeat(np.arange(len(nodes), dtype=np.int32), sizes)
    columns = np.fromiter(map(position.__getitem__, chain.from_iterable(near)), dtype=np.int32, count=arcs)
    directed = graph.is_directed()
    keys = None
    values: dict[str, list[Any]] = {}
    data = None
    if graph.is_multigraph() or edge_attrs or preserve_edge_attrs:
        met: Iterable[Any] = chain.from_iterable(each.values() for each in near)
        kept = list(met if directed else compress(met, (rows <= columns).tolist()))
        if graph.is_multigraph():
            keys = [list(each) for each in kept]
            kept = [edge for each in kept for edge in each.values()]
        if preserve_edge_attrs:
            data = [dict(each) for each in kept]
        for attribute, default in (edge_attrs or {}).items():
            absent = _ABSENT if default is None else default
            values[attribute] = [each.get(attribute, absent) for each in kept]
    node_data = None
    if preserve_node_attrs:
        node_data = [dict(graph.nodes[node]) for node in nodes]
    elif node_attrs:
        node_data = [
            {a: had.get(a, default) for a, default in node_attrs.items() if default is not None or a in had}
            for had in (graph.nodes[node] for node in nodes)
        ]
    return Graph(
        nodes, rows, columns, directed=directed, keys=keys, edge_values=values, edge_data=data, node_data=node_data,
        graph=graph.graph if preserve_graph_attrs else None,
    )


def convert_to_nx(obj: Any, *, name: str | None = None) -> Any:
    """Give a graph back as networkx's own, with what was taken over; every other result is networkx's already."""
    if not isinstance(obj, Graph):
        return obj
    made = _CLASSES[obj.is_directed(), obj.is_multigraph()]()
    made.graph.update(obj.graph)
    made.add_nodes_from(obj.nodes if obj.node_data is None else zip(obj.nodes, obj.node_data, strict=True))
    count = int(obj.copies.sum())
    data: list[dict[Any, Any]] = [{} for _ in range(count)] if obj.edge_data is None else obj.edge_data
    for attribute, values in obj.edge_values.items():
        data = [
            each if value is _ABSENT else each | {attribute: value} for each, value in zip(data, values, strict=True)
        ]
    made.add_edges_from((*edge, each) for edge, each in zip(obj.edges(), data, strict=True))
    return made
