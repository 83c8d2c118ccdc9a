"""Memberships with both margins kept."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.chance.memberships import co_membership_test, projection_test
from netmap.errors import MeasureError
from netmap.measures import project


def frame(rows):
    return pd.DataFrame(rows, columns=["member", "group"])


def women():
    graph = nx.davis_southern_women_graph()
    return frame([(w, e) for w in graph.graph["top"] for e in graph[w]])


def test_p_by_going_through_all_memberships_with_these_margins():
    """Four members in two groups each, four groups of two: shared groups against all such tables."""
    rows = [("a", "w"), ("a", "x"), ("b", "w"), ("b", "x"), ("c", "y"), ("c", "z"), ("d", "y"), ("d", "z")]
    every = []
    pairs = list(combinations(range(4), 2))
    for a in pairs:
        for b in pairs:
            for c in pairs:
                for d in pairs:
                    counts = np.bincount([*a, *b, *c, *d], minlength=4)
                    if (counts == 2).all():
                        every.append(len(set(a) & set(b)))
    every = np.array(every)
    found = co_membership_test(frame(rows), draws=4999).loc[("a", "b")]
    assert found["expected"] == pytest.approx(every.mean(), abs=0.03)
    exact = (np.abs(every - every.mean()) >= 2 - every.mean() - 1e-9).mean()
    assert found["p"] == pytest.approx(exact, abs=0.03)


def test_southern_women_cluster_no_more_than_their_events_make_them():
    found = projection_test(women(), draws=99)
    assert found.transitivity.observed == pytest.approx(0.93, abs=0.01)
    assert found.transitivity.p > 0.01


def test_two_circles_are_less_dense_than_chance():
    """Two sets of six who meet among themselves at six events each: fewer pairs know each other than could."""
    rng = np.random.default_rng(2)
    rows = [(m, 10 * side + e) for side in (0, 1) for e in range(6) for m in rng.choice(6, 3, replace=False) + 6 * side]
    found = projection_test(frame(rows), draws=99)
    assert found.density.observed < found.density.interval[0]
    assert found.density.p <= 0.02


def test_the_other_side_and_mistakes():
    found = co_membership_test(women(), of="groups", draws=19)
    assert len(found) == 14 * 13 // 2
    with pytest.raises(MeasureError, match='"members" or "groups"'):
        projection_test(women(), of="women", draws=19)
    with pytest.raises(MeasureError, match="at least 19"):
        co_membership_test(women(), draws=2)


ROWS = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz")), max_size=12)


@given(rows=ROWS, data=st.data())
def test_the_order_of_rows_and_repeats_do_not_matter(rows, data):
    moved = data.draw(st.permutations(rows))
    one = co_membership_test(frame(rows), draws=19)
    assert one.equals(co_membership_test(frame(moved + moved[:2]), draws=19))
    assert repr(projection_test(frame(rows), draws=19)) == repr(projection_test(frame(moved), draws=19))


@given(rows=ROWS)
def test_what_is_shared_is_what_is_projected(rows):
    """Shared counts are those of the projection; expected ones add up to those, as group sizes are kept."""
    found = co_membership_test(frame(rows), draws=19)
    shared = project(frame(rows), "count")
    assert found.loc[found["shared"] > 0, "shared"].to_dict() == shared.to_dict()
    assert found["expected"].sum() == pytest.approx(found["shared"].sum())
    assert ((found["p"] > 0) & (found["p"] <= 1) & (found["q"] >= found["p"] - 1e-12)).all()


@given(rows=ROWS)
def test_the_two_sides_are_each_other_turned_round(rows):
    turned = pd.DataFrame([(g, m) for m, g in rows], columns=["member", "group"])
    one, other = co_membership_test(frame(rows), of="groups", draws=19), co_membership_test(turned, draws=19)
    assert one["shared"].equals(other["shared"])


def test_nothing_to_share():
    for rows in ([], [("a", "x")], [("a", "x"), ("b", "y")]):
        assert (co_membership_test(frame(rows), draws=19)["p"] == 1).all()
        assert np.isnan(projection_test(frame(rows), draws=19).transitivity.p)
