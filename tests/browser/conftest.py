"""One Chromium and one Firefox for the browser tests: those NETMAP_CHROMIUM and NETMAP_FIREFOX name, or the first found."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import netmap
from tests.browser.firefox import Firefox, firefox_path
from tests.browser.pages import Opened, listen

DATA = Path(__file__).resolve().parents[2] / "data"

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


def chromium_path() -> str | None:
    """Return the path of a Chromium, or None."""
    named = os.environ.get("NETMAP_CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else NAMES))
    return next((path for path in found if path), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests of a worker, with nothing of its own on the network."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium found: install the package chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One browser for all tests of a worker, with a proxy that is not there."""
    path = firefox_path()
    if path is None:
        pytest.skip("no Firefox found: install the package firefox-esr")
    browser = Firefox(path, tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.close()


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Opened]:
    """Open a page from disk with the network off; at the end nothing was asked for, said or shown by it."""
    seen: list[str] = []
    contexts = []

    def open_page(html: str, hash_: str = "", state: str = "ready", script: str = "", **options: Any) -> Any:
        file = tmp_path / f"map{len(contexts)}.html"
        file.write_bytes(html.encode("utf-8"))
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "offline": True, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        context.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };" + script)
        page = context.new_page()
        listen(page, seen)
        page.goto(file.as_uri() + hash_)
        assert seen.pop(0).startswith(f"request: {file.as_uri()}")
        if state:
            page.wait_for_selector(f"html[data-state={state}]", state="attached", timeout=15_000)
        return page

    yield open_page
    hits = [c.pages[0].evaluate("window.hits || 0") for c in contexts if c.pages and c.pages[0].url.startswith("file")]
    for context in contexts:
        context.close()
    assert [line for line in seen if not line.startswith("request: blob:")] == []
    assert sum(hits) == 0


@pytest.fixture(scope="session")
def estuary() -> Any:
    return netmap.analyse(netmap.read(DATA / "estuary"), effort="quick")


@pytest.fixture(scope="session")
def localgov() -> Any:
    return netmap.analyse(netmap.read(DATA / "localgov.csv"), effort="quick")


@pytest.fixture(scope="session")
def county() -> Any:
    return netmap.analyse(netmap.read(DATA / "county"), effort="quick")
