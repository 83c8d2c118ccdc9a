"""F13: needs met near by, with and without the council, who took part in decisions, and who is not named."""

import io
from pathlib import Path

import pandas as pd

import netmap
from netmap.finding import Finding, Locked
from netmap.questions.connecting import answer
from netmap.study import Settings, Study

DATA = Path(__file__).resolve().parents[2] / "data"
TIES = "source,target,kind,frequency\nhall,trust,partnership,\nhall,club,partnership,\nclub,bank,partnership,\n"


def read(**tables):
    buffers = []
    for name, text in tables.items():
        buffer = io.StringIO(text)
        buffer.name = f"{name}.csv"
        buffers.append(buffer)
    return netmap.read(buffers)


def asked(**tables):
    return answer(Study(read(**tables), Settings(effort="quick")))


ORGS = "org_id,type\nhall,council\ntrust,voluntary\nclub,citizen_group\nbank,voluntary\n"
ABLE = "entity,capability,status\nclub,food,has\nbank,advice,has\ntrust,lifts,could_have\nhall,keys,has\n"
NEEDS = "need_id,holder,capability,type,people_n\n1,trust,food,need,9\n2,trust,advice,need,1\n3,bank,food,need,2\n"


def test_the_words_say_the_share_with_and_without_the_council():
    found = asked(partnerships=TIES, organisations=ORGS, capabilities=ABLE, needs=NEEDS)
    assert isinstance(found, Finding)
    assert found.headline.startswith("Of 3 needs (for 12 people), 92% have somebody able within two trusted steps; without the council 17%.")
    assert "For 1 need nobody near is recorded as able." in found.headline
    assert found.evidence["share_near"] == 11 / 12
    assert found.certainty in ("likely", "fragile", "cannot say")
    assert "unpaid time is not free" in found.care
    assert found.next_step.startswith("Try 2 introductions before a service is offered")


def test_decisions_alone_are_an_answer():
    decisions = "decision_id,body,participants\n1,hall,trust; club\n2,hall,trust\n3,hall,\n"
    found = asked(partnerships=TIES, organisations=ORGS, decisions=decisions)
    assert found.headline == "Citizens took part in 1 of 3 decisions; who took part in 1 is not recorded."
    assert found.audience == "public"


def test_demand_with_counts_comes_back_and_without_is_refused():
    more = TIES + "hall,trust,demand,{}\ntrust,hall,demand,30\n"
    found = asked(partnerships=more.format(40), organisations=ORGS, capabilities=ABLE, needs=NEEDS)
    assert "At least 30 cases a year come back along 1 loop of services" in found.headline
    guessed = asked(partnerships=more.format(""), organisations=ORGS, capabilities=ABLE, needs=NEEDS)
    assert "come back" not in guessed.headline
    assert "guesses are refused" in guessed.why_certain


def test_neither_needs_nor_decisions_locks_it():
    found = asked(partnerships=TIES)
    assert isinstance(found, Locked)
    assert "needs: holder, capability" in found.needs


def test_the_countys_planted_need_is_found_unmet_and_the_others_near():
    truth = pd.read_csv(DATA / "county-truth.csv", dtype=str).set_index("fact")
    names = pd.read_csv(DATA / "county" / "organisations.csv", dtype=str).set_index("org_id")["name"]
    found = netmap.analyse(netmap.read(DATA / "county"), effort="quick").finding("F13")
    what, holder = truth.loc["unmet_need", "subject"].split(" | ")
    first = found.table[0]
    assert (first["what"], first["of"], first["able near"]) == (what, names[holder], 0)
    assert "For 1 need nobody near is recorded as able." in found.headline
    assert found.evidence["needs"] == int(truth.loc["needs_near", "value"]) + 1
    z, n = truth.loc["decisions_with_citizens", "value"], truth.loc["decisions", "value"]
    assert f"Citizens took part in {z} of {n} decisions." in found.headline


def test_the_public_sees_no_holder():
    shown = netmap.analyse(netmap.read(DATA / "county"), effort="quick", audience="public")
    assert "F13" not in [f.id for f in shown.findings]
