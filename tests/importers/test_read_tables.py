"""Files of every form become tables, with each guess said and every row accounted for."""

import io
import random
import re

import pytest

import netmap
from netmap.errors import DataError, UsageError
from netmap.importers import templates
from tests.shared import shared_data


def read(text, name="data.csv", **options):
    return netmap.read(named(text, name), **options)


def named(text, name):
    buffer = io.StringIO(text)
    buffer.name = name
    return buffer


def outcomes(network):
    return network.ledger["outcome"].value_counts().to_dict()


def test_level_0_two_columns():
    network = read("organisation,partner\nDevon,Torbay\nDEVON,Exeter\nCornwall,\nDevon,Torbay\nExeter,Exeter\n,\n")
    assert sorted(network.organisations["org_id"]) == ["Cornwall", "Devon", "Exeter", "Torbay"]
    assert network.view().m == 2
    assert outcomes(network) == {"used": 3, "merged": 1, "set aside": 1}
    assert dict(zip(network.ledger["line"], network.ledger["reason"], strict=True))[6] == "a tie of one with itself"


def test_a_heading_decides_over_names_that_look_like_peoples():
    """Age Concern, Red Cross and Shelter Cymru look like a given name and a surname."""
    rows = "organisation,partner\nAge Concern,Citizens Advice\nCitizens Advice,Red Cross\nRed Cross,Shelter Cymru\n"
    network = read(rows)
    assert network.nodes_are == "organisations"
    assert network.tables.nodes_why == 'the heading "organisation" says so'
    assert read(rows.replace("organisation,partner", "from,to")).nodes_are == "people"


def test_a_tie_without_its_first_name_is_a_problem():
    network = read("organisation,partner\nAsh Council,Birch Trust\n,Cedar Library\nElm Library,\n")
    found = [p for p in network.problems if p.code == "half-a-tie"]
    assert len(found) == 1
    assert re.fullmatch(r"In 1 row \(.*, row 3\) the first name of a tie is missing: no tie was made.", found[0].what)
    assert network.view().m == 1


def test_intensity_above_the_ladder_is_left_out_unless_the_scale_is_named():
    rows = "organisation,partner,intensity,intensity_scale\nAsh Council,Birch Trust,7,{}\n"
    network = read(rows.format(""))
    assert [p.code for p in network.problems if p.column == "intensity"] == ["out-of-range"]
    assert network.partnerships["intensity"].isna().all()
    assert read(rows.format("custom")).partnerships["intensity"].tolist() == [7]


def test_level_1_columns_of_ties_and_ends():
    network = read(
        "organisation,partner,kind,intensity,mandate,hardwired,trust,network,organisation.sector,partner.type,organisation.values\n"
        "A,B,learning,2,voluntary,0,3,Schools; Health,public,council,openness;care\n"
        "C,,,,,,,,voluntary,,thrift\n"
    )
    tie = network.partnerships.iloc[0]
    assert (tie["kind"], tie["intensity"], tie["hardwired"], tie["trust_reliability"]) == ("learning", 2, 0, 3)
    assert set(zip(network.memberships["member"], network.memberships["group"], strict=True)) == {
        (m, g) for m in "AB" for g in ("Schools", "Health")
    }  # fmt: skip
    known = network.organisations.set_index("org_id")
    assert known.loc["A", "sector"] == "public"
    assert known.loc["B", "type"] == "council"
    assert set(zip(network.values["entity"], network.values["item"], strict=True)) == {("A", "openness"), ("A", "care"), ("C", "thrift")}
    assert outcomes(network) == {"used": 2}


def test_level_2_one_file_with_everything():
    network = read(
        "record,id,name,type,source,target,kind,intensity,member,group,entity,item,rating,capability,status\n"
        "organisation,dcc,Devon County Council,council,,,,,,,,,,,\n"
        "partnership,,,,dcc,wberks,learning,2,,,,,,,\n"
        "membership,,,,,,,,dcc,lgd,,,,,\n"
        "value,,,,,,,,,,dcc,openness,4,,\n"
        "capability,,,,,,,,,,dcc,,,commissioning,has\n"
        "wish,,,,,,,,,,,,,,\n"
    )
    assert dict(zip(network.organisations["org_id"], network.organisations["name"], strict=True)) == {
        "dcc": "Devon County Council", "wberks": "wberks"
    }  # fmt: skip
    assert (len(network.partnerships), len(network.memberships), len(network.values), len(network.capabilities)) == (1, 1, 1, 1)
    assert network.organisations.set_index("org_id").loc["dcc", "status"] == "active"
    assert outcomes(network) == {"used": 5, "set aside": 1}


def test_ends_are_matched_by_id_name_and_alias_but_never_by_likeness():
    network = netmap.read([
        named("org_id,name,aliases\ndcc,Devon County Council,Devon CC; Devon\next,Exeter,\n", "organisations.csv"),
        named("source,target\nDevon cc,exeter\nDevon County Council,Torbay\nDevon County Councl,Exeter\n", "ties.csv"),
    ])  # fmt: skip
    assert set(network.partnerships["source"]) == {"dcc", "Devon County Councl"}
    assert set(network.partnerships["target"]) == {"ext", "Torbay"}
    likely = [p.what for p in network.problems if p.code == "likely-duplicate"]
    assert len(likely) == 1
    assert "Councl" in likely[0]


def test_approved_names_are_merged(tmp_path):
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("name,means\nDevon County Councl,Devon County Council\n", encoding="utf-8")
    network = read("organisation,partner\nDevon County Councl,A\nDevon County Council,B\n", aliases=aliases)
    assert sorted(network.organisations["org_id"]) == ["A", "B", "Devon County Council"]


def test_people_and_organisations_are_joined_by_people():
    network = read("person,organisation\nAnn,Red\nAnn,Blue\nBob,Red\n")
    assert network.shape == "interlock"
    assert list(network.view().ids) == ["Blue", "Red"]
    assert set(network.memberships["member_type"]) == {"person"}


def test_two_kinds_of_thing_are_members_and_groups():
    network = read("local-authority,forum\nKent,East\nSussex,East\n")
    assert network.shape == "two-mode"
    assert network.view().m == 2
    assert len(network.partnerships) == 0


def test_a_square_of_equal_names_is_a_matrix():
    network = read(",A,B,C\nA,0,2,0\nB,2,0,1\nC,0,0,0\n")
    view = network.view()
    assert (view.n, view.m) == (3, 2)


def test_several_partners_in_one_cell():
    assert read("From,To\nA,B|C\n").view().m == 2


def test_a_list_alone_says_that_ties_are_needed():
    network = read("id,name,type\na,Alpha,council\nb,Beta,school\n", "organisations.csv")
    assert network.shape == "list"
    assert any("add who works with whom" in s for s in netmap.analyse(network, effort="quick").taken_as)


def test_small_whole_numbers_are_pointed_out_and_used_when_told():
    text = "source,target,collab\nA,B,1\nB,C,4\nC,D,2\n"
    quiet, told = read(text), read(text, map_columns={"collab": "intensity"})
    assert any("--map-columns collab=intensity" in s for s in quiet.assumptions)
    assert quiet.view().strength.tolist() == [1, 1, 1]
    assert told.view().strength.tolist() == [1, 4, 2]


def test_wide_numbers_are_values_only_when_told():
    lists = "id,Openness,Care,Thrift\na,1,2,3\nb,3,1,1\nc,2,2,2\n"
    ties = "source,target\na,b\nb,c\n"
    quiet = netmap.read([named(lists, "organisations.csv"), named(ties, "ties.csv")])
    assert len(quiet.values) == 0
    assert any(p.code == "possible-values" for p in quiet.problems)
    told = netmap.read([named(lists, "organisations.csv"), named(ties, "ties.csv")],
                       map_columns={h: f"values:{h}" for h in ("Openness", "Care", "Thrift")})  # fmt: skip
    assert len(told.values) == 9


def test_unknown_headings_are_an_error_that_helps():
    with pytest.raises(DataError) as caught:
        read("organisaton,parner\nA,B\nA,C\nA,B\n")
    (problem,) = caught.value.problems
    assert '"organisaton"' in problem.what
    assert "organisation" in problem.what
    assert "--map-columns" in problem.fix


def test_all_problems_of_all_files_come_at_once():
    with pytest.raises(DataError) as caught:
        netmap.read([named("", "one.csv"), named("colour,size\nred,1\nred,2\nred,3\n", "two.csv")])
    assert {p.file for p in caught.value.problems} == {"one.csv", "two.csv"}


def test_map_columns_says_what_a_heading_means_and_names_the_nearest():
    network = read("Lead body,Works with\nA,B\n", map_columns={"Lead body": "organisation", "works with": "partner"})
    assert network.view().m == 1
    with pytest.raises(UsageError, match="Did you mean Lead body"):
        read("Lead body,Works with\nA,B\n", map_columns={"Lead bdy": "organisation"})
    with pytest.raises(UsageError, match="Did you mean"):
        read("Lead body,Works with\nA,B\n", map_columns={"Lead body": "organisatio"})


def test_people_are_told_by_headings_names_and_tables():
    assert read("person,colleague\n1,2\n2,3\n", map_columns={"person": "source", "colleague": "target"}).nodes_are == "people"
    assert read("source,target\nAnn Lee,Bob Ray\nSmith, J.,Dr Ho\n".replace("Smith, J.", '"Smith, J."')).nodes_are == "people"
    assert read("source,target\nM01,M02\nM02,M03\n").nodes_are == "organisations"
    assert read("source,target\nAnn Lee,Bob Ray\n", nodes="organisations").nodes_are == "organisations"


def test_conflicts_are_settled_by_the_commonest_and_told():
    network = read("organisation,partner,organisation.place\nA,B,Exeter\nA,C,Exeter\nA,D,Truro\n")
    assert network.organisations.set_index("org_id").loc["A", "place"] == "Exeter"
    assert [p.column for p in network.problems if p.code == "conflicting-cells"] == ["place"]


@pytest.mark.parametrize("seed", range(5))
def test_order_of_rows_changes_nothing_but_the_ledger(seed):
    rows = ["A,B,learning,2,x", "a,C,funding,3,y", "B,A,learning,4,x", "C,D,,,", "D,,,,z", "A,B,learning,2,x", "E,E,,,"]
    head = "organisation,partner,kind,strength,organisation.place\n"
    one = read(head + "\n".join(rows))
    random.Random(seed).shuffle(rows)
    two = read(head + "\n".join(rows))
    for name, frame in one.tables.frames.items():
        assert frame.equals(two.tables.frames[name]), name
    assert outcomes(one) == outcomes(two)


def test_templates_are_read_back(tmp_path):
    for name, text in templates().items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    network = netmap.read(tmp_path)
    assert set(network.organisations["org_id"]) == {"nbc", "hcw"}
    assert network.view().m == 1
    assert not [p for p in network.problems if p.severity != "note"]


def test_a_result_of_netmap_is_not_read_as_data(tmp_path):
    netmap.analyse(read("organisation,partner\nA,B\n"), effort="quick").write(tmp_path / "out")
    with pytest.raises(UsageError, match="result of netmap"):
        netmap.read(tmp_path / "out")


def test_a_survey_roster_is_read_with_who_answered():
    """A column for each body on the list: an answer that is not "never" is a tie, reported by who gave it."""
    network = read(
        "Your organisation,How often do you work with? [Devon],How often do you work with? [Torbay],How often do you work with? [Exeter]\n"
        "Devon,,weekly,never\nTorbay,monthly,,No\n"
    )
    ties = network.partnerships
    assert sorted(zip(ties["source"], ties["target"], strict=True)) == [("Devon", "Torbay"), ("Torbay", "Devon")]
    assert sorted(network.organisations["org_id"]) == ["Devon", "Exeter", "Torbay"]
    told = dict(zip(network.organisations["org_id"], network.organisations["responded"], strict=True))
    assert told["Devon"] and told["Torbay"] and not told["Exeter"]


@pytest.mark.parametrize(
    ("path", "organisations", "ties", "memberships"),
    [
        ("interorg/360giving/lloyds_bank_foundation_grants.csv", 3625, 3624, 0),
        ("interorg/cordis/h2020_organizations_2023-06-12.csv", 1819, 0, 2719),
        ("tool_formats/survey_roster_wide.csv", 30, 342, 0),
        ("tool_formats/adjacency_matrix.csv", 30, 342, 0),
    ],
)
def test_published_layouts_are_known_by_their_headings(path, organisations, ties, memberships):
    network = netmap.read(shared_data(path))
    assert len(network.organisations) == organisations
    assert len(network.partnerships[network.partnerships["target"] != ""].dropna(subset=["target"])) == ties
    assert len(network.memberships) == memberships


def test_every_row_that_needs_attention_is_named():
    """Ties of one with itself, repeated rows and half ties are told with their rows; columns of an unsure use are hinted at."""
    rows = ["Organisation,Partner,Statutory?", "Ash,Birch,Yes", "Ash,Ash,No", "Ash,Birch,Yes", ",Birch,No"]
    network = read("\n".join(rows) + "\n")
    told = {p.code: p.what for p in network.problems}
    assert re.search(r"set aside: Ash \(.*, row 3\)\.$", told["self-tie"])
    assert re.search(r"\(.*, row 4\) repeats another", told["duplicates"])
    assert any('"Statutory?" may be what netmap calls mandate' in line for line in network.assumptions)


def test_rows_read_are_those_of_the_ledger():
    network = read("A register,,\n\nOrganisation,Partner,Hours\nAsh,Birch,3\nBirch,Cedar,4\nTotal,,7\n")
    assert network.tables.sources[0].rows == len(network.ledger)
