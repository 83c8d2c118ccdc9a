"""What the browser tests of the map ask of its page."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

Opened = Callable[..., Any]
# What is wrong with the shape of the page: elements that it does not make, parts that lie on one another or outside.
LAYOUT = """(() => {
  const out = [], root = document.documentElement, box = (s) => document.querySelector(s).getBoundingClientRect();
  const strange = "iframe, object, embed, base, form, link, template, img, video, audio, marquee, math, textarea";
  for (const e of document.querySelectorAll(strange)) if (!e.closest("noscript")) out.push(`strange: ${e.outerHTML.slice(0, 80)}`);
  if (document.querySelectorAll("script, style").length !== 2) out.push("script or style");
  if (root.scrollWidth > innerWidth) out.push(`wide: ${root.scrollWidth}`);
  const top = box("#top"), main = box("main"), key = box("#key");
  if (main.top < top.bottom - 1 || main.bottom > Math.max(innerHeight, root.scrollHeight) + 1) out.push("main is out of place");
  const body = document.querySelector("#stage").hidden ? box("#twin") : box("#map");
  if (body.width < 280 || body.height < 150) out.push(`small: ${body.width} x ${body.height}`);
  if (innerWidth > 760 && key.right > body.left + 1) out.push("the key is over the map");
  for (const e of document.querySelectorAll(".tools button, .tools summary, .tools input")) {
    const { left, right } = e.getBoundingClientRect();
    if (e.checkVisibility() && (left < 0 || right > innerWidth + 1)) out.push(`outside: ${e.textContent}`);
  }
  return out;
})()"""


def listen(page: Any, seen: list[str]) -> None:
    """Write down whatever a page says, asks for or opens."""
    page.on("console", lambda message: seen.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (seen.append("dialog"), dialog.dismiss()))
    page.on("popup", lambda _: seen.append("popup"))
    page.on("request", lambda request: seen.append(f"request: {request.url}"))


def ink(page: Any) -> int:
    """How many pixels of the picture are not ground."""
    return int(
        page.evaluate(
            "(() => { const c = document.querySelector('#map canvas');"
            "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;"
            "for (let i = 0; i < d.length; i += 4) if (Math.abs(d[i] - d[0]) + Math.abs(d[i + 1] - d[1]) > 60) n += 1;"
            "return n; })()"
        )
    )


def drawn(page: Any) -> str:
    """A digest of what the canvas holds now."""
    return sha256(page.evaluate("document.querySelector('#map canvas').toDataURL()").encode()).hexdigest()


def picture(page: Any) -> str:
    """A digest of the picture once it is at rest: the same three times running, however slow the machine is."""
    seen: list[str] = []
    while len(seen) < 40 and (len(seen) < 3 or len(set(seen[-3:])) > 1):
        page.wait_for_timeout(150)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seen.append(drawn(page))
    return seen[-1]


def until(page: Any, expression: str) -> None:
    """Wait until something holds in the page, asked from outside: the page's policy lets nothing be evaluated within."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def settled(page: Any, expression: str) -> Any:
    """What holds in the page once it is the same four times running: the address is written a moment after the change."""
    seen: list[Any] = []
    while len(seen) < 40 and (len(seen) < 4 or len(set(seen[-4:])) > 1):
        seen.append(page.evaluate(expression))
        page.wait_for_timeout(150)
    return seen[-1]


def said(page: Any) -> str:
    return str(page.locator("#said").inner_text()).strip()


def title(page: Any) -> str:
    return str(page.locator("#panel-title").inner_text())


# -- by keyboard ---------------------------------------------------------------------------------------------------


def tab_to(page: Any, selector: str, back: bool = False) -> None:
    """Press Tab, as a person would, until the focus is on what is wanted; it must be seen to be there."""
    for _ in range(120):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none", f"the focus on {selector} cannot be seen"
            return
    raise AssertionError(f"Tab never comes to {selector}")


def press_button(page: Any, words: str, within: str = "body", tag: str = "BUTTON") -> None:
    """Come to a button, or what else opens, by Tab and press it."""
    for _ in range(160):
        page.keyboard.press("Tab")
        if page.evaluate(
            "([w, s, t]) => { const e = document.activeElement;"
            " return e.closest(s) && e.tagName === t && (e.ariaLabel || e.innerText.trim()) === w; }",
            [words, within, tag],
        ):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never comes to {words}")


def to_map(page: Any) -> None:
    tab_to(page, "#map")


def choose_line(page: Any, letter: str) -> None:
    tab_to(page, "#lines")
    page.keyboard.type(letter)
    page.keyboard.press("Tab")


def tab_to_label(page: Any, words: str) -> None:
    """Come to a box to tick by Tab."""
    for _ in range(160):
        page.keyboard.press("Tab")
        # Its words may be followed by how many it counts.
        if page.evaluate("(w) => !!document.activeElement.closest('label')?.innerText.trim().startsWith(w)", words):
            return
    raise AssertionError(f"Tab never comes to {words}")


# -- as a screen reader is told it ---------------------------------------------------------------------------------


def tree(page: Any) -> set[tuple[str, str]]:
    """What a screen reader is given: role and name of everything that is not hidden from it."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return {(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n.get("ignored")}


def heard(page: Any) -> str:
    """The words of the live region, which has to be polite, in the accessibility tree."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by = {n["nodeId"]: n for n in nodes}
    at = next(n for n in nodes if n["role"]["value"] == "status" and n.get("name", {}).get("value", "") == "" and not n.get("ignored"))
    polite = {p["name"]: p["value"].get("value") for p in at["properties"]}
    assert polite["live"] == "polite"
    words, waiting = [], list(at["childIds"])
    while waiting:
        n = by[waiting.pop(0)]
        words.append(n.get("name", {}).get("value", "") if n["role"]["value"] == "StaticText" else "")
        waiting = [*n.get("childIds", []), *waiting]
    return "".join(words).strip()
