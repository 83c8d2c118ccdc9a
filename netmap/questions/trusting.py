"""F3: whether trust is growing, and whether it is mutual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Chance, Chart, Finding, Locked
from .words import count, number, percent, perturbed, plural

if TYPE_CHECKING:
    from ..evidence.trusting import Trusting
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F3"
QUESTION = "Is trust growing, and is it mutual?"

LEVEL = 0.05
FEW = {"public": 5}
ITEMS = {"reliability": "reliability", "mission": "wanting the same", "openness": "openness"}
_NEEDS = ("trust_reliability", "trust_mission", "trust_openness")


def answer(study: Study) -> Finding | Locked:
    """Say how far partners trust each other, whether older ties are trusted more, and where the two ends differ."""
    if study.network.nodes_are == "people":
        why = "Trust between people is personal: netmap looks at the trust of organisations only."
        return Locked(ID, QUESTION, ("trust ratings of organisations",), why)
    found = study.trusting if study.network.shape == "ties" else None
    if found is None:
        least = FEW.get(study.settings.audience, 3)
        why = f"It needs ratings from 1 to 4 on two of these three, by at least {least} organisations."
        return Locked(ID, QUESTION, _NEEDS, why)
    word = study.word
    headline = (
        f"Median trust is {number(found.median, 1)} of 4, from {count(found.ratings, 'rating')} by "
        f"{count(found.raters, *word)}.{_growing(found)}{_between_waves(study)}{_mutual(found)}"
    )
    age = found.age
    beyond = None if age is None else age.p < LEVEL
    draws = len(study.draws)
    sure = found.stands
    # Without ages nothing is set against chance.
    certainty = study.certainty(sure, beats_null=beyond or None, has_null=age is not None)
    holds = "the median stays within half a point"
    if beyond:
        holds = f"older ties stay on the same side of younger ones and {holds}"
    elif age is not None:
        holds = f"older and younger ties stay within half a point of each other and {holds}"
    why = f"In {percent(sure)} of {perturbed(study.mean_confidence, draws)} {holds}."
    if age is None:
        why += " The age of enough rated ties is not known, so nothing can be set against chance."
    elif not beyond:
        low, high = found.difference_interval
        why += f" With these data a difference of about {(high - low) / 2:.1f} points would have shown."
    covered = found.rated_ties / study.view.m if study.view.m else 0.0
    gap = found.items[0] if found.items else None
    return Finding(
        ID,
        QUESTION,
        headline,
        evidence=_evidence(found),
        chance=None
        if age is None
        else Chance(
            "ages dealt out anew over the rated ties, the level of each rater and of each rated kept",
            0.0,
            age.p,
            age.draws,
        ),
        certainty=certainty,
        why_certain=why,
        next_step=f"Talk with partners about {ITEMS.get(gap.item, gap.item)}, the item on which the two ends of a tie "
        "differ most often, and not about who gave what."
        if gap is not None
        else "Ask both ends of each tie the same questions, so that the two sides can be compared.",
        care="Older ties survive because they work: this does not show that time makes trust. "
        f"Ratings are known on {percent(covered)} of the ties. Raters differ: {found.lenient:,} of "
        f"{count(found.judged, *word)} {plural(found.lenient, 'gives', 'give')} half a point more or less than others give "
        "the same partners. Who rated whom is shown to nobody.",
        table=tuple(
            {
                "item": ITEMS.get(g.item, g.item),
                "ties rated from both ends": g.pairs,
                "ends differ by a point or more": percent(g.apart),
                "mean difference in points": f"{g.difference:.2f}",
            }
            for g in found.items
        ),
        charts=_charts(found),
        audience="public",
    )


def _growing(found: Trusting) -> str:
    age = found.age
    if age is None or found.difference != found.difference:
        return ""
    low, high = found.difference_interval
    ties = f"{count(age.n_older, 'rating')} of ties of {number(age.years, 1)} years or more"
    size = f"{abs(found.difference):.1f} points {'higher' if found.difference > 0 else 'lower'}"
    between = f"({low:+.1f} to {high:+.1f})"
    if age.p < LEVEL:
        return f" The {ties} are {size} than the others {between}."
    once = " once each rater's and each rated one's own level is taken out" if low > 0 or high < 0 else ""
    return f" The {ties} are {size} than the others {between}, which is no clear difference{once}."


def _between_waves(study: Study) -> str:
    waves = study.scoring.waves if study.scoring is not None else None
    if waves is None:
        return ""
    low, high = waves.interval
    since = f" Between {waves.waves[0]} and {waves.waves[-1]} the same raters' trust in the same partners"
    if waves.p >= LEVEL:
        return f"{since} did not change clearly ({low:+.2f} to {high:+.2f} points a year)."
    way = "rose" if waves.slope > 0 else "fell"
    return f"{since} {way} by {abs(waves.slope):.2f} points a year ({low:+.2f} to {high:+.2f})."


def _mutual(found: Trusting) -> str:
    if found.apart != found.apart:
        return ""
    return (
        f" In {percent(found.apart)} of the {count(found.pairs, 'tie')} rated from both ends the two see each other "
        "differently by a point or more."
    )


def _evidence(found: Trusting) -> dict[str, float | int | None]:
    out: dict[str, float | int | None] = {
        "median": found.median,
        "mean": found.mean,
        "mean_low": found.interval[0],
        "mean_high": found.interval[1],
        "ratings": found.ratings,
        "raters": found.raters,
        "rated": found.rated,
        "ties_rated_from_both_ends": found.pairs,
        "raters_half_a_point_from_others": found.lenient,
    }
    if found.apart == found.apart:
        out["share_that_differ_by_a_point"] = found.apart
    if found.age is not None:
        out |= {
            "older_ties_more_by": found.difference,
            "older_ties_more_by_low": found.difference_interval[0],
            "older_ties_more_by_high": found.difference_interval[1],
            "older_from_years": found.age.years,
            "points_per_log_year": found.age.within,
            "rank_correlation_with_age": found.age.rho,
        }
    return out


def _charts(found: Trusting) -> tuple[Chart, ...]:
    if not found.items:
        return ()
    bars = Chart(
        "bars",
        "Where the two ends of a tie see each other differently",
        tuple({"label": ITEMS.get(g.item, g.item), "value": g.apart, "low": None, "high": None} for g in found.items),
        caption="Share of the ties rated from both ends in which the ratings differ by a point or more.",
    )
    return (bars,)
