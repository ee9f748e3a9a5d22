"""The outbox: mails that are due go out, once each, and those that cannot wait their turn.

Before the server hears a word, the ledger knows that it may have been sent; after a crash the
same mail with the same Message-ID goes out again.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from daemon.errors import Unavailable
from daemon.filenames import safe
from daemon.ledger import ENOUGH, Ledger, Limits, Queued
from daemon.outbox.maildir import Maildir
from daemon.outbox.queue import Queue
from daemon.outbox.smtp import Server, Smtp
from daemon.outbox.transport import Barred, Postponed, Refused, Transport

__all__ = [
    "Barred",
    "Limits",
    "Maildir",
    "Outbox",
    "Postponed",
    "Queue",
    "Refused",
    "Server",
    "Smtp",
    "Transport",
]

DELAYS = tuple(timedelta(minutes=m) for m in (2, 10, 30, 60, 120, 240))
JITTER = 0.2
MOST_ATTEMPTS = 36  # about five days


@dataclass(frozen=True, kw_only=True, slots=True)
class Outbox:
    """The mails of one mailbox, their way out and their caps.

    `queue` holds the replies, or the mails of our own accord.
    """

    ledger: Ledger
    queue: Queue
    mailbox: str
    transport: Transport
    clock: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)
    rng: Random = field(default_factory=Random)
    stop: Callable[[], bool] = lambda: False  # asked between mails

    def deliver(self) -> int:
        """Send what is due; how many went. A closed way out is written down, not raised.

        Raises Unavailable only when the ledger itself fails.
        """
        pause = self.ledger.caps.paused(self.mailbox)
        # no connection is made when nothing is due
        if (pause and pause.until > self.clock()) or self._next() is None:
            return 0
        with _alone(self.ledger, self.mailbox) as alone:
            return self._batch() if alone else 0

    def _batch(self) -> int:
        count = 0
        try:
            self.transport.open()
            while not self.stop() and (reply := self._next()):
                count += self._attempt(reply)
        except Unavailable as error:
            self._pause(error)
        finally:
            self.transport.close()
        return count

    def _next(self) -> Queued | None:
        """None when nothing is due, or the mailbox has sent all that it may today."""
        now = self.clock()
        if self.ledger.caps.full_until(self.mailbox, now, self.limits):
            return None
        return self.queue.due(self.mailbox, now)

    def _attempt(self, reply: Queued) -> bool:
        now = self.clock()
        until = self.ledger.caps.heard_until(reply.to, now, self.limits)
        if why := self.ledger.caps.dead(reply.to):
            self.queue.drop(reply.id, now, why)
        elif until:
            self.queue.later(reply.id, until, ENOUGH)
        elif self.queue.sending(reply.id, now):
            return self._send(reply)
        return False

    def _send(self, reply: Queued) -> bool:
        try:
            self.transport.send(reply)
        except Refused as error:
            self._refused(reply, error)
        except Postponed as error:
            self._later(reply, str(error))
        except Unavailable as error:
            self._later(reply, str(error))
            raise
        else:
            self.queue.sent(reply.id, self.clock())
            self.ledger.caps.resume(self.mailbox)
            return True
        return False

    def _refused(self, reply: Queued, error: Refused) -> None:
        now = self.clock()
        self.queue.failed(reply.id, now, str(error))
        if error.dead:
            self.ledger.caps.bury(reply.to, now, str(error))

    def _later(self, reply: Queued, why: str) -> None:
        now = self.clock()
        # it surfaces then, and its draft is kept
        if reply.attempts + 1 >= MOST_ATTEMPTS:
            self.queue.failed(reply.id, now, why)
        else:
            self.queue.later(reply.id, now + self._delay(reply.attempts), why)

    def _pause(self, error: Unavailable) -> None:
        """The way is closed for every mail alike: none of them is tried in vain."""
        now = self.clock()
        before = self.ledger.caps.paused(self.mailbox)
        steps = (before.failures if before else 0) + isinstance(error, Barred)
        self.ledger.caps.pause(self.mailbox, now, until=now + self._delay(steps), why=str(error))

    def _delay(self, failures: int) -> timedelta:
        """2, 10, 30 … minutes, and up to a fifth more: mails that failed together part ways."""
        delay = DELAYS[min(failures, len(DELAYS) - 1)]
        return delay * (1 + JITTER * self.rng.random())


@contextmanager
def _alone(ledger: Ledger, mailbox: str) -> Iterator[bool]:
    """True for the one process and thread that sends for this mailbox; a crash lets go of it."""
    path = ledger.path.with_name(f"{ledger.path.name}-outbox-{safe(mailbox)}")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:  # a full disk, too many open files
        raise Unavailable(f"opening {path}", error) from error
    try:
        yield _locked(handle)
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:  # somebody else has it
        return False
    return True
