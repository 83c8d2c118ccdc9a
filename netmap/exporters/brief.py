"""The findings in brief, for a terminal."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..analysis import Analysis

__all__ = ["brief"]

WIDTH = 100
_UNSAFE = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def brief(analysis: Analysis) -> str:
    """Return what the data were taken to be, what stands out with how sure it is, and what cannot be answered.

    No line is wider than 100 characters, and nothing a name holds can move the cursor.
    """
    lines = [*_wrapped(" ".join(analysis.taken_as[:3]), ""), ""]
    for finding in analysis.findings:
        if finding.id == "F0":
            lines += [*_wrapped(finding.headline, ""), ""]
    told = [f for f in analysis.findings if f.id != "F0"]
    if told:
        lines.append("What stands out")
    for finding in told:
        body = _item(f"{finding.id:<4}", finding.headline, WIDTH - 14)
        body[0] = f"{body[0]:<{WIDTH - 12}}  {finding.certainty}"
        lines += body
    if analysis.next_steps:
        lines += ["", "What you could do next"]
    for number, step in enumerate(analysis.next_steps, 1):
        lines += _item(f"{number}.", f"{step.what} ({step.certainty}, {step.finding})")
    if analysis.locked:
        lines += ["", "Not answered, for want of columns (netmap explain has more of each)"]
        for shut in analysis.locked:
            lines += _item(f"{shut.id:<4}", f"{shut.question} Needs {', '.join(shut.needs)}.")
    return "\n".join(lines) + "\n"


def _item(mark: str, text: str, width: int = WIDTH) -> list[str]:
    """Return a text under its mark: a number or the name of a question."""
    body = _wrapped(text, " " * (len(mark) + 3), width)
    return [f"  {mark} {body[0].strip()}", *body[1:]]


def _wrapped(text: str, indent: str, width: int = WIDTH) -> list[str]:
    clean = _UNSAFE.sub("", text)
    return textwrap.wrap(clean, width, initial_indent=indent, subsequent_indent=indent, break_long_words=True) or [indent]
