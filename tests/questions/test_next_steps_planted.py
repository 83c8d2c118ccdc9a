"""The planted introduction and coalition are found; where nothing was planted no step claims more than chance; no output says too much."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import netmap as nm
from netmap.errors import UsageError
from netmap.exporters.brief import brief
from netmap.measures import smallest_cover
from netmap.questions import meeting, placing
from netmap.simulate import county
from netmap.study import Settings, Study
from tests.exporters.unpacked import content

DATA = Path(__file__).resolve().parents[2] / "data"
FORBIDDEN = ("bottleneck", "weakest", "isolated person", "underperforming", "influencer", "resistor")
NOTHING = {
    "alignment": "none", "sectors": "chance", "cutpoints": 0, "bridges": 0, "trust_growth": 0.0, "leniency": 0.0,
    "planted_leniency": 0.0, "waves": 1, "networks": 4, "overlap": 0.25,
}  # fmt: skip


def subjects(made, fact):
    return set(made.truth.loc[made.truth["fact"] == fact, "subject"].item().split(" | "))


@pytest.mark.parametrize("seed", [0, 2, 5])
def test_the_planted_introduction_and_coalition_are_found(seed):
    """Both by an independent search and by what is said: the hubs gain most of all pairs, no other three have everything."""
    made = county(organisations=60, networks=6, introduction=1, coalition=3, seed=seed)
    study = Study(made.network(), Settings(effort="quick"))
    hubs, allied = subjects(made, "introduction"), subjects(made, "coalition")
    graph = study.view.to_networkx()
    before = nx.global_efficiency(graph)

    def gain(pair):
        more = graph.copy()
        more.add_edge(*pair)
        return nx.global_efficiency(more) - before

    best = gain(tuple(hubs))
    rivals = sorted(nx.non_edges(graph), key=lambda p: -len(set(p) & hubs))[:300]
    assert best >= max(map(gain, rivals)) - 1e-12
    has = made.tables["capabilities"]
    has = has[has["status"] == "has"]
    assert set(has.loc[has["entity"].isin(allied), "capability"]) == set(has["capability"])
    for left_out in allied:
        assert len(smallest_cover(has[has["entity"] != left_out], sorted(set(has["capability"]))).members) != 3
    f8, f16 = meeting.answer(study), placing.answer(study)
    assert hubs in [set(pair) for pair in f8.ties]
    assert f8.certainty in ("likely", "fragile")
    assert set(study.placing.alike.members) == set(study.placing.smallest.members) == allied
    assert set(f16.nodes) == allied
    single = made.fact("single_holder")
    assert [row["one alone"] for row in f16.table if row["capability"] == single] != [""]


def test_what_cannot_be_planted_is_refused():
    with pytest.raises(UsageError, match="from 2 to 4"):
        county(organisations=40, networks=4, coalition=9)
    with pytest.raises(UsageError, match="ask for a larger one"):
        county(organisations=40, networks=4, cutpoints=0, bridges=0, introduction=1)


def test_where_nothing_was_planted_no_step_claims_more_than_chance():
    """Of 8 counties without anything planted: no step is solid but by a count, and steps against chance are as rare as error."""
    beyond = 0
    for seed in range(8):
        told = nm.analyse(county(organisations=50, seed=seed, **NOTHING).network(), effort="quick")
        for step in told.next_steps:
            found = told.finding(step.finding)
            assert found.certainty != "cannot say"
            if step.finding in ("F4", "F6", "F10", "F11"):
                assert found.chance.p < 0.05
                beyond += 1
            if step.finding in ("F1", "F8", "F16"):
                assert step.certainty != "solid"
    # 8 counties and four tests at 5%: more than four would happen about once in forty times.
    assert beyond <= 4


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Every file of two made-up sets, by audience."""
    out = {}
    for name in ("estuary", "county"):
        for audience in ("public", "coordinator"):
            folder = tmp_path_factory.mktemp(name) / audience
            analysis = nm.analyse(nm.read(DATA / name), effort="quick", audience=audience)
            analysis.write(folder)
            told = {p.name: p.read_text("utf-8") for p in folder.iterdir() if p.suffix in (".html", ".md", ".json", ".csv")}
            # The map packs its words.
            told["map.html"] = json.dumps(content(told["map.html"])[0], ensure_ascii=False)
            told["in brief"] = brief(analysis)
            out[name, audience] = told
    return out


def test_no_output_holds_a_forbidden_word(outputs):
    for of, files in outputs.items():
        for name, text in files.items():
            held = [word for word in FORBIDDEN if word in text.casefold()]
            assert held == [], (of, name)


def test_no_output_names_a_person_without_consent(outputs):
    """Neither a code nor a name of anybody who did not agree, of all people in the tables."""
    for (name, audience), files in outputs.items():
        people = pd.read_csv(DATA / name / "people.csv", dtype=str, keep_default_na=False)
        hidden = people if audience == "public" else people[~people["consent"].isin(["named", "pseudonym"])]
        words = {w for column in ("person_id", "name") if column in hidden for w in hidden[column] if len(w) > 2}
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?![\w-])")
        for file, text in files.items():
            assert not pattern.search(text), (name, audience, file)


def test_vetoes_are_in_no_output_of_introduce():
    from click.testing import CliRunner

    from netmap.cli import cli

    def run(*more):
        return CliRunner().invoke(cli, ["introduce", str(DATA / "localgov.csv"), "--quiet", "--top", "3", *more]).stdout

    first = run().splitlines()[0]
    pair = next(p for p in combinations(re.split(r"\d\. | and |: ", first)[1:3], 2))
    text = run("--veto", *pair)
    assert not any(pair[0] in line and pair[1] in line for line in text.splitlines())
