"""Everything that people ask of the map, by keyboard alone and said to those who cannot see it."""

from __future__ import annotations

from typing import Any

import pytest

from netmap.exporters.map_page import map_html
from tests.browser.pages import (
    Opened,
    choose_line,
    heard,
    picture,
    press_button,
    said,
    tab_to,
    tab_to_label,
    title,
    to_map,
    tree,
    until,
)


def test_every_question_is_answered_by_keyboard_alone(opened: Opened, estuary: Any) -> None:
    """Each row of what people do with a map, in one sitting; the mouse is never touched."""
    page = opened(map_html(estuary, "report.html"), accept_downloads=True, script="window.print = () => { window.printed = true; };")
    first = str(estuary.finding("F1").nodes[0])
    names = dict(zip(estuary.nodes["id"], estuary.nodes["name"], strict=True))
    centre = names[first]

    # What am I looking at?
    tab_to(page, "#help-button")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#help').open")
    assert page.evaluate("document.querySelector('#help').contains(document.activeElement)")
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('#help').open")
    assert page.evaluate("document.activeElement.id") == "help-button"

    # Where is X, and who is X tied to, and how?
    page.keyboard.press("/")
    page.keyboard.type(centre[:9])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert title(page) == centre
    ties = estuary.ties
    degree = int(((ties["source"] == first) | (ties["target"] == first)).sum())
    assert f"{degree} ties" in page.locator("#panel").inner_text()
    assert page.locator("#panel .rests").count() == 1

    # How would X reach Y? Found, then closed.
    press_button(page, "A way to ...", "#panel")
    other = next(n for n in names if n not in {first, *ties.loc[ties["source"] == first, "target"], *ties.loc[ties["target"] == first, "source"]})
    page.keyboard.type(names[other])
    page.keyboard.press("Enter")
    assert centre in said(page) and names[other] in said(page)
    page.keyboard.press("Escape")
    assert title(page) == centre
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "map"

    # Arrows walk; Enter opens; Escape goes back.
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")

    # Who joins the groups, what is solid, where do values agree: the meaning of lines.
    for letter, mode in (("S", "backing"), ("H", "values"), ("T", "plain"), ("W", "bridges")):
        before = picture(page)
        choose_line(page, letter)
        assert page.evaluate("document.querySelector('#lines').value") == mode
        assert picture(page) != before

    # The key and the filters.
    tab_to(page, "#key .entry")
    page.keyboard.press("Enter")
    assert said(page).startswith("Showing ")
    assert page.evaluate("document.activeElement.matches('#key .entry')")
    tab_to(page, "#key summary")
    page.keyboard.press("Enter")
    tab_to(page, "#hard")
    page.keyboard.type("h")
    page.keyboard.press("Tab")
    assert "hard-wired ties" in page.locator("#filtered").inner_text()
    press_button(page, "Show everything")
    assert page.locator("#filtered").inner_text().startswith("Showing all")

    # The networks of networks: in, walk, open one, close it, back.
    press_button(page, "Networks", "#key")
    assert said(page) == "Shown by networks."
    to_map(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    network = title(page)
    press_button(page, "Open it here", "#panel")
    assert said(page) == f"{network} is open."
    press_button(page, "Close it", "#panel")
    assert said(page) == f"{network} is closed."
    press_button(page, "Organisations", "#key")
    assert said(page) == "Shown one by one."

    # What did the report find? Forwards and back.
    to_map(page)
    page.keyboard.press("n")
    page.keyboard.press("p")
    at = page.locator("#tour .headline").inner_text()
    tab_to(page, "[data-tour='\u203a']")
    page.keyboard.press("Enter")
    assert page.locator("#tour .headline").inner_text() != at
    assert page.evaluate("document.activeElement.dataset.tour") == "\u203a"

    # Each drag has a key and a button.
    tab_to(page, "[data-do='move.in']", back=True)
    before = picture(page)
    page.keyboard.press("Enter")
    assert picture(page) != before

    # Taken along.
    for words, end in (("Picture (PNG)", ".png"), ("Drawing (SVG)", ".svg"), ("Table (CSV)", ".csv"), ("Ties (CSV)", ".csv")):
        tab_to(page, ".menu summary")
        page.keyboard.press("Enter")
        with page.expect_download() as waiting:
            press_button(page, words, ".menu")
        assert waiting.value.suggested_filename.endswith(end)
        until(page, "document.querySelector('#said').textContent.startsWith('Saved as')")
    tab_to(page, ".menu summary")
    page.keyboard.press("Enter")
    press_button(page, "Print", ".menu")
    assert page.evaluate("window.printed")

    # The twin.
    press_button(page, "Table", ".tools")
    page.keyboard.press("Tab")
    assert page.locator("#twin tbody tr").count() == 31
    tab_to(page, "#twin tbody button")
    name = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    assert title(page) == name
    assert page.evaluate("document.activeElement.id") == "panel"


FILTERS = (
    ("#strong", 2, "the strongest 25% of ties", "strongest=25"),
    ("#intensity", 3, "intensity 3 or more", "intensity=3"),
)


@pytest.mark.parametrize(("select", "down", "words", "address"), FILTERS, ids=["strength", "intensity"])
def test_ties_are_filtered_by_keyboard_and_the_address_restores_it(
    opened: Opened, county: Any, select: str, down: int, words: str, address: str
) -> None:
    """The strongest ties and the most intense: chosen by the keyboard, said, counted, and there again from the link."""
    page = opened(map_html(county))
    press_button(page, "Filters", "#key", "SUMMARY")
    tab_to(page, select)
    for _ in range(down):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    shown = page.locator("#filtered").inner_text()
    assert words in shown
    assert said(page).startswith("Showing ")
    assert words in said(page)
    until(page, f"location.hash.includes('{address}')")
    tab_to(page, ".menu summary")
    page.keyboard.press("Enter")
    press_button(page, "Copy a link to this view", ".menu")
    until(page, "/copied|address/i.test(document.querySelector('#said').textContent)")
    again = opened(map_html(county), page.evaluate("location.hash"))
    assert again.locator("#filtered").inner_text() == shown
    assert again.input_value(select) == page.input_value(select)


def test_intensity_keeps_the_ties_of_that_level_and_more(opened: Opened, county: Any) -> None:
    levels = county.ties["intensity"].dropna()
    for least in (2, 4):
        page = opened(map_html(county), f"#intensity={least}")
        assert f" and {int((levels >= least).sum())} of {len(county.ties)} ties" in page.locator("#filtered").inner_text()


def test_those_whose_group_is_not_sure_can_be_left_out_by_keyboard(opened: Opened, county: Any) -> None:
    page = opened(map_html(county))
    press_button(page, "Filters", "#key", "SUMMARY")
    tab_to_label(page, "Sure of their group only")
    page.keyboard.press("Space")
    sure = int((county.nodes["group_certainty"].isna() | (county.nodes["group_certainty"] > 0.25)).sum())
    assert page.locator("#filtered").inner_text().startswith(f"Showing {sure} of {len(county.nodes)} organisations")
    assert "those sure of their group" in said(page)
    until(page, "location.hash.includes('sure=yes')")


@pytest.mark.parametrize(
    ("hash_", "role", "name"),
    [
        ("", "application", "Map. 31 organisations"),
        ("", "heading", "Finding 1 of"),
        ("#node=tdc", "complementary", "Tidewell District Council"),
        ("#node=tdc", "button", "A way to ..."),
        ("#level=networks", "button", "Organisations"),
        ("#level=networks&network=Wellbeing+Circle", "complementary", "Wellbeing Circle"),
        ("#level=networks&network=Wellbeing+Circle", "button", "Open it here"),
        ("#colour=sector&hide=private", "button", "Show everything"),
        ("#view=table", "table", "31 organisations"),
        ("#view=table", "columnheader", "Number of ties"),
        ("#finding=F7", "heading", "Finding"),
        ("#finding=F8", "heading", "Finding"),
        ("#proposed=yes", "checkbox", "Proposed introductions"),
    ],
)
def test_each_state_is_named_in_the_accessibility_tree(opened: Opened, estuary: Any, hash_: str, role: str, name: str) -> None:
    page = opened(map_html(estuary), hash_.replace("tdc", str(estuary.finding("F1").nodes[0])))
    assert any(r == role and n.startswith(name) for r, n in tree(page)), sorted(tree(page))
    assert heard(page)


def test_each_change_is_said_politely(opened: Opened, localgov: Any, estuary: Any) -> None:
    """Selection, walk, way, no way, filter, level and steps of the tour: the words of the live region, in the tree."""
    page = opened(map_html(localgov))
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    assert heard(page).startswith("Devon County Council, ")
    for wanted, words in (
        ("localgovdigital", "Devon County Council reaches LocalGovDigital in 3 steps"),
        ("ofsted", "There is no way from Devon County Council to Ofsted"),
    ):
        page.get_by_role("button", name="A way to ...").focus()
        page.keyboard.press("Enter")
        page.keyboard.type(wanted)
        assert heard(page) == "1 found."
        page.keyboard.press("Enter")
        assert heard(page).startswith(words)
        page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert heard(page) == "Closed."
    page.keyboard.press("n")
    assert heard(page).startswith(page.locator("#tour .headline").inner_text())
    assert "Certainty: " in heard(page)
    page.locator("#key .entry").first.focus()
    page.keyboard.press("Enter")
    assert heard(page).startswith("Showing ")
