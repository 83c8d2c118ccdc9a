"""Every measure of linear cost at once: one table of the nodes of a view, and the numbers of the whole network."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from .errors import MeasureError, OutputError
from .exporters.tables import neutral_all
from .kernels import groups as grouping_kernel
from .kernels import paths as path_kernel
from .kernels import pivots, spectral
from .kernels.brokerage import ROLES, brokerage, role_counts, undirected_roles
from .kernels.components import component_labels
from .kernels.cores import core_numbers
from .kernels.cuts import cuts
from .kernels.table import table_rows
from .kernels.triangles import triangle_sums
from .measures._groups import GroupsLike, group_codes
from .measures._input import as_undirected, as_view
from .measures.centralities import ends, path_share
from .measures.closure import barrat_share, local_share
from .measures.grouping import best_labels
from .measures.homophily import pearson
from .measures.spectral import principal

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from .view import View

__all__ = ["NodeTable", "node_table"]

Column = NDArray[np.int64] | NDArray[np.float64]

_BLOCK = 4096


@dataclass(frozen=True, eq=False)
class NodeTable:
    """What `node_table` found.

    Attributes
    ----------
    view : View
    columns : dict of str to ndarray, shape (n,)
        One array a measure, nodes in the order of ``view.ids``. Whole numbers are int64, all else float64 with NaN where
        a measure is not defined.
    ties : dict of str to ndarray, shape (m,)
        ``bridge``, 1 where the tie is the only path between its ends, and ``pairs``, how many pairs of nodes lose contact
        without it; ties in the order of the view without direction.
    numbers : dict of str to float
        What is one number for the whole network, NaN where it is not defined.
    """

    view: View
    columns: dict[str, Column]
    ties: dict[str, Column]
    numbers: dict[str, float]

    def __repr__(self) -> str:
        return f"NodeTable: {self.view.n:,} nodes, {len(self.columns)} measures"

    def to_csv(self, file: str | os.PathLike[str] | BinaryIO) -> None:
        """Write one row a node, sorted by id: id, name where it is another, measures to twelve digits, empty for NaN."""
        names, heads = _cells(self.view.ids), ["id"]
        if tuple(map(str, self.view.ids)) != self.view.names:
            names = [f"{a},{b}" for a, b in zip(names, _cells(self.view.names), strict=True)]
            heads.append("name")
        _write(file, [*heads, *self.columns], names, list(self.columns.values()))

    def ties_to_csv(self, file: str | os.PathLike[str] | BinaryIO) -> None:
        """Write one row a tie, sorted by its ends: source, target, strength, bridge, pairs."""
        flat, cells = self.view.undirected, _cells(self.view.ids)
        names = [f"{cells[a]},{cells[b]}" for a, b in zip(flat.source.tolist(), flat.target.tolist(), strict=True)]
        columns = {"strength": flat.strength, **self.ties}
        _write(file, ["source", "target", *columns], names, list(columns.values()))

    def to_frame(self) -> pd.DataFrame:
        """Return the table as pandas, nodes in the order the view was given them."""
        import pandas as pd

        order = self.view.order
        return pd.DataFrame({name: column[order] for name, column in self.columns.items()}, index=self.view.node_index)


def node_table(
    view: View | nx.Graph,
    weight: str | None = "weight",
    groups: GroupsLike | None = None,
    *,
    paths: int | str | None = None,
    resolution: float = 1.0,
    seed: int = 0,
    starts: int = 1,
) -> NodeTable:
    """Return all measures whose cost grows with the number of ties, for every node, in one go.

    The values are those of the measures of the same names. With compiled kernels nothing but numpy is loaded for them.

    Parameters
    ----------
    view : View or networkx graph
    weight : str or None, default "weight"
        Ties count by their strength in PageRank, eigenvector centrality, constraint, effective size, participation,
        within-module z, communities and modularity; with None each counts 1 there.
    groups : Series, mapping or sequence, optional
        Group of every node for brokerage, participation and within-module z; the communities where not given.
    paths : int or "exact", optional
        Add betweenness and harmonic centrality: ``"exact"``, or estimated from that many nodes drawn at random, with their
        standard errors (columns ending in ``_se``). Each tie is one step.
    resolution : float, default 1.0
        Of the communities.
    seed : int, default 0
    starts : int, default 1
        How many times the search for communities begins anew; the best is kept.

    Returns
    -------
    NodeTable
        Columns ``degree, strength, pagerank, eigenvector, core_number, clustering, clustering_barrat, clustering_onnela,
        constraint, effective_size, coordinator, consultant, representative, gatekeeper, liaison`` (undirected:
        representative and gatekeeper together under gatekeeper), ``cutpoint`` (1 or 0), ``component`` and ``community``
        (numbered from 0, largest first; -1 without ties), ``participation, within_module_z``; numbers ``nodes, ties, loops,
        parallel, components, cutpoints, bridges, communities, transitivity, assortativity`` (of degree) and ``modularity``.

    Raises
    ------
    MeasureError
        If `paths` is neither ``"exact"`` nor a positive number.

    Examples
    --------
    >>> import networkx as nx
    >>> found = node_table(nx.barbell_graph(3, 1), paths="exact")
    >>> found.columns["cutpoint"].tolist(), found.columns["core_number"].tolist()
    ([0, 0, 1, 1, 1, 0, 0], [2, 2, 2, 2, 2, 2, 2])
    >>> found.numbers["bridges"], round(found.numbers["modularity"], 4)
    (2.0, 0.3672)

    Notes
    -----
    Cost O(m^1.5) for what rests on triangles, O(m) a step or a level for the rest; with `paths` O(n m), or O(k m) from k
    nodes. The standard error of a sample is a bound of chance alone: about 95 in 100 true values lie within two of it.

    References
    ----------
    Each measure's own page.
    """
    if paths is not None and paths != "exact" and not (isinstance(paths, int) and paths > 0):
        raise MeasureError(f'paths is "exact" or a number of pivots from 1, not {paths!r}.')
    graph = as_view(view, "weight")
    flat, chosen, flat_chosen = graph.undirected, as_view(graph, weight), as_undirected(graph, weight)
    community, quality, _ = best_labels(flat_chosen, resolution=resolution, seed=seed, starts=starts)
    codes = community if groups is None else group_codes(graph, groups).codes
    # Nodes in no group form one of their own.
    labels = np.where(codes < 0, codes.max(initial=-1) + 1, codes)
    if not graph.directed:
        # With the groups at hand one pass over the triangles is enough; the view keeps what it found.
        flat.__dict__["triangles"] = triangle_sums(flat.csr, labels)
    degree = ends(graph, "all")
    columns: dict[str, Column] = {
        "degree": degree.astype(np.int64),
        "strength": ends(graph, "all", graph.strength),
        "pagerank": spectral.pagerank(chosen.csr),
        "eigenvector": principal(chosen)[0],
        "core_number": core_numbers(flat.csr),
        "clustering": local_share(flat, flat.triangles.closed),
        "clustering_barrat": barrat_share(flat),
        "clustering_onnela": local_share(flat, flat.triangles.onnela),
        "constraint": chosen.undirected.triangles.constraint,
        "effective_size": chosen.undirected.triangles.effective_size,
    }
    columns |= _brokered(graph, labels)
    parts = cuts(flat.csr, flat.m)
    component = component_labels(flat.csr)
    weights = flat_chosen.csr.weights
    columns |= {
        "cutpoint": parts.cutpoint.astype(np.int64),
        "component": component,
        "community": community,
        "participation": grouping_kernel.participation(flat_chosen.csr, codes, weights),
        "within_module_z": grouping_kernel.within_z(flat_chosen.csr, codes, weights)[0],
    }
    if paths is not None:
        columns |= _central(graph, paths, seed)
    near = np.diff(flat.csr.indptr)
    triples = int((near * (near - 1)).sum())
    numbers = {
        "nodes": graph.n,
        "ties": graph.m,
        "loops": graph.loops,
        "parallel": graph.parallel,
        "components": component.max(initial=-1) + 1,
        "cutpoints": parts.cutpoint.sum(),
        "bridges": parts.bridge.sum(),
        "communities": community.max(initial=-1) + 1,
        "transitivity": 2 * flat.triangles.closed.sum() / triples if triples else np.nan,
        "assortativity": pearson(graph, degree.astype(np.float64)),
        "modularity": quality,
    }
    ties: dict[str, Column] = {"bridge": parts.bridge.astype(np.int64), "pairs": parts.tie_pairs}
    return NodeTable(graph, columns, ties, {name: float(value) for name, value in numbers.items()})


def _brokered(graph: View, labels: NDArray[np.int64]) -> dict[str, Column]:
    """Return the brokerage roles."""
    if graph.directed:
        roles = brokerage(graph.csr, graph.csr_in, labels).roles
    else:
        roles = undirected_roles(graph.csr, labels, graph.triangles.roles)
    counts = role_counts(roles, directed=graph.directed)
    return {
        role: np.ascontiguousarray(counts[:, i])
        for i, role in enumerate(ROLES)
        if graph.directed or role != "representative"
    }


def _central(graph: View, paths: int | str, seed: int) -> dict[str, Column]:
    """Return betweenness and harmonic centrality, exact or from pivots with standard errors."""
    if not isinstance(paths, int):
        raw = path_kernel.betweenness(graph.csr)
        return {"betweenness": path_share(graph, raw), "harmonic": path_kernel.harmonic(graph.csr)}
    between, error = pivots.pivot_betweenness(graph.csr, paths, np.random.default_rng(seed))
    harmonic, spread = pivots.pivot_harmonic(graph.csr, paths, np.random.default_rng(seed))
    return {
        "betweenness": path_share(graph, between),
        "betweenness_se": path_share(graph, error),
        "harmonic": harmonic,
        "harmonic_se": spread,
    }


# -- text ------------------------------------------------------------------------------------------------------


def _cells(values: Sequence[Any]) -> Sequence[str]:
    """Return names as cells of a CSV file that no spreadsheet takes for formulas."""
    words = neutral_all(list(map(str, values)))
    whole = "".join(words)
    if not any(mark in whole for mark in ',"\r\n'):
        return words
    return ['"' + word.replace('"', '""') + '"' if any(mark in word for mark in ',"\r\n') else word for word in words]


def _write(
    file: str | os.PathLike[str] | BinaryIO, heads: Sequence[str], names: Sequence[str], columns: Sequence[Column]
) -> None:
    if isinstance(file, (str, os.PathLike)):
        try:
            with open(file, "wb") as opened:
                _write(opened, heads, names, columns)
        except OSError as error:
            raise OutputError(f"{os.fspath(file)} could not be written: {error.strerror or error}.") from error
        return
    file.write((",".join(heads) + "\n").encode())
    for first in range(0, len(names), _BLOCK):
        file.write(table_rows(names, columns, first, min(first + _BLOCK, len(names))))
