"""Where the data shared with the project lie, for tests that skip with a reason where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data(name: str = "") -> Path:
    """Return the path of a shared data file, or skip the test with the reason that it is not there."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared data not present: {name or 'folder'}")
    return path
