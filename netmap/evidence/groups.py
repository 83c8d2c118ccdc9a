"""The networks inside a network: named by memberships, given by a column, or detected from the ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

if TYPE_CHECKING:
    from ..chance.perturbation import Draw
    from ..study import Study
    from ..view import View

SMALLEST = 5
OTHERS = "smaller organisations together"

__all__ = ["Groups", "find_groups", "perturb_memberships"]


@dataclass(frozen=True, eq=False)
class Groups:
    """Who belongs to which network.

    Attributes
    ----------
    source : {"memberships", "given", "detected", "none"}
    ids, names : tuple of str
        The groups, in order: by id where named, largest first where detected.
    members : tuple of str
        Who can belong: the nodes of the view, or the people of an interlock network.
    incidence : sparse array of float, shape (members, groups)
        1 where a member belongs.
    on_nodes : bool
        Whether the members are the nodes of the view, so that ties between groups can be counted.
    """

    source: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    members: tuple[str, ...]
    incidence: sparse.csr_array
    on_nodes: bool

    @property
    def count(self) -> int:
        """Number of groups."""
        return len(self.ids)

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """Members of each group."""
        sizes: NDArray[np.int64] = np.asarray(self.incidence.sum(axis=0)).reshape(-1).astype(np.int64)
        return sizes

    @cached_property
    def single(self) -> NDArray[np.int64] | None:
        """Group of each member (-1 for none) where nobody belongs to two; None otherwise."""
        each = np.diff(self.incidence.indptr)
        if not self.on_nodes or (each > 1).any() or not self.count:
            return None
        label = np.full(len(self.members), -1, dtype=np.int64)
        label[each == 1] = self.incidence.indices
        return label


def find_groups(study: Study) -> Groups:
    """Return the named networks where there are any, else a given column, else the communities of the ties."""
    network = study.network
    if len(network.memberships):
        return _named(study)
    if network.nodes_are == "people":
        given = [str(x) for x in study.nodes["organisation"]]
        given = _large_enough(given)
        if len({g for g in given if g}) >= 2:
            return _labelled(study, given, "given")
    labels = study.communities
    if study.view.n < 10 or study.view.m < study.view.n / 2 or labels.max(initial=-1) < 1:
        return _empty(study)
    return _detected(study, labels)


def _large_enough(labels: list[str]) -> list[str]:
    """Count groups of fewer than five people as one, and leave that out if it is no larger."""
    size = Counter(labels)
    small = {g for g in size if g and size[g] < SMALLEST}
    together = OTHERS if sum(size[g] for g in small) >= SMALLEST else ""
    return [together if g in small else g for g in labels]


def _named(study: Study) -> Groups:
    frame = study.network.current_memberships(study.settings.wave)
    titles = study.network.group_names()
    ids = sorted(set(frame["group"].astype(str)))
    if study.network.shape == "interlock":
        members = sorted(set(frame["member"].astype(str)))
        on_nodes = False
    else:
        members = list(study.ids)
        on_nodes = True
    row = {m: i for i, m in enumerate(members)}
    column = {g: i for i, g in enumerate(ids)}
    pairs = sorted(
        {(row[str(m)], column[str(g)]) for m, g in zip(frame["member"], frame["group"], strict=True) if str(m) in row}
    )
    at = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    incidence = sparse.csr_array((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(len(members), len(ids)))
    incidence.sort_indices()
    return Groups("memberships", tuple(ids), tuple(titles.get(g, g) for g in ids), tuple(members), incidence, on_nodes)


def _labelled(study: Study, labels: list[str], source: str) -> Groups:
    names = sorted({label for label in labels if label})
    column = {g: i for i, g in enumerate(names)}
    at = [(i, column[label]) for i, label in enumerate(labels) if label]
    rows, columns = zip(*at, strict=True)
    incidence = sparse.csr_array((np.ones(len(at)), (rows, columns)), shape=(study.view.n, len(names)))
    called = dict(zip(study.network.organisations["org_id"], study.network.organisations["name"], strict=True))
    return Groups(source, tuple(names), tuple(called.get(g) or g for g in names), study.ids, incidence, True)


def _detected(study: Study, labels: NDArray[np.int64]) -> Groups:
    rows = np.flatnonzero(labels >= 0)
    count = int(labels.max()) + 1
    incidence = sparse.csr_array((np.ones(rows.size), (rows, labels[rows])), shape=(study.view.n, count))
    names = tuple(f"Group {i + 1}" for i in range(count))
    return Groups("detected", names, names, study.ids, incidence, True)


def _empty(study: Study) -> Groups:
    return Groups("none", (), (), study.ids, sparse.csr_array((study.view.n, 0)), True)


def perturb_memberships(
    view: View, units: NDArray[np.bool_], confidence: NDArray[np.float64], draws: int, seed: int
) -> Iterator[Draw]:
    """Yield two-mode networks as they might be: memberships lost with the doubt about them, others added.

    As `netmap.chance.perturbation.perturb`, but what is added joins a member and a group, never two of one kind.
    """
    from ..chance.perturbation import Draw

    members, groups = np.flatnonzero(units), np.flatnonzero(~units)
    degree = np.maximum(np.bincount(np.append(view.source, view.target), minlength=view.n), 1).astype(float)
    tied = set((view.source.astype(np.int64) * view.n + view.target).tolist())
    mean = float((1 - confidence).sum())
    for i in range(draws):
        rng = np.random.default_rng([seed, i])
        kept = rng.random(view.m) < confidence
        wanted = int(rng.poisson(mean)) if members.size and groups.size else 0
        a = rng.choice(members, size=2 * wanted, p=degree[members] / degree[members].sum())
        b = rng.choice(groups, size=2 * wanted, p=degree[groups] / degree[groups].sum())
        first, second = np.minimum(a, b), np.maximum(a, b)
        keys = dict.fromkeys((first.astype(np.int64) * view.n + second).tolist())
        fresh = np.array([k for k in keys if k not in tied][:wanted], dtype=np.int64)
        added = np.column_stack([fresh // view.n, fresh % view.n]).astype(np.int32)
        yield Draw(view, kept, added, np.ones(len(added)))
