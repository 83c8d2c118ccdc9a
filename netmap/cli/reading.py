"""Reading the files a command was given, with the first words said before anything heavy is loaded."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from .console import say
from .options import STDIN, stem_of

if TYPE_CHECKING:
    from ..network import Network

__all__ = ["read_network", "sources_of"]


def read_network(
    paths: tuple[str, ...],
    *,
    encoding: str | None = None,
    map_columns: Mapping[str, str] | None = None,
    aliases: str | None = None,
    nodes: str | None = None,
    quiet: bool = False,
) -> Network:
    """Read files, folders or standard input into a network, saying which first."""
    say(f"Reading {', '.join('standard input' if path == STDIN else path for path in paths)} ...", quiet)
    sources = sources_of(paths)
    from ..api import read

    network: Network = read(
        sources if len(sources) > 1 else sources[0],
        encoding=encoding,
        map_columns=dict(map_columns or {}),
        aliases=aliases,
        nodes=nodes,
    )
    return network


def sources_of(paths: tuple[str, ...]) -> list[Any]:
    """Return the paths as given, standard input as a buffer of its bytes."""
    if paths.count(STDIN) > 1:
        raise UsageError("Standard input (-) can be read once only.")
    return [_standard_input() if path == STDIN else Path(path) for path in paths]


def _standard_input() -> Any:
    import io

    stream = getattr(sys.stdin, "buffer", None)
    data = stream.read() if stream is not None else sys.stdin.read().encode("utf-8")
    buffer = io.BytesIO(data)
    buffer.name = stem_of((STDIN,))
    return buffer
