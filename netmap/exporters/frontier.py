"""The frontier: how many it takes at each level, as steps that never fall, with the same in numbers."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .svg import BLUE, GREY_LINE, INK, MUTED, RUST, open_svg, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..finding import Chart

__all__ = ["steps_svg", "steps_table"]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 250, 52, 24, 44, 46


def steps_table(chart: Chart) -> tuple[list[str], list[list[str]]]:
    """Return the levels and sizes as text, levels of one size together."""
    rows: list[list[str]] = []
    held: tuple[Any, bool] | None = None
    for r in chart.rows:
        key = r["value"], _proven(r)
        if key == held:
            rows[-1][0] = f"{rows[-1][0].split(' to ')[0]} to {r['level']:.2f}"
            continue
        held = key
        size = "none" if r["value"] is None else f"{r['value']:,.0f}" + ("" if _proven(r) else f" (at least {r['low']:,.0f})")
        rows.append([f"{r['level']:.2f}", size])
    return ["alike at least", "how many"], rows


def _proven(row: Mapping[str, Any]) -> bool:
    low = row.get("low")
    return row["value"] is None or (low is not None and low == low and low >= row["value"] - 1e-9)


def steps_svg(chart: Chart, ident: str) -> str:
    """Return the steps as an SVG element; what is not proven smallest is a ring."""
    known = [r for r in chart.rows if r["value"] is not None]
    most = max((float(r["value"]) for r in known), default=1.0)
    every = max(1, math.ceil(most / 5))
    top = every * math.ceil(most / every)

    def x(level: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * level

    def y(size: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * size / top

    told = "; ".join(f"{level}: {size}" for level, size in steps_table(chart)[1])
    out = [open_svg(WIDTH, HEIGHT, chart.title, f"Likeness at least, and how many it takes: {told}", ident)]
    for size in range(0, top + 1, every):
        out.append(f'<line x1="{LEFT}" y1="{y(size):.1f}" x2="{WIDTH - RIGHT}" y2="{y(size):.1f}" stroke="{GREY_LINE}"/>')
        out.append(text(LEFT - 10, y(size) + 4, f"{size}", anchor="end", size=11, colour=MUTED))
    for tenth in range(0, 11, 2):
        out.append(text(x(tenth / 10), HEIGHT - BOTTOM + 18, f"{tenth / 10:.1f}", anchor="middle", size=11, colour=MUTED))
    out.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "how alike every two must be", anchor="middle", size=12, colour=MUTED))
    for label, level in chart.marks.items():
        if level == level:
            end = level > 0.6
            out.append(f'<line x1="{x(level):.1f}" y1="22" x2="{x(level):.1f}" y2="{HEIGHT - BOTTOM}" stroke="{RUST}" stroke-dasharray="5 4"/>')
            out.append(text(x(level) + (-6 if end else 6), 16, label, anchor="end" if end else "start", size=11, colour=RUST))
    if known:
        path = f"M{x(known[0]['level']):.1f} {y(known[0]['value']):.1f}"
        for before, after in pairwise(known):
            # A size serves up to the level it was found for; the next one needs more.
            path += f"H{x(before['level']):.1f}V{y(after['value']):.1f}H{x(after['level']):.1f}"
        out.append(f'<path d="{path}" fill="none" stroke="{BLUE}" stroke-width="2"/>')
    last = None
    for r in known:
        fill = BLUE if _proven(r) else "#fff"
        out.append(f'<circle cx="{x(r["level"]):.1f}" cy="{y(r["value"]):.1f}" r="4.5" fill="{fill}" stroke="{BLUE}" stroke-width="2"/>')
        if r["value"] != last:
            out.append(text(x(r["level"]), y(r["value"]) - 10, f"{r['value']:,.0f}", anchor="middle", size=12, weight=600, colour=INK))
        last = r["value"]
    return "".join(out) + "</svg>"
