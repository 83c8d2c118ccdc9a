"""Named frameworks of values, as data: what each asks about, in its own words, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from .model import fold

__all__ = ["FRAMEWORKS", "Framework", "Item"]


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a framework: how it is called in a table, what it means, and other names it goes by."""

    name: str
    meaning: str
    synonyms: tuple[str, ...] = ()

    def is_called(self, text: str) -> bool:
        """Tell whether a text names this item, without regard to case, spaces, hyphens and underscores."""
        return fold(text) in {fold(word) for word in (self.name, *self.synonyms)}


@dataclass(frozen=True, slots=True)
class Framework:
    """A set of values that organisations, or people in a role, may have signed up to.

    Attributes
    ----------
    name : str
        As the column ``framework`` of ``values`` has it.
    title, source : str
    of : {"organisations", "people"}
        Whose values they are.
    items : tuple of Item
    """

    name: str
    title: str
    source: str
    of: str
    items: tuple[Item, ...]

    def item(self, text: str) -> Item | None:
        """Return the item a text names, or None.

        Examples
        --------
        >>> FRAMEWORKS["wfg_ways"].item("Long term").name
        'long-term'
        """
        return next((item for item in self.items if item.is_called(text)), None)


FRAMEWORKS: dict[str, Framework] = {
    one.name: one
    for one in (
        Framework(
            "cooperative_ica",
            "Cooperative values",
            "International Cooperative Alliance, Statement on the Cooperative Identity, 1995",
            "organisations",
            (
                Item("self-help", "Members help themselves by helping one another."),
                Item("self-responsibility", "Members answer for what they do together."),
                Item("democracy", "One member, one vote."),
                Item("equality", "Members have equal rights."),
                Item("equity", "Members are treated fairly, by what they put in and what they need."),
                Item("solidarity", "Members stand by each other and by other cooperatives."),
                Item("honesty", "What is said is true."),
                Item("openness", "What is done can be seen."),
                Item("social responsibility", "What is done is good for others too."),
                Item("caring for others", "Others matter.", ("care for others", "caring", "care")),
            ),
        ),
        Framework(
            "wfg_ways",
            "Five ways of working",
            "Well-being of Future Generations (Wales) Act 2015, section 5",
            "organisations",
            (
                Item("long-term", "Needs of today are weighed against those of later.", ("longterm thinking", "long term view")),
                Item("prevention", "Acting to stop problems from arising or getting worse.", ("preventing problems",)),
                Item("integration", "Seeing how one's aims bear on those of others."),
                Item("collaboration", "Working with others towards shared aims.", ("working together",)),
                Item("involvement", "Involving the people concerned.", ("involving people",)),
            ),
        ),
        Framework(
            "councillor",
            "The networked councillor's four qualities",
            "Howe, The Networked Councillor, 2013",
            "people",
            (
                Item("open", "Works in the open by default.", ("open by default", "quality open")),
                Item("digital", "Works digitally by default.", ("digital by default", "quality digital")),
                Item("co-productive", "Works with people, not for them.", ("coproductive", "quality coproductive")),
                Item("networked", "Works through networks.", ("quality networked",)),
            ),
        ),
    )
}
"""Frameworks by the name the column ``framework`` uses; `custom` and `other` are the user's own."""
