"""The smallest coalition: the fewest, or cheapest, who together can do everything that is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import MeasureError
from ._results import Shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Cover", "smallest_cover"]

NODES = 100_000
# Of more than this many entities any smallest set is taken.
_FIRST = 300


@dataclass(frozen=True, repr=False)
class Cover(Shown):
    """A coalition that covers what is required.

    `members` are sorted; `proven` says whether no smaller (or cheaper) one exists, `bound` below what it cannot fall;
    `providers` has for each capability who of the members has it. Without a coalition `members` is empty and `why`
    says why: `uncovered` names what nobody can provide.
    """

    members: tuple[str, ...]
    cost: float
    bound: float
    proven: bool
    providers: pd.Series[Any]
    uncovered: tuple[str, ...]
    why: str


def smallest_cover(
    capabilities: pd.DataFrame,
    required: Sequence[str] | Mapping[str, int] | None = None,
    *,
    cost: Mapping[str, float] | None = None,
    alignment: pd.DataFrame | None = None,
    tau: float | None = None,
    level: float = 0.0,
    nodes: int = NODES,
) -> Cover:
    """Return the smallest set of organisations that together have every capability asked for.

    Parameters
    ----------
    capabilities : DataFrame
        ``entity, capability`` and, where known, ``status`` (only ``has`` counts) and ``level``.
    required : sequence of str, or mapping of str to int, optional
        What must be covered, and by how many; everything in the table, once, by default.
    cost : mapping of entity to float, optional
        What each costs, 0 or more; by default all cost 1 and the smallest set is sought. Who is not named costs 1.
    alignment : DataFrame, optional
        Square table of likeness in values; with `tau`, two below it are never in one coalition (unknown pairs may be).
    tau : float, optional
    level : float, default 0
        From which level a capability counts; blank levels count.
    nodes : int, default 100,000
        Most nodes of the search; never a time, so that the same data give the same answer everywhere.

    Returns
    -------
    Cover

    Raises
    ------
    MeasureError
        If a column is missing, a cost is negative, or `alignment` comes without `tau` or the other way round.

    Examples
    --------
    >>> import pandas as pd
    >>> can = pd.DataFrame([("a", "plan"), ("a", "drive"), ("b", "drive"), ("b", "cook"), ("c", "cook")],
    ...                    columns=["entity", "capability"])
    >>> smallest_cover(can).members
    ('a', 'b')
    >>> smallest_cover(can, ["cook", "fly"]).why
    'nobody has fly'

    Notes
    -----
    min sum c_i x_i with sum_i a_ir x_i >= q_r and x_i + x_j <= 1 below `tau`, solved exactly by branch and bound
    (scipy's HiGHS). Set cover is hard in general and easy at the size of partnerships. Several sets may be as small, of
    which the first by name is given: it is no verdict on who is left out. Cost: bounded by `nodes` solver nodes, each a
    linear programme.

    References
    ----------
    Karp 1972; Chvatal 1979.
    """
    import pandas as pd

    if (alignment is None) != (tau is None):
        raise MeasureError("alignment and tau go together: the table of likeness, and how alike two must be.")
    have = _have(capabilities, level)
    wanted = _wanted(required, have)
    entities = sorted({entity for who in have.values() for entity in who})
    price = np.array([float((cost or {}).get(e, 1.0)) for e in entities])
    if (price < 0).any() or np.isnan(price).any():
        raise MeasureError("A cost must be 0 or more.")
    blank = pd.Series(dtype=object, name="providers")
    lacking = tuple(c for c, times in wanted.items() if len(have.get(c, ())) < times)
    if lacking:
        said = [f"nobody has {c}" if not have.get(c) else f"only {len(have[c])} have {c}" for c in lacking]
        return Cover((), float("nan"), float("nan"), False, blank, lacking, "; ".join(said))
    if not wanted:
        return Cover((), 0.0, 0.0, True, blank, (), "nothing is required")
    apart = _apart(entities, alignment, tau) if alignment is not None and tau is not None else []
    chosen, bound, proven, why = _solve(entities, have, wanted, price, apart, nodes)
    if chosen is None:
        return Cover((), float("nan"), float("nan"), False, blank, (), why)
    members = tuple(e for e, there in zip(entities, chosen, strict=True) if there)
    inside = set(members)
    providers = pd.Series({c: "; ".join(e for e in have[c] if e in inside) for c in wanted}, name="providers", dtype=object)
    return Cover(members, float(price[chosen].sum()), bound, proven, providers, (), why)


def _have(capabilities: pd.DataFrame, level: float) -> dict[str, list[str]]:
    import pandas as pd

    for column in ("entity", "capability"):
        if column not in capabilities:
            raise MeasureError(f"smallest_cover needs the column {column}.")
    good = np.ones(len(capabilities), dtype=bool)
    if "status" in capabilities:
        good &= capabilities["status"].fillna("has").astype(str).isin(["has", ""]).to_numpy(dtype=bool)
    if "level" in capabilities:
        good &= pd.to_numeric(capabilities["level"]).fillna(np.inf).to_numpy(dtype=float) >= level
    rows = capabilities[good]
    out: dict[str, set[str]] = {}
    for entity, capability in zip(rows["entity"].astype(str), rows["capability"].astype(str), strict=True):
        out.setdefault(capability, set()).add(entity)
    return {c: sorted(out[c]) for c in sorted(out)}


def _wanted(required: Sequence[str] | Mapping[str, int] | None, have: dict[str, list[str]]) -> dict[str, int]:
    if required is None:
        return dict.fromkeys(have, 1)
    if isinstance(required, Mapping):
        return {str(c): int(required[c]) for c in sorted(required, key=str)}
    return dict.fromkeys(sorted({str(c) for c in required}), 1)


def _apart(entities: list[str], alignment: pd.DataFrame, tau: float) -> list[tuple[int, int]]:
    names = {str(e): i for i, e in enumerate(alignment.index)}
    columns = {str(e): i for i, e in enumerate(alignment.columns)}
    table = alignment.to_numpy(dtype=float)
    return [
        (i, j)
        for i, a in enumerate(entities)
        for j, b in enumerate(entities[i + 1 :], i + 1)
        if a in names and b in columns and table[names[a], columns[b]] < tau - 1e-12
    ]


def _solve(
    entities: list[str],
    have: dict[str, list[str]],
    wanted: dict[str, int],
    price: np.ndarray,
    apart: list[tuple[int, int]],
    nodes: int,
) -> tuple[np.ndarray | None, float, bool, str]:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_array

    place = {e: i for i, e in enumerate(entities)}
    rows = lil_array((len(wanted) + len(apart), len(entities)))
    low, high = np.full(rows.shape[0], -np.inf), np.full(rows.shape[0], np.inf)
    for r, (capability, times) in enumerate(wanted.items()):
        rows[r, [place[e] for e in have[capability]]] = 1.0
        low[r] = times
    for r, (i, j) in enumerate(apart, len(wanted)):
        rows[r, [i, j]] = 1.0
        high[r] = 1.0
    constraints = LinearConstraint(rows.tocsr(), low, high)
    least, most = np.zeros(len(entities)), np.ones(len(entities))

    def search() -> Any:
        return milp(
            price,
            constraints=constraints,
            integrality=np.ones(len(entities), dtype=np.int64),
            bounds=Bounds(least, most),
            options={"node_limit": nodes, "mip_rel_gap": 0.0},
        )

    found = search()
    if found.x is None:
        why = f"none was found within {nodes:,} nodes of the search"
        if found.status == 2:
            why = "no coalition covers everything with values as alike as asked"
        return None, float("nan"), False, why
    chosen = np.rint(found.x).astype(bool)
    bound = float(found.mip_dual_bound) if found.mip_dual_bound is not None else float("nan")
    if found.status != 0:
        return chosen, bound, False, f"not proven smallest within {nodes:,} nodes"
    # Of several as small the first by name is taken, so that the answer does not hang on the solver's version.
    for i in range(len(entities) if len(entities) <= _FIRST else 0):
        if chosen[i]:
            least[i] = 1.0
        elif not (chosen & (least == 0)).any():
            break
        else:
            least[i] = 1.0
            other = search()
            if other.status == 0 and price @ np.rint(other.x) <= price @ chosen + 1e-9 * max(1.0, price @ chosen):
                chosen = np.rint(other.x).astype(bool)
            else:
                least[i], most[i] = 0.0, 0.0
    return chosen, bound, True, ""
