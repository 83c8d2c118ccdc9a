"""F14: what if a body steps back, one central body comes, bodies merge, or an introduction is made."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..finding import Finding
from .words import count, listing, name, number, percent, perturbed, plural

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..network import Network
    from ..scenarios import Change
    from ..study import Study

__all__ = ["ID", "QUESTION", "answer"]

ID = "F14"
QUESTION = "What if a body steps back, one central body comes, or bodies merge?"

WORDS = {
    "pairs_connected": "pairs in contact",
    "mean_distance": "steps between those in contact before and after",
    "nearness": "nearness (1: everybody next to everybody)",
    "dependence": "pairs in contact that rest on one body",
}
SHARES = ("pairs_connected", "dependence")
SMALL = 1e-9


def answer(study: Study, after: Network, change: Change) -> Finding:
    """Set the network as it is beside the network after a change, over the organisations that are there in both."""
    if study.network.shape != "ties":
        raise UsageError("A scenario needs ties: who works with whom (two columns are enough: organisation, partner).")
    if change.empty:
        raise UsageError("Nothing was changed: say who steps back, who merges, or which tie is made.")
    from ..evidence.stepping import stepping

    found = stepping(study, after, change)
    table = found.table.to_dict("index")
    changed = [q for q in WORDS if abs(table[q]["change"]) > SMALL]
    watched = changed or list(WORDS)
    sure = min((table[q]["holds"] for q in watched if not math.isnan(table[q]["holds"])), default=0.0)
    if changed:
        said = [f"{WORDS[q]} {_figure(q, table[q]['before'])} -> {_figure(q, table[q]['after'])}" for q in changed]
        outcome = f"compared with now, over the {count(found.common, *study.word)} there in both: {listing(said)}."
    else:
        outcome = f"the {count(found.common, *study.word)} there in both are connected just as now."
    if found.draws:
        each = "every change named has the same sign" if changed else "nothing changes either"
        how = perturbed(study.mean_confidence, found.draws)
        why = (
            f"In {percent(sure)} of {how} {each}. There is no null model for a change that nobody made, so it is never "
            "called solid."
        )
    else:
        why = "There are too few ties to draw networks as they might really be."
    return Finding(
        ID,
        QUESTION,
        f"{_what(change)}, {outcome}",
        evidence={f"{q}_{side}": float(table[q][side]) for q in WORDS for side in ("before", "after", "low", "high")}
        | {"organisations_in_both": found.common},
        certainty=study.certainty(sure, has_null=False),
        why_certain=why,
        next_step="Show both columns to those concerned and ask how they would go round it, and what nobody else could do.",
        care="A trade-off to discuss, not a forecast: people find new ways, the model does not. It knows ties, not money, "
        "duties or law.",
        table=tuple(_row(q, table[q]) for q in WORDS),
        nodes=tuple(change.into),
        audience="coordinator",
    )


def _what(change: Change) -> str:
    gone = [i for i, now in change.into.items() if now is None]
    merged: dict[str, list[str]] = {}
    for node, now in change.into.items():
        if now is not None:
            merged.setdefault(now, []).append(node)
    parts = []
    if gone:
        parts.append(f"{listing([name(i) for i in gone])} stepped back")
    parts += [f"{listing([name(i) for i in nodes])} became {change.bodies[to]}" for to, nodes in merged.items()]
    new = [title for ident, title in change.bodies.items() if ident not in merged]
    if new:
        parts.append(f"{listing(new)} {plural(len(new), 'was', 'were')} founded")
    if len(change.ties) == 1:
        one, other = (change.bodies.get(end) or name(end) for end in change.ties[0])
        parts.append(f"{one} and {other} were introduced")
    elif change.ties:
        parts.append(f"{count(len(change.ties), 'new tie')} were made")
    return f"If {listing(parts)}"


def _figure(quantity: str, value: float) -> str:
    return percent(value) if quantity in SHARES else number(value)


def _row(quantity: str, row: Mapping[Any, float]) -> dict[str, str]:
    share = quantity in SHARES

    def signed(value: float) -> str:
        if math.isnan(value):
            return "not defined"
        return f"{100 * value:+.0f} points" if share else f"{value:+.2f}"

    return {
        "what": WORDS[quantity],
        "now": _figure(quantity, row["before"]),
        "then": _figure(quantity, row["after"]),
        "change": signed(row["change"]),
        "range of the change": "not drawn" if math.isnan(row["low"]) else f"{signed(row['low'])} to {signed(row['high'])}",
    }
