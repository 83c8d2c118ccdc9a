"""The map for everybody: axe, the accessibility tree, small windows, large text, other colours, less motion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from netmap.exporters.map_page import map_html
from tests.browser.pages import Opened

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("state", ["", "#node=tdc&view=map", "#finding=F7", "#finding=F8", "#view=table", "#finding=F2"])
def test_axe_finds_nothing(opened: Opened, estuary: Any, light: str, state: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: cd web && npm ci")
    page = opened(map_html(estuary, "report.html"), state.replace("tdc", estuary.finding("F1").nodes[0]), color_scheme=light)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))")
    assert found == []


def test_everything_has_a_name_in_the_accessibility_tree(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary), "#node=" + str(estuary.finding("F1").nodes[0]))
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = {"button", "combobox", "checkbox", "link", "application", "table", "textbox", "searchbox", "heading", "region"}
    unnamed = [n for n in tree if not n.get("ignored") and n["role"]["value"] in roles and not n.get("name", {}).get("value")]
    assert unnamed == []
    names = {(n["role"]["value"], n.get("name", {}).get("value")) for n in tree if not n.get("ignored")}
    assert ("application", "Map. " + page.locator("#sentence").inner_text()) in names
    assert ("heading", "Tidewell District Council") in names
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


