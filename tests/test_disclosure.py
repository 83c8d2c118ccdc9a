"""What an audience may not see is in none of the files."""

import io

import pytest

import netmap
from netmap.disclosure import OTHERS, SMALLEST
from netmap.errors import UsageError
from netmap.exporters import render_all
from tests.exporters.unpacked import said_in

PEOPLE = [f"Ann Smith{chr(97 + i)}" for i in range(13)]


def people_network(consent=None):
    """Thirteen people in three organisations of six, five and two, tied in a ring with one chord a piece."""
    where = ["Alpha"] * 6 + ["Beta"] * 5 + ["Gamma"] * 2
    listed = "person_id,name,organisation" + (",consent" if consent else "") + "\n"
    for i, (name, own) in enumerate(zip(PEOPLE, where, strict=True)):
        listed += f"p{i:02d},{name},{own}" + (f",{consent[i]}" if consent else "") + "\n"
    ties = "source,target\n" + "".join(
        f"p{i:02d},p{(i + step) % 13:02d}\n" for i in range(13) for step in (1, 4)
    )
    buffers = [io.StringIO(listed), io.StringIO(ties)]
    buffers[0].name, buffers[1].name = "people.csv", "ties.csv"
    return netmap.read(buffers)


def text_of(analysis, *names):
    files = render_all(analysis)
    return {name: said_in(name, held) for name, held in files.items() if not names or name in names}


def test_people_without_consent_appear_in_groups_of_five_or_more_only():
    analysis = netmap.analyse(people_network(), effort="quick")
    assert analysis.node_word == "group"
    assert set(analysis.nodes["name"]) == {"Alpha", OTHERS}
    assert (analysis.nodes["members"] >= SMALLEST).all()
    assert analysis.nodes["members"].sum() == 13
    assert not len(analysis.people)
    for name, text in text_of(analysis).items():
        assert "Ann Smith" not in text, name
        assert "p07" not in text, name


def test_with_named_consent_everyone_appears():
    analysis = netmap.analyse(people_network(), effort="quick", consent="named")
    assert analysis.node_word == "person"
    assert set(analysis.nodes["name"]) == set(PEOPLE)
    assert "Ann Smitha" in text_of(analysis)["people.csv"]


def test_pseudonyms_hide_names_and_ids_everywhere():
    analysis = netmap.analyse(people_network(), effort="quick", consent="pseudonym")
    assert sorted(analysis.nodes["id"]) == [f"P{i:03d}" for i in range(1, 14)]
    for name, text in text_of(analysis).items():
        assert "Ann Smith" not in text, name
        assert "p07" not in text, name


def test_the_public_sees_groups_whatever_the_consent():
    analysis = netmap.analyse(people_network(), effort="quick", consent="named", audience="public")
    assert analysis.node_word == "group"
    assert all("Ann Smith" not in text for text in text_of(analysis).values())


def test_a_consent_column_is_never_overruled():
    own = ["named"] * 12 + ["none"]
    analysis = netmap.analyse(people_network(own), effort="quick", consent="named")
    assert analysis.node_word == "group"
    assert "Ann Smithm" not in "".join(text_of(analysis).values())
    assert set(analysis.people["name"]) == set(PEOPLE[:12])


def test_a_key_keeps_pseudonyms_across_waves(tmp_path):
    key = tmp_path / "key.json"
    first = netmap.analyse(people_network(), effort="quick", consent="pseudonym", pseudonym_key=key)
    again = people_network(["pseudonym"] * 13)
    second = netmap.analyse(again, effort="quick", pseudonym_key=key)
    assert list(first.people["id"]) == list(second.people["id"])
    one = dict(zip(first.people["organisation"], first.people["id"], strict=False))
    assert one == dict(zip(second.people["organisation"], second.people["id"], strict=False))
    assert b"P001" not in key.read_bytes()


def test_a_file_that_is_no_key_is_refused(tmp_path):
    key = tmp_path / "key.json"
    key.write_text("[]")
    with pytest.raises(UsageError, match="no pseudonym key"):
        netmap.analyse(people_network(), effort="quick", pseudonym_key=key)


ORGANISATIONS = (
    "org_id,name,type,publish\nhub,The Hub,council,no\nold,Old Guard,citizen_group,\n"
    + "".join(f"o{i},Body {i},council,\n" for i in range(6))
)
TIES = "source,target,kind,confidential\n" + "".join(f"hub,o{i},meeting,\n" for i in range(6)) + "o0,o1,meeting,yes\nold,o2,meeting,\n"


def organisations_network():
    buffers = [io.StringIO(ORGANISATIONS), io.StringIO(TIES)]
    buffers[0].name, buffers[1].name = "organisations.csv", "partnerships.csv"
    return netmap.read(buffers)


@pytest.mark.parametrize("audience", ["public", "coordinator", "research"])
def test_bodies_that_ask_not_to_be_published_are_nowhere(audience):
    """Also not in a sentence, though the whole network hangs on one of them; small informal groups count so too."""
    analysis = netmap.analyse(organisations_network(), effort="quick", audience=audience)
    for name, text in text_of(analysis).items():
        assert "The Hub" not in text, name
        assert "Old Guard" not in text, name
    assert "hub" not in set(analysis.nodes["id"]) | set(analysis.ties["source"]) | set(analysis.ties["target"])
    counts = dict(zip(analysis.suppressed["what"], analysis.suppressed["count"], strict=True))
    assert counts["organisations"] == 2
    assert "one organisation" in analysis.finding("F1").headline


def test_confidential_ties_are_for_research_only():
    pairs = {}
    for audience in ("public", "coordinator", "research"):
        analysis = netmap.analyse(organisations_network(), effort="quick", audience=audience)
        pairs[audience] = set(zip(analysis.ties["source"], analysis.ties["target"], strict=True))
        left = dict(zip(analysis.suppressed["what"], analysis.suppressed["count"], strict=True))
        assert ("confidential ties" in left) == (audience != "research")
    assert ("o0", "o1") in pairs["research"]
    assert ("o0", "o1") not in pairs["public"] | pairs["coordinator"]


def test_trust_and_values_of_people_are_exported_nowhere():
    values = "entity,item,rating\n" + "".join(f"p{i:02d},{item},{1 + i % 5}\n" for i in range(13) for item in "abc")
    ties = "person,colleague,trust\n" + "".join(f"p{i:02d},p{(i + 1) % 13:02d},3\n" for i in range(13))
    buffers = [io.StringIO(values), io.StringIO(ties)]
    buffers[0].name, buffers[1].name = "values.csv", "ties.csv"
    network = netmap.read(buffers, map_columns={"person": "source", "colleague": "target"}, nodes="people")
    analysis = netmap.analyse(network, effort="quick", consent="named")
    assert "F4" in {k.id for k in analysis.locked}
    assert "alignment" not in analysis.ties
    assert not any("trust" in c for c in analysis.ties)


def test_disclosed_analyses_keep_nothing_back_in_memory():
    analysis = netmap.analyse(people_network(), effort="quick")
    assert not analysis.extra
    assert analysis.problems == ()
