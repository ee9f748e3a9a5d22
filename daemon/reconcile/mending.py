"""How a difference is put right. Each raises Unavailable and says why when it cannot be."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daemon.config import Mailbox as Box
from daemon.errors import ConfigError, Unavailable
from daemon.ledger import Event, Letter, Shelved
from daemon.library import LETTER
from daemon.mailbox import open_mailbox
from daemon.poll import Poll, subfolder

CHUNK = 1 << 20


def read(box: Box, poll: Poll) -> None:
    """What has not been read yet."""
    poll(box)


def take(box: Box, place: str, uid: int, poll: Poll) -> None:
    """One message that a pass went by: a server once did not list it."""
    with open_mailbox(box, state=poll.config.state) as folders:
        for folder in folders:
            if subfolder(box, folder) == place:
                item = next((i for i in folder.listing(uid - 1) if i.uid == uid), None)
                if item is None:
                    raise Unavailable(f"reading message {uid}", "it is no longer there")
                poll.take(box, folder, item)


def point(letter: Letter, path: Path, poll: Poll) -> None:
    """The state folder has another place now."""
    poll.ledger.respool(letter.message, path)


def respool(letter: Letter, poll: Poll) -> None:
    """A raw copy that is lost, taken again from the mailbox or the library."""
    aside = letter.spool.with_suffix(".damaged")
    with _world(f"setting {letter.spool} aside"):
        if letter.spool.exists():
            letter.spool.rename(aside)
    found = _from_mailbox(letter, poll) or _from_library(letter, poll)
    if found is None:
        with _world(f"putting {letter.spool} back"):
            if aside.exists():
                aside.rename(letter.spool)
        where = "neither the mailbox nor the library has it any more"
        raise Unavailable(f"restoring the raw copy of message {letter.message}", where)
    poll.ledger.respool(letter.message, found)
    event = Event(at=poll.now(), what="raw copy restored", why=str(found))
    poll.ledger.note(letter.message, event)


def file(message: int, poll: Poll) -> None:
    poll.filer.file(message, poll.now())


def refile(shelved: Shelved, poll: Poll) -> None:
    """A library folder written anew; what is left of the old one is set aside, not deleted."""
    library = poll.filer.library.root
    folder = library / shelved.folder
    if folder.exists():
        aside = library / ".damaged" / f"{shelved.message}-{poll.now():%Y%m%d%H%M%S}"
        with _world(f"setting {folder} aside"):
            aside.parent.mkdir(exist_ok=True)
            folder.rename(aside)
    poll.ledger.filings.reopen(shelved.message)
    poll.filer.file(shelved.message, poll.now())
    event = Event(at=poll.now(), what="filed anew", why=shelved.folder)
    poll.ledger.note(shelved.message, event)


def clear(path: Path, _poll: Poll) -> None:
    with _world(f"removing {path}"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _from_mailbox(letter: Letter, poll: Poll) -> Path | None:
    box = poll.config.mailbox(letter.mailbox)
    if box is None:
        return None
    try:
        with open_mailbox(box, state=poll.config.state) as folders:
            for folder in folders:
                here = (subfolder(box, folder), folder.uidvalidity)
                if here == (letter.folder, letter.uidvalidity):
                    return _spooled(letter, poll, folder.fetch(letter.uid))
    except (Unavailable, ConfigError):  # deleted there, or the server is away: the library may do
        return None
    return None


def _from_library(letter: Letter, poll: Poll) -> Path | None:
    filing = poll.ledger.filings.of(letter.message)
    path = poll.filer.library.root / filing.folder / LETTER if filing else None
    return _spooled(letter, poll, _read(path)) if path and path.is_file() else None


def _spooled(letter: Letter, poll: Poll, chunks: Iterator[bytes]) -> Path | None:
    """None: other bytes than those that were recorded."""
    spooled = poll.spool.receive(chunks)
    return spooled.path if spooled.sha256 == letter.sha256 else None


def _read(path: Path) -> Iterator[bytes]:
    with _world(f"reading {path}"), path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


@contextmanager
def _world(attempt: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # a full disk, no permission, taken away meanwhile
        raise Unavailable(attempt, error) from error
