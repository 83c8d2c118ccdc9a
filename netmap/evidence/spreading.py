"""Numbers behind F5: the small set from which most are within two steps, and the sets that do as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

if TYPE_CHECKING:
    from ..study import Study
    from ..view import View

__all__ = ["Spreading", "spreading"]

MOST, STEPS = 3, 2
ENOUGH = 0.95
DRAWS = 199
INFORMATION = "information"
FEWEST_TIES = 10
BEGINNINGS = 5
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Spreading:
    """Who to start with: ids, the share reached, whether every set was tried, and other sets with their shares.

    `layer` is the kind of tie that was followed, "" for all together; `alone` is the share reached from the best one.
    """

    layer: str
    seeds: tuple[str, ...]
    share: float
    optimal: bool
    others: tuple[tuple[tuple[str, ...], float], ...]
    alone: float
    expected: float
    interval: tuple[float, float]
    p: float
    draws: int
    ties: int
    stands: float


def spreading(study: Study) -> Spreading | None:
    """Gather the numbers behind F5, or None where there are too few organisations and ties for a message to travel."""
    from ..chance.chosen_sets import key_players_test
    from ..measures.key_sets import key_players

    if study.network.shape != "ties" or study.network.nodes_are == "people" or study.n_units < 2 * MOST or not study.view.m:
        return None
    layer, view = _layer(study)
    seed = study.settings.seed
    found = [key_players(view, size, "reach", STEPS, seed) for size in range(1, MOST + 1)]
    # The smallest set that reaches nearly all that the largest does.
    best = next(f for f in found if f.value >= ENOUGH * found[-1].value - 1e-12)
    chance = key_players_test(view, best.nodes, "reach", STEPS, draws=DRAWS, seed=seed)
    return Spreading(
        layer=layer,
        seeds=tuple(map(str, best.nodes)),
        share=best.value,
        optimal=best.optimal,
        others=tuple((tuple(map(str, nodes)), value) for nodes, value in best.runners_up),
        alone=found[0].value,
        expected=chance.expected,
        interval=chance.interval,
        p=chance.p,
        draws=chance.draws,
        ties=view.m,
        stands=_stands(study, layer, view, np.sort(view.positions(list(best.nodes))).astype(np.int64)),
    )


def _layer(study: Study) -> tuple[str, View]:
    """The ties along which information is said to go, where enough are recorded as such; else all."""
    kinds = study.network.check_kinds(study.settings.kinds)
    if INFORMATION in kinds and len(kinds) > 1:
        view = study.network.view([INFORMATION], study.settings.wave, confidential=study.confidential)
        if view.m >= max(FEWEST_TIES, study.n_units / 2):
            return INFORMATION, view
    return "", study.view


def _stands(study: Study, layer: str, view: View, chosen: IntArray) -> float:
    """Share of perturbed networks in which the set reaches nearly what the best set found there reaches."""
    from ..chance.perturbation import perturb

    drawn = study.draws if not layer else perturb(view, draws=study.how_many, seed=study.settings.seed)
    holds = []
    for draw in drawn:
        near = _within(draw.view)
        own = _reached(near, chosen)
        holds.append(own >= ENOUGH * max(own, _reached(near, _searched(near, chosen.size))) - 1e-12)
    return float(np.mean(holds)) if holds else 0.0


def _within(view: View) -> sparse.csr_array:
    """Who is within two steps of whom."""
    csr = view.csr
    one = sparse.csr_array((np.ones(csr.arcs), csr.indices, csr.indptr), shape=(csr.n, csr.n))
    near = sparse.csr_array(one + one @ one + sparse.eye_array(csr.n))
    near.data[:] = 1.0
    return near


def _reached(near: sparse.csr_array, chosen: IntArray) -> int:
    return int((near[chosen].sum(axis=0) > 0).sum()) - chosen.size


def _searched(near: sparse.csr_array, size: int) -> IntArray:
    """A set by greedy choice from several beginnings, each improved by exchanging one at a time."""
    wide = np.asarray(near.sum(axis=1)).reshape(-1)
    begin = np.lexsort((np.arange(wide.size), -wide))[:BEGINNINGS].tolist()
    ends = [_improved(near, first, size) for first in begin]
    return max(ends, key=lambda chosen: _reached(near, chosen))


def _improved(near: sparse.csr_array, first: int, size: int) -> IntArray:
    chosen = [first]
    while len(chosen) < size:
        chosen.append(_next(near, chosen))
    value, k, tried = _reached(near, np.array(chosen)), 0, 0
    while tried < size:
        swap = [*chosen[:k], *chosen[k + 1 :]]
        swap.insert(k, _next(near, swap))
        now = _reached(near, np.array(swap))
        chosen, value, tried = (swap, now, 0) if now > value else (chosen, value, tried + 1)
        k = (k + 1) % size
    return np.array(sorted(chosen), dtype=np.int64)


def _next(near: sparse.csr_array, chosen: list[int]) -> int:
    """Who reaches most that is not reached yet, outside the set."""
    left = np.ones(near.shape[0])
    if chosen:
        left[near[chosen].indices] = 0.0
    gain = near @ left
    gain[chosen] = -1.0
    return int(np.argmax(gain))
