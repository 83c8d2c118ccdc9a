"""The effect of introductions and events: exact sums, the design drawn anew, compliance beside it, and what cannot be said."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from netmap.chance.introducing import event_effect, introduction_effect, itt
from netmap.chance.redrawn import Listed
from netmap.errors import MeasureError
from netmap.measures.rounds import Design, Leg
from tests.calibration.introducing import trial


class Coins:
    """A design of two pairs of which one is drawn, the first with probability 3/4: all that can happen can be counted."""

    pairs = (("a", "b"), ("c", "d"))

    def assigned(self, draws, seed):
        first = np.arange(draws) % 4 < 3
        return np.column_stack([first, ~first])


def rows(*cells):
    return pd.DataFrame(cells, columns=["round", "a", "b", "assigned", "tie_after"])


def test_the_difference_is_the_weighted_one_by_hand():
    """Chances are counted over the draws and what was drawn; a mean with weights 1/chance and 1/(1 - chance)."""
    drawn = np.array([True, False, True, False])
    again = np.array([[1, 0, 1, 0], [0, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 1], [0, 1, 0, 1]], dtype=bool)
    tie = np.array([1.0, 0.0, 0.0, 1.0])
    chance = np.array([4, 3, 3, 2]) / 6
    mine = np.array([1 / chance[0], 1 / chance[2]])
    others = np.array([1 / (1 - chance[1]), 1 / (1 - chance[3])])
    wanted = mine[0] / mine.sum() - others[1] / others.sum()
    assert itt(drawn, again, tie, "inverse")[0][0] == pytest.approx(wanted, abs=1e-12)
    overlap = (1 - chance[0]) / (2 - chance[0] - chance[2]) - chance[3] / (chance[1] + chance[3])
    assert itt(drawn, again, tie, "overlap")[0][0] == pytest.approx(overlap, abs=1e-12)
    both = itt(drawn, again, np.column_stack([tie, 1 - tie]), "inverse")[0]
    assert both[:, 0] == pytest.approx(-both[:, 1])


def test_p_is_the_share_of_draws_as_far_from_their_mean():
    found = introduction_effect(rows((1, "a", "b", True, True), (1, "c", "d", False, False)), Coins(), draws=99)
    assert (found.effect, found.assigned_rate, found.unassigned_rate) == (1.0, 1.0, 0.0)
    assert found.p == 1.0
    rare = introduction_effect(rows((1, "a", "b", False, False), (1, "c", "d", True, True)), Coins(), draws=99)
    assert rare.effect == 1.0
    assert rare.p == pytest.approx(0.25)


def test_pairs_always_or_never_drawn_and_pairs_not_asked_are_left_out():
    design = Design((Leg(1, 3, tuple("abcd")),))
    table = design.table().assign(assigned=True, tie_after=True)
    found = introduction_effect(table, design)
    assert (found.assigned, found.certain) == (0, 6)
    assert math.isnan(found.effect)
    assert math.isnan(found.p)
    half = Design((Leg(1, 2, tuple("abcdef")),))
    table = half.table().assign(assigned=True, tie_after=[True, False] * 3)
    found = introduction_effect(table, half)
    assert (found.assigned, found.unassigned, found.unknown) == (6, 0, 9)


def test_not_eligible_pairs_do_not_count():
    rest = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")]
    table = pd.DataFrame(rest, columns=["a", "b"]).assign(round=1, eligible=True, tie_after=False)
    table["assigned"] = table.index.isin([0, 5])
    table.loc[2, ["eligible", "tie_after"]] = [False, True]
    design = Design((Leg(1, 1, tuple("abcd")),))
    found = introduction_effect(table, design, draws=60)
    assert found.assigned + found.unassigned == 5
    assert found.unassigned_rate == 0


def test_compliance_stands_beside_and_does_not_enter():
    """The same ties with other meetings: the effect stays, what it says of those who meet changes."""
    design = Design((Leg(1, 3, tuple(range(12)), 4),))
    drawn = {frozenset(p) for p in design.table()[["a", "b"]].to_numpy().tolist()}
    table = pd.DataFrame(design.pairs, columns=["a", "b"])
    table["round"] = 1
    table["assigned"] = [frozenset(p) in drawn for p in design.pairs]
    table["tie_after"] = table["assigned"] & (table.index % 3 > 0)
    all_met = introduction_effect(table.assign(met=table["assigned"]), design)
    half = introduction_effect(table.assign(met=table["assigned"] & (table.index % 2 == 0)), design)
    nobody = introduction_effect(table, design)
    assert all_met.effect == half.effect == nobody.effect > 0.4
    assert all_met.met == 1
    assert all_met.complier == pytest.approx(all_met.effect)
    assert half.complier == pytest.approx(half.effect / half.met)
    assert math.isnan(nobody.met)
    assert math.isnan(nobody.complier)
    unmet = introduction_effect(table.assign(met=False), design)
    assert math.isnan(unmet.complier)


def test_order_of_rows_and_of_the_two_changes_nothing():
    design = Design((Leg(1, 2, tuple("abcdefgh"), 2),))
    drawn = set(zip(design.table()["a"], design.table()["b"], strict=True))
    table = pd.DataFrame(design.pairs, columns=["a", "b"]).assign(round=1, met=False)
    table["assigned"] = [p in drawn for p in design.pairs]
    table["tie_after"] = table.index % 2 == 0
    turned = table.rename(columns={"a": "b", "b": "a"}).sample(frac=1, random_state=1)
    assert repr(introduction_effect(table, design)) == repr(introduction_effect(turned, design))


def test_a_log_odds_of_one_and_a_half_is_found_in_seven_of_ten_trials():
    """20 people, 3 rounds, pairs across likelier to be drawn and less likely to tie up anyway."""
    found = [trial(seed, 1.5, draws=199) for seed in range(30)]
    assert np.mean([f.p <= 0.05 for f in found]) >= 0.7


def test_not_meeting_does_not_bias_it():
    """Where meeting depends on getting on, drawn pairs still have no more ties than others unless meeting does something."""
    null = [trial(seed, 0.0, comply=False, draws=49) for seed in range(60)]
    effects = np.array([f.effect for f in null])
    assert abs(effects.mean()) < 3 * effects.std() / np.sqrt(effects.size)
    assert np.mean([f.met for f in null]) == pytest.approx(0.58, abs=0.06)
    real = [trial(seed, 1.5, comply=False, draws=49) for seed in range(24)]
    assert 0 < np.mean([f.effect for f in real]) < np.mean([f.complier for f in real])


def test_without_a_design_pairs_are_drawn_from_each_rounds_list():
    """Nobody in two pairs of a round, as many pairs as were drawn, pairs not eligible never."""
    cells = [(1, a, b, (a, b) in (("a", "b"), ("c", "d")), False) for a, b in combinations("abcde", 2)]
    table = rows(*cells).assign(eligible=lambda t: t["b"] != "e")
    again = Listed.of(table)
    drawn = again.assigned(300, 1)
    assert (drawn.sum(axis=1) == 2).all()
    for row in drawn:
        people = [m for pair, here in zip(again.pairs, row, strict=True) if here for m in pair]
        assert sorted(people) == list("abcd")
    assert drawn.mean(axis=0) == pytest.approx(np.full(6, 1 / 3), abs=0.1)
    assert introduction_effect(table, draws=99).p == 1.0


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (rows((1, "a", "b", True, True)).drop(columns="tie_after"), {}, "needs the column tie_after"),
        (rows((1, "a", "b", False, True)), {}, "write yes in assigned"),
        (rows((1, "a", "z", True, True)), {"design": Coins()}, "'a' and 'z' were drawn, and the design does not know"),
        (rows((1, "a", "b", True, True)), {"weights": "equal"}, "overlap or inverse"),
    ],
)
def test_mistakes_say_what_to_do(table, options, message):
    with pytest.raises(MeasureError, match=message):
        introduction_effect(table, **options)


def test_ties_after_an_event_are_counted_by_hand():
    """Three came; two of their pairs are new, one was there before, one with a doubtful year counts neither way."""
    ties = pd.DataFrame(
        [("a", "b", "2024-06"), ("b", "a", "2025"), ("a", "c", "2024-05-03"), ("b", "c", "2023"), ("c", "d", "2024"), ("d", "d", "2025")],
        columns=["source", "target", "start"],
    )
    found = event_effect(ties, list("abcd"), "2024-05-02", list("abcdefghijkl"), draws=200)
    assert (found.attended, found.begun, found.possible) == (4, 2, 4)
    assert found.expected < 1
    nobody = event_effect(ties, list("abcd"), "2024-05-02", list("abcd"))
    assert math.isnan(nobody.p)
    with pytest.raises(MeasureError, match="Nobody who attended"):
        event_effect(ties, ["z"], "2024")
    with pytest.raises(MeasureError, match="needs the column start"):
        event_effect(ties.drop(columns="start"), ["a"], "2024")


def test_many_new_ties_among_those_who_came_are_found():
    rng = np.random.default_rng(3)
    pairs = [(a, b, "2025" if a < 12 and b < 12 else "2022") for a, b in combinations(range(40), 2) if rng.random() < (0.5 if b < 12 else 0.1)]
    found = event_effect(pd.DataFrame(pairs, columns=["source", "target", "start"]), range(12), "2024", range(40))
    assert found.begun > found.interval[1]
    assert found.p < 0.01
