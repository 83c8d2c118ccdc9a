"""How groups are handed to a measure: one label a node, or several, by id or in the view's order."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError
from ..view import View

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

__all__ = ["GroupCodes", "GroupsLike", "Memberships", "group_codes", "membership_pairs", "memberships_of", "no_label"]

GroupsLike: TypeAlias = "pd.Series[Any] | Mapping[Any, Any] | Sequence[Any] | NDArray[Any]"


@dataclass(frozen=True, eq=False)
class GroupCodes:
    """One group a node: `codes` in canonical order (-1 for none), and what each code is called, sorted."""

    codes: NDArray[np.int64]
    names: tuple[Any, ...]

    @property
    def k(self) -> int:
        """Number of groups."""
        return len(self.names)

    @property
    def missing(self) -> int:
        """How many nodes are in no group."""
        return int((self.codes < 0).sum())


@dataclass(frozen=True, eq=False)
class Memberships:
    """Any number of groups a node: a sparse 0/1 table of nodes (canonical order) by groups, and the groups' names."""

    table: csr_array
    names: tuple[Any, ...]

    @property
    def k(self) -> int:
        """Number of groups."""
        return len(self.names)


def no_label(value: Any) -> bool:
    """Return whether a label means that the node is in no group: None, NaN, NA, empty text, or a negative number."""
    if value is None or (isinstance(value, str) and value == ""):
        return True
    if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
        return bool(value != value or value < 0)
    return type(value).__name__ in ("NAType", "NaTType")


def group_codes(view: View, groups: GroupsLike) -> GroupCodes:
    """Return the group of every node as a number, groups numbered in the order of their names.

    `groups` is a Series or a mapping from node id to label, or a sequence with one label a node in the order the view
    was given. A node without a label (missing, empty, or a negative number as `communities` gives to isolates) gets -1.
    """
    labels = _by_node(view, groups)
    known = sorted({label for label in labels if not no_label(label)}, key=_label_key)
    number = {label: i for i, label in enumerate(known)}
    codes = np.array([-1 if no_label(label) else number[label] for label in labels], dtype=np.int64)
    return GroupCodes(codes, tuple(known))


def memberships_of(view: View, groups: GroupsLike | pd.DataFrame) -> Memberships:
    """Return all groups of every node; labels may be single, or collections (list, tuple, set) of several.

    A DataFrame is a list of memberships with columns ``member`` and ``group``; members not in the view are ignored.
    """
    from scipy.sparse import csr_array

    if _is_frame(groups):
        members, labels = membership_pairs(cast("pd.DataFrame", groups))
        text = {str(node): i for node, i in view.position.items()}
        pairs = [
            (view.position.get(m, text.get(str(m), -1)), g) for m, g in zip(members, labels, strict=True) if not no_label(g)
        ]
        pairs = [(i, g) for i, g in pairs if i >= 0]
    else:
        pairs = []
        for i, label in enumerate(_by_node(view, groups)):
            several = label if isinstance(label, (list, tuple, set, frozenset)) else (label,)
            pairs.extend((i, g) for g in several if not no_label(g))
    names = sorted({g for _, g in pairs}, key=_label_key)
    number = {g: j for j, g in enumerate(names)}
    cells = sorted({(i, number[g]) for i, g in pairs})
    rows = np.array([i for i, _ in cells], dtype=np.int64)
    columns = np.array([j for _, j in cells], dtype=np.int64)
    table = csr_array((np.ones(len(cells)), (rows, columns)), shape=(view.n, len(names)))
    return Memberships(table, tuple(names))


def membership_pairs(memberships: pd.DataFrame) -> tuple[list[Any], list[Any]]:
    """Return the members and groups of a two-column list of memberships (``member``, ``group``, else its first two)."""
    frame = memberships
    columns = ("member", "group") if {"member", "group"} <= set(frame.columns) else tuple(frame.columns[:2])
    if len(columns) < 2:
        raise MeasureError("memberships need two columns, member and group.")
    return frame[columns[0]].tolist(), frame[columns[1]].tolist()


def _is_frame(groups: Any) -> bool:
    return hasattr(groups, "columns")


def _by_node(view: View, groups: Any) -> list[Any]:
    if _is_frame(groups):
        raise MeasureError("This measure needs one group a node; a table of memberships has several.")
    if isinstance(groups, Mapping):
        found: Mapping[Hashable, Any] = groups
    elif hasattr(groups, "index") and hasattr(groups, "to_list"):
        if not groups.index.is_unique:
            raise MeasureError("groups names a node more than once.")
        found = dict(zip(groups.index.to_list(), groups.to_list(), strict=True))
    else:
        given = list(groups)
        if len(given) != view.n:
            raise MeasureError(f"groups has {len(given)} labels for {view.n} nodes.")
        return [given[i] for i in np.argsort(view.order).tolist()]
    if view.n and found and not any(node in found for node in view.ids):
        raise MeasureError("groups names none of the nodes of this view.")
    return [found.get(node) for node in view.ids]


def _label_key(label: Any) -> tuple[str, Any]:
    if isinstance(label, (int, float, np.integer, np.floating)) and not isinstance(label, bool):
        return ("", label)
    return (type(label).__name__, str(label))
