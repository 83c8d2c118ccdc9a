"""The map through pyvis and vis-network: one file that draws with no network, explains itself and has a table twin."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from ..errors import NetmapError
from .pyvis_groups import of_groups
from .pyvis_nodes import Drawing, of_nodes

if TYPE_CHECKING:
    from ..analysis import Analysis

__all__ = ["LIMIT", "drawing_of", "pyvis_html"]

LIMIT = 500
"""More nodes than this are drawn as their groups."""

_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
_LIBRARY = "visjs.github.io/vis-network"
# vis-network draws its tools with a style sheet of 220 kB that this page has no use for.
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "dragNodes": False, "keyboard": False, "tooltipDelay": 60, "multiselect": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 1.5, "chosen": False, "fixed": True},
    "edges": {"smooth": False, "chosen": False, "hoverWidth": 0, "selectionWidth": 0},
}


def pyvis_html(analysis: Analysis) -> str:
    """Return the map of an analysis as one HTML file that needs no other file and no network.

    vis-network, as pyvis carries it, draws the nodes at positions computed beforehand. Beside it the page has a
    legend, a search, a choice of what colours and sizes mean, the first finding, and a table with the same content.
    Above 500 nodes the groups are drawn instead of their members, and the page says so.

    Parameters
    ----------
    analysis : Analysis
        After disclosure: everything in it may be shown. It is not changed.

    Returns
    -------
    str
        HTML, to be written as UTF-8. Names are handed over as data only: whatever they hold stays text.

    Raises
    ------
    NetmapError
        The installed pyvis does not carry vis-network.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    drawing = drawing_of(analysis)
    library, nodes, edges, options = _through_pyvis(drawing)
    templates = Environment(
        loader=PackageLoader("netmap", "exporters/templates"), autoescape=True, undefined=StrictUndefined
    )
    page_script = _source(templates, "pyvis_page.js")
    data = {"nodes": nodes, "edges": edges, "options": options, **drawing.for_page()}
    policy = (
        "default-src 'none'; "
        f"script-src {_hash(library)} {_hash(page_script)}; "
        "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return templates.get_template("pyvis_page.html").render(
        drawing=drawing,
        policy=policy,
        style=Markup(_source(templates, "pyvis_page.css")),
        data=Markup(_for_script(data)),
        library=Markup(library),
        script=Markup(page_script),
    )


def drawing_of(analysis: Analysis) -> Drawing:
    """Return what the map of an analysis shows: its nodes, or their groups where there are more than `LIMIT`."""
    return of_nodes(analysis) if len(analysis.nodes) <= LIMIT else of_groups(analysis, LIMIT)


def _through_pyvis(drawing: Drawing) -> tuple[str, list[Any], list[Any], dict[str, Any]]:
    """Hand nodes and ties to pyvis in bulk; return vis-network and the data of its page."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", directed=False)
    # Assigned, not added: add_edge looks through all earlier ties for each new one.
    network.nodes = drawing.nodes
    network.edges = drawing.edges
    network.options = _OPTIONS
    found = [text for text in _SCRIPT.findall(network.generate_html()) if _LIBRARY in text]
    if len(found) != 1:
        raise NetmapError("The installed pyvis does not carry vis-network as netmap expects. Install pyvis 0.3.2.")
    library = re.sub(r"^//# sourceMappingURL=.*$", "", found[0].replace("\r\n", "\n"), flags=re.MULTILINE)
    nodes, edges, _, _, _, options = network.get_network_data()
    return library, nodes, edges, json.loads(options)


def _source(templates: Any, name: str) -> str:
    text: str = templates.loader.get_source(templates, name)[0]
    return text.replace("\r\n", "\n")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode('ascii')}'"


def _for_script(data: Any) -> str:
    """Return `data` as JSON that no HTML parser can take for anything but text."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "&<>\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
