"""The report in Chromium, from disk, with the network blocked."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from netmap.exporters.report import report_html
from tests.exporters.little import little_analysis

HOSTILE = "</script><img src=x onerror=alert(1)>"

pytestmark = pytest.mark.browser


def opened(chromium: Any, path: Path, width: int, **options: Any) -> tuple[Any, Any, list[str]]:
    """Open a page with every request but the file itself refused; return its context, itself and what it did."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("dialog", lambda dialog: seen.append("dialog"))
    page.on("request", lambda request: seen.append(request.url) if request.url != path.as_uri() else None)
    page.route("**/*", lambda route: route.continue_() if route.request.url == path.as_uri() else route.abort())
    page.goto(path.as_uri())
    return context, page, seen


@pytest.mark.parametrize("width", [1100, 360])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_report_opens_offline_at_any_width(chromium: Any, tmp_path: Path, width: int, scripts: bool) -> None:
    """No request, no message; text and drawing are there, nothing runs off the side, and a hostile name is text."""
    path = tmp_path / "report.html"
    path.write_text(report_html(little_analysis(hostile=HOSTILE)), encoding="utf-8")
    context, page, seen = opened(chromium, path, width, java_script_enabled=scripts)
    assert seen == []
    assert HOSTILE in page.locator("h1").inner_text()
    assert page.locator("svg circle").count() >= 6
    assert page.locator("img").count() == 0
    body = page.locator("body").bounding_box()
    assert body["width"] <= width
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_headings_form_an_outline(chromium: Any, tmp_path: Path) -> None:
    """One first heading, and no level is skipped on the way down."""
    path = tmp_path / "report.html"
    path.write_text(report_html(little_analysis()), encoding="utf-8")
    context, page, _ = opened(chromium, path, 1100)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    context.close()
