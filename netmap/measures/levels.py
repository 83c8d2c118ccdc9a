"""Levels: what ties between people make between their organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._groups import GroupsLike, group_codes
from ._input import as_view

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..view import View

__all__ = ["organisation_ties"]


def organisation_ties(view: View | nx.Graph, groups: GroupsLike, weight: str | None = None) -> pd.DataFrame:
    """Return the ties between organisations that ties between their people make, and which hang on one person.

    Parameters
    ----------
    view : View or networkx graph
        Ties between people.
    groups : Series, mapping or sequence
        Organisation of every person; those without one, and their ties, are left out.
    weight : str or None, default None
        None counts ties; ``"weight"`` adds their strengths.

    Returns
    -------
    DataFrame on pairs of organisations (source, target)
        ``ties`` (or ``strength``); ``source_people, target_people``: different people at either end; ``single_person``:
        whether one person at one of the ends has all the ties. Ties within an organisation are left out.

    Examples
    --------
    >>> import networkx as nx
    >>> people = nx.Graph([("ann", "bob"), ("ann", "cy"), ("dee", "bob")])
    >>> organisation_ties(people, {"ann": "x", "dee": "x", "bob": "y", "cy": "y"}).values.tolist()
    [[3.0, 2, 2, False]]

    Notes
    -----
    ties_AB = sum over people i of A and j of B of a_ij (or w_ij). A tie that hangs on one person is a strength of
    theirs and a risk to the organisations: ask for company. Cost O(m log m).

    References
    ----------
    Lazega et al. 2008; Wang et al. 2013; Breiger 1974.
    """
    import pandas as pd

    graph = as_view(view, weight)
    found = group_codes(graph, groups)
    k = max(found.k, 1)
    a, b = graph.source.astype(np.int64), graph.target.astype(np.int64)
    one, two = found.codes[a], found.codes[b]
    keep = (one >= 0) & (two >= 0) & (one != two)
    a, b, one, two = a[keep], b[keep], one[keep], two[keep]
    if not graph.directed:
        turn = one > two
        a, b, one, two = np.where(turn, b, a), np.where(turn, a, b), np.where(turn, two, one), np.where(turn, one, two)
    key, inverse = np.unique(one * k + two, return_inverse=True)
    strength = graph.strength[keep]
    people = [
        np.bincount(np.unique(np.column_stack([inverse, end]), axis=0)[:, 0], minlength=key.size) for end in (a, b)
    ]
    index = pd.MultiIndex.from_tuples(
        [(found.names[i // k], found.names[i % k]) for i in key.tolist()], names=["source", "target"]
    )
    return pd.DataFrame(
        {
            "ties" if weight is None else "strength": np.bincount(inverse, weights=strength, minlength=key.size),
            "source_people": people[0], "target_people": people[1],
            "single_person": (people[0] == 1) | (people[1] == 1),
        },
        index=index,
    )  # fmt: skip
