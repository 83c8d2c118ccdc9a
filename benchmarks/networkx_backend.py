"""Time networkx's functions as they are and with netmap as their backend, with the conversion and without.

    python benchmarks/networkx_backend.py --nodes 1000 > networkx_backend.md

One run, one seeded graph for each size, processor time of all threads, the median of some rounds; both answers are compared.
"First call" converts the graph, "next calls" find it converted.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import networkx as nx
import numpy as np

import netmap
from netmap.nx_backend.info import FUNCTIONS

# Arguments beside the graph; a function that is not here is called without.
GIVEN: dict[str, list[dict[str, Any]]] = {
    "average_shortest_path_length": [{}, {"weight": "weight"}],
    "betweenness_centrality": [{}, {"weight": "weight"}, {"k": 10, "seed": 1}],
    "closeness_centrality": [{}, {"distance": "weight"}],
    "clustering": [{}, {"weight": "weight"}],
    "constraint": [{}, {"weight": "weight"}],
    "edge_betweenness_centrality": [{}, {"weight": "weight"}],
    "node_connected_component": [{"n": 0}],
}
# One of several that do the same work, what is for graphs with arrows, and what takes networkx too long.
LEFT_OUT = {
    "average_clustering", "diameter", "has_bridges", "is_connected", "is_strongly_connected", "is_weakly_connected",
    "local_bridges", "number_strongly_connected_components", "number_weakly_connected_components", "periphery", "radius",
    "weakly_connected_components",
}


def timed(run: Callable[[], Any], before: Callable[[], None], rounds: int, budget: float) -> tuple[float, Any]:
    """Return the median processor time of up to `rounds` rounds, each after `before`, and the answer."""
    spent: list[float] = []
    while len(spent) < rounds and sum(spent) < budget:
        before()
        start = time.process_time()
        answer = run()
        spent.append(time.process_time() - start)
    return statistics.median(spent), answer


def call(name: str, graph: nx.Graph, given: dict[str, Any], backend: str) -> Any:
    """What a function gives, an iterator used up."""
    found = getattr(nx, name)(graph, **given, backend=backend)
    return found if isinstance(found, (dict, set, int, float)) else list(found)


def alike(one: Any, two: Any) -> bool:
    """Whether two answers are the same, numbers to 1e-9."""
    if isinstance(one, dict):
        return list(one) == list(two) and np.allclose(list(one.values()), list(two.values()), rtol=1e-9, atol=1e-12)
    if isinstance(one, float):
        return bool(np.isclose(one, two, rtol=1e-9))
    return bool(one == two)


def say(seconds: float) -> str:
    """A time to three digits."""
    return f"{seconds:.3g} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def row(graph: nx.Graph, name: str, given: dict[str, Any], rounds: int, budget: float) -> str:
    """Time one call three ways; return the row of the table."""

    def ours() -> Any:
        return call(name, graph, given, "netmap")

    plain, wanted = timed(lambda: call(name, graph, given, "networkx"), lambda: None, rounds, budget)
    first, found = timed(ours, graph.__networkx_cache__.clear, rounds, budget)
    later, _ = timed(ours, lambda: None, rounds, budget)
    words = ", ".join(f"{key}={value!r}" for key, value in given.items())
    other = "" if alike(found, wanted) else " **other answer**"
    return (
        f"| {name}({words}) | {say(plain)} | {say(first)} ({plain / first:.3g}x) | {say(later)} ({plain / later:.3g}x){other} |"
    )


def main() -> None:
    """Run what was asked for and print it as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--budget", type=float, default=20.0, help="seconds after which no further round is begun")
    parser.add_argument("--only", nargs="+", help="functions to run")
    options = parser.parse_args()
    nx.config.warnings_to_ignore.add("cache")
    print(f"netmap {netmap.__version__}, networkx {nx.__version__}, Python {platform.python_version()}, {date.today()}.")  # noqa: DTZ011
    print("Processor time, median; in brackets how many times faster than networkx.\n")
    for n in options.nodes:
        graph = nx.powerlaw_cluster_graph(n, min(5, n - 1), 0.5, seed=1)
        rng = np.random.default_rng(1)
        for (_, _, data), length in zip(graph.edges(data=True), rng.integers(1, 6, graph.number_of_edges()).tolist(), strict=True):
            data["weight"] = length
        print(f"## {n:,} nodes, {graph.number_of_edges():,} edges\n")
        print("| function | networkx | netmap, first call | netmap, next calls |\n|---|---|---|---|")
        for name in options.only or [name for name in FUNCTIONS if name not in LEFT_OUT]:
            for given in GIVEN.get(name, [{}]):
                print(row(graph, name, given, options.rounds, options.budget), flush=True)
        print()


if __name__ == "__main__":
    main()
