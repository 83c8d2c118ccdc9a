"""QAP correlations and MRQAP against sna's values: correlations and coefficients exactly, p within its own error."""

import csv
import json

import numpy as np
import pandas as pd
import pytest

from netmap.chance.qap import mrqap, qap
from netmap.measures.similarity import profile_similarity
from tests.shared import shared_data
from tests.truth.cases import agree, truth_file
from tests.truth.test_likeness import positions

COVERS = (
    "*.qap.json:networks", "*.qap.json:mode", "*.qap.json:diagonal", "*.qap.json:pairs", "*.qap.json:mrqap_ols",
    "*.qap.json:tolerances", "*.qap.json:permutations_*",
)  # fmt: skip


def table(path):
    with shared_data(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def square(ids, ties, directed):
    out = pd.DataFrame(0.0, index=ids, columns=ids)
    for tie in ties:
        out.loc[tie["source"], tie["target"]] = 1.0
        if not directed:
            out.loc[tie["target"], tie["source"]] = 1.0
    return out


def apart(nodes, column):
    values = np.array([float(r[column]) for r in nodes])
    ids = [r["id"] for r in nodes]
    return pd.DataFrame(np.abs(values[:, None] - values[None, :]), index=ids, columns=ids)


def alike(nodes, column):
    ids = [r["id"] for r in nodes]
    return pd.DataFrame([[float(a[column] == b[column]) for b in nodes] for a in nodes], index=ids, columns=ids)


def matrices(name):
    """Every matrix a truth file names."""
    if name == "florentine":
        nodes = table("classic/florentine/nodes.csv")
        ids = [r["id"] for r in nodes]
        out = {k: square(ids, table(f"classic/florentine/{k}.csv"), False) for k in ("marriage", "business")}
        return out | {"wealth_difference": apart(nodes, "wealth")}
    if name == "hightech":
        nodes, ties = table("classic/hightech/nodes.csv"), table("classic/hightech/edges.csv")
        ids = [r["id"] for r in nodes]
        out = {
            k: square(ids, [t for t in ties if t["relation"] == k], True)
            for k in ("advice", "friendship", "reports_to")
        }
        return out | {"same_dept": alike(nodes, "dept"), "age_difference": apart(nodes, "age")}
    nodes, ties = table("interorg/chemnet/organisations.csv"), table("interorg/chemnet/ties.csv")
    ids = [r["id"] for r in nodes]
    by = {k: square(ids, [t for t in ties if t["relation"] == k], True) for k in {t["relation"] for t in ties}}
    euclid = 2 * 6**0.5 * (1 - profile_similarity(positions(), "euclidean"))
    return {
        "political_information": by["political_information"],
        "influence_attribution": by["influence_attribution"],
        "confirmed_scientific": by["scientific_info_sent"] * by["scientific_info_received"].T,
        "same_type": alike(nodes, "type"),
        "gower_similarity": profile_similarity(positions()),
        "euclidean_distance": euclid,
    }


@pytest.mark.parametrize("name", ["florentine", "hightech", "chemnet"])
def test_correlations(name):
    """r to 1e-9, both one-sided p within 0.02, mean and spread of the null within theirs."""
    known = json.loads(truth_file(f"{name}.qap.json").read_text(encoding="utf-8"))
    have = matrices(name)
    assert set(known["networks"]) == set(have)
    slack = known["tolerances"]["p_values_correlation"]
    for pair in known["pairs"]:
        found = qap(have[pair["a"]], have[pair["b"]], directed=known["mode"] == "digraph", draws=19_999)
        agree(found.r, pair["pearson_r"], known["tolerances"]["pearson_r"])
        assert found.p_above == pytest.approx(pair["p_ge_observed"], abs=slack)
        assert found.p_below == pytest.approx(pair["p_le_observed"], abs=slack)
        assert found.expected == pytest.approx(pair["perm_mean"], abs=0.006)
        assert found.spread == pytest.approx(pair["perm_sd"], rel=0.06)
        assert found.draws == 19_999


@pytest.mark.parametrize("name", ["florentine", "hightech", "chemnet"])
def test_regressions(name):
    """Coefficients, t and R squared to 1e-8; p by double semi-partialling within 0.06."""
    known = json.loads(truth_file(f"{name}.qap.json").read_text(encoding="utf-8"))
    have, fit = matrices(name), known["mrqap_ols"]
    terms = fit["terms"][1:]
    found = mrqap(have[fit["dependent"]], {t: have[t] for t in terms}, directed=known["mode"] == "digraph", draws=1999)
    slack = known["tolerances"]["coefficients"]
    assert list(found.table.index) == ["intercept", *terms]
    agree(found.table["coefficient"], fit["coefficients"], slack)
    agree(found.table["t"], fit["t_statistics"], slack)
    agree(found.r_squared, fit["r_squared"], slack)
    assert found.cells == fit["n_dyads"]
    np.testing.assert_allclose(
        found.table["p"], fit["p_two_sided_qapspp"], atol=known["tolerances"]["p_values_mrqap"]
    )
