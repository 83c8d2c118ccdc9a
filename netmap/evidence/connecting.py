"""Numbers behind F13: needs that somebody near could meet, with and without the council, and who took part in decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .trusting import rating_rows

if TYPE_CHECKING:
    import pandas as pd

    from ..measures.connecting import ConnectionFirst, DemandSpillover
    from ..study import Study

__all__ = ["Connecting", "Taking", "connecting"]

HALF = 0.5
MOST_WORK = 20_000
COUNCIL = "council"
CITIZENS = ("resident",)
CITIZEN_BODIES = ("citizen_group",)
WAYS = ("long_term", "prevention", "integration", "collaboration", "involvement")


@dataclass(frozen=True)
class Taking:
    """Who took part in decisions: how many decisions, with participants recorded, with citizens, and in the open."""

    decisions: int
    recorded: int
    with_citizens: int
    open: int


@dataclass(frozen=True, eq=False)
class Connecting:
    """`council` are ids of the councils left out for comparison; `ways` counts ties by way of working, where recorded."""

    found: ConnectionFirst | None
    council: tuple[str, ...]
    taking: Taking | None
    spill: DemandSpillover | None
    spill_refused: str
    ways: dict[str, int]
    stands: float
    tested: int


def connecting(study: Study) -> Connecting | None:
    """Gather the numbers behind F13, or None where neither needs nor decisions are recorded."""
    network = study.network
    needs = network.needs
    taking = _taking(study)
    found = None
    council: tuple[str, ...] = ()
    stands, tested = 0.0, 0
    if len(needs) and study.network.shape == "ties":
        council = tuple(i for i, t in zip(study.ids, study.nodes["type"], strict=True) if t == COUNCIL)
        trust = _trust(study)
        found = _of(study, study.view, council, trust)
        stands, tested = _stands(study, found, council, trust)
    if found is None and taking is None:
        return None
    spill, refused = _spill(study)
    return Connecting(found, council, taking, spill, refused, _ways(study), stands, tested)


def _of(study: Study, view: object, council: tuple[str, ...], trust: dict[tuple[str, str], float]) -> ConnectionFirst:
    from ..measures.connecting import connection_first

    network = study.network
    return connection_first(view, network.needs, network.capabilities, trust, council)  # type: ignore[arg-type]


def _trust(study: Study) -> dict[tuple[str, str], float]:
    """Mean trust of each rated pair, one entry a direction."""
    from ..measures.trusting import TRUST_ITEMS, rated_pairs

    rows = rating_rows(study)
    if not len(rows) or study.network.nodes_are == "people":
        return {}
    known = rated_pairs(rows, TRUST_ITEMS)
    known = known[known["score"].notna()]
    return {(a, b): float(s) for a, b, s in zip(known["rater"], known["target"], known["score"], strict=True)}


def _stands(
    study: Study, found: ConnectionFirst, council: tuple[str, ...], trust: dict[tuple[str, str], float]
) -> tuple[float, int]:
    """Share of perturbed networks in which the share is on the same side of one half, whatever is unknown."""
    side = _share(found, "share") > HALF
    draws = study.draws[: max(50, MOST_WORK // max(len(found.needs), 1))]
    holds = []
    for draw in draws:
        here = _of(study, draw.view, council, trust)
        holds.append((_share(here, "share") > HALF) == side and (_share(here, "possible_share") > HALF) == side)
    return (float(np.mean(holds)), len(holds)) if holds else (0.0, 0)


def _share(found: ConnectionFirst, column: str) -> float:
    return float(found.types[column].to_dict()["all"])


def _taking(study: Study) -> Taking | None:
    """How many decisions had citizens among those who took part."""
    network = study.network
    frame = network.decisions
    wave = network.check_wave(study.settings.wave)
    if wave is not None and len(frame):
        frame = frame[frame["wave"].isin([wave, ""])]
    if not len(frame):
        return None
    people, bodies = network.people, network.organisations
    citizens = set(people.loc[people["role_type"].isin(CITIZENS), "person_id"].astype(str))
    citizens |= set(bodies.loc[bodies["type"].isin(CITIZEN_BODIES), "org_id"].astype(str))
    took = [set(map(str, cell)) for cell in frame["participants"]]
    return Taking(
        decisions=len(frame),
        recorded=sum(1 for t in took if t),
        with_citizens=sum(1 for t in took if t & citizens),
        open=int(frame["open"].fillna(False).astype(bool).sum()),
    )


def _spill(study: Study) -> tuple[DemandSpillover | None, str]:
    """What services pass on to each other, where real counts exist; else why not."""
    from ..errors import MeasureError
    from ..measures.connecting import DEMAND, demand_spillover

    frame: pd.DataFrame = study.network.partnerships
    moment = study.network.check_wave(study.settings.wave)
    keep = (frame["kind"] == DEMAND) & ~frame["status"].isin(["planned", "ended"])
    if moment is not None:
        keep &= frame["wave"].isin([moment, ""])
    if not study.confidential:
        keep &= ~frame["confidential"].fillna(False).astype(bool)
    if not keep.any():
        return None, ""
    try:
        return demand_spillover(frame[keep]), ""
    except MeasureError as why:
        return None, str(why)


def _ways(study: Study) -> dict[str, int]:
    """How many ties show each of the five ways of working."""
    seen = [set(cell) for cell in study.records["way_of_working"] if cell]
    return {way: sum(1 for cell in seen if way in cell) for way in WAYS} if seen else {}
