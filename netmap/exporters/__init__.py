"""Exporters: what is shown of an analysis, as files; they see only what disclosure let through."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING

from ..errors import NetmapError
from ..finding import resolve

if TYPE_CHECKING:
    from ..analysis import Analysis

__all__ = ["render_all", "write_all"]


def render_all(analysis: Analysis) -> dict[str, bytes]:
    """Return every file of a result as bytes, by name, `manifest.json` last.

    Parameters
    ----------
    analysis : Analysis
        After disclosure: exporters show everything they are given.

    Returns
    -------
    dict of str to bytes
        ``report.html, report.md, map.html, findings.json, organisations.csv, people.csv`` (only where there are people
        to show), ``ties.csv, networks.csv, ledger.csv, suppressed.csv, manifest.json``.

    Raises
    ------
    NetmapError
        The analysis has not passed disclosure: its sentences still hold marks in place of names.
    """
    _refuse_undisclosed(analysis)
    from .findings_json import findings_json, manifest_json
    from .map_page import map_html
    from .report import report_html, report_markdown
    from .tables import csv_bytes, result_tables

    files = {
        "report.html": report_html(analysis).encode("utf-8"),
        "report.md": report_markdown(analysis).encode("utf-8"),
        "map.html": map_html(analysis, report="report.html").encode("utf-8"),
        "findings.json": findings_json(analysis),
    }
    for name, frame in result_tables(analysis).items():
        files[f"{name}.csv"] = csv_bytes(frame)
    files["manifest.json"] = manifest_json(analysis, files)
    return files


def write_all(analysis: Analysis, out: str | PathLike[str], force: bool = False) -> list[str]:
    """Write every file of a result into the folder `out`, together or not at all, and return their names.

    Raises
    ------
    OutputError
        The folder holds something netmap did not write and `force` is not given, or it could not be written.
    """
    from .files import write_folder

    return write_folder(out, render_all(analysis), force=force)


def _refuse_undisclosed(analysis: Analysis) -> None:
    marked: list[str] = []

    def note(node: str) -> str:
        marked.append(node)
        return ""

    def look(value: object) -> None:
        if isinstance(value, str):
            resolve(value, note)
        elif isinstance(value, Mapping):
            for part in value.values():
                look(part)
        elif isinstance(value, (list, tuple)):
            for part in value:
                look(part)

    for finding in analysis.findings:
        texts = (finding.headline, finding.why_certain, finding.next_step, finding.care)
        look((*texts, finding.table, [(c.title, c.caption, c.rows) for c in finding.charts]))
    look(analysis.taken_as)
    if marked:
        raise NetmapError("Only an analysis that has passed disclosure can be exported: this one still marks nodes.")
