"""Made-up names: places, organisations, networks and people that do not exist, in English and Welsh."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["misspelt", "network_names", "organisation_names", "people_names", "place_names"]

_ENGLISH = [
    "Thimble",
    "Gosling",
    "Quill",
    "Tadpole",
    "Wimble",
    "Larkspur",
    "Bramling",
    "Teasel",
    "Marrow",
    "Dapple",
    "Fiddle",
    "Pippin",
    "Sprocket",
    "Thrupp",
    "Nettle",
    "Wagtail",
    "Cobnut",
    "Damson",
    "Whelk",
    "Lantern",
]
_ENGLISH_ENDS = [
    "mere",
    "wick",
    "combe",
    "stead",
    "haven",
    "worth",
    "holt",
    "bourne",
    "minster",
    "hythe",
    "wold",
    "ness",
]
_WELSH = ["Aber", "Llan", "Pont", "Tre", "Pen", "Nant", "Cwm", "Porth", "Bryn", "Caer", "Rhyd", "Ynys"]
_WELSH_ENDS = [
    "wennol",
    "ddraenog",
    "niwlog",
    "bili",
    "degell",
    "gwmwl",
    "lwynog",
    "wiwer",
    "farcud",
    "falwen",
    "fefus",
    "ddyfrgi",
    "dylluan",
    "gacynen",
    "grëyr",
    "ŵydd",
    "dŷfelin",
    "fôrlo",
    "gân",
    "lôn",
]
_QUALIFIERS = ["Upper", "Lower", "North", "South", "East", "West", "Old", "New", "Great", "Little"]

_TEMPLATES: dict[str, tuple[str, ...]] = {
    "council": ("{} Borough Council", "Cyngor {}", "{} Town Council", "Cyngor Tref {}", "{} District Council"),
    "school": ("{} High School", "Ysgol {}", "{} Primary School", "Ysgol Gynradd {}", "{} Infant School"),
    "trust_school": ("{} Learning Trust", "The {} Academy", "Ymddiriedolaeth Dysgu {}"),
    "health": ("{} Surgery", "Meddygfa {}", "{} Community Hospital", "Bwrdd Iechyd {}", "{} Midwives"),
    "police_fire": ("{} Fire and Rescue", "Heddlu {}", "{} Constabulary", "Tân ac Achub {}"),
    "government": ("Office for {}", "Department for {} Affairs", "Swyddfa {}"),
    "regulator": ("{} Inspectorate", "Arolygiaeth {}", "Ombudsman for {}"),
    "university": ("University of {}", "Prifysgol {}", "{} College"),
    "voluntary": (
        "{} Food Bank",
        "Banc Bwyd {}",
        "{} Befrienders",
        "Gofal {}",
        "{} Advice Room",
        "Menter {}",
        "{} Repair Café",
        "{} Wildlife Watch",
        "Hospis {}",
        "Age Kindly {}",
        "{} Refugee Welcome",
        "{} Lifeboat",
        "Clwb Ieuenctid {}",
        "{} Volunteer Bureau",
        "{} Night Shelter",
        "Hwb {}",
    ),
    "social_enterprise": (
        "{} Makers",
        "Bws Bach {}",
        "{} Community Energy",
        "Crefft {}",
        "{} Bike Kitchen",
        "{} Launderette CIC",
    ),
    "cooperative": ("{} Growers", "Undeb Credyd {}", "{} Housing Co-operative", "Siop Gymunedol {}"),
    "private": (
        "{} Ferry Company",
        "{} Bakery Ltd",
        "Cwmni {}",
        "{} Care Homes",
        "{} Power",
        "{} Printers",
        "{} and Daughters",
        "Gwesty {}",
        "{} Broadband",
    ),
    "citizen_group": ("{} Residents", "Friends of {} Park", "Merched {}", "Cyfeillion {}", "{} Litter Pickers"),
}
_THEMES = (
    "Food Table",
    "Fforwm Hinsawdd",
    "Young Voices",
    "Rhwydwaith Gofalwyr",
    "Housing Round Table",
    "Wellbeing Circle",
    "Grŵp Digidol",
    "Safer Streets Board",
    "Flood Group",
    "Partneriaeth Sgiliau",
    "Arts and Places Forum",
    "Early Years Alliance",
    "Bwrdd Gwasanaethau",
    "Community Transport Network",
    "Green Spaces Group",
    "Rhwydwaith Heneiddio",
    "Debt and Advice Partnership",
    "Learning Exchange",
    "Welcome Network",
    "Fforwm Iechyd",
)
_GIVEN = [
    "Tegwen",
    "Idris",
    "Marina",
    "Cecil",
    "Gwenno",
    "Ottoline",
    "Emrys",
    "Perpetua",
    "Cadfael",
    "Dilys",
    "Barnaby",
    "Nest",
    "Ambrose",
    "Eluned",
    "Fergus",
    "Myfanwy",
    "Rollo",
    "Branwen",
    "Septimus",
    "Heulwen",
]
_FAMILY = [
    "Penllanw",
    "Driftwood",
    "Saltbox",
    "Morlan",
    "Quillfeather",
    "Tywyn-Teg",
    "Lanternby",
    "Gwynt",
    "Puddifoot-Rees",
    "Marshwiggin",
    "Cwmwl",
    "Thistlewick",
    "Gwylan",
    "Oakapple",
    "Brynglas-Hopp",
    "Ferryman-Jones",
]


def place_names(rng: np.random.Generator, count: int) -> list[str]:
    """Return `count` different place names, about half of them Welsh; beyond 480 they take Upper, Lower and so on."""
    english = [a + b for a in _ENGLISH for b in _ENGLISH_ENDS]
    welsh = [a + b for a in _WELSH for b in _WELSH_ENDS]
    english = [english[i] for i in rng.permutation(len(english))]
    welsh = [welsh[i] for i in rng.permutation(len(welsh))]
    plain = [name for pair in zip(english, welsh, strict=True) for name in pair]
    names = plain[:count]
    turn = 0
    while len(names) < count:
        word = _QUALIFIERS[turn] if turn < len(_QUALIFIERS) else f"District {turn - len(_QUALIFIERS) + 1} of"
        names += [f"{word} {name}" for name in plain[: count - len(names)]]
        turn += 1
    return names


def organisation_names(
    rng: np.random.Generator, types: list[str], places: list[str], where: NDArray[np.int64]
) -> list[str]:
    """Return one name an organisation, no two alike: its type says what it is called, its place where it is."""
    draws = rng.random(len(types)).tolist()
    taken: set[str] = set()
    repeats: dict[str, int] = {}
    names = []
    for kind, at, draw in zip(types, where.tolist(), draws, strict=True):
        templates = _TEMPLATES[kind]
        first = int(draw * len(templates))
        for step in range(len(templates)):
            name = templates[(first + step) % len(templates)].format(places[at])
            if name not in taken:
                break
        else:
            plain = templates[first].format(places[at])
            turn = repeats.get(plain, 1)
            while name in taken:
                turn += 1
                name = f"{plain} {turn}"
            repeats[plain] = turn
        taken.add(name)
        names.append(name)
    return names


def network_names(rng: np.random.Generator, places: list[str], count: int) -> list[str]:
    """Return `count` different network names: a theme each, with a place once the themes are used up."""
    order = rng.permutation(len(_THEMES))
    names = [_THEMES[i] for i in order[:count]]
    turn = 0
    while len(names) < count:
        names += [f"{places[turn % len(places)]} {_THEMES[i]}" for i in order[: count - len(names)]]
        turn += 1
        if turn >= len(places):
            names += [f"Network {i + 1}" for i in range(len(names), count)]
    return names


def people_names(rng: np.random.Generator, count: int) -> list[str]:
    """Return `count` names of made-up people; with very many people names repeat, as they do in life."""
    pairs = rng.permutation(len(_GIVEN) * len(_FAMILY))
    chosen = pairs[np.arange(count) % pairs.size]
    return [f"{_GIVEN[i // len(_FAMILY)]} {_FAMILY[i % len(_FAMILY)]}" for i in chosen.tolist()]


def misspelt(name: str, draw: float, taken: set[str]) -> str:
    """Return `name` as somebody might mistype it, different from every name in `taken`.

    `draw` in 0..1 decides where the slip happens. Letters are swapped, dropped or doubled.

    Examples
    --------
    >>> misspelt("Otter", 0.0, {"Otter"})
    'Oter'
    """
    places = [i for i in range(1, len(name) - 1) if name[i].isalpha() and name[i + 1].isalpha()]
    start = int(draw * len(places)) if places else 0
    for step in range(len(places)):
        i = places[(start + step) % len(places)]
        for slip in (
            name[:i] + name[i + 1] + name[i] + name[i + 2 :],
            name[:i] + name[i + 1 :],
            name[: i + 1] + name[i:],
        ):
            if slip not in taken and slip.casefold() != name.casefold():
                return slip
    slip = name + name[-1:]
    while slip in taken:
        slip += name[-1:]
    return slip
