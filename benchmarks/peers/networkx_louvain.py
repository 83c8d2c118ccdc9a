"""Every linear measure of a file of ties with networkx, communities with python-louvain: file in, table out.

    python networkx_louvain.py ties.csv table.csv [--sources 20 --first | --perturb 1]

With --sources it takes betweenness and harmonic centrality from so many sources and nodes alone, to be scaled up; with
--first it stops after them. Gould and Fernandez's roles and the within-module z are in neither library.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections import defaultdict

import community as louvain
import networkx as nx

parser = argparse.ArgumentParser()
parser.add_argument("ties")
parser.add_argument("table")
parser.add_argument("--sources", type=int, default=0)
parser.add_argument("--first", action="store_true")
parser.add_argument("--perturb", type=int)
asked = parser.parse_args()

graph = nx.Graph()
with open(asked.ties, encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    next(rows)
    for a, b, w in rows:
        if graph.has_edge(a, b):
            graph[a][b]["weight"] += float(w)
        elif a != b:
            graph.add_edge(a, b, weight=float(w))

said: dict[str, float] = {}
if asked.perturb:
    # A tenth of the ties lost, as many added between nodes with ties of their own.
    begun = time.process_time()
    every = [v for edge in graph.edges for v in edge]
    for _ in range(asked.perturb):
        drawn = nx.Graph()
        drawn.add_nodes_from(graph)
        drawn.add_edges_from(edge for edge in graph.edges if random.random() < 0.9)
        drawn.add_edges_from((random.choice(every), random.choice(every)) for _ in range(len(graph.edges) // 10))
        values = nx.betweenness_centrality(drawn)
        sorted(values, key=lambda v: -values[v])
    said["sampled"] = time.process_time() - begun
    print(json.dumps(said))
    raise SystemExit
if asked.sources:
    begun = time.process_time()
    nx.betweenness_centrality(graph, k=asked.sources, seed=1)
    nx.harmonic_centrality(graph, nbunch=list(graph)[: asked.sources])
    said["sampled"] = time.process_time() - begun
if asked.first:
    print(json.dumps(said))
    raise SystemExit

columns: dict[str, dict[str, float]] = {
    "degree": dict(graph.degree()),
    "strength": dict(graph.degree(weight="weight")),
    "pagerank": nx.pagerank(graph, weight="weight", tol=1e-10),
    "eigenvector": nx.eigenvector_centrality_numpy(graph.subgraph(max(nx.connected_components(graph), key=len)), weight="weight"),
    "core_number": nx.core_number(graph),
    "clustering": nx.clustering(graph),
    "clustering_onnela": nx.clustering(graph, weight="weight"),
    "constraint": nx.constraint(graph, weight="weight"),
    "effective_size": nx.effective_size(graph, weight="weight"),
    "cutpoint": dict.fromkeys(nx.articulation_points(graph), 1),
}
columns["component"] = {node: i for i, part in enumerate(nx.connected_components(graph)) for node in part}
columns["community"] = groups = louvain.best_partition(graph, random_state=1)
spread: dict[str, float] = {}
for node, near in graph.adjacency():
    by_group: dict[int, float] = defaultdict(float)
    for other, data in near.items():
        by_group[groups[other]] += data["weight"]
    total = sum(by_group.values())
    spread[node] = 1 - sum(w * w for w in by_group.values()) / total**2 if total else float("nan")
columns["participation"] = spread
said["assortativity"] = nx.degree_pearson_correlation_coefficient(graph)
said["modularity"] = louvain.modularity(groups, graph)
said["communities"] = len(set(groups.values()))
said["bridges"] = sum(1 for _ in nx.bridges(graph))

with open(asked.table, "w", encoding="utf-8", newline="") as file:
    write = csv.writer(file)
    write.writerow(["id", *columns])
    for node in graph:
        write.writerow([node, *(values.get(node, 0) for values in columns.values())])
print(json.dumps(said))
