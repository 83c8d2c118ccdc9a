"""No name can do anything: whatever the fields hold stays text in Chromium, and the page keeps its shape."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from netmap.exporters.map_page import map_html
from netmap.exporters.pyvis_parts import text_of
from tests.browser.hostile import PAYLOADS, each_in_a_row, everywhere
from tests.browser.pages import LAYOUT, Opened
from tests.exporters.unpacked import content

# Words of the page itself, and keys that the code gives.
OWN = {"format", "lang", "strings", "looks", "word", "words", "report"}
KEYS = {"id", "key", "role", "certainty"}


def use_everything(page: Any, word: str) -> None:
    """Touch every part of the page that shows text from the data."""
    page.select_option("#colour", index=0)
    page.locator("#key .entry").first.click()
    page.locator("#filtered button").click()
    page.focus("#map")
    for key in ("n", "n", "ArrowRight", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    page.locator("#panel .ties button").first.click()
    page.get_by_role("button", name="A way to ...").click()
    page.keyboard.type("organisation" if word == "organisation" else "1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.click("#help-button")
    page.locator("#help details summary").click()
    page.keyboard.press("Escape")
    page.click("[data-v=table]")
    page.keyboard.press("/")
    page.keyboard.type(word)
    page.locator(".menu summary").click()
    page.click("[data-v=map]")
    networks = page.get_by_role("button", name="Networks", exact=True)
    if networks.count():
        networks.click()
        page.focus("#map")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")


def plain(value: Any, where: str = "") -> list[str]:
    """Where the content holds a text that is not hostile."""
    if isinstance(value, dict):
        return [w for k, v in value.items() if k not in KEYS for w in plain(v, f"{where}.{k}")]
    if isinstance(value, list):
        # A column stands as its type and where it begins.
        if len(value) == 3 and value[0] in ("u1", "u2", "u4", "f4", "f8"):
            return []
        return [w for v in value for w in plain(v, where)]
    return [where] if isinstance(value, str) and value and "<hostile>" not in value else []


def test_every_field_there_is_is_tried() -> None:
    """What the tests below put into the page is in every text that the page gets from an analysis."""
    header, _ = content(map_html(everywhere("<hostile>")))
    assert len(PAYLOADS) >= 60
    held = {key: value for key, value in header.items() if key not in OWN}
    own = {".sentence", ".schemes.label", ".schemes.categories.label", ".numbers.label", ".facts.label"}
    assert set(plain(held)) - own - {".ties.kinds", ".findings.question"} == set()
    for kept in (header["ties"]["kinds"], [c["label"] for s in header["schemes"] for c in s["categories"]]):
        assert any("<hostile>" in text for text in kept)
    assert {"proposed", "networks", "left_out", "about"} <= set(held)
    assert [len(held["networks"]["pairs"]), len(held["proposed"]), len(held["facts"])] == [1, 1, 4]


def test_no_name_can_do_anything(opened: Opened) -> None:
    """Sixty hostile names, each in every field of a node of its own, stay text: nothing runs, loads or complains."""
    page = opened(map_html(each_in_a_row()))
    use_everything(page, "1 <script>")
    assert page.evaluate(LAYOUT) == []


@pytest.mark.parametrize("part", range(0, len(PAYLOADS), 9))
def test_no_title_and_no_sentence_can_do_anything(opened: Opened, part: int) -> None:
    """The same names in the title, the findings, the headings of tables and the names of networks stay text."""
    hostile = " ".join(PAYLOADS[part : part + 9])
    page = opened(map_html(everywhere(hostile)))
    assert hostile.split()[0] in page.locator("h1").inner_text()
    use_everything(page, "organisation")
    assert page.evaluate(LAYOUT) == []


@pytest.mark.parametrize("part", range(4))
def test_each_alone_in_every_field_keeps_the_page_whole(opened: Opened, part: int) -> None:
    """One name a page, in every field: it opens, reads as written and keeps its shape."""
    for hostile in PAYLOADS[part::4]:
        page = opened(map_html(everywhere(hostile)), f"#node={quote(text_of('o00000' + hostile))}")
        assert page.evaluate("document.querySelector('h1').textContent") == text_of(f"Devon partnerships{hostile}")
        assert page.evaluate("document.querySelector('#panel-title').textContent") == text_of(f"Organisation 0{hostile}")
        assert page.evaluate(LAYOUT) == []
        assert page.evaluate("hits") == 0
        page.context.close()
