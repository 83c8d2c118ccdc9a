"""QAP and MRQAP: whether matrices of the same organisations go together beyond what relabelling them would give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.shuffles import permutations, two_sided, upper
from ..measures._results import Shown
from ._matrices import aligned_matrices, cells_of, is_symmetric
from .compared import check_draws

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MRQAP", "QAP", "mrqap", "qap"]

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

NAN = float("nan")
# Permuted matrices of about this many numbers are held at once.
_AT_ONCE = 2_000_000
_TINY = 1e-10


@dataclass(frozen=True, repr=False)
class QAP(Shown):
    """Correlation of two matrices and what relabelling gives: `p` two-sided, `p_above` for as large or larger.

    `expected`, `spread` and `interval` (2.5-97.5%) are those of the relabelled matrices; `cells` says how many pairs
    were compared (ordered ones where a matrix has a direction).
    """

    r: float
    p: float
    p_above: float
    p_below: float
    expected: float
    spread: float
    interval: tuple[float, float]
    cells: int
    draws: int


@dataclass(frozen=True, repr=False)
class MRQAP(Shown):
    """Regression of one matrix on others: `table` has ``coefficient, t, p`` for each term, the intercept first."""

    table: pd.DataFrame
    r_squared: float
    cells: int
    draws: int


def qap(a: Any, b: Any, *, directed: bool | None = None, draws: int = 4999, seed: int = 0) -> QAP:
    """Return whether two matrices of the same organisations go together: QAP correlation.

    Rows and columns of one matrix are relabelled together, again and again, and the correlation is taken anew. That
    keeps the structure of both and breaks only who is who; pairs of organisations are not independent, and a test
    that takes them so is wrong far too often.

    Parameters
    ----------
    a, b : View, networkx graph, DataFrame or square array
        One value a pair. Tables with labels are matched by label, those in both being used; views give strength (0
        where there is no tie). The diagonal is left out. NaN is unknown: its pair is left out.
    directed : bool, optional
        Whether (i, j) and (j, i) are two pairs. By default so if a matrix is not symmetric.
    draws : int, default 4999
    seed : int, default 0

    Returns
    -------
    QAP
        r in -1..1; NaN where fewer than three pairs are known in both or one matrix is the same throughout.

    Raises
    ------
    MeasureError
        If the matrices do not fit together, or there are fewer than 19 draws.

    Examples
    --------
    >>> import networkx as nx
    >>> found = qap(nx.path_graph(8), nx.cycle_graph(8), draws=199)
    >>> round(found.r, 3), found.cells, found.p < 0.05
    (0.913, 28, True)

    Notes
    -----
    Pearson's r over the cells off the diagonal. p = (1 + b)/(1 + R), b counting relabelled matrices as far from the
    mean of all as the observed; pairs unknown in the relabelled matrix are left out of that draw. Cost O(R n^2).

    References
    ----------
    Krackhardt 1987, 1988; Mantel 1967.
    """
    check_draws(draws)
    (x, y), _ = aligned_matrices([a, b], ["a", "b"])
    directed = _direction([x, y], ["a", "b"], directed)
    known_x, known_y = ~np.isnan(x), ~np.isnan(y)
    both = known_x & known_y
    cells = int(both.sum()) if directed else int(both.sum()) // 2
    x, y = _centred(x, both), _centred(y, both)
    observed = float(_correlations(x[None], known_x[None], y, known_y)[0]) if cells >= 3 else NAN
    if np.isnan(observed):
        return QAP(NAN, NAN, NAN, NAN, NAN, NAN, (NAN, NAN), cells, 0)
    rng = np.random.default_rng([seed, 49])
    null = np.concatenate([
        _correlations(x[p[:, :, None], p[:, None, :]], known_x[p[:, :, None], p[:, None, :]], y, known_y)
        for p in _blocks(x.shape[0], draws, rng)
    ])  # fmt: skip
    null = null[~np.isnan(null)]
    low, high = np.quantile(null, [0.025, 0.975])
    return QAP(
        observed, float(two_sided(observed, null)), float(upper(observed, null)), float(upper(-observed, -null)),
        float(null.mean()), float(null.std(ddof=1)), (float(low), float(high)), cells, int(null.size),
    )  # fmt: skip


def mrqap(
    y: Any, predictors: Mapping[str, Any], *, directed: bool | None = None, draws: int = 4999, seed: int = 0
) -> MRQAP:
    """Return how one matrix goes with several others at once: MRQAP with double semi-partialling.

    Does alignment go with trust beyond nearness, age of the tie and mandate? Each coefficient is that of ordinary
    least squares; its p comes from relabelling what the predictor has that the others do not tell.

    Parameters
    ----------
    y : View, networkx graph, DataFrame or square array
        What is to be told from the others, one value a pair.
    predictors : mapping of str to the same
        Names and matrices. NaN is unknown: a pair unknown in any matrix is left out.
    directed : bool, optional
        Whether (i, j) and (j, i) are two pairs. By default so if a matrix is not symmetric.
    draws : int, default 4999
    seed : int, default 0

    Returns
    -------
    MRQAP
        All NaN, with the reason in ``table.attrs["undefined"]``, where fewer pairs are known than terms, or a matrix
        is the same throughout or follows from the others.

    Raises
    ------
    MeasureError
        If there is no predictor, the matrices do not fit together, or there are fewer than 19 draws.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> near, noise = rng.random((2, 9, 9))
    >>> found = mrqap(2 * near + noise, {"near": near}, draws=199)
    >>> round(float(found.table.loc["near", "coefficient"]), 2), float(found.table.loc["near", "p"]), found.cells
    (2.14, 0.005, 72)

    Notes
    -----
    For each term: regress it on the other terms, relabel rows and columns of the residual, put it in place of the
    term, and compare \\|t\\|, which is pivotal; p = (1 + b)/(1 + R). Where confounding is strong and values are very
    skewed no variant of MRQAP keeps its level. A coefficient is no cause. Cost O(k R n^2) for k terms.

    References
    ----------
    Dekker, Krackhardt & Snijders 2007.
    """
    check_draws(draws)
    if not predictors:
        raise MeasureError('mrqap needs at least one predictor, such as {"alignment": matrix}.')
    names = ["y", *map(str, predictors)]
    matrices, _ = aligned_matrices([y, *predictors.values()], names)
    directed = _direction(matrices, names, directed)
    n = matrices[0].shape[0]
    rows, columns = cells_of(n, directed)
    flat = np.array([m[rows, columns] for m in matrices])
    told, design = flat[0], np.vstack([np.ones(rows.size), flat[1:]]).T
    terms = ("intercept", *names[1:])
    whole = ~np.isnan(design).any(axis=1)
    use = whole & ~np.isnan(told)
    cells, k = int(use.sum()), design.shape[1]
    why = _unfit(design[use], told[use], terms)
    if why:
        return _nothing(terms, cells, why)
    coefficient, t, r_squared = _fit(design[use], told[use])
    p = np.full(k, NAN)
    for j in range(k):
        others = np.delete(design, j, axis=1)
        left = np.full(rows.size, NAN)
        left[whole] = design[whole, j] - others[whole] @ np.linalg.lstsq(others[whole], design[whole, j], rcond=None)[0]
        if np.nanmax(np.abs(left)) < _TINY * max(float(np.abs(design[whole, j]).max()), 1.0):
            return _nothing(terms, cells, f"{terms[j]} follows from the other matrices")
        null = np.concatenate([
            _t_of(drawn, others, told, use)
            for drawn in _relabelled(left, n, rows, columns, directed, draws, np.random.default_rng([seed, 50, j]))
        ])  # fmt: skip
        null = np.abs(null[~np.isnan(null)])
        p[j] = float(upper(abs(t[j]), null))
    return MRQAP(_table(terms, coefficient, t, p), r_squared, cells, draws)


def _direction(matrices: list[FloatArray], names: list[str], directed: bool | None) -> bool:
    crooked = [name for name, m in zip(names, matrices, strict=True) if not is_symmetric(m)]
    if directed is None:
        return bool(crooked)
    if crooked and not directed:
        raise MeasureError(f"{crooked[0]} is not symmetric: leave directed=False out, or make it symmetric first.")
    return directed


def _blocks(n: int, draws: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    step = max(1, _AT_ONCE // max(n * n, 1))
    for block in permutations(n, draws, rng):
        for first in range(0, len(block), step):
            yield block[first : first + step]


def _centred(matrix: FloatArray, use: BoolArray) -> FloatArray:
    """Return the matrix about its mean (against loss of digits), 0 where unknown."""
    middle = matrix[use].mean() if use.any() else 0.0
    return np.nan_to_num(matrix - middle)


def _correlations(x: FloatArray, known_x: BoolArray, y: FloatArray, known_y: BoolArray) -> FloatArray:
    """Pearson's r of each x with y over the cells known in both; unknown cells hold 0."""
    r = x.shape[0]
    a, here = x.reshape(r, -1), known_x.reshape(r, -1).astype(np.float64)
    b, there = y.reshape(-1), known_y.reshape(-1).astype(np.float64)
    count = here @ there
    sum_a, sum_b = a @ there, here @ b
    with np.errstate(invalid="ignore", divide="ignore"):
        square_a = (a * a) @ there - sum_a**2 / count
        square_b = here @ (b * b) - sum_b**2 / count
        cross = a @ b - sum_a * sum_b / count
        spread = np.sqrt(np.maximum(square_a, 0.0) * np.maximum(square_b, 0.0))
        scale = _TINY * (1.0 + float((b * b).sum()))
        flat = (square_a <= _TINY * (1.0 + (a * a).sum(axis=1))) | (square_b <= scale)
        return np.where(flat | (count < 3), NAN, np.clip(cross / spread, -1.0, 1.0))


def _relabelled(
    flat: FloatArray,
    n: int,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    directed: bool,
    draws: int,
    rng: np.random.Generator,
) -> Iterator[FloatArray]:
    """Yield blocks of the matrix with rows and columns relabelled together, as cells again."""
    square = np.full((n, n), NAN)
    square[rows, columns] = flat
    if not directed:
        square[columns, rows] = flat
    for p in _blocks(n, draws, rng):
        yield square[p[:, rows], p[:, columns]]


def _fit(design: FloatArray, told: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    coefficient = np.asarray(np.linalg.lstsq(design, told, rcond=None)[0], dtype=np.float64)
    left = told - design @ coefficient
    free = design.shape[0] - design.shape[1]
    triangle = np.linalg.qr(design, mode="r")
    inverse = np.linalg.inv(triangle)
    with np.errstate(divide="ignore", invalid="ignore"):
        t: FloatArray = coefficient / np.sqrt((left @ left) / free * (inverse**2).sum(axis=1))
    return coefficient, t, float(1 - (left @ left) / ((told - told.mean()) ** 2).sum())


def _t_of(drawn: FloatArray, others: FloatArray, told: FloatArray, use: BoolArray) -> FloatArray:
    """The t of a column put beside the others, for many columns at once."""
    drawn = drawn[:, use]
    others, told = others[use], told[use]
    if np.isnan(drawn).any():
        return _t_with_gaps(drawn, others, told)
    # The fit with one more column follows from what that column and y have that the others do not tell.
    basis = np.linalg.qr(others, mode="reduced")[0]
    rest = told - basis @ (basis.T @ told)
    own = (drawn * drawn).sum(axis=1) - ((drawn @ basis) ** 2).sum(axis=1)
    free = others.shape[0] - others.shape[1] - 1
    return _t(drawn @ rest, own, float(rest @ rest), free, (drawn * drawn).sum(axis=1))


def _t(cross: FloatArray, own: FloatArray, rest: Any, free: Any, size: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(own > _TINY * size, cross / own, NAN)
        left = np.maximum(rest - slope**2 * own, 0.0)
        return np.asarray(slope / np.sqrt(left / free / own))


def _t_with_gaps(drawn: FloatArray, others: FloatArray, told: FloatArray) -> FloatArray:
    """As `_t_of` where each draw leaves out cells of its own: one small system of equations a draw."""
    known = ~np.isnan(drawn)
    here, value = known.astype(np.float64), np.nan_to_num(drawn)
    k = others.shape[1]
    products = (others[:, :, None] * others[:, None, :]).reshape(len(told), k * k)
    gram = (here @ products).reshape(-1, k, k)
    with_told, with_own = here @ (others * told[:, None]), value @ others
    free = here.sum(axis=1) - k - 1
    out = np.full(len(drawn), NAN)
    good = (free > 0) & (np.linalg.matrix_rank(gram, hermitian=True) == k)
    if not good.any():
        return out
    solved = np.linalg.solve(gram[good], np.stack([with_told[good], with_own[good]], axis=2))
    rest = here[good] @ (told * told) - (with_told[good] * solved[:, :, 0]).sum(axis=1)
    size = (value[good] ** 2).sum(axis=1)
    own = size - (with_own[good] * solved[:, :, 1]).sum(axis=1)
    cross = value[good] @ told - (with_own[good] * solved[:, :, 0]).sum(axis=1)
    out[good] = _t(cross, own, rest, free[good], size)
    return out


def _unfit(design: FloatArray, told: FloatArray, terms: tuple[str, ...]) -> str:
    if design.shape[0] <= design.shape[1]:
        return f"only {design.shape[0]} pairs are known in every matrix, for {design.shape[1]} terms"
    if np.ptp(told) == 0:
        return "y is the same for every pair"
    for j, term in enumerate(terms[1:], 1):
        if np.ptp(design[:, j]) == 0:
            return f"{term} is the same for every pair"
    scaled = design / np.sqrt((design**2).sum(axis=0))
    if np.linalg.matrix_rank(scaled, tol=1e-9) < design.shape[1]:
        return "a predictor follows from the others"
    return ""


def _table(terms: tuple[str, ...], coefficient: FloatArray, t: FloatArray, p: FloatArray) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({"coefficient": coefficient, "t": t, "p": p}, index=pd.Index(terms, name="term"))


def _nothing(terms: tuple[str, ...], cells: int, why: str) -> MRQAP:
    blank = np.full(len(terms), NAN)
    table = _table(terms, blank, blank, blank)
    table.attrs["undefined"] = {why: len(terms)}
    return MRQAP(table, NAN, cells, 0)
