"""Facts as plain values that JSON can carry, and back."""

from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

from rules.submission import Contact, Facts, Picture, Table

Words = dict[str, Any]

_FACTS: Final = tuple(f.name for f in fields(Facts))
_PICTURE: Final = tuple(f.name for f in fields(Picture))
_CONTACT: Final = tuple(f.name for f in fields(Contact))
_UNTOLD: Final = tuple(f.default for f in fields(Facts))
_values: Final = attrgetter(*_FACTS)


def to_words(facts: Facts) -> Words:
    """What was established. The rest, two thirds of the fields, goes without saying."""
    told = zip(_FACTS, _values(facts), _UNTOLD, strict=True)
    words = {name: value for name, value, untold in told if value != untold}
    if facts.pictures:
        words["pictures"] = [_flat(picture, _PICTURE) for picture in facts.pictures]
    if facts.contact:
        words["contact"] = _flat(facts.contact, _CONTACT)
    return words


def from_words(words: Words) -> Facts:
    """Raises TypeError when these are not the words of Facts."""
    contact = words.get("contact")
    return Facts(
        **words
        | {
            "pictures": tuple(Picture(**p) for p in words.get("pictures", ())),
            "tables": tuple(_table(t) for t in words.get("tables", ())),
            "contact": Contact(**contact) if contact else None,
        }
    )


def _flat(one: Picture | Contact, names: tuple[str, ...]) -> Words:
    return {name: getattr(one, name) for name in names}


def _table(rows: list[list[str]]) -> Table:
    return tuple(tuple(row) for row in rows)
