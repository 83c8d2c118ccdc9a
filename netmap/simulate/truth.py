"""The facts that were planted in a made-up network, kept as a small table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "Facts", "joined"]

COLUMNS = ("fact", "subject", "value", "question", "meaning")


@dataclass
class Facts:
    """Planted facts, noted one by one while a network is made."""

    rows: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def note(self, fact: str, subject: str, value: object, question: str, meaning: str) -> None:
        """Add one fact: what kind, about what, how much, the finding that should show it, and in words."""
        shown = f"{value:.6g}" if isinstance(value, float) else str(value)
        self.rows.append((fact, subject, shown, question, meaning))

    def frame(self) -> pd.DataFrame:
        """Return the facts as a table with the columns of `COLUMNS`, all text."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(COLUMNS), dtype=object)


def joined(*parts: str) -> str:
    """Return several ids as the one subject of a fact.

    Examples
    --------
    >>> joined("o2", "o1")
    'o1 | o2'
    """
    return " | ".join(sorted(parts))
