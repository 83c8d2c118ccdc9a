"""The report: one page that opens anywhere without a script, and the same as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..facts import HARD_WIRED
from .charts import chart_svg, chart_table, figure
from .still_map import still_map
from .tables import plain

if TYPE_CHECKING:
    from ..analysis import Analysis
    from ..finding import Chance, Chart, Finding, Page

__all__ = ["report_html", "report_markdown"]

HEALTH, ACCOUNTABILITY = "F0", "accountability"
TALL = 40
_AUDIENCE = {"public": "everybody", "coordinator": "those who coordinate it", "research": "researchers"}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_SPACE = re.compile(r"\s+")


def report_html(analysis: Analysis) -> str:
    """Return the report as one HTML page: offline, without scripts, everything a name could hold kept as text.

    Parameters
    ----------
    analysis : Analysis
        After disclosure.
    """
    from jinja2 import DictLoader, Environment, StrictUndefined
    from markupsafe import Markup

    home = files(__package__) / "templates"
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        loader=DictLoader({"report": (home / "report.html").read_text("utf-8"), "parts": (home / "parts.html").read_text("utf-8")}),
    )  # fmt: skip
    picture, legend = still_map(analysis)
    health = next((f for f in analysis.findings if f.id == HEALTH), None)
    words = {"person": "people"}.get(analysis.node_word, f"{analysis.node_word}s")
    return environment.get_template("report").render(
        title=analysis.title,
        audience=_AUDIENCE.get(str(analysis.manifest.get("audience")), "its readers"),
        css=Markup((home / "report.css").read_text("utf-8")),
        taken_as=analysis.taken_as,
        health=_shown(health, Markup) if health else None,
        findings=[_shown(f, Markup) for f in analysis.findings if f.id != HEALTH],
        # Both pictures are built by svg.py, where every text is escaped.
        picture=Markup(picture),
        legend=legend,
        bridges="bridge" in analysis.ties and bool(analysis.ties["bridge"].any()),
        map_words=f"{len(analysis.nodes):,} {words}, {len(analysis.ties):,} ties.",
        locked=[{"question": k.question, "why": k.why, "needs": ", ".join(k.needs)} for k in analysis.locked],
        suppressed=_suppressed(analysis),
        made=_made(analysis),
        pages=[_page(page, analysis, Markup) for page in analysis.pages],
    )


def _shown(finding: Finding, markup: Any) -> dict[str, Any]:
    heads, rows = _rows(finding.table)
    return {
        "id": finding.id, "question": finding.question, "headline": finding.headline, "certainty": finding.certainty,
        "why_certain": finding.why_certain, "next_step": finding.next_step, "care": finding.care,
        "chance": _chance(finding.chance), "charts": _charts(finding.charts, finding.id, markup), "heads": heads, "rows": rows,
    }  # fmt: skip


def _charts(charts: Sequence[Chart], of: str, markup: Any) -> list[dict[str, Any]]:
    out = []
    for number, chart in enumerate(charts):
        heads, rows = chart_table(chart)
        out.append({
            "title": chart.title, "caption": chart.caption, "svg": markup(chart_svg(chart, f"{of}-{number}")),
            "heads": heads, "rows": rows, "tall": chart.kind == "heat" and len(rows) > TALL,
        })  # fmt: skip
    return out


def _page(page: Page, analysis: Analysis, markup: Any) -> dict[str, Any]:
    parts = []
    for number, part in enumerate(page.parts):
        heads, rows = _rows(part.table)
        parts.append({
            "title": part.title, "text": part.text, "charts": _charts(part.charts, f"{page.id}-{number}", markup),
            "heads": heads, "rows": rows, "caption": part.caption,
        })  # fmt: skip
    picture = ""
    if page.id == ACCOUNTABILITY and "hardwired" in analysis.ties and (analysis.ties["hardwired"] >= HARD_WIRED).any():
        picture = markup(still_map(analysis, "hardwired")[0])
    return {"id": page.id, "title": page.title, "lead": page.lead, "parts": parts, "picture": picture}


def _rows(table: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[str]]]:
    heads = list(dict.fromkeys(key for row in table for key in row))
    return heads, [[_cell(row.get(h)) for h in heads] for row in table]


def _cell(value: Any) -> str:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.3g}" if isinstance(value, float) else str(value)


def _chance(chance: Chance | None) -> str:
    if chance is None:
        return ""
    parts = [f"What chance gives: {chance.null}."]
    if chance.expected is not None and chance.expected == chance.expected:
        unit = "share" if 0 <= chance.expected <= 1 else "level"
        parts.append(f"Expected {figure(chance.expected, unit)}")
        if chance.interval is not None and all(v == v for v in chance.interval):
            parts[-1] += f" (usually {figure(chance.interval[0], unit)} to {figure(chance.interval[1], unit)})"
        parts[-1] += "."
    if chance.p is not None and chance.p == chance.p:
        p = "under 0.001" if chance.p < 0.001 else f"{chance.p:.3f}"
        drawn = f", from {chance.draws:,} draws" if chance.draws else ""
        parts.append(f"p = {p}{drawn}." if chance.p >= 0.001 else f"p {p}{drawn}.")
    return " ".join(parts)


def _suppressed(analysis: Analysis) -> list[list[str]]:
    frame = analysis.suppressed
    return [[str(w), f"{int(c):,}", str(r)] for w, c, r in zip(frame["what"], frame["count"], frame["reason"], strict=True)]


def _made(analysis: Analysis) -> str:
    made = analysis.manifest
    drawn = made.get("draws")
    number = drawn.get("perturbed networks") if isinstance(drawn, Mapping) else None
    how = f", {number:,} networks drawn" if isinstance(number, int) else ""
    return f"Made by netmap {made.get('netmap')}, seed {made.get('seed')}{how}; manifest.json says how."


# -- Markdown ------------------------------------------------------------------------------------------------------


def report_markdown(analysis: Analysis) -> str:
    """Return the report as Markdown, for notes and web pages; whatever a name holds stays text."""
    out = [f"# {_md(analysis.title)}", "## What this is based on"]
    out += [_md(s) for s in analysis.taken_as[:3]]
    health = next((f for f in analysis.findings if f.id == HEALTH), None)
    if health:
        out += [_md(health.headline), _md(health.next_step)]
    if analysis.taken_as[3:]:
        out.append("\n".join(f"- {_md(s)}" for s in analysis.taken_as[3:]))
    out.append("## What stands out")
    for finding in analysis.findings:
        if finding.id == HEALTH:
            continue
        out += [f"### {_md(finding.headline)}", f"*{_md(finding.question)}* **{finding.certainty}**"]
        out += _md_charts(finding.charts)
        out.append(f"**How sure.** {_md(finding.why_certain)}")
        chance = _chance(finding.chance)
        if chance:
            out.append(f"**Compared with chance.** {_md(chance)}")
        out += [f"**A next step.** {_md(finding.next_step)}", f"**What not to conclude.** {_md(finding.care)}"]
        heads, rows = _rows(finding.table)
        if rows:
            out.append(_md_table(heads, rows))
    for page in analysis.pages:
        out += [f"## {_md(page.title)}", _md(page.lead)]
        for part in page.parts:
            out += [f"### {_md(part.title)}", *map(_md, part.text), *_md_charts(part.charts)]
            heads, rows = _rows(part.table)
            if rows:
                out += [_md(part.caption), _md_table(heads, rows)]
    if analysis.locked:
        out.append("## What cannot be said yet")
        out.append("\n".join(f"- {_md(k.question)} {_md(k.why)} Needed: {_md(', '.join(k.needs))}." for k in analysis.locked))
    left = _suppressed(analysis)
    if left:
        out += ["## What was left out on purpose", _md_table(["what", "how many", "why"], left)]
    out.append(_md(_made(analysis)))
    return "\n\n".join(out) + "\n"


def _md_charts(charts: Sequence[Chart]) -> list[str]:
    out = []
    for chart in charts:
        heads, rows = chart_table(chart)
        out += [f"{_md(chart.title)}. {_md(chart.caption)}".strip(), _md_table(heads, rows)]
    return out


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", _SPACE.sub(" ", text).strip())


def _md_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell if i == 1 else _md(cell) for cell in line) + " |" for i, line in enumerate(lines))
