"""Compiled kernels and their NumPy twins agree: counts exactly, real numbers to 12 digits.

300 drawn graphs by default; as many as wanted with `NETMAP_GRAPHS=10000 pytest tests/kernels/test_twins.py`.
"""

from __future__ import annotations

import os

import numpy as np
import pytest

from netmap.kernels import (
    _native,
    brokerage,
    communities,
    components,
    cores,
    cuts,
    dealing,
    descent,
    foretold,
    groups,
    new_ties,
    paths,
    pivots,
    shuffles,
    spectral,
    triangles,
)
from netmap.kernels.csr import build_csr, perturbed_csr
from tests.kernels.drawn import drawn

GRAPHS = int(os.environ.get("NETMAP_GRAPHS", "300"))
STEP = 50

pytestmark = pytest.mark.skipif(not _native._THERE, reason="the kernels are not compiled")


def everything(number: int) -> dict[str, object]:
    """Everything a compiled kernel has a part in, taken of one graph."""
    csr, into, lengths = drawn(number)
    some = np.arange(0, csr.n, 3)
    told = foretold.guess(csr, 7)
    told = foretold.Guess(told.others, (3, 20, 1_000)[number % 3], told.symmetric)
    out: dict[str, object] = {
        "betweenness": paths.path_betweenness(csr, ties=True),
        "betweenness of nodes": paths.betweenness(csr),
        "betweenness of nodes of the undirected": paths.betweenness(drawn(number, directed=False)[0]),
        "betweenness by length": paths.path_betweenness(csr, lengths, ties=True),
        "sums over some sources": paths.source_sums(csr, some, ties=True, squares=True),
        "sums over some by length": paths.source_sums(csr, some, lengths, squares=True),
        "sums of what was not foretold": paths.source_sums(csr, some, squares=True, guess=told),
        "foretold": foretold.foretold_sums(csr, told),
        "harmonic from pivots": pivots.pivot_harmonic(csr, 7, np.random.default_rng(number)),
        "pivots": pivots.pivot_betweenness(csr, 7, np.random.default_rng(number)),
    }
    flat_csr, _, _ = drawn(number, directed=False)
    brokered = brokerage.brokerage(csr, into, np.arange(csr.n) % 3)
    ends = csr.indices, csr.rows, csr.weights
    mass = np.random.default_rng(number).integers(0, 4, csr.n).astype(np.float64)
    sums = triangles.triangle_sums(flat_csr, np.arange(csr.n) % 4)
    found = cuts.cuts(flat_csr, int(flat_csr.tie.max(initial=-1)) + 1, mass)
    distance = new_ties.all_distances(flat_csr)
    grouped = np.random.default_rng([1, number]).integers(-1, 4, csr.n)
    other = into if into is not csr else None
    ties = csr.rows, csr.indices, csr.weights
    upward = flat_csr.rows < flat_csr.indices
    out |= {
        "ties by group": groups.group_profile(csr, grouped, csr.weights),
        "ties by group there and back": groups.group_profile(csr, grouped, None, other),
        "participation": groups.participation(csr, grouped, csr.weights),
        "within-module z": groups.within_z(csr, grouped),
        "ties between groups": groups.group_ties(*ties, grouped, 4),
        "counts between groups": groups.group_ties(*ties[:2], None, grouped, 4),
        "ends by group": groups.end_sums(*ties, grouped),
        # A difference of two shares: what counts is twelve digits of those.
        "modularity": 1.0 + groups.modularity(*ties, grouped, directed=True),
        "gains of new ties": new_ties.tie_gains(distance, np.argwhere(distance > 1)[:400]),
        "cuts": tuple(getattr(found, field) for field in found.__dataclass_fields__),
        "what hangs on one": tuple(vars(cuts.depth_first(flat_csr, mass)).values()),
        "how many hang on one": tuple(vars(cuts.depth_first(flat_csr)).values()),
        "components": components.component_labels(csr),
        "strong components": components.component_labels(csr, strong=True),
        "cores": cores.core_numbers(flat_csr),
        "in-cores": cores.core_numbers(csr, into),
        "out-cores": cores.core_numbers(into, csr),
        "shared neighbours": triangles.common_neighbours(flat_csr),
        "products": triangles.arc_products(flat_csr, np.cbrt(flat_csr.weights), flat_csr.weights),
        "triangle sums": tuple(getattr(sums, f) for f in sums.__dataclass_fields__),
        "undirected brokerage": tuple(
            vars(brokerage.brokerage(flat_csr, flat_csr, np.arange(csr.n) % 3)).values()
        ),
        "constraint": triangles.constraint(flat_csr),
        "parts of constraint": triangles.constraint_parts(flat_csr),
        "ego constraint": triangles.constraint(flat_csr, variant="ego"),
        "built": tuple(getattr(build_csr(csr.n, *ends, symmetric=False), f) for f in ("indptr", "indices", "tie")),
        "built both ways": rows_of(build_csr(csr.n, *ends, symmetric=True)),
        "built of ties in order": rows_of(build_csr(csr.n, csr.rows, csr.indices, csr.weights, symmetric=False)),
        "built both ways of ties in order": rows_of(
            build_csr(csr.n, flat_csr.rows[upward], flat_csr.indices[upward], flat_csr.weights[upward], symmetric=True)
        ),
        "perturbed": perturbed(csr, number),
        "perturbed undirected": perturbed(flat_csr, number),
        "brokerage": tuple(getattr(brokered, f) for f in brokered.__dataclass_fields__),
        "katz": spectral.katz(csr, 0.4 / max(1.0, np.bincount(csr.rows, weights=csr.weights, minlength=1).max())),
        "radius": spectral.spectral_radius(flat_csr, symmetric=True),
        "pagerank": spectral.pagerank(csr),
        "effective size": triangles.effective_size(flat_csr),
        "positions": descended(csr, number).view(np.float64),
    }
    resolution = (1.0, 0.3, 2.5, 1e-9, 1e6)[number % 5]
    out["communities"] = communities.leiden(flat_csr, [number, -number], resolution=resolution, iterations=1 + number % 3)
    out |= dealt(csr, number) | rearranged(csr, number)
    for name, graph in (("out", csr), ("in", into)):
        for kind, each in (("steps", None), ("lengths", lengths)):
            away = paths.distance_sums(graph, each)
            out[f"{kind} {name}"] = away.reached, away.distance, away.inverse, away.farthest
    return out


def rows_of(csr):
    """Return what compressed rows hold."""
    return csr.indptr, csr.indices, csr.weights, csr.tie


def perturbed(csr, number: int) -> tuple[np.ndarray, ...]:
    """Rows of a graph whose ties are dealt out to those that may be lost and those that are added, some of them lost."""
    rng = np.random.default_rng([30, number])
    symmetric = paths.is_symmetric(csr)
    once = csr.rows < csr.indices if symmetric else np.ones(csr.arcs, dtype=bool)
    ties = csr.rows[once], csr.indices[once], csr.weights[once]
    recorded, kept = rng.random(ties[0].size) < 0.7, rng.random(ties[0].size) < 0.8
    base, others = (tuple(each[side] for each in ties) for side in (recorded, ~recorded))
    mixed = rng.permutation(others[0].size)
    made = perturbed_csr(csr.n, base, kept[recorded], tuple(each[mixed] for each in others), symmetric=symmetric)
    return made.indptr, made.indices, made.weights, made.tie


def descended(csr, number: int) -> np.ndarray:
    """Positions after three sweeps over some pairs of nodes, of which no node is in two of one round."""
    rng = np.random.default_rng([70, number])
    z, rounds = rng.normal(size=csr.n) + 1j * rng.normal(size=csr.n), 1 + number % 5
    halves = [rng.permutation(csr.n)[: csr.n // 2 * 2].reshape(2, -1).astype(np.int32) for _ in range(rounds)]
    first, second = (np.concatenate([half[side] for half in halves]) for side in (0, 1))
    cuts_at = np.arange(rounds + 1, dtype=np.int64) * (csr.n // 2)
    wish, weight = rng.random(first.size) + 0.1, rng.random(first.size)
    z[: csr.n // 4] = 0.0
    for rate in (10.0, 1.0, 0.1):
        order = rng.permutation(rounds).astype(np.int32)
        z = descent.descend(z, first, second, wish, weight, cuts_at, order, rate)
    return z


def dealt(csr, number: int) -> dict[str, object]:
    """Labels, numbers and profiles dealt out over the ties of a graph."""
    rng = np.random.default_rng([40, number])
    a, b, keys = csr.rows, csr.indices, dealing.streams(rng, 5)
    labels, profiles = rng.integers(0, 4, csr.n), rng.choice([0.0, 0.25, 0.5, 1.0, np.nan], (csr.n, 1 + number % 19))
    weights = rng.random(profiles.shape[1])
    return {
        "dealings": dealing.dealings(keys, csr.n),
        "tables of labels": dealing.label_tables(labels, 4, a, b, keys),
        "likeness of labels": dealing.label_likeness(labels, 4, a, b, keys, directed=number % 2 > 0),
        "sums of numbers": dealing.number_sums(rng.normal(size=csr.n), a, b, rng.normal(size=(2, csr.n)), keys),
        "profiles": dealing.profile_means(profiles, weights, 2.0, a, b, csr.weights, keys),
        "similarities": dealing.matrix_means(rng.random((csr.n, csr.n)), a, b, csr.weights, keys),
    }


def rearranged(csr, number: int) -> dict[str, object]:
    """Ties that swap ends and memberships that are traded, some rounds."""
    rng = np.random.default_rng([50, number])
    symmetric = paths.is_symmetric(csr)
    once = csr.rows < csr.indices if symmetric else np.ones(csr.arcs, dtype=bool)
    a, b = csr.rows[once], csr.indices[once]
    rewired = list(shuffles.rewire(csr.n, a, b, directed=not symmetric, draws=3, rng=rng, swaps=2))
    traded = list(shuffles.curveball(a, b, csr.n, csr.n, draws=3, rng=rng, rounds=4))
    ring, size = rng.permutation(csr.n), 60 if once.any() else 0
    picks = rng.integers(max(a.size, 1), size=(2, size))
    # A simple undirected graph is needed: of a pair tied both ways one arc is left.
    alone = np.unique(np.minimum(a, b) * np.int64(max(csr.n, 1)) + np.maximum(a, b), return_index=True)[1]
    picks %= max(alone.size, 1)
    return {
        "nearer": shuffles.near_swaps(ring, a[alone], b[alone], *picks, rng.random(size) < 0.5),
        "rewired": tuple(side for block in rewired for side in block),
        "traded": tuple(side for block in traded for side in block),
    }


def flat(value: object) -> list[np.ndarray]:
    """A result as a list of arrays."""
    return [np.asarray(v) for v in (value if isinstance(value, tuple) else (value,))]


@pytest.mark.parametrize("first", range(0, GRAPHS, STEP))
def test_kernel_and_twin_agree(first: int, monkeypatch):
    """On every drawn graph, whatever is counted is the same and whatever is measured is within 1e-12."""
    from netmap.kernels import _near

    monkeypatch.setattr(_near, "_FEW_SOURCES", 0)
    for number in range(first, min(first + STEP, GRAPHS)):
        # Every other one is numbered anew, small as it is.
        monkeypatch.setattr(_near, "_FEW_NODES", 0 if number % 2 else 500)
        with _native.using("compiled"):
            fast = everything(number)
        with _native.using("python"):
            twin = everything(number)
        for name, value in twin.items():
            for one, two in zip(flat(fast[name]), flat(value), strict=True):
                said = f"graph {number}: {name}"
                assert one.dtype == two.dtype, said
                if one.dtype.kind == "f":
                    scale = np.abs(two[np.isfinite(two)]).max(initial=0.0)
                    np.testing.assert_allclose(one, two, rtol=1e-12, atol=1e-12 * scale, err_msg=said)
                else:
                    np.testing.assert_array_equal(one, two, err_msg=said)


@pytest.mark.parametrize("number", [0, 1, 3, 12, 21])
def test_results_do_not_depend_on_threads(number: int, monkeypatch):
    """One, two and eight threads give the same bits, with chunks so small that there are many."""
    from netmap.kernels import _compiled, _compiled_nulls, _near

    monkeypatch.setattr(_compiled, "_PORTION", 1)
    for few in ("_FEW_NODES", "_FEW_SOURCES"):
        monkeypatch.setattr(_near, few, 0)
    monkeypatch.setattr(_compiled_nulls, "_PORTION", 1)
    found = []
    for count in (1, 2, 8):
        monkeypatch.setenv("NETMAP_THREADS", str(count))
        found.append([a.tobytes() for value in everything(number).values() for a in flat(value)])
    assert found[0] == found[1] == found[2]
