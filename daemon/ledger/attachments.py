"""Attachments in and out of the ledger, their Facts whole."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from daemon.ledger.values import BODY_CHARS, insertion, number, text
from rules.filling import spoiled
from rules.submission import Attachment, Contact, Facts, Picture
from rules.verdict import Finding

Row = tuple[str | int | None, ...]
Filled = tuple[tuple[str, str], ...]

# the columns that staff ask for; the other facts are in the JSON
_WORDS = ("name", "kind", "role", "form", "ignored", "declared_type", "undecodable")
_FACT_WORDS = ("sha256", "format", "damaged")
_FACT_NUMBERS = ("size", "duration_ms", "width", "height", "pages", "encrypted")
_FACTS = tuple(f.name for f in fields(Facts))
_FIRST = ("message", "ordinal", "good", "inline", "path", "facts")
COLUMNS = (*_FIRST, *_WORDS, *_FACT_WORDS, *_FACT_NUMBERS)
INSERT = insertion("attachment", COLUMNS)
FILLED = "insert into form_field (attachment, label, value) values (?, ?, ?)"


def insert(
    connection: sqlite3.Connection,
    message: int,
    attachments: Collection[Attachment],
    findings: Collection[Finding],
) -> None:
    # by the name as the sender wrote it, before it is cut to fit
    blamed = spoiled(findings)
    for ordinal, attachment in enumerate(attachments):
        place = (message, ordinal, _good(attachment, blamed))
        row = connection.execute(INSERT, (*place, *_row(attachment))).lastrowid
        for label, value in attachment.filled:
            connection.execute(FILLED, (row, text(label), text(value, BODY_CHARS)))


def read(row: Mapping[str, Any], filled: Filled = ()) -> Attachment:
    """The attachment as it was recorded, but for text that no database can hold."""
    return Attachment(
        name=row["name"],
        facts=_facts(json.loads(row["facts"])),
        path=tuple(json.loads(row["path"])),
        inline=bool(row["inline"]),
        ignored=row["ignored"],
        kind=row["kind"],
        role=row["role"],
        form=row["form"],
        filled=filled,
        declared_type=row["declared_type"],
        undecodable=row["undecodable"],
    )


def _good(attachment: Attachment, blamed: Collection[str]) -> bool:
    """May it fill a part of a later version? Doubts do not spoil a file; danger does."""
    facts = attachment.facts
    danger = facts.executable or facts.threat or facts.bomb
    set_aside = attachment.ignored or attachment.role in {"ignored", "container"}
    return not (danger or set_aside or attachment.name in blamed)


def _row(attachment: Attachment) -> Row:
    """What follows the first three of COLUMNS."""
    facts = attachment.facts
    return (
        attachment.inline,
        _json([text(p) for p in attachment.path]) if attachment.path else "[]",
        _json(dict(zip(_FACTS, _facts_of(facts), strict=True))),
        *map(text, _words_of(attachment)),
        *map(text, _fact_words_of(facts)),
        *map(number, _fact_numbers_of(facts)),
    )


_words_of = attrgetter(*_WORDS)
_fact_words_of = attrgetter(*_FACT_WORDS)
_fact_numbers_of = attrgetter(*_FACT_NUMBERS)
# asdict() copies each value, 30 µs a file
_facts_of = attrgetter(*_FACTS)


def _plain(noun: Contact | Picture) -> dict[str, Any]:
    return {name: getattr(noun, name) for name in noun.__dataclass_fields__}


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


def _json(value: object) -> str:
    """Compact, readable Chinese; what UTF-8 cannot carry is replaced."""
    plain = _COMPACT.encode(value)
    return text(plain, len(plain))


def _facts(stored: dict[str, Any]) -> Facts:
    """Facts of another version of the program: unknown fields are left out, new ones default."""
    return Facts(**dict(_known(stored)))


def _known(stored: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in stored.items():
        if name == "pictures":
            yield name, tuple(Picture(**p) for p in value)
        elif name == "tables":
            yield name, tuple(tuple(tuple(line) for line in table) for table in value)
        elif name == "contact" and value:
            yield name, Contact(**value)
        elif name in _FACTS:
            yield name, value
