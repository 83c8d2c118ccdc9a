"""Tables to fill in, with an example row each and a guide to every column; made from the schema."""

from __future__ import annotations

import csv
import io

from ..schema import TABLES

__all__ = ["templates"]

_EXAMPLES: dict[str, tuple[dict[str, str], ...]] = {
    "organisations": (
        {"org_id": "nbc", "name": "Northbridge Council", "type": "council", "sector": "public", "place": "Northbridge"},
        {"org_id": "hcw", "name": "Harbour Community Works", "type": "voluntary", "sector": "voluntary", "place": "Northbridge"},
    ),
    "partnerships": (
        {"source": "nbc", "target": "hcw", "kind": "learning", "intensity": "2", "mandate": "voluntary", "hw_agreement": "yes",
         "hw_owner": "no", "start": "2021-04", "status": "active"},
    ),
    "memberships": ({"member": "nbc", "member_type": "organisation", "group": "Wellbeing Forum", "role": "chair"},),
    "networks": ({"network_id": "Wellbeing Forum", "name": "Northbridge Wellbeing Forum", "kind": "board"},),
    "people": ({"person_id": "p01", "organisation": "nbc", "role_type": "officer", "consent": "none"},),
    "values": ({"entity": "nbc", "item": "openness", "rating": "4", "scale_min": "1", "scale_max": "5", "anchor": "yes"},),
    "capabilities": ({"entity": "hcw", "capability": "community transport", "status": "has", "level": "4"},),
    "needs": ({"need_id": "n1", "holder": "nbc", "capability": "community transport", "type": "need", "people_n": "40", "met": "partly"},),
    "decisions": ({"decision_id": "d1", "body": "Wellbeing Forum", "holder": "nbc", "participants": "nbc; hcw", "open": "yes"},),
    "ratings": ({"rater": "nbc", "target": "hcw", "item": "keeps its word", "score": "4", "scale_min": "1", "scale_max": "5"},),
    "introductions": (
        {"round": "1", "a": "nbc", "b": "hcw", "eligible": "yes", "assigned": "yes", "met": "yes", "tie_after": "yes", "usefulness": "4"},
    ),
    "responses": ({"entity": "nbc", "invited": "yes", "responded": "yes"},),
}  # fmt: skip
_READ_ME = """Tables to fill in
=================

partnerships.csv is the only one you need: one row for each pair that works together.
Replace the example rows by your own, leave blank what you do not know, and delete the tables and columns you do not use.
column-guide.csv says what each column means. Your own columns may be added; they are kept.

netmap check THIS-FOLDER      says what was understood and what needs attention
netmap analyse THIS-FOLDER    writes the report, the map and the tables
"""


def templates() -> dict[str, str]:
    """Return the text of every template by file name.

    Returns
    -------
    dict of str to str
        One CSV a table with its headings and example rows (made-up bodies), ``column-guide.csv`` and ``README.txt``.

    Examples
    --------
    >>> templates()["values.csv"].splitlines()[1]
    'nbc,openness,4,1,5,,yes,,,,,'
    """
    files = {"README.txt": _READ_ME}
    for name, rows in _EXAMPLES.items():
        columns = [c.name for c in TABLES[name].columns]
        files[f"{name}.csv"] = _csv([columns, *([row.get(c, "") for c in columns] for row in rows)])
    guide = [["table", "column", "meaning", "values", "unit", "blank means"]]
    for table in _EXAMPLES:
        for c in TABLES[table].columns:
            span = f"{c.low:g} to {c.high:g}" if c.low is not None and c.high is not None else f"{c.low:g} or more" if c.low is not None else ""
            blank = "needed" if c.required else _said(c.default)
            guide.append([table, c.name, c.meaning, "; ".join(c.values) or span, c.unit, blank])
    files["column-guide.csv"] = _csv(guide)
    return files


def _said(default: object) -> str:
    if default is None or default == "":
        return "not known"
    return {True: "yes", False: "no"}.get(default, str(default)) if isinstance(default, bool) else str(default)


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
