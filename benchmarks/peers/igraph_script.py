"""Every linear measure of a file of ties with igraph: file in, table out.

    python igraph_script.py ties.csv table.csv [--exact | --pivots 64 | --perturb 200]

Effective size, Onnela's clustering, Gould and Fernandez's roles and the within-module z are not in igraph.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections import defaultdict

import igraph

parser = argparse.ArgumentParser()
parser.add_argument("ties")
parser.add_argument("table")
parser.add_argument("--exact", action="store_true")
parser.add_argument("--pivots", type=int)
parser.add_argument("--perturb", type=int)
asked = parser.parse_args()

number: dict[str, int] = {}
edges, weights = [], []
with open(asked.ties, encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    next(rows)
    for a, b, w in rows:
        edges.append((number.setdefault(a, len(number)), number.setdefault(b, len(number))))
        weights.append(float(w))
graph = igraph.Graph(n=len(number), edges=edges)
graph.es["weight"] = weights
graph.simplify(combine_edges="sum")
weights = graph.es["weight"]
random.seed(1)

said: dict[str, float] = {}
begun = time.process_time()
if asked.pivots:
    sources = random.sample(range(graph.vcount()), asked.pivots)
    graph.betweenness(directed=False, sources=sources)
    said["sampled"] = time.process_time() - begun
    print(json.dumps(said))
    raise SystemExit

if asked.perturb:
    # A tenth of the ties lost, as many added between nodes with ties of their own.
    every = [v for edge in graph.get_edgelist() for v in edge]
    ranks = []
    for _ in range(asked.perturb):
        kept = [edge for edge in graph.get_edgelist() if random.random() < 0.9]
        more = [(random.choice(every), random.choice(every)) for _ in range(graph.ecount() - len(kept))]
        values = igraph.Graph(n=graph.vcount(), edges=kept + more).simplify().betweenness(directed=False)
        order = sorted(range(graph.vcount()), key=lambda v: -values[v])
        ranks.append([place for _, place in sorted(zip(order, range(len(order)), strict=True))])
    print("{}")
    raise SystemExit

degree, strength = graph.degree(), graph.strength(weights=weights)
columns = {
    "degree": degree,
    "strength": strength,
    "pagerank": graph.pagerank(weights=weights, directed=False),
    "eigenvector": graph.eigenvector_centrality(weights=weights),
    "core_number": graph.coreness(),
    "clustering": graph.transitivity_local_undirected(mode="nan"),
    "clustering_barrat": graph.transitivity_local_undirected(mode="nan", weights=weights),
    "constraint": graph.constraint(weights=weights),
}
cut = set(graph.articulation_points())
columns["cutpoint"] = [int(v in cut) for v in range(graph.vcount())]
columns["component"] = graph.connected_components().membership
found = graph.community_leiden(objective_function="modularity", weights=weights, n_iterations=2)
columns["community"] = groups = found.membership
by_group: list[dict[int, float]] = [defaultdict(float) for _ in range(graph.vcount())]
for (a, b), w in zip(graph.get_edgelist(), weights, strict=True):
    by_group[a][groups[b]] += w
    by_group[b][groups[a]] += w
columns["participation"] = [
    1 - sum(w * w for w in held.values()) / s**2 if s else float("nan") for held, s in zip(by_group, strength, strict=True)
]
if asked.exact:
    columns["betweenness"] = graph.betweenness(directed=False)
    columns["harmonic"] = graph.harmonic_centrality()
said["assortativity"] = graph.assortativity_degree(directed=False)
said["modularity"] = graph.modularity(groups, weights=weights)
said["communities"] = len(found)
said["bridges"] = len(graph.bridges())

with open(asked.table, "w", encoding="utf-8", newline="") as file:
    write = csv.writer(file)
    write.writerow(["id", *columns])
    write.writerows(zip(number, *columns.values(), strict=True))
print(json.dumps(said))
