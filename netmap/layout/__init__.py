"""Where to draw every node of a view: near what it is tied to, groups together, nothing on top of anything else."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import UsageError
from .packing import orient, pack, settle, spread
from .stress import Ints, Points, cut, lay, split

if TYPE_CHECKING:
    from ..view import View

__all__ = ["GAP", "SPACING", "positions"]

SPACING = 60.0
"""Usual distance between neighbouring nodes in the coordinates returned."""

GAP = 36.0
"""No two nodes are nearer than this: discs of radius 16 never touch."""


def positions(
    view: View,
    groups: Mapping[Hashable, Any] | ArrayLike | None = None,
    fixed: Mapping[Hashable, Any] | ArrayLike | None = None,
) -> NDArray[np.float64]:
    """Return where to draw each node, so that distance on paper follows distance in the network.

    Connected parts are laid out one by one and packed side by side, the largest first; nodes without ties stand in
    rows below. Nodes of one group are drawn together.

    Parameters
    ----------
    view : View
        Direction and strength do not matter here.
    groups : mapping or array_like, optional
        The group of each node: by id (a mapping or a Series) or in the order of ``view.ids``. None, NaN, negative
        numbers and empty text mean no group.
    fixed : mapping or array_like, optional
        Positions that are given: by id (a mapping to pairs, or a DataFrame of two columns) or shape (n, 2) in the order
        of ``view.ids``, NaN where a node is free. They are returned as they are.

    Returns
    -------
    ndarray of float, shape (n, 2)
        x to the right and y downwards, in the order of ``view.ids``, rounded to four decimals; no NaN. Neighbours are
        about `SPACING` apart and no two nodes nearer than `GAP` (where positions are given their scale is kept).

    Raises
    ------
    UsageError
        A list of groups or positions has another length than the view has nodes.

    Examples
    --------
    >>> from netmap.view import View
    >>> xy = positions(View(["a", "b", "c"], [0, 1], [1, 2]))
    >>> xy.shape
    (3, 2)

    Notes
    -----
    Stress [1]_ is lowered by stochastic gradient descent [2]_ in rounds of disjoint pairs, so that whole arrays move at
    once and the result depends neither on the order of rows nor on the number of threads; O(n^2) a sweep for parts of
    up to 1,500 nodes. Larger parts with groups place the groups first, then the inside of each, and up to 2,500 nodes
    all pairs are moved a little once more; larger parts or groups beyond that are placed by distances to at most 100
    pivots [3]_, O(n + m) for each.

    References
    ----------
    .. [1] Gansner, Koren & North (2005). Graph drawing by stress majorization. GD 2004, LNCS 3383.
    .. [2] Zheng, Pawar & Goodman (2018). Graph drawing by stochastic gradient descent. IEEE TVCG 25(9).
    .. [3] Ortmann, Klimenta & Brandes (2017). A sparse stress model. JGAA 21(5).
    """
    held = _given(view, fixed)
    known = ~np.isnan(held)
    if known.all() and view.n:
        return np.column_stack([held.real, held.imag])
    z = _arrange(view, _codes(view, groups)) * SPACING
    if known.any():
        csr = view.undirected.csr
        z = settle(z, held, known, csr.rows, csr.indices, gap=GAP / SPACING)
    out = np.asarray(np.round(np.column_stack([z.real, z.imag]), 4) + 0.0, dtype=np.float64)
    out[known] = np.column_stack([held.real, held.imag])[known]
    return out


def _arrange(view: View, codes: Ints) -> Points:
    """Lay out every connected part and pack them; one unit is the usual distance between neighbours."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    z = np.zeros(view.n, dtype=np.complex128)
    if view.n == 0:
        return z
    csr = view.undirected.csr
    matrix = csr_matrix((np.ones(csr.arcs, dtype=np.float32), csr.indices, csr.indptr), shape=(view.n, view.n))
    _, label = connected_components(matrix, directed=False)
    parts = sorted(split(label), key=lambda part: (-part.size, int(part[0])))
    tied = [part for part in parts if part.size > 1]
    insides = cut(matrix, tied)
    for part, inside, shape in zip(tied, insides, lay(insides, [codes[part] for part in tied]), strict=True):
        z[part] = spread(orient(shape), inside, GAP / SPACING)
    pack(z, tied, np.array([int(part[0]) for part in parts[len(tied) :]], dtype=np.int64))
    return z


def _codes(view: View, groups: Mapping[Hashable, Any] | ArrayLike | None) -> Ints:
    """Return the group of each node as a number, largest group 0; -1 is no group."""
    if groups is None:
        return np.full(view.n, -1, dtype=np.int64)
    labels = _in_order(view, groups, "groups")
    words = ["" if _missing(label) else str(label) for label in labels]
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    order = sorted((word for word in counts if word), key=lambda word: (-counts[word], word))
    number = {word: i for i, word in enumerate(order)}
    return np.array([number.get(word, -1) for word in words], dtype=np.int64)


def _given(view: View, fixed: Any) -> Points:
    out = np.full(view.n, complex(np.nan, np.nan))
    if fixed is None:
        return out
    if hasattr(fixed, "iterrows"):
        fixed = dict(zip(fixed.index.tolist(), fixed.to_numpy(dtype=np.float64).tolist(), strict=True))
    for place, pair in enumerate(_in_order(view, fixed, "fixed")):
        if pair is not None and len(pair) == 2 and all(np.isfinite(np.asarray(pair, dtype=np.float64))):
            out[place] = complex(float(pair[0]), float(pair[1]))
    return out


def _in_order(view: View, given: Any, what: str) -> list[Any]:
    if hasattr(given, "to_dict") and hasattr(given, "index"):
        given = given.to_dict()
    if isinstance(given, Mapping):
        return [given.get(node) for node in view.ids]
    values = list(given)
    if len(values) != view.n:
        raise UsageError(f"{what} has {len(values)} entries for {view.n} nodes.")
    return values


def _missing(label: Any) -> bool:
    if label is None or label == "" or type(label).__name__ == "NAType":
        return True
    # Community labels are negative for nodes that belong to none.
    return isinstance(label, (int, float, np.number)) and not label >= 0
