"""The map in Chromium, offline: it draws, explains itself, and every gesture has a key and a button."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from netmap.exporters.findings_json import findings_json
from netmap.exporters.map_page import map_html
from tests.browser.pages import Opened, ink, picture, said, settled, title, until
from tests.exporters.little import little_analysis

# -- it opens ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_map_draws_offline_and_fits_the_width(opened: Opened, estuary: Any, width: int, light: str) -> None:
    """The picture is there when the page says ready, says what it is, and nothing runs over the edge."""
    page = opened(map_html(estuary), viewport={"width": width, "height": 800}, color_scheme=light)
    assert ink(page) > 1_500
    assert page.evaluate("performance.getEntriesByName('netmap-ready').length") == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.title() == "estuary: map"
    assert page.locator("#sentence").inner_text().startswith("31 organisations and 51 ties between them, as of 2025.")
    assert page.locator("#tour .headline").inner_text() == estuary.finding("F1").headline


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_networks_open(opened: Opened, count: int) -> None:
    page = opened(map_html(little_analysis(count)))
    page.focus("#map")
    for key in ("ArrowRight", "Enter", "Escape", "n", "0"):
        page.keyboard.press(key)
    assert page.locator("h1").inner_text() == "Devon partnerships"


@pytest.mark.parametrize("word", ["group", "person"])
def test_other_kinds_of_node_open(opened: Opened, word: str) -> None:
    page = opened(map_html(little_analysis(6, node_word=word)))
    assert page.locator("#filtered").inner_text() == f"Showing all: 6 {'groups' if word == 'group' else 'people'} and 6 ties."
    assert "bridges" not in page.locator("#lines option").evaluate_all("all => all.map((o) => o.value)")


def test_a_browser_older_than_said_is_told_so(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary), state="", script="delete window.DecompressionStream;")
    page.wait_for_selector("[role=alert].broken", timeout=15_000)
    assert "A browser of 2023 or later is needed." in page.locator("[role=alert].broken").inner_text()


def test_without_a_canvas_the_page_says_so_and_the_table_works(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary), script="HTMLCanvasElement.prototype.getContext = () => null;")
    assert page.locator("#map .broken").inner_text() == "This browser cannot draw the picture. The table holds the same."
    page.click("[data-v=table]")
    page.locator("#twin tbody button", has_text="Cyngor Aberlwyd").click()
    assert title(page) == "Cyngor Aberlwyd"


def test_broken_content_is_said(opened: Opened) -> None:
    html = map_html(little_analysis(4))
    at = html.index('id="data">') + 60
    page = opened(html[:at] + "AAAA" + html[at + 4 :], state="error")
    assert page.locator("[role=alert]").inner_text().startswith("The map could not be opened")


def test_without_scripts_the_first_finding_can_be_read(opened: Opened, localgov: Any) -> None:
    page = opened(map_html(localgov), state="", java_script_enabled=False)
    assert "All 21 ties are the only path" in page.locator("noscript").inner_text()


# -- by keyboard alone -------------------------------------------------------------------------------------------


def test_a_name_is_found_and_opened_by_keyboard(opened: Opened, estuary: Any) -> None:
    """Slash, part of a name without accents, Enter: the panel has the focus and tells all; Escape goes back."""
    page = opened(map_html(estuary))
    page.keyboard.press("/")
    page.keyboard.type("ymdeithas mor")
    assert page.locator("#find-list li").count() == 1
    assert page.get_attribute("#find", "aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert title(page) == "Cymdeithas y Môr"
    assert page.evaluate("document.activeElement.id") == "panel"
    assert said(page).startswith("Cymdeithas y Môr, ")
    assert "Did not answer" in page.locator("#panel").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert page.evaluate("document.activeElement.id") == "map"


def test_arrows_walk_along_ties_and_each_step_is_said(opened: Opened, localgov: Any) -> None:
    page = opened(map_html(localgov))
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    first = title(page)
    assert first == "Devon County Council"
    near = page.locator("#panel .ties .link").all_inner_texts()
    page.keyboard.press("ArrowLeft")
    assert title(page) in near
    assert said(page).startswith(title(page))
    assert page.evaluate("document.activeElement.id") == "map"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"


def test_a_way_between_two_is_spelt_out_and_its_absence_said(opened: Opened, localgov: Any) -> None:
    page = opened(map_html(localgov))
    for wanted, words in (
        ("localgovdigital", "Devon County Council reaches LocalGovDigital in 3 steps, through Wales Audit Office and Unmentoring."),
        ("ofsted", "There is no way from Devon County Council to Ofsted"),
    ):
        page.focus("#map")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("devon county")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="A way to ...").focus()
        page.keyboard.press("Enter")
        page.keyboard.type(wanted)
        page.keyboard.press("Enter")
        assert words in page.locator("#panel").inner_text()
        assert words in said(page)


def test_what_rests_on_an_organisation_is_named(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary), "#node=" + str(estuary.finding("F1").nodes[0]))
    text = page.locator("#panel .rests").inner_text()
    assert "If it stepped back, 30% of the pairs of others now in touch would lose touch." in text
    assert "falls into 3 parts" in text


def test_the_tour_shows_every_finding_and_its_address_restores_it(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary, "report.html"), "#finding=F7")
    told = json.loads(findings_json(estuary))["findings"]
    assert page.locator("#tour .headline").inner_text() == estuary.finding("F7").headline
    assert page.locator("#key .choice [aria-pressed=true]").inner_text() == "Networks"
    assert page.locator("#tour a").get_attribute("href") == "report.html#F7"
    heads, colours = [], {}
    page.focus("#map")
    for _ in told:
        page.keyboard.press("n")
        heads.append(page.locator("#tour .headline").inner_text())
        assert heads[-1] in said(page)
        if page.locator("#colour").count():
            colours[heads[-1]] = page.locator("#colour").input_value()
    assert sorted(heads) == sorted(f["headline"] for f in told)
    by_sector = [f["headline"] for f in told if f["id"] == "F6"]
    assert [head for head, colour in colours.items() if colour == "sector"] == by_sector
    page.keyboard.press("n")
    page.keyboard.press("n")
    order = [f["id"] for f in told]
    until(page, f"location.hash.includes('finding={order[order.index('F7') + 2]}')")


def test_the_key_hides_and_isolates_and_says_what_is_shown(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary))
    page.select_option("#colour", "sector")
    before = picture(page)
    entry = page.locator("#key .entry", has_text="private")
    entry.focus()
    page.keyboard.press("Enter")
    assert page.locator("#key .entry[aria-pressed=false]").count() == 1
    shown = page.locator("#filtered").inner_text()
    assert shown.startswith("Showing 27 of 31 organisations")
    assert "sector without private" in shown
    assert shown.split(" Show everything")[0] in said(page)
    assert picture(page) != before
    page.get_by_role("button", name="Show only public").click()
    assert "sector public only" in page.locator("#filtered").inner_text()
    page.locator("#filtered button").click()
    assert page.locator("#filtered").inner_text() == "Showing all: 31 organisations and 51 ties."


def test_filters_agree_with_the_tables(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary))
    page.locator("#key summary", has_text="Filters").click()
    ties = estuary.ties
    page.select_option("#mandate", "mandated")
    assert f"{(ties['mandate'] == 'mandated').sum()} of 51 ties" in page.locator("#filtered").inner_text()
    page.select_option("#mandate", "")
    page.select_option("#hard", "hard")
    assert f"{(ties['hardwired'] >= 2 / 3).sum()} of 51 ties" in page.locator("#filtered").inner_text()
    page.select_option("#hard", "")
    page.get_by_label("Told by both sides only").check()
    assert f"{ties['confirmed'].astype(bool).sum()} of 51 ties" in page.locator("#filtered").inner_text()
    page.locator("#key").get_by_role("button", name="Show everything").click()
    page.select_option("#in", label="Wellbeing Circle (7)")
    assert page.locator("#filtered").inner_text().startswith("Showing 7 of 31 organisations")


def test_the_table_is_a_twin(opened: Opened, estuary: Any) -> None:
    """The same search, filter and selection; a heading sorts; a name opens the same panel."""
    page = opened(map_html(estuary))
    page.focus("[data-v=table]")
    page.keyboard.press("Enter")
    assert page.locator("#twin tbody tr").count() == 31
    page.get_by_role("button", name="Number of ties").click()
    page.wait_for_selector("th[aria-sort=descending]")
    best = page.locator("#twin tbody th").first.inner_text()
    nodes = estuary.nodes
    assert nodes.loc[nodes["name"] == best, "degree"].item() == nodes["degree"].max()
    page.keyboard.press("/")
    page.keyboard.type("aber")
    assert page.locator("#twin tbody tr").count() == nodes["name"].str.contains("aber", case=False).sum()
    page.keyboard.press("Escape")
    page.locator("#twin tbody button").first.focus()
    page.keyboard.press("Enter")
    assert title(page) == best
    until(page, "location.hash.includes('view=table')")


def test_proposed_introductions_are_a_layer_that_is_switched_on(opened: Opened, estuary: Any) -> None:
    """Off at first; on by its box, said, drawn dashed, named with the reason in the panel and the table, gone with filters."""
    (first, second), *_ = [s.pair for s in estuary.finding("F8").steps]
    names = dict(zip(estuary.nodes["id"], estuary.nodes["name"], strict=True))
    page = opened(map_html(estuary), accept_downloads=True)
    box = page.get_by_label("Proposed introductions")
    assert not box.is_checked()
    assert "not tied: might be introduced" not in page.locator("#key").inner_text()
    before = picture(page)
    box.focus()
    page.keyboard.press("Space")
    until(page, "location.hash.includes('proposed=yes')")
    assert "not tied: might be introduced" in page.locator("#key").inner_text()
    assert picture(page) != before
    page.focus("#map")
    page.keyboard.press("/")
    page.keyboard.type(names[first])
    page.keyboard.press("Enter")
    assert title(page) == names[first]
    panel = page.locator("#panel").inner_text()
    assert "Proposed introductions" in panel and names[second] in panel and "would be nearer" in panel
    page.locator(".menu summary").click()
    with page.expect_download() as waiting:
        page.locator(".menu").get_by_role("button", name="Drawing (SVG)").click()
    assert 'stroke-dasharray="7 6"' in Path(waiting.value.path()).read_text(encoding="utf-8")
    again = opened(map_html(estuary), page.evaluate("location.hash") + "&view=table")
    heads = again.locator("#twin thead th").all_inner_texts()
    row = again.locator("#twin tbody tr", has_text=names[first]).first.locator("th, td").all_inner_texts()
    assert names[second] in row[heads.index("Might be introduced to")]
    sector = estuary.nodes.set_index("id")["sector"][second]
    hidden = opened(map_html(estuary), f"#proposed=yes&colour=sector&hide={sector}&view=table")
    assert names[second] not in hidden.locator("#twin").inner_text()


def test_the_finding_on_introductions_draws_them(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary), "#finding=F8")
    assert page.get_by_label("Proposed introductions").is_checked()
    page.focus("#map")
    page.keyboard.press("n")
    assert not page.get_by_label("Proposed introductions").is_checked()


def test_networks_are_circles_that_can_be_walked_and_opened(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary))
    page.get_by_role("button", name="Networks", exact=True).click()
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    assert title(page) == "Wellbeing Circle"
    text = page.locator("#panel").inner_text()
    assert "8 members (7 shown)" in text
    assert re.search(r"4 shared members, 0 ties \(6\.\d by chance\)", text)
    before = picture(page)
    page.get_by_role("button", name="Open it here").focus()
    page.keyboard.press("Enter")
    assert said(page) == "Wellbeing Circle is open."
    assert picture(page) != before
    page.get_by_role("button", name="Close it").click()
    page.get_by_role("button", name="Show its members").click()
    assert page.locator("#filtered").inner_text().startswith("Showing 7 of 31 organisations")
    assert page.locator("#key .choice [aria-pressed=true]").inner_text() == "Organisations"


def test_scale_and_place_change_by_key_and_by_button(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary))
    first = picture(page)
    page.focus("#map")
    for key in ("+", "-", "Shift+ArrowLeft"):
        before = picture(page)
        page.keyboard.press(key)
        assert picture(page) != before
    page.keyboard.press("0")
    assert picture(page) == first
    for name in ("in", "out", "left", "right", "up", "down"):
        before = picture(page)
        page.click(f"[data-do='move.{name}']")
        assert picture(page) != before
    page.click("[data-do='move.all']")
    assert picture(page) == first


# -- by mouse and touch ------------------------------------------------------------------------------------------


def test_click_drag_and_wheel(opened: Opened) -> None:
    page = opened(map_html(little_analysis(3)), "#areas=no")
    box = page.locator("#map canvas").bounding_box()
    spot = page.evaluate(
        "(() => { const c = document.querySelector('#map canvas'), d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data;"
        "for (let y = 0; y < c.height; y++) for (let x = 0; x < c.width; x++) { const i = 4 * (y * c.width + x);"
        "if (d[i] === 9 && d[i + 1] === 72 && d[i + 2] === 153) return [x / devicePixelRatio, y / devicePixelRatio]; }"
        "})()"
    )
    x, y = box["x"] + spot[0], box["y"] + spot[1] + 3
    page.mouse.click(x, y)
    assert title(page).startswith("Organisation ")
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    assert page.locator("#panel").is_hidden()
    for act in (lambda: page.mouse.wheel(0, -300), lambda: page.mouse.move(x - 90, y - 60)):
        before = picture(page)
        page.mouse.move(x, y)
        page.mouse.down() if act.__code__.co_consts[-1] == 60 else None
        act()
        page.mouse.up()
        assert picture(page) != before


def test_on_a_phone_a_tap_opens_a_sheet_and_targets_are_large(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.locator(".tools .narrow").tap()
    assert page.locator("#key").is_visible()
    page.locator("#key .close").tap()
    assert page.locator("#key").is_hidden()
    page.locator("#find").tap()
    page.keyboard.type("Tidewell District")
    page.locator("#find-list li").first.tap()
    sheet = page.locator("#panel").bounding_box()
    assert title(page) == "Tidewell District Council"
    assert sheet["width"] == 390
    assert sheet["y"] > 300
    small = page.evaluate(
        "[...document.querySelectorAll('button, input, select, summary, a')].filter((e) => e.checkVisibility() && "
        "!e.closest('p') && (e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24) && "
        "e.type !== 'checkbox' && !e.classList.contains('skip')).map((e) => e.outerHTML)"
    )
    assert small == []


# -- taking it along ---------------------------------------------------------------------------------------------


def test_pictures_and_tables_can_be_saved(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary), accept_downloads=True)
    kept = {}
    for name in ("Picture (PNG)", "Drawing (SVG)", "Table (CSV)", "Ties (CSV)"):
        page.locator(".menu summary").click()
        with page.expect_download() as waiting:
            page.locator(".menu").get_by_role("button", name=name).click()
        kept[name] = Path(waiting.value.path()).read_bytes()
    assert kept["Picture (PNG)"].startswith(b"\x89PNG")
    assert kept["Drawing (SVG)"].startswith(b"<?xml")
    assert "Tidewell District Council" in kept["Drawing (SVG)"].decode()
    assert kept["Table (CSV)"].decode("utf-8-sig").count("\r\n") == 32
    assert kept["Ties (CSV)"].decode("utf-8-sig").count("\r\n") == 52


UNLIKE = """async (svg) => {
  const image = new Image();
  image.src = "data:image/svg+xml;base64," + btoa(unescape(encodeURIComponent(svg)));
  await image.decode();
  const shown = document.querySelector("#map canvas"), made = [shown, image].map((picture) => {
    const ctx = new OffscreenCanvas(shown.width, shown.height).getContext("2d", { willReadFrequently: true });
    ctx.drawImage(picture, 0, 0);
    return ctx.getImageData(0, 0, shown.width, shown.height).data;
  }), [a, b] = made;
  let unlike = 0, drawn = 0;
  for (let i = 0; i < a.length; i += 4) {
    const far = (one, two) => Math.abs(one[i] - two[0]) + Math.abs(one[i + 1] - two[1]) + Math.abs(one[i + 2] - two[2]);
    if (far(a, a) > 30) drawn += 1;
    if (far(a, b.slice(i, i + 3)) > 90) unlike += 1;
  }
  return unlike / drawn;
}"""


@pytest.mark.parametrize("level", ["nodes", "networks"])
def test_the_drawing_is_the_picture_on_the_screen(opened: Opened, estuary: Any, level: str) -> None:
    """At either level, the open networks too; a few pixels differ where letters and thin lines are smoothed."""
    page = opened(map_html(estuary), f"#level={level}&open=Bwrdd+Gwasanaethau%27r+Aber+(Estuary+Public+Services+Board)", accept_downloads=True)
    picture(page)
    page.locator(".menu summary").click()
    with page.expect_download() as waiting:
        page.locator(".menu").get_by_role("button", name="Drawing (SVG)").click()
    assert page.evaluate(UNLIKE, Path(waiting.value.path()).read_text("utf-8")) < 0.1


def test_an_address_restores_the_view(opened: Opened, estuary: Any) -> None:
    """What was chosen, filtered and seen comes back from the address alone."""
    html = map_html(estuary)
    page = opened(html)
    page.select_option("#colour", "sector")
    page.get_by_role("button", name="Show only public").click()
    page.keyboard.press("/")
    page.keyboard.type("cyngor aber")
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('node=')")
    picture(page)
    hash_, first, words = settled(page, "location.hash"), ink(page), page.locator("#filtered").inner_text()
    again = opened(html, hash_)
    assert again.locator("#filtered").inner_text() == words
    assert title(again) == "Cyngor Aberlwyd"
    assert again.input_value("#colour") == "sector"
    picture(again)
    assert settled(again, "location.hash") == hash_
    assert abs(ink(again) - first) < 0.05 * first


# -- the picture -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [8, 60, 300])
def test_labels_never_lie_on_one_another(opened: Opened, count: int) -> None:
    page = opened(map_html(little_analysis(count)))
    drawn = page.evaluate(
        "new Promise((done) => { const out = []; const p = CanvasRenderingContext2D.prototype, old = p.fillText;"
        "p.fillText = function (t, x, y) { const w = this.measureText(t).width / 2;"
        "out.push([t, x - w, y - 6, x + w, y + 6]); return old.apply(this, arguments); };"
        "document.querySelector(\"[data-do='move.all']\").click();"
        "let many = -1, still = 0; (function look() { still = out.length && out.length === many ? still + 1 : 0; many = out.length;"
        "if (still < 5) return void setTimeout(look, 100); p.fillText = old; done(out); })(); })"
    )
    boxes = list({name: box for name, *box in drawn}.values())
    assert len(boxes) >= min(count, 8)
    for i, (a, b, c, d) in enumerate(boxes):
        assert a >= 0
        for e, f, g, h in boxes[:i]:
            assert a >= g or e >= c or b >= h or f >= d


@pytest.mark.parametrize(("count", "way", "most"), [(4_000, "arc", 40_000), (10_000, "putImageData", 10)])
def test_many_open_and_the_kept_picture_serves_while_they_are_dragged(opened: Opened, count: int, way: str, most: int) -> None:
    """A frame does not draw or paint thousands of marks anew: at rest they are, again and again on the way they are not."""
    page = opened(map_html(little_analysis(count)))
    before = picture(page)
    box = page.locator("#map canvas").bounding_box()
    x, y = box["x"] + 300, box["y"] + 250
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(
        "(name) => { window.drawn_ = 0; const p = CanvasRenderingContext2D.prototype, old = p[name];"
        " p[name] = function () { drawn_++; return old.apply(this, arguments); }; }",
        way,
    )
    for step in range(40):
        page.mouse.move(x + 3 * step, y + step)
        page.wait_for_timeout(16)
    drawn = page.evaluate("drawn_")
    page.mouse.up()
    assert drawn <= most
    assert picture(page) != before
    assert page.evaluate("drawn_") > drawn


def test_no_word_is_missing(opened: Opened, estuary: Any) -> None:
    """Nowhere, in any list or panel, does the name of a word stand in its place."""
    source = Path(__file__).resolve().parents[2] / "web" / "src" / "strings.en.json"
    keys = {key for key in json.loads(source.read_text(encoding="utf-8")) if "." in key}
    page = opened(map_html(estuary))
    every = (
        "[...document.querySelectorAll('body *:not(script)')].flatMap(e => [...e.attributes].map(a => a.name.startsWith('data-') ? '' : a.value)"
        ".concat([...e.childNodes].filter(c => c.nodeType === 3).map(c => c.data))).join('\\n')"
    )
    texts = [page.evaluate(every)]
    for act in ("#help-button", "[data-v=table]", "[data-v=map]"):
        if act != "#help-button":
            page.keyboard.press("Escape")
        page.click(act)
        texts.append(page.evaluate(every))
    page.fill("#find", page.evaluate("document.querySelector('#twin tbody th')?.textContent ?? 'a'"))
    page.keyboard.press("Enter")
    texts.append(page.evaluate(every))
    held = set(re.findall(r"[\w.]*\w\.\w[\w.]*", "\n".join(texts)))
    assert len("".join(texts)) > 5_000
    assert not held & keys
