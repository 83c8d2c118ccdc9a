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
        name="link_prediction", module="netmap.measures.new_ties", shape="tie", number="M74", title="Who knows each other already", family=_NEXT,
        plain="How likely two nodes without a recorded tie know each other already, by the contacts they share.",
        reading="A high value asks: is a tie missing from the data?",
        caution="Not for introductions: those it ranks first will meet anyway.",
        reference="Adamic & Adar 2003; Liben-Nowell & Kleinberg 2007", range="from 0; jaccard 0..1",
    ),
    Entry(
        name="capability_coverage", module="netmap.measures.capabilities", shape="table", number="M78", title="Who can do what",
        family=_NEXT,
        plain="For every capability who provides it, whether that is one alone, how much there is and how near it is to those who need it.",
        reading="Single: all of it hangs on one; hhi 1: one has all the capacity; near: share of those in need with a provider near.",
        caution="It knows what was recorded. One provider may be all that is needed.",
        reference="Herfindahl 1950", range="counts; shares 0..1", needs=("capabilities",),
    ),
    Entry(
        name="coalition_frontier", module="netmap.measures.coalition", shape="table", number="M79", title="Coalitions by shared values",
        family=_NEXT,
        plain="The smallest, or cheapest, coalition that can do everything, at each level of how alike its members must be in values.",
        reading="Size never falls as the level rises; where it jumps, more likeness costs more members.",
        caution="Others may do as well. No procurement advice: ratings are opinions.",
        reference="Karp 1972; Chvatal 1979", range="size from 1; alignment 0..1", needs=("capabilities", "values"),
    ),
    Entry(
        name="smallest_move", module="netmap.measures.moving", shape="object", number="M79", title="Smallest change of values",
        family=_NEXT,
        plain="Which ratings an organisation would have to move, and by how much, to be as alike to others as asked.",
        reading="Total: least sum of moves, as a share of the scale; the items say where a conversation would begin.",
        caution="Values are negotiated, not calculated; being alike is not required.",
        reference="Gower 1971; Dantzig 1957", range="0..1", needs=("values",),
    ),
)
