"""One Firefox for the browser tests, driven by Marionette: trusted keys and clicks, and everything a page does told."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

NAMES = ("firefox-esr", "firefox", "C:/Program Files/Mozilla Firefox/firefox.exe")
# Everything but files goes to a proxy that is not there; the browser itself asks nothing in the background.
PREFERENCES = {
    "network.proxy.type": 1,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
    "network.proxy.socks_remote_dns": True,
    "network.proxy.allow_hijacking_localhost": True,
    "app.normandy.enabled": False,
    "ui.prefersReducedMotion": 1,
    # What a page writes to its console is written to the log, where it can be read.
    "devtools.console.stdout.content": True,
    "browser.dom.window.dump.enabled": True,
}
KEYS = {
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Tab": "\ue004",
    "Space": " ",
}
# Lines of the browser itself begin with the name of its part.
_CONSOLE = re.compile(r"console\.\w+: (?![\w.-]+:)")
_WATCH = """
window.asked = [];
window.watch = { observe(channel) {
  const { URI, loadInfo } = channel.QueryInterface(Ci.nsIChannel);
  for (const who of [loadInfo.triggeringPrincipal, loadInfo.loadingPrincipal])
    if (who && who.schemeIs("file")) { asked.push(URI.spec); return; }
} };
for (const topic of ["http-on-modify-request", "http-on-opening-request"]) Services.obs.addObserver(watch, topic);
"""
_TOLD = """
const told = asked.splice(0).map((url) => `request: ${url}`);
for (const message of Services.console.getMessageArray()) {
  if (!(message instanceof Ci.nsIScriptError)) continue;
  if (message.sourceName.startsWith("file:") || /^(content|CSP)/.test(message.category))
    told.push(`${message.category}: ${message.errorMessage}`);
}
Services.console.reset();
return told;
"""


def firefox_path() -> str | None:
    """Return the path of a Firefox, or None."""
    named = os.environ.get("NETMAP_FIREFOX")
    return next(filter(None, map(shutil.which, (named,) if named else NAMES)), None)


class Firefox:
    """A browser with one window. Pages are opened from files; `told` says what they did."""

    def __init__(self, path: str, folder: Path) -> None:
        driver = pytest.importorskip("marionette_driver.marionette", reason="marionette-driver is not installed")
        self.log = folder / "firefox.log"
        self._sequence = driver.ActionSequence
        self.driver = driver.Marionette(
            bin=path,
            headless=True,
            port=0,
            prefs=PREFERENCES,
            gecko_log=str(self.log),
            app_args=["-remote-allow-system-access"],
        )
        self.driver.start_session()
        self._read = 0
        self._chrome(_WATCH)
        self.told()

    def close(self) -> None:
        """End the browser and take its profile away."""
        self.driver.quit()
        self.driver.cleanup()

    def _chrome(self, script: str) -> Any:
        with self.driver.using_context("chrome"):
            return self.driver.execute_script(script, new_sandbox=False)

    def told(self) -> list[str]:
        """Return what pages asked for, did wrong or wrote to the console since this was last asked."""
        # Messages of the page's process take a moment to arrive.
        time.sleep(0.2)
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        # The browser's own modules complain there too, that they find no network.
        own = [line for line in lines[self._read :] if _CONSOLE.match(line) and "resource://" not in line]
        self._read = len(lines)
        return [*self._chrome(_TOLD), *own]

    def open(self, file: Path, hash_: str = "", width: int = 1280, height: int = 800, state: str = "ready") -> None:
        """Open a file in a window of this size (a little more, as the frame asks) and wait for the state it says."""
        self.driver.set_window_rect(width=width, height=height)
        # From one hash to another of the same file nothing would be loaded.
        self.driver.navigate("about:blank")
        self.driver.navigate(file.as_uri() + hash_)
        if state:
            self.until(f"document.documentElement.dataset.state === {state!r}")

    def ask(self, expression: str) -> Any:
        """Return the value of an expression in the page, with its own variables in reach."""
        return self.driver.execute_script(f"return ({expression})", sandbox=None)

    def until(self, expression: str) -> None:
        """Wait until something holds in the page."""
        end = time.monotonic() + 30
        while not self.ask(expression):
            if time.monotonic() > end:
                raise AssertionError(expression)
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Press and let go of keys, one after the other; the names of Playwright."""
        sequence = self._sequence(self.driver, "key", "keyboard")
        for key in keys:
            sequence.key_down(KEYS.get(key, key)).key_up(KEYS.get(key, key))
        sequence.perform()

    def write(self, text: str) -> None:
        """Type a text."""
        self.press(*text)

    def click(self, selector: str) -> None:
        """Click the middle of an element with the mouse, wherever it is scrolled to."""
        element = self.driver.find_element("css selector", selector)
        sequence = self._sequence(self.driver, "pointer", "mouse", {"pointerType": "mouse"})
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'nearest'})", (element,))
        sequence.pointer_move(0, 0, origin=element).pointer_down().pointer_up().perform()

    def focus(self, selector: str) -> None:
        """Give an element the focus."""
        self.ask(f"document.querySelector({selector!r}).focus()")

    def text(self, selector: str) -> str:
        """Return the text of an element as it is read, without spaces at the ends."""
        return str(self.ask(f"document.querySelector({selector!r}).innerText")).strip()

    def picture(self) -> str:
        """Return the picture once it is at rest."""
        seen = ["", str(self.ask("document.querySelector('#map canvas').toDataURL()"))]
        while seen[-1] != seen[-2] and len(seen) < 40:
            time.sleep(0.2)
            seen.append(str(self.ask("document.querySelector('#map canvas').toDataURL()")))
        return seen[-1]
