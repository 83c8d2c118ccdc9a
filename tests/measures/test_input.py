"""What measures accept, and the choices they name."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import numpy as np
import pytest

from netmap.errors import MeasureError
from netmap.measures._input import as_undirected, as_view, choose, is_networkx, length_unit, tie_lengths
from netmap.view import View
from tests.measures.saying import says


def test_a_view_keeps_or_drops_its_strengths():
    """None counts ties, "weight" and "strength" keep what is there."""
    view = View(["a", "b"], [0], [1], [3.0])
    assert as_view(view, "weight") is view
    assert as_view(view, "strength") is view
    assert as_view(view).strength.tolist() == [1]
    assert as_view(view) is as_view(view)


def test_all_kinds_of_networkx_graphs():
    """Parallel edges add up, or are one tie; direction stays."""
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", weight=2)
    graph.add_edge("a", "b", weight=3)
    graph.add_edge("a", "a")
    assert as_view(graph, "weight").strength.tolist() == [5]
    assert as_view(graph).strength.tolist() == [1]
    assert as_view(graph).directed
    assert all(is_networkx(kind()) for kind in (nx.Graph, nx.DiGraph, nx.MultiGraph))


def test_another_edge_attribute_can_hold_the_strength():
    """The name is that of the edge attribute."""
    graph = nx.Graph()
    graph.add_edge("a", "b", hours=4)
    assert as_view(graph, "hours").strength.tolist() == [4]


def test_what_is_no_network_is_refused():
    """The message says what is needed."""
    with says(MeasureError, "A measure needs a View or a networkx graph, not list."):
        as_view([("a", "b")])
    with says(MeasureError, "weight is None or \"weight\" for a View, not 'hours'."):
        as_view(View(["a"], [], []), "hours")


def test_direction_is_dropped_with_and_without_strength():
    """A mutual pair is one tie of strength 1, or of the sum."""
    view = View(["a", "b", "c"], [0, 1, 1], [1, 0, 2], [2.0, 3.0, 4.0], directed=True)
    assert as_undirected(view).strength.tolist() == [1, 1]
    assert as_undirected(view, "weight").strength.tolist() == [5, 4]
    assert as_undirected(nx.DiGraph([("a", "b"), ("b", "a")])).strength.tolist() == [1]


def test_lengths_are_whole_where_they_can_be():
    """Strengths 1 and 3 have lengths 3 and 1, a third of 1/strength each; arbitrary ones keep 1/strength."""
    view = View(["a", "b", "c"], [0, 1], [1, 2], [1.0, 3.0])
    assert tie_lengths(view, "weight").tolist() == [3, 1]
    assert length_unit(view, "weight") == pytest.approx(1 / 3)
    odd = View(["a", "b", "c"], [0, 1], [1, 2], [np.pi, np.e])
    assert tie_lengths(odd, "weight").tolist() == pytest.approx([1 / np.pi, 1 / np.e])
    assert (tie_lengths(odd, None), length_unit(odd, "weight")) == (None, 1.0)


def test_a_wrong_choice_names_the_right_ones():
    """And the nearest of them."""
    with says(MeasureError, "mode is one of in, out, not 'ouut'. Did you mean out?"):
        choose("ouut", ("in", "out"), "mode")


def test_networkx_and_pandas_are_not_loaded_before_they_are_needed():
    """Importing the measures of a view loads neither."""
    code = "import sys, netmap.measures.centralities; assert not {'networkx', 'pandas', 'scipy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
