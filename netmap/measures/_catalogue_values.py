"""Catalogue entries for values, trust, intensity, leadership and coalitions, with their tests against chance."""

from __future__ import annotations

from .catalogue import Entry

__all__ = ["ENTRIES"]

_VALUES = "Values"
_LIKE = "Like with like"
_TRUST = "Trust and value"
_HARD = "Accountability"
_DEPTH = "Intensity"
_PARTNERS = "Partners"
_LEAD = "Leadership, knowledge and work"
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
        name="agreement", module="netmap.measures.raters", shape="object", number="M45", title="Agreement of raters", family=_VALUES,
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
        name="aligned_strangers", module="netmap.measures.strangers", shape="table", number="M46", title="Aligned strangers",
        family=_VALUES,
        plain="The pairs most alike in what they value that are not tied.",
        reading="Where by_chance is near the rank, as many would be so alike by chance.",
        caution="Being alike is no reason to tie; offer, do not assign.",
        reference="Gower 1971", range="0..1", needs=("values",),
    ),
    Entry(
        name="partners_apart", module="netmap.measures.strangers", shape="table", number="M46", title="Partners far apart",
        family=_VALUES,
        plain="The tied pairs least alike in what they value: where there may be most to talk about.",
        reading="Where by_chance is near the rank, as many would be so far apart by chance.",
        caution="Far apart is no fault: a difference may be what the tie is for.",
        reference="Gower 1971; O'Reilly, Chatman & Caldwell 1991", range="0..1", needs=("values",),
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
        name="value_gaps", module="netmap.chance.gaps", shape="table", number="M44", title="Gaps between networks", family=_TESTS,
        plain="On which values the members of two networks differ, those in both left out.",
        reading="Gap in steps of a scale of five; q under 0.05: wider than the same members dealt over the two would give.",
        caution="It says that two networks differ, not why, and is no fault of either.",
        reference="Fisher 1935; Benjamini & Hochberg 1995", range="-4..4, q 0..1", needs=("values", "memberships"),
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
    Entry(
        name="trust", module="netmap.measures.trusting", shape="object", number="M55", title="Trust", family=_TRUST,
        plain="How far partners rate each other as reliable, as wanting the same and as open, by organisation received and given.",
        reading="1 to 4. Beyond: how much more than others get from the same raters; for a rater, how much more than others give.",
        caution="Never show who rated whom; with fewer than three raters nothing is shown, with fewer than five nothing published.",
        reference="Varda et al. 2008 (PARTNER)", range="1..4", needs=("partnerships",),
    ),
    Entry(
        name="value_score", module="netmap.measures.trusting", shape="object", number="M56", title="Value score", family=_TRUST,
        plain="What partners say each other brings: influence, involvement and resources.",
        reading="1 to 4, received and given.",
        caution="Never added to trust. Small bodies can bring little of it and matter most.",
        reference="Varda et al. 2008 (PARTNER)", range="1..4", needs=("partnerships",),
    ),
    Entry(
        name="perception", module="netmap.measures.perceiving", shape="object", number="M57", title="Two sides of a tie", family=_TRUST,
        plain="How far the two ends of a tie rate each other alike, item by item.",
        reading="Apart: share of ties whose two ends differ by a point or more.",
        caution="A difference is no error. Talk about the item, never about who gave what.",
        reference="Warner, Kenny & Stoto 1979; Kenny & La Voie 1984", range="0..1", needs=("partnerships",),
    ),
    Entry(
        name="social_relations", module="netmap.measures.perceiving", shape="object", number="M57", title="Social relations model",
        family=_TRUST,
        plain="Whether ratings lie with the rater (leniency), with the rated (trusted by all) or with the pair.",
        reading="Effects are in points of the rating; variances say how much of the differences lies where.",
        caution="Needs five members and 60% of all ordered pairs rated: otherwise nothing is said.",
        reference="Warner, Kenny & Stoto 1979; Kenny & La Voie 1984", range="points of the rating", needs=("ratings",),
    ),
    Entry(
        name="trust_by_age", module="netmap.chance.trust_age", shape="object", number="M61", title="Trust by age of tie", family=_TRUST,
        plain="Whether older ties are rated higher, the same raters and the same rated compared.",
        reading="Within: points of trust for one unit of ln(1 + years); p against ages dealt out anew.",
        caution="Old ties are old because they worked: nothing here says that time makes trust.",
        reference="Spearman 1904; Freedman & Lane 1983", range="rho -1..1, p 0..1", needs=("partnerships",),
    ),
    Entry(
        name="trust_between_waves", module="netmap.chance.trust_waves", shape="object", number="M61", title="Trust between waves",
        family=_TRUST,
        plain="How much trust changed in a year, where the same organisations rated the same partners in two waves.",
        reading="Points a year with an interval over raters; p against the change of whole raters turned round at random.",
        caution="Ties that ended were not rated again and may have been trusted less. It does not say what changed trust.",
        reference="Laird & Ware 1982; Patterson & Thompson 1971; Cameron, Gelbach & Miller 2008", range="points a year, p 0..1", needs=("partnerships",),
    ),
    Entry(
        name="quadrant_test", module="netmap.chance.quadrants", shape="object", number="M60", title="Test of the quadrants", family=_HARD,
        plain="Whether trust, value or intensity differ between accountable and loose, forced and chosen ties.",
        reading="Means by cell; a coefficient says how much more fully hard-wired (or forced) ties get beside the level of each end.",
        caution="No quadrant is the good one, and which came first is not known.",
        reference="Freedman & Lane 1983; Dekker, Krackhardt & Snijders 2007", range="points, p 0..1", needs=("partnerships",),
        proposed=True,
    ),
    Entry(
        name="intensity_level", module="netmap.measures.intensity", shape="tie", number="M58", title="Level of intensity", family=_DEPTH,
        plain="How closely two organisations work, on one ladder from 0 (no interaction) to 5 (one system).",
        reading="Levels are ordered and no more: two is not twice one.",
        caution="Higher is not better. Words of different scales are never compared: coordination is 3 on one and 2 on another.",
        reference="Frey, Lohmeier, Lee & Tollefson 2006; Himmelman 2002", range="0..5", needs=("partnerships",), proposed=True,
    ),
    Entry(
        name="ladder", module="netmap.measures.intensity", shape="table", number="M58", title="Ladder of intensity", family=_DEPTH,
        plain="How many ties of each kind stand how high, and how often the two reports of a tie differ.",
        reading="from_3: share of ties at level 3 or above.",
        caution="Two reports that differ are both data.",
        reference="Frey, Lohmeier, Lee & Tollefson 2006; Himmelman 2002", range="0..1", needs=("partnerships",), proposed=True,
    ),
    Entry(
        name="supported_opportunity", module="netmap.measures.accountability", shape="table", number="M62", title="Supported opportunity",
        family=_HARD,
        plain="How many optional ties have a hard-wired tie at one of their ends to lean on.",
        reading="Three counts: unknown accountability left out, counted as no, and counted as yes.",
        caution="A tie needs no support to be worth having.",
        reference="none published; related: Thomson, Perry & Miller 2009", range="0..1", needs=("ties",), proposed=True,
    ),
    Entry(
        name="diversity", module="netmap.measures.partners", shape="table", number="M62", title="Diversity of partners", family=_PARTNERS,
        plain="How many different kinds of partner each organisation has, over sectors, networks or any groups.",
        reading="Hill: as diverse as that many equally common groups.",
        caution="With fewer than three partners it says little. Diversity is no aim in itself.",
        reference="Blau 1977; Hill 1973", range="0..1; Hill from 1", needs=("groups",),
    ),
    Entry(
        name="dependence", module="netmap.measures.partners", shape="table", number="M62", title="Dependence on one partner", family=_PARTNERS,
        plain="How far the ties of an organisation, or its funding, hang on a single partner.",
        reading="Concentration 1: all with one partner; 1/k: spread evenly over k.",
        caution="One strong partner may be safe, and many weak ones not.",
        reference="Herfindahl 1950; Pfeffer & Salancik 1978", range="0..1",
    ),
    Entry(
        name="congruence", module="netmap.chance.congruence", shape="object", number="M53", title="Congruence regression", family=_TESTS,
        plain="Whether an outcome, such as trust, is best where the two sides value a thing alike, and not merely where one does.",
        reading="Congruence asks that the outcome falls the further apart the two are, whichever is higher, and is best at X = Y.",
        caution="A regression on the difference is refused: it finds congruence where there is none. Needs 60 cases.",
        reference="Edwards & Parry 1993; Edwards 1994; Shanock et al. 2010", range="p 0..1",
    ),
    Entry(
        name="leadership_vs_authority", module="netmap.chance.leading", shape="object", number="M64", title="Leadership and authority",
        family=_LEAD,
        plain="Over how many nominations for leadership are spread, and whether those most named hold office.",
        reading="Holders: as spread as over that many equally named; without: share of the most named without office.",
        caution="No measure of how well anybody leads, and not for appraisal.",
        reference="Mehra et al. 2006; Kendall 1945; Hill 1973", range="holders from 1; tau -1..1",
    ),
    Entry(
        name="knowledge_distance", module="netmap.chance.knowing", shape="table", number="M65", title="Knowledge and authority",
        family=_LEAD,
        plain="For each topic how many steps those who know it are from those who may decide on it.",
        reading="Near: share of holders within two steps of a decider, beside what holders drawn at random give.",
        caution="It knows recorded skills only.",
        reference="none published; related: Marchiori & Latora 2000", range="0..1", needs=("capabilities",), proposed=True,
    ),
    Entry(
        name="smallest_cover", module="netmap.measures.coalition", shape="object", number="M79", title="Smallest coalition", family=_LEAD,
        plain="The fewest, or cheapest, organisations that together have every capability asked for.",
        reading="Proven: no smaller set exists. What nobody can provide is named.",
        caution="Several sets may be as small: no verdict on who is left out.",
        reference="Karp 1972; Chvatal 1979", range="from 0", needs=("capabilities",),
    ),
    Entry(
        name="councillor_profile", module="netmap.measures.councillors", shape="object", number="M66", title="Networked councillor",
        family=_LEAD,
        plain="How a councillor sees four qualities (open, digital, co-productive, networked), and how those around them do.",
        reading="Gap: own rating less that of others; r_wg near 1: the others agree.",
        caution="Private to the person: no total, no ranking. Nothing of others with fewer than three raters.",
        reference="Howe 2013; James, Demaree & Wolf 1984", range="1..5", needs=("people",),
    ),
)  # fmt: skip
