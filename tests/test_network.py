"""One simple graph is taken from many records by stated rules."""

import io

import networkx as nx
import pytest

import netmap
from netmap.errors import UsageError


def read(text, **options):
    return netmap.read(io.StringIO(text), **options)


RECORDS = (
    "source,target,kind,strength,reported_by,wave,status,directed\n"
    "A,B,learning,2,A,,,\nA,B,learning,4,B,,,\nB,A,learning,1,,,,\nA,B,funding,5,,,,\n"
    "B,C,trust,3,,,,\nC,D,partnership,1,,,planned,\nD,E,partnership,1,,,ended,\nC,E,partnership,,,,,\n"
)


def tie(view, a, b):
    return {frozenset((view.ids[s], view.ids[t])): w for s, t, w in zip(view.source, view.target, view.strength, strict=True)}.get(frozenset((a, b)))


def test_reports_are_averaged_kinds_and_directions_added():
    view = read(RECORDS).view()
    assert tie(view, "A", "B") == 3 + 1 + 5
    assert tie(read(RECORDS).view(weight=None), "A", "B") == 1


def test_planned_and_ended_ties_are_out_but_their_ends_are_organisations():
    view = read(RECORDS).view()
    assert view.n == 5
    assert tie(view, "C", "D") is None
    assert tie(view, "D", "E") is None


def test_how_others_are_seen_is_no_tie_unless_asked_for():
    network = read(RECORDS)
    assert tie(network.view(), "B", "C") is None
    assert tie(network.view(kinds=["trust"]), "B", "C") == 3
    with pytest.raises(UsageError, match="Did you mean trust"):
        network.view(kinds=["trsut"])


def test_the_latest_wave_is_shown_in_natural_order():
    network = read("source,target,wave\nA,B,2\nA,C,10\n")
    assert network.waves == ("2", "10")
    assert network.view().m == 1
    assert tie(network.view(), "A", "C") == 1
    assert tie(network.view(wave="2"), "A", "B") == 1
    with pytest.raises(UsageError, match="Waves here: 2, 10"):
        network.view(wave="3")


def test_both_ends_must_say_so_where_that_is_asked():
    network = read("source,target\nA,B\nB,A\nC,A\n")
    assert network.view(symmetrise="any").m == 2
    assert network.view(symmetrise="both").m == 1
    with pytest.raises(UsageError):
        network.view(symmetrise="some")


def test_direction_is_kept_when_asked_for():
    view = read("source,target,kind\nA,B,funding\nC,D,partnership\n").view(directed=True)
    pairs = {(view.ids[s], view.ids[t]) for s, t in zip(view.source, view.target, strict=True)}
    assert pairs == {("A", "B"), ("C", "D"), ("D", "C")}


def test_networkx_gets_every_record_and_views_come_back():
    network = read(RECORDS)
    graph = network.to_networkx()
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.number_of_edges() == len(network.partnerships)
    view = network.view()
    again = netmap.View.from_networkx(view.to_networkx())
    assert (again.ids, again.source.tolist(), again.strength.tolist()) == (view.ids, view.source.tolist(), view.strength.tolist())


def test_groups_are_called_by_their_names():
    network = netmap.read([_named("network_id,name\ng,The Group\n", "networks.csv"), _named("member,group\nA,g\nB,g\n", "memberships.csv")])
    view = network.view()
    assert dict(zip(view.ids, view.names, strict=True))["g"] == "The Group"
    assert (network.shape, view.n, view.m) == ("two-mode", 3, 2)


def _named(text, name):
    buffer = io.StringIO(text)
    buffer.name = name
    return buffer
