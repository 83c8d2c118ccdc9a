"""Small random networks, and what may be done to them without changing what they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from netmap.view import View


@dataclass(frozen=True)
class Raw:
    """A network as rows: nodes 0..n-1, ends and strength of every row, loops and parallel rows included."""

    n: int
    rows: tuple[tuple[int, int, float], ...]
    directed: bool

    def view(self, ids: list[object] | None = None) -> View:
        """Return its view."""
        return View(
            list(range(self.n)) if ids is None else ids,
            [a for a, _, _ in self.rows],
            [b for _, b, _ in self.rows],
            [w for _, _, w in self.rows],
            directed=self.directed,
        )

    def simple(self) -> Raw:
        """Return it without loops, parallel rows (the first stays) and, if undirected, reverse rows."""
        seen: dict[tuple[int, int], float] = {}
        for a, b, w in self.rows:
            key = (a, b) if self.directed else (min(a, b), max(a, b))
            if a != b and key not in seen:
                seen[key] = w
        return replace(self, rows=tuple((a, b, w) for (a, b), w in sorted(seen.items())))

    def with_isolate(self) -> Raw:
        """Return it with one more node."""
        return replace(self, n=self.n + 1)

    def twice(self) -> Raw:
        """Return it beside a copy of itself."""
        copy = tuple((a + self.n, b + self.n, w) for a, b, w in self.rows)
        return replace(self, n=2 * self.n, rows=self.rows + copy)

    def scaled(self, factor: float) -> Raw:
        """Return it with every strength multiplied."""
        return replace(self, rows=tuple((a, b, w * factor) for a, b, w in self.rows))

    def twin(self) -> Raw:
        """Return an undirected network as a directed one with every tie both ways."""
        back = tuple((b, a, w) for a, b, w in self.rows)
        return replace(self, rows=self.rows + back, directed=True)

    def noisy(self) -> Raw:
        """Return it with a loop at every node and every row twice."""
        loops = tuple((i, i, 2.0) for i in range(self.n))
        return replace(self, rows=self.rows + loops + self.rows)


@st.composite
def networks(draw: Callable, directed: bool | None = None, most: int = 7, least: int = 0) -> Raw:
    """Draw a network of up to 7 nodes, strengths 1 to 5, with isolates, loops and parallel rows."""
    n = draw(st.integers(least, most))
    kind = draw(st.booleans()) if directed is None else directed
    if n == 0:
        return Raw(0, (), kind)
    end = st.integers(0, n - 1)
    rows = draw(st.lists(st.tuples(end, end, st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0])), max_size=3 * n))
    return Raw(n, tuple(rows), kind)


def as_dict(result: object) -> dict[object, float]:
    """Return any result as numbers by node, by pair of ends, or under one key."""
    if isinstance(result, pd.DataFrame):
        numeric = result.select_dtypes(["number", "bool"])
        return {(k, c): float(v) for c in numeric for k, v in numeric[c].items()}
    if isinstance(result, pd.Series):
        return {k: float(v) for k, v in result.items()}
    return {None: float(result)}  # type: ignore[arg-type]


def same(found: dict[object, float], known: dict[object, float], tolerance: float = 1e-9) -> None:
    """Demand the same keys and values, undefined ones being undefined in both."""
    assert found.keys() == known.keys()
    keys = list(known)
    np.testing.assert_allclose(
        [found[k] for k in keys], [known[k] for k in keys], rtol=tolerance, atol=tolerance * 1e-2
    )


def flip(key: object, directed: bool) -> object:
    """Return the key of a tie with its ends in one order, where it is an undirected one."""
    if directed or not isinstance(key, tuple):
        return key
    if isinstance(key[0], tuple):
        return (flip(key[0], directed), key[1])
    if isinstance(key[1], str):
        return key
    return tuple(sorted(key))
