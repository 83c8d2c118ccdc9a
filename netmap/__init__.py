"""netmap shows how organisations work together: findings in plain words, a map that opens offline, and tables."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import errors, measures, simulate
    from .analysis import Analysis
    from .api import analyse, read, what_if
    from .finding import Finding
    from .network import Network
    from .view import View
    from .whole import NodeTable, node_table

__all__ = [
    "Analysis",
    "Finding",
    "Network",
    "NodeTable",
    "View",
    "__version__",
    "analyse",
    "errors",
    "measures",
    "node_table",
    "read",
    "simulate",
    "what_if",
]

__version__ = "0.1.0"

# NumPy's OpenBLAS starts a thread for each processor, and each spins for a tenth of a second before it sleeps. Told so
# before it is loaded they sleep at once; how many there are and what they compute stays the same.
if "numpy" not in sys.modules:
    os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")

# Names are looked up when first used, so that importing netmap and asking for help cost next to nothing.
_HOMES = {
    "Analysis": "analysis",
    "Finding": "finding",
    "Network": "network",
    "NodeTable": "whole",
    "View": "view",
    "analyse": "api",
    "node_table": "whole",
    "read": "api",
    "what_if": "api",
}
_MODULES = ("errors", "measures", "simulate")


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _HOMES:
        found = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    elif name in _MODULES:
        found = import_module(f".{name}", __name__)
    else:
        raise AttributeError(f"module 'netmap' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
