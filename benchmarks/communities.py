"""Compare netmap's Leiden with its peers on graphs with known groups: processor time and modularity, as ratios in one run.

    python benchmarks/communities.py --nodes 1000 10000 100000 > communities.md

Peers are never required: python-louvain comes with netmap, and graspologic-native, igraph and networkit are run where they
can be imported. All start from a graph in their own form, on one thread; the modularity of every answer is netmap's.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import random
import statistics
import time
from collections.abc import Callable
from datetime import date

os.environ["NETMAP_THREADS"] = "1"

import numpy as np

import netmap
from netmap.kernels import communities, kernels
from netmap.kernels.csr import CSR, build_csr
from netmap.kernels.groups import modularity

Labels = np.ndarray
Search = Callable[[int], Labels]


def planted(n: int, seed: int = 1, mixing: float = 0.3) -> tuple[CSR, Labels]:
    """Draw a graph in the manner of Lancichinetti, Fortunato and Radicchi (2008), and the groups planted in it.

    5 ties a node of strengths 1 to 5; degrees and sizes of groups follow power laws; `mixing` of the ties lead anywhere.
    """
    rng = np.random.default_rng([seed, n])
    sizes = [20]
    while sum(sizes) < n:
        sizes.append(int(min(20 / (1 - rng.random()), max(40, n / 20))))
    group = rng.permutation(np.repeat(np.arange(len(sizes)), sizes)[:n])
    wanted = np.minimum(4.7 * (1 - rng.random(n)) ** (-1 / 1.7), 3 * n**0.5)
    order = np.argsort(group, kind="stable")
    start = np.searchsorted(group[order], np.arange(group.max() + 2))
    anywhere, within = np.cumsum(wanted), np.concatenate([[0.0], np.cumsum(wanted[order])])
    m = 5 * n

    def drawn() -> Labels:
        return np.searchsorted(anywhere, rng.random(2 * m) * anywhere[-1]).clip(0, n - 1)

    a = drawn()
    low, high = within[start[group[a]]], within[start[group[a] + 1]]
    place = np.searchsorted(within, low + rng.random(2 * m) * (high - low), side="right") - 1
    b = np.where(rng.random(2 * m) < 1 - mixing, order[place.clip(0, n - 1)], drawn())
    key = np.unique((np.minimum(a, b) * n + np.maximum(a, b))[a != b])
    key = np.sort(rng.permutation(key)[:m])
    strength = rng.integers(1, 6, key.size).astype(np.float64)
    return build_csr(n, (key // n).astype(np.int32), (key % n).astype(np.int32), strength, symmetric=True), group


def searches(csr: CSR, ties: tuple[Labels, Labels, Labels], slow: int) -> dict[str, Search]:
    """Each library's search of the graph from a seed; python-louvain up to `slow` nodes."""
    n, (a, b, w) = csr.n, ties

    def ours(iterations: int) -> Search:
        return lambda seed: communities.leiden(csr, [seed], iterations=iterations)[0]

    out: dict[str, Search] = {f"netmap, {i} iterations": ours(i) for i in (2, 3)}
    if importlib.util.find_spec("graspologic_native"):
        import graspologic_native

        def graspologic(seed: int) -> Labels:
            _, found = graspologic_native.leiden_csr(
                csr.indptr, csr.indices, csr.weights, n, resolution=1.0, iterations=2, use_modularity=True, seed=seed
            )
            return np.array([found.get(i, n + i) for i in range(n)])

        out["graspologic-native, 2 iterations"] = graspologic
    if importlib.util.find_spec("igraph"):
        import igraph

        graph = igraph.Graph(n=n, edges=np.stack([a, b], axis=1).tolist())
        graph.es["weight"] = w.tolist()

        def leiden(seed: int) -> Labels:
            random.seed(seed)
            return np.array(graph.community_leiden("modularity", weights="weight", n_iterations=2).membership)

        out["igraph Leiden, 2 iterations"] = leiden
    if importlib.util.find_spec("networkit"):
        import networkit

        networkit.setNumberOfThreads(1)
        ends = a.astype(np.uint64), b.astype(np.uint64)
        other = networkit.GraphFromCoo((w, ends), n=n, weighted=True, directed=False)

        def plm(seed: int) -> Labels:
            networkit.setSeed(seed, False)
            return np.array(networkit.community.PLM(other, refine=True).run().getPartition().getVector(), dtype=np.int64)

        out["networkit PLM"] = plm
    if n <= slow:
        import community
        import networkx as nx

        dictionary = nx.Graph()
        dictionary.add_nodes_from(range(n))
        dictionary.add_weighted_edges_from(zip(a.tolist(), b.tolist(), w.tolist(), strict=True))

        def louvain(seed: int) -> Labels:
            found = community.best_partition(dictionary, random_state=seed)
            return np.array([found[i] for i in range(n)])

        out["python-louvain"] = louvain
    return out


def main() -> None:
    """Run what was asked for and print it as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--louvain", type=int, default=10_000, help="run python-louvain up to this many nodes")
    options = parser.parse_args()
    print(f"netmap {netmap.__version__}, kernels {kernels()}, Python {platform.python_version()}, {platform.machine()}, {date.today()}.")  # noqa: DTZ011
    print(f"Processor time, median over {options.seeds} seeds, and how many times that of netmap's first row.\n")
    for n in options.nodes:
        csr, group = planted(n)
        once = csr.rows < csr.indices
        ties = csr.rows[once], csr.indices[once], csr.weights[once]
        print(f"## {n:,} nodes, {ties[0].size:,} ties, {group.max() + 1} groups planted with Q = {modularity(*ties, group):.4f}\n")
        print("| search | time | ratio | mean Q | best Q |\n|---|---|---|---|---|")
        ways, spent, quality = searches(csr, ties, options.louvain), {}, {}
        # Seed by seed, so that a machine that is busy for a while slows all alike.
        for seed in range(options.seeds):
            for name, way in ways.items():
                begun = time.process_time()
                labels = way(seed)
                spent.setdefault(name, []).append(time.process_time() - begun)
                quality.setdefault(name, []).append(modularity(*ties, labels.astype(np.int64)))
        first = statistics.median(next(iter(spent.values())))
        for name, q in quality.items():
            seconds = statistics.median(spent[name])
            print(f"| {name} | {1000 * seconds:.3g} ms | {seconds / first:.2f} | {statistics.mean(q):.5f} | {max(q):.5f} |", flush=True)
        print()


if __name__ == "__main__":
    main()
