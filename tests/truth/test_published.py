"""Values that were seen in print, or are quoted from memory, come out as printed."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.kernels.triangles import common_neighbours
from netmap.measures.centralities import betweenness, degree
from netmap.measures.closure import transitivity
from netmap.measures.cohesion import components
from netmap.measures.distances import closeness
from tests.truth.cases import case

COVERS = tuple(
    f"published_values.csv:{row}"
    for row in (
        "florentine_marriage, number of components; sizes", "florentine_marriage, dyad census mutual / null",
        "florentine_marriage, triad census 003, 102, 201, 300", "florentine_marriage, transitivity (global)",
        "florentine_marriage, betweenness, normalised WITHOUT the isolate (n=15, divide by 91)",
        "florentine_marriage, same", "kite, nodes, edges", "kite, degree centrality normalised",
        "kite, most central by degree / betweenness / closeness are three different answers",
        "kite, betweenness normalised", "kite, closeness normalised",
        "definition, Gould-Fernandez roles",
    )
)  # fmt: skip


def test_florentine_families_as_printed():
    """15 families in one part and Pucci alone; 20 ties, 100 empty pairs; 324, 195, 38 and 3 triads; 0.1914894."""
    view = case("florentine_marriage").view
    assert components(view).sizes == (15, 1)
    assert (view.m, view.n * (view.n - 1) // 2 - view.m) == (20, 100)
    closed = int(common_neighbours(view.csr).sum()) // 6
    degrees = degree(view).to_numpy()
    two = int((degrees * (degrees - 1) // 2).sum()) - 3 * closed
    one = view.m * (view.n - 2) - 2 * two - 3 * closed
    assert (560 - one - two - closed, one, two, closed) == (324, 195, 38, 3)
    assert transitivity(view) == pytest.approx(0.1914894, abs=5e-8)


def test_florentine_betweenness_depends_on_the_isolate():
    """Jackson prints 0.522, 0.255 and 0.103, without Pucci."""
    view = case("florentine_marriage").view
    without = betweenness(view.subset(np.diff(view.csr.indptr) > 0))
    for family, printed in {"Medici": 0.522, "Guadagni": 0.255, "Strozzi": 0.103}.items():
        assert without[family] == pytest.approx(printed, abs=5e-4)
    assert betweenness(view)["Medici"] == pytest.approx(0.452, abs=5e-4)


def test_the_kite_has_three_centres():
    """Diane has most ties (0.667), Heather lies between (0.389), Fernando and Garth are closest (0.643)."""
    view = case("kite").view
    assert (view.n, view.m) == (10, 18)
    degrees = degree(view) / 9
    assert degrees.idxmax() == "Diane"
    assert degrees.max() == pytest.approx(0.667, abs=5e-4)
    between = betweenness(view)
    assert between.idxmax() == "Heather"
    assert between.max() == pytest.approx(0.389, abs=5e-4)
    close = closeness(view)
    first = close[close > close.max() - 1e-12]
    assert sorted(first.index) == ["Fernando", "Garth"]
    assert close.max() == pytest.approx(0.643, abs=5e-4)
