"""Who can do what: how well capabilities are covered, what hangs on one provider, and how near providers are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..errors import MeasureError
from ._covering import holders
from ._input import as_undirected

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["capability_coverage"]


def capability_coverage(
    capabilities: pd.DataFrame,
    required: Sequence[str] | None = None,
    *,
    view: View | nx.Graph | None = None,
    reach: int = 2,
    demand: Mapping[str, float] | None = None,
    level: float = 0.0,
) -> pd.DataFrame:
    """Return for every capability who provides it, whether that is one alone, how much there is and how near it is.

    Parameters
    ----------
    capabilities : DataFrame
        ``entity, capability`` and, where known, ``status`` (``has``, ``could_have``, ``needs``; blank is ``has``),
        ``level`` and ``capacity``.
    required : sequence of str, optional
        Which capabilities; by default all in the table.
    view : View or networkx graph, optional
        In which steps are counted, direction and strength dropped; without it nothing is said of nearness.
    reach : int, default 2
        Within how many steps a provider is near.
    demand : mapping of capability to float, optional
        How much is needed, in the units of ``capacity``.
    level : float, default 0
        From which level a capability counts; blank levels count.

    Returns
    -------
    DataFrame on capabilities, sorted
        ``providers``, ``could``, ``needing``: how many have, could have and need it; ``single``: the one provider, else
        "". ``capacity``: sum of what is known, NaN if nothing is; ``hhi``: its concentration, 1/providers (even) to 1
        (one has all), NaN without; ``spare``: capacity less demand, NaN if either is not known. ``near``: share of those
        that need it (of all in the view, where nobody is known to) with a provider, other than themselves, within reach;
        ``second``: their median steps to the second nearest provider, inf where most have none. Both NaN without a view
        or anybody in it.

    Raises
    ------
    MeasureError
        If a column is missing, or the network has more than 6,000 nodes.

    Examples
    --------
    >>> import networkx as nx, pandas as pd
    >>> can = pd.DataFrame([("a", "drive", "has"), ("c", "drive", "has"), ("b", "drive", "needs"), ("a", "cook", "has")],
    ...                    columns=["entity", "capability", "status"])
    >>> found = capability_coverage(can, view=nx.path_graph(["a", "b", "x", "c"]))
    >>> found["providers"].to_dict(), found["single"].to_dict(), float(found.loc["drive", "second"])
    ({'cook': 1, 'drive': 2}, {'cook': 'a', 'drive': ''}, 2.0)

    Notes
    -----
    One provider is a position: it may be all that is needed. Cost O(n m) for steps, else linear.

    References
    ----------
    Herfindahl 1950 (hhi). The rest are counts.
    """
    import pandas as pd

    have = holders(capabilities, level)
    status = capabilities["status"].fillna("has").astype(str) if "status" in capabilities else None
    every = sorted(set(capabilities["capability"].astype(str)))
    names = every if required is None else sorted({str(c) for c in required})

    def who(word: str) -> dict[str, set[str]]:
        out: dict[str, set[str]] = {}
        if status is not None:
            rows = capabilities[(status == word).to_numpy(dtype=bool)]
            for entity, capability in zip(rows["entity"].astype(str), rows["capability"].astype(str), strict=True):
                out.setdefault(capability, set()).add(entity)
        return out

    could, needing = who("could_have"), who("needs")
    amount = _amounts(capabilities, have)
    steps = _Steps(view, reach)
    rows = []
    for name in names:
        providers, needs = have.get(name, []), needing.get(name, set())
        known = amount.get(name, np.zeros(0))
        total = float(known.sum()) if known.size else float("nan")
        near, second = steps.of(providers, needs)
        rows.append(
            {
                "providers": len(providers),
                "could": len(could.get(name, ())),
                "needing": len(needs),
                "single": providers[0] if len(providers) == 1 else "",
                "capacity": total,
                "hhi": float(((known / total) ** 2).sum()) if total > 0 else float("nan"),
                "spare": total - float((demand or {}).get(name, float("nan"))),
                "near": near,
                "second": second,
            }
        )
    columns = ["providers", "could", "needing", "single", "capacity", "hhi", "spare", "near", "second"]
    return pd.DataFrame(rows, index=pd.Index(names, name="capability", dtype=object), columns=columns)


def _amounts(capabilities: pd.DataFrame, have: dict[str, list[str]]) -> dict[str, np.ndarray]:
    """The known capacity of every provider of each capability."""
    import pandas as pd

    if "capacity" not in capabilities:
        return {}
    value = pd.to_numeric(capabilities["capacity"], errors="coerce").to_numpy(dtype=float)
    if (value < 0).any():
        raise MeasureError("A capacity must be 0 or more.")
    out: dict[str, dict[str, float]] = {}
    for entity, name, v in zip(capabilities["entity"].astype(str), capabilities["capability"].astype(str), value, strict=True):
        if v == v and entity in have.get(name, ()):
            out.setdefault(name, {})[entity] = out.get(name, {}).get(entity, 0.0) + float(v)
    return {name: np.array([each[e] for e in sorted(each)]) for name, each in out.items()}


class _Steps:
    """How far those who need something are from those who have it."""

    def __init__(self, view: View | nx.Graph | None, reach: int):
        self.reach = reach
        self.place: dict[str, int] = {}
        self.distance = np.zeros((0, 0))
        if view is not None:
            from ..kernels.new_ties import all_distances
            from .new_ties import MOST_NODES

            graph = as_undirected(view)
            if graph.n > MOST_NODES:
                raise MeasureError(f"A table of all distances is kept: at most {MOST_NODES:,} nodes, not {graph.n:,}.")
            self.place = {str(i): k for i, k in graph.position.items()}
            self.distance = all_distances(graph.csr)

    def of(self, providers: list[str], needs: set[str]) -> tuple[float, float]:
        """Share with a provider other than themselves within reach, and median steps to the second nearest."""
        asking = np.array([self.place[e] for e in sorted(needs or self.place) if e in self.place], dtype=np.int64)
        giving = np.array([self.place[e] for e in providers if e in self.place], dtype=np.int64)
        if not asking.size:
            return float("nan"), float("nan")
        if not giving.size:
            return 0.0, float("inf")
        steps = np.sort(np.where(asking[:, None] == giving[None, :], np.inf, self.distance[np.ix_(asking, giving)]), axis=1)
        second = steps[:, 1] if giving.size > 1 else np.full(len(asking), np.inf)
        middle = np.sort(second)[(len(second) - 1) // 2 : len(second) // 2 + 1]
        return float((steps[:, 0] <= self.reach).mean()), float(middle.mean())
