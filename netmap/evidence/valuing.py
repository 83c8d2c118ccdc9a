"""Numbers behind the page of values: profiles that may be averaged, where networks differ, who stands near and far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from ..measures.raters import Agreement
    from ..measures.similarity import Profiles
    from ..study import Study

__all__ = ["Reference", "Valuing", "valuing"]

GAP_DRAWS = 1999
PAIRS = 12


@dataclass(frozen=True, eq=False)
class Reference:
    """How near each organisation stands to a framework that its items name; `gap` is what `reference_gap` gives."""

    title: str
    gap: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Valuing:
    """Values of the organisations of the view.

    `split` are organisations whose own raters do not agree: they have no profile, since their mean stands for nobody.
    `agreement` is None where no organisation has several raters; `gaps` are between named networks.
    """

    values: pd.DataFrame
    profiles: Profiles
    split: tuple[str, ...]
    agreement: Agreement | None
    gaps: pd.DataFrame
    strangers: pd.DataFrame
    apart: pd.DataFrame
    references: tuple[Reference, ...]

    @cached_property
    def similarity(self) -> NDArray[np.float64]:
        """How alike in level every two organisations are."""
        return self.profiles.similarity()

    @cached_property
    def shape(self) -> NDArray[np.float64]:
        """How alike in shape every two organisations are: what each rates above and below its own mean."""
        return self.profiles.similarity("pearson")


def valuing(study: Study) -> Valuing | None:
    """Gather what is known of the values of organisations, or None where there are none to compare."""
    from ..measures.similarity import profile_matrix
    from ..measures.strangers import aligned_strangers, partners_apart

    network = study.network
    values = network.values
    wave = network.check_wave(study.settings.wave)
    if wave is not None and len(values):
        values = values[values["wave"].isin([wave, ""])]
    values = values[values["entity"].astype(str).isin(set(study.ids))]
    if not len(values) or network.shape != "ties" or network.nodes_are == "people":
        return None
    agreed, split = _agreement(values)
    values = values[~values["entity"].astype(str).isin(split)]
    profiles = profile_matrix(values)
    if len(profiles.entities) < 2 or len(profiles.items) < 1:
        return None
    return Valuing(
        values=values,
        profiles=profiles,
        split=split,
        agreement=agreed,
        gaps=_gaps(study, values, profiles.tags),
        strangers=aligned_strangers(study.view, values, most=PAIRS),
        apart=partners_apart(study.view, values, most=PAIRS),
        references=_references(values, profiles),
    )


def _agreement(values: pd.DataFrame) -> tuple[Agreement | None, tuple[str, ...]]:
    """Agreement inside the organisations with three raters or more, and those whose raters do not agree."""
    from ..measures.raters import agreement

    if not values["rating"].notna().any():
        return None, ()
    found = agreement(values)
    joint = found.entities["r_wg_j"]
    if joint.isna().all():
        return None, ()
    return found, tuple(sorted(map(str, joint.index[joint.notna() & ~found.entities["may_average"]])))


def _gaps(study: Study, values: pd.DataFrame, tags: bool) -> pd.DataFrame:
    import pandas as pd

    from ..chance.gaps import value_gaps

    if tags or study.groups.source != "memberships":
        return pd.DataFrame(columns=["first", "second", "item", "members", "others", "gap", "p", "q"])
    return value_gaps(
        values, study.network.current_memberships(), draws=GAP_DRAWS, seed=study.settings.seed
    )


def _references(values: pd.DataFrame, profiles: Profiles) -> tuple[Reference, ...]:
    """Frameworks of organisations of which at least half of the items, and three, were rated."""
    from ..measures.profiles import reference_gap
    from ..schema import FRAMEWORKS

    if profiles.tags:
        return ()
    out = []
    for framework in FRAMEWORKS.values():
        named = sum(1 for item in profiles.items if framework.item(item))
        if framework.of == "organisations" and named >= max(3, len(framework.items) / 2):
            out.append(Reference(framework.title, reference_gap(values, framework.name)))
    return tuple(out)
