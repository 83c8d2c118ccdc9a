"""Rounds of pairs: no pair twice, no dead end, every pair equally likely, across boundaries where wanted.

Every number of people from 4 to 60 with 50 seeds each: ``NETMAP_SEEDS=50 python -m pytest tests/measures/test_rounds.py``.
"""

from __future__ import annotations

import os
from itertools import combinations

import numpy as np
import pytest
from scipy.stats import chisquare

from netmap.errors import MeasureError
from netmap.kernels.rounds import circle, draw_rounds
from netmap.measures import rounds_of_pairs
from netmap.measures.rounds import Design, Leg, most_rounds

SEEDS = int(os.environ.get("NETMAP_SEEDS", "2"))


def is_schedule(table, n, rounds, trios=False):
    """Everybody in one pair a round (of an odd number one in none, nobody twice, or a trio), and no pair twice."""
    pairs = list(zip(table["a"], table["b"], strict=True))
    if len({frozenset(p) for p in pairs}) < len(pairs) or any(a == b for a, b in pairs):
        return False
    left_over = []
    for number in range(1, rounds + 1):
        here = table[table["round"] == number]
        seen = np.bincount(np.r_[here["a"], here["b"]], minlength=n)
        out = np.flatnonzero(seen != 1)
        if trios and out.size == 3 and (seen[out] == 2).all():
            continue
        if out.size != n % 2 or seen[out].any():
            return False
        left_over += out.tolist()
    return len(set(left_over)) == len(left_over) and table["round"].max() == rounds


@pytest.mark.parametrize("seats", range(4, 61, 2))
def test_the_circle_brings_every_two_together_once(seats):
    table = circle(seats)
    assert all((row[row] == np.arange(seats)).all() for row in table)
    assert all(set(table[:, i]) == set(range(seats)) - {i} for i in range(seats))


@pytest.mark.parametrize("n", range(4, 61))
def test_all_rounds_are_there_without_a_repeat_or_a_dead_end(n):
    for seed in range(SEEDS):
        assert is_schedule(rounds_of_pairs(range(n), seed=seed), n, most_rounds(n))


@pytest.mark.parametrize("n", [5, 7, 9, 21, 35])
def test_trios_bring_nobody_together_twice(n):
    """In a third of the rounds there is a pair for everybody left over."""
    for seed in range(5):
        for rounds in (2, max(1, n // 3), n):
            table = rounds_of_pairs(range(n), rounds, odd="trio", seed=seed)
            assert is_schedule(table, n, rounds, trios=True)
            if n > 9 and rounds <= n // 3:
                assert table.groupby("round").size().eq((n - 1) // 2 + 2).all()


@pytest.mark.parametrize(("n", "across"), [(10, 0), (11, 0), (20, 0), (12, 3)])
def test_every_pair_is_equally_likely_where_nothing_prefers_it(n, across):
    """Whom the first meets in the first round: chi-square over 3,000 draws; with groups, among those preferred."""
    group = np.arange(n) % 2 if across else np.arange(n)
    cost = across * (group[:, None] == group[None, :]).astype(int)
    partner = draw_rounds(n, 3, cost, 3000, np.random.default_rng(5)).partner
    for r in range(3):
        counts = np.bincount(partner[:, r, 0] + 1, minlength=n + 1)[1:]
        wanted = np.flatnonzero(group != group[0])
        assert chisquare(counts[wanted]).pvalue > 0.001
    met = draw_rounds(n, 3, cost, 3000, np.random.default_rng(6)).met()
    pairs = met[:, *np.triu_indices(n, 1)].mean(axis=0)
    mine = cost[np.triu_indices(n, 1)] == 0
    assert np.ptp(pairs[mine]) < 8 * np.sqrt(pairs[mine].mean() / 3000)


def test_many_seeds_of_the_public_function_are_uniform():
    """One round of six: each of 15 pairs in a fifth of 900 schedules, one seed each."""
    first = [rounds_of_pairs(range(6), 1, seed=s).set_index("a").loc[0, "b"] for s in range(900)]
    assert chisquare(np.bincount(first, minlength=6)[1:]).pvalue > 0.001


def test_pairs_across_are_drawn_more_often_the_higher_the_weight():
    group = {i: "ab"[i % 2] for i in range(20)}

    def share(across):
        tables = [rounds_of_pairs(range(20), 3, groups=group, across=across, seed=s) for s in range(20)]
        return np.mean([[group[a] != group[b] for a, b in zip(t["a"], t["b"], strict=True)] for t in tables])

    shares = [share(w) for w in (0, 1, 2, 4)]
    assert shares == sorted(shares)
    assert shares[0] == pytest.approx(10 / 19, abs=0.06)
    assert shares[2] > 0.85
    assert shares[3] > 0.94


def test_who_is_not_to_meet_does_not_and_all_others_may():
    vetoed = [(0, 1), (2, 3), (0, 5)]
    seen = set()
    for seed in range(60):
        table = rounds_of_pairs(range(8), 4, vetoed=vetoed, seed=seed)
        assert is_schedule(table, 8, 4)
        seen |= set(zip(table["a"], table["b"], strict=True))
    assert seen == set(combinations(range(8), 2)) - set(vetoed)


def test_the_same_seed_gives_the_same_schedule_and_others_do_not():
    one, same, other = (rounds_of_pairs(range(12), 4, groups={1: "a", 2: "a"}, across=2, seed=s) for s in (3, 3, 4))
    assert one.equals(same)
    assert not one.equals(other)


def test_late_joiners_and_leavers_meet_nobody_twice():
    """One leaves and two come half-way; the earlier rounds stay as they were and can be drawn again."""
    for n in (6, 9, 14, 20):
        for seed in range(10):
            first = Leg(1, n // 2, tuple(range(n)), seed)
            start = 1 + n // 4
            then = Leg(start, n // 2, (*range(1, n), n, n + 1), seed + 1)
            table = Design((first, then)).table()
            assert not table.duplicated(["a", "b"]).any()
            before = Design((first,)).table()
            assert table[table["round"] < start].equals(before[before["round"] < start])
            later = table[table["round"] >= start]
            assert 0 not in set(later["a"]) | set(later["b"])
            assert set(later["round"]) == set(range(start, n // 2 + 1))
            people = np.r_[later["a"], later["b"]]
            assert np.bincount(people).max() == n // 2 - start + 1


def test_drawing_anew_follows_the_same_rule():
    """Nobody who left is drawn with who came later, and chances are those of many seeds of the design itself."""
    legs = (Leg(1, 3, tuple("abcdef"), 1), Leg(3, 3, tuple("bcdefg"), 2))
    design = Design(legs, frozenset([frozenset("ab")]))
    met = design.assigned(2000, seed=9)
    chance = dict(zip(design.pairs, met.mean(axis=0), strict=True))
    assert chance["a", "b"] == chance["a", "g"] == 0
    own = [
        {frozenset(p) for p in Design((Leg(1, 3, legs[0].members, s), Leg(3, 3, legs[1].members, s)), design.apart).table()[["a", "b"]].to_numpy()}
        for s in range(150)
    ]  # fmt: skip
    for pair, share in chance.items():
        assert np.mean([frozenset(pair) in drawn for drawn in own]) == pytest.approx(share, abs=0.16), pair


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"people": "abc"}, "at least 4 who take part, not 3"),
        ({"people": "abca"}, "'a' stands among those who take part twice"),
        ({"people": "abcd", "rounds": 4}, "have all met after 3 rounds; 4 are too many"),
        ({"people": "abcd", "rounds": 0}, "At least one round"),
        ({"people": "abcd", "odd": "duo"}, "odd is sit_out or trio"),
        ({"people": "abcd", "across": 12}, "from 0 to 9"),
        ({"people": "abcd", "vetoed": [("a", "z")]}, "'z' does not take part"),
        ({"people": "abcdef", "rounds": 5, "vetoed": [("a", "b")]}, "5 rounds cannot be filled .* 4 can"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_can(options, message):
    with pytest.raises(MeasureError, match=message):
        rounds_of_pairs(**options)


def test_nobody_kept_apart_is_shown_by_the_design():
    design = Design((Leg(1, 1, tuple("abcd")),), frozenset([frozenset("ab")]))
    assert "apart" not in repr(design)
