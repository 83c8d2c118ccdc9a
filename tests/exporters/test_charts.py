"""Charts are well-formed SVG, say in words what they show, and keep every name as text."""

import xml.etree.ElementTree as ET

import pytest

from netmap.exporters.charts import chart_svg, chart_table, figure
from netmap.finding import Chart

HOSTILE = '</svg><script>hit()</script>"\'&'
BARS = Chart("bars", "Shares", ({"label": HOSTILE, "value": 0.5, "low": 0.2, "high": 0.7}, {"label": "B", "value": 0.1}))
GRID = Chart("grid", "Cells", tuple({"row": r, "column": c, "value": 3, "share": 0.25} for r in ("chosen", HOSTILE)
                                    for c in ("loose", "accountable")), unit="count")  # fmt: skip
MATRIX = Chart("matrix", "Pairs", (
    {"row": "A", "column": HOSTILE, "value": 2, "expected": 3.5, "p": 0.01, "note": ""},
    {"row": "A", "column": "A", "value": 0, "expected": None, "p": None, "note": "one member only"},
), unit="count")  # fmt: skip
STRIP = Chart("strip", "Likeness", tuple({"label": "", "value": v / 10} for v in range(4, 10)), unit="similarity",
              marks={"partners": 0.7, HOSTILE: 0.6})  # fmt: skip


@pytest.mark.parametrize("chart", [BARS, GRID, MATRIX, STRIP], ids=lambda c: c.kind)
def test_a_chart_is_one_picture_with_a_name_and_no_markup_of_its_data(chart):
    svg = chart_svg(chart, "x")
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    names = {child.tag.rpartition("}")[2]: child for child in root[:2]}
    assert names["title"].text == chart.title
    assert names["desc"].text
    assert "<script" not in svg
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg", "title", "desc", "text", "rect", "line", "path", "circle"
    }  # fmt: skip


def test_bars_are_as_long_as_their_values_say():
    root = ET.fromstring(chart_svg(BARS, "x"))
    widths = [float(r.get("width")) for r in root.iter() if r.tag.endswith("rect")]
    assert widths[0] == pytest.approx(5 * widths[1], rel=0.01)


def test_the_table_beside_a_chart_holds_its_numbers():
    assert chart_table(BARS)[1] == [[HOSTILE, "50%", "20% to 70%"], ["B", "10%", "not known to not known"]]
    assert chart_table(GRID)[1][0] == ["chosen", "loose", "3", "25%"]
    heads, rows = chart_table(MATRIX)
    assert heads == ["", "", "found", "by chance", "note"]
    assert rows[0][2:4] == ["2", "3.5"]
    assert dict(chart_table(STRIP)[1])["partners"] == "0.70"


def test_charts_of_nothing_are_drawn():
    for kind in ("bars", "grid", "matrix", "strip"):
        ET.fromstring(chart_svg(Chart(kind, "Empty", ()), "x"))


def test_numbers_are_written_as_people_read_them():
    assert figure(0.001, "share") == "under 1%"
    assert figure(float("nan"), "count") == "not known"
    assert figure(1234.0, "count") == "1,234"
