"""Time netmap's kernels, compiled and as NumPy twins, beside networkx, igraph and networkit where they can be imported.

    python -m benchmarks.kernels --nodes 1000 10000 > kernels.md

One run, seeded graphs, processor time, the median of some rounds; every library's answer is checked against netmap's. The
peers are never required: what cannot be imported is left out. networkx is run up to --networkx nodes, the twins up to
--twins.
"""

from __future__ import annotations

import argparse
import importlib.util
import platform
import statistics
import time
from collections.abc import Callable
from datetime import date

import numpy as np

import netmap
from netmap.chance.perturbation import perturb
from netmap.kernels import (
    _native,
    brokerage,
    components,
    cores,
    cuts,
    dealing,
    groups,
    paths,
    shuffles,
    spectral,
    triangles,
)
from netmap.kernels.csr import CSR, build_csr, integer_lengths
from netmap.kernels.subgraphs import induced
from netmap.view import View

from .generators import KINDS

Answer = np.ndarray


class Work:
    """One graph in every library's own form, made before the clock starts."""

    def __init__(self, csr: CSR, wanted: dict[str, bool]):
        self.csr = csr
        m = csr.arcs // 2
        keep = csr.rows < csr.indices
        self.ends = np.empty((m, 2), dtype=np.int64)
        self.ends[csr.tie[keep]] = np.stack([csr.rows[keep], csr.indices[keep]], axis=1)
        self.strength = np.empty(m)
        self.strength[csr.tie] = csr.weights
        lengths = integer_lengths(self.strength)
        assert lengths is not None
        self.lengths = lengths
        self.thin = np.asfortranarray(self.ends, dtype=np.int32)
        self.one_way = build_csr(csr.n, *self.thin.T, self.strength, symmetric=False)
        self.greatest = float(csr.row_sums(csr.weights).max())
        rng = np.random.default_rng(csr.n)
        self.labels, self.profiles = rng.integers(0, 12, csr.n), rng.random((csr.n, 8))
        self.keys = dealing.streams(rng, 1000)
        self.draws = list(perturb(View(range(csr.n), *self.ends.T, self.strength), draws=20)) if csr.n <= 10_000 else []
        if wanted["networkx"]:
            import networkx as nx

            self.nx = nx.Graph()
            self.nx.add_nodes_from(range(csr.n))
            self.nx.add_weighted_edges_from(zip(*self.ends.T.tolist(), self.strength.tolist(), strict=True))
            nx.set_edge_attributes(self.nx, dict(zip(map(tuple, self.ends.tolist()), lengths.tolist(), strict=True)), "length")
        if wanted["igraph"]:
            import igraph

            self.ig = igraph.Graph(n=csr.n, edges=self.ends.tolist())
            self.ig.es["weight"], self.ig.es["length"] = self.strength.tolist(), lengths.tolist()
        if wanted["networkit"]:
            import networkit

            networkit.setNumberOfThreads(1)
            self.nk = networkit.Graph(csr.n)
            for a, b in self.ends.tolist():
                self.nk.addEdge(a, b)


def by_node(found: dict[int, float]) -> Answer:
    """A dictionary by node as an array."""
    return np.array([found[i] for i in range(len(found))], dtype=np.float64)


def stacked(found: triangles.TriangleSums) -> Answer:
    """Everything the triangle pass finds of nodes, in one array."""
    each = (found.closed, found.barrat, found.onnela, found.constraint, found.effective_size, found.roles.ravel())
    return np.concatenate([np.asarray(part, dtype=np.float64) for part in each])


def eigenvector(work: Work) -> Answer:
    """Eigenvector centrality of the largest component, 0 elsewhere as igraph gives it."""
    labels = components.component_labels(work.csr)
    out = np.zeros(work.csr.n)
    inside = np.flatnonzero(labels == 0)
    out[inside] = spectral.leading(induced(work.csr, inside), symmetric=True)[1]
    return out


def tasks() -> dict[str, dict[str, Callable[[Work], Answer]]]:
    """What is timed: for each measure, how each library is asked for it, all on one scale."""

    def nx(name: str, /, **options: object) -> Callable[[Work], Answer]:
        def run(w: Work) -> Answer:
            import networkx

            return by_node(getattr(networkx, name)(w.nx, **options))

        return run

    def networkit_betweenness(w: Work) -> Answer:
        import networkit

        return np.array(networkit.centrality.Betweenness(w.nk).run().scores()) / 2

    def networkit_harmonic(w: Work) -> Answer:
        import networkit

        return np.array(networkit.centrality.HarmonicCloseness(w.nk, False).run().scores())

    def nx_cuts(w: Work) -> Answer:
        import networkx

        out = np.zeros(w.csr.n)
        out[list(networkx.articulation_points(w.nx))] = 1.0
        return out

    def ig_cuts(w: Work) -> Answer:
        out = np.zeros(w.csr.n)
        out[w.ig.articulation_points()] = 1.0
        return out

    def shares(w: Work) -> Answer:
        csr, degree = w.csr, np.diff(w.csr.indptr)
        closed = np.bincount(csr.rows, weights=triangles.common_neighbours(csr), minlength=csr.n)
        return np.where(degree > 1, closed / np.maximum(degree * (degree - 1), 1), 0.0)

    return {
        "betweenness": {
            "netmap": lambda w: paths.betweenness(w.csr),
            "networkx": nx("betweenness_centrality", normalized=False),
            "igraph": lambda w: np.array(w.ig.betweenness()),
            "networkit": networkit_betweenness,
        },
        "betweenness by length": {
            "netmap": lambda w: paths.betweenness(w.csr, w.lengths),
            "networkx": nx("betweenness_centrality", normalized=False, weight="length"),
            "igraph": lambda w: np.array(w.ig.betweenness(weights="length")),
        },
        "harmonic closeness": {
            "netmap": lambda w: paths.distance_sums(w.csr).inverse,
            "networkx": nx("harmonic_centrality"),
            "igraph": lambda w: np.array(w.ig.harmonic_centrality(normalized=False)),
            "networkit": networkit_harmonic,
        },
        "clustering": {
            "netmap": shares,
            "networkx": nx("clustering"),
            "igraph": lambda w: np.array(w.ig.transitivity_local_undirected(mode="zero")),
        },
        "constraint": {
            "netmap": lambda w: triangles.constraint(w.csr),
            "networkx": nx("constraint", weight="weight"),
            "igraph": lambda w: np.array(w.ig.constraint(weights="weight")),
        },
        "core numbers": {
            "netmap": lambda w: cores.core_numbers(w.csr).astype(float),
            "networkx": nx("core_number"),
            "igraph": lambda w: np.array(w.ig.coreness(), dtype=float),
        },
        "cutpoints": {
            "netmap": lambda w: cuts.cuts(w.csr, w.csr.arcs // 2).cutpoint.astype(float),
            "networkx": nx_cuts,
            "igraph": ig_cuts,
        },
        "components": {
            "netmap": lambda w: components.component_labels(w.csr).astype(float),
        },
        "strong components": {
            "netmap": lambda w: components.component_labels(w.one_way, strong=True).astype(float),
        },
        "build graph": {
            "netmap": lambda w: build_csr(w.csr.n, *w.thin.T, w.strength, symmetric=True).weights,
        },
        "triangle pass, all": {
            "netmap": lambda w: stacked(triangles.triangle_sums(w.csr, w.labels)),
        },
        "effective size": {
            "netmap": lambda w: triangles.effective_size(w.csr),
        },
        "brokerage": {
            "netmap": lambda w: brokerage.brokerage(w.csr, w.csr, w.labels).roles.ravel(),
        },
        "PageRank": {
            "netmap": lambda w: spectral.pagerank(w.csr),
            "networkx": nx("pagerank", weight="weight", tol=1e-14, max_iter=1000),
            "igraph": lambda w: np.array(w.ig.pagerank(weights="weight")),
        },
        "eigenvector": {
            "netmap": eigenvector,
            "igraph": lambda w: np.array(w.ig.eigenvector_centrality(weights="weight")),
        },
        "Katz": {
            "netmap": lambda w: spectral.katz(w.csr, 0.5 / w.greatest),
        },
        "participation": {
            "netmap": lambda w: groups.participation(w.csr, w.labels, w.csr.weights),
        },
        "within-module z": {
            "netmap": lambda w: groups.within_z(w.csr, w.labels, w.csr.weights)[0],
        },
        "quotient": {
            "netmap": lambda w: groups.between_matrix(*w.thin.T, w.strength, w.labels, 12, directed=False).ravel(),
        },
        "modularity": {
            "netmap": lambda w: np.array([groups.modularity(*w.thin.T, w.strength, w.labels)]),
            "igraph": lambda w: np.array([w.ig.modularity(w.labels.tolist(), weights="weight")]),
        },
        **null_tasks(),
    }


def null_tasks() -> dict[str, dict[str, Callable[[Work], Answer]]]:
    """What is timed of the nulls. Of what is random the answer is what no draw changes, or what its keys decide."""

    def perturbed(w: Work) -> Answer:
        return np.concatenate([paths.betweenness(draw.csr) for draw in w.draws] or [np.zeros(0)])

    def ig_perturbed(w: Work) -> Answer:
        import igraph

        found = []
        for draw in w.draws:
            base = draw.base
            ends = np.concatenate([np.column_stack([base.source, base.target])[draw.kept], draw.added])
            found.append(igraph.Graph(n=base.n, edges=ends.tolist()).betweenness())
        return np.concatenate(found or [np.zeros(0)])

    def degrees(a: Answer, b: Answer, n: int) -> Answer:
        return np.bincount(np.append(a, b), minlength=n).astype(float)

    def rewired(w: Work) -> Answer:
        drawn = shuffles.rewire(w.csr.n, *w.ends.T, directed=False, draws=20, rng=np.random.default_rng(1))
        return np.concatenate([degrees(a, b, w.csr.n) for block in drawn for a, b in zip(*block, strict=True)])

    def nx_rewired(w: Work) -> Answer:
        import networkx

        found = []
        for seed in range(20):
            graph = networkx.Graph(w.nx.edges)
            graph.add_nodes_from(w.nx)
            networkx.double_edge_swap(graph, 10 * len(w.ends), 1000 * len(w.ends), seed=seed)
            found.append(np.array([graph.degree(i) for i in range(w.csr.n)], dtype=float))
        return np.concatenate(found)

    def ig_rewired(w: Work) -> Answer:
        found = []
        for _ in range(20):
            graph = w.ig.copy()
            graph.rewire(10 * len(w.ends))
            found.append(np.array(graph.degree(), dtype=float))
        return np.concatenate(found)

    def traded(w: Work) -> Answer:
        cells = np.unique(w.ends[:, 0] * 200 + w.ends[:, 1] % 200)
        drawn = shuffles.curveball(cells // 200, cells % 200, w.csr.n, 200, draws=20, rng=np.random.default_rng(1))
        return np.concatenate([np.bincount(r, minlength=w.csr.n) for block in drawn for r in block[0]]).astype(float)

    def profiles(w: Work) -> Answer:
        return dealing.profile_means(w.profiles, np.ones(8), 4.0, *w.ends.T, w.strength, w.keys)

    return {
        "20 perturbed networks, betweenness": {"netmap": perturbed, "igraph": ig_perturbed},
        "1,000 dealings of 12 labels": {
            "netmap": lambda w: dealing.label_tables(w.labels, 12, *w.ends.T, w.keys).astype(float),
        },
        "1,000 dealings of profiles of 8": {"netmap": profiles},
        "20 networks rewired, 10 swaps a tie": {"netmap": rewired, "networkx": nx_rewired, "igraph": ig_rewired},
        "20 sets of memberships traded": {"netmap": traded},
    }


def timed(run: Callable[[], Answer], rounds: int, budget: float) -> tuple[float, Answer]:
    """Return the median processor time of up to `rounds` rounds (one where a round takes long), and the answer."""
    spent: list[float] = []
    while len(spent) < rounds and sum(spent) < budget:
        start = time.process_time()
        answer = run()
        spent.append(time.process_time() - start)
    return statistics.median(spent), answer


def say(seconds: float) -> str:
    """A time to three digits."""
    return f"{seconds:.3g} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def main() -> None:
    """Run what was asked for and print it as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--networkx", type=int, default=1000, help="run networkx up to this many nodes")
    parser.add_argument("--twins", type=int, default=10_000, help="run the NumPy twins up to this many nodes")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--budget", type=float, default=10.0, help="seconds after which no further round is begun")
    parser.add_argument("--only", nargs="+", help="measures to run")
    options = parser.parse_args()
    peers = ["networkx", *(p for p in ("igraph", "networkit") if importlib.util.find_spec(p))]
    names = ["compiled", "twin", *peers]
    print(f"netmap {netmap.__version__}, Python {platform.python_version()}, {platform.machine()}, {date.today()}.")  # noqa: DTZ011
    print(f"Processor time, median of up to {options.rounds} rounds; in brackets how many times netmap's compiled time.\n")
    for shape, make in KINDS.items():
        for n in options.nodes:
            csr = make(n).csr()
            work = Work(csr, {p: p in peers and (p != "networkx" or n <= options.networkx) for p in ("networkx", "igraph", "networkit")})
            print(f"## {shape}, {n:,} nodes, {csr.arcs // 2:,} ties\n")
            print(f"| measure | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
            for measure, ways in tasks().items():
                if options.only and measure not in options.only:
                    continue
                row, ours, known = [], 0.0, np.zeros(0)
                for name in names:
                    way = ways.get("netmap" if name in ("compiled", "twin") else name)
                    over = {"twin": options.twins, "networkx": options.networkx}.get(name, n)
                    if way is None or n > over:
                        row.append("-")
                        continue
                    with _native.using("python" if name == "twin" else "compiled"):
                        seconds, answer = timed(lambda way=way, work=work: way(work), options.rounds, options.budget)  # type: ignore[misc]
                    if name == "compiled":
                        ours, known = seconds, answer
                        row.append(say(seconds))
                        continue
                    close = np.allclose(np.nan_to_num(answer), np.nan_to_num(known), rtol=1e-9, atol=1e-9 * (1 + np.nanmax(np.abs(known), initial=0)))
                    row.append(f"{say(seconds)} ({seconds / ours:.3g}x){'' if close else ' **other answer**'}")
                print(f"| {measure} | {' | '.join(row)} |", flush=True)
            print()


if __name__ == "__main__":
    main()
