"""Catalogue entries for groups, what joins them, values and accountability."""

from __future__ import annotations

from .catalogue import Entry

__all__ = ["ENTRIES"]

_GROUPS = "Groups and networks of networks"
_TWO = "Two-mode networks"
_LIKE = "Like with like"
_VALUES = "Values"
_HARD = "Accountability"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="communities", module="netmap.measures.grouping", shape="labels", number="M27", title="Communities", family=_GROUPS,
        plain="Groups of nodes with more ties inside than chance would give.",
        reading="0 is the largest; -1 is a node without ties.",
        caution="Random ties fall into groups too: look at how stable a grouping is before naming it.",
        reference="Traag, Waltman & van Eck 2019; Blondel et al. 2008", range="whole numbers from -1",
    ),
    Entry(
        name="modularity", module="netmap.measures.grouping", shape="number", number="M26", title="Modularity", family=_GROUPS,
        plain="The share of ties inside groups beyond what the degrees alone would give.",
        reading="0: as by chance, or one group; how high is high depends on the network: see significance.",
        caution="A high value proves nothing by itself: random networks have one too. Small groups in large networks are not told apart.",
        reference="Newman & Girvan 2004; Reichardt & Bornholdt 2006; Leicht & Newman 2008", range="about -0.5..1", needs=("groups",),
    ),
    Entry(
        name="stability", module="netmap.chance.groupings", shape="object", number="M29", title="Stability of communities", family=_GROUPS,
        plain="How far communities found anew agree with those found first: over seeds, fewer ties and other resolutions.",
        reading="1: the same groups come out. Stable: 0.9 or more over seeds and 0.75 or more with a tenth of the ties away.",
        caution="A grouping that is not stable is best not shown as one. The two thresholds are netmap's own.",
        reference="Karrer, Levina & Newman 2008; Lancichinetti & Fortunato 2012", range="about 0..1",
    ),
    Entry(
        name="significance", module="netmap.chance.groupings", shape="object", number="M30", title="Significance of communities",
        family=_GROUPS,
        plain="Whether a network falls into groups more than random ties with the same degrees would.",
        reading="p under 0.05: more than random ties give.",
        caution="Not whether these groups are the right ones: see stability.",
        reference="Guimera, Sales-Pardo & Amaral 2004", range="p 0..1",
    ),
    Entry(
        name="participation", module="netmap.measures.cartography", shape="node", number="M23", title="Participation", family=_GROUPS,
        plain="How evenly a node's ties are spread over groups.",
        reading="0: all ties in one group; near 1: ties to many groups alike.",
        caution="It cannot be high for a node with few ties: see participation_ratio. Needs groups that are stable.",
        reference="Guimera & Amaral 2005", range="0..1 - 1/groups", needs=("groups",),
    ),
    Entry(
        name="within_module_z", module="netmap.measures.cartography", shape="node", number="M24", title="Standing in its group",
        family=_GROUPS,
        plain="How many more ties inside its own group a node has than the group's mean, in standard deviations.",
        reading="2.5 and more: a hub of its group.",
        caution="In a group of fewer than 8 nobody can reach 2.5: name no hubs there.",
        reference="Guimera & Amaral 2005", range="at most the root of group size - 1", needs=("groups",),
    ),
    Entry(
        name="quotient", module="netmap.measures.between", shape="table", number="M41", title="Ties between groups", family=_GROUPS,
        plain="Ties within and between groups, each group taken as one node.",
        reading="How many ties join each pair of groups, and what share of those possible.",
        caution="Expected numbers depend on how many ties each group has; see the findings.",
        reference="White, Boorman & Breiger 1976", range="from 0", needs=("groups",),
    ),
    Entry(
        name="compare_groupings", module="netmap.measures.partitions", shape="object", number="M31", title="Agreement of two groupings",
        family=_GROUPS,
        plain="How far two groupings of the same nodes agree, beyond chance.",
        reading="1: the same; 0: as chance gives.",
        caution="Mutual information without the adjustment is high by chance where groups are many.",
        reference="Hubert & Arabie 1985; Meila 2007; Vinh, Epps & Bailey 2010", range="AMI and ARI up to 1, NMI 0..1, VI from 0", needs=("two groupings",),
    ),
    Entry(
        name="two_mode_density", module="netmap.measures.two_mode", shape="number", number="M32", title="Density of memberships", family=_TWO,
        plain="The share of possible memberships that exist.",
        reading="0.1: a group holds one in ten of the members, on average.",
        caution="Only members and groups that occur are counted.",
        reference="Borgatti & Everett 1997", range="0..1", needs=("memberships",),
    ),
    Entry(
        name="project", module="netmap.measures.two_mode", shape="tie", number="M33", title="Projection", family=_TWO,
        plain="Ties between members made by the groups they share.",
        reading="Each shared group counts 1/(size - 1), so that large groups do not swamp.",
        caution="Clustering and density of a projection are high by construction.",
        reference="Breiger 1974; Newman 2001", range="above 0", needs=("memberships",),
    ),
    Entry(
        name="co_membership", module="netmap.measures.two_mode", shape="table", number="M34", title="Co-membership against chance", family=_TWO,
        plain="How many groups each pair of members shares, what chance gives and how unlikely as many are.",
        reading="q under 0.05: more shared than chance gives.",
        caution="Rests on how many groups a member could join: declare it.",
        reference="Tumminello et al. 2011; Neal 2014", range="counts from 1; p 0..1", needs=("memberships",),
    ),
    Entry(
        name="interlocks", module="netmap.measures.spanning", shape="table", number="M35", title="Interlocks", family=_TWO,
        plain="Pairs of organisations that share people, and whether one person alone joins them.",
        reading="single: one person only.",
        caution="Who that person is may be shown with consent only.",
        reference="Mizruchi 1996", range="counts from 1", needs=("memberships",),
    ),
    Entry(
        name="overlap", module="netmap.measures.two_mode", shape="table", number="M36", title="Overlap of groups", family=_TWO,
        plain="How far each pair of groups overlaps: shared members over the smaller group, and over both.",
        reading="1: the smaller is contained in the larger.",
        caution="Expected overlap assumes that everyone could join.",
        reference="Vijaymeena & Kavitha 2016 (review)", range="0..1", needs=("memberships",),
    ),
    Entry(
        name="boundary_spanners", module="netmap.measures.spanning", shape="table", number="M37", title="Boundary spanners", family=_TWO,
        plain="Members of two groups or more, and the pairs of groups that meet in them alone.",
        reading="alone: pairs no other member joins.",
        caution="A strength and a risk: offer company, not replacement. People with consent only.",
        reference="Tushman 1977; Williams 2002", range="counts from 0", needs=("memberships",),
    ),
    Entry(
        name="assortativity", module="netmap.measures.homophily", shape="number", number="M47", title="Assortativity", family=_LIKE,
        plain="How far ties join like with like, in a category or a number, beyond what chance gives.",
        reading="1: equals only; 0: as by chance; below 0: unlike ones.",
        caution="Says nothing of why: like may seek like, or meet more.",
        reference="Newman 2002, 2003", range="-1..1", needs=("a column",),
    ),
    Entry(
        name="ei_index", module="netmap.measures.homophily", shape="node", number="M51", title="E-I index", family=_LIKE,
        plain="Ties outside a node's group less ties inside, as a share of both.",
        reading="-1: all ties inside its group; 1: all outside.",
        caution="Depends on the sizes of the groups: compare with labels dealt out at random.",
        reference="Krackhardt & Stern 1988", range="-1..1", needs=("groups",),
    ),
    Entry(
        name="mixing_matrix", module="netmap.measures.homophily", shape="table", number="M47", title="Mixing matrix", family=_LIKE,
        plain="How many ties join each pair of groups.",
        reading="Rows and columns are groups; the diagonal holds ties inside.",
        caution="Large groups have more ties by their size alone.",
        reference="Newman 2003", range="from 0", needs=("groups",),
    ),
    Entry(
        name="moran", module="netmap.measures.homophily", shape="number", number="M48", title="Moran's I", family=_LIKE,
        plain="Whether tied nodes are alike in a number.",
        reading="Above -1/(n-1): alike; below: unlike. Ties count alike, whatever a node has of them (not row-standardised).",
        caution="Needs a permutation to be judged.",
        reference="Moran 1950", range="about -1..1", needs=("a column",),
    ),
    Entry(
        name="geary", module="netmap.measures.homophily", shape="number", number="M48", title="Geary's C", family=_LIKE,
        plain="How far tied nodes differ in a number.",
        reading="Below 1: alike; above: unlike.",
        caution="Needs a permutation to be judged.",
        reference="Geary 1954", range="from 0", needs=("a column",),
    ),
    Entry(
        name="profile_similarity", module="netmap.measures.similarity", shape="table", number="M44", title="Likeness of values",
        family=_VALUES,
        plain="How alike two organisations are in what they value.",
        reading="1: the same answers; 0: opposite ends of every scale.",
        caution="Level and shape differ; both are worth a look. Organisations only, never people.",
        reference="Gower 1971; Cronbach & Gleser 1953", range="0..1", needs=("values",),
    ),
    Entry(
        name="alignment", module="netmap.measures.similarity", shape="tie", number="M46", title="Alignment", family=_VALUES,
        plain="How alike the two ends of a tie are in what they value.",
        reading="Compare with the mean over all pairs, not with 1.",
        caution="Being alike is not required; a difference may be the value of a tie.",
        reference="Gower 1971; O'Reilly, Chatman & Caldwell 1991", range="0..1", needs=("values",),
    ),
    Entry(
        name="hardwired_index", module="netmap.measures.accountability", shape="tie", number="M59", title="Hard-wired index", family=_HARD,
        plain="The share of six accountability items a tie has: agreement, owner, deliverables, review, consequence, pooled.",
        reading="Loose below a third, hard-wired from two thirds.",
        caution="Hard-wired is not better; unknown items are left out and bounded.",
        reference="related: Thomson, Perry & Miller 2009", range="0..1", needs=("partnerships",), proposed=True,
    ),
    Entry(
        name="quadrants", module="netmap.measures.accountability", shape="table", number="M60", title="Mandate by hard-wiring", family=_HARD,
        plain="How many ties are chosen or forced, and accountable or loose.",
        reading="Four quadrants; unknown has cells of its own.",
        caution="No quadrant is the good one.",
        reference="related: Thomson, Perry & Miller 2009", range="from 0", needs=("partnerships",), proposed=True,
    ),
)  # fmt: skip
