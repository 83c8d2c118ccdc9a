"""Numbers behind F4: how alike the two ends of each tie are in values, against profiles dealt out at random."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from ..study import Study

__all__ = ["Alignment", "Gap", "alignment"]

DRAWS, FEW_DRAWS, MANY = 4999, 999, 20_000
NARROW, LEVEL = 0.1, 0.05
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
    """Similarity (0 to 1) of partners, observed and expected; `each_tie` and `each_node` are in the order of the view.

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
    each_node: pd.DataFrame
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
    from ..chance.likeness import alignment_test

    valuing = study.valuing
    if valuing is None:
        return None
    found = valuing.profiles
    place = {str(entity): i for i, entity in enumerate(found.entities)}
    at = np.array([place.get(node, -1) for node in study.ids], dtype=np.int64)
    similarity = valuing.similarity
    a, b = at[study.view.source], at[study.view.target]
    each = np.full(study.view.m, np.nan)
    both = (a >= 0) & (b >= 0)
    each[both] = similarity[a[both], b[both]]
    known = ~np.isnan(each)
    tested = alignment_test(
        study.view,
        valuing.values,
        weight=None,
        draws=DRAWS if study.view.m <= MANY else FEW_DRAWS,
        seed=study.settings.seed,
    )
    gaps = _gaps(found.scaled, found.anchors, found.items, a[known], b[known])
    low, high = tested.interval
    detectable = (high - low) / 2
    return Alignment(
        observed=tested.value,
        expected=tested.expected,
        p=tested.p,
        draws=tested.draws,
        interval=tested.interval,
        compared=tested.ties,
        ties=study.view.m,
        entities=len(found.entities),
        items=tuple(found.items),
        each_tie=each,
        each_node=tested.nodes.reindex(list(study.view.ids)),
        gaps=gaps,
        anchors=tuple(
            (g.item, g.anchored)
            for g in sorted(gaps, key=lambda g: (-g.anchored, g.item))
            if g.rated and g.anchored > g.rated / 2
        ),
        detectable=detectable,
        stands=_stands(study, similarity, at, tested.value - tested.expected, tested.expected, detectable,
                       tested.ties, tested.p < LEVEL) if tested.ties else 0.0,
    )  # fmt: skip


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
    detectable: float,
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
        reach = detectable * np.sqrt(compared / picked.size)
        if beyond:
            holds += np.sign(difference) == np.sign(gap) and abs(difference) > reach
        else:
            holds += abs(difference) <= NARROW
    return holds / len(pairs) if pairs else 0.0
