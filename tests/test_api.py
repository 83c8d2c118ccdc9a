"""The library's two steps, and how the main objects show themselves."""

import io

import pytest

import netmap
from netmap.errors import DataError, OutputError, UsageError

TIES = "organisation,partner\nA,B\nB,C\nC,D\nE,\n"


@pytest.fixture(scope="module")
def network():
    return netmap.read(io.StringIO(TIES))


@pytest.fixture(scope="module")
def analysis(network):
    return netmap.analyse(network, effort="quick")


def test_names_are_found_lazily_and_a_wrong_one_is_an_attribute_error():
    assert set(netmap.__all__) <= set(dir(netmap))
    with pytest.raises(AttributeError, match="nonsense"):
        netmap.nonsense  # noqa: B018


def test_main_objects_show_themselves(network, analysis):
    for thing in (network, network.view(), analysis, analysis.findings[0]):
        assert " at 0x" not in repr(thing)
        assert thing._repr_html_().startswith("<")
    assert "5 organisations" in repr(network)


def test_a_result_is_written_whole(analysis, tmp_path):
    names = analysis.write(tmp_path / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} == set(names)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError):
        analysis.write(tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_finding_is_found_by_name(analysis):
    assert analysis.finding("f1").id == "F1"
    with pytest.raises(UsageError, match="needs"):
        analysis.finding("F4")
    with pytest.raises(UsageError, match="There are F0"):
        analysis.finding("F99")


@pytest.mark.parametrize("wrong", [{"effort": "huge"}, {"audience": "all"}, {"consent": "yes"}, {"seed": -1}, {"kinds": ["lerning"]}, {"wave": "2"}])
def test_settings_that_do_not_exist_are_refused(network, wrong):
    with pytest.raises(UsageError):
        netmap.analyse(network, **wrong)


def test_data_that_cannot_be_read_list_their_problems():
    with pytest.raises(DataError) as caught:
        netmap.read(io.StringIO("colour,size\nred,2\nblue,3\nred,4\n"))
    assert "organisation and partner" in str(caught.value)


def test_measures_take_the_view_and_a_networkx_graph_alike(network):
    view = network.view()
    assert netmap.measures.betweenness(view).equals(netmap.measures.betweenness(view.to_networkx()))


def test_every_draw_comes_from_the_seed(network):
    one, two = (netmap.analyse(network, effort="quick", seed=s) for s in (0, 0))
    assert [f.why_certain for f in one.findings] == [f.why_certain for f in two.findings]
