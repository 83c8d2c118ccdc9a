"""One page, opened from disk in a Chromium of its own and measured: opening, panning, zooming, filtering, memory."""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.browser.conftest import chromium_path

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")
LEAST_INK = 0.002
ENTRY = "#key .entry"
# Of the difference between two pictures, what may be left once the mouse's way is taken out: names are placed anew.
MOVED = 0.7
WAITING = 4


@dataclass
class Seen:
    """What one run found: seconds, megabytes, rates a second; and in words what was not as it should be."""

    numbers: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    over: bool = False


class Processes:
    """The browser among the programs that this one started, and all that it started itself."""

    def __init__(self) -> None:
        started = self._tree(os.getpid())
        root = [pid for pid in started if b"--remote-debugging-pipe" in _read(pid, "cmdline")]
        self.root = root[0]

    @staticmethod
    def _tree(root: int) -> list[int]:
        """Every living process below `root`, nearest first."""
        children: dict[int, list[int]] = {}
        for name in os.listdir("/proc"):
            if name.isdigit() and (state := _state(int(name))):
                children.setdefault(int(state[1]), []).append(int(name))
        found = [root]
        for pid in found:
            found += children.get(pid, [])
        return found

    def cpu(self) -> float:
        """Seconds of processor that the browser has used, user and system, with those of its processes that ended."""
        ticks = 0
        for pid in self._tree(self.root):
            if state := _state(pid):
                # What the root's own finished children cost was spent on starting.
                ticks += sum(map(int, state[11:13] if pid == self.root else state[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """The most memory that the largest renderer held at any time, in MB."""
        peaks = [0.0]
        for pid in self._tree(self.root):
            if b"--type=renderer" in _read(pid, "cmdline"):
                lines = _read(pid, "status").splitlines()
                peaks += [int(line.split()[1]) / 1024 for line in lines if line.startswith(b"VmHWM")]
        return max(peaks)

    def kill(self) -> None:
        for pid in reversed(self._tree(self.root)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def _state(pid: int) -> list[bytes]:
    """The fields of a process after its name: state, parent, ..."""
    return _read(pid, "stat").rpartition(b")")[2].split()


@contextlib.asynccontextmanager
async def _browser(driver: Any) -> AsyncIterator[tuple[Any, Processes]]:
    browser = await driver.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
    processes = Processes()
    try:
        yield browser, processes
    finally:
        try:
            await asyncio.wait_for(browser.close(), 10)
        except TimeoutError:
            processes.kill()


async def measured(driver: Any, file: Path, *, seconds: float, limit: float) -> Seen:
    """Open a page and measure it; `over` where it was not ready, or not through, within the limits."""
    seen = Seen({"file": file.stat().st_size / 1000})
    async with _browser(driver) as (browser, processes):
        context = await browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
        page = await context.new_page()
        asked: list[str] = []
        errors: list[str] = []
        context.on("request", lambda r: asked.append(r.url))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: errors.append(str(e)))
        visit = _Visit(page, processes, seconds, limit, seen)
        try:
            async with asyncio.timeout(limit):
                await visit.open(file)
            async with asyncio.timeout(2 * limit + 10 * seconds):
                await visit.use()
        except TimeoutError:
            seen.over = True
        seen.numbers.setdefault("peak", processes.peak())
        own = file.as_uri()
        elsewhere = [url for url in asked if url.partition("#")[0] != own and not url.startswith(("data:", "blob:"))]
        for found, word in ((elsewhere, "request"), (errors, "console error")):
            if found:
                seen.wrong.append(f"{len(found)} {word}{'s' if len(found) > 1 else ''}")
    return seen


class _Visit:
    """One page and what is done with it, in order."""

    def __init__(self, page: Any, processes: Processes, seconds: float, limit: float, seen: Seen):
        self.page, self.processes, self.seconds, self.limit, self.seen = page, processes, seconds, limit, seen

    async def open(self, file: Path) -> None:
        """From the order to open until the page says that its picture is there; then whether it was."""
        ready = asyncio.Event()
        at: list[float] = []

        def told() -> None:
            at[:] = time.perf_counter(), self.processes.cpu()
            ready.set()

        await self.page.expose_function("benchReady", told)
        await self.page.add_init_script(PROBE)
        spent = await self._at_rest()
        begin = time.perf_counter()
        await self.page.goto(file.as_uri(), wait_until="commit", timeout=0)
        await ready.wait()
        self.seen.numbers.update(wall=at[0] - begin, cpu=at[1] - spent)
        await self.page.wait_for_function("bench.inkWhenReady !== null", timeout=0)
        if await self.page.evaluate("bench.inkWhenReady") < LEAST_INK:
            self.seen.wrong.append("no picture when ready")

    async def _at_rest(self) -> float:
        """Wait until the browser has nothing to do; its processor time then. Looks at nothing in the page."""
        before = self.processes.cpu()
        while True:
            await asyncio.sleep(0.3)
            now = self.processes.cpu()
            if now - before <= 0.03:
                return now
            before = now

    async def use(self) -> None:
        """Pan, zoom and filter as a person would; then, after the peak of memory is read, again with each frame looked at."""
        numbers, wrong, page = self.seen.numbers, self.seen.wrong, self.page
        await self._at_rest()
        box = await page.evaluate("bench.keep()")
        self.x, self.y = box["plain"]["x"], box["plain"]["y"]
        dx, dy = 2 * round(box["width"] / 20), 2 * round(box["height"] / 20)
        numbers["pan"] = await self._counted(lambda: self._drag(dx, dy))
        await self._release()
        await self._at_rest()
        left = await page.evaluate("([x, y]) => bench.compare(x, y)", [dx, dy])
        if left is None or left > MOVED:
            wrong.append("does not move with the mouse")
        numbers["zoom"] = await self._counted(self._wheel)
        await self._at_rest()
        await self._aim()
        for _ in ("hide", "show"):
            await self._filter()
            await self._at_rest()
        numbers["peak"] = self.processes.peak()

        await page.evaluate("bench.keep()")
        numbers["pan pictures"] = await self._pictures(lambda: self._drag(-dx, -dy))
        numbers["pan refined"] = (await self._watched(self._release))["final"] or 0.0
        numbers["zoom pictures"] = await self._pictures(self._wheel)
        await self._at_rest()
        await page.evaluate("bench.keep()")
        found = await self._watched(lambda: page.mouse.wheel(0, -100))
        numbers["zoom refined"] = found["final"] or 0.0
        if found["final"] is None:
            wrong.append("does not zoom")
        await self._aim()
        await self._at_rest()
        found = await self._watched(self._filter)
        if found["final"] is None:
            wrong.append("the filter changes nothing")
        else:
            numbers.update({"filter first": found["first"], "filter": found["final"]})

    async def _aim(self) -> None:
        """Take the mouse to the first entry of the key; a page that has none offers `hide`."""
        entry = self.page.locator(ENTRY).first
        self.entry = await entry.count() > 0
        if self.entry:
            place = await entry.bounding_box()
            await self.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)

    async def _filter(self) -> None:
        """Hide the first group, or show it again."""
        if self.entry:
            await self.page.mouse.down()
            await self.page.mouse.up()
        else:
            await self.page.evaluate("bench.act(() => hide(0))")

    async def _drag(self, dx: float, dy: float) -> None:
        """Press and wander about, to (dx, dy) from where it began; moves are sent as a mouse sends them, 125 a second.

        Where a page has not yet taken a few of them the next are left out, as a browser joins moves that come too fast.
        """
        mouse = self.page.mouse
        await mouse.move(self.x, self.y)
        await mouse.down()
        begin = time.perf_counter()
        sent: set[asyncio.Task[None]] = set()
        while (u := (time.perf_counter() - begin) / self.seconds) < 1:
            if len(sent) < WAITING:
                sway = 110 * math.sin(2 * math.pi * self.seconds * u / 1.6), 70 * math.sin(4 * math.pi * u)
                move = asyncio.create_task(mouse.move(self.x + dx * u + sway[0] * (1 - u), self.y + dy * u + sway[1] * (1 - u)))
                sent.add(move)
                move.add_done_callback(sent.discard)
            await asyncio.sleep(0.008 - (time.perf_counter() - begin) % 0.008)
        await asyncio.gather(*sent)
        self.x, self.y = self.x + dx, self.y + dy

    async def _release(self) -> None:
        """The last of a drag: to where it ends, and let go."""
        await self.page.mouse.move(self.x, self.y)
        await self.page.mouse.up()

    async def _wheel(self) -> None:
        """Nine notches a second, in for half the time and out again."""
        begin, notches = time.perf_counter(), 2 * max(1, round(4.5 * self.seconds))
        for notch in range(notches):
            await self.page.mouse.wheel(0, -100 if notch < notches // 2 else 100)
            await asyncio.sleep(max(0.0, begin + (notch + 1) / 9 - time.perf_counter()))

    async def _counted(self, act: Callable[[], Awaitable[None]]) -> float:
        """Frames a second while something is done."""
        await self.page.evaluate("bench.count()")
        begin = time.perf_counter()
        await act()
        spent = time.perf_counter() - begin
        return float(await self.page.evaluate("bench.counted()")) / spent

    async def _pictures(self, act: Callable[[], Awaitable[None]]) -> float:
        """Pictures a second that reached the screen and differed from the one before."""
        session = await self.page.context.new_cdp_session(self.page)
        seen: list[int] = []
        answers: set[asyncio.Task[Any]] = set()

        def shown(event: dict[str, Any]) -> None:
            seen.append(hash(event["data"]))
            answer = asyncio.ensure_future(session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]}))
            answers.add(answer)
            answer.add_done_callback(answers.discard)

        session.on("Page.screencastFrame", shown)
        await session.send("Page.startScreencast", {"format": "jpeg", "quality": 40, "maxWidth": 640, "maxHeight": 400})
        await asyncio.sleep(0.2)
        seen.clear()
        begin = time.perf_counter()
        await act()
        spent = time.perf_counter() - begin
        await session.send("Page.stopScreencast")
        await session.detach()
        return sum(a != b for a, b in pairwise(seen)) / spent

    async def _watched(self, act: Callable[[], Awaitable[Any]]) -> dict[str, Any]:
        """Do something and wait until the picture no longer changes: seconds to its first and its last change."""
        await self.page.evaluate("most => bench.watch(most)", 1000 * self.limit / 2)
        await act()
        found: dict[str, Any] = await self.page.evaluate("bench.tell()")
        if found["over"]:
            self.seen.wrong.append("does not come to rest")
        return found
