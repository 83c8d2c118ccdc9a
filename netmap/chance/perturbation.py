"""Networks as they might be if recorded ties were false and others unrecorded; ranks and certainty words from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MeasureError
from ..kernels.csr import CSR, perturbed_csr

if TYPE_CHECKING:
    from ..view import View

__all__ = ["Draw", "certainty_word", "perturb", "rank_intervals"]

FloatArray = NDArray[np.float64]

SOLID, LIKELY, FRAGILE = 0.9, 0.7, 0.4

# Up to this many pairs of nodes are listed one by one; beyond, untied pairs are found by trial.
_LISTED = 2_000_000
# After this many rounds of trial a network has next to no room left for another tie.
_ROUNDS = 60


@dataclass(frozen=True, eq=False)
class Draw:
    """One perturbed network.

    Attributes
    ----------
    base : View
        The network as recorded.
    kept : ndarray of bool, shape (m,)
        Which of its ties are kept.
    added : ndarray of int32, shape (k, 2)
        Positions of the ends of the ties added.
    added_strength : ndarray of float64, shape (k,)
    csr : CSR
        The perturbed network as compressed rows, built anew each time it is asked for.
    view : View
        The same as a view on the same nodes.
    """

    base: View
    kept: NDArray[np.bool_]
    added: NDArray[np.int32]
    added_strength: FloatArray = field(repr=False)

    @property
    def csr(self) -> CSR:
        """The perturbed network as compressed rows."""
        base, added = self.base, self.added
        others = added[:, 0], added[:, 1], self.added_strength
        ties = base.source, base.target, base.strength
        return perturbed_csr(base.n, ties, self.kept, others, symmetric=not base.directed)

    @property
    def view(self) -> View:
        """The perturbed network, on the same nodes in the same order."""
        base, kept = self.base, self.kept
        return base.with_ties(
            np.concatenate([base.source[kept], self.added[:, 0]]),
            np.concatenate([base.target[kept], self.added[:, 1]]),
            np.concatenate([base.strength[kept], self.added_strength]),
        )


def perturb(
    view: View,
    *,
    confidence: ArrayLike | float = 0.9,
    draws: int = 200,
    seed: int = 0,
    observed_nodes: ArrayLike | None = None,
    unknown_pairs: ArrayLike | None = None,
) -> Iterator[Draw]:
    """Yield networks as they might be: recorded ties lost with the doubt about them, unrecorded ties added.

    Each recorded tie is kept with its confidence. Ties are added where they may have gone unrecorded:

    * where it is known who answered (`observed_nodes`, or the pairs themselves in `unknown_pairs`), every pair that
      nobody could have reported gets a tie at the rate found among the pairs that could be reported;
    * where it is not known, as many ties as are lost on average are added between untied pairs.

    Added ties are placed with degree-weighted chance and take the strength of a recorded tie drawn at random.

    Parameters
    ----------
    view : View
    confidence : float or array_like of float, shape (m,), default 0.9
        Probability that a recorded tie is real, for all ties or for each (in the order of `view.source`).
    draws : int, default 200
    seed : int, default 0
        Draw number i depends on the seed and i alone, so more draws only add to the earlier ones.
    observed_nodes : array_like of bool, shape (n,), optional
        Who answered, in the order of `view.ids`. A pair is unknown if neither end answered (for a directed view, if
        the node the tie starts at did not).
    unknown_pairs : array_like of int, shape (k, 2), optional
        The pairs nobody could have reported, as positions, in place of `observed_nodes`.

    Yields
    ------
    Draw

    Raises
    ------
    MeasureError
        If a confidence lies outside 0..1 or an argument has the wrong length.

    Examples
    --------
    >>> from netmap.view import View
    >>> ring = View(range(6), range(6), [1, 2, 3, 4, 5, 0])
    >>> first = next(perturb(ring, confidence=0.5, seed=1))
    >>> int(first.kept.sum()) + len(first.added) == first.view.m
    True

    Notes
    -----
    The number of ties added is a draw of its own (Poisson around the mean number lost, at most the untied pairs), not
    the number lost in that draw: whether one tie was misreported says nothing about how many others were forgotten, so
    the number of ties varies as it would. Pairs are drawn one after another without replacement with chance
    proportional to the product of the two degrees, the stub-matching chance of a tie between two nodes; a node without
    ties counts as having one, or nothing could ever be unrecorded about it. The degrees are those recorded.
    Cost O(m log m) a draw, plus O(n^2) once in networks of up to about 2,000 nodes.

    References
    ----------
    Borgatti, Carley & Krackhardt 2006, On the robustness of centrality measures under conditions of imperfect data.
    Newman 2010, Networks (the configuration model). The combination is netmap's own (proposed).
    """
    keep = np.asarray(confidence, dtype=np.float64)
    keep = np.full(view.m, float(keep)) if keep.ndim == 0 else keep.reshape(-1)
    if keep.size != view.m:
        raise MeasureError(f"confidence has {keep.size} values for {view.m} ties.")
    if keep.size and not (keep.min() >= 0 and keep.max() <= 1):
        raise MeasureError("A confidence must lie between 0 and 1.")
    if draws < 0:
        raise MeasureError("draws must not be negative.")
    if observed_nodes is not None and unknown_pairs is not None:
        raise MeasureError("Give observed_nodes or unknown_pairs, not both.")
    room = _room(view, observed_nodes, unknown_pairs)
    mean = float((1.0 - keep).sum()) if room.rate is None else None
    return _draws(view, keep, room, mean, draws, seed)


def _draws(view: View, keep: FloatArray, room: _Room, mean: float | None, draws: int, seed: int) -> Iterator[Draw]:
    for i in range(draws):
        rng = np.random.default_rng([seed, i])
        kept = rng.random(view.m) < keep
        if mean is not None:
            wanted = min(int(rng.poisson(mean)), room.size)
        else:
            wanted = int(rng.binomial(room.size, room.rate or 0.0))
        added = room.sample(wanted, rng)
        strength = rng.choice(view.strength, size=len(added)) if view.m else np.ones(len(added))
        yield Draw(view, kept, added, strength)


class _Room:
    """The untied pairs among which ties may have gone unrecorded, and how to draw from them."""

    def __init__(
        self,
        view: View,
        size: int,
        rate: float | None,
        weight_out: FloatArray,
        weight_in: FloatArray,
        pairs: NDArray[np.int64] | None,
    ):
        self.view, self.size, self.rate = view, size, rate
        self.pairs = pairs
        if pairs is not None:
            weight = weight_out[pairs[:, 0]] * weight_in[pairs[:, 1]]
            if not view.directed:
                weight = weight + weight_out[pairs[:, 1]] * weight_in[pairs[:, 0]]
            self.cumulative = np.cumsum(weight)
            self.size = int((weight > 0).sum())
        else:
            self.out, self.into = np.cumsum(weight_out), np.cumsum(weight_in)
            self.tied = np.sort(view.source.astype(np.int64) * view.n + view.target)

    def sample(self, wanted: int, rng: np.random.Generator) -> NDArray[np.int32]:
        """Return `wanted` different pairs, drawn one after another by weight."""
        found = np.zeros(0, dtype=np.int64)
        n = self.view.n
        for _ in range(_ROUNDS):
            lacking = wanted - found.size
            if lacking <= 0:
                break
            tries = int(lacking * 1.3) + 8
            if self.pairs is not None:
                at = np.searchsorted(self.cumulative, rng.random(tries) * self.cumulative[-1], side="right")
                key = np.minimum(at, self.cumulative.size - 1)
            else:
                a = np.searchsorted(self.out, rng.random(tries) * self.out[-1], side="right")
                b = np.searchsorted(self.into, rng.random(tries) * self.into[-1], side="right")
                a, b = np.minimum(a, n - 1), np.minimum(b, n - 1)
                if not self.view.directed:
                    a, b = np.minimum(a, b), np.maximum(a, b)
                key = (a * n + b)[a != b]
                if self.tied.size:
                    at = np.minimum(np.searchsorted(self.tied, key), self.tied.size - 1)
                    key = key[self.tied[at] != key]
            every = np.concatenate([found, key])
            _, first = np.unique(every, return_index=True)
            found = every[np.sort(first)][:wanted]
        if self.pairs is not None:
            return self.pairs[found].astype(np.int32)
        return np.column_stack([found // n, found % n]).astype(np.int32)


def _room(view: View, observed_nodes: ArrayLike | None, unknown_pairs: ArrayLike | None) -> _Room:
    n = view.n
    every = n * (n - 1) if view.directed else n * (n - 1) // 2
    out = np.bincount(view.source, minlength=n).astype(np.float64)
    into = np.bincount(view.target, minlength=n).astype(np.float64)
    if not view.directed:
        out = into = out + into
    out, into = np.maximum(out, 1.0), np.maximum(into, 1.0)

    rate: float | None = None
    if unknown_pairs is not None:
        pairs = np.asarray(unknown_pairs, dtype=np.int64).reshape(-1, 2)
        if pairs.size and (pairs.min() < 0 or pairs.max() >= n):
            raise MeasureError("unknown_pairs names a position that is not in the view.")
        if not view.directed:
            pairs = np.sort(pairs, axis=1)
        pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0).reshape(-1, 2)
        inside = np.isin(_keys(n, view.source, view.target), _keys(n, pairs[:, 0], pairs[:, 1]))
        free = ~np.isin(_keys(n, pairs[:, 0], pairs[:, 1]), _keys(n, view.source, view.target))
        reported = every - len(pairs)
        rate = float((~inside).sum()) / reported if reported else 0.0
        return _Room(view, int(free.sum()), rate, out, into, pairs[free])

    if observed_nodes is not None:
        answered = np.asarray(observed_nodes, dtype=bool).reshape(-1)
        if answered.size != n:
            raise MeasureError(f"observed_nodes has {answered.size} values for {n} nodes.")
        silent = ~answered
        quiet = int(silent.sum())
        if view.directed:
            unknown = quiet * (n - 1)
            inside = silent[view.source]
            out = out * silent
        else:
            unknown = quiet * (quiet - 1) // 2
            inside = silent[view.source] & silent[view.target]
            out = into = out * silent
        reported = every - unknown
        rate = float((~inside).sum()) / reported if reported else 0.0
        size = unknown - int(inside.sum())
    else:
        size = every - view.m

    if every <= _LISTED:
        return _Room(view, size, rate, out, into, _untied(view))
    return _Room(view, size, rate, out, into, None)


def _keys(n: int, a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.int64]:
    return a.astype(np.int64) * n + b


def _untied(view: View) -> NDArray[np.int64]:
    free = np.ones((view.n, view.n), dtype=bool)
    free[view.source, view.target] = False
    if view.directed:
        np.fill_diagonal(free, False)
    else:
        free = np.triu(free, 1)
    return np.column_stack(np.nonzero(free)).astype(np.int64)


def rank_intervals(
    base_values: ArrayLike, draw_values: ArrayLike, *, level: float = 0.9
) -> tuple[FloatArray, FloatArray]:
    """Return between which ranks each node falls in the middle `level` of the perturbed networks (rank 1 is highest).

    Parameters
    ----------
    base_values : array_like of float, shape (n,)
        The measure in the network as recorded.
    draw_values : array_like of float, shape (draws, n)
        The same measure in the perturbed networks.
    level : float, default 0.9
        Share of the networks the interval holds: 0.9 is from the 5th to the 95th percentile.

    Returns
    -------
    low, high : ndarray of float64, shape (n,)
        Best and worst rank; equal values share the mean of their ranks. NaN where the measure is not defined in the
        recorded network, or in none of the perturbed ones.

    Examples
    --------
    >>> low, high = rank_intervals([3, 2, 1], [[3, 2, 1], [3, 1, 2]])
    >>> low.round(2), high.round(2)
    (array([1.  , 2.05, 2.05]), array([1.  , 2.95, 2.95]))

    Notes
    -----
    A network in which the value is undefined says nothing about that node's rank there. Values that differ by less
    than 1e-12 of the largest count as equal. Cost O(draws n log n).
    """
    base = np.asarray(base_values, dtype=np.float64).reshape(-1)
    values = np.asarray(draw_values, dtype=np.float64)
    if values.ndim != 2 or values.shape[1] != base.size:
        raise MeasureError(f"draw_values must have one column for each of the {base.size} nodes.")
    low, high = np.full(base.size, np.nan), np.full(base.size, np.nan)
    if values.shape[0] == 0 or base.size == 0:
        return low, high
    ranks = _ranks(values)
    use = ~np.isnan(base) & ~np.isnan(ranks).all(axis=0)
    edge = (1.0 - level) / 2
    if use.any():
        found = np.nanquantile(ranks[:, use], [edge, 1.0 - edge], axis=0)
        low[use], high[use] = found[0], found[1]
    return low, high


def _ranks(values: FloatArray) -> FloatArray:
    """Rank each row downwards from 1, equal values sharing their mean rank; NaN stays NaN."""
    rows, n = values.shape
    scale = np.nanmax(np.abs(np.where(np.isfinite(values), values, np.nan)), axis=1, keepdims=True, initial=0.0)
    scale = np.where(scale > 0, scale, 1.0)
    rounded = np.round(values / scale, 12)
    order = np.argsort(-rounded, axis=1, kind="stable")
    ordered = np.take_along_axis(rounded, order, axis=1)
    new = np.ones((rows, n), dtype=bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    flat = np.flatnonzero(new.reshape(-1))
    size = np.diff(np.append(flat, rows * n))
    mean = np.repeat((flat % n) + 1 + (size - 1) / 2, size).reshape(rows, n)
    out = np.empty((rows, n))
    np.put_along_axis(out, order, mean, axis=1)
    out[np.isnan(values)] = np.nan
    return out


def certainty_word(share_true: float, *, beats_null: bool | None = None, has_null: bool = True) -> str:
    """Return how sure a statement is: ``solid``, ``likely``, ``fragile`` or ``cannot say``.

    Parameters
    ----------
    share_true : float
        Share of the perturbed networks in which the statement, true in the data, is true.
    beats_null : bool or None
        Whether what it says goes beyond chance at a false discovery rate of 5%. None where the statement is itself
        "no more than chance": it is then judged by how often it holds alone.
    has_null : bool, default True
        False where no null model exists; the word is then at most ``likely``.

    Returns
    -------
    str
        ``solid`` from 90% if it also beats its null, ``likely`` from 70%, ``fragile`` from 40%, else ``cannot say``;
        ``cannot say`` too where the share is not known (NaN).

    Examples
    --------
    >>> certainty_word(0.95, beats_null=True), certainty_word(0.95, has_null=False), certainty_word(0.5)
    ('solid', 'likely', 'fragile')
    """
    if not 0 <= share_true <= 1:
        if np.isnan(share_true):
            return "cannot say"
        raise MeasureError(f"share_true must lie between 0 and 1, not {share_true!r}.")
    # Shares are counts over counts: 180 of 200 must not fall below 90% by a rounding.
    share = share_true + 1e-9
    if share >= SOLID and has_null and beats_null is not False:
        return "solid"
    if share >= LIKELY:
        return "likely"
    if share >= FRAGILE:
        return "fragile"
    return "cannot say"
