"""What is exact and what is sampled, decided by counts and said, and that too large a network is refused beforehand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import netmap
from netmap import workload
from netmap.errors import UsageError
from netmap.measures import betweenness
from netmap.network import Network
from netmap.study import Settings, Study
from netmap.workload import EFFORT, Workload, seconds
from tests.kernels.graphs import clustered, path


@pytest.fixture
def few_steps(monkeypatch):
    """Let an analysis of any size follow next to nothing, so that small networks are sampled."""
    small = {name: replace(effort, steps=2_000, pivots=20) for name, effort in EFFORT.items()}
    monkeypatch.setattr(workload, "EFFORT", small)


def network() -> Network:
    """Return a network of 120 organisations and about 600 ties."""
    import io

    csr = clustered(120, seed=3)
    rows = [f"org {a},org {b}" for a, b in zip(csr.rows.tolist(), csr.indices.tolist(), strict=True) if a < b]
    return netmap.read(io.StringIO("organisation,partner\n" + "\n".join(rows)))


def test_normal_effort_is_exact_to_thirty_thousand_nodes():
    """Counts decide: nodes times arcs against what the effort allows."""
    assert Workload(30_000, 150_000, "normal").pivots is None
    assert Workload(40_000, 200_000, "normal").pivots == 1024
    assert Workload(10_000, 50_000, "quick").pivots is None
    assert Workload(30_000, 150_000, "quick").pivots == 256
    assert Workload(40_000, 200_000, "thorough").pivots is None
    assert Workload(1_000_000, 5_000_000, "thorough").pivots == 4096
    assert Workload(0, 0, "normal").pivots is None


def test_drawn_networks_count_too():
    """200 networks of 2,000 nodes are within the effort, 200 of 3,000 are not."""
    assert Workload(2_000, 10_000, "normal").paths_redrawn
    assert not Workload(3_000, 15_000, "normal").paths_redrawn
    assert Workload(2_000, 10_000, "normal").steps == 201 * 2_000 * 20_000
    assert Workload(3_000, 15_000, "normal").steps == 3_000 * 30_000
    assert Workload(40_000, 200_000, "normal").steps == 1024 * 400_000


def test_a_network_too_large_for_the_machine_is_refused_beforehand(monkeypatch):
    """It is said how much is needed, how much there is, and what would need less."""
    monkeypatch.setenv("NETMAP_THREADS", "2")
    large = Workload(1_000_000, 5_000_000, "thorough")
    with pytest.raises(
        UsageError, match=r"1,000,000 nodes and 5,000,000 ties .* about 491 GB .* has 32 GB.*quick needs"
    ):
        large.check(32 * 10**9)
    with pytest.raises(UsageError, match="--kind or --wave"):
        large.check(10**9)
    large.check(10**12)
    Workload(100, 300, "thorough").check()


def test_time_is_told_from_a_pilot_where_it_is_worth_one():
    """A small network takes no pilot; one followed from every node of a thousand drawn networks does."""
    csr = clustered(3_000)
    assert seconds(path(50), Workload(50, 49, "normal")) == 0
    assert seconds(csr, Workload(3_000, csr.arcs // 2, "normal")) == 0
    assert seconds(csr, Workload(3_000, csr.arcs // 2, "thorough")) > 0
    said = Workload(3_000, csr.arcs // 2, "thorough").words(600)
    assert said.startswith(
        "Shortest paths from every node, and from every node of 1,000 drawn networks take about 10 min"
    )
    assert said.endswith("Ctrl-C stops at any moment. --effort quick takes less.")


def test_a_sampled_analysis_says_so(few_steps):
    """The first lines, the manifest and the node table say from how many nodes, by which seed and how far it may be off."""
    net = network()
    analysis = netmap.analyse(net, effort="quick", seed=3)
    assert any(
        "estimated from the paths that begin at 20 of 120 nodes drawn at random (seed 3)" in s
        for s in analysis.taken_as
    )
    assert analysis.manifest["betweenness"] == {"method": "sampled", "pivots": 20, "seed": 3}
    assert "betweenness" not in analysis.manifest["thresholds"]["rank intervals"]
    assert "betweenness_rank_low" not in analysis.nodes
    found = betweenness(net.view(), pivots=20, seed=3).loc[analysis.nodes["id"]]
    assert np.allclose(analysis.nodes["betweenness"], found["betweenness"])
    assert np.allclose(analysis.nodes["betweenness_standard_error"], found["standard_error"])


def test_an_exact_analysis_says_so():
    """Without sampling the manifest says exact, and there is no standard error."""
    analysis = netmap.analyse(network(), effort="quick")
    assert analysis.manifest["betweenness"] == {"method": "exact"}
    assert "betweenness_rank_low" in analysis.nodes
    assert "betweenness_standard_error" not in analysis.nodes
    assert not any("estimated" in said for said in analysis.taken_as)


def test_exact_without_rank_intervals_says_so(monkeypatch):
    """Where one network is within the effort and the drawn ones are not, that is said."""
    small = {name: replace(effort, steps=1_000_000) for name, effort in EFFORT.items()}
    monkeypatch.setattr(workload, "EFFORT", small)
    study = Study(network(), Settings(effort="quick"))
    assert study.work.pivots is None
    assert not study.work.paths_redrawn
    assert set(study.replay) >= {"degree", "loss"}
    assert "betweenness" not in study.replay


@pytest.mark.parametrize(("long", "said"), [(600, "take about 10 minutes"), (3, "")])
def test_who_waits_at_a_terminal_is_told_how_long(long, said, monkeypatch, capsys, tmp_path):
    """On a terminal, and where it is worth waiting for, the time is said on standard error before the work."""
    from netmap.cli import main

    monkeypatch.setattr(workload, "seconds", lambda *_: long)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    (tmp_path / "pairs.csv").write_text("organisation,partner\nDevon,Torbay\nDevon,Exeter\n", encoding="utf-8")
    assert main(["analyse", str(tmp_path / "pairs.csv"), "--effort", "quick", "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert "Shortest paths" not in told.out
    assert ("Shortest paths" in told.err) == bool(said)
    assert said in told.err
