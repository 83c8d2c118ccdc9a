"""Measures of groups and of likeness, layers and levels answer to changes of a network as they must."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap import measures as nm
from netmap.view import View
from tests.property.graphs import networks
from tests.property.test_chance import groups, plain


def number(view: View) -> list[float]:
    """A number that follows from the node's id."""
    return [float((7 * int(view.ids[i])) % 5) for i in view.order]


def wired(view: View) -> dict[tuple[Any, Any], float]:
    """A hard-wired index that follows from the ids of both ends."""
    flat = view.undirected
    ends = [(flat.ids[a], flat.ids[b]) for a, b in zip(flat.source, flat.target, strict=True)]
    return {(a, b): ((int(a) + int(b)) % 3) / 2 for a, b in ends}


def levels(view: View) -> Any:
    home = ["xyz"[g] for g in groups(view)]
    return nm.levels_test(view, nx.path_graph(["x", "y", "z"]), home, draws=19)


FUNCTIONS: dict[str, Callable[[View], Any]] = {
    "participation": lambda v: nm.participation(v, groups(v)),
    "within_module_z": lambda v: nm.within_module_z(v, groups(v)),
    "modularity": lambda v: nm.modularity(v, groups(v)),
    "communities": lambda v: nm.communities(v, starts=2),
    "brokerage": lambda v: nm.brokerage(v, groups(v)),
    "assortativity": lambda v: nm.assortativity(v, groups(v)),
    "assortativity of a number": lambda v: nm.assortativity(v, number(v)),
    "ei_index": lambda v: nm.ei_index(v, groups(v)),
    "mixing_matrix": lambda v: nm.mixing_matrix(v, groups(v)),
    "moran": lambda v: nm.moran(v, number(v)),
    "geary": lambda v: nm.geary(v, number(v)),
    "coleman": lambda v: nm.coleman(v, [str(g) for g in groups(v)]),
    "network_bridges": lambda v: nm.network_bridges(v, groups(v)),
    "organisation_ties": lambda v: nm.organisation_ties(v, groups(v)),
    "layers": lambda v: nm.layers({"a": v, "b": v.with_ties(v.source[::2], v.target[::2])}),
    "layers_test": lambda v: nm.layers_test({"a": v, "b": v.with_ties(v.source[::2], v.target[::2])}, draws=19),
    "backbone": lambda v: nm.backbone(v, wired(v)),
    "backbone_test": lambda v: nm.backbone_test(v, wired(v), draws=19),
    "levels_test": levels,
    "disparity": lambda v: nm.disparity(v, None),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@given(data=st.data(), raw=networks(most=6))
def test_the_order_of_rows_does_not_matter(name, data, raw):
    """Rows in another order, undirected ones the other way round: the same bits."""
    rows = data.draw(st.permutations(raw.rows))
    if not raw.directed:
        rows = [(b, a, w) if data.draw(st.booleans()) else (a, b, w) for a, b, w in rows]
    assert plain(FUNCTIONS[name](replace(raw, rows=tuple(rows)).view())) == plain(FUNCTIONS[name](raw.view()))


@pytest.mark.parametrize("name", FUNCTIONS)
@given(raw=networks(most=6))
def test_loops_and_parallel_ties(name, raw):
    """A loop at every node and every row twice change nothing where ties are counted."""
    assert plain(FUNCTIONS[name](raw.noisy().view())) == plain(FUNCTIONS[name](raw.view()))


@pytest.mark.parametrize("name", FUNCTIONS)
@given(raw=networks(most=6), factor=st.sampled_from([0.5, 2.0, 4.0]))
def test_strengths_on_another_scale(name, raw, factor):
    """Strengths multiplied by one number change nothing where ties are counted."""
    assert plain(FUNCTIONS[name](raw.scaled(factor).view())) == plain(FUNCTIONS[name](raw.view()))


# With a node more that has no tie, and belongs to no group, nothing changes for the others.
APART = ("participation", "modularity", "assortativity", "ei_index", "mixing_matrix", "network_bridges", "organisation_ties")


@pytest.mark.parametrize("name", APART)
@given(raw=networks(most=6))
def test_an_added_node_without_ties_or_group(name, raw):
    function = getattr(nm, name)
    view, other = raw.view(), raw.with_isolate().view()
    labels = groups(view)
    before, after = plain(function(view, labels)), plain(function(other, [*labels, None]))
    if isinstance(after, dict):
        after = {k: v for k, v in after.items() if k != raw.n}
    assert after == before


@pytest.mark.parametrize("name", ["participation", "within_module_z", "modularity", "ei_index", "assortativity", "roles"])
@given(raw=networks(most=6), data=st.data())
def test_what_groups_are_called_does_not_matter(name, raw, data):
    names = data.draw(st.permutations(["k", "b", "z"]))
    view = raw.view()
    # Groups called by numbers would be taken for a quantity by assortativity.
    one = getattr(nm, name)(view, ["abc"[g] for g in groups(view)])
    other = getattr(nm, name)(view, [names[g] for g in groups(view)])
    assert str(plain(one)) == str(plain(other)) or _close(plain(one), plain(other))


def _close(one: Any, other: Any) -> bool:
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_close(one[k], other[k]) for k in one)
    return one == other or one == pytest.approx(other, abs=1e-12)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_small_and_extreme_networks(name):
    """No node, no tie, one node, a pair, a star and a complete network give values or NaN, never an error."""
    for directed in (False, True):
        for n in (0, 1, 2, 3):
            FUNCTIONS[name](View(list(range(n)), [], [], directed=directed))
        FUNCTIONS[name](View(list(range(5)), [0] * 4, [1, 2, 3, 4], directed=directed))
        FUNCTIONS[name](View(list(range(4)), [0, 0, 0, 1, 1, 2], [1, 2, 3, 2, 3, 3], directed=directed))
        FUNCTIONS[name](View([0, 1], [0], [1], directed=directed))
