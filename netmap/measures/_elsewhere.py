"""What networkx, igraph and R's sna call each structural measure, and where their number differs from netmap's."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ELSEWHERE", "Elsewhere"]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The name of one measure in other libraries.

    Attributes
    ----------
    networkx, igraph, sna : str
        The call, empty where it has none. igraph is Python's, or R's where Python has none.
    differs : str
        Where the number differs and why; what to use elsewhere where none of the three has it.
    same : bool or None
        Whether networkx, called as written on a simple graph, gives netmap's number. None where it has none.
    """

    networkx: str = ""
    igraph: str = ""
    sna: str = ""
    differs: str = ""
    same: bool | None = None


_SIMPLE = "The same on a simple graph."
_NONE = "None of the three has it."

ELSEWHERE: dict[str, Elsewhere] = {
    # -- the network as a whole ----------------------------------------------------------------------------------
    "density": Elsewhere(
        "density(G)", "Graph.density", "gden", _SIMPLE + " Parallel ties and loops lift it above that elsewhere.", True),
    "mean_strength": Elsewhere(differs=_NONE),
    "centralisation": Elsewhere(
        "", "centr_degree, centr_betw, centr_clo (R)", "centralization",
        "igraph's centr_degree allows for loops by default: 0.376 for the karate club, 0.3996 with loops=FALSE as here. "
        "Closeness of a network in pieces: sna 0, igraph NaN, here not defined."),
    "reciprocity": Elsewhere(
        "overall_reciprocity(G)", "Graph.reciprocity", 'grecip(measure="edgewise")',
        "sna's default is dyadic, which counts empty pairs too: 0.636 where the share of ties returned is 0.25. Here "
        'kind="dyadic".', True),
    "components": Elsewhere("connected_components(G)", "Graph.connected_components", "component.dist", "The same.", True),
    "connectedness": Elsewhere("", "", "connectedness", "The same as sna."),
    "core_number": Elsewhere(
        "core_number(G)", "Graph.coreness", 'kcores(mode="graph", cmode="degree")',
        _SIMPLE + " networkx refuses loops, igraph counts a loop twice, sna's default gives doubled values.", True),
    "strength_core": Elsewhere(differs=_NONE),
    # -- distance ------------------------------------------------------------------------------------------------
    "mean_distance": Elsewhere(
        "average_shortest_path_length(G)", "Graph.average_path_length", "geodist",
        "The same on a connected network. In pieces networkx raises; here and in igraph pairs without a path are left "
        "out.", True),
    "global_efficiency": Elsewhere(
        "global_efficiency(G)", "global_efficiency (R)", "",
        "The same. sna's efficiency is Krackhardt's, another quantity.", True),
    "local_efficiency": Elsewhere(
        "local_efficiency(G)", "average_local_efficiency (R)", "",
        "R's igraph lets paths leave the neighbourhood: 0.753 where networkx and netmap give 0.645.", True),
    # -- closure -------------------------------------------------------------------------------------------------
    "transitivity": Elsewhere(
        "transitivity(G)", "Graph.transitivity_undirected", 'gtrans(mode="graph")', _SIMPLE, True),
    "directed_transitivity": Elsewhere("", "", 'gtrans(measure="weak")', "The same as sna's weak transitivity."),
    "clustering": Elsewhere(
        "clustering(G)", "Graph.transitivity_local_undirected", "",
        "networkx gives 0 to a node with fewer than two neighbours, igraph NaN by default; here it is not defined.",
        False),
    "average_clustering": Elsewhere(
        "average_clustering(G)", "Graph.transitivity_avglocal_undirected", "",
        "networkx counts nodes with fewer than two neighbours as 0, which is undefined=\"zero\" here: the Florentine "
        "families with their isolate give 0.15 so, and 0.218 over the nodes where it is defined.", False),
    "clustering_barrat": Elsewhere(
        "", "Graph.transitivity_local_undirected(weights=)", "",
        "The same as igraph where defined. networkx's clustering(G, weight=) is Onnela's: [.202, .606, .606, 0] where "
        "Barrat's is [.4, 1, 1, not defined]."),
    "clustering_onnela": Elsewhere(
        "clustering(G, weight=)", "", "",
        "The same but for nodes with fewer than two neighbours, 0 in networkx. igraph's weighted clustering is Barrat's.",
        False),
    # -- key sets and robustness ---------------------------------------------------------------------------------
    "fragmentation": Elsewhere(differs="R's keyplayer::fragment gives the distance-weighted one, the same to 7 digits."),
    "key_players": Elsewhere(differs="R's keyplayer and influenceR search such sets; the sets they find may not be the best."),
    "reach": Elsewhere(
        differs="influenceR sums over nodes outside the set and does not divide. Some divide by n and count the set as "
        "reached: 0.912 for karate's {0, 33} in one step, 0.906 without."),
    "robustness": Elsewhere(differs=_NONE),
    # -- spread, time --------------------------------------------------------------------------------------------
    "gini": Elsewhere(differs=_NONE),
    "effective_number": Elsewhere(differs=_NONE),
    "evenness": Elsewhere(differs=_NONE),
    "tie_stability": Elsewhere(differs=_NONE + " R's RSiena prints the Jaccard index."),
    "rank_stability": Elsewhere(differs=_NONE + " The correlation is scipy.stats.kendalltau."),
    "group_tracking": Elsewhere(differs=_NONE),
    # -- centrality ----------------------------------------------------------------------------------------------
    "degree": Elsewhere(
        "G.degree()", "Graph.degree", 'degree(gmode="graph")',
        _SIMPLE + " A loop counts 2 in networkx and igraph, 1 in networkit, nothing here.", True),
    "strength": Elsewhere(
        "G.degree(weight=)", "Graph.strength(weights=)", 'degree(gmode="graph", ignore.eval=FALSE)',
        _SIMPLE + " Loops as for the degree.", True),
    "opsahl_degree": Elsewhere(differs="R's tnet: degree_w."),
    "betweenness": Elsewhere(
        "betweenness_centrality(G)", "Graph.betweenness", 'betweenness(gmode="graph")',
        "The same as networkx; igraph and sna give the raw sum. With strengths: 1/w added up in floating point loses "
        "equally long paths in networkx and networkit (0.1 + 0.1 + 0.1 against 0.15 + 0.15), igraph compares with a "
        "tolerance, netmap adds whole numbers. Parallel ties are several paths in igraph. networkit's exact one, not "
        "normalised, counts both directions, its KADABRA gives twice the share.", True),
    "edge_betweenness": Elsewhere(
        "edge_betweenness_centrality(G)", "Graph.edge_betweenness", "", "As for betweenness.", True),
    "harmonic": Elsewhere(
        "harmonic_centrality(G)", "Graph.harmonic_centrality", "",
        "networkx and networkit give the sum, igraph and netmap divide by n - 1. Directed: networkx takes the paths that "
        "come in, netmap those that go out (mode).", False),
    "closeness": Elsewhere(
        "closeness_centrality(G)", "Graph.closeness", "closeness",
        "In pieces networkx multiplies by the share that can be reached (Wasserman-Faust), igraph and netmap stay in the "
        "component: a triangle and a pair give [.5, .5, .5, .25, .25] or [1, 1, 1, 1, 1]. An isolate: networkx 0, igraph "
        "NaN, here not defined. Directed 0 -> 1 -> 2: networkx in [0, .5, .667], igraph all [.667, 1, .667], netmap out "
        "[.667, 1, -].", False),
    "eccentricity": Elsewhere(
        "eccentricity(G)", "Graph.eccentricity", "",
        "The same on a connected network; in pieces networkx raises.", True),
    "eigenvector": Elsewhere(
        "eigenvector_centrality_numpy(G)", "Graph.eigenvector_centrality", "evcent",
        "networkx scales squares to add up to 1, igraph and netmap the highest to 1. In pieces networkx's numpy version "
        "raises, igraph gives zeros outside one piece; here the largest component has values, the rest none. networkit's "
        "values of a star are wrong.", False),
    "katz": Elsewhere(
        "katz_centrality_numpy(G, alpha=)", "", "",
        "networkx scales squares to add up to 1 (normalized=True); here it is not scaled.", False),
    "pagerank": Elsewhere("pagerank(G)", "Graph.pagerank", "", "The same, dead ends too.", True),
    # -- bridges -------------------------------------------------------------------------------------------------
    "bridge_ties": Elsewhere(
        "bridges(G)", "Graph.bridges", "",
        "The same ties on a simple graph. In a multigraph a doubled tie is no bridge; netmap merges it first, and "
        'parallel="separate" keeps it apart. Pairs that hang on each: none of the three.', True),
    "cutpoints": Elsewhere(
        "articulation_points(G)", "Graph.articulation_points", "cutpoints",
        "The same nodes. Pairs that hang on each: none of the three.", True),
    "local_bridges": Elsewhere(
        "local_bridges(G)", "", "", "The same ties and spans. netmap gives the span of every tie.", True),
    "embeddedness": Elsewhere(
        differs="None of the three. The jaccard coefficient of two tied nodes is near it but counts the two ends "
        "themselves among the neighbours."),
    "bridging_centrality": Elsewhere(
        differs="None of the three. influenceR's bridging is Valente and Fujimoto's, another quantity: one of five names "
        "in common at the top of the karate club."),
    # -- structural holes and brokerage ---------------------------------------------------------------------------
    "constraint": Elsewhere(
        "constraint(G)", "Graph.constraint", "",
        _SIMPLE + " Loops enter it in networkx (1.408 against 0.886 for one node). R's influenceR is off by up to "
        "0.07.", True),
    "effective_size": Elsewhere(
        "effective_size(G)", "", "",
        "The same without strengths and direction. With strengths, asked for all nodes at once, networkx 3.6 divides by "
        "the wrong node's strongest tie: [1, 1.4, 2.7143, 1] where [1, 1.1, 2.6429, 1] is right; nodes=list(G) is "
        "right. influenceR: ens.", True),
    "efficiency": Elsewhere(differs="None of the three: divide effective size by the degree."),
    "hierarchy": Elsewhere(differs=_NONE),
    "brokerage": Elsewhere(
        "", "", "brokerage",
        "The same raw counts, sna counting an undirected pair in both orders. Its z of an undirected network is sqrt(2) "
        "too large for coordinator, consultant, liaison and total."),
    # -- groups --------------------------------------------------------------------------------------------------
    "communities": Elsewhere(
        "community.louvain_communities(G)", "Graph.community_leiden", "",
        "igraph's Leiden maximises CPM by default, which leaves every node alone: ask for modularity. networkx has "
        "Louvain, whose best grouping of the karate club comes in one of four seeds, Leiden's in nearly all."),
    "modularity": Elsewhere(
        "community.modularity(G, groups)", "Graph.modularity", "", "The same, with a resolution and directed too.", True),
    "participation": Elsewhere(differs="None of the three. bctpy: participation_coef, which gives an isolate 0."),
    "within_module_z": Elsewhere(
        differs="None of the three. bctpy: module_degree_zscore, with the population SD as here; one with n - 1 differs."),
    "compare_groupings": Elsewhere(
        "", "compare_communities", "",
        "igraph divides mutual information by the arithmetic mean, as here. One group on both sides: igraph's ARI NaN, "
        "scikit-learn's 1, here not defined."),
    "quotient": Elsewhere(
        "quotient_graph(G, groups)", "Graph.contract_vertices", "", "The same counts of ties.", True),
    # -- two modes -----------------------------------------------------------------------------------------------
    "two_mode_density": Elsewhere("bipartite.density(G, members)", "", "", "The same.", True),
    "project": Elsewhere(
        "bipartite.collaboration_weighted_projected_graph(G, members)", "Graph.bipartite_projection", "",
        "The same as networkx's collaboration weights; igraph counts the groups shared, which is weight=\"count\".", True),
    # -- like with like ------------------------------------------------------------------------------------------
    "assortativity": Elsewhere(
        "attribute_assortativity_coefficient(G, column)", "Graph.assortativity_nominal", "",
        "The same for categories and numbers without strengths; with strengths none of the three weighs ties.", True),
    "moran": Elsewhere("", "", 'nacf(type="moran")', "Some give it with rows scaled to 1 (0.244 against 0.207)."),
    "geary": Elsewhere("", "", 'nacf(type="geary")', "The same."),
    "mixing_matrix": Elsewhere(
        "attribute_mixing_matrix(G, column, normalized=False)", "", "",
        "networkx counts a tie in both directions, so that the diagonal is doubled."),
    "ei_index": Elsewhere(differs="None of the three. UCINET has it for the whole network."),
    "link_prediction": Elsewhere(
        "adamic_adar_index(G)", "Graph.similarity_inverse_log_weighted", "", "The same.", True),
    "small_world": Elsewhere(
        "sigma(G), omega(G)", "", "",
        "networkx averages the clustering of nodes, draws few networks and gives no interval."),
    "qap": Elsewhere("", "", "gcor, qaptest", "The same r. sna's p can be 0: it does not count the observed one in."),
    "mrqap": Elsewhere("", "", "netlm", "The same coefficients and t; p as for qap."),
    # -- beyond structure ----------------------------------------------------------------------------------------
    "separating_people": Elsewhere(
        "minimum_node_cut(G, s, t)", "Graph.vertex_connectivity(source, target)", "",
        "Between two nodes there, between two networks here: tie an outside node to all of each network first."),
}  # fmt: skip
