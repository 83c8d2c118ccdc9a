"""The map for everybody: axe, the accessibility tree, small windows, large text, other colours, less motion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from netmap.exporters.map_page import map_html
from tests.browser.conftest import chromium_path
from tests.browser.pages import Opened, drawn, picture

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




STATES = [
    "",
    "#node=tdc",
    "#node=tdc&to=other",
    "#level=networks",
    "#level=networks&network=Wellbeing+Circle&open=Wellbeing+Circle",
    "#view=table&node=tdc",
    "#finding=F2",
    "#colour=sector&hide=private",
]
# What has the focus, and whether any of it can be seen.
HELD = """(() => {
  const e = document.activeElement, { left, right, top, bottom } = e.getBoundingClientRect();
  if (e === document.body) return "";
  const seen = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  return [e.id || e.dataset.v || e.dataset.do || e.className || e.tagName, seen].join();
})()"""


def state_of(estuary: Any, state: str) -> str:
    first = str(estuary.finding("F1").nodes[0])
    other = next(n for n in estuary.nodes["id"] if n != first)
    return state.replace("tdc", first).replace("other", other)


def violations(page: Any) -> Any:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))")


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("state", [s for s in STATES[2:] if s != "#finding=F2"])
def test_axe_finds_nothing_wide_or_narrow(opened: Opened, estuary: Any, light: str, width: int, state: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: cd web && npm ci")
    page = opened(map_html(estuary), state_of(estuary, state), color_scheme=light, viewport={"width": width, "height": 800})
    assert violations(page) == []


@pytest.mark.parametrize("light", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(opened: Opened, estuary: Any, light: str) -> None:
    """Help, the list of names found, the menu to save, the filters."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: cd web && npm ci")
    page = opened(map_html(estuary), color_scheme=light)
    page.locator("#key summary").first.click()
    page.locator(".menu summary").click()
    assert violations(page) == []
    page.locator("#find").fill("a")
    assert page.locator("#find-list li").count() > 1
    assert violations(page) == []
    page.click("#help-button")
    page.locator("#help details summary").click()
    assert violations(page) == []


# What is cut off or hangs over the side, and what is too small to hit; a checkbox is hit by its label.
CUT = """[...document.querySelectorAll("button, select, summary, p, h1, h2, h3, li, label, input")].filter((e) =>
  e.checkVisibility() && !e.matches(".unseen, .skip, .entry *") && !e.closest(".scroll") &&
  (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)).map((e) => e.outerHTML)"""
TINY = """[...document.querySelectorAll("button, select, summary, a, input, [role=option]")].filter((e) => {
  const { width, height } = (e.type === "checkbox" ? e.closest("label") : e).getBoundingClientRect();
  return e.checkVisibility() && !e.closest("p") && !e.matches(".skip") && (width < 23.99 || height < 23.99);
}).map((e) => e.outerHTML)"""


@pytest.mark.parametrize("height", [200, 640])
@pytest.mark.parametrize("state", STATES)
def test_at_320_pixels_nothing_is_cut_off_and_all_can_be_reached(opened: Opened, estuary: Any, state: str, height: int) -> None:
    """As on a small phone, and as 1,280 by 800 pixels at 400%: one way of scrolling, targets of 24 pixels or more."""
    page = opened(map_html(estuary), state_of(estuary, state), viewport={"width": 320, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CUT) == []
    assert page.evaluate(TINY) == []
    assert page.evaluate("[...document.querySelectorAll('#panel, #key, #tour')].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.id)") == []
    if "level" not in state:
        page.locator(".tools .narrow").click()
        page.locator("#key summary").first.click()
        assert page.evaluate(CUT + ".concat(" + TINY + ")") == []
        page.keyboard.press("Escape")
    seen = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(HELD))
    assert {"find,true", "help-button,true", "table,true"} <= seen
    assert "map,true" in seen or "view=table" in state
    assert not {s for s in seen if s.endswith(",false")}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("state", STATES)
def test_targets_are_large_enough(opened: Opened, estuary: Any, state: str, width: int) -> None:
    page = opened(map_html(estuary, "report.html"), state_of(estuary, state), viewport={"width": width, "height": 800})
    for summary in page.locator("summary:visible").all():
        if summary.locator("xpath=..").get_attribute("class") != "menu":
            summary.click()
    assert page.evaluate(TINY) == []


@pytest.mark.parametrize("light", ["light", "dark"])
def test_forced_colours_and_less_motion_are_heeded(opened: Opened, estuary: Any, light: str) -> None:
    """The picture takes the system's ink and ground; what is pressed is told from what is not; nothing moves by itself."""
    page = opened(map_html(estuary), forced_colors="active", color_scheme=light)
    ground, canvas = page.evaluate(
        "(() => { const c = document.querySelector('#map canvas'), d = c.getContext('2d').getImageData(0, 0, 300, 300).data;"
        "return [getComputedStyle(document.body).backgroundColor, `rgb(${d[0]}, ${d[1]}, ${d[2]})`]; })()"
    )
    assert ground == canvas
    pressed, other = page.evaluate("[...document.querySelectorAll('.tools .choice button')].map((b) => getComputedStyle(b).backgroundColor)")
    assert pressed != other
    page.focus("#map")
    before = drawn(page)
    page.keyboard.press("+")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    after = drawn(page)
    assert before != after
    assert picture(page) == after


def test_without_gpu_and_3d_the_picture_is_the_same(chromium: Any, opened: Opened, estuary: Any) -> None:
    """Pixel for pixel, with graphics hardware, its imitation and all of 3-D switched off."""
    html = map_html(estuary)
    usual = picture(opened(html))
    bare = chromium.browser_type.launch(
        executable_path=chromium_path(),
        args=["--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-software-rasterizer"],
    )
    try:
        page = bare.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", offline=True)
        assert page.evaluate("document.createElement('canvas').getContext('webgl')") is None
        page.set_content(html)
        page.wait_for_selector("html[data-state=ready]", state="attached")
        assert picture(page) == usual
    finally:
        bare.close()
