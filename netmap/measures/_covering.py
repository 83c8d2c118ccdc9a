"""The search for those who together can do all that is asked: by branches along what fewest can do, then by HiGHS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import MeasureError
from ._results import Shown

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["NONE_SO_ALIKE", "Cover", "Search", "holders"]

NONE_SO_ALIKE = "no coalition covers everything with values as alike as asked"
SMALLEST_CLIQUE = 6
BRANCHES = 60_000


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


class Search:
    """Who can do what that is asked for, and the search for those who can do all of it together."""

    def __init__(
        self, capabilities: pd.DataFrame, required: Sequence[str] | Mapping[str, int] | None,
        cost: Mapping[str, float] | None, level: float, nodes: int,
    ):  # fmt: skip
        have = holders(capabilities, level)
        self.wanted, self.nodes = _wanted(required, have), nodes
        self.lacking = tuple(c for c, times in self.wanted.items() if len(have.get(c, ())) < times)
        self.have = {c: have.get(c, []) for c in self.wanted}
        self.entities = sorted({entity for who in self.have.values() for entity in who})
        self.price = np.array([float((cost or {}).get(e, 1.0)) for e in self.entities])
        if (self.price < 0).any() or np.isnan(self.price).any():
            raise MeasureError("A cost must be 0 or more.")
        self.several = any(times != 1 for times in self.wanted.values())
        self.near: np.ndarray | None = None

    def join(self, view: View | nx.Graph | None, reach: int, lead: str | None) -> None:
        """Ask that all members be within `reach` steps of one that leads."""
        if view is None:
            if lead is not None:
                raise MeasureError("lead needs view: the network in which the others must be near.")
            return
        from ..kernels.new_ties import all_distances
        from ._input import as_undirected

        graph = as_undirected(view)
        place = {str(i): k for i, k in graph.position.items()}
        if lead is not None and lead not in place:
            raise MeasureError(f"There is no node {lead!r} in this network.")
        if lead is not None and lead not in self.entities:
            self.entities.append(lead)
            self.price = np.append(self.price, 1.0)
        distance = all_distances(graph.csr)
        at = [place.get(e, -1) for e in self.entities]
        self.near = np.array([[i == j or (i >= 0 and j >= 0 and distance[i, j] <= reach) for j in at] for i in at], dtype=bool)
        if lead is not None:
            self.near &= np.array([e == lead for e in self.entities])[None, :]

    def least_alike(self, cover: Cover, alignment: pd.DataFrame) -> float:
        """Alignment of the two members least alike, NaN where none are known."""
        inside = [m for m in cover.members if m in alignment.index and m in alignment.columns]
        table = alignment.loc[inside, inside].to_numpy(dtype=float)
        known = table[~np.eye(len(inside), dtype=bool)]
        return float(np.nanmin(known)) if (~np.isnan(known)).any() else float("nan")

    def cover(self, alignment: pd.DataFrame | None, tau: float | None, *, first: int) -> Cover:
        """Search at one level of alignment; of at most `first` entities the first set by name is taken."""
        import pandas as pd

        blank = pd.Series(dtype=object, name="providers")
        if self.lacking:
            said = [f"only {len(self.have[c])} have {c}" if self.have[c] else f"nobody has {c}" for c in self.lacking]
            return Cover((), float("nan"), float("nan"), False, blank, self.lacking, "; ".join(said))
        if not self.wanted:
            return Cover((), 0.0, 0.0, True, blank, (), "nothing is required")
        apart = _apart(self.entities, alignment, tau) if alignment is not None and tau is not None else None
        chosen, bound, proven, why = _solve(self, apart, first)
        if chosen is None:
            return Cover((), float("nan"), bound, False, blank, (), why)
        members = tuple(sorted(e for e, there in zip(self.entities, chosen, strict=True) if there))
        inside = set(members)
        providers = pd.Series(
            {c: "; ".join(e for e in self.have[c] if e in inside) for c in self.wanted}, name="providers", dtype=object
        )
        return Cover(members, float(self.price[chosen].sum()), bound, proven, providers, (), why)


def holders(capabilities: pd.DataFrame, level: float) -> dict[str, list[str]]:
    """Who has each capability, at a level or above: ids in order, by capability."""
    import pandas as pd

    for column in ("entity", "capability"):
        if column not in capabilities:
            raise MeasureError(f"capabilities need the column {column}; there are {', '.join(map(str, capabilities.columns))}.")
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


def _apart(entities: list[str], alignment: pd.DataFrame, tau: float) -> np.ndarray:
    """Which two may not be together: a square table of bool."""
    table = alignment.copy()
    table.index, table.columns = table.index.astype(str), table.columns.astype(str)
    likeness = table.reindex(index=entities, columns=entities).to_numpy(dtype=float)
    apart: np.ndarray = likeness < tau - 1e-12
    apart |= apart.T
    np.fill_diagonal(apart, False)
    return apart


def _cliques(apart: np.ndarray) -> tuple[list[list[int]], list[tuple[int, list[int]]]]:
    """Cover all pairs apart by sets of which one may be chosen at most, and what is left by one row a node.

    A row a pair would be too many, and a large set says more at once than its pairs.
    """
    left = np.triu(apart, 1)
    cliques, stars = [], []
    for i in range(apart.shape[0]):
        spare = []
        while left[i].any():
            j = int(np.argmax(left[i]))
            clique = [i, j]
            fits = apart[i] & apart[j]
            while fits.any():
                v = int(np.argmax(fits))
                clique.append(v)
                fits = fits & apart[v]
            if len(clique) < SMALLEST_CLIQUE:
                spare.append(j)
                left[i, j] = False
                continue
            clique.sort()
            left[np.ix_(clique, clique)] = False
            cliques.append(clique)
        if len(spare) == 1:
            cliques.append([i, spare[0]])
        elif spare:
            stars.append((i, spare))
    return cliques, stars


def _tree(search: Search, apart: np.ndarray | None) -> tuple[tuple[int, ...] | None, bool]:
    """Try who provides the capability that fewest of those left can provide, and so on; return the best and whether all was tried.

    Sets are whole numbers, a bit an entity or a capability.
    """
    n = len(search.entities)
    place = {e: i for i, e in enumerate(search.entities)}
    providers = [sum(1 << place[e] for e in search.have[c]) for c in search.wanted]
    able = [0] * n
    for k, c in enumerate(search.wanted):
        for e in search.have[c]:
            able[place[e]] |= 1 << k
    fits = [(1 << n) - 1] * n
    if apart is not None:
        for i in range(n):
            fits[i] &= ~sum(1 << int(j) for j in np.flatnonzero(apart[i]))
    price = search.price.tolist()
    whole = all(p == round(p) for p in price)
    best: list[Any] = [np.inf, None]
    tried = 0

    def least(left: int, open_to: int) -> float:
        """What covering the rest costs at least: nobody covers more for the price than the best of those left."""
        cheapest = np.inf
        while open_to:
            i = (open_to & -open_to).bit_length() - 1
            open_to &= open_to - 1
            gives = (able[i] & left).bit_count()
            if gives and price[i] < cheapest * gives:
                cheapest = price[i] / gives
        return cheapest * left.bit_count()

    def branch(left: int, open_to: int, total: float, chosen: tuple[int, ...]) -> bool:
        nonlocal tried
        tried += 1
        if tried > BRANCHES:
            return False
        if not left:
            if total < best[0] - 1e-9:
                best[:] = total, chosen
            return True
        fewest, rest = 0, left
        while rest:
            k = (rest & -rest).bit_length() - 1
            rest &= rest - 1
            who = providers[k] & open_to
            if not who:
                return True
            if not fewest or who.bit_count() < fewest.bit_count():
                fewest = who
        bound = total + least(left, open_to)
        if (np.ceil(bound - 1e-6) if whole else bound) >= best[0] - 1e-9:
            return True
        order = []
        while fewest:
            i = (fewest & -fewest).bit_length() - 1
            fewest &= fewest - 1
            order.append((price[i] / (able[i] & left).bit_count(), i))
        for _, i in sorted(order):
            if not branch(left & ~able[i], open_to & fits[i], total + price[i], (*chosen, i)):
                return False
            # Whatever holds this one has been tried.
            open_to &= ~(1 << i)
        return True

    done = branch((1 << len(search.wanted)) - 1, (1 << n) - 1, 0.0, ())
    return best[1], done


@dataclass(frozen=True, eq=False)
class _Model:
    """The same in rows and columns; columns beyond the entities say who leads."""

    price: np.ndarray
    constraints: Any
    least: np.ndarray
    most: np.ndarray

    def find(self, nodes: int) -> Any:
        """Ask HiGHS."""
        from scipy.optimize import Bounds, milp

        return milp(
            self.price,
            constraints=self.constraints,
            integrality=np.ones(self.price.size, dtype=np.int64),
            bounds=Bounds(self.least, self.most),
            options={"node_limit": nodes, "mip_rel_gap": 0.0},
        )


def _model(search: Search, apart: np.ndarray | None, dearest: float) -> _Model:
    from scipy.optimize import LinearConstraint
    from scipy.sparse import coo_array

    n = len(search.entities)
    place = {e: i for i, e in enumerate(search.entities)}
    at: list[tuple[int, int, float]] = []
    low: list[float] = []
    high: list[float] = []

    def row(terms: list[tuple[int, float]], least: float, most: float) -> None:
        at.extend((len(low), column, value) for column, value in terms)
        low.append(least)
        high.append(most)

    for capability, times in search.wanted.items():
        row([(place[e], 1.0) for e in search.have[capability]], times, np.inf)
    if apart is not None:
        cliques, stars = _cliques(apart)
        for clique in cliques:
            row([(i, 1.0) for i in clique], -np.inf, 1.0)
        # Nobody need be there who brings nothing: so many members at most, and none of these beside the one in the middle.
        most_members = sum(search.wanted.values())
        for i, others in stars:
            room = float(min(len(others), most_members - 1))
            row([(i, room), *((j, 1.0) for j in others)], -np.inf, room)
    columns = n
    if search.near is not None:
        # One more column a possible lead: exactly one leads, is a member, and has every member near.
        columns = 2 * n
        row([(n + j, 1.0) for j in range(n)], 1.0, 1.0)
        for j in range(n):
            row([(n + j, 1.0), (j, -1.0)], -np.inf, 0.0)
            row([(j, 1.0), *((n + int(k), -1.0) for k in np.flatnonzero(search.near[j]))], -np.inf, 0.0)
    if np.isfinite(dearest):
        row([(i, float(p)) for i, p in enumerate(search.price) if p], -np.inf, dearest + 1e-9)
    rows, cols, values = zip(*at, strict=True)
    matrix = coo_array((values, (rows, cols)), shape=(len(low), columns)).tocsr()
    price = np.concatenate([search.price, np.zeros(columns - n)])
    return _Model(price, LinearConstraint(matrix, np.array(low), np.array(high)), np.zeros(columns), np.ones(columns))


def _solve(search: Search, apart: np.ndarray | None, first: int) -> tuple[np.ndarray | None, float, bool, str]:
    """Return who is chosen, what it costs at least, whether that is proven, and why there is none or no proof."""
    n = len(search.entities)
    held, done = (None, False) if search.several or search.near is not None else _tree(search, apart)
    if done and held is None:
        return None, float("nan"), False, NONE_SO_ALIKE
    chosen = np.isin(np.arange(n), held) if held is not None else None
    total = float(search.price @ chosen) if chosen is not None else np.inf
    if done and n > first:
        return chosen, total, True, ""
    model = _model(search, apart, total)
    bound = total
    if not done:
        found = model.find(search.nodes)
        bound = _whole(search, float("nan") if found.mip_dual_bound is None else float(found.mip_dual_bound))
        if found.x is not None:
            chosen = np.rint(found.x[:n]).astype(bool)
            total = float(search.price @ chosen)
        if chosen is None:
            said = NONE_SO_ALIKE if search.near is None else f"{NONE_SO_ALIKE}, and as near"
            if found.status != 2:
                said = f"none was found within {search.nodes:,} nodes of the search{_least(bound)}"
            return None, float("nan") if found.status == 2 else bound, False, said
        if found.status not in (0, 2) and not bound >= total - 1e-9 * max(1.0, total):
            return chosen, bound, False, f"not proven smallest within {search.nodes:,} nodes of the search{_least(bound)}"
    if chosen is not None and n <= first:
        chosen = _first_by_name(model, chosen, total, search.nodes)
    return chosen, total, True, ""


def _whole(search: Search, bound: float) -> float:
    """A bound on costs in whole numbers is a whole number too."""
    if np.isfinite(bound) and np.all(search.price == np.round(search.price)):
        return float(np.ceil(bound - 1e-6))
    return bound


def _least(bound: float) -> str:
    return f"; none costs less than {bound:g}" if np.isfinite(bound) else ""


def _first_by_name(model: _Model, chosen: np.ndarray, total: float, nodes: int) -> np.ndarray:
    """Of several that cost as little take the first by name, so that the answer does not hang on the solver's version."""
    least, most, n = model.least, model.most, chosen.size
    for i in range(n):
        if chosen[i]:
            least[i] = 1.0
        elif not (chosen & (least[:n] == 0)).any():
            break
        else:
            least[i] = 1.0
            other = model.find(nodes)
            if other.status == 0 and model.price[:n] @ np.rint(other.x[:n]) <= total + 1e-9 * max(1.0, total):
                chosen = np.rint(other.x[:n]).astype(bool)
            else:
                least[i], most[i] = 0.0, 0.0
    return chosen
