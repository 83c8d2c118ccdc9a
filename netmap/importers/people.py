"""Tell whether names are people's or organisations'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..errors import UsageError
from ..schema import PERSONAL, fold, says_organisation, says_people
from .blocks import Block
from .grid import RawTable
from .recognise import Form

__all__ = ["looks_like_person", "nodes_of"]

_TITLE = re.compile(r"(mr|mrs|ms|miss|dr|prof|professor|sir|dame|cllr|councillor|rev)\.?\s+\S", re.IGNORECASE)
_COMMA = re.compile(r"[^\W\d_][\w'’-]+,\s*([^\W\d_]\.?\s*){1,3}$")
_TWO = re.compile(r"[A-Z][\w'’-]*\.?(\s+[A-Z]\.?)?\s+(Mc|Mac|O'|de |van |von )?[A-Z][\w'’-]+$")
_BODY = re.compile(
    r"\b(council|trust|school|board|university|college|academy|authority|service|services|society|association|group|"
    r"partnership|consortium|network|committee|department|ministry|office|agency|ltd|limited|plc|llp|foundation|fund|"
    r"hospital|church|club|centre|center|union|institute|forum|alliance|police|fire|nhs|uk|cio|cic|charity|company|"
    r"government|international|county|city|town|borough|district|digital|health|care|housing|voices|action|works|hub|"
    r"north|south|east|west|of|and|the|for)\b",
    re.IGNORECASE,
)


def looks_like_person(name: str) -> bool:
    """Tell whether a name looks like a person's: given name and surname, "Surname, I.", a title, an e-mail address.

    Examples
    --------
    >>> looks_like_person("Lin Freeman"), looks_like_person("Exeter Council"), looks_like_person("BMA")
    (True, False, False)
    """
    if "@" in name and "." in name.rpartition("@")[2]:
        return True
    if _TITLE.match(name) or _COMMA.match(name):
        return True
    return bool(_TWO.match(name)) and not _BODY.search(name) and not name.isupper()


def nodes_of(
    asked: str | None, raws: Sequence[RawTable], forms: Sequence[Form], blocks: Sequence[Block], ends: Iterable[str]
) -> tuple[str, str]:
    """Return what the ends of ties are, ``organisations`` or ``people``, and why (a clause).

    Raises
    ------
    UsageError
        Something else was asked for.
    """
    if asked is not None:
        if asked not in ("organisations", "people"):
            raise UsageError(f'nodes are "organisations" or "people", not {asked!r}.')
        return asked, "you said so"
    tied = [(raw, form) for raw, form in zip(raws, forms, strict=True) if form.form in ("ties", "matrix", "roster")]
    named = sorted(set(ends))
    if not tied:
        lists = {form.table for form in forms if form.form in ("list", "table")}
        alone = "people" in lists and not lists & {"organisations", "memberships", "partnerships"}
        if any(b.table == "partnerships" for b in blocks):
            return "organisations", "nothing in headings or names says that they are people"
        return ("people", "the table lists people") if alone else ("organisations", "")
    for raw, form in tied:
        for heading, column in zip(raw.header, form.columns, strict=True):
            if column in ("source", "target") and says_people(heading):
                return "people", f'the heading "{heading}" says so'
        if says_people(raw.sheet or raw.file.rpartition(".")[0]):
            return "people", f'the name "{raw.sheet or raw.file}" says so'
    people = {str(v).casefold() for b in blocks if b.table == "people" for v in b.values.get("person_id", []) if v}
    bodies = {str(v).casefold() for b in blocks if b.table == "organisations" for v in b.values.get("org_id", []) if v}
    known = sum(n.casefold() in people for n in named)
    if people and named and known > len(named) / 2 and known > sum(n.casefold() in bodies for n in named):
        return "people", "a table of people comes with the ties"
    folded = {n.casefold() for n in named}
    for raw, form in zip(raws, forms, strict=True):
        personal = next((h for h in raw.header if fold(h) in PERSONAL), None)
        if form.form == "list" and form.table == "organisations" and personal is not None:
            at = form.columns.index("org_id")
            if 2 * sum(row[at].casefold() in folded for row in raw.rows) > len(raw.rows):
                return "people", f'the heading "{personal}" of the list that comes with the ties says so'
    for raw, form in tied:
        for heading, column in zip(raw.header, form.columns, strict=True):
            if column in ("source", "target") and says_organisation(heading):
                return "organisations", f'the heading "{heading}" says so'
    kinds = {str(k) for b in blocks if b.table == "partnerships" for k in b.values.get("kind", []) if k}
    between = sorted(k for k in kinds if k.casefold().startswith("friend"))
    if between:
        return "people", f'ties of the kind "{between[0]}" join people'
    alike = sum(map(looks_like_person, named))
    if named and alike > 0.6 * len(named):
        return "people", "most names look like people's"
    return "organisations", "nothing in headings or names says that they are people"
