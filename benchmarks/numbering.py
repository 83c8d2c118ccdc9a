"""Kernels of linear cost on nodes numbered as a file gives them and on the same nodes numbered by nearness.

    python -m benchmarks.numbering 100000

prints a table in Markdown: milliseconds of each, and what numbering anew costs beforehand. It is why only the kernels that
follow paths from many nodes number them anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netmap.kernels import communities, components, cores, cuts, groups, spectral, triangles
from netmap.kernels._near import Near
from netmap.kernels.csr import CSR, build_csr

from .floors import best, numbered, scattered
from .results import machine


def kernels(csr: CSR, labels: NDArray[np.int64]) -> dict[str, Callable[[], Any]]:
    """What is timed on each numbering."""
    return {
        "components": lambda: components.component_labels(csr),
        "core numbers": lambda: cores.core_numbers(csr),
        "cutpoints and bridges": lambda: cuts.cuts(csr, csr.arcs // 2),
        "all that rests on triangles": lambda: triangles.triangle_sums(csr, labels),
        "participation": lambda: groups.participation(csr, labels, csr.weights),
        "PageRank": lambda: spectral.pagerank(csr),
        "eigenvector": lambda: spectral.leading(csr, symmetric=True),
        "communities": lambda: communities.leiden(csr, [0]),
    }


def table(n: int) -> str:
    """The table for one clustered network of n nodes."""
    ties, labels = scattered(n)
    given = build_csr(n, *ties, symmetric=True)
    near = Near(given, n)
    anew = build_csr(n, *numbered(n, ties, near.place), symmetric=True)
    least = n / 100_000
    found = [{name: best(work, least) for name, work in kernels(*on).items()} for on in ((given, labels), (anew, labels[near.order]))]
    cost = best(lambda: build_csr(n, *numbered(n, ties, Near(given, n).place), symmetric=True), least)
    lines = [f"{machine()}, {n:,} nodes, processor time, best of many.", "", "| kernel | as given | by nearness |", "| --- | --- | --- |"]
    lines += [f"| {name} | {found[0][name]:.1f} ms | {found[1][name]:.1f} ms |" for name in found[0]]
    lines += [f"| all of them | {sum(found[0].values()):.0f} ms | {sum(found[1].values()):.0f} ms |", f"| numbering anew | | {cost:.1f} ms |"]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(int(sys.argv[1])))
