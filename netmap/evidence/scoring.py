"""Numbers behind the page of trust: scores received, by age and between waves, under rules for small numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .trusting import FEWEST, rating_rows

if TYPE_CHECKING:
    import pandas as pd

    from ..chance.trust_waves import TrustBetweenWaves
    from ..measures.trusting import Scores
    from ..study import Study

__all__ = ["Band", "Scoring", "scoring"]

DRAWS = 1999
EDGES = (0.0, 2.0, 5.0, 10.0, 20.0)


@dataclass(frozen=True)
class Band:
    """Ratings of ties of one range of years: how many by how many, and their mean."""

    label: str
    ratings: int
    raters: int
    mean: float


@dataclass(frozen=True, eq=False)
class Scoring:
    """Scores under the rule for small numbers of the audience; single ratings do not leave this module.

    `spread` is the share of ratings at each whole level, by item. `each_tie` (in the order of the view) is the mean of
    both ends where both rated, known to research alone: None for everybody else.
    """

    fewest: int
    trust: Scores | None
    value: Scores | None
    spread: dict[str, list[float]]
    bands: tuple[Band, ...]
    waves: TrustBetweenWaves | None
    networks: tuple[tuple[str, int, int, float], ...]
    each_tie: NDArray[np.float64] | None

    def received(self, of: str, ids: tuple[str, ...]) -> pd.DataFrame | None:
        """Return ``score, low, high, raters`` of the trust or the value each node gets; None without ratings."""
        scores = self.trust if of == "trust" else self.value
        if scores is None:
            return None
        frame: pd.DataFrame = scores.received[["score", "low", "high", "raters"]].reindex(list(ids))
        # How many rated a body that may not be scored would say who did not.
        return frame.assign(raters=frame["raters"].where(frame["score"].notna()))


def scoring(study: Study) -> Scoring | None:
    """Gather scores of trust and value, or None where too few rated anything for it to be shown."""
    from ..measures.trusting import TRUST_ITEMS, VALUE_ITEMS, rated_pairs, trust, value_score

    if study.network.nodes_are == "people" or study.network.shape != "ties":
        return None
    fewest, seed = FEWEST[study.settings.audience], study.settings.seed
    rows, valued = rating_rows(study), rating_rows(study, VALUE_ITEMS)
    trusted = trust(rows, raters=fewest, seed=seed) if len(rows) else None
    worth = value_score(valued, raters=fewest, seed=seed) if len(valued) else None
    trusted = trusted if trusted is not None and trusted.raters >= fewest else None
    worth = worth if worth is not None and worth.raters >= fewest else None
    if trusted is None and worth is None:
        return None
    ratings = rated_pairs(rows, TRUST_ITEMS)
    known = ratings[ratings["score"].notna()].reset_index(drop=True)
    return Scoring(
        fewest=fewest,
        trust=trusted,
        value=worth,
        spread=_spread(ratings, TRUST_ITEMS, fewest) if trusted is not None else {},
        bands=_bands(study, rows, known, fewest) if trusted is not None else (),
        waves=_waves(study) if trusted is not None else None,
        networks=_networks(study, known, fewest) if trusted is not None else (),
        each_tie=_ties(study, known) if study.settings.audience == "research" else None,
    )


def _spread(ratings: pd.DataFrame, items: tuple[str, ...], fewest: int) -> dict[str, list[float]]:
    out = {}
    for item in items:
        given = ratings[ratings[item].notna()]
        if given["rater"].nunique() >= fewest:
            level = np.clip(np.rint(given[item].to_numpy(dtype=float)), 1, 4).astype(int)
            out[item] = (np.bincount(level, minlength=5)[1:] / level.size).tolist()
    return out


def _bands(study: Study, rows: pd.DataFrame, known: pd.DataFrame, fewest: int) -> tuple[Band, ...]:
    from ..chance.trust_age import tie_ages, year_of

    moment = study.network.check_wave(study.settings.wave)
    now = year_of(moment) if moment is not None else float("nan")
    if np.isnan(now) or not len(known):
        return ()
    years = tie_ages(rows, known, now)
    out = []
    for low, high in zip(EDGES, (*EDGES[1:], np.inf), strict=True):
        here = known[(years >= low) & (years < high)]
        raters = int(here["rater"].nunique())
        if raters >= fewest:
            label = f"{low:.0f} to under {high:.0f} years" if low else f"under {high:.0f} years"
            label = f"{low:.0f} years or more" if np.isinf(high) else label
            out.append(Band(label, len(here), raters, float(here["score"].mean())))
    return tuple(out) if len(out) > 1 else ()


def _waves(study: Study) -> TrustBetweenWaves | None:
    from ..chance.trust_waves import trust_between_waves
    from ..errors import MeasureError

    if len(study.network.waves) < 2 or study.settings.wave not in (None, study.network.waves[-1]):
        return None
    try:
        found = trust_between_waves(rating_rows(study, every_wave=True), draws=DRAWS, seed=study.settings.seed)
    except MeasureError:
        return None
    return None if found.why else found


def _networks(study: Study, known: pd.DataFrame, fewest: int) -> tuple[tuple[str, int, int, float], ...]:
    """Name, ratings, raters and mean of the ratings among the members of each named network."""
    groups = study.groups
    if groups.source != "memberships" or not groups.on_nodes:
        return ()
    member = groups.incidence.toarray() > 0
    place = {node: i for i, node in enumerate(groups.members)}
    ends = [np.array([place.get(i, -1) for i in known[end]], dtype=np.int64) for end in ("rater", "target")]
    there = (ends[0] >= 0) & (ends[1] >= 0)
    score, rater = known["score"].to_numpy(dtype=float), known["rater"].to_numpy(dtype=object)
    out = []
    for j, name in enumerate(groups.names):
        inside = there & member[ends[0], j] & member[ends[1], j]
        raters = len(set(rater[inside]))
        if raters >= fewest:
            out.append((name, int(inside.sum()), raters, float(score[inside].mean())))
    return tuple(sorted(out))


def _ties(study: Study, known: pd.DataFrame) -> NDArray[np.float64]:
    view = study.view
    place = {node: i for i, node in enumerate(study.ids)}
    score = {
        (place[a], place[b]): s
        for a, b, s in zip(known["rater"], known["target"], known["score"], strict=True)
        if a in place and b in place
    }
    nan = float("nan")
    return np.array(
        [(score.get((a, b), nan) + score.get((b, a), nan)) / 2 for a, b in zip(view.source.tolist(), view.target.tolist(), strict=True)]
    )
