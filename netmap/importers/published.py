"""Layouts that published tables have: what their headings mean, declared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..schema import fold

__all__ = ["Published", "published_layout"]


@dataclass(frozen=True, slots=True)
class Published:
    """A layout known by name: its form, what its headings mean, and what is true of every row."""

    name: str
    form: str
    table: str
    needs: tuple[str, ...]
    columns: Mapping[str, str]
    fill: Mapping[str, str]


_LAYOUTS = (
    Published(
        "the 360Giving standard for grants", "ties", "partnerships",
        ("Funding Org:Identifier", "Recipient Org:Identifier"),
        {
            "Funding Org:Identifier": "source", "Recipient Org:Identifier": "target",
            "Funding Org:Name": "organisation.name", "Recipient Org:Name": "partner.name",
            "Recipient Org:City": "partner.place", "Planned Dates:Start Date": "start", "Planned Dates:End Date": "end",
        },
        {"kind": "funding"},
    ),
    Published(
        "the CORDIS list of participants", "two-mode", "memberships",
        ("projectID", "organisationID"),
        {
            "projectID": "group", "organisationID": "member", "projectAcronym": "networks.name", "role": "role",
            "name": "organisations.name", "city": "organisations.place", "activityType": "organisations.type",
        },
        {"group_type": "project"},
    ),
)  # fmt: skip


def published_layout(headings: Sequence[str]) -> tuple[Published, list[str]] | None:
    """Return the published layout that headings follow, with the column each means; None where they follow none.

    Examples
    --------
    >>> layout, columns = published_layout(["projectID", "organisationID", "vatNumber"])
    >>> layout.name, columns
    ('the CORDIS list of participants', ['group', 'member', ''])
    """
    here = {fold(h) for h in headings}
    for layout in _LAYOUTS:
        if {fold(n) for n in layout.needs} <= here:
            meant = {fold(h): column for h, column in layout.columns.items()}
            return layout, [meant.get(fold(h), "") for h in headings]
    return None
