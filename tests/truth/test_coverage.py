"""Every value with a known answer is tested or stands on the list of those that wait, with the reason."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path

import pytest

from tests.shared import SHARED
from tests.truth.cases import HERE, every_truth_file, rows, truth_file

# Each test module here says in COVERS which values it checks, as file:column, with * for any.
WAITING = {
    # Not in the catalogue of measures.
    "*.nodes.csv:hub_max1": "hubs and authorities are not in the catalogue",
    "*.nodes.csv:authority_max1": "hubs and authorities are not in the catalogue",
    "*.nodes.csv:mutual_ties": "not in the catalogue",
    "*.nodes.csv:prestige_domain*": "prestige is not in the catalogue",
    "*.nodes.csv:groups_reached__*": "not in the catalogue",
    "*.graph.json:undirected.triad_census_0_1_2_3_edges": "the triad census is not in the catalogue",
    "*.graph.json:undirected.n_maximal_cliques_min3": "cliques are not in the catalogue",
    "*.graph.json:undirected.largest_clique_size": "cliques are not in the catalogue",
    "*.graph.json:undirected.vertex_connectivity": "connectivity of the whole network is not in the catalogue",
    "*.graph.json:undirected.edge_connectivity": "connectivity of the whole network is not in the catalogue",
    "*.graph.json:directed.triad_census.*": "the triad census is not in the catalogue",
    "*.graph.json:directed.krackhardt_hierarchy": "Krackhardt's dimensions are not in the catalogue",
    "*.graph.json:directed.krackhardt_efficiency": "Krackhardt's dimensions are not in the catalogue",
    "*.graph.json:directed.krackhardt_lubness": "Krackhardt's dimensions are not in the catalogue",
    "chemnet.alignment_pairs.csv:spearman": "rank correlation of profiles is not in the catalogue",
    "chemnet.alignment_pairs.csv:agreement_share": "the share of equal items is not in the catalogue",
    "chemnet.alignment_nodes.csv:mean_agreement_with_partners": "the share of equal items is not in the catalogue",
    # Measures of groups, memberships, values and names, tested with those.
    "*.twomode.json:duplicate_rows": "counts the rows of the file, which the importers' tests check",
    "*.twomode_nodes.csv:component": "which part a node is in; the parts and their sizes are checked",
    "*.qap.json:logit_classical": "logistic regression of ties is outside M50",
    # Not measures.
    "360giving_lloyds*": "importers",
    "cordis_*": "importers",
    "council_names.json:*": "importers",
    "import_expectations.json:*": "importers",
}


def covered() -> set[str]:
    """Return what the modules here say they check."""
    out: set[str] = set()
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        if path.stem != "test_coverage":
            out |= set(getattr(import_module(f"tests.truth.{path.stem}"), "COVERS", ()))
    return out


def values(file: str) -> list[str]:
    """Return what a table holds, as file:column or file:key."""
    if file == "published_values.csv":
        return [f"{file}:{r['dataset']}, {r['quantity']}" for r in rows(file)]
    if file.endswith(".csv"):
        with truth_file(file).open(encoding="utf-8") as lines:
            return [f"{file}:{column}" for column in lines.readline().strip().replace('"', "").split(",")]
    table = json.loads(truth_file(file).read_text(encoding="utf-8"))
    if not file.endswith(".graph.json"):
        return [f"{file}:{key}" for key in table]
    out = []
    for key, value in table.items():
        if key in ("undirected", "directed"):
            for inner, one in value.items():
                deeper = [f"{inner}.{k}" for k in one] if isinstance(one, dict) else [inner]
                out += [f"{file}:{key}.{k}" for k in deeper]
        elif key in ("groups", "numeric"):
            for attribute in value.values():
                for inner, one in attribute.items():
                    deep = inner == "gould_fernandez_totals"
                    out += [f"{file}:{key}.{inner}.{k}" for k in one] if deep else [f"{file}:{key}.{inner}"]
        else:
            out.append(f"{file}:{key}")
    return sorted(set(out))


@pytest.mark.parametrize("file", every_truth_file())
def test_every_value_is_tested_or_waits(file):
    """A new table, column or figure fails here until somebody tests it or says what it waits for."""
    known = (*covered(), *WAITING)
    missing = [v for v in values(file) if not any(fnmatchcase(v, pattern) for pattern in known)]
    assert missing == []


def test_nothing_waits_that_is_not_there():
    """The list of what waits names only values that exist, where all tables are at hand."""
    if not (SHARED / "truth").exists():
        pytest.skip("shared data not present: truth")
    every = [v for file in every_truth_file() for v in values(file)]
    assert [p for p in (*WAITING, *sorted(covered())) if not any(fnmatchcase(v, p) for v in every)] == []


def test_the_copies_kept_here_are_the_shared_tables():
    """What the suite carries with it is what was computed."""
    if not (SHARED / "truth").exists():
        pytest.skip("shared data not present: truth")
    for path in sorted(HERE.iterdir()):
        assert path.read_bytes() == (SHARED / "truth" / path.name).read_bytes(), path.name
