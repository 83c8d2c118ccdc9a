"""Run networkx's own tests of its algorithms with netmap as the backend, and count what netmap ran in them.

    python scripts/networkx_suite.py

What netmap leaves to networkx runs there. Fails where a test fails, or where a function netmap claims was never run by it.
Further arguments go to pytest.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from netmap.nx_backend import interface
from netmap.nx_backend.info import FUNCTIONS

# networkx reads these when its tests start.
os.environ.update(NETWORKX_TEST_BACKEND="netmap", NETWORKX_FALLBACK_TO_NX="1")


class Calls:
    """How often each function ran here, and how often it was left to networkx once the graph was seen."""

    def __init__(self) -> None:
        self.ran: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        for name in FUNCTIONS:
            setattr(interface, name, self._counted(name, getattr(interface, name)))

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            try:
                found = function(*args, **kwargs)
            except NotImplementedError:
                self.left[name] += 1
                raise
            except Exception:
                self.ran[name] += 1
                raise
            self.ran[name] += 1
            return found

        # Its arguments are read from what it stands for.
        counted.__wrapped__ = function  # type: ignore[attr-defined]
        counted.__name__ = name
        return counted

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say how often each function ran."""
        terminalreporter.section("calls run by netmap (and left to networkx)")
        for name in FUNCTIONS:
            terminalreporter.write_line(f"{name:40}{self.ran[name]:7}{self.left[name]:7}")


def main() -> int:
    """Run the tests; return 0 where all is well."""
    import networkx as nx

    if "netmap" not in nx.utils.backends.backends:
        print("networkx does not know the backend netmap: install netmap again, its entry points are read from there.")
        return 1
    calls = Calls()
    # None of this project's own settings of pytest.
    settings = ["-q", "-o", "addopts=", "-o", "xfail_strict=false", "-p", "no:cacheprovider"]
    failed = pytest.main([*settings, "--pyargs", "networkx.algorithms", *sys.argv[1:]], plugins=[calls])
    unused = [name for name in FUNCTIONS if not calls.ran[name]]
    if unused and not sys.argv[1:]:
        print(f"Claimed and never run by netmap: {', '.join(unused)}.")
        return 1
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
