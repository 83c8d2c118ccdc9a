"""People as pseudonyms: where they work, what they may decide, and what they agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .draws import pick
from .names import people_names
from .organisations import SECTORS, Cast, numbered, text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CONSENT", "people_of"]

CONSENT = (("none", 0.25), ("aggregate", 0.3), ("pseudonym", 0.3), ("named", 0.15))
_ROLES = ("officer", "staff", "chief_executive", "councillor", "governor", "volunteer", "resident")
_PUBLIC = (0.4, 0.25, 0.1, 0.15, 0.1, 0.0, 0.0)
_OTHER = (0.2, 0.4, 0.15, 0.0, 0.0, 0.25, 0.0)
_AUTHORITY = np.array([3, 1, 4, 4, 4, 1, 0])


def people_of(
    rng: np.random.Generator, cast: Cast, count: int, member: NDArray[np.int64], network: NDArray[np.int64]
) -> tuple[pd.DataFrame, NDArray[np.int64], NDArray[np.int64]]:
    """Draw `count` people, and for half of those who can the one network of their organisation they sit in.

    Returns the table ``people`` and, per seat, which person and which network. A name is written only where the
    person agreed to be named. Nobody sits in two networks.
    """
    import pandas as pd

    n = cast.ids.size
    works = pick(rng, cast.activity, count)
    official = cast.kind[works] == SECTORS.index("public")
    role = np.where(official, pick(rng, _PUBLIC, count), pick(rng, _OTHER, count))
    role[cast.kind[works] == SECTORS.index("citizens")] = _ROLES.index("resident")
    authority = np.clip(_AUTHORITY[role] + (rng.random(count) < 0.3), 0, 5)
    consent = pick(rng, [share for _, share in CONSENT], count)
    agreed = consent == 3
    names = np.where(agreed, np.array([*people_names(rng, count), ""], dtype=object)[:-1], "")
    quality = np.clip(np.rint(3.2 + rng.standard_normal((count, 4))), 1, 5).astype(np.int64)
    frame = pd.DataFrame(
        {
            "person_id": numbered("p", count),
            "name": names,
            "organisation": cast.ids[works],
            "role_type": text(role, _ROLES),
            "authority_level": authority.astype(np.int64),
            "elected": text((role == 3).astype(np.int64), ("no", "yes")),
            "seniority": np.clip(2 * authority + (rng.random(count) < 0.5), 1, 9).astype(np.int64),
            "load_hours": np.rint(8 + rng.gamma(2.0, 8.0, count)).astype(np.int64),
            "quality_open": quality[:, 0],
            "quality_digital": quality[:, 1],
            "quality_coproductive": quality[:, 2],
            "quality_networked": quality[:, 3],
            "consent": text(consent, [word for word, _ in CONSENT]),
            "responded": "yes",
        }
    )
    order = np.argsort(member, kind="stable")
    begin = np.searchsorted(member[order], np.arange(n + 1))
    has = np.flatnonzero((begin[works + 1] > begin[works]) & (rng.random(count) < 0.5))
    width = begin[works[has] + 1] - begin[works[has]]
    seat = network[order][begin[works[has]] + (rng.random(has.size) * width).astype(np.int64)]
    return frame, has, seat
