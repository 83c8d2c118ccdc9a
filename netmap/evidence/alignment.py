"""Numbers behind F4: how alike the two ends of each tie are in values, against profiles dealt out at random."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ..study import Study

__all__ = ["Alignment", "Gap", "alignment"]

DRAWS = 4999
MOST_AT_ONCE = 6000
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
    found = study.profiles
    if found is None:
        return None
    at = np.full(study.view.n, -1, dtype=np.int64)
    place = {str(entity): i for i, entity in enumerate(found.entities)}
    for i, node in enumerate(study.ids):
        at[i] = place.get(node, -1)
    similarity = found.similarity()
    a, b = at[study.view.source], at[study.view.target]
    each = np.full(study.view.m, np.nan)
    both = (a >= 0) & (b >= 0)
    each[both] = similarity[a[both], b[both]]
    compared = int((~np.isnan(each)).sum())
    upper = similarity[np.triu_indices(len(found.entities), 1)]
    expected = float(np.nanmean(upper)) if (~np.isnan(upper)).any() else np.nan
    if not compared or np.isnan(expected):
        return _nothing(study, len(found.entities), found.items, each)
    observed = float(np.nanmean(each))
    null = _null(study, similarity, a[both], b[both])
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
        stands=_stands(study, similarity, at, observed - expected, expected, float(null.std()), compared, p < 0.05),
    )


def _nothing(study: Study, entities: int, items: tuple[str, ...], each: FloatArray) -> Alignment:
    nan = float("nan")
    return Alignment(nan, nan, nan, 0, (nan, nan), 0, study.view.m, entities, tuple(items), each, (), (), nan, 0.0)


def _null(study: Study, similarity: FloatArray, a: NDArray[np.int64], b: NDArray[np.int64]) -> FloatArray:
    """Mean similarity of the tied pairs when the profiles are dealt out at random among those who have one."""
    rng = np.random.default_rng([study.settings.seed, 4])
    known, inverse = np.unique(np.concatenate([a, b]), return_inverse=True)
    everyone = np.arange(similarity.shape[0])
    first, second = inverse[: a.size], inverse[a.size :]
    null = np.empty(DRAWS if a.size <= 20_000 else 999)
    for r in range(null.size):
        dealt = rng.permutation(everyone)[: known.size]
        picked = similarity[dealt[first], dealt[second]]
        seen = ~np.isnan(picked)
        null[r] = picked[seen].mean() if seen.any() else np.nan
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
    similarity: FloatArray,
    at: NDArray[np.int64],
    gap: float,
    expected: float,
    spread: float,
    compared: int,
    beyond: bool,
) -> float:
    """Share of perturbed networks in which the difference keeps its sign and its side of chance, or stays small."""
    holds = 0
    pairs = study.drawn_ties
    for source, target in pairs:
        a, b = at[source], at[target]
        both = (a >= 0) & (b >= 0)
        picked = similarity[a[both], b[both]]
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
    return holds / len(pairs) if pairs else 0.0
