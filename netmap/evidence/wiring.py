"""Numbers behind the page of accountability: which items hold, by kind, how close ties are, and what goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..facts import HARD_WIRED
from .trusting import FEWEST, rating_rows

if TYPE_CHECKING:
    import pandas as pd

    from ..chance.quadrants import QuadrantTest
    from ..chance.transitions import LadderMoves, TimeToHardwired
    from ..study import Study

__all__ = ["Wiring", "wiring"]

DRAWS = 1999
LEARNING = "learning"


@dataclass(frozen=True, eq=False)
class Wiring:
    """What is known of accountability and intensity.

    `items` has ``yes, no, unknown`` for each accountability item, over the reports of ties; `kinds` has ``ties, hard,
    unknown`` by kind. `supported` is as `supported_opportunity` gives it, `ladder` as `ladder` does. `action` follows
    ties of the kind `action_by` (all of them for ""); `level` is by tie
    of the view, `hard_ties` and `optional_ties` by node.
    """

    items: pd.DataFrame
    kinds: pd.DataFrame
    supported: pd.DataFrame
    ladder: pd.DataFrame | None
    level: NDArray[np.float64]
    hard_ties: NDArray[np.float64]
    optional_ties: NDArray[np.float64]
    without: tuple[str, ...]
    tests: dict[str, QuadrantTest]
    action: TimeToHardwired | None
    action_by: str
    moves: LadderMoves | None

    @property
    def known(self) -> bool:
        """Whether the accountability of any tie is known."""
        return bool((self.kinds["ties"] > self.kinds["unknown"]).any())


def wiring(study: Study) -> Wiring | None:
    """Gather what is known of accountability and intensity, or None where nothing is."""
    from ..measures.accountability import supported_opportunity
    from ..measures.intensity import ladder

    if study.network.shape != "ties" or not len(study.kinds):
        return None
    records, kinds = study.records, study.kinds
    levels = _levels(records)
    if kinds["hardwired"].isna().all() and np.isnan(levels).all():
        return None
    index = kinds["hardwired"].to_numpy(dtype=float)
    chosen = (kinds["mandate"] == "voluntary").to_numpy()
    a, b = study.place(kinds["a"]), study.place(kinds["b"])
    hard, optional = index >= HARD_WIRED, chosen & (index < HARD_WIRED)
    n = study.view.n
    held = np.bincount(np.append(a[hard], b[hard]), minlength=n)
    return Wiring(
        items=_items(records),
        kinds=_kinds(kinds),
        supported=supported_opportunity(kinds),
        ladder=ladder(records.assign(intensity=levels, intensity_scale="netmap")) if not np.isnan(levels).all() else None,
        level=_by_tie(study, records, levels),
        hard_ties=held.astype(np.float64),
        optional_ties=np.bincount(np.append(a[optional], b[optional]), minlength=n).astype(np.float64),
        without=tuple(i for i, h, u in zip(study.ids, held, study.units, strict=True) if u and not h),
        tests=_tests(study, levels),
        **_over_time(study),
    )


def _over_time(study: Study) -> dict[str, Any]:
    """How ties moved between waves, and how often learning (or any) ties became hard-wired, by where they came from."""
    from ..chance.transitions import ladder_transitions, time_to_hardwired
    from ..errors import MeasureError

    nothing: dict[str, Any] = {"action": None, "action_by": "", "moves": None}
    if len(study.network.waves) < 2 or study.settings.wave not in (None, study.network.waves[-1]):
        return nothing
    rows = study.network.partnerships
    rows = rows[rows["kind"].isin(study.network.check_kinds(study.settings.kinds))]
    if not study.confidential:
        rows = rows[~rows["confidential"].fillna(False).astype(bool)]
    learning = [LEARNING] if (rows["kind"] == LEARNING).any() else None
    known = (rows["origin"] != "") & (rows["origin"] != "unknown")
    by = "origin" if known.any() else "kind" if learning is None else None
    try:
        action = time_to_hardwired(rows, learning, by)
    except MeasureError:
        return nothing
    try:
        moves = ladder_transitions(rows[~rows["status"].isin(["planned", "ended"])]) if rows["intensity"].notna().any() else None
    except MeasureError:
        moves = None
    watched = action.summary.to_dict("index")["all"]["ties"] > 0
    return {"action": action if watched else None, "action_by": LEARNING if learning else "", "moves": moves}


def _levels(records: pd.DataFrame) -> NDArray[np.float64]:
    """Level of each report on the ladder; reports that cannot be placed have none."""
    from ..errors import MeasureError
    from ..measures.intensity import intensity_level

    try:
        return np.asarray(intensity_level(records), dtype=np.float64)
    except MeasureError:
        return np.full(len(records), np.nan)


def _items(records: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    from ..measures.accountability import HW_ITEMS, accountability_answers

    rows = {}
    for item in HW_ITEMS:
        told = accountability_answers(records[item], item) if item in records else np.full(len(records), np.nan)
        rows[item] = [int((told == 1).sum()), int((told == 0).sum()), int(np.isnan(told).sum())]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["yes", "no", "unknown"])


def _kinds(kinds: pd.DataFrame) -> pd.DataFrame:
    frame = kinds.assign(hard=kinds["hardwired"] >= HARD_WIRED, unknown=kinds["hardwired"].isna(), ties=1)
    return frame.groupby("kind", sort=True)[["ties", "hard", "unknown"]].sum()


def _by_tie(study: Study, records: pd.DataFrame, levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Level of each tie of the view: the median of its reports of a kind, the highest of its kinds."""
    out = np.full(study.view.m, np.nan)
    frame = records[["a", "b", "kind"]].astype(str).assign(level=levels)
    frame = frame[frame["level"].notna() & (frame["a"] != frame["b"])]
    if len(frame):
        by_kind = frame.groupby(["a", "b", "kind"], sort=True)["level"].median().reset_index()
        best = by_kind.groupby(["a", "b"], sort=True)["level"].max().reset_index()
        out[study.tie_of(study.place(best["a"]), study.place(best["b"]))] = best["level"]
    return out


def _tests(study: Study, levels: NDArray[np.float64]) -> dict[str, QuadrantTest]:
    """What the quadrants are rated, for each of trust, value and intensity that the data hold."""
    from ..chance.quadrants import quadrant_test
    from ..measures.accountability import pair_accountability
    from ..measures.trusting import VALUE_ITEMS

    if study.network.nodes_are == "people":
        return {}
    wired = pair_accountability(study.records)
    if wired["hardwired"].isna().all() or (wired["mandate"] == "unknown").all():
        return {}
    rows = {
        "trust": rating_rows(study),
        "value": rating_rows(study, VALUE_ITEMS),
        "intensity": study.records.assign(intensity=levels, intensity_scale="netmap"),
    }
    fewest, seed = FEWEST[study.settings.audience], study.settings.seed
    out = {}
    for of, frame in rows.items():
        if not len(frame) or (of == "intensity" and np.isnan(levels).all()):
            continue
        found = quadrant_test(frame, of, accountability=wired, raters=fewest, draws=DRAWS, seed=seed)
        if len(found.cells):
            out[of] = found
    return out
