"""Messages that a later pass has to take up: they could not be read or judged, though their
mailbox answers; or they are written down, and not yet filed or put away."""

import sqlite3
from datetime import datetime, timedelta

from daemon.ledger.entry import Key
from daemon.ledger.store import Store
from daemon.ledger.values import BODY_CHARS, instant, text, when

# At once in the next pass; then ever more rarely, for a big message that always fails is fetched
# anew each time.
DELAYS = tuple(timedelta(minutes=m) for m in (0, 2, 10, 30, 60, 120, 240))
FAILURES = """
select failures from skipped where mailbox = ? and folder = ? and uidvalidity = ? and uid = ?
"""
SKIP = """
insert into skipped (mailbox, folder, uidvalidity, uid, failures, again, why)
values (?, ?, ?, ?, ?, ?, ?)
on conflict do update set failures = excluded.failures, again = excluded.again, why = excluded.why
"""
UNFINISHED = """
insert into skipped (mailbox, folder, uidvalidity, uid, failures, again, why)
values (?, ?, ?, ?, 0, ?, '')
on conflict do nothing
"""
SETTLE = "delete from skipped where mailbox = ? and folder = ? and uidvalidity = ? and uid = ?"
OF = "select uid, again from skipped where mailbox = ? and folder = ? and uidvalidity = ?"


class Skipped:
    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, mailbox: str, folder: str, uidvalidity: str) -> dict[int, datetime]:
        """UIDs, and when each is due again."""
        with self._store.reading() as connection:
            rows = connection.execute(OF, (mailbox, folder, uidvalidity)).fetchall()
        return {int(row["uid"]): when(row["again"]) for row in rows}

    def skip(self, key: Key, now: datetime, why: str) -> int:
        """Put it off; how often it has failed by now."""
        with self._store.writing() as connection:
            failures = _failures(connection, key) + 1
            again = now + DELAYS[min(failures, len(DELAYS)) - 1]
            row = (*_place(key), failures, instant(again), text(why, BODY_CHARS))
            connection.execute(SKIP, row)
        return failures

    def unfinished(self, key: Key, now: datetime) -> None:
        """It is written down; should we die before `settle`, the next pass does the rest."""
        with self._store.writing() as connection:
            connection.execute(UNFINISHED, (*_place(key), instant(now)))

    def settle(self, *keys: Key) -> None:
        """They have been taken, or they are gone."""
        with self._store.reading() as connection:
            known = [key for key in keys if connection.execute(FAILURES, _place(key)).fetchone()]
        if known:
            with self._store.writing() as connection:
                connection.executemany(SETTLE, map(_place, known))


def _failures(connection: sqlite3.Connection, key: Key) -> int:
    row = connection.execute(FAILURES, _place(key)).fetchone()
    return int(row["failures"]) if row else 0


def _place(key: Key) -> tuple[str, str, str, int]:
    return (key.mailbox, key.folder, key.uidvalidity, key.uid)
