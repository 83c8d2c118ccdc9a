"""Tables of who there is: organisations, people, networks and memberships."""

from __future__ import annotations

from .model import Column, Table
from .shapes import boolean, choice, date, identity, listing, number, scale, text, wave

__all__ = ["HARD_WIRING", "MEMBERSHIPS", "NETWORKS", "ORGANISATIONS", "PEOPLE", "SECTOR_OF"]

SECTOR_OF = {
    "council": "public", "school": "public", "trust_school": "public", "health": "public", "police_fire": "public",
    "government": "public", "regulator": "public", "university": "public", "voluntary": "voluntary",
    "social_enterprise": "social_enterprise", "cooperative": "social_enterprise", "private": "private",
    "citizen_group": "citizens",
}  # fmt: skip
_TYPES = (
    "council school trust_school health police_fire government regulator university voluntary social_enterprise "
    "cooperative private citizen_group network other unknown"
)
_TYPE_SPELT = {
    "local authority": "council", "county council": "council", "district council": "council", "la": "council",
    "borough council": "council", "unitary authority": "council", "academy": "trust_school", "nhs": "health",
    "nhs trust": "health", "health board": "health", "hospital": "health", "police": "police_fire",
    "fire": "police_fire", "fire and rescue": "police_fire", "gov": "government", "central government": "government",
    "government department": "government", "charity": "voluntary", "ngo": "voluntary", "third sector": "voluntary",
    "voluntary sector": "voluntary", "vcs": "voluntary", "vcse": "voluntary", "company": "private",
    "business": "private", "community group": "citizen_group", "co-operative": "cooperative", "college": "university",
}  # fmt: skip
_SECTOR_SPELT = {
    "third": "voluntary", "third sector": "voluntary", "charity": "voluntary", "vcs": "voluntary",
    "social enterprise": "social_enterprise", "statutory": "public", "business": "private",
    "public sector": "public", "private sector": "private", "voluntary sector": "voluntary",
}  # fmt: skip

HARD_WIRING = tuple(
    choice(f"hw_{name}", meaning, "yes no unknown")
    for name, meaning in (
        ("agreement", "Whether there is a written agreement."),
        ("owner", "Whether somebody is named who answers for it."),
        ("deliverables", "Whether it says what will be delivered."),
        ("review", "Whether it is reviewed at set times."),
        ("consequence", "Whether something follows if it is not kept."),
        ("pooled", "Whether money, staff or data are pooled."),
    )
)

ORGANISATIONS = Table(
    "organisations",
    "One row an organisation.",
    (
        identity("org_id", "A short code or the name of the organisation.", "id", "organisation", "organization", "org",
                 "organisation id", "organization id", "code", "body", "agency", "local authority", "authority",
                 "council", "charity", "company", "institution", "node", "identifier", "label id", "element", "urn",
                 "academy name",
                 required=True),
        text("name", "What the organisation is called.", "organisation name", "organization name", "org name", "label",
             "title", "full name", "official name", "name of organisation", "english name", "name en", "nice name", "short name",
             "establishment name", "school name"),
        listing("aliases", "Other names it goes by, separated by semicolons.", "also known as", "alias",
                "alternative names", "aka"),
        choice("type", "What kind of organisation it is.", _TYPES, "organisation type", "org type", "category",
               "organization type", spelt=_TYPE_SPELT),
        choice("sector", "The sector it belongs to; follows from the type where it is blank.",
               "public private voluntary social_enterprise citizens unknown", spelt=_SECTOR_SPELT),
        text("place", "Where it works: a name or an ONS code.", "area", "location", "county", "town", "region"),
        number("lat", "Latitude.", "latitude", unit="degrees", low=-90, high=90),
        number("lon", "Longitude.", "longitude", "long", "lng", unit="degrees", low=-180, high=180),
        identity("parent_id", "The organisation it is part of.", "parent", "part of", "academy trust name", "trust name"),
        number("size_fte", "How large it is.", "fte", "size", "staff fte", unit="full-time staff", low=0),
        number("income_gbp", "Income a year.", "income", "turnover", unit="GBP a year", low=0),
        boolean("statutory", "Whether the law requires it to exist."),
        choice("status", "Whether it is at work.", "active planned closed", default="active"),
        text("value_statement", "What it says it stands for, in its own words."),
        text("purpose", "What it is for."),
        boolean("on_roster", "Whether it was on the list people were asked about.", default=True),
        boolean("responded", "Whether it answered.", "answered", "replied"),
        boolean("publish", "Whether it may appear in what others see; no for sole traders and small informal groups."),
        text("source", "Where the row comes from."),
        text("note", "Anything else.", "notes", "comment", "comments"),
    ),
    ("org_id",),
    ("organisations", "organizations", "organisation", "organization", "orgs", "nodes", "elements", "bodies", "actors",
     "members list"),
)  # fmt: skip

PEOPLE = Table(
    "people",
    "One row a person.",
    (
        identity("person_id", "A pseudonym or code for the person.", "person", "id", "name id", "people", "leader",
                 "member of staff", "staff id", "employee", "respondent", "node", required=True),
        text("name", "The person's name; never shown without consent.", "full name", "person name", "label"),
        identity("organisation", "The organisation they work for.", "organization", "org", "org_id", "agency",
                 "employer", "works for", "dept", "department"),
        text("role_title", "What their role is called.", "role", "job title", "position", "post"),
        choice("role_type", "What sort of role it is.",
               "councillor officer chief_executive governor staff volunteer resident other", default=""),
        scale("authority_level", "What they may decide: 0 nothing, 5 a board or statutory decision.", low=0, high=5),
        boolean("elected", "Whether they were elected."),
        text("place", "Where they work.", "location"),
        scale("seniority", "How senior, 1 to 9.", low=1, high=9),
        identity("reports_to", "Whom they report to.", "manager", "line manager"),
        number("load_hours", "Hours a month they give to it.", "hours", unit="hours a month", low=0),
        scale("quality_open", "How openly they work, 1 to 5."),
        scale("quality_digital", "How digitally they work, 1 to 5."),
        scale("quality_coproductive", "How much they work with people, 1 to 5."),
        scale("quality_networked", "How networked they are, 1 to 5."),
        choice("consent", "How they agreed to be shown.", "none aggregate pseudonym named", default="none"),
        boolean("responded", "Whether they answered.", "answered", "replied"),
    ),
    ("person_id",),
    ("people", "persons", "person", "staff", "leaders", "women", "lawyers", "managers"),
)  # fmt: skip

NETWORKS = Table(
    "networks",
    "One row a network, board, project or other group.",
    (
        identity("network_id", "A short code or the name of the network.", "network", "id", "group", "partnership",
                 required=True),
        text("name", "What it is called.", "network name", "title", "label"),
        text("kind", "What kind of group it is.", "type", "network type"),
        identity("parent_network", "The network it is part of.", "parent"),
        choice("governance_mode", "How it is governed.",
               "participant lead_organisation administrative_organisation none unknown", "governance"),
        identity("lead", "The organisation that leads it.", "lead organisation", "host"),
        *HARD_WIRING,
        boolean("open_membership", "Whether anyone may join.", "open"),
        text("purpose", "What it is for."),
        choice("framework_box", "Where it stands in the framework of the source text.",
               "leadership_decisions capacity_networks other", default=""),
        date("start", "When it began.", "started", "founded", "start date"),
        date("end", "When it ended.", "ended", "end date"),
    ),
    ("network_id",),
    ("networks", "network", "groups", "boards", "committees"),
)  # fmt: skip

MEMBERSHIPS = Table(
    "memberships",
    "One row a member of a group.",
    (
        identity("member", "Who belongs.", "member id", "member name", "person", "organisation", "organization", "org",
                 "participant", "attendee", "individual", required=True),
        choice("member_type", "Whether the member is a person or an organisation.", "person organisation", default=""),
        identity("group", "What they belong to.", "network", "network_id", "board", "committee", "forum", "project",
                 "event", "consortium", "working group", "club", "cluster", "partnership", required=True),
        choice("group_type", "What kind of group it is.",
               "network board project working_group event consortium place", default="network"),
        choice("role", "The part they play.", "member chair board founder coordinator observer other",
               default="member"),
        boolean("primary", "Whether it is their main affiliation.", "primary affiliation", "main affiliation"),
        text("active", "How active they are: contacts or meetings a year, or yes and no."),
        number("hours", "Hours a month they give to it.", unit="hours a month", low=0),
        date("start", "When they joined.", "joined", "start date"),
        date("end", "When they left.", "left", "end date"),
        wave(),
    ),
    ("member", "group", "wave"),
    ("memberships", "membership", "members", "attendance", "affiliations", "committee memberships"),
)  # fmt: skip


def hardwired() -> Column:
    """Declare the shortcut for the six items of hard-wiring."""
    return number("hardwired", "How accountable it is, 0 to 1: a shortcut for the six yes/no columns " + ", ".join(c.name for c in HARD_WIRING) + ".", "hard wired",
                  "hard-wired", "accountability", unit="share", low=0, high=1)  # fmt: skip
