"""Leadership and authority: whether those whom others name are those who hold office, against chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.dealing import dealt_sums, streams
from ..kernels.shuffles import permutations, two_sided
from ..measures._input import as_view
from ..measures._results import Shown
from ..measures.distribution import effective_number, gini
from .compared import check_draws

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["Leadership", "leadership_vs_authority"]

FloatArray = NDArray[np.float64]

NAN = float("nan")
FORMAL = 3.0
_AT_ONCE = 2_000_000
_WORK = 3e9
# Up to so many nominations of one member are picked one after another.
_FEW = 32


@dataclass(frozen=True, repr=False)
class Leadership(Shown):
    """Whom others name, beside who holds office.

    Attributes
    ----------
    holders : float
        How many equally named ones would be as spread (effective number); `holders_expected` and its 95% interval
        are for as many nominations dealt out at random, `holders_p` its p. `gini` is how uneven they are.
    tau, tau_p : float
        Kendall's tau-b of nominations with authority, and its permutation p.
    top : int
        How many the most named tenth are.
    without : float
        Share of them without formal authority; `without_expected` if authority were dealt out at random, with
        `without_p`.
    outside : float
        Share of nominations that go outside the public sector; `outside_expected` is the share of all members there.
    members, nominations : int
    why : str
        Why authority is not compared, if so.
    """

    holders: float
    holders_expected: float
    holders_interval: tuple[float, float]
    holders_p: float
    gini: float
    tau: float
    tau_p: float
    top: int
    without: float
    without_expected: float
    without_p: float
    outside: float
    outside_expected: float
    members: int
    nominations: int
    why: str


def leadership_vs_authority(
    view: View | nx.Graph,
    authority: Mapping[Any, float] | pd.Series[Any] | None = None,
    sector: Mapping[Any, str] | pd.Series[Any] | None = None,
    *,
    formal: float = FORMAL,
    draws: int = 4999,
    seed: int = 0,
) -> Leadership:
    """Return where leadership comes from: how spread nominations are, and whether they follow authority.

    Parameters
    ----------
    view : View or networkx graph
        Nominations, from who names to who is named (directed). Members nobody names are members too.
    authority : Series or mapping, optional
        Authority of each member, such as 0 (none) to 5 (decides by statute). Unknown ones are left out of what
        compares with it.
    sector : Series or mapping, optional
        Sector of each member.
    formal : float, default 3
        From which authority a post counts as one that may decide.
    draws : int, default 4999
    seed : int, default 0

    Returns
    -------
    Leadership
        NaN without nominations; the parts on authority with fewer than five members of known authority, or where it
        is the same for all.

    Raises
    ------
    MeasureError
        If the view has no direction, or there are fewer than 19 draws.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([(i, 0) for i in range(1, 6)] + [(i, 1) for i in range(2, 5)])
    >>> found = leadership_vs_authority(graph, {0: 1, 1: 0, 2: 5, 3: 4, 4: 0, 5: 2})
    >>> round(found.holders, 2), found.top, found.without
    (1.94, 1, 1.0)

    Notes
    -----
    Holders: exp(-sum p ln p), p the shares of nominations; Kendall's tau-b; p = (1 + b)/(1 + R). Nominations at random:
    everybody names as many others as they did, whoever they are (nobody names themselves); their spread is not even
    either. The most named tenth are a tenth of those named at all, one at least; where equals straddle its edge each
    counts in part. tau-b against authority dealt out anew. Not a measure of how well anybody leads. Cost O(R (m +
    n + a b)) with a different numbers of nominations and b of authority.

    References
    ----------
    Mehra et al. 2006; Kendall 1945; Hill 1973.
    """
    check_draws(draws)
    graph = as_view(view)
    if not graph.directed and graph.m:
        raise MeasureError("Nominations go from who names to who is named: give a directed view.")
    n = graph.n
    named = np.bincount(graph.target, minlength=n).astype(float)
    if graph.m == 0:
        return Leadership(NAN, NAN, (NAN, NAN), NAN, NAN, NAN, NAN, 0, NAN, NAN, NAN, NAN, NAN, n, 0, "nobody is named")
    holders = effective_number(named)
    null = _random_holders(graph, draws, np.random.default_rng([seed, 63]))
    low, high = np.quantile(null, [0.025, 0.975])
    office = np.array([_number(authority, i) for i in graph.ids]) if authority is not None else np.full(n, NAN)
    known = ~np.isnan(office)
    tau = tau_p = without = expected = without_p = NAN
    top, why = 0, ""
    if known.sum() < 5 or np.ptp(office[known]) == 0:
        why = "authority is known of fewer than five members, or the same for all"
    else:
        rng = np.random.default_rng([seed, 64])
        tau, tau_p = _tau(named[known], office[known], draws, rng)
        top, without, expected, without_p = _without(named[known], office[known] < formal, draws, rng)
    outside, outside_expected = _outside(graph, named, sector)
    return Leadership(
        holders, float(null.mean()), (float(low), float(high)), float(two_sided(holders, null)), gini(named), tau, tau_p,
        top, without, expected, without_p, outside, outside_expected, n, graph.m, why,
    )  # fmt: skip


def _number(values: Any, node: Any) -> float:
    found = values.get(node)
    return NAN if found is None or type(found).__name__ == "NAType" or found != found else float(found)


def _random_holders(graph: View, draws: int, rng: np.random.Generator) -> FloatArray:
    """Effective numbers when everybody names as many others at random as they did."""
    n = graph.n
    step = max(1, _AT_ONCE // (n + graph.m))
    null = []
    for first in range(0, draws, step):
        share = _named_at_random(graph, min(step, draws - first), rng) / graph.m
        null.append(np.exp(-(share * np.log(np.where(share > 0, share, 1.0))).sum(axis=1)))
    return np.concatenate(null)


def _named_at_random(graph: View, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return how often each is named, one row a draw, when everybody names as many others at random as they did."""
    n = graph.n
    out = np.bincount(graph.source, minlength=n)
    got = np.zeros((count, n), dtype=np.int64)
    row = np.arange(count)[:, None]

    def add(picked: NDArray[np.int64], by: NDArray[np.int64] | np.int64) -> None:
        cell = row * n + picked + (picked >= by)
        got.reshape(-1)[:] += np.bincount(cell.reshape(-1), minlength=count * n)

    for one in np.flatnonzero(out > _FEW):
        add(np.concatenate(list(permutations(n - 1, count, rng)))[:, : out[one]], one)
    # Floyd's way of picking: one of the first so many, or the last of them where it is taken. Who names most comes first.
    few = np.flatnonzero((out > 0) & (out <= _FEW))
    few = few[np.argsort(-out[few], kind="stable")]
    before: list[NDArray[np.int64]] = []
    for turn in range(int(out[few].max(initial=0))):
        by = few[out[few] > turn]
        last = n - 1 - out[by] + turn
        picked = (rng.random((count, by.size)) * (last + 1)).astype(np.int64)
        taken = np.zeros(picked.shape, dtype=bool)
        for other in before:
            taken |= other[:, : by.size] == picked
        before.append(np.where(taken, last, picked))
        add(before[-1], by)
    return got


def _tau(named: FloatArray, office: FloatArray, draws: int, rng: np.random.Generator) -> tuple[float, float]:
    n = named.size
    first, second = (np.unique(side, return_inverse=True)[1].astype(np.int64) for side in (named, office))
    rows, columns = int(first.max()) + 1, int(second.max()) + 1
    pairs = [float(n * n - (np.bincount(side) ** 2).sum()) for side in (first, second)]
    scale = float(np.sqrt(pairs[0] * pairs[1]))
    if scale == 0:
        return NAN, NAN

    def tau(dealt: NDArray[np.int64]) -> FloatArray:
        """Of each row of authorities: pairs in the same order less pairs in opposite order, from the table of both."""
        cell = np.arange(len(dealt))[:, None] * (rows * columns) + first * columns + dealt
        table = np.bincount(cell.reshape(-1), minlength=len(dealt) * rows * columns).reshape(-1, rows, columns)
        before = np.cumsum(table, axis=1) - table
        below = np.cumsum(before, axis=2) - before
        above = before.sum(axis=2, keepdims=True) - np.cumsum(before, axis=2)
        return np.asarray(2.0 * (table * (below - above)).sum(axis=(1, 2)) / scale)

    made = min(draws, max(999, int(_WORK / (n + rows * columns))))
    step = max(1, _AT_ONCE // (n + rows * columns))
    null = [tau(second[block[i : i + step]]) for block in permutations(n, made, rng) for i in range(0, len(block), step)]
    value = float(tau(second[None])[0])
    return value, float(two_sided(value, np.concatenate(null)))


def _without(
    named: FloatArray, lacks: NDArray[np.bool_], draws: int, rng: np.random.Generator
) -> tuple[int, float, float, float]:
    some = int((named > 0).sum())
    if some == 0:
        return 0, NAN, NAN, NAN
    top = max(1, int(np.ceil(some / 10)))
    edge = np.sort(named)[::-1][top - 1]
    above, at = named > edge, named == edge
    weight = np.where(above, 1.0, np.where(at, (top - above.sum()) / at.sum(), 0.0)) / top
    value = float(weight @ lacks)
    null = dealt_sums(lacks.astype(np.float64), weight, streams(rng, draws)[1:])
    return top, value, float(lacks.mean()), float(two_sided(value, null, float(lacks.mean())))


def _outside(graph: View, named: FloatArray, sector: Any) -> tuple[float, float]:
    if sector is None:
        return NAN, NAN
    words = [sector.get(i) for i in graph.ids]
    known = np.array([isinstance(w, str) and w not in ("", "unknown") for w in words])
    public = np.array([w == "public" for w in words])
    if not named[known].sum():
        return NAN, NAN
    return float(named[known & ~public].sum() / named[known].sum()), float((known & ~public).sum() / known.sum())
