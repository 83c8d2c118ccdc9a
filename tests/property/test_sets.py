"""Sets of nodes, spread and change over time answer as they must."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netmap import measures as nm
from netmap.measures import key_sets
from tests.property.graphs import networks

values = st.lists(st.floats(0, 100).map(lambda x: round(x, 3)), min_size=1, max_size=8)


@given(x=values, factor=st.sampled_from([0.1, 3.0]), data=st.data())
def test_spread_does_not_change_with_unit_or_order(x, factor, data):
    """Gini, evenness and effective number of the same shares are the same."""
    other = [v * factor for v in data.draw(st.permutations(x))]
    for measure in (nm.gini, nm.effective_number, nm.evenness, lambda v: nm.effective_number(v, "simpson")):
        np.testing.assert_allclose(measure(other), measure(x), atol=1e-9)


@given(x=values)
def test_gini_is_the_mean_difference(x):
    """Gini is half the mean absolute difference over the mean."""
    a = np.array(x)
    assume(a.sum() > 0.1)
    known = np.abs(a[:, None] - a[None, :]).mean() / (2 * a.mean())
    np.testing.assert_allclose(nm.gini(x), known, atol=1e-9)


@given(x=values)
def test_spread_stays_in_its_range(x):
    """Gini 0..(n-1)/n and corrected 0..1, effective number 1..n with Simpson's at most Shannon's, evenness 0..1."""
    assume(sum(x) > 0.1)
    n = len(x)
    assert -1e-12 <= nm.gini(x) <= (n - 1) / n + 1e-12
    assert n == 1 or nm.gini(x, corrected=True) <= 1 + 1e-12
    simpson, shannon = nm.effective_number(x, "simpson"), nm.effective_number(x)
    assert 1 - 1e-9 <= simpson <= shannon + 1e-9 <= n + 2e-9
    assert n == 1 or 0 <= nm.evenness(x) <= 1


@given(k=st.integers(1, 8), each=st.floats(0.5, 5), zeros=st.integers(0, 3))
def test_equal_holders_are_counted(k, each, zeros):
    """k equal holders, and any number with nothing, are k."""
    x = [each] * k + [0.0] * zeros
    np.testing.assert_allclose([nm.effective_number(x), nm.effective_number(x, "simpson")], k)
    assert zeros or abs(nm.gini(x)) < 1e-12
    assert zeros or k == 1 or abs(nm.evenness(x) - 1) < 1e-12


@given(raw=networks(least=2), data=st.data())
def test_reach_grows_with_steps_and_seeds(raw, data):
    """More steps never reach fewer, nor do more seeds, themselves counted; by distance it lies between one and all."""
    view = raw.view()
    seeds = data.draw(st.lists(st.integers(0, raw.n - 1), min_size=1, unique=True))
    assume(len(seeds) < raw.n)
    near, far = nm.reach(view, seeds, 1), nm.reach(view, seeds, 8)
    assert near <= nm.reach(view, seeds, None) + 1e-12 <= far + 2e-12 <= 1 + 1e-9
    assert nm.reach(view, seeds[:1], 2, count_seeds=True) <= nm.reach(view, seeds, 2, count_seeds=True)
    whole = nm.reach(view, seeds, 2, count_seeds=True) * raw.n
    np.testing.assert_allclose(whole - len(seeds), nm.reach(view, seeds, 2) * (raw.n - len(seeds)), atol=1e-9)


@given(raw=networks(least=1), data=st.data())
def test_reach_does_not_hang_on_order_or_isolates_of_seeds(raw, data):
    """The order of seeds, a seed named twice, and rows in another order change nothing."""
    seeds = data.draw(st.lists(st.integers(0, raw.n - 1), min_size=1, max_size=4))
    view = raw.view()
    known = nm.reach(view, seeds)
    np.testing.assert_equal(nm.reach(view, [*reversed(seeds), seeds[0]]), known)
    np.testing.assert_equal(nm.reach(raw.noisy().view(), seeds), known)


@given(raw=networks(directed=False, least=4), size=st.integers(1, 2))
def test_key_players_are_the_best_of_all_sets(raw, size):
    """No other set of that size leaves the network more in pieces."""
    view = raw.view()
    best = nm.key_players(view, size)

    def without(gone):
        left = view.subset([i not in gone for i in view.ids])
        return nm.fragmentation(left, distance_weighted=True)

    known = max(without(s) for s in combinations(range(raw.n), size))
    assert best.optimal
    np.testing.assert_allclose([best.value, without(best.nodes)], known, atol=1e-12)


@given(raw=networks(least=3))
def test_key_players_by_reach(raw):
    """No other pair reaches more, in two steps or by distance."""
    view = raw.view()
    for steps in (2, None):
        best = nm.key_players(view, 2, "reach", steps)
        known = max(nm.reach(view, s, steps) for s in combinations(range(raw.n), 2))
        np.testing.assert_allclose([best.value, nm.reach(view, best.nodes, steps)], known, atol=1e-12)


@given(raw=networks(directed=False, least=4))
def test_the_search_finds_a_set_as_good_as_a_small_network_has(raw):
    """Greedy sets improved by exchanges reach the best of all sets here, and say that they are not proven best."""
    view = raw.view()
    known = nm.key_players(view, 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_sets, "EXACT", 0)
        found = nm.key_players(view, 2)
    assert not found.optimal
    np.testing.assert_allclose(found.value, known.value, atol=1e-12)


@given(raw=networks(), other=networks())
def test_tie_stability_adds_up(raw, other):
    """Every pair of common nodes is kept, ended, formed or empty; seen backwards, ended and formed change places."""
    assume(raw.directed == other.directed)
    one, back = nm.tie_stability(raw.view(), other.view()), nm.tie_stability(other.view(), raw.view())
    n = min(raw.n, other.n)
    assert one.nodes == n
    assert one.kept + one.ended + one.formed + one.empty == n * (n - 1) // (1 if raw.directed else 2)
    assert (one.kept, one.ended, one.formed, one.empty) == (back.kept, back.formed, back.ended, back.empty)
    np.testing.assert_equal(one.jaccard, back.jaccard)


@given(raw=networks())
def test_a_network_is_stable_against_itself(raw):
    """All ties are kept, also with an isolate more, and with loops and double rows."""
    for other in (raw, raw.with_isolate(), raw.noisy()):
        found = nm.tie_stability(raw.view(), other.view())
        assert (found.ended, found.formed) == (0, 0)
        assert np.isnan(found.jaccard) if raw.view().m == 0 else found.jaccard == 1


ranks = st.lists(st.integers(0, 4), min_size=2, max_size=7)


@given(x=ranks, data=st.data(), top=st.integers(1, 4))
def test_rank_stability_is_of_order_only(x, data, top):
    """A ranking agrees with itself; neither the scale nor the order of rows counts; unknown nodes are left out."""
    a = pd.Series(x, index=[f"n{i}" for i in range(len(x))], dtype=float)
    move = data.draw(st.permutations(list(a.index)))
    found = nm.rank_stability(a, (a.loc[move] ** 3 + 1), top)
    assert np.isnan(found.tau) if a.nunique() == 1 else abs(found.tau - 1) < 1e-12
    longer = pd.concat([a, pd.Series({"new": 9.0})])
    assert nm.rank_stability(a, longer, top).nodes == len(x)


@given(x=ranks, data=st.data())
def test_rank_stability_is_symmetric_and_turns_with_the_sign(x, data):
    """tau of b and a is that of a and b; with one ranking upside down it changes its sign; shares stay in 0..1."""
    y = data.draw(st.lists(st.integers(0, 4), min_size=len(x), max_size=len(x)))
    a, b = pd.Series(x, dtype=float), pd.Series(y, dtype=float)
    one, two, turned = nm.rank_stability(a, b, 2), nm.rank_stability(b, a, 2), nm.rank_stability(a, -b, 2)
    np.testing.assert_allclose([two.tau, -turned.tau], one.tau, atol=1e-12)
    np.testing.assert_allclose(one.shared_top, two.shared_top)
    assert 0 <= one.shared_top <= 1 + 1e-12


groups = st.lists(st.integers(-1, 3), min_size=1, max_size=10)


@given(x=groups)
def test_groups_followed_to_themselves_continue(x):
    """The same grouping twice: every group continues, whatever the groups are called."""
    a = pd.Series(x)
    table = nm.group_tracking(a, a)
    assert set(table["event"]) <= {"continued"}
    assert len(table) == len({g for g in x if g >= 0})
    assert nm.group_tracking(a, a.map({-1: -1, 0: 7, 1: 3, 2: 5, 3: 0}))["event"].tolist() == table["event"].tolist()


@given(x=groups, data=st.data())
def test_every_group_is_accounted_for(x, data):
    """Each group of either wave stands in the table, and gone and born change places when time runs backwards."""
    y = data.draw(st.lists(st.integers(-1, 3), min_size=len(x), max_size=len(x)))
    a, b = pd.Series(x), pd.Series(y)
    table, back = nm.group_tracking(a, b), nm.group_tracking(b, a)
    assert set(table["before"].dropna()) == {g for g in x if g >= 0}
    assert set(table["after"].dropna()) == {g for g in y if g >= 0}
    assert (table["event"] == "gone").sum() == (back["event"] == "born").sum()


@given(raw=networks(least=1), data=st.data())
def test_robustness_of_a_given_order_counts_the_largest_part(raw, data):
    """After each removal the largest part is what is left of the network."""
    view = raw.view()
    order = data.draw(st.permutations(range(raw.n)))
    found = nm.robustness(view, order)
    for gone in range(raw.n + 1):
        left = view.subset([i not in order[:gone] for i in view.ids])
        sizes = nm.components(left).sizes
        assert found.curve[gone] == (sizes[0] / raw.n if sizes else 0)
    assert found.value <= (1 - 1 / raw.n) / 2 + 1e-12


@given(raw=networks(least=1), order=st.sampled_from(["degree", "betweenness", "random"]))
def test_robustness_by_rule_is_repeatable(raw, order):
    """The same seed gives the same curve, falling from the largest part to nothing."""
    one, two = (nm.robustness(raw.view(), order, draws=3, seed=4) for _ in range(2))
    assert one.curve.tolist() == two.curve.tolist()
    assert (np.diff(one.curve) <= 1e-12).all()
    assert one.curve.iloc[-1] == 0
    assert (one.low <= one.curve + 1e-12).all()
