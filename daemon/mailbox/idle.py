"""IDLE (RFC 2177): a connection of its own on which the server says that something has come."""

import select
from datetime import timedelta
from typing import Any, Self

from daemon import clock
from daemon.config.server import Imap
from daemon.config.settings import Mailbox
from daemon.errors import Unavailable
from daemon.mailbox.attempt import cut
from daemon.mailbox.imap import Declined, Session
from daemon.mailbox.remote import RemoteFolder

RENEW = timedelta(minutes=9)  # routers forget a silent line after ten
_MAIL = {b"EXISTS", b"RECENT"}


class Idle:
    """Opens the folder that submissions come to, and listens. A context manager.

    Raises Declined where the server does not offer it or says no, Unavailable where it fails.
    """

    def __init__(self, box: Mailbox, imap: Imap) -> None:
        self._session = Session(box, imap)

    def __enter__(self) -> Self:
        session = self._session
        try:
            client = session.reach()
            with session.attempting(f"asking {session.where} what it can do", refusal=Declined):
                offered = client.has_capability("IDLE")
            if not offered:
                raise Declined(f"listening to {session.where}", "it does not offer IDLE")
            RemoteFolder(session, session.imap.folder, junk=True)  # junk: nothing is done to it
        except Unavailable:
            session.drop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._session.drop()

    @property
    def _what(self) -> str:
        return f"listening to {self._session.where}"

    def begin(self) -> None:
        with self._session.attempting(self._what, refusal=Declined):
            self._session.client.idle()
        self._until = clock.now() + RENEW

    def heard(self) -> bool:
        """Wait for mail. False: it is time to begin anew, or the server has fallen silent."""
        while self._readable():
            with self._session.attempting(self._what):
                said = self._session.client.idle_check(timeout=0)
            if not said:  # readable, and nothing there: a connection that has ended looks like this
                return False
            if any(_is_mail(word) for word in said):
                return True
        return False

    def end(self) -> None:
        with self._session.attempting(self._what):
            self._session.client.idle_done()

    def stop(self) -> None:
        """From another thread: whatever this one waits for is over."""
        client = self._session.client
        if client is not None:
            cut(client.socket())

    def _readable(self) -> bool:
        left = (self._until - clock.now()).total_seconds()
        poll = select.poll()
        with self._session.attempting(self._what):
            poll.register(self._session.client.socket(), select.POLLIN)
        return bool(poll.poll(max(left, 0) * 1000))


def _is_mail(word: Any) -> bool:
    return isinstance(word, tuple) and len(word) > 1 and word[1] in _MAIL
