"""Full-text search: the index follows each message in its own transaction, and answers words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from daemon.grams import match, words
from daemon.migrations.search import DOCUMENT, INSERT, tokens

REMOVE = "insert into search (search, rowid, words) values ('delete', ?, ?)"
FOUND = "message.id in (select rowid from search where search match ?)"
NAMES = "select distinct {name} from place where instr({name}, ?) > 0"

Value = str | int
Condition = tuple[str, tuple[Value, ...]]


def put(connection: sqlite3.Connection, message: int) -> None:
    """Take a message in that is not yet in the index."""
    row = connection.execute(DOCUMENT, (message, 1)).fetchone()
    connection.execute(INSERT, (message, tokens(row)))


@contextmanager
def changing(connection: sqlite3.Connection, message: int) -> Iterator[None]:
    """Around a change of what the index holds of a message: its words, files or form.

    Unit, category and window are not in the index; to change them needs no care.
    """
    row = connection.execute(DOCUMENT, (message, 1)).fetchone()
    connection.execute(REMOVE, (message, tokens(row)))
    yield
    put(connection, message)


def conditions(connection: sqlite3.Connection, asked: str) -> Iterator[Condition]:
    """One for each word: every one has to hold of a row of `message`.

    A word is found in the message, or in the name of the unit or category it was put to.
    """
    for word in words(asked):
        named = [(name, _named(connection, name, word)) for name in ("unit", "category")]
        either, values = [FOUND], [match(word)]
        for name, known in named:
            if known:
                either.append(f"message.{name} in ({', '.join('?' * len(known))})")
                values += known
        yield f"({' or '.join(either)})", tuple(values)


def _named(connection: sqlite3.Connection, name: str, word: str) -> list[str]:
    rows = connection.execute(NAMES.format(name=name), (word.strip('"'),)).fetchall()
    return [str(row[0]) for row in rows]
