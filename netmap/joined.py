"""Views of memberships: members and the groups they belong to, and groups joined by the members they share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from .view import View

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["interlock_view", "two_mode_view"]


def two_mode_view(memberships: pd.DataFrame, called: Mapping[str, str], titles: Mapping[str, str]) -> View:
    """Return members and groups tied by membership; `called` names every node that may have none, `titles` the groups.

    A group whose id is also a member's is called ``<id> (group)``.
    """
    members = sorted(set(memberships["member"].astype(str)) | set(called))
    taken = set(members)
    groups = sorted(set(memberships["group"].astype(str)))
    group_id = {g: f"{g} (group)" if g in taken else g for g in groups}
    ids = members + [group_id[g] for g in groups]
    place = {node: i for i, node in enumerate(ids)}
    return View(
        ids,
        [place[x] for x in memberships["member"].astype(str)],
        [place[group_id[g]] for g in memberships["group"].astype(str)],
        names=[called.get(x, x) for x in members] + [titles.get(g, g) for g in groups],
        label="members and groups",
    )


def interlock_view(memberships: pd.DataFrame, titles: Mapping[str, str]) -> View:
    """Return the groups tied by the members they share; strength is how many."""
    import pandas as pd
    from scipy import sparse

    groups = sorted(set(memberships["group"].astype(str)))
    members = sorted(set(memberships["member"].astype(str)))
    rows = pd.Categorical(memberships["member"].astype(str), categories=members).codes
    columns = pd.Categorical(memberships["group"].astype(str), categories=groups).codes
    incidence = sparse.csr_array(
        (np.ones(len(memberships)), (rows.astype(np.int64), columns.astype(np.int64))), shape=(len(members), len(groups))
    )
    shared = sparse.triu(incidence.T @ incidence, k=1).tocoo()
    return View(
        groups, shared.row, shared.col, shared.data, names=[titles.get(g, g) for g in groups],
        label="joined by shared members",
    )
