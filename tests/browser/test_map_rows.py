"""What the first sitting by keyboard leaves out, by Tab and keys alone, and the words of every state in the tree."""

from __future__ import annotations

from typing import Any

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


def find(page: Any, name: str) -> None:
    """Search with the slash, as from anywhere."""
    page.keyboard.press("/")
    page.keyboard.type(name)


# -- by keyboard alone -------------------------------------------------------------------------------------------


def test_what_am_i_looking_at(opened: Opened, estuary: Any) -> None:
    """Title, sentence, the first finding with its certainty, key and help are all come to by Tab or read in order."""
    page = opened(map_html(estuary))
    assert page.locator("#tour .headline").inner_text() == estuary.finding("F1").headline
    press_button(page, "Next finding", "#tour")
    assert page.locator("#tour .headline").inner_text() != estuary.finding("F1").headline
    press_button(page, "Help", "#top")
    until(page, "document.querySelector('#help').open")
    page.keyboard.press("Escape")


def test_a_name_is_typed_in_part_without_accents_and_the_other_way_round(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary))
    tab_to(page, "#find")
    page.keyboard.type("mor cymd")
    assert heard(page) == "1 found."
    page.keyboard.press("Enter")
    assert title(page) == "Cymdeithas y Môr"


def test_who_is_tied_to_whom_is_walked_and_opened_from_the_panel(opened: Opened, estuary: Any) -> None:
    """From one organisation to the next by the names in its panel; each opens with the focus in it."""
    page = opened(map_html(estuary))
    find(page, "Tidewell District")
    page.keyboard.press("Enter")
    first = title(page)
    tab_to(page, "#panel .ties .link")
    following = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    assert (title(page), page.evaluate("document.activeElement.id")) == (following, "panel")
    assert first in page.locator("#panel").inner_text()
    assert heard(page).startswith(following)


def test_no_way_is_said_plainly(opened: Opened, localgov: Any) -> None:
    page = opened(map_html(localgov))
    find(page, "devon county")
    page.keyboard.press("Enter")
    press_button(page, "A way to ...", "#panel")
    page.keyboard.type("ofsted")
    page.keyboard.press("Enter")
    assert heard(page).startswith("There is no way from Devon County Council to Ofsted")
    assert "There is no way from Devon County Council to Ofsted" in page.locator("#panel").inner_text()
    press_button(page, "Close the way", "#panel")
    assert title(page) == "Devon County Council"


def test_colour_and_size_are_chosen_and_the_key_shows_one_alone(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary))
    tab_to(page, "#colour")
    before = picture(page)
    page.keyboard.type("se")
    assert page.input_value("#colour") == "sector"
    assert page.evaluate("document.activeElement.id") == "colour"
    assert picture(page) != before
    press_button(page, "Show only public", "#key")
    assert "sector public only" in heard(page)
    press_button(page, "Show all again, not only public", "#key")
    assert heard(page).startswith("Showing all")
    tab_to(page, "#size")
    before = picture(page)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "size"
    assert picture(page) != before


def test_several_letters_choose_from_a_list(opened: Opened, estuary: Any) -> None:
    """Each letter changes the picture and the key, and the list goes on where it was."""
    page = opened(map_html(estuary))
    options = page.locator("#size option").all_inner_texts()
    # One that its first letter does not come to, from a list that stands at another.
    first = {o[0]: o for o in reversed(options)}
    wanted = next(o for o in options if first[o[0]] != o)
    tab_to(page, "#size")
    page.keyboard.type(wanted)
    assert page.locator("#size option:checked").inner_text() == wanted


def test_every_filter_is_come_to_by_tab(opened: Opened, estuary: Any) -> None:
    """Kind, network, mandate, told by both sides: chosen, counted and said."""
    page = opened(map_html(estuary))
    ties = estuary.ties
    press_button(page, "Filters", "#key", "SUMMARY")
    tab_to_label(page, "Told by both sides only")
    page.keyboard.press("Space")
    assert f"and {int(ties['confirmed'].astype(bool).sum())} of 51 ties" in heard(page)
    page.keyboard.press("Space")
    tab_to(page, "#mandate", back=True)
    page.keyboard.type("m")
    assert f"and {int((ties['mandate'] == 'mandated').sum())} of 51 ties" in heard(page)
    page.keyboard.type("a")
    tab_to(page, "#in", back=True)
    page.keyboard.type("Wellbeing")
    assert "Showing 7 of 31 organisations" in heard(page)
    press_button(page, "Show everything", "#filtered")
    assert heard(page).startswith("Showing all")


def test_networks_are_walked_opened_and_their_members_shown(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary))
    press_button(page, "Networks", "#key")
    to_map(page)
    page.keyboard.press("ArrowRight")
    first = title(page)
    before = picture(page)
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        if title(page) != first:
            break
    assert title(page) != first
    assert heard(page).startswith(title(page))
    page.keyboard.press("Enter")
    press_button(page, "Open it here", "#panel")
    assert picture(page) != before
    press_button(page, "Show its members", "#panel")
    assert page.locator("#filtered").inner_text().startswith("Showing ")
    assert "members of" in page.locator("#filtered").inner_text()


def test_where_values_agree_and_what_is_solid_are_said_of_each_tie(opened: Opened, estuary: Any) -> None:
    """The lines and, in the panel, the words for them."""
    page = opened(map_html(estuary))
    choose_line(page, "H")
    assert page.input_value("#lines") == "values"
    find(page, "Tidewell District")
    page.keyboard.press("Enter")
    assert "alike in values" in page.locator("#panel .ties").first.inner_text()
    tab_to(page, "#lines")
    page.keyboard.press("ArrowUp")
    assert page.input_value("#lines") == "backing"
    told = page.locator("#panel").inner_text()
    assert "voluntary, loose" in told
    assert "hard-wired" in told


def test_waves_are_gone_through_by_tab(opened: Opened, county: Any) -> None:
    page = opened(map_html(county))
    tab_to(page, "#wave")
    page.keyboard.press("ArrowLeft")
    assert "2023, the first wave" in heard(page)
    press_button(page, "The next wave", ".waves")
    assert "new" in heard(page) and "ended since 2023" in heard(page)
    press_button(page, "Play")
    assert "2023, the first wave" in heard(page)
    assert ("button", "Pause") in tree(page)
    until(page, "[...document.querySelectorAll('button')].some((b) => b.textContent === 'Play')")
    assert "ended since 2023" in heard(page)


def test_the_table_is_searched_filtered_and_chosen_from_by_tab(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary))
    press_button(page, "Table", ".tools")
    assert heard(page) == "Shown as a table."
    find(page, "aber")
    hits = estuary.nodes["name"].str.contains("aber", case=False).sum()
    assert page.locator("#twin tbody tr").count() == hits
    page.keyboard.press("Escape")
    press_button(page, "Filters", "#key", "SUMMARY")
    tab_to(page, "#in")
    page.keyboard.type("Wellbeing")
    assert page.locator("#twin tbody tr").count() == 7
    press_button(page, "Number of ties", "#twin")
    until(page, "document.querySelector('th[aria-sort=descending]')?.innerText.startsWith('Number of ties')")
    assert page.evaluate("document.activeElement.innerText") == "Number of ties"
    tab_to(page, "#twin tbody button")
    name = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    assert title(page) == name
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


# -- as a screen reader is told it -------------------------------------------------------------------------------

NEVER = """window.DecompressionStream = class { constructor() { return new TransformStream({
  transform() {}, flush: () => new Promise(() => undefined) }); } };"""


def test_loading_and_error_are_in_the_tree(opened: Opened, estuary: Any) -> None:
    """While it opens a status says so; what cannot be opened is an alert."""
    page = opened(map_html(estuary), state="loading", script=NEVER)
    assert ("StaticText", "Drawing the map ...") in tree(page)
    assert any(role == "status" for role, _ in tree(page))
    html = map_html(estuary)
    at = html.index('id="data">') + 60
    broken = opened(html[:at] + "AAAA" + html[at + 4 :], state="error")
    assert any(role == "alert" for role, _ in tree(broken))
    assert any(role == "StaticText" and name.startswith("The map could not be opened") for role, name in tree(broken))
    assert ("StaticText", "Drawing the map ...") not in tree(broken)


def test_what_is_not_found_saved_or_copied_is_said(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary), accept_downloads=True)
    find(page, "zzzz")
    assert heard(page) == "No name like this."
    page.keyboard.press("Escape")
    for words, end in (("Picture (PNG)", ".png"), ("Drawing (SVG)", ".svg"), ("Table (CSV)", ".csv"), ("Ties (CSV)", ".csv")):
        tab_to(page, ".menu summary")
        page.keyboard.press("Enter")
        with page.expect_download():
            press_button(page, words, ".menu")
        until(page, f"document.querySelector('#said').textContent.includes('{end}')")
        assert heard(page).startswith("Saved as ")
    tab_to(page, ".menu summary")
    page.keyboard.press("Enter")
    press_button(page, "Copy a link to this view", ".menu")
    until(page, "/copied|address/i.test(document.querySelector('#said').textContent)")
    assert heard(page) in {"Link copied.", "The link is in the address bar."}


def test_the_wave_shown_is_in_the_tree(opened: Opened, county: Any) -> None:
    page = opened(map_html(county), "#wave=2023")
    assert ("slider", "Wave") in tree(page)
    # Chromium's protocol gives the number of a slider even where its words are set.
    assert page.get_by_role("slider", name="Wave").get_attribute("aria-valuetext") == "2023"
    assert any(role == "StaticText" and "2023, the first wave" in name for role, name in tree(page))


def test_levels_layers_and_views_are_said(opened: Opened, estuary: Any) -> None:
    page = opened(map_html(estuary))
    press_button(page, "Networks", "#key")
    assert heard(page) == "Shown by networks."
    press_button(page, "Organisations", "#key")
    assert heard(page) == "Shown one by one."
    tab_to_label(page, "Proposed introductions")
    page.keyboard.press("Space")
    assert heard(page) == "Drawn as dashed lines."
    page.keyboard.press("Space")
    press_button(page, "Table", ".tools")
    assert said(page) == heard(page) == "Shown as a table."
    press_button(page, "Map", ".tools")
    assert heard(page) == "Shown as a map."
