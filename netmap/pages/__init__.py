"""Pages: a longer look at values, trust and accountability beside the findings; each module writes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..finding import Page
    from ..study import Study

__all__ = ["pages_of"]


def pages_of(study: Study) -> tuple[Page, ...]:
    """Return the pages for which there are data, in report order."""
    from . import accountability, trust, values

    return tuple(page for page in (m.page(study) for m in (values, trust, accountability)) if page is not None)
