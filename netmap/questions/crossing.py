"""F6: whether sectors (or roles) work across their boundaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Chance, Chart, Finding, Locked
from .words import count, listing, percent, perturbed

if TYPE_CHECKING:
    from ..evidence.mixing import Pair
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F6"
QUESTION = "Do sectors and roles work across boundaries?"

LEVEL = 0.05
_MANY = {"sector": "sectors", "type": "types of organisation", "organisation": "organisations", "role_type": "roles"}


def answer(study: Study) -> Finding | Locked:
    """Compare the ties that cross sectors with what sectors dealt out at random would give; name the thinnest pair."""
    if study.network.shape != "ties" or study.view.m == 0:
        return Locked(ID, QUESTION, ("organisation", "partner", "organisation.sector"), "It needs ties and sectors.")
    found = study.mixing
    if found is None:
        needs = "people.organisation" if study.network.nodes_are == "people" else "organisation.sector"
        return Locked(ID, QUESTION, (needs,), "It needs at least two sectors with organisations tied to each other.")
    what = _MANY[found.by or "sector"]
    share, chance = found.crossing / found.ties, found.expected / found.ties
    beyond = found.p < LEVEL
    more = found.crossing > found.expected
    against = f"{percent(chance)} would by chance"
    if beyond:
        verdict = "more than chance" if more else "fewer than chance"
        tail = (
            f"{against}, so {what} work across their boundaries {'more' if more else 'less'} than chance would have it"
        )
    else:
        verdict = "about what chance gives"
        tail = f"{against}, which is no clear difference"
    headline = f"{found.crossing:,} of {count(found.ties, 'tie')} ({percent(share)}) cross {what}; {tail}."
    thin = _thinnest(found.pairs)
    pair_words = ""
    if thin is not None:
        pair_words = (
            f" Fewest relative to chance: {_both(thin)}, {count(thin.observed, 'tie')} where "
            f"about {thin.expected:.0f} would be expected"
            f"{'' if thin.p < LEVEL else ' (which may be chance)'}."
        )
    sure = found.stands
    left_out = study.n_units - found.known
    care = "Small sectors swing."
    if found.merged:
        care += f" Those with fewer than five members ({listing(found.merged)}) are counted together."
    if left_out:
        care += f" {left_out:,} whose sector is not known are left out."
    care += " Crossing more is not better in itself: ask what the ties are for."
    draws = study.replay["loss"].shape[0]
    return Finding(
        ID,
        QUESTION,
        headline + pair_words,
        evidence={
            "ties": found.ties,
            "crossing": found.crossing,
            "share_crossing": share,
            "expected_share": chance,
            "known": found.known,
            "groups": len(found.labels),
        },
        chance=Chance(
            f"{what} dealt out at random among the same places in the network",
            chance,
            found.p,
            4999,
            (found.interval[0] / found.ties, found.interval[1] / found.ties),
        ),
        certainty=study.certainty(sure, beats_null=beyond or None),
        why_certain=f"In {percent(sure)} of {perturbed(study.mean_confidence, draws)} the difference from chance has "
        f"the same sign; by the test it is {verdict}.",
        next_step=f"Find one joint task for {_both(thin)}."
        if thin is not None
        else "Ask which boundary would be worth crossing next, and for what.",
        concerns=f"Those who work in {_both(thin)}" if thin is not None and thin.p < LEVEL else "",
        change=""
        if thin is None
        else f"A first way across: {count(thin.observed, 'tie')} where about {thin.expected:.0f} would be expected.",
        care=care,
        table=tuple(
            {
                "between": p.first,
                "and": p.second,
                "ties": p.observed,
                "expected by chance": f"{p.expected:.1f}",
                "p after correction": f"{p.p:.3f}",
            }
            for p in found.pairs
        ),
        charts=(
            Chart(
                "matrix",
                f"Ties within and between {what}, against chance",
                tuple(
                    {
                        "row": p.first,
                        "column": p.second,
                        "value": p.observed,
                        "expected": p.expected,
                        "p": p.p,
                        "note": "",
                    }
                    for p in found.pairs
                ),
                unit="count",
                caption="Each cell: ties found, and in brackets how many chance would give.",
            ),
        ),
        audience="public",
    )


def _both(pair: Pair) -> str:
    return listing(sorted((pair.first, pair.second)))


def _thinnest(pairs: tuple[Pair, ...]) -> Pair | None:
    """The pair of different sectors with most ties missing against chance, measured in standard counts."""
    short = [p for p in pairs if p.first != p.second and p.observed < p.expected - 1]
    return min(short, key=lambda p: ((p.observed - p.expected) / p.expected**0.5, p.first, p.second)) if short else None
