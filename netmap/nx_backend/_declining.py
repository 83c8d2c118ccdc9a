"""Which arguments and graphs are left to networkx, and what differs among the releases of networkx."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import networkx as nx

__all__ = ["FROM_35", "FROM_36", "declines", "no_loops", "no_parallels", "reason"]

F = TypeVar("F", bound=Callable[..., Any])

_RELEASE = tuple(int("".join(filter(str.isdigit, part)) or 0) for part in nx.__version__.split(".")[:2])
FROM_35, FROM_36 = _RELEASE >= (3, 5), _RELEASE >= (3, 6)

_DECLINED: dict[str, dict[str, str]] = {}


def declines(**arguments: str) -> Callable[[F], F]:
    """Mark a function with the arguments that networkx runs itself once they are given, and why."""

    def marked(function: F) -> F:
        _DECLINED[function.__name__] = arguments
        return function

    return marked


_signature = cache(inspect.signature)


def reason(function: Callable[..., Any], args: Any, kwargs: Any) -> str | None:
    """Return why networkx runs a function with these arguments itself, or None."""
    given = _signature(function).bind(*args, **kwargs).arguments
    if any(callable(given.get(name)) for name in ("weight", "distance")):
        return "the length of an edge is a function"
    for name, why in _DECLINED.get(function.__name__, {}).items():
        value = given.get(name)
        # The node 0 is one to be asked about, though it equals False.
        if value is not None and value is not False:
            return why
    return None


def no_loops(graph: Any) -> None:
    """Leave a converted graph with loops to networkx: it counts them in its own way, or refuses them."""
    if graph.loops:
        raise NotImplementedError("the graph has loops")


def no_parallels(graph: Any) -> None:
    """Leave a converted multigraph to networkx: it counts parallel edges in its own way, or refuses them."""
    if graph.is_multigraph():
        raise NotImplementedError("the graph is a multigraph")
