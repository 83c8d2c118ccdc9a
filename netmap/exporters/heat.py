"""The heat table: rows by columns in shades of one colour, with the answers written in and dots for what is held on to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .svg import BLUE, GREY_LINE, INK, MUTED, cut, open_svg, text

if TYPE_CHECKING:
    from ..finding import Chart

__all__ = ["heat_svg", "heat_table"]

WIDTH, LEFT, HEAD = 640, 232, 34
# Above this depth white text can be read better than dark (7:1 at the deepest).
_DARK = 0.55


def heat_table(chart: Chart) -> tuple[list[str], list[list[str]]]:
    """Return the rows and columns of a heat table as text, a dot marking what is held on to."""
    across = list(dict.fromkeys(str(r["column"]) for r in chart.rows))
    body: dict[str, dict[str, str]] = {}
    for r in chart.rows:
        body.setdefault(str(r["row"]), {})[str(r["column"])] = str(r["shown"]) + (" \u25cf" if r.get("mark") else "")
    return ["", *across], [[name, *(cells.get(c, "") for c in across)] for name, cells in body.items()]


def heat_svg(chart: Chart, ident: str) -> str:
    """Return a heat table as an SVG element."""
    across = list(dict.fromkeys(str(r["column"]) for r in chart.rows))
    down = list(dict.fromkeys(str(r["row"]) for r in chart.rows))
    high = 26 if len(down) <= 40 else 19
    wide = min((WIDTH - LEFT - 4) / max(len(across), 1), 110.0)
    told = f"{len(down)} rows, {len(across)} columns. The numbers stand in the table below the picture."
    out = [open_svg(WIDTH, HEAD + high * len(down) + 6, chart.title, told, ident)]
    for j, name in enumerate(across):
        level = 12 if j % 2 == 0 or wide > 90 else 26
        out.append(text(LEFT + wide * (j + 0.5), level, cut(name, int(2 * wide / 7.2)), anchor="middle", size=11, colour=MUTED, title=name))
    row_of = {name: i for i, name in enumerate(down)}
    column_of = {name: j for j, name in enumerate(across)}
    for name, i in row_of.items():
        out.append(text(LEFT - 8, HEAD + high * (i + 0.5) + 4, cut(name, 35), anchor="end", size=12, title=name))
    for r in chart.rows:
        x, y = LEFT + wide * column_of[str(r["column"])], HEAD + high * row_of[str(r["row"])]
        value = r.get("value")
        depth = 0.0 if value is None else 0.05 + 0.90 * float(value)
        fill = f'fill="{BLUE}" fill-opacity="{depth:.2f}"' if value is not None else 'fill="none"'
        out.append(f'<rect x="{x + 1:.1f}" y="{y + 1}" width="{wide - 2:.1f}" height="{high - 2}" rx="2" {fill} stroke="{GREY_LINE}"/>')
        colour = "#fff" if depth > _DARK else INK
        shown = str(r["shown"])
        if shown:
            out.append(text(x + wide / 2, y + high / 2 + 4, shown, anchor="middle", size=11, colour=colour))
        if r.get("mark"):
            out.append(f'<circle cx="{x + wide / 2 + 18:.1f}" cy="{y + high / 2:.1f}" r="3" fill="{colour}"/>')
    return "".join(out) + "</svg>"
