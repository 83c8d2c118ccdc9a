"""A declared observation removes what it says and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import UsageError
from netmap.simulate import county, observe

KEY = ["source", "target", "kind", "wave", "reported_by"]
FULL = county(organisations=40, networks=5, seed=3)


def keys(made) -> set[tuple[str, ...]]:
    """The reports, by their key."""
    return set(made.tables["partnerships"][KEY].itertuples(index=False, name=None))


def facts(made, fact: str) -> list[str]:
    """What an observation wrote down under one name."""
    return made.truth.loc[made.truth["fact"] == fact, "subject"].tolist()


def number(made, fact: str) -> int:
    """The count an observation wrote down."""
    return int(made.fact(fact))


def test_nothing_asked_nothing_lost():
    """With every loss at zero the tables are the same."""
    seen = observe(FULL, non_response=0, fixed_choice=None, omit=0, misspell=0)
    for name, frame in FULL.tables.items():
        assert seen.tables[name].equals(frame), name


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from([0.0, 0.2, 0.6]), st.sampled_from([None, 1, 3]), st.sampled_from([0.0, 0.15]), st.integers(0, 999)
)
def test_what_is_missing_is_what_was_written_down(non_response, fixed_choice, omit, seed):
    """Reports are a part of the full ones, and as many are missing as the truth says, for the reasons it says."""
    seen = observe(FULL, non_response, fixed_choice, omit, 0.0, seed)
    silent, omitted = set(facts(seen, "not_responding")), set(facts(seen, "omitted"))
    assert len(omitted) == round(omit * 40)
    left = keys(seen)
    assert left <= keys(FULL)
    missing = number(seen, "reports_not_given") + number(seen, "reports_omitted")
    if fixed_choice is None:
        for row in keys(FULL) - left:
            assert row[4] in silent | omitted or {row[0], row[1]} & omitted
    else:
        missing += number(seen, "reports_beyond_choice")
        told = seen.tables["partnerships"].dropna(subset=["intensity"])
        assert told.groupby(["reported_by", "wave"]).size().max() <= fixed_choice
    assert len(keys(FULL)) - len(left) == missing
    assert not {row[4] for row in left} & silent
    assert set(seen.tables["organisations"]["org_id"]) == set(FULL.tables["organisations"]["org_id"]) - omitted
    assert set(seen.tables["values"]["entity"]) == set(FULL.tables["values"]["entity"]) - silent - omitted
    answered = seen.tables["organisations"].set_index("org_id")["responded"]
    assert set(answered.index[answered == "no"]) == silent - omitted


def test_fixed_choice_keeps_the_strongest():
    """Nobody's dropped tie was stronger than one that was kept."""
    seen = observe(FULL, non_response=0, fixed_choice=2, omit=0, misspell=0)
    rows = FULL.tables["partnerships"].dropna(subset=["intensity"]).copy()
    kept = keys(seen)
    rows["kept"] = [row in kept for row in rows[KEY].itertuples(index=False, name=None)]
    for _, mine in rows.groupby(["reported_by", "wave"]):
        dropped = mine.loc[~mine["kept"], "intensity"]
        assert dropped.empty or dropped.max() <= mine.loc[mine["kept"], "intensity"].min()


def test_misspelt_names_are_new_and_traced():
    """Every misspelt partner is a name nobody has, one slip away from the name the truth gives, and no row is lost."""
    seen = observe(FULL, non_response=0, fixed_choice=None, omit=0, misspell=0.1, seed=2)
    ties, full = seen.tables["partnerships"], FULL.tables["partnerships"]
    known = dict(zip(FULL.tables["organisations"]["org_id"], FULL.tables["organisations"]["name"], strict=True))
    wrong = set(ties["source"]) | set(ties["target"])
    wrong -= set(known)
    rows = seen.truth[seen.truth["fact"] == "misspelt"].set_index("subject")["value"]
    assert wrong == set(rows.index)
    assert not wrong & set(known.values())
    for slip, right in rows.items():
        assert abs(len(slip) - len(known[right])) <= 1
    assert len(ties) == len(full)
    changed = (ties["source"] != full["source"]) | (ties["target"] != full["target"])
    assert int(changed.sum()) == round(0.1 * len(full))
    assert (ties["reported_by"] == full["reported_by"]).all()


def test_the_planted_truth_stays():
    """Observation adds to the truth and takes nothing from it."""
    seen = observe(FULL)
    assert seen.truth.iloc[: len(FULL.truth)].equals(FULL.truth)
    assert seen.settings["observed"]["fixed_choice"] == 5
    assert repr(seen).endswith("seed 3, observed")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"omit": -0.1}, "omit is a share between 0 and 1, not -0.1."),
        ({"fixed_choice": 0}, "fixed_choice is a whole number from 1 up, or None, not 0."),
    ],
)
def test_an_impossible_loss_is_refused(options, message):
    """A loss that cannot be is refused in words."""
    with pytest.raises(UsageError) as caught:
        observe(FULL, **options)
    assert str(caught.value) == message
