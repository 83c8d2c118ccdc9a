"""F7: how networks join up into a network of networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..finding import Chance, Chart, Finding, Locked
from .words import count, listing, name, percent, perturbed, plural

if TYPE_CHECKING:
    from ..evidence.joining import Joining, Link
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F7"
QUESTION = "How do our networks join up?"

LEVEL = 0.05
STABLE = 0.7
MATRIX = 12
ROWS = 100


def answer(study: Study) -> Finding | Locked:
    """Describe every pair of networks: shared members and ties against chance, and which hang on one member."""
    found = study.joining
    if found is None:
        return Locked(
            ID,
            QUESTION,
            ("network (or a memberships table: member, group)",),
            "No network is named, and the ties are too few or too even to show groups of their own.",
        )
    return _detected(study, found) if found.groups.source == "detected" else _named(study, found)


def _named(study: Study, found: Joining) -> Finding:
    groups = found.groups
    member_word = "person" if study.network.shape == "interlock" or study.word[0] == "person" else "member"
    single = [link for link in found.links if link.through is not None]
    single.sort(key=lambda x: (-x.stands if x.stands == x.stands else 0, x.first, x.second))
    joined = found.joined
    parts = [f"{joined:,} of {count(found.pairs, 'pair')} of networks {plural(joined, 'is', 'are')} joined"]
    if single and len(single) == joined and joined > 1:
        parts[0] += f", each through one {member_word} only"
    elif single:
        parts[0] += f", {len(single):,} of them through one {member_word} only"
    show_names = member_word == "member"
    shown = single[:3]
    if shown:
        spelt = [f"{_pair(found, x)}{' through ' + name(x.through) if show_names else ''}" for x in shown]
        parts[0] += f" ({'; '.join(spelt)}{'; ...' if len(single) > 3 else ''})"
    surprise = _surprise(found)
    if surprise is not None:
        parts.append(_compare(found, surprise))
    if found.alone and len(found.alone) < groups.count:
        alone = [f"{groups.names[g]} ({groups.sizes[g]:,})" for g in found.alone]
        parts.append(f"{listing(alone, most=4)} {plural(len(alone), 'has', 'have')} no recorded link to the others")
    headline = ". ".join(p[0].upper() + p[1:] for p in parts) + "."
    named = ([surprise] if surprise is not None else []) + shown
    stands = [x.stands for x in named if x.stands == x.stands]
    sure = min(stands) if stands else float("nan")
    tested = surprise is not None
    p = min(x for x in (surprise.p_ties, surprise.p_shared) if x == x) if surprise is not None else None
    rows = sorted(found.links, key=lambda x: (-(x.shared + x.ties), x.first, x.second))[:ROWS]
    draws = study.replay["loss"].shape[0]
    if stands:
        why = (
            f"In {percent(sure)} of {perturbed(study.mean_confidence, draws)} this stays so for "
            f"{'the pair' if len(named) == 1 else 'every pair'} named."
        )
    else:
        why = "Memberships were taken as they stand: whether any is missing cannot be told from these data."
    next_step = (
        f"Find a second {member_word} for {_pair(found, shown[0])}, or hold one joint meeting."
        if shown
        else f"Hold one joint meeting of {_pair(found, surprise)}."
        if surprise is not None and _short(surprise)
        else "Ask the networks that share most whether they still need separate meetings, and the others what they miss."
    )
    return Finding(
        ID,
        QUESTION,
        headline,
        evidence={
            "networks": groups.count,
            "pairs": found.pairs,
            "joined": joined,
            "joined_through_one": found.through_one,
            "alone": len(found.alone),
            "ties_between": found.between,
        },
        chance=_chance(found, surprise, p),
        certainty=(study.certainty(sure, beats_null=True, has_null=tested) if stands else "likely"),
        why_certain=why,
        next_step=next_step,
        concerns=_pair(found, shown[0])
        if shown
        else _pair(found, surprise)
        if surprise is not None and _short(surprise)
        else "",
        change=f"They would no longer hang on one {member_word}."
        if shown
        else "Two networks that are linked less than chance would have it would have met once.",
        care="Expected numbers assume that everyone could join every network; list who may join where that is not so. "
        "One member between two networks is a strength and a risk: offer company, not replacement.",
        table=tuple(_row(found, x, member_word, show_names) for x in rows),
        charts=(_matrix(found),) if groups.count <= MATRIX else (),
        nodes=tuple(dict.fromkeys(str(x.through) for x in shown)) if show_names else (),
        audience="public",
    )


def _pair(found: Joining, link: Link) -> str:
    return f"{found.groups.names[link.first]} and {found.groups.names[link.second]}"


def _short(link: Link) -> bool:
    return link.ties < link.ties_expected or link.shared < link.shared_expected


def _surprise(found: Joining) -> Link | None:
    """The pair of networks furthest from chance after correction: those linked less than expected first."""
    beyond = [x for x in found.links if min([p for p in (x.p_ties, x.p_shared) if p == p] or [1.0]) < LEVEL]
    if not beyond:
        return None
    return min(
        beyond, key=lambda x: (not _short(x), min(p for p in (x.p_ties, x.p_shared) if p == p), x.first, x.second)
    )


def _compare(found: Joining, link: Link) -> str:
    """Say observed against expected for one pair, each only where it was tested and differs."""
    parts = []
    if link.p_shared == link.p_shared and link.p_shared < LEVEL:
        parts.append(f"share {count(link.shared, 'member')} (about {link.shared_expected:.1f} by chance)")
    if link.p_ties == link.p_ties and link.p_ties < LEVEL:
        parts.append(f"have {count(link.ties, 'tie')} between them (about {link.ties_expected:.1f} by chance)")
    return f"{_pair(found, link)} {' and '.join(parts)}"


def _chance(found: Joining, surprise: Link | None, p: float | None) -> Chance | None:
    if found.tested:
        return Chance(found.tested, surprise.ties_expected if surprise else None, p, found.draws or None)
    if any(x.p_shared == x.p_shared for x in found.links):
        return Chance(
            "memberships dealt out at random, every network keeping its size",
            surprise.shared_expected if surprise else None,
            p,
        )
    return None


def _row(found: Joining, link: Link, member_word: str, show_names: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "network": found.groups.names[link.first],
        "and": found.groups.names[link.second],
        "shared members": link.shared,
        "by chance": f"{link.shared_expected:.1f}",
        "ties between": link.ties,
    }
    if link.ties_expected == link.ties_expected:
        row["ties by chance"] = f"{link.ties_expected:.1f}"
    if link.through is not None:
        row["joined through"] = name(link.through) if show_names else f"one {member_word}"
    else:
        row["joined through"] = "" if not (link.shared or link.ties) else "several"
    return row


def _matrix(found: Joining) -> Chart:
    rows = []
    for link in found.links:
        note = "one member only" if link.through is not None else ""
        tested = min([q for q in (link.p_ties, link.p_shared) if q == q] or [np.nan])
        rows.append(
            {
                "row": found.groups.names[link.first],
                "column": found.groups.names[link.second],
                "value": link.shared + link.ties,
                "expected": None,
                "p": None if np.isnan(tested) else float(tested),
                "note": note,
            }
        )
    return Chart(
        "matrix",
        "Shared members and ties between each pair of networks",
        tuple(rows),
        unit="count",
        caption="Each cell: members shared plus ties between the others. Empty cells: no recorded link.",
    )


def _detected(study: Study, found: Joining) -> Finding:
    groups = found.groups
    words = study.word[1]
    stable = found.stable or 0.0
    holds = stable >= STABLE
    m = study.view.m
    sizes = [f"{s:,}" for s in groups.sizes]
    described = f"the ties fall into {count(groups.count, 'group')} ({listing(sizes, most=6)} {words})"
    if holds:
        headline = (
            f"No network is named in the data; {described}, and {found.between:,} of {count(m, 'tie')} run "
            "between groups."
        )
    else:
        headline = (
            f"No network is named in the data, and the ties show no stable grouping: {described}, but a few "
            "ties more or less would change who belongs where."
        )
    members = groups.incidence.tocsc()
    rows = []
    for g in range(min(groups.count, 12)):
        inside = members.indices[members.indptr[g] : members.indptr[g + 1]]
        top = inside[np.lexsort((inside, -study.measures["strength"][inside]))][:3]
        rows.append(
            {
                "group": groups.names[g],
                words: int(groups.sizes[g]),
                "best connected": listing([name(study.ids[i]) for i in top]),
                "ties within": int(found.within[g]),
            }
        )
    draws = min(len(study.draws), 50)
    return Finding(
        ID,
        QUESTION,
        headline,
        evidence={"groups": groups.count, "ties": m, "ties_between": found.between, "stable_share": stable},
        chance=None,
        certainty=study.certainty(stable if holds else 1 - stable, has_null=False),
        why_certain=f"Groups were found anew in {draws} networks as they might be; they agreed with these in "
        f"{percent(stable)}. Groups found from the ties are described, not tested against the same ties.",
        next_step="Ask whether these groups mean something to the people in them; if they do, name them in a column "
        "called network.",
        care="A group here is only that its members have more ties with each other. Add a network column to see the "
        "networks people know.",
        table=tuple(rows),
        audience="public",
    )
