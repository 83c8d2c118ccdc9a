"""Lists of memberships as a sparse table of members by groups, and pairs taken from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ._groups import membership_pairs

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd
    from scipy.sparse import csr_array

__all__ = ["incidence", "order", "oriented", "pairs", "upper"]


def incidence(memberships: pd.DataFrame) -> tuple[csr_array, list[Hashable], list[Hashable]]:
    """Return the 0/1 table of members by groups, and both in canonical order; repeats count once."""
    from scipy import sparse

    who, where = membership_pairs(memberships)
    known = [(m, g) for m, g in zip(who, where, strict=True) if not (_unknown(m) or _unknown(g))]
    members = sorted({m for m, _ in known}, key=order)
    groups = sorted({g for _, g in known}, key=order)
    row, column = {m: i for i, m in enumerate(members)}, {g: i for i, g in enumerate(groups)}
    at = np.array(sorted({(row[m], column[g]) for m, g in known}), dtype=np.int64).reshape(-1, 2)
    table = sparse.csr_array((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(len(members), len(groups)))
    return table, members, groups


def _unknown(value: Any) -> bool:
    return value is None or type(value).__name__ in ("NAType", "NaTType") or bool(value != value)


def order(node: Any) -> tuple[str, Any]:
    """Return what members and groups are sorted by."""
    return ("", node) if isinstance(node, (int, float)) else (type(node).__name__, str(node))


def oriented(memberships: pd.DataFrame, of: str) -> tuple[csr_array, list[Hashable]]:
    """Return the table with members as rows, or groups, and what the rows are called."""
    if of not in ("members", "groups"):
        raise MeasureError(f'of is "members" or "groups", not {of!r}.')
    table, members, groups = incidence(memberships)
    return (table, members) if of == "members" else (table.T.tocsr(), groups)


def upper(left: Any, right: Any = None) -> Any:
    """Return the product of a table with another one turned, above the diagonal, pairs in order."""
    from scipy import sparse

    product = sparse.triu(left @ (left if right is None else right).T, k=1).tocsr()
    product.sort_indices()
    return product.tocoo()


def pairs(
    ids: list[Hashable], first: NDArray[np.integer], second: NDArray[np.integer], value: NDArray[np.float64], name: str
) -> pd.Series[float]:
    """Return values of pairs as a Series indexed by (source, target)."""
    import pandas as pd

    index = pd.MultiIndex.from_tuples(
        [(ids[i], ids[j]) for i, j in zip(first, second, strict=True)], names=["source", "target"]
    )
    series: pd.Series[float] = pd.Series(np.asarray(value, dtype=float), index=index, name=name)
    return series
