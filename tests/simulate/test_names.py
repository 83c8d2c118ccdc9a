"""Made-up names are different from each other and belong to nobody."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.simulate.draws import stream
from netmap.simulate.names import misspelt, network_names, organisation_names, place_names


def test_place_names_do_not_repeat_even_beyond_the_plain_ones():
    """Two thousand places have two thousand names, in both languages."""
    names = place_names(stream(1, "names"), 2000)
    assert len(set(names)) == 2000
    assert any(name.startswith("Llan") for name in names[:60])
    assert any(name.endswith("mere") for name in names[:120])


def test_organisations_of_one_type_in_one_place_still_differ():
    """Forty councils in one place have forty names; the sixth starts to be numbered."""
    names = organisation_names(stream(1, "names"), ["council"] * 40, ["Nowhere"], np.zeros(40, dtype=np.int64))
    assert len(set(names)) == 40
    assert "Cyngor Nowhere" in names
    assert any(name.endswith(" 2") for name in names)


def test_networks_beyond_the_themes_take_a_place():
    """Fifty networks over three places have fifty names."""
    assert len(set(network_names(stream(1, "names"), ["A", "B", "C"], 50))) == 50


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abcdeé FGô'-", min_size=1, max_size=20), st.floats(0, 0.999))
def test_a_misspelt_name_is_never_a_known_one(name, draw):
    """Whatever the name, the slip differs from it and from every name taken."""
    first = misspelt(name, draw, {name})
    second = misspelt(name, draw, {name, first})
    assert len({name, first, second}) == 3
