"""Results as they stand in a page: the machine they were found on, and the lines of a page that they are written into."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

BEGIN, END = "<!-- results -->", "<!-- end of results -->"


def machine() -> str:
    """The date, the processor and the system."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        names = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line]
        model = f"{names[0]}, {len(names)} processors" if names else model
    return f"{date.today():%d %B %Y}, {model}, {platform.system()}, Python {platform.python_version()}"  # noqa: DTZ011


def load() -> str:
    """How busy the machine was when the results were there."""
    return f"; load when it ended {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def listed(known: Sequence[str]) -> Callable[[str], list[str]]:
    """A reader of words parted by commas, each of which is one of `known`."""

    def read(text: str) -> list[str]:
        names = [name.strip().lower() for name in text.split(",")]
        unknown = [name for name in names if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)} is none of {', '.join(known)}")
        return names

    return read


def delivered(text: str, page: Path | None) -> int:
    """Print the results, or write them into a page between its marks; the exit code."""
    if page is None:
        print(text)
        return 0
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        print(f"{page} has no lines {BEGIN} and {END}; here they are instead:\n\n{text}")
        return 1
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    return 0
