"""Catalogue entries for the position of a node or a tie: centrality, bridging, structural holes, brokerage."""

from __future__ import annotations

from .catalogue import Entry

__all__ = ["ENTRIES"]

_CENTRALITIES = "netmap.measures.centralities"
_DISTANCES = "netmap.measures.distances"
_SPECTRAL = "netmap.measures.spectral"
_BRIDGING = "netmap.measures.bridging"
_HOLES = "netmap.measures.structural_holes"

_CENTRAL = "Centrality"
_BRIDGES = "Bridges"
_OPEN = "Structural holes and brokerage"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="degree", module=_CENTRALITIES, shape="node", number="M09", title="Degree", family=_CENTRAL,
        plain="The number of ties of a node.",
        reading="How many partners it has. In a directed network ties in and out add up unless a mode is named.",
        caution="Who answered a questionnaire has more ties than who did not.",
        reference="Freeman 1979", range="from 0",
    ),
    Entry(
        name="strength", module=_CENTRALITIES, shape="node", number="M09", title="Strength", family=_CENTRAL,
        plain="The strengths of a node's ties added up.",
        reading="Many weak ties and few strong ones can add up to the same.",
        caution="Strength is not distance; in the unit of strength.",
        reference="Barrat et al. 2004", range="from 0, in units of strength",
    ),
    Entry(
        name="opsahl_degree", module=_CENTRALITIES, shape="node", number="M09", title="Degree and strength in one",
        family=_CENTRAL,
        plain="Degree and strength in one number, degree^(1-a) x strength^a.",
        reading="With a = 0.5 half way between the number of ties and their strength.",
        caution="The weight a is a choice, not a finding: show both ends too.",
        reference="Opsahl, Agneessens & Skvoretz 2010", range="from 0",
    ),
    Entry(
        name="betweenness", module=_CENTRALITIES, shape="node", number="M10", title="Betweenness", family=_CENTRAL,
        plain="How much a node lies on the shortest paths between the others.",
        reading="0.2: a fifth of the pairs of others have it on their shortest path (shared out where there are several).",
        caution="A few unrecorded ties change it; give a rank interval. Contact need not take the shortest path. From pivots "
        "it is an estimate: give its standard error.",
        reference="Freeman 1977; Brandes 2001; Brandes & Pich 2007", range="0..1",
    ),
    Entry(
        name="edge_betweenness", module=_CENTRALITIES, shape="tie", number="M10", title="Tie betweenness",
        family=_CENTRAL,
        plain="How much a tie lies on the shortest paths between all nodes.",
        reading="High: much would have to find another way. For a bridge it is the share of pairs it separates.",
        caution="As for betweenness.",
        reference="Girvan & Newman 2002; Brandes 2001", range="0..1",
    ),
    Entry(
        name="harmonic", module=_DISTANCES, shape="node", number="M11", title="Harmonic closeness", family=_CENTRAL,
        plain="How near a node is to all others: the mean of 1/distance, no path counting 0.",
        reading="1: tied to everyone; 0.5: like two steps from everyone; 0: an isolate.",
        caution="In a small world most nodes differ little.",
        reference="Marchiori & Latora 2000; Rochat 2009", range="0..1 (unweighted)",
    ),
    Entry(
        name="closeness", module=_DISTANCES, shape="node", number="M11", title="Closeness", family=_CENTRAL,
        plain="The inverse of a node's mean distance to the nodes it can reach.",
        reading="1: tied to everyone it can reach.",
        caution="Not comparable between components, and libraries differ: prefer harmonic closeness.",
        reference="Freeman 1979", range="0..1 (unweighted)",
    ),
    Entry(
        name="eccentricity", module=_DISTANCES, shape="node", number="M11", title="Eccentricity", family=_CENTRAL,
        plain="The distance from a node to the farthest one it can reach.",
        reading="The greatest of all is the diameter of the network.",
        caution="Hangs on one far node.",
        reference="Hage & Harary 1995", range="from 1 (unweighted)",
    ),
    Entry(
        name="eigenvector", module=_SPECTRAL, shape="node", number="M12", title="Eigenvector centrality",
        family=_CENTRAL,
        plain="How far a node is tied to nodes that are themselves well tied.",
        reading="1 is the highest of the network.",
        caution="Only within the largest component; on networks of several dense parts it sees one of them.",
        reference="Bonacich 1972", range="0..1",
    ),
    Entry(
        name="katz", module=_SPECTRAL, shape="node", number="M12", title="Katz centrality", family=_CENTRAL,
        plain="How many walks arrive at a node, longer ones counting less.",
        reading="1: nobody points at it. Higher: pointed at by many, or by who is pointed at.",
        caution="Hangs on alpha, the weight of a further step.",
        reference="Katz 1953", range="from 1",
    ),
    Entry(
        name="pagerank", module=_SPECTRAL, shape="node", number="M12", title="PageRank", family=_CENTRAL,
        plain="The share of time a random walker along the ties spends at a node.",
        reading="Compare with 1/n, an even share.",
        caution="On undirected networks it says little more than the degree.",
        reference="Brin & Page 1998", range="0..1, sums to 1",
    ),
    Entry(
        name="bridge_ties", module=_BRIDGING, shape="table", number="M13", title="Bridges", family=_BRIDGES,
        plain="Ties that are the only path between two parts, with the pairs each holds together.",
        reading="share 0.1: a tenth of all pairs now in contact would lose it.",
        caution="A tie that is not recorded makes many a bridge look like one. A bridge is often a strength.",
        reference="Tarjan 1974", range="share 0..1",
    ),
    Entry(
        name="cutpoints", module=_BRIDGING, shape="table", number="M13", title="Cutpoints", family=_BRIDGES,
        plain="Nodes that alone hold parts together, with the pairs of others that rest on each.",
        reading="share 0.3: three in ten of the others' pairs would lose contact if it left.",
        caution="As for bridges: unrecorded ties. Position, not merit.",
        reference="Hopcroft & Tarjan 1973", range="share 0..1",
    ),
    Entry(
        name="local_bridges", module=_BRIDGING, shape="table", number="M14", title="Local bridges and span",
        family=_BRIDGES,
        plain="Ties whose ends share no neighbour, and how long the way round would be without them.",
        reading="span 3 or more: a local bridge; infinite: a bridge; 2: the ends share a neighbour.",
        caution="In sparse networks most ties are local bridges.",
        reference="Granovetter 1973", range="span from 2, or infinite",
    ),
    Entry(
        name="embeddedness", module=_BRIDGING, shape="tie", number="M14", title="Embeddedness (overlap)",
        family=_BRIDGES,
        plain="The share of the other neighbours of a tie's two ends that they have in common.",
        reading="0: a local bridge; 1: the same circle.",
        caution="Not defined where neither end has another tie.",
        reference="Onnela et al. 2007", range="0..1",
    ),
    Entry(
        name="bridging_centrality", module=_BRIDGING, shape="node", number="M15", title="Bridging centrality",
        family=_BRIDGES,
        plain="How far a node lies between busy regions: betweenness, more so where its neighbours are busier than it.",
        reading="Only for ranking: who joins busy places without being one.",
        caution="Hwang's, not Valente and Fujimoto's bridging, which ranks otherwise.",
        reference="Hwang, Kim, Ramanathan & Zhang 2008", range="from 0",
    ),
    Entry(
        name="constraint", module=_HOLES, shape="node", number="M16", title="Constraint", family=_OPEN,
        plain="How far a node's time and energy go into contacts who are tied to each other.",
        reading="Low: contacts in different places. High: a closed circle. It can exceed 1.",
        caution="Nodes with few ties are high whatever they do; compare nodes of similar degree.",
        reference="Burt 1992", range="above 0; mostly under 1, 9/8 in a closed triangle",
    ),
    Entry(
        name="effective_size", module=_HOLES, shape="node", number="M17", title="Effective size", family=_OPEN,
        plain="How many separate contacts a node has once those tied to each other count in part only.",
        reading="Near its degree: contacts who do not know each other.",
        caution="Grows with degree: see efficiency.",
        reference="Burt 1992; Borgatti 1997", range="about 1..degree",
    ),
    Entry(
        name="efficiency", module=_HOLES, shape="node", number="M17", title="Efficiency of contacts", family=_OPEN,
        plain="The share of a node's contacts that are not redundant.",
        reading="1: no two contacts are tied.",
        caution="1 for anyone with one tie.",
        reference="Burt 1992", range="0..1",
    ),
    Entry(
        name="hierarchy", module=_HOLES, shape="node", number="M18", title="Hierarchy of constraint", family=_OPEN,
        plain="How far a node's constraint comes from one contact rather than evenly from all.",
        reading="0: all alike; near 1: one contact does it all.",
        caution="1 by convention with one contact.",
        reference="Burt 1992", range="0..1",
    ),
    Entry(
        name="brokerage", module="netmap.measures.brokers", shape="table", number="M19", title="Brokerage roles",
        family=_OPEN,
        plain="How often a node stands between two others without a tie, by the groups of the three.",
        reading="coordinator A-A-A, consultant A-B-A, representative A-A-B, gatekeeper A-B-B, liaison A-B-C.",
        caution="More ties, more brokerage: read the comparison with dealt-out labels, not the count.",
        reference="Gould & Fernandez 1989", range="counts from 0; z", needs=("groups",),
    ),
)
