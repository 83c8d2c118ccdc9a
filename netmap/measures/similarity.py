"""Similarity of profiles: how alike two entities are in what they value, and the ties between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError, nearest
from ..kernels.dealing import matrix_means, profile_means
from ._input import as_undirected

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["METHODS", "Profiles", "alignment", "check_method", "profile_matrix", "profile_similarity"]

FloatArray = NDArray[np.float64]

METHODS = ("gower", "euclidean", "pearson", "cosine", "jaccard", "overlap")
_FEWEST = 3


@dataclass(frozen=True, eq=False)
class Profiles:
    """Ratings as a matrix: entities by items, each as a share of its scale (0..1), NaN where not rated.

    `tags` says that items were only named, not rated; `anchors` marks what is not negotiable.
    """

    entities: tuple[str, ...]
    items: tuple[str, ...]
    scaled: FloatArray
    weights: FloatArray
    anchors: NDArray[np.bool_]
    tags: bool

    def _method(self, method: str) -> str:
        return "jaccard" if self.tags and method == "gower" else method

    @property
    def least(self) -> float:
        """Items two entities must share to be compared: max(3, half of them), of tags one."""
        return 1.0 if self.tags else max(_FEWEST, len(self.items) / 2)

    def subset(self, rows: NDArray[np.integer]) -> Profiles:
        """Return the profiles of some of the entities, in the order given."""
        entities = tuple(self.entities[i] for i in rows)
        return Profiles(entities, self.items, self.scaled[rows], self.weights, self.anchors[rows], self.tags)

    def dealt_means(
        self, a: NDArray[np.integer], b: NDArray[np.integer], strength: FloatArray, keys: NDArray[np.uint64], method: str = "gower"
    ) -> FloatArray:
        """Return the mean similarity of the pairs (a, b), by strength, for every dealing of the profiles; NaN where none."""
        if self._method(method) == "gower":
            return profile_means(self.scaled, self.weights, self.least, a, b, strength, keys)
        return matrix_means(self.similarity(method), a, b, strength, keys)

    def similarity(self, method: str = "gower") -> FloatArray:
        """Return the symmetric matrix of similarities, NaN where fewer than max(3, half) of the items are shared."""
        method = self._method(method)
        n = len(self.scaled)
        known = ~np.isnan(self.scaled)
        value = np.where(known, self.scaled, 0.0)
        both = known.astype(float)
        shared = both @ both.T
        out = _similar(method, value, known, self.weights)
        out = np.where(shared >= self.least, out, np.nan)
        np.fill_diagonal(out, np.nan)
        return out if n else np.zeros((0, 0))


def _similar(method: str, value: FloatArray, known: NDArray[np.bool_], weights: FloatArray) -> FloatArray:
    there = known.astype(float) * weights
    with np.errstate(invalid="ignore", divide="ignore"):
        if method == "gower":
            total = there @ known.T.astype(float)
            apart = np.zeros_like(total)
            for k in range(value.shape[1]):
                pair = np.outer(known[:, k], known[:, k])
                apart += weights[k] * np.abs(value[:, None, k] - value[None, :, k]) * pair
            return np.asarray(1.0 - apart / total)
        if method in ("jaccard", "overlap"):
            least, most = np.zeros((len(value),) * 2), np.zeros((len(value),) * 2)
            for k in range(value.shape[1]):
                pair = np.outer(known[:, k], known[:, k]) * weights[k]
                least += np.minimum(value[:, None, k], value[None, :, k]) * pair
                most += np.maximum(value[:, None, k], value[None, :, k]) * pair
            if method == "overlap":
                own = (value * weights) @ known.T.astype(float)
                most = np.minimum(own, own.T)
            return np.asarray(np.where(most > 0, least / most, np.nan))
        if method == "euclidean":
            square = there @ (value**2).T
            cross = (value * there) @ value.T
            return np.asarray(1.0 - np.sqrt(np.maximum(square + square.T - 2 * cross, 0.0) / (there @ known.T.astype(float))))
        centred = value - 0.5 if method == "cosine" else value
        return _correlated(np.where(known, centred, 0.0), known, centre=method == "pearson")


def _correlated(value: FloatArray, known: NDArray[np.bool_], centre: bool) -> FloatArray:
    """Cosine, or Pearson's r, over the items both rated."""
    k = known.astype(float)
    count = k @ k.T
    cross, square = value @ value.T, (value**2) @ k.T
    total = value @ k.T
    if centre:
        cross = cross - total * total.T / count
        square = square - total**2 / count
    spread = np.sqrt(np.maximum(square, 0.0) * np.maximum(square.T, 0.0))
    return np.asarray(np.where(spread > 1e-12, cross / np.where(spread > 0, spread, 1.0), np.nan))


def profile_matrix(values: pd.DataFrame) -> Profiles:
    """Turn a table of values into profiles.

    Parameters
    ----------
    values : DataFrame
        ``entity, item, rating`` and optionally ``scale_min, scale_max, weight, anchor``; several ratings of one item
        by one entity are averaged. Where no row has a rating, items are tags: 1 if named, 0 if not.

    Returns
    -------
    Profiles

    Raises
    ------
    MeasureError
        If a needed column is missing.
    """
    import pandas as pd

    for column in ("entity", "item"):
        if column not in values:
            raise MeasureError(f"values need the column {column}; there are {', '.join(map(str, values.columns))}.")
    entity = pd.Categorical(values["entity"].astype(str))
    item = pd.Categorical(values["item"].astype(str))
    shape = (len(entity.categories), len(item.categories))
    rating = values["rating"].to_numpy(dtype=float) if "rating" in values else np.full(len(values), np.nan)
    tags = bool(len(values)) and bool(np.isnan(rating).all())
    if tags:
        scaled = np.zeros(shape)
        scaled[entity.codes, item.codes] = 1.0
    else:
        low = values["scale_min"].to_numpy(dtype=float) if "scale_min" in values else np.ones(len(values))
        high = values["scale_max"].to_numpy(dtype=float) if "scale_max" in values else np.full(len(values), 5.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(high > low, (rating - low) / (high - low), np.nan)
        good = ~np.isnan(share)
        cell = entity.codes[good].astype(np.int64) * shape[1] + item.codes[good]
        count = np.bincount(cell, minlength=shape[0] * shape[1])
        order = np.lexsort((share[good], cell))
        total = np.bincount(cell[order], weights=share[good][order], minlength=shape[0] * shape[1])
        with np.errstate(invalid="ignore"):
            scaled = np.where(count > 0, total / np.maximum(count, 1), np.nan).reshape(shape)
    anchors = np.zeros(shape, dtype=bool)
    if "anchor" in values:
        marked = values["anchor"].fillna(False).to_numpy(dtype=bool)
        anchors[entity.codes[marked], item.codes[marked]] = True
    weights = np.ones(shape[1])
    if "weight" in values and not tags:
        mean = values.assign(item=values["item"].astype(str)).groupby("item", sort=True)["weight"].mean()
        weights = mean.reindex(item.categories).fillna(1.0).to_numpy(dtype=float)
    return Profiles(tuple(entity.categories), tuple(item.categories), scaled, weights, anchors, tags)


def check_method(method: str) -> None:
    """Raise `MeasureError` where there is no such similarity, naming the nearest."""
    if method not in METHODS:
        close = nearest(str(method), METHODS) or METHODS
        raise MeasureError(f"There is no similarity {method!r}. Did you mean {' or '.join(close)}?")


def profile_similarity(values: pd.DataFrame, method: str = "gower") -> pd.DataFrame:
    """Return how alike every two entities are in what they value.

    Parameters
    ----------
    values : DataFrame
        As for `alignment`.
    method : {"gower", "euclidean", "pearson", "cosine", "jaccard", "overlap"}, default "gower"
        Gower compares levels: 1 minus the mean difference as a share of the scale. Pearson compares shape alone and is
        not defined for a flat profile. Cosine is taken about the middle of the scale. Jaccard is the sum of the smaller
        over the sum of the larger ratings, of tags the share of all named that both name; overlap puts the smaller sum
        in place of the larger, so that naming fewer is no difference. Tags are compared by Jaccard unless by overlap.

    Returns
    -------
    DataFrame, shape (entities, entities)
        0..1 (-1..1 for pearson and cosine); NaN on the diagonal and where fewer than max(3, half) of the items are
        shared.

    Raises
    ------
    MeasureError
        If the method is not known or a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [(e, i, r) for e, rs in {"a": (5, 4, 5), "b": (2, 1, 2)}.items() for i, r in zip("xyz", rs)]
    >>> values = pd.DataFrame(rows, columns=["entity", "item", "rating"])
    >>> float(profile_similarity(values).loc["a", "b"]), round(float(profile_similarity(values, "pearson").loc["a", "b"]), 9)
    (0.25, 1.0)

    Notes
    -----
    Gower 1 - sum v |x - y|/R / sum v over the shared items, R the range of the scale and v the weight of an item. Level
    and shape differ: the two above are alike in shape and far apart in level. Cost O(q n^2) for n entities and q items.

    References
    ----------
    Gower 1971; Cronbach & Gleser 1953.
    """
    import pandas as pd

    check_method(method)
    found = profile_matrix(values)
    return pd.DataFrame(found.similarity(method), index=list(found.entities), columns=list(found.entities))


def alignment(view: View | nx.Graph, values: pd.DataFrame, method: str = "gower") -> pd.Series[float]:
    """Return how alike the two ends of each tie are in what they value.

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    values : DataFrame
        ``entity, item, rating`` and optionally ``scale_min, scale_max`` (1 and 5 where missing), ``weight, anchor``.
    method : str, default "gower"
        As of `profile_similarity`.

    Returns
    -------
    Series of float, one a tie
        0..1 (-1..1 for pearson and cosine). NaN where an end has no profile or too few items are shared.
        ``.attrs["expected"]`` is the mean over all pairs of entities, which is what profiles dealt out at random give;
        ``.attrs["coverage"]`` the share of ties compared.

    Examples
    --------
    >>> import networkx as nx, pandas as pd
    >>> rows = [(e, i, r) for e, rs in {"a": (5, 4, 5), "b": (5, 4, 3), "c": (1, 1, 1)}.items() for i, r in zip("xyz", rs)]
    >>> values = pd.DataFrame(rows, columns=["entity", "item", "rating"])
    >>> found = alignment(nx.Graph([("a", "b"), ("b", "c")]), values)
    >>> found.round(3).tolist(), round(found.attrs["expected"], 3)
    ([0.833, 0.25], 0.389)

    Notes
    -----
    a_ij = `profile_similarity` of the two ends. Ties without a profile at both ends are left out, and below 60%
    coverage netmap says nothing. Being alike is not required of partners. Cost O(q n^2 + m).

    References
    ----------
    Gower 1971; O'Reilly, Chatman & Caldwell 1991.
    """
    from ._results import tie_series

    graph = as_undirected(view, None)
    table = profile_similarity(values, method)
    place = {e: i for i, e in enumerate(table.index)}
    at = np.array([place.get(str(i), -1) for i in graph.ids], dtype=np.int64)
    matrix = table.to_numpy()
    a, b = at[graph.source], at[graph.target]
    out = np.full(graph.m, np.nan)
    both = (a >= 0) & (b >= 0)
    out[both] = matrix[a[both], b[both]]
    series = tie_series(graph, out, "alignment")
    pairs = matrix[np.triu_indices(len(matrix), 1)]
    pairs = pairs[~np.isnan(pairs)]
    series.attrs["expected"] = float(pairs.mean()) if pairs.size else float("nan")
    series.attrs["coverage"] = float((~np.isnan(out)).mean()) if graph.m else float("nan")
    return series
