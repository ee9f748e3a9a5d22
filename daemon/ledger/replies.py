"""The queue of replies: which are due, and what became of each."""

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime

from daemon.ledger.events import Event, note
from daemon.ledger.steps import Steps
from daemon.ledger.store import Store
from daemon.ledger.values import BODY_CHARS, instant, text, when

# one at a time: the mails of a long queue are not all held in memory
DUE = """
select id, message, message_id, mailbox, to_address, subject, attempts, created, raw from reply
where mailbox = ? and state in ('waiting', 'approved') and next_attempt_at <= ?
order by next_attempt_at, id limit 1
"""
# by the outbox, which has only what is queued
DROPPED = """
update reply set state = 'dropped', next_attempt_at = null, error = ?
where id = ? and state in ('waiting', 'approved') and sending_since is null
"""
STEPS = Steps.of("reply")
MESSAGE_OF = "select message from reply where id = ?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Queued:
    """A reply that may be sent now. `attempts` counts those already made."""

    id: int
    message: int
    message_id: str
    mailbox: str
    to: str
    subject: str
    attempts: int
    created: datetime
    raw: bytes = field(repr=False)


class Replies:
    """Steps of one reply; each is durable when it returns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def due(self, mailbox: str, now: datetime) -> Queued | None:
        """The next reply of this mailbox. One that a crash left in the act is due like any."""
        with self._store.reading() as connection:
            row = connection.execute(DUE, (mailbox, instant(now))).fetchone()
        return None if row is None else queued(row)

    def sending(self, reply: int, now: datetime) -> bool:
        """Put down, before the server hears a word, that it may have been sent."""
        with self._store.writing() as connection:
            return connection.execute(STEPS.sending, (instant(now), reply)).rowcount == 1

    def sent(self, reply: int, now: datetime) -> None:
        self._step(reply, STEPS.sent, (instant(now),), Event(at=now, what="reply sent"))

    def later(self, reply: int, until: datetime, why: str) -> None:
        with self._store.writing() as connection:
            connection.execute(STEPS.later, (instant(until), text(why, BODY_CHARS), reply))

    def drop(self, reply: int, now: datetime, why: str) -> None:
        """There is no point in sending it any more."""
        self._step(reply, DROPPED, (text(why),), Event(at=now, what="reply dropped", why=why))

    def failed(self, reply: int, now: datetime, why: str) -> None:
        """Never again by itself; the draft is kept, and a person may approve it anew."""
        event = Event(at=now, what="reply failed", why=why)
        self._step(reply, STEPS.failed, (text(why, BODY_CHARS),), event)

    def _step(self, reply: int, update: str, values: tuple[str, ...], event: Event) -> None:
        with self._store.writing() as connection:
            change(connection, update, (*values, reply), event)


def change(
    connection: sqlite3.Connection,
    update: str,
    values: tuple[str | bytes | int | None, ...],
    event: Event,
) -> bool:
    """Run one update whose last value is the reply's id, and note it. False: it fits no more."""
    changed = connection.execute(update, values).rowcount == 1
    if changed:
        note(connection, connection.execute(MESSAGE_OF, values[-1:]).fetchone()["message"], event)
    return changed


def queued(row: sqlite3.Row) -> Queued:
    same = ("id", "message", "message_id", "mailbox", "subject", "attempts", "raw")
    return Queued(
        to=row["to_address"], created=when(row["created"]), **{name: row[name] for name in same}
    )
