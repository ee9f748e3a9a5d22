"""Sign-ins that failed, by name and by address: who guesses waits, longer each time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from daemon.ledger.store import Store
from daemon.ledger.values import instant, text, when

Kind = Literal["name", "address"]
FORGOTTEN = timedelta(days=1)

FAILED = """
insert into failure (kind, subject, count, last) values (?, ?, 1, ?)
on conflict (kind, subject) do update set
  count = iif(last < ?, 1, count + 1), last = excluded.last
"""
ONE = "select count, last from failure where kind = ? and subject = ?"
DONE = "delete from failure where kind = ? and subject = ?"
OLD = "delete from failure where last < ?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Guesses:
    """How often in a row, and when last."""

    count: int
    last: datetime


class Failures:
    """A day without a failure wipes the slate."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, kind: Kind, subject: str) -> Guesses | None:
        with self._store.reading() as connection:
            row = connection.execute(ONE, (kind, text(subject))).fetchone()
        return None if row is None else Guesses(count=row["count"], last=when(row["last"]))

    def failed(self, kind: Kind, subject: str, now: datetime) -> None:
        old = instant(now - FORGOTTEN)
        with self._store.writing() as connection:
            connection.execute(OLD, (old,))
            connection.execute(FAILED, (kind, text(subject), instant(now), old))

    def forgiven(self, kind: Kind, subject: str) -> None:
        with self._store.writing() as connection:
            connection.execute(DONE, (kind, text(subject)))
