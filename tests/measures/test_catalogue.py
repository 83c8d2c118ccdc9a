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
ALL = tuple(catalogue.entries().values())
SECTIONS = ("Parameters", "Returns", "Examples", "Notes", "References")

# Numbers of the measure catalogue the entries are taken from: M01 to M84, M08 kept for later.
NUMBERS = {f"M{i:02d}" for i in range(1, 85)} - {"M08"}

# Those most easily mistaken for one another.
NUMBERED = {
    "participation": "M23", "within_module_z": "M24", "roles": "M25", "modularity": "M26", "communities": "M27",
    "consensus": "M28", "group_certainty": "M28", "stability": "M29", "significance": "M30", "compare_groupings": "M31", "quotient": "M41",
    "profile_similarity": "M44", "alignment": "M46", "assortativity": "M47", "moran": "M48", "geary": "M48",
    "ei_index": "M51", "hardwired_index": "M59", "quadrants": "M60", "gini": "M63", "tie_stability": "M67",
}  # fmt: skip


@pytest.mark.parametrize("entry", ALL, ids=lambda e: e.name)
def test_every_entry_is_complete(entry):
    """Plain words, reading, caution, reference and range; a known shape and numbers of the catalogue."""
    assert entry.shape in catalogue.SHAPES
    assert set(entry.number.split(", ")) <= NUMBERS
    for text in (entry.title, entry.plain, entry.reading, entry.caution, entry.reference, entry.range, entry.family):
        assert text
        assert text == text.strip()


@pytest.mark.parametrize("entry", ALL, ids=lambda e: e.name)
def test_every_measure_is_documented_in_full(entry):
    """Its docstring has an example, what it costs and its reference, and says "proposed" of netmap's own constructs."""
    doc = inspect.getdoc(getattr(measures, entry.name))
    assert [part for part in SECTIONS if f"\n{part}\n{'-' * len(part)}\n" not in doc] == []
    assert ">>>" in doc
    notes = doc.split("\nNotes\n-----\n")[1].split("\nReferences\n")[0]
    assert "cost" in notes.casefold()
    assert ("proposed" in doc.casefold()) == entry.proposed


def test_numbers_are_those_of_the_measure_catalogue():
    """Names and numbers belong together."""
    assert {name: catalogue.find(name).number for name in NUMBERED} == NUMBERED


def test_no_measure_carries_the_name_of_its_module():
    """Else netmap.measures.NAME would be the module as soon as anything had loaded it."""
    assert [entry.name for entry in ALL if entry.module == f"netmap.measures.{entry.name}"] == []


@pytest.mark.parametrize("entry", OWN, ids=lambda e: e.name)
def test_what_a_structural_measure_needs_is_an_argument(entry):
    """What the catalogue says cannot be left out is an argument of that name."""
    assert set(entry.needs) <= set(inspect.signature(getattr(measures, entry.name)).parameters)


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
