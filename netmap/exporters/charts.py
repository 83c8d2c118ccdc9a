"""Charts as inline SVG: drawn from what a finding describes, readable without colour, with no script."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..finding import Chart
from .heat import heat_svg, heat_table
from .svg import BLUE, GREY_LINE, INK, MUTED, RUST, cut, open_svg, text

__all__ = ["chart_svg", "chart_table", "figure"]

WIDTH = 640
LABEL = 240
ROW = 26


def figure(value: Any, unit: str) -> str:
    """Return a number as people read it: shares as per cent, counts whole, likeness with two decimals.

    Examples
    --------
    >>> figure(0.256, "share"), figure(3.0, "count"), figure(0.5, "similarity"), figure(None, "share")
    ('26%', '3', '0.50', 'not known')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "not known"
    if unit == "share":
        return "under 1%" if 0 < value < 0.005 else f"{value:.0%}"
    if unit == "similarity":
        return f"{value:.2f}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def chart_svg(chart: Chart, ident: str) -> str:
    """Return a chart as an SVG element whose title and description say what it shows; `ident` makes its ids unique."""
    draw: dict[str, Callable[[Chart, str], str]] = {"bars": _bars, "grid": _grid, "heat": heat_svg, "matrix": _matrix, "strip": _strip}
    return draw[chart.kind](chart, ident)


def chart_table(chart: Chart) -> tuple[list[str], list[list[str]]]:
    """Return the numbers of a chart as headings and rows of text."""
    rows = chart.rows
    unit = chart.unit
    if chart.kind == "bars":
        if any(r.get("low") is not None for r in rows):
            return ["", "value", "range"], [
                [str(r["label"]), figure(r["value"], unit), f"{figure(r.get('low'), unit)} to {figure(r.get('high'), unit)}"]
                for r in rows
            ]
        return ["", "value"], [[str(r["label"]), figure(r["value"], unit)] for r in rows]
    if chart.kind == "grid":
        return ["", "", "number", "share"], [
            [str(r["row"]), str(r["column"]), figure(r["value"], "count"), figure(r.get("share"), "share")] for r in rows
        ]
    if chart.kind == "heat":
        return heat_table(chart)
    if chart.kind == "matrix":
        head, body = ["", "", "found"], [[str(r["row"]), str(r["column"]), figure(r["value"], unit)] for r in rows]
        if any(r.get("expected") is not None for r in rows):
            head.append("by chance")
            for line, r in zip(body, rows, strict=True):
                line.append(figure(r.get("expected"), "level"))
        if any(r.get("note") for r in rows):
            head.append("note")
            for line, r in zip(body, rows, strict=True):
                line.append(str(r.get("note") or ""))
        return head, body
    marks = [[str(name), figure(value, unit)] for name, value in chart.marks.items()]
    for lane, values in _lanes(chart).items():
        of = f" of {lane}" if lane else ""
        middle = values[len(values) // 2]
        marks += [
            [f"lowest{of}", figure(values[0], unit)],
            [f"middle{of}", figure(middle, unit)],
            [f"highest{of}", figure(values[-1], unit)],
        ]
    return ["", "value"], marks


def _lanes(chart: Chart) -> dict[str, list[float]]:
    lanes: dict[str, list[float]] = {}
    for row in chart.rows:
        lanes.setdefault(str(row["label"]), []).append(float(row["value"]))
    return {lane: sorted(values) for lane, values in lanes.items()}


def _described(chart: Chart) -> str:
    _, body = chart_table(chart)
    return "; ".join(" ".join(p for p in row if p) for row in body[:12]) + (f"; and {len(body) - 12} more" if len(body) > 12 else "")


def _bars(chart: Chart, ident: str) -> str:
    rows = chart.rows
    height = ROW * len(rows) + 30
    top = max([1e-9] + [float(v) for r in rows for v in (r["value"], r.get("high")) if v is not None])
    top = min(1.0, _round_up(top)) if chart.unit == "share" else _round_up(top)
    span = WIDTH - LABEL - 62
    out = [open_svg(WIDTH, height, chart.title, _described(chart), ident)]
    for share in (0, 0.5, 1):
        x = LABEL + span * share
        out.append(f'<line x1="{x:.1f}" y1="4" x2="{x:.1f}" y2="{height - 22}" stroke="{GREY_LINE}"/>')
        out.append(text(x, height - 8, figure(top * share, chart.unit), anchor="middle", size=11, colour=MUTED))
    for i, row in enumerate(rows):
        y = 6 + ROW * i
        value = float(row["value"])
        out.append(text(LABEL - 10, y + 15, cut(str(row["label"]), 31), anchor="end", title=str(row["label"])))
        out.append(f'<rect x="{LABEL}" y="{y + 3}" width="{span * value / top:.1f}" height="{ROW - 10}" rx="2" fill="{BLUE}"/>')
        end = span * value / top
        low, high = row.get("low"), row.get("high")
        if low is not None and high is not None:
            a, b, m = LABEL + span * float(low) / top, LABEL + span * min(float(high) / top, 1), y + ROW / 2 - 2
            out.append(f'<path d="M{a:.1f} {m}H{b:.1f}M{a:.1f} {m - 4}v8M{b:.1f} {m - 4}v8" stroke="#fff" stroke-width="4" fill="none"/>')
            out.append(f'<path d="M{a:.1f} {m}H{b:.1f}M{a:.1f} {m - 4}v8M{b:.1f} {m - 4}v8" stroke="{INK}" stroke-width="1.6" fill="none"/>')
            end = max(end, b - LABEL)
        out.append(text(LABEL + end + 7, y + 15, figure(value, chart.unit), weight=600))
    return "".join(out) + "</svg>"


def _round_up(value: float) -> float:
    scale = 10 ** math.floor(math.log10(value))
    return float(next(step * scale for step in (1, 2, 2.5, 4, 5, 6, 8, 10) if step * scale >= value - 1e-12))


def _names(rows: Sequence[Mapping[str, Any]], *keys: str) -> list[str]:
    return list(dict.fromkeys(str(r[k]) for k in keys for r in rows))


def _grid(chart: Chart, ident: str) -> str:
    down, across = _names(chart.rows, "row"), _names(chart.rows, "column")
    side, high, left = (WIDTH - 130) / max(len(across), 1), 62, 124
    height = high * len(down) + 34
    most = max([float(r["value"] or 0) for r in chart.rows] + [1.0])
    out = [open_svg(WIDTH, height, chart.title, _described(chart), ident)]
    for j, name in enumerate(across):
        out.append(text(left + side * (j + 0.5), 18, cut(name, int(side / 7)), anchor="middle", size=12, colour=MUTED, title=name))
    for i, name in enumerate(down):
        out.append(text(left - 10, 28 + high * i + high / 2, cut(name, 16), anchor="end", title=name))
    for r in chart.rows:
        i, j = down.index(str(r["row"])), across.index(str(r["column"]))
        value = float(r["value"] or 0)
        x, y = left + side * j, 26 + high * i
        strong = value / most > 0.55
        out.append(f'<rect x="{x + 2:.1f}" y="{y + 2}" width="{side - 4:.1f}" height="{high - 4}" rx="4" fill="{BLUE}" '
                   f'fill-opacity="{0.06 + 0.9 * value / most:.2f}" stroke="{GREY_LINE}"/>')  # fmt: skip
        colour = "#fff" if strong else INK
        out.append(text(x + side / 2, y + high / 2 + 2, figure(value, "count"), anchor="middle", size=18, weight=600, colour=colour))
        if r.get("share") is not None:
            out.append(text(x + side / 2, y + high / 2 + 19, figure(r["share"], "share"), anchor="middle", size=11, colour=colour))
    return "".join(out) + "</svg>"


def _matrix(chart: Chart, ident: str) -> str:
    names = _names(chart.rows, "row", "column")
    k = len(names)
    left = 210
    side = min(64.0, (WIDTH - left - 10) / max(k, 1))
    shown = [f"{i + 1}" for i in range(k)]
    height = 26 + side * k + 6
    most = max([float(r["value"] or 0) for r in chart.rows] + [1.0])
    out = [open_svg(WIDTH, height, chart.title, _described(chart), ident)]
    for i, name in enumerate(names):
        out.append(text(left - 8, 26 + side * (i + 0.5) + 4, f"{cut(name, 26)}  {shown[i]}", anchor="end", title=name, size=12))
        out.append(text(left + side * (i + 0.5), 18, shown[i], anchor="middle", size=12, colour=MUTED, title=name))
    place = {name: i for i, name in enumerate(names)}
    for i in range(k):
        for j in range(i + 1):
            out.append(f'<rect x="{left + side * j + 1:.1f}" y="{27 + side * i:.1f}" width="{side - 2:.1f}" height="{side - 2:.1f}" '
                       f'rx="3" fill="none" stroke="{GREY_LINE}"/>')  # fmt: skip
    for r in chart.rows:
        a, b = place[str(r["row"])], place[str(r["column"])]
        i, j = max(a, b), min(a, b)
        value, expected, p = float(r["value"] or 0), r.get("expected"), r.get("p")
        beyond = p is not None and p < 0.05
        more = expected is None or value >= float(expected)
        fill = (BLUE if more else RUST) if value or beyond else "none"
        depth = 0.10 + 0.75 * value / most if expected is None else (0.75 if beyond else 0.12)
        x, y = left + side * j, 26 + side * i
        if fill != "none":
            out.append(f'<rect x="{x + 1:.1f}" y="{y + 1:.1f}" width="{side - 2:.1f}" height="{side - 2:.1f}" rx="3" fill="{fill}" '
                       f'fill-opacity="{depth:.2f}"/>')  # fmt: skip
        if side >= 18 and (value or expected is not None):
            colour = "#fff" if depth > 0.5 and fill != "none" else INK
            word = figure(value, "count") + ("*" if r.get("note") else "")
            lift = -3 if expected is not None and side >= 34 else 4
            out.append(text(x + side / 2, y + side / 2 + lift, word, anchor="middle", size=13, weight=600, colour=colour))
            if expected is not None and side >= 34:
                out.append(text(x + side / 2, y + side / 2 + 13, f"({figure(float(expected), 'level')})", anchor="middle", size=10, colour=colour))
    return "".join(out) + "</svg>"


def _strip(chart: Chart, ident: str) -> str:
    lanes = _lanes(chart)
    values = [v for lane in lanes.values() for v in lane]
    marks = {k: float(v) for k, v in chart.marks.items()}
    low = math.floor(10 * min([*values, *marks.values(), 1.0])) / 10
    high = math.ceil(10 * max([*values, *marks.values(), 0.0])) / 10
    high = high if high > low else low + 0.1
    left = 24 if len(lanes) < 2 else 92
    span, top, deep = WIDTH - left - 24, 34, 66
    base = top + deep * max(len(lanes), 1) - 4
    height = base + 38

    def x(value: float) -> float:
        return left + span * (value - low) / (high - low)

    out = [open_svg(WIDTH, height, chart.title, _described(chart), ident)]
    for step in range(6):
        value = low + (high - low) * step / 5
        out.append(text(x(value), base + 18, figure(value, chart.unit), anchor="middle", size=11, colour=MUTED))
    for number, (lane, each) in enumerate(lanes.items()):
        floor = top + deep * (number + 1) - 4
        colour = BLUE if number == 0 else MUTED
        if lane:
            out.append(text(left - 10, floor - 6, cut(lane, 13), anchor="end", size=12, title=lane))
        out.append(f'<line x1="{left}" y1="{floor}" x2="{left + span}" y2="{floor}" stroke="{MUTED}"/>')
        out += _pile(each, x, left, floor, deep, colour)
    placed: list[float] = []
    for n, (name, value) in enumerate(sorted(marks.items(), key=lambda m: m[1])):
        at, colour = x(value), (RUST if n else INK)
        near = any(abs(at - other) < 150 for other in placed)
        placed.append(at)
        level = 12 if not near else 26
        anchor = "end" if at > WIDTH - 120 else "start" if at < 120 else "middle"
        out.append(f'<line x1="{at:.1f}" y1="{level + 4}" x2="{at:.1f}" y2="{base + 4}" stroke="{colour}" stroke-width="2" '
                   f'{"" if n else chr(32) + "stroke-dasharray=" + chr(34) + "5 3" + chr(34)}/>')  # fmt: skip
        out.append(text(at, level, f"{name}: {figure(value, chart.unit)}", anchor=anchor, size=12, weight=600, colour=colour))
    return "".join(out) + "</svg>"


def _pile(values: Sequence[float], x: Callable[[float], float], left: float, floor: float, deep: float, colour: str) -> list[str]:
    """Draw the values of one lane as piles of dots, or as bars where the piles are high."""
    bins: dict[int, int] = {}
    for value in values:
        slot = round((x(value) - left) / 7)
        bins[slot] = bins.get(slot, 0) + 1
    tall = max(bins.values(), default=1)
    step_y = min(7.0, (deep - 8) / tall)
    out = []
    for slot, times in sorted(bins.items()):
        if tall > 30:
            tall_bar = step_y * times
            out.append(f'<rect x="{left + slot * 7 - 3}" y="{floor - 2 - tall_bar:.1f}" width="6" height="{tall_bar:.1f}" fill="{colour}" fill-opacity="0.6"/>')
            continue
        for k in range(times):
            out.append(f'<circle cx="{left + slot * 7}" cy="{floor - 4 - step_y * k:.1f}" r="3" fill="{colour}" fill-opacity="0.6"/>')
    return out
