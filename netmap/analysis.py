"""Analysis: the frozen result of one run, which disclosure narrows and exporters show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import TYPE_CHECKING, Any

from .errors import UsageError
from .finding import CERTAINTY, Finding, Locked, Page, Step

if TYPE_CHECKING:
    import pandas as pd

    from .errors import Problem

__all__ = ["Analysis", "Frame"]

MOST_STEPS, MOST_ALIKE = 5, 2


@dataclass(frozen=True, repr=False)
class Frame:
    """A page inside another, as a notebook shows it: it can do nothing to the page around it.

    Attributes
    ----------
    html : str
    height : int
        In pixels.
    title : str
    """

    html: str
    height: int
    title: str

    def __repr__(self) -> str:
        return f"{self.title} ({len(self.html):,} characters of HTML); shown in a notebook"

    def _repr_html_(self) -> str:
        from html import escape

        return (
            f'<iframe title="{escape(self.title)}" sandbox="allow-scripts allow-downloads allow-modals" '
            f'style="width:100%;height:{self.height:d}px;border:1px solid #ccc" srcdoc="{escape(self.html)}"></iframe>'
        )


@dataclass(frozen=True, eq=False, repr=False)
class Analysis:
    """Everything one run found out, before or after disclosure.

    Attributes
    ----------
    title : str
        Name of the data, as the user would say it.
    taken_as : tuple of str
        What the data were taken to be, a sentence each: said first in every output.
    findings, locked : tuple
        Answers in report order (data health first), and questions without data.
    pages : tuple of Page
        A longer look at values, trust and accountability, as far as the data have them.
    nodes : DataFrame
        One row a node, sorted by id: ``id, name, type, sector, place, networks, community, x, y`` and the measures
        (with ``<measure>_low`` and ``<measure>_high`` where a rank interval exists). What the nodes are is `node_word`.
    ties : DataFrame
        One row a tie of the current view: ``source, target, source_name, target_name, kinds, strength, mandate,
        hardwired, intensity, bridge, share_lost, alignment, trust, confirmed`` as far as known; ``trust``, the mean of
        both ends, is for research only.
    other_waves : mapping of str to DataFrame
        Where there are several waves, what was reported of the ties in each of the others, by its name.
    networks : DataFrame
        One row a group: ``network, name, kind, members, ties_within, ties_between``.
    people : DataFrame
        One row a person, only where the audience allows; empty otherwise.
    node_word : str
        ``organisation``, ``person``, or ``group`` (people shown by their groups only).
    manifest : dict
        Version, seed, settings, input hashes, audience, thresholds, counts, kernels used.
    ledger : DataFrame
        What became of every input row: ``file, sheet, line, table, outcome, reason``.
    suppressed : DataFrame
        Counts of what the audience may not see: ``what, count, reason``.
    problems : tuple of Problem
    extra : mapping
        What disclosure needs and exporters never see; empty after disclosure.
    writer : callable or None
        What `write` hands the analysis to; `netmap.analyse` gives it.
    drawer : callable or None
        What `map` hands the analysis to; `netmap.analyse` gives it.
    """

    title: str
    taken_as: tuple[str, ...]
    findings: tuple[Finding, ...]
    locked: tuple[Locked, ...]
    nodes: pd.DataFrame
    ties: pd.DataFrame
    networks: pd.DataFrame
    people: pd.DataFrame
    node_word: str
    coverage: Mapping[str, Any]
    manifest: Mapping[str, Any]
    ledger: pd.DataFrame
    suppressed: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    writer: Callable[[Analysis, str | PathLike[str], bool], list[str]] | None = field(default=None, repr=False)
    drawer: Callable[[Analysis], str] | None = field(default=None, repr=False)
    pages: tuple[Page, ...] = ()
    other_waves: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def write(self, out: str | PathLike[str], force: bool = False) -> list[str]:
        """Write report, map, findings and tables into a folder, together or not at all.

        Parameters
        ----------
        out : path
            The folder; made if missing. An earlier result of netmap in it is replaced.
        force : bool, default False
            Write into a folder that netmap did not write.

        Returns
        -------
        list of str
            Names of the files, `report.html` first.

        Raises
        ------
        OutputError
            The folder holds something else, or cannot be written; nothing is left half-written.
        """
        if self.writer is None:
            raise UsageError("This analysis has not passed disclosure: netmap.analyse(network) gives one to write.")
        return self.writer(self, out, force)

    def map(self, height: int = 680) -> Frame:
        """Return the map as a notebook shows it: the same page as ``map.html``, in a frame.

        Parameters
        ----------
        height : int, default 680
            In pixels.

        Returns
        -------
        Frame
            ``frame.html`` is the page, for a file of your own.

        Raises
        ------
        UsageError
            The analysis has not passed disclosure.

        Examples
        --------
        >>> import io, netmap
        >>> net = netmap.read(io.StringIO("organisation,partner\\nDevon,Torbay\\nDevon,Exeter\\n"))
        >>> netmap.analyse(net, effort="quick").map()
        Map of network (... characters of HTML); shown in a notebook
        """
        if self.drawer is None:
            raise UsageError("This analysis has not passed disclosure: netmap.analyse(network) gives one to draw.")
        return Frame(self.drawer(self), height, f"Map of {self.title}")

    @property
    def next_steps(self) -> tuple[Step, ...]:
        """What could be done next: at most five small steps out of the findings, the surest first.

        One or two of them are introductions, where any holds; no step comes from a finding that cannot say, or that says
        no more than chance.

        Examples
        --------
        >>> import io, netmap
        >>> net = netmap.read(io.StringIO("organisation,partner\\nDevon,Torbay\\nDevon,Exeter\\n"))
        >>> netmap.analyse(net, effort="quick").next_steps[0].what
        'Ask Devon whether the contacts that run through it have a second way: a deputy, a shared list, one introduction.'
        """
        found = [step for finding in self.findings for step in finding.own_steps[:MOST_ALIKE]]
        found.sort(key=lambda step: CERTAINTY.index(step.certainty))
        first = [step for step in found if step.pair][:1]
        rest = [step for step in found if step not in first][: MOST_STEPS - len(first)]
        return tuple(sorted(rest + first, key=found.index))

    def finding(self, name: str) -> Finding:
        """Return one finding by its id, such as ``F1``.

        Raises
        ------
        UsageError
            There is none, or the data do not answer that question.
        """
        for found in self.findings:
            if found.id.casefold() == name.casefold():
                return found
        for shut in self.locked:
            if shut.id.casefold() == name.casefold():
                raise UsageError(
                    f"{shut.id} is not answered by these data; it needs {', '.join(shut.needs)}. {shut.why}"
                )
        raise UsageError(f"There is no finding {name!r}. There are {', '.join(f.id for f in self.findings)}.")

    def __repr__(self) -> str:
        words = {"person": "people"}.get(self.node_word, f"{self.node_word}s")
        return (
            f"Analysis of {self.title}: {len(self.nodes):,} {words}, {len(self.ties):,} ties, "
            f"{len(self.findings)} findings, {len(self.locked)} questions without data"
        )

    def _repr_html_(self) -> str:
        from html import escape

        said = "".join(f"<li>{f._repr_html_()}</li>" for f in self.findings)
        shut = "".join(f"<li>{escape(k.question)} (needs {escape(', '.join(k.needs))})</li>" for k in self.locked)
        more = f"<p>Not answered:</p><ul>{shut}</ul>" if shut else ""
        return f"<p><strong>{escape(repr(self))}</strong></p><ul>{said}</ul>{more}"
