"""F2: whether optional opportunity is backed by accountability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..facts import HARD_WIRED
from ..finding import Chance, Chart, Finding, Locked
from ..measures.accountability import quadrants
from .words import count, name, percent, perturbed, plural

if TYPE_CHECKING:
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F2"
QUESTION = "Is opportunity backed by accountability?"


def answer(study: Study) -> Finding | Locked:
    """Count optional and hard-wired ties, how many optional ones lean on nothing, and what the hard-wired hold alone."""
    kinds = study.kinds
    known_mandate = len(kinds) and (kinds["mandate"] != "unknown").any()
    known_wiring = len(kinds) and kinds["hardwired"].notna().any()
    if study.network.shape != "ties" or not (known_mandate and known_wiring):
        needs = ([] if known_mandate else ["mandate"]) + ([] if known_wiring else ["hardwired (or hw_agreement ...)"])
        return Locked(
            ID,
            QUESTION,
            tuple(needs or ["mandate", "hardwired"]),
            "It needs to be known of ties whether they were chosen, and whether anyone can be held to account.",
        )
    word, words = study.word
    backing = study.backing
    total = len(kinds)
    optional, unsure = backing.optional, backing.optional_unknown
    loose = int(optional.sum())
    unknown = int(unsure.sum())
    all_optional = loose + unknown
    hard = int(backing.hard.sum())
    alone = int(backing.unsupported.sum())
    kept, expected, p = backing.kept, backing.expected, backing.p
    if hard == 0 or expected is None:
        placed = " No tie is hard-wired, so nothing holds by accountability alone."
    else:
        few = f"The {count(hard, 'hard-wired tie')} {plural(hard, 'keeps', 'keep')} {percent(kept)} of the connected pairs"
        if p is None or p >= 0.05:
            placed = (
                f" {few} together; as many ties picked at random would keep {percent(expected)}: they are few "
                "rather than badly placed."
                if kept < 0.5
                else f" {few} together, about what as many ties picked at random would ({percent(expected)})."
            )
        elif kept < expected:
            placed = f" {few} together, less than as many ties picked at random would ({percent(expected)})."
        else:
            placed = f" {few} together, more than as many ties picked at random would ({percent(expected)})."
    note = f" (counting {count(unknown, 'tie')} whose accountability is not recorded)" if unknown else ""
    leaning = all_optional - alone
    headline = (
        f"{all_optional:,} of {count(total, 'tie')} {plural(all_optional, 'is', 'are')} optional: chosen, and not "
        f"accountable{note}. {leaning:,} of those {plural(leaning, 'has', 'have')} a hard-wired tie at either end to lean on, "
        f"{alone:,} {plural(alone, 'has', 'have')} none; {backing.without:,} of {count(study.n_units, word, words)} "
        f"{plural(backing.without, 'has', 'have')} no hard-wired tie at all.{placed}"
    )
    cells = quadrants(kinds)
    filled = cells[cells["count"] > 0]
    seen_mandates = {"chosen", "forced", *filled["mandate"]}
    seen_wirings = {"accountable", "loose", *filled["wiring"]}
    grid = tuple(
        {
            "row": str(row["mandate"]),
            "column": str(row["wiring"]),
            "value": int(row["count"]),
            "share": float(row["count"]) / total,
        }
        for row in cells.to_dict("records")
        if row["mandate"] in seen_mandates and row["wiring"] in seen_wirings
    )
    stands = backing.stands
    unsupported_share = alone / all_optional if all_optional else 0.0
    rows = tuple(
        {
            "from": name(r["a"]),
            "to": name(r["b"]),
            "kind": r["kind"],
            "accountability": "not recorded" if np.isnan(r["hardwired"]) else "loose or part-wired",
        }
        for r in kinds[backing.unsupported].head(25).to_dict("records")
    )
    how = perturbed(study.mean_confidence, study.replay["loss"].shape[0])
    side = "more" if unsupported_share > 0.5 else "no more"
    if all_optional == 0:
        why = "No tie was recorded as chosen and loose."
    else:
        why = (
            f"In {percent(stands)} of {how}, whether unknown answers are counted as yes or as no, {side} than half "
            "of the optional ties have no hard-wired tie at either end."
        )
        fewer, of = backing.if_yes
        if of and (fewer / of > 0.5) != (unsupported_share > 0.5):
            why += f" Were everything unrecorded accountable, it would be {fewer:,} of {of:,}: finding that out settles it."
    outcome = _top_outcome(study)
    start = f' Start with "{outcome}".' if outcome else ""
    return Finding(
        ID,
        QUESTION,
        headline,
        evidence={
            "ties": total,
            "optional": all_optional,
            "optional_without_unknown": loose,
            "hard_wired": hard,
            "optional_without_support": alone,
            "optional_with_support": leaning,
            "share_optional": all_optional / total,
            "share_hard_wired": hard / total,
            "unknown_accountability": int(kinds["hardwired"].isna().sum()),
            "unknown_mandate": int((kinds["mandate"] == "unknown").sum()),
            "organisations_without_hard_wired_tie": int(backing.without),
            "organisations": study.n_units,
            "pairs_kept_by_hard_wired_ties": kept if hard else 0.0,
        },
        chance=Chance(
            f"the same number of ties ({backing.hard_pairs}) picked at random from the network",
            expected=expected,
            p=p,
            draws=backing.draws,
            interval=backing.interval,
        )
        if hard
        else None,
        certainty=study.certainty(stands, has_null=False) if all_optional else "likely",
        why_certain=why,
        next_step="For which outcomes would being held to account help? Ask the partners of one or two optional ties "
        f"that carry most.{start}",
        care=f"Hard-wired is not better, and chosen is not better than forced: the {count(total, 'tie')} are shown by "
        f"both. A tie counts as hard-wired at an index of {HARD_WIRED:.2f} or more; the index is netmap's own (proposed).",
        table=rows,
        charts=(
            Chart(
                "grid",
                "Chosen or forced, accountable or loose",
                grid,
                unit="count",
                caption=f"Each of the {count(total, 'tie')} (a pair and a kind) is counted once.",
            ),
        ),
        audience="public",
    )


def _top_outcome(study: Study) -> str:
    """Return the outcome most ties name, where outcomes are recorded."""
    if "outcome" not in study.records:
        return ""
    seen: dict[str, int] = {}
    for outcomes in study.records["outcome"]:
        for outcome in outcomes if isinstance(outcomes, tuple) else ():
            seen[outcome] = seen.get(outcome, 0) + 1
    return min(seen, key=lambda k: (-seen[k], k)) if seen else ""
