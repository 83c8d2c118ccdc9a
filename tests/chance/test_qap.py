"""QAP and MRQAP on matrices small enough to work out, at the edges, and what must hold of them always."""

import math
from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.chance.qap import mrqap, qap
from netmap.errors import MeasureError
from netmap.view import View
from tests.measures.saying import says


def off(matrix):
    return matrix[~np.eye(len(matrix), dtype=bool)]


def matrix(rng, n=6, symmetric=False):
    out = rng.integers(0, 5, (n, n)).astype(float)
    return out + out.T if symmetric else out


def test_by_hand():
    """On three organisations with pairs 1, 2, 3 against 1, 2, 4: r = 3/sqrt(2 x 14/3)."""
    a = np.array([[0, 1, 2], [1, 0, 3], [2, 3, 0]], float)
    b = np.array([[0, 1, 2], [1, 0, 4], [2, 4, 0]], float)
    found = qap(a, b, draws=19)
    assert found.cells == 3
    assert found.r == pytest.approx(3 / math.sqrt(2 * 14 / 3))


def test_p_is_what_all_relabellings_give():
    """On five organisations the share of all 120 relabellings is what the draws come to."""
    rng = np.random.default_rng(12)
    a, b = matrix(rng, 5), matrix(rng, 5)
    every = np.array([np.corrcoef(off(a[np.ix_(p, p)]), off(b))[0, 1] for p in permutations(range(5))])
    observed = np.corrcoef(off(a), off(b))[0, 1]
    found = qap(a, b, draws=9999)
    assert found.r == pytest.approx(observed)
    assert found.expected == pytest.approx(every.mean(), abs=0.01)
    exact = (np.abs(every - every.mean()) >= abs(observed - every.mean()) - 1e-9).mean()
    assert found.p == pytest.approx(exact, abs=0.02)
    assert found.p_above == pytest.approx((every >= observed - 1e-9).mean(), abs=0.02)


def test_coefficients_are_those_of_least_squares():
    rng = np.random.default_rng(5)
    y, a, b = matrix(rng), matrix(rng), matrix(rng)
    found = mrqap(y, {"a": a, "b": b}, draws=19)
    design = np.column_stack([np.ones(30), off(a), off(b)])
    slope, rest, *_ = np.linalg.lstsq(design, off(y), rcond=None)
    error = np.sqrt(rest[0] / 27 * np.diag(np.linalg.inv(design.T @ design)))
    np.testing.assert_allclose(found.table["coefficient"], slope)
    np.testing.assert_allclose(found.table["t"], slope / error)


def slowly(y, predictors, draws, directed=True):
    """Double semi-partialling as the paper has it, one draw at a time: the null of |t| of the first predictor."""
    names = list(predictors)
    n = len(y)
    mask = ~np.eye(n, dtype=bool)
    if not directed:
        mask = np.triu(mask)
    columns = [np.ones((n, n)), *[predictors[k] for k in names]]
    known = mask & ~np.isnan(sum(columns))
    others = [c for i, c in enumerate(columns) if i != 1]
    z = np.column_stack([c[known] for c in others])
    left = np.full((n, n), np.nan)
    left[known] = columns[1][known] - z @ np.linalg.lstsq(z, columns[1][known], rcond=None)[0]
    if not directed:
        left = np.where(np.isnan(left), left.T, left)
    out = []
    rng = np.random.default_rng(7)
    for _ in range(draws):
        p = rng.permutation(n)
        drawn = left[np.ix_(p, p)]
        use = known & ~np.isnan(y) & ~np.isnan(drawn)
        design = np.column_stack([drawn[use], *[c[use] for c in others]])
        slope, rest, *_ = np.linalg.lstsq(design, y[use], rcond=None)
        free = use.sum() - design.shape[1]
        out.append(abs(slope[0]) / math.sqrt(rest[0] / free * np.linalg.inv(design.T @ design)[0, 0]))
    return np.array(out)


@pytest.mark.parametrize("gaps", [False, True], ids=["complete", "with gaps"])
@pytest.mark.parametrize("directed", [False, True])
def test_p_of_mrqap_is_that_of_the_slow_way(gaps, directed):
    """The quick fits of all draws at once give the null that refitting gives, where pairs are unknown too."""
    rng = np.random.default_rng(6)
    a, b = matrix(rng, 9, not directed), matrix(rng, 9, not directed)
    y = 0.4 * a + matrix(rng, 9, not directed)
    if gaps:
        for m, i in ((a, 0), (b, 1), (y, 2)):
            m[i, 4:] = m[4:, i] = np.nan
    found = mrqap(y, {"a": a, "b": b}, draws=4999, directed=directed)
    null = slowly(y, {"a": a, "b": b}, 1500, directed)
    assert found.table.loc["a", "p"] == pytest.approx((null >= abs(found.table.loc["a", "t"])).mean(), abs=0.03)


def test_unknown_pairs_are_left_out():
    rng = np.random.default_rng(8)
    a, b = matrix(rng), matrix(rng)
    a[0, 1] = np.nan
    b[2, 3] = np.nan
    found = qap(a, b, draws=19)
    use = ~np.isnan(off(a) + off(b))
    assert found.cells == 28
    assert found.r == pytest.approx(np.corrcoef(off(a)[use], off(b)[use])[0, 1])


def test_tables_are_matched_by_label_and_graphs_give_their_ties():
    rng = np.random.default_rng(9)
    names = list("abcdef")
    a = pd.DataFrame(matrix(rng), index=names, columns=names)
    b = pd.DataFrame(matrix(rng), index=names, columns=names)
    known = qap(a, b, draws=19).r
    mixed = b.loc[list("fbcdea"), list("cdefab")]
    assert qap(a, mixed, draws=19).r == pytest.approx(known)
    assert qap(a.iloc[:5, :5], b, draws=19).r == pytest.approx(qap(a.iloc[:5, :5], b.iloc[:5, :5], draws=19).r)
    graph = nx.path_graph(5)
    view = View.from_networkx(graph)
    ties = nx.to_numpy_array(graph)
    other = matrix(rng, 5, symmetric=True)
    assert qap(graph, other, draws=19).r == pytest.approx(qap(ties, other, draws=19).r)
    assert qap(view, other, draws=19).cells == 10


@pytest.mark.parametrize(
    ("a", "b"), [(np.zeros((2, 2)), np.eye(2)), (np.ones((5, 5)), np.arange(25.0).reshape(5, 5)), (np.zeros((0, 0)),) * 2]
)
def test_what_does_not_vary_has_no_correlation(a, b):
    found = qap(a, b, draws=19)
    assert math.isnan(found.r) and math.isnan(found.p) and found.draws == 0


def test_regressions_that_cannot_be_made_say_why():
    rng = np.random.default_rng(10)
    y, a = matrix(rng), matrix(rng)
    for predictors, why in (
        ({"a": a, "b": np.ones((6, 6))}, "b is the same for every pair"),
        ({"a": a, "b": 2 * a + 1}, "a predictor follows from the others"),
        ({"a": np.full((6, 6), np.nan)}, "only 0 pairs are known in every matrix, for 2 terms"),
    ):
        found = mrqap(y, predictors, draws=19)
        assert found.table.isna().all(axis=None)
        assert list(found.table.attrs["undefined"]) == [why]
    assert list(mrqap(np.ones((6, 6)), {"a": a}, draws=19).table.attrs["undefined"]) == ["y is the same for every pair"]


def test_matrices_that_do_not_fit_are_refused():
    square = np.arange(9.0).reshape(3, 3)
    with says(MeasureError, "b must be square, one row and one column an organisation; its shape is (2, 3)."):
        qap(square, square[:2])
    with says(MeasureError, "b has 4 rows, the others 3."):
        qap(pd.DataFrame(square), np.zeros((4, 4)))
    with says(MeasureError, "a is not symmetric: leave directed=False out, or make it symmetric first."):
        qap(square, square, directed=False)
    with says(MeasureError, "draws must be at least 19, not 5: with fewer no p can be 0.05."):
        qap(square, square, draws=5)
    with says(MeasureError, 'mrqap needs at least one predictor, such as {"alignment": matrix}.'):
        mrqap(square, {})
    with says(MeasureError, "a holds an infinite value; unknown ones are NaN."):
        qap(np.array([[0, np.inf], [1, 0]]), np.eye(2))
    with says(MeasureError, "a must have the same names on its rows and its columns."):
        qap(pd.DataFrame(square, columns=list("abc")), square)


seeds = st.integers(0, 10_000)


@given(seed=seeds, n=st.integers(4, 7), factor=st.sampled_from([-2.0, 0.5, 3.0]), shift=st.sampled_from([-1.0, 0.0, 10.0]))
def test_unit_and_origin_do_not_matter(seed, n, factor, shift):
    """Another unit changes neither |r| nor p, and turns the sign with its own."""
    rng = np.random.default_rng(seed)
    a, b = matrix(rng, n), matrix(rng, n)
    one, two = qap(a, b, draws=59), qap(factor * a + shift, b, draws=59)
    np.testing.assert_allclose(two.r, np.sign(factor) * one.r, atol=1e-9)
    np.testing.assert_allclose(two.p, one.p)


@given(seed=seeds, n=st.integers(4, 7))
def test_names_and_the_order_of_the_two_do_not_matter_to_r(seed, n):
    """Relabelled together, or swapped, they correlate as before; r lies in -1..1 and p in 1/(1+R)..1."""
    rng = np.random.default_rng(seed)
    a, b = matrix(rng, n), matrix(rng, n)
    p = rng.permutation(n)
    one = qap(a, b, draws=39)
    for two in (qap(b, a, draws=39), qap(a[np.ix_(p, p)], b[np.ix_(p, p)], draws=39)):
        np.testing.assert_allclose(two.r, one.r, atol=1e-9)
    if not math.isnan(one.r):
        assert -1 <= one.r <= 1
        assert 1 / 40 <= one.p <= 1


@given(seed=seeds, n=st.integers(4, 6))
def test_a_symmetric_matrix_counted_once_or_twice_correlates_alike(seed, n):
    rng = np.random.default_rng(seed)
    a, b = matrix(rng, n, True), matrix(rng, n, True)
    one, two = qap(a, b, directed=False, draws=39), qap(a, b, directed=True, draws=39)
    np.testing.assert_allclose([one.r, one.p], [two.r, two.p])
    assert two.cells == 2 * one.cells or n < 3


@given(seed=seeds, factor=st.sampled_from([0.5, -3.0]))
def test_the_unit_of_a_predictor_changes_its_coefficient_alone(seed, factor):
    rng = np.random.default_rng(seed)
    y, a, b = matrix(rng), matrix(rng), matrix(rng)
    one = mrqap(y, {"a": a, "b": b}, draws=39).table
    two = mrqap(y, {"a": factor * a, "b": b}, draws=39).table
    np.testing.assert_allclose(two["p"], one["p"])
    np.testing.assert_allclose(two.loc["a", "coefficient"] * factor, one.loc["a", "coefficient"], atol=1e-9)
    np.testing.assert_allclose(two.loc["b", "t"], one.loc["b", "t"], atol=1e-9)


@given(seed=seeds)
def test_the_same_seed_gives_the_same_bits(seed):
    rng = np.random.default_rng(seed)
    y, a = matrix(rng), matrix(rng)
    assert qap(y, a, draws=39, seed=3) == qap(y, a, draws=39, seed=3) or math.isnan(qap(y, a, draws=39).r)
    assert mrqap(y, {"a": a}, draws=39, seed=3).table.equals(mrqap(y, {"a": a}, draws=39, seed=3).table)
