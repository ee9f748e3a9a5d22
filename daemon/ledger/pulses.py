"""When each mailbox last spoke to us, and what it last said about itself."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from daemon.ledger.store import Store
from daemon.ledger.values import BODY_CHARS, instant, instant_or_none, text, when

READ = """
insert into pulse (mailbox, read_at) values (?, ?)
on conflict (mailbox) do update set
  read_at = excluded.read_at, failing_since = null, refused = 0, error = ''
"""
FAILED = """
insert into pulse (mailbox, failing_since, refused, error) values (?, ?, ?, ?)
on conflict (mailbox) do update set
  failing_since = coalesce(failing_since, excluded.failing_since),
  refused = excluded.refused, error = excluded.error
"""
QUOTA = """
insert into pulse (mailbox, quota_used, quota_limit) values (?, ?, ?)
on conflict (mailbox) do update set
  quota_used = excluded.quota_used, quota_limit = excluded.quota_limit
"""
EXPIRES = """
insert into pulse (mailbox, expires) values (?, ?)
on conflict (mailbox) do update set expires = excluded.expires
"""
ALL = "select * from pulse order by mailbox"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulse:
    """`failing_since` is the first failure after `read_at`; `quota` is (used, limit) in bytes."""

    mailbox: str
    read_at: datetime | None
    failing_since: datetime | None
    refused: bool
    error: str
    quota: tuple[int, int] | None
    expires: datetime | None


class Pulses:
    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, mailbox: str, now: datetime) -> None:
        """It answered."""
        self._write(READ, mailbox, instant(now))

    def failed(self, mailbox: str, now: datetime, why: str, *, refused: bool) -> None:
        """It did not; `refused`: it does not let us in."""
        self._write(FAILED, mailbox, instant(now), refused, text(why, BODY_CHARS))

    def quota(self, mailbox: str, used: int, limit: int) -> None:
        self._write(QUOTA, mailbox, used, limit)

    def expires(self, mailbox: str, at: datetime | None) -> None:
        """When its sign-in ends; None: it does not."""
        self._write(EXPIRES, mailbox, instant_or_none(at))

    def all(self) -> tuple[Pulse, ...]:
        with self._store.reading() as connection:
            return tuple(_pulse(row) for row in connection.execute(ALL).fetchall())

    def _write(self, statement: str, *values: str | int | None) -> None:
        with self._store.writing() as connection:
            connection.execute(statement, values)


def _pulse(row: sqlite3.Row) -> Pulse:
    known = row["quota_limit"] is not None
    return Pulse(
        mailbox=row["mailbox"],
        read_at=_when(row["read_at"]),
        failing_since=_when(row["failing_since"]),
        refused=bool(row["refused"]),
        error=row["error"],
        quota=(row["quota_used"], row["quota_limit"]) if known else None,
        expires=_when(row["expires"]),
    )


def _when(stored: str | None) -> datetime | None:
    return when(stored) if stored else None
