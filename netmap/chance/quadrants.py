"""Whether trust, value or intensity differ between chosen and forced, accountable and loose ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.shuffles import permutations, two_sided
from ..measures._input import choose
from ..measures._results import Shown
from ..measures.accountability import pair_accountability, wiring_word
from ..measures.intensity import intensity_level
from ..measures.trusting import TRUST_ITEMS, VALUE_ITEMS, rated_pairs
from ._levels import Levels
from .compared import check_draws

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["QuadrantTest", "quadrant_test"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

NAN = float("nan")
FEWEST = 10
SHOWN = 3
TERMS = ("accountable", "forced")
OF = ("trust", "value", "intensity")


@dataclass(frozen=True, repr=False)
class QuadrantTest(Shown):
    """What the four quadrants are rated, and whether accountability or mandate goes with it.

    `cells` has ``mandate, wiring, ties, raters, mean`` for each cell with ties; `terms` has ``coefficient, t, p`` for
    ``accountable`` (index 1 against 0) and ``forced`` (against chosen). `why` says why they are not defined, if so.
    """

    cells: pd.DataFrame
    terms: pd.DataFrame
    ratings: int
    pairs: int
    draws: int
    why: str


def quadrant_test(
    partnerships: pd.DataFrame,
    of: str = "trust",
    *,
    accountability: pd.DataFrame | None = None,
    raters: int = SHOWN,
    draws: int = 4999,
    seed: int = 0,
) -> QuadrantTest:
    """Return whether accountable or forced ties are rated otherwise than loose or chosen ones (proposed).

    Parameters
    ----------
    partnerships : DataFrame
        ``source, target, mandate``, the columns of `hardwired_index`, and the items of trust or value, or
        ``intensity``. Rows of one wave.
    of : {"trust", "value", "intensity"}, default "trust"
        What is compared: the scores of `trust` and `value_score`, or the level of `intensity_level`.
    accountability : DataFrame, optional
        As `pair_accountability` gives it, where mandate and hard-wiring stand on other rows than the ratings.
    raters : int, default 3
        Fewest raters for the mean of a cell to be given.
    draws : int, default 4999
    seed : int, default 0

    Returns
    -------
    QuadrantTest
        A mean is NaN with fewer than `raters` raters (for intensity: pairs); coefficients are NaN, with the reason in
        ``why``, with fewer than ten pairs whose mandate and accountability are known, or where they do not vary.

    Raises
    ------
    MeasureError
        If a column is missing, `of` is not known, or there are fewer than 19 draws.

    Examples
    --------
    >>> import itertools, pandas as pd
    >>> pairs = list(itertools.combinations("abcdefg", 2))
    >>> ties = pd.DataFrame(pairs, columns=["source", "target"])
    >>> hard = [i % 2 for i in range(len(pairs))]
    >>> ties = ties.assign(mandate="voluntary", hardwired=hard, intensity=[2 + h for h in hard])
    >>> found = quadrant_test(ties, "intensity", draws=199)
    >>> found.terms.loc["accountable", ["coefficient", "p"]].round(3).tolist()
    [1.0, 0.005]

    Notes
    -----
    Regression of the score on the hard-wired index and on forced, with a level for each rater and each rated (for
    intensity: each end); p = (1 + b)/(1 + R) from the \\|t\\| of one term dealt out anew over the pairs, the other staying.
    MRQAP relabels organisations, for which every pair would need a rating; here only ties have one. Mixed and unknown
    mandates are left out of the regression. No quadrant is the good one, and which came first is not known. Cost
    O(k^3 + R (N + k^2)) for N ratings of k organisations.

    References
    ----------
    Freedman & Lane 1983; Dekker, Krackhardt & Snijders 2007; Thomson, Perry & Miller 2009.
    """
    import pandas as pd

    check_draws(draws)
    choose(of, OF, "of")
    for column in ("source", "target", *(() if accountability is not None else ("mandate",))):
        if column not in partnerships:
            raise MeasureError(f"quadrant_test needs the column {column}.")
    scored = _scored(partnerships, of)
    wired = pair_accountability(partnerships) if accountability is None else accountability
    place = {(a, b): i for i, (a, b) in enumerate(zip(wired["a"], wired["b"], strict=True))}
    pair = [tuple(sorted(ends)) for ends in zip(scored["rater"], scored["target"], strict=True)]
    at = np.array([place.get(p, -1) for p in pair], dtype=np.int64)
    scored, at = scored[at >= 0].reset_index(drop=True), at[at >= 0]
    index, mandate = wired["hardwired"].to_numpy(dtype=float)[at], wired["mandate"].to_numpy(dtype=object)[at]
    cells = _cells(scored, mandate, [wiring_word(h) for h in index], at, raters, of)
    known = ~np.isnan(index) & np.isin(mandate, ("chosen", "forced"))
    use, which = scored[known], at[known]
    terms = np.vstack([index[known], (mandate[known] == "forced").astype(float)])
    number, which = np.unique(which, return_inverse=True)
    nothing = pd.DataFrame(NAN, index=pd.Index(TERMS, name="term"), columns=["coefficient", "t", "p"])
    if number.size < FEWEST:
        why = f"fewer than {FEWEST} rated ties whose mandate and accountability are known"
        return QuadrantTest(cells, nothing, len(use), int(number.size), 0, why)
    score = use["score"].to_numpy(dtype=float)
    factors = [[use["rater"], use["target"]]] if of == "intensity" else [[use["rater"]], [use["target"]]]
    table, made = _terms(score, terms, factors, which, number.size, draws, seed)
    why = "" if made else "accountability and mandate do not vary between the ties of the same organisations"
    return QuadrantTest(cells, table, len(use), int(number.size), made, why)


def _scored(partnerships: pd.DataFrame, of: str) -> pd.DataFrame:
    """One row a rating, or for intensity one row a pair: ``rater, target, score``."""
    import pandas as pd

    if of != "intensity":
        found = rated_pairs(partnerships, TRUST_ITEMS if of == "trust" else VALUE_ITEMS)
        return found.loc[found["score"].notna(), ["rater", "target", "score"]].reset_index(drop=True)
    level = intensity_level(partnerships)
    ends = [sorted((str(a), str(b))) for a, b in zip(partnerships["source"], partnerships["target"], strict=True)]
    frame = pd.DataFrame(ends, columns=["rater", "target"], dtype=object).assign(score=level.to_numpy())
    frame = frame[frame["score"].notna() & (frame["rater"] != frame["target"])]
    return frame.groupby(["rater", "target"], sort=True)["score"].median().reset_index()


def _cells(
    scored: pd.DataFrame, mandate: NDArray[np.object_], wiring: list[str], at: IntArray, fewest: int, of: str
) -> pd.DataFrame:
    import pandas as pd

    frame = scored.assign(mandate=mandate, wiring=wiring, pair=at)
    rows = []
    for word in ("chosen", "forced", "mixed", "unknown"):
        for wire in ("accountable", "part-wired", "loose", "unknown"):
            part = frame[(frame["mandate"] == word) & (frame["wiring"] == wire)]
            if not len(part):
                continue
            several = part["pair"].nunique() if of == "intensity" else part["rater"].nunique()
            mean = float(part["score"].mean()) if several >= fewest else NAN
            rows.append((word, wire, part["pair"].nunique(), several, mean))
    return pd.DataFrame(rows, columns=["mandate", "wiring", "ties", "raters", "mean"])


def _terms(
    score: FloatArray, terms: FloatArray, factors: list[Any], which: IntArray, pairs: int, draws: int, seed: int
) -> tuple[pd.DataFrame, int]:
    """Coefficient, t and p of each term beside the levels and the other term."""
    import pandas as pd

    rows, most = [], 0
    for j in range(len(TERMS)):
        whole = Levels(*factors, pair=which, beside=terms[1 - j])
        mine = terms[j]
        rest, left = whole.without(score), whole.without(mine)
        own = float(left @ left)
        if whole.free <= 0 or own < 1e-9 or rest @ rest < 1e-12:
            rows.append((NAN, NAN, NAN))
            continue
        by_pair = np.zeros(pairs)
        by_pair[which] = mine
        observed = whole.t_of(by_pair[None], rest)[0]
        rng = np.random.default_rng([seed, 60, j])
        null = np.concatenate([whole.t_of(by_pair[block], rest) for block in permutations(pairs, draws, rng)])
        null = null[~np.isnan(null)]
        rows.append((float(mine @ rest) / own, float(observed), float(two_sided(float(observed), null, 0.0))))
        most = max(most, int(null.size))
    return pd.DataFrame(rows, index=pd.Index(TERMS, name="term"), columns=["coefficient", "t", "p"]), most
