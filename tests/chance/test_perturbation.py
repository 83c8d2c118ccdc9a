"""Perturbed networks, the rank intervals taken from them, and the certainty words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.chance.perturbation import certainty_word, perturb, rank_intervals
from netmap.errors import MeasureError
from netmap.view import View


def star(leaves: int = 5) -> View:
    return View(range(leaves + 1), [0] * leaves, range(1, leaves + 1), np.arange(1, leaves + 1))


def random_view(n: int, m: int, seed: int = 0, *, directed: bool = False) -> View:
    rng = np.random.default_rng(seed)
    return View(range(n), rng.integers(n, size=m), rng.integers(n, size=m), rng.integers(1, 6, m), directed=directed)


def test_ties_known_for_certain_are_always_kept_and_none_added():
    """With confidence 1 every draw is the network as recorded."""
    view = star()
    for draw in perturb(view, confidence=1.0, draws=20):
        assert draw.kept.all() and len(draw.added) == 0
        assert draw.view.strength.tolist() == view.strength.tolist()


def test_as_many_ties_are_added_as_lost_on_average():
    """With confidence .8 and 300 ties, 60 are lost and 60 added on average."""
    view = random_view(60, 320)
    draws = list(perturb(view, confidence=0.8, draws=300))
    lost = np.mean([(~d.kept).sum() for d in draws])
    added = np.mean([len(d.added) for d in draws])
    assert lost == pytest.approx(view.m * 0.2, rel=0.03)
    assert added == pytest.approx(view.m * 0.2, rel=0.03)


@pytest.mark.parametrize("directed", [False, True])
def test_added_ties_join_untied_pairs_once(directed):
    """An added tie is never a loop, never a recorded tie, never twice."""
    view = random_view(12, 40, directed=directed)
    recorded = set(zip(view.source.tolist(), view.target.tolist(), strict=True))
    for draw in perturb(view, confidence=0.4, draws=50, seed=3):
        pairs = [tuple(p) for p in draw.added.tolist()]
        assert len(set(pairs)) == len(pairs)
        assert not recorded & set(pairs)
        assert all(a != b for a, b in pairs)
        assert draw.view.m == draw.kept.sum() + len(pairs)
        rows, known = draw.csr, draw.view.csr
        for name in ("indptr", "indices", "weights", "tie"):
            assert (getattr(rows, name) == getattr(known, name)).all()


def test_listed_and_tried_pairs_follow_the_same_chances(monkeypatch):
    """Both ways of drawing untied pairs give each pair the same chance."""
    view = star(4)
    counts = []
    for listed in (2_000_000, 0):
        monkeypatch.setattr("netmap.chance.perturbation._LISTED", listed)
        seen = np.zeros((5, 5))
        for draw in perturb(view, confidence=0.75, draws=3000, seed=5):
            np.add.at(seen, (draw.added[:, 0], draw.added[:, 1]), 1)
        counts.append(seen)
    # Six untied pairs of leaves, all alike; one tie added in a draw on average.
    for seen in counts:
        assert seen[0].sum() == 0
        assert seen[np.triu_indices(5, 1)][4:] == pytest.approx(np.full(6, seen.sum() / 6), rel=0.15)


def test_busier_nodes_get_more_of_the_added_ties():
    """Untied pairs are drawn by the product of degrees: 2 x 2 four times as often as 1 x 1."""
    view = View("abcdef", [0, 1, 3, 4], [1, 2, 4, 5])
    seen = np.zeros((6, 6))
    for draw in perturb(view, confidence=0.98, draws=20000, seed=1):
        np.add.at(seen, (draw.added[:, 0], draw.added[:, 1]), 1)
    ratio = seen[1, 4] / np.mean([seen[0, 3], seen[0, 5], seen[2, 3], seen[2, 5], seen[0, 2], seen[3, 5]])
    assert ratio == pytest.approx(4, rel=0.15)


def test_an_isolate_can_turn_out_to_have_a_tie():
    """A node without recorded ties counts as having one, so that additions can reach it."""
    view = View("abc", [0], [1])
    assert any((d.added == 2).any() for d in perturb(view, confidence=0.5, draws=50))


def test_where_coverage_is_known_only_silent_pairs_get_ties():
    """Ties are added at the reported rate, and only between two who did not answer."""
    view = random_view(40, 160, seed=2)
    answered = np.arange(40) < 25
    silent = ~answered
    pairs = 15 * 14 // 2
    inside = (silent[view.source] & silent[view.target]).sum()
    rate = (view.m - inside) / (40 * 39 / 2 - pairs)
    added = []
    for draw in perturb(view, draws=300, observed_nodes=answered):
        assert silent[draw.added].all()
        added.append(len(draw.added))
    assert np.mean(added) == pytest.approx(rate * (pairs - inside), rel=0.05)


def test_unknown_pairs_name_the_same_room_as_silent_nodes():
    """The pairs listed one by one give the same networks as the mask they come from."""
    view = random_view(12, 20, seed=4)
    answered = np.arange(12) < 8
    pairs = [(a, b) for a in range(8, 12) for b in range(a + 1, 12)]
    for one, two in zip(
        perturb(view, draws=20, observed_nodes=answered), perturb(view, draws=20, unknown_pairs=pairs), strict=True
    ):
        assert one.added.tolist() == two.added.tolist()


def test_directed_silence_is_about_those_a_tie_starts_at():
    """In a directed view a tie is unknown when the node it starts at did not answer."""
    view = random_view(10, 20, seed=4, directed=True)
    answered = np.arange(10) != 3
    added = np.concatenate([d.added for d in perturb(view, draws=200, observed_nodes=answered)])
    assert len(added) > 0 and (added[:, 0] == 3).all()


def test_more_draws_only_add_to_the_earlier_ones():
    """Draw i depends on the seed and i alone."""
    view = random_view(20, 40)
    few, many = list(perturb(view, draws=3, seed=9)), list(perturb(view, draws=6, seed=9))
    for one, two in zip(few, many, strict=False):
        assert one.kept.tolist() == two.kept.tolist() and one.added.tolist() == two.added.tolist()


@pytest.mark.parametrize("view", [View([], [], []), View("a", [], []), View("abc", [], []), View("ab", [0], [1])])
def test_small_networks_can_be_perturbed(view):
    """No nodes, one node, no ties and a complete pair give draws, never an error."""
    assert len(list(perturb(view, draws=5))) == 5


def test_wrong_arguments_are_named():
    """A confidence outside 0..1 or of the wrong length is refused with a sentence."""
    with pytest.raises(MeasureError, match="^A confidence must lie between 0 and 1.$"):
        next(perturb(star(), confidence=1.2))
    with pytest.raises(MeasureError, match="^confidence has 2 values for 5 ties.$"):
        next(perturb(star(), confidence=[0.5, 0.5]))
    with pytest.raises(MeasureError, match="^observed_nodes has 1 values for 6 nodes.$"):
        next(perturb(star(), observed_nodes=[True]))
    with pytest.raises(MeasureError, match="not both"):
        next(perturb(star(), observed_nodes=[True] * 6, unknown_pairs=[(1, 2)]))


def test_ranks_run_downwards_from_one_and_equal_values_share_them():
    """Values 5, 3, 3, 1 have ranks 1, 2.5, 2.5, 4, and one network gives intervals without width."""
    low, high = rank_intervals([5, 3, 3, 1], [[5, 3, 3, 1]])
    assert low.tolist() == high.tolist() == [1.0, 2.5, 2.5, 4.0]


def test_undefined_values_stay_out_of_ranks():
    """A draw without the value is left out; a node undefined in the data has no interval."""
    low, high = rank_intervals([2, 1, np.nan], [[2, np.nan, 9], [1, 2, 9], [2, 1, 9]])
    assert low[2] != low[2] and high[2] != high[2]
    assert (low[1], high[1]) == (pytest.approx(2.05), pytest.approx(2.95))


def test_the_fifth_and_ninety_fifth_percentiles_are_taken():
    """Of 21 ranks 1..21 the interval runs from 2 to 20."""
    draws = np.zeros((21, 21))
    for i in range(21):
        draws[i] = -np.roll(np.arange(21), i)
    low, high = rank_intervals(np.zeros(21), draws)
    assert low == pytest.approx(np.full(21, 2.0)) and high == pytest.approx(np.full(21, 20.0))


def test_noise_of_summation_makes_no_ranks():
    """0.1 + 0.2 and 0.3 share a rank."""
    low, _ = rank_intervals([1, 1], [[0.1 + 0.2, 0.3]])
    assert low.tolist() == [1.5, 1.5]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=6))
def test_ranks_agree_with_scipy(rows):
    """With a level that takes everything the interval is the least and the greatest rank scipy gives."""
    from scipy.stats import rankdata

    ranks = rankdata(-np.array(rows), axis=1)
    low, high = rank_intervals(rows[0], rows, level=1.0)
    assert low.tolist() == ranks.min(axis=0).tolist() and high.tolist() == ranks.max(axis=0).tolist()


@pytest.mark.parametrize(
    ("share", "beats", "null", "word"),
    [
        (0.9, True, True, "solid"),
        (0.9, None, True, "solid"),
        (0.9, False, True, "likely"),
        (1.0, None, False, "likely"),
        (0.7, True, True, "likely"),
        (0.699, True, True, "fragile"),
        (0.4, True, True, "fragile"),
        (0.399, True, True, "cannot say"),
        (float("nan"), True, True, "cannot say"),
    ],
)
def test_certainty_words_follow_the_rules(share, beats, null, word):
    """solid from 90% and beyond chance, likely from 70%, fragile from 40%, else cannot say."""
    assert certainty_word(share, beats_null=beats, has_null=null) == word
