"""Words by which headings and file names say what stands in a column: people, organisations or groups."""

from __future__ import annotations

import re

__all__ = ["GROUPS", "ORGANISATIONS", "PEOPLE", "PERSONAL", "says_group", "says_organisation", "says_people", "singular"]

PEOPLE = frozenset({
    "person", "people", "member of staff", "staff", "leader", "woman", "man", "lawyer", "manager", "ceo", "councillor",
    "officer", "colleague", "respondent", "scientist", "researcher", "employee", "teacher", "student", "individual",
    "author", "director", "trustee", "volunteer", "resident", "actor name", "full name", "surname", "contact name",
    "governor", "doctor", "nurse", "practitioner",
})  # fmt: skip
# Headings of columns that only a table of people has.
PERSONAL = frozenset({
    "gender", "sex", "surname", "firstname", "givenname", "forename", "lastname", "familyname", "dateofbirth", "jobtitle",
    "linemanager",
})  # fmt: skip
GROUPS = {
    "forum": "network", "network": "network", "board": "board", "committee": "board", "event": "event",
    "project": "project", "club": "network", "partnership board": "board", "consortium": "consortium",
    "alliance": "consortium", "hub": "network", "region": "place", "combined authority": "network",
    "working group": "working_group", "group": "network", "panel": "board", "cluster": "network",
    "programme": "project", "meeting": "event", "seminar": "event", "workshop": "event", "conference": "event",
    "local resilience forum": "network", "partnership": "network", "activity": "project", "cause": "project",
}  # fmt: skip
ORGANISATIONS = frozenset({
    "organisation", "organization", "org", "council", "local authority", "authority", "charity", "school", "trust",
    "company", "agency", "body", "partner", "provider", "firm", "recipient", "funder", "institution", "university",
    "member organisation", "employer", "department",
})  # fmt: skip
_IRREGULAR = {
    "women": "woman", "men": "man", "people": "person", "persons": "person", "staff": "staff", "bodies": "body",
    "charities": "charity", "companies": "company", "agencies": "agency", "authorities": "authority",
    "activities": "activity", "universities": "university", "consortia": "consortium", "fora": "forum",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_CASES = re.compile(r"(?<=[a-z])(?=[A-Z])")


def singular(word: str) -> str:
    """Return the singular of an English word, well enough for headings.

    Examples
    --------
    >>> singular("women"), singular("boards"), singular("agencies"), singular("lrf")
    ('woman', 'board', 'agency', 'lrf')
    """
    word = word.casefold()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")) else word


def _words(text: str) -> list[str]:
    return [singular(w) for w in _WORD.findall(_CASES.sub(" ", text))]


def _tail(text: str, known: frozenset[str]) -> str:
    """Return the known word or phrase a text ends with (the head of an English noun), else one it holds."""
    words = [w for w in _words(text) if w not in ("name", "id", "uid", "code", "ref", "reference", "title")]
    for size in (3, 2, 1):
        phrase = " ".join(words[-size:])
        if len(words) >= size and phrase in known:
            return phrase
    return ""


def says_people(text: str) -> bool:
    """Tell whether a heading or file name says that people stand there.

    Examples
    --------
    >>> says_people("Lawyers"), says_people("person_id"), says_people("organisation")
    (True, True, False)
    """
    return bool(_tail(text, PEOPLE))


def says_group(text: str) -> str:
    """Return the type of group a heading says stands there, "" if it says none.

    Examples
    --------
    >>> says_group("local-resilience-forum"), says_group("committee"), says_group("partner")
    ('network', 'board', '')
    """
    found = _tail(text, frozenset(GROUPS))
    return GROUPS[found] if found else ""


def says_organisation(text: str) -> bool:
    """Tell whether a heading or file name says that organisations stand there."""
    return bool(_tail(text, ORGANISATIONS))
