"""Every message seen: which ones, and as `baosong messages` lists them."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from daemon.ledger.entry import Key
from daemon.ledger.values import BODY_CHARS, instant, text
from rules.submission import Message

PAGE = 500

NEWEST_UID = "select max(uid) from message where mailbox = ? and folder = ? and uidvalidity = ?"
UIDS = "select uid from message where mailbox = ? and folder = ? and uidvalidity = ?"
# by the index of the first characters (+ hides the rest: SQLite would put one into the other)
BY_DIGEST = """
select id, mailbox, folder, uidvalidity, uid from message
where substr(sha256, 1, 12) = substr(?1, 1, 12) and +sha256 = ?1 and +mailbox = ?2
order by id limit 1
"""
# forwarded back into the mailbox it came from: other headers, the same letter
SAME_LETTER = """
select id from message
where mailbox = ? and message_id = ? and folder = ? and sender = ? and subject = ? and body = ?
order by id limit 1
"""
DIGESTS = "select sha256 from attachment where message = ? order by ordinal"
LOOKS = "select size, received from message where id = ?"
# a page is chosen first, so that codes and reply are looked up for its rows alone
LIST = """
select page.*, reply.message_id as reply_id, reply.state as reply_state, reply.attempts,
  (select group_concat(code, ' ') from (
    select code from finding where message = page.id group by code order by min(ordinal)
  )) as codes
from (
  select id, mailbox, uidvalidity, uid, message_id, received, sender, subject, status, late, unit,
    category, window, version
  from message where (received, id) > (?, ?) order by received, id limit ?
) as page
left join reply on reply.message = page.id
order by page.received, page.id
"""

Reading = Callable[[], AbstractContextManager[sqlite3.Connection]]


def newest(connection: sqlite3.Connection, mailbox: str, uidvalidity: str, folder: str) -> int:
    row = connection.execute(NEWEST_UID, (mailbox, folder, uidvalidity)).fetchone()
    return int(row[0] or 0)


def uids(connection: sqlite3.Connection, mailbox: str, uidvalidity: str, folder: str) -> set[int]:
    rows = connection.execute(UIDS, (mailbox, folder, uidvalidity)).fetchall()
    return {int(row[0]) for row in rows}


def by_digest(connection: sqlite3.Connection, mailbox: str, digest: str) -> tuple[int, Key] | None:
    """The first row of this mailbox for these bytes."""
    row = connection.execute(BY_DIGEST, (digest, mailbox)).fetchone()
    if row is None:
        return None
    place = {k: row[k] for k in ("mailbox", "folder", "uidvalidity", "uid")}
    return int(row["id"]), Key(**place)


def same_letter(
    connection: sqlite3.Connection, key: Key, message: Message, digests: Sequence[str]
) -> int | None:
    """The row of this letter, if it came into this folder before with the same words and files."""
    words = (text(message.sender), text(message.subject), text(message.text, BODY_CHARS))
    where = (key.mailbox, text(message.message_id), key.folder, *words)
    row = connection.execute(SAME_LETTER, where).fetchone()
    if row is None:
        return None
    files = [r["sha256"] for r in connection.execute(DIGESTS, (row["id"],)).fetchall()]
    return int(row["id"]) if files == list(digests) else None


def looks_like(
    connection: sqlite3.Connection, message: int, size: int | None, received: datetime | None
) -> bool:
    row = connection.execute(LOOKS, (message,)).fetchone()
    same_size = size is None or row["size"] == size
    return same_size and (received is None or row["received"] == instant(received))


def listing(reading: Reading) -> Iterator[dict[str, Any]]:
    """Oldest first, a page at a time: the ledger is not held while the caller works."""
    last: Sequence[Any] = ("", 0)
    while True:
        with reading() as connection:
            rows = connection.execute(LIST, (*last, PAGE)).fetchall()
        yield from (_line(row) for row in rows)
        if len(rows) < PAGE:
            return
        last = (rows[-1]["received"], rows[-1]["id"])


def _line(row: sqlite3.Row) -> dict[str, Any]:
    same = ("mailbox", "uidvalidity", "uid", "message_id", "received")
    names = {k: row[k] or None for k in ("unit", "category", "window")}
    return {
        **{k: row[k] for k in same},
        "from": row["sender"],
        "subject": row["subject"],
        "status": row["status"],
        "late": bool(row["late"]),
        **names,
        "version": row["version"],
        "codes": (row["codes"] or "").split(),
        "reply": _reply(row),
    }


def _reply(row: sqlite3.Row) -> dict[str, Any] | None:
    if row["reply_id"] is None:
        return None
    return {
        "message_id": row["reply_id"],
        "state": row["reply_state"],
        "attempts": row["attempts"],
    }
