"""Gaps between networks: the planted one is found, the p is that of every dealing, few are left out."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.chance.gaps import value_gaps
from netmap.errors import MeasureError
from tests.measures.saying import says

DATA = Path(__file__).resolve().parents[2] / "data"


def tables(one, other, item="x"):
    """Two networks, A and B, with these ratings."""
    names = [f"o{i}" for i in range(len(one) + len(other))]
    values = pd.DataFrame({"entity": names, "item": item, "rating": [float(r) for r in (*one, *other)]})
    return values, pd.DataFrame({"member": names, "group": ["A"] * len(one) + ["B"] * len(other)})


def test_the_gap_planted_in_the_county_is_found():
    """The two networks, the item and the size are those of the truth, beyond chance."""
    truth = pd.read_csv(DATA / "county-truth.csv", dtype=str).set_index("fact")
    first, second = truth.loc["misalignment", "subject"].split(" | ")
    found = value_gaps(pd.read_csv(DATA / "county" / "values.csv"), pd.read_csv(DATA / "county" / "memberships.csv"))
    pair = found[(found["first"] == first) & (found["second"] == second)]
    best = pair.iloc[0]
    assert best["item"] == truth.loc["misaligned_item", "value"]
    assert best["gap"] == pytest.approx(float(truth.loc["misalignment", "value"]), rel=1e-5)
    assert best["q"] < 0.01


def test_p_is_that_of_every_dealing():
    """Of the 252 ways to deal ten ratings over two fives."""
    one, other = (5, 4, 4, 3, 5), (2, 3, 4, 1, 3)
    every = np.array([*one, *other], dtype=float)
    gaps = []
    for chosen in combinations(range(10), 5):
        mask = np.zeros(10, dtype=bool)
        mask[list(chosen)] = True
        gaps.append(every[mask].mean() - every[~mask].mean())
    known = (np.abs(gaps) >= abs(np.mean(one) - np.mean(other)) - 1e-9).mean()
    found = value_gaps(*tables(one, other), draws=9999).loc[0]
    assert found["gap"] == pytest.approx(4.2 - 2.6)
    assert found["p"] == pytest.approx(known, abs=0.01)
    assert found[["members", "others"]].tolist() == [5, 5]


def test_who_is_in_both_counts_in_neither_and_few_are_left_out():
    values, members = tables((5,) * 5, (1,) * 5)
    both = pd.concat([members, pd.DataFrame({"member": ["o0"], "group": ["B"]})])
    found = value_gaps(values, both, draws=19)
    assert not len(found)
    assert found.attrs["undefined"] == {"fewer than 5 members of one alone who rated it": 1}
    more = pd.concat([values, pd.DataFrame({"entity": ["o10"], "item": ["x"], "rating": [5.0]})])
    held = pd.concat([both, pd.DataFrame({"member": ["o10"], "group": ["A"]})])
    assert value_gaps(more, held, draws=19).loc[0, ["members", "others"]].tolist() == [5, 5]


def test_mistakes_are_named():
    values, members = tables((5,) * 5, (1,) * 5)
    with says(MeasureError, "Gaps are between ratings; these values are tags."):
        value_gaps(values.drop(columns="rating"), members)
    with says(MeasureError, "draws must be at least 19, not 3: with fewer no p can be 0.05."):
        value_gaps(values, members, draws=3)


sides = st.tuples(*[st.lists(st.integers(1, 5), min_size=5, max_size=7)] * 2)


@given(sides=sides)
def test_the_other_way_round_the_gap_turns_its_sign(sides):
    """Named the other way round, and on the scale turned round."""
    one, other = sides
    values, members = tables(one, other)
    first = value_gaps(values, members, draws=39).loc[0]
    swapped = value_gaps(values, members.assign(group=members["group"].map({"A": "B", "B": "A"})), draws=39).loc[0]
    turned = value_gaps(values.assign(rating=6 - values["rating"]), members, draws=39).loc[0]
    np.testing.assert_allclose([swapped["gap"], turned["gap"]], -first["gap"], atol=1e-9)
    assert turned["p"] == first["p"]


@given(sides=sides, data=st.data())
def test_the_order_of_rows_does_not_matter(sides, data):
    values, members = tables(*sides)
    move = data.draw(st.permutations(range(len(values))))
    pd.testing.assert_frame_equal(
        value_gaps(values, members, draws=39), value_gaps(values.iloc[move], members.iloc[move[::-1]], draws=39)
    )


@given(sides=sides)
def test_equal_sides_have_no_gap_and_p_lies_in_its_range(sides):
    one, _ = sides
    found = value_gaps(*tables(one, one), draws=39).loc[0]
    assert found["gap"] == 0
    assert found["p"] == 1
    assert 1 / 40 <= value_gaps(*tables(*sides), draws=39).loc[0, "p"] <= 1
