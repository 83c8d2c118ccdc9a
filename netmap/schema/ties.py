"""The table of ties: who works with whom, and how."""

from __future__ import annotations

from .bodies import HARD_WIRING, hardwired
from .model import Column, Table
from .shapes import boolean, choice, date, identity, listing, number, scale, text, wave

__all__ = ["PARTNERSHIPS"]

_TRUST = tuple(
    scale(name, meaning, low=1, high=4)
    for name, meaning in (
        ("trust_reliability", "How far the source can rely on the target, 1 (not at all) to 4 (a great deal)."),
        ("trust_mission", "How far both want the same, 1 (not at all) to 4 (a great deal)."),
        ("trust_openness", "How open the target is, 1 (not at all) to 4 (a great deal)."),
        ("value_influence", "How much influence the target brings, 1 (not at all) to 4 (a great deal)."),
        ("value_involvement", "How involved the target is, 1 (not at all) to 4 (a great deal)."),
        ("value_resources", "How much the target contributes, 1 (not at all) to 4 (a great deal)."),
    )
)

PARTNERSHIPS = Table(
    "partnerships",
    "One row a tie between two organisations (or people).",
    (
        identity("source", "One end of the tie.", "organisation", "organization", "org", "from", "a", "sender", "ego",
                 "source id", "from id", "organisation a", "org a", "organisation 1", "node1", "vertex 1",
                 "source node", "organisation from", "reporter", "funder", "funding organisation", required=True),
        identity("target", "The other end.", "partner", "to", "b", "with", "receiver", "alter", "target id", "to id",
                 "partner organisation", "organisation b", "org b", "organisation 2", "node2", "vertex 2",
                 "target node", "works with", "partner name", "recipient", "recipient organisation", required=True),
        Column("kind", "text", "What kind of tie it is, such as learning or funding.",
               ("relation", "relationship", "tie type", "link type", "type of tie", "type of relationship",
                "relationship type", "type"), default="partnership"),
        boolean("directed", "Whether the tie goes one way; follows from the kind where it is blank.",
                spelt={"directed": "yes", "undirected": "no"}),
        number("intensity", "How close the work is, 0 to 5 (or the scale named).", "level", low=0),
        choice("intensity_scale", "The scale of intensity.", "netmap frey2006 himmelman2002 custom", default="netmap"),
        number("strength", "How strong the tie is; larger is closer.", "weight", "value", low=0),
        number("frequency", "Contacts a year.", "contacts per year", unit="contacts a year", low=0),
        choice("mandate", "Whether it was chosen or required.", "voluntary mandated mixed unknown",
               spelt={"forced": "mandated", "required": "mandated", "statutory": "mandated", "optional": "voluntary",
                      "chosen": "voluntary", "mandatory": "mandated"}),
        choice("origin", "Who started it.", "grassroots leadership funder statutory unknown"),
        *HARD_WIRING,
        hardwired(),
        choice("legal_form", "What form it has.", "none terms_of_reference mou sla contract statutory merged",
               default=""),
        text("purpose", "What it is for."),
        text("value_created", "What it has brought."),
        listing("outcome", "Outcomes it works for, separated by semicolons.", "outcomes"),
        listing("way_of_working", "Ways of working it shows.",
                values=("long_term", "prevention", "integration", "collaboration", "involvement")),
        number("horizon_years", "How far ahead it looks.", unit="years", low=0),
        number("funding_gbp", "Money that passes.", "funding", "amount", unit="GBP a year", low=0),
        number("hours", "Time it takes.", unit="hours a month", low=0),
        *_TRUST,
        text("channel", "How contact is made."),
        identity("initiated_by", "Who started it."),
        identity("introduced_by", "Who brought the two together."),
        date("start", "When it began.", "since", "start date", "began", "started"),
        date("end", "When it ended.", "end date", "until", "ended on"),
        choice("status", "Whether it is at work; planned and ended ties are left out of the current picture.",
               "active planned dormant ended", default="active"),
        wave(),
        identity("reported_by", "Who said so.", "reported by", "respondent"),
        boolean("confirmed", "Whether both ends say so."),
        number("confidence", "How sure the tie is, 0 to 1.", low=0, high=1),
        boolean("confidential", "Whether the tie must not be shown.", default=False),
        text("note", "Anything else.", "notes", "comment", "comments", "evidence", "quote"),
    ),
    ("source", "target", "kind", "wave", "reported_by"),
    ("partnerships", "partnership", "ties", "tie", "edges", "edge", "links", "relationships", "connections", "contact",
     "contacts", "collaboration", "collaborations", "marriage", "business", "messages"),
)  # fmt: skip
