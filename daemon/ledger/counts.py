"""What reconciliation compares with mailboxes and files."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from daemon.ledger.messages import Reading

PAGE = 1_000

# the only question here that reads a whole table: it is asked once a night
TALLY = "select mailbox, folder, count(*) as messages from message group by mailbox, folder"
LETTERS = """
select id, mailbox, folder, uidvalidity, uid, sha256, size, spool from message
where id > ? order by id limit ?
"""
# text before number, as the index of places has them
ROWS = """
select uidvalidity, uid, id as message from message
where mailbox = ? and folder = ? and (uidvalidity, uid) > (?, ?)
order by uidvalidity, uid limit ?
"""
RESPOOL = "update message set spool = ? where id = ?"
FOLDERS = """
select message, shelf || '-' || n as folder, filed_at is not null as filed from filing
where message > ? order by message limit ?
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    mailbox: str
    folder: str
    messages: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """Where the raw copy of a message should lie, and what it should be."""

    message: int
    mailbox: str
    folder: str
    uidvalidity: str
    uid: int
    sha256: str
    size: int
    spool: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """Where the ledger has a message in its mailbox."""

    uidvalidity: str
    uid: int
    message: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelved:
    message: int
    folder: str
    filed: bool


def tally(connection: sqlite3.Connection) -> tuple[Tally, ...]:
    return tuple(Tally(**dict(row)) for row in connection.execute(TALLY).fetchall())


def letters(reading: Reading) -> Iterator[Letter]:
    for row in _pages(reading, LETTERS):
        values = dict(row)
        message, spool = values.pop("id"), Path(values.pop("spool"))
        yield Letter(message=message, spool=spool, **values)


def rows(reading: Reading, mailbox: str, folder: str) -> Iterator[Row]:
    last: tuple[str, int] = ("", 0)
    while True:
        with reading() as connection:
            found = connection.execute(ROWS, (mailbox, folder, *last, PAGE)).fetchall()
        yield from (Row(**dict(row)) for row in found)
        if len(found) < PAGE:
            return
        last = (found[-1]["uidvalidity"], found[-1]["uid"])


def respool(connection: sqlite3.Connection, message: int, path: Path) -> None:
    connection.execute(RESPOOL, (str(path), message))


def shelved(reading: Reading) -> Iterator[Shelved]:
    for row in _pages(reading, FOLDERS):
        yield Shelved(message=row["message"], folder=row["folder"], filed=bool(row["filed"]))


def _pages(reading: Reading, query: str) -> Iterator[sqlite3.Row]:
    last = 0
    while True:
        with reading() as connection:
            rows = connection.execute(query, (last, PAGE)).fetchall()
        yield from rows
        if len(rows) < PAGE:
            return
        last = rows[-1][0]
