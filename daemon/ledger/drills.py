"""What became of one letter, looked up by its Message-ID."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daemon.ledger.values import when

FOUND = """
select message.id, uid, status, reason, version, received, recorded, spool,
  reply.id is not null as answered,
  (select count(*) from attachment where attachment.message = message.id) as files
from message left join reply on reply.message = message.id
where message.mailbox = ? and message.message_id = ? order by message.id limit 1
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """`version`: it counts as a submission. `files`: how many were inspected."""

    message: int
    uid: int
    status: str
    reason: str
    version: int | None
    answered: bool
    received: datetime
    recorded: datetime
    spool: Path
    files: int


def trace(connection: sqlite3.Connection, mailbox: str, message_id: str) -> Trace | None:
    row = connection.execute(FOUND, (mailbox, message_id)).fetchone()
    if row is None:
        return None
    same = ("uid", "status", "reason", "version", "files")
    return Trace(
        message=row["id"],
        received=when(row["received"]),
        recorded=when(row["recorded"]),
        spool=Path(row["spool"]),
        answered=bool(row["answered"]),
        **{name: row[name] for name in same},
    )
