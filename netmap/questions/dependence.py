"""F1: where the network depends on one tie or one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..finding import Chance, Chart, Finding, Locked
from .words import count, listing, name, percent, perturbed, plural, share_range, tie_name

if TYPE_CHECKING:
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F1"
QUESTION = "Where does the network depend on one link or one organisation?"

AMONG = 3
# So many ties that are the only path are named in the headline.
FEW = 2
HALF = 0.5
LIKELY, FRAGILE = 0.7, 0.4
RARE = 95
# What three in four of the others stay within is said of most others.
MOST = 75
# In a smaller network three organisations are more than one in twenty, and being among them says enough.
LARGE = 60
ALIKE = 0.75
SMALL = 0.05


def answer(study: Study) -> Finding | Locked:
    """Name the organisation most pairs depend on, with how far the data carry it; count the ties without a second way."""
    word, words = study.word
    if study.view.m == 0:
        return Locked(ID, QUESTION, ("organisation", "partner"), "There is no tie in the data yet.")
    units = np.flatnonzero(study.units)
    loss = study.cuts.node_share
    bridges = int(study.cuts.bridge.sum())
    ties = study.view.m
    tie_word = study.tie_word
    order = units[np.lexsort((units, -loss[units]))]
    top = order[0] if order.size and loss[order[0]] > 0 else None
    draws = study.replay["loss"]
    how = perturbed(study.mean_confidence, draws.shape[0])
    care = (
        "A bridge is often a strength; do not add ties for their own sake. A tie that is not recorded may well exist."
    )
    hanging = (
        f"All {count(ties, tie_word)} are the only path between the parts they join."
        if bridges == ties and ties > 1
        else f"{bridges:,} of {count(ties, tie_word)} {plural(bridges, 'is', 'are')} the only path between "
        f"the parts {plural(bridges, 'it joins', 'they join')}."
        if bridges
        else f"None of the {count(ties, tie_word)} is the only path between two parts."
    )
    told = hanging
    if 0 < bridges <= FEW and bridges < ties:
        ends = [(study.view.source[t], study.view.target[t]) for t in np.flatnonzero(study.cuts.bridge)]
        told = f"{hanging[:-1]}: {listing([tie_name(study.ids[a], study.ids[b]) for a, b in ends])}."
    evidence: dict[str, float | int | None] = {
        "ties": ties,
        "ties_that_are_the_only_path": bridges,
        "bridges_low": float(np.quantile(study.replay["bridges"], 0.05)),
        "bridges_high": float(np.quantile(study.replay["bridges"], 0.95)),
        "organisations_whose_loss_separates_others": int((loss[units] > 0).sum()),
    }
    if top is None:
        calm = (draws[:, units].max(axis=1) <= SMALL).mean() if units.size else 0.0
        return Finding(
            ID,
            QUESTION,
            f"{told} No single {word} holds the others together: "
            f"if any one stepped back, all the others could still reach each other as now.",
            evidence=evidence,
            certainty=study.certainty(float(calm), has_null=False),
            why_certain=f"In {percent(float(calm))} of {how} no {word} would cost the others more than "
            f"{percent(SMALL)} of their connections.",
            next_step=(
                "Nothing needs mending here. Ask where contact could be lighter without losing anyone."
                if calm >= HALF
                else f"Check whether any {tie_word} is missing before resting anything on this."
            ),
            care=care,
            audience="public",
        )
    named = [i for i in order[:AMONG] if loss[i] >= ALIKE * loss[top]] if len(order) > 1 else [top]
    share = {i: _still(study, int(i), units) for i in named}
    firm = [i for i in named if share[i] >= LIKELY]
    named = firm if top in firm else [i for i in named if share[i] >= FRAGILE] or [top]
    sure = min(share[i] for i in named)
    rest = [i for i in units if i not in named]
    usual = float(np.percentile(loss[rest], MOST, method="higher")) if rest else 0.0
    low, high = np.quantile(draws, 0.05, axis=0), np.quantile(draws, 0.95, axis=0)
    certainty = study.certainty(sure, has_null=False)
    pairs = f"the pairs of other {words} now in touch would lose touch"
    if len(named) == 1:
        lost = f"If {name(study.ids[top])} stepped back, {percent(loss[top])} of {pairs}"
        someone = f"If one {word} stepped back, {percent(loss[top])} of {pairs}"
    else:
        lost = (
            f"If {listing([name(study.ids[i]) for i in named], 'or')} stepped back, "
            f"{listing([percent(loss[i]) for i in named], 'or')} of {pairs}"
        )
        someone = (
            f"There are {count(len(named), word, words, words=True)} whose stepping back would cost the others "
            f"{percent(loss[named].min())} or more of their contacts"
        )
    others = f"; for most others it is {'0%' if usual == 0 else percent(usual) + ' or less'}." if rest else "."
    which = " These shares are too close to say which of them matters more." if len(named) > 1 else ""
    firsts = _firsts(draws[:, units], [int(np.flatnonzero(units == i)[0]) for i in named])
    evidence |= {
        "share_lost": float(loss[top]),
        "share_lost_low": float(low[top]),
        "share_lost_high": float(high[top]),
        "most_others_at_most": usual,
        "holds_in_share_of_perturbed_networks": sure,
    }
    chart_nodes = [int(i) for i in order[:8] if loss[i] > 0]
    bars = tuple(
        {"label": name(study.ids[i]), "value": float(loss[i]), "low": float(low[i]), "high": float(high[i])}
        for i in chart_nodes
    )
    cut_ties = np.flatnonzero(study.cuts.bridge)
    cut_ties = cut_ties[np.lexsort((cut_ties, -study.cuts.tie_share[cut_ties]))]
    view = study.view
    charts = [
        Chart(
            "bars",
            f"How much contact the others would lose if each {word} stepped back",
            bars,
            caption=f"Share of the other {words}' pairs now in contact that would lose it. "
            f"The line is the range over {how}.",
        )
    ]
    big = [int(t) for t in cut_ties[:8] if study.cuts.tie_share[t] > 0]
    if big:
        charts.append(
            Chart(
                "bars",
                f"The {tie_word}s that are the only path, and what each holds together",
                tuple(
                    {
                        "label": tie_name(view.ids[view.source[t]], view.ids[view.target[t]]),
                        "value": float(study.cuts.tie_share[t]),
                        "low": None,
                        "high": None,
                    }
                    for t in big
                ),
                caption=f"Share of all pairs now in contact that would lose it without this {tie_word}.",
            )
        )
    own = np.bincount(view.source[cut_ties], minlength=view.n) + np.bincount(view.target[cut_ties], minlength=view.n)
    rows = tuple(
        {
            word: name(study.ids[i]),
            "share of the others' pairs that would lose contact": percent(loss[i]),
            "range": share_range(float(low[i]), float(high[i])),
            f"{tie_word}s": int(study.degree[i]),
            f"{tie_word}s that are the only path": int(own[i]),
        }
        for i in order[:10]
        if loss[i] > 0
    )
    return Finding(
        ID,
        QUESTION,
        f"{told} {lost}{others}{which}",
        unnamed=f"{hanging} {someone}{others}",
        evidence=evidence,
        chance=Chance(
            f"one {word} of this network, drawn at random, steps back",
            expected=float(loss[units].mean()),
            draws=len(units),
            interval=(0.0, float(np.percentile(loss[units], 97.5))),
        ),
        certainty=certainty,
        why_certain=f"In {percent(sure)} of {how} {'each of them' if len(named) > 1 else 'it'} is still among the "
        f"{AMONG} that most depend on.{firsts} There is no null model for this, so it is never called solid.",
        next_step=f"Ask {listing([name(study.ids[i]) for i in named])} whether the contacts that run through "
        f"{'them' if len(named) > 1 else 'it'} have a second way: a deputy, a shared list, one introduction.",
        concerns=listing([name(study.ids[i]) for i in named]),
        change=f"The others would keep contact without {'any one of them' if len(named) > 1 else 'it'}; now up to "
        f"{percent(loss[top])} of their pairs would lose it.",
        unnamed_step=f"Ask, without naming anyone, where contacts that run through one {word} could have a second way.",
        care=care,
        table=rows,
        charts=tuple(charts),
        nodes=tuple(str(study.ids[i]) for i in named),
        ties=tuple((str(view.ids[view.source[t]]), str(view.ids[view.target[t]])) for t in big),
        audience="public",
    )


def _still(study: Study, node: int, units: np.ndarray) -> float:
    """Share of perturbed networks in which `node` is still among those that most depend on, at half the share or more."""
    loss = study.replay["loss"][:, units]
    mine = study.replay["loss"][:, node]
    above = (loss > mine[:, None]).sum(axis=1)
    usual = np.percentile(loss, RARE, axis=1) if units.size >= LARGE else np.full(mine.size, -1.0)
    holds = (above < AMONG) & (mine >= HALF * study.cuts.node_share[node]) & ((mine > usual) | (above == 0))
    return float((holds & (mine > 0)).mean())


def _firsts(loss: np.ndarray, named: list[int]) -> str:
    """Say how often each of several named comes first."""
    if len(named) < 2:
        return ""
    best = loss.argmax(axis=1)
    shares = [percent(float((best == i).mean())) for i in named]
    return f" Which comes first changes: {' to '.join(shares) if len(shares) == 2 else listing(shares)}."
