"""The networked councillor's four qualities: as they see themselves and as those around them see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..errors import MeasureError
from ._results import Shown

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["QUALITIES", "CouncillorProfile", "councillor_profile"]

QUALITIES = ("quality_open", "quality_digital", "quality_coproductive", "quality_networked")
FEWEST = 3
_LOW, _HIGH = 1.0, 5.0


@dataclass(frozen=True, repr=False)
class CouncillorProfile(Shown):
    """Private to the person: `qualities` by person and quality, `beside` what else is known, never joined into a score."""

    qualities: pd.DataFrame
    beside: pd.DataFrame


def councillor_profile(
    people: pd.DataFrame, ratings: pd.DataFrame | None = None, view: View | nx.Graph | None = None
) -> CouncillorProfile:
    """Return how each councillor sees their four qualities, and how those around them do.

    Parameters
    ----------
    people : DataFrame
        ``person_id`` and ``quality_open, quality_digital, quality_coproductive, quality_networked`` (1 to 5, as they see
        themselves; any may be missing), and ``authority_level`` where known.
    ratings : DataFrame, optional
        What others say: ``rater, target, item, score``, items named as the columns or as the framework ``councillor`` has
        them. Ratings of oneself are left out.
    view : View or networkx graph, optional
        The network of these people, for harmonic centrality beside it.

    Returns
    -------
    CouncillorProfile
        ``qualities``: indexed by person and quality, ``own, others`` (mean), ``raters, gap`` (own less others) and
        ``r_wg`` (how far the others agree). NaN where one is not known, and of others with fewer than three raters.
        ``beside``: ``harmonic`` and ``authority`` by person.

    Raises
    ------
    MeasureError
        If a column is missing or a rating lies outside 1 to 5.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"person_id": ["c"], "quality_open": [4]})
    >>> said = pd.DataFrame({"rater": list("xyz"), "target": "c", "item": "open", "score": [3, 3, 3]})
    >>> councillor_profile(people, said).qualities.loc[("c", "quality_open")].tolist()
    [4.0, 3.0, 3.0, 1.0, 1.0]

    Notes
    -----
    For the person alone: no ranking, no total, no comparison of people. The four are not a test of anybody. Cost
    O(ratings).

    References
    ----------
    Howe 2013 (The Networked Councillor); James, Demaree & Wolf 1984.
    """
    import pandas as pd

    if "person_id" not in people:
        raise MeasureError("councillor_profile needs the column person_id.")
    frame = people.assign(person_id=people["person_id"].astype(str)).sort_values("person_id", kind="stable")
    said = _said(ratings)
    rows = []
    for person in frame.to_dict("records"):
        for quality in QUALITIES:
            own = _on_scale(person.get(quality), quality)
            scores = np.array(said.get((person["person_id"], quality), []), dtype=float)
            enough = scores.size >= FEWEST
            others = float(scores.mean()) if enough else np.nan
            # Answers at random over five steps have variance 2.
            agreed = float(np.clip(1 - scores.var(ddof=1) / 2, 0, 1)) if enough else np.nan
            rows.append((person["person_id"], quality, own, others, scores.size, own - others, agreed))
    columns = ["person", "quality", "own", "others", "raters", "gap", "r_wg"]
    qualities = pd.DataFrame(rows, columns=columns).set_index(["person", "quality"])
    few = int(((qualities["raters"] > 0) & (qualities["raters"] < FEWEST)).sum())
    if few:
        qualities.attrs["undefined"] = {f"fewer than {FEWEST} raters": few}
    return CouncillorProfile(qualities, _beside(frame, view))


def _said(ratings: pd.DataFrame | None) -> dict[tuple[str, str], list[float]]:
    from ..schema import FRAMEWORKS

    out: dict[tuple[str, str], list[float]] = {}
    if ratings is None:
        return out
    for column in ("rater", "target", "item", "score"):
        if column not in ratings:
            raise MeasureError(f"Ratings of councillors need the column {column}.")
    names = {item.name: quality for item, quality in zip(FRAMEWORKS["councillor"].items, QUALITIES, strict=True)}
    ordered = ratings.assign(rater=ratings["rater"].astype(str), target=ratings["target"].astype(str), item=ratings["item"].astype(str))
    for row in ordered.sort_values(["target", "item", "rater"], kind="stable").to_dict("records"):
        item = FRAMEWORKS["councillor"].item(row["item"])
        score = _on_scale(row["score"], row["item"])
        if item is not None and score == score and row["rater"] != row["target"]:
            out.setdefault((row["target"], names[item.name]), []).append(score)
    return out


def _on_scale(value: object, what: str) -> float:
    if value is None or type(value).__name__ == "NAType" or value != value:
        return float("nan")
    number = float(str(value))
    if not _LOW <= number <= _HIGH:
        raise MeasureError(f"{what} lies between {_LOW:g} and {_HIGH:g}, not {number:g}.")
    return number


def _beside(frame: pd.DataFrame, view: View | nx.Graph | None) -> pd.DataFrame:
    import pandas as pd

    out = pd.DataFrame(index=pd.Index(frame["person_id"], name="person"))
    harmonic = pd.Series(np.nan, index=out.index)
    if view is not None:
        from .distances import harmonic as centrality

        found = centrality(view)
        found.index = found.index.map(str)
        harmonic = found.reindex(out.index)
    out["harmonic"] = harmonic.to_numpy(dtype=float)
    level = frame["authority_level"] if "authority_level" in frame else pd.Series(np.nan, index=frame.index)
    out["authority"] = pd.to_numeric(level).to_numpy(dtype=float, na_value=np.nan)
    return out
