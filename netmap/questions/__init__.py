"""The questions, in report order; each module reads a study and answers one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..finding import Finding, Locked

if TYPE_CHECKING:
    from ..study import Study

__all__ = ["answers"]


def answers(study: Study) -> tuple[tuple[Finding, ...], tuple[Locked, ...]]:
    """Ask every question of a study.

    Returns
    -------
    tuple of Finding, tuple of Locked
        The answers in report order, data health first; and the questions the data cannot answer, with what would
        unlock them.
    """
    from . import (
        backing,
        carrying,
        connecting,
        crossing,
        dependence,
        health,
        introducing,
        joining,
        knowing,
        leading,
        sharing,
        spreading,
        trusting,
    )

    asked: tuple[tuple[str, Callable[[Study], Finding | Locked]], ...] = (
        ("how good the data are", health.answer),
        ("what the network depends on", dependence.answer),
        ("whether opportunity is backed by accountability", backing.answer),
        ("whether trust is growing and mutual", trusting.answer),
        ("whether partners share values", sharing.answer),
        ("who could carry a message", spreading.answer),
        ("whether sectors work across boundaries", crossing.answer),
        ("how networks join up", joining.answer),
        ("whether introductions or an event helped", introducing.answer),
        ("where leadership comes from", leading.answer),
        ("whether knowledge and authority meet", knowing.answer),
        ("whether work is shared", carrying.answer),
        ("whether connections can meet needs", connecting.answer),
    )
    findings, locked = [], []
    for number, (what, answer) in enumerate(asked, 1):
        study.say(f"asking {what}", number, len(asked))
        found = answer(study)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            locked.append(found)
    return tuple(findings), tuple(locked)
