"""The shapes of results, and how undefined values are told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from netmap.measures._results import Shown, node_frame, node_series, settle, tie_series
from netmap.view import View


def view():
    return View(["b", "a", "c"], [0, 1], [1, 2])


def test_nodes_come_back_in_the_order_they_were_given():
    """Values are in canonical order (a, b, c) inside and in the caller's order (b, a, c) outside."""
    series = node_series(view(), np.array([1, 2, 3]), "x")
    assert list(series.items()) == [("b", 2), ("a", 1), ("c", 3)]
    assert (series.name, series.index.name, series.attrs) == ("x", "node", {})
    assert series.dtype == np.int64


def test_masks_give_nan_and_their_reasons():
    """The first reason that fits counts each node once; whole numbers become floats."""
    masks = {"no ties": np.array([True, False, False]), "alone": np.array([True, True, False])}
    series = node_series(view(), np.array([1, 2, 3]), "x", undefined=masks)
    assert series.isna().tolist() == [True, True, False]
    assert series.attrs["undefined"] == {"no ties": 1, "alone": 1}


def test_a_reason_alone_explains_what_is_nan():
    """And without one it says that the value is not defined."""
    values = np.array([np.nan, 1.0, np.nan])
    assert settle(values, "no ties")[1] == {"no ties": 2}
    assert settle(values)[1] == {"not defined": 2}
    assert settle(np.array([1.0]), "no ties")[1] == {}
    assert settle(np.array([1, 2]), {"all": True})[1] == {"all": 2}


def test_ties_are_indexed_by_their_ends():
    """In canonical order."""
    series = tie_series(view(), np.array([1.0, 2.0]), "x")
    assert list(series.index) == [("a", "b"), ("a", "c")]
    assert series.index.names == ["source", "target"]


def test_a_table_counts_each_reason_once():
    """Truth values stay truth values; only numbers can be undefined."""
    frame = node_frame(view(), {"flag": np.array([True, False, True]), "x": np.array([np.nan, 1, 2])}, "no ties")
    assert frame["flag"].dtype == bool
    assert frame.attrs["undefined"] == {"no ties": 1}
    assert frame.index.tolist() == ["b", "a", "c"]


def test_nodes_named_by_tuples_stay_single_nodes():
    """A node called (1, 2) is one node, not two levels."""
    series = node_series(View([(1, 2), (3, 4)], [0], [1]), np.array([1, 2]), "x")
    assert series.index.nlevels == 1


@dataclass(frozen=True, repr=False)
class Result(Shown):
    """A result with one field of each kind."""

    labels: pd.Series
    table: pd.DataFrame
    many: tuple[int, ...]
    few: tuple[int, ...]
    value: float
    none: float
    name: str


def test_a_result_shows_itself_briefly():
    """Tables by their size, numbers as they are, NaN as not defined; names are escaped in a notebook."""
    result = Result(pd.Series([1, 2]), pd.DataFrame({"a": [1]}), tuple(range(9)), (1, 2), 0.25, float("nan"), "<b>")
    assert repr(result) == (
        "Result(labels=<2 values>, table=<1 rows x 1 columns>, many=<9 items>, few=(1, 2), value=0.25, "
        "none=not defined, name=<b>)"
    )
    assert "&lt;b&gt;" in result._repr_html_()
    assert "<b>" not in result._repr_html_()
