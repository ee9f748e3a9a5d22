"""A spooled mail opened, and its files looked into, in sandboxed processes: what strangers wrote is
taken apart where it can do no harm, and beside the judge instead of in its way.

with Lookers(workers=2) as lookers:
    looked = lookers.look(raw, folder, instant)
"""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

from daemon import links
from daemon.errors import Unavailable
from daemon.inspection import LIMITS, Inspector
from daemon.inspection.wire import from_words as facts_from_words
from daemon.links import Provider
from daemon.looking.here import Here
from daemon.looking.looked import Looked, Looker
from daemon.looking.wire import from_words, provider_to_words
from daemon.message import Opened
from daemon.sandbox import Limits, Words
from rules.submission import Message

__all__ = ["Here", "Looked", "Looker", "Lookers"]

AT_ONCE: Final = 4 << 20  # bytes of a mail whose files are looked into by the process that opens it
# Seconds. A mail of 2 GiB is opened in 11 on two slow cores; a disk may be ten times slower.
OPENING: Final = 600.0
LOST: Final = "程序打不开这封邮件（试了两次），已留待人工处理"


class Lookers(Inspector):
    """An inspector whose processes open mails too."""

    def __init__(
        self,
        *,
        workers: int = 2,
        limits: Limits = LIMITS,
        clamd: str = "",
        providers: Collection[Provider] | None = None,
        program: str = "daemon.looking.worker",
    ) -> None:
        """`providers` of links: the shipped ones when None; the others as for an Inspector."""
        known = links.shipped() if providers is None else providers
        super().__init__(
            workers=workers,
            limits=limits,
            clamd=clamd,
            program=program,
            setting=[provider_to_words(p) for p in known],
        )

    def look(self, raw: Path, into: Path, received: datetime | None) -> Looked:
        """Open the mail at `raw`, decode its files into the folder `into`, look into each.

        A mail or a file at which a process dies or hangs twice is unreadable, or unknown. Raises
        Unavailable when the world fails.
        """
        return self._at_once(raw, into, received) or self._apart(raw, into, received)

    def _at_once(self, raw: Path, into: Path, received: datetime | None) -> Looked | None:
        """In one process, asked once. None for a large mail, whose files several processes may
        share, and for one at which the process is lost: which file did it is told apart."""
        if _size(raw) > AT_ONCE:
            return None
        done = self._pool.ask(_task("look", raw, into, received)).done
        if done is None:
            return None
        opened = from_words(done["opened"], into)
        facts = [facts_from_words(words) for words in done["facts"]]
        return Looked(opened, self.completed(opened.files, facts, into))

    def _apart(self, raw: Path, into: Path, received: datetime | None) -> Looked:
        opened = self._opened(raw, into / "apart", received)
        return Looked(opened, self.inspect(opened.files, into))

    def _opened(self, raw: Path, into: Path, received: datetime | None) -> Opened:
        for place in (into, into / "again"):  # the machine may have been out of memory: once more
            place.mkdir(parents=True, exist_ok=True)
            task = _task("open", raw, place, received) | {"timeout": OPENING}
            done = self._pool.ask(task).done
            if done is not None:
                return from_words(done["opened"], place)
        return Opened(message=Message(received=received, unreadable=LOST), files=(), links=())


def _size(raw: Path) -> int:
    try:
        return raw.stat().st_size
    except OSError as error:
        raise Unavailable(f"open {raw.name}", error) from error


def _task(do: str, raw: Path, into: Path, received: datetime | None) -> Words:
    return {
        "do": do,
        "raw": str(raw.absolute()),
        "into": str(into.absolute()),
        "received": received and received.isoformat(),
    }
