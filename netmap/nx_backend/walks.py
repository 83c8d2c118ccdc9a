"""Walks along a graph for networkx: PageRank and eigenvector centrality, by networkx's own rule of when to stop."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from ..kernels.spectral import power, walk
from ._declining import declines
from .graph import Graph

__all__ = ["eigenvector_centrality", "pagerank"]

FloatArray = NDArray[np.float64]


def pagerank(
    G: Graph,
    alpha: float = 0.85,
    personalization: Mapping[Hashable, float] | None = None,
    max_iter: int = 100,
    tol: float = 1.0e-6,
    nstart: Mapping[Hashable, float] | None = None,
    weight: str | None = "weight",
    dangling: Mapping[Hashable, float] | None = None,
) -> dict[Hashable, float]:
    """See `networkx.pagerank`."""
    if not len(G):
        return {}
    csr = G.matrix(weight)
    start, restart, stranded = (_shares(G, given) for given in (nstart, personalization, dangling))
    if restart is not None and not np.isfinite(restart).all():
        raise ZeroDivisionError
    rank, held = walk(
        csr, alpha, start=start, restart=restart, stranded=stranded, tolerance=len(G) * tol, steps=max_iter
    )
    if not held:
        raise nx.PowerIterationFailedConvergence(max_iter)
    return G.by_node(rank)


def _shares(G: Graph, given: Mapping[Hashable, float] | None) -> FloatArray | None:
    if given is None:
        return None
    values = np.array([given.get(node, 0) for node in G.nodes], dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(values / values.sum())


@declines(nstart="a start is given")
def eigenvector_centrality(
    G: Graph, max_iter: int = 100, tol: float = 1.0e-6, nstart: Any = None, weight: str | None = None
) -> dict[Hashable, float]:
    """See `networkx.eigenvector_centrality`."""
    if not len(G):
        raise nx.NetworkXPointlessConcept("cannot compute centrality for the null graph")
    values, held = power(G.matrix(weight or None), tolerance=len(G) * tol, steps=max_iter)
    if not held:
        raise nx.PowerIterationFailedConvergence(max_iter)
    return G.by_node(values)
