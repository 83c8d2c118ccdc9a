"""Made-up counties hold what was planted, and nothing else was planted by accident."""

from __future__ import annotations

import hashlib

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import UsageError
from netmap.simulate import Simulated, county
from netmap.simulate.accountability import HARDWIRING
from netmap.simulate.values import ITEMS

PERCEPTION = {"leadership"}

sizes = st.fixed_dictionaries(
    {
        "organisations": st.integers(45, 90),
        "networks": st.sampled_from([0, 4, 7]),
        "waves": st.integers(1, 3),
        "cutpoints": st.integers(0, 2),
        "bridges": st.integers(0, 1),
        "alone": st.integers(0, 2),
        "sectors": st.sampled_from(["few", "chance"]),
        "alignment": st.sampled_from(["none", "weak", "strong"]),
        "seed": st.integers(0, 10_000),
    }
)


def current(made: Simulated, wave: str | None = None):
    """Rows of the current picture of one wave."""
    ties = made.tables["partnerships"]
    wave = ties["wave"].max() if wave is None else wave
    return ties[(ties["wave"] == wave) & (ties["status"] == "active") & ~ties["kind"].isin(PERCEPTION)]


def graph(made: Simulated, wave: str | None = None) -> nx.Graph:
    """The same, as a simple graph."""
    rows = current(made, wave)
    out = nx.Graph()
    out.add_nodes_from(made.tables["organisations"]["org_id"])
    out.add_edges_from(zip(rows["source"], rows["target"], strict=True))
    return out


def subjects(made: Simulated, fact: str) -> set[str]:
    """What a fact was planted about."""
    return set(made.truth.loc[made.truth["fact"] == fact, "subject"])


@settings(max_examples=25, deadline=None)
@given(sizes)
def test_planted_bridges_and_cutpoints_are_the_only_ones(options):
    """In every wave the cutpoints and bridges networkx finds are those of the truth, with the shares it states."""
    made = county(**options)
    for wave in made.tables["responses"]["wave"].unique():
        seen = graph(made, wave)
        assert set(nx.articulation_points(seen)) == subjects(made, "cutpoint")
        assert {" | ".join(sorted(pair)) for pair in nx.bridges(seen)} == subjects(made, "bridge")
        assert len(list(nx.isolates(seen))) == options["alone"]
    tied = graph(made)
    tied.remove_nodes_from(list(nx.isolates(tied)))
    n = len(tied)
    for row in made.truth[made.truth["fact"] == "cutpoint"].itertuples():
        left = tied.copy()
        left.remove_node(row.subject)
        kept = sum(len(part) * (len(part) - 1) / 2 for part in nx.connected_components(left))
        assert float(row.value) == pytest.approx(1 - kept / ((n - 1) * (n - 2) / 2), rel=1e-5)
    for row in made.truth[made.truth["fact"] == "bridge"].itertuples():
        left = tied.copy()
        left.remove_edge(*row.subject.split(" | "))
        kept = sum(len(part) * (len(part) - 1) / 2 for part in nx.connected_components(left))
        assert float(row.value) == pytest.approx(1 - kept / (n * (n - 1) / 2), rel=1e-5)


@settings(max_examples=25, deadline=None)
@given(sizes)
def test_rows_refer_to_what_exists_and_counts_are_as_asked(options):
    """No loops, no repeated keys, exactly the ties asked for in each wave, and every id is in its own table."""
    made = county(**options)
    tables = made.tables
    organisations, people = set(tables["organisations"]["org_id"]), set(tables["people"]["person_id"])
    ties = tables["partnerships"]
    assert (ties["source"] != ties["target"]).all()
    assert set(ties["source"]) | set(ties["target"]) | set(ties["reported_by"]) <= organisations
    assert not ties.duplicated(["source", "target", "kind", "wave", "reported_by"]).any()
    assert ((ties["reported_by"] == ties["source"]) | (ties["reported_by"] == ties["target"])).all()
    asked = round(2.7 * options["organisations"])
    waves = sorted(tables["responses"]["wave"].unique())
    assert len(waves) == options["waves"]
    for wave in waves:
        seen = graph(made, wave)
        assert seen.number_of_edges() == asked
        assert sum(degree for _, degree in seen.degree()) == 2 * asked
    members = tables["memberships"]
    assert set(members["group"]) <= set(tables["networks"]["network_id"])
    assert set(members["member"]) <= organisations | people
    assert not members.duplicated(["member", "group"]).any()
    assert members.loc[members["member_type"] == "person", "member"].is_unique
    assert set(people and tables["people"]["organisation"]) <= organisations
    assert set(tables["values"]["entity"]) | set(tables["capabilities"]["entity"]) <= organisations
    assert tables["values"]["rating"].between(1, 5).all()
    assert tables["organisations"]["name"].is_unique
    rated = ties[["trust_reliability", "trust_mission", "trust_openness"]].dropna()
    assert rated.isin([1, 2, 3, 4]).all().all()


@settings(max_examples=15, deadline=None)
@given(sizes)
def test_accountability_counts_are_those_of_the_rows(options):
    """Hard-wired, optional and unsupported ties counted again from the six items give the numbers of the truth."""
    made = county(**options)
    rows = current(made).copy()
    rows["pair"] = [" | ".join(sorted(p)) for p in zip(rows["source"], rows["target"], strict=True)]
    known = rows[list(HARDWIRING)].isin(["yes", "no"]).sum(axis=1)
    assert (known >= 5).all()
    rows["h"] = (rows[list(HARDWIRING)] == "yes").sum(axis=1) / known
    ties = rows.groupby(["pair", "kind"]).agg(h=("h", "mean"), mandate=("mandate", "first")).reset_index()
    wired = ties["h"] >= 2 / 3
    held = set("|".join(ties.loc[wired, "pair"].str.replace(" ", "")).split("|"))
    optional = ties[~wired & (ties["mandate"] == "voluntary")]
    loose = optional[[not held & set(pair.split(" | ")) for pair in optional["pair"]]]
    assert [made.fact(f) for f in ("tie_records", "hardwired", "optional", "unsupported")] == [
        str(len(ties)), str(int(wired.sum())), str(len(optional)), str(len(loose))
    ]  # fmt: skip


def test_networks_share_the_members_that_were_planted():
    """The planted overlap, the single link and the network apart are in the memberships, and nothing links them more."""
    made = county(organisations=150, networks=12, seed=4)
    members = made.tables["memberships"]
    members = members[members["member_type"] == "organisation"]
    sets = {group: set(rows["member"]) for group, rows in members.groupby("group")}
    a, b = made.truth.loc[made.truth["fact"] == "overlap", "subject"].iloc[0].split(" | ")
    assert len(sets[a] & sets[b]) == int(made.fact("overlap")) >= 5
    c, d = made.truth.loc[made.truth["fact"] == "single_link", "subject"].iloc[0].split(" | ")
    assert sets[c] & sets[d] == {made.fact("single_link")}
    assert [group for group in sets if group not in (c, d) and sets[group] & sets[d]] == []
    (alone,) = subjects(made, "apart")
    assert not any(sets[alone] & sets[group] for group in sets if group != alone)


def test_turnover_is_the_number_of_ties_it_says():
    """With a turnover of a quarter, a quarter of the ties are new in each wave and as many ended."""
    made = county(organisations=80, partnerships=240, networks=6, waves=3, turnover=0.25, seed=2)
    for before, now in (("2021", "2023"), ("2023", "2025")):
        old, new = ({frozenset(edge) for edge in graph(made, wave).edges} for wave in (before, now))
        facts = made.truth[made.truth["subject"] == f"{before} to {now}"].set_index("fact")["value"]
        assert len(new - old) == len(old - new) == 60
        assert [facts["persisted"], facts["began"], facts["ended"]] == ["180", "60", "60"]


def similarity_gap(made: Simulated, draws: int, seed: int) -> tuple[float, float]:
    """How much more alike partners are than chance, and the one-sided permutation p."""
    wide = made.tables["values"].pivot(index="entity", columns="item", values="rating")[list(ITEMS)]
    place = {entity: i for i, entity in enumerate(wide.index)}
    ends = np.array([(place[u], place[v]) for u, v in graph(made).edges if u in place and v in place])
    ratings = wide.to_numpy(dtype=float)

    def alike(order: np.ndarray) -> float:
        return float(1 - np.abs(ratings[order[ends[:, 0]]] - ratings[order[ends[:, 1]]]).mean() / 4)

    rng = np.random.default_rng(seed)
    seen = alike(np.arange(len(ratings)))
    null = np.array([alike(rng.permutation(len(ratings))) for _ in range(draws)])
    return seen - float(null.mean()), (1 + int((null >= seen).sum())) / (1 + draws)


def test_no_alignment_is_no_more_than_chance():
    """Over 60 counties without planted alignment the permutation p is spread evenly: few are small, half above 0.5."""
    p = np.array(
        [similarity_gap(county(60, networks=5, waves=1, alignment="none", seed=s), 99, s)[1] for s in range(60)]
    )
    assert (p <= 0.05).sum() <= 7
    assert 20 <= (p > 0.5).sum() <= 40


@pytest.mark.parametrize(("alignment", "least"), [("weak", 0.015), ("strong", 0.045)])
def test_planted_alignment_makes_partners_alike(alignment, least):
    """Partners are more alike than chance where alignment was planted, and more so where it is strong."""
    gap, p = similarity_gap(county(100, networks=8, waves=1, alignment=alignment, misalignment=0, seed=5), 199, 5)
    assert gap > least
    assert p <= 0.05


def test_trust_grows_with_age_and_raters_differ():
    """Old ties score higher than new ones, and the planted raters give most and least among those with ten ratings."""
    made = county(organisations=300, networks=10, waves=1, trust_growth=0.5, seed=6)
    rows = made.tables["partnerships"].dropna(subset=["trust_mission"]).copy()
    rows["trust"] = rows[["trust_reliability", "trust_mission", "trust_openness"]].astype(float).mean(axis=1)
    age = 2025 - rows["start"].astype(int)
    assert rows.loc[age >= 10, "trust"].mean() > rows.loc[age <= 1, "trust"].mean() + 0.5
    given = rows.groupby("source")["trust"].agg(["mean", "size"])
    given = given[given["size"] >= 8]["mean"]
    lenient, harsh = (
        made.truth.loc[made.truth["fact"] == f, "subject"].iloc[0] for f in ("lenient_rater", "harsh_rater")
    )
    assert given[lenient] > given.quantile(0.9)
    assert given[harsh] < given.quantile(0.1)


def test_only_the_planted_organisation_has_the_planted_capability():
    """One organisation alone has the planted capability; every other capability has two or more who have it."""
    made = county(organisations=30, networks=4, seed=9)
    has = made.tables["capabilities"].query("status == 'has'").groupby("capability")["entity"].agg(set)
    holder = made.truth.loc[made.truth["fact"] == "single_holder", "subject"].iloc[0]
    assert has[made.fact("single_holder")] == {holder}
    assert (has.drop(made.fact("single_holder")).map(len) >= 2).all()


def test_names_of_people_appear_only_with_consent():
    """A person's name stands in the table only where the person agreed to be named."""
    people = county(organisations=100, networks=5, seed=1).tables["people"]
    assert (people.loc[people["consent"] != "named", "name"] == "").all()
    assert (people.loc[people["consent"] == "named", "name"] != "").all()
    assert set(people["consent"]) == {"none", "aggregate", "pseudonym", "named"}


def test_planned_ties_are_beside_the_current_picture():
    """Planned ties are as many as asked, join organisations that are not tied, and change no planted count."""
    made = county(organisations=60, networks=5, planned=6, seed=3)
    ties = made.tables["partnerships"]
    rows = ties[ties["status"] == "planned"]
    assert len(rows) == 6
    assert not any(graph(made).has_edge(*pair) for pair in zip(rows["source"], rows["target"], strict=True))
    plain = county(organisations=60, networks=5, seed=3)
    assert made.truth.equals(plain.truth)


def digest(folder) -> str:
    """One number for every byte of a folder."""
    parts = [f.name.encode() + f.read_bytes() for f in sorted(folder.iterdir())]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def test_same_seed_same_bytes(tmp_path):
    """Two counties with one seed are written as the same bytes; another seed gives others."""
    first = digest(county(organisations=50, networks=5, seed=11).write(tmp_path / "a"))
    again = digest(county(organisations=50, networks=5, seed=11).write(tmp_path / "b"))
    other = digest(county(organisations=50, networks=5, seed=12).write(tmp_path / "c"))
    assert first == again != other
    assert (tmp_path / "a-truth.csv").read_bytes() == (tmp_path / "b-truth.csv").read_bytes()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"organisations": 19}, "A made-up county needs at least 20 organisations, not 19."),
        ({"alignment": "stong"}, "alignment is none, weak or strong, not 'stong'. Did you mean strong?"),
        ({"seed": -1}, "seed is a whole number from 0 up, not -1."),
        (
            {"organisations": 30, "networks": 40},
            "30 organisations are too few for 40 networks: at most 9.",
        ),
        ({"waves": 0}, "At least one wave is needed, not 0."),
        ({"sectors": "many"}, "sectors is few or chance, not 'many'."),
        ({"overlap": 1.5}, "overlap is a share between 0 and 1, not 1.5."),
        (
            {"networks": 2},
            "2 networks are too few: each of the 2 planted cutpoints and bridges takes one. Ask for more, or for 0.",
        ),
        (
            {"organisations": 20, "partnerships": 10, "networks": 0},
            "20 organisations as planted can have between 24 and 82 partnerships, not 10.",
        ),
        (
            {"organisations": 20, "cutpoints": 4, "networks": 0},
            "20 organisations are too few for 4 planted cutpoints, 1 bridges and 0 without ties: at least 28 are needed.",
        ),
        (
            {"turnover": 0.9},
            "A turnover of 0.9 would change 364 of 405 ties, but 154 of them hold the planted structure together. "
             "At most 0.62 is possible; more partnerships allow more.",
        ),
    ],
)
def test_what_cannot_be_planted_is_refused_with_what_could(options, message):
    """A county that cannot hold what is asked is refused in words."""
    with pytest.raises(UsageError) as caught:
        county(**options)
    assert str(caught.value) == message


def test_an_unknown_fact_names_the_nearest():
    """Asking for a fact that was not planted names the one that may have been meant."""
    with pytest.raises(UsageError, match=r"No fact called 'alinment' was planted\. Did you mean alignment"):
        county(organisations=20, networks=0, seed=0).fact("alinment")


def test_a_hundred_thousand_would_be_the_same_code():
    """Five thousand organisations take a few seconds and keep the planted facts, so size changes nothing but time."""
    made = county(organisations=5_000, networks=100, waves=1, cutpoints=3, bridges=3, seed=1)
    seen = graph(made)
    assert set(nx.articulation_points(seen)) == subjects(made, "cutpoint")
    assert len(subjects(made, "bridge")) == 3
