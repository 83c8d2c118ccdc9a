"""Tests against chance answer to changes of a network as they must, seed for seed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netmap import measures as nm
from netmap.view import View
from tests.property.graphs import networks

DRAWS = 19


def groups(view: View) -> list[int]:
    """A group that follows from the node's id, so that it moves with it."""
    return [int(view.ids[i]) % 3 for i in view.order]


FUNCTIONS: dict[str, Callable[[View], Any]] = {
    "rewiring_test": lambda v: nm.rewiring_test(v, nm.transitivity, draws=DRAWS),
    "rewiring_test ties": lambda v: nm.rewiring_test(v, nm.average_clustering, null="ties", draws=DRAWS),
    "small_world": lambda v: nm.small_world(v, draws=DRAWS),
    "significance": lambda v: nm.significance(v, draws=DRAWS, starts=1),
    "stability": lambda v: nm.stability(v, draws=2, starts=1),
    "brokerage_test": lambda v: nm.brokerage_test(v, groups(v), draws=DRAWS),
    "weak_ties_test": lambda v: nm.weak_ties_test(v, draws=DRAWS),
    "roles": lambda v: nm.roles(v, groups(v)),
    "participation_ratio": lambda v: nm.participation_ratio(v, groups(v)),
    "coverage": nm.coverage,
}
# Strengths and doubled rows matter to these.
STRENGTHS = ("weak_ties_test", "stability")


def plain(result: Any) -> Any:
    """Return a result as nested plain values that can be compared, NaN being NaN."""
    if is_dataclass(result) and not isinstance(result, type):
        return {f.name: plain(getattr(result, f.name)) for f in fields(result)}
    if isinstance(result, pd.DataFrame):
        return {c: plain(result[c].sort_index()) for c in result}
    if isinstance(result, pd.Series):
        return {k: plain(v) for k, v in result.sort_index().items()}
    if isinstance(result, tuple):
        return [plain(v) for v in result]
    if isinstance(result, (float, np.floating)):
        return "nan" if math.isnan(result) else float(result)
    return result.item() if isinstance(result, np.generic) else result


def numbers(result: Any) -> list[float]:
    """Return every number in a plain result."""
    if isinstance(result, dict):
        return [x for value in result.values() for x in numbers(value)]
    if isinstance(result, list):
        return [x for value in result for x in numbers(value)]
    return [float(result)] if isinstance(result, (int, float)) and not isinstance(result, bool) else []


@pytest.mark.parametrize("name", FUNCTIONS)
@given(data=st.data(), raw=networks(most=6))
def test_the_order_of_rows_does_not_matter(name, data, raw):
    """Rows in another order, undirected ones the other way round, and nodes in another order: the same bits."""
    rows = data.draw(st.permutations(raw.rows))
    if not raw.directed:
        rows = [(b, a, w) if data.draw(st.booleans()) else (a, b, w) for a, b, w in rows]
    other = replace(raw, rows=tuple(rows))
    assert plain(FUNCTIONS[name](other.view())) == plain(FUNCTIONS[name](raw.view()))


@pytest.mark.parametrize("name", [n for n in FUNCTIONS if n not in STRENGTHS])
@given(raw=networks(most=6))
def test_loops_and_parallel_ties(name, raw):
    """A loop at every node and every row twice change nothing where strengths are left out."""
    assert plain(FUNCTIONS[name](raw.noisy().view())) == plain(FUNCTIONS[name](raw.view()))


@pytest.mark.parametrize("name", FUNCTIONS)
@given(raw=networks(most=6), factor=st.sampled_from([0.5, 2.0, 4.0]))
def test_strengths_on_another_scale(name, raw, factor):
    """Strengths multiplied by one number change nothing."""
    assert plain(FUNCTIONS[name](raw.scaled(factor).view())) == plain(FUNCTIONS[name](raw.view()))


@pytest.mark.parametrize("name", ["stability", "weak_ties_test", "roles", "participation_ratio"])
@given(raw=networks(most=6))
def test_an_added_isolate(name, raw):
    """One more node without ties changes nothing for the others."""
    assume(raw.n > 0)
    before, after = plain(FUNCTIONS[name](raw.view())), plain(FUNCTIONS[name](raw.with_isolate().view()))
    if name in ("roles", "participation_ratio"):
        columns = before if name == "roles" else {"value": before}
        later = after if name == "roles" else {"value": after}
        later = {c: {k: v for k, v in values.items() if k != raw.n} for c, values in later.items()}
        # The word for an isolate's standing in its group counts it as a member.
        columns.pop("within_module_z", None), later.pop("within_module_z", None)
        columns.pop("role", None), later.pop("role", None)
        assert later == columns
    else:
        assert after == before


@pytest.mark.parametrize("name", FUNCTIONS)
@given(raw=networks(most=6))
def test_p_lies_in_its_range_and_nothing_is_infinite(name, raw):
    result = plain(FUNCTIONS[name](raw.view()))
    assert not any(math.isinf(x) for x in numbers(result))
    found = result.get("p") if isinstance(result, dict) else None
    if isinstance(found, float):
        assert 1 / (1 + DRAWS) - 1e-12 <= found <= 1


@pytest.mark.parametrize("name", FUNCTIONS)
def test_small_and_extreme_networks(name):
    """No node, no tie, one node, a pair, a star and a complete network give values or NaN, never an error."""
    for directed in (False, True):
        for n in (0, 1, 2, 3):
            FUNCTIONS[name](View(list(range(n)), [], [], directed=directed))
        FUNCTIONS[name](View(list(range(5)), [0] * 4, [1, 2, 3, 4], directed=directed))
        FUNCTIONS[name](View(list(range(4)), [0, 0, 0, 1, 1, 2], [1, 2, 3, 2, 3, 3], directed=directed))
        FUNCTIONS[name](View([0, 1], [0], [1], directed=directed))


@given(counts=st.lists(st.integers(0, 6), max_size=8), data=st.data())
def test_a_spread_does_not_hang_on_the_order(counts, data):
    moved = data.draw(st.permutations(counts))
    assert plain(nm.spread_test(moved, draws=DRAWS)) == plain(nm.spread_test(counts, draws=DRAWS))


@given(counts=st.lists(st.integers(0, 6), max_size=8))
def test_a_spread_leaves_out_what_is_unknown(counts):
    with_gap = [*counts, math.nan]
    assert plain(nm.spread_test(with_gap, draws=DRAWS)) == plain(nm.spread_test(counts, draws=DRAWS))


@given(total=st.integers(1, 12), n=st.integers(2, 8))
def test_one_with_everything_is_as_uneven_as_can_be(total, n):
    found = nm.spread_test([total] + [0] * (n - 1), draws=DRAWS)
    assert found.observed == pytest.approx((n - 1) / n)
    assert found.observed >= found.interval[1] - 1e-12
