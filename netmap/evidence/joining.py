"""Numbers behind F7: how networks join up, by members they share and by ties between their members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ..chance.between import shared_p, tie_null
from ..kernels.groups import cross_ties

if TYPE_CHECKING:
    from ..study import Study
    from .groups import Groups

__all__ = ["Joining", "Link", "joining"]

MOST_GROUPS = 400
REWIRED = 199


@dataclass(frozen=True)
class Link:
    """One pair of networks: shared members and ties between the rest, observed and expected.

    `p` is two-sided after the false discovery rate over all pairs, NaN where nothing was tested; `through` is the one
    member that joins them where only one does; `stands` is the share of perturbed networks in which this stays so.
    """

    first: int
    second: int
    shared: int
    shared_expected: float
    ties: int
    ties_expected: float
    p_shared: float
    p_ties: float
    through: str | None
    stands: float


@dataclass(frozen=True)
class Joining:
    """Every pair of networks that has anything in common or was tested, and which networks stand alone."""

    groups: Groups
    links: tuple[Link, ...]
    pairs: int
    joined: int
    through_one: int
    alone: tuple[int, ...]
    within: NDArray[np.int64]
    between: int
    tested: str
    draws: int
    stable: float | None


def joining(study: Study) -> Joining | None:
    """Gather the numbers behind F7, or None where there are fewer than two networks."""
    groups = study.groups
    if groups.count < 2:
        return None
    largest = np.argsort(-groups.sizes, kind="stable")[:MOST_GROUPS]
    chosen = np.sort(largest)
    member = sparse.csr_array(groups.incidence[:, chosen])
    k = chosen.size
    shared = np.asarray((member.T @ member).todense()).astype(np.int64)
    ties = np.zeros((k, k), dtype=np.int64)
    within = np.zeros(k, dtype=np.int64)
    between = 0
    one_mode = groups.on_nodes and study.network.shape == "ties"
    if one_mode:
        ties, within = _counts(member, study.view.source, study.view.target)
        between = _crossing(member, study.view.source, study.view.target)
    upper = np.triu_indices(k, 1)
    eligible = int(study.units.sum()) if groups.on_nodes else len(groups.members)
    sizes = groups.sizes[chosen].astype(float)
    shared_expected = np.outer(sizes, sizes) / max(eligible, 1)
    overlapping = bool((np.diff(member.indptr) > 1).any())
    p_shared = shared_p(shared, sizes, eligible) if overlapping else np.full((k, k), np.nan)
    ties_expected, p_ties, tested, draws = _expected_ties(study, groups, member, ties, one_mode)
    q_shared, q_ties = _fdr(p_shared, upper), _fdr(p_ties, upper)
    links = []
    stands = _stands(study, member, chosen, upper, shared, ties, ties_expected, one_mode)
    columns = member.tocsc()
    for at, (i, j) in enumerate(zip(*upper, strict=True)):
        through = None
        if shared[i, j] == 1 and ties[i, j] == 0:
            first = columns.indices[columns.indptr[i] : columns.indptr[i + 1]]
            second = columns.indices[columns.indptr[j] : columns.indptr[j + 1]]
            through = groups.members[int(np.intersect1d(first, second)[0])]
        interesting = shared[i, j] or ties[i, j] or q_ties[i, j] < 0.05 or q_shared[i, j] < 0.05
        if interesting or k <= 12:
            links.append(
                Link(
                    int(chosen[i]),
                    int(chosen[j]),
                    int(shared[i, j]),
                    float(shared_expected[i, j]),
                    int(ties[i, j]),
                    float(ties_expected[i, j]),
                    float(q_shared[i, j]),
                    float(q_ties[i, j]),
                    through,
                    float(stands[at]),
                )
            )
    linked = (shared > 0) | (ties > 0)
    np.fill_diagonal(linked, False)
    return Joining(
        groups=groups,
        links=tuple(links),
        pairs=k * (k - 1) // 2,
        joined=int(linked[upper].sum()),
        through_one=int(((shared == 1) & (ties == 0))[upper].sum()),
        alone=tuple(int(chosen[i]) for i in np.flatnonzero(~linked.any(axis=1))),
        within=within,
        between=between,
        tested=tested,
        draws=draws,
        stable=_detected_stability(study) if groups.source == "detected" else None,
    )


def _counts(
    member: sparse.csr_array, source: NDArray[np.int32], target: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ties from a member of one network only to a member of the other only, and ties within each."""
    cross, within = cross_ties(member, source, target)
    return cross.round().astype(np.int64), within.round().astype(np.int64)


def _crossing(member: sparse.csr_array, source: NDArray[np.int32], target: NDArray[np.int32]) -> int:
    """Ties between members of any network that share none."""
    a, b = sparse.csr_array(member[source]), sparse.csr_array(member[target])
    inside = np.asarray(a.multiply(b).sum(axis=1)).reshape(-1) > 0
    known = (np.diff(a.indptr) > 0) & (np.diff(b.indptr) > 0)
    return int((known & ~inside).sum())


def _expected_ties(
    study: Study, groups: Groups, member: sparse.csr_array, ties: NDArray[np.int64], one_mode: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64], str, int]:
    """Ties expected between every pair of networks, and p, under the null that fits what the networks are."""
    k = member.shape[1]
    nothing = np.full((k, k), np.nan)
    if not one_mode or study.view.m < 2 or groups.source == "detected":
        return nothing, nothing, "", 0
    rng = np.random.default_rng([study.settings.seed, 7])
    null = tie_null(study.view, member, ties.astype(np.float64), weighted=False, draws=REWIRED, rng=rng)
    return null.mean, null.p, null.null, null.draws


def _fdr(p: NDArray[np.float64], upper: tuple[NDArray[np.int64], NDArray[np.int64]]) -> NDArray[np.float64]:
    from ..chance.fdr import benjamini_hochberg

    out = np.full(p.shape, np.nan)
    values = p[upper]
    known = ~np.isnan(values)
    if known.any():
        adjusted = np.full(values.shape, np.nan)
        adjusted[known] = benjamini_hochberg(values[known])
        out[upper] = adjusted
    return out


def _stands(
    study: Study,
    member: sparse.csr_array,
    chosen: NDArray[np.int64],
    upper: tuple[NDArray[np.int64], NDArray[np.int64]],
    shared: NDArray[np.int64],
    ties: NDArray[np.int64],
    expected: NDArray[np.float64],
    one_mode: bool,
) -> NDArray[np.float64]:
    """Share of perturbed networks in which each pair is still joined the way it is: by one member, more, or not."""
    if study.network.shape == "two-mode":
        now = [_shared_in(source, target, study, chosen) for source, target in study.drawn_ties]
        base = np.minimum(shared[upper], 2)
        same = [np.minimum(table[upper], 2) == base for table in now]
        return np.mean(same, axis=0) if same else np.zeros(upper[0].size)
    if not one_mode:
        return np.full(upper[0].size, np.nan)
    sign = np.sign(np.nan_to_num(ties - expected, nan=0.0))[upper]
    single = ((shared == 1) & (ties == 0))[upper]
    empty = ((shared == 0) & (ties == 0))[upper]
    total = np.zeros(upper[0].size)
    draws = study.drawn_ties
    for source, target in draws:
        table = _counts(member, source, target)[0]
        scale = source.size / max(study.view.m, 1)
        moved = np.sign(np.nan_to_num(table - expected * scale, nan=0.0))[upper]
        still = np.where(single | empty, table[upper] == 0, moved == sign)
        total += still
    return total / len(draws) if draws else total


def _shared_in(source: NDArray[np.int32], target: NDArray[np.int32], study: Study, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Members shared by every pair of the chosen groups in a two-mode view."""
    units = study.units
    number = np.cumsum(~units) - 1
    a = np.where(units[source], source, target)
    g = np.where(units[source], target, source)
    table = sparse.csr_array((np.ones(a.size), (a, number[g])), shape=(units.size, int((~units).sum())))
    table = sparse.csr_array(table[:, chosen])
    return np.asarray((table.T @ table).todense()).astype(np.int64)


def _detected_stability(study: Study) -> float:
    """Share of perturbed networks whose own groups agree with those found (adjusted mutual information 0.75 or more)."""
    from ..measures.grouping import communities
    from ..measures.partitions import compare_groupings

    base = study.communities
    agree = []
    for draw in study.draws[:50]:
        again = communities(draw.view, seed=study.settings.seed, starts=2, weight="weight")
        labels = again.reindex(list(study.view.ids)).to_numpy(dtype=np.int64)
        both = (base >= 0) & (labels >= 0)
        found = compare_groupings(base[both], labels[both])
        agree.append(found.same or found.ami >= 0.75)
    return float(np.mean(agree)) if agree else 0.0
