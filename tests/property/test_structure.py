"""Structural measures answer to changes of a network as they must."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netmap.measures import _catalogue_positions, _catalogue_structure
from tests.property.graphs import as_dict, flip, networks, same
from tests.property.measures import NODES, NUMBERS, OTHERS, TIES

LAWS = {**NODES, **TIES, **NUMBERS}
EXACT = 1e-12


def case(names):
    return pytest.mark.parametrize("name", list(names))


def rename(key, names):
    """Return the key of a result with the nodes in it called otherwise."""
    if isinstance(key, tuple):
        return tuple(rename(k, names) if not isinstance(k, str) else k for k in key)
    return names[key] if key is not None else None


@case(k for k in LAWS if k != "robustness")
@given(data=st.data(), raw=networks())
def test_names_do_not_matter(name, data, raw):
    """With the nodes numbered otherwise, every node and tie keeps its value."""
    law = LAWS[name]
    move = data.draw(st.permutations(range(raw.n)))
    if name == "brokerage":
        # Its groups follow from the ids, so the ids stay as they are but come in another order.
        back = np.argsort(move).tolist() if raw.n else []
        other = replace(raw, rows=tuple((back[a], back[b], w) for a, b, w in raw.rows))
        after = as_dict(law.function(other.view(list(move))))
        same(after, as_dict(law.function(raw.view())))
        return
    other = replace(raw, rows=tuple((move[a], move[b], w) for a, b, w in raw.rows))
    before, after = as_dict(law.function(raw.view())), as_dict(law.function(other.view()))
    # Bridges and overlap are those of the undirected network, whose ties have no first end.
    keep = raw.directed and name.startswith("edge_betweenness")
    known = {flip(rename(k, move), keep): v for k, v in before.items()}
    same({flip(k, keep): v for k, v in after.items()}, known, 1e-8 if name == "eigenvector" else 1e-9)


@case(LAWS)
@given(data=st.data(), raw=networks())
def test_the_order_of_rows_does_not_matter(name, data, raw):
    """Rows in another order, and undirected ones the other way round, give the same bits."""
    rows = data.draw(st.permutations(raw.rows))
    if not raw.directed:
        rows = [(b, a, w) if data.draw(st.booleans()) else (a, b, w) for a, b, w in rows]
    before, after = LAWS[name].function(raw.view()), LAWS[name].function(replace(raw, rows=tuple(rows)).view())
    same(as_dict(after), as_dict(before), 0.0)


@case(k for k, law in LAWS.items() if law.isolate)
@given(raw=networks())
def test_an_added_isolate(name, raw):
    """One more node without ties changes nothing but what is divided by how many nodes there are."""
    law = LAWS[name]
    before, after = as_dict(law.function(raw.view())), as_dict(law.function(raw.with_isolate().view()))
    known = {k: law.isolate(v, raw.n) for k, v in before.items()}
    some = {k: v for k, v in known.items() if not np.isnan(v) or np.isnan(before[k])}
    assume(raw.n > 2)
    same({k: after[k] for k in some}, some)


@case(k for k, law in LAWS.items() if law.union)
@given(raw=networks(least=3))
def test_a_copy_beside_it(name, raw):
    """Beside a copy of itself, a network is as it was."""
    law = LAWS[name]
    before, after = as_dict(law.function(raw.view())), as_dict(law.function(raw.twice().view()))
    known = {k: law.union(v, raw.n) for k, v in before.items()}
    same({k: after[k] for k in known}, known)


@case(k for k, law in LAWS.items() if law.scale is not None)
@given(raw=networks(), factor=st.sampled_from([0.5, 2.0, 3.0]))
def test_strengths_on_another_scale(name, raw, factor):
    """Strengths multiplied by one number multiply the value by a power of it."""
    law = LAWS[name]
    before, after = as_dict(law.function(raw.view())), as_dict(law.function(raw.scaled(factor).view()))
    same(after, {k: v * factor**law.scale for k, v in before.items()})


@case(k for k, law in LAWS.items() if law.noise)
@given(raw=networks())
def test_loops_and_parallel_ties(name, raw):
    """A loop at every node and every row twice change nothing that counts ties."""
    law = LAWS[name]
    same(as_dict(law.function(raw.noisy().view())), as_dict(law.function(raw.view())), EXACT)


@case(k for k, law in LAWS.items() if law.twin is not None)
@given(raw=networks(directed=False))
def test_the_directed_twin(name, raw):
    """Every tie as two, one each way, gives the undirected value, or a fixed multiple."""
    law = LAWS[name]
    plain = raw.simple()
    before, after = as_dict(law.function(plain.view())), as_dict(law.function(plain.twin().view()))
    known = {k: v * law.twin for k, v in before.items()}
    same(after, known, 1e-8 if name == "eigenvector" else 1e-9)


def test_every_measure_has_a_law():
    """A structural measure in the catalogue without properties fails here."""
    listed = {e.name for e in (*_catalogue_structure.ENTRIES, *_catalogue_positions.ENTRIES)}
    assert listed == {k.split()[0] for k in LAWS} | set(OTHERS)


@case(LAWS)
def test_small_and_extreme_networks(name):
    """No node, no tie, one node, a pair, a star and a complete network give values or NaN, never inf or an error."""
    from netmap.view import View

    for directed in (False, True):
        for n in (0, 1, 2, 3):
            result = as_dict(LAWS[name].function(View(list(range(n)), [], [], directed=directed)))
            assert not any(np.isinf(v) for v in result.values())
        star = View(list(range(5)), [0] * 4, [1, 2, 3, 4], directed=directed)
        full = View(list(range(4)), [0, 0, 0, 1, 1, 2], [1, 2, 3, 2, 3, 3], directed=directed)
        for view in (star, full, View([0, 1], [0], [1], directed=directed)):
            result = as_dict(LAWS[name].function(view))
            assert name == "local_bridges" or not any(np.isinf(v) for v in result.values())
