"""The connection: one per ledger, guarded by a lock, and readers beside it.

SQLite has one writer whatever we do, and our transactions last about a millisecond; so the
threads that poll mailboxes take turns on one connection, and none of them ever meets "database
is locked" from another. Other processes are waited for with busy_timeout. Who reads while another
thread has that connection takes one of the readers, which the write-ahead log lets go on.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path

from daemon.errors import ConfigError, Problem, Unavailable
from daemon.ledger.readers import Readers
from daemon.migrations import NAMES

BUSY_SECONDS = 30
_ALONE = ("begin immediate", "commit", "rollback")
_WITHIN = ("savepoint part", "release part", "rollback to part")
Row = tuple[str | int | None, ...]
KEPT = "select 1 from sqlite_master where name = '_sqlite_migrations'"
APPLIED = "select name from _sqlite_migrations where migration_set = 'baosong'"
MADE = "select min(applied_at) from _sqlite_migrations where migration_set = 'baosong'"


class Store:
    """Transactions on one ledger file. `readonly` opens it with mode=ro and migrates nothing."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._last: list[tuple[str, Row]] = []  # what is left to do when a transaction ends
        self._readers = Readers(lambda: _connect(path, readonly=True))
        with _named(f"opening the ledger {path}"), ExitStack() as undoing:
            self._connection = undoing.enter_context(closing(_connect(path, readonly=readonly)))
            self._prepare(readonly=readonly)
            undoing.pop_all()

    def close(self) -> None:
        self._readers.close()
        with self._lock:
            self._connection.close()

    def backup(self, target: Path) -> None:
        """A connection of its own reads one moment of the ledger; writers go on meanwhile."""
        with _named(f"copying the ledger to {target}"):
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(_connect(self.path, readonly=True)) as reader:
                reader.execute("vacuum into ?", (str(target),))
            _sync(target)
            _sync(target.parent)

    def made(self) -> datetime:
        """When the first migration was applied."""
        with self.reading() as connection:
            return datetime.fromisoformat(connection.execute(MADE).fetchone()[0])

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Inside this thread's own `writing`: what it has written is seen."""
        with _named(f"reading the ledger {self.path}"):
            if not self._lock.acquire(blocking=False):
                with self._readers.one() as connection:
                    yield connection
                return
            try:
                yield self._connection
            finally:
                self._lock.release()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; within another one of this thread, a part of that one.

        Immediate: a deferred one that reads first fails beside a writer.
        """
        with self._lock, _named(f"writing the ledger {self.path}"):
            nested = self._connection.in_transaction
            begin, commit, undo = _WITHIN if nested else _ALONE
            before = len(self._last)
            self._connection.execute(begin)
            with ExitStack() as undoing:
                undoing.callback(self._undo, undo, before)
                yield self._connection
                if not nested:
                    self.finish()
                self._connection.execute(commit)
                undoing.pop_all()

    def _undo(self, how: str, before: int) -> None:
        del self._last[before:]
        if self._connection.in_transaction:  # a full disk makes SQLite roll back by itself
            self._connection.execute(how)

    def at_last(self, statement: str, row: Row) -> None:
        """Inside `writing`: run this when the transaction ends, with all others of its kind.

        For the search index: what it holds back in memory, it writes out at every savepoint.
        """
        self._last.append((statement, row))

    def finish(self) -> None:
        """What `at_last` has left to do in this thread's transaction."""
        with self._lock:
            last, self._last = self._last, []
            for statement, row in last:
                self._connection.execute(statement, row)

    def _prepare(self, *, readonly: bool) -> None:
        ours, applied = set(NAMES), set(_applied(self._connection))
        if applied - ours:
            raise _other(self.path, "a newer version of this program; it is left alone")
        # a reader may lack the right to write, and a writer may be at work
        if readonly and ours - applied:
            raise _other(self.path, "an older version; `baosong run --once` upgrades it")
        if ours - applied:
            self._migrate()
        # Each message is a savepoint, with a copy of every page it changes: not in a file. But
        # migrations go first: an index of a million rows is not to be sorted in memory.
        if not readonly:
            self._connection.execute("pragma temp_store = memory")

    def _migrate(self) -> None:
        from sqlite_utils import Database

        from daemon.migrations.steps import MIGRATIONS

        db = Database(self._connection, execute_plugins=False, recursive_triggers=False)
        with self.writing():
            MIGRATIONS.apply(db)


def _applied(connection: sqlite3.Connection) -> Iterator[str]:
    """The migrations that this ledger has had; a new file has no table of them."""
    if connection.execute(KEPT).fetchone():
        yield from (name for (name,) in connection.execute(APPLIED))


def _other(path: Path, version: str) -> ConfigError:
    return ConfigError([Problem("state", f"{path} was written by {version}")])


def _connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    if not readonly:
        _create(path)
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rw'}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,  # no hidden BEGIN before the first insert
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    if not readonly:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
    return connection


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # names, telephone numbers and letters of people: for the service's user alone
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    _sync(path.parent)  # SQLite syncs what is in the file, not that there is one


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _named(attempt: str) -> Iterator[None]:
    """Faults of disk and file become Unavailable; a broken constraint is ours and passes."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (sqlite3.DatabaseError, OSError) as error:
        # disk full, I/O error, locked for 30 s, not a database, no permission
        raise Unavailable(attempt, error) from error
