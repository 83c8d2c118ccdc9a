"""Numbers behind F4: how alike the two ends of each tie are in values, against profiles dealt out at random."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..kernels.dealing import streams

if TYPE_CHECKING:
    from ..measures.similarity import Profiles
    from ..study import Study

__all__ = ["Alignment", "Gap", "alignment"]

DRAWS = 4999
NARROW = 0.1
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Gap:
    """One item: mean difference between the ends of a tie and between any two, as shares of the scale."""

    item: str
    gap: float
    expected: float
    ties: int
    anchored: int
    rated: int


@dataclass(frozen=True, eq=False)
class Alignment:
    """Similarity (0 to 1) of partners, observed and expected; `tie_values` is in the order of the view, NaN unknown.

    `anchors` are the items that more than half of those who rated them call non-negotiable, with how many do.
    """

    observed: float
    expected: float
    p: float
    draws: int
    interval: tuple[float, float]
    compared: int
    ties: int
    entities: int
    items: tuple[str, ...]
    each_tie: FloatArray
    gaps: tuple[Gap, ...]
    anchors: tuple[tuple[str, int], ...]
    detectable: float
    stands: float

    @property
    def tie_values(self) -> FloatArray:
        """Similarity of the ties that could be compared, in ascending order."""
        return np.sort(self.each_tie[~np.isnan(self.each_tie)])


def alignment(study: Study) -> Alignment | None:
    """Gather the numbers behind F4, or None where no values of organisations are known."""
    from ..measures.similarity import profile_matrix

    values = study.network.values
    wave = study.network.check_wave(study.settings.wave)
    if wave is not None and len(values):
        values = values[values["wave"].isin([wave, ""])]
    values = values[values["entity"].astype(str).isin(set(study.ids))]
    if not len(values) or study.network.shape != "ties":
        return None
    found = profile_matrix(values)
    if len(found.entities) < 2 or len(found.items) < 1:
        return None
    at = np.full(study.view.n, -1, dtype=np.int64)
    place = {str(entity): i for i, entity in enumerate(found.entities)}
    for i, node in enumerate(study.ids):
        at[i] = place.get(node, -1)
    a, b = at[study.view.source], at[study.view.target]
    both = (a >= 0) & (b >= 0)
    drawn = [(at[draw.added[:, 0]], at[draw.added[:, 1]]) for draw in study.draws]
    expected, pairs = _similarities(found, [(a, b), *drawn])
    each, added = pairs[0], pairs[1:]
    compared = int((~np.isnan(each)).sum())
    if not compared or np.isnan(expected):
        return _nothing(study, len(found.entities), found.items, each)
    observed = float(np.nanmean(each))
    null = _null(study, found, a[both], b[both])
    low, high = (float(q) for q in np.quantile(null, [0.025, 0.975]))
    beyond = int((np.abs(null - expected) >= abs(observed - expected) - 1e-12).sum())
    p = (1 + beyond) / (1 + null.size)
    gaps = _gaps(found.scaled, found.anchors, found.items, a[~np.isnan(each)], b[~np.isnan(each)])
    return Alignment(
        observed=observed,
        expected=expected,
        p=p,
        draws=null.size,
        interval=(low, high),
        compared=compared,
        ties=study.view.m,
        entities=len(found.entities),
        items=tuple(found.items),
        each_tie=each,
        gaps=gaps,
        anchors=tuple(
            (g.item, g.anchored)
            for g in sorted(gaps, key=lambda g: (-g.anchored, g.item))
            if g.rated and g.anchored > g.rated / 2
        ),
        detectable=(high - low) / 2,
        stands=_stands(study, each, added, observed - expected, expected, float(null.std()), p < 0.05),
    )


def _nothing(study: Study, entities: int, items: tuple[str, ...], each: FloatArray) -> Alignment:
    nan = float("nan")
    return Alignment(nan, nan, nan, 0, (nan, nan), 0, study.view.m, entities, tuple(items), each, (), (), nan, 0.0)


def _similarities(
    found: Profiles, pairs: list[tuple[NDArray[np.int64], NDArray[np.int64]]]
) -> tuple[float, list[FloatArray]]:
    """Return the mean similarity of any two entities, and that of the pairs in every list, NaN where an end is -1."""
    ends = np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])
    known = np.flatnonzero((ends[0] >= 0) & (ends[1] >= 0))
    a, b = (side[known] for side in ends)
    order = np.argsort(a, kind="stable")
    a, b, known = a[order], b[order], known[order]
    values = np.full(ends[0].size, np.nan)
    total, count = 0.0, 0
    for rows, similar in found.blocks():
        here = slice(*np.searchsorted(a, [rows.start, rows.stop]))
        values[known[here]] = similar[a[here] - rows.start, b[here]]
        there = ~np.isnan(similar)
        total += float(similar[there].sum())
        count += int(there.sum())
    return total / count if count else float("nan"), np.split(values, np.cumsum([one.size for one, _ in pairs])[:-1])


def _null(study: Study, found: Profiles, a: NDArray[np.int64], b: NDArray[np.int64]) -> FloatArray:
    """Mean similarity of the tied pairs when the profiles are dealt out at random among those who have one."""
    rng = np.random.default_rng([study.settings.seed, 4])
    keys = streams(rng, DRAWS if a.size <= 20_000 else 999)[1:]
    null = found.dealt_means(a, b, np.ones(a.size), keys)
    return null[~np.isnan(null)]


def _gaps(
    scaled: FloatArray, anchors: NDArray[np.bool_], items: tuple[str, ...], a: NDArray[np.int64], b: NDArray[np.int64]
) -> tuple[Gap, ...]:
    out = []
    for column, item in enumerate(items):
        value = scaled[:, column]
        apart = np.abs(value[a] - value[b])
        known = ~np.isnan(apart)
        if not known.any():
            continue
        rated = np.sort(value[~np.isnan(value)])
        n = rated.size
        # Mean absolute difference over all pairs from the sorted values.
        everyone = 2 * ((2 * np.arange(1, n + 1) - n - 1) * rated).sum() / (n * (n - 1)) if n > 1 else np.nan
        out.append(
            Gap(
                str(item),
                float(apart[known].mean()),
                float(everyone),
                int(known.sum()),
                int(anchors[:, column].sum()),
                int(n),
            )
        )
    return tuple(sorted(out, key=lambda g: (-round(g.gap, 12), g.item)))


def _stands(
    study: Study,
    each: FloatArray,
    added: list[FloatArray],
    gap: float,
    expected: float,
    spread: float,
    beyond: bool,
) -> float:
    """Share of perturbed networks in which the difference keeps its sign and its side of chance, or stays small."""
    holds = 0
    compared = int((~np.isnan(each)).sum())
    for kept, more in zip(study.kept_ties, added, strict=True):
        picked = np.append(each[kept], more)
        picked = picked[~np.isnan(picked)]
        if not picked.size:
            continue
        difference = float(picked.mean()) - expected
        # The null of a drawn network is that of the network itself, its spread with the number of ties compared.
        reach = 1.96 * spread * np.sqrt(compared / picked.size)
        if beyond:
            holds += np.sign(difference) == np.sign(gap) and abs(difference) > reach
        else:
            holds += abs(difference) <= NARROW
    return holds / len(added) if added else 0.0
