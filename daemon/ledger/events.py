"""The history of a message: when, who, what, why."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from daemon.ledger.values import BODY_CHARS, instant, text, when

OURSELVES = "baosong"
INSERT = "insert into event (message, at, who, what, why) values (?, ?, ?, ?, ?)"
OF_MESSAGE = "select at, who, what, why from event where message = ? order by id"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    at: datetime
    what: str
    why: str = ""
    who: str = OURSELVES


def note(connection: sqlite3.Connection, message: int, event: Event) -> None:
    words = (text(event.who), text(event.what), text(event.why, BODY_CHARS))
    connection.execute(INSERT, (message, instant(event.at), *words))


def history(connection: sqlite3.Connection, message: int) -> tuple[Event, ...]:
    rows = connection.execute(OF_MESSAGE, (message,)).fetchall()
    return tuple(Event(at=when(r["at"]), who=r["who"], what=r["what"], why=r["why"]) for r in rows)
