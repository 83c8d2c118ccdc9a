"""Null data for the tests of memberships, layers and networks of networks."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pandas as pd

from netmap.chance.between import between_networks
from netmap.chance.layers import backbone_test, layers_test
from netmap.chance.levels import levels_test
from netmap.chance.memberships import co_membership_test, projection_test
from netmap.kernels.shuffles import curveball
from netmap.view import View

__all__ = ["TESTS"]


def _memberships(seed: int, members: int = 24, groups: int = 16) -> pd.DataFrame:
    """Return memberships with uneven numbers and sizes and nothing else: traded at random from a fixed table."""
    rng = np.random.default_rng([seed, 11])
    chance = np.outer(np.linspace(0.3, 0.9, members), np.linspace(0.4, 1.0, groups))
    rows, columns = np.nonzero(np.random.default_rng(11).random((members, groups)) < chance)
    r, c = next(iter(curveball(rows, columns, members, groups, draws=1, rng=rng, rounds=60)))
    return pd.DataFrame({"member": r[0], "group": c[0]})


def _pair(seed: int) -> float:
    """Two members with a middling number of groups, whose shared number varies most."""
    table = _memberships(seed, 12, 30)
    return float(co_membership_test(table, draws=199, seed=seed).loc[(5, 6), "p"])


def _sparse(seed: int) -> pd.DataFrame:
    table = _memberships(seed, 40, 30)
    return table[table["group"] % 3 == 0]


def _projection_density(seed: int) -> float:
    return projection_test(_sparse(seed), draws=99, seed=seed).density.p


def _projection_transitivity(seed: int) -> float:
    return projection_test(_sparse(seed), draws=99, seed=seed).transitivity.p


def _layers(seed: int) -> float:
    views = {name: nx.gnm_random_graph(30, 100, seed=10 * seed + i) for i, name in enumerate("ab")}
    return float(layers_test(views, draws=199, seed=seed)["p"].iloc[0])


def _backbone(seed: int) -> float:
    view = View.from_networkx(nx.gnm_random_graph(40, 120, seed=seed))
    wired = np.random.default_rng([seed, 12]).permutation([1.0] * 40 + [0.0] * 80)
    return backbone_test(view, wired.tolist(), draws=199, seed=seed).connectedness.p


def _between(n: int, m: int, weight: bool = False) -> Callable[[int], float]:
    def one(seed: int) -> float:
        rng = np.random.default_rng([seed, 13])
        view = View.from_networkx(nx.gnm_random_graph(n, m, seed=seed))
        if weight:
            view = view.with_ties(view.source, view.target, rng.integers(1, 6, size=view.m))
        groups = rng.permutation(np.arange(n) % 3)
        found = between_networks(view, groups.tolist(), "weight" if weight else None, draws=199, seed=seed)
        return float(found.loc[(found["first"] == 0) & (found["second"] == 1), "p"].iloc[0])

    return one


def _overlapping(column: str) -> Callable[[int], float]:
    def one(seed: int) -> float:
        view = View.from_networkx(nx.gnm_random_graph(60, 240, seed=seed))
        rng = np.random.default_rng([seed, 14])
        rows = [(int(i), g) for g, size in (("a", 26), ("b", 24), ("c", 20)) for i in rng.choice(60, size, replace=False)]
        members = pd.DataFrame(rows, columns=["member", "group"])
        found = between_networks(view, members, draws=199, seed=seed)
        return float(found.loc[(found["first"] == "a") & (found["second"] == "b"), column].iloc[0])

    return one


def _levels(seed: int) -> float:
    people = nx.gnm_random_graph(60, 150, seed=seed)
    between = nx.barabasi_albert_graph(12, 2, seed=seed)
    home = np.random.default_rng([seed, 15]).permutation(np.arange(60) % 12)
    return levels_test(people, between, home.tolist(), draws=199, seed=seed).p


TESTS: dict[str, Callable[[int], float]] = {
    "co_membership_test": _pair,
    "projection_test: density": _projection_density,
    "projection_test: transitivity": _projection_transitivity,
    "layers_test": _layers,
    "backbone_test: connectedness": _backbone,
    "between_networks: ties swapped": _between(45, 150),
    "between_networks: strengths": _between(45, 150, weight=True),
    "between_networks: closed form": _between(150, 600),
    "between_networks: memberships traded": _overlapping("p"),
    "between_networks: shared members": _overlapping("shared_p"),
    "levels_test": _levels,
}
