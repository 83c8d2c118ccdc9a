"""Make the pictures of the map in docs/ anew: ``python scripts/pictures.py``. Needs Chromium and Playwright."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import netmap  # noqa: E402
from netmap.exporters.map_page import map_html  # noqa: E402
from tests.browser.conftest import chromium_path  # noqa: E402

# File, data, title, address, width, height, light.
PICTURES = (
    ("county-map", "county", "A made-up county", "", 1280, 800, "light"),
    ("map-waves", "county", "A made-up county", "#wave=2025&ties=changes", 1280, 800, "light"),
    ("map-panel", "estuary", "The Estuary", "#finding=F1&node={first}", 1280, 800, "light"),
    ("map-networks", "estuary", "The Estuary", "#finding=F7", 1280, 800, "light"),
)


def main() -> None:
    """Open each view and keep what is seen."""
    from playwright.sync_api import sync_playwright

    pages = {}
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"])
        for name, data, title, address, width, height, light in PICTURES:
            if data not in pages:
                analysis = netmap.analyse(netmap.read(ROOT / "data" / data), title=title)
                file = Path(place) / f"{data}.html"
                file.write_text(map_html(analysis), encoding="utf-8")
                pages[data] = (file, [*analysis.finding("F1").nodes, ""][0])
            file, first = pages[data]
            context = browser.new_context(
                viewport={"width": width, "height": height}, offline=True, color_scheme=light, reduced_motion="reduce"
            )
            page = context.new_page()
            page.goto(file.as_uri() + address.format(first=first))
            page.wait_for_selector("html[data-state=ready]", state="attached")
            page.wait_for_timeout(500)
            page.screenshot(path=ROOT / "docs" / f"{name}.png")
            context.close()
            print(f"Wrote docs/{name}.png.")
        browser.close()


if __name__ == "__main__":
    main()
