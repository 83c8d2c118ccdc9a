"""What a written file says, with what it packs unpacked."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from netmap.exporters.map_page.packing import unpack


def content(page: str) -> tuple[Any, Any]:
    """The content of a map's page, unpacked."""
    held = re.search(r'<script type="text/plain" [^>]*id="data">([^<]*)</script>', page)
    assert held is not None
    return unpack(base64.b64decode(held.group(1)))


def said_in(file: str, data: bytes) -> str:
    """The words of a written file.

    A map says what its content says and what stands outside its scripts: any three letters are somewhere in base64.
    """
    text = data.decode("utf-8")
    if file != "map.html":
        return text
    shell = re.sub(r"(?s)<script[^>]*>.*?</script>|'sha256-[^']*'", "", text)
    return shell + json.dumps(content(text)[0], ensure_ascii=False)
