"""The networks with known values: their views, and the tables of values, read with the csv and json modules alone."""

from __future__ import annotations

import csv
import json
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from netmap.view import View
from tests.shared import SHARED, shared_data

HERE = Path(__file__).parent / "tables"

NAMES = (
    "chemnet_influence_attribution", "chemnet_political_information", "chemnet_scientific_info_received",
    "chemnet_scientific_info_sent", "dhhs", "eies", "emon_Cheyenne", "emon_HurrFrederic", "emon_LakePomona",
    "emon_Texas", "florentine_business", "florentine_marriage", "hightech_advice", "hightech_friendship",
    "hightech_reports_to", "karate", "kite", "lawfirm_advice", "lawfirm_cowork", "lawfirm_friendship", "netscience",
    "polbooks",
)  # fmt: skip
DIRECTED = tuple(n for n in NAMES if n.startswith(("chemnet", "eies", "emon", "hightech", "lawfirm")))


def truth_file(name: str) -> Path:
    """Return a table of values: the copy kept here, else the shared one (or skip)."""
    return HERE / name if (HERE / name).exists() else shared_data(f"truth/{name}")


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of values."""
    with truth_file(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def every_truth_file() -> list[str]:
    """Return the names of all tables of values there are: shared ones where present, and the copies kept here."""
    shared = SHARED / "truth"
    return sorted({p.name for p in HERE.iterdir()} | ({p.name for p in shared.iterdir()} if shared.exists() else set()))


def number(cell: str) -> float:
    """Return a cell as a number: empty is not defined."""
    return float("nan") if cell == "" else float("inf") if cell == "Inf" else float(cell)


class Case:
    """One network with known values."""

    def __init__(self, name: str):
        self.name = name
        self.graph: dict[str, Any] = json.loads(truth_file(f"{name}.graph.json").read_text(encoding="utf-8"))

    @cached_property
    def nodes(self) -> list[dict[str, str]]:
        """Known values of the nodes."""
        return rows(f"{self.name}.nodes.csv")

    @cached_property
    def _input(self) -> tuple[list[dict[str, str]], list[tuple[str, str, float]]]:
        if self.name == "karate":
            graph = nx.karate_club_graph()
            called = {i: "Mr Hi" if i == 0 else "John A" if i == 33 else str(i + 1) for i in graph}
            # networkx has member 9 in the club he joined, the tables in the faction he came from.
            side = {r["id"]: r["group"] for r in rows("karate.brokerage.allegiance.csv")}
            people = [{"id": called[i], "allegiance": side[called[i]]} for i in graph]
            return people, [(called[a], called[b], float(w)) for a, b, w in graph.edges(data="weight")]
        if self.name == "florentine_marriage":
            graph = nx.florentine_families_graph()
            return [{"id": i} for i in [*graph, "Pucci"]], [(a, b, 1.0) for a, b in graph.edges]
        info = self.graph
        with shared_data(info["nodes_file"]).open(encoding="utf-8", newline="") as file:
            nodes = list(csv.DictReader(file))
        with shared_data(info["edges_file"]).open(encoding="utf-8", newline="") as file:
            ties = list(csv.DictReader(file))
        if info["filter"]:
            column, value = info["filter"]
            ties = [t for t in ties if t[column] == value]
        weight = info["weight_column"]
        return nodes, [(t["source"], t["target"], float(t[weight]) if weight else 1.0) for t in ties]

    @cached_property
    def weighted(self) -> View:
        """The view as read, with its strengths, directed where the input is."""
        nodes, ties = self._input
        ids = [n["id"] for n in nodes]
        place = {node: i for i, node in enumerate(ids)}
        return View(
            ids, [place[a] for a, _, _ in ties], [place[b] for _, b, _ in ties], [w for _, _, w in ties],
            directed=bool(self.graph["directed_input"]),
        )  # fmt: skip

    @cached_property
    def view(self) -> View:
        """The undirected view, tied if either end says so, every strength 1."""
        flat = self.weighted.undirected
        return flat.with_ties(flat.source, flat.target)

    @cached_property
    def directed(self) -> View:
        """The directed view, every strength 1."""
        return self.weighted.with_ties(self.weighted.source, self.weighted.target)

    @property
    def is_directed(self) -> bool:
        """Whether the input has a direction."""
        return bool(self.graph["directed_input"])

    def labels(self, attribute: str) -> list[str | None]:
        """Return one label a node in the order of the view as given."""
        return [n[attribute] or None for n in self._input[0]]

    def known(self, column: str) -> np.ndarray:
        """Return the known values of a column in the order of the view as given."""
        by_id = {r["id"]: number(r[column]) for r in self.nodes}
        return np.array([by_id[n["id"]] for n in self._input[0]])


@cache
def case(name: str) -> Case:
    """Return a network with known values, read once."""
    return Case(name)


def agree(found: Any, known: Any, relative: float = 1e-9) -> None:
    """Demand that values agree to a relative tolerance, undefined ones being undefined in both."""
    np.testing.assert_allclose(
        np.asarray(found, dtype=float), np.asarray(known, dtype=float), rtol=relative, atol=relative * 1e-3
    )
