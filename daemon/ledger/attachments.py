"""Attachments in and out of the ledger, their Facts whole."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from daemon.ledger.values import BODY_CHARS, number, text
from rules.filling import spoiled
from rules.submission import Attachment, Contact, Facts, Picture
from rules.verdict import Finding

Row = dict[str, str | int | bytes | None]
Filled = tuple[tuple[str, str], ...]

INSERT = """
insert into attachment (message, ordinal, name, path, size, sha256, format, kind, role, form, good,
  duration_ms, width, height, pages, encrypted, damaged, inline, ignored, declared_type,
  undecodable, facts)
values (:message, :ordinal, :name, :path, :size, :sha256, :format, :kind, :role, :form, :good,
  :duration_ms, :width, :height, :pages, :encrypted, :damaged, :inline, :ignored, :declared_type,
  :undecodable, :facts)
"""
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
        place = {"message": message, "ordinal": ordinal, "good": _good(attachment, blamed)}
        row = connection.execute(INSERT, _row(attachment) | place).lastrowid
        filled = ((row, text(label), text(value, BODY_CHARS)) for label, value in attachment.filled)
        connection.executemany(FILLED, filled)


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
    facts = attachment.facts
    return {
        "name": text(attachment.name),
        "path": _json([text(p) for p in attachment.path]),
        "inline": attachment.inline,
        "facts": _json(asdict(facts)),
        **{k: text(getattr(attachment, k)) for k in _WORDS},
        **{k: text(getattr(facts, k)) for k in ("sha256", "format", "damaged")},
        **{k: number(getattr(facts, k)) for k in _NUMBERS},
    }


# the columns that staff ask for; the other facts are in the JSON
_WORDS = ("kind", "role", "form", "ignored", "declared_type", "undecodable")
_NUMBERS = ("size", "duration_ms", "width", "height", "pages", "encrypted")


def _json(value: object) -> str:
    """Compact, readable Chinese; what UTF-8 cannot carry is replaced."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return plain.encode("utf-8", "replace").decode("utf-8")


def _facts(stored: dict[str, Any]) -> Facts:
    """Facts of another version of the program: unknown fields are left out, new ones default."""
    return Facts(**dict(_known(stored)))


def _known(stored: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    names = {f.name for f in fields(Facts)}
    for name, value in stored.items():
        if name == "pictures":
            yield name, tuple(Picture(**p) for p in value)
        elif name == "tables":
            yield name, tuple(tuple(tuple(line) for line in table) for table in value)
        elif name == "contact" and value:
            yield name, Contact(**value)
        elif name in names:
            yield name, value
