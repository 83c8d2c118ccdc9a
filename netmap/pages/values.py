"""The page of values: who holds what, how far raters and partners agree, and where talking would begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..finding import Chart, Page, Part
from ..questions.words import count, listing, name, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ..evidence.alignment import Alignment
    from ..evidence.valuing import Valuing
    from ..study import Study

__all__ = ["page"]

SMALLEST = 5
LEVEL = 0.05
MOST = 10
CARE = (
    "Being alike is not required: a difference may be what a tie is for. These are values of organisations as they were "
    "written down, never of people."
)


def page(study: Study) -> Page | None:
    """Return the page of values, or None without values."""
    found, alike = study.valuing, study.alignment
    if found is None or alike is None:
        return None
    parts = [
        _by_group(study, found),
        _everybody(study, found),
        _raters(found),
        _ties(study, alike, found),
        _agenda(alike),
        _networks(study, found),
        _apart(found),
        _strangers(found),
        *(_reference(found, k) for k in range(len(found.references))),
    ]
    return Page("values", "Values", CARE, tuple(p for p in parts if p is not None))


def _heat_rows(
    label: str, scaled: NDArray[np.float64], anchors: NDArray[np.bool_], items: tuple[str, ...], steps: float
) -> list[Mapping[str, Any]]:
    return [
        {
            "row": label,
            "column": item,
            "value": None if np.isnan(value) else float(value),
            "shown": "" if np.isnan(value) else f"{1 + steps * value:.1f}".removesuffix(".0"),
            "mark": bool(mark),
        }
        for item, value, mark in zip(items, scaled, anchors, strict=True)
    ]


def _by_group(study: Study, found: Valuing) -> Part | None:
    """Means by named network, or by sector, of five organisations and more."""
    profiles = found.profiles
    place = {e: i for i, e in enumerate(profiles.entities)}
    groups: dict[str, list[int]] = {}
    frame = study.nodes
    by = "network"
    for node, networks in zip(frame["id"], frame["networks"], strict=True):
        for network in networks:
            if node in place:
                groups.setdefault(network, []).append(place[node])
    if sum(len(m) >= SMALLEST for m in groups.values()) < 2:
        column, labels = study.sector_labels
        groups, by = {}, column or ""
        for node, label in zip(frame["id"], labels, strict=False):
            if node in place and label:
                groups.setdefault(label, []).append(place[node])
    large = {g: m for g, m in sorted(groups.items()) if len(m) >= SMALLEST}
    if len(large) < 2:
        return None
    rows: list[Mapping[str, Any]] = []
    nobody = np.zeros(len(profiles.items), dtype=bool)
    for group, members in large.items():
        known = (~np.isnan(profiles.scaled[members])).sum(axis=0)
        total = np.nansum(profiles.scaled[members], axis=0)
        mean = np.where(known >= SMALLEST, total / np.maximum(known, 1), np.nan)
        rows += _heat_rows(f"{group} ({len(members)})", mean, nobody, profiles.items, _steps(profiles.tags))
    few = len(groups) - len(large)
    left = f" {count(few, by)} of fewer than {SMALLEST} {plural(few, 'is', 'are')} not shown." if few else ""
    return Part(
        f"By {by}: what is rated high, and where",
        charts=(
            Chart("heat", f"What is valued, by {by}", tuple(rows), unit="level",
                  caption=f"Mean rating by organisations, {_scale(profiles.tags)}; darker is higher.{left}"),
        ),
    )  # fmt: skip


def _steps(tags: bool) -> float:
    return 0.0 if tags else 4.0


def _scale(tags: bool) -> str:
    return "named or not" if tags else "stretched to 1 to 5"


def _everybody(study: Study, found: Valuing) -> Part:
    """Every organisation and item, like beside like."""
    profiles = found.profiles
    filled = np.where(np.isnan(profiles.scaled), np.nanmean(profiles.scaled), profiles.scaled)
    filled = filled - filled.mean(axis=0)
    left, size, _ = np.linalg.svd(filled, full_matrices=False)
    along = left[:, 0] * size[0] if size.size else np.zeros(len(filled))
    # The direction of an axis is arbitrary: whoever rates most stands first.
    if along.size and np.corrcoef(np.append(along, 0), np.append(filled.sum(axis=1), 0))[0, 1] < 0:
        along = -along
    order = sorted(range(len(along)), key=lambda i: (-round(float(along[i]), 9), profiles.entities[i]))
    rows: list[Mapping[str, Any]] = []
    for i in order:
        rows += _heat_rows(
            name(profiles.entities[i]), profiles.scaled[i], profiles.anchors[i], profiles.items, _steps(profiles.tags)
        )
    silent = study.n_units - len(profiles.entities) - len(found.split)
    text = [f"{count(silent, study.word[0], study.word[1])} gave no values."] if silent else []
    anchored = int(profiles.anchors.any(axis=1).sum())
    if anchored:
        text.append(f"{count(anchored, *study.word)} {plural(anchored, 'calls', 'call')} something non-negotiable (dot).")
    return Part(
        "Who values what",
        tuple(text),
        (Chart("heat", "What each organisation values", tuple(rows), unit="level",
               caption=f"Like beside like; {_scale(profiles.tags)}; darker is higher, a dot is non-negotiable, blank is "
               "not rated."),),
        audience="coordinator",
    )  # fmt: skip


def _raters(found: Valuing) -> Part | None:
    """How far the raters of one organisation agree, before anything is averaged."""
    if found.agreement is None:
        return Part(
            "Do those who answered for one organisation agree?",
            ("Each organisation answered with one voice, or with fewer than three, so whether its people agree cannot be said.",),
        )
    entities = found.agreement.entities
    judged = entities[entities["r_wg_j"].notna()]
    good = int(judged["may_average"].sum())
    text = [
        f"{good:,} of {count(len(judged), 'organisation')} with three raters or more agree well enough (r_wg(J) of 0.7 or "
        "more) for their mean to stand for them."
    ]
    if found.split:
        text.append(
            f"{count(len(found.split), 'organisation')} {plural(len(found.split), 'does', 'do')} not: "
            "no mean is taken there, and nothing below uses one. The spread is what there is to talk about inside."
        )
    items = found.agreement.items
    within = items["r_wg"].groupby(level="item").agg(["median", "count"])
    within = within[within["count"] >= SMALLEST]
    rows = tuple({"label": str(item), "value": float(v), "low": None, "high": None} for item, v in within["median"].items())
    chart = Chart("bars", "Agreement inside organisations, by value", rows, unit="similarity",
                  caption="Middle r_wg over the organisations: 1 is all the same, 0 as scattered as random answers.")  # fmt: skip
    return Part("Do those who answered for one organisation agree?", tuple(text), (chart,) if rows else ())


def _ties(study: Study, alike: Alignment, found: Valuing) -> Part | None:
    """Alignment by tie beside that of any two."""
    if not alike.compared:
        return None
    every = found.similarity[np.triu_indices(len(found.profiles.entities), 1)]
    every = np.sort(every[~np.isnan(every)])
    # A few hundred evenly spaced ones show the same shape as all of them.
    any_two = every[np.unique(np.linspace(0, every.size - 1, min(every.size, 400)).round().astype(int))]
    rows = [{"label": "partners", "value": float(v)} for v in alike.tie_values]
    rows += [{"label": "any two", "value": float(v)} for v in any_two]
    low, high = alike.interval
    nodes = alike.each_node
    told = nodes[nodes["q"].notna()]
    above = int(((told["q"] < LEVEL) & (told["z"] > 0)).sum())
    below = int(((told["q"] < LEVEL) & (told["z"] < 0)).sum())
    text = [
        f"Mean similarity {alike.observed:.2f} over {count(alike.compared, study.tie_word)}; profiles dealt out at random "
        f"give {alike.expected:.2f} (usually {low:.2f} to {high:.2f}), p {_p(alike.p)}.",
        f"Of {count(len(told), 'organisation')} compared with their own partners, {above:,} "
        f"{plural(above, 'is', 'are')} closer to them than to others and {below:,} further away, beyond chance "
        "(false discoveries held to 5%).",
    ]
    return Part(
        "How alike partners are",
        tuple(text),
        (Chart("strip", "Partners beside any two organisations", tuple(rows), unit="similarity",
               caption="One mark a pair; 1 is the same answers to every question.",
               marks={"partners": alike.observed, "by chance": alike.expected}),),
    )  # fmt: skip


def _p(p: float) -> str:
    return "not defined" if np.isnan(p) else "under 0.001" if p < 0.001 else f"{p:.3f}"


def _agenda(alike: Alignment) -> Part | None:
    """Items by how far partners are apart and who holds on to them."""
    if not alike.gaps:
        return None
    rows = []
    for gap in alike.gaps:
        held = gap.anchored / gap.rated if gap.rated else 0.0
        wide = gap.gap >= gap.expected
        word = "keep it said out loud" if held > 0.5 and not wide else "talk first" if held > 0.25 and wide else ""
        rows.append({
            "value": gap.item,
            "partners differ by (share of the scale)": f"{gap.gap:.2f}",
            "any two differ by": f"{gap.expected:.2f}",
            "non-negotiable for": f"{gap.anchored:,} of {gap.rated:,}",
            "for the agenda": word,
        })  # fmt: skip
    return Part(
        "An agenda",
        ("Where partners differ and many would not give way, talk before anything is built on it; netmap measure "
         "negotiation_table --between ONE OTHER gives the table for any two.",),
        table=tuple(rows),
        caption="Values, those on which partners differ most first",
    )  # fmt: skip


def _networks(study: Study, found: Valuing) -> Part | None:
    """Where the members of two networks differ, beyond chance."""
    gaps = found.gaps
    if not len(gaps):
        return None
    called = study.network.group_names()
    sure = gaps[gaps["q"] < LEVEL]
    text = [
        f"{len(sure):,} of {count(len(gaps), 'comparison')} of two networks on one value differ beyond chance (false "
        "discoveries held to 5%). Who belongs to both is left out."
    ]
    rows = tuple(
        {
            "value": r["item"],
            "network": called.get(r["first"], r["first"]),
            "and": called.get(r["second"], r["second"]),
            "first is higher by (steps of five)": f"{r['gap']:+.1f}",
            "members": f"{int(r['members'])} and {int(r['others'])}",
            "q": _p(float(r["q"])),
        }
        for r in sure.head(MOST).to_dict("records")
    )
    return Part("Where networks differ", tuple(text), table=rows, caption="Widest and surest first")


def _apart(found: Valuing) -> Part | None:
    rows = _pairs(found, found.apart)
    if not rows:
        return None
    return Part(
        "Partners furthest apart",
        ("Far apart is no fault. Level is how high things are rated, shape is what is rated above what.",),
        table=rows,
        caption="Tied pairs least alike; by chance: how many ties would be as far apart",
        audience="coordinator",
    )


def _strangers(found: Valuing) -> Part | None:
    rows = _pairs(found, found.strangers)
    if not rows:
        return None
    return Part(
        "Alike and not in touch",
        ("Being alike is no reason to tie; it may be a reason for a cup of coffee.",),
        table=rows,
        caption="Pairs without a tie most alike; by chance: how many such pairs would be as alike",
        audience="coordinator",
    )


def _pairs(found: Valuing, frame: Any) -> tuple[Mapping[str, Any], ...]:
    shape = found.shape
    place = {str(e): i for i, e in enumerate(found.profiles.entities)}
    out = []
    for r in frame.head(MOST).to_dict("records"):
        a, b = str(r["a"]), str(r["b"])
        like = float(shape[place[a], place[b]])
        out.append({
            "one": name(a),
            "other": name(b),
            "alike in level": f"{r['alignment']:.2f}",
            "alike in shape": "flat profile" if np.isnan(like) else f"{like:.2f}",
            "rank": int(r["rank"]),
            "by chance": f"{r['by_chance']:.0f}" if r["by_chance"] >= 10 else f"{r['by_chance']:.1f}",
        })  # fmt: skip
    return tuple(out)


def _reference(found: Valuing, k: int) -> Part:
    """How near organisations stand to a framework."""
    reference = found.references[k]
    gap = reference.gap
    known = gap[gap["alignment"].notna()]
    furthest = known["furthest"].value_counts()
    most = sorted(furthest.items(), key=lambda f: (-f[1], str(f[0])))[:3]
    rows = tuple({"label": "", "value": float(v)} for v in np.sort(known["alignment"].to_numpy()))
    text = (
        f"{count(len(known), 'organisation')} rated enough of it; the middle one stands at "
        f"{float(known['alignment'].median()):.2f} of 1. Furthest from it most often: "
        f"{listing([f'{item} ({n})' for item, n in most])}."
        if len(known)
        else "Nobody rated enough of it.",
        "A reference is somebody's choice too: a gap is where to begin a conversation.",
    )
    chart = Chart("strip", f"Nearness to {reference.title}", rows, unit="similarity",
                  caption="One mark an organisation; 1 is everything rated as high as the scale goes.")  # fmt: skip
    return Part(f"Beside {reference.title}", text, (chart,) if len(known) >= SMALLEST else ())

