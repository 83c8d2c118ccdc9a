"""F10, F11 and F12 say what was planted or worked out by hand, keep names back, and are silent where nothing is known."""

import io
from pathlib import Path

import pandas as pd
import pytest

import netmap as nm
from netmap.finding import Locked, resolve
from netmap.questions import carrying, knowing, leading
from netmap.study import Settings, Study

DATA = Path(__file__).resolve().parents[2] / "data"
TRUTH = pd.read_csv(DATA / "county-truth.csv", dtype=str, keep_default_na=False)


def study(nodes="organisations", **tables):
    buffers = []
    for name, text in tables.items():
        buffer = io.StringIO(text)
        buffer.name = f"{name}.csv"
        buffers.append(buffer)
    return Study(nm.read(buffers, nodes=nodes), Settings(effort="quick"))


def lines(head, rows):
    return head + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)


@pytest.fixture(scope="module")
def made_up():
    return Study(nm.read(DATA / "county"), Settings(effort="quick"))


RING = lines("source,target,kind", [(f"o{i:02d}", f"o{(i + 1) % 20:02d}", "partnership") for i in range(20)])


class TestLeading:
    def test_the_leader_planted_in_the_county_gathers_two_in_five(self, made_up):
        """Two in five who name anybody name one: fewer than chance, the share in the evidence, and no name."""
        assert TRUTH.set_index("fact").loc["leader", "subject"] == "o092"
        found = leading.answer(made_up)
        assert found.evidence["share_of_the_most_named"] == pytest.approx(0.4, abs=0.05)
        assert "fewer than names picked at random would give" in found.headline
        assert found.chance.p < 0.01
        assert found.audience == "coordinator"
        assert "\x02" not in found.headline + found.next_step + found.care and found.nodes == ()

    def nominations(self, rows):
        ties = RING + "".join(f"o{a:02d},o{b:02d},leadership\n" for a, b in rows)
        return leading.answer(study(partnerships=ties))

    def test_names_spread_as_chance_has_it_are_not_said_to_gather(self):
        found = self.nominations([(i, (7 * i + 3) % 20) for i in range(20) if i != (7 * i + 3) % 20])
        assert "about as spread as" in found.headline or "more than names" in found.headline

    def test_all_naming_one_is_one(self):
        found = self.nominations([(i, 0) for i in range(1, 12)])
        assert "as evenly as over 1 organisation equally named" in found.headline
        assert found.chance.p < 0.01

    def test_four_who_name_are_too_few(self):
        locked = self.nominations([(i, 0) for i in range(1, 5)])
        assert isinstance(locked, Locked)
        assert locked.needs == ("ties of kind leadership",)

    def test_office_of_people_is_compared_where_enough_stand_at_the_top(self):
        """A hundred people, fifty named once each more the lower they stand: none of the five most named holds a post."""
        people = lines("person_id,authority_level", [(f"p{i:03d}", 0 if i < 50 else 4) for i in range(100)])
        ties = [(f"p{i:03d}", f"p{(i + 1) % 100:03d}", "advice") for i in range(100)]
        ties += [(f"p{50 + i % 50:03d}", f"p{i:03d}", "leadership") for i in range(50)]
        ties += [(f"p{60 + k:03d}", f"p{i:03d}", "leadership") for i in range(5) for k in range(6)]
        found = leading.answer(study("people", people=people, partnerships=lines("source,target,kind", ties)))
        assert "Of the 5 people named most, 0% hold a post with authority of 3 or more (by chance: 50%" in found.headline
        assert found.evidence["share_without_office"] == 1


class TestKnowing:
    skills = lines(
        "entity,capability,status,level,authority_for",
        [("o00", "flood", "has", 4, "no"), ("o01", "flood", "has", 4, "no"), ("o10", "flood", "has", 5, "no"),
         ("o02", "flood", "needs", "", "yes"), ("o05", "food", "has", 3, "yes"), ("o07", "transport", "has", 3, "no")],
    )  # fmt: skip

    def test_by_hand(self):
        """On a ring o02 decides on flood: o00 and o01 are near and o10 is not; five of twenty would be."""
        found = knowing.answer(study(partnerships=RING, capabilities=self.skills))
        assert found.headline.startswith("For flood, 2 of 3 organisations that know it are within two steps of one that decides (25%")
        assert "Over all 2 topics it is 3 of 4." in found.headline
        assert "A table of 3 organisations" in found.headline
        assert found.evidence["topics_nobody_is_recorded_for"] == 1
        assert found.certainty != "cannot say"
        assert resolve(found.next_step, str).endswith("o00, o02 and o05 would do for all.")
        assert "\x02" not in found.unnamed_step

    def test_nobody_who_decides_locks_it(self, made_up):
        assert isinstance(knowing.answer(made_up), Locked)
        locked = knowing.answer(study(partnerships=RING, capabilities=self.skills.replace("yes", "no")))
        assert locked.needs == ("capabilities: entity, capability, level, authority_for",)


class TestCarrying:
    def answer(self, rows, more=""):
        tables = {"memberships": lines("member,group,active", rows)}
        return carrying.answer(study(partnerships=RING + more, **tables))

    def test_by_hand(self):
        """One of ten meets as often as the nine others together: a tenth carries half."""
        found = self.answer([("o00", "g", 18), *[(f"o{i:02d}", "g", 2) for i in range(1, 10)]])
        assert found.headline.startswith("1 member of 10 (10%) accounts for half of the recorded contacts. No member has none")
        assert found.evidence["share_that_accounts_for_half"] == 0.1
        assert found.chance is None
        assert found.certainty != "solid"
        assert found.audience == "coordinator"

    def test_few_are_not_told_apart_and_support_is_counted(self):
        rows = [(f"o{i:02d}", "g", 0 if i < 3 else 4) for i in range(12)]
        found = self.answer(rows, "".join(f"o{i:02d},o{i + 1:02d},support\n" for i in range(0, 10, 2)))
        assert "Fewer than 5 members have none recorded. Of 20 organisations, 10 have no support tie recorded." in found.headline
        assert found.evidence["none_recorded"] is None
        assert found.evidence["without_support_tie"] == 10

    def test_little_coverage_cannot_say(self):
        rows = [(f"o{i:02d}", "g", 4 if i < 10 else "") for i in range(20)]
        found = self.answer(rows)
        assert found.certainty == "cannot say"
        assert "Activity is known of 50% of the memberships; below 60% netmap does not say." in found.why_certain

    def test_yes_is_no_number(self):
        assert isinstance(self.answer([(f"o{i:02d}", "g", "yes") for i in range(20)]), Locked)

    def test_the_county_has_its_counts(self, made_up):
        """Counted from the file with pandas alone."""
        table = pd.read_csv(DATA / "county" / "memberships.csv")
        each = table.groupby("member")["active"].sum().sort_values(ascending=False)
        carriers = int((each.cumsum() < each.sum() / 2).sum()) + 1
        found = carrying.answer(made_up)
        assert found.evidence["members_that_account_for_half"] == carriers
        assert found.evidence["none_recorded"] == int((each == 0).sum())


def test_the_public_hears_none_of_the_three():
    """They are for whoever coordinates, as are F5 and F13; what was kept back is counted."""
    told = nm.analyse(nm.read(DATA / "estuary"), effort="quick", audience="public")
    assert {"F5", "F10", "F11", "F12", "F13"} & {f.id for f in told.findings} == set()
    left = told.suppressed.set_index("what")["count"]
    assert left["findings"] == 5


def test_the_order_of_rows_changes_nothing():
    rows = [(f"o{i:02d}", "g", i) for i in range(12)]
    skills = TestKnowing.skills.splitlines(keepends=True)
    one = study(partnerships=RING, memberships=lines("member,group,active", rows), capabilities="".join(skills))
    two = study(partnerships=RING, memberships=lines("member,group,active", rows[::-1]), capabilities="".join([skills[0], *skills[:0:-1]]))
    assert carrying.answer(one) == carrying.answer(two)
    assert knowing.answer(one) == knowing.answer(two)
