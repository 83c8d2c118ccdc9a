"""Congruence regression: whether being alike goes with an outcome, by polynomial, never by a difference score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..measures._results import Shown
from ._matrices import aligned_matrices, cells_of
from .qap import mrqap

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Congruence", "congruence"]

FloatArray = NDArray[np.float64]

NAN = float("nan")
FEWEST = 60
LEVEL = 0.05
_CONTRASTS = ("a1", "a2", "a3", "a4")
_TERMS = ("b0", "b1", "b2", "b3", "b4", "b5")


@dataclass(frozen=True, repr=False)
class Congruence(Shown):
    """A surface over two ratings: is the outcome highest where they are alike?

    Attributes
    ----------
    coefficients : Series
        ``b0`` to ``b5``: constant, X, Y, X^2, XY, Y^2, about the middle of the scale.
    contrasts : DataFrame
        ``value`` and ``p`` of a1, a2 (slope and curve where X = Y) and a3, a4 (where X and Y are opposite).
    ridge : DataFrame
        ``value, low, high`` of the slope and intercept of the ridge (first principal axis), 95% by bootstrap.
    congruence : bool
        Whether all holds that congruence asks: a4 below 0, a3 not told from 0, ridge not told from X = Y.
    why : str
        What does not hold, or why nothing is said.
    """

    coefficients: pd.Series[float]
    contrasts: pd.DataFrame
    ridge: pd.DataFrame
    r_squared: float
    cells: int
    draws: int
    congruence: bool
    why: str


def congruence(
    z: Any,
    x: Any,
    y: Any,
    *,
    scale: tuple[float, float] = (1.0, 5.0),
    form: str = "polynomial",
    draws: int = 4999,
    seed: int = 0,
) -> Congruence:
    """Return whether an outcome is best where two ratings agree: polynomial regression with response surface.

    Do partners trust each other more the more alike they are in one value, and not merely because one of them rates it
    high? That asks more than a correlation with the difference.

    Parameters
    ----------
    z : square table, or a sequence
        The outcome: of each pair of organisations (rows towards columns), or of each independent case.
    x, y : square tables, or sequences
        The rating by one side and by the other, on one scale. NaN is unknown and left out.
    scale : tuple of float, default (1, 5)
        Ends of the scale; ratings are taken about its middle.
    form : {"polynomial"}
        A difference score is refused.
    draws : int, default 4999
        Relabellings (of square tables), and at most 999 bootstrap samples.
    seed : int, default 0

    Returns
    -------
    Congruence
        NaN, with the reason in ``why``, with fewer than 60 cases.

    Raises
    ------
    MeasureError
        If a difference score is asked for, or the three do not fit together.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> x, y = rng.uniform(1, 5, (2, 200))
    >>> found = congruence(3 - 0.5 * (x - y) ** 2 + rng.normal(0, 0.3, 200), x, y)
    >>> found.congruence, round(float(found.contrasts.loc["a4", "value"]), 1)
    (True, -2.0)
    >>> congruence(x + rng.normal(0, 0.3, 200), x, y).congruence
    False

    Notes
    -----
    Z = b0 + b1 X + b2 Y + b3 X^2 + b4 XY + b5 Y^2, a1 = b1 + b2, a2 = b3 + b4 + b5, a3 = b1 - b2, a4 = b3 - b4 + b5.
    Fitted on X + Y and X - Y, so that each contrast is one coefficient: p by MRQAP for square tables (double
    semi-partialling), by t for independent cases. The bootstrap draws organisations, or cases. A regression on \\|X - Y\\|
    calls it congruence in two of three data sets in which one side alone matters. With fewer than about twenty
    organisations p of a2 and a4 is a little too small (6 to 7% at 5%). Cost that of `mrqap`.

    References
    ----------
    Edwards & Parry 1993; Edwards 1994; Shanock et al. 2010; Dekker, Krackhardt & Snijders 2007.
    """
    if form != "polynomial":
        raise MeasureError(
            "A difference score is refused: where only one side matters, a regression on |x - y| still calls it "
            'congruence in two of three data sets (68.5% in simulation). Use form="polynomial".'
        )
    if not scale[0] < scale[1]:
        raise MeasureError(f"scale goes from low to high, not from {scale[0]:g} to {scale[1]:g}.")
    middle = (scale[0] + scale[1]) / 2
    dyadic = np.ndim(z) == 2
    if dyadic:
        (told, one, other), _ = aligned_matrices([z, x, y], ["z", "x", "y"])
        n = told.shape[0]
    else:
        told, one, other = (np.asarray(v, dtype=np.float64).reshape(-1) for v in (z, x, y))
        if not told.size == one.size == other.size:
            raise MeasureError(f"z, x and y must be as long: {told.size}, {one.size} and {other.size} values were given.")
        n = told.size
    one, other = one - middle, other - middle
    known = ~(np.isnan(told) | np.isnan(one) | np.isnan(other))
    cells = int(known.sum())
    if cells < FEWEST:
        return _nothing(cells, f"only {cells} cases are known; {FEWEST} are needed")
    s, d = one + other, one - other
    parts = {"s": s, "d": d, "ss": s * s, "dd": d * d, "sd": s * d}
    if dyadic:
        fit = mrqap(told, parts, directed=True, draws=draws, seed=seed)
        why = next(iter(fit.table.attrs.get("undefined", {})), "")
        value, p, r_squared = fit.table["coefficient"], fit.table["p"], fit.r_squared
    else:
        value, p, r_squared, why = _independent(told[known], {k: v[known] for k, v in parts.items()})
    if why:
        return _nothing(cells, "the two ratings do not vary enough to fit a surface")
    b = _coefficients(value)
    ridge = _bootstrap(told, one, other, known, n, dyadic, min(draws, 999), seed)
    contrasts = _contrasts(value, p)
    missing = _missing(contrasts, ridge)
    return Congruence(b, contrasts, ridge, r_squared, cells, draws if dyadic else 0, not missing, "; ".join(missing))


def _independent(told: FloatArray, parts: dict[str, FloatArray]) -> tuple[pd.Series[float], pd.Series[float], float, str]:
    import pandas as pd
    from scipy.stats import t as student

    names = ["intercept", *parts]
    design = np.column_stack([np.ones(told.size), *parts.values()])
    blank = pd.Series(NAN, index=names)
    scaled = design / np.maximum(np.sqrt((design**2).sum(axis=0)), 1e-300)
    if np.linalg.matrix_rank(scaled, tol=1e-9) < design.shape[1] or np.ptp(told) == 0:
        return blank, blank, NAN, "flat"
    fit = np.linalg.lstsq(design, told, rcond=None)[0]
    left = told - design @ fit
    free = told.size - design.shape[1]
    error = np.sqrt(left @ left / free * np.diag(np.linalg.inv(design.T @ design)))
    with np.errstate(divide="ignore"):
        p = 2 * student.sf(np.abs(fit / error), free)
    r_squared = float(1 - left @ left / ((told - told.mean()) ** 2).sum())
    return pd.Series(fit, index=names), pd.Series(p, index=names), r_squared, ""


def _coefficients(value: pd.Series[float]) -> pd.Series[float]:
    import pandas as pd

    c, s, d, ss, dd, sd = (float(value[k]) for k in ("intercept", "s", "d", "ss", "dd", "sd"))
    return pd.Series([c, s + d, s - d, ss + dd + sd, 2 * (ss - dd), ss + dd - sd], index=list(_TERMS), name="coefficient")


def _contrasts(value: pd.Series[float], p: pd.Series[float]) -> pd.DataFrame:
    import pandas as pd

    order = (("s", 2.0), ("ss", 4.0), ("d", 2.0), ("dd", 4.0))
    return pd.DataFrame(
        {"value": [float(value[k]) * times for k, times in order], "p": [float(p[k]) for k, _ in order]},
        index=pd.Index(_CONTRASTS, name="contrast"),
    )


def _bootstrap(
    told: FloatArray, one: FloatArray, other: FloatArray, known: NDArray[np.bool_], n: int, dyadic: bool, draws: int, seed: int
) -> pd.DataFrame:
    import pandas as pd

    if dyadic:
        rows, columns = cells_of(n, True)
        observed = _ridge(*(m[known] for m in (told, one, other)))
    else:
        observed = _ridge(told[known], one[known], other[known])
    rng = np.random.default_rng([seed, 53])
    found = np.full((draws, 2), NAN)
    cases = np.flatnonzero(known.reshape(-1)) if not dyadic else None
    for r in range(draws):
        if cases is None:
            drawn = rng.integers(0, n, n)
            i, j = drawn[rows], drawn[columns]
            use = known[i, j]
            found[r] = _ridge(told[i, j][use], one[i, j][use], other[i, j][use])
        else:
            drawn = cases[rng.integers(0, cases.size, cases.size)]
            found[r] = _ridge(told[drawn], one[drawn], other[drawn])
    good = found[~np.isnan(found).any(axis=1)]
    low, high = np.quantile(good, [0.025, 0.975], axis=0) if len(good) else (np.full(2, NAN),) * 2
    return pd.DataFrame({"value": observed, "low": low, "high": high}, index=pd.Index(["slope", "intercept"], name="ridge"))


def _ridge(told: FloatArray, x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Slope and intercept of the first principal axis of the surface; NaN where it has none."""
    design = np.column_stack([np.ones(told.size), x, y, x * x, x * y, y * y])
    _, b1, b2, b3, b4, b5 = np.linalg.lstsq(design, told, rcond=None)[0]
    below = 4 * b3 * b5 - b4**2
    if abs(b4) < 1e-12 or abs(below) < 1e-12:
        return NAN, NAN
    x0, y0 = (b2 * b4 - 2 * b1 * b5) / below, (b1 * b4 - 2 * b2 * b3) / below
    slope = (b5 - b3 + np.sqrt((b3 - b5) ** 2 + b4**2)) / b4
    return float(slope), float(y0 - slope * x0)


def _missing(contrasts: pd.DataFrame, ridge: pd.DataFrame) -> list[str]:
    out = []
    a3, a4 = contrasts.loc["a3"], contrasts.loc["a4"]
    if not (a4["value"] < 0 and a4["p"] < LEVEL):
        out.append("the outcome does not fall the further the two are apart (a4)")
    if not a3["p"] >= LEVEL:
        out.append("it matters which of the two is higher (a3)")
    for name, goal in (("slope", 1.0), ("intercept", 0.0)):
        row = ridge.loc[name]
        if not row["low"] <= goal <= row["high"]:
            out.append(f"the ridge does not run where the two agree ({name})")
    return out


def _nothing(cells: int, why: str) -> Congruence:
    import pandas as pd

    b = pd.Series(NAN, index=list(_TERMS), name="coefficient")
    contrasts = pd.DataFrame({"value": NAN, "p": NAN}, index=pd.Index(_CONTRASTS, name="contrast"))
    ridge = pd.DataFrame({"value": NAN, "low": NAN, "high": NAN}, index=pd.Index(["slope", "intercept"], name="ridge"))
    contrasts.attrs["undefined"] = {why: len(_CONTRASTS)}
    return Congruence(b, contrasts, ridge, NAN, cells, 0, False, why)
