"""What if: a network before and after a change, over the bodies that are there in both, with the range of the difference."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.components import component_labels
from ..kernels.cuts import cuts
from ..kernels.paths import distance_blocks
from ..measures._input import as_undirected
from ..measures._results import Shown
from .perturbation import perturb

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["QUANTITIES", "ScenarioTest", "scenario_test"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

NAN = float("nan")
QUANTITIES = ("pairs_connected", "mean_distance", "nearness", "dependence")
# All distances of a drawn network are held at once up to this size.
MOST_DRAWN, MOST = 500, 5000
EQUAL = 1e-9


@dataclass(frozen=True, repr=False)
class ScenarioTest(Shown):
    """A network before and after a change.

    `table` is indexed by quantity: ``before, after, change``, the 5-95% interval ``low, high`` of the change over
    perturbed networks, and ``holds``, the share of them in which the change has the same sign. `common` is how many
    bodies are there in both; all quantities are over those.
    """

    table: pd.DataFrame
    common: int
    draws: int


def scenario_test(
    before: View | nx.Graph,
    after: View | nx.Graph,
    into: Mapping[Any, Any] | None = None,
    added: Iterable[tuple[Hashable, Hashable]] = (),
    *,
    confidence: Any = 0.9,
    draws: int = 200,
    seed: int = 0,
) -> ScenarioTest:
    """Return how a network changes where bodies step back, merge or come new, over those that stay (proposed).

    Parameters
    ----------
    before, after : View or networkx graph
        Direction and strength are dropped.
    into : mapping of node to node or None, optional
        What becomes of the nodes that do not stay as they are: the node they are part of afterwards, None: gone.
    added : iterable of pairs
        Ties of `after` that are new, by its nodes: no perturbed network loses them.
    confidence : float or array of float, default 0.9
        How likely each tie of `before` is real, as for `perturb`.
    draws : int, default 200
        Perturbed networks; 0 leaves the interval out.
    seed : int, default 0

    Returns
    -------
    ScenarioTest
        ``pairs_connected``: share of pairs in contact; ``mean_distance``: mean steps between those in contact both
        before and after; ``nearness``: mean of 1/steps, 0 without a path; ``dependence``: largest share of pairs in
        contact that a single body holds together. NaN with fewer than two bodies in both, distances also for more than
        5,000 nodes (their interval for more than 500).

    Raises
    ------
    MeasureError
        If a node of `before` is neither in `after` nor in `into`.

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.star_graph(4)
    >>> rest = nx.empty_graph([1, 2, 3, 4])
    >>> scenario_test(star, rest, {0: None}, draws=0).table.loc["pairs_connected", ["before", "after"]].tolist()
    [1.0, 0.0]

    Notes
    -----
    Bodies that are gone may carry paths before, bodies that are new afterwards, but only pairs of bodies there in both
    count, so that the two sides are of the same pairs. Each perturbed network is drawn as for rank intervals and then
    changed in the same way; nobody in it makes up for what is gone, as people would. A trade-off to discuss, not a
    forecast. netmap's own construct (proposed). Cost O(n m) a side, and a draw for up to 500 nodes; O(m) a draw beyond.

    References
    ----------
    Krackhardt 1994; Latora & Marchiori 2001; Borgatti 2006.
    """
    import pandas as pd

    one, two = as_undirected(before, None), as_undirected(after, None)
    place = {node: i for i, node in enumerate(two.ids)}
    changed = into or {}
    lost = [node for node in one.ids if changed.get(node, node) is not None and changed.get(node, node) not in place]
    if lost:
        raise MeasureError(f"{lost[0]!r} is not there afterwards: say in `into` what becomes of it, or None.")
    now = np.array([-1 if (to := changed.get(node, node)) is None else place[to] for node in one.ids], dtype=np.int64)
    stays = np.array([changed.get(node, node) == node for node in one.ids], dtype=bool)
    extra = np.array([[place[a], place[b]] for a, b in added], dtype=np.int64).reshape(-1, 2)
    common = np.flatnonzero(stays)
    seats = common, now[common]
    names = list(QUANTITIES)
    if common.size < 2:
        nothing = pd.DataFrame(NAN, index=pd.Index(names, name="quantity"), columns=["before", "after", "change", "low", "high", "holds"])
        return ScenarioTest(nothing, int(common.size), 0)
    values = _both(one, two, seats, one.n <= MOST and two.n <= MOST)
    changes = []
    far = one.n <= MOST_DRAWN and two.n <= MOST_DRAWN
    for draw in perturb(one, confidence=confidence, draws=draws, seed=seed) if draws and one.m else ():
        changes.append(np.subtract(*_both(draw.view, _moved(draw.view, two, now, extra), seats, far)[::-1]))
    change = values[1] - values[0]
    drawn = np.array(changes).reshape(-1, len(names))
    rows = [_row(values[0][k], values[1][k], change[k], drawn[:, k]) for k in range(len(names))]
    table = pd.DataFrame(rows, index=pd.Index(names, name="quantity"), columns=["before", "after", "change", "low", "high", "holds"])
    return ScenarioTest(table, int(common.size), len(changes))


def _row(before: float, after: float, change: float, drawn: FloatArray) -> tuple[float, ...]:
    known = drawn[~np.isnan(drawn)]
    if not known.size or np.isnan(change):
        return before, after, change, NAN, NAN, NAN
    sign = np.sign(known) * (np.abs(known) > EQUAL)
    own = np.sign(change) * (abs(change) > EQUAL)
    low, high = np.quantile(known, [0.05, 0.95])
    return before, after, change, float(low), float(high), float((sign == own).mean())


def _moved(drawn: View, after: View, now: IntArray, extra: IntArray) -> View:
    """The drawn network after the change."""
    a, b = now[drawn.source], now[drawn.target]
    keep = (a >= 0) & (b >= 0) & (a != b)
    return after.with_ties(np.append(a[keep], extra[:, 0]), np.append(b[keep], extra[:, 1]))


def _both(before: View, after: View, seats: tuple[IntArray, IntArray], far: bool) -> tuple[FloatArray, FloatArray]:
    """The quantities of both sides."""
    held = [_held(view, seat) for view, seat in zip((before, after), seats, strict=True)]
    if not far:
        return tuple(np.array([connected, NAN, NAN, rests]) for connected, rests in held)  # type: ignore[return-value]
    k = seats[0].size
    pairs = k * (k - 1)
    inverse, steps, shared = np.zeros(2), np.zeros(2), 0
    blocks = (distance_blocks(view.csr, None, seat) for view, seat in zip((before, after), seats, strict=True))
    for (_, one), (_, two) in zip(*(_narrow(b, s) for b, s in zip(blocks, seats, strict=True)), strict=True):
        both = np.isfinite(one) & np.isfinite(two) & (one > 0)
        shared += int(both.sum())
        for side, distance in enumerate((one, two)):
            steps[side] += distance[both].sum()
            apart = distance[distance > 0]
            inverse[side] += (1.0 / apart).sum()
    mean = steps / shared if shared else np.full(2, NAN)
    near = inverse / pairs
    return tuple(np.array([c, mean[s], near[s], r]) for s, (c, r) in enumerate(held))  # type: ignore[return-value]


def _narrow(blocks: Any, seat: IntArray) -> Any:
    """Distances from a fixed number of sources at a time to the bodies in both, whatever block they came in."""
    for sources, distance in blocks:
        for i in range(sources.size):
            yield sources[i], distance[i, seat]


def _held(view: View, seat: IntArray) -> tuple[float, float]:
    """Share of pairs in contact, and the largest share of those that one body holds together."""
    mass = np.zeros(view.n)
    mass[seat] = 1.0
    size = np.bincount(component_labels(view.csr), weights=mass)
    pairs = seat.size * (seat.size - 1) / 2
    connected = float((size * (size - 1) / 2).sum()) / pairs
    rests = cuts(view.csr, view.m, mass=mass).node_share
    return connected, float(rests.max(initial=0.0))
