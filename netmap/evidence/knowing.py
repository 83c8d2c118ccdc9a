"""Numbers behind F11: for each topic how near those who know are to those who decide, and the smallest table for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from ..measures.coalition import Cover
    from ..study import Study

__all__ = ["Knowing", "Topic", "knowing"]

DRAWS = 999
STEPS = 2
LEVEL = 3.0


@dataclass(frozen=True)
class Topic:
    """One topic: holders, deciders, share of holders near a decider with its chance, and with those who only could."""

    name: str
    holders: int
    deciders: int
    near: float
    expected: float
    p: float
    with_could: float


@dataclass(frozen=True, eq=False)
class Knowing:
    """Topics that somebody knows and somebody decides, furthest apart first; `silent` are those nobody is recorded for."""

    topics: tuple[Topic, ...]
    silent: tuple[str, ...]
    table: Cover
    draws: int
    stands: float


def knowing(study: Study) -> Knowing | None:
    """Gather the numbers behind F11, or None where nobody is recorded who knows, or who decides."""
    from ..chance.fdr import benjamini_hochberg
    from ..chance.knowing import knowledge_distance
    from ..measures.coalition import smallest_cover

    frame = study.network.capabilities
    frame = frame[frame["entity"].astype(str).isin(set(study.ids))]
    if not len(frame) or study.network.shape != "ties" or not frame["authority_for"].fillna(False).astype(bool).any():
        return None
    seed = study.settings.seed
    found = knowledge_distance(study.view, frame, level=LEVEL, steps=STEPS, draws=DRAWS, seed=seed)
    both = found[found["status"] == "ok"]
    if not len(both):
        return None
    could = frame.assign(status=frame["status"].replace("could_have", "has"))
    wide = knowledge_distance(study.view, could, level=LEVEL, steps=STEPS, draws=1, seed=seed)["near"]
    adjusted = benjamini_hochberg(both["near_p"].to_numpy(dtype=float))
    rows = both.assign(topic=both.index.astype(str), q=adjusted, wide=wide.reindex(both.index)).to_dict("records")
    topics = [
        Topic(
            str(row["topic"]), int(row["holders"]), int(row["deciders"]), float(row["near"]),
            float(row["near_expected"]), float(row["q"]), float(row["wide"]),
        )
        for row in rows
    ]  # fmt: skip
    topics.sort(key=lambda t: (t.near, -t.holders, t.name))
    return Knowing(
        topics=tuple(topics),
        silent=tuple(str(t) for t in found.index[found["status"] != "ok"]),
        table=smallest_cover(_places(frame, [t.name for t in topics])),
        draws=DRAWS,
        stands=_stands(study, frame, topics[0]),
    )


def _places(frame: pd.DataFrame, topics: list[str]) -> pd.DataFrame:
    """What must sit at the table: for each topic somebody who knows it and somebody who decides on it."""
    import pandas as pd

    from ..chance.knowing import holders_and_deciders

    rows = []
    for topic in topics:
        knows, decides = holders_and_deciders(frame, topic, LEVEL)
        rows += [(e, f"{topic}: knows") for e in knows] + [(e, f"{topic}: decides") for e in decides]
    return pd.DataFrame(rows, columns=["entity", "capability"])


def _stands(study: Study, frame: pd.DataFrame, topic: Topic) -> float:
    """Share of perturbed networks in which the share near stays on its side of one half, with those who could or not."""
    from ..chance.knowing import holders_and_deciders, steps_from

    place = {node: i for i, node in enumerate(study.ids)}
    could = frame.assign(status=frame["status"].replace("could_have", "has"))
    sets = [[place[e] for e in holders_and_deciders(f, topic.name, LEVEL)[0]] for f in (frame, could)]
    deciders = [place[e] for e in holders_and_deciders(frame, topic.name, LEVEL)[1]]
    side = topic.near > 0.5
    holds = 0
    drawn = study.drawn_ties
    for source, target in drawn:
        away = steps_from(study.view.with_ties(source, target), deciders)
        near: NDArray[np.bool_] = away <= STEPS
        holds += all((float(near[mine].mean()) > 0.5) == side for mine in sets)
    return holds / len(drawn) if drawn else 0.0
