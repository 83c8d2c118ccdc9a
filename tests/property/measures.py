"""What each structural measure must do when a network is changed in a way that is understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from netmap import measures as nm
from netmap.view import View


def same(value: float, n: int) -> float:
    """Nothing changes."""
    return value


def times(factor: Callable[[int], float]) -> Callable[[float, int], float]:
    """The value is multiplied by something that hangs on the number of nodes before."""
    return lambda value, n: value * factor(n)


@dataclass(frozen=True)
class Law:
    """How one measure answers to changes; None where there is no simple law.

    `isolate` and `union` turn the value before into the value after, given the number of nodes before. `scale` is the
    power of the factor by which strengths are multiplied. `twin` is the factor when every tie is doubled into two
    directions. `noise` says whether loops and doubled rows leave it alone (strengths, where used, double).
    """

    function: Callable[[View], Any]
    isolate: Callable[[float, int], float] | None = same
    union: Callable[[float, int], float] | None = same
    scale: float | None = 0
    twin: float | None = 1
    noise: bool = True
    directed: bool = True


def _pairs(extra: int) -> Callable[[int], float]:
    """Pairs among n nodes less `extra`, over pairs among n + 1 nodes less `extra`."""
    return lambda n: (n - extra) * (n - 1 - extra) / ((n + 1 - extra) * (n - extra)) if n > 1 + extra else float("nan")


def _union_pairs(extra: int) -> Callable[[int], float]:
    def factor(n: int) -> float:
        before, after = (n - extra) * (n - 1 - extra), (2 * n - extra) * (2 * n - 1 - extra)
        return before / after if n > 1 + extra else float("nan")

    return factor


def _groups(view: View) -> list[int]:
    """A group that follows from the node's id, so that it moves with it."""
    return [int(str(view.ids[i]).removeprefix("x")) % 3 for i in view.order]


def _brokerage(view: View) -> Any:
    table = nm.brokerage(view, _groups(view))
    return table[[c for c in table if not c.startswith(("expected_", "z_"))]]


NODES: dict[str, Law] = {
    "degree": Law(nm.degree, twin=2),
    "strength": Law(nm.strength, scale=1, twin=2, noise=False),
    "opsahl_degree": Law(nm.opsahl_degree, scale=0.5, twin=2, noise=False),
    "betweenness": Law(nm.betweenness, isolate=times(_pairs(1)), union=times(_union_pairs(1))),
    "betweenness raw": Law(lambda v: nm.betweenness(v, normalised=False), twin=2),
    "betweenness weighted": Law(lambda v: nm.betweenness(v, "weight", normalised=False), twin=2, noise=False),
    "harmonic": Law(nm.harmonic, isolate=times(lambda n: (n - 1) / n if n > 1 else float("nan")),
                    union=times(lambda n: (n - 1) / (2 * n - 1) if n > 1 else float("nan"))),
    "harmonic weighted": Law(lambda v: nm.harmonic(v, "weight"), isolate=None, union=None, scale=1, noise=False),
    "closeness": Law(nm.closeness),
    "closeness wasserman-faust": Law(
        lambda v: nm.closeness(v, "wasserman-faust"), isolate=times(lambda n: (n - 1) / n if n else float("nan")),
        union=times(lambda n: (n - 1) / (2 * n - 1)),
    ),
    "eccentricity": Law(nm.eccentricity),
    "eigenvector": Law(nm.eigenvector, union=None),
    "katz": Law(nm.katz),
    "pagerank": Law(nm.pagerank, isolate=None, union=times(lambda n: 0.5)),
    "core_number": Law(nm.core_number),
    "core_number in": Law(lambda v: nm.core_number(v, "in")),
    "strength_core": Law(nm.strength_core, scale=1, twin=2, noise=False),
    "clustering": Law(nm.clustering),
    "clustering_barrat": Law(nm.clustering_barrat, noise=False),
    "clustering_onnela": Law(nm.clustering_onnela, noise=False),
    "constraint": Law(nm.constraint),
    "constraint weighted ego": Law(lambda v: nm.constraint(v, "weight", "ego"), noise=False),
    "effective_size": Law(nm.effective_size),
    "effective_size weighted": Law(lambda v: nm.effective_size(v, "weight"), noise=False),
    "efficiency": Law(nm.efficiency),
    "hierarchy": Law(nm.hierarchy),
    "bridging_centrality": Law(nm.bridging_centrality, isolate=times(_pairs(1)), union=times(_union_pairs(1))),
    "cutpoints": Law(lambda v: nm.cutpoints(v)[["cutpoint", "pieces", "pairs"]]),
    "brokerage": Law(_brokerage, union=None, twin=None),
}  # fmt: skip

TIES: dict[str, Law] = {
    "edge_betweenness": Law(nm.edge_betweenness, isolate=times(_pairs(0)), union=times(_union_pairs(0)), twin=None),
    "edge_betweenness weighted": Law(
        lambda v: nm.edge_betweenness(v, "weight", normalised=False), twin=None, noise=False
    ),
    "bridge_ties": Law(lambda v: nm.bridge_ties(v)[["bridge", "pairs", "share_own"]]),
    "local_bridges": Law(nm.local_bridges),
    "embeddedness": Law(nm.embeddedness),
}

NUMBERS: dict[str, Law] = {
    "density": Law(nm.density, isolate=times(_pairs(0)), union=times(lambda n: 2 * _union_pairs(0)(n))),
    "mean_strength": Law(nm.mean_strength, isolate=times(_pairs(0)), union=times(lambda n: 2 * _union_pairs(0)(n)),
                         scale=1, noise=False),
    "centralisation": Law(nm.centralisation, isolate=None, union=None),
    "centralisation betweenness": Law(lambda v: nm.centralisation(v, "betweenness"), isolate=None, union=None),
    "centralisation closeness": Law(lambda v: nm.centralisation(v, "closeness"), isolate=None, union=None),
    "reciprocity": Law(nm.reciprocity, twin=None),
    "reciprocity weighted": Law(lambda v: nm.reciprocity(v, weight="weight"), twin=None, noise=False),
    "reciprocity correlation": Law(lambda v: nm.reciprocity(v, "correlation"), isolate=None, union=None, twin=None),
    "components": Law(lambda v: nm.components(v).count, isolate=lambda x, n: x + 1, union=times(lambda n: 2)),
    "connectedness": Law(nm.connectedness, isolate=times(_pairs(0)), union=times(lambda n: 2 * _union_pairs(0)(n))),
    "fragmentation": Law(nm.fragmentation, isolate=lambda x, n: 1 - (1 - x) * _pairs(0)(n),
                         union=lambda x, n: 1 - (1 - x) * 2 * _union_pairs(0)(n)),
    "fragmentation weighted": Law(lambda v: nm.fragmentation(v, True, "weight"), isolate=None, union=None,
                                  noise=False),
    "mean_distance": Law(nm.mean_distance),
    "global_efficiency": Law(nm.global_efficiency, isolate=times(_pairs(0)),
                             union=times(lambda n: 2 * _union_pairs(0)(n))),
    "local_efficiency": Law(nm.local_efficiency, isolate=times(lambda n: n / (n + 1) if n else float("nan"))),
    "transitivity": Law(nm.transitivity),
    "directed_transitivity": Law(nm.directed_transitivity),
    "average_clustering": Law(nm.average_clustering),
    "robustness": Law(lambda v: nm.robustness(v, draws=1).value, isolate=None, union=None, twin=None, noise=False),
}  # fmt: skip

# Measures of other things than one network, or of sets; each has properties of its own in test_sets.
OTHERS = (
    "gini", "effective_number", "evenness", "reach", "key_players", "tie_stability", "rank_stability", "group_tracking",
)  # fmt: skip
