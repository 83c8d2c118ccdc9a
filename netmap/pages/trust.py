"""The page of trust: how far partners trust each other, by age and over time, and what they bring; aggregates first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..finding import Chart, Page, Part
from ..questions.words import count, name, percent, plural

if TYPE_CHECKING:
    from ..evidence.scoring import Scoring
    from ..evidence.trusting import Trusting
    from ..study import Study

__all__ = ["page"]

LEVEL = 0.05
WORDS = {
    "trust_reliability": "reliable",
    "trust_mission": "wants the same",
    "trust_openness": "open",
}
CARE = (
    "Who rated whom is shown to nobody. A low score is a question to ask, not a mark for anybody: raters differ, and few "
    "ratings make a shaky mean."
)


def page(study: Study) -> Page | None:
    """Return the page of trust, or None with too few ratings."""
    found = study.scoring
    if found is None:
        return None
    seen = study.trusting
    parts = [
        _whole(study, found, seen),
        _ages(found, seen),
        _waves(found),
        _networks(found),
        _received(study, found, "trust"),
        _received(study, found, "value"),
    ]
    return Page("trust", "Trust, and what partners bring", CARE, tuple(p for p in parts if p is not None))


def _whole(study: Study, found: Scoring, seen: Trusting | None) -> Part | None:
    if found.trust is None or seen is None:
        return None
    low, high = found.trust.interval
    text = [
        f"Mean trust {found.trust.mean:.2f} of 4 ({low:.2f} to {high:.2f} over raters), from "
        f"{count(seen.ratings, 'rating')} by {count(seen.raters, *study.word)}."
    ]
    beyond = found.trust.given["beyond"].dropna()
    if len(beyond):
        most, least = float(beyond.max()), float(beyond.min())
        text.append(
            f"Raters differ in how they use the scale: beside what others give the same partners, the mildest gives "
            f"{most:+.1f} points and the strictest {least:+.1f}; {seen.lenient:,} of {seen.judged:,} lie half a point or "
            "more off. Scores received are shown with that taken into account (beyond)."
        )
    rows = tuple(
        {"row": WORDS.get(item, item), "column": f"{k + 1}", "value": share, "shown": percent(share), "mark": False}
        for item, shares in found.spread.items()
        for k, share in enumerate(shares)
    )
    heat = Chart("heat", "How ratings spread from 1 to 4", rows, unit="share", caption="Share of the ratings of each question.")
    sides = tuple(
        {"label": WORDS.get(f"trust_{g.item}", g.item), "value": g.apart, "low": None, "high": None} for g in seen.items
    )
    bars = Chart("bars", "Where the two ends of a tie see each other differently", sides,
                 caption="Share of the ties rated from both ends in which the ratings differ by a point or more.")  # fmt: skip
    return Part("How far partners trust each other", tuple(text), tuple(c for c in (heat, bars) if c.rows))


def _ages(found: Scoring, seen: Trusting | None) -> Part | None:
    if not found.bands or seen is None or seen.age is None:
        return None
    rows = tuple(
        {"label": f"{band.label} ({band.ratings})", "value": band.mean, "low": None, "high": None}
        for band in found.bands
    )
    age = seen.age
    beyond = "more than chance" if age.p < LEVEL else "no more than chance"
    text = (
        f"Among the ratings of the same rater and of the same rated, trust goes with the age of the tie {beyond} "
        f"({age.within:+.2f} points for each unit of ln(1 + years), p {'under 0.001' if age.p < 0.001 else f'{age.p:.3f}'}).",
        "Old ties are old because they worked: this does not show that time makes trust.",
    )
    chart = Chart("bars", "Trust by the age of the tie", rows, unit="level",
                  caption=f"Mean of the ratings (how many), 1 to 4; ages with fewer than {found.fewest} raters are left out.")  # fmt: skip
    return Part("Older and younger ties", text, (chart,))


def _waves(found: Scoring) -> Part | None:
    waves = found.waves
    if waves is None:
        return None
    low, high = waves.interval
    sure = waves.p < LEVEL
    way = "rose" if waves.slope > 0 else "fell"
    said = f"{way} by {abs(waves.slope):.2f} points a year" if sure else "did not change clearly"
    return Part(
        "Between waves",
        (
            f"Where the same organisations rated the same partners again ({count(waves.pairs, 'rating')} by "
            f"{count(waves.raters, 'organisation')}, {waves.waves[0]} to {waves.waves[-1]}), trust {said} "
            f"({low:+.2f} to {high:+.2f} a year over raters; p {'under 0.001' if waves.p < 0.001 else f'{waves.p:.3f}'}).",
            "Ties that ended were not rated again, and they may have been trusted less.",
        ),
    )


def _networks(found: Scoring) -> Part | None:
    if len(found.networks) < 2:
        return None
    rows = tuple(
        {"label": f"{title} ({ratings})", "value": mean, "low": None, "high": None}
        for title, ratings, _, mean in found.networks
    )
    chart = Chart("bars", "Trust among the members of each network", rows, unit="level",
                  caption=f"Mean of the ratings inside it (how many), 1 to 4; fewer than {found.fewest} raters are left out.")  # fmt: skip
    return Part(
        "Inside each network",
        ("Networks differ in age, in size and in who rates: read the order as a question, not as a ranking.",),
        (chart,),
        audience="coordinator",
    )


def _received(study: Study, found: Scoring, of: str) -> Part | None:
    scores = found.trust if of == "trust" else found.value
    if scores is None:
        return None
    frame = scores.received
    known = frame[frame["score"].notna() & frame.index.isin(study.ids)]
    if not len(known):
        return None
    called = dict(zip(study.ids, study.nodes["name"].astype(str), strict=True))
    rows = tuple(
        {
            "organisation": name(node),
            "score (1 to 4)": f"{row['score']:.2f}",
            "range": f"{row['low']:.2f} to {row['high']:.2f}",
            "raters": int(row["raters"]),
            "beyond what its raters give others": "" if np.isnan(row["beyond"]) else f"{row['beyond']:+.2f}",
        }
        for node, row in sorted(known.to_dict("index").items(), key=lambda item: (called[str(item[0])].casefold(), str(item[0])))
    )
    silent = study.n_units - len(known)
    what = "Trust received" if of == "trust" else "What partners say each brings"
    more = "" if of == "trust" else " Influence, involvement and resources; never added to trust."
    return Part(
        what,
        (
            f"{count(len(known), *study.word)} with {found.fewest} raters or more; {silent:,} "
            f"{plural(silent, 'has', 'have')} fewer and {plural(silent, 'is', 'are')} not scored.{more}",
        ),
        table=rows,
        caption=f"{what}, by name",
        audience="coordinator",
    )
