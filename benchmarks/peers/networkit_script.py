"""Every linear measure of a file of ties with networkit: file in, table out.

    python networkit_script.py ties.csv table.csv [--exact | --pivots 64]

One thread, so that processor times compare. Weighted clustering, constraint, effective size, Gould and Fernandez's roles,
bridges and the within-module z are not in networkit.
"""

from __future__ import annotations

import argparse
import csv
import json
import time

import networkit as nk
import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("ties")
parser.add_argument("table")
parser.add_argument("--exact", action="store_true")
parser.add_argument("--pivots", type=int)
asked = parser.parse_args()
nk.setNumberOfThreads(1)
nk.setSeed(1, False)

number: dict[str, int] = {}
first, second, weights = [], [], []
with open(asked.ties, encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    next(rows)
    for a, b, w in rows:
        first.append(number.setdefault(a, len(number)))
        second.append(number.setdefault(b, len(number)))
        weights.append(float(w))
i, j, w = np.array(first, dtype=np.uint64), np.array(second, dtype=np.uint64), np.array(weights)
graph = nk.GraphFromCoo((w, (i, j)), n=len(number), weighted=True, directed=False)
n = graph.numberOfNodes()
plain = nk.graphtools.toUnweighted(graph)
plain.indexEdges()

said: dict[str, float] = {}
if asked.pivots:
    begun = time.process_time()
    nk.centrality.EstimateBetweenness(plain, asked.pivots, False, False).run()
    said["sampled"] = time.process_time() - begun
    print(json.dumps(said))
    raise SystemExit

found = nk.community.PLM(graph, refine=True)
found.run()
partition = found.getPartition()
groups = np.array(partition.getVector(), dtype=np.int64)
columns = {
    "degree": np.array(nk.centrality.DegreeCentrality(plain).run().scores()),
    "strength": np.bincount(np.r_[i, j].astype(np.int64), weights=np.r_[w, w], minlength=n),
    "pagerank": np.array(nk.centrality.PageRank(graph, 0.85, 1e-10).run().scores()),
    "eigenvector": np.array(nk.centrality.EigenvectorCentrality(graph, 1e-10).run().scores()),
    "core_number": np.array(nk.centrality.CoreDecomposition(plain).run().scores()),
    "clustering": np.array(nk.centrality.LocalClusteringCoefficient(plain).run().scores()),
}
blocks = nk.components.BiconnectedComponents(plain)
blocks.run()
columns["cutpoint"] = np.array([len(blocks.getComponentsOfNode(v)) > 1 for v in range(n)]).astype(np.int64)
parts = nk.components.ConnectedComponents(plain)
parts.run()
columns["component"] = np.array(parts.getPartition().getVector(), dtype=np.int64)
columns["community"] = groups
ends, others, both = np.r_[i, j].astype(np.int64), np.r_[j, i].astype(np.int64), np.r_[w, w]
cells, inverse = np.unique(ends * (groups.max() + 1) + groups[others], return_inverse=True)
held = np.bincount(inverse, weights=both)
columns["participation"] = 1 - np.bincount(cells // (groups.max() + 1), weights=held**2, minlength=n) / columns["strength"] ** 2
if asked.exact:
    columns["betweenness"] = np.array(nk.centrality.Betweenness(plain).run().scores()) / 2
    columns["harmonic"] = np.array(nk.centrality.HarmonicCloseness(plain, False).run().scores()) / (n - 1)
degree = columns["degree"]
said["assortativity"] = float(np.corrcoef(degree[ends], degree[others])[0, 1])
said["modularity"] = nk.community.Modularity().getQuality(partition, graph)
said["communities"] = partition.numberOfSubsets()

with open(asked.table, "w", encoding="utf-8", newline="") as file:
    write = csv.writer(file)
    write.writerow(["id", *columns])
    write.writerows(zip(number, *(column.tolist() for column in columns.values()), strict=True))
print(json.dumps(said))
