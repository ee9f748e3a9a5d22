"""Replies into a Maildir: the embedded default, or another program's inbox."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from daemon.errors import Unavailable
from daemon.ledger import Queued


class Maildir:
    """A mail is one file, named after its Message-ID: delivered twice, it is there once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self) -> None:
        with _world(f"opening {self.path}"):
            for name in ("tmp", "new", "cur"):
                (self.path / name).mkdir(parents=True, exist_ok=True)

    def send(self, reply: Queued) -> None:
        name = f"{sha256(reply.message_id.encode()).hexdigest()[:32]}.baosong"
        with _world(f"delivering into {self.path}"):
            if not self._delivered(name):
                self._deliver(name, reply.raw)

    def close(self) -> None:
        """Nothing is kept open."""

    def _delivered(self, name: str) -> bool:
        """In `new`, or in `cur` with the flags that a reader gave it."""
        return (self.path / "new" / name).exists() or any((self.path / "cur").glob(f"{name}*"))

    def _deliver(self, name: str, raw: bytes) -> None:
        unfinished = self.path / "tmp" / name
        with unfinished.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self.path / "new" / name)
        handle = os.open(self.path / "new", os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _world(attempt: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # disk full, no permission, too many open files
        raise Unavailable(attempt, error) from error
