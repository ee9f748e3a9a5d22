"""The versions at a place, numbered from 1 in the order in which they were met."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from daemon.ledger.shelving import shelf_of
from daemon.ledger.values import text, when
from rules.mending import Place

PLACE = ("notice", "unit", "category", "window")
AT = """
select id, version, mailbox, status, late, sent, received, recorded, decided from message
where notice = ? and unit = ? and category = ? and window = ? and version is not null order by id
"""
NUMBER = "update message set version = ? where id = ?"
NEWEST = """
select coalesce(max(version), 0) + 1 from message
where notice = ? and unit = ? and category = ? and window = ? and version is not null
"""
PLACE_OF = "select notice, unit, category, window, status from message where id = ?"
PUT = "update message set notice = ?, unit = ?, category = ?, window = ?, version = ? where id = ?"


@dataclass(frozen=True, slots=True)
class Numbered:
    """One version at a place. `decided`: by a person; `shelf`: where in the library it is."""

    message: int
    number: int
    mailbox: str
    status: str
    late: bool
    sent: datetime | None
    received: datetime
    recorded: datetime
    decided: bool
    shelf: str


def names(place: Place) -> tuple[str, str, str, str]:
    return (text(place.notice), text(place.unit), text(place.category), text(place.window))


def at(connection: sqlite3.Connection, place: Place) -> tuple[Numbered, ...]:
    """The oldest first."""
    rows = connection.execute(AT, names(place)).fetchall()
    return tuple(_version(connection, row) for row in rows)


def _version(connection: sqlite3.Connection, row: sqlite3.Row) -> Numbered:
    return Numbered(
        message=row["id"],
        number=row["version"],
        mailbox=row["mailbox"],
        status=row["status"],
        late=bool(row["late"]),
        sent=when(row["sent"]) if row["sent"] else None,
        received=when(row["received"]),
        recorded=when(row["recorded"]),
        decided=row["decided"] is not None,
        shelf=shelf_of(connection, row["id"]),
    )


def place_of(connection: sqlite3.Connection, message: int) -> Place:
    row = connection.execute(PLACE_OF, (message,)).fetchone()
    return Place(**{k: row[k] for k in ("notice", "unit", "category", "window")})


def put(connection: sqlite3.Connection, message: int, place: Place) -> None:
    """Move the message to this place; both places are numbered anew."""
    before = place_of(connection, message)
    status = connection.execute(PLACE_OF, (message,)).fetchone()["status"]
    counts = status != "ignored" and place.unit and place.category
    newest = connection.execute(NEWEST, names(place)).fetchone()[0] if counts else None
    connection.execute(PUT, (*names(place), newest, message))
    renumber(connection, dict.fromkeys((before, place)))


def renumber(connection: sqlite3.Connection, places: Iterable[Place]) -> None:
    for place in places:
        rows = connection.execute(AT, names(place)).fetchall()
        wrong = [(n, row["id"]) for n, row in enumerate(rows, 1) if row["version"] != n]
        # by way of negative numbers: no two rows may have one number in between
        connection.executemany(NUMBER, [(-n, message) for n, message in wrong])
        connection.executemany(NUMBER, wrong)
