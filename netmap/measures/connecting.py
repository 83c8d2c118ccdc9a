"""Connections first: for each need, whether somebody able is near enough, and what services pass on to each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import MeasureError
from ._input import as_undirected
from ._results import Shown

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["ConnectionFirst", "DemandSpillover", "connection_first", "demand_spillover"]

NAN = float("nan")
STEPS, TRUST = 2, 3.0
DEMAND = "demand"
LONGEST_LOOP = 3


@dataclass(frozen=True, repr=False)
class ConnectionFirst(Shown):
    """For each need who could meet it near by, and the shares by type of need.

    `needs` is indexed by need: ``holder, capability, type, people, near`` (how many able are near), ``possible`` (those
    too who could be able), ``first``, ``through`` (the nearest able one and who could introduce it), ``steps`` and
    ``second`` (steps to the next able one), ``without`` (how many able are near once `without` is left out), ``placed``
    (whether the holder is in the network). `types` has for each type and ``all``: ``needs, people, share, possible_share,
    without, possible_without``, weighted by people.
    """

    needs: pd.DataFrame
    types: pd.DataFrame


def connection_first(
    view: View | nx.Graph,
    needs: pd.DataFrame,
    capabilities: pd.DataFrame,
    trust: Mapping[tuple[Hashable, Hashable], float] | None = None,
    without: Collection[Hashable] = (),
    *,
    steps: int = STEPS,
    providers: int = 1,
    least_trust: float = TRUST,
) -> ConnectionFirst:
    """Return for each need whether somebody able is within two trusted steps, not counting the service it falls to (proposed).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    needs : DataFrame
        ``need_id, holder, capability`` and, where known, ``type, people_n, service``.
    capabilities : DataFrame
        ``entity, capability`` and, where known, ``status`` (has, could_have, needs).
    trust : mapping of pair to float, optional
        Trust of 1 to 4 on a tie, either way round. A tie with less than `least_trust` is no step; one without any is.
    without : collection of nodes
        Who is left out for comparison, such as the council.
    steps : int, default 2
    providers : int, default 1
        How many able ones a need asks for.
    least_trust : float, default 3

    Returns
    -------
    ConnectionFirst
        Able are those who have the capability; possible are also those who could have it, and, for a need that names no
        capability or a body of which nothing is recorded, everybody near: what is not known is counted once as no and
        once as yes. Shares are NaN without needs.

    Raises
    ------
    MeasureError
        If a column is missing, or `steps` or `providers` is below 1.

    Examples
    --------
    >>> import networkx as nx, pandas as pd
    >>> needs = pd.DataFrame({"need_id": ["n1", "n2"], "holder": ["a", "a"], "capability": ["lifts", "advice"]})
    >>> able = pd.DataFrame({"entity": ["c", "d"], "capability": ["lifts", "advice"]})
    >>> found = connection_first(nx.path_graph(["a", "b", "c", "d"]), needs, able)
    >>> found.needs[["near", "first", "through"]].values.tolist()
    [[1, 'c', 'b'], [0, '', '']]

    Notes
    -----
    A path goes through no provider of the service, and the provider itself does not count: the question is what
    connections could do before a service is offered. share = people of needs with enough able ones near / people of all
    needs. Near is a possibility: unpaid time is not free, and a legal duty stays one. netmap's own construct (proposed).
    Cost O(needs x ties near).

    References
    ----------
    None published; related: Borgatti 2006 (reach).
    """
    import pandas as pd

    if steps < 1 or providers < 1:
        raise MeasureError("steps and providers must be at least 1.")
    asked = (needs, "needs", ("need_id", "holder", "capability")), (capabilities, "capabilities", ("entity", "capability"))
    for table, called, wanted_columns in asked:
        for column in wanted_columns:
            if column not in table:
                raise MeasureError(f"connection_first needs the column {column} of {called}.")
    graph = as_undirected(view, None)
    around = _around(graph, trust or {}, least_trust)
    names = {str(name).casefold(): str(node) for node, name in zip(graph.ids, graph.names, strict=True)}
    names |= {str(node).casefold(): str(node) for node in graph.ids}
    has, could, recorded = _able(capabilities)
    left_out = {str(node) for node in without}
    rows = []
    for need in needs.to_dict("records"):
        holder, wanted = str(need["holder"]), _text(need.get("capability"))
        service = names.get(_text(need.get("service")).casefold(), "")
        placed = holder in around
        near = _reached(around, holder, steps, {service} if service else set()) if placed else {}
        able = {n for n in near if wanted and n in has.get(wanted, ())}
        maybe = {n for n in near if not wanted or n in could.get(wanted, ()) or n not in recorded}
        alone = _reached(around, holder, steps, ({service} if service else set()) | (left_out - {holder})) if placed else {}
        order = sorted(able, key=lambda n: (near[n][0], n))
        people = float(need["people_n"]) if need.get("people_n") == need.get("people_n") and need.get("people_n") is not None else 1.0
        rows.append({
            "need_id": _text(need["need_id"]), "holder": holder, "capability": wanted, "type": _text(need.get("type")) or "need",
            "people": people, "near": len(able), "possible": len(able | maybe), "first": order[0] if order else "",
            "through": near[order[0]][1] if order else "", "steps": float(near[order[0]][0]) if order else NAN,
            "second": float(near[order[1]][0]) if len(order) > 1 else NAN, "without": len(able & set(alone)),
            "possible_without": len((able | maybe) & set(alone)), "placed": placed,
        })  # fmt: skip
    columns = ["need_id", "holder", "capability", "type", "people", "near", "possible", "first", "through", "steps", "second",
               "without", "possible_without", "placed"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns).set_index("need_id")
    kinds = {"all": frame} | {str(t): part for t, part in frame.groupby("type", sort=True)}
    types = pd.DataFrame.from_dict({t: _shares(part, providers) for t, part in kinds.items()}, orient="index").rename_axis("type")
    return ConnectionFirst(frame.drop(columns="possible_without"), types)


def _text(cell: Any) -> str:
    return "" if cell is None or cell != cell or type(cell).__name__ == "NAType" else str(cell).strip()


def _around(graph: View, trust: Mapping[tuple[Hashable, Hashable], float], least: float) -> dict[str, list[str]]:
    """Neighbours over ties that are trusted enough, or of which nothing is known."""
    known: dict[tuple[str, str], list[float]] = {}
    for (a, b), value in trust.items():
        if value == value:
            one, other = sorted((str(a), str(b)))
            known.setdefault((one, other), []).append(float(value))
    around: dict[str, list[str]] = {str(node): [] for node in graph.ids}
    for s, t in zip(graph.source.tolist(), graph.target.tolist(), strict=True):
        one, other = sorted((str(graph.ids[s]), str(graph.ids[t])))
        told = known.get((one, other))
        if told is None or sum(told) / len(told) >= least - 1e-9:
            around[one].append(other)
            around[other].append(one)
    return {node: sorted(others) for node, others in around.items()}


def _reached(around: Mapping[str, list[str]], start: str, steps: int, closed: set[str]) -> dict[str, tuple[int, str]]:
    """Who can be reached, in how many steps and through whom first ("" for a direct contact)."""
    found: dict[str, tuple[int, str]] = {}
    queue: deque[tuple[str, int, str]] = deque([(start, 0, "")])
    while queue:
        node, far, through = queue.popleft()
        if far == steps:
            continue
        for other in around[node]:
            if other == start or other in found or other in closed:
                continue
            found[other] = (far + 1, through)
            queue.append((other, far + 1, through or other))
    return found


def _able(capabilities: pd.DataFrame) -> tuple[dict[str, set[str]], dict[str, set[str]], set[str]]:
    """Who has each capability, who has or could have it, and of whom anything is recorded."""
    has: dict[str, set[str]] = {}
    could: dict[str, set[str]] = {}
    recorded: set[str] = set()
    status = capabilities["status"] if "status" in capabilities else ["has"] * len(capabilities)
    for entity, capability, state in zip(capabilities["entity"], capabilities["capability"], status, strict=True):
        word = _text(state) or "has"
        recorded.add(str(entity))
        if word == "has":
            has.setdefault(_text(capability), set()).add(str(entity))
        if word in ("has", "could_have"):
            could.setdefault(_text(capability), set()).add(str(entity))
    return has, could, recorded


def _shares(part: pd.DataFrame, providers: int) -> dict[str, float]:
    people = part["people"].to_numpy(dtype=float)
    whole = float(people.sum())
    out = {"needs": float(len(part)), "people": whole}
    for name, column in (("share", "near"), ("possible_share", "possible"), ("without", "without"), ("possible_without", "possible_without")):
        met = part[column].to_numpy(dtype=float) >= providers
        out[name] = float(people[met].sum() / whole) if whole > 0 else NAN
    return out


@dataclass(frozen=True, repr=False)
class DemandSpillover(Shown):
    """What services pass on to each other in a year.

    `services` is indexed by service: ``generated`` (cases it sends on), ``received``, ``net`` and ``upstream``, how much
    of what it receives, counted along chains, comes from others. `loops` has ``services, length, cases``: cases that come
    back, the least along the loop; the largest first.
    """

    services: pd.DataFrame
    loops: pd.DataFrame


def demand_spillover(partnerships: pd.DataFrame, counts: str = "frequency", alpha: float = 0.5) -> DemandSpillover:
    """Return how much demand services pass on to each other, and where it comes back (failure demand).

    Parameters
    ----------
    partnerships : DataFrame
        ``source, target`` and the counts, cases a year; rows of the kind demand where there is a column ``kind``.
    counts : str, default "frequency"
        The column of real counts. Guesses and ratings are refused: a row without a count, or with a negative one.
    alpha : float, default 0.5
        How much of what a service receives it passes on further, 0 to below 1, for chains.

    Returns
    -------
    DemandSpillover
        Loops of two and three services.

    Raises
    ------
    MeasureError
        If there is no row of demand, a row has no count, or `alpha` lies outside its range.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("A&E", "GP", 40), ("GP", "A&E", 25), ("GP", "care", 10)]
    >>> found = demand_spillover(pd.DataFrame(rows, columns=["source", "target", "frequency"]))
    >>> found.services.loc["GP", ["generated", "received", "net"]].tolist()
    [35.0, 40.0, 5.0]
    >>> found.loops.values.tolist()
    [['A&E; GP', 2, 25.0]]

    Notes
    -----
    upstream = sum over lengths k of alpha^(k-1) times the cases that reach it along k shares of what each service sends
    on (Katz on the reversed network, shares as weights). Cost O(m) a step and O(sum of squared degrees) for loops.

    References
    ----------
    Katz 1953; Seddon 2003 (failure demand).
    """
    import pandas as pd

    frame = partnerships
    if "kind" in frame:
        frame = frame[frame["kind"].astype(str) == DEMAND]
    if not len(frame):
        raise MeasureError("demand_spillover needs ties of the kind demand, from the service that sends to the one that receives.")
    for column in ("source", "target", counts):
        if column not in frame:
            raise MeasureError(f"demand_spillover needs the column {column}.")
    if not 0 <= alpha < 1:
        raise MeasureError(f"alpha lies from 0 to below 1, not {alpha!r}.")
    cases = pd.to_numeric(frame[counts], errors="coerce").to_numpy(dtype=float)
    if np.isnan(cases).any() or (cases < 0).any():
        missing = int((np.isnan(cases) | (cases < 0)).sum())
        raise MeasureError(
            f"{missing} of {len(frame)} ties of demand have no count in {counts}: it needs real counts of cases a year, "
            "and guesses are refused. Count a month and take it times twelve."
        )
    work = pd.DataFrame({"a": frame["source"].astype(str).to_numpy(), "b": frame["target"].astype(str).to_numpy(), "cases": cases})
    work = work[work["a"] != work["b"]].groupby(["a", "b"], sort=True)["cases"].sum().reset_index()
    names = sorted({*work["a"], *work["b"]})
    place = {name: i for i, name in enumerate(names)}
    flow = np.zeros((len(names), len(names)))
    flow[work["a"].map(place), work["b"].map(place)] = work["cases"]
    sent, got = flow.sum(axis=1), flow.sum(axis=0)
    share = np.divide(flow, sent[:, None], out=np.zeros_like(flow), where=sent[:, None] > 0)
    upstream, wave = got.copy(), got.copy()
    for _ in range(1000):
        wave = alpha * (wave @ share)
        upstream += wave
        if wave.sum() <= 1e-12 * max(float(got.sum()), 1.0):
            break
    services = pd.DataFrame(
        {"generated": sent, "received": got, "net": got - sent, "upstream": upstream}, index=pd.Index(names, name="service")
    )
    return DemandSpillover(services, _loops(flow, names))


def _loops(flow: np.ndarray, names: list[str]) -> pd.DataFrame:
    """Loops of two and three services, each once, beginning with the first by name."""
    import pandas as pd

    rows = []
    out = [np.flatnonzero(row).tolist() for row in flow]
    for a in range(len(names)):
        for b in out[a]:
            if b > a and flow[b, a] > 0:
                rows.append((f"{names[a]}; {names[b]}", 2, float(min(flow[a, b], flow[b, a]))))
            if b <= a:
                continue
            rows += [
                (f"{names[a]}; {names[b]}; {names[c]}", LONGEST_LOOP, float(min(flow[a, b], flow[b, c], flow[c, a])))
                for c in out[b]
                if c > a and c != b and flow[c, a] > 0
            ]
    rows.sort(key=lambda r: (-r[2], r[1], r[0]))
    return pd.DataFrame(rows, columns=["services", "length", "cases"])
