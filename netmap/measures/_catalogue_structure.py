"""Catalogue entries for the network as a whole: cohesion, distance, closure, key sets, spread, change over time."""

from __future__ import annotations

from .catalogue import Entry

__all__ = ["ENTRIES"]

_COHESION = "netmap.measures.cohesion"
_DISTANCES = "netmap.measures.distances"
_CLOSURE = "netmap.measures.closure"
_KEY_SETS = "netmap.measures.key_sets"
_DISTRIBUTION = "netmap.measures.distribution"
_OVER_TIME = "netmap.measures.over_time"

_WHOLE = "The network as a whole"
_NEAR = "Distance"
_TRIANGLES = "Closure"
_SETS = "Key sets and robustness"
_SPREAD = "Spread and inequality"
_TIME = "Change over time"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="density", module=_COHESION, shape="number", number="M01", title="Density", family=_WHOLE,
        plain="The share of all possible ties that exist.",
        reading="0: no ties; 1: everyone is tied to everyone. 0.1 means one pair in ten.",
        caution="It falls as networks grow. Compare networks of different size by their mean degree instead.",
        reference="Wasserman & Faust 1994", range="0..1",
    ),
    Entry(
        name="mean_strength", module=_COHESION, shape="number", number="M01", title="Mean strength", family=_WHOLE,
        plain="The strength of ties averaged over all pairs, tied or not.",
        reading="What a pair drawn at random can expect.",
        caution="In the unit of strength: compare only networks measured on the same scale.",
        reference="Wasserman & Faust 1994", range="from 0, in units of strength",
    ),
    Entry(
        name="centralisation", module=_COHESION, shape="number", number="M02", title="Centralisation", family=_WHOLE,
        plain="How far the network turns on one node.",
        reading="0: all nodes alike; 1: a star. Name the kind: degree, in-degree, out-degree, betweenness, closeness.",
        caution="Not for strengths, whose greatest value is arbitrary; closeness only where everyone is connected.",
        reference="Freeman 1979", range="0..1",
    ),
    Entry(
        name="reciprocity", module=_COHESION, shape="number", number="M03", title="Reciprocity", family=_WHOLE,
        plain="How far ties of a directed network are returned.",
        reading="0.5: half of the ties are returned. The correlation compares with a network of that density.",
        caution="Only for ties with a direction. Libraries differ: name the kind.",
        reference="Garlaschelli & Loffredo 2004", range="0..1; correlation up to 1",
    ),
    Entry(
        name="components", module=_COHESION, shape="object", number="M04", title="Components", family=_WHOLE,
        plain="The parts of the network within which everyone can reach everyone.",
        reading="One component: connected. Isolates are components of one.",
        caution="One unrecorded tie can join two large parts.",
        reference="Wasserman & Faust 1994", range="labels from 0, largest first",
    ),
    Entry(
        name="connectedness", module=_COHESION, shape="number", number="M04", title="Connectedness", family=_WHOLE,
        plain="The share of pairs that can reach each other over any number of steps.",
        reading="1: nobody is cut off. 1 - fragmentation.",
        caution="It does not say how far: see global efficiency.",
        reference="Krackhardt 1994", range="0..1",
    ),
    Entry(
        name="fragmentation", module=_COHESION, shape="number", number="M20", title="Fragmentation", family=_SETS,
        plain="The share of pairs that cannot reach each other; weighted by distance, pairs far apart count in part.",
        reading="0: everyone can reach everyone. Compare before and after someone leaves.",
        caution="Plain fragmentation does not move until the network breaks; the weighted one does.",
        reference="Borgatti 2006", range="0..1",
    ),
    Entry(
        name="core_number", module=_COHESION, shape="node", number="M05", title="Core number", family=_WHOLE,
        plain="How deep a node sits: the largest k such that it is in a group where all have k ties to each other.",
        reading="High: in the dense middle. 1: on a branch. 0: no tie.",
        caution="Not a grouping: two cores of the same depth may be far apart.",
        reference="Seidman 1983", range="0..n-1",
    ),
    Entry(
        name="strength_core", module=_COHESION, shape="node", number="M05", title="Strength core", family=_WHOLE,
        plain="The greatest s such that a node is in a group where everyone's ties within it add up to s.",
        reading="High: in the middle of strong ties.",
        caution="In the unit of strength.",
        reference="Eidsaa & Almaas 2013", range="from 0, in units of strength",
    ),
    Entry(
        name="mean_distance", module=_DISTANCES, shape="number", number="M04", title="Mean distance", family=_NEAR,
        plain="How many steps apart two nodes that can reach each other are, on average.",
        reading="2: a friend of a friend.",
        caution="Leaves out pairs without a path, so it can fall when the network breaks up.",
        reference="Watts & Strogatz 1998", range="from 1 (unweighted)",
    ),
    Entry(
        name="global_efficiency", module=_DISTANCES, shape="number", number="M04", title="Global efficiency",
        family=_NEAR,
        plain="How near all nodes are to each other: the mean of 1/distance, no path counting 0.",
        reading="1: everyone tied to everyone; 0.5: like two steps between any two.",
        caution="With strengths it is in units of strength unless scaled.",
        reference="Latora & Marchiori 2001", range="0..1 (unweighted)",
    ),
    Entry(
        name="local_efficiency", module=_DISTANCES, shape="number", number="M04", title="Local efficiency",
        family=_NEAR,
        plain="How well a node's neighbours would still reach each other without it, on average.",
        reading="High: the loss of one node is made up nearby.",
        caution="igraph lets paths leave the neighbourhood and gives more.",
        reference="Latora & Marchiori 2001", range="0..1",
    ),
    Entry(
        name="transitivity", module=_CLOSURE, shape="number", number="M06", title="Transitivity", family=_TRIANGLES,
        plain="How often two contacts of a node are in contact with each other.",
        reading="0.3: three in ten. Compare with the same degrees dealt out at random.",
        caution="Never on a projection of memberships, where groups are cliques by construction.",
        reference="Newman 2003", range="0..1",
    ),
    Entry(
        name="directed_transitivity", module=_CLOSURE, shape="number", number="M06", title="Directed transitivity",
        family=_TRIANGLES,
        plain="How often a tie from a to b and from b to c comes with one from a to c.",
        reading="High: contacts of contacts are contacts, in the same direction.",
        caution="A cycle a to b to c to a does not count as closed.",
        reference="Wasserman & Faust 1994", range="0..1",
    ),
    Entry(
        name="clustering", module=_CLOSURE, shape="node", number="M06", title="Clustering", family=_TRIANGLES,
        plain="The share of pairs of a node's neighbours that are tied.",
        reading="1: all its contacts know each other; 0: none do.",
        caution="Not defined below two neighbours; rough for few.",
        reference="Watts & Strogatz 1998", range="0..1",
    ),
    Entry(
        name="average_clustering", module=_CLOSURE, shape="number", number="M06", title="Average clustering",
        family=_TRIANGLES,
        plain="The mean of the clustering of all nodes.",
        reading="As clustering. Say how nodes below two neighbours are counted.",
        caution="Hangs on that choice: prefer transitivity as the headline.",
        reference="Watts & Strogatz 1998", range="0..1",
    ),
    Entry(
        name="clustering_barrat", module=_CLOSURE, shape="node", number="M06", title="Weighted clustering (Barrat)",
        family=_TRIANGLES,
        plain="Clustering in which each closed pair counts by the strength of the node's own two ties.",
        reading="Above plain clustering: the strong ties are the embedded ones.",
        caution="Not the same quantity as Onnela's, which networkx gives under the same name.",
        reference="Barrat et al. 2004", range="0..1",
    ),
    Entry(
        name="clustering_onnela", module=_CLOSURE, shape="node", number="M06", title="Weighted clustering (Onnela)",
        family=_TRIANGLES,
        plain="Clustering in which each triangle counts by the strength of all its three ties.",
        reading="Near plain clustering: its triangles are as strong as the strongest ties of the network.",
        caution="One very strong tie anywhere lowers every value.",
        reference="Onnela et al. 2005", range="0..1",
    ),
    Entry(
        name="key_players", module=_KEY_SETS, shape="object", number="M20", title="Key players", family=_SETS,
        plain="The set of nodes whose loss breaks the network up most, or from which most is reached.",
        reading="A set, not a list of the best: two of the most central often hold the same part.",
        caution="Where not all sets could be tried it is the best found; the result says so.",
        reference="Borgatti 2006", range="value 0..1",
    ),
    Entry(
        name="reach", module=_KEY_SETS, shape="number", number="M21", title="Reach", family=_SETS,
        plain="The share of the other nodes within some steps of a set of nodes.",
        reading="0.9 in two steps: nine in ten hear of it from a contact of a contact.",
        caution="Some authors count the set itself as reached: count_seeds.",
        reference="Borgatti 2006", range="0..1", needs=("seeds",),
    ),
    Entry(
        name="robustness", module=_KEY_SETS, shape="object", number="M22", title="Robustness", family=_SETS,
        plain="How the largest connected part shrinks as nodes are removed one after another.",
        reading="R near 0.5: it holds to the last. Read removal of the largest beside removal at random.",
        caution="People do not leave in order of degree: it is a limit, not a forecast.",
        reference="Schneider et al. 2011", range="R 0..(1 - 1/n)/2",
    ),
    Entry(
        name="gini", module=_DISTRIBUTION, shape="number", number="M63", title="Gini coefficient", family=_SPREAD,
        plain="How unevenly a quantity is spread over nodes.",
        reading="0: all have the same; near 1: one has everything.",
        caution="Random nominations are not even either: compare with chance.",
        reference="Gini 1912; Dixon et al. 1987", range="0..(n-1)/n", needs=("values",),
    ),
    Entry(
        name="effective_number", module=_DISTRIBUTION, shape="number", number="M63", title="Effective number",
        family=_SPREAD,
        plain="How many equal holders would give the same spread.",
        reading="3.2 of 20: as if some three shared it evenly.",
        caution="Name the kind: Shannon, or Simpson (1/HHI), which gives the large ones more weight.",
        reference="Hill 1973", range="1..n", needs=("values",),
    ),
    Entry(
        name="evenness", module=_DISTRIBUTION, shape="number", number="M63", title="Evenness", family=_SPREAD,
        plain="How evenly a quantity is spread, as a share of the most even spread possible.",
        reading="1: all have the same; 0: one has everything.",
        caution="Hangs on how many there are: compare like with like.",
        reference="Pielou 1966", range="0..1", needs=("values",),
    ),
    Entry(
        name="tie_stability", module=_OVER_TIME, shape="object", number="M67", title="Tie stability", family=_TIME,
        plain="How many ties lasted from one wave to the next, among nodes present in both.",
        reading="Jaccard from 0.3: slow enough to be modelled step by step. Compare with what chance gives.",
        caution="A tie not reported is not a tie that ended.",
        reference="Snijders, van de Bunt & Steglich 2010", range="0..1", needs=("view_b",),
    ),
    Entry(
        name="rank_stability", module=_OVER_TIME, shape="object", number="M68", title="Rank stability", family=_TIME,
        plain="How far two rankings of the same nodes agree, as a whole and in the first places.",
        reading="tau 1: the same order; 0: unrelated; -1: reversed.",
        caution="Only nodes ranked both times count.",
        reference="Kendall 1945", range="tau -1..1; shared top 0..1", needs=("a", "b"),
    ),
    Entry(
        name="group_tracking", module=_OVER_TIME, shape="table", number="M69", title="Group tracking", family=_TIME,
        plain="What became of each group from one wave to the next.",
        reading="continued, grew, shrank, merged, split, gone, born.",
        caution="Detected groups change from seed to seed without any change in the ties: show both.",
        reference="Greene, Doyle & Cunningham 2010; Palla et al. 2007", range="Jaccard 0..1",
        needs=("groups_a", "groups_b"),
    ),
)
