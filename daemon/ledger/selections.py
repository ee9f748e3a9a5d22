"""Submissions that the office has selected (遴选) from what was accepted."""

import sqlite3

from daemon.ledger.store import Store

ON = "insert into selection (message, act) values (?, ?) on conflict (message) do nothing"
OFF = "delete from selection where message = ?"
IS = "select 1 from selection where message = ?"
ALL = "select message from selection order by message"


class Selections:
    def __init__(self, store: Store) -> None:
        self._store = store

    def has(self, message: int) -> bool:
        with self._store.reading() as connection:
            return connection.execute(IS, (message,)).fetchone() is not None

    def all(self) -> frozenset[int]:
        with self._store.reading() as connection:
            return frozenset(int(row[0]) for row in connection.execute(ALL).fetchall())


def put(connection: sqlite3.Connection, message: int, act: int, *, on: bool) -> bool:
    """False: it was so already."""
    if on:
        return connection.execute(ON, (message, act)).rowcount == 1
    return connection.execute(OFF, (message,)).rowcount == 1
