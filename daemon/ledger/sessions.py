"""Who is signed in. A token is known here by its digest alone."""

from datetime import datetime, timedelta

from daemon.ledger.people import Person, person
from daemon.ledger.store import Store
from daemon.ledger.values import instant, when

BEGIN = "insert into session (digest, person, begun, seen) values (?, ?, ?, ?)"
SEEN = "update session set seen = ? where digest = ?"
END = "delete from session where digest = ?"
FORGET = "delete from session where seen < ? or begun < ?"
FIND = """
select person.*, begun, seen from session
join person on person.name = session.person where digest = ?
"""
NOTED = timedelta(minutes=1)  # a page more often than this writes nothing


class Sessions:
    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, digest: str, name: str, now: datetime) -> None:
        with self._store.writing() as connection:
            connection.execute(BEGIN, (digest, name, instant(now), instant(now)))

    def person(
        self, digest: str, now: datetime, *, idle: timedelta, longest: timedelta
    ) -> Person | None:
        """Whose session this is; None when it is over, by rest or by age."""
        with self._store.reading() as connection:
            row = connection.execute(FIND, (digest,)).fetchone()
        if row is None or now - when(row["seen"]) >= idle or now - when(row["begun"]) >= longest:
            return None
        if now - when(row["seen"]) >= NOTED:
            self._write(SEEN, instant(now), digest)
        return person(row)

    def end(self, digest: str) -> None:
        self._write(END, digest)

    def forget(self, now: datetime, *, idle: timedelta, longest: timedelta) -> None:
        """Rows of sessions that are over."""
        self._write(FORGET, instant(now - idle), instant(now - longest))

    def _write(self, statement: str, *values: str) -> None:
        with self._store.writing() as connection:
            connection.execute(statement, values)
