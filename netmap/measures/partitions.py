"""Comparison of two groupings of the same nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..kernels.groups import contingency
from ._results import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["Agreement", "compare_groupings"]


@dataclass(frozen=True, repr=False)
class Agreement(Shown):
    """How far two groupings agree.

    Attributes
    ----------
    ami : float
        Mutual information less what chance gives: 1 the same, 0 as chance gives.
    ari : float
        Adjusted Rand index: 1 the same, 0 as chance gives.
    vi : float
        Variation of information in nats, a distance: 0 the same, at most ln n.
    nmi : float
        Mutual information over the arithmetic mean of the two entropies (as igraph), 0..1; high by chance where groups
        are many.
    nodes : int
        Nodes compared: those with a group in both.
    """

    ami: float
    ari: float
    vi: float
    nmi: float
    nodes: int

    @property
    def same(self) -> bool:
        """Whether the two are the same grouping under other names."""
        return self.nodes > 0 and self.vi < 1e-12


def compare_groupings(
    a: pd.Series[Any] | Sequence[Any] | NDArray[np.integer], b: pd.Series[Any] | Sequence[Any] | NDArray[np.integer]
) -> Agreement:
    """Return how far two groupings of the same nodes agree.

    Parameters
    ----------
    a, b : Series or sequence
        Group of each node; two Series are matched by index. Missing or negative is no group, and such nodes are left
        out.

    Returns
    -------
    Agreement
        NaN where no node has a group in both. Where both are one group there is no grouping in either: ``vi`` is 0 and
        the indices are NaN (scikit-learn gives 1). Where all nodes are alone in both they are 1.

    Raises
    ------
    MeasureError
        If two sequences differ in length.

    Examples
    --------
    >>> found = compare_groupings([0, 0, 1, 1], [1, 1, 0, 0])
    >>> found.ari, found.nmi, found.ami
    (1.0, 1.0, 1.0)

    Notes
    -----
    AMI = (I - E[I]) / (mean(H_a, H_b) - E[I]), VI = H_a + H_b - 2 I, NMI = I / mean(H_a, H_b), with entropies H and
    mutual information I in nats. Take AMI or ARI: NMI is high by chance, 0.67 for two independent groupings of 40
    nodes into about 20 groups. The expectation of the mutual information is exact under random relabelling that keeps the sizes of groups. Cost
    O(n) and, for it, O(K_a K_b + n K) with K groups.

    References
    ----------
    Hubert & Arabie 1985; Meila 2007; Vinh, Epps & Bailey 2010.
    """
    if hasattr(a, "index") and hasattr(b, "index") and not isinstance(a, (list, tuple)):
        b = cast("pd.Series[Any]", b).reindex(cast("pd.Series[Any]", a).index)
    first, second = _codes(a), _codes(b)
    if first.size != second.size:
        raise MeasureError(f"The groupings differ in length: {first.size} and {second.size}.")
    known = (first >= 0) & (second >= 0)
    table = contingency(first[known], second[known]).astype(float)
    table = table[table.sum(1) > 0][:, table.sum(0) > 0]
    n = float(table.sum())
    if n == 0:
        return Agreement(np.nan, np.nan, np.nan, np.nan, 0)
    rows, columns = table.sum(1), table.sum(0)
    if len(rows) == len(columns) == 1:
        return Agreement(np.nan, np.nan, 0.0, np.nan, int(n))
    if len(rows) == len(columns) == n:
        return Agreement(1.0, 1.0, 0.0, 1.0, int(n))
    cells = table[table > 0]
    i, j = np.nonzero(table)
    mutual = max(float((cells / n * np.log(cells * n / (rows[i] * columns[j]))).sum()), 0.0)
    entropy = (_entropy(rows, n) + _entropy(columns, n)) / 2
    expected = _expected(rows, columns, n)
    nmi = mutual / entropy if entropy > 0 else 0.0
    span = entropy - expected
    ami = (mutual - expected) / span if abs(span) > 1e-15 else 0.0
    vi = max(2.0 * (entropy - mutual), 0.0)
    return Agreement(float(ami), _ari(table, rows, columns, n), vi, float(nmi), int(n))


def _codes(labels: Any) -> NDArray[np.int64]:
    """Number groups from 0; missing and negative are -1."""
    if isinstance(labels, np.ndarray) and labels.dtype.kind == "i" and labels.max(initial=-1) < labels.size:
        return np.maximum(labels, -1).astype(np.int64)
    values = list(labels)
    number: dict[Any, int] = {}
    out = np.empty(len(values), dtype=np.int64)
    for k, value in enumerate(values):
        nothing = value is None or value != value or (isinstance(value, (int, float, np.number)) and value < 0)
        out[k] = -1 if nothing else number.setdefault(value, len(number))
    return out


def _ari(table: NDArray[np.float64], rows: NDArray[np.float64], columns: NDArray[np.float64], n: float) -> float:
    def pairs(x: NDArray[np.float64]) -> float:
        return float((x * (x - 1) / 2).sum())

    together, a, b, total = pairs(table), pairs(rows), pairs(columns), n * (n - 1) / 2
    chance, most = a * b / total, (a + b) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def _entropy(sizes: NDArray[np.float64], n: float) -> float:
    share = sizes / n
    return float(-(share * np.log(share)).sum())


def _expected(rows: NDArray[np.float64], columns: NDArray[np.float64], n: float) -> float:
    """Mutual information expected by chance: over the hypergeometric count of every cell."""
    from scipy.special import gammaln

    log_factorial = gammaln(np.arange(n + 2, dtype=np.float64))[1:]
    size, times = np.unique(columns.astype(np.int64), return_counts=True)
    whole, total = int(n), 0.0
    # Groups of one size have the same terms: pairs of sizes are met once and counted.
    for a, times_a in zip(*np.unique(rows.astype(np.int64), return_counts=True), strict=True):
        # All counts that are possible with every size of the other grouping, one size after another.
        least = np.maximum(1, a + size - whole)
        many = np.minimum(a, size) - least + 1
        b = np.repeat(size, many)
        k = np.arange(many.sum()) + np.repeat(least - np.cumsum(many) + many, many)
        logp = (
            log_factorial[a] + log_factorial[b] + log_factorial[whole - a] + log_factorial[whole - b]
            - log_factorial[whole] - log_factorial[k] - log_factorial[a - k] - log_factorial[b - k]
            - log_factorial[whole - a - b + k]
        )  # fmt: skip
        terms = k / n * np.log(n * k / (a * b)) * np.exp(logp)
        total += float(times_a * (np.repeat(times, many) * terms).sum())
    return total
