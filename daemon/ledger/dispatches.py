"""The queue of mails of our own accord (reminders, digests): the steps of a reply, one for one."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from daemon.ledger.entry import Returned
from daemon.ledger.replies import Queued, queued
from daemon.ledger.steps import Steps
from daemon.ledger.store import Store
from daemon.ledger.values import BODY_CHARS, instant, text, when

Kind = Literal["reminder", "digest"]
HANDED_IN = "nothing is missing any more"
CHANGED = "something that it asks for has come in, or is not expected any more"
PAGE = 200

DUE = """
select id, 0 as message, message_id, mailbox, to_address, subject, attempts, created, raw,
  kind, sending_since
from dispatch
where mailbox = ? and state in ('waiting', 'approved') and next_attempt_at <= ?
order by next_attempt_at, id limit 1
"""
OPEN = """
select count(*) as asked,
  count(case when status.state in ('missing', 'returned') and status.waived = '' then 1 end) as open
from dispatch_place as p left join status on status.notice = p.notice
  and status.unit = p.unit and status.category = p.category and status.window = p.window
where p.dispatch = ?
"""
# its moments are not answered: what is still open is written for anew, if their day is not over
UNANSWERED = "delete from reminder where dispatch = ?"
STEPS = Steps.of("dispatch")
LINE = """
select id, kind, mailbox, notice, unit, state, to_address, subject, attempts, created, sent_at,
  next_attempt_at is null and state = 'waiting' as held, error
from dispatch
"""
NEWEST = f"{LINE} where kind = 'reminder' order by id desc limit ?"
IN_STATE = f"{LINE} where state = ? order by id limit ?"
ONE = f"{LINE} where id = ?"
BOUNCED = """
update dispatch set state = case when ? then 'failed' else state end, error = ?
where message_id = ? returning to_address
"""
KNOWN = "select 1 from dispatch where message_id = ?"
RAW = "select raw from dispatch where id = ?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispatch:
    """One mail of our own accord. `held`: nothing happens to it until a person decides."""

    id: int
    kind: Kind
    mailbox: str
    notice: str
    unit: str
    state: str
    to: str
    subject: str
    attempts: int
    created: datetime
    sent: datetime | None
    held: bool
    error: str


class Dispatches:
    """Steps of one mail; each is durable when it returns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def due(self, mailbox: str, now: datetime) -> Queued | None:
        """The next mail of this mailbox. A reminder of what has come in meanwhile is dropped, and
        so is one that would ask for something of the kind beside what is still missing."""
        while row := self._first(mailbox, now):
            # what may have been sent already goes again, the same to the last byte
            if row["kind"] == "digest" or row["sending_since"]:
                return queued(row)
            why = self._outdated(row["id"])
            if not why:
                return queued(row)
            self._unsay(row["id"], why)
        return None

    def sending(self, dispatch: int, now: datetime) -> bool:
        """Put down, before the server hears a word, that it may have been sent."""
        return self._change(STEPS.sending, (instant(now), dispatch))

    def sent(self, dispatch: int, now: datetime) -> None:
        self._change(STEPS.sent, (instant(now), dispatch))

    def later(self, dispatch: int, until: datetime, why: str) -> None:
        self._change(STEPS.later, (instant(until), text(why, BODY_CHARS), dispatch))

    def drop(self, dispatch: int, now: datetime, why: str) -> bool:
        """Never send it. False: it is past that."""
        return self._change(STEPS.dropped, (text(why), dispatch))

    def failed(self, dispatch: int, now: datetime, why: str) -> None:
        self._change(STEPS.failed, (text(why, BODY_CHARS), dispatch))

    def approve(self, dispatch: int, now: datetime) -> bool:
        """Let a waiting or failed one go. False: it is past that."""
        return self._change(STEPS.approved, (instant(now), dispatch))

    def known(self, message_id: str) -> bool:
        """Whether this mail was ever written."""
        with self._store.reading() as connection:
            return connection.execute(KNOWN, (message_id,)).fetchone() is not None

    def find(self, dispatch: int) -> Dispatch | None:
        with self._store.reading() as connection:
            row = connection.execute(ONE, (dispatch,)).fetchone()
        return None if row is None else _line(row)

    def raw(self, dispatch: int) -> bytes | None:
        with self._store.reading() as connection:
            row = connection.execute(RAW, (dispatch,)).fetchone()
        return None if row is None else bytes(row["raw"])

    def newest(self, most: int = PAGE) -> tuple[Dispatch, ...]:
        """The last reminders written, the newest first."""
        with self._store.reading() as connection:
            return tuple(map(_line, connection.execute(NEWEST, (most,)).fetchall()))

    def in_state(self, state: str, most: int = PAGE) -> Iterator[Dispatch]:
        """The oldest first."""
        with self._store.reading() as connection:
            rows = connection.execute(IN_STATE, (state, most)).fetchall()
        return (_line(row) for row in rows)

    def _first(self, mailbox: str, now: datetime) -> sqlite3.Row | None:
        with self._store.reading() as connection:
            row: sqlite3.Row | None = connection.execute(DUE, (mailbox, instant(now))).fetchone()
        return row

    def _outdated(self, dispatch: int) -> str:
        """Why it is not true any more; "" when all of it is."""
        with self._store.reading() as connection:
            row = connection.execute(OPEN, (dispatch,)).fetchone()
        if not row["open"]:
            return HANDED_IN
        return CHANGED if row["open"] < row["asked"] else ""

    def _unsay(self, dispatch: int, why: str) -> None:
        with self._store.writing() as connection:
            connection.execute(STEPS.dropped, (text(why), dispatch))
            if why == CHANGED:
                connection.execute(UNANSWERED, (dispatch,))

    def _change(self, update: str, values: tuple[str | int, ...]) -> bool:
        with self._store.writing() as connection:
            return connection.execute(update, values).rowcount == 1


def came_back(connection: sqlite3.Connection, returned: Returned) -> str:
    """A mail of our own accord came back. Its address; "" if there is no such mail."""
    values = (returned.dead, text(returned.why), returned.message_id.strip("<> "))
    row = connection.execute(BOUNCED, values).fetchone()
    return "" if row is None else str(row["to_address"])


def _line(row: sqlite3.Row) -> Dispatch:
    same = ("id", "kind", "mailbox", "notice", "unit", "state", "subject", "attempts", "error")
    return Dispatch(
        to=row["to_address"],
        created=when(row["created"]),
        sent=when(row["sent_at"]) if row["sent_at"] else None,
        held=bool(row["held"]),
        **{name: row[name] for name in same},
    )
