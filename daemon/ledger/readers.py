"""Connections that only read, lent to one thread at a time: a page never waits for a writer."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Readers:
    """Opened when one is needed and none is idle; kept for the next. `connect` opens one."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def one(self) -> Iterator[sqlite3.Connection]:
        connection = self._taken() or self._connect()
        try:
            yield connection
        finally:
            self._back(connection)

    def close(self) -> None:
        """Those that are lent out are closed when they come back."""
        with self._lock:
            self._closed = True
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    def _taken(self) -> sqlite3.Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if self._closed:
                connection.close()
            else:
                self._idle.append(connection)
