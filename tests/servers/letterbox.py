"""A person's view of an IMAP mailbox, by the standard library: what is in it, with which flags."""

import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.servers.dovecot import PASSWORD, Dovecot

NOON = datetime(2020, 7, 10, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Letterbox:
    server: Dovecot
    user: str

    def put(self, raw: bytes, *, folder: str = "INBOX", received: datetime = NOON) -> int:
        """Lay a message into a folder; its UID."""
        with self._connection() as imap:
            when = imaplib.Time2Internaldate(received)
            status, said = imap.append(_quoted(folder), "", when, raw)
        assert status == "OK", said
        uid = re.search(rb"APPENDUID \d+ (\d+)", said[0])
        assert uid
        return int(uid[1])

    def flags(self, folder: str = "INBOX") -> dict[int, set[str]]:
        """The flags of every message, by UID. \\Recent is left out: looking at it clears it."""
        with self._connection() as imap:
            _, count = imap.select(_quoted(folder), readonly=True)
            rows = imap.fetch("1:*", "(UID FLAGS)")[1] if count[0] != b"0" else []
        found = {}
        for row in rows:
            if isinstance(row, bytes) and (uid := re.search(rb"UID (\d+)", row)):
                words = re.search(rb"FLAGS \(([^)]*)\)", row)
                found[int(uid[1])] = (
                    set(words[1].decode().split()) - {"\\Recent"} if words else set()
                )
        return found

    def remove(self, uid: int, *, folder: str = "INBOX") -> None:
        with self._connection() as imap:
            imap.select(_quoted(folder))
            imap.uid("STORE", str(uid), "+FLAGS", "(\\Deleted)")
            imap.expunge()

    def make(self, folder: str) -> None:
        with self._connection() as imap:
            imap.create(_quoted(folder))

    def destroy(self, folder: str) -> None:
        with self._connection() as imap:
            imap.delete(_quoted(folder))

    @contextmanager
    def _connection(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.server.port, timeout=20) as imap:
            imap.login(f'"{self.user}"', PASSWORD)
            yield imap


def _quoted(folder: str) -> str:
    return f'"{folder}"'
