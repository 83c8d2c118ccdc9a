"""Numbers behind F9: ties after a coffee trial, beside those of similar pairs not drawn; and after an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import MeasureError

if TYPE_CHECKING:
    import pandas as pd

    from ..chance.introducing import EventEffect, IntroductionEffect
    from ..chance.redrawn import Redrawn
    from ..network import Network
    from ..study import Study

__all__ = ["Introducing", "Occasion", "Trial", "introducing", "trial_of"]

DRAWS = 999
CONFIDENCE = 0.9
LEVEL = 0.05
# Fewer pairs on either side, or fewer who attended, say nothing.
FEWEST = 5


@dataclass(frozen=True, eq=False)
class Trial:
    """A coffee trial: its effect, how often it stands, and how far its table is the one that was drawn.

    `exact` says that the design is known and draws this table; `changed` counts pairs changed by hand; `useful` is the
    mean usefulness, NaN from fewer than five answers.
    """

    effect: IntroductionEffect
    stands: float
    rounds: int
    people: int
    persons: bool
    exact: bool
    private: bool
    changed: int
    useful: float


@dataclass(frozen=True, eq=False)
class Occasion:
    """An event and the ties that began after it."""

    name: str
    effect: EventEffect


@dataclass(frozen=True, eq=False)
class Introducing:
    """A coffee trial, or where there is none an event; `why` says what is missing where there is neither."""

    trial: Trial | None = None
    event: Occasion | None = None
    why: str = ""


def introducing(study: Study) -> Introducing:
    """Gather the numbers behind F9."""
    found, why = trial_of(study.network, seed=study.settings.seed, how_many=study.how_many)
    if found is not None:
        return Introducing(trial=found)
    return Introducing(event=_event(study), why=why)


def trial_of(
    network: Network, vetoed: tuple[tuple[Any, Any], ...] = (), *, seed: int = 0, how_many: int = 200
) -> tuple[Trial | None, str]:
    """Return the coffee trial in a network's tables; None and the reason where its ties were not asked for alike."""
    from ..chance.redrawn import trial_design

    try:
        design = trial_design(network, vetoed)
        return _told(network, design, seed, how_many) if design is not None else (None, "Nobody was drawn to meet.")
    except MeasureError as wrong:
        return None, str(wrong)


def _told(network: Network, design: Redrawn, seed: int, how_many: int) -> tuple[Trial | None, str]:
    from ..chance.introducing import introduction_effect
    from ..chance.redrawn import same_draw

    table = network.introductions
    own = same_draw(network, design)
    if own is not None:
        drawn = own[0]
        table = table.assign(assigned=[frozenset(p) in drawn for p in zip(table["a"], table["b"], strict=True)])
    effect = introduction_effect(table, design, draws=DRAWS, seed=seed)
    if min(effect.assigned, effect.unassigned) < FEWEST:
        return None, (
            f"Whether they had a tie afterwards is known of {effect.assigned} pairs that were drawn and {effect.unassigned} that "
            f"could have been and were not; {FEWEST} of each are needed. Ask everybody about everybody alike."
        )
    if effect.unassigned_rate == 1 and effect.unknown:
        return None, "Of pairs that were not drawn only those with a tie are recorded: write no in tie_after for the others."
    drawn_rows = table[table["assigned"].fillna(False).astype(bool)]
    members = set(drawn_rows["a"]) | set(drawn_rows["b"])
    useful = drawn_rows["usefulness"].dropna()
    return Trial(
        effect=effect,
        stands=_stands(table, design, effect, seed, how_many),
        rounds=int(drawn_rows["round"].nunique()),
        people=len(members),
        persons=network.nodes_are == "people" or bool(members & set(network.people["person_id"].astype(str))),
        exact=own is not None,
        private=bool(network.rounds["private"].fillna(False).astype(bool).any()),
        changed=own[1] if own is not None else 0,
        useful=float(useful.mean()) if len(useful) >= FEWEST else float("nan"),
    ), ""


def _stands(table: pd.DataFrame, design: Redrawn, effect: IntroductionEffect, seed: int, how_many: int) -> float:
    """Share of sets of ties as they might be in which the effect keeps its sign, where clear, and its side of 5%."""
    from ..chance.introducing import itt, p_of, pair_outcomes

    drawn, tie, _, barred, rule = pair_outcomes(table, design)
    again = rule.assigned(DRAWS, seed)
    inside = ~np.isnan(tie) & ~barred
    tied = tie[inside] > 0
    rng = np.random.default_rng([seed, 9])
    shape = (tied.size, how_many)
    free = max(int((~tied).sum()), 1)
    added = rng.random(shape) < min(1.0, tied.sum() * (1 - CONFIDENCE) / free)
    might = np.where(tied[:, None], rng.random(shape) < CONFIDENCE, added).astype(np.float64)
    differences = itt(drawn[inside], again[:, inside], might, "overlap")[0]
    differences = differences[~np.isnan(differences).any(axis=1)]
    p = p_of(differences)
    clear = effect.p < LEVEL
    same = (p < LEVEL) == clear
    if clear:
        same &= np.sign(differences[0]) == np.sign(effect.effect)
    return float(same.mean())


def _event(study: Study) -> Occasion | None:
    """The latest event that five or more of the nodes attended and that ties with a start can be set against."""
    from ..chance.introducing import event_effect

    network = study.network
    rows = network.memberships
    rows = rows[rows["group_type"] == "event"]
    ties = study.records
    if not len(rows) or network.shape != "ties" or not (ties["start"].astype(str) != "").any():
        return None
    works = dict(zip(network.people["person_id"].astype(str), network.people["organisation"].astype(str), strict=True))
    begins = dict(zip(network.networks["network_id"].astype(str), network.networks["start"].astype(str), strict=True))
    here = set(study.ids)
    events = []
    for group, part in rows.groupby("group", sort=True):
        stated = sorted(s for s in part["start"].astype(str) if s)
        when = stated[0] if stated else begins.get(str(group), "")
        came = {m if m in here else works.get(m, "") for m in part["member"].astype(str)} & here
        if when and len(came) >= FEWEST:
            events.append((when, str(group), came))
    if not events:
        return None
    when, group, came = max(events, key=lambda e: (e[0], e[1]))
    both = ties.rename(columns={"source": "from", "target": "to"}).assign(source=ties["a"].astype(str), target=ties["b"].astype(str))
    effect = event_effect(both, sorted(came), when, list(study.ids), draws=DRAWS, seed=study.settings.seed)
    if effect.p != effect.p:
        return None
    return Occasion(network.group_names().get(group, group), effect)
