"""Congruence, leadership, knowledge and authority, and the smallest coalition: by hand, at the edges, and always."""

import math
from collections import Counter
from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from netmap.chance import leading
from netmap.chance.congruence import congruence
from netmap.chance.knowing import knowledge_distance
from netmap.chance.leading import leadership_vs_authority
from netmap.errors import MeasureError
from netmap.measures.coalition import smallest_cover
from netmap.view import View
from tests.measures.saying import says

seeds = st.integers(0, 10_000)


class TestCongruence:
    """M53."""

    def test_a_surface_without_noise_by_hand(self):
        """Z = 2 + X - (X - Y)^2 about 3: b = 2, 1, 0, -1, 2, -1; a = 1, 0, 1, -4."""
        x, y = (v.ravel() for v in np.meshgrid(np.linspace(1, 5, 9), np.linspace(1, 5, 9)))
        found = congruence(2 + (x - 3) - (x - y) ** 2, x, y)
        np.testing.assert_allclose(found.coefficients, [2, 1, 0, -1, 2, -1], atol=1e-9)
        np.testing.assert_allclose(found.contrasts["value"], [1, 0, 1, -4], atol=1e-9)
        assert found.cells == 81
        assert not found.congruence
        assert "it matters which of the two is higher (a3)" in found.why

    def test_the_ridge_by_hand(self):
        """Z = -(X - Y)^2 - (X + Y)^2/4: the ridge is X = Y through the middle."""
        x, y = (v.ravel() for v in np.meshgrid(np.linspace(1, 5, 9), np.linspace(1, 5, 9)))
        found = congruence(-((x - y) ** 2) - (x + y - 6) ** 2 / 4, x, y, draws=99)
        np.testing.assert_allclose(found.ridge["value"], [1, 0], atol=1e-9)

    def test_where_one_side_alone_matters_there_is_no_congruence(self):
        """Over 100 data sets in which only X matters, almost none is called congruence; a difference score errs in most."""
        rng = np.random.default_rng(0)
        called = 0
        for _ in range(100):
            x, y = rng.uniform(1, 5, (2, 100))
            called += congruence(x + rng.normal(0, 1, 100), x, y, draws=39).congruence
        assert called <= 5

    def test_a_difference_score_is_refused_with_its_reason(self):
        with says(
            MeasureError,
            "A difference score is refused: where only one side matters, a regression on |x - y| still calls it "
            'congruence in two of three data sets (68.5% in simulation). Use form="polynomial".',
        ):
            congruence([1], [1], [1], form="difference")

    def test_too_few_cases_and_flat_ratings_say_so(self):
        rng = np.random.default_rng(0)
        x, y, z = rng.uniform(1, 5, (3, 59))
        assert congruence(z, x, y).why == "only 59 cases are known; 60 are needed"
        x, y, z = rng.uniform(1, 5, (3, 80))
        assert congruence(z, np.full(80, 4.0), y).why == "the two ratings do not vary enough to fit a surface"
        assert math.isnan(congruence(z, np.full(80, 4.0), y).contrasts.loc["a4", "p"])
        with says(MeasureError, "z, x and y must be as long: 80, 79 and 80 values were given."):
            congruence(z, x[1:], y)
        with says(MeasureError, "scale goes from low to high, not from 5 to 1."):
            congruence(z, x, y, scale=(5, 1))

    def test_pairs_of_organisations_are_tested_by_relabelling(self):
        """Organisations that trust the like-minded: found, with as many cells as ordered pairs."""
        rng = np.random.default_rng(2)
        score = rng.uniform(1, 5, 30)
        x, y = np.meshgrid(score, score, indexing="ij")
        z = 3 - 0.3 * (x - y) ** 2 + rng.normal(0, 0.4, (30, 30)) + rng.normal(0, 0.3, (30, 1))
        found = congruence(z, x, y, draws=199)
        assert found.cells == 870 and found.draws == 199
        assert found.contrasts.loc["a4", "value"] == pytest.approx(-1.2, abs=0.15)
        assert found.contrasts.loc["a4", "p"] == 0.005

    @staticmethod
    def data(seed):
        rng = np.random.default_rng(seed)
        return rng.uniform(1, 5, (3, 70))

    @given(seed=seeds)
    def test_changing_sides_turns_the_line_of_incongruence_round(self, seed):
        z, x, y = self.data(seed)
        one, two = congruence(z, x, y, draws=19).contrasts, congruence(z, y, x, draws=19).contrasts
        np.testing.assert_allclose(one["value"] * [1, 1, -1, 1], two["value"], atol=1e-8)
        np.testing.assert_allclose(one["p"], two["p"], atol=1e-8)

    @given(seed=seeds, factor=st.sampled_from([0.5, 3.0]), shift=st.sampled_from([-2.0, 5.0]))
    def test_the_unit_of_the_outcome_does_not_matter(self, seed, factor, shift):
        z, x, y = self.data(seed)
        one, two = congruence(z, x, y, draws=19), congruence(factor * z + shift, x, y, draws=19)
        np.testing.assert_allclose(one.contrasts["value"] * factor, two.contrasts["value"], atol=1e-8)
        np.testing.assert_allclose(one.contrasts["p"], two.contrasts["p"], atol=1e-8)

    @given(seed=seeds)
    def test_the_contrasts_are_those_of_the_coefficients(self, seed):
        z, x, y = self.data(seed)
        found = congruence(z, x, y, draws=19)
        design = np.column_stack([np.ones(70), x - 3, y - 3, (x - 3) ** 2, (x - 3) * (y - 3), (y - 3) ** 2])
        b = np.linalg.lstsq(design, z, rcond=None)[0]
        np.testing.assert_allclose(found.coefficients, b, atol=1e-8)
        known = [b[1] + b[2], b[3] + b[4] + b[5], b[1] - b[2], b[3] - b[4] + b[5]]
        np.testing.assert_allclose(found.contrasts["value"], known, atol=1e-8)


class TestLeadership:
    """M64."""

    graph = nx.DiGraph([(i, 0) for i in range(1, 6)] + [(i, 1) for i in range(2, 5)])
    office = pd.Series([1, 0, 5, 4, 0, 2])

    def test_by_hand(self):
        """Five name 0 and three name 1: shares 5/8, 3/8; one of two is the most named, and holds no office."""
        found = leadership_vs_authority(self.graph, self.office, draws=999)
        assert found.holders == pytest.approx(math.exp(-(5 / 8 * math.log(5 / 8) + 3 / 8 * math.log(3 / 8))))
        assert (found.top, found.without) == (1, 1)
        assert found.without_expected == pytest.approx(4 / 6)
        assert found.tau == pytest.approx(kendalltau([5, 3, 0, 0, 0, 0], [1, 0, 5, 4, 0, 2]).statistic)
        assert found.holders_p < 0.1
        assert found.holders < found.holders_interval[0]
        assert (found.members, found.nominations) == (6, 8)

    def test_p_of_tau_is_that_of_every_dealing(self):
        named, office = [5, 3, 0, 0, 0, 0], [1, 0, 5, 4, 0, 2]
        every = np.array([kendalltau(named, [office[i] for i in p]).statistic for p in permutations(range(6))])
        known = (np.abs(every) >= abs(kendalltau(named, office).statistic) - 1e-9).mean()
        assert leadership_vs_authority(self.graph, self.office).tau_p == pytest.approx(known, abs=0.03)

    def test_equals_at_the_edge_count_in_part(self):
        """Two are named once each; the most named one of them is half each: half without office."""
        found = leadership_vs_authority(nx.DiGraph([(2, 0), (3, 1), (3, 4), (4, 3), (0, 2)]), {0: 5, 1: 0, 2: 5, 3: 0, 4: 4})
        assert found.top == 1
        assert found.without == pytest.approx(2 / 5)

    def test_sectors(self):
        sector = {0: "voluntary", 1: "public", 2: "public", 3: "public", 4: "unknown"}
        found = leadership_vs_authority(self.graph, sector=sector, draws=19)
        assert (found.outside, found.outside_expected) == (5 / 8, 1 / 4)

    def test_what_is_not_defined_says_why(self):
        nobody = leadership_vs_authority(nx.empty_graph(3, create_using=nx.DiGraph))
        assert nobody.why == "nobody is named" and math.isnan(nobody.holders)
        flat = leadership_vs_authority(self.graph, dict.fromkeys(range(6), 2), draws=19)
        assert flat.why == "authority is known of fewer than five members, or the same for all"
        assert math.isnan(flat.tau) and flat.holders > 1
        with says(MeasureError, "Nominations go from who names to who is named: give a directed view."):
            leadership_vs_authority(nx.path_graph(3))
        with says(MeasureError, "draws must be at least 19, not 1: with fewer no p can be 0.05."):
            leadership_vs_authority(self.graph, draws=1)

    @pytest.mark.parametrize("few", [32, 1])
    def test_nominations_at_random_pick_every_set_equally_often(self, few, monkeypatch):
        """One names two of four others, one three: how often each two are named together is known exactly."""
        monkeypatch.setattr(leading, "_FEW", few)
        view = View(range(5), [0, 0, 1, 1, 1], [1, 2, 0, 2, 3], directed=True)
        draws = 40_000
        got = leading._named_at_random(view, draws, np.random.default_rng(1))
        seen = Counter(map(tuple, got.tolist()))
        known: Counter[tuple[int, ...]] = Counter()
        for one in combinations([1, 2, 3, 4], 2):
            for two in combinations([0, 2, 3, 4], 3):
                known[tuple(np.bincount([*one, *two], minlength=5).tolist())] += 1
        assert seen.keys() == known.keys()
        for row, count in known.items():
            expected = draws * count / 24
            assert abs(seen[row] - expected) < 5 * math.sqrt(expected)

    @staticmethod
    def network(seed, n=8):
        rng = np.random.default_rng(seed)
        return nx.gnp_random_graph(n, 0.4, seed=int(seed), directed=True), rng.integers(0, 6, n).tolist()

    @given(seed=seeds)
    def test_tau_is_kendalls(self, seed):
        graph, office = self.network(seed)
        found = leadership_vs_authority(graph, dict(enumerate(office)), draws=19)
        known = kendalltau([d for _, d in graph.in_degree()], office).statistic
        np.testing.assert_allclose(found.tau, known, atol=1e-9)

    @given(seed=seeds)
    def test_names_do_not_matter(self, seed):
        graph, office = self.network(seed)
        one = leadership_vs_authority(graph, dict(enumerate(office)), draws=39)
        named = nx.relabel_nodes(graph, {i: f"p{i}" for i in graph})
        two = leadership_vs_authority(named, {f"p{i}": v for i, v in enumerate(office)}, draws=39)
        assert repr(one) == repr(two)

    @given(seed=seeds)
    def test_ranges(self, seed):
        graph, office = self.network(seed)
        found = leadership_vs_authority(graph, dict(enumerate(office)), draws=39)
        if graph.number_of_edges():
            assert 1 - 1e-9 <= found.holders <= len(graph) + 1e-9
            assert 1 / 40 <= found.holders_p <= 1
            assert math.isnan(found.without) or 0 <= found.without <= 1


class TestKnowledge:
    """M65."""

    path = nx.path_graph(list("abcdef"))

    def skills(self, *rows):
        return pd.DataFrame(rows, columns=["entity", "capability", "level", "authority_for"])

    def test_by_hand(self):
        """Holders a and d, f decides: 5 and 2 steps; c, d, e, f of six are near."""
        table = self.skills(("a", "flood", 3, "no"), ("d", "flood", None, "no"), ("b", "flood", 2, "no"), ("f", "flood", 1, "yes"))
        found = knowledge_distance(self.path, table).loc["flood"]
        assert (found["holders"], found["deciders"], found["near"], found["distance"]) == (2, 1, 0.5, 3.5)
        assert found["near_expected"] == pytest.approx(3 / 6)
        assert found["closeness"] == pytest.approx((1 / 6 + 1 / 3) / 2)
        assert found["status"] == "ok"

    def test_who_cannot_be_reached_is_counted_and_has_no_distance(self):
        graph = nx.Graph([("a", "b"), ("c", "d")])
        found = knowledge_distance(graph, self.skills(("a", "x", 4, "no"), ("c", "x", 4, "no"), ("b", "x", 0, "yes"))).loc["x"]
        assert (found["unreached"], found["distance"], found["near"]) == (1, 1, 0.5)

    @pytest.mark.parametrize(
        ("rows", "status"),
        [
            ((("a", "x", 4, "no"),), "undefined: nobody recorded decides"),
            ((("a", "x", 1, "yes"),), "undefined: nobody recorded knows of it"),
            ((("zz", "x", 4, "yes"),), "undefined: nobody recorded knows of it and nobody decides"),
        ],
    )
    def test_nobody_recorded_is_said(self, rows, status):
        found = knowledge_distance(self.path, self.skills(*rows)).loc["x"]
        assert found["status"] == status and math.isnan(found["near"])

    def test_mistakes_are_named(self):
        with pytest.raises(MeasureError, match=r"^Nobody is recorded for 'flod'. Did you mean flood\?$"):
            knowledge_distance(self.path, self.skills(("a", "flood", 4, "no")), ["flod"])
        with says(MeasureError, "knowledge_distance needs the column capability."):
            knowledge_distance(self.path, pd.DataFrame({"entity": ["a"]}))

    sets = st.tuples(st.sets(st.integers(0, 6), min_size=1), st.sets(st.integers(0, 6), min_size=1))

    @staticmethod
    def found(graph, sets, **more):
        holders, deciders = sets
        rows = [(str(i), "x", 4, False) for i in holders] + [(str(i), "x", 0, True) for i in deciders]
        table = pd.DataFrame(rows, columns=["entity", "capability", "level", "authority_for"])
        return knowledge_distance(nx.relabel_nodes(graph, str), table, draws=39, **more).loc["x"]

    @given(seed=seeds, sets=sets)
    def test_distances_are_those_of_networkx(self, seed, sets):
        graph = nx.gnp_random_graph(7, 0.3, seed=seed)
        away = nx.multi_source_dijkstra_path_length(graph, sets[1])
        mine = [away[i] for i in sets[0] if i in away]
        found = self.found(graph, sets)
        np.testing.assert_allclose(found["distance"], np.mean(mine) if mine else np.nan)
        assert found["unreached"] == len(sets[0]) - len(mine)
        assert found["near"] == pytest.approx(sum(d <= 2 for d in mine) / len(sets[0]))

    @given(seed=seeds, sets=sets)
    def test_more_steps_and_more_ties_bring_more_near(self, seed, sets):
        graph = nx.gnp_random_graph(7, 0.3, seed=seed)
        more = graph.copy()
        more.add_edge(0, 6)
        assert self.found(graph, sets, steps=3)["near"] >= self.found(graph, sets)["near"]
        assert self.found(more, sets)["closeness"] >= self.found(graph, sets)["closeness"] - 1e-12

    @given(seed=seeds, holders=st.sets(st.integers(0, 6), min_size=1))
    def test_who_decides_all_is_at_the_table(self, seed, holders):
        found = self.found(nx.gnp_random_graph(7, 0.3, seed=seed), (holders, holders))
        assert (found["near"], found["distance"], found["closeness"]) == (1, 0, 1)


class TestCover:
    """M79, the smallest covering set."""

    @staticmethod
    def frame(have):
        return pd.DataFrame([(e, c) for e, cs in have.items() for c in cs], columns=["entity", "capability"])

    def test_greedy_is_beaten(self):
        """Taking the largest first needs three; two cover all."""
        found = smallest_cover(self.frame({"big": "abcd", "left": "acx", "right": "bdy"}))
        assert found.members == ("left", "right")
        assert found.proven and found.cost == found.bound == 2
        assert found.providers["x"] == "left"

    def test_what_nobody_can_is_named(self):
        found = smallest_cover(self.frame({"p": "a", "q": "a"}), {"a": 3, "z": 1})
        assert found.why == "only 2 have a; nobody has z"
        assert found.uncovered == ("a", "z") and found.members == () and math.isnan(found.cost)

    def test_cost_number_and_level_count(self):
        table = self.frame({"dear": "ab", "p": "a", "q": "b"})
        assert smallest_cover(table, cost={"dear": 5.0}).members == ("p", "q")
        assert smallest_cover(table, {"a": 2}).members == ("dear", "p")
        weak = table.assign(level=[1, 1, 4, 4], status="has")
        assert smallest_cover(weak, level=3).members == ("p", "q")
        assert smallest_cover(table.assign(status=["needs", "needs", "has", "has"])).members == ("p", "q")
        with says(MeasureError, "A cost must be 0 or more."):
            smallest_cover(table, cost={"p": -1})

    def test_those_too_far_apart_in_values_are_not_joined(self):
        table = self.frame({"p": "a", "q": "b", "r": "b"})
        alike = pd.DataFrame(1.0, index=list("pqr"), columns=list("pqr"))
        alike.loc["p", "q"] = alike.loc["q", "p"] = 0.2
        assert smallest_cover(table, alignment=alike, tau=0.5).members == ("p", "r")
        found = smallest_cover(table.iloc[:2], alignment=alike, tau=0.5)
        assert found.why == "no coalition covers everything with values as alike as asked" and not found.members
        with says(MeasureError, "alignment and tau go together: the table of likeness, and how alike two must be."):
            smallest_cover(table, tau=0.5)

    def test_nothing_required_is_nobody(self):
        assert smallest_cover(self.frame({"p": "a"}), []).why == "nothing is required"

    tables = st.dictionaries(st.sampled_from("pqrstu"), st.sets(st.sampled_from("abcde"), min_size=1), min_size=1)

    @given(have=tables)
    def test_it_is_the_smallest_there_is_and_the_first_by_name(self, have):
        """All sets tried one by one."""
        every = set().union(*have.values())
        names = sorted(have)
        known = next(
            group for k in range(1, len(names) + 1) for group in combinations(names, k)
            if set().union(*(have[e] for e in group)) == every
        )
        assert smallest_cover(self.frame(have)).members == known

    @given(have=tables, more=st.sets(st.sampled_from("abcde"), min_size=1))
    def test_one_more_who_can_never_makes_it_larger(self, have, more):
        wanted = sorted(set().union(*have.values()))
        one = smallest_cover(self.frame(have), wanted)
        two = smallest_cover(self.frame({**have, "z": more}), wanted)
        assert two.cost <= one.cost + 1e-9

    @given(have=tables, data=st.data(), price=st.lists(st.integers(1, 4), min_size=6, max_size=6))
    def test_members_cover_and_none_can_be_spared(self, have, data, price):
        cost = dict(zip("pqrstu", map(float, price), strict=True))
        found = smallest_cover(self.frame(have).sample(frac=1, random_state=data.draw(st.integers(0, 99))), cost=cost)
        every = set().union(*have.values())
        assert set().union(*(have[m] for m in found.members)) == every
        for gone in found.members:
            assert set().union(*[have[m] for m in found.members if m != gone]) != every
