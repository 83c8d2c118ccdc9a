"""How many examples each property is tried on: 100, or 2,000 with `pytest tests/property --hypothesis-profile=long`."""

from __future__ import annotations

import tests.settings  # noqa: F401
