"""Wave after wave on the map: the same places, what is new, kept and ended, by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import netmap
from netmap.exporters.map_page import map_html
from tests.browser.pages import Opened, until

ROOT = Path(__file__).resolve().parents[2]


def pairs(frame: Any) -> set[tuple[str, ...]]:
    return {tuple(sorted(ends)) for ends in zip(frame["source"], frame["target"], strict=True)}


def test_the_slider_goes_through_the_waves_by_keyboard(chromium: Any, tmp_path: Path, county: Any) -> None:
    """The words count what the data hold, the places stay, and going back to the current wave brings its ties back."""
    then, now = pairs(county.other_waves["2023"]), pairs(county.ties)
    file = tmp_path / "map.html"
    file.write_text(map_html(county), "utf-8")
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, offline=True, reduced_motion="reduce")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-state=ready]", state="attached")
    bar = page.get_by_role("group", name="Wave")
    page.get_by_role("slider", name="Wave").focus()
    page.keyboard.press("ArrowLeft")
    assert f"2023, the first wave: {len(then):,} ties." in bar.inner_text()
    assert f"and {len(then):,} ties" in page.locator("#filtered").inner_text()
    assert "2023, the first wave" in page.locator("#said").inner_text()
    assert page.get_by_role("slider", name="Wave").get_attribute("aria-valuetext") == "2023"
    page.keyboard.press("ArrowRight")
    told = f"2025: {len(now - then)} new, {len(now & then)} kept and {len(then - now)} ended since 2023."
    assert told in bar.inner_text()
    assert f"and {len(now):,} ties" in page.locator("#filtered").inner_text()
    assert page.input_value("#lines") == "changes"
    page.get_by_role("button", name="The wave before").press("Enter")
    until(page, "location.hash.includes('wave=2023')")
    page.get_by_role("button", name="Next finding").press("Enter")
    assert page.input_value("#lines") == "bridges"
    assert page.get_by_role("slider", name="Wave").get_attribute("aria-valuetext") == "2025"
    page.get_by_role("button", name="The wave before").press("Enter")
    page.get_by_role("button", name="Play").press("Enter")
    assert told in bar.inner_text()
    page.get_by_role("button", name="Table").press("Enter")
    assert bar.is_visible()
    small = bar.evaluate("e => [...e.querySelectorAll('button, input')].filter((b) => b.offsetHeight < 24).length")
    assert small == 0
    context.close()
    assert said == []


@pytest.mark.parametrize("audience", ["public", "coordinator"])
def test_no_wave_holds_what_was_removed(audience: str) -> None:
    """An organisation that asked not to be published is in the ties of no wave."""
    shown = netmap.analyse(netmap.read(ROOT / "data" / "county"), effort="quick", audience=audience)
    everybody = netmap.read(ROOT / "data" / "county").organisations
    hidden = set(everybody.loc[everybody["publish"].astype(str).str.casefold().isin(["no", "false"]), "org_id"].astype(str))
    assert hidden
    assert set(shown.other_waves) == {"2023"}
    for frame in shown.other_waves.values():
        assert len(frame) > 100
        assert not hidden & (set(frame["source"]) | set(frame["target"]))
        assert not {"trust", "alignment"} & set(frame.columns)


BELONGING = {
    "2023": "a:Board a:Forum a:Table b:Forum b:Table c:Forum c:Board",
    "2025": "a:Forum a:Panel b:Forum b:Table c:Forum c:Panel d:Panel d:Table",
}


def test_memberships_have_their_waves_too(opened: Opened, tmp_path: Path) -> None:
    """Who belongs to what, wave after wave: new, kept and ended counted by hand; a network that is gone is said to be left out."""
    rows = [(*row.split(":"), wave) for wave, told in BELONGING.items() for row in told.split()]
    (tmp_path / "memberships.csv").write_text(
        "member,member_type,group,group_type,wave\n" + "".join(f"{m},organisation,{g},network,{w}\n" for m, g, w in rows), "utf-8"
    )
    shown = netmap.analyse(netmap.read(tmp_path / "memberships.csv"), effort="quick")
    assert "1 group without members in 2025 is left out." in shown.taken_as
    assert pairs(shown.other_waves["2023"]) == {tuple(sorted(p)) for p in (("a", "Forum"), ("a", "Table"), ("b", "Forum"), ("b", "Table"), ("c", "Forum"))}
    page = opened(map_html(shown))
    bar = page.get_by_role("group", name="Wave")
    page.get_by_role("slider", name="Wave").focus()
    page.keyboard.press("ArrowLeft")
    assert "2023, the first wave: 5 ties." in bar.inner_text()
    page.keyboard.press("ArrowRight")
    assert "2025: 4 new, 4 kept and 1 ended since 2023." in bar.inner_text()
