"""Numbers behind F6: ties across sectors (or roles) against what labels dealt out at random would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..kernels.dealing import label_tables, streams

if TYPE_CHECKING:
    from ..study import Study

__all__ = ["Mixing", "Pair", "mixing"]

SMALLEST = 5
DRAWS = 4999
OTHERS = "smaller ones together"


@dataclass(frozen=True)
class Pair:
    """Ties between (or within) two sectors: observed, expected by chance, p after FDR, share of draws it stands in."""

    first: str
    second: str
    observed: int
    expected: float
    p: float
    stands: float


@dataclass(frozen=True)
class Mixing:
    """What is compared (`by`), how much crosses, and every pair of sectors."""

    by: str
    labels: tuple[str, ...]
    sizes: tuple[int, ...]
    known: int
    ties: int
    crossing: int
    expected: float
    interval: tuple[float, float]
    p: float
    stands: float
    pairs: tuple[Pair, ...]
    merged: tuple[str, ...]


def mixing(study: Study) -> Mixing | None:
    """Gather the numbers behind F6, or None where fewer than two groups of nodes are known."""
    from ..chance.fdr import benjamini_hochberg

    by, words = study.sector_labels
    if by is None:
        return None
    sizes = {w: words.count(w) for w in set(words) if w}
    small = sorted(w for w, size in sizes.items() if size < SMALLEST)
    if small and len(sizes) - len(small) >= 1:
        words = [OTHERS if w in small else w for w in words]
        sizes = {w: words.count(w) for w in set(words) if w}
    else:
        small = []
    names = sorted(sizes, key=lambda w: (w == OTHERS, -sizes[w], w))
    if len(names) < 2:
        return None
    number = {w: i for i, w in enumerate(names)}
    label = np.array([number.get(w, -1) for w in words])
    a, b = study.view.source, study.view.target
    both = (label[a] >= 0) & (label[b] >= 0)
    if not both.any():
        return None
    a, b = a[both], b[both]
    k = len(names)
    known = np.flatnonzero(label >= 0)
    rng = np.random.default_rng([study.settings.seed, 6])
    place = np.cumsum(label >= 0) - 1
    keys = streams(rng, DRAWS if a.size <= 20_000 else 999)
    tables = label_tables(label[known], k, place[a], place[b], keys)
    # Each unordered pair of labels in the upper triangle.
    tables = np.triu(tables) + np.triu(tables.transpose(0, 2, 1), 1)
    observed, null = tables[0], tables[1:]
    mean = _expected([sizes[w] for w in names], a.size)
    upper = np.triu_indices(k)
    far = np.abs(null - mean) >= np.abs(observed - mean) - 1e-9
    p = (1 + far.sum(axis=0)[upper]) / (1 + null.shape[0])
    adjusted = benjamini_hochberg(p)
    crossing = int(np.triu(observed, 1).sum())
    null_cross = np.triu(null, 1).sum(axis=(1, 2))
    expected = float(np.triu(mean, 1).sum())
    p_cross = float(
        (1 + (np.abs(null_cross - expected) >= abs(crossing - expected) - 1e-9).sum()) / (1 + null.shape[0])
    )
    low, high = np.quantile(null_cross, [0.025, 0.975])
    sign, signs = _stands(study, label, np.array([sizes[w] for w in names]), crossing - expected, observed - mean)
    pairs = tuple(
        Pair(names[i], names[j], int(observed[i, j]), float(mean[i, j]), float(q), float(signs[i, j]))
        for i, j, q in zip(*upper, adjusted, strict=True)
    )
    return Mixing(
        by=by,
        labels=tuple(names),
        sizes=tuple(sizes[w] for w in names),
        known=int(known.size),
        ties=int(a.size),
        crossing=crossing,
        expected=expected,
        interval=(float(low), float(high)),
        p=p_cross,
        stands=sign,
        pairs=pairs,
        merged=tuple(small),
    )


def _table(x: NDArray[np.int64], y: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Count ties by the labels of their ends, each unordered pair in the upper triangle."""
    first, second = np.minimum(x, y), np.maximum(x, y)
    return np.bincount(first * k + second, minlength=k * k).reshape(k, k)


def _expected(sizes: list[int] | NDArray[np.int64], ties: int) -> NDArray[np.float64]:
    """Expected ties by pair of labels when labels are dealt out at random: exact."""
    size = np.asarray(sizes, dtype=float)
    total = size.sum()
    table = 2 * np.outer(size, size)
    np.fill_diagonal(table, size * (size - 1))
    expected: NDArray[np.float64] = np.triu(table) * ties / (total * (total - 1))
    return expected


def _stands(
    study: Study, label: NDArray[np.int64], sizes: NDArray[np.int64], gap: float, gaps: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Share of perturbed networks in which the difference from chance has the same sign, overall and for each pair."""
    k = sizes.size
    same, signs, draws = 0, np.zeros((k, k)), 0
    for a, b in study.drawn_ties:
        both = (label[a] >= 0) & (label[b] >= 0)
        table = _table(label[a[both]], label[b[both]], k)
        mean = _expected(sizes, int(both.sum()))
        difference = table - mean
        same += np.sign(np.triu(difference, 1).sum()) == np.sign(gap)
        signs += np.sign(difference) == np.sign(gaps)
        draws += 1
    return (same / draws, signs / draws) if draws else (0.0, signs)
