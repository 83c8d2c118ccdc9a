"""F9: the county's coffee trial is found, a trial that did nothing yields no claim, and an event is set beside chance."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

import netmap
from netmap.evidence.introducing import trial_of
from netmap.finding import Finding, Locked, resolve
from netmap.questions import introducing
from netmap.simulate import county
from netmap.study import Settings, Study

DATA = Path(__file__).resolve().parents[2] / "data"
TRUTH = pd.read_csv(DATA / "county-truth.csv", dtype=str).set_index("fact")["value"]


def asked(network, **settings):
    return introducing.answer(Study(network, Settings(effort="quick", **settings)))


def read(folder, **tables):
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return netmap.read(folder)


def test_the_planted_coffee_trial_is_found():
    """As many pairs and meetings as planted, more ties than chance, from the very design."""
    found = asked(netmap.read(DATA / "county"))
    assert isinstance(found, Finding)
    assert found.evidence["pairs_assigned"] == int(TRUTH["introduced"])
    assert found.evidence["share_met"] == pytest.approx(int(TRUTH["introduced_met"]) / int(TRUTH["introduced"]), abs=0.02)
    assert found.evidence["difference"] > 0.05
    assert found.chance.p < 0.05
    assert found.certainty in ("solid", "likely")
    assert "of assigned pairs later reported a tie against" in found.headline
    assert "no clear difference" not in found.headline
    assert found.evidence["pairs_changed_by_hand"] == 0


def test_a_trial_that_did_nothing_yields_no_claim():
    """Of 12 counties without an effect at most two are called clear, of 12 with one at least eight."""
    none = [trial_of(county(60, networks=5, introduced=0.0, seed=s).network(), how_many=20)[0].effect.p for s in range(12)]
    assert sum(p < 0.05 for p in none) <= 2
    some = [trial_of(county(60, networks=5, introduced=2.0, seed=s).network(), how_many=20)[0].effect.p for s in range(12)]
    assert sum(p < 0.05 for p in some) >= 8


def test_few_pairs_without_a_clear_difference_say_nothing():
    """Of twelve pairs of the estuary chance alone gives half either way."""
    found = asked(netmap.read(DATA / "estuary"))
    assert found.headline.endswith("That is no clear difference.")
    assert found.certainty == "cannot say"
    assert "each that could have been drawn counts as equally likely" in found.care


def test_what_is_missing_is_said(tmp_path):
    head = "round,a,b,eligible,assigned,met,tie_after\n"
    none = asked(read(tmp_path, partnerships="source,target\nAsh Council,Birch Trust\n"))
    assert isinstance(none, Locked)
    assert "Nobody was drawn to meet" in none.why
    one_sided = asked(read(tmp_path, introductions=head + "1,Ash Council,Birch Trust,yes,yes,yes,yes\n"))
    assert isinstance(one_sided, Locked)
    assert "Ask everybody about everybody alike" in one_sided.why


def people_trial(folder, after):
    """Twelve people in two rounds; `after` says of a drawn and of another pair whether they had a tie."""
    from netmap.measures.rounds import Design, Leg

    members = tuple(f"p{i:02d}" for i in range(12))
    design = Design((Leg(1, 2, members, 5),))
    drawn = set(zip(design.table()["a"], design.table()["b"], strict=True))
    rows = [f"2,{a},{b},yes,{'yes' if (a, b) in drawn else 'no'},,{after((a, b) in drawn, i)}" for i, (a, b) in enumerate(design.pairs)]
    return read(
        folder,
        people="person_id,consent\n" + "\n".join(f"{m},none" for m in members) + "\n",
        introductions="round,a,b,eligible,assigned,met,tie_after\n" + "\n".join(rows) + "\n",
        rounds=f"first,last,seed,across,by,odd,private,members\n1,2,5,0,,sit_out,no,{'; '.join(members)}\n",
    )


def test_people_are_counted_and_never_named(tmp_path):
    network = people_trial(tmp_path, lambda drawn, i: "yes" if drawn and i % 3 else "no")
    found = asked(network)
    assert found.certainty != "cannot say"
    said = resolve(" ".join([found.headline, found.care, found.next_step, found.why_certain, str(found.table)]), str)
    assert not [m for m in network.people["person_id"] if m in said]
    assert found.nodes == ()
    # No pair but those drawn had a tie: to the public that would tell of each pair what it said.
    assert found.audience == "coordinator"
    analysis = netmap.analyse(network, audience="public", effort="quick")
    assert "F9" not in {f.id for f in analysis.findings}


def test_pairs_changed_by_hand_are_told_and_the_draw_is_compared(tmp_path):
    network = people_trial(tmp_path, lambda drawn, i: "yes" if i % 2 else "no")
    before = trial_of(network)[0]
    file = tmp_path / "introductions.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(lines) if ",yes,yes,," in line)
    other = next(i for i, line in enumerate(lines) if ",yes,no,," in line)
    lines[first] = lines[first].replace(",yes,yes,,", ",yes,no,,")
    lines[other] = lines[other].replace(",yes,no,,", ",yes,yes,,")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    after = trial_of(netmap.read(tmp_path))[0]
    assert (before.changed, after.changed) == (0, 2)
    assert repr(after.effect) == repr(before.effect)


def test_an_event_is_set_beside_as_many_others_alike(tmp_path):
    """Six came and every pair of them is tied since; nobody else is."""
    names = [f"Body {c}" for c in "abcdefghijklmnop"]
    came = names[:6]
    ties = [f"{a},{b},2025" for i, a in enumerate(came) for b in came[i + 1 :]] + [f"{a},{b},2020" for a, b in pairwise(names[12:])]
    found = asked(read(
        tmp_path,
        partnerships="source,target,start\n" + "\n".join([*ties, *(f"{n},," for n in names)]) + "\n",
        memberships="member,group,group_type,start\n" + "\n".join(f"{m},Open day,event,2024" for m in came) + "\n",
    ))  # fmt: skip
    assert found.headline.startswith("Of 15 pairs of organisations at Open day without a tie before, 15 began one since")
    assert found.chance.p < 0.01
    assert found.certainty == "likely"
    assert "at most likely" in found.why_certain
