"""Plain words for what is neither a measure nor a column: the questions, the certainty words and a few ideas."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CERTAINTY", "IDEAS", "QUESTIONS", "TABLES", "Question"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, what the answer rests on, how sure it can be and what not to conclude."""

    id: str
    asks: str
    looks_at: str
    needs: str
    sure: str = ""
    care: str = ""
    measures: tuple[str, ...] = ()
    answered: bool = True


QUESTIONS = (
    Question(
        "F0", "What is this based on?",
        "What was read and used, who answered, how many sources each tie has, and what is not recorded.",
        "Any table. Better with responded, reported_by and the accountability columns.",
        "Counted from the files; what nobody wrote down cannot be counted.",
        "A tie that is not here may well exist.",
        ("density", "components"),
    ),
    Question(
        "F1", "Where does the network depend on one link or one organisation?",
        "Ties that are the only path between two parts, and how many of the others' connections would be lost if one "
        "organisation stepped back.",
        "organisation and partner. Better with confirmed, with both ends reporting, and with who responded.",
        "Whether the organisation named is still among the three that most depend on when some ties are mistaken and "
        "some unrecorded.",
        "A bridge is often a strength; do not add ties for their own sake.",
        ("bridge_ties", "cutpoints"),
    ),
    Question(
        "F2", "Is opportunity backed by accountability?",
        "Which ties are optional and which are hard-wired (an agreement, an owner, deliverables, a review, a "
        "consequence, a pooled budget), and whether optional ties have an accountable one at either end.",
        "mandate, and hardwired or the six hw_ columns.",
        "Bounds: every unknown item counted once as yes and once as no.",
        "Hard-wired is not better. Chosen and required ties are shown apart. The index is netmap's own construct.",
        ("hardwired_index", "quadrants", "supported_opportunity", "quadrant_test"),
    ),
    Question(
        "F3", "Is trust growing, and is it mutual?",
        "Ratings of reliability, mission and openness: their middle, older ties against younger, one wave against another, "
        "and the two ends of a tie against each other.",
        "trust_reliability, trust_mission, trust_openness (two of the three), by at least three organisations. Better "
        "with start and wave.",
        "Against ages dealt out anew over the rated ties, each rater's and each rated's level kept.",
        "Old ties are old because they worked: time need not make trust. Who rated whom is shown to nobody.",
        ("trust", "value_score", "perception", "trust_by_age", "trust_between_waves"),
    ),
    Question(
        "F4", "Do partners share values; where is negotiation needed?",
        "Whether partners rate values more alike than organisations that are not partners, which items differ most, and "
        "on which value two networks differ.",
        "values (entity, item, rating) for most organisations; anchor for what is not negotiable.",
        "Against organisations exchanging their ratings at random; coverage of the ratings.",
        "Alike is not required: a difference may be what makes a partnership worth having.",
        ("profile_similarity", "alignment", "alignment_test", "value_gaps", "negotiation_table"),
    ),
    Question(
        "F5", "Who can carry a message furthest?",
        "The smallest set of organisations from which most others are within two steps, and the sets that do as well; along "
        "information ties where enough are recorded.",
        "organisation and partner; ties of the kind information.",
        "Whether the set still reaches nearly what the best one would in networks as they might really be; beside as many "
        "picked at random.",
        "Within reach is a possibility, not persuasion. Check the load of those asked.",
        ("key_players", "reach"),
    ),
    Question(
        "F6", "Do sectors and roles work across boundaries?",
        "How many ties cross sectors against sectors dealt out at random, and the pair with fewest for its size.",
        "organisation.sector (or sector in organisations).",
        "Against sectors dealt out at random; pairs are corrected for being many.",
        "Small sectors swing; those under five members are counted together.",
        ("assortativity", "ei_index", "mixing_matrix"),
    ),
    Question(
        "F7", "How do our networks join up?",
        "Members and ties that pairs of networks share, against what their sizes would give, and pairs that one member "
        "alone joins.",
        "network on ties, or memberships (member and group). Without either, groups found from the ties are described.",
        "Against ties or memberships dealt out anew with the same totals.",
        "Groups found from the ties are described, never tested on the same ties.",
        ("quotient", "participation", "communities"),
    ),
    Question("F8", "Who should meet next?", "Introductions that would help, with their reasons.",
             "ties; values and capabilities for reasons.", answered=False),
    Question(
        "F9", "Did the coffee trial or event help?",
        "Ties afterwards of pairs that were drawn to meet, against similar pairs that were not drawn; of an event, ties that "
        "began since among those who attended.",
        "introductions (round, a, b, assigned, tie_after); netmap rounds writes it, with how pairs were drawn.",
        "Against pairs drawn anew by the same rule. An event has no such draw: at most likely.",
        "Ties are as people report them, and few pairs show only a large effect. Who met is compliance, no comparison.",
        ("rounds_of_pairs", "introduction_effect", "event_effect"),
    ),
    Question(
        "F10", "Where does leadership come from?",
        "Over how many nominations for leadership are spread, and whether the most named hold office.",
        "ties of kind leadership, from at least five. Better with authority_level or seniority of people, statutory and "
        "sector of organisations.",
        "Against names picked at random: everybody names as many others as they did.",
        "No measure of how well anybody leads, and not for appraisal. Nobody is named.",
        ("leadership_vs_authority", "gini", "effective_number"),
    ),
    Question(
        "F11", "Are knowledge and authority at the same table?",
        "For each topic how many who know it are within two steps of one who may decide on it, and the smallest table that "
        "holds both for all topics.",
        "capabilities: entity, capability, level and authority_for.",
        "Against as many picked at random; with those who only could have it counted or not.",
        "It knows recorded skills only. Other tables as small may do as well.",
        ("knowledge_distance", "smallest_cover"),
    ),
    Question(
        "F12", "Is work shared fairly; who is not seen?",
        "How few members account for half of the recorded activity, how many have none recorded, and how many have no "
        "support tie.",
        "memberships with hours, or active as a number, of at least ten members.",
        "Whether the share stays within ten points when records are mistaken or missing; nothing exists to set it against.",
        "Counts only: none recorded may mean that nobody wrote it down.",
        ("gini", "effective_number"),
    ),
    Question(
        "F13", "Can connections meet the need first? Are people involved?",
        "For each need whether somebody able is within two trusted steps of its holder, not through the service it falls to; "
        "the same without the councils; and in how many decisions citizens took part.",
        "needs: holder, capability (better with type, people_n, service); capabilities; decisions: participants.",
        "Whether the share stays on its side of one half, what is not known of capabilities counted as no and as yes.",
        "Near is a possibility: unpaid time is not free, safeguarding comes first, and a statutory duty stays one.",
        ("connection_first", "demand_spillover"),
    ),
    Question(
        "F14", "What if a body steps back, one central body comes, or bodies merge?",
        "Pairs in contact, steps between them, and what rests on one body, before and after, over the organisations there in "
        "both. Asked with netmap whatif.",
        "ties.",
        "The change in networks as they might really be; no null model for what nobody did, so at most likely.",
        "A trade-off to discuss, not a forecast. People are never removed.",
        ("scenario_test",),
    ),
    Question("F15", "What changed?", "Ties that stayed, began and ended.", "wave.", answered=False),
    Question("F16", "What value is created, and who is best placed?", "Who covers which capability.",
             "capabilities and values.", answered=False),
)

CERTAINTY = {
    "solid": "True in at least nine of ten networks as yours might really be, and more than chance would give.",
    "likely": "True in at least seven of ten networks as yours might really be. Also the strongest word where nothing "
    "exists to compare with.",
    "fragile": "True in at least four of ten: a hint to ask about, not to act on.",
    "cannot say": "True in fewer than four of ten, or too few answered: the data do not carry it.",
}
"""The four words for how sure, weakest last."""

IDEAS = {
    "as yours might really be": "Your network drawn again many times with some recorded ties mistaken and as many ties "
    "that nobody recorded. How often a finding is still true there is how sure netmap is.",
    "hard-wired": "Somebody can be held to account for the tie: an agreement, an owner, deliverables, a review, a "
    "consequence, pooled means. The share of these six that hold is its index (netmap explain hardwired_index). "
    "Loose is the other end. Neither is better.",
    "three axes": "Mandate (chosen or required), hard-wiring (accountability) and intensity (how closely) stay apart: "
    "none says anything about the others, and there is no single strength of a partnership.",
    "chance": "What the same network would show if the thing in question were dealt out at random. Every finding is "
    "set against it, or says that no such comparison exists.",
    "p": "How often chance alone gives something as far from what it gives on average as what was found: under 0.05 once in "
    "twenty. It does not say how large or how important the thing is.",
    "q": "p after account is taken of how many things were looked at together: of everything called beyond chance at q under "
    "0.05, about one in twenty is chance all the same (false discovery rate; Benjamini & Hochberg 1995).",
    "r_wg": "How far those who answered for one organisation gave the same answers: 1 all the same, 0 as scattered as random "
    "answers. Under 0.7 no mean is taken for them (netmap explain agreement).",
    "leniency": "Some raters give everybody more than others give the same partners, some less. netmap takes that out before "
    "it compares what partners earn (beyond), and never shows who rated whom (netmap explain trust).",
    "audience": "For whom a result is made: public, coordinator or research. What an audience may not see is not in "
    "the files, and is counted in suppressed.csv.",
    "ledger": "ledger.csv says of every row of your files what became of it: used, merged, set aside or skipped, and "
    "why.",
}
"""Ideas the outputs use that are neither a measure nor a column."""

TABLES = {
    "organisations": "One row an organisation: what it is and where.",
    "people": "One row a person, best as a code; nobody appears without consent.",
    "partnerships": "One row a tie of one kind in one wave, as one side reported it.",
    "memberships": "Who belongs to which network, board, project or event.",
    "networks": "The networks, boards, projects and events themselves.",
    "values": "What organisations hold important: ratings or tags, one row an item.",
    "capabilities": "What organisations have, could have or need.",
    "needs": "Needs and whether they are met.",
    "decisions": "Decisions, who holds them and who took part.",
    "ratings": "Ratings one gives another.",
    "introductions": "Who was introduced to whom, and what came of it.",
    "rounds": "How rounds of introductions were drawn, as netmap rounds writes it.",
    "responses": "Who was asked and who answered, by wave.",
}
"""What each table holds."""
