"""Properties here are tried on as many examples as those in tests/property, whichever is run alone."""

from __future__ import annotations

import tests.settings  # noqa: F401
