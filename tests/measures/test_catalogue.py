"""The catalogue and the names under netmap.measures."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import netmap.measures as measures
from netmap.errors import UsageError
from netmap.measures import _catalogue_positions, _catalogue_structure, catalogue
from tests.measures.saying import says

OWN = (*_catalogue_structure.ENTRIES, *_catalogue_positions.ENTRIES)


@pytest.mark.parametrize("entry", OWN, ids=lambda e: e.name)
def test_every_entry_is_complete_and_its_function_documented(entry):
    """Plain words, reading, caution, reference and range; a docstring with an example and its reference."""
    assert entry.shape in catalogue.SHAPES
    for text in (entry.title, entry.plain, entry.reading, entry.caution, entry.reference, entry.range, entry.family):
        assert text
        assert text == text.strip()
    assert entry.number[0] == "M"
    function = getattr(measures, entry.name)
    doc = inspect.getdoc(function)
    for part in ("Parameters", "Returns", "Examples", "References", ">>>"):
        assert part in doc, part
    for name in entry.needs:
        assert name in inspect.signature(function).parameters


def test_the_names_of_the_public_interface_are_there():
    """Every structural name that users rely on."""
    listed = set(catalogue.names())
    wanted = (
        "density centralisation reciprocity components connectedness global_efficiency local_efficiency core_number "
        "transitivity clustering clustering_barrat clustering_onnela degree strength betweenness edge_betweenness "
        "closeness harmonic eigenvector katz pagerank bridge_ties cutpoints local_bridges embeddedness "
        "bridging_centrality constraint effective_size efficiency hierarchy brokerage fragmentation key_players reach "
        "robustness gini effective_number"
    )
    assert set(wanted.split()) <= listed
    assert set(catalogue.names()) == set(measures.__all__)
    assert set(measures.__all__) <= set(dir(measures))


def test_names_are_found_however_they_are_spelled():
    """Case, hyphens, spaces and -ize do not matter."""
    for word in ("edge betweenness", "Edge-Betweenness", "EDGE_BETWEENNESS"):
        assert catalogue.find(word).name == "edge_betweenness"
    assert catalogue.find("centralization").name == "centralisation"


def test_an_unknown_name_brings_the_nearest():
    """In the catalogue and as an attribute."""
    with says(UsageError, "There is no measure 'strenght'. Did you mean strength or strength_core or mean_strength?"):
        catalogue.find("strenght")
    with says(AttributeError, "netmap.measures has no measure 'pageranck'. Did you mean pagerank?"):
        getattr(measures, "pageranck".lower())
    with says(AttributeError, "module 'netmap.measures' has no attribute '_nothing'"):
        getattr(measures, "_nothing".lower())


def test_a_name_twice_is_a_fault(monkeypatch):
    """Two parts may not both claim a name."""
    monkeypatch.setattr(catalogue, "PARTS", ("_catalogue_structure", "_catalogue_structure"))
    with says(ValueError, "density stands in the catalogue twice."):
        catalogue.entries.__wrapped__()


def test_a_part_that_is_not_there_is_passed_over(monkeypatch):
    """The catalogue is what there is."""
    monkeypatch.setattr(catalogue, "PARTS", ("_catalogue_positions", "_catalogue_of_nothing"))
    assert "degree" in catalogue.entries.__wrapped__()


def test_measures_are_loaded_when_asked_for():
    """Importing netmap.measures loads no measure; a name loads its own module."""
    code = (
        "import sys, netmap.measures as m; assert 'netmap.measures.spectral' not in sys.modules; m.pagerank; "
        "assert 'netmap.measures.spectral' in sys.modules; assert 'netmap.measures.brokers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert catalogue.load("degree") is measures.degree
