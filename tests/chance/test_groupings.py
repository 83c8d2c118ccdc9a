"""Groupings are told apart from those random ties have, and stable ones from others."""

import math

import networkx as nx
import numpy as np
import pytest

from netmap.chance.groupings import significance, stability
from netmap.errors import MeasureError


def test_two_cliques_are_stable_and_beyond_chance():
    graph = nx.barbell_graph(8, 0)
    found = stability(graph, draws=20)
    assert found.stable
    assert found.groups == 2
    assert found.over_seeds == 1
    assert significance(graph, draws=39).p == 0.025


def test_random_ties_are_neither():
    graph = nx.gnm_random_graph(60, 150, seed=3)
    assert not stability(graph, draws=15).stable
    found = significance(graph, draws=39)
    assert found.p > 0.05
    assert found.interval[0] <= found.expected <= found.interval[1]


def test_significance_is_rarely_given_to_random_networks():
    """Of 40 networks rewired at random about one in twenty may be called grouped."""
    p = [significance(nx.gnm_random_graph(24, 50, seed=s), draws=19, starts=1).p for s in range(40)]
    assert np.mean(np.array(p) <= 0.05) <= 0.175


def test_nothing_has_no_grouping_to_trust():
    assert not stability(nx.empty_graph(3)).stable
    assert math.isnan(significance(nx.empty_graph(3)).p)
    with pytest.raises(MeasureError, match="at least 19"):
        significance(nx.path_graph(3), draws=5)


def test_what_is_not_stable_says_so():
    """Random ties: other seeds give other groups. The karate club: agreement 0.87 with a tenth of the ties away."""
    assert stability(nx.gnm_random_graph(60, 150, seed=3), draws=15).said.startswith("no stable grouping")
    found = stability(nx.karate_club_graph())
    assert found.over_ties == pytest.approx(0.87, abs=0.04)
    assert found.said == "a stable grouping into 4"
    assert significance(nx.karate_club_graph(), draws=99).expected == pytest.approx(0.303, abs=0.006)


def test_the_profile_says_what_other_resolutions_give():
    """Four cliques in a ring stay four groups from low to high resolution."""
    profile = stability(nx.ring_of_cliques(4, 6), draws=3).profile
    assert (profile.loc[profile["resolution"].between(0.8, 2.0), "groups"] == 4).all()
    assert profile.loc[profile["resolution"] == 1.0, "agreement"].item() == 1
    assert profile.loc[profile["resolution"].between(0.8, 2.0), "plateau"].nunique() == 1


def test_one_group_found_again_is_the_same():
    """A clique is one group with any seed; that agreement is whole, not undefined."""
    assert stability(nx.complete_graph(8), draws=5).over_seeds == 1


def test_the_seed_decides_everything():
    graph = nx.karate_club_graph()
    assert significance(graph, draws=19) == significance(graph, draws=19)
    one, other = stability(graph, draws=5), stability(graph, draws=5)
    assert repr(one) == repr(other)
    assert one.profile.equals(other.profile)
