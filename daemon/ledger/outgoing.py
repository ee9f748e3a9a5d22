"""The replies of some departments, state by state, a page at a time, for those who decide."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from daemon.ledger.drafts import State, Waiting, waiting
from daemon.ledger.store import Store
from daemon.ledger.values import when

WORK: frozenset[State] = frozenset({"waiting", "failed"})  # the oldest is due first
LINE = """
select reply.id, message, reply.message_id, reply.mailbox, state, to_address, reply.subject,
  attempts, created, next_attempt_at is null as held, error, message.status, message.received
from reply join message on message.id = message
"""
MINE = "reply.mailbox in (select value from json_each(?))"
OLDEST = f"{LINE} where state = ? and reply.id > ? and {MINE} order by reply.id limit ?"
NEWEST = f"{LINE} where state = ? and reply.id < ? and {MINE} order by reply.id desc limit ?"
# those that are sent are many, and nobody has to do anything about them
COUNTS = """
select state, count(*) as count from reply
where state in ('waiting', 'approved', 'failed')
  and mailbox in (select value from json_each(?)) group by state
"""
DESK = """
select mailbox, count(*) as count from reply
where state in ('waiting', 'approved', 'failed') and state = 'waiting' and next_attempt_at is null
group by mailbox
"""
ENDLESS = (1 << 63) - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A reply, the verdict it tells, and when the message it answers came."""

    reply: Waiting
    verdict: str
    received: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """`following` begins the next page: the last id of this one; None on the last page."""

    letters: tuple[Letter, ...]
    following: int | None


class Outgoing:
    def __init__(self, store: Store) -> None:
        self._store = store

    def page(
        self, state: State, mailboxes: Iterable[str], *, begin: int | None = None, limit: int = 50
    ) -> Page:
        """What waits or failed, the oldest first; everything else, the newest first."""
        query, first = (OLDEST, 0) if state in WORK else (NEWEST, ENDLESS)
        values = (state, first if begin is None else begin, _list(mailboxes), limit + 1)
        with self._store.reading() as connection:
            rows = connection.execute(query, values).fetchall()
        shown = tuple(_letter(row) for row in rows[:limit])
        return Page(letters=shown, following=shown[-1].reply.id if len(rows) > limit else None)

    def counts(self, mailboxes: Iterable[str]) -> dict[str, int]:
        """How many wait, have failed, or are about to go."""
        with self._store.reading() as connection:
            rows = connection.execute(COUNTS, (_list(mailboxes),)).fetchall()
        return {row["state"]: row["count"] for row in rows}

    def on_the_desk(self) -> dict[str, int]:
        """How many wait for a person, by mailbox."""
        with self._store.reading() as connection:
            rows = connection.execute(DESK).fetchall()
        return {row["mailbox"]: row["count"] for row in rows}


def _letter(row: sqlite3.Row) -> Letter:
    received = when(row["received"])
    return Letter(reply=waiting(row), verdict=row["status"], received=received)


def _list(mailboxes: Iterable[str]) -> str:
    return json.dumps(sorted(mailboxes), ensure_ascii=False)
