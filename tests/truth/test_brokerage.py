"""Gould and Fernandez's roles against the tables of R's sna, with the values it has wrong put right."""

from __future__ import annotations

import numpy as np
import pytest

from netmap.measures.brokers import brokerage
from tests.truth.cases import agree, case, every_truth_file, number, rows

FILES = [f for f in every_truth_file() if ".brokerage." in f]
COLUMNS = {
    "coordinator": "coordinator_wI", "consultant": "consultant_itinerant_wO", "representative": "representative_bIO",
    "gatekeeper": "gatekeeper_bOI", "liaison": "liaison_bO", "total": "total",
}  # fmt: skip
HALVED = ("coordinator", "consultant", "liaison", "total")

COVERS = (
    "*.brokerage.*.csv:id",
    "*.brokerage.*.csv:group",
    *(f"*.brokerage.*.csv:{prefix}{column}" for prefix in ("", "expected_", "z_") for column in COLUMNS.values()),
    *(f"*.graph.json:groups.gould_fernandez_totals.{column}" for column in COLUMNS.values()),
)


@pytest.mark.parametrize("file", FILES)
def test_roles_expectations_and_z(file):
    """Directed as sna has them; undirected each pair once, and z of the symmetric roles smaller by sqrt(2)."""
    name, _, attribute, _ = file.split(".")
    one = case(name)
    table = {r["id"]: r for r in rows(file)}
    view = one.directed if one.is_directed else one.view
    ids = view.node_index.tolist()
    groups = {i: r["group"] for i, r in table.items()}
    assert dict(zip(ids, [label or "" for label in one.labels(attribute)], strict=True)) == groups
    found = brokerage(view, groups, null="bernoulli")

    def known(column):
        return np.array([number(table[i][column]) for i in ids])

    for role, column in COLUMNS.items():
        if not one.is_directed and role == "representative":
            assert role not in found
            continue
        half = 2 if not one.is_directed and role in HALVED else 1
        agree(found[role], known(column) / half)
        agree(found[f"expected_{role}"], known(f"expected_{column}") / half)
        agree(found[f"z_{role}"], known(f"z_{column}") / np.sqrt(half))
    totals = one.graph["groups"][attribute]["gould_fernandez_totals"]
    for role, column in COLUMNS.items():
        if one.is_directed:
            assert found[role].sum() == totals[column]
        elif role != "representative":
            assert found[role].sum() * (2 if role in HALVED else 1) == totals[column]
