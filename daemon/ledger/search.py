"""Full-text search: the index follows each message in its own transaction, and answers words."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from daemon.grams import match, words
from daemon.ledger.values import BODY_CHARS, text
from daemon.migrations.search import DOCUMENT, INSERT, tokens
from rules.submission import Submission

REMOVE = "insert into search (search, rowid, words) values ('delete', ?, ?)"
FOUND = "message.id in (select rowid from search where search match ?)"
FEW = "select count(*) from (select 1 from search where search match ? limit ?)"
NAMES = "select distinct {name} from place where instr({name}, ?) > 0"
LONG = 100_000  # characters that are not held in memory until a transaction ends

Value = str | int
Later = Callable[[str, tuple[Value, ...]], None]
Document = Mapping[str, str]
Condition = tuple[str, tuple[Value, ...]]


def put(connection: sqlite3.Connection, message: int, document: Document, later: Later) -> None:
    """Take a message in that is not yet in the index: later, or at once when it is long."""
    words = tokens(document)
    if len(words) > LONG:
        connection.execute(INSERT, (message, words))
    else:
        later(INSERT, (message, words))


def document(letter: Mapping[str, Any], submission: Submission) -> Document:
    """What DOCUMENT would read of this message, from what is written of it: to read it again takes
    15 µs. To the letter: by DOCUMENT it is taken out of the index."""
    files, links = submission.attachments, submission.links
    filled = (sorted((text(label), value) for label, value in file.filled) for file in files)
    return {
        "subject": letter["subject"],
        "sender": letter["sender"],
        "sender_name": letter["sender_name"],
        "body": letter["body"],
        "files": "\n".join(text(file.name) for file in files),
        "links": "\n".join(text(link.name) for link in links),
        "filled": "\n".join(text(value, BODY_CHARS) for of in filled for _, value in of),
    }


@contextmanager
def changing(connection: sqlite3.Connection, message: int) -> Iterator[None]:
    """Around a change of what the index holds of a message: its words, files or form.

    Unit, category and window are not in the index; to change them needs no care.
    """
    row = connection.execute(DOCUMENT, (message, 1)).fetchone()
    connection.execute(REMOVE, (message, tokens(row)))
    yield
    row = connection.execute(DOCUMENT, (message, 1)).fetchone()
    connection.execute(INSERT, (message, tokens(row)))


def conditions(connection: sqlite3.Connection, asked: str) -> Iterator[Condition]:
    """Every one has to hold of a row of `message`; all words of the question are in them.

    A word is found in the message, or in the name of the unit or category it was put to.
    """
    plain: list[str] = []
    for word in words(asked):
        named = {name: _named(connection, name, word) for name in ("unit", "category")}
        if any(named.values()):
            yield _either(match(word), named)
        else:
            plain.append(match(word))
    if plain:  # one question for all of them: the index knows best where they meet
        yield FOUND, (" AND ".join(plain),)


def common(connection: sqlite3.Connection, asked: str, count: int) -> bool:
    """Whether the index alone holds so many messages with all of these words.

    False also for a word that may go on: to gather all it may become takes as long as the list.
    """
    plain = " AND ".join(match(word) for word in words(asked))
    if not plain or "*" in plain:
        return False
    return bool(connection.execute(FEW, (plain, count)).fetchone()[0] == count)


def rare(connection: sqlite3.Connection, matched: str, most: int) -> bool:
    """Whether at most so many messages match. Of a word that may go on, and that most messages
    hold, this takes a sixth of the search itself."""
    return bool(connection.execute(FEW, (matched, most + 1)).fetchone()[0] <= most)


def _either(matched: str, named: Mapping[str, list[str]]) -> Condition:
    parts, values = [], []
    for name, known in named.items():
        if known:
            parts.append(f"message.{name} in ({', '.join('?' * len(known))})")
            values += known
    # the index last: what the names settle, it is not asked for
    parts.append(FOUND)
    values.append(matched)
    return f"({' or '.join(parts)})", tuple(values)


def _named(connection: sqlite3.Connection, name: str, word: str) -> list[str]:
    rows = connection.execute(NAMES.format(name=name), (text(word.strip('"')),)).fetchall()
    return [str(row[0]) for row in rows]
