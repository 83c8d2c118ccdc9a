"""Permutation tests of values and likeness on data where nothing is going on: a seed in, a p value out."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pandas as pd

from netmap.chance.congruence import congruence
from netmap.chance.gaps import value_gaps
from netmap.chance.knowing import knowledge_distance
from netmap.chance.leading import leadership_vs_authority
from netmap.chance.likeness import alignment_test, likeness_test
from netmap.chance.qap import mrqap, qap
from netmap.chance.quadrants import quadrant_test
from netmap.chance.trust_age import trust_by_age
from netmap.chance.trust_waves import trust_between_waves

__all__ = ["TESTS"]

DRAWS = 199
N = 25


def _network(rng: np.random.Generator, n: int = N) -> nx.Graph:
    """A network with hubs, as real ones have: nodes differ in how easily they tie."""
    ease = rng.gamma(2.0, 1.0, n)
    chance = np.minimum(np.outer(ease, ease) / ease.mean() ** 2 * 0.12, 0.95)
    tied = np.triu(rng.random((n, n)) < chance, 1)
    graph = nx.empty_graph(n)
    graph.add_edges_from(zip(*np.nonzero(tied), strict=True))
    return graph


def _effects(rng: np.random.Generator, n: int = N) -> np.ndarray:
    """A matrix whose cells depend on one another through their rows and columns, as those of networks do."""
    return rng.standard_normal((n, 1)) + rng.standard_normal((1, n)) + rng.standard_normal((n, n))


def _likeness(measure: str, categories: bool) -> Callable[[int], float]:
    def test(seed: int) -> float:
        rng = np.random.default_rng([seed, 6])
        graph = _network(rng)
        values = rng.choice(list("aaabbc"), N).tolist() if categories else rng.lognormal(size=N).tolist()
        return likeness_test(graph, values, measure, draws=DRAWS, seed=seed).p

    return test


def _qap(seed: int) -> float:
    rng = np.random.default_rng([seed, 2])
    return qap(_effects(rng), _effects(rng), draws=DRAWS, seed=seed).p


def _qap_gaps(seed: int) -> float:
    rng = np.random.default_rng([seed, 3])
    a, b = _effects(rng), _effects(rng)
    silent = rng.choice(N, 5, replace=False)
    a[silent] = np.nan
    return qap(a, b, draws=DRAWS, seed=seed).p


def _mrqap(seed: int) -> float:
    """The predictor goes with another that does matter; of its own it tells nothing."""
    rng = np.random.default_rng([seed, 4])
    other = _effects(rng)
    predictor = 0.6 * other + _effects(rng)
    return float(
        mrqap(other + _effects(rng), {"x": predictor, "z": other}, draws=DRAWS, seed=seed).table.loc["x", "p"]
    )


def _alignment(seed: int) -> float:
    rng = np.random.default_rng([seed, 5])
    graph = nx.relabel_nodes(_network(rng), str)
    level = rng.normal(3, 0.7, (N, 1))
    rating = np.clip(np.rint(level + rng.standard_normal((N, 6))), 1, 5)
    values = pd.DataFrame(
        [(str(e), f"i{k}", rating[e, k]) for e in range(N) for k in range(6)], columns=["entity", "item", "rating"]
    )
    return alignment_test(graph, values, draws=DRAWS, seed=seed).p


def _trust_by_age(seed: int) -> float:
    """Raters are lenient or not, some are trusted by all, and old bodies have old ties; age itself does nothing."""
    rng = np.random.default_rng([seed, 7])
    graph = _network(rng)
    lenient, earned, founded = rng.normal(0, 0.4, N), rng.normal(0, 0.3, N), rng.integers(1990, 2020, N)
    rows = []
    for a, b in graph.edges:
        start = int(max(founded[a], founded[b]) + rng.integers(0, 5))
        pair = rng.normal(0, 0.4)
        for one, other in ((a, b), (b, a)):
            level = 2.7 + lenient[one] + earned[other] + pair + rng.normal(0, 0.3)
            rows.append((one, other, start, *np.clip(np.rint(level + rng.normal(0, 0.3, 3)), 1, 4)))
    columns = ["source", "target", "start", "trust_reliability", "trust_mission", "trust_openness"]
    return trust_by_age(pd.DataFrame(rows, columns=columns), at=2025, draws=DRAWS, seed=seed).p


def _quadrants(seed: int) -> float:
    """Raters are lenient or not, and pairs have levels of their own; well-known bodies have more agreements."""
    rng = np.random.default_rng([seed, 13])
    graph = _network(rng)
    lenient, known = rng.normal(0, 0.4, N), rng.normal(0, 1, N)
    rows = []
    for a, b in graph.edges:
        hard = float(rng.random() < 1 / (1 + np.exp(-known[a] - known[b])))
        forced = "mandated" if rng.random() < 0.2 + 0.4 * hard else "voluntary"
        pair = rng.normal(0, 0.4)
        for one, other in ((a, b), (b, a)):
            level = 2.7 + lenient[one] + 0.3 * known[other] + pair
            rows.append((one, other, forced, hard, *np.clip(np.rint(level + rng.normal(0, 0.4, 3)), 1, 4)))
    columns = ["source", "target", "mandate", "hardwired", "trust_reliability", "trust_mission", "trust_openness"]
    found = quadrant_test(pd.DataFrame(rows, columns=columns), draws=DRAWS, seed=seed)
    return float(found.terms.loc["accountable", "p"])


def _waves(seed: int) -> float:
    """Each rater grows milder or stricter for reasons of its own; all together stay as they are."""
    rng = np.random.default_rng([seed, 14])
    graph = _network(rng)
    drift = rng.normal(0, 0.3, N)
    rows = []
    for a, b in graph.edges:
        for one, other in ((a, b), (b, a)):
            level = 2.6 + rng.normal(0, 0.4)
            for k, wave in enumerate(("2021", "2023", "2025")):
                if rng.random() < 0.85:
                    score = np.clip(np.rint(level + drift[one] * k / 2 + rng.normal(0, 0.4, 3)), 1, 4)
                    rows.append((one, other, wave, *score))
    columns = ["source", "target", "wave", "trust_reliability", "trust_mission", "trust_openness"]
    return trust_between_waves(pd.DataFrame(rows, columns=columns), draws=DRAWS, seed=seed).p


def _authority(seed: int) -> float:
    """Some are named by many, whatever their office."""
    rng = np.random.default_rng([seed, 8])
    draw = rng.gamma(1.0, 1.0, N)
    named = rng.random((N, N)) < np.minimum(draw / draw.mean() * 0.1, 0.9)
    np.fill_diagonal(named, False)
    graph = nx.empty_graph(N, create_using=nx.DiGraph)
    graph.add_edges_from(zip(*np.nonzero(named), strict=True))
    return leadership_vs_authority(graph, dict(enumerate(rng.integers(0, 6, N).tolist())), draws=DRAWS, seed=seed).tau_p


def _holders(seed: int) -> float:
    """Everybody names three others, whoever they are."""
    rng = np.random.default_rng([seed, 9])
    graph = nx.empty_graph(N, create_using=nx.DiGraph)
    for i in range(N):
        graph.add_edges_from((i, int(j + (j >= i))) for j in rng.choice(N - 1, 3, replace=False))
    return leadership_vs_authority(graph, draws=DRAWS, seed=seed).holders_p


def _knowledge(seed: int) -> float:
    """Knowledge lies anywhere in the network."""
    rng = np.random.default_rng([seed, 10])
    graph = nx.relabel_nodes(_network(rng), str)
    rows = [(str(i), "x", 4, False) for i in rng.choice(N, 8, replace=False)]
    rows += [(str(i), "x", 0, True) for i in rng.choice(N, 2, replace=False)]
    table = pd.DataFrame(rows, columns=["entity", "capability", "level", "authority_for"])
    return float(knowledge_distance(graph, table, draws=DRAWS, seed=seed).loc["x", "closeness_p"])


def _congruence(seed: int) -> float:
    """Only one side matters, in pairs that depend on one another: a4 tells of nothing."""
    rng = np.random.default_rng([seed, 11])
    score = rng.uniform(1, 5, 24)
    x, y = np.meshgrid(score, score, indexing="ij")
    return float(congruence(x + _effects(rng, 24), x, y, draws=DRAWS, seed=seed).contrasts.loc["a4", "p"])


def _gaps(seed: int) -> float:
    """Two networks whose members rate alike, one item."""
    rng = np.random.default_rng([seed, 12])
    values = pd.DataFrame({"entity": [f"o{i}" for i in range(N)], "item": "x", "rating": rng.integers(1, 6, N)})
    members = pd.DataFrame({"member": values["entity"], "group": np.where(np.arange(N) < 10, "A", "B")})
    return float(value_gaps(values, members, draws=DRAWS, seed=seed).loc[0, "p"])


TESTS: dict[str, Callable[[int], float]] = {
    "assortativity by category": _likeness("assortativity", categories=True),
    "assortativity by number": _likeness("assortativity", categories=False),
    "Moran's I": _likeness("moran", categories=False),
    "Geary's C": _likeness("geary", categories=False),
    "E-I index": _likeness("ei_index", categories=True),
    "alignment": _alignment,
    "QAP": _qap,
    "QAP with a fifth not answering": _qap_gaps,
    "MRQAP": _mrqap,
    "trust by age of tie": _trust_by_age,
    "trust between waves": _waves,
    "trust by accountability": _quadrants,
    "leadership: nominations with authority": _authority,
    "leadership: spread of nominations": _holders,
    "nearness of knowledge to authority": _knowledge,
    "congruence regression, a4": _congruence,
    "gap between two networks": _gaps,
}
