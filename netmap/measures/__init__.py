"""Measures of a network: each takes a View or a networkx graph and is loaded when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:
    if name.startswith("_") and name != "__all__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Not `from . import catalogue`: that would ask this function for the module it is loading.
    known = import_module(".catalogue", __name__).entries()
    if name == "__all__":
        return list(known)
    if name in known:
        value = getattr(import_module(known[name].module), name)
        globals()[name] = value
        return value
    close = import_module("..errors", __name__).nearest(name, known)
    hint = f" Did you mean {' or '.join(close)}?" if close else ""
    raise AttributeError(f"netmap.measures has no measure {name!r}.{hint}")


def __dir__() -> list[str]:
    return sorted({*globals(), *import_module(".catalogue", __name__).entries()})
