"""Facts as plain values that JSON can carry, and back."""

from dataclasses import asdict
from typing import Any

from rules.submission import Contact, Facts, Picture, Table


def to_words(facts: Facts) -> dict[str, Any]:
    return asdict(facts)


def from_words(words: dict[str, Any]) -> Facts:
    """Raises TypeError when these are not the words of Facts."""
    contact = words["contact"]
    return Facts(
        **words
        | {
            "pictures": tuple(Picture(**p) for p in words["pictures"]),
            "tables": tuple(_table(t) for t in words["tables"]),
            "contact": Contact(**contact) if contact else None,
        }
    )


def _table(rows: list[list[str]]) -> Table:
    return tuple(tuple(row) for row in rows)
