"""A level for each rater and each rated, taken out of ratings before anything else about their ties is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["Levels"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

# A name whose own part of the sums of squares is this small is told by the others.
_TOLD = 1e-9


class Levels:
    """What a level for each name of each factor explains of numbers, one a row, and what it leaves.

    A factor is a list of columns of names: one column where each row has one name, two where it has both ends of a tie.
    `pair` says which of the ties (0 up to their number) each row is a rating of; `beside` is a term, one number a row,
    that is taken out with the levels. The rank of them all is in `rank`.

    Notes
    -----
    The first of several factors is taken out by the means of its names; of what is left to the others the pivoted
    Cholesky factor of the cross products is kept. Cost O(k^3) for k names of the others, then O(N + k^2) for N numbers.
    """

    def __init__(self, *factors: Sequence[Any], pair: IntArray, beside: FloatArray | None = None):
        from scipy import sparse
        from scipy.linalg.lapack import dpstrf

        tables = [_table(columns) for columns in factors]
        size = pair.size
        # Without a factor of one name a row nothing is taken out by means.
        plain = len(factors) > 1 and len(factors[0]) == 1
        self._first = tables.pop(0) if plain else sparse.csr_array((size, 0))
        self._count = np.asarray(self._first.sum(axis=0), dtype=np.float64).reshape(-1)
        rest = sparse.csr_array(sparse.hstack(tables))
        met = self._first.T @ rest
        cross = (rest.T @ rest - met.T @ (sparse.diags_array(1.0 / self._count) @ met)).toarray()
        tolerance = _TOLD * max(1.0, float(cross.diagonal().max(initial=0.0)))
        factor, pivots, rank, _ = dpstrf(cross, tol=tolerance, lower=1)
        chosen = np.asarray(pivots, dtype=np.int64)[:rank] - 1
        self._factor = np.asfortranarray(np.tril(factor[:rank, :rank]))
        self._others, self._met = sparse.csr_array(rest[:, chosen]), sparse.csr_array(met[:, chosen])
        of_pair = sparse.csr_array((np.ones(size), (pair, np.arange(size))), shape=(int(pair.max()) + 1, size))
        self._pair, self._ratings = pair, np.asarray(of_pair.sum(axis=1), dtype=np.float64).reshape(-1)
        self._pair_first, self._pair_others = of_pair @ self._first, of_pair @ self._others
        self._beside = np.zeros(size)
        self.rank = self._count.size + int(rank)
        if beside is not None:
            left = self.without(beside)
            length = float(np.sqrt(left @ left))
            if length > 1e-9:
                self._beside = left / length
                self.rank += 1
        self.free = size - self.rank - 1

    def _solve(self, right: FloatArray, trans: Literal["N", "T"] = "N") -> FloatArray:
        from scipy.linalg import solve_triangular

        if not len(self._factor):
            return right
        return np.asarray(solve_triangular(self._factor, right, lower=True, trans=trans, check_finite=False))

    def _explained(self, sums: FloatArray, others: FloatArray) -> FloatArray:
        """What the other factors add to sums by the names of the first, in terms of the Cholesky factor."""
        return self._solve(others - np.asarray(self._met.T @ (sums / self._count[:, None])))

    def without(self, values: FloatArray) -> FloatArray:
        """Return what is left of a number a row; taken out twice, so that no rounding of a level is left."""
        left = values[:, None]
        for _ in range(2):
            sums = np.asarray(self._first.T @ left)
            level = self._solve(self._explained(sums, np.asarray(self._others.T @ left)), "T")
            base = (sums - np.asarray(self._met @ level)) / self._count[:, None]
            left = left - np.asarray(self._first @ base + self._others @ level)
        return np.asarray(left[:, 0] - self._beside * (self._beside @ left[:, 0]))

    def squares(self, drawn: FloatArray) -> FloatArray:
        """Return the sum of squares explained of each row of numbers, which has one number a tie."""
        sums = np.asarray(self._pair_first.T @ drawn.T)
        added = self._explained(sums, np.asarray(self._pair_others.T @ drawn.T))
        own = drawn @ np.bincount(self._pair, weights=self._beside)
        return np.asarray((sums**2 / self._count[:, None]).sum(axis=0) + (added**2).sum(axis=0) + own**2)

    def t_of(self, drawn: FloatArray, rest: FloatArray) -> FloatArray:
        """Return the t of each row of numbers, one a tie, in a regression of `rest`, which is free of the levels already."""
        cross = drawn @ np.bincount(self._pair, weights=rest)
        own = (drawn * drawn) @ self._ratings - self.squares(drawn)
        with np.errstate(invalid="ignore", divide="ignore"):
            left = np.maximum(float(rest @ rest) - cross**2 / own, 1e-12)
            return np.where(own > 1e-9, cross / np.sqrt(own * left / self.free), np.nan)


def _table(columns: Sequence[Any]) -> Any:
    """A sparse table of rows by names: how often each row names each."""
    from scipy import sparse

    names = np.concatenate([np.asarray([str(one) for one in column], dtype=object) for column in columns])
    known, seat = np.unique(names.astype(str), return_inverse=True)
    rows = np.tile(np.arange(len(columns[0])), len(columns))
    return sparse.csr_array((np.ones(rows.size), (rows, seat.reshape(-1))), shape=(len(columns[0]), known.size))
