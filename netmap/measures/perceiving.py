"""How the two sides of a tie see each other, and whether trust lies with the rater, the rated or the pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ._results import Shown
from .trusting import SCALE, TRUST_ITEMS, rated_pairs

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Perception", "SocialRelations", "perception", "social_relations"]

FloatArray = NDArray[np.float64]

NAN = float("nan")
APART = 1.0
FEWEST, COVERED = 5, 0.6
_SMALL = 3


@dataclass(frozen=True, repr=False)
class SocialRelations(Shown):
    """Ratings taken apart: `effects` by organisation (``leniency``, ``earned``) and the variances behind them.

    `rater`, `target` and `pair` are variances, `rater_target` and `reciprocity` covariances (of being lenient with
    being trusted, and of the two special ratings of a pair). Variances that came out below 0 are 0 and named in
    `truncated`. `complete` says whether everybody rated everybody; `why` is why it is not defined, if so.
    """

    mean: float
    rater: float
    target: float
    pair: float
    rater_target: float
    reciprocity: float
    effects: pd.DataFrame
    members: int
    coverage: float
    complete: bool
    truncated: tuple[str, ...]
    why: str


@dataclass(frozen=True, repr=False)
class Perception(Shown):
    """The two sides of ties: `items` over all pairs, `roles` by role; single pairs are not in it."""

    items: pd.DataFrame
    roles: pd.DataFrame
    relations: SocialRelations


def perception(
    partnerships: pd.DataFrame,
    items: Sequence[str] = TRUST_ITEMS,
    roles: Mapping[str, str] | None = None,
    *,
    scale: tuple[float, float] = SCALE,
    least: int = 2,
) -> Perception:
    """Return how far the two ends of a tie see each other alike, item by item.

    Parameters
    ----------
    partnerships : DataFrame
        ``source, target`` and the items; the source rates the target. Rows of one wave.
    items : sequence of str
        Rated columns.
    roles : mapping of organisation to role, optional
        Such as funder and funded: differences between two roles are then given with their sign.
    scale : tuple of float, default (1, 4)
    least : int, default 2
        Items that must be answered for a score.

    Returns
    -------
    Perception
        ``items``: indexed by item, and ``score`` for all together: ``pairs`` rated from both ends, ``difference``
        (mean, without sign), ``apart`` (share that differ by a point or more), NaN with fewer than three pairs.
        ``roles``: ``role, other, pairs, difference``, how much more the first gives the second than it gets.
        ``relations``: as `social_relations` gives it.

    Raises
    ------
    MeasureError
        If a column is missing or a rating lies outside the scale.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame([("a", "b", 4, 4, 4), ("b", "a", 2, 3, 4), ("a", "c", 3, 3, 3), ("c", "a", 3, 3, 3),
    ...                      ("b", "c", 1, 2, 2), ("c", "b", 1, 2, 3)], columns=["source", "target", *TRUST_ITEMS])
    >>> perception(ties).items["apart"].round(2).tolist()
    [0.33, 0.33, 0.33, 0.33]

    Notes
    -----
    difference = mean of |T_ij - T_ji| over pairs rated from both ends; apart = share of them with 1 or more. A
    difference is no error: the two ends see different sides. Talk about the item, not about who gave what. Cost
    O(ratings).

    References
    ----------
    Warner, Kenny & Stoto 1979; Kenny & La Voie 1984.
    """
    import pandas as pd

    ratings = rated_pairs(partnerships, items, scale, least)
    columns = [*dict.fromkeys(items), "score"]
    back = ratings.rename(columns={"rater": "target", "target": "rater"})
    both = ratings.merge(back, on=["rater", "target"], suffixes=("", "_back"))
    pairs = both[both["rater"] < both["target"]].reset_index(drop=True)
    table = {}
    for column in columns:
        apart = (pairs[column] - pairs[f"{column}_back"]).abs().dropna()
        enough = len(apart) >= _SMALL
        table[column] = {
            "pairs": len(apart),
            "difference": float(apart.mean()) if enough else NAN,
            "apart": float((apart >= APART - 1e-9).mean()) if enough else NAN,
        }
    found = pd.DataFrame.from_dict(table, orient="index").rename_axis("item")
    found["pairs"] = found["pairs"].astype(int)
    few = int(found["apart"].isna().sum())
    if few:
        found.attrs["undefined"] = {f"fewer than {_SMALL} pairs rated from both ends": few}
    return Perception(found, _roles(both, roles or {}), social_relations(ratings))


def _roles(both: pd.DataFrame, roles: Mapping[str, str]) -> pd.DataFrame:
    import pandas as pd

    rows: dict[tuple[str, str], list[float]] = {}
    gap = (both["score"] - both["score_back"]).tolist()
    for rater, target, difference in zip(both["rater"], both["target"], gap, strict=True):
        one, other = roles.get(rater), roles.get(target)
        if one is not None and other is not None and str(one) < str(other) and difference == difference:
            rows.setdefault((str(one), str(other)), []).append(difference)
    return pd.DataFrame(
        [
            (one, other, len(gaps), float(np.mean(gaps)) if len(gaps) >= _SMALL else NAN)
            for (one, other), gaps in sorted(rows.items())
        ],
        columns=["role", "other", "pairs", "difference"],
    )


def social_relations(ratings: pd.DataFrame) -> SocialRelations:
    """Return how far ratings lie with the rater (leniency), the rated (earned by all) or the pair: social relations model.

    Parameters
    ----------
    ratings : DataFrame
        ``rater, target, score``, one row a rating; or a square table of them, rows rating columns.

    Returns
    -------
    SocialRelations
        NaN, with the reason in ``why``, with fewer than five members, or where under 60% of all ordered pairs are
        rated.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> lenient, earned = np.array([1, 0, 0, 0, -1]), np.array([0, 0, 1, -1, 0])
    >>> square = pd.DataFrame(3.0 + lenient[:, None] + earned[None, :], index=list("abcde"), columns=list("abcde"))
    >>> found = social_relations(square)
    >>> found.effects["leniency"].round(9).tolist(), round(found.pair, 9)
    ([1.0, 0.0, 0.0, 0.0, -1.0], 0.0)

    Notes
    -----
    X_ij = m + a_i + b_j + g_ij. Where everybody rated everybody: the estimators of Warner, Kenny & Stoto, a_i =
    ((n-1)^2 r_i + (n-1) c_i)/(n(n-2)) - (n-1) g/(n-2), and their variances by the method of moments. With gaps:
    variances from the mean products of pairs of ratings that share a rater, a target or a pair (crossed random
    effects by moments), effects as best linear predictions, drawn towards 0 the fewer ratings there are; gaps must
    not hang on the rating. Cost O(n^3).

    References
    ----------
    Warner, Kenny & Stoto 1979; Kenny & La Voie 1984.
    """
    names, x = _square(ratings)
    n = len(names)
    np.fill_diagonal(x, NAN)
    known = ~np.isnan(x)
    cells = n * (n - 1)
    coverage = float(known.sum() / cells) if cells else NAN
    if n < FEWEST:
        return _not(names, coverage, f"fewer than {FEWEST} members")
    if coverage < COVERED:
        return _not(names, coverage, f"under {COVERED:.0%} of the ordered pairs are rated")
    mean = float(x[known].mean())
    whole = bool(known.sum() == cells)
    raw = _complete(x, n) if whole else _moments(np.where(known, x - mean, 0.0), known.astype(float))
    truncated = tuple(k for k in ("rater", "target", "pair") if raw[k] < -1e-9)
    v = {k: max(value, 0.0) if k in ("rater", "target", "pair") else value for k, value in raw.items()}
    a, b = _effects(x, n) if whole else _predicted(np.where(known, x - mean, 0.0), known.astype(float), v)
    return SocialRelations(
        mean, v["rater"], v["target"], v["pair"], v["rater_target"], v["reciprocity"], _frame(names, a, b), n,
        coverage, whole, truncated, "",
    )  # fmt: skip


def _square(ratings: pd.DataFrame) -> tuple[list[Any], FloatArray]:
    if "rater" not in ratings:
        return list(ratings.index), ratings.loc[:, list(ratings.index)].to_numpy(dtype=np.float64, copy=True)
    rows = ratings[ratings["score"].notna()]
    names = sorted({*rows["rater"], *rows["target"]})
    place = {one: i for i, one in enumerate(names)}
    x = np.full((len(names), len(names)), NAN)
    x[rows["rater"].map(place).to_numpy(dtype=int), rows["target"].map(place).to_numpy(dtype=int)] = rows["score"]
    return names, x


def _frame(names: list[Any], a: FloatArray, b: FloatArray) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({"leniency": a, "earned": b}, index=pd.Index(names, name="organisation"))


def _not(names: list[Any], coverage: float, why: str) -> SocialRelations:
    blank = np.full(len(names), NAN)
    frame = _frame(names, blank, blank)
    frame.attrs["undefined"] = {why: len(names)}
    return SocialRelations(NAN, NAN, NAN, NAN, NAN, NAN, frame, len(names), coverage, False, (), why)


def _effects(x: FloatArray, n: int) -> tuple[FloatArray, FloatArray]:
    rows: FloatArray = np.nansum(x, axis=1) / (n - 1)
    columns: FloatArray = np.nansum(x, axis=0) / (n - 1)
    middle = rows.mean()
    big, small, off = (n - 1) ** 2 / (n * (n - 2)), (n - 1) / (n * (n - 2)), (n - 1) / (n - 2) * middle
    return big * rows + small * columns - off, big * columns + small * rows - off


def _complete(x: FloatArray, n: int) -> dict[str, float]:
    a, b = _effects(x, n)
    rest = x - a[:, None] - b[None, :] - np.nanmean(x)
    upper = np.triu_indices(n, 1)
    half, apart = (rest + rest.T)[upper] / 2, (rest - rest.T)[upper]
    alike = float((half**2).sum()) / (n * (n - 3) / 2)
    unlike = float((apart**2).sum()) / ((n - 1) * (n - 2) / 2)
    return {
        "rater": float(a @ a) / (n - 1) - unlike / (4 * n) - alike / (n - 2),
        "target": float(b @ b) / (n - 1) - unlike / (4 * n) - alike / (n - 2),
        "rater_target": float(a @ b) / (n - 1) + unlike / (4 * n) - alike / (n - 2),
        "pair": alike + unlike / 4,
        "reciprocity": alike - unlike / 4,
    }


def _moments(x: FloatArray, known: FloatArray) -> dict[str, float]:
    """Mean products of two ratings by what they share, x being about its mean with 0 where unknown."""

    def sums(m: FloatArray) -> FloatArray:
        out, into = m.sum(axis=1), m.sum(axis=0)
        same, back = float((m * m).sum()), float((m * m.T).sum())
        rater, target = float((out**2).sum()) - same, float((into**2).sum()) - same
        chain = float((out * into).sum()) - back
        # A chain i-j, k-i is met once from each of its two ratings.
        apart = float(m.sum()) ** 2 - same - back - rater - target - 2 * chain
        return np.array([same, back, rater, target, chain, apart])

    count = sums(known)
    with np.errstate(invalid="ignore", divide="ignore"):
        same, back, rater, target, chain, apart = np.where(count > 0, sums(x) / count, 0.0)
    a, b, ab = rater - apart, target - apart, chain - apart
    return {
        "rater": float(a),
        "target": float(b),
        "rater_target": float(ab),
        "pair": float(same - apart - a - b),
        "reciprocity": float(back - apart - 2 * ab),
    }


def _predicted(x: FloatArray, known: FloatArray, v: Mapping[str, float]) -> tuple[FloatArray, FloatArray]:
    """Best linear predictions of leniency and earned trust, given the variances."""
    n = len(x)
    spread = np.array([[v["rater"], v["rater_target"]], [v["rater_target"], v["target"]]])
    values, vectors = np.linalg.eigh(spread)
    spread = (vectors * np.maximum(values, 1e-9)) @ vectors.T
    noise = max(v["pair"], 1e-9)
    left = np.block([[np.diag(known.sum(axis=1)), known], [known.T, np.diag(known.sum(axis=0))]]) / noise
    left += np.kron(np.linalg.inv(spread), np.eye(n))
    right = np.concatenate([x.sum(axis=1), x.sum(axis=0)]) / noise
    found = np.asarray(np.linalg.solve(left, right), dtype=np.float64)
    return found[:n], found[n:]
