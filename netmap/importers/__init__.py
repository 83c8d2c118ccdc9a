"""Read what a coordinator has and turn it into tables, never by guesswork."""

from __future__ import annotations

from .reading import read_tables
from .templates import templates

__all__ = ["read_tables", "templates"]
