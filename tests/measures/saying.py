"""A word-for-word check of what an error says."""

from __future__ import annotations

import re

import pytest


def says(error: type[BaseException], text: str) -> pytest.RaisesExc[BaseException]:
    """Demand an error whose message is exactly `text`."""
    return pytest.raises(error, match=f"^{re.escape(text)}$")
