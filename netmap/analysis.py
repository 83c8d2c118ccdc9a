"""Analysis: the frozen result of one run, which disclosure narrows and exporters show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .finding import Finding, Locked

if TYPE_CHECKING:
    import pandas as pd

    from .errors import Problem

__all__ = ["Analysis"]


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
    nodes : DataFrame
        One row a node, sorted by id: ``id, name, type, sector, place, networks, community, x, y`` and the measures
        (with ``<measure>_low`` and ``<measure>_high`` where a rank interval exists). What the nodes are is `node_word`.
    ties : DataFrame
        One row a tie of the current view: ``source, target, source_name, target_name, kinds, strength, mandate,
        hardwired, bridge, share_lost, alignment, confirmed`` as far as known.
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
