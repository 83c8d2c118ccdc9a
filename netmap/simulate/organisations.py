"""The organisations themselves: type, sector, place, size, and names that plainly belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .draws import pick, stream
from .names import organisation_names, place_names

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SECTORS", "Cast", "cast", "numbered", "text"]

SECTORS = ("private", "public", "voluntary", "social_enterprise", "citizens")
_TYPES = (
    ("council", "public", 0.10, 400),
    ("school", "public", 0.13, 45),
    ("trust_school", "public", 0.04, 60),
    ("health", "public", 0.08, 250),
    ("police_fire", "public", 0.04, 300),
    ("government", "public", 0.02, 500),
    ("regulator", "public", 0.01, 80),
    ("university", "public", 0.02, 500),
    ("voluntary", "voluntary", 0.24, 6),
    ("social_enterprise", "social_enterprise", 0.09, 9),
    ("cooperative", "social_enterprise", 0.05, 10),
    ("private", "private", 0.13, 25),
    ("citizen_group", "citizens", 0.05, 0),
)


@dataclass(frozen=True, eq=False)
class Cast:
    """Who takes part.

    Attributes
    ----------
    ids : ndarray of str (object)
        ``o001`` and so on.
    kind : ndarray of int
        Sector, a position in `SECTORS`.
    activity : ndarray of float
        How readily each makes ties.
    fit : ndarray of bool
        Whether it may be planted as a bridge or cutpoint: published, and not a citizens' group.
    frame : DataFrame
        The table ``organisations``.
    places : list of str
    """

    ids: NDArray[Any]
    kind: NDArray[np.int64]
    activity: NDArray[np.float64]
    fit: NDArray[np.bool_]
    frame: pd.DataFrame
    places: list[str]


def numbered(letter: str, count: int) -> NDArray[Any]:
    """Return `count` ids of equal length: the letter and a number.

    Examples
    --------
    >>> numbered("o", 2).tolist()
    ['o001', 'o002']
    """
    width = max(3, len(str(count)))
    return np.array([f"{letter}{i:0{width}d}" for i in range(1, count + 1)], dtype=object)


def text(choice: NDArray[Any], words: tuple[str, ...] | list[str]) -> NDArray[Any]:
    """Return the word of each position in `choice` as an array of text."""
    found: NDArray[Any] = np.array(words, dtype=object)[choice]
    return found


def cast(seed: int, n: int) -> Cast:
    """Draw `n` organisations. About two in five are public; one citizens' group in four asks not to be published."""
    import pandas as pd

    rng = stream(seed, "organisations")
    order = pick(rng, [t[2] for t in _TYPES], n)
    # Every sector is there from 20 organisations up.
    order[: len(SECTORS)] = [0, 8, 9, 11, 12]
    order = order[rng.permutation(n)]
    kind = np.array([SECTORS.index(t[1]) for t in _TYPES])[order]
    typical = np.array([t[3] for t in _TYPES], dtype=np.float64)[order]
    size = np.rint(typical * np.exp(0.7 * rng.standard_normal(n)))
    income = np.rint(size * 38 * np.exp(0.3 * rng.standard_normal(n))) * 1000
    activity = np.exp(0.5 * rng.standard_normal(n)) * np.where(order == 0, 1.8, 1.0)

    places = place_names(stream(seed, "names"), max(4, min(2000, n // 6)))
    where = pick(rng, 1 / np.sqrt(np.arange(1, len(places) + 1)), n)
    # The county lies in the sea, so that no map can show it on top of a real town.
    centre = np.column_stack([52.1 + 0.5 * rng.random(len(places)), -5.6 + 0.6 * rng.random(len(places))])
    spot = np.round(centre[where] + 0.01 * rng.standard_normal((n, 2)), 4)
    citizens = kind == SECTORS.index("citizens")
    hidden = citizens & (rng.random(n) < 0.25)
    types = text(order, [t[0] for t in _TYPES])
    ids = numbered("o", n)
    frame = pd.DataFrame(
        {
            "org_id": ids,
            "name": organisation_names(stream(seed, "names"), types.tolist(), places, where),
            "type": types,
            "sector": text(kind, SECTORS),
            "place": text(where, places),
            "lat": spot[:, 0],
            "lon": spot[:, 1],
            "size_fte": pd.array(np.where(citizens, -1, size).astype(np.int64), dtype="Int64"),
            "income_gbp": pd.array(np.where(citizens, -1, income).astype(np.int64), dtype="Int64"),
            "statutory": text(np.isin(order, [0, 3, 4, 5, 6]).astype(np.int64), ("no", "yes")),
            "status": "active",
            "on_roster": "yes",
            "responded": "yes",
            "publish": text(hidden.astype(np.int64), ("yes", "no")),
        }
    )
    frame.loc[citizens, ["size_fte", "income_gbp"]] = pd.NA
    return Cast(ids, kind, activity, ~citizens, frame, places)
