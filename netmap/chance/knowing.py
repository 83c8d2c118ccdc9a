"""Knowledge and authority: how far those who know a thing are from those who may decide on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MeasureError, nearest
from ..measures._input import as_undirected

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["holders_and_deciders", "knowledge_distance", "steps_from"]

FloatArray = NDArray[np.float64]

NAN = float("nan")
LEVEL = 3.0


def knowledge_distance(
    view: View | nx.Graph,
    capabilities: pd.DataFrame,
    topics: list[str] | None = None,
    *,
    level: float = LEVEL,
    steps: int = 2,
    draws: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Return for each topic how near those who know it are to those who may decide on it (proposed).

    Parameters
    ----------
    view : View or networkx graph
        Direction is dropped.
    capabilities : DataFrame
        ``entity, capability`` and, where known, ``status`` (has, could_have, needs), ``level`` (0 to 5, 3 where blank)
        and ``authority_for``, whether they may decide on it.
    topics : list of str, optional
        Capabilities to look at; all of them by default.
    level : float, default 3
        From which level somebody counts as a holder.
    steps : int, default 2
        How many steps are near.
    draws : int, default 999
        Random sets of as many holders.
    seed : int, default 0

    Returns
    -------
    DataFrame indexed by topic
        ``holders, deciders`` in the view; ``near``: share of holders within `steps` of a decider, ``near_expected`` of
        holders drawn at random, ``near_p``; ``distance``: mean steps to the nearest decider of those who reach one
        (0: they decide themselves); ``unreached``: holders who reach none; ``closeness``: mean of 1/(1 + steps), 0
        for those, ``closeness_expected, closeness_p``. NaN where nobody holds it or nobody decides; the reason stands
        in ``status``.

    Raises
    ------
    MeasureError
        If a column is missing or a topic is not in the table.

    Examples
    --------
    >>> import networkx as nx, pandas as pd
    >>> skills = pd.DataFrame({"entity": ["a", "d", "d"], "capability": "flood", "authority_for": [False, False, True]})
    >>> found = knowledge_distance(nx.path_graph(list("abcd")), skills).loc["flood"]
    >>> int(found["holders"]), float(found["near"]), float(found["distance"])
    (2, 0.5, 1.5)

    Notes
    -----
    near = holders within `steps` of a decider / holders; closeness = mean of 1/(1 + steps to the nearest decider).
    netmap's own construct, without published validation. It knows recorded skills only. Cost O(topics (m + draws k)).

    References
    ----------
    None published; related: Marchiori & Latora 2000 (closeness of those who cannot be reached).
    """
    import pandas as pd

    for column in ("entity", "capability"):
        if column not in capabilities:
            raise MeasureError(f"knowledge_distance needs the column {column}.")
    graph = as_undirected(view)
    frame = capabilities.assign(
        entity=capabilities["entity"].astype(str), capability=capabilities["capability"].astype(str)
    )
    known = sorted(set(frame["capability"]))
    for topic in topics or []:
        if topic not in known:
            close = nearest(topic, known)
            hint = f" Did you mean {' or '.join(close)}?" if close else ""
            raise MeasureError(f"Nobody is recorded for {topic!r}.{hint}")
    place = {str(node): i for i, node in enumerate(graph.ids)}
    holds, decides = _holds(frame, level), _decides(frame)
    rows: dict[str, dict[str, Any]] = {}
    for number, topic in enumerate(topics or known):
        mine = (frame["capability"] == topic).to_numpy()
        holders = sorted({place[e] for e in frame["entity"][mine & holds] if e in place})
        deciders = sorted({place[e] for e in frame["entity"][mine & decides] if e in place})
        rows[topic] = _topic(graph, holders, deciders, steps, draws, np.random.default_rng([seed, 65, number]))
    columns = [
        "holders", "deciders", "near", "near_expected", "near_p", "distance", "unreached", "closeness",
        "closeness_expected", "closeness_p", "status",
    ]  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("topic")


def holders_and_deciders(capabilities: pd.DataFrame, topic: str, level: float = LEVEL) -> tuple[list[str], list[str]]:
    """Return who knows a topic and who may decide on it, each sorted."""
    mine = (capabilities["capability"].astype(str) == topic).to_numpy()
    entity = capabilities["entity"].astype(str)
    holds, decides = _holds(capabilities, level), _decides(capabilities)
    return sorted(set(entity[mine & holds])), sorted(set(entity[mine & decides]))


def _holds(frame: pd.DataFrame, level: float) -> NDArray[np.bool_]:
    import pandas as pd

    has = np.ones(len(frame), dtype=bool)
    if "status" in frame:
        has = frame["status"].fillna("has").astype(str).isin(["has", ""]).to_numpy(dtype=bool)
    if "level" in frame:
        has = has & (pd.to_numeric(frame["level"]).fillna(LEVEL).to_numpy(dtype=float) >= level)
    return has


def _decides(frame: pd.DataFrame) -> NDArray[np.bool_]:
    if "authority_for" not in frame:
        return np.zeros(len(frame), dtype=bool)
    return np.array([word is True or str(word).casefold() in ("true", "yes", "1", "1.0") for word in frame["authority_for"]])


def _topic(
    graph: View, holders: list[int], deciders: list[int], steps: int, draws: int, rng: np.random.Generator
) -> dict[str, Any]:
    out: dict[str, Any] = {"holders": len(holders), "deciders": len(deciders), "unreached": 0, "status": "ok"}
    numbers = ("near", "near_expected", "near_p", "distance", "closeness", "closeness_expected", "closeness_p")
    out |= dict.fromkeys(numbers, NAN)
    if not holders or not deciders:
        who = "knows of it and nobody decides" if not holders and not deciders else "knows of it" if not holders else "decides"
        out["status"] = f"undefined: nobody recorded {who}"
        return out
    away = steps_from(graph, deciders)
    near, close = (away <= steps).astype(float), 1 / (1 + away)
    mine = away[holders]
    reached = np.isfinite(mine)
    out["near"], out["closeness"] = float(near[holders].mean()), float(close[holders].mean())
    out["distance"] = float(mine[reached].mean()) if reached.any() else NAN
    out["unreached"] = int((~reached).sum())
    picks = np.array([rng.permutation(graph.n)[: len(holders)] for _ in range(draws)])
    for name, each in (("near", near), ("closeness", close)):
        middle = float(each.mean())
        null = each[picks].mean(axis=1)
        away_from = abs(out[name] - middle)
        out[f"{name}_expected"] = middle
        out[f"{name}_p"] = float((1 + (np.abs(null - middle) >= away_from - 1e-12).sum()) / (1 + draws))
    return out


def steps_from(graph: View, start: list[int]) -> FloatArray:
    """Steps of every node from the nearest of `start`; infinite where there is no way."""
    csr = graph.csr
    away = np.full(graph.n, np.inf)
    away[start] = 0
    edge, step = np.array(start, dtype=np.int64), 0
    while edge.size:
        step += 1
        reached = np.unique(np.concatenate([csr.indices[csr.indptr[i] : csr.indptr[i + 1]] for i in edge]))
        edge = reached[np.isinf(away[reached])].astype(np.int64)
        away[edge] = step
    return away
