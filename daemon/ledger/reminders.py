"""Reminders as they are written down: the mail, its places, and the moments it answers."""

import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime

from daemon.ledger.dispatches import Kind
from daemon.ledger.store import Store
from daemon.ledger.values import instant, text
from rules.mending import Place

INSERT = """
insert into dispatch (kind, mailbox, notice, unit, message_id, state, to_address, subject, created,
  next_attempt_at, error, raw)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (message_id) do nothing
"""
PLACE = """
insert into dispatch_place (dispatch, notice, unit, category, window) values (?, ?, ?, ?, ?)
"""
MOMENT = """
insert into reminder (dispatch, notice, unit, category, window, moment) values (?, ?, ?, ?, ?, ?)
"""
ANSWERED = """
select 1 from reminder
where notice = ? and unit = ? and category = ? and window = ? and moment = ?
"""
MOMENTS = "select unit, category, window, moment from reminder where notice = ?"
# several addresses of one unit are one reminder
WRITTEN = """
select unit, count(distinct created) from dispatch
where notice = ? and created >= ? and kind = 'reminder' and state <> 'dropped' group by unit
"""
FAULTS = """
select code, location, saw, fix from finding
where message = ? and severity = 'error' order by ordinal
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A time at which a place is reminded of; `name` tells it from its others."""

    place: Place
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """A mail of our own accord, built to the last byte. `message_id` without angle brackets."""

    kind: Kind
    mailbox: str
    message_id: str
    to: str
    subject: str
    raw: bytes = field(repr=False)
    approval: bool = False  # it waits for a person
    dropped: str = ""  # it is written down, never sent, and this is why
    notice: str = ""
    unit: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """An error of a returned submission, in the words its sender was told."""

    code: str
    where: str
    saw: str
    fix: str


class Reminders:
    def __init__(self, store: Store) -> None:
        self._store = store

    def write(self, mails: Sequence[Mail], moments: Sequence[Moment], now: datetime) -> bool:
        """All of it in one transaction. False: a moment of these has been answered already."""
        with self._store.writing() as connection:
            if any(_answered(connection, moment) for moment in moments):
                return False
            written = [_insert(connection, mail, now) for mail in mails]
            first = next((row for row in written if row is not None), None)
            if first is None:
                return False
            rows = ((first, *astuple(m.place), m.name) for m in moments)
            connection.executemany(MOMENT, rows)
            return True

    def answered(self, notice: str) -> frozenset[Moment]:
        """Every moment that a mail was written for."""
        with self._store.reading() as connection:
            rows = connection.execute(MOMENTS, (notice,)).fetchall()
        return frozenset(
            Moment(
                place=Place(notice=notice, **{k: row[k] for k in ("unit", "category", "window")}),
                name=row["moment"],
            )
            for row in rows
        )

    def written(self, notice: str, since: datetime) -> dict[str, int]:
        """How often each unit has been reminded since then."""
        with self._store.reading() as connection:
            return dict(map(tuple, connection.execute(WRITTEN, (notice, instant(since)))))

    def faults(self, message: int) -> tuple[Fault, ...]:
        with self._store.reading() as connection:
            rows = connection.execute(FAULTS, (message,)).fetchall()
        return tuple(
            Fault(code=r["code"], where=r["location"], saw=r["saw"], fix=r["fix"]) for r in rows
        )


def _answered(connection: sqlite3.Connection, moment: Moment) -> bool:
    key = (*astuple(moment.place), moment.name)
    return connection.execute(ANSWERED, key).fetchone() is not None


def _insert(connection: sqlite3.Connection, mail: Mail, now: datetime) -> int | None:
    """The id of the row; None when this very mail is there already."""
    due = None if mail.approval or mail.dropped else instant(now)
    state = "dropped" if mail.dropped else "waiting"
    about = (mail.kind, mail.mailbox, mail.notice, mail.unit, mail.message_id, state)
    words = (text(mail.to), text(mail.subject), instant(now), due, text(mail.dropped))
    values = (*about, *words, mail.raw)
    cursor = connection.execute(INSERT, values)
    if cursor.rowcount != 1 or cursor.lastrowid is None:
        return None
    connection.executemany(PLACE, ((cursor.lastrowid, *astuple(p)) for p in mail.places))
    return cursor.lastrowid
