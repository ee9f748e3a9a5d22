"""Where messages lie: a key belongs to one row at a time."""

import sqlite3
from datetime import datetime

from daemon.ledger.entry import Key
from daemon.ledger.events import Event, note

AT_KEY = """
select id, sha256 from message where mailbox = ? and folder = ? and uidvalidity = ? and uid = ?
"""
DISPLACED = "update message set uidvalidity = uidvalidity || '~' || id where id = ?"
MOVE = "update message set folder = ?, uidvalidity = ?, uid = ? where id = ?"


def at(connection: sqlite3.Connection, key: Key) -> sqlite3.Row | None:
    place = (key.mailbox, key.folder, key.uidvalidity, key.uid)
    row: sqlite3.Row | None = connection.execute(AT_KEY, place).fetchone()
    return row


def at_key(connection: sqlite3.Connection, key: Key) -> int | None:
    row = at(connection, key)
    return None if row is None else int(row["id"])


def move(connection: sqlite3.Connection, message: int, key: Key, now: datetime) -> None:
    """The server gave this message another place."""
    if at_key(connection, key) == message:
        return
    displace(connection, key, now)
    connection.execute(MOVE, (key.folder, key.uidvalidity, key.uid, message))
    place = f"{key.mailbox}/{key.folder} {key.uidvalidity}:{key.uid}"
    note(connection, message, Event(at=now, what="moved", why=place))


def displace(connection: sqlite3.Connection, key: Key, now: datetime) -> None:
    """A server may give a known number to other bytes: UIDVALIDITY 0, or the same after a reset.

    The row that had the key keeps everything but the key.
    """
    present = at(connection, key)
    if present is not None:
        connection.execute(DISPLACED, (present["id"],))
        note(connection, present["id"], Event(at=now, what="displaced", why="UID given anew"))
