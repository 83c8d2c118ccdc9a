"""What if: who is gone, merged or new, what stays, how the two sides compare, and what is refused."""

import io
import json

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netmap
from netmap.chance.scenario import scenario_test
from netmap.cli import main
from netmap.errors import MeasureError, UsageError
from netmap.scenarios import planned
from tests.measures.saying import says

TIES = "organisation,partner,mandate\nAsh Council,Birch Trust,voluntary\nBirch Trust,Cedar,voluntary\nCedar,Dale,voluntary\nAsh Council,Elm,mandated\n"


def read(**tables):
    buffers = []
    for name, text in tables.items():
        buffer = io.StringIO(text)
        buffer.name = f"{name}.csv"
        buffers.append(buffer)
    return netmap.read(buffers)


@pytest.fixture
def net():
    return read(ties=TIES)


def pairs(view):
    return {tuple(sorted((view.ids[a], view.ids[b]))) for a, b in zip(view.source, view.target, strict=True)}


class TestScenario:
    """The tables after a change."""

    def test_who_steps_back_takes_its_ties_along(self, net):
        after = net.scenario(remove=["birch trust"])
        assert set(after.organisations["name"]) == {"Ash Council", "Cedar", "Dale", "Elm"}
        assert pairs(after.view()) == {("Cedar", "Dale"), ("Ash Council", "Elm")}
        assert net.view().m == 4

    def test_a_merger_joins_the_ties_and_loses_those_inside(self, net):
        after = net.scenario(merge={"New Trust": ["Birch Trust", "Cedar"]})
        assert pairs(after.view()) == {("Ash Council", "New Trust"), ("Dale", "New Trust"), ("Ash Council", "Elm")}

    def test_a_body_may_keep_its_name_through_a_merger(self, net):
        after = net.scenario(merge={"Cedar": ["Birch Trust", "Cedar"]}, add=[("Cedar", "Elm")])
        assert "Cedar" in set(after.organisations["name"])
        assert len(after.organisations) == 4
        assert after.view().m == 4

    def test_new_bodies_and_ties(self, net):
        after = net.scenario(bodies=["Office"], add=[("Office", "Dale"), ("Dale", "Office"), ("Elm", "Dale")])
        assert pairs(after.view()) - pairs(net.view()) == {("Dale", "Office"), ("Dale", "Elm")}

    def test_other_tables_follow(self):
        net = read(
            ties=TIES,
            memberships="member,group\nBirch Trust,Board\nCedar,Board\nElm,Board\n",
            capabilities="entity,capability,level\nBirch Trust,advice,2\nCedar,advice,4\nCedar,transport,3\n",
            values="entity,item,rating\nBirch Trust,care,5\nElm,care,3\n",
        )
        merged = net.scenario(merge={"New": ["Birch Trust", "Cedar"]}, remove=["Elm"])
        assert set(merged.memberships["member"]) == {"New"}
        held = merged.capabilities.set_index("capability")["level"]
        assert held.to_dict() == {"advice": 4.0, "transport": 3.0}
        assert not len(merged.values)
        assert len(net.values) == 2

    def test_what_all_parts_have_in_common_the_merged_body_has(self):
        net = read(ties=TIES, organisations="org_id,type,sector\nBirch Trust,voluntary,voluntary\nCedar,voluntary,public\n")
        row = net.scenario(merge={"New": ["Birch Trust", "Cedar"]}).organisations.set_index("org_id").loc["New"]
        assert row["type"] == "voluntary"
        assert row["sector"] != "public"

    def test_everything_else_still_works(self, net):
        found = netmap.analyse(net.scenario(remove=["Birch Trust"], bodies=["Office"]), effort="quick")
        assert found.finding("F1").evidence["ties"] == 2

    def test_what_cannot_be_is_said(self, net):
        with says(UsageError, "There is no organisation 'Birch' in these data. Did you mean Birch Trust?"):
            net.scenario(remove=["Birch"])
        with says(UsageError, "A merger needs two organisations at least; 'New' names 1."):
            net.scenario(merge={"New": ["Elm", "elm"]})
        with says(UsageError, "'Elm' is in two places: removed, or merged twice."):
            net.scenario(remove=["Elm"], merge={"New": ["Elm", "Dale"]})
        with says(UsageError, "There is an organisation 'Elm' already: give the new body another name."):
            net.scenario(bodies=["Elm"])
        with says(UsageError, "A tie between 'Elm' and 'Dale' cannot be added: one of them is removed."):
            net.scenario(remove=["Elm"], add=[("Elm", "Dale")])
        with says(UsageError, "A tie needs two ends: 'Elm' and 'Dale' are the same body."):
            net.scenario(merge={"New": ["Elm", "Dale"]}, add=[("Elm", "Dale")])
        people = netmap.read(io.StringIO("source,target\nAnn,Bob\n"), nodes="people")
        with says(UsageError, "A scenario changes organisations. People are never removed or merged, not even on paper."):
            people.scenario(remove=["Ann"])


class TestComparison:
    """Both sides over the bodies there in both."""

    def test_by_hand(self):
        """A path of five without its middle: of the pairs of the other four, two are left in contact of six."""
        path = nx.path_graph(5)
        rest = nx.Graph([(0, 1), (3, 4)])
        table = scenario_test(path, rest, {2: None}, draws=0).table
        assert table.loc["pairs_connected", ["before", "after"]].tolist() == pytest.approx([1, 2 / 6])
        assert table.loc["mean_distance", ["before", "after"]].tolist() == pytest.approx([1, 1])
        assert table.loc["nearness", "before"] == pytest.approx((1 + 1 / 3 + 1 / 4 + 1 / 2 + 1 / 3 + 1) / 6)
        assert table.loc["nearness", "after"] == pytest.approx(2 / 6)
        assert table.loc["dependence", ["before", "after"]].tolist() == pytest.approx([4 / 6, 0])

    def test_a_merger_counts_the_others_alone(self):
        """Ends of a path of four merged: the middle two are as near as before, and nothing rests on anybody."""
        found = scenario_test(nx.path_graph(4), nx.Graph([("m", 1), (1, 2), (2, "m")]), {0: "m", 3: "m"}, draws=0)
        assert found.common == 2
        assert found.table["change"].tolist() == pytest.approx([0, 0, 0, 0])

    def test_added_ties_are_in_every_drawn_network(self):
        before = nx.empty_graph(6)
        before.add_edges_from([(0, 1), (2, 3)])
        after = before.copy()
        after.add_edge(1, 2)
        found = scenario_test(before, after, added=[(1, 2)], draws=60).table
        assert found.loc["pairs_connected", "change"] == pytest.approx((6 - 2) / 15)
        assert found.loc["pairs_connected", "holds"] > 0.8

    def test_too_few_in_both_and_a_node_nobody_accounts_for(self):
        found = scenario_test(nx.path_graph(2), nx.empty_graph([0]), {1: None})
        assert found.common == 1
        assert found.table.isna().all(axis=None)
        with says(MeasureError, "1 is not there afterwards: say in `into` what becomes of it, or None."):
            scenario_test(nx.path_graph(2), nx.empty_graph([0]))

    def test_large_networks_have_no_distances(self):
        graph = nx.path_graph(5001)
        table = scenario_test(graph, graph, draws=0).table
        assert table["before"].isna().tolist() == [False, True, True, False]

    @settings(deadline=None, max_examples=40)
    @given(st.integers(2, 9), st.integers(0, 2**32 - 1))
    def test_nothing_changed_is_no_change_and_names_do_not_matter(self, n, seed):
        rng = np.random.default_rng(seed)
        graph = nx.gnp_random_graph(n, 0.4, seed=int(rng.integers(1000)))
        same = scenario_test(graph, graph, draws=0).table
        assert (same["change"].dropna() == 0).all()
        gone = int(rng.integers(n))
        rest = graph.copy()
        rest.remove_node(gone)
        one = scenario_test(graph, rest, {gone: None}, draws=0).table
        name = {i: f"x{j}" for i, j in enumerate(rng.permutation(n).tolist())}
        two = scenario_test(nx.relabel_nodes(graph, name), nx.relabel_nodes(rest, name), {name[gone]: None}, draws=0).table
        pd.testing.assert_frame_equal(one, two, rtol=1e-9)
        if n > 2:
            assert one.loc["pairs_connected", "change"] <= 1e-12

    @settings(deadline=None, max_examples=20)
    @given(st.integers(0, 2**32 - 1))
    def test_the_view_of_the_scenario_is_the_view_changed(self, seed):
        """Merging in the tables and merging the nodes of the view give the same network."""
        rng = np.random.default_rng(seed)
        ends = rng.integers(0, 8, (14, 2))
        net = read(ties="source,target\n" + "".join(f"o{a},o{b}\n" for a, b in ends if a != b) + "o0,o1\no2,o3\n")
        known = sorted(net.organisations["org_id"])
        merge = {"m": known[:2]}
        change = planned(net.tables, [known[-1]], merge)
        after = net.scenario([known[-1]], merge).view()
        moved = {tuple(sorted((str(change.of(a)), str(change.of(b))))) for a, b in pairs(net.view()) if change.of(a) and change.of(b)}
        assert pairs(after) == {p for p in moved if p[0] != p[1]}


class TestWhatIf:
    """The finding and the command."""

    def test_the_words_say_what_was_done_and_what_follows(self, net):
        found = netmap.what_if(net, remove=["Birch Trust"], effort="quick")
        assert found.id == "F14"
        assert found.headline.startswith("If Birch Trust stepped back, compared with now, over the 4 organisations there in both")
        assert "pairs in contact 100% -> 33%" in found.headline
        assert found.certainty in ("likely", "fragile", "cannot say")
        assert "not a forecast" in found.care
        assert found.evidence["pairs_connected_before"] == 1

    def test_no_change_is_said_as_none(self, net):
        found = netmap.what_if(net, bodies=["Office"], effort="quick")
        assert found.headline == "If Office was founded, the 5 organisations there in both are connected just as now."

    def test_nothing_asked_and_no_ties_are_refused(self, net):
        with says(UsageError, "Nothing was changed: say who steps back, who merges, or which tie is made."):
            netmap.what_if(net)
        lonely = read(organisations="org_id,type\nA,council\nB,council\n")
        with pytest.raises(UsageError, match="needs ties"):
            netmap.what_if(lonely, remove=["A"])

    def test_kinds_asked_for_stay_the_kinds_looked_at(self):
        """An introduction counts, and ties of other kinds do not creep in with it."""
        net = read(ties="source,target,kind\nA,B,learning\nB,C,partnership\nC,D,learning\n")
        found = netmap.what_if(net, add=[("A", "D")], kinds=["learning"], effort="quick")
        assert found.evidence["pairs_connected_before"] == pytest.approx(2 / 6)
        assert found.evidence["pairs_connected_after"] == pytest.approx(6 / 6) or found.evidence["pairs_connected_after"] == pytest.approx(1.0)

    def test_the_command_in_both_forms(self, tmp_path, capsys):
        file = tmp_path / "data.csv"
        file.write_text(TIES, encoding="utf-8")
        ask = ["whatif", str(file), "-q", "--effort", "quick"]
        assert main([*ask, "--merge", "New Trust=Birch Trust;Cedar"]) == 0
        shown = capsys.readouterr().out
        assert "Birch Trust and Cedar became New Trust" in shown
        assert "range of the change" in shown
        assert "A trade-off to discuss, not a forecast" in shown
        assert main([*ask, "--centre", "Office", "--remove", "Elm", "--format", "json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["evidence"]["pairs_connected_after"] == 1
        assert main([*ask, "--centre", "Cedar", "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["headline"].startswith("If 5 new ties") is False

    def test_the_command_says_what_is_wrong(self, tmp_path, capsys):
        file = tmp_path / "data.csv"
        file.write_text(TIES, encoding="utf-8")
        assert main(["whatif", str(file), "--merge", "Birch Trust;Cedar"]) == 2
        assert '--merge is written "NEW=ONE;OTHER"' in capsys.readouterr().err
        assert main(["whatif", str(file), "--remove", "Ash"]) == 2
        assert "Did you mean Ash Council" in capsys.readouterr().err
