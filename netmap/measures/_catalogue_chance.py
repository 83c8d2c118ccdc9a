"""Catalogue entries for tests against chance, and for what groupings and reports are worth."""

from __future__ import annotations

from .catalogue import Entry

__all__ = ["ENTRIES"]

_CHANCE = "Against chance"
_GROUPS = "Groups and networks of networks"
_DATA = "How much was seen"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="small_world", module="netmap.chance.rewired", shape="object", number="M07", title="Small world", family=_CHANCE,
        plain="How clustered and how near together a network is, against networks with the same degrees.",
        reading="A clustering ratio above 1 with its interval above 1, and an efficiency ratio near 1, is what is meant.",
        caution="No word under 50 nodes: the null is too wide. Never against G(n, m), which calls every network one.",
        reference="Humphries & Gurney 2008; Telesford et al. 2011", range="ratios from 0; omega -1..1",
    ),
    Entry(
        name="rewiring_test", module="netmap.chance.rewired", shape="object", number="M30", title="Against random networks",
        family=_CHANCE,
        plain="Any number of the whole network beside what random networks with the same degrees have.",
        reading="p under 0.05: not what the degrees alone give.",
        caution="The null for degrees themselves is the one with as many ties; with the same degrees nothing varies.",
        reference="Maslov & Sneppen 2002; Milo et al. 2003", range="p 0..1", needs=("measure",),
    ),
    Entry(
        name="brokerage_test", module="netmap.chance.brokering", shape="table", number="M19", title="Brokerage against chance",
        family=_CHANCE, proposed=True,
        plain="Whether each node brokers in each role more or less than with the groups of all others dealt out at random.",
        reading="q under 0.05: the node stands between those groups more, or less, than its ties alone would give.",
        caution="In small groups the counts hardly vary; where they cannot, there is no p.",
        reference="Gould & Fernandez 1989; Phipson & Smyth 2010", range="p and q 0..1", needs=("groups",),
    ),
    Entry(
        name="weak_ties_test", module="netmap.chance.weak_ties", shape="object", number="M14", title="The strength of weak ties",
        family=_CHANCE,
        plain="How far strong ties are also embedded ones, beside chance.",
        reading="Positive: weak ties join those who share few contacts.",
        caution="Needs strengths that differ.",
        reference="Granovetter 1973; Onnela et al. 2007", range="-1..1",
    ),
    Entry(
        name="key_players_test", module="netmap.chance.chosen_sets", shape="object", number="M20", title="A set against random sets",
        family=_CHANCE,
        plain="How much the loss of a set of nodes breaks up, or how much is reached from it, beside as many drawn at random.",
        reading="p under 0.05: the set does more than most sets of its size.",
        caution="A set that was searched for is the best of many: its p says how far the best lies from any.",
        reference="Borgatti 2006", range="0..1", needs=("seeds",),
    ),
    Entry(
        name="spread_test", module="netmap.chance.spread", shape="object", number="M63", title="Uneven beyond chance", family=_CHANCE,
        plain="The Gini coefficient of counts beside that of as many dealt out at random.",
        reading="p under 0.05: fewer hold more than chance gives.",
        caution="Only for counts, such as nominations; few counts are uneven by chance.",
        reference="Gini 1912; Mehra et al. 2006", range="0..1", needs=("counts",),
    ),
    Entry(
        name="consensus", module="netmap.chance.agreeing", shape="object", number="M28", title="Consensus of groupings", family=_GROUPS,
        plain="The grouping that searches with other seeds and fewer ties agree on, with how sure it is for every node.",
        reading="Certainty near 1: always with the same others; near 0: as often with another group.",
        caution="It always gives an answer: see stability and significance before naming groups.",
        reference="Lancichinetti & Fortunato 2012", range="labels from -1; certainty up to 1",
    ),
    Entry(
        name="group_certainty", module="netmap.chance.agreeing", shape="node", number="M28", title="Certainty of a group", family=_GROUPS,
        plain="How much more often a node is grouped with its own group than with another, over seeds and fewer ties.",
        reading="Near 1: always with the same others; near 0: as often with another group. The map fades its colour.",
        caution="It says whether the group comes out again, not whether it means anything.",
        reference="Lancichinetti & Fortunato 2012; after Rousseeuw 1987", range="up to 1", needs=("groups",), proposed=True,
    ),
    Entry(
        name="roles", module="netmap.measures.cartography", shape="table", number="M25", title="Roles among groups", family=_GROUPS,
        plain="What a node is among the groups, by how its ties are spread and how busy it is in its own.",
        reading="Local, mostly local, connector, everywhere: against the spread that chance gives for as many ties.",
        caution="The thresholds of the paper come from metabolism and are a rule of thumb; the plain words are netmap's own.",
        reference="Guimera & Amaral 2005", range="words", needs=("groups",), proposed=True,
    ),
    Entry(
        name="participation_ratio", module="netmap.measures.cartography", shape="node", number="M23", title="Participation against chance",
        family=_GROUPS,
        plain="Participation over what it would be by chance for that many ties.",
        reading="1: as spread as chance; below 1: keeps to few groups.",
        caution="Not defined for fewer than two ties.",
        reference="Guimera & Amaral 2005", range="from 0", needs=("groups",),
    ),
    Entry(
        name="coverage", module="netmap.measures.seen", shape="object", number="M71", title="Coverage", family=_DATA, proposed=True,
        plain="How much of the network has been seen: who answered, which ties both ends report, which pairs are unknown.",
        reading="Under half answered: rank nobody; under three quarters: ranks only with their interval.",
        caution="A pair of which neither end answered is unknown, not empty. The two thresholds are netmap's own.",
        reference="Kossinets 2006; Borgatti, Carley & Krackhardt 2006", range="0..1 and counts",
    ),
)
