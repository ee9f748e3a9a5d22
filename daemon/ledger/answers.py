"""Replies as they are written down. One answers a message; those before it are kept, unsent."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from daemon.ledger.entry import Draft
from daemon.ledger.values import instant, text

# an id is never given twice: a page that is still open must not release another mail
INSERT = """
insert into reply (id, message, message_id, mailbox, state, to_address, subject, created,
  next_attempt_at, error, headers, raw)
values (
  (select 1 + max(
    (select coalesce(max(id), 0) from reply), (select coalesce(max(id), 0) from former_reply)
  )),
  ?, ?, (select mailbox from message where id = ?), ?, ?, ?, ?, ?, ?, ?, ?
)
"""
CURRENT = "select id, state, next_attempt_at, sending_since from reply where message = ?"
KEEP = """
insert into former_reply select id, message, message_id, mailbox, state, to_address, subject,
  attempts, created, next_attempt_at, sending_since, sent_at, error, headers, raw
from reply where id = ?
"""
TAKE_BACK = """
insert into reply select id, message, message_id, mailbox, state, to_address, subject, attempts,
  created, next_attempt_at, sending_since, sent_at, error, headers, raw
from former_reply where id = ?
"""
KEPT = "delete from reply where id = ?"
TAKEN = "delete from former_reply where id = ?"
DROP = "update reply set state = 'dropped', next_attempt_at = null, error = ? where id = ?"
REVIVE = "update reply set state = ?, next_attempt_at = ?, error = '' where id = ?"
COUNT = """
select (select count(*) from reply where message = ?)
  + (select count(*) from former_reply where message = ?)
"""


class Sending(Exception):
    """A reply to this message may be on its way at this moment: it can be neither kept nor stopped.
    """


@dataclass(frozen=True, slots=True)
class Current:
    """The reply that answers a message now. `due` is null while it waits for a person."""

    id: int
    state: str
    due: str | None

    @property
    def queued(self) -> bool:
        return self.state in {"waiting", "approved"}


def insert(connection: sqlite3.Connection, message: int, draft: Draft, now: datetime) -> int:
    row = (message, draft.message_id, message, *_queue(draft, instant(now)))
    reply = connection.execute(INSERT, row).lastrowid
    assert reply is not None
    return reply


def current(connection: sqlite3.Connection, message: int) -> Current | None:
    """Raises Sending while it may be on its way."""
    row = connection.execute(CURRENT, (message,)).fetchone()
    if row is None:
        return None
    if row["sending_since"] is not None:
        raise Sending
    return Current(row["id"], row["state"], row["next_attempt_at"])


def count(connection: sqlite3.Connection, message: int) -> int:
    """How many replies were ever written to this message."""
    return int(connection.execute(COUNT, (message, message)).fetchone()[0])


def drop(connection: sqlite3.Connection, reply: int, why: str) -> None:
    connection.execute(DROP, (text(why), reply))


def revive(connection: sqlite3.Connection, reply: Current) -> None:
    """As it was before it was dropped."""
    connection.execute(REVIVE, (reply.state, reply.due, reply.id))


def step_back(connection: sqlite3.Connection, reply: int) -> None:
    """Another one takes its place."""
    connection.execute(KEEP, (reply,))
    connection.execute(KEPT, (reply,))


def take_back(connection: sqlite3.Connection, reply: int) -> None:
    connection.execute(TAKE_BACK, (reply,))
    connection.execute(TAKEN, (reply,))


def _queue(reply: Draft, now: str) -> tuple[str | bytes | None, ...]:
    state = "dropped" if reply.dropped else "waiting"
    due = None if reply.dropped or reply.approval else now
    headers = json.dumps(reply.headers, ensure_ascii=False)
    words = (state, text(reply.to), text(reply.subject), now, due, text(reply.dropped))
    return (*words, text(headers, len(headers)), reply.raw)
