"""Made-up counties whose truth is known: to test netmap with, to teach with, and to plan a survey by."""

from __future__ import annotations

from .assemble import county
from .observation import observe
from .simulated import Simulated

__all__ = ["Simulated", "county", "observe"]
