"""What every measure accepts: a View or a networkx graph, with or without strengths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from ..errors import MeasureError
from ..view import View
from ._results import node_series, tie_series

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "as_undirected",
    "as_view",
    "choose",
    "is_networkx",
    "length_unit",
    "node_series",
    "tie_lengths",
    "tie_series",
]

_STRENGTHS = (None, "weight", "strength")


def as_view(graph: View | nx.Graph, weight: str | None = None) -> View:
    """Return the view of a View or networkx graph that a measure works on.

    Parameters
    ----------
    graph : View or networkx graph
        A networkx graph is recognised by what it can do; networkx is not imported.
    weight : str or None, default None
        None makes every tie of strength 1. For a View ``"weight"`` (or ``"strength"``) keeps its strengths; for a
        networkx graph it names the edge attribute that holds them.

    Returns
    -------
    View

    Raises
    ------
    MeasureError
        If `graph` is neither, or `weight` names something a View does not have.

    Examples
    --------
    >>> as_view(View(["a", "b"], [0], [1], [3.0])).strength.tolist()
    [1.0]
    """
    if isinstance(graph, View):
        if weight not in _STRENGTHS:
            raise MeasureError(f'weight is None or "weight" for a View, not {weight!r}.')
        return graph if weight is not None else _plain(graph)
    if is_networkx(graph):
        return View.from_networkx(graph, weight)
    raise MeasureError(f"A measure needs a View or a networkx graph, not {type(graph).__name__}.")


def as_undirected(graph: View | nx.Graph, weight: str | None = None) -> View:
    """Return the undirected view: tied if either end says so, strength 1 or the sum over both directions."""
    if weight is None:
        return _plain(as_view(graph, "weight" if isinstance(graph, View) else None).undirected)
    return as_view(graph, weight).undirected


def is_networkx(graph: Any) -> bool:
    """Return whether `graph` behaves like a networkx graph."""
    return all(hasattr(graph, name) for name in ("adjacency", "edges", "is_directed", "is_multigraph"))


def _plain(view: View) -> View:
    if not view.m or bool((view.strength == 1.0).all()):
        return view
    # Kept with the view, so that twenty measures of one view build its arrays once.
    kept = view.__dict__.get("_plain")
    if kept is None:
        kept = view.__dict__["_plain"] = view.with_ties(view.source, view.target)
    assert isinstance(kept, View)
    return kept


def tie_lengths(view: View, weight: str | None) -> NDArray[Any] | None:
    """Return the length of every tie: none if unweighted, whole numbers where they exist, else 1/strength."""
    if weight is None:
        return None
    return view.lengths if view.lengths is not None else 1.0 / view.strength


def length_unit(view: View, weight: str | None) -> float:
    """Return what one unit of `tie_lengths` is in units of 1/strength."""
    if weight is None or view.m == 0 or view.lengths is None:
        return 1.0
    return float(1.0 / (view.lengths[0] * view.strength[0]))


def choose(value: str, known: tuple[str, ...], what: str) -> str:
    """Return `value` if it is one of `known`; else raise `MeasureError` naming them, nearest first."""
    from ..errors import nearest

    if value in known:
        return value
    close = nearest(str(value), known, count=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    raise MeasureError(f"{what} is one of {', '.join(known)}, not {value!r}.{hint}")
