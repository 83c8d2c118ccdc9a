"""F8 names who should meet with true reasons, only as surely as the data carry it, and never who may not be named."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import netmap as nm
from netmap.evidence import meeting as evidence
from netmap.finding import Finding, Locked
from netmap.questions import meeting
from netmap.simulate import county
from netmap.study import Settings, Study

DATA = Path(__file__).resolve().parents[2] / "data"


def halves(tmp_path, **tables):
    """Two stars of eight round a hub, joined at their points by a chain of two: the hubs should meet."""
    ties = [(f"{side} hub", f"{side} {i}") for side in ("Ash", "Birch") for i in range(8)]
    ties += [("Ash 0", "Middle"), ("Middle", "Birch 0")]
    folder = tmp_path / "halves"
    folder.mkdir()
    pd.DataFrame(ties, columns=["organisation", "partner"]).to_csv(folder / "partnerships.csv", index=False)
    for name, rows in tables.items():
        pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)
    return nm.read(folder, nodes="organisations"), nx.Graph(ties)


def told(network, **settings) -> Finding:
    found = meeting.answer(Study(network, Settings(**settings)))
    assert isinstance(found, Finding)
    return found


def test_the_two_hubs_should_meet_and_every_reason_is_true(tmp_path):
    values = [
        {"entity": f"{side} hub", "item": item, "rating": rating}
        for side, ratings in (("Ash", (5, 4, 1, 3)), ("Birch", (4, 5, 5, 2)))
        for item, rating in zip(("openness", "care", "thrift", "speed"), ratings, strict=True)
    ]
    capabilities = [
        {"entity": "Ash hub", "capability": "evaluation", "status": "has"},
        {"entity": "Birch hub", "capability": "evaluation", "status": "needs"},
        {"entity": "Birch hub", "capability": "repair", "status": "could_have"},
        {"entity": "Ash hub", "capability": "repair", "status": "needs"},
    ]
    network, graph = halves(tmp_path, values=values, capabilities=capabilities)
    study = Study(network, Settings())
    best = study.meeting.chosen[0]
    assert {best.first, best.second} == {"Ash hub", "Birch hub"}
    before = dict(nx.all_pairs_shortest_path_length(graph))
    graph.add_edge("Ash hub", "Birch hub")
    after = dict(nx.all_pairs_shortest_path_length(graph))
    pairs = [(a, b) for a, b in combinations(graph, 2) if after[a][b] < before[a][b]]
    assert (best.nearer, best.joined) == (len(pairs), 0)
    assert best.before == pytest.approx(np.mean([before[a][b] for a, b in pairs]))
    assert best.after == pytest.approx(np.mean([after[a][b] for a, b in pairs]))
    assert set(best.shared) == {"openness", "care"}
    assert best.brings == (("Ash hub", "evaluation", "Birch hub"),)
    assert best.introducers == ()
    found = told(network)
    assert found.certainty in ("fragile", "likely")
    assert f"{len(pairs)} pairs of organisations would be nearer" in found.headline
    assert "both rate care and openness high" in found.headline
    assert "begin with a common occasion" in found.headline
    assert found.evidence["pairs_nearer_by_chance"] < best.nearer / 2
    assert found.steps[0].pair == (best.first, best.second)
    assert found.ties[0] == (best.first, best.second)


def test_who_knows_both_is_named(tmp_path):
    """In a row of seven whose ends are tied to one friend each knows nobody; a fan has its handle."""
    ties = [("Handle", f"Leaf {i}") for i in range(3)] + [("Leaf 0", "Far 0"), ("Leaf 1", "Far 1")]
    file = tmp_path / "fan.csv"
    pd.DataFrame(ties, columns=["organisation", "partner"]).to_csv(file, index=False)
    found = Study(nm.read(file, nodes="organisations"), Settings()).meeting
    for one in found.chosen:
        graph = nx.Graph(ties)
        assert set(one.introducers) == set(nx.common_neighbors(graph, one.first, one.second))


def test_vetoes_and_those_who_are_not_to_be_shown_are_in_no_output(tmp_path):
    names = [f"{s} {k}" for s in ("Ash", "Birch") for k in (*range(8), "hub")] + ["Middle"]
    rows = [{"org_id": n, "publish": "no" if n == "Birch hub" else "yes"} for n in names]
    network, _ = halves(tmp_path, organisations=rows)
    assert "Birch hub" not in repr(told(network))
    study = Study(network, Settings())
    first = study.meeting.chosen[0]
    again = evidence.meeting(study, vetoed=[(first.second, first.first)])
    assert {first.first, first.second} not in [{i.first, i.second} for i in again.chosen]
    assert {first.first, first.second} not in [{a, b} for a, b, _ in again.known]
    out = tmp_path / "out"
    nm.analyse(network, effort="quick").write(out)
    assert not any("Birch hub" in p.read_text("utf-8") for p in out.iterdir() if p.suffix in (".md", ".html", ".json"))


def test_a_pair_that_shares_many_contacts_is_asked_about_not_introduced(tmp_path):
    """Two that lack only the tie to each other in a circle where everybody knows everybody."""
    circle = [f"Org {i}" for i in range(7)]
    ties = [pair for pair in combinations(circle, 2) if pair != ("Org 0", "Org 1")]
    ties += [("Org 2", "Far 0"), ("Far 0", "Far 1"), ("Far 1", "Far 2"), ("Far 2", "Far 3")]
    file = tmp_path / "circle.csv"
    pd.DataFrame(ties, columns=["organisation", "partner"]).to_csv(file, index=False)
    found = nm.analyse(nm.read(file, nodes="organisations")).finding("F8")
    assert "Org 0 and Org 1 have 5 contacts in common and no tie" in found.care
    assert "Is a tie missing from the data?" in found.care
    assert ("Org 0", "Org 1") not in found.ties


def test_where_nothing_stands_out_nothing_is_proposed():
    """A ring of forty: every pair across it does as well, so no pair is named as a step, and the word says so."""
    import io

    text = "organisation,partner\n" + "\n".join(f"Org {i:02},Org {(i + 1) % 40:02}" for i in range(40))
    found = told(nm.read(io.StringIO(text), nodes="organisations"))
    assert found.headline.startswith("No single introduction stands out")
    assert found.certainty == "cannot say"
    assert found.steps == () and found.ties == ()


def test_what_cannot_be_answered_says_why(tmp_path, monkeypatch):
    def locked(text):
        import io

        found = meeting.answer(Study(nm.read(io.StringIO(text)), Settings(effort="quick")))
        assert isinstance(found, Locked)
        return found.why

    assert "with their consent" in locked("source,target\nAnn Lee,Bob Ray\nBob Ray,Cy Dee\n")
    assert "nobody to introduce" in locked("organisation,partner\nA Trust,B Trust\nB Trust,C Trust\nA Trust,C Trust\n")
    assert "three organisations or more" in locked("organisation,partner\nA Trust,B Trust\n")
    monkeypatch.setattr(meeting, "MOST", 2)
    assert "up to 2 organisations" in locked("organisation,partner\nA Trust,B Trust\nB Trust,C Trust\n")


def test_only_those_who_coordinate_hear_of_it():
    network = nm.read(DATA / "localgov.csv")
    assert "F8" in {f.id for f in nm.analyse(network, effort="quick").findings}
    public = nm.analyse(network, effort="quick", audience="public")
    assert "F8" not in {f.id for f in public.findings}


@pytest.mark.parametrize("effort", ["quick", "normal"])
def test_work_is_bounded_by_counts(effort):
    """No more networks and pairs than the effort allows, fewer networks where they are large."""
    study = Study(county(organisations=60, networks=5, seed=2).network(), Settings(effort=effort))
    assert study.meeting.draws == evidence.DRAWS[effort]
    assert len(study.meeting.chosen) <= evidence.COUNT


@pytest.mark.parametrize("seed", range(12))
def test_nothing_said_to_help_most_does_less_than_chance(seed):
    """In drawn networks what is proposed beats two picked at random, the most helpful first; else no step comes of it."""
    graph = nx.gnp_random_graph(12, 0.2, seed=seed)
    rows = "source,target\n" + "".join(f"o{a},o{b}\n" for a, b in graph.edges)
    found = meeting.answer(Study(nm.read(io.StringIO(rows)), Settings(effort="quick")))
    chance = found.chance.expected
    rows = {(r["first"], r["second"]): r for r in found.table}
    helped = [rows[tuple(f"\x02{i}\x03" for i in step.pair)]["pairs brought nearer"] for step in found.steps]
    assert all(h > chance for h in helped)
    assert helped == sorted(helped, reverse=True)
    if not found.steps:
        assert "would help most" not in found.headline
        assert found.certainty == "cannot say"
