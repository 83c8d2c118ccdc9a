"""Numbers behind F8: which few introductions would help most, why, and how steady each is among the best."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ..study import Study
    from .joining import Link

__all__ = ["MOST", "Introduction", "Meeting", "meeting"]

# A table of all distances is kept for every network drawn.
MOST = 2000
COUNT = 5
AMONG = 10
LEVEL = 0.05
# Rated in the upper quarter of the scale by both.
HIGH = 0.75
# Pairs drawn at random to compare with.
RANDOM = 200
# As many contacts in common, and a pair probably knows each other.
SHARED = 3
# Pairs looked at exactly, and networks in which each is tried again; the latter fewer where they are large.
PAIRS = {"quick": 1000, "normal": 4000, "thorough": 20_000}
DRAWS = {"quick": 25, "normal": 50, "thorough": 200}
LARGE, FEWEST = 300, 10

Pair = tuple[str, str]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Introduction:
    """One pair that might be introduced, and why.

    `nearer` pairs would come nearer, `joined` of them had no way before; the others are `before` steps apart on average
    and would be `after`. `alike` is the likeness of values (NaN unknown), `shared` what both rate high; `brings` names
    who brings what to whom; `joins` are networks linked less than expected. `steady` is the share of perturbed networks
    in which it stays among the ten best; `beyond` says whether it does more than an introduction drawn at random: a
    greater gain than 95 in 100 of those, and more pairs nearer than they bring on average.
    """

    first: str
    second: str
    nearer: int
    joined: int
    before: float
    after: float
    gain: float
    alike: float
    shared: tuple[str, ...]
    brings: tuple[tuple[str, str, str], ...]
    joins: tuple[str, str] | None
    introducers: tuple[str, ...]
    steady: float
    beyond: bool


@dataclass(frozen=True)
class Meeting:
    """The introductions found, the most helpful first; `pairs` is how many pairs of nodes there are.

    `chance` and `interval` are the pairs that an introduction drawn at random would bring nearer. `known` are pairs
    without a tie that share several contacts, with how many.
    """

    chosen: tuple[Introduction, ...]
    pairs: int
    chance: float
    interval: tuple[float, float]
    known: tuple[tuple[str, str, int], ...]
    draws: int


def meeting(study: Study, *, count: int = COUNT, vetoed: Iterable[Pair] = ()) -> Meeting | None:
    """Gather the numbers behind F8, or None where nobody could be introduced or the network is too large.

    Parameters
    ----------
    vetoed : iterable of (id, id)
        Pairs that are not to be proposed; they are in no output.
    """
    from ..chance.steady import steady_introductions
    from ..kernels.new_ties import all_distances
    from ..measures.new_ties import introductions

    view = study.view
    if study.network.shape != "ties" or study.network.nodes_are == "people" or not 3 <= view.n <= MOST or not view.m:
        return None
    eligible = _eligible(study)
    apart = _apart(study)
    barred = [*vetoed, *_barred(study)]
    most = max(int(study.degree.max(initial=0)), 1)
    found = introductions(
        view, count, eligible=eligible, vetoed=barred, affinity=study.valuing.likeness if study.valuing else None, apart=apart,
        load={i: d / most for i, d in zip(view.ids, study.degree.tolist(), strict=True)},
        most_pairs=PAIRS[study.settings.effort],
    ).chosen  # fmt: skip
    distance = all_distances(view.csr)
    free = np.argwhere(np.triu(distance > 1, 1))
    draws = max(FEWEST, DRAWS[study.settings.effort] * LARGE // max(view.n, LARGE))
    networks = [draw.view for draw in study.draws[:draws]]
    steady = steady_introductions(view, found.index, among=AMONG, networks=networks)
    expected, interval, usual = _at_random(study, distance, free)
    chosen = []
    for (a, b), row in zip(found.index, found.to_dict("records"), strict=True):
        u, v = study.place([a, b])
        nearer, joined, before, after = _shift(distance, int(u), int(v))
        names = apart.get((a, b)) or apart.get((b, a))
        known = tuple(str(i) for i in row["introducers"] if str(i) in eligible)
        chosen.append(
            Introduction(
                str(a), str(b), nearer, joined, before, after, float(row["gain"]), _alike(study, str(a), str(b)),
                _valued(study, str(a), str(b)), _brings(study, str(a), str(b)), names, known, float(steady[a, b]),
                float(row["gain"]) > usual + 1e-12 and nearer > expected,
            )
        )  # fmt: skip
    # Together they were chosen for what each adds to the others; said one by one, the most helpful comes first.
    chosen.sort(key=lambda i: (-i.nearer, -round(i.gain, 12), i.first, i.second))
    return Meeting(
        chosen=tuple(chosen),
        pairs=view.n * (view.n - 1) // 2,
        chance=expected,
        interval=interval,
        known=_known(study, eligible, barred),
        draws=len(networks),
    )


def _eligible(study: Study) -> Collection[str]:
    """Who may be proposed: all that do not ask to be left out of what is published."""
    frame = study.nodes
    if "publish" not in frame:
        return set(study.ids)
    return set(frame.loc[frame["publish"].fillna(True).astype(bool), "id"].astype(str))


def _barred(study: Study) -> list[Pair]:
    """Pairs that the table of introductions says are not eligible, for whatever reason; they are in no output."""
    frame = study.network.introductions
    no = frame[frame["eligible"].eq(False).fillna(False).astype(bool)] if len(frame) else frame
    here = set(study.ids)
    return [(a, b) for a, b in zip(no["a"].astype(str), no["b"].astype(str), strict=True) if a in here and b in here]


def _apart(study: Study) -> dict[Pair, tuple[str, str]]:
    """Pairs whose networks are linked less than chance would have it, with the names of those networks."""
    found = study.joining
    if found is None or not found.groups.on_nodes or found.groups.source == "detected":
        return {}

    def short(link: Link) -> bool:
        return link.p_ties == link.p_ties and link.p_ties < LEVEL and link.ties < link.ties_expected

    columns = found.groups.incidence.tocsc()
    members = [
        {found.groups.members[i] for i in columns.indices[columns.indptr[g] : columns.indptr[g + 1]]}
        for g in range(found.groups.count)
    ]
    out: dict[Pair, tuple[str, str]] = {}
    for link in filter(short, found.links):
        one, other = members[link.first], members[link.second]
        names = found.groups.names[link.first], found.groups.names[link.second]
        for a in sorted(one - other):
            for b in sorted(other - one):
                out.setdefault((a, b), names)
    return out


def _shift(distance: FloatArray, u: int, v: int) -> tuple[int, int, float, float]:
    """Pairs brought nearer by a tie, those joined for the first time, and the mean steps of the others before and after."""
    a, b = distance[u], distance[v]
    near_u, near_v = np.flatnonzero(a + 1 < b), np.flatnonzero(b + 1 < a)
    before = distance[np.ix_(near_u, near_v)]
    after = a[near_u][:, None] + 1 + b[near_v][None, :]
    better = after < before
    there = better & np.isfinite(before)
    if not there.any():
        return int(better.sum()), int(better.sum()), float("nan"), float("nan")
    return int(better.sum()), int((better & ~there).sum()), float(before[there].mean()), float(after[there].mean())


def _alike(study: Study, a: str, b: str) -> float:
    known = study.valuing.profiles.entities if study.valuing else ()
    if study.valuing is None or a not in known or b not in known:
        return float("nan")
    return float(study.valuing.similarity[known.index(a), known.index(b)])


def _valued(study: Study, a: str, b: str) -> tuple[str, ...]:
    """What both rate high, or both name, the highest first."""
    profiles = study.valuing.profiles if study.valuing else None
    if profiles is None or a not in profiles.entities or b not in profiles.entities:
        return ()
    least = np.minimum(*(profiles.scaled[profiles.entities.index(x)] for x in (a, b)))
    order = sorted(np.flatnonzero(least >= HIGH).tolist(), key=lambda k: (-least[k], profiles.items[k]))
    return tuple(profiles.items[k] for k in order)


def _brings(study: Study, a: str, b: str) -> tuple[tuple[str, str, str], ...]:
    """What either has and the other needs: who, what, and for whom."""
    frame = study.network.capabilities
    held: dict[tuple[str, str], set[str]] = {}
    for entity, capability, status in zip(
        frame["entity"].astype(str), frame["capability"].astype(str), frame["status"].astype(str), strict=True
    ):
        held.setdefault((entity, status), set()).add(capability)
    out = []
    for giver, taker in ((a, b), (b, a)):
        offered = held.get((giver, "has"), set()) & held.get((taker, "needs"), set())
        out += [(giver, what, taker) for what in sorted(offered)]
    return tuple(out)


def _at_random(study: Study, distance: FloatArray, free: NDArray[np.int64]) -> tuple[float, tuple[float, float], float]:
    """Pairs that an introduction drawn at random brings nearer, mean and 2.5-97.5% interval; the gain of 95 in 100."""
    from ..kernels.new_ties import tie_gains

    if not len(free):
        return float("nan"), (float("nan"), float("nan")), float("nan")
    rng = np.random.default_rng([study.settings.seed, 8])
    picked = free[np.sort(rng.permutation(len(free))[:RANDOM])]
    gain, nearer, _ = tie_gains(distance, picked)
    low, high = np.quantile(nearer, [0.025, 0.975])
    return float(nearer.mean()), (float(low), float(high)), float(np.quantile(gain, 0.95)) / max(study.view.n * (study.view.n - 1) / 2, 1)


def _known(study: Study, eligible: Collection[str], vetoed: list[Pair]) -> tuple[tuple[str, str, int], ...]:
    """The pairs without a tie that most probably know each other already, by the contacts they share."""
    from ..measures.new_ties import link_prediction

    barred = {frozenset(pair) for pair in vetoed}
    score, shared = (link_prediction(study.view, kind) for kind in ("adamic-adar", "common neighbours"))
    best = shared[shared >= SHARED].index
    order = sorted(best, key=lambda pair: (-score[pair], pair))
    allowed = [p for p in order if p[0] in eligible and p[1] in eligible and frozenset(p) not in barred]
    return tuple((str(a), str(b), int(shared[a, b])) for a, b in allowed[:3])
