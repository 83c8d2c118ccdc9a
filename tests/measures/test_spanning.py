"""Interlocks by main affiliation, and what boundary spanners carry, by hand."""

import math

import networkx as nx
import pandas as pd
import pytest

from netmap.errors import MeasureError
from netmap.measures.spanning import boundary_spanners, interlocks

SEATS = pd.DataFrame(
    [("ann", "x", "yes"), ("ann", "y", "no"), ("bob", "y", True), ("bob", "x", False), ("cat", "x", 1), ("cat", "y", 0),
     ("dan", "x", None), ("dan", "y", None), ("eve", "z", "no")],
    columns=["member", "group", "primary"],
)  # fmt: skip


def test_interlocks_point_from_the_main_affiliation():
    """Ann and Cat are at home in x and sit in y, Bob the other way round, of Dan it is not known."""
    found = interlocks(SEATS)
    assert found.loc[("x", "y"), ["shared", "from_source", "from_target"]].tolist() == [4, 2, 1]
    assert "from_source" not in interlocks(SEATS[["member", "group"]])


def test_main_affiliations_are_yes_or_no_and_one_each():
    with pytest.raises(MeasureError, match="^primary is yes or no, not 'perhaps'.$"):
        interlocks(SEATS.assign(primary="perhaps"))
    with pytest.raises(MeasureError, match="^ann has two primary affiliations, x and y.$"):
        interlocks(SEATS.assign(primary="yes"))


def test_spanners_carry_their_share_of_the_ties_between_groups():
    """b is in x and y. Its tie to a (x) is half a tie between groups, so is that to c (y); a to c is a whole one."""
    table = pd.DataFrame([("a", "x"), ("b", "x"), ("b", "y"), ("c", "y")], columns=["member", "group"])
    found = boundary_spanners(table, nx.Graph([("a", "b"), ("b", "c"), ("a", "c")]))
    assert found.loc["b", ["groups", "pairs", "alone", "blau", "carried"]].tolist() == [2, 1, 1, 0.5, 0.5]
    assert boundary_spanners(table).loc["b", "blau"] == 0.5
    one_sided = boundary_spanners(table, nx.Graph([("a", "b"), ("c", "d")]))
    assert one_sided.loc["b", ["blau", "carried"]].tolist() == [0, 1]


def test_a_spanner_without_ties_carries_nothing_that_could_be_said():
    table = pd.DataFrame([("b", "x"), ("b", "y"), ("a", "x")], columns=["member", "group"])
    found = boundary_spanners(table, nx.empty_graph(["a", "b"]))
    assert math.isnan(found.loc["b", "carried"])
    assert math.isnan(found.loc["b", "blau"])
    assert found.attrs["undefined"] == {"no tie to a member of a group, or none between groups": 1}
