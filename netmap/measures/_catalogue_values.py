"""Catalogue entries for values, trust, intensity, leadership and coalitions, with their tests against chance."""

from __future__ import annotations

from .catalogue import Entry

__all__ = ["ENTRIES"]

_TESTS = "Values and ties against chance"

_QAP = "netmap.chance.qap"

ENTRIES: tuple[Entry, ...] = (
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
