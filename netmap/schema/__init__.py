"""The vocabulary as data: every table and column declared once, for readers, templates, help and the manual."""

from __future__ import annotations

from collections.abc import Iterable

from .bodies import MEMBERSHIPS, NETWORKS, ORGANISATIONS, PEOPLE, SECTOR_OF
from .frameworks import FRAMEWORKS, Framework
from .kinds import FAMILIES, KINDS, directed_by_default, family, is_declared_kind
from .model import Column, Table, fold
from .more import CAPABILITIES, DECISIONS, INTRODUCTIONS, NEEDS, RATINGS, RESPONSES, ROUNDS, VALUES
from .ties import PARTNERSHIPS
from .words import PERSONAL, says_group, says_organisation, says_people

__all__ = [
    "FAMILIES", "FRAMEWORKS", "KINDS", "PERSONAL", "TABLES", "Column", "Framework", "Table", "directed_by_default", "family", "find_columns", "fold",
    "is_declared_kind", "known_heading", "says_group", "says_organisation", "says_people", "sector_of",
]  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ORGANISATIONS, PEOPLE, PARTNERSHIPS, MEMBERSHIPS, NETWORKS, VALUES, CAPABILITIES, NEEDS, DECISIONS, RATINGS,
        INTRODUCTIONS, ROUNDS, RESPONSES,
    )
}  # fmt: skip

_PREFIXES = ("organisation.", "organization.", "partner.", "values:", "value:", "source.", "target.")
_KNOWN = frozenset(h for table in TABLES.values() for column in table.columns for h in column.headings) | {
    "record", "trust",
}  # fmt: skip


def sector_of(type_: str) -> str:
    """Return the sector that follows from a type of organisation, ``unknown`` where none does.

    Examples
    --------
    >>> sector_of("council"), sector_of("network")
    ('public', 'unknown')
    """
    return SECTOR_OF.get(type_, "unknown")


def find_columns(heading: str, tables: Iterable[str] | None = None) -> list[tuple[str, Column]]:
    """Return every column a heading may mean, with its table; whole names only, never a part.

    Examples
    --------
    >>> [(table, column.name) for table, column in find_columns("Partner")]
    [('partnerships', 'target')]
    >>> find_columns("partnership_id")
    []
    """
    wanted = fold(heading)
    found = []
    for name in TABLES if tables is None else tables:
        for column in TABLES[name].columns:
            if fold(column.name) == wanted:
                found.append((name, column))
                break
        else:
            found += [(name, column) for column in TABLES[name].columns if wanted in column.headings][:1]
    return found


def known_heading(text: str) -> bool:
    """Tell whether a text is a heading that means something here; single letters are as often names.

    Examples
    --------
    >>> known_heading("Organisation"), known_heading("partner.sector"), known_heading("Exeter")
    (True, True, False)
    """
    lowered = text.strip().casefold()
    return (len(lowered) > 1 and fold(lowered) in _KNOWN) or lowered.startswith(_PREFIXES)
