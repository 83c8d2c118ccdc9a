"""One made-up network, and the page that each program makes of it: the same names, groups, ties and positions."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from netmap.analysis import Analysis
from netmap.exporters.map_page import map_html
from netmap.finding import Finding

VIS_NETWORK = "10.1.5"
VIS_NETWORK_SHA512 = "civ5BjoMdAEwRb/PZMmBZ3sD+NPymIWfkIeaoBDqQZKJ1YDq20X6vTB8u+UstwdWT9ftxRaSEflKFOUTw43I0w=="
COLOURS = ["#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#ee7733", "#009988", "#999999"]
# vis-network draws in an animation frame; netmap's own mark, too, comes in the frame after its first picture.
MARK = (
    'network.once("afterDrawing", () => requestAnimationFrame(() => performance.mark("netmap-ready")));'
    "window.hide = (part) => nodes.update(nodes.get({filter: (v) => v.part === part}).map(({id, hidden}) => ({id, hidden: !hidden})));"
)


class NotThereError(Exception):
    """A program that is compared cannot be had here."""


@dataclass(frozen=True)
class Network:
    """Nodes in groups at positions, and the two ends of every tie."""

    group: np.ndarray
    x: np.ndarray
    y: np.ndarray
    ties: np.ndarray

    def names(self) -> list[str]:
        return [f"Organisation {i}" for i in range(self.group.size)]


def made_up(n: int) -> Network:
    """Draw n nodes in groups of about 250, numbered from the largest, with four ties a node, most within groups."""
    rng = np.random.default_rng(1)
    groups = max(4, n // 250)
    size = np.sort(np.bincount(rng.integers(0, groups, n), minlength=groups))[::-1]
    group, start = np.repeat(np.arange(groups), size), np.cumsum(size) - size
    turn, wide = 2.4 * np.arange(groups), 66 * np.sqrt(n / groups)
    angle, far = rng.random(n) * 2 * np.pi, wide * 0.5 * np.sqrt(rng.random(n))
    x = wide * np.sqrt(np.arange(groups))[group] * np.cos(turn)[group] + far * np.cos(angle)
    y = wide * np.sqrt(np.arange(groups))[group] * np.sin(turn)[group] + far * np.sin(angle)
    a = rng.integers(0, n, 4 * n)
    own = start[group[a]] + rng.integers(0, 1 << 30, a.size) % np.maximum(size[group[a]], 1)
    b = np.where(rng.random(a.size) < 0.85, own, rng.integers(0, n, a.size))
    return Network(group, x, y, np.unique(np.column_stack([np.minimum(a, b), np.maximum(a, b)])[a != b], axis=0))


def netmap_page(network: Network) -> str:
    """The map as `netmap analyse` writes it, of an analysis with no more than names, groups and ties."""
    n, ties = network.group.size, network.ties
    ids = np.array([f"o{i:06d}" for i in range(n)], dtype=object)
    empty = pd.DataFrame({"id": pd.Series(dtype=object)})
    return map_html(Analysis(
        title=f"{n:,} made up",
        taken_as=("Made up for a measurement.",),
        findings=(Finding("F1", "What does it depend on?", headline="On nothing: it is made up."),),
        locked=(),
        nodes=pd.DataFrame({
            "id": ids, "name": network.names(), "community": network.group, "x": network.x, "y": network.y,
            "degree": np.bincount(ties.ravel(), minlength=n).astype(float),
        }),
        ties=pd.DataFrame({"source": ids[ties[:, 0]], "target": ids[ties[:, 1]], "bridge": False}),
        networks=pd.DataFrame({"network": [], "name": [], "kind": [], "members": []}),
        people=empty,
        node_word="organisation",
        coverage={},
        manifest={"netmap": "benchmark", "seed": 1, "settings": {}},
        ledger=empty,
        suppressed=pd.DataFrame({"what": [], "count": [], "reason": []}),
    ))  # fmt: skip


def pyvis_page(network: Network) -> str:
    """pyvis as it is used for a file that stands alone: its scripts in line, physics off."""
    from pyvis.network import Network as Pyvis

    page = Pyvis(height="800px", width="100%", cdn_resources="in_line")
    page.toggle_physics(False)
    # Assigned, not added: add_edge looks through all earlier ties for each new one.
    page.nodes = _vis_nodes(network)
    page.edges = _vis_ties(network)
    text: str = page.generate_html()
    # In its own script, which draws: a browser may show the picture before it comes to the next one.
    before, end, after = text.rpartition("</script>")
    return f"{before}{MARK}{end}{after}"


def vis_network_page(network: Network) -> str:
    """vis-network as one who knows it sets it up for speed: no physics, straight ties, no layout of its own."""
    options = {"physics": False, "layout": {"improvedLayout": False}, "edges": {"smooth": False}, "nodes": {"shape": "dot"}}
    return (
        '<!doctype html><meta charset="utf-8"><title>vis-network</title>'
        "<style>html, body, #map { margin: 0; height: 100%; overflow: hidden }</style>"
        f'<div id="map"></div><script>{_vis_network()}</script><script>'
        f"const nodes = new vis.DataSet({_json(_vis_nodes(network))}), edges = new vis.DataSet({_json(_vis_ties(network))});"
        f'const network = new vis.Network(document.getElementById("map"), {{nodes, edges}}, {_json(options)});{MARK}</script>'
    )


def canvas_page(network: Network) -> str:
    """A page that draws everything with Canvas 2D whenever something moved, and a hundred names."""
    content = {
        "x": np.rint(network.x).astype(int).tolist(),
        "y": np.rint(network.y).astype(int).tolist(),
        "group": network.group.tolist(),
        "names": network.names(),
        "ties": network.ties.ravel().tolist(),
        "colours": COLOURS,
    }
    return (Path(__file__).parent / "canvas.html").read_text("utf-8").replace("DATA", _json(content), 1)


def _vis_nodes(network: Network) -> list[dict[str, Any]]:
    columns = zip(network.names(), network.x.round(1).tolist(), network.y.round(1).tolist(), network.group.tolist(), strict=True)
    return [
        {"id": i, "label": name, "shape": "dot", "size": 5, "x": x, "y": y, "part": group, "color": COLOURS[min(group, 8)]}
        for i, (name, x, y, group) in enumerate(columns)
    ]


def _vis_ties(network: Network) -> list[dict[str, Any]]:
    return [{"from": a, "to": b} for a, b in network.ties.tolist()]


def _json(content: Any) -> str:
    return json.dumps(content, separators=(",", ":"))


@cache
def _vis_network() -> str:
    """The standalone build of vis-network, fetched by npm from the registry it is set up with."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotThereError("no npm to fetch it with")
    with tempfile.TemporaryDirectory() as place:
        words = [npm, "pack", f"vis-network@{VIS_NETWORK}", "--silent", "--pack-destination", place]
        done = subprocess.run(words, capture_output=True, check=False, encoding="utf-8", timeout=120)
        packed = next(Path(place).glob("*.tgz"), None)
        if done.returncode or packed is None:
            raise NotThereError(f"npm could not fetch vis-network {VIS_NETWORK}")
        found = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode("ascii")
        if found != VIS_NETWORK_SHA512:
            raise NotThereError(f"npm fetched another vis-network {VIS_NETWORK} than was expected")
        with tarfile.open(packed) as archive:
            member = archive.extractfile("package/standalone/umd/vis-network.min.js")
            assert member is not None
            return member.read().decode("utf-8").replace("</script", "<\\/script")


PAGES: dict[str, Callable[[Network], str]] = {
    "netmap": netmap_page,
    "canvas": canvas_page,
    "vis-network": vis_network_page,
    "pyvis": pyvis_page,
}
