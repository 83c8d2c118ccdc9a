"""The pages on values, trust and accountability: what was planted is there, rules for small numbers hold, gaps are said."""

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import netmap
from netmap.exporters import render_all
from netmap.network import Network
from netmap.pages import pages_of
from netmap.study import Settings, Study

DATA = Path(__file__).resolve().parents[1] / "data"
TRUTH = pd.read_csv(DATA / "county-truth.csv", dtype=str).set_index("fact")


@pytest.fixture(scope="module")
def county() -> Network:
    return netmap.read(DATA / "county")


@pytest.fixture(scope="module")
def seen(county: Network) -> netmap.Analysis:
    return netmap.analyse(county, effort="quick")


@pytest.fixture(scope="module")
def public(county: Network) -> netmap.Analysis:
    return netmap.analyse(county, effort="quick", audience="public")


def page(analysis, name):
    return next(p for p in analysis.pages if p.id == name)


def part(analysis, name, title):
    return next(p for p in page(analysis, name).parts if p.title.startswith(title))


def read(**tables):
    """A network from small tables, given as text."""
    buffers = []
    for name, text in tables.items():
        buffer = io.StringIO(text)
        buffer.name = f"{name}.csv"
        buffers.append(buffer)
    return netmap.read(buffers)


def ring(n):
    return "organisation,partner\n" + "".join(f"o{i},o{(i + 1) % n}\n" for i in range(n))


# -- the county ------------------------------------------------------------------------------------------------------


def test_the_networks_planted_apart_are_in_the_table_with_the_item_and_the_size(county, seen):
    first, second = TRUTH.loc["misalignment", "subject"].split(" | ")
    gaps = Study(county).valuing.gaps
    row = gaps[(gaps["first"] == first) & (gaps["second"] == second)].iloc[0]
    assert row["item"] == TRUTH.loc["misaligned_item", "value"]
    assert row["q"] < 0.05
    called = dict(zip(county.networks["network_id"], county.networks["name"], strict=True))
    rows = part(seen, "values", "Where networks differ").table
    (said,) = [r for r in rows if (r["network"], r["and"]) == (called[first], called[second])]
    assert said["value"] == TRUTH.loc["misaligned_item", "value"]
    assert float(said["first is higher by (steps of five)"]) == pytest.approx(float(TRUTH.loc["misalignment", "value"]), abs=0.06)


def test_the_lenient_rater_is_separated_from_earned_trust(county):
    """Nobody gives more beside what others give the same than the one planted so; the harsh one gives least."""
    given = Study(county).scoring.trust.given["z"].dropna()
    planted = pd.read_csv(DATA / "county-truth.csv", dtype=str)
    lenient = planted.loc[planted["fact"] == "lenient_rater", "subject"].item()
    harsh = planted.loc[planted["fact"] == "harsh_rater", "subject"].item()
    assert lenient in given.nlargest(3).index
    assert harsh in given.nsmallest(3).index


def test_trust_grows_with_age_and_between_waves(seen):
    rows = part(seen, "trust", "Older and younger").charts[0].rows
    means = [r["value"] for r in rows]
    assert means == sorted(means)
    assert "rose by" in part(seen, "trust", "Between waves").text[0]
    assert "rose by" in seen.finding("F3").headline


def test_the_backbone_is_as_planted(seen):
    text = " ".join(part(seen, "accountability", "What the hard-wired").text)
    total, alone = int(TRUTH.loc["optional", "value"]), int(TRUTH.loc["unsupported", "value"])
    assert f"{total - alone} of {total} optional ties have a hard-wired tie at either end" in text


def test_columns_say_the_same_as_the_measures(county, seen):
    nodes = seen.nodes.set_index("id")
    received = netmap.measures.trust(
        county.partnerships[(county.partnerships["wave"] == "2025") & (county.partnerships["status"] == "active")]
    ).received
    for node in nodes.index[:40]:
        if node in received.index:
            assert nodes.loc[node, "trust_received"] == pytest.approx(received.loc[node, "score"], nan_ok=True)
    study = Study(county)
    assert study.wiring.hard_ties.sum() == 2 * int(TRUTH.loc["hardwired", "value"])
    assert study.wiring.optional_ties.sum() == 2 * int(TRUTH.loc["optional", "value"])
    place = [study.ids.index(i) for i in nodes.index]
    assert nodes["hardwired_ties"].tolist() == study.wiring.hard_ties[place].tolist()
    view, each = study.view, study.alignment.each_tie
    for node in nodes.index[:40]:
        mine = each[(view.source == study.ids.index(node)) | (view.target == study.ids.index(node))]
        mine = mine[~np.isnan(mine)]
        assert nodes.loc[node, "alignment"] == pytest.approx(mine.mean() if mine.size else np.nan, nan_ok=True)
    assert seen.ties["intensity"].between(0, 5).all()
    assert "trust" not in seen.ties


def test_nothing_planted_is_nothing_said(county):
    """Values dealt out over the organisations: nobody is closer to partners, no two networks differ, F4 says no more."""
    rng = np.random.default_rng(1)
    frames = dict(county.tables.frames)
    values = frames["values"].copy()
    names = sorted(set(values["entity"]))
    dealt = dict(zip(names, rng.permutation(names), strict=True))
    frames["values"] = values.assign(entity=values["entity"].map(dealt))
    found = Study(Network(replace(county.tables, frames=frames)), Settings(effort="quick"))
    assert found.alignment.p > 0.05
    assert (found.alignment.each_node["q"].dropna() >= 0.05).mean() > 0.95
    assert not (found.valuing.gaps["q"] < 0.05).any()
    words = next(p for p in pages_of(found) if p.id == "values")
    text = " ".join(t for p in words.parts for t in p.text)
    assert "0 are closer to them than to others and 0 further away" in text
    assert "0 of" in next(p for p in words.parts if p.title == "Where networks differ").text[0]


# -- who may see it --------------------------------------------------------------------------------------------------


def test_the_public_sees_groups_and_aggregates_only(public):
    titles = {p.title for page in public.pages for p in page.parts}
    assert titles.isdisjoint({"Who values what", "Partners furthest apart", "Alike and not in touch", "Trust received"})
    assert titles.isdisjoint({"Inside each network", "Organisations without a hard-wired tie"})
    assert {"alignment", "trust_received", "trust_raters", "trust"}.isdisjoint({*public.nodes.columns, *public.ties.columns})
    names = set(public.nodes["name"])
    for shown in public.pages:
        for one in shown.parts:
            for chart in one.charts:
                assert names.isdisjoint({str(v) for r in chart.rows for v in r.values()})
            assert names.isdisjoint({str(v) for r in one.table for v in r.values()})
    left = dict(zip(public.suppressed["what"], public.suppressed["count"], strict=True))
    assert left["columns on values and trust"] > 0
    assert left["parts of the page on trust"] > 0


def test_single_ratings_are_in_no_file(county, seen):
    """A received score rests on three raters or more; the number of raters below that is not told either."""
    low = seen.nodes[seen.nodes["trust_received"].isna()]
    assert low["trust_raters"].isna().all()
    assert (seen.nodes["trust_raters"].dropna() >= 3).all()
    ties = netmap.analyse(county, effort="quick", audience="research").ties
    both = ties["trust"].notna()
    assert 0 < both.sum() < len(ties)


def test_an_organisation_that_asks_not_to_be_published_is_on_no_page(county):
    frames = dict(county.tables.frames)
    orgs = frames["organisations"].copy()
    hidden = orgs.loc[3, "name"]
    orgs.loc[3, "publish"] = False
    frames["organisations"] = orgs
    shown = netmap.analyse(Network(replace(county.tables, frames=frames)), effort="quick")
    told = json.dumps([[p.text, p.table, [c.rows for c in p.charts]] for page in shown.pages for p in page.parts], default=str)
    assert hidden not in told


# -- little or odd data ----------------------------------------------------------------------------------------------


def test_the_example_of_local_government_says_what_is_few():
    found = netmap.analyse(netmap.read(DATA / "localgov.csv"), effort="quick")
    headline = found.finding("F2").headline
    assert "16 of 24 organisations have no hard-wired tie" in headline
    assert "16 of 21 ties are optional" in headline
    assert "5 of those have a hard-wired tie at either end" in headline
    assert "few rather than badly placed" in headline
    text = " ".join(part(found, "accountability", "What the hard-wired").text)
    assert "5 of 16 optional ties have a hard-wired tie at either end" in text
    assert [p.id for p in found.pages] == ["accountability"]


def test_without_any_of_it_there_is_no_page():
    found = netmap.analyse(read(ties=ring(8)), effort="quick")
    assert found.pages == ()
    assert b"<nav" not in render_all(found)["report.html"]


def test_missing_and_flat_profiles_are_said_and_never_a_number():
    """Two flat profiles have a level and no shape; half of the ring has no values, and F4 cannot say."""
    rows = "".join(f"o{i},{item},{3 if i < 2 else 1 + (i + k) % 5}\n" for i in range(4) for k, item in enumerate("abc"))
    found = netmap.analyse(read(ties=ring(10), values="entity,item,rating\n" + rows), effort="quick")
    assert found.finding("F4").certainty == "cannot say"
    assert "6 organisations gave no values." in part(found, "values", "Who values what").text
    shapes = {(r["one"], r["other"]): r["alike in shape"] for r in part(found, "values", "Partners furthest").table}
    assert shapes["o0", "o1"] == "flat profile"
    assert np.isnan(found.nodes.set_index("id").loc["o7", "alignment"])


def test_one_item_compares_nothing():
    rows = "".join(f"o{i},care,{1 + i % 5}\n" for i in range(8))
    found = netmap.analyse(read(ties=ring(8), values="entity,item,rating\n" + rows), effort="quick")
    assert [k.id for k in found.locked if k.id == "F4"] == ["F4"]
    assert "alignment" not in found.nodes


def test_raters_who_do_not_agree_are_not_averaged():
    """o0's three raters say 1, 5 and 3 of everything: it has no profile, and the page says so."""
    rows = "".join(f"o{i},{item},{1 + (i + k) % 5},r0\n" for i in range(1, 8) for k, item in enumerate("abcd"))
    rows += "".join(f"o0,{item},{r},r{j}\n" for item in "abcd" for j, r in enumerate((1, 5, 3)))
    found = netmap.analyse(read(ties=ring(8), values="entity,item,rating,rater\n" + rows), effort="quick")
    text = part(found, "values", "Do those who answered").text
    assert text[0].startswith("0 of 1 organisation with three raters or more agree well enough")
    assert text[1].startswith("1 organisation does not: no mean is taken there")
    assert np.isnan(found.nodes.set_index("id").loc["o0", "alignment"])


def test_one_rater_is_scored_nowhere():
    rows = "source,target,trust_reliability,trust_mission,trust_openness\n"
    rows += "".join(f"o0,o{i},4,4,4\n" for i in range(1, 8))
    found = netmap.analyse(read(ties=rows), effort="quick")
    assert "trust" not in [p.id for p in found.pages]
    assert "trust_received" not in found.nodes
    assert "F3" in [k.id for k in found.locked]


def test_words_of_an_unknown_scale_have_no_level():
    """A scale of one's own cannot be placed on the ladder: the tie has no level, and the page shows none."""
    rows = "source,target,intensity,intensity_scale\n" + "".join(f"o{i},o{(i + 1) % 8},3,custom\n" for i in range(8))
    found = netmap.analyse(read(ties=rows), effort="quick")
    assert "intensity" not in found.ties
    assert found.pages == ()


def test_contradicting_reports_are_both_kept_and_said():
    """The two ends say 1 and 4: the level lies between, and the page says that they differ."""
    rows = "source,target,intensity,reported_by,mandate\n"
    rows += "".join(f"o{i},o{(i + 1) % 8},{level},{who},voluntary\n" for i in range(8) for level, who in ((1, f"o{i}"), (4, f"o{(i + 1) % 8}")))
    found = netmap.analyse(read(ties=rows), effort="quick")
    assert found.ties["intensity"].tolist() == [2.5] * 8
    assert "In 100% of the 8 ties reported from both ends the two differ; both are kept." in part(found, "accountability", "How close").text


# -- how it looks ----------------------------------------------------------------------------------------------------


def test_the_report_shows_every_part_in_both_forms(seen):
    files = render_all(seen)
    html, text = files["report.html"].decode(), files["report.md"].decode()
    for shown in seen.pages:
        assert f'<h2 id="{shown.id}">' in html
        assert f'<a href="#{shown.id}">' in html
        assert f"## {shown.title}" in text
        for one in shown.parts:
            assert f"### {one.title}" in text
            for chart in one.charts:
                assert chart.title in html
    assert 'aria-labelledby="map-hardwired-t map-hardwired-d"' in html
