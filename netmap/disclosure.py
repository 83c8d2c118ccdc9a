"""Disclosure: what an audience may see of an analysis; nothing downstream can show what was removed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import UsageError
from .finding import Chart, Finding, Page, resolve
from .pseudonyms import Pseudonyms, pseudonyms_of

if TYPE_CHECKING:
    import pandas as pd

    from .analysis import Analysis

__all__ = ["SMALLEST", "disclose"]

SMALLEST = 5
# What single organisations value and how they are trusted is a question for whoever coordinates, not a label for all.
FOR_COORDINATORS = ("alignment", "trust", "trust_received", "trust_low", "trust_high", "trust_raters", "value_received",
                    "value_low", "value_high", "value_raters")  # fmt: skip
OTHERS = "Smaller groups together"


@dataclass(frozen=True)
class _Rules:
    """How each id may be called (absent: not at all), and which nodes and people may be shown."""

    called: Mapping[str, str]
    new_id: Mapping[str, str]
    people: frozenset[str]
    persons: frozenset[str]
    nodes_are: str

    def may_show(self, node: str) -> bool:
        return node in self.called


def disclose(
    analysis: Analysis, *, audience: str = "coordinator", consent: str | None = None, key: Pseudonyms | None = None
) -> Analysis:
    """Narrow an analysis to what an audience may see.

    Organisations that ask not to be published and confidential ties are taken out, values and trust of people never
    get here. People appear by their consent: ``named`` by name, ``pseudonym`` by a number, and without consent only in
    their groups (their organisation where it is known of most, else their network, else their community), groups of
    fewer than five together. For the public, people appear in groups only.

    Parameters
    ----------
    analysis : Analysis
        As `analysis_of` makes it.
    audience : {"public", "coordinator", "research"}
    consent : {None, "pseudonym", "named"}
        The consent whoever runs netmap says they hold; used where the data have no consent column.
    key : Pseudonyms, optional
        Numbers given to people before, kept for the same people.

    Returns
    -------
    Analysis
        Sentences name only what may be named; `suppressed` counts what was left out, with the reason.
    """
    if not analysis.extra:
        raise UsageError("This analysis has passed disclosure already.")
    extra = analysis.extra
    left: list[tuple[str, int, str]] = []
    numbers = pseudonyms_of([str(p) for p in extra["persons"]["id"]], extra["digest"], key)
    rules = _rules(analysis, audience, consent, numbers, left)
    if extra["confidential"]:
        left.append(("confidential ties", int(extra["confidential"]), "marked confidential; for research only"))
    grouped = analysis.node_word == "person" and not all(rules.may_show(str(i)) for i in analysis.nodes["id"])
    if analysis.node_word == "person" and audience == "public":
        grouped = len(analysis.nodes) > 0
    shown = _by_groups(analysis, left) if grouped else _by_node(analysis, rules, left)
    people = _people(analysis, rules, grouped, left)
    if audience == "public":
        _leave_out_columns(shown, left)
    if grouped:
        hidden = frozenset(str(i) for i in analysis.nodes["id"])
        rules = replace(rules, called={i: c for i, c in rules.called.items() if i not in hidden})
    heard = _heard(analysis.findings, audience, left)
    findings = tuple(_finding(f, rules, analysis.node_word, left) for f in heard)
    pages = tuple(p for p in (_page(p, rules, analysis.node_word, audience, left) for p in analysis.pages) if p.parts)
    secret = grouped or len(rules.persons) > len(rules.people)
    problems = () if secret else analysis.problems
    frame = _counts(left)
    manifest = {
        **analysis.manifest,
        "audience": audience,
        "consent stated": consent,
        "people": {"shown": len(people), "known": len(rules.persons)},
        "suppressed": int(frame["count"].sum()) if len(frame) else 0,
    }
    return replace(
        analysis,
        findings=findings,
        pages=pages,
        people=people,
        suppressed=frame,
        manifest=manifest,
        problems=problems,
        extra={},
        ledger=analysis.ledger,
        **shown,
    )


def _heard(findings: Sequence[Finding], audience: str, left: list[tuple[str, int, str]]) -> list[Finding]:
    """Keep the findings this audience may see at all."""
    kept = [f for f in findings if _may_hear(f.audience, audience)]
    if len(kept) < len(findings):
        left.append(("findings", len(findings) - len(kept), "for whoever coordinates the network, not for the public"))
    return kept


# -- who may be shown ----------------------------------------------------------------------------------------------


def _rules(
    analysis: Analysis, audience: str, consent: str | None, numbers: Mapping[str, str], left: list[tuple[str, int, str]]
) -> _Rules:
    extra = analysis.extra
    private = extra["private"]
    called: dict[str, str] = {}
    new_id: dict[str, str] = {}
    names = dict(zip(analysis.nodes["id"].astype(str), analysis.nodes["name"].astype(str), strict=True))
    unpublished = 0
    for node, what, publish in zip(private["id"], private["what"], private["publish"], strict=True):
        if what == "person":
            continue
        if publish:
            called[str(node)] = names[str(node)]
        else:
            unpublished += 1
    if unpublished:
        left.append(("organisations", unpublished, "asked not to be published (publish = no)"))
    people: set[str] = set()
    persons = extra["persons"]
    given = extra["consent_column"]
    for person, name, own in zip(persons["id"], persons["name"], persons["consent"], strict=True):
        allowed = own if given else (consent or "none")
        if audience == "public" or allowed not in ("named", "pseudonym"):
            continue
        people.add(str(person))
        if allowed == "named" and audience == "coordinator":
            called[str(person)] = str(name) or str(person)
        else:
            called[str(person)] = new_id[str(person)] = numbers[str(person)]
    return _Rules(called, new_id, frozenset(people), frozenset(str(p) for p in persons["id"]), extra["nodes_are"])


def _people(analysis: Analysis, rules: _Rules, grouped: bool, left: list[tuple[str, int, str]]) -> pd.DataFrame:
    frame = analysis.people
    persons = len(rules.persons)
    hidden = persons - len(rules.people)
    if hidden:
        left.append(
            ("people", hidden, "no consent to be shown one by one" + ("; shown by their groups" if grouped else ""))
        )
    ids = frame["id"].astype(str)
    frame = frame[ids.isin(rules.people)].copy()
    ids = frame["id"].astype(str)
    frame["name"] = [rules.called[i] for i in ids]
    frame["id"] = [rules.new_id.get(i, i) for i in ids]
    return frame.sort_values("id", kind="stable").reset_index(drop=True)


# -- nodes and ties ------------------------------------------------------------------------------------------------


def _by_node(analysis: Analysis, rules: _Rules, left: list[tuple[str, int, str]]) -> dict[str, Any]:
    """Keep the nodes that may be shown, under the names they may have, and the ties among them."""
    nodes, ties = analysis.nodes, analysis.ties
    ids = nodes["id"].astype(str)
    keep = _allowed(nodes["id"], rules)
    nodes = nodes[keep].copy()
    ids = nodes["id"].astype(str)
    nodes["name"] = [rules.called[i] for i in ids]
    nodes["id"] = [rules.new_id.get(i, i) for i in ids]
    if rules.new_id:
        nodes = nodes.sort_values("id", kind="stable")
    shown = _ties(ties, rules)
    if len(shown) < len(ties):
        left.append(("ties", len(ties) - len(shown), "one end is not shown"))
    return {
        "nodes": nodes.reset_index(drop=True),
        "ties": shown,
        "other_waves": {wave: _ties(frame, rules) for wave, frame in analysis.other_waves.items()},
        "networks": _hide_small(analysis, left),
    }


def _ties(ties: pd.DataFrame, rules: _Rules) -> pd.DataFrame:
    """Keep the ties whose both ends may be shown, under the names those may have."""
    ties = ties[_allowed(ties["source"], rules) & _allowed(ties["target"], rules)].copy()
    for end in ("source", "target"):
        own = ties[end].astype(str)
        ties[f"{end}_name"] = [rules.called[i] for i in own]
        ties[end] = [rules.new_id.get(i, i) for i in own]
    if rules.new_id:
        ties = ties.sort_values(["source", "target"], kind="stable")
    return ties.reset_index(drop=True)


def _allowed(ids: pd.Series[str], rules: _Rules) -> np.ndarray:
    return np.array([rules.may_show(str(i)) for i in ids], dtype=bool)


def _hide_small(analysis: Analysis, left: list[tuple[str, int, str]]) -> pd.DataFrame:
    """Blank the size of groups of fewer than five people."""
    networks = analysis.networks
    if analysis.extra["shape"] != "interlock":
        return networks
    small = (networks["members"] < SMALLEST).to_numpy()
    if not small.any():
        return networks
    left.append(("sizes of groups of people", int(small.sum()), f"fewer than {SMALLEST} people"))
    return networks.assign(members=networks["members"].astype(float).where(~small))


def _by_groups(analysis: Analysis, left: list[tuple[str, int, str]]) -> dict[str, Any]:
    """Show people by their groups: one node a group of five or more, the ties between groups counted."""
    import pandas as pd

    from .layout import positions
    from .view import View

    merged, label = _merged(analysis.extra["groups"])
    names = sorted(set(merged), key=lambda g: (g == OTHERS, g))
    if len(merged) < SMALLEST:
        names, label = [], np.zeros(0, dtype=np.int64)
        left.append(("groups", 1, f"fewer than {SMALLEST} people in all"))
    else:
        place = {g: i for i, g in enumerate(names)}
        label = np.array([place[g] for g in merged], dtype=np.int64)
    view = analysis.extra["view"]
    k = len(names)
    a, b = (label[view.source], label[view.target]) if k else (label, label)
    low, high = np.minimum(a, b), np.maximum(a, b)
    cell = np.bincount(low * k + high, minlength=k * k).reshape(k, k) if k else np.zeros((0, 0), dtype=np.int64)
    first, second = np.nonzero(np.triu(cell, 1))
    ids = [f"g{i + 1:03d}" for i in range(k)]
    quotient = View(ids, first, second, cell[first, second].astype(float), names=names)
    spots = positions(quotient)
    size = np.bincount(label, minlength=k)
    small = set(analysis.extra["groups"]) - set(names) - {""}
    if small:
        left.append(("groups of people", len(small), f"fewer than {SMALLEST} people; counted together"))
    nodes = pd.DataFrame(
        {
            "id": ids,
            "name": names,
            "members": size.astype(float),
            "ties_within": np.diag(cell).astype(float),
            "ties_with_others": (cell.sum(0) + cell.sum(1) - 2 * np.diag(cell)).astype(float),
            "groups_tied_to": np.asarray(
                [((cell[i] > 0) | (cell[:, i] > 0)).sum() - (cell[i, i] > 0) for i in range(k)], dtype=float
            ),
            "x": spots[:, 0],
            "y": spots[:, 1],
        }
    )
    ties = pd.DataFrame(
        {
            "source": [ids[i] for i in first],
            "target": [ids[i] for i in second],
            "source_name": [names[i] for i in first],
            "target_name": [names[i] for i in second],
            "kinds": [() for _ in first],
            "strength": cell[first, second].astype(float),
        }
    )
    networks = pd.DataFrame(
        {
            "network": ids,
            "name": names,
            "kind": "group of people",
            "members": size,
            "ties_within": np.diag(cell),
            "ties_between": nodes["ties_with_others"].astype(int),
        }
    )
    word = (
        f"The {len(merged):,} people are shown by their groups only ({k:,} of {SMALLEST} or more); nobody appears alone. "
        "If the names are organisations, run it again with --nodes organisations."
    )
    return {
        "nodes": nodes,
        "ties": ties,
        "other_waves": {},
        "networks": networks,
        "node_word": "group",
        "taken_as": (*analysis.taken_as[:2], word, *analysis.taken_as[2:]),
    }


def _merged(groups: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """Merge groups of fewer than five, and the smallest other with them until the rest is five or more."""
    size: dict[str, int] = {}
    for g in groups:
        size[g] = size.get(g, 0) + 1
    small = {g for g, n in size.items() if n < SMALLEST or g == ""}
    if small:
        rest = sorted((g for g in size if g not in small), key=lambda g: (size[g], g))
        while rest and sum(size[g] for g in small) < SMALLEST:
            small.add(rest.pop(0))
    return [OTHERS if g in small else g for g in groups], np.zeros(0, dtype=np.int64)


# -- words ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Words:
    """Puts names where they may stand; tells and counts where they may not."""

    rules: _Rules
    word: str
    left: list[tuple[str, int, str]]

    def hidden(self, text: str) -> bool:
        named: list[str] = []

        def note(node: str) -> str:
            named.append(node)
            return ""

        resolve(text, note)
        return not all(map(self.rules.may_show, named))

    def resolved(self, text: str) -> str:
        return resolve(text, self._call)

    def _call(self, node: str) -> str:
        if self.rules.may_show(node):
            return self.rules.called[node]
        person = node in self.rules.persons or self.word == "person"
        return "one person" if person else f"one {self.word} that is not shown"

    def rows(self, table: Sequence[Mapping[str, Any]], of: str) -> tuple[Mapping[str, Any], ...]:
        kept = self._seen(table)
        if len(kept) < len(table):
            self.left.append((f"rows of the tables of {of}", len(table) - len(kept), "they name somebody not shown"))
        return kept

    def charts(self, charts: Sequence[Chart]) -> tuple[Chart, ...]:
        return tuple(c for c in (replace(c, rows=self._seen(c.rows)) for c in charts) if c.rows)

    def _seen(self, table: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
        return tuple(row for row in table if not any(isinstance(v, str) and self.hidden(v) for v in row.values()))


def _finding(finding: Finding, rules: _Rules, word: str, left: list[tuple[str, int, str]]) -> Finding:
    """Put names where they may stand; where one may not, use the words without names and drop the row."""
    words = _Words(rules, word, left)
    changes: dict[str, Any] = {
        "table": words.rows(finding.table, finding.id),
        "charts": words.charts(finding.charts),
        "nodes": tuple(rules.new_id.get(n, n) for n in finding.nodes if rules.may_show(n)),
        "ties": tuple(
            (rules.new_id.get(a, a), rules.new_id.get(b, b))
            for a, b in finding.ties
            if rules.may_show(a) and rules.may_show(b)
        ),
    }
    changes["steps"] = tuple(
        replace(s, pair=s.pair and (rules.new_id.get(s.pair[0], s.pair[0]), rules.new_id.get(s.pair[1], s.pair[1])))
        for s in finding.steps
        if not any(map(words.hidden, s.text))
    )
    if words.hidden(finding.concerns):
        changes["concerns"] = "Whoever coordinates the network"
    if words.hidden(finding.headline):
        changes["headline"] = finding.unnamed or finding.headline
        changes["next_step"] = finding.unnamed_step or finding.next_step
    elif words.hidden(finding.next_step):
        changes["next_step"] = finding.unnamed_step or finding.next_step
    return replace(finding, **changes).rewrite(words.resolved)


def _page(page: Page, rules: _Rules, word: str, audience: str, left: list[tuple[str, int, str]]) -> Page:
    """Keep the parts this audience may see, without the rows that name somebody not shown."""
    words = _Words(rules, word, left)
    heard = [p for p in page.parts if _may_hear(p.audience, audience)]
    if len(heard) < len(page.parts):
        why = "of single organisations, for whoever coordinates the network"
        left.append((f"parts of the page on {page.id}", len(page.parts) - len(heard), why))
    parts = (
        replace(p, table=words.rows(p.table, f"the page on {page.id}"), charts=words.charts(p.charts)) for p in heard
    )
    return replace(page, parts=tuple(p.rewrite(words.resolved) for p in parts if p.text or p.charts or p.table))


def _may_hear(widest: str, audience: str) -> bool:
    return widest == "public" or (widest == "coordinator" and audience != "public") or widest == audience


def _leave_out_columns(shown: dict[str, Any], left: list[tuple[str, int, str]]) -> None:
    """Take out of the public tables what single organisations value and how they are trusted."""
    gone = 0
    for name in ("nodes", "ties"):
        columns = [c for c in FOR_COORDINATORS if c in shown[name]]
        gone += len(columns)
        shown[name] = shown[name].drop(columns=columns)
    if gone:
        left.append(("columns on values and trust", gone, "of single organisations; for whoever coordinates the network"))


def _counts(left: list[tuple[str, int, str]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "what": pd.Series([w for w, _, _ in left], dtype=object),
            "count": pd.Series([n for _, n, _ in left], dtype="int64"),
            "reason": pd.Series([r for _, _, r in left], dtype=object),
        }
    )
