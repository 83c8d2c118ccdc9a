"""Numbers behind F10: how far nominations for leadership are spread, and whether the most named hold office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from ..chance.leading import Leadership
    from ..study import Study
    from ..view import View

__all__ = ["Leading", "leading"]

DRAWS = 4999
CONFIDENCE = 0.9
FEWEST = 5
WITHIN = 0.2
_STEMS = ("leader", "nomin")


@dataclass(frozen=True, eq=False)
class Leading:
    """`office` says what counts as holding office; `sectors` whether sectors of those named are known."""

    found: Leadership
    office: str
    nominators: int
    named: int
    most: int
    stands: float
    same_holders: float


def leading(study: Study) -> Leading | None:
    """Gather the numbers behind F10, or None where fewer than five name anybody."""
    from ..chance.leading import leadership_vs_authority

    network = study.network
    if network.shape != "ties":
        return None
    kinds = [k for k in network.kinds if any(w.startswith(_STEMS) for w in k.casefold().replace("_", " ").split())]
    if not kinds:
        return None
    view = network.view(kinds, study.settings.wave, directed=True, weight=None, confidential=study.confidential)
    if np.unique(view.source).size < FEWEST:
        return None
    authority, formal, office = _office(study)
    sector = dict(zip(study.nodes["id"].astype(str), study.nodes["sector"].astype(str), strict=True))
    found = leadership_vs_authority(
        view, authority, sector if network.nodes_are != "people" else None, formal=formal, draws=DRAWS,
        seed=study.settings.seed,
    )  # fmt: skip
    got = np.bincount(view.target, minlength=view.n)
    stands, same = _stands(study, view, found)
    return Leading(
        found, office, int(np.unique(view.source).size), int((got > 0).sum()), int(got.max(initial=0)), stands, same
    )


def _office(study: Study) -> tuple[dict[Any, float] | None, float, str]:
    """Authority of each node, from where it counts as office, and what that is called."""
    import pandas as pd

    frame = study.nodes
    ids = frame["id"].astype(str)
    if study.network.nodes_are != "people":
        if "statutory" in frame and frame["statutory"].notna().any():
            known = frame["statutory"].map({True: 1.0, False: 0.0})
            return dict(zip(ids, known, strict=True)), 1.0, "are required by law"
        return None, 1.0, ""
    for column, formal, words in (
        ("authority_level", 3.0, "hold a post with authority of 3 or more"),
        ("seniority", 6.0, "hold a post of seniority 6 or more"),
    ):
        if column in frame and frame[column].notna().any():
            return dict(zip(ids, pd.to_numeric(frame[column]), strict=True)), formal, words
    return None, 3.0, ""


def _stands(study: Study, view: View, found: Leadership) -> tuple[float, float]:
    """Share of perturbed nominations that keep the sign against chance, and keep the effective number within a fifth."""
    from ..chance.perturbation import perturb
    from ..measures.distribution import effective_number

    how_many = study.how_many
    sign = np.sign(found.holders - found.holders_expected)
    rng = np.random.default_rng([study.settings.seed, 10])
    both, close = 0, 0
    for draw in perturb(view, confidence=CONFIDENCE, draws=how_many, seed=study.settings.seed):
        target = np.append(view.target[draw.kept], draw.added[:, 1])
        if not target.size:
            continue
        holders = effective_number(np.bincount(target, minlength=view.n).astype(float))
        random = rng.multinomial(target.size, np.full(view.n, 1 / view.n), size=40)
        expected = float(np.mean([effective_number(row.astype(float)) for row in random]))
        near = abs(holders - found.holders) <= WITHIN * found.holders
        close += near
        both += near and np.sign(holders - expected) == sign
    return both / how_many, close / how_many
