"""Ties and members that networks share, against what chance would give: every pair of a network of networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.groups import cross_ties
from ..kernels.shuffles import curveball, rewire
from ..measures._groups import GroupsLike, memberships_of
from ..measures._input import as_view
from .compared import check_draws
from .fdr import benjamini_hochberg

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["TieNull", "between_networks", "shared_p", "stub_matching", "tie_null"]

FloatArray = NDArray[np.float64]

# From so many ties on, stub matching in closed form stands for tie swaps (cut-off proposed).
CLOSED_FORM = 500
# A table of all pairs is kept for every draw.
MOST_NETWORKS = 400

SWAPPED_MEMBERSHIPS = "memberships swapped at random, every member and every network keeping its number of them"
MATCHED = "ties re-matched at random, every member keeping its number of them"
SWAPPED_TIES = "ties swapped at random, every member keeping its number of them"


@dataclass(frozen=True, eq=False)
class TieNull:
    """Ties expected between every two networks (within each on the diagonal), their spread, p, the null and its draws."""

    mean: FloatArray
    sd: FloatArray
    p: FloatArray
    null: str
    draws: int


def between_networks(
    view: View | nx.Graph,
    groups: GroupsLike | pd.DataFrame,
    weight: str | None = None,
    *,
    detected: bool = False,
    eligible: int | None = None,
    draws: int = 199,
    seed: int = 0,
) -> pd.DataFrame:
    """Return for every two networks how many ties and members they share, and how many chance would give.

    Parameters
    ----------
    view : View or networkx graph
        A directed one gives each order of two networks a row of its own.
    groups : Series, mapping, sequence, or DataFrame of memberships
        Network (or several) of every node.
    weight : str or None, default None
        None counts ties; ``"weight"`` adds strengths, which are then dealt out again over the ties of each draw.
    detected : bool, default False
        Whether the groups were found from these very ties. Such counts are given without a test: groups are what has
        many ties within and few between, in random networks too. Labels from `communities` are known as such.
    eligible : int, optional
        How many nodes could have joined any network; all by default. Expected shared members rest on it.
    draws : int, default 199
        Where the null is drawn.
    seed : int, default 0

    Returns
    -------
    DataFrame, one row a pair of networks, and one a network for the ties within it (``first`` = ``second``)
        ``ties`` from members of the one only to members of the other only (or ``strength``), ``expected, ratio, z, p,
        q``; ``shared`` members, ``shared_expected, shared_p, shared_q`` (not defined where no
        node has two networks). p is two-sided; q is p after Benjamini and
        Hochberg over the pairs. NaN where nothing was tested or nothing varies. ``.attrs["null"]`` says how the null
        was made and ``.attrs["draws"]`` how many draws it took, 0 for a closed form; ``.attrs["left_out"]`` how many
        of more than 400 networks were left out, the smallest.

    Raises
    ------
    MeasureError
        If there are fewer than 19 draws, or fewer eligible nodes than a network has members.

    Examples
    --------
    >>> import networkx as nx
    >>> found = between_networks(nx.barbell_graph(4, 0), list("aaaabbbb"), draws=99)
    >>> found.loc[found["first"] != found["second"], ["ties", "shared"]].values.tolist()
    [[1.0, 0.0]]

    Notes
    -----
    Three nulls. Networks that overlap: memberships are traded at random (curveball), the ties as they are. Else, from
    500 ties on: stub matching in closed form, with K_A the ties' ends in A: E = K_A K_B / (2m - 1) between and
    K_A (K_A - 1) / (2 (2m - 1)) within, and E[X (X - 1)] = K_A (K_A - 1) K_B (K_B - 1) / ((2m - 1)(2m - 3)) or
    K_A (K_A - 1)(K_A - 2)(K_A - 3) / (4 (2m - 1)(2m - 3)), p from z; directed exactly, by the hypergeometric law. Else
    ties are swapped, which allows no double tie and gives other numbers in small networks. Shared members are
    hypergeometric. Cost O(m + k^2) for k networks, times the draws.

    References
    ----------
    Newman 2010 and Molloy & Reed 1995 (stub matching); Strona et al. 2014 (curveball); Benjamini & Hochberg 1995.
    """
    import pandas as pd

    check_draws(draws)
    graph = as_view(view, weight)
    from_ties = detected or getattr(groups, "name", None) in ("communities", "consensus")
    member = memberships_of(graph, groups)
    table, names = member.table, member.names
    sizes = np.asarray(table.sum(axis=0), dtype=np.float64).reshape(-1)
    left_out = max(0, len(names) - MOST_NETWORKS)
    if left_out:
        chosen = np.sort(np.argsort(-sizes, kind="stable")[:MOST_NETWORKS])
        table, names, sizes = table[:, chosen], tuple(names[i] for i in chosen), sizes[chosen]
    able = graph.n if eligible is None else int(eligible)
    if sizes.size and able < sizes.max():
        raise MeasureError(f"eligible is {able}, but a network has {int(sizes.max())} members.")
    overlapping = bool((np.diff(table.indptr) > 1).any())
    strength = None if weight is None else graph.strength
    observed = _square(*cross_ties(table, graph.source, graph.target, strength, directed=graph.directed))
    if from_ties or graph.m < 2:
        empty = np.full(observed.shape, np.nan)
        null = TieNull(empty, empty, empty, "none: the groups were found from these ties" if from_ties else "none", 0)
    else:
        null = tie_null(graph, table, observed, weighted=weight is not None, draws=draws, rng=np.random.default_rng([seed, 61]))
    shared = np.asarray((table.T @ table).todense()).astype(float)
    p_shared = shared_p(shared, sizes, able) if overlapping else np.full(shared.shape, np.nan)
    first, second = _rows(len(names), directed=graph.directed)
    off = first != second
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = observed / null.mean
        z = np.where(null.sd > 1e-9, (observed - null.mean) / np.where(null.sd > 1e-9, null.sd, 1.0), np.nan)
    p = np.where(null.sd > 1e-9, null.p, np.nan)[first, second]
    q, q_shared = np.full(p.size, np.nan), np.full(p.size, np.nan)
    q[off] = benjamini_hochberg(p[off])
    p_pairs = np.where(off, p_shared[first, second], np.nan)
    q_shared[off] = benjamini_hochberg(p_pairs[off])
    frame = pd.DataFrame({
        "first": pd.Series([names[i] for i in first], dtype=object),
        "second": pd.Series([names[j] for j in second], dtype=object),
        "ties" if weight is None else "strength": observed[first, second],
        "expected": null.mean[first, second], "ratio": ratio[first, second], "z": z[first, second], "p": p, "q": q,
        "shared": np.where(off, shared[first, second], np.nan),
        "shared_expected": np.where(
            off & overlapping, np.outer(sizes, sizes)[first, second] / max(able, 1), np.nan
        ),
        "shared_p": p_pairs, "shared_q": q_shared,
    })  # fmt: skip
    frame.attrs |= {"null": null.null, "draws": null.draws, "left_out": left_out}
    return frame


def tie_null(
    graph: View, table: Any, observed: FloatArray, *, weighted: bool, draws: int, rng: np.random.Generator
) -> TieNull:
    """Return what chance gives between and within networks, under the null that fits what they are.

    `table` is a sparse 0/1 table of nodes by networks; `observed` the square table of ties, within on the diagonal.
    """
    overlapping = bool((np.diff(table.indptr) > 1).any())
    strength = graph.strength if weighted else None
    if not overlapping and not weighted and graph.m >= CLOSED_FORM:
        mean, sd, p = stub_matching(graph, table, observed)
        return TieNull(mean, sd, p, MATCHED, 0)
    if overlapping:
        rows, columns = table.nonzero()
        dealt = curveball(rows, columns, *table.shape, draws=draws, rng=rng)
        null = np.stack([
            _square(*cross_ties(_table(r, c, table.shape), graph.source, graph.target, strength, directed=graph.directed))
            for block_r, block_c in dealt for r, c in zip(block_r, block_c, strict=True)
        ])  # fmt: skip
        what = SWAPPED_MEMBERSHIPS
    else:
        drawn = rewire(graph.n, graph.source, graph.target, directed=graph.directed, draws=draws, rng=rng)
        null = np.stack([
            _square(*cross_ties(
                table, a, b, None if strength is None else rng.permutation(strength), directed=graph.directed
            ))
            for block_a, block_b in drawn for a, b in zip(block_a, block_b, strict=True)
        ])  # fmt: skip
        what = SWAPPED_TIES
    mean = null.mean(axis=0)
    beyond = (np.abs(null - mean) >= np.abs(observed - mean) - 1e-9).sum(axis=0)
    return TieNull(mean, null.std(axis=0, ddof=1), (1 + beyond) / (1 + draws), what, draws)


def stub_matching(graph: View, table: Any, observed: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return mean, standard deviation and two-sided p of the ties between and within networks in closed form."""
    from scipy.stats import hypergeom, norm

    m = float(graph.m)
    if graph.directed:
        out = np.asarray(table.T @ np.diff(graph.csr.indptr)).reshape(-1).astype(float)
        into = np.asarray(table.T @ np.diff(graph.csr_in.indptr)).reshape(-1).astype(float)
        drawn, good = np.meshgrid(out, into, indexing="ij")
        mean = drawn * good / m
        sd = np.sqrt(np.maximum(hypergeom.var(m, good, drawn), 0.0))
        low, high = hypergeom.cdf(observed, m, good, drawn), hypergeom.sf(observed - 1, m, good, drawn)
        return mean, sd, np.clip(2 * np.minimum(low, high), 0.0, 1.0)
    volume = np.asarray(table.T @ np.diff(graph.csr.indptr)).reshape(-1).astype(float)
    product, falling = np.outer(volume, volume), np.outer(volume * (volume - 1), volume * (volume - 1))
    mean = product / (2 * m - 1)
    twice = falling / ((2 * m - 1) * (2 * m - 3))
    inside = volume * (volume - 1)
    np.fill_diagonal(mean, inside / (2 * (2 * m - 1)))
    np.fill_diagonal(twice, inside * (volume - 2) * (volume - 3) / (4 * (2 * m - 1) * (2 * m - 3)))
    sd = np.sqrt(np.maximum(twice + mean - mean**2, 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        p = 2 * norm.sf(np.abs(observed - mean) / np.maximum(sd, 1e-6))
    return mean, sd, p


def shared_p(shared: NDArray[np.floating] | NDArray[np.integer], sizes: FloatArray, eligible: int) -> FloatArray:
    """Return the two-sided p of each overlap when members are dealt out at random: twice the smaller tail."""
    from scipy.stats import hypergeom

    first, second = np.meshgrid(sizes, sizes, indexing="ij")
    low = hypergeom.cdf(shared, eligible, first, second)
    high = hypergeom.sf(shared - 1, eligible, first, second)
    return np.asarray(np.clip(2 * np.minimum(low, high), 0.0, 1.0), dtype=np.float64)


def _square(cross: FloatArray, within: FloatArray) -> FloatArray:
    out = cross.copy()
    np.fill_diagonal(out, within)
    return out


def _table(rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]) -> Any:
    from scipy.sparse import csr_array

    return csr_array((np.ones(rows.size), (rows, columns)), shape=shape)


def _rows(k: int, *, directed: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first, second = np.nonzero(np.ones((k, k)) if directed else np.triu(np.ones((k, k))))
    return first.astype(np.int64), second.astype(np.int64)
