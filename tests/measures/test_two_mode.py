"""Memberships on tables small enough to work out by hand, and at the edges."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import MeasureError
from netmap.measures.spanning import boundary_spanners, interlocks
from netmap.measures.two_mode import co_membership, overlap, project, two_mode_density

TABLES = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), max_size=20).map(
    lambda rows: pd.DataFrame(rows, columns=["member", "group"])
)


def table(**groups):
    return pd.DataFrame([(m, g) for g, members in groups.items() for m in members], columns=["member", "group"])


def test_large_groups_do_not_swamp():
    shared = table(x="ab", y="abcd")
    assert project(shared)[("a", "b")] == pytest.approx(1 + 1 / 3)
    assert project(shared, "count")[("a", "b")] == 2
    assert project(shared, "jaccard")[("c", "d")] == 1
    with pytest.raises(MeasureError, match="Did you mean newman"):
        project(shared, "newmann")
    with pytest.raises(MeasureError, match="members"):
        project(shared, of="people")


def test_contained_groups_overlap_wholly():
    found = overlap(table(x="abc", y="ab"))
    assert found.loc[("x", "y"), "overlap"] == 1
    assert found.loc[("x", "y"), "jaccard"] == pytest.approx(2 / 3)
    assert overlap(table(x="abc", y="ab"), members=30).loc[("x", "y"), "expected"] == pytest.approx(0.2)
    with pytest.raises(MeasureError, match="occur"):
        overlap(table(x="abc"), members=2)


def test_expected_shares_rest_on_the_groups_there_are():
    assert co_membership(table(x="ab"), groups=100).iloc[0]["p"] == pytest.approx(0.01)
    with pytest.raises(MeasureError, match="occur"):
        co_membership(table(x="ab", y="ab"), groups=1)


def test_a_single_person_between_two_boards_is_named():
    found = interlocks(table(x="ab", y="bc", z="c"))
    assert found.loc[("x", "y"), "single"]
    assert found.loc[("x", "y"), "through"] == "b"
    assert boundary_spanners(table(x="ab", y="bc", z="c")).loc["b"].tolist() == [2, 1, 1, 0.5]


def test_nothing_has_no_density_and_no_pairs():
    empty = table()
    assert math.isnan(two_mode_density(empty))
    for measure in (project, co_membership, overlap, interlocks, boundary_spanners):
        assert len(measure(empty)) == 0


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_repeats_order_and_names_change_nothing(rows):
    again = pd.concat([rows, rows]).sample(frac=1, random_state=1)
    renamed = rows.assign(member=rows["member"].map(lambda m: f"m{m}"))
    for weight in ("newman", "count", "jaccard"):
        one = project(rows, weight)
        assert one.equals(project(again, weight))
        assert one.to_numpy() == pytest.approx(project(renamed, weight).to_numpy())
    assert two_mode_density(rows) == pytest.approx(two_mode_density(again), nan_ok=True)
    assert overlap(rows).equals(overlap(again))
    assert boundary_spanners(rows).equals(boundary_spanners(again))


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_newman_strength_counts_the_groups_that_hold_somebody_else(rows):
    found = project(rows)
    size = rows.drop_duplicates().groupby("group").size()
    for member in set(rows["member"]):
        own = rows[rows["member"] == member]["group"].unique()
        strength = sum(v for pair, v in found.items() if member in pair)
        assert strength == pytest.approx(sum(size[g] > 1 for g in own))
