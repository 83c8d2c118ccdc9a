"""Connections first and demand passed on: by hand, bounds for what is not known, and what is refused."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import MeasureError
from netmap.measures.connecting import connection_first, demand_spillover
from tests.measures.saying import says

PATH = nx.path_graph(["a", "b", "c", "d"])


def needs(*rows):
    return pd.DataFrame(rows, columns=["need_id", "holder", "capability", "type", "people_n", "service"])


def able(*rows):
    return pd.DataFrame(rows, columns=["entity", "capability", "status"])


class TestConnectionFirst:
    """M80."""

    def test_two_steps_and_no_further(self):
        found = connection_first(PATH, needs(("n", "a", "x", "need", 1, "")), able(("c", "x", "has"), ("d", "x", "has"))).needs
        assert found.loc["n", ["near", "first", "through", "steps"]].tolist() == [1, "c", "b", 2.0]
        assert np.isnan(found.loc["n", "second"])
        three = connection_first(PATH, needs(("n", "a", "x", "need", 1, "")), able(("c", "x", "has"), ("d", "x", "has")), steps=3).needs
        assert three.loc["n", ["near", "second"]].tolist() == [2, 3.0]

    def test_the_service_is_neither_passed_nor_counted(self):
        asked = needs(("n", "a", "x", "need", 1, "B"))
        graph = nx.relabel_nodes(PATH, {"b": "B"})
        assert connection_first(graph, asked, able(("c", "x", "has"), ("B", "x", "has"))).needs.loc["n", "near"] == 0

    def test_without_the_council(self):
        asked = needs(("n", "a", "x", "need", 1, ""), ("m", "d", "x", "demand", 3, ""))
        found = connection_first(PATH, asked, able(("c", "x", "has")), without=["b"])
        assert found.needs[["near", "without"]].values.tolist() == [[1, 0], [1, 1]]
        assert found.types.loc["all", ["needs", "people", "share", "without"]].tolist() == [2, 4, 1.0, 0.75]
        assert found.types.loc["demand", "without"] == 1
        # A holder that is left out itself still asks.
        assert connection_first(PATH, asked, able(("c", "x", "has")), without=["a"]).needs.loc["n", "without"] == 1

    def test_a_tie_that_is_not_trusted_is_no_step(self):
        asked = needs(("n", "a", "x", "need", 1, ""))
        held = able(("b", "x", "has"))
        assert connection_first(PATH, asked, held, {("a", "b"): 2.0}).needs.loc["n", "near"] == 0
        assert connection_first(PATH, asked, held, {("a", "b"): 2.0, ("b", "a"): 4.0}).needs.loc["n", "near"] == 1
        assert connection_first(PATH, asked, held, {("c", "d"): 1.0}).needs.loc["n", "near"] == 1

    def test_what_is_not_known_gives_bounds(self):
        """b could have it; of c nothing is recorded; d has something else. A need without a capability may be met by any."""
        held = able(("b", "x", "could_have"), ("d", "y", "has"))
        found = connection_first(PATH, needs(("n", "a", "x", "need", 1, ""), ("m", "d", "", "want", 1, ""), ("o", "c", "y", "need", 1, "")), held)
        assert found.needs[["near", "possible"]].values.tolist() == [[0, 2], [0, 2], [1, 2]]
        assert found.types.loc["all", ["share", "possible_share"]].tolist() == pytest.approx([1 / 3, 1])

    def test_a_holder_who_is_not_there_is_said(self):
        found = connection_first(PATH, needs(("n", "z", "x", "", np.nan, None)), able(("b", "x", "has")))
        assert found.needs.loc["n", ["placed", "near", "people", "type"]].tolist() == [False, 0, 1.0, "need"]

    def test_the_holder_does_not_meet_its_own_need(self):
        assert connection_first(PATH, needs(("n", "a", "x", "need", 1, "")), able(("a", "x", "has"))).needs.loc["n", "near"] == 0

    def test_no_needs_and_mistakes(self):
        assert np.isnan(connection_first(PATH, needs(), able()).types.loc["all", "share"])
        with says(MeasureError, "connection_first needs the column holder of needs."):
            connection_first(PATH, needs().drop(columns="holder"), able())
        with says(MeasureError, "connection_first needs the column entity of capabilities."):
            connection_first(PATH, needs(), able().drop(columns="entity"))
        with says(MeasureError, "steps and providers must be at least 1."):
            connection_first(PATH, needs(), able(), steps=0)

    @settings(deadline=None, max_examples=60)
    @given(st.integers(0, 2**32 - 1))
    def test_it_agrees_with_distances_and_names_do_not_matter(self, seed):
        rng = np.random.default_rng(seed)
        graph = nx.relabel_nodes(nx.gnp_random_graph(9, 0.25, seed=int(rng.integers(1000))), str)
        held = able(*[(str(i), "x", "has") for i in rng.choice(9, 3, replace=False)])
        asked = needs(*[(f"n{i}", str(i), "x", "need", 1, "") for i in range(9)])
        found = connection_first(graph, asked, held).needs
        for i in range(9):
            near = nx.single_source_shortest_path_length(graph, str(i), cutoff=2)
            assert found.loc[f"n{i}", "near"] == sum(1 for e in held["entity"] if e in near and e != str(i))
        name = {str(i): f"x{j}" for i, j in enumerate(rng.permutation(9).tolist())}
        moved = connection_first(
            nx.relabel_nodes(graph, name), asked.assign(holder=asked["holder"].map(name)), held.assign(entity=held["entity"].map(name))
        ).needs
        assert moved["near"].tolist() == found["near"].tolist()


def flows(*rows):
    return pd.DataFrame(rows, columns=["source", "target", "frequency"])


class TestSpillover:
    """M83."""

    def test_by_hand(self):
        """Half of what c gets goes on: upstream of d is its own 10 and half of c's 20 that passes wholly to d."""
        found = demand_spillover(flows(("a", "b", 30), ("b", "c", 20), ("c", "d", 10)))
        assert found.services["net"].tolist() == [-30, 10, 10, 10]
        # Received directly, then alpha times what reached those before it, shares of what each sends on.
        assert found.services["upstream"].tolist() == pytest.approx([0, 30, 20 + 15, 10 + 10 + 7.5])
        assert not len(found.loops)

    def test_loops_are_found_once_and_by_their_least(self):
        found = demand_spillover(flows(("a", "b", 5), ("b", "c", 4), ("c", "a", 3), ("b", "a", 2), ("a", "a", 9)))
        assert found.loops.values.tolist() == [["a; b; c", 3, 3.0], ["a; b", 2, 2.0]]

    @settings(deadline=None, max_examples=40)
    @given(st.integers(0, 2**32 - 1))
    def test_loops_are_the_cycles_of_two_and_three(self, seed):
        graph = nx.gnp_random_graph(7, 0.3, seed=seed, directed=True)
        if not graph.number_of_edges():
            return
        found = demand_spillover(flows(*[(f"s{a}", f"s{b}", 1 + (a + b) % 5) for a, b in graph.edges]))
        cycles = [c for c in nx.simple_cycles(graph, length_bound=3) if len(c) > 1]
        assert len(found.loops) == len(cycles)
        assert found.services["generated"].sum() == pytest.approx(found.services["received"].sum())

    def test_guesses_are_refused(self):
        with pytest.raises(MeasureError, match="1 of 2 ties of demand have no count in frequency: it needs real counts"):
            demand_spillover(flows(("a", "b", 3), ("b", "c", None)))
        with says(MeasureError, "demand_spillover needs ties of the kind demand, from the service that sends to the one that receives."):
            demand_spillover(flows(("a", "b", 3)).assign(kind="learning"))
        with says(MeasureError, "demand_spillover needs the column cases."):
            demand_spillover(flows(("a", "b", 3)), counts="cases")
        with says(MeasureError, "alpha lies from 0 to below 1, not 1."):
            demand_spillover(flows(("a", "b", 3)), alpha=1)
