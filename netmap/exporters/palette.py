"""The colours of every picture: eight that people with any colour vision tell apart, and grey for the rest."""

from __future__ import annotations

__all__ = ["COLOURS", "DARK", "GREY", "LIGHT"]

COLOURS = ("#094899", "#B44824", "#127E6C", "#C68700", "#3F99EA", "#751B63", "#1B3F00", "#905AB4")
"""In the order they are given out, largest category first; each at least 3:1 against white."""

GREY = "#949494"
"""Categories beyond the eighth, and everything without one."""

_DARK_COLOURS = ("#5397ff", "#ce8745", "#3dd7a1", "#e3b239", "#a6e9ff", "#ba42ba", "#86725a", "#b7b3ee")

LIGHT = ("#ffffff", "#1b2430", "#55606e", "#8a94a1", "#c9cfd7", GREY, "#b44824", "#094899", "#094899", *map(str.lower, COLOURS))
"""What the map is drawn with by day: ground, ink, muted ink, ties, what has no category, other categories, low, high, what
stands out; then the colours."""

DARK = ("#14181d", "#eef1f5", "#a9b3bf", "#7d8794", "#4a525c", "#8e949c", "#f0924a", "#7ab4ff", "#8cc0ff", *_DARK_COLOURS)
"""The same where the system asks for dark."""
