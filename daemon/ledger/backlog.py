"""What waits, by mailbox: replies to go, replies that failed, mail that a person must look at."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from daemon.ledger.caps import ENOUGH
from daemon.ledger.values import when

# in the words of reply_open, which is all that is read of these
# a reply that waits for tomorrow's share of its address is no sign of trouble
UNSENT = """
select mailbox, count(*) as count, min(created) as oldest from reply
where state in ('waiting', 'approved', 'failed') and state <> 'failed'
  and next_attempt_at is not null and error <> ?
group by mailbox
"""
FAILED = """
select mailbox, count(*) as count, min(created) as oldest from reply
where state in ('waiting', 'approved', 'failed') and state = 'failed' group by mailbox
"""
# a later version that was accepted has settled the matter
HELD = """
select mailbox, count(*) as count, min(received) as oldest
from message indexed by message_held
where status = 'held' and not exists (
  select 1 from message as m
  where m.notice = message.notice and m.unit = message.unit and m.category = message.category
    and m.window = message.window and m.version > message.version and m.status = 'accepted'
) group by mailbox
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waits:
    mailbox: str
    count: int
    oldest: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Backlog:
    unsent: tuple[Waits, ...]
    failed: tuple[Waits, ...]
    held: tuple[Waits, ...]


def backlog(connection: sqlite3.Connection) -> Backlog:
    return Backlog(
        unsent=_waits(connection, UNSENT, ENOUGH),
        failed=_waits(connection, FAILED),
        held=_waits(connection, HELD),
    )


def _waits(connection: sqlite3.Connection, query: str, *values: str) -> tuple[Waits, ...]:
    rows = connection.execute(query, values).fetchall()
    return tuple(
        Waits(mailbox=row["mailbox"], count=row["count"], oldest=when(row["oldest"]))
        for row in rows
    )
