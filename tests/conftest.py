"""What all tests share: the mark of browser tests, and the promise that where a browser is required none is skipped."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

BROWSER = Path(__file__).parent / "browser"
REQUIRED = bool(os.environ.get("NETMAP_REQUIRE_BROWSER"))
# What the page's build tools bring (cd web && npm ci) is no browser: without them a test may be skipped all the same.
TOOLS = "axe-core is not installed"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of the folder browser/."""
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _refuse(report: Any) -> None:
    reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
    if TOOLS in str(reason):
        return
    report.outcome = "failed"
    report.longrepr = f"NETMAP_REQUIRE_BROWSER is set and a browser test was skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Generator[None, Any, Any]:
    """Make a skipped browser test fail where browsers are required."""
    report = yield
    if REQUIRED and report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("browser"):
        _refuse(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Make a skipped file of browser tests fail where browsers are required."""
    report = yield
    if REQUIRED and report.skipped and BROWSER in collector.path.parents:
        _refuse(report)
    return report
