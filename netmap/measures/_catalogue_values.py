"""Catalogue entries for values, trust, intensity, leadership and coalitions, with their tests against chance."""

from __future__ import annotations

from .catalogue import Entry

__all__ = ["ENTRIES"]

_VALUES = "Values"
_LIKE = "Like with like"
_TESTS = "Values and ties against chance"

_QAP = "netmap.chance.qap"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="level_and_shape", module="netmap.measures.profiles", shape="table", number="M44", title="Level and shape of values",
        family=_VALUES,
        plain="How alike two organisations are in how high they rate things (level) and in what they rate above what (shape).",
        reading="Shape near 1 with a low level: the same order of things, one more emphatic than the other.",
        caution="Neither is the right one alone. A flat profile has no shape.",
        reference="Cronbach & Gleser 1953; Gower 1971", range="level 0..1, shape -1..1", needs=("values",),
    ),
    Entry(
        name="agreement", module="netmap.measures.agreement", shape="object", number="M45", title="Agreement of raters", family=_VALUES,
        plain="How far several people of one organisation give the same answers about what it values.",
        reading="r_wg 1: all the same; 0: as scattered as random answers. From 0.7 the mean may stand for the organisation.",
        caution="With fewer than three raters nothing is said, with fewer than five nothing is published. 0.7 is a convention.",
        reference="James, Demaree & Wolf 1984; Bliese 2000", range="0..1; ICC(1) up to 1", needs=("values",),
    ),
    Entry(
        name="reference_gap", module="netmap.measures.profiles", shape="table", number="M46", title="Gap to a reference", family=_VALUES,
        plain="How near each organisation's values are to a profile all compare themselves with, such as a framework.",
        reading="1: the same; the item furthest away says where to begin talking.",
        caution="A gap is no fault: a reference is somebody's choice too.",
        reference="Gower 1971; O'Reilly, Chatman & Caldwell 1991", range="0..1", needs=("values", "reference"),
    ),
    Entry(
        name="negotiation_table", module="netmap.measures.negotiation", shape="table", number="M54", title="Negotiation table",
        family=_VALUES,
        plain="Item by item where two or more organisations stand, what somebody would not give up, and what could be traded.",
        reading="Shared anchors first, then anchored conflicts, tradeable items and common ground.",
        caution="An agenda for a conversation, never a score.",
        reference="none published; related: Fisher & Ury 1981", range="gap 0..4", needs=("values", "parties"), proposed=True,
    ),
    Entry(
        name="coleman", module="netmap.measures.segregation", shape="table", number="M51", title="Coleman's homophily index", family=_LIKE,
        plain="How far the ties of each group stay inside it, beyond what its size gives.",
        reading="1: only inside; 0: as its size gives; -1: never inside.",
        caution="Small groups swing; test it before naming one.",
        reference="Coleman 1958; Yule 1912", range="-1..1", needs=("groups",),
    ),
    Entry(
        name="likeness_test", module="netmap.chance.likeness", shape="object", number="M47, M48, M51", title="Test of like with like",
        family=_TESTS,
        plain="Whether ties join like with like more than labels dealt out at random over the same ties would.",
        reading="p under 0.05: more or less than chance, as the value lies above or below the expected one.",
        caution="Whether likeness makes ties or ties make alike cannot be told from one moment.",
        reference="Newman 2003; Krackhardt & Stern 1988; Moran 1950; Geary 1954", range="p 0..1", needs=("a column",),
    ),
    Entry(
        name="alignment_test", module="netmap.chance.likeness", shape="object", number="M46", title="Test of alignment", family=_TESTS,
        plain="Whether partners are more, or less, alike in what they value than organisations dealt out at random.",
        reading="The value against the expected one, with p; below 60% of ties compared nothing should be said.",
        caution="Low alignment is no fault: a difference may be what a tie is for.",
        reference="Gower 1971; O'Reilly, Chatman & Caldwell 1991", range="0..1, p 0..1", needs=("values",),
    ),
    Entry(
        name="qap", module=_QAP, shape="object", number="M49", title="QAP correlation", family=_TESTS,
        plain="Whether two matrices of the same organisations go together, against one of them with its rows and "
        "columns relabelled.",
        reading="r near 0 and p from 0.05: no more than chance; r itself says how closely.",
        caution="That two things go together does not say which came first, or that a third is not behind both.",
        reference="Krackhardt 1987, 1988; Mantel 1967", range="r -1..1, p 0..1",
    ),
    Entry(
        name="mrqap", module=_QAP, shape="object", number="M50", title="Regression of matrices (MRQAP)", family=_TESTS,
        plain="How one matrix, such as trust, goes with several others at once, such as alignment beside nearness and age.",
        reading="A coefficient is the difference in the first for one more of the other, the rest staying as it is; its p "
        "comes from relabelling.",
        caution="Coefficients are no causes; with strong confounding and skewed values p is not to be relied on.",
        reference="Dekker, Krackhardt & Snijders 2007", range="p 0..1",
    ),
)  # fmt: skip
