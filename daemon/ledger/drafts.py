"""Replies on a person's desk: those that wait for approval, and those that failed."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from daemon.ledger.events import Event
from daemon.ledger.replies import STEPS, change
from daemon.ledger.store import Store
from daemon.ledger.values import instant, text, when
from rules.rule import Said

State = Literal["waiting", "approved", "sent", "failed", "dropped"]
PAGE = 200

EDITED = """
update reply set raw = ? where raw = coalesce(?, raw) and state in ('waiting', 'failed')
  and sending_since is null and id = ?
"""
LINE = """
select id, message, message_id, mailbox, state, to_address, subject, attempts, created,
  next_attempt_at is null as held, error
from reply
"""
LIST = f"{LINE} where state = ? and id > ? order by id limit ?"
ONE = f"{LINE} where id = ?"
SAID = """
select code, saw, required, fix from finding
where message = (select message from reply where id = ?) order by ordinal
"""
RAW = "select raw from reply where id = ?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A reply as the desk lists it. `held`: nothing happens to it until a person decides."""

    id: int
    message: int
    message_id: str
    mailbox: str
    state: State
    to: str
    subject: str
    attempts: int
    created: datetime
    held: bool
    error: str


class Drafts:
    """What people do with replies. Each step says False when the reply is past it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def listing(self, state: State = "waiting") -> Iterator[Waiting]:
        """All replies of that state, the oldest first, a page at a time."""
        last = 0
        while True:
            with self._store.reading() as connection:
                rows = connection.execute(LIST, (state, last, PAGE)).fetchall()
            yield from (waiting(row) for row in rows)
            if len(rows) < PAGE:
                return
            last = rows[-1]["id"]

    def find(self, reply: int) -> Waiting | None:
        """One reply in any state; None when there is none."""
        with self._store.reading() as connection:
            row = connection.execute(ONE, (reply,)).fetchone()
        return None if row is None else waiting(row)

    def findings(self, reply: int) -> tuple[Said, ...]:
        """What the reply is about, in words; each title is the rule's code."""
        with self._store.reading() as connection:
            rows = connection.execute(SAID, (reply,)).fetchall()
        same = ("saw", "required", "fix")
        return tuple(Said(title=r["code"], **{name: r[name] for name in same}) for r in rows)

    def raw(self, reply: int) -> bytes | None:
        """The mail to the last byte; None when there is no such reply."""
        with self._store.reading() as connection:
            row = connection.execute(RAW, (reply,)).fetchone()
        return None if row is None else bytes(row["raw"])

    def edit(self, reply: int, raw: bytes, event: Event, *, old: bytes | None = None) -> bool:
        """Put another text in its place, if it still is `old`. The caller keeps its Message-ID."""
        with self._store.writing() as connection:
            return change(connection, EDITED, (raw, old, reply), event)

    def approve(self, reply: int, now: datetime, who: str) -> bool:
        """Let a waiting or failed reply go."""
        event = Event(at=now, what="reply approved", who=who)
        with self._store.writing() as connection:
            return change(connection, STEPS.approved, (instant(now), reply), event)

    def drop(self, reply: int, event: Event) -> bool:
        """Never send it; the event says who decided so, and why."""
        with self._store.writing() as connection:
            return change(connection, STEPS.dropped, (text(event.why), reply), event)


def waiting(row: sqlite3.Row) -> Waiting:
    same = ("id", "message", "message_id", "mailbox", "state", "subject", "attempts", "error")
    return Waiting(
        to=row["to_address"],
        created=when(row["created"]),
        held=bool(row["held"]),
        **{name: row[name] for name in same},
    )
