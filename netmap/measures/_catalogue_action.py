"""Catalogue entries for what could be done next."""

from __future__ import annotations

from .catalogue import Entry

__all__ = ["ENTRIES"]

_NEXT = "What could be done next"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="tie_gain", module="netmap.measures.new_ties", shape="tie", number="M75", title="What one more tie would do", family=_NEXT,
        plain="How much nearer everybody would be with one more tie, for every pair without one.",
        reading="Nearer: how many pairs would have a shorter way; joined: how many had none.",
        caution="A tie on paper brings nobody nearer: it is a possibility to talk about.",
        reference="Papagelis, Bonchi & Gionis 2011", range="gain 0..1; counts of pairs",
    ),
    Entry(
        name="introductions", module="netmap.measures.new_ties", shape="object", number="M75", title="Who should meet", family=_NEXT,
        proposed=True,
        plain="The few new ties that would help most together, with what each brings and who could introduce the two.",
        reading="The first pairs bring most organisations nearer, within what was said of consent, vetoes and load.",
        caution="Offer, do not assign. It cannot know who would get on.",
        reference="Papagelis, Bonchi & Gionis 2011; Obstfeld 2005", range="score from 0; 0.5 is the best single tie",
    ),
    Entry(
        name="scenario_test", module="netmap.chance.scenario", shape="object", number="M02, M04, M22", title="Before and after a change",
        family=_NEXT, proposed=True,
        plain="How a network changes where bodies step back, merge or come new, over those that are there in both.",
        reading="Before and after side by side; low and high: the change in networks as they might really be.",
        caution="A trade-off to discuss, not a forecast: people find new ways, the model does not.",
        reference="Krackhardt 1994; Latora & Marchiori 2001; Borgatti 2006", range="shares 0..1; steps from 1",
        needs=("before", "after"),
    ),
    Entry(
        name="link_prediction", module="netmap.measures.new_ties", shape="tie", number="M74", title="Who knows each other already", family=_NEXT,
        plain="How likely two nodes without a recorded tie know each other already, by the contacts they share.",
        reading="A high value asks: is a tie missing from the data?",
        caution="Not for introductions: those it ranks first will meet anyway.",
        reference="Adamic & Adar 2003; Liben-Nowell & Kleinberg 2007", range="from 0; jaccard 0..1",
    ),
)
