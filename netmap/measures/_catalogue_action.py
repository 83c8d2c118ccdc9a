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
        name="ladder_transitions", module="netmap.chance.transitions", shape="object", number="M70", title="Moves on the ladder",
        family=_NEXT, proposed=True,
        plain="How many ties moved up or down the ladder of intensity from one wave to the next, began or went.",
        reading="Share of the ties at a level that moved to another, with its interval; cells of fewer than five are not given.",
        caution="Higher is not better: the right level is the one the purpose needs.",
        reference="Wilson 1927; Frey et al. 2006; Himmelman 2002", range="shares 0..1", needs=("partnerships",),
    ),
    Entry(
        name="time_to_hardwired", module="netmap.chance.transitions", shape="object", number="M70", title="From learning to action",
        family=_NEXT,
        plain="How often ties that began loose became hard-wired, and after how many years, their end competing with it.",
        reading="Incidence after so many years with its interval; ties still running count as long as they were watched.",
        caution="Nothing says that a tie ought to become hard-wired. Between waves the time is put at the later one.",
        reference="Aalen & Johansen 1978; Marubini & Valsecchi 1995", range="0..1", needs=("partnerships",),
    ),
    Entry(
        name="cumulative_incidence", module="netmap.chance.transitions", shape="table", number="M70", title="Cumulative incidence",
        family=_NEXT,
        plain="How many have met an event by each time, where another end may come first.",
        reading="The share that will have met it by then; unlike Kaplan-Meier it counts those who can no longer.",
        caution="It says how often, not why.",
        reference="Aalen & Johansen 1978; Marubini & Valsecchi 1995", range="0..1", needs=("time", "event"),
    ),
    Entry(
        name="connection_first", module="netmap.measures.connecting", shape="object", number="M80, M82", title="Connections first",
        family=_NEXT, proposed=True,
        plain="For each need whether somebody able is within two trusted steps, not through the service it falls to.",
        reading="The share of needs, by people, with somebody able near; up to what it could be; and without those left out.",
        caution="Near is a possibility: unpaid time is not free, and a legal duty stays one.",
        reference="none published; related: Borgatti 2006", range="shares 0..1", needs=("needs", "capabilities"),
    ),
    Entry(
        name="demand_spillover", module="netmap.measures.connecting", shape="object", number="M83", title="What services pass on",
        family=_NEXT,
        plain="How much demand services send to each other in a year, and where it comes back.",
        reading="Net: received less sent on; a loop: cases that return to where they began.",
        caution="It needs real counts; guesses are refused. Moving demand is not meeting a need.",
        reference="Katz 1953; Seddon 2003", range="cases a year", needs=("partnerships",),
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
    Entry(
        name="rounds_of_pairs", module="netmap.measures.rounds", shape="table", number="M76", title="Rounds of pairs", family=_NEXT,
        plain="Who meets whom in each round of a coffee trial: a random schedule in which no two meet twice.",
        reading="One row a pair and round; a trio is three rows, and who is in no row of a round sits out.",
        caution="Being drawn is an offer. Keep the seed: without it nobody can tell afterwards what chance would have given.",
        reference="Kirkman 1847; Metropolis et al. 1953", range="rounds from 1 to n - 1, n where n is odd", needs=("people",),
    ),
    Entry(
        name="introduction_effect", module="netmap.chance.introducing", shape="object", number="M77", title="Effect of introductions",
        family=_NEXT,
        plain="Whether pairs drawn to meet have more ties afterwards than similar pairs that were not drawn.",
        reading="effect above 0 with p under 0.05: being drawn made a tie more likely, by so many in a hundred pairs.",
        caution="Ask everybody about everybody alike, drawn or not. Who met is compliance: never compare those who met.",
        reference="Fisher 1935; Athey, Eckles & Imbens 2018", range="effect -1..1; p 0..1", needs=("introductions",),
    ),
    Entry(
        name="event_effect", module="netmap.chance.introducing", shape="object", number="M77", title="Ties after an event", family=_NEXT,
        proposed=True,
        plain="How many ties began among those who attended, beside as many others picked at random with as many ties before.",
        reading="begun above the interval: more than others like them began.",
        caution="Nobody draws lots for who attends: what brought them may be what made the ties.",
        reference="Fisher 1935", range="counts of pairs; p 0..1", needs=("ties", "attended", "when"),
    ),
)
