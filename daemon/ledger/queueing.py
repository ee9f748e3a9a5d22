"""Replies as they are written down. One answers a message; those before it are kept, unsent."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from daemon.ledger.entry import Draft
from daemon.ledger.values import instant, text, when

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
CURRENT = """
select id, state, next_attempt_at, sending_since, sent_at, to_address, error from reply
where message = ?
"""
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
REVIVE = "update reply set state = ?, next_attempt_at = ?, error = ? where id = ?"
HOLD = """
update reply set state = 'waiting', next_attempt_at = null, error = ?
where message = ? and state in ('waiting', 'approved') and sending_since is null
"""
RELEASE = """
update reply set state = 'approved', next_attempt_at = ?, error = '' where id = ?
"""

_PLAIN = json.JSONEncoder(ensure_ascii=False)
Kept = Mapping[str, Any]  # plain JSON


class Sending(Exception):
    """A reply to this message may be on its way: it can be neither kept nor stopped."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A reply that has been sent: nobody can take it back."""

    to: str
    at: datetime


def insert(connection: sqlite3.Connection, message: int, draft: Draft, now: datetime) -> int:
    row = (message, draft.message_id, message, *_queue(draft, instant(now)))
    reply = connection.execute(INSERT, row).lastrowid
    assert reply is not None
    return reply


def replace(
    connection: sqlite3.Connection, message: int, draft: Draft | None, *, why: str, now: datetime
) -> Kept:
    """Drop what is still queued, or could be sent once more because it failed: it tells a verdict
    that no longer is. Then this draft, if any, is the message's reply.

    Returns what `undo` needs. Raises Sending while the other may be on its way.
    """
    kept: dict[str, Any] = {}
    current = _current(connection, message)
    if current is not None and current["state"] in {"waiting", "approved", "failed"}:
        connection.execute(DROP, (text(why), current["id"]))
        kept["was"] = _state(current)
    if draft is None:
        return kept
    if current is not None:
        _step_back(connection, current["id"])
        kept["former"] = current["id"]
    kept["written"] = insert(connection, message, draft, now)
    return kept


def queued(connection: sqlite3.Connection, message: int) -> bool:
    """Whether a reply to this message is still to go. Raises Sending while it may be on its way."""
    current = _current(connection, message)
    return current is not None and current["state"] in {"waiting", "approved"}


def hold(connection: sqlite3.Connection, message: int, why: str) -> None:
    """What is still queued goes when a person says so, and not before."""
    connection.execute(HOLD, (text(why), message))


def release(connection: sqlite3.Connection, message: int, now: datetime) -> Kept:
    """A reply that failed goes again, under its own Message-ID."""
    current = _current(connection, message)
    assert current is not None
    connection.execute(RELEASE, (instant(now), current["id"]))
    return {"was": _state(current)}


def undo(connection: sqlite3.Connection, message: int, kept: Kept, why: str) -> Gone | None:
    """Raises Sending while the reply may be on its way."""
    current = _current(connection, message)
    if current is None:
        return None
    if current["state"] == "sent" and ("written" in kept or "was" in kept):
        return Gone(current["to_address"], when(current["sent_at"]))
    if "written" in kept:
        connection.execute(DROP, (text(why), current["id"]))
        if "former" in kept:
            _step_back(connection, current["id"])
            connection.execute(TAKE_BACK, (kept["former"],))
            connection.execute(TAKEN, (kept["former"],))
    if "was" in kept:
        reply, state, due, error = kept["was"]
        connection.execute(REVIVE, (state, due, error, reply))
    return None


def _current(connection: sqlite3.Connection, message: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(CURRENT, (message,)).fetchone()
    if row is not None and row["sending_since"] is not None:
        raise Sending
    return row


def _state(row: sqlite3.Row) -> list[Any]:
    return [row["id"], row["state"], row["next_attempt_at"], row["error"]]


def _step_back(connection: sqlite3.Connection, reply: int) -> None:
    """Another one takes its place."""
    connection.execute(KEEP, (reply,))
    connection.execute(KEPT, (reply,))


def _queue(reply: Draft, now: str) -> tuple[str | bytes | None, ...]:
    state = "dropped" if reply.dropped else "waiting"
    due = None if reply.dropped or reply.approval else now
    headers = _PLAIN.encode(reply.headers)
    words = (state, text(reply.to), text(reply.subject), now, due, text(reply.dropped))
    return (*words, text(headers, len(headers)), reply.raw)
