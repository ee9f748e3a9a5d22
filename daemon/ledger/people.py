"""The persons who may see the pages: name, role, departments, and the hash of a password."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from daemon.ledger.store import Store
from daemon.ledger.values import instant, text

Role = Literal["read", "act", "admin"]

ADD = """
insert into person (name, role, mailboxes, hash, made, changed) values (?, ?, ?, ?, ?, ?)
on conflict (name) do nothing
"""
GRANT = "update person set role = ?, mailboxes = ? where name = ?"
HASH = "update person set hash = ?, changed = ? where name = ?"
REHASH = "update person set hash = ? where name = ?"
SIGN_OUT = "delete from session where person = ?"
REMOVE = "delete from person where name = ?"
COLUMNS = "select name, role, mailboxes, hash from person"
ONE = f"{COLUMNS} where name = ?"
ALL = f"{COLUMNS} order by name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """`mailboxes` are the departments a person works for; None is all of them."""

    name: str
    role: Role
    mailboxes: frozenset[str] | None = None

    def sees(self, mailbox: str) -> bool:
        return self.mailboxes is None or mailbox in self.mailboxes

    def acts_on(self, mailbox: str) -> bool:
        return self.role != "read" and self.sees(mailbox)


class People:
    """Names are compared without regard to case. What changes nothing says False."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[Person, ...]:
        with self._store.reading() as connection:
            return tuple(person(row) for row in connection.execute(ALL).fetchall())

    def find(self, name: str) -> Person | None:
        row = self._row(name)
        return None if row is None else person(row)

    def hash(self, name: str) -> str | None:
        """The hash of the password; None for a stranger."""
        row = self._row(name)
        return None if row is None else str(row["hash"])

    def add(self, new: Person, hash_: str, now: datetime) -> bool:
        """False when the name is taken."""
        at = instant(now)
        return self._write(ADD, text(new.name), new.role, _boxes(new), hash_, at, at)

    def grant(self, changed: Person) -> bool:
        """Another role, other departments: from the next page on."""
        return self._write(GRANT, changed.role, _boxes(changed), changed.name)

    def password(self, name: str, hash_: str, now: datetime) -> bool:
        """Another password; whoever is signed in under this name no longer is."""
        with self._store.writing() as connection:
            connection.execute(SIGN_OUT, (text(name),))
            cursor = connection.execute(HASH, (hash_, instant(now), text(name)))
            return cursor.rowcount == 1

    def rehash(self, name: str, hash_: str) -> bool:
        """The same password under newer parameters."""
        return self._write(REHASH, hash_, text(name))

    def remove(self, name: str) -> bool:
        """And with the person every session."""
        return self._write(REMOVE, text(name))

    def _row(self, name: str) -> sqlite3.Row | None:
        with self._store.reading() as connection:
            row: sqlite3.Row | None = connection.execute(ONE, (text(name),)).fetchone()
            return row

    def _write(self, statement: str, *values: str | None) -> bool:
        with self._store.writing() as connection:
            return connection.execute(statement, values).rowcount == 1


def person(row: sqlite3.Row) -> Person:
    boxes = row["mailboxes"]
    return Person(
        name=row["name"],
        role=row["role"],
        mailboxes=None if boxes is None else frozenset(json.loads(boxes)),
    )


def _boxes(of: Person) -> str | None:
    return None if of.mailboxes is None else json.dumps(sorted(of.mailboxes), ensure_ascii=False)
