"""Spooled mails opened in processes of their own: what strangers wrote is taken apart where it can
do no harm, and beside the judge instead of in its way.

with Openers(workers=2) as openers:
    opened = openers.open(raw, folder, received=instant)
"""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Self

from daemon import links
from daemon.links import Provider
from daemon.message import Opened
from daemon.opening.wire import from_words, provider_to_words
from daemon.sandbox import Limits, Pool, Words
from rules.submission import Message

__all__ = ["Openers"]

# A mail of 2 GiB takes 11 s on two slow cores; a disk may be ten times slower.
LIMITS = Limits(timeout=600.0)
LOST = "程序打不开这封邮件（试了两次），已留待人工处理"


class Openers:
    """Owns the processes; the first one starts with the first mail. Works from threads."""

    def __init__(
        self,
        *,
        workers: int = 2,
        providers: Collection[Provider] | None = None,
        limits: Limits = LIMITS,
        program: str = "daemon.opening.worker",
    ) -> None:
        """`providers` of links: the shipped ones when None."""
        known = links.shipped() if providers is None else providers
        setting = [provider_to_words(p) for p in known]
        self._pool = Pool(workers=workers, limits=limits, program=program, setting=setting)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes. What is under way elsewhere ends in Unavailable."""
        self._pool.close()

    def warm(self) -> None:
        """Mail is on its way."""
        self._pool.warm()

    def open(self, raw: Path, into: Path, *, received: datetime | None) -> Opened:
        """As `daemon.message.read`. A mail at which a process dies or hangs twice is unreadable.

        Raises Unavailable when the world fails.
        """
        for place in (into, into / "again"):  # the machine may have been out of memory: once more
            place.mkdir(exist_ok=True)
            answer = self._pool.ask(_task(raw, place, received))
            if answer.done is not None:
                return from_words(answer.done, place)
        return Opened(message=Message(received=received, unreadable=LOST), files=(), links=())


def _task(raw: Path, into: Path, received: datetime | None) -> Words:
    return {
        "raw": str(raw.absolute()),
        "into": str(into.absolute()),
        "received": received and received.isoformat(),
    }
