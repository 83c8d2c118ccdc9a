"""Who is best placed: coalitions, coverage and the smallest change of values against brute force and by hand."""

from __future__ import annotations

import time
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from netmap.errors import MeasureError
from netmap.measures import _covering, capability_coverage, coalition_frontier, smallest_cover, smallest_move


def drawn(seed, entities=8, capabilities=6, per=2.0):
    """A made-up table of capabilities, a table of likeness and costs."""
    rng = np.random.default_rng(seed)
    names = [f"o{i:03}" for i in range(entities)]
    rows = [
        (name, f"c{c:02}")
        for name in names
        for c in rng.choice(capabilities, size=min(capabilities, rng.poisson(per)), replace=False)
    ]
    table = pd.DataFrame(rows, columns=["entity", "capability"])
    profile = rng.integers(0, 5, size=(entities, 6)) / 4
    alike = 1 - np.abs(profile[:, None] - profile[None]).mean(axis=2)
    return table, pd.DataFrame(alike, names, names), {n: float(c) for n, c in zip(names, rng.integers(1, 5, entities), strict=True)}


def brute(table, required, alike, tau, cost, fits=lambda _: True):
    """Least cost over every subset."""
    have = {c: set(rows["entity"]) for c, rows in table.groupby("capability")}
    entities = sorted(set(table["entity"]))
    best = np.inf
    for k in range(len(entities) + 1):
        for some in combinations(entities, k):
            covers = all(len(have.get(c, set()) & set(some)) >= times for c, times in required.items())
            if covers and all(alike.loc[a, b] >= tau - 1e-12 for a, b in combinations(some, 2)) and fits(some):
                best = min(best, sum(cost[e] for e in some))
    return best


@pytest.mark.parametrize("seed", range(150))
def test_coalitions_equal_brute_force(seed):
    """By size and by cost, with one or two providers asked for, at a level of alignment, with and without a lead near."""
    table, alike, cost = drawn(seed)
    required = dict.fromkeys(sorted(set(table["capability"])), 1)
    if seed % 3 == 1:
        required = {c: 1 + int(n > 1 and seed % 2) for c, n in table.groupby("capability")["entity"].nunique().items()}
    price = cost if seed % 2 else dict.fromkeys(cost, 1.0)
    tau = (0.0, 0.45, 0.6)[seed % 3]
    graph, fits = None, lambda _: True
    if seed % 5 == 0:
        graph = nx.gnp_random_graph(len(cost), 0.3, seed=seed)
        graph = nx.relabel_nodes(graph, dict(enumerate(sorted(cost))))
        steps = dict(nx.all_pairs_shortest_path_length(graph))

        def fits(some):
            return any(all(steps[lead].get(e, 99) <= 2 for e in some) for lead in some)

    best = brute(table, required, alike, tau, price, fits)
    found = smallest_cover(table, required, cost=price, alignment=alike, tau=tau, view=graph)
    if np.isinf(best):
        assert found.members == () and "values as alike" in found.why
    else:
        assert found.proven
        assert found.cost == pytest.approx(best) == pytest.approx(found.bound)
        assert fits(found.members)
        assert all(alike.loc[a, b] >= tau - 1e-12 for a, b in combinations(found.members, 2))


@pytest.mark.parametrize("seed", range(30))
def test_the_branches_and_the_solver_agree(seed, monkeypatch):
    """Where the branches are given up at once, the solver alone finds the same."""
    table, alike, cost = drawn(seed, entities=25, capabilities=10)
    tau, price = 0.5, cost if seed % 2 else None
    one = smallest_cover(table, cost=price, alignment=alike, tau=tau)
    monkeypatch.setattr(_covering, "BRANCHES", 0)
    two = smallest_cover(table, cost=price, alignment=alike, tau=tau)
    assert (one.members, one.proven) == (two.members, two.proven)
    if one.members:
        assert one.cost == pytest.approx(two.cost)


@pytest.mark.parametrize("seed", range(25))
def test_the_frontier_is_monotone_and_each_level_is_the_smallest(seed):
    table, alike, cost = drawn(seed, entities=20, capabilities=8)
    price = cost if seed % 2 else None
    found = coalition_frontier(table, alike, cost=price)
    costs = found["cost"].fillna(np.inf).to_numpy()
    assert (np.diff(costs[np.isfinite(costs)]) >= -1e-9).all()
    assert (np.isfinite(costs[:-1]) | ~np.isfinite(costs[1:])).all()
    for level, row in found.iterrows():
        alone = smallest_cover(table, cost=price, alignment=alike, tau=level)
        assert bool(alone.members) == bool(row["members"])
        if row["members"]:
            assert row["cost"] == pytest.approx(alone.cost)
            assert row["proven"] and not row["alignment"] < level - 1e-12
            assert set(table.loc[table["entity"].isin(row["members"]), "capability"]) == set(table["capability"])


def test_at_its_limit_the_search_states_the_bound_it_reached(monkeypatch):
    """The bound is no more than the truth, what was found no less, and the words say so; the frontier stays monotone."""
    table, alike, _ = drawn(1, entities=80, capabilities=40, per=4.0)
    true = smallest_cover(table, alignment=alike, tau=0.5).cost
    monkeypatch.setattr(_covering, "BRANCHES", 40)
    found = smallest_cover(table, alignment=alike, tau=0.5, nodes=1)
    assert found.bound <= true <= (found.cost if found.members else np.inf)
    assert found.proven or f"within 1 nodes of the search; none costs less than {found.bound:g}" in found.why
    assert not found.proven
    frontier = coalition_frontier(table, alike, levels=[0, 0.3, 0.4, 0.5], nodes=1)
    known = frontier["cost"].dropna().to_numpy()
    assert (np.diff(known) >= -1e-9).all()
    assert (frontier["bound"].dropna().diff().dropna() >= -1e-9).all()


@pytest.mark.slow
def test_five_hundred_organisations_and_forty_capabilities_within_half_a_minute():
    """The whole frontier, every level proven, in CPU time."""
    table, alike, _ = drawn(0, entities=500, capabilities=40, per=1.2)
    begin = time.process_time()
    found = coalition_frontier(table, alike)
    assert time.process_time() - begin < 30
    assert found.loc[found["size"].notna(), "proven"].all()


def test_what_nobody_has_is_named_and_mistakes_are_said():
    table, alike, _ = drawn(1)
    assert coalition_frontier(table, alike, ["fly"])["why"].iloc[0] == "nobody has fly"
    with pytest.raises(MeasureError, match="between 0 and 1"):
        coalition_frontier(table, alike, levels=[2])
    with pytest.raises(MeasureError, match="lead needs view"):
        smallest_cover(table, lead="o000")
    with pytest.raises(MeasureError, match="no node 'nobody'"):
        smallest_cover(table, lead="nobody", view=nx.path_graph(["o000", "o001"]))
    with pytest.raises(MeasureError, match="need the column capability"):
        capability_coverage(table.drop(columns="capability"))


def test_a_lead_is_a_member_and_the_others_are_near():
    table = pd.DataFrame([("a", "x"), ("far", "y"), ("b", "y"), ("c", "y")], columns=["entity", "capability"])
    graph = nx.path_graph(["lead", "a", "b", "c", "d", "far"])
    assert smallest_cover(table, view=graph, reach=1).members == ("a", "b")
    assert smallest_cover(table, view=graph, reach=2, lead="lead").members == ("a", "b", "lead")
    assert "as near" in smallest_cover(table, view=graph, reach=1, lead="lead").why


# -- coverage ------------------------------------------------------------------------------------------------------


def test_coverage_by_hand():
    rows = [
        ("a", "drive", "has", 30), ("c", "drive", "has", 10), ("d", "drive", "has", None), ("e", "drive", "could_have", 99),
        ("b", "drive", "needs", None), ("a", "drive", "needs", None), ("a", "cook", "has", None), ("b", "sing", "needs", None),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["entity", "capability", "status", "capacity"])
    graph = nx.path_graph(["b", "x", "a", "y", "z", "c"])
    graph.add_node("d")
    found = capability_coverage(table, view=graph, demand={"drive": 50.0, "cook": 1.0})
    drive = found.loc["drive"]
    assert drive[["providers", "could", "needing", "single"]].tolist() == [3, 1, 2, ""]
    assert (drive["capacity"], drive["spare"]) == (40, -10)
    assert drive["hhi"] == pytest.approx(0.75**2 + 0.25**2)
    # b has a two steps away and c five; a, a provider itself, has c three steps away, and nobody second.
    assert drive["near"] == 0.5
    assert drive["second"] == np.inf
    assert found.loc["cook", "single"] == "a"
    assert found.loc["cook", ["capacity", "hhi", "spare"]].isna().all()
    assert found.loc["sing", ["providers", "near", "second"]].tolist() == [0, 0.0, np.inf]
    assert found.loc["cook", "near"] == pytest.approx(4 / 7)
    assert capability_coverage(table)[["near", "second"]].isna().all().all()
    assert list(capability_coverage(table, ["sing"]).index) == ["sing"]


@pytest.mark.parametrize("seed", range(10))
def test_coverage_does_not_depend_on_names_or_rows(seed):
    table, _, _ = drawn(seed, entities=12)
    graph = nx.relabel_nodes(nx.gnp_random_graph(12, 0.3, seed=seed), lambda i: f"o{i:03}")
    turned = {f"o{i:03}": f"p{11 - i:03}" for i in range(12)}
    one = capability_coverage(table, view=graph).drop(columns="single")
    other = table.assign(entity=table["entity"].map(turned)).sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(one, capability_coverage(other, view=nx.relabel_nodes(graph, turned)).drop(columns="single"))


# -- moving --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_the_smallest_move_is_the_linear_programme_s(seed):
    """Least sum of moves that reaches the level, against scipy's linprog; items, weights and gaps in the ratings drawn."""
    rng = np.random.default_rng(seed)
    names, items = [f"o{i}" for i in range(6)], [f"v{k}" for k in range(7)]
    weight = rng.integers(1, 4, 7).astype(float) if seed % 2 else np.ones(7)
    rows = [
        (n, v, float(rng.integers(1, 6)), weight[k]) for n in names for k, v in enumerate(items) if n == "o0" or rng.random() < 0.9
    ]
    values = pd.DataFrame(rows, columns=["entity", "item", "rating", "weight"])
    tau = float(rng.choice([0.6, 0.8, 0.95, 1.0]))
    found = smallest_move(values, "o0", tau)
    wide = values.pivot_table(index="entity", columns="item", values="rating")
    target, own = (wide.drop(index="o0").median() - 1) / 4, (wide.loc["o0"] - 1) / 4
    gap = (target - own).abs()
    w = pd.Series(weight, items)[gap.index]
    now = 1 - float((w * gap).sum() / w.sum())
    assert found.alignment == pytest.approx(now, abs=1e-12)
    lacking = max(0.0, tau - now) * w.sum()
    best = linprog(np.ones(7), A_ub=-w.to_numpy()[None], b_ub=[-lacking], bounds=list(zip(np.zeros(7), gap, strict=True)))
    assert found.total == pytest.approx(best.fun, abs=1e-9)
    assert found.total == pytest.approx(found.items["by"].abs().sum(), abs=1e-12)
    assert found.reached == pytest.approx(max(tau, now), abs=1e-9)
    moved = own.copy()
    moved[found.items.index] = found.items["then"]
    assert 1 - float((w * (target - moved).abs()).sum() / w.sum()) == pytest.approx(found.reached, abs=1e-9)


def test_what_cannot_be_moved_is_said():
    tags = pd.DataFrame([("a", "open"), ("b", "open")], columns=["entity", "item"])
    with pytest.raises(MeasureError, match="needs ratings"):
        smallest_move(tags, "a", 0.5)
    rated = pd.DataFrame([("a", "x", 1.0), ("b", "x", 5.0)], columns=["entity", "item", "rating"])
    with pytest.raises(MeasureError, match="no rating by 'c'"):
        smallest_move(rated, "c", 0.5)
    with pytest.raises(MeasureError, match="between 0 and 1"):
        smallest_move(rated, "a", 1.5)
    assert np.isnan(smallest_move(rated, "a", 0.5).alignment)
