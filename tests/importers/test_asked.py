"""Tables of what was asked, needed, decided and arranged: every mistake is told with its row, column, cell and remedy."""

import pytest

import netmap

LIST = "org_id,name\nash,Ash Council\nbir,Birch Trust\nced,Cedar Library\n"
PAIRS = "round,a,b,eligible,assigned,met,tie_after,usefulness\n"


@pytest.fixture
def problems(tmp_path):
    """Read one table beside a list of three organisations; return its warnings by code."""

    def read(name, text):
        (tmp_path / "organisations.csv").write_text(LIST, encoding="utf-8")
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        network = netmap.read(tmp_path)
        return network, {p.code: p for p in network.problems if p.severity == "warning"}

    return read


@pytest.mark.parametrize(
    ("table", "text", "code", "line", "column", "value", "fix"),
    [
        ("introductions", PAIRS + "1,ash,bir,,yes,,,\n1,ash,,,,,,\n", "half-a-row", 3, "b", "", "Fill in b"),
        ("introductions", PAIRS + "1,ash,birc,,yes,,,\n", "unknown-name", 2, "b", "birc", "Did you mean 'bir'?"),
        ("introductions", PAIRS + "1,ash,bir,,yes,,,\n1,bir,Ash,,yes,,,\n", "pair-twice", 3, "b", "Ash", "Keep one"),
        ("introductions", PAIRS + "1,ash,ash,,yes,,,\n", "self-pair", 2, "b", "ash", "two different"),
        ("introductions", PAIRS + "1,ash,bir,no,yes,,,\n", "contradiction", 2, "eligible", "no", "Write yes in eligible"),
        ("introductions", PAIRS + "1,ash,bir,,yes,the second of May,,\n", "bad-yes-no", 2, "met", "the second of May", "Write yes, no"),
        ("introductions", PAIRS + "1,ash,bir,,yes,yes,yes,9\n", "out-of-range", 2, "usefulness", "9", "Correct it"),
        ("needs", "need_id,holder,capability\nn1,elm,transport\n", "unknown-name", 2, "holder", "elm", "add it to the list"),
        ("needs", "need_id,holder,people_n\nn1,ash,many\nn2,bir,3\nn3,ced,4\nn4,ced,5\n", "bad-number", 2, "people_n", "many", "Write a number"),
        ("decisions", "decision_id,holder,participants\nd1,ash,bir; birc\n", "unknown-name", 2, "participants", "bir; birc", "Did you mean"),
        ("ratings", "rater,target,item,score\nash,bir,keeps its word,7\n", "out-of-range", 2, "score", "7", "scale_max"),
        ("ratings", "rater,target,item,score,scale_min,scale_max\nash,bir,x,3,5,1\n", "bad-scale", 2, "scale_max", "1", "lowest and highest"),
        ("responses", "entity,invited,responded\nash,no,yes\n", "contradiction", 2, "invited", "no", "Write yes in invited"),
        ("responses", "entity,responded,date\nash,yes,in spring\nbir,yes,2025\nced,yes,2025-03\n", "bad-date", 2, "date", "in spring", "YYYY-MM"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_remedy(problems, table, text, code, line, column, value, fix):
    _, found = problems(table, text)
    assert list(found) == [code]
    problem = found[code]
    assert (problem.file, problem.line, problem.column, problem.value) == (f"{table}.csv", line, column, value)
    assert fix in problem.fix


def test_right_tables_have_no_problem(problems):
    network, found = problems("introductions", PAIRS + "1,Ash Council,bir,yes,yes,yes,no,4\n2,ced,ash,yes,no,,,\n")
    assert not found
    assert network.introductions[["a", "b"]].to_numpy().tolist() == [["ash", "bir"], ["ash", "ced"]]
    assert network.introductions["met"].tolist()[0] is True


def test_without_a_list_nobody_is_unknown(tmp_path):
    file = tmp_path / "introductions.csv"
    file.write_text(PAIRS + "1,ash,bir,,yes,,,\n", encoding="utf-8")
    assert not [p for p in netmap.read(file).problems if p.code == "unknown-name"]


def test_many_mistakes_of_a_kind_are_told_once_they_are_ten(problems):
    rows = "".join(f"{r},ash,nobody{r},,yes,,,\n" for r in range(1, 21))
    network, _ = problems("introductions", PAIRS + rows)
    told = [p for p in network.problems if p.code == "unknown-name"]
    assert len(told) == 11
    assert told[-1].what.startswith("10 more rows of the introductions")


def test_a_pair_of_one_is_set_aside_and_a_pair_is_the_same_either_way_round(problems):
    network, _ = problems("introductions", PAIRS + "1,bir,ash,,yes,,,\n1,ash,bir,,yes,yes,,\n2,ash,Ash Council,,yes,,,\n")
    assert network.introductions[["round", "a", "b", "met"]].to_numpy().tolist() == [["1", "ash", "bir", True]]
    assert network.ledger["outcome"].tolist()[:3] == ["used", "merged", "set aside"]


def test_the_rounds_table_is_read_with_its_members(problems):
    network, found = problems("rounds", "first,last,seed,across,by,odd,private,members\n1,3,0,2,sector,trio,no,Ash Council; bir; ced\n")
    assert not found
    row = network.rounds.iloc[0]
    assert (row["first"], row["last"], row["seed"], row["across"], row["members"]) == (1, 3, 0, 2, ("ash", "bir", "ced"))
