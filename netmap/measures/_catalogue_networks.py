"""Catalogue entries for networks of networks: what joins them, layers, levels, and memberships against chance."""

from __future__ import annotations

from .catalogue import Entry

__all__ = ["ENTRIES"]

_GROUPS = "Groups and networks of networks"
_TWO = "Two-mode networks"
_LAYERS = "Layers and levels"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="between_networks", module="netmap.chance.between", shape="table", number="M42", title="Ties between networks against chance",
        family=_GROUPS,
        plain="How many ties and members every two networks share, and how many chance would give.",
        reading="Ratio under 1 with q under 0.05: fewer ties than the networks' sizes and busyness would give.",
        caution="Never of groups found from the same ties: those have few ties between them by construction.",
        reference="Newman 2010; Molloy & Reed 1995; Strona et al. 2014", range="counts; p and q 0..1", needs=("groups",),
    ),
    Entry(
        name="network_bridges", module="netmap.measures.separating", shape="table", number="M43", title="What joins networks",
        family=_GROUPS,
        plain="What joins every two networks: ties, people at either end, shared members, and how many must leave to part them.",
        reading="Must leave 1: one person (or organisation) alone holds the two together.",
        caution="A bridge is often a strength: offer company, not replacement.",
        reference="Freeman 1977; Tarjan 1974; Menger 1927", range="counts", needs=("groups",),
    ),
    Entry(
        name="separating_people", module="netmap.measures.separating", shape="object", number="M43", title="Who would separate two networks",
        family=_GROUPS,
        plain="The fewest nodes that must leave before two networks are no longer joined.",
        reading="1: the two hang on one; as many as their shared members: on those alone.",
        caution="It names one smallest set; others may be as small.",
        reference="Menger 1927; Ford & Fulkerson 1956", range="from 0", needs=("groups", "two networks"),
    ),
    Entry(
        name="two_mode_clustering", module="netmap.measures.two_mode_positions", shape="object", number="M32",
        title="Clustering of memberships", family=_TWO,
        plain="How often two members who share a group share another one as well.",
        reading="Near 1: the same people meet again and again; near 0: every group is another circle.",
        caution="Not the clustering of a projection, which is high by construction.",
        reference="Robins & Alexander 2004", range="0..1", needs=("memberships",),
    ),
    Entry(
        name="two_mode_centrality", module="netmap.measures.two_mode_positions", shape="table", number="M32",
        title="Centrality of members and groups", family=_TWO,
        plain="Degree, betweenness and closeness of members and groups, each against what its own side allows.",
        reading="1 would be the most a member (or group) could have in such a network.",
        caution="Closeness is not defined where the network is in parts.",
        reference="Borgatti & Everett 1997", range="counts; shares 0..1", needs=("memberships",),
    ),
    Entry(
        name="co_membership_test", module="netmap.chance.memberships", shape="tie", number="M34", title="Sharing groups against chance",
        family=_TWO,
        plain="Which pairs share more or fewer groups than chance, with the number of each member and the size of each group kept.",
        reading="q under 0.05: they share more, or fewer, than their numbers and the sizes of groups would give.",
        caution="Assumes that everybody could join every group.",
        reference="Strona et al. 2014; Neal 2014; Zweig & Kaufmann 2011", range="counts; p and q 0..1", needs=("memberships",),
    ),
    Entry(
        name="projection_test", module="netmap.chance.memberships", shape="object", number="M34", title="A projection against chance",
        family=_TWO,
        plain="Whether a projection is as dense and clustered as any memberships with these numbers and sizes.",
        reading="p above 0.05: its clustering comes from groups being groups.",
        caution="The only null for a projection; random ties are none.",
        reference="Newman, Strogatz & Watts 2001; Strona et al. 2014", range="0..1", needs=("memberships",),
    ),
    Entry(
        name="layers", module="netmap.measures.layering", shape="object", number="M38", title="Layers", family=_LAYERS,
        plain="How far kinds of tie lie on one another: pairs tied in several, ties shared by every two, and each node's spread.",
        reading="Participation 1: a node's ties are spread evenly over all kinds; 0: all of one kind.",
        caution="Kinds that were asked of different people cannot be compared.",
        reference="Battiston, Nicosia & Latora 2014; Kivela et al. 2014", range="0..1 and counts", needs=("views",),
    ),
    Entry(
        name="layers_test", module="netmap.chance.layers", shape="table", number="M38", title="Layers against chance", family=_LAYERS,
        plain="How many ties every two kinds share, and how many with the nodes of one dealt out at random.",
        reading="q under 0.05: the two kinds go together, or apart, more than chance.",
        caution="Says nothing about which kind came first.",
        reference="Krackhardt 1987, 1988; Battiston, Nicosia & Latora 2014", range="counts; p and q 0..1", needs=("views",),
    ),
    Entry(
        name="backbone", module="netmap.measures.layering", shape="object", number="M39", title="Hard-wired backbone", family=_LAYERS,
        proposed=True,
        plain="What the hard-wired ties alone hold together.",
        reading="Without: nodes with no hard-wired tie; only other: pairs in contact over optional ties alone.",
        caution="Hard-wired is not better; few ties hold little together wherever they are.",
        reference="Latora & Marchiori 2001; Krackhardt 1994", range="0..1 and counts", needs=("hardwired",),
    ),
    Entry(
        name="backbone_test", module="netmap.chance.layers", shape="object", number="M39", title="The backbone against chance", family=_LAYERS,
        proposed=True,
        plain="Whether the hard-wired ties are better or worse placed than as many drawn at random.",
        reading="p above 0.05: few perhaps, but no worse placed than any.",
        caution="It compares places, not numbers.",
        reference="Latora & Marchiori 2001; Krackhardt 1994", range="0..1", needs=("hardwired",),
    ),
    Entry(
        name="disparity", module="netmap.measures.layering", shape="tie", number="M39", title="Ties that stand out", family=_LAYERS,
        plain="How unlikely the strength of each tie is if its ends spread theirs at random.",
        reading="Low: a tie that is strong for one of its ends.",
        caution="For ordering ties, not with a level: at 5% it keeps next to nothing of a small network.",
        reference="Serrano, Boguna & Vespignani 2009", range="0..1",
    ),
    Entry(
        name="organisation_ties", module="netmap.measures.levels", shape="tie", number="M40", title="Ties of organisations through people",
        family=_LAYERS,
        plain="The ties between organisations that ties between their people make, and which hang on one person.",
        reading="Single person: all ties between the two go through one person at one of the ends.",
        caution="A person is named with consent only; the table names organisations.",
        reference="Lazega et al. 2008; Breiger 1974", range="counts", needs=("groups",),
    ),
    Entry(
        name="levels_test", module="netmap.chance.levels", shape="object", number="M40", title="Central people in central organisations",
        family=_LAYERS,
        plain="Whether people who are central sit in organisations that are, beside chance.",
        reading="Positive with p under 0.05: more than by chance.",
        caution="Not where the ties of organisations were made from those of the people.",
        reference="Lazega et al. 2008; Wang et al. 2013", range="-1..1", needs=("two levels",),
    ),
)
