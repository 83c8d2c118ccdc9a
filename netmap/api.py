"""The two steps most programs need: read files into a network, analyse it for an audience."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from .analysis import Analysis, Frame
    from .finding import Finding
    from .network import Network
    from .pseudonyms import Pseudonyms

__all__ = ["analyse", "read", "what_if"]

Source = str | PathLike[str] | IO[Any]


def read(
    paths: Source | Iterable[Source],
    *,
    encoding: str | None = None,
    map_columns: Mapping[str, str] | None = None,
    aliases: str | PathLike[str] | None = None,
    nodes: str | None = None,
) -> Network:
    """Read files into a network; every row is accounted for and every guess is said.

    Parameters
    ----------
    paths : path, buffer, or several
        A CSV, XLSX or ODS file, a folder of them, an open buffer, ``-`` for standard input, or several of these.
    encoding : str, optional
        Encoding of text files, where it is neither UTF-8 nor Windows-1252 (cp1252).
    map_columns : mapping of str to str, optional
        What a heading means: heading as it stands in the file, column of the schema.
    aliases : path, optional
        Table of names that mean the same organisation, approved by you.
    nodes : {"organisations", "people"}, optional
        What the names are; told from headings and names by default.

    Returns
    -------
    Network
        ``network.problems`` says what was noticed, ``network.ledger`` what became of each row.

    Raises
    ------
    DataError
        The files cannot be used as they are; it lists every problem with its place and what to do.
    UsageError
        A file, heading or column that does not exist.

    Examples
    --------
    >>> import io, netmap
    >>> netmap.read(io.StringIO("organisation,partner\\nDevon,Torbay\\nDevon,Exeter\\n"))
    Network: 3 organisations, 2 ties of 1 kind

    Notes
    -----
    Cost: linear in the number of cells.
    """
    from .importers import read_tables
    from .network import Network

    single = isinstance(paths, str | PathLike) or hasattr(paths, "read")
    several = [cast("Source", paths)] if single else list(cast("Iterable[Source]", paths))
    tables = read_tables(several, encoding=encoding, map_columns=map_columns, aliases=aliases, nodes=nodes)
    return Network(tables, title=_title(several[0]) if several else "network", drawer=_drawn)


def _drawn(network: Network, height: int) -> Frame:
    return analyse(network, effort="quick").map(height)


def _title(source: Source) -> str:
    if isinstance(source, str | PathLike):
        return Path(source).stem or "network"
    name = getattr(source, "name", None)
    return Path(name).stem if isinstance(name, str) and name else "network"


def analyse(
    network: Network,
    *,
    seed: int = 0,
    audience: str = "coordinator",
    effort: str = "normal",
    kinds: Sequence[str] | None = None,
    wave: str | None = None,
    consent: str | None = None,
    pseudonym_key: str | PathLike[str] | None = None,
    title: str | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Analysis:
    """Measure a network, answer the questions its data can answer, and keep what the audience may see.

    Parameters
    ----------
    network : Network
        As `read` returns it.
    seed : int, default 0
        Seed of all chance; the same seed and data give the same bytes.
    audience : {"coordinator", "public", "research"}
        What they may not see is left out and counted in ``analysis.suppressed``.
    effort : {"normal", "quick", "thorough"}
        How many networks as they might really be are drawn: 200, 50 or 1,000.
    kinds : sequence of str, optional
        Only ties of these kinds; contact, flow and authority kinds together by default.
    wave : str, optional
        The wave to look at; the latest by default.
    consent : {"pseudonym", "named"}, optional
        The consent you hold from the people in the data, where the data have no consent column.
    pseudonym_key : path, optional
        File that keeps pseudonyms the same across waves; made if missing. Never share it.
    title : str, optional
        What the data are called; the name of the file by default.
    progress : callable, optional
        Called with what is being done (str), how far it is and how far it goes (int).

    Returns
    -------
    Analysis
        ``findings``, ``nodes``, ``ties``, ``networks``, ``manifest``; ``analysis.write(folder)`` writes every file.

    Raises
    ------
    UsageError
        An unknown kind, wave, audience, effort or consent, or a network too large for the memory of this machine.

    Examples
    --------
    >>> import io, netmap
    >>> net = netmap.read(io.StringIO("organisation,partner\\nDevon,Torbay\\nDevon,Exeter\\n"))
    >>> netmap.analyse(net, effort="quick")
    Analysis of network: 3 organisations, 2 ties, ...

    Notes
    -----
    Cost: O(n m) for shortest paths, near linear otherwise, times the number of drawn networks. Betweenness is exact up
    to 10^10 arcs followed (about 30,000 nodes with five ties each; a tenth of that with effort quick, ten times as much
    with thorough) and otherwise estimated from 1,024 nodes (256, 4,096); the manifest and the first lines of the report
    say which. Rank intervals of betweenness and harmonic closeness are given where the drawn networks too stay within
    that. Choices rest on counts alone, never on time.
    """
    from . import __version__
    from .disclosure import disclose
    from .exporters import write_all
    from .exporters.map_page import map_html
    from .pseudonyms import Pseudonyms
    from .results import analysis_of
    from .study import Settings, Study

    settings = Settings(
        seed=seed, effort=effort, audience=audience, wave=wave, consent=consent, kinds=tuple(kinds) if kinds else None
    )
    key = Pseudonyms.read(Path(pseudonym_key)) if pseudonym_key is not None else None
    study = Study(network, settings, progress)
    study.work.check()
    whole = analysis_of(study, title or network.title, __version__)
    shown = disclose(whole, audience=audience, consent=consent, key=key)
    if key is not None and pseudonym_key is not None:
        _keep(key, pseudonym_key)
    return replace(shown, writer=write_all, drawer=map_html)


def what_if(
    network: Network,
    *,
    remove: Iterable[str] = (),
    merge: Mapping[str, Sequence[str]] | None = None,
    add: Iterable[tuple[str, str]] = (),
    bodies: Iterable[str] = (),
    kinds: Sequence[str] | None = None,
    wave: str | None = None,
    effort: str = "normal",
    seed: int = 0,
) -> Finding:
    """Say what would change if bodies stepped back, merged or came new, or ties were made (F14).

    Parameters
    ----------
    network : Network
        Of organisations; people are never removed.
    remove, merge, add, bodies
        As for `Network.scenario`.
    kinds, wave, effort, seed
        As for `analyse`.

    Returns
    -------
    Finding
        Before and after side by side in ``table``, every number in ``evidence``; for your own eyes, as it names whom you
        named.

    Raises
    ------
    UsageError
        For people, an unknown name or kind, or where nothing is changed.

    Examples
    --------
    >>> import io, netmap
    >>> net = netmap.read(io.StringIO("organisation,partner\\nA,B\\nB,C\\nC,D\\n"))
    >>> netmap.what_if(net, remove=["B"], effort="quick").table[0]["then"]
    '33%'

    Notes
    -----
    A trade-off to discuss, not a forecast: nobody in the model makes up for what is gone. Cost O(n m), times the number
    of drawn networks for up to 500 organisations.
    """
    from .finding import resolve
    from .questions.stepping import answer
    from .scenarios import planned
    from .study import Settings, Study

    change = planned(network.tables, remove, merge, add, bodies)
    after = network.scenario(remove, merge, add, bodies)
    settings = Settings(seed=seed, effort=effort, kinds=tuple(kinds) if kinds else None, wave=wave)
    called = dict(zip(*network.node_ids(), strict=True))
    return answer(Study(network, settings), after, change).rewrite(
        lambda text: resolve(text, lambda i: called.get(i, i))
    )


def _keep(key: Pseudonyms, path: str | PathLike[str]) -> None:
    from .exporters.files import write_file

    content = key.to_bytes()
    if not Path(path).exists() or Path(path).read_bytes() != content:
        write_file(Path(path), content, force=True)
