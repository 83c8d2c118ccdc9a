"""netmap shows how organisations work together: findings in plain words, a map that opens offline, and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import errors, measures, simulate
    from .analysis import Analysis
    from .api import analyse, read, what_if
    from .finding import Finding
    from .network import Network
    from .view import View

__all__ = [
    "Analysis",
    "Finding",
    "Network",
    "View",
    "__version__",
    "analyse",
    "errors",
    "measures",
    "read",
    "simulate",
    "what_if",
]

__version__ = "0.1.0"

# Names are looked up when first used, so that importing netmap and asking for help cost next to nothing.
_HOMES = {
    "Analysis": "analysis",
    "Finding": "finding",
    "Network": "network",
    "View": "view",
    "analyse": "api",
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
