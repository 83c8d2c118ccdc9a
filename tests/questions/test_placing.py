"""F16 sets three ways beside each other, names what nobody has, and says how far it rests on ratings."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import netmap as nm
from netmap.evidence import placing as evidence
from netmap.exporters.charts import chart_svg, chart_table
from netmap.finding import Chart, Finding, Locked
from netmap.questions import placing
from netmap.study import Settings, Study

RATED = {
    "Ash": (5, 5, 1, 3), "Birch": (5, 5, 1, 3), "Cedar": (1, 1, 5, 3), "Dogwood": (5, 4, 1, 3), "Elm": (5, 5, 2, 3),
    "Fir": (5, 5, 1, 3), "Gorse": (4, 5, 1, 3),
}  # fmt: skip
HAS = {"Ash": "plan", "Birch": "drive", "Cedar": "drive plan cook", "Dogwood": "cook", "Elm": "", "Fir": "", "Gorse": ""}


def made(tmp_path, needs="plan drive cook sing", values=True, extra=(), **settings):
    """A ring of seven; Cedar has most and is unlike all others, three who are alike have the same together."""
    folder = tmp_path / "town"
    folder.mkdir()
    names = list(RATED)
    pd.DataFrame([(a, names[(i + 1) % 7]) for i, a in enumerate(names)], columns=["organisation", "partner"]).to_csv(
        folder / "partnerships.csv", index=False
    )
    rows = [(e, c, "has") for e, held in HAS.items() for c in held.split()] + [("Elm", c, "needs") for c in needs.split()]
    pd.DataFrame([*rows, *extra], columns=["entity", "capability", "status"]).to_csv(folder / "capabilities.csv", index=False)
    if values:
        items = ("openness", "care", "thrift", "speed")
        table = [(e, i, r) for e, rs in RATED.items() for i, r in zip(items, rs, strict=True)]
        pd.DataFrame(table, columns=["entity", "item", "rating"]).to_csv(folder / "values.csv", index=False)
    return Study(nm.read(folder, nodes="organisations"), Settings(**settings))


def test_the_three_ways_are_told(tmp_path):
    study = made(tmp_path)
    found, told = study.placing, placing.answer(study)
    assert isinstance(told, Finding)
    assert found.uncovered == ("sing",)
    assert "Nobody has sing" in told.headline
    assert (found.single.who, found.single.covers) == ("Cedar", 3)
    # Elm needs it: 5, 5, 2, 3 against 1, 1, 5, 3 on a scale of four points.
    assert found.single.alignment == pytest.approx(1 - (1 + 1 + 0.75 + 0) / 4)
    assert found.single.move.reached == pytest.approx(max(found.level, found.single.alignment))
    assert "it would move care by" in told.headline
    assert found.smallest.members == ("Cedar",)
    table = study.valuing.likeness
    assert set(found.alike.members) <= set(HAS)
    assert all(table.loc[a, b] >= found.reached - 1e-9 for a, b in combinations(found.alike.members, 2))
    assert told.evidence["capabilities_one_alone_has"] == 0
    assert "Not procurement advice" in told.care and "opinions" in told.care
    assert told.audience == "coordinator"


def test_the_level_asked_for_decides_who_is_in_the_coalition(tmp_path, monkeypatch):
    """One that is alike to nobody serves alone only while nobody must be alike to it."""
    monkeypatch.setattr(evidence, "_level", lambda study: 0.8)
    study = made(tmp_path, extra=[("Gorse", "sing", "has")])
    found, told = study.placing, placing.answer(study)
    assert found.alike.members == ("Ash", "Birch", "Dogwood", "Gorse")
    assert len(found.smallest.members) == 2
    assert "without regard to values 2 would do" in told.headline
    sizes = found.frontier["size"].dropna().to_numpy()
    assert (np.diff(sizes) >= 0).all()
    # Where the ratings do not carry it, it is no step.
    assert (told.own_steps == ()) == (told.certainty == "cannot say")
    assert told.nodes == found.alike.members


def test_sensitivity_is_counted_one_rating_at_a_time_and_all_at_once(tmp_path, monkeypatch):
    """Ratings that do not move cannot break it; one moved by the whole scale moves a pair by a quarter, all at once far more."""
    monkeypatch.setattr(evidence, "_level", lambda study: 0.8)
    study = made(tmp_path, extra=[("Gorse", "sing", "has")])
    found = study.placing
    values = study.valuing.values
    object.__setattr__(study.valuing, "values", values.assign(sd=0.0))
    assert evidence._stands(study, found.alike, 0.8) == (1.0, 1.0, 32, 0.0)
    object.__setattr__(study.valuing, "values", values.assign(sd=4.0))
    alone, together, moves, by = evidence._stands(study, found.alike, 0.8)
    rated = [r for e in found.alike.members for r in RATED[e]]
    # A rating at its end of the scale cannot go further; every other move goes to an end, half a scale or more away.
    stay = sum((r == 5) + (r == 1) for r in rated) + sum(r in (2, 4) for r in rated)
    assert (moves, by) == (32, 4.0)
    assert 0 < alone < 1 and abs(alone - stay / 32) < 0.25
    assert together < 0.2


def test_without_values_it_tells_of_coverage_alone(tmp_path):
    told = placing.answer(made(tmp_path, values=False))
    assert isinstance(told, Finding)
    assert told.charts == ()
    assert told.certainty == "cannot say"
    assert "alike" not in told.headline


def test_where_nothing_is_needed_all_that_is_recorded_is_asked_for(tmp_path):
    found = made(tmp_path, needs="").placing
    assert found.needed == ("cook", "drive", "plan") and not found.recorded


def test_without_capabilities_or_of_people_it_is_locked(tmp_path):
    file = tmp_path / "two.csv"
    file.write_text("organisation,partner\nA Trust,B Trust\nB Trust,C Trust\n", encoding="utf-8")
    assert isinstance(placing.answer(Study(nm.read(file), Settings())), Locked)
    file.write_text("source,target\nAnn Lee,Bob Ray\nBob Ray,Cy Dee\n", encoding="utf-8")
    assert "theirs to say" in placing.answer(Study(nm.read(file), Settings())).why


def test_the_picture_says_the_same_in_words():
    """Levels of one size stand together; what is not proven is a ring and says so."""
    sizes = [(0.0, 2.0, 2.0), (0.5, 2.0, 2.0), (0.6, 4.0, 3.0), (0.7, None, float("nan"))]
    rows = tuple(dict(zip(("level", "value", "low"), row, strict=True)) for row in sizes)
    chart = Chart("steps", "How many", rows, unit="count", marks={"now": 0.6})
    heads, body = chart_table(chart)
    assert heads == ["alike at least", "how many"]
    assert body == [["0.00 to 0.50", "2"], ["0.60", "4 (at least 3)"], ["0.70", "none"]]
    picture = chart_svg(chart, "x")
    assert "0.60: 4 (at least 3)" in picture and picture.count("<circle") == 3 and picture.count('fill="#fff"') == 1
