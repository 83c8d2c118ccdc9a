"""Every column of the tie tables against the measure it holds."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.measures.bridging import bridge_ties, embeddedness, local_bridges
from netmap.measures.centralities import edge_betweenness
from tests.truth.cases import NAMES, agree, case, number, rows

COVERS = tuple(
    f"*.edges.csv:{c}"
    for c in (
        "source", "target", "edge_betweenness", "common_neighbours", "bridge", "local_bridge", "span", "overlap_onnela",
    )
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_tie_columns(name):
    """Every tie has the known betweenness, neighbours, span and overlap, and is a bridge where it is one."""
    view = case(name).view
    table = rows(f"{name}.edges.csv")
    by_pair = {frozenset((r["source"], r["target"])): r for r in table}
    known = [by_pair[frozenset(pair)] for pair in view.tie_index]
    assert len(known) == len(table) == view.m

    def column(what):
        return np.array([number(r[what]) for r in known])

    def flags(what):
        return [r[what] == "true" for r in known]

    agree(edge_betweenness(view, normalised=False), column("edge_betweenness"))
    local = local_bridges(view)
    assert local["common_neighbours"].tolist() == column("common_neighbours").tolist()
    assert local["local_bridge"].tolist() == flags("local_bridge")
    assert local["span"].tolist() == column("span").tolist()
    assert bridge_ties(view)["bridge"].tolist() == flags("bridge")
    # A tie whose ends have no other ties has 0 / 0 to show: the table says 0, netmap not defined.
    degree = np.diff(view.csr.indptr)
    alone = (degree[view.source] == 1) & (degree[view.target] == 1)
    assert embeddedness(view).isna().tolist() == alone.tolist()
    agree(embeddedness(view).fillna(0.0), column("overlap_onnela"))
