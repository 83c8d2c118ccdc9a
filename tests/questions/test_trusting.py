"""F3 says what was planted, says nothing where nothing is known, and shows nobody's rating."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import netmap as nm
from netmap.finding import Finding, Locked
from netmap.questions import trusting
from netmap.simulate import county
from netmap.study import Settings, Study

DATA = Path(__file__).resolve().parents[2] / "data"
ITEMS = ["trust_reliability", "trust_mission", "trust_openness"]


def made(rows, columns=("source", "target", *ITEMS, "start"), **settings):
    text = pd.DataFrame(rows, columns=list(columns)).to_csv(index=False)
    buffer = io.StringIO(text)
    buffer.name = "partnerships.csv"
    return Study(nm.read(buffer, nodes="organisations"), Settings(effort="quick", **settings))


def ring(n, value, start="2015"):
    return [(f"o{i}", f"o{(i + k) % n}", *[value] * 3, start) for i in range(n) for k in (1, 2)]


@pytest.fixture(scope="module")
def found():
    return trusting.answer(Study(nm.read(DATA / "county"), Settings(effort="quick")))


def test_the_growth_planted_in_the_county_is_told(found):
    """Older ties are higher, beyond chance; the slope is near the 0.4 that was planted."""
    assert "points higher than the others" in found.headline
    assert "no clear difference" not in found.headline
    assert found.chance.p < 0.01
    assert found.certainty in ("solid", "likely")
    assert found.evidence["points_per_log_year"] == pytest.approx(0.4, abs=0.08)
    assert "Older ties survive" in found.care


def test_nobody_is_named_and_no_rating_is_shown(found):
    """Neither in words nor in the table; the table has one row an item."""
    words = " ".join([found.headline, found.why_certain, found.next_step, found.care, str(found.table)])
    assert "\x02" not in words
    assert found.nodes == () and found.ties == ()
    assert {row["item"] for row in found.table} == {"openness", "wanting the same", "reliability"}


def test_trust_that_does_not_grow_is_not_said_to():
    """Of 12 counties in which age does nothing, at most two say it does."""
    said = 0
    for seed in range(12):
        study = Study(
            county(organisations=60, networks=5, waves=1, trust_growth=0.0, seed=seed).network(), Settings(effort="quick")
        )
        said += trusting.answer(study).chance.p < 0.05
    assert said <= 2


def test_too_few_raters_are_kept_back():
    """Three for a coordinator, five for the public."""
    rows = ring(12, 3)[:8]
    assert isinstance(trusting.answer(made(rows)), Finding)
    locked = trusting.answer(made(rows, audience="public"))
    assert isinstance(locked, Locked)
    assert "by at least 5 organisations" in locked.why
    assert isinstance(trusting.answer(made(rows[:4])), Locked)


def test_one_item_alone_is_too_few():
    rows = [(a, b, 3, None, None, s) for a, b, *_, s in ring(12, 3)]
    assert isinstance(trusting.answer(made(rows)), Locked)
    short = made([r[:3] for r in rows], ("source", "target", "trust"))
    assert isinstance(trusting.answer(short), Locked)


def test_without_ages_there_is_no_chance_and_at_most_likely():
    found = trusting.answer(made(ring(12, 3, None)))
    assert found.chance is None
    assert found.certainty == "likely"
    assert "nothing can be set against chance" in found.why_certain
    assert found.headline.startswith("Median trust is 3 of 4, from 24 ratings by 12 organisations.")


def test_the_two_ends_are_set_beside_each_other():
    """Every second rating is 4 where the other end gives 2: all differ."""
    rng = np.random.default_rng(0)
    rows = [(f"o{i}", f"o{j}", *[4 if i < j else 2] * 3, f"20{rng.integers(10, 20)}") for i in range(6) for j in range(6) if i != j]
    found = trusting.answer(made(rows))
    assert found.evidence["share_that_differ_by_a_point"] == 1
    assert "In 100% of the 15 ties rated from both ends" in found.headline


def test_people_are_not_asked_about():
    buffer = io.StringIO(pd.DataFrame(ring(12, 3), columns=["source", "target", *ITEMS, "start"]).to_csv(index=False))
    buffer.name = "ties.csv"
    locked = trusting.answer(Study(nm.read(buffer, nodes="people"), Settings(effort="quick")))
    assert isinstance(locked, Locked)
    assert locked.why == "Trust between people is personal: netmap looks at the trust of organisations only."


def test_the_order_of_rows_changes_nothing():
    rows = [(a, b, 1 + i % 4, 1 + i % 3, 2, f"20{10 + i % 9}") for i, (a, b, *_) in enumerate(ring(12, 3))]
    one, two = trusting.answer(made(rows)), trusting.answer(made(rows[::-1]))
    assert one == two
