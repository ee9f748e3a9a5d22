"""Accepted material that belongs into the library, and whether it is there yet."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from daemon.ledger.store import Store
from daemon.ledger.values import instant

ONE = """
select filing.message, shelf, n, filed_at is not null as filed, spool, sha256, size, notice, unit,
  category, window, version
from filing join message on message.id = filing.message where filing.message = ?
"""
# what a restart has to make up for
UNFILED = "select message from filing where filed_at is null order by message"
KNOWN = """
select 1 from filing where shelf = ?1 and n = ?2
union all select 1 from withdrawn where shelf = ?1 and n = ?2 and gone_at is null
"""
REOPEN = "update filing set filed_at = null where message = ?"
# by the partial index: what is gone only grows
LEFT = """
select shelf || '-' || n as folder from withdrawn indexed by withdrawn_left
where gone_at is null order by rowid
"""
WITHDRAWN = "update withdrawn set gone_at = ? where shelf = ? and n = ? and gone_at is null"
FILED = "update filing set filed_at = ? where message = ? and filed_at is null"
# its own files, and the good ones of earlier versions: what is complete is complete in one folder
FILES = """
select message.id, message.spool, message.sha256 as letter, message.size as letter_size,
  attachment.name, attachment.path, attachment.sha256, attachment.size
from message join attachment on attachment.message = message.id
where message.notice = ? and message.unit = ? and message.category = ? and message.window = ?
  and message.version is not null and message.version <= ?
  and (attachment.good or message.version = ?)
  and attachment.ignored = '' and attachment.role not in ('ignored', 'container')
order by message.version desc, attachment.ordinal
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """One file of a letter. `path` is the chain of archives it came in."""

    name: str
    path: tuple[str, ...]
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A spooled letter, and which of its files belong into the folder."""

    message: int
    spool: Path
    sha256: str
    size: int
    files: tuple[Wanted, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Filing:
    """One folder of the library. The first source is the accepted letter itself."""

    message: int
    folder: str
    filed: bool
    sources: tuple[Source, ...]


class Filings:
    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, message: int) -> Filing | None:
        """None: this message is not filed (it was not accepted)."""
        with self._store.reading() as connection:
            row = connection.execute(ONE, (message,)).fetchone()
            return None if row is None else _filing(connection, row)

    def unfiled(self) -> tuple[int, ...]:
        """Messages whose folder a crash or a full disk kept from being written."""
        with self._store.reading() as connection:
            return tuple(int(row[0]) for row in connection.execute(UNFILED).fetchall())

    def filed(self, message: int, now: datetime) -> None:
        with self._store.writing() as connection:
            connection.execute(FILED, (instant(now), message))

    def withdrawn(self) -> tuple[str, ...]:
        """Folders that are nobody's any more, and may still be there."""
        with self._store.reading() as connection:
            return tuple(str(row["folder"]) for row in connection.execute(LEFT).fetchall())

    def gone(self, folder: str, now: datetime) -> None:
        shelf, _, number = folder.rpartition("-")
        with self._store.writing() as connection:
            connection.execute(WITHDRAWN, (instant(now), shelf, number))

    def known(self, folder: str) -> bool:
        """Whether this folder was given to a message."""
        shelf, _, number = folder.rpartition("-")
        with self._store.reading() as connection:
            return connection.execute(KNOWN, (shelf, number)).fetchone() is not None

    def reopen(self, message: int) -> None:
        """Its folder is to be written anew."""
        with self._store.writing() as connection:
            connection.execute(REOPEN, (message,))


def _filing(connection: sqlite3.Connection, row: sqlite3.Row) -> Filing:
    place = tuple(row[k] for k in ("notice", "unit", "category", "window", "version", "version"))
    rows = connection.execute(FILES, place).fetchall()
    own = Source(
        message=row["message"], spool=Path(row["spool"]), sha256=row["sha256"], size=row["size"]
    )
    return Filing(
        message=row["message"],
        folder=f"{row['shelf']}-{row['n']}",
        filed=bool(row["filed"]),
        sources=tuple(_sources(own, rows)),
    )


def _sources(own: Source, rows: list[sqlite3.Row]) -> Iterator[Source]:
    """Each digest once, from the newest letter that has it; the accepted letter always first."""
    seen: set[str] = set()
    if not rows or rows[0]["id"] != own.message:
        yield own
    for _, group in groupby(rows, key=lambda row: row["id"]):
        letter = list(group)
        files = tuple(_wanted(row) for row in letter if not _seen(seen, row["sha256"]))
        if files or letter[0]["id"] == own.message:
            yield _source(letter[0], files)


def _seen(seen: set[str], digest: str) -> bool:
    known = digest in seen
    seen.add(digest)
    return known


def _source(row: sqlite3.Row, files: tuple[Wanted, ...]) -> Source:
    return Source(
        message=row["id"],
        spool=Path(row["spool"]),
        sha256=row["letter"],
        size=row["letter_size"],
        files=files,
    )


def _wanted(row: sqlite3.Row) -> Wanted:
    return Wanted(
        name=row["name"],
        path=tuple(json.loads(row["path"])),
        sha256=row["sha256"],
        size=row["size"],
    )
