"""The colours of every picture: eight that people with any colour vision tell apart, and grey for the rest."""

from __future__ import annotations

__all__ = ["COLOURS", "GREY"]

COLOURS = ("#094899", "#B44824", "#127E6C", "#C68700", "#3F99EA", "#751B63", "#1B3F00", "#905AB4")
"""In the order they are given out, largest category first; each at least 3:1 against white."""

GREY = "#949494"
"""Categories beyond the eighth, and everything without one."""
