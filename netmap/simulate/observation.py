"""What a survey would have seen of a made-up network: a declared loss, applied on purpose and written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from .draws import stream
from .names import misspelt
from .simulated import Simulated

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["observe"]


def observe(
    simulated: Simulated,
    non_response: float = 0.2,
    fixed_choice: int | None = 5,
    omit: float = 0.1,
    misspell: float = 0.05,
    seed: int = 0,
) -> Simulated:
    """Return what a survey would have recorded of a made-up network.

    Nothing is removed but what the arguments say, in this order, and nothing added but misspelt names.

    Parameters
    ----------
    simulated : Simulated
        The full truth.
    non_response : float, default 0.2
        Share of organisations that did not answer: every tie they report, their values and their capabilities are
        missing, and ``responded`` is no. Ties that others report of them stay, and so do memberships, which come
        from the networks' own lists.
    fixed_choice : int or None, default 5
        "Name up to k": of the current ties each organisation reports in a wave only the k of highest intensity are
        kept, equal ones by lot. None for no limit.
    omit : float, default 0.1
        Share of organisations outside the boundary that was drawn: every row that names them is missing, their
        people too.
    misspell : float, default 0.05
        Share of the remaining reports that name the partner by a misspelt name instead of its id.
    seed : int, default 0

    Returns
    -------
    Simulated
        Tables as observed. `truth` holds the planted facts and what was lost: facts ``not_responding``, ``omitted``,
        ``reports_not_given``, ``reports_beyond_choice``, ``reports_omitted`` and ``misspelt``, question ``data
        health``.

    Raises
    ------
    UsageError
        For a share outside 0..1 or a choice below 1.

    Examples
    --------
    >>> from netmap.simulate import county, observe
    >>> full = county(organisations=30, networks=4, seed=1)
    >>> seen = observe(full, non_response=0.5, fixed_choice=None, omit=0, misspell=0)
    >>> len(seen.tables["partnerships"]) < len(full.tables["partnerships"])
    True
    """
    for name, share in (("non_response", non_response), ("omit", omit), ("misspell", misspell)):
        if not 0 <= share <= 1:
            raise UsageError(f"{name} is a share between 0 and 1, not {share!r}.")
    if fixed_choice is not None and fixed_choice < 1:
        raise UsageError(f"fixed_choice is a whole number from 1 up, or None, not {fixed_choice!r}.")

    import pandas as pd

    rng = stream(seed, "observation")
    tables = {name: frame.copy() for name, frame in simulated.tables.items()}
    ids = tables["organisations"]["org_id"].to_numpy(dtype=object)
    shuffled = rng.permutation(ids)
    silent = set(shuffled[: round(non_response * ids.size)].tolist())
    omitted = set(rng.permutation(ids)[: round(omit * ids.size)].tolist())
    lost: list[tuple[str, str, str, str, str]] = []

    def note(fact: str, subject: str, value: object, meaning: str) -> None:
        lost.append((fact, subject, str(value), "data health", meaning))

    ties = tables["partnerships"]
    keep = ~ties["reported_by"].isin(silent)
    note("reports_not_given", "all waves", int((~keep).sum()), "Reports missing because nobody answered")
    ties = ties[keep]
    for name in ("values", "capabilities"):
        tables[name] = tables[name][~tables[name]["entity"].isin(silent)]
    for name, key in (("organisations", "org_id"), ("responses", "entity")):
        frame = tables[name]
        tables[name] = frame.assign(responded=frame["responded"].where(~frame[key].isin(silent), "no"))

    if fixed_choice is not None:
        chosen = _first_choices(rng, ties, fixed_choice)
        note("reports_beyond_choice", "all waves", int((~chosen).sum()), f"Reports beyond the {fixed_choice} asked for")
        ties = ties[chosen]

    inside = ~(ties["source"].isin(omitted) | ties["target"].isin(omitted))
    note("reports_omitted", "all waves", int((~inside).sum()), "Reports that name an organisation left out")
    ties = ties[inside]
    gone = set(tables["people"]["person_id"][tables["people"]["organisation"].isin(omitted)]) | omitted
    for name, key in (
        ("organisations", "org_id"), ("people", "organisation"), ("memberships", "member"), ("values", "entity"),
        ("capabilities", "entity"), ("responses", "entity"),
    ):  # fmt: skip
        tables[name] = tables[name][~tables[name][key].isin(gone)]
    nets = tables["networks"]
    tables["networks"] = nets.assign(lead=nets["lead"].where(~nets["lead"].isin(omitted), ""))

    ties, slips = _misspell(rng, ties, simulated.tables["organisations"], misspell)
    for wrong, right in slips:
        note("misspelt", wrong, right, "A name that was written wrong, and whose it is")
    for org in sorted(silent - omitted):
        note("not_responding", org, "no answer", "Did not answer")
    for org in sorted(omitted):
        note("omitted", org, "left out", "Outside the boundary")
    tables["partnerships"] = ties
    truth = pd.concat(
        [simulated.truth, pd.DataFrame(lost, columns=simulated.truth.columns, dtype=object)], ignore_index=True
    )
    settings: Mapping[str, Any] = {
        **simulated.settings,
        "observed": {
            "non_response": non_response, "fixed_choice": fixed_choice, "omit": omit, "misspell": misspell,
            "seed": seed,
        },
    }  # fmt: skip
    return Simulated({name: frame.reset_index(drop=True) for name, frame in tables.items()}, truth, settings)


def _first_choices(rng: np.random.Generator, ties: pd.DataFrame, k: int) -> NDArray[np.bool_]:
    """Return which rows are among the first `k` current ties of their reporter in their wave."""
    current = (ties["status"] == "active").to_numpy() & ties["intensity"].notna().to_numpy()
    level = ties["intensity"].fillna(0).to_numpy(dtype=np.int64)
    teller = ties["reported_by"].astype("category").cat.codes.to_numpy(dtype=np.int64)
    wave = ties["wave"].astype("category").cat.codes.to_numpy(dtype=np.int64)
    who = np.where(current, teller * (int(wave.max(initial=0)) + 1) + wave, -1)
    order = np.lexsort((rng.random(who.size), -level, who))
    begin = np.searchsorted(who[order], who[order])
    keep = np.ones(who.size, dtype=bool)
    keep[order] = (np.arange(who.size) - begin < k) | (who[order] < 0)
    return keep


def _misspell(
    rng: np.random.Generator, ties: pd.DataFrame, organisations: pd.DataFrame, share: float
) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """Replace the partner's id by a misspelt name in a share of the rows."""
    rows = np.sort(rng.permutation(len(ties))[: round(share * len(ties))])
    called = dict(zip(organisations["org_id"], organisations["name"], strict=True))
    taken = set(called) | set(called.values())
    source, target = ties["source"].to_numpy(dtype=object).copy(), ties["target"].to_numpy(dtype=object).copy()
    teller = ties["reported_by"].to_numpy(dtype=object)
    slips: dict[str, str] = {}
    for row, draw in zip(rows.tolist(), rng.random(rows.size).tolist(), strict=True):
        end = target if teller[row] == source[row] else source
        right = str(end[row])
        wrong = misspelt(called[right], draw, taken)
        slips[wrong] = right
        end[row] = wrong
    return ties.assign(source=source, target=target), sorted(slips.items())
