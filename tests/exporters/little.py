"""Small analyses made by hand, for the tests of what exporters do with them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from netmap.analysis import Analysis
from netmap.finding import Chance, Chart, Finding, Locked


def little_analysis(count: int = 6, hostile: str = "", **changes: Any) -> Analysis:
    """A ring of `count` organisations in two groups; `hostile` is put into every piece of text there is."""
    h = hostile
    turn = 2 * np.pi * np.arange(count) / max(count, 1)
    nodes = pd.DataFrame(
        {
            "id": [f"o{i:05d}{h}" for i in range(count)],
            "name": [f"Organisation {i}{h}" for i in range(count)],
            "type": [("council" if i % 2 else "school") + h for i in range(count)],
            "sector": [("public" if i % 3 else "voluntary") + h for i in range(count)],
            "place": [f"Exeter{h}"] * count,
            "networks": [(f"Schools{h}", f"Health{h}")[: i % 3] for i in range(count)],
            "community": np.arange(count, dtype=np.int64) * 2 // max(count, 1),
            "x": np.round(100.0 * count**0.5 * np.cos(turn), 4),
            "y": np.round(100.0 * count**0.5 * np.sin(turn), 4),
            "degree": np.full(count, 2.0),
            "betweenness": np.where(np.arange(count) % 2, np.nan, 0.1 + 0.2),
        }
    )
    ends = [(i, (i + 1) % count) for i in range(count)] if count > 2 else []
    ties = pd.DataFrame(
        {
            "source": [nodes["id"][a] for a, _ in ends],
            "target": [nodes["id"][b] for _, b in ends],
            "source_name": [nodes["name"][a] for a, _ in ends],
            "target_name": [nodes["name"][b] for _, b in ends],
            "kinds": [(f"learning{h}", "funding") for _ in ends],
            "strength": [1.0 + i % 3 for i in range(len(ends))],
            "mandate": [f"voluntary{h}" for _ in ends],
            "bridge": [False for _ in ends],
        }
    )
    networks = pd.DataFrame(
        {
            "network": ["0", "1", f"Schools{h}"],
            "name": [f"Group 1{h}", f"Group 2{h}", f"Schools{h}"],
            "kind": ["community", "community", "network"],
            "members": [count // 2, count - count // 2, 1],
            "ties_within": [2, 2, 0],
            "ties_between": [2, 2, 0],
        }
    )
    finding = Finding(
        id="F1",
        question=f"Where does the network depend on one link?{h}",
        headline=f"0 of {len(ends)} ties are the only path between parts.{h}",
        evidence={"ties": np.int64(len(ends)), "bridges": 0, "share": np.float64("nan")},
        chance=Chance("same degrees, random ties", expected=1.5, p=0.04, draws=200, interval=(0.0, 3.0)),
        certainty="solid",
        why_certain=f"Holds in 190 of 200 perturbed networks.{h}",
        next_step=f"Ask whether a second contact exists.{h}",
        care=f"A bridge is often a strength.{h}",
        table=({"organisation": f"Organisation 0{h}", "share lost": 0.25},),
        charts=(Chart("bars", f"Shares{h}", ({"label": f"Organisation 0{h}", "value": 0.25},)),),
    )
    values: dict[str, Any] = {
        "title": f"Devon partnerships{h}",
        "taken_as": (f"{count} organisations joined by partnerships.{h}", "Ties of every kind count as contact."),
        "findings": (Finding(id="F0", question="How good are the data?", headline=f"All answered.{h}"), finding),
        "locked": (Locked("F4", "Do partners share values?", ("organisation.values",), "no values"),),
        "nodes": nodes,
        "ties": ties,
        "networks": networks,
        "people": pd.DataFrame({"id": pd.Series([], dtype=object), "name": pd.Series([], dtype=object)}),
        "node_word": "organisation",
        "coverage": {"organisations": count, "answered": None},
        "manifest": {"netmap": "0.1", "seed": 0, "audience": "coordinator", "settings": {"effort": "normal"}},
        "ledger": pd.DataFrame({"file": ["a.csv"], "line": [2], "outcome": ["used"], "reason": [f"{h}"]}),
        "suppressed": pd.DataFrame({"what": [f"people{h}"], "count": [3], "reason": ["no consent"]}),
    }
    return Analysis(**{**values, **changes})
