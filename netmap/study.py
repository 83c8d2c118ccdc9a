"""Study: a network and its settings; each measure and each piece of evidence computed once, on demand, and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .errors import UsageError
from .evidence.kept import Evidence
from .facts import coverage, kind_table, node_table, tie_table
from .view import View
from .workload import EFFORT, Workload

if TYPE_CHECKING:
    import pandas as pd

    from .chance.perturbation import Draw
    from .evidence.groups import Groups
    from .kernels.csr import CSR
    from .kernels.cuts import Cuts
    from .network import Network

__all__ = ["INTERVALS", "PATHS", "Settings", "Study"]

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

INTERVALS = ("degree", "strength", "constraint", "core_number", "participation", "betweenness", "harmonic")
PATHS = ("betweenness", "harmonic")
AUDIENCES = ("public", "coordinator", "research")


@dataclass(frozen=True)
class Settings:
    """How a study is made; recorded in the manifest."""

    seed: int = 0
    effort: str = "normal"
    audience: str = "coordinator"
    kinds: tuple[str, ...] | None = None
    wave: str | None = None
    consent: str | None = None

    def __post_init__(self) -> None:
        for value, known, what in (
            (self.effort, tuple(EFFORT), "effort"),
            (self.audience, AUDIENCES, "audience"),
            (self.consent, (None, "pseudonym", "named"), "consent"),
        ):
            if value not in known:
                words = ", ".join(str(k) for k in known if k)
                message = f"{what} is one of {words}, not {value!r}."
                raise UsageError(message)
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or self.seed < 0:
            message = f"seed is a whole number from 0, not {self.seed!r}."
            raise UsageError(message)


class Study(Evidence):
    """One network under one set of settings. Everything is computed when first asked for and then kept.

    Parameters
    ----------
    network : Network
    settings : Settings, optional
    progress : callable, optional
        Called with what is being done (str), how far it is and how far it goes (int).
    """

    def __init__(
        self,
        network: Network,
        settings: Settings | None = None,
        progress: Callable[[str, int, int], None] | None = None,
    ):
        self.network = network
        self.settings = settings or Settings()
        self._progress = progress

    def say(self, what: str, done: int = 0, total: int = 0) -> None:
        """Tell whoever watches what is being done."""
        if self._progress:
            self._progress(what, done, total)

    # -- the network in view -----------------------------------------------------------------------------------

    @cached_property
    def confidential(self) -> bool:
        """Whether confidential ties are part of the picture; they are for research only."""
        return self.settings.audience == "research"

    @cached_property
    def view(self) -> View:
        """The joined undirected view everything rests on."""
        return self.network.view(self.settings.kinds, self.settings.wave, confidential=self.confidential)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the nodes, in canonical order."""
        return tuple(str(i) for i in self.view.ids)

    @cached_property
    def nodes(self) -> pd.DataFrame:
        """What is known of every node."""
        return node_table(self.network, self.view)

    @cached_property
    def records(self) -> pd.DataFrame:
        """The tie records of the view."""
        if self.network.shape != "ties":
            return self.network.partnerships.iloc[:0].assign(a="", b="", level=0.0)
        return self.network.records(self.settings.kinds, self.settings.wave, confidential=self.confidential)

    @cached_property
    def kinds(self) -> pd.DataFrame:
        """One row per pair and kind, ties of a node with itself left out."""
        table = kind_table(self.records)
        return table[table["a"] != table["b"]].reset_index(drop=True)

    @cached_property
    def ties(self) -> pd.DataFrame:
        """One row per tie of the view."""
        return tie_table(self.view, self.kinds)

    @cached_property
    def units(self) -> BoolArray:
        """Which nodes are organisations or people; the others are the groups of a two-mode network."""
        mask: BoolArray = (self.nodes["what"] != "group").to_numpy(dtype=bool)
        return mask if self.network.shape == "two-mode" else np.ones(self.view.n, dtype=bool)

    @cached_property
    def n_units(self) -> int:
        """Number of organisations or people."""
        return int(self.units.sum())

    @cached_property
    def word(self) -> tuple[str, str]:
        """What the nodes are called, one and many."""
        if self.network.shape == "interlock":
            types = set(self.network.memberships["group_type"].astype(str))
            if types == {"event"}:
                return "event", "events"
            known = set(self.network.organisations["org_id"].astype(str))
            return ("organisation", "organisations") if known & set(self.ids) else ("group", "groups")
        return ("person", "people") if self.network.nodes_are == "people" else ("organisation", "organisations")

    @cached_property
    def tie_word(self) -> str:
        """What a tie of the view is called."""
        return "membership" if self.network.shape == "two-mode" else "tie"

    def place(self, ids: Sequence[Any] | pd.Series) -> NDArray[np.int64]:
        """Return the positions of ids given as text."""
        where = {node: i for i, node in enumerate(self.ids)}
        return np.array([where[str(i)] for i in ids], dtype=np.int64)

    def tie_of(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which tie of the view joins each pair of positions; every pair must be tied."""
        view = self.view
        first, second = np.minimum(a, b), np.maximum(a, b)
        keys = view.source.astype(np.int64) * view.n + view.target
        found: NDArray[np.int64] = np.searchsorted(keys, first * view.n + second).astype(np.int64)
        return found

    # -- measures ----------------------------------------------------------------------------------------------

    @cached_property
    def mass(self) -> FloatArray:
        """How much each node counts when pairs are counted: groups of a two-mode network do not."""
        return self.units.astype(np.float64)

    @cached_property
    def cuts(self) -> Cuts:
        """Bridges and cutpoints with the share of pairs each holds together."""
        from .kernels.cuts import cuts

        return cuts(self.view.csr, self.view.m, mass=self.mass)

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        """Number of ties of each node."""
        return np.diff(self.view.csr.indptr)

    @cached_property
    def measures(self) -> dict[str, FloatArray]:
        """The measures of the node table, in canonical order."""
        from .kernels import reporting

        names = ["degree", "strength", "core_number", "constraint", "participation", "betweenness", "harmonic"]
        out = {}
        with reporting(lambda done, total: self.say("following shortest paths", done, total)):
            for name in names:
                if name == "betweenness" and self.sampled is not None:
                    out[name], out["betweenness_standard_error"] = self.sampled
                else:
                    out[name] = self.node_values(name, self.view.csr)
        return out

    @cached_property
    def work(self) -> Workload:
        """How much work this is, and what of it is sampled."""
        return Workload(self.view.n, self.view.m, self.settings.effort)

    @cached_property
    def sampled(self) -> tuple[FloatArray, FloatArray] | None:
        """Betweenness and its standard error from some sources, or None where the network is small enough for all."""
        if self.work.pivots is None:
            return None
        from .measures.centralities import betweenness

        found = betweenness(self.view, pivots=self.work.pivots, seed=self.settings.seed)
        found = found.reindex(list(self.view.ids))
        return found["betweenness"].to_numpy(dtype=float), found["standard_error"].to_numpy(dtype=float)

    def node_values(self, name: str, csr: CSR) -> FloatArray:
        """Compute one measure on a graph of the same nodes, as an array in canonical order."""
        from .kernels import cores, groups, paths, triangles

        if name == "degree":
            return np.diff(csr.indptr).astype(np.float64)
        if name == "strength":
            return csr.row_sums(csr.weights)
        if name == "core_number":
            return cores.core_numbers(csr).astype(np.float64)
        if name == "constraint":
            return triangles.constraint(csr)
        if name == "participation":
            return groups.participation(csr, self.labels)
        if name == "betweenness":
            raw = paths.betweenness(csr)
            scale = (csr.n - 1) * (csr.n - 2) / 2
            return raw / scale if scale > 0 else np.full(csr.n, np.nan)
        if name == "harmonic":
            return paths.harmonic(csr)
        message = f"The study knows no measure {name!r}."
        raise UsageError(message)

    @cached_property
    def communities(self) -> NDArray[np.int64]:
        """Community of each node by Leiden, 0 the largest; -1 for nodes without ties."""
        from .measures.grouping import communities

        if self.view.m == 0:
            return np.full(self.view.n, -1)
        self.say("finding groups")
        found = communities(
            self.view, seed=self.settings.seed, starts=EFFORT[self.settings.effort].starts, weight="weight"
        )
        return np.asarray(found.reindex(list(self.view.ids)), dtype=np.int64)

    @cached_property
    def group_certainty(self) -> NDArray[np.float64]:
        """How surely each node belongs to its community; NaN for nodes without ties."""
        from .chance.agreeing import group_certainty

        if self.view.m == 0:
            return np.full(self.view.n, np.nan)
        self.say("asking how sure the groups are")
        found = group_certainty(
            self.view, dict(zip(self.view.ids, self.communities.tolist(), strict=True)), weight="weight",
            seed=self.settings.seed, draws=EFFORT[self.settings.effort].starts,
        )  # fmt: skip
        return np.asarray(found.reindex(list(self.view.ids)), dtype=np.float64)

    @cached_property
    def labels(self) -> NDArray[np.int64]:
        """One group a node for participation: named networks where every node has at most one, else communities."""
        groups = self.groups
        if groups.source != "detected" and groups.single is not None:
            return groups.single
        return self.communities

    @cached_property
    def groups(self) -> Groups:
        """The networks inside the network: named, given or detected."""
        from .evidence.groups import find_groups

        return find_groups(self)

    @cached_property
    def sector_labels(self) -> tuple[str | None, list[str]]:
        """What F6 compares (``sector``, ``organisation``, ``type``) and the label of each node, "" where unknown."""
        frame = self.nodes
        person = self.network.nodes_are == "people"
        for column in ("organisation", "role_type", "type") if person else ("sector", "type"):
            if column not in frame:
                continue
            words = [
                str(w) if u and str(w) not in ("unknown", "nan") else ""
                for w, u in zip(frame[column], self.units, strict=True)
            ]
            named = {w for w in words if w}
            if len(named) >= 2 and len(named) < sum(1 for w in words if w):
                return column, words
        return None, []

    @cached_property
    def coverage(self) -> dict[str, int | None]:
        """What was read and what is known of it, in counts; None where nothing was recorded."""
        return coverage(self.network, self.view, self.ties, self.kinds, self.settings.kinds, self.settings.wave)

    # -- perturbed networks ------------------------------------------------------------------------------------

    @property
    def how_many(self) -> int:
        """How many perturbed networks are drawn."""
        return EFFORT[self.settings.effort].draws

    @cached_property
    def draws(self) -> list[Draw]:
        """The perturbed networks, each with its ties kept and added."""
        from .chance.perturbation import perturb
        from .evidence.groups import perturb_memberships

        how_many = self.how_many
        confidence = self.ties["confidence"].to_numpy(dtype=float)
        if self.network.shape == "two-mode":
            return list(perturb_memberships(self.view, self.units, confidence, how_many, self.settings.seed))
        answered = self.answered
        return list(
            perturb(self.view, confidence=confidence, draws=how_many, seed=self.settings.seed, observed_nodes=answered)
        )

    @cached_property
    def answered(self) -> BoolArray | None:
        """Who answered, where that is recorded of most; None where it is not."""
        frame = self.nodes
        if "responded" not in frame or frame["responded"].isna().mean() > 0.5:
            return None
        return frame["responded"].fillna(False).to_numpy(dtype=bool)

    @property
    def mean_confidence(self) -> float:
        """Mean probability that a recorded tie is real."""
        return float(self.ties["confidence"].mean()) if len(self.ties) else 1.0

    @property
    def kept_ties(self) -> list[BoolArray]:
        """Which ties each perturbed network keeps."""
        return [draw.kept for draw in self.draws]

    @property
    def drawn_ties(self) -> list[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """The two ends of every tie of each perturbed network."""
        source, target = self.view.source, self.view.target
        return [
            (np.append(source[d.kept], d.added[:, 0]), np.append(target[d.kept], d.added[:, 1])) for d in self.draws
        ]

    @cached_property
    def replay(self) -> dict[str, FloatArray]:
        """The node measures, what rests on each node and the number of bridges in every perturbed network."""
        from .kernels.cuts import cuts

        names = [n for n in INTERVALS if n not in PATHS or self.work.paths_redrawn]
        draws = self.draws
        out = {name: np.full((len(draws), self.view.n), np.nan) for name in names}
        loss = np.zeros((len(draws), self.view.n))
        bridges = np.zeros(len(draws))
        for i, draw in enumerate(draws):
            self.say("drawing networks as they might be", i + 1, len(draws))
            csr = draw.csr
            for name in names:
                out[name][i] = self.node_values(name, csr)
            cut = cuts(csr, csr.arcs // 2, mass=self.mass)
            loss[i], bridges[i] = cut.node_share, cut.bridge.sum()
        return out | {"loss": loss, "bridges": bridges}

    @cached_property
    def ranks(self) -> dict[str, tuple[FloatArray, FloatArray, FloatArray]]:
        """Rank of each unit by each measure with the 5-95% interval over the perturbed networks."""
        from scipy.stats import rankdata

        from .chance.perturbation import rank_intervals

        out = {}
        for name in INTERVALS:
            if name not in self.replay:
                continue
            values = np.where(self.units, self.measures[name], np.nan)
            low, high = rank_intervals(values, np.where(self.units, self.replay[name], np.nan))
            known = ~np.isnan(values)
            rank = np.full(values.size, np.nan)
            # Constraint is low where a node bridges holes; every other measure is high where it matters.
            rank[known] = rankdata(-values[known], method="average")
            out[name] = (rank, low, high)
        return out

    def certainty(self, share: float, *, beats_null: bool | None = None, has_null: bool = True) -> str:
        """Return the certainty word for a statement true in `share` of the perturbed networks."""
        from .chance.perturbation import certainty_word

        return certainty_word(share, beats_null=beats_null, has_null=has_null)

    def pairs_in_contact(self, ties: BoolArray) -> float:
        """Number of pairs of units that can reach each other over the ties where the mask is true."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        view = self.view
        graph = coo_array(
            (np.ones(int(ties.sum()), dtype=np.int8), (view.source[ties], view.target[ties])), shape=(view.n, view.n)
        )
        _, label = connected_components(graph, directed=False)
        size = np.bincount(label, weights=self.mass)
        return float((size * (size - 1) / 2).sum())
