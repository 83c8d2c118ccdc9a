"""The map in Firefox, from disk, with no network: it draws, answers, and no name can do anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from netmap.exporters.map_page import map_html
from netmap.exporters.pyvis_parts import text_of
from tests.browser.firefox import Firefox
from tests.browser.hostile import PAYLOADS, each_in_a_row, everywhere
from tests.browser.pages import LAYOUT

Shown = Callable[..., Firefox]


@pytest.fixture
def shown(firefox: Firefox, tmp_path: Path) -> Iterator[Shown]:
    """Open a page; at the end nothing was asked for, refused, said or run by it."""

    def show(html: str, hash_: str = "", **options: Any) -> Firefox:
        file = tmp_path / "map.html"
        file.write_bytes(html.encode("utf-8"))
        firefox.open(file, hash_, **options)
        return firefox

    firefox.told()
    yield show
    assert firefox.told() == []
    assert firefox.ask("performance.getEntriesByType('resource').map((e) => e.name)") == []
    firefox.driver.navigate("about:blank")


def heard(firefox: Firefox, *wanted: str) -> list[str]:
    """Which of these were not told of within some seconds."""
    told = ""
    for _ in range(25):
        told += "\n".join(firefox.told())
        if all(words in told for words in wanted):
            return []
    return [words for words in wanted if words not in told]


def test_what_a_page_does_wrong_is_seen(firefox: Firefox, tmp_path: Path) -> None:
    """The other tests can fail: a request, an error, a line in the console and what a policy refuses are all told."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!doctype html><img src=http://127.0.0.1:10127/x><script>console.warn('mine'); gone()</script>",
        encoding="utf-8",
    )
    firefox.open(bad, state="")
    assert heard(firefox, "request: http://127.0.0.1:10127/x", "gone is not defined", "console.warn") == []
    bad.write_text(
        "<!doctype html><meta http-equiv=Content-Security-Policy content=\"default-src 'none'\"><img src=http://127.0.0.1:10127/x>",
        encoding="utf-8",
    )
    firefox.open(bad, state="")
    assert heard(firefox, "Content-Security-Policy") == []


@pytest.mark.parametrize("width", [1280, 500])
def test_the_map_draws_offline(shown: Shown, estuary: Any, width: int) -> None:
    page = shown(map_html(estuary), width=width)
    assert page.ask("performance.getEntriesByName('netmap-ready').length") == 1
    assert page.text("#sentence").startswith("31 organisations and 51 ties between them, as of 2025.")
    assert page.text("#tour .headline") == estuary.finding("F1").headline
    assert page.ask(LAYOUT) == []
    ink = (
        "(() => { const c = document.querySelector('#map canvas'), d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 0; i < d.length; i += 4)"
        " if (Math.abs(d[i] - d[0]) + Math.abs(d[i + 1] - d[1]) > 60) n += 1; return n; })()"
    )
    assert page.ask(ink) > 1_500


def test_a_name_is_found_opened_and_walked_from_by_keyboard(shown: Shown, localgov: Any) -> None:
    page = shown(map_html(localgov))
    page.focus("#map")
    page.press("/")
    page.write("devon county")
    page.press("Enter")
    assert page.text("#panel-title") == "Devon County Council"
    assert page.ask("document.activeElement.id") == "panel"
    near = page.ask("[...document.querySelectorAll('#panel .ties .link')].map((e) => e.innerText)")
    page.focus("#map")
    page.press("ArrowLeft")
    assert page.text("#panel-title") in near
    assert page.text("#said").startswith(page.text("#panel-title"))
    page.press("Escape")
    assert page.ask("document.querySelector('#panel').hidden")
    before = page.picture()
    page.press("+")
    assert page.picture() != before


def test_a_filter_and_the_table_by_mouse(shown: Shown, estuary: Any) -> None:
    page = shown(map_html(estuary), "#colour=sector")
    before = page.picture()
    page.click("#key .entry")
    assert page.text("#filtered").startswith("Showing ")
    assert page.picture() != before
    page.click("#filtered button")
    assert page.text("#filtered") == "Showing all: 31 organisations and 51 ties."
    page.click("[data-v=table]")
    assert page.ask("document.querySelectorAll('#twin tbody tr').length") == 31
    page.click("#twin tbody button")
    assert page.text("#panel-title") == page.text("#twin tbody th")


def test_no_name_can_do_anything(shown: Shown) -> None:
    """Sixty hostile names, each in every field of a node of its own: all are gone through."""
    page = shown(map_html(each_in_a_row()))
    page.focus("#map")
    page.press("n", "n", "ArrowRight", "ArrowLeft", "Enter")
    page.click("#help-button")
    page.press("Escape")
    page.click("[data-v=table]")
    page.press("/")
    page.write("1 <script>")
    assert page.ask("document.querySelectorAll('#find-list li').length") > 0
    page.press("Enter")
    assert page.ask(LAYOUT) == []


@pytest.mark.parametrize("part", range(4))
def test_each_alone_in_every_field_keeps_the_page_whole(shown: Shown, part: int) -> None:
    for hostile in PAYLOADS[part::4]:
        page = shown(map_html(everywhere(hostile)))
        page.focus("#map")
        page.press("ArrowRight")
        assert page.ask("document.querySelector('h1').textContent") == text_of(f"Devon partnerships{hostile}")
        assert text_of(hostile)[-8:] in page.ask("document.querySelector('#panel-title').textContent")
        assert page.ask(LAYOUT) == []
