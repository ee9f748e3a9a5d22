"""What a ledger has to be told after a restore: time has passed that it knows nothing of."""

import sqlite3
from datetime import datetime
from pathlib import Path

from daemon.ledger.values import instant, when

PLACES = "update message set spool = ? || '/' || substr(sha256, 1, 2) || '/' || sha256 || '.eml'"
# they may have gone since: nobody gets a mail twice without a person's word
QUEUE = """
update reply set state = 'waiting', next_attempt_at = null, sending_since = null, error = ?
where state in ('waiting', 'approved') and (next_attempt_at <> '' or sending_since <> '')
"""
WHY = "restored from a backup: it may have been sent since"
OWN = QUEUE.replace("update reply", "update dispatch")
# what was true of mailboxes and servers then says nothing about now; who has signed out since, or
# has another password, must not be signed in again
FORGOTTEN = (
    "delete from pulse",
    "delete from alarm",
    "delete from pause",
    "delete from session",
)
EVENT = (
    "insert into event (message, at, who, what, why) values (null, ?, 'baosong', 'restored', '')"
)
AT = "select max(at) from event where message is null and what = 'restored'"


def restored(connection: sqlite3.Connection, spool: Path, now: datetime) -> None:
    connection.execute(PLACES, (str(spool),))
    for queue in (QUEUE, OWN):
        connection.execute(queue, (WHY,))
    for statement in FORGOTTEN:
        connection.execute(statement)
    connection.execute(EVENT, (instant(now),))


def restored_at(connection: sqlite3.Connection) -> datetime | None:
    row = connection.execute(AT).fetchone()
    return when(row[0]) if row[0] else None
