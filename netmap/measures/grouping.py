"""Communities: groups of nodes with more ties inside than chance would give, and how good a grouping is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError, nearest
from ..kernels import groups as kernel
from ..kernels.communities import leiden
from ..kernels.csr import CSR
from ..view import View
from ._groups import GroupsLike, group_codes
from ._input import as_undirected, as_view

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["METHODS", "best_labels", "communities", "louvain", "modularity", "searches"]

IntArray = NDArray[np.int64]

METHODS = ("leiden", "louvain", "infomap")

# Fewer nodes or ties than this and a grouping says next to nothing.
SMALL_N = 10


def communities(
    view: View | nx.Graph,
    method: str = "leiden",
    resolution: float = 1.0,
    seed: int = 0,
    weight: str | None = None,
    *,
    starts: int = 50,
) -> pd.Series[int]:
    """Return the community of every node: groups, clusters or modules with more ties inside than by chance.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped (strengths summed over both directions), but for Infomap, which follows it.
    method : {"leiden", "louvain", "infomap"}, default "leiden"
        Infomap looks for groups in which a walk along the ties stays long; it needs the package infomap, whose licence
        is the GPL: ``pip install infomap``.
    resolution : float, default 1.0
        Above 1 more and smaller groups, below 1 fewer and larger ones. Infomap has none.
    seed : int, default 0
    weight : str or None, default None
        None counts ties; ``"weight"`` uses their strength.
    starts : int, default 50
        How many times the search begins anew; the grouping of the greatest modularity is kept.

    Returns
    -------
    Series of int, one a node
        0 is the largest community; equal sizes are numbered by their smallest id. -1 is a node without ties, which
        belongs to none ("unattached"). Every community is connected. ``.attrs`` holds ``modularity``, ``found_in``
        (in how many starts a grouping of that modularity came out), and ``note`` where a grouping says next to nothing
        (fewer than 10 nodes, or fewer than half as many ties as nodes) or other starts gave other groups.

    Raises
    ------
    MeasureError
        If the method is not known or not installed, the resolution is not positive or there is no start.

    Examples
    --------
    >>> import networkx as nx
    >>> communities(nx.barbell_graph(4, 0)).tolist()
    [0, 0, 0, 0, 1, 1, 1, 1]

    Notes
    -----
    Maximises Q = sum over groups of L_c/m - resolution (K_c/2m)^2, see `modularity`. Leiden makes up to three
    iterations in each start, up to ten where there are at most 5,000 ties; parts of a community join where they gain
    most, without randomness. Louvain is python-louvain. Nodes are taken in canonical order, so the
    order of rows changes nothing, and isolates are left out before the search, so that adding one changes nobody's
    group. A grouping of random ties has a high modularity too: see `significance` and `stability` before trusting one.
    Cost of Leiden about O(m log n) a start.

    References
    ----------
    Traag, Waltman & van Eck 2019; Blondel et al. 2008; Rosvall & Bergstrom 2008; Reichardt & Bornholdt 2006
    (resolution).
    """
    import pandas as pd

    if method not in METHODS:
        hint = nearest(str(method), METHODS) or METHODS
        raise MeasureError(f"There is no community method {method!r}. Did you mean {' or '.join(hint)}?")
    graph = as_undirected(view, weight)
    times = starts
    if method == "infomap":
        _check(resolution, starts)
        if resolution != 1.0:
            raise MeasureError("Infomap has no resolution: leave it at 1, or use leiden.")
        labels = infomap(as_view(view, weight), graph, seed=seed, starts=starts)
        quality = kernel.modularity(graph.source, graph.target, graph.strength, labels)
    else:
        labels, quality, times = best_labels(graph, method=method, resolution=resolution, seed=seed, starts=starts)
    series = pd.Series(labels[graph.order], index=graph.node_index, name="communities", dtype="int64")
    series.attrs["modularity"], series.attrs["found_in"] = quality, times
    if graph.n < SMALL_N or graph.m < graph.n / 2:
        series.attrs["note"] = "too few nodes or ties for a grouping to say much"
    elif times < starts / 2:
        series.attrs["note"] = f"only {times} of {starts} starts gave groups as good: see stability"
    return series


def _check(resolution: float, starts: int) -> None:
    if not (np.isfinite(resolution) and resolution > 0):
        raise MeasureError(f"resolution must be a positive number, not {resolution!r}.")
    if starts < 1:
        raise MeasureError(f"starts must be at least 1, not {starts!r}.")


def best_labels(
    view: View, *, method: str = "leiden", resolution: float = 1.0, seed: int = 0, starts: int = 10
) -> tuple[IntArray, float, int]:
    """Return the best grouping of several starts in canonical order, its modularity and how many starts reached it."""
    found = searches(view, range(seed, seed + starts), method=method, resolution=resolution)
    if view.m == 0:
        return found[0], float("nan"), starts
    times = Counter(row.tobytes() for row in found)
    different = {key: np.frombuffer(key, dtype=np.int64) for key in times}
    quality = {
        key: kernel.modularity(view.source, view.target, view.strength, labels, resolution=resolution)
        for key, labels in different.items()
    }
    top = max(quality.values())
    # Groupings equally good differ by chance alone: the first in the order of labels is taken, whatever the seeds.
    equal = [key for key, q in quality.items() if q >= top - 1e-12]
    best = min((different[key] for key in equal), key=lambda labels: labels.tolist())
    return best.copy(), top, sum(times[key] for key in equal)


def searches(
    view: View, seeds: Sequence[int], *, method: str = "leiden", resolution: float = 1.0
) -> IntArray:
    """Search an undirected view once for each seed: a row of labels in canonical order each, -1 for isolates.

    Communities are connected and numbered from the largest, equal sizes by their first node.
    """
    _check(resolution, len(seeds))
    csr = view.csr
    busy = np.flatnonzero(np.diff(csr.indptr) > 0)
    out = np.full((len(seeds), view.n), -1, dtype=np.int64)
    if busy.size == 0:
        return out
    if method == "louvain":
        for row, seed in zip(out, seeds, strict=True):
            row[:] = louvain(view, resolution=resolution, seed=seed)
        return out
    # Isolates own no arcs, so dropping their rows leaves the arrays of arcs as they are but for the numbering.
    number = np.full(view.n, -1, dtype=np.int32)
    number[busy] = np.arange(busy.size, dtype=np.int32)
    indptr = np.concatenate([[0], csr.indptr[busy + 1]])
    # Brought near 1 by a power of two, which changes no digit, so that no sum is out of range.
    weights = np.maximum(np.ldexp(csr.weights, -np.frexp(csr.weights.max())[1]), np.finfo(np.float64).tiny)
    graph = CSR(int(busy.size), indptr, number[csr.indices], weights, csr.tie)
    iterations = 10 if view.m <= 5000 else 3
    out[:, busy] = leiden(graph, seeds, resolution=float(resolution), iterations=iterations)
    return out


def louvain(view: View, *, resolution: float = 1.0, seed: int = 0) -> IntArray:
    """Run python-louvain once on an undirected view; labels as of `searches`."""
    import community as python_louvain

    out = np.full(view.n, -1, dtype=np.int64)
    busy = np.flatnonzero(np.diff(view.csr.indptr) > 0)
    if busy.size == 0:
        return out
    canonical = View(range(view.n), view.source, view.target, view.strength).subset(np.diff(view.csr.indptr) > 0)
    # python-louvain's resolution is a time: its groups grow with it.
    found: dict[Any, int] = python_louvain.best_partition(
        canonical.to_networkx(), resolution=1.0 / resolution, random_state=seed
    )
    for node, label in found.items():
        out[node] = label
    return kernel.connected_parts(view.n, view.source, view.target, out)


def infomap(view: View, flat: View, *, seed: int = 0, starts: int = 10) -> IntArray:
    """Run Infomap on a view, directed or not, and split its groups into parts connected in `flat`."""
    try:
        from infomap import Infomap
    except ImportError as error:
        raise MeasureError(
            "Infomap is not installed. It is an extra because of its licence (GPL): pip install infomap"
        ) from error
    out = np.full(view.n, -1, dtype=np.int64)
    if view.m == 0:
        return out
    walk = Infomap(
        silent=True, two_level=True, seed=int(seed) + 1, num_trials=int(starts),
        flow_model="directed" if view.directed else "undirected",
    )  # fmt: skip
    for a, b, w in zip(view.source.tolist(), view.target.tolist(), view.strength.tolist(), strict=True):
        walk.add_link(a, b, w)
    walk.run()
    for node, group in walk.get_modules().items():
        out[node] = group
    return kernel.connected_parts(view.n, flat.source, flat.target, out)


def modularity(
    view: View | nx.Graph, groups: GroupsLike, resolution: float = 1.0, weight: str | None = None
) -> float:
    """Return Newman's modularity Q: the share of ties inside groups beyond what the degrees alone would give.

    Parameters
    ----------
    view : View or networkx graph
        A directed one uses in- and out-degrees (Leicht and Newman).
    groups : Series, mapping or sequence
        Group of every node. A node in no group counts as a group of its own.
    resolution : float, default 1.0
        Weight of the expected share.
    weight : str or None, default None
        None counts ties; ``"weight"`` uses their strength.

    Returns
    -------
    float
        About -0.5 to 1; 0 for one group of everybody at resolution 1. NaN without ties.

    Examples
    --------
    >>> import networkx as nx
    >>> round(modularity(nx.barbell_graph(3, 0), [0, 0, 0, 1, 1, 1]), 4)
    0.3571

    Notes
    -----
    Q = sum over groups of L_c/m - resolution (K_c/2m)^2; directed L_c/m - resolution K_c^out K_c^in / m^2. A high Q
    proves nothing by itself (random graphs have one too), and groups smaller than about sqrt(2m) ties cannot be told
    apart by it. Cost O(n + m).

    References
    ----------
    Newman & Girvan 2004; Reichardt & Bornholdt 2006; Leicht & Newman 2008; Fortunato & Barthelemy 2007.
    """
    graph = as_view(view, weight)
    codes = group_codes(graph, groups).codes
    return kernel.modularity(
        graph.source, graph.target, graph.strength, codes, resolution=resolution, directed=graph.directed
    )
