"""Numbers behind F16: what is needed, who alone has how much of it, and which coalition has all, at which likeness of values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from ..measures.moving import Move
    from ..study import Study

__all__ = ["MOST", "Coalition", "Placing", "Single", "placing"]

# A table of likeness of all that can do anything is kept.
MOST = 1000
STEP = 0.05
NODES = {"quick": 200, "normal": 1000, "thorough": 10_000}
REACH = 2
# Ratings moved one at a time, and draws of all of them at once.
SINGLE, TOGETHER = 400, 100


@dataclass(frozen=True)
class Single:
    """The one that has most of what is needed by itself; `alignment` is its likeness to those who need it, NaN unknown.

    `move` is the smallest change of its values that would reach the level asked for, None where it has no comparable ones.
    """

    who: str
    covers: int
    lacks: tuple[str, ...]
    alignment: float
    move: Move | None


@dataclass(frozen=True)
class Coalition:
    """One coalition: its members, the two least alike (NaN unknown), what it costs at least, and whether that is proven."""

    members: tuple[str, ...]
    alignment: float
    bound: float
    proven: bool


@dataclass(frozen=True, eq=False)
class Placing:
    """What is needed and who could provide it.

    `needed` are the capabilities, from recorded needs where there are any (`recorded`); `nobody` has the `uncovered`.
    `frontier` is `coalition_frontier`, None without values; `level` the likeness asked for, which partners have now;
    `smallest` serves anyhow, `alike` at that level or, where none does, at the highest that can be reached
    (`reached`). `stands` is the share of single moves of a rating after which it still serves at its level, `together` the
    share of draws with all of them moved at once.
    """

    needed: tuple[str, ...]
    recorded: bool
    uncovered: tuple[str, ...]
    coverage: pd.DataFrame
    single: Single | None
    level: float
    reached: float
    smallest: Coalition | None
    alike: Coalition | None
    why: str
    frontier: pd.DataFrame | None
    moved_by: float
    stands: float
    together: float
    moves: int


def placing(study: Study) -> Placing | None:
    """Gather the numbers behind F16, or None where no capability of an organisation is recorded, or of too many."""
    from ..measures.capabilities import capability_coverage
    from ..measures.coalition import coalition_frontier, smallest_cover

    frame = study.network.capabilities
    frame = frame[frame["entity"].astype(str).isin(set(study.ids))]
    if study.network.nodes_are == "people" or study.network.shape != "ties":
        return None
    able = frame[frame["status"].fillna("has").astype(str).isin(["has", ""])]
    if not len(able) or able["entity"].nunique() > MOST:
        return None
    needed, holders, demand = _needed(study, frame)
    wanted = needed or tuple(sorted(set(able["capability"].astype(str))))
    coverage = capability_coverage(frame, wanted, view=study.view, reach=REACH, demand=demand)
    uncovered = tuple(str(c) for c in coverage.index[coverage["providers"] == 0])
    some = [c for c in wanted if c not in uncovered]
    nodes = NODES[study.settings.effort]
    frontier, level = None, float("nan")
    smallest = alike = None
    why, reached = "", float("nan")
    if some:
        found = smallest_cover(frame, some, nodes=nodes)
        smallest = Coalition(found.members, float("nan"), found.bound, found.proven) if found.members else None
        why = found.why
    if some and study.valuing is not None and not study.valuing.profiles.tags:
        level = _level(study)
        here = sorted(set(able["entity"].astype(str)) & set(study.valuing.likeness.index))
        likeness = study.valuing.likeness.loc[here, here]
        frontier = coalition_frontier(frame, likeness, some, nodes=nodes, levels=_levels(likeness, level))
        smallest = _at(frontier, 0.0) or smallest
        sizes = frontier["size"].to_numpy(dtype=float)
        open_to = [float(t) for t, size in zip(frontier.index, sizes, strict=True) if size == size and t <= level + 1e-9]
        if open_to:
            reached = open_to[-1]
            alike = _at(frontier, reached)
    stands, together, moves, by = _stands(study, alike, reached)
    return Placing(
        needed=wanted,
        recorded=bool(needed),
        uncovered=uncovered,
        coverage=coverage,
        single=_single(study, able, some, holders, level),
        level=level,
        reached=reached,
        smallest=smallest,
        alike=alike,
        why=why,
        frontier=frontier,
        moved_by=by,
        stands=stands,
        together=together,
        moves=moves,
    )


def _needed(study: Study, frame: pd.DataFrame) -> tuple[tuple[str, ...], frozenset[str], dict[str, float]]:
    """What is needed and not met, who needs it, and by how many people where that is recorded."""
    asked = frame[frame["status"].astype(str) == "needs"]
    what = set(asked["capability"].astype(str))
    who = set(asked["entity"].astype(str))
    demand: dict[str, float] = {}
    needs = study.network.needs
    if len(needs):
        needs = needs[(needs["met"].fillna("").astype(str) != "yes") & needs["capability"].fillna("").astype(str).ne("")]
        what |= set(needs["capability"].astype(str))
        who |= set(needs["holder"].astype(str))
        for capability, people in zip(needs["capability"].astype(str), needs["people_n"], strict=True):
            if people == people and people is not None:
                demand[capability] = demand.get(capability, 0.0) + float(people)
    return tuple(sorted(what)), frozenset(who & set(study.ids)), demand


def _level(study: Study) -> float:
    """As alike as partners are now, in steps; as any two are, where no partners can be compared."""
    found = study.alignment
    value = found.observed if found is not None and found.compared else float("nan")
    if value != value and study.valuing is not None:
        known = study.valuing.similarity[~np.isnan(study.valuing.similarity)]
        value = float(np.median(known)) if known.size else 0.0
    return round(STEP * float(np.floor(value / STEP + 1e-9)), 10)


def _levels(likeness: pd.DataFrame, level: float) -> list[float]:
    """From anyhow to the greatest likeness there is, in steps, the level asked for among them."""
    table = likeness.to_numpy(dtype=float)
    known = table[~np.isnan(table)]
    top = float(known.max()) if known.size else 0.0
    first = int(np.ceil(float(known.min()) / STEP - 1e-9)) if known.size else 1
    steps = [round(STEP * k, 10) for k in range(max(first, 1), int(np.floor(top / STEP + 1e-9)) + 1)]
    return sorted({0.0, level, *steps})


def _at(frontier: pd.DataFrame, level: float) -> Coalition | None:
    at = int(np.argmin(np.abs(frontier.index.to_numpy(dtype=float) - level)))
    row = frontier.iloc[at]
    if not row["members"]:
        return None
    return Coalition(row["members"], float(row["alignment"]), float(row["bound"]), bool(row["proven"]))


def _single(
    study: Study, able: pd.DataFrame, some: list[str], holders: frozenset[str], level: float
) -> Single | None:
    """The one that has most of what is needed, of several the most alike to those who need it."""
    from ..measures.moving import likeness_to, smallest_move

    if not some:
        return None
    rows = able[able["capability"].astype(str).isin(some)]
    has: dict[str, set[str]] = {}
    for entity, capability in zip(rows["entity"].astype(str), rows["capability"].astype(str), strict=True):
        has.setdefault(entity, set()).add(capability)
    likeness: dict[str, float] = {}
    profiles = study.valuing.profiles if study.valuing is not None and not study.valuing.profiles.tags else None
    towards: list[str] = []
    if profiles is not None:
        towards = [e for e in profiles.entities if e in holders] or list(profiles.entities)
        likeness = dict(zip(profiles.entities, likeness_to(profiles, towards)[0].tolist(), strict=True))

    def order(who: str) -> tuple[float, float, str]:
        alike = likeness.get(who, float("nan"))
        return -len(has[who]), -alike if alike == alike else np.inf, who

    who = min(has, key=order)
    alike = likeness.get(who, float("nan"))
    move = None
    if profiles is not None and alike == alike and level == level:
        move = smallest_move(profiles, who, max(level, 0.0), towards=towards)
    return Single(who, len(has[who]), tuple(c for c in some if c not in has[who]), alike, move)


def _stands(study: Study, found: Coalition | None, level: float) -> tuple[float, float, int, float]:
    """Share of single moves of a rating, by its spread or a point up or down, after which the members are as alike still.

    Returns also the share of draws in which they are with all ratings moved at once (down, up or not at all), how many
    single moves there are, and the mean move in points.
    """
    from ..measures.similarity import profile_matrix

    nothing = float("nan"), float("nan"), 0, float("nan")
    valuing = study.valuing
    if found is None or valuing is None or level != level:
        return nothing
    rows = valuing.values[valuing.values["entity"].astype(str).isin(found.members)]
    if len(found.members) < 2 or not len(rows):
        return nothing
    rating = rows["rating"].to_numpy(dtype=float)
    low, high = (rows[c].to_numpy(dtype=float) for c in ("scale_min", "scale_max"))
    spread = rows["sd"].to_numpy(dtype=float) if "sd" in rows else np.full(len(rows), np.nan)
    by = np.where(np.isnan(spread), 1.0, spread)

    def serves(moved: NDArray[np.float64]) -> bool:
        table = profile_matrix(rows.assign(rating=np.clip(moved, low, high))).similarity()
        known = table[~np.isnan(table)]
        return not known.size or bool(known.min() >= level - 1e-9)

    rng = np.random.default_rng([study.settings.seed, 16])
    single = [(k, side) for k in range(rating.size) for side in (-1.0, 1.0) if not np.isnan(rating[k])]
    if len(single) > SINGLE:
        single = [single[k] for k in np.sort(rng.permutation(len(single))[:SINGLE])]
    alone = [serves(rating + side * by * (np.arange(rating.size) == k)) for k, side in single]
    draws = min(study.how_many, TOGETHER)
    together = [serves(rating + by * rng.integers(-1, 2, rating.size)) for _ in range(draws)]
    return float(np.mean(alone)) if alone else float("nan"), float(np.mean(together)), len(alone), float(np.nanmean(by))
