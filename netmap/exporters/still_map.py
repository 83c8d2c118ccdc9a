"""A still picture of the map as SVG: the network at a glance, without a script."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ..facts import HARD_WIRED
from .palette import COLOURS, GREY
from .pyvis_parts import schemes_of
from .svg import INK, MUTED, cut, open_svg, safe

if TYPE_CHECKING:
    from ..analysis import Analysis

__all__ = ["still_map"]

WIDTH, MARGIN = 900.0, 70.0
MANY = 400
LABELS = 40


def still_map(analysis: Analysis, dark: str = "bridge") -> tuple[str, list[tuple[str, str, int]]]:
    """Return the picture, and its legend as colour, label and number of nodes.

    Colours are the communities (or the first thing colour can mean). Dark are the ties that are the only path between
    two parts (``"bridge"``) or those that are hard-wired (``"hardwired"``). Every name is drawn where there is room, of many nodes only those with most ties.
    """
    nodes, ties = analysis.nodes, analysis.ties
    n = len(nodes)
    if not n:
        return "", []
    x, y = nodes["x"].to_numpy(dtype=float), nodes["y"].to_numpy(dtype=float)
    wide, high = max(float(np.ptp(x)), 1.0), max(float(np.ptp(y)), 1.0)
    scale = min((WIDTH - 2 * MARGIN) / wide, 900.0 / high, 3.0)
    height = high * scale + 2 * 40
    x, y = MARGIN + (x - x.min()) * scale + (WIDTH - 2 * MARGIN - wide * scale) / 2, 40 + (y - y.min()) * scale
    place = {str(node): i for i, node in enumerate(nodes["id"])}
    a = np.array([place[str(s)] for s in ties["source"]], dtype=np.int64)
    b = np.array([place[str(t)] for t in ties["target"]], dtype=np.int64)
    degree = np.bincount(np.append(a, b), minlength=n)
    words = {"person": "people"}.get(analysis.node_word, f"{analysis.node_word}s")
    colour, legend = _colours(analysis, n)
    size = _sizes(nodes["members"].to_numpy(dtype=float) if "members" in nodes else degree.astype(float), n)
    names = [str(v) for v in nodes["name"]]
    strong = np.zeros(len(ties), dtype=bool)
    if dark in ties:
        strong = ties[dark].to_numpy(dtype=float) >= (HARD_WIRED if dark == "hardwired" else 1.0)
    told = f"{n:,} {words} and {len(ties):,} ties. "
    top = sorted(range(n), key=lambda i: (-degree[i], names[i]))[:5]
    told += "Most ties: " + "; ".join(f"{names[i]} {degree[i]}" for i in top) + "."
    if dark == "hardwired":
        # The names of those at the ends of a dark line are what this picture is for.
        degree = np.bincount(np.append(a[strong], b[strong]), minlength=n)
    title, ident = ("Hard-wired ties on the map", "map-hardwired") if dark == "hardwired" else ("The map", "map")
    out = [open_svg(WIDTH, round(height), title, told, ident)]
    faint = 0.55 if len(ties) <= MANY else max(0.08, 0.55 * math.sqrt(MANY / max(len(ties), 1)))
    for deep in (False, True):
        chosen = np.flatnonzero(strong == deep)
        if chosen.size:
            path = "".join(f"M{x[a[t]]:.1f} {y[a[t]]:.1f}L{x[b[t]]:.1f} {y[b[t]]:.1f}" for t in chosen)
            line, width, depth = (INK, 2.6 if dark == "hardwired" else 1.8, 0.8) if deep else ("#8A94A1", 1.2, faint)
            out.append(f'<path d="{path}" stroke="{line}" stroke-width="{width}" stroke-opacity="{depth:.2f}" fill="none"/>')
    for i in range(n):
        hollow = colour[i].casefold() in ("#fff", "#ffffff")
        ring = ' stroke="#55606e" stroke-width="1.5"' if hollow else ' stroke="#fff" stroke-width="1.5"' if n <= 2000 else ""
        whole = f"<title>{safe(names[i])}</title>" if n <= 1000 else ""
        out.append(f'<circle cx="{x[i]:.1f}" cy="{y[i]:.1f}" r="{size[i]:.1f}" fill="{colour[i]}"{ring}>{whole}</circle>')
    out += _labels(x, y, size, names, degree, height, every=dark != "hardwired")
    return "".join(out) + "</svg>", legend


def _sizes(value: np.ndarray, n: int) -> np.ndarray:
    small, large = (5.0, 13.0) if n <= 150 else (3.0, 8.0) if n <= 800 else (1.6, 4.5)
    known = np.nan_to_num(value)
    most = max(float(known.max(initial=0.0)), 1.0)
    return np.asarray(small + (large - small) * np.sqrt(known / most))


def _colours(analysis: Analysis, n: int) -> tuple[list[str], list[tuple[str, str, int]]]:
    schemes = schemes_of(analysis, analysis.nodes)
    if not schemes:
        return [COLOURS[0]] * n, []
    first = schemes[0]
    colours = [c.colour for c in first.categories]
    shown = [colours[k] if 0 <= k < len(colours) else GREY for k in first.of_node]
    return shown, [(c.colour, c.label, c.count) for c in first.categories]


def _labels(
    x: np.ndarray, y: np.ndarray, size: np.ndarray, names: list[str], degree: np.ndarray, height: float, *, every: bool
) -> list[str]:
    """Place names below their nodes, the best connected first, none over another; only the connected where not `every`."""
    out: list[str] = []
    taken: list[tuple[float, float, float, float]] = []
    n = len(names)
    most = n if n <= 60 else LABELS
    for i in sorted(range(n), key=lambda k: (-degree[k], names[k])):
        if len(out) >= most or not (every or degree[i]):
            break
        words = cut(names[i], 26)
        half = 3.1 * len(words) + 3
        for dy in (size[i] + 12, -size[i] - 5):
            cx = min(max(float(x[i]), half + 2), WIDTH - half - 2)
            cy = float(y[i]) + dy
            box = (cx - half, cy - 10, cx + half, cy + 3)
            if not 10 < cy < height - 2 or any(_over(box, other) for other in taken):
                continue
            taken.append(box)
            out.append(f'<text x="{cx:.1f}" y="{cy:.1f}" text-anchor="middle" font-size="11" fill="{INK if degree[i] > 1 else MUTED}" '
                       f'stroke="#fff" stroke-width="3" paint-order="stroke">{safe(words)}</text>')  # fmt: skip
            break
    return out


def _over(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
