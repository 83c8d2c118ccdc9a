"""The pyvis map in Chromium, offline: it draws, answers to mouse, keys and search, and no name can do anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from netmap.exporters.pyvis_map import pyvis_html
from tests.browser.hostile import PAYLOADS, each_in_a_row, everywhere
from tests.browser.pages import Opened, listen
from tests.exporters.little import little_analysis


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Opened]:
    """Open a page from disk with the network off; at the end nothing was asked for, said or shown by it."""
    seen: list[str] = []
    contexts = []

    def open_page(html: str, width: int = 1280, height: int = 900, scripts: bool = True) -> Any:
        file = tmp_path / f"map{len(contexts)}.html"
        file.write_bytes(html.encode("utf-8"))
        context = chromium.new_context(
            viewport={"width": width, "height": height}, offline=True, java_script_enabled=scripts
        )
        contexts.append(context)
        context.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")
        page = context.new_page()
        listen(page, seen)
        page.goto(file.as_uri())
        assert seen.pop(0) == f"request: {file.as_uri()}"
        if scripts:
            page.wait_for_function("document.documentElement.dataset.state !== 'loading'", timeout=15_000)
            assert page.evaluate("document.documentElement.dataset.state") == "ready"
        return page

    yield open_page
    hits = [context.pages[0].evaluate("window.hits || 0") for context in contexts if context.pages]
    for context in contexts:
        context.close()
    assert [line for line in seen if "data:," not in line] == []
    assert sum(hits) == 0


def picture(page: Any) -> str:
    """What is drawn, as text."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return str(page.evaluate("document.querySelector('#map canvas').toDataURL()"))


def ink(page: Any) -> int:
    """How many pixels of the picture are neither white nor clear."""
    return int(
        page.evaluate(
            "(() => { const c = document.querySelector('#map canvas');"
            "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;"
            "for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 0 && d[i] + d[i + 1] + d[i + 2] < 720) n += 1;"
            "return n; })()"
        )
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_draws_offline_and_fits_the_width(opened: Opened, width: int) -> None:
    """With no network the picture is there when the page says ready, and nothing runs over the edge."""
    page = opened(pyvis_html(little_analysis(30)), width=width)
    assert ink(page) > 2_000
    assert page.evaluate("performance.getEntriesByName('netmap-ready').length") == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.title() == "Devon partnerships: map"
    assert page.locator("#legend button").count() == 2


def test_search_finds_by_any_part_of_a_name_without_accents(opened: Opened) -> None:
    """Typing filters the table, Enter chooses, and the panel spells out the ties."""
    nodes = little_analysis(12).nodes.assign(name=[f"Body {i}" for i in range(11)] + ["Ynys Môn Council"])
    page = opened(pyvis_html(little_analysis(12, nodes=nodes)))
    before = picture(page)
    page.keyboard.press("/")
    page.keyboard.type("council mon")
    assert page.locator("#hits li").all_inner_texts() == ["Ynys Môn Council"]
    assert page.locator("#count").inner_text() == "1 of 12 organisations."
    assert page.locator("#twin tbody tr:visible").count() == 1
    page.keyboard.press("Enter")
    assert page.locator("#details-title").inner_text() == "Ynys Môn Council"
    assert page.locator("#ties-title").inner_text() == "2 ties"
    assert page.locator("#ties button").all_inner_texts() == ["Body 0", "Body 10"]
    assert page.locator("#ties span").first.inner_text() == "learning, funding; strength 3"
    assert picture(page) != before
    page.locator("#ties button").first.click()
    assert page.locator("#details-title").inner_text() == "Body 0"
    page.fill("#search", "nobody like this")
    assert page.locator("#hits li").all_inner_texts() == ["No name like this"]
    assert page.locator("#twin tbody tr:visible").count() == 0
    page.keyboard.press("Escape")
    assert page.locator("#twin tbody tr:visible").count() == 12


def test_colour_size_and_legend_change_the_picture(opened: Opened) -> None:
    """Each choice redraws; the legend is a control; letting go brings the first picture back."""
    page = opened(pyvis_html(little_analysis(12, nodes=little_analysis(12).nodes.assign(degree=range(12)))))
    first = picture(page)
    page.select_option("#colour", label="Sector")
    assert page.locator("#legend button span:not(.number)").all_inner_texts() == ["public", "voluntary"]
    second = picture(page)
    assert second != first
    page.select_option("#size", label="The same for all")
    third = picture(page)
    assert third != second
    page.locator("#legend button").first.click()
    assert page.locator("#legend button[aria-pressed=true]").count() == 1
    assert picture(page) != third
    page.locator("#legend button").first.click()
    assert picture(page) == third
    page.select_option("#colour", label="Group")
    page.select_option("#size", label="Degree")
    assert picture(page) == first


def test_everything_works_from_the_keyboard_and_by_buttons(opened: Opened) -> None:
    """Arrow keys walk, plus, minus and 0 change the scale, buttons do what dragging does, Escape lets go."""
    page = opened(pyvis_html(little_analysis(12)))
    first = picture(page)
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    assert page.locator("#details").is_visible()
    start = page.locator("#details-title").inner_text()
    assert page.locator("#said").inner_text().startswith(start)
    page.keyboard.press("ArrowLeft")
    assert page.locator("#details-title").inner_text() != start
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "details"
    page.keyboard.press("Escape")
    assert page.locator("#details").is_hidden()
    page.focus("#map")
    for key in ("+", "-", "Shift+ArrowLeft"):
        before = picture(page)
        page.keyboard.press(key)
        assert picture(page) != before
    page.keyboard.press("0")
    assert picture(page) == first
    for name in ("in", "out", "left", "right", "up", "down"):
        before = picture(page)
        page.click(f"[data-do={name}]")
        assert picture(page) != before
    page.click("[data-do=all]")
    assert picture(page) == first


def test_the_mouse_chooses_and_tells(opened: Opened) -> None:
    """A click on a circle opens it, resting on it shows a note, a click beside it lets go, the wheel zooms."""
    page = opened(pyvis_html(little_analysis(3)))
    box = page.locator("#map canvas").bounding_box()
    spot = page.evaluate(
        "(() => { const c = document.querySelector('#map canvas'), d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data;"
        "for (let y = 0; y < c.height; y++) for (let x = 0; x < c.width; x++) { const i = 4 * (y * c.width + x);"
        "if (d[i] === 9 && d[i + 1] === 72 && d[i + 2] === 153) return [x / devicePixelRatio, y / devicePixelRatio]; }"
        "})()"
    )
    x, y = box["x"] + spot[0], box["y"] + spot[1] + 4
    page.mouse.move(x, y)
    page.wait_for_selector("div.vis-tooltip", state="visible")
    assert "Group: Group 1" in page.locator("div.vis-tooltip").inner_text()
    page.mouse.click(x, y)
    page.wait_for_selector("#details", state="visible")
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    page.wait_for_selector("#details", state="hidden")
    before = picture(page)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    assert picture(page) != before


@pytest.mark.parametrize("count", [8, 60, 300])
def test_labels_never_lie_on_one_another(opened: Opened, count: int) -> None:
    """The names drawn do not overlap, are inside the picture, and up to a dozen are all there."""
    html = pyvis_html(little_analysis(count))
    page = opened(html)
    drawn = page.evaluate(
        "new Promise((done) => { const out = []; const p = CanvasRenderingContext2D.prototype, old = p.fillText;"
        "p.fillText = function (t, x, y) { out.push([t, x, y - 7, x + this.measureText(t).width, y + 7]);"
        "return old.apply(this, arguments); }; document.querySelector('[data-do=all]').click();"
        "setTimeout(() => { p.fillText = old; done(out); }, 300); })"
    )
    last = {name: box for name, *box in drawn}
    assert len(last) >= min(count, 8)
    boxes = list(last.values())
    for i, (a, b, c, d) in enumerate(boxes):
        assert a >= 0
        for e, f, g, h in boxes[:i]:
            assert a >= g or e >= c or b >= h or f >= d


def test_above_the_limit_a_member_is_found_in_its_group(opened: Opened) -> None:
    """In the picture of groups every organisation can still be found."""
    page = opened(pyvis_html(little_analysis(700)))
    assert page.locator("#legend button span:not(.number)").all_inner_texts() == ["Group 1", "Group 2"]
    page.fill("#search", "organisation 699")
    assert page.locator("#hits li").all_inner_texts() == ["Organisation 699 (Group 2)"]
    page.keyboard.press("Enter")
    assert page.locator("#details-title").inner_text() == "Group 2"
    assert page.locator("#facts dd").first.inner_text() == "350"


@pytest.mark.parametrize("word", ["group", "person"])
def test_other_kinds_of_node_have_a_page(opened: Opened, word: str) -> None:
    """Groups of people and consenting people are drawn like organisations."""
    page = opened(pyvis_html(little_analysis(5, node_word=word)))
    assert page.locator("#count").inner_text() == ("5 groups." if word == "group" else "5 people.")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_networks_are_drawn_without_an_error(opened: Opened, count: int) -> None:
    """Nobody, one and two: the page is ready and says how many."""
    page = opened(pyvis_html(little_analysis(count)))
    assert page.locator("#count").inner_text() == f"{count} organisations."
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    assert page.locator("#details").is_visible() == (count > 0)


def test_without_scripts_the_table_is_there(opened: Opened) -> None:
    """Scripts off: the page says why there is no picture, and the table holds everything."""
    page = opened(pyvis_html(little_analysis(6)), scripts=False)
    assert page.locator("noscript p").inner_text().startswith("The picture needs scripts")
    assert page.locator("#twin tbody tr").count() == 6


def test_ids_are_unique_and_controls_have_names(opened: Opened) -> None:
    """What a screen reader needs: one main part, one heading, names for every control, headings in order."""
    page = opened(pyvis_html(little_analysis(6)))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    assert page.locator("main").count() == page.locator("h1").count() == 1
    unnamed = page.evaluate(
        "[...document.querySelectorAll('button, input, select, #map, .scroll')].filter((e) => !(e.labels && "
        "e.labels.length) && !e.textContent.trim() && !e.getAttribute('aria-label') && "
        "!e.getAttribute('aria-labelledby')).length"
    )
    assert unnamed == 0
    small = page.evaluate(
        "[...document.querySelectorAll('button, input, select')].filter((e) => e.offsetParent && "
        "e.getBoundingClientRect().height < 24).length"
    )
    assert small == 0


def use_everything(page: Any, word: str, known: str) -> None:
    """Touch every part of the page that shows text from the data."""
    for i in range(page.locator("#colour option").count()):
        page.select_option("#colour", index=i)
        page.locator("#legend button").first.click()
    page.fill("#search", word)
    page.fill("#search", known)
    page.keyboard.press("Enter")
    page.locator("#ties button").first.click()
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    box = page.locator("#map canvas").bounding_box()
    for step in range(10):
        page.mouse.move(box["x"] + box["width"] * (0.3 + step / 25), box["y"] + box["height"] * 0.5)


def test_no_name_can_do_anything(opened: Opened) -> None:
    """Sixty hostile names, each in every field of a node of its own, stay text: nothing runs, loads or complains."""
    page = opened(pyvis_html(each_in_a_row()))
    assert page.locator("#twin tbody th").all_inner_texts()[3].strip() == f"3 {PAYLOADS[3]}"
    use_everything(page, PAYLOADS[0], "1 <script>")


@pytest.mark.parametrize("part", range(0, len(PAYLOADS), 9))
def test_no_title_and_no_sentence_can_do_anything(opened: Opened, part: int) -> None:
    """The same names in the title, the findings, the headings of tables and the names of networks stay text."""
    hostile = " ".join(PAYLOADS[part : part + 9])
    page = opened(pyvis_html(everywhere(hostile)))
    assert hostile.split()[0] in page.locator("h1").inner_text()
    use_everything(page, hostile, "organisation")
