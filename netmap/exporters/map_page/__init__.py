"""The map: one HTML file that opens from disk, asks for nothing, and shows what disclosure let through."""

from __future__ import annotations

import base64
import hashlib
import textwrap
from importlib.resources import files
from typing import TYPE_CHECKING

from ..pyvis_parts import text_of

if TYPE_CHECKING:
    from ...analysis import Analysis

__all__ = ["map_html"]

_LINE = 120


def map_html(analysis: Analysis, report: str | None = None) -> str:
    """Return the map of an analysis as one HTML file that needs no other file and no network.

    The content is packed by `map_data` and unpacked by the page's own script; what stands in the file as text is the
    title, the first sentence and the first finding, for readers whose browser runs no scripts.

    Parameters
    ----------
    analysis : Analysis
        After disclosure: everything in it may be shown. It is not changed.
    report : str, optional
        Address of the report of the same result, such as ``report.html`` where it lies beside the map.

    Returns
    -------
    str
        HTML, to be written as UTF-8. Names are handed over as data only: whatever they hold stays text.
    """
    from jinja2 import DictLoader, Environment, StrictUndefined
    from markupsafe import Markup

    from .content import map_data
    from .words import sentence, strings

    home = files(__package__)
    script, style, frame = (
        (home / name).read_text("utf-8").replace("\r\n", "\n") for name in ("page.js", "page.css", "page.html")
    )
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    packed = base64.b64encode(map_data(analysis, report)).decode("ascii")
    told = [f for f in analysis.findings if f.id != "F0"] or list(analysis.findings)
    environment = Environment(
        loader=DictLoader({"page": frame}), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("page").render(
        policy=policy,
        title=text_of(analysis.title) or "Map",
        sentence=sentence(analysis, len(analysis.ties)),
        finding=text_of(told[0].headline) if told else "",
        broken=strings()["broken"],
        # Script and style are netmap's own; the content is letters and digits only.
        style=Markup(style),
        script=Markup(script),
        data=Markup("\n".join(textwrap.wrap(packed, _LINE))),
    )


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode('utf-8')).digest()).decode('ascii')}'"
