"""Other names of units that people have added: they count like those of the notice."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from daemon.ledger.store import Store
from daemon.ledger.values import text
from rules import roster

ADD = """
insert into alias (notice, key, alias, unit, act) values (?, ?, ?, ?, ?)
on conflict (notice, key) do nothing
"""
REMOVE = "delete from alias where notice = ? and key = ?"
ALL = "select notice, unit, alias from alias where notice = ? order by rowid"


@dataclass(frozen=True, slots=True)
class Alias:
    notice: str
    unit: str
    alias: str


class Aliases:
    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, notice: str) -> dict[str, tuple[str, ...]]:
        """By unit, in the order in which they were added."""
        found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        with self._store.reading() as connection:
            rows = connection.execute(ALL, (notice,)).fetchall()
        for row in rows:
            found[row["unit"]] += (row["alias"],)
        return dict(found)


def add(connection: sqlite3.Connection, new: Alias, act: int) -> bool:
    """False: the notice has it already."""
    row = (new.notice, text(roster.key(new.alias)), text(new.alias), new.unit, act)
    return connection.execute(ADD, row).rowcount == 1


def remove(connection: sqlite3.Connection, notice: str, alias: str) -> None:
    connection.execute(REMOVE, (notice, text(roster.key(alias))))
