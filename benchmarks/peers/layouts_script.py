"""Lay out one network by a peer, in the Python that has it: ``METHOD ties.npy n out.npy``; prints the processor time."""

import sys
import time

import numpy as np


def main() -> None:
    """Draw, write the positions, print the seconds the drawing alone took."""
    method, ties, n, out = sys.argv[1], np.load(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    if method.startswith("igraph"):
        import random

        import igraph

        random.seed(1)
        graph = igraph.Graph(n, ties.tolist())
        begin = time.process_time()
        place = graph.layout_fruchterman_reingold() if method == "igraph FR" else graph.layout_drl()
        xy = np.array(place.coords)
    else:
        import networkx as nx

        graph = nx.Graph()
        graph.add_nodes_from(range(n))
        graph.add_edges_from(ties.tolist())
        begin = time.process_time()
        if method == "networkx spring":
            place = nx.spring_layout(graph, seed=1)
        elif method == "networkx ForceAtlas2":
            place = nx.forceatlas2_layout(graph, seed=1)
        else:
            place = nx.kamada_kawai_layout(graph)
        xy = np.array([place[i] for i in range(n)])
    spent = time.process_time() - begin
    np.save(out, xy)
    print(spent)


main()
