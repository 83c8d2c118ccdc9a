"""Tables of what partners value and can do, and of what was asked, needed and decided."""

from __future__ import annotations

from .model import Column, Table
from .shapes import boolean, choice, date, identity, listing, number, scale, text, wave

__all__ = ["CAPABILITIES", "DECISIONS", "INTRODUCTIONS", "NEEDS", "RATINGS", "RESPONSES", "ROUNDS", "VALUES"]


def _item(meaning: str, *synonyms: str) -> Column:
    return identity("item", meaning, *synonyms, required=True)


VALUES = Table(
    "values",
    "One row a value that an organisation rated or named.",
    (
        identity("entity", "Whose value it is.", "organisation", "organization", "org", "org_id", required=True),
        _item("The value, in a few words.", "value item", "statement"),
        number("rating", "How much it matters, on the scale; blank if it was only named.", "score"),
        number("scale_min", "Lowest rating possible.", default=1),
        number("scale_max", "Highest rating possible.", default=5),
        number("weight", "How much the item counts.", low=0, default=1),
        boolean("anchor", "Whether it is not negotiable.", "non-negotiable", default=False),
        choice("framework", "The set the item comes from.", "custom cooperative_ica wfg_ways councillor other",
               default="custom"),
        identity("rater", "Who gave the rating."),
        number("n_raters", "How many were asked.", low=0),
        number("sd", "How far they differed.", low=0),
        wave(),
    ),
    ("entity", "item", "rater", "wave"),
    ("values",),
)  # fmt: skip
CAPABILITIES = Table(
    "capabilities",
    "One row a thing that somebody can do, could do or needs.",
    (
        identity("entity", "Who has or needs it.", "organisation", "organization", "org", "org_id", required=True),
        identity("capability", "What it is.", "skill", required=True),
        choice("status", "Whether they have it.", "has could_have needs", default="has"),
        number("level", "How well, 0 to 5.", low=0, high=5, default=3),
        number("capacity", "How much, in units.", low=0),
        number("cost_gbp", "What it costs.", unit="GBP a year", low=0),
        boolean("authority_for", "Whether they may decide on it.", default=False),
        text("evidence", "How this is known."),
    ),
    ("entity", "capability"),
    ("capabilities", "capability", "skills"),
)
NEEDS = Table(
    "needs",
    "One row a need.",
    (
        identity("need_id", "A short code for the need.", required=True),
        identity("holder", "Whose need it is.", required=True),
        identity("capability", "What would meet it."),
        choice("type", "Whether it is needed, demanded or wanted.", "need demand want", default="need"),
        number("people_n", "How many people have it.", low=0),
        text("service", "The service it falls to."),
        boolean("statutory", "Whether the law requires it to be met."),
        number("horizon_years", "How far ahead it lies.", unit="years", low=0),
        choice("met", "Whether it is met.", "yes no partly", default=""),
    ),
    ("need_id",),
    ("needs",),
)
DECISIONS = Table(
    "decisions",
    "One row a decision.",
    (
        identity("decision_id", "A short code for the decision.", required=True),
        identity("body", "Where it was taken."),
        identity("holder", "Who took it."),
        identity("accountable_representative", "Who answers for it."),
        listing("participants", "Who took part, separated by semicolons."),
        boolean("open", "Whether it was taken in the open."),
        wave(),
    ),
    ("decision_id",),
    ("decisions",),
)
RATINGS = Table(
    "ratings",
    "One row a rating of one by another.",
    (
        identity("rater", "Who rates.", required=True),
        identity("target", "Who is rated.", required=True),
        _item("What is rated."),
        number("score", "The rating.", "rating"),
        number("scale_min", "Lowest rating possible.", default=1),
        number("scale_max", "Highest rating possible.", default=5),
        wave(),
    ),
    ("rater", "target", "item", "wave"),
    ("ratings",),
)
INTRODUCTIONS = Table(
    "introductions",
    "One row a pair that was, or could have been, introduced.",
    (
        identity("round", "The round of introductions.", required=True),
        identity("a", "One of the two.", required=True),
        identity("b", "The other.", required=True),
        boolean("eligible", "Whether they could have been paired."),
        boolean("assigned", "Whether they were paired."),
        boolean("met", "Whether they met."),
        boolean("tie_after", "Whether they were in contact afterwards."),
        scale("usefulness", "How useful it was, 1 to 5."),
    ),
    ("round", "a", "b"),
    ("introductions",),
)
ROUNDS = Table(
    "rounds",
    "One row a draw of rounds of introductions, as netmap rounds wrote it; with it the same draw can be made again.",
    (
        Column("first", "integer", "The first round it drew.", low=1, required=True),
        Column("last", "integer", "The last round it drew.", low=1, required=True),
        Column("seed", "integer", "Seed of the draw.", low=0, required=True),
        Column("across", "integer", "How much a pair from two groups was preferred; 0 not at all.", default=0, low=0, high=9),
        text("by", "The column of the list that says which group each belongs to."),
        choice("odd", "What became of the odd one out.", "sit_out trio", default="sit_out"),
        boolean("private", "Whether some pairs were kept apart; which stands nowhere.", default=False),
        listing("members", "Who took part, separated by semicolons."),
    ),
    ("first",),
    ("rounds",),
)
RESPONSES = Table(
    "responses",
    "One row a body that was asked.",
    (
        identity("entity", "Who was asked.", required=True),
        wave(),
        boolean("invited", "Whether they were asked.", default=True),
        boolean("responded", "Whether they answered.", "answered", "replied"),
        date("date", "When they answered."),
    ),
    ("entity", "wave"),
    ("responses", "response"),
)
